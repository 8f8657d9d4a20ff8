//! Where a redirect leads: its target as seen from the address it was found at (RFC 3986, 5.2).

/// The full address; none if it leads out of the web.
pub(super) fn join(base: &str, target: &str) -> Option<String> {
    let target = target.trim();
    if target.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return None;
    }
    let lower = target.to_ascii_lowercase();
    if lower.starts_with("https://") || lower.starts_with("http://") {
        return Some(target.to_owned());
    }
    let (scheme, rest) = base.split_once("://")?;
    if let Some(other) = target.strip_prefix("//") {
        return Some(format!("{scheme}://{other}"));
    }
    if target.split(['/', '?', '#']).next().is_some_and(|start| start.contains(':')) {
        return None;
    }
    let rest = rest.split('#').next().unwrap_or_default();
    let host = rest.split(['/', '?']).next().unwrap_or_default();
    let path_and_query = &rest[host.len()..];
    let path = path_and_query.split('?').next().unwrap_or_default();
    let joined = match target.chars().next() {
        None => path_and_query.to_owned(),
        Some('#') => format!("{path_and_query}{target}"),
        Some('?') => format!("{path}{target}"),
        Some('/') => plain(target),
        Some(_) => plain(&format!("{}/{target}", path.rsplit_once('/').map_or("", |(folder, _)| folder))),
    };
    let slash = if joined.starts_with('/') { "" } else { "/" };
    Some(format!("{scheme}://{host}{slash}{joined}"))
}

/// A path without `.` and `..`; what stands behind it stays as it is.
fn plain(target: &str) -> String {
    let end = target.find(['?', '#']).unwrap_or(target.len());
    let (path, rest) = target.split_at(end);
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').skip(1) {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    if path.ends_with("/.") || path.ends_with("/..") {
        parts.push("");
    }
    format!("/{}{rest}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_are_read_as_browsers_read_them() {
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
        assert_eq!(join("https://example.org", "?x").as_deref(), Some("https://example.org/?x"));
        assert_eq!(join("https://example.org", "x").as_deref(), Some("https://example.org/x"));
    }
}
