//! The headers that a host will send, so that a violation is seen while editing.
//!
//! Pure. If the build writes `_headers`, its rules are obeyed; otherwise a page gets the
//! policy of its own meta tag as a header, and every file the strict set below.

use crate::render::tree::Tree;

/// Headers of `_headers` that mean something on this machine.
const OBEYED: [&str; 8] = [
    "content-security-policy",
    "cross-origin-opener-policy",
    "cross-origin-embedder-policy",
    "permissions-policy",
    "referrer-policy",
    "x-content-type-options",
    "x-frame-options",
    "x-robots-tag",
];

const STRICT: [(&str, &str); 5] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

/// For what has no policy of its own: error pages, the worker of the preview.
pub(super) const OWN_POLICY: &str =
    "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The headers for a file of the tree.
pub(super) fn headers(path: &str, tree: &Tree) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = Vec::new();
    if let Some(rules) = tree.get("_headers") {
        headers.extend(obeyed(&String::from_utf8_lossy(&rules), path));
    }
    if headers.is_empty() {
        headers.extend(STRICT.map(|(name, value)| (name.to_owned(), value.to_owned())));
        if let Some(policy) = tree.get(path).filter(|_| is_page(path)).and_then(|html| meta_policy(&html)) {
            headers.push(("Content-Security-Policy".to_owned(), format!("{policy}; frame-ancestors 'none'")));
        }
    }
    headers.push(same_origin());
    headers
}

/// The headers for what the preview itself says.
pub(super) fn own() -> Vec<(String, String)> {
    let strict = STRICT.into_iter().chain([("Content-Security-Policy", OWN_POLICY)]);
    strict.map(|(name, value)| (name.to_owned(), value.to_owned())).chain([same_origin()]).collect()
}

/// No other site may take a file in, whatever tag it uses.
fn same_origin() -> (String, String) {
    ("Cross-Origin-Resource-Policy".to_owned(), "same-origin".to_owned())
}

/// Whether the path is that of a page.
pub(super) fn is_page(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension == "html")
}

/// The rules of a `_headers` file that fit: a pattern at the start of a line, headers below it.
fn obeyed(rules: &str, path: &str) -> Vec<(String, String)> {
    let address = format!("/{}", path.strip_suffix("index.html").unwrap_or(path));
    let mut fits = false;
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in rules.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        if !line.starts_with([' ', '\t']) {
            let pattern = line.trim();
            fits = pattern.strip_suffix('*').map_or(pattern == address, |start| address.starts_with(start));
        } else if let Some((name, value)) = line.split_once(':').filter(|_| fits) {
            let (name, value) = (name.trim(), value.trim());
            let is_obeyed = OBEYED.iter().any(|known| known.eq_ignore_ascii_case(name));
            if is_obeyed && !value.contains(char::is_control) {
                headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
                headers.push((name.to_owned(), value.to_owned()));
            }
        }
    }
    headers
}

/// The policy in a page's own meta tag.
fn meta_policy(html: &[u8]) -> Option<String> {
    let html = std::str::from_utf8(html).ok()?;
    let tag = html.split("http-equiv=\"Content-Security-Policy\"").nth(1)?;
    let value = tag.split_once("content=\"")?.1.split('"').next()?;
    let value = value.replace("&#39;", "'").replace("&amp;", "&");
    (!value.contains(char::is_control)).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(tree: &Tree, path: &str) -> String {
        let headers = headers(path, tree);
        headers.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("content-security-policy")).map(|(_, value)| value).unwrap_or_default()
    }

    #[test]
    fn the_policy_of_a_page_is_sent_as_a_header() {
        let page = b"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'\">";
        let mut tree = Tree::from([("a/index.html", &page[..]), ("b.css", b"")]);
        assert_eq!(policy(&tree, "a/index.html"), "default-src 'none'; script-src 'self'; frame-ancestors 'none'");
        assert_eq!(policy(&tree, "b.css"), "");
        let rules =
            "# x\n/*\n  Content-Security-Policy: default-src 'self'\n  Access-Control-Allow-Origin: *\n  Set-Cookie: a=b\n/a/*\n  X-Robots-Tag: noindex\n";
        tree.insert("_headers", rules.as_bytes());
        assert_eq!(policy(&tree, "a/index.html"), "default-src 'self'");
        let names: Vec<String> = headers("a/index.html", &tree).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["Content-Security-Policy", "X-Robots-Tag", "Cross-Origin-Resource-Policy"]);
    }
}
