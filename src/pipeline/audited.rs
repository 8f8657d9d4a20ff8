//! The audit of a whole tree, which looks only at what changed since the last one.

use std::collections::BTreeMap;
use std::mem;

use rayon::prelude::*;

use crate::base::diag::Diagnostic;
use crate::model::site::Site;
use crate::render::audit;
use crate::render::page::form_hosts;
use crate::render::tree::Tree;

use super::memory;

/// Scans all pages but those whose bytes were scanned before, and joins all pages but those
/// that had no finding and see the same files and anchors as before.
pub(super) fn audit_all(tree: &Tree, last: &mut memory::Pages, site: &Site) -> Vec<Diagnostic> {
    let (base, hosts) = (site.base_path(), form_hosts(site));
    let (mut scans, old) = (BTreeMap::new(), mem::take(&mut last.scans));
    let mut outdated = BTreeMap::new();
    for (path, scan) in old {
        let is_same = tree.get(&path).is_some_and(|bytes| last.tree.get(&path) == Some(bytes));
        if is_same { &mut scans } else { &mut outdated }.insert(path, scan);
    }
    let new: Vec<(&String, &Vec<u8>)> = tree.iter().filter(|(path, _)| has_extension(path, "html") && !scans.contains_key(*path)).collect();
    let new: Vec<(String, audit::Scan)> = new.par_iter().map(|(path, bytes)| ((*path).clone(), audit::scan(path, bytes))).collect();
    let sees_the_same = last.clean.as_ref().is_some_and(|(known, to)| (known, to) == (&base, &hosts))
        && tree.keys().eq(last.tree.keys())
        && new.iter().all(|(path, scan)| outdated.get(path).is_some_and(|old| scan.has_ids_of(old)));
    let changed: Vec<String> = new.iter().map(|(path, _)| path.clone()).collect();
    scans.extend(new);
    let pages: Vec<&String> = if sees_the_same { changed.iter().collect() } else { scans.keys().collect() };
    let mut findings: Vec<Diagnostic> = pages.par_iter().flat_map_iter(|path| audit::join_page(path, &scans, tree, &base, &hosts)).collect();
    last.clean = findings.is_empty().then_some((base, hosts));
    last.scans = scans;
    for (path, bytes) in tree.iter().filter(|(path, _)| has_extension(path, "css")) {
        findings.extend(audit::sheet(path, &String::from_utf8_lossy(bytes)));
    }
    findings
}

/// Whether a file of the output has this extension.
fn has_extension(path: &str, wanted: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case(wanted))
}
