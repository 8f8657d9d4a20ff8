//! Where the notice leads on this site: the privacy policy's section about it, and the imprint.

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::path::Route;
use crate::base::source::Source;
use crate::model::link::Linker;
use crate::model::pages::Pages;
use crate::parse::decode::is_hole;

use super::Notice;

/// Checks that both pages exist, and that the policy has the section: the second layer of
/// the information is part of it (Art. 12 (1), 13 GDPR).
pub fn check(notices: &[Notice], source: &Source, pages: &Pages, linker: &Linker) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let known: Vec<&str> = pages.iter().filter_map(|(route, _)| route.as_str().strip_suffix('/')).collect();
    for notice in notices.iter().filter(|notice| notice.current) {
        let links = &notice.entry.links;
        for (link, code, needs_anchor) in [(&links.privacy_policy, codes::CONSENT_ANCHOR, true), (&links.imprint, codes::UNKNOWN_PAGE, false)] {
            let (page, anchor) = link.split_once('#').unwrap_or((link, ""));
            let page = page.trim_matches('/');
            let route = Route::parse(&format!("{page}/")).ok().filter(|route| pages.get(route).is_some());
            let say = |message: String| Diagnostic::error(code, message).at(source.span(link.range.clone()));
            let Some(route) = route else {
                if !is_hole(link) {
                    findings.push(say(format!("there is no page `{page}`")).suggest(page, known.iter().copied()));
                }
                continue;
            };
            let anchors = linker.anchors.get(&route);
            if needs_anchor && anchor.is_empty() {
                findings.push(say(format!("the link to `{page}` names no section")).help(format!("write `{page}#newsletter`")));
            } else if !anchor.is_empty() && !anchors.is_some_and(|anchors| anchors.contains(anchor)) {
                findings.push(say(format!("`{page}` has no section `{anchor}`")).suggest(anchor, anchors.into_iter().flatten().map(String::as_str)));
            }
        }
    }
    findings
}
