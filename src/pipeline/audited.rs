//! The audit of a whole tree, which looks only at what changed since the last one.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use rayon::prelude::*;

use crate::base::diag::Diagnostic;
use crate::base::source::Sources;
use crate::model::pages::PageKind;
use crate::model::site::Site;
use crate::render::audit::{self, Allowed, Noted};
use crate::render::page::form_hosts;
use crate::render::theme::Theme;
use crate::render::tree::Tree;

use super::memory;

/// Scans all pages but those whose bytes were scanned before, and joins all pages but those
/// that had no finding and see the same files, anchors and hosts as before.
pub(super) fn audit_all(tree: &Tree, last: &mut memory::Pages, site: &Site, sources: &Sources, theme: &Theme) -> Vec<Diagnostic> {
    let allowed = Allowed { base_path: site.base_path(), form_hosts: form_hosts(site), hosts: site.hosts.clone() };
    let (mut scans, old) = (BTreeMap::new(), mem::take(&mut last.scans));
    let mut outdated = BTreeMap::new();
    for (path, scan) in old {
        let is_same = tree.get(&path).is_some_and(|bytes| last.tree.get(&path) == Some(bytes));
        if is_same { &mut scans } else { &mut outdated }.insert(path, scan);
    }
    let new: Vec<(&String, &Vec<u8>)> = tree.iter().filter(|(path, _)| has_extension(path, "html") && !scans.contains_key(*path)).collect();
    let new: Vec<(String, audit::Scan)> = new.par_iter().map(|(path, bytes)| ((*path).clone(), audit::scan(path, bytes))).collect();
    // The print page repeats the headings of the others.
    let own: BTreeSet<String> = site.pages.iter().filter(|(_, kind)| *kind != PageKind::Print).map(|(route, _)| route.file()).collect();
    let is_known = last.clean.as_ref().is_some_and(|(known, pages)| (known, pages) == (&allowed, &own)) && tree.keys().eq(last.tree.keys());
    let all_new = |same: fn(&audit::Scan, &audit::Scan) -> bool| new.iter().all(|(path, scan)| outdated.get(path).is_some_and(|old| same(scan, old)));
    let sees_the_same = is_known && all_new(audit::Scan::has_ids_of);
    let leads_the_same = is_known && all_new(audit::Scan::has_targets_of);
    let changed: Vec<String> = new.iter().map(|(path, _)| path.clone()).collect();
    scans.extend(new);
    let pages: Vec<&String> = if sees_the_same { changed.iter().collect() } else { scans.keys().collect() };
    let mut noted: Vec<Noted> = pages.par_iter().flat_map_iter(|path| audit::join_page(path, &scans, tree, &allowed, own.contains(*path))).collect();
    if !leads_the_same {
        noted.extend(audit::whole::check(&scans, site));
    }
    last.clean = noted.is_empty().then_some((allowed, own));
    last.scans = scans;
    let mut findings: Vec<Diagnostic> = noted.into_par_iter().map(|noted| audit::origin::of_page(noted, site, sources, theme)).collect();
    findings.extend(files(tree, last, site).into_iter().map(|finding| audit::origin::of_file(finding, sources, theme)));
    findings
}

/// Looks at the files that are no pages. Feeds name other files, so they are read each time;
/// the others only if they were not read before.
fn files(tree: &Tree, last: &mut memory::Pages, site: &Site) -> Vec<Diagnostic> {
    let base_url = site.config.base_url.value.as_str();
    let same = tree.keys().eq(last.tree.keys()) && last.clean_files.0 == base_url;
    let read = |(path, bytes): (&String, &Vec<u8>)| {
        let text = || String::from_utf8_lossy(bytes);
        if same && last.tree.get(path) == Some(bytes) && last.clean_files.1.contains(path) {
            return Vec::new();
        }
        match path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "css" => audit::css::sheet(path, &text(), &|url| audit::leads_to(path, url, tree)),
            "js" | "mjs" => audit::script::script(path, &text(), base_url),
            "svg" => audit::svg::image(path, &text()),
            _ => audit::feeds::feed(path, bytes, tree, base_url),
        }
    };
    let all: Vec<(&String, &Vec<u8>)> = tree.iter().filter(|(path, _)| !has_extension(path, "html") && !has_extension(path, "json")).collect();
    let found: Vec<(&String, Vec<Diagnostic>)> = all.into_par_iter().map(|(path, bytes)| (path, read((path, bytes)))).collect();
    let clean = found.iter().filter(|(_, found)| found.is_empty()).map(|(path, _)| (*path).clone());
    last.clean_files = (base_url.to_owned(), clean.collect());
    found.into_iter().flat_map(|(_, found)| found).collect()
}

/// Whether a file of the output has this extension.
fn has_extension(path: &str, wanted: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case(wanted))
}
