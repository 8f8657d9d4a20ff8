//! The Content-Security-Policy: nothing is allowed but what the site uses, from itself.
//!
//! The policy of a page stands in its head as [`MARK`] until all pages are made, then
//! [`replaced`] puts the text there. All pages have the same one and the host sends it
//! too (with what a meta tag may not say): browsers enforce both, so they must agree.

use super::uses::{Use, Uses};
use crate::base::seek;

/// Stands for the policy while pages are made: a private-use character.
pub const MARK: &str = "\u{e001}";

/// The policy of a site: what it uses, and the hosts that its forms may be sent to.
pub fn policy(uses: &Uses, form_hosts: &[String]) -> String {
    let named = [
        (Use::Style, "style-src"),
        (Use::Script, "script-src"),
        (Use::Image, "img-src"),
        (Use::Font, "font-src"),
        (Use::Media, "media-src"),
        (Use::Manifest, "manifest-src"),
        (Use::Frame, "frame-src"),
        (Use::Object, "object-src"),
        (Use::Worker, "worker-src"),
    ];
    let used = named.iter().filter(|(used, _)| uses.0.contains(used)).map(|(_, directive)| *directive);
    // No page of ours connects, but tools that look at one read robots.txt from inside it.
    let text = used.chain(["connect-src"]).fold("default-src 'none'".to_owned(), |text, directive| format!("{text}; {directive} 'self'"));
    let mut targets: Vec<&str> = Vec::new();
    if uses.0.contains(&Use::Form) || uses.0.contains(&Use::RemoteForm) {
        // A thank-you page on the site itself counts too: the directive also binds redirects.
        targets.push("'self'");
    }
    if uses.0.contains(&Use::RemoteForm) {
        targets.extend(form_hosts.iter().map(String::as_str));
    }
    if targets.is_empty() {
        targets.push("'none'");
    }
    targets.dedup();
    format!("{text}; form-action {}; base-uri 'none'", targets.join(" "))
}

/// A page with the policy `to` where it has `from`; none if it has not.
pub fn replaced(html: &[u8], from: &str, to: &str) -> Option<Vec<u8>> {
    let wanted = format!("content=\"{from}\"");
    let at = seek::row(wanted.as_bytes(), html)?;
    Some([&html[..at], b"content=\"", to.as_bytes(), b"\"", &html[at + wanted.len()..]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uses(list: &[Use]) -> Uses {
        Uses(list.iter().copied().collect())
    }

    #[test]
    fn only_what_is_used_is_allowed() {
        assert_eq!(policy(&uses(&[]), &[]), "default-src 'none'; connect-src 'self'; form-action 'none'; base-uri 'none'");
        assert_eq!(
            policy(&uses(&[Use::Script, Use::Font, Use::Form]), &["https://news.example".to_owned()]),
            "default-src 'none'; script-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
        );
        let sent = policy(&uses(&[Use::RemoteForm]), &["https://news.example".to_owned(), "https://thanks.example".to_owned()]);
        assert!(sent.contains("form-action 'self' https://news.example https://thanks.example;"), "{sent}");
    }

    #[test]
    fn the_mark_becomes_the_policy_and_the_policy_another() {
        let html = format!("<meta content=\"{MARK}\"><p>{MARK}").into_bytes();
        let first = replaced(&html, MARK, "a").unwrap();
        let second = replaced(&first, "a", "b").unwrap();
        assert_eq!(replaced(&second, "x", "c"), None);
        assert_eq!(String::from_utf8(second).unwrap(), format!("<meta content=\"b\"><p>{MARK}"));
    }
}
