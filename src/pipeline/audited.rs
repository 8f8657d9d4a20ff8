//! The audit of a whole tree, which looks only at what changed since the last one.
//!
//! 1. [`scan_all`] reads the pages; 2. [`Scanned::uses`] says what they make a browser load;
//! 3. [`join_all`] compares them, when the tree is complete.

use std::collections::BTreeMap;
use std::mem;

use rayon::prelude::*;

use crate::base::diag::Diagnostic;
use crate::render::audit::{self, Allowed, Scan};
use crate::render::hosts::uses::Uses;
use crate::render::tree::Tree;

use super::memory;

/// What was seen in the pages of a tree.
pub(super) struct Scanned {
    scans: BTreeMap<String, Scan>,
    /// Pages that were scanned anew.
    new: Vec<String>,
    /// Whether those have the anchors they had before.
    has_old_ids: bool,
}

/// Scans all pages but those whose bytes were scanned before.
pub(super) fn scan_all(tree: &Tree, last: &mut memory::Pages) -> Scanned {
    let (mut scans, old) = (BTreeMap::new(), mem::take(&mut last.scans));
    let mut outdated = BTreeMap::new();
    for (path, scan) in old {
        let is_same = tree.get(&path).is_some_and(|bytes| last.tree.get(&path) == Some(bytes));
        if is_same { &mut scans } else { &mut outdated }.insert(path, scan);
    }
    let new: Vec<(&String, &Vec<u8>)> = tree.iter().filter(|(path, _)| has_extension(path, "html") && !scans.contains_key(*path)).collect();
    let new: Vec<(String, Scan)> = new.par_iter().map(|(path, bytes)| ((*path).clone(), audit::scan(path, bytes))).collect();
    let has_old_ids = new.iter().all(|(path, scan)| outdated.get(path).is_some_and(|old| scan.has_ids_of(old)));
    let paths = new.iter().map(|(path, _)| path.clone()).collect();
    scans.extend(new);
    Scanned { scans, new: paths, has_old_ids }
}

impl Scanned {
    /// What pages, style sheets and scripts make a browser load; `data` are scripts that hold no code.
    pub(super) fn uses(&self, tree: &Tree, data: &Tree) -> Uses {
        let mut uses = Uses::default();
        self.scans.values().for_each(|scan| uses.extend(scan.uses()));
        for (path, bytes) in tree {
            if has_extension(path, "css") {
                uses.sheet(&String::from_utf8_lossy(bytes));
            } else if (has_extension(path, "js") || has_extension(path, "mjs")) && !data.contains_key(path) {
                uses.script(&String::from_utf8_lossy(bytes));
            }
        }
        uses
    }
}

/// Joins all pages but those that had no finding and see the same files and anchors as before.
pub(super) fn join_all(scanned: Scanned, tree: &Tree, last: &mut memory::Pages, allowed: Allowed) -> Vec<Diagnostic> {
    let Scanned { scans, new, has_old_ids } = scanned;
    let sees_the_same = has_old_ids && last.clean.as_ref() == Some(&allowed) && tree.keys().eq(last.tree.keys());
    let pages: Vec<&String> = if sees_the_same { new.iter().collect() } else { scans.keys().collect() };
    let mut findings: Vec<Diagnostic> = pages.par_iter().flat_map_iter(|path| audit::join_page(path, &scans, tree, &allowed)).collect();
    last.clean = findings.is_empty().then_some(allowed);
    last.scans = scans;
    for (path, bytes) in tree.iter().filter(|(path, _)| has_extension(path, "css")) {
        findings.extend(audit::sheet(path, &String::from_utf8_lossy(bytes)));
    }
    findings
}

/// Whether a file of the output has this extension.
pub(super) fn has_extension(path: &str, wanted: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case(wanted))
}
