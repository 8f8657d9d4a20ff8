//! What only the whole tree shows: pages that nothing leads to, and pages from which
//! imprint or privacy policy cannot be reached.

use std::collections::{BTreeMap, HashSet};

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::path::Route;
use crate::model::pages::PageKind;
use crate::model::site::Site;

use super::{Noted, Scan, at};

/// Compares all pages with each other.
pub fn check(scans: &BTreeMap<String, Scan>, site: &Site) -> Vec<Noted> {
    let mut findings = orphans(scans, site);
    for kind in [PageKind::Imprint, PageKind::Privacy] {
        findings.extend(site.route(kind).and_then(|route| unreached(route, scans, site)));
    }
    findings
}

/// Pages that nothing leads to. The start needs no link; what is shown for a wrong address,
/// old versions of the notice and the print page are reached in other ways.
fn orphans(scans: &BTreeMap<String, Scan>, site: &Site) -> Vec<Noted> {
    let reached: HashSet<&str> = scans.values().flat_map(|scan| &scan.targets).map(String::as_str).collect();
    let mut findings = Vec::new();
    for (route, kind) in site.pages.iter() {
        let file = route.file();
        let needs_none = matches!(kind, PageKind::Home | PageKind::NotFound | PageKind::Notice(_) | PageKind::Print);
        if needs_none || reached.contains(file.as_str()) || !scans.contains_key(&file) {
            continue;
        }
        let finding = Diagnostic::warning(codes::ORPHAN, format!("no page leads to `{route}`"));
        findings.push(Noted { finding: at(&file, 1, finding).help("link to it, or list it"), needle: "listed:".to_owned() });
    }
    findings
}

/// Says once how many pages have no link to `route`.
fn unreached(route: &Route, scans: &BTreeMap<String, Scan>, site: &Site) -> Option<Noted> {
    let file = route.file();
    let links_to = |path: &str, scan: &Scan| path == file || scan.targets.contains(&file);
    // What is shown for a wrong address is no page of its own.
    let pages = site.pages.iter().filter(|(_, kind)| *kind != PageKind::NotFound).map(|(route, _)| route.file());
    let missing: Vec<String> = pages.filter(|path| scans.get(path).is_some_and(|scan| !links_to(path, scan))).collect();
    let first = missing.first()?;
    let message = match missing.len() {
        1 => format!("`{first}` has no link to `{route}`"),
        count => format!("{count} pages have no link to `{route}`, for example `{first}`"),
    };
    let finding = Diagnostic::error(codes::NO_DUTY_LINK, message);
    Some(Noted { finding: at(first, 1, finding).help("name the page in `navigation.footer` of site.yaml"), needle: "footer:".to_owned() })
}
