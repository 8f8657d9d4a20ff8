//! The audit of a whole tree: its pages, and what scripts of ours put into them.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::diag::Diagnostic;
use crate::base::path::Route;
use crate::model::integrity::Hosts;
use crate::model::outgoing::Outgoing;
use crate::model::pages::PageKind;
use crate::model::site::Site;
use crate::render::audit::forms::Current;
use crate::render::audit::join::{self, Allowed, Around, Judged, Kind, judge};
use crate::render::audit::{self, Noted};
use crate::render::data::{self, DataFile};
use crate::render::evidence;
use crate::render::hosts::moved;
use crate::render::hosts::uses::Uses;
use crate::render::page::form_hosts;
use crate::render::preview;
use crate::render::tree::Tree;

use super::Take;
use super::outputs::Stand;

/// Scans all files, then compares the pages with each other; what could not be made is said too,
/// and what all of it makes a browser load.
/// `take` is given every file that was made. At most as many `threads` make files. Nothing is said if `go_on` says no before the end.
pub(super) fn audit_all(
    tree: &Tree,
    stand: &Stand,
    take: Option<Take<'_>>,
    threads: usize,
    go_on: &(dyn Fn() -> bool + Sync),
) -> Option<(Vec<Diagnostic>, Uses)> {
    let (site, sources, theme) = (&stand.site, &stand.sources, &stand.theme);
    let moved = moved::targets(&moved::need_pages(&site.redirects, &site.config.hosts));
    let allowed = Allowed { base_path: site.base_path(), form_hosts: form_hosts(site), hosts: site.linker.hosts.clone(), notice: notice(site), moved };
    // The print page repeats the headings of the others.
    let own: HashSet<String> =
        site.languages().flat_map(|site| site.pages.iter()).filter(|(_, kind)| *kind != PageKind::Print).map(|(route, _)| route.file()).collect();
    let matrix = site.route(PageKind::Matrix).map(Route::file).unwrap_or_default();
    let desk = Desk { tree, around: Around::new(tree, &allowed), own, matrix, hosts: &site.linker.hosts, base_url: site.config.base_url.value.as_str() };
    // Images of our own drawing and generated data ask for nothing by themselves: the preview does not make them for the audit alone.
    let is_wanted = |path: &&String| take.is_some() || ![preview::FOLDER, data::FOLDER].iter().any(|folder| path.starts_with(folder));
    let mut paths: Vec<&String> = tree.paths().filter(is_wanted).collect();
    // The files that hold everything take longest, so they start first.
    let pages = [PageKind::Matrix, PageKind::Print].into_iter().filter_map(|kind| Some(site.route(kind)?.file()));
    let long: Vec<String> = pages.chain([DataFile::Systems, DataFile::Table].map(|file| file.path(site))).collect();
    paths.sort_by_key(|path| !long.contains(path));
    let look = |path: &&String| {
        if !go_on() {
            return None;
        }
        let look = tree.glance(path)?.map(|bytes| {
            let look = look_at(path, &bytes, &desk);
            if let Some(take) = take {
                take(path, bytes);
            }
            look
        });
        Some(((*path).clone(), look))
    };
    // File by file where all threads take part; where some shall stay free, each of the others has its share.
    let share = if threads < rayon::current_num_threads() { paths.len().div_ceil(threads).max(1) } else { 1 };
    let looks: Option<Vec<Vec<_>>> = paths.par_chunks(share).with_max_len(1).map(|some| some.iter().map(look).collect()).collect();
    let (mut pages, mut parts, mut findings, mut uses, mut failed) = (BTreeMap::new(), Vec::new(), Vec::new(), Uses::default(), false);
    for (path, look) in looks?.into_iter().flatten() {
        match look {
            Ok(Look::Page(page)) => {
                uses.extend(page.uses());
                pages.insert(path, *page);
            }
            Ok(Look::Part(part)) => {
                uses.extend(part.uses());
                parts.push(*part);
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
    if let Some(page) = pages.get_mut(&desk.matrix) {
        for part in parts {
            page.absorb(part);
        }
    }
    // A link to a page that could not be made would be a second finding.
    if !failed {
        let paths: Vec<&String> = pages.keys().collect();
        let mut noted: Vec<Noted> = paths.par_iter().flat_map_iter(|path| join::anchors(path, &pages, &desk.around)).collect();
        noted.extend(audit::whole::check(&pages, site, &desk.around));
        findings.extend(noted.into_par_iter().map(|noted| audit::origin::of_page(noted, site, sources, theme)).collect::<Vec<_>>());
    }
    // The preview makes the index of the search only if somebody asks for it.
    if let Some(take) = take {
        tree.make_folders();
        tree.made_in_folders().into_par_iter().for_each(|(path, bytes)| take(path, Arc::clone(bytes)));
    }
    let index = tree.made_in_folders().into_par_iter().flat_map_iter(|(path, bytes)| desk.data(path, bytes));
    findings.extend(index.collect::<Vec<_>>());
    Some((findings, uses))
}

/// Every address elsewhere that the finished site leads to: those that the model knows the places of, and what only a
/// template names.
pub(super) fn outgoing(tree: &Tree, stand: &Stand) -> Outgoing {
    let (site, base_url) = (&stand.site, stand.site.config.base_url.value.as_str());
    let pages: Vec<&String> = tree.paths().filter(|path| path.rsplit('.').next() == Some("html")).collect();
    let led_to = |path: &&String| {
        let scan = audit::scan(path, &tree.glance(path)?.ok()?);
        let new = scan.outgoing().filter(|(address, _)| !site.outgoing.knows(address) && !address.starts_with(base_url));
        Some(new.map(|(address, line)| ((*path).clone(), address.to_owned(), line)).collect::<Vec<_>>())
    };
    let mut outgoing = site.outgoing.clone();
    for (page, address, line) in pages.par_iter().filter_map(led_to).collect::<Vec<_>>().into_iter().flatten() {
        if outgoing.knows(&address) {
            continue;
        }
        let noted = audit::noted(&page, line, &address);
        let found = audit::origin::of_page(noted, site, &stand.sources, &stand.theme);
        if let Some(span) = found.span {
            outgoing.place(&address, span, found.line_column, None);
        }
    }
    outgoing
}

/// What every file is looked at with.
struct Desk<'a> {
    tree: &'a Tree,
    around: Around<'a>,
    /// The pages that owe a language and an order of headings.
    own: HashSet<String>,
    /// The comparison, which scripts add to.
    matrix: String,
    hosts: &'a Hosts,
    base_url: &'a str,
}

impl Desk<'_> {
    /// What is wrong with generated data.
    fn data(&self, path: &str, bytes: &[u8]) -> Vec<Diagnostic> {
        audit::data::data(path, bytes, self.tree, self.hosts, self.base_url)
    }
}

/// What was seen of a file.
enum Look {
    Page(Box<Judged>),
    /// What a script puts into the comparison.
    Part(Box<Judged>),
    Other(Vec<Diagnostic>, Uses),
}

fn look_at(path: &str, bytes: &[u8], desk: &Desk<'_>) -> Look {
    if let Some(html) = evidence::html(path, bytes) {
        let scan = audit::scan(&desk.matrix, html.as_bytes());
        return Look::Part(Box::new(judge(&desk.matrix, scan, Kind::Part, &desk.around)));
    }
    if path.starts_with(data::FOLDER) {
        return Look::Other(desk.data(path, bytes), Uses::default());
    }
    let text = || String::from_utf8_lossy(bytes);
    let mut uses = Uses::default();
    let found = match path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "html" => {
            let kind = if desk.own.contains(path) { Kind::Own } else { Kind::Page };
            return Look::Page(Box::new(judge(path, audit::scan(path, bytes), kind, &desk.around)));
        }
        "css" => {
            let addresses = audit::css::addresses(&text());
            uses.sheet(&addresses);
            audit::css::sheet(path, &addresses, &|url| audit::leads_to(path, url, desk.tree))
        }
        "js" | "mjs" => {
            uses.script(&text());
            audit::script::script(path, &text(), desk.base_url)
        }
        "svg" => audit::svg::image(path, &text()),
        _ => audit::feeds::feed(path, bytes, desk.tree, desk.base_url),
    };
    Look::Other(found, uses)
}

/// What forms have to show: every word of the current notice.
fn notice(site: &Site) -> Option<Current> {
    let index = site.current_notice()?;
    let (notice, (paragraphs, statement)) = (&site.notices[index], site.notice_texts.get(index)?);
    let texts = notice.entry.notice.iter().zip(paragraphs).flat_map(|(entry, text)| [entry.title.value.as_str(), text.plain()]);
    Some(Current { sha256: notice.sha256.clone(), parts: texts.chain([statement.plain()]).map(str::to_owned).collect() })
}
