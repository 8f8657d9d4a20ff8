//! The audit of a whole tree: its pages, and what scripts of ours put into them.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::base::diag::Diagnostic;
use crate::base::path::Route;
use crate::model::pages::PageKind;
use crate::model::site::Site;
use crate::render::audit;
use crate::render::evidence;
use crate::render::page::form_hosts;
use crate::render::tree::Tree;

/// Scans all pages, then compares them with each other; what could not be made is said too.
/// Nothing is said if `go_on` says no before the end.
pub(super) fn audit_all(tree: &Tree, site: &Site, go_on: &(dyn Fn() -> bool + Sync)) -> Option<Vec<Diagnostic>> {
    let mut paths: Vec<&String> = tree.paths().collect();
    // The pages that hold everything take longest, so they start first.
    let long: Vec<String> = [PageKind::Matrix, PageKind::Print].into_iter().filter_map(|kind| Some(site.route(kind)?.file())).collect();
    paths.sort_by_key(|path| !long.contains(path));
    let matrix = site.route(PageKind::Matrix).map(Route::file).unwrap_or_default();
    let look = |path: &&String| {
        if !go_on() {
            return None;
        }
        let (mut scan, mut findings) = (None, Vec::new());
        match tree.glance(path)? {
            Ok(bytes) if has_extension(path, "html") => scan = Some(audit::scan(path, &bytes)),
            Ok(bytes) if has_extension(path, "css") => findings = audit::sheet(path, &String::from_utf8_lossy(&bytes)),
            Ok(bytes) => scan = evidence::html(path, &bytes).map(|html| audit::scan(&matrix, html.as_bytes())),
            Err(found) => findings = found,
        }
        Some(((*path).clone(), scan, findings))
    };
    let looks: Option<Vec<_>> = paths.par_iter().with_max_len(1).map(look).collect();
    let (mut scans, mut evidence_scans, mut findings) = (BTreeMap::new(), Vec::new(), Vec::new());
    for (path, scan, found) in looks? {
        if let Some(scan) = scan {
            if has_extension(&path, "html") {
                scans.insert(path, scan);
            } else {
                evidence_scans.push(scan);
            }
        }
        findings.extend(found);
    }
    if let Some(page) = scans.get_mut(&matrix) {
        for scan in evidence_scans {
            page.absorb(scan);
        }
    }
    // A link to a page that could not be made would be a second finding.
    if findings.is_empty() {
        let (base, hosts) = (site.base_path(), form_hosts(site));
        let pages: Vec<&String> = scans.keys().collect();
        findings = pages.par_iter().flat_map_iter(|path| audit::join_page(path, &scans, tree, &base, &hosts)).collect();
    }
    Some(findings)
}

/// Whether a file of the output has this extension.
fn has_extension(path: &str, wanted: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case(wanted))
}
