//! The audit of a whole tree.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::base::diag::Diagnostic;
use crate::model::pages::PageKind;
use crate::model::site::Site;
use crate::render::audit::{self, Allowed, Scan};
use crate::render::hosts::moved;
use crate::render::hosts::uses::Uses;
use crate::render::page::form_hosts;
use crate::render::tree::Tree;

/// Scans all pages, then compares them with each other; what could not be made is said too,
/// and what all of it makes a browser load.
/// Nothing is said if `go_on` says no before the end.
pub(super) fn audit_all(tree: &Tree, site: &Site, go_on: &(dyn Fn() -> bool + Sync)) -> Option<(Vec<Diagnostic>, Uses)> {
    let mut paths: Vec<&String> = tree.paths().collect();
    // The pages that hold everything take longest, so they start first.
    let long: Vec<String> = [PageKind::Matrix, PageKind::Print].into_iter().filter_map(|kind| Some(site.route(kind)?.file())).collect();
    paths.sort_by_key(|path| !long.contains(path));
    let look = |path: &&String| {
        if !go_on() {
            return None;
        }
        let (mut scan, mut findings, mut uses) = (None, Vec::new(), Uses::default());
        match tree.glance(path)? {
            Ok(bytes) if has_extension(path, "html") => scan = Some(audit::scan(path, &bytes)),
            Ok(bytes) if has_extension(path, "css") => {
                let css = String::from_utf8_lossy(&bytes);
                findings = audit::sheet(path, &css);
                uses.sheet(&css);
            }
            Ok(bytes) if has_extension(path, "js") || has_extension(path, "mjs") => uses.script(&String::from_utf8_lossy(&bytes)),
            Ok(_) => {}
            Err(found) => findings = found,
        }
        Some(((*path).clone(), scan, findings, uses))
    };
    let looks: Option<Vec<_>> = paths.par_iter().with_max_len(1).map(look).collect();
    let (mut scans, mut findings, mut all_uses) = (BTreeMap::new(), Vec::new(), Uses::default());
    for (path, scan, found, uses) in looks? {
        all_uses.extend(scan.as_ref().map_or(&uses, Scan::uses));
        scans.extend(scan.map(|scan| (path, scan)));
        findings.extend(found);
    }
    // A link to a page that could not be made would be a second finding.
    if findings.is_empty() {
        let moved = moved::targets(&moved::need_pages(&site.redirects, &site.config.hosts));
        let allowed = Allowed { base_path: site.base_path(), form_hosts: form_hosts(site), moved };
        let pages: Vec<&String> = scans.keys().collect();
        findings = pages.par_iter().flat_map_iter(|path| audit::join_page(path, &scans, tree, &allowed)).collect();
    }
    Some((findings, all_uses))
}

/// Whether a file of the output has this extension.
pub(super) fn has_extension(path: &str, wanted: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case(wanted))
}
