//! `_headers` and `_redirects`, which Netlify, Cloudflare, GitLab and Codeberg read.
//!
//! Cloudflare joins the values of one header from several rules with a comma, and takes 100
//! rules; so there are two rules without a header in common. What pages are kept for is
//! left to the host, whose own answer (`max-age=0, must-revalidate`) is right. Only
//! Cloudflare knows how to take a header back (`! Name`), so only there, when no other
//! host reads the file, are the feeds and the data let go.

use std::fmt::Write;

use super::headers::{CACHE, RESOURCE_POLICY, Scope, cache, resource_policy};
use super::{HASHED, Plan};

/// `_headers`; `detaches` says whether only Cloudflare reads it.
pub(super) fn headers(plan: &Plan, detaches: bool) -> String {
    let mut text = format!("# Written by leitfaden. The same for every file, so that the rules stay few.\n{}*\n", plan.base);
    for (name, value) in plan.common() {
        let _ = writeln!(text, "  {name}: {value}");
    }
    let _ = writeln!(text, "  {RESOURCE_POLICY}: {}", resource_policy(Scope::Own));
    let _ = write!(text, "\n# The names change with the bytes.\n{}*\n  {CACHE}: {}\n", plan.path(HASHED), cache(Scope::Hashed));
    for path in plan.shared().iter().filter(|_| detaches) {
        let all = if path.ends_with('/') { "*" } else { "" };
        let _ = write!(text, "\n{path}{all}\n  ! {RESOURCE_POLICY}\n  {RESOURCE_POLICY}: {}\n", resource_policy(Scope::Shared));
    }
    text
}

/// `_redirects`, a line a spelling.
pub(super) fn redirects(plan: &Plan) -> String {
    let mut text = "# Written by leitfaden from `aliases` and `redirects`.\n".to_owned();
    for rule in &plan.redirects {
        for from in &rule.from {
            let _ = writeln!(text, "{from} {} 301", rule.to);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::testing::plan;
    use super::*;

    #[test]
    fn no_header_stands_in_two_rules_that_fit_one_file() {
        let text = headers(&plan("/x/"), false);
        let names: Vec<&str> = text.lines().filter(|line| line.starts_with("  ")).filter_map(|line| line.split(':').next()).collect();
        let mut unique = names.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), names.len(), "{text}");
        assert!(text.contains("\n/x/*\n") && text.contains("\n/x/static/*\n"), "{text}");
        let cloudflare = headers(&plan("/"), true);
        assert!(cloudflare.contains("\n/api/*\n  ! Cross-Origin-Resource-Policy\n  Cross-Origin-Resource-Policy: cross-origin\n"), "{cloudflare}");
        assert!(cloudflare.contains("\n/feed.xml\n  !"), "{cloudflare}");
    }

    #[test]
    fn every_spelling_leads_on() {
        let text = redirects(&plan("/x/"));
        assert!(text.ends_with("/x/alt /x/neu/ 301\n/x/alt/ /x/neu/ 301\n/x/alt.html /x/neu/#anker 301\n"), "{text}");
    }
}
