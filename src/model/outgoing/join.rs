//! Where a redirect leads: its target as seen from the address it was found at (RFC 3986, 5.2; RFC 3987).

use fluent_uri::{Iri, IriRef};

/// The full address; none if it leads out of the web or is no address.
pub(super) fn join(base: &str, target: &str) -> Option<String> {
    let base = Iri::parse(base).ok()?;
    let joined = IriRef::parse(target.trim()).ok()?.resolve_against(&base.strip_fragment()).ok()?;
    matches!(joined.scheme().as_str().to_ascii_lowercase().as_str(), "http" | "https").then(|| joined.into_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_are_resolved_and_what_leads_out_of_the_web_is_refused() {
        for (target, expected) in [
            ("https://neu.example/x?y#z", Some("https://neu.example/x?y#z")),
            ("HTTP://neu.example", Some("HTTP://neu.example")),
            ("//neu.example/x", Some("https://neu.example/x")),
            ("/x/../y?u=../v", Some("https://example.org:8443/y?u=../v")),
            ("x", Some("https://example.org:8443/a/x")),
            ("../x/.", Some("https://example.org:8443/x/")),
            ("../../..", Some("https://example.org:8443/")),
            ("?z", Some("https://example.org:8443/a/b?z")),
            ("#z", Some("https://example.org:8443/a/b?c#z")),
            ("", Some("https://example.org:8443/a/b?c")),
            ("x/a:b", Some("https://example.org:8443/a/x/a:b")),
            ("mailto:a@example.org", None),
            ("javascript:alert(1)", None),
            ("/a\u{1b}[2J", None),
        ] {
            assert_eq!(join("https://example.org:8443/a/b?c#d", target).as_deref(), expected, "{target}");
        }
        assert_eq!(join("https://example.org", "?x").as_deref(), Some("https://example.org?x"));
        assert_eq!(join("https://example.org", "x").as_deref(), Some("https://example.org/x"));
    }
}
