//! The headers of production, so that a violation is seen while editing.
//!
//! Pure. They are the host's ([`Plan::headers`]) but for what means something else on this
//! machine: nothing promises TLS, nothing is kept, and no other site may take a file in.
//! The scripts, styles and pictures of the preview are allowed where the site has none.

use crate::render::hosts::policy::{MARK, replaced};
use crate::render::hosts::{Plan, Scope};

/// For what has no policy of its own: error pages, the worker of the preview.
const OWN_POLICY: &str = "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'";

/// What the preview adds to a page.
const ADDED: [&str; 3] = ["script-src", "style-src", "img-src"];

/// The headers for a file of a site.
pub(super) fn headers(plan: &Plan) -> Vec<(String, String)> {
    let mut headers = Vec::new();
    for (name, value) in plan.headers(Scope::Own) {
        let value = match name {
            "Strict-Transport-Security" | "Cache-Control" => continue,
            "Content-Security-Policy" => format!("{}; frame-ancestors 'none'", widened(plan.policy())),
            _ => value,
        };
        headers.push((name.to_owned(), value));
    }
    headers
}

/// The headers for what the preview itself says.
pub(super) fn own() -> Vec<(String, String)> {
    headers(&Plan::of_policy(OWN_POLICY))
}

/// Puts the policy of the headers where the page has a mark.
pub(super) fn fill(html: &mut Vec<u8>, plan: &Plan) {
    if let Some(filled) = replaced(html, MARK, &widened(plan.policy())) {
        *html = filled;
    }
}

fn widened(policy: &str) -> String {
    let missing = ADDED.iter().filter(|directive| !policy.contains(*directive));
    missing.fold(policy.to_owned(), |policy, directive| format!("{policy}; {directive} 'self'"))
}

/// Whether the path is that of a page.
pub(super) fn is_page(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension == "html")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(plan: &Plan, wanted: &str) -> String {
        headers(plan).into_iter().find(|(name, _)| name == wanted).map(|(_, value)| value).unwrap_or_default()
    }

    #[test]
    fn a_site_without_scripts_can_be_previewed() {
        let plan = Plan::of_policy("default-src 'none'; style-src 'self'");
        let wide = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'";
        assert_eq!(header(&plan, "Content-Security-Policy"), format!("{wide}; frame-ancestors 'none'"));
        let mut html = format!("<meta content=\"{MARK}\">").into_bytes();
        fill(&mut html, &plan);
        assert_eq!(String::from_utf8(html).unwrap(), format!("<meta content=\"{wide}\">"));
        assert_eq!(header(&plan, "Cross-Origin-Resource-Policy"), "same-origin");
        assert_eq!(header(&plan, "Cache-Control"), "");
    }
}
