//! What only the whole tree shows: pages that nothing leads to, and pages from which
//! imprint or privacy policy cannot be reached.

use std::collections::{BTreeMap, HashSet};

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::path::Route;
use crate::model::pages::PageKind;
use crate::model::site::Site;

use super::join::{Around, Judged};
use super::{Noted, at};

/// Compares all pages with each other.
pub fn check(pages: &BTreeMap<String, Judged>, site: &Site, around: &Around<'_>) -> Vec<Noted> {
    let mut findings = orphans(pages, site, around);
    for kind in [PageKind::Imprint, PageKind::Privacy] {
        findings.extend(site.route(kind).and_then(|route| unreached(route, pages, site, around)));
    }
    findings
}

/// Pages that nothing leads to. The start needs no link; what is shown for a wrong address,
/// old versions of the notice and the print page are reached in other ways.
fn orphans(pages: &BTreeMap<String, Judged>, site: &Site, around: &Around<'_>) -> Vec<Noted> {
    let reached: HashSet<u32> = pages.values().flat_map(Judged::targets).copied().collect();
    let mut findings = Vec::new();
    for (route, kind) in site.languages().flat_map(|site| site.pages.iter()) {
        let file = route.file();
        let needs_none = matches!(kind, PageKind::Home | PageKind::NotFound | PageKind::Notice(_) | PageKind::Print);
        if needs_none || around.number(&file).is_some_and(|file| reached.contains(&file)) || !pages.contains_key(&file) {
            continue;
        }
        let finding = Diagnostic::warning(codes::ORPHAN, format!("no page leads to `{route}`"));
        findings.push(Noted { finding: at(&file, 1, finding).help("link to it, or list it"), needle: "listed:".to_owned() });
    }
    findings
}

/// Says once how many pages have no link to `route`.
fn unreached(route: &Route, judged: &BTreeMap<String, Judged>, site: &Site, around: &Around<'_>) -> Option<Noted> {
    let file = route.file();
    let number = around.number(&file)?;
    let links_to = |path: &str, page: &Judged| path == file || page.leads_to(number);
    // What is shown for a wrong address is no page of its own.
    let pages = site.languages().flat_map(|site| site.pages.iter()).filter(|(_, kind)| *kind != PageKind::NotFound).map(|(route, _)| route.file());
    let missing: Vec<String> = pages.filter(|path| judged.get(path).is_some_and(|page| !links_to(path, page))).collect();
    let first = missing.first()?;
    let message = match missing.len() {
        1 => format!("`{first}` has no link to `{route}`"),
        count => format!("{count} pages have no link to `{route}`, for example `{first}`"),
    };
    let finding = Diagnostic::error(codes::NO_DUTY_LINK, message);
    Some(Noted { finding: at(first, 1, finding).help("name the page in `navigation.footer` of site.yaml"), needle: "footer:".to_owned() })
}
