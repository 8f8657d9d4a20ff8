//! From the target of a request to a file of the tree, by exact key.
//!
//! Pure: no path reaches the disk. A target that could mean two things is refused.

use crate::render::tree::Tree;

/// Where the preview's own files and events are; no page of a guide lies there.
pub(super) const OWN: &str = "/__leitfaden/";

/// What a target means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A file of the tree.
    File(String),
    /// The same page under its proper address.
    Redirect(String),
    /// One of the preview's own: its name and its query.
    Own(String, String),
    /// Nothing is there.
    Missing,
    /// No address at all.
    Bad,
}

/// Whether the preview's events are asked for, as its own pages do.
pub(super) fn is_events(target: &str) -> bool {
    target.split('?').next().and_then(|path| path.strip_prefix(OWN)) == Some("events")
}

/// Looks a target up; `base` is the folder of the site, between slashes.
pub(super) fn resolve(target: &str, base: &str, tree: &Tree) -> Place {
    let (raw, query) = target.split_once('?').map_or((target, None), |(raw, query)| (raw, Some(query)));
    let Some(path) = decode(raw).filter(|path| is_plain(path)) else { return Place::Bad };
    if target.contains('#') {
        return Place::Bad;
    }
    if let Some(name) = path.strip_prefix(OWN) {
        return Place::Own(name.to_owned(), query.unwrap_or_default().to_owned());
    }
    let with_query = |address: String| query.map_or(address.clone(), |query| format!("{address}?{query}"));
    let Some(inner) = path.strip_prefix(base) else {
        let is_above = base.strip_prefix(&path).is_some_and(|rest| rest == "/" || path == "/");
        return if is_above { Place::Redirect(with_query(base.to_owned())) } else { Place::Missing };
    };
    let page = if inner.is_empty() || inner.ends_with('/') { format!("{inner}index.html") } else { format!("{inner}/index.html") };
    let is_file = !inner.is_empty() && !inner.ends_with('/') && tree.contains_key(inner);
    match (is_file, tree.contains_key(&page)) {
        (true, _) => Place::File(inner.to_owned()),
        (false, true) if inner.is_empty() || inner.ends_with('/') => Place::File(page),
        // The raw path starts with exactly one slash, so it stays on this host.
        (false, true) => Place::Redirect(with_query(format!("{raw}/"))),
        (false, false) => Place::Missing,
    }
}

/// The value of a key in a query, decoded.
pub(super) fn query_value(query: &str, key: &str) -> Option<String> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.into_iter().find(|(name, _)| *name == key).and_then(|(_, value)| decode(value))
}

/// Resolves `%41` once; nothing if it is not UTF-8 or half an escape.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let (high, low) = (digit(rest.next())?, digit(rest.next())?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn is_plain(path: &str) -> bool {
    let Some(inner) = path.strip_prefix('/') else { return false };
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    let bad_part = |part: &str| matches!(part, "" | "." | "..");
    !path.contains('\\') && !path.contains(char::is_control) && (path == "/" || !inner.split('/').any(bad_part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> Tree {
        ["index.html", "a/index.html", "a/b.css", "größe.pdf", "404.html"].iter().map(|path| (*path, Vec::new())).collect()
    }

    #[test]
    fn targets_lead_to_files_by_exact_key() {
        let file = |path: &str| Place::File(path.to_owned());
        let redirect = |path: &str| Place::Redirect(path.to_owned());
        for (target, place) in [
            ("/", file("index.html")),
            ("/?x=1", file("index.html")),
            ("/index.html", file("index.html")),
            ("/a/", file("a/index.html")),
            ("/a/?raw??", file("a/index.html")),
            ("/a", redirect("/a/")),
            ("/a?q=x%20y", redirect("/a/?q=x%20y")),
            ("/a/b.css", file("a/b.css")),
            ("/a/b.css/", Place::Missing),
            ("/gr%C3%B6%c3%9Fe.pdf", file("größe.pdf")),
            ("/x", Place::Missing),
            ("/__leitfaden/state?path=%2Fa%2F", Place::Own("state".to_owned(), "path=%2Fa%2F".to_owned())),
        ] {
            assert_eq!(resolve(target, "/", &tree()), place, "{target}");
        }
    }

    #[test]
    fn nothing_leads_out() {
        for target in [
            "/../etc/passwd",
            "/a/../../etc/passwd",
            "/%2e%2e/etc/passwd",
            "/%2e%2e%2fetc/passwd",
            "/..\\etc",
            "/..%5cetc",
            "/a%00",
            "/a%0d%0aX: y",
            "//evil.example/",
            "//evil.example/a",
            "/a//",
            "/./a",
            "http://evil.example/a",
            "etc/passwd",
            "*",
            "",
            "/#/etc/passwd",
            "/a%",
            "/%ff",
        ] {
            assert_eq!(resolve(target, "/", &tree()), Place::Bad, "{target}");
        }
        assert_eq!(resolve("/%252e%252e/etc/passwd", "/", &tree()), Place::Missing);
        assert_eq!(resolve("/etc/passwd", "/", &tree()), Place::Missing);
    }

    #[test]
    fn a_site_in_a_folder_is_shown_in_it() {
        let redirect = |path: &str| Place::Redirect(path.to_owned());
        for (target, place) in [
            ("/x/", Place::File("index.html".to_owned())),
            ("/x/a/", Place::File("a/index.html".to_owned())),
            ("/x/a", redirect("/x/a/")),
            ("/x", redirect("/x/")),
            ("/", redirect("/x/")),
            ("/a/", Place::Missing),
            ("/xy", Place::Missing),
        ] {
            assert_eq!(resolve(target, "/x/", &tree()), place, "{target}");
        }
        assert_eq!(query_value("token=1&path=%2Fa%2F", "path").as_deref(), Some("/a/"));
    }
}
