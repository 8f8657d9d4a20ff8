//! The audit of a whole tree: its pages, and what scripts of ours put into them.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::base::diag::Diagnostic;
use crate::base::path::Route;
use crate::model::pages::PageKind;
use crate::model::site::Site;
use crate::render::audit::{self, Allowed, Noted, Scan};
use crate::render::evidence;
use crate::render::hosts::moved;
use crate::render::hosts::uses::Uses;
use crate::render::page::form_hosts;
use crate::render::preview;
use crate::render::tree::Tree;

use super::outputs::Stand;

/// Scans all files, then compares the pages with each other; what could not be made is said too,
/// and what all of it makes a browser load.
/// Nothing is said if `go_on` says no before the end.
pub(super) fn audit_all(tree: &Tree, stand: &Stand, go_on: &(dyn Fn() -> bool + Sync)) -> Option<(Vec<Diagnostic>, Uses)> {
    let (site, sources, theme) = (&stand.site, &stand.sources, &stand.theme);
    // Images of our own drawing ask for nothing and cannot fail; the preview need not draw them to know that.
    let mut paths: Vec<&String> = tree.paths().filter(|path| !path.starts_with(preview::FOLDER)).collect();
    // The pages that hold everything take longest, so they start first.
    let long: Vec<String> = [PageKind::Matrix, PageKind::Print].into_iter().filter_map(|kind| Some(site.route(kind)?.file())).collect();
    paths.sort_by_key(|path| !long.contains(path));
    let matrix = site.route(PageKind::Matrix).map(Route::file).unwrap_or_default();
    let look = |path: &&String| {
        if !go_on() {
            return None;
        }
        let made = tree.glance(path)?;
        Some(((*path).clone(), made.map(|bytes| look_at(path, &bytes, tree, site, &matrix))))
    };
    let looks: Option<Vec<_>> = paths.par_iter().with_max_len(1).map(look).collect();
    let (mut scans, mut parts, mut findings, mut uses, mut failed) = (BTreeMap::new(), Vec::new(), Vec::new(), Uses::default(), false);
    for (path, look) in looks? {
        match look {
            Ok(Look::Page(scan)) => {
                uses.extend(scan.uses());
                scans.insert(path, *scan);
            }
            Ok(Look::Part(scan)) => {
                uses.extend(scan.uses());
                parts.push(*scan);
            }
            Ok(Look::Other(found, used)) => {
                uses.extend(&used);
                findings.extend(found.into_iter().map(|finding| audit::origin::of_file(finding, sources, theme)));
            }
            Err(found) => {
                failed = true;
                findings.extend(found);
            }
        }
    }
    if let Some(page) = scans.get_mut(&matrix) {
        for part in parts {
            page.absorb(part);
        }
    }
    // A link to a page that could not be made would be a second finding.
    if !failed {
        let noted = join(&scans, tree, site);
        findings.extend(noted.into_par_iter().map(|noted| audit::origin::of_page(noted, site, sources, theme)).collect::<Vec<_>>());
    }
    Some((findings, uses))
}

/// What was seen of a file.
enum Look {
    Page(Box<Scan>),
    /// What a script puts into the comparison.
    Part(Box<Scan>),
    Other(Vec<Diagnostic>, Uses),
}

fn look_at(path: &str, bytes: &[u8], tree: &Tree, site: &Site, matrix: &str) -> Look {
    if let Some(html) = evidence::html(path, bytes) {
        return Look::Part(Box::new(audit::scan(matrix, html.as_bytes())));
    }
    let base_url = site.config.base_url.value.as_str();
    let text = || String::from_utf8_lossy(bytes);
    let mut uses = Uses::default();
    let found = match path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "html" => return Look::Page(Box::new(audit::scan(path, bytes))),
        "css" => {
            uses.sheet(&text());
            audit::css::sheet(path, &text(), &|url| audit::leads_to(path, url, tree))
        }
        "js" | "mjs" => {
            uses.script(&text());
            audit::script::script(path, &text(), base_url)
        }
        "svg" => audit::svg::image(path, &text()),
        _ => audit::feeds::feed(path, bytes, tree, base_url),
    };
    Look::Other(found, uses)
}

fn join(scans: &BTreeMap<String, Scan>, tree: &Tree, site: &Site) -> Vec<Noted> {
    let moved = moved::targets(&moved::need_pages(&site.redirects, &site.config.hosts));
    let allowed = Allowed { base_path: site.base_path(), form_hosts: form_hosts(site), hosts: site.hosts.clone(), moved };
    // The print page repeats the headings of the others.
    let own: BTreeSet<String> = site.pages.iter().filter(|(_, kind)| *kind != PageKind::Print).map(|(route, _)| route.file()).collect();
    let pages: Vec<&String> = scans.keys().collect();
    let mut noted: Vec<Noted> = pages.par_iter().flat_map_iter(|path| audit::join_page(path, scans, tree, &allowed, own.contains(*path))).collect();
    noted.extend(audit::whole::check(scans, site));
    noted
}
