//! What the preview adds to a page, and how a page tells whether it is still the same.
//!
//! Pure. A page is what it says ([`State::text`]) and what it shows by reference
//! ([`State::files`]: style sheets and pictures, which the browser can exchange alone).
//! The script of the preview gets both in one attribute and compares them with what the
//! server says later. Without errors the page differs from the built one by that one tag.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::base::hash::sha256_hex;
use crate::model::marks::Mark;
use crate::parse::json;
use crate::render::audit::css::addresses;
use crate::render::body::escape;
use crate::render::tree::Tree;

/// Kinds of files that are exchanged without loading the page again.
const EXCHANGED: [&str; 9] = ["css", "svg", "png", "jpg", "jpeg", "gif", "webp", "avif", "ico"];
/// Kinds of files whose change loads the page again.
const BINDING: [&str; 4] = ["js", "mjs", "woff2", "woff"];
/// Attributes that refer to files.
const REFERRING: [&str; 5] = ["src=\"", "href=\"", "srcset=\"", "poster=\"", SEARCH];
/// Where a page names the index of its search: it changes with every text, and a box that
/// was not used yet can take the next one. A page of results is bound to it.
const SEARCH: &str = "data-search=\"";

/// What the script of the preview compares.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct State {
    /// The status of the answer.
    pub(super) status: u16,
    /// Hash of the page without the names of exchanged files.
    pub(super) text: String,
    /// Name without hash → address with the hash of the bytes.
    pub(super) files: BTreeMap<String, String>,
    /// Whether the page is a draft.
    pub(super) draft: bool,
    /// What on it is overdue: label, anchor.
    pub(super) overdue: Vec<(String, String)>,
}

impl State {
    /// The state of the page at `path`, an output file.
    pub(super) fn of(path: &str, status: u16, tree: &Tree, base: &str, mark: Option<&Mark>) -> Self {
        let bytes = tree.get(path).unwrap_or_default();
        let html = String::from_utf8_lossy(&bytes);
        let mut files = BTreeMap::new();
        let mut text = String::with_capacity(html.len());
        let mut rest: &str = &html;
        let shows_results = html.contains("data-search-results");
        while let Some((at, attribute)) = next_reference(rest) {
            let (before, after) = rest.split_at(at + attribute.len());
            text.push_str(before);
            let (value, tail) = after.split_at(after.find('"').unwrap_or(after.len()));
            if attribute == SEARCH
                && !shows_results
                && let Some(key) = key_of(value, path, base)
            {
                files.insert("search".to_owned(), format!("{base}{key}"));
                rest = tail;
                continue;
            }
            let addresses = if attribute.starts_with("srcset") { value.split(',').collect() } else { vec![value] };
            for address in addresses {
                text.push_str(&Self::note(address, path, tree, base, &mut files));
            }
            rest = tail;
        }
        text.push_str(rest);
        let mark = mark.cloned().unwrap_or_default();
        Self { status, text: short_hash(text.as_bytes()), files, draft: mark.draft, overdue: mark.overdue }
    }

    /// What an address adds to the text: nothing that an exchange can follow.
    fn note(address: &str, page: &str, tree: &Tree, base: &str, files: &mut BTreeMap<String, String>) -> String {
        let url = address.split_whitespace().next().unwrap_or_default();
        // Only of these kinds the bytes matter: to look at every page that is linked would be to make it.
        let key = key_of(url, page, base).filter(|key| EXCHANGED.contains(&extension_of(key)) || BINDING.contains(&extension_of(key)));
        // The index of the search is named by all that it is made from, and to read a byte of it is to make it.
        let key = key.filter(|key| !tree.folders().any(|folder| key.starts_with(folder)));
        let Some((key, bytes)) = key.and_then(|key| tree.get(&key).map(|bytes| (key, bytes))) else { return address.to_owned() };
        let extension = extension_of(&key);
        if EXCHANGED.contains(&extension) {
            let plain = plain_name(&key);
            files.insert(plain.clone(), format!("{base}{key}?v={}", version(&key, &bytes, tree, base)));
            return address.replace(url, &plain);
        }
        format!("{address}{}", short_hash(&bytes))
    }
}

fn next_reference(html: &str) -> Option<(usize, &'static str)> {
    REFERRING.iter().filter_map(|attribute| Some((html.find(attribute)?, *attribute))).min()
}

/// The file that an address on a page leads to.
fn file_of(url: &str, page: &str, tree: &Tree, base: &str) -> Option<(String, Arc<[u8]>)> {
    let key = key_of(url, page, base)?;
    let bytes = tree.get(&key)?;
    Some((key, bytes))
}

/// The key of the file that an address on a page leads to.
fn key_of(url: &str, page: &str, base: &str) -> Option<String> {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    if url.is_empty() || url.contains(':') || url.starts_with("//") {
        return None;
    }
    let (mut parts, inner) = match url.strip_prefix('/') {
        Some(_) => (Vec::new(), url.strip_prefix(base)?),
        None => (page.split('/').collect(), url),
    };
    parts.pop();
    for part in inner.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn extension_of(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// A style sheet is also what it loads.
fn version(key: &str, bytes: &[u8], tree: &Tree, base: &str) -> String {
    let own = short_hash(bytes);
    if extension_of(key) != "css" {
        return own;
    }
    let css = String::from_utf8_lossy(bytes);
    let loaded = addresses(&css).into_iter().filter_map(|(url, _)| file_of(&url, key, tree, base));
    let hashes: Vec<String> = loaded.map(|(_, bytes)| short_hash(&bytes)).collect();
    if hashes.is_empty() { own } else { short_hash((own + &hashes.concat()).as_bytes()) }
}

/// `static/site.0123456789.css` → `static/site.css`: the hash in a name follows the bytes.
fn plain_name(key: &str) -> String {
    let mut parts: Vec<&str> = key.split('.').collect();
    let is_hash = |part: &str| part.len() == 10 && part.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    if key.starts_with("static/") && parts.len() >= 3 && is_hash(parts[parts.len() - 2]) {
        parts.remove(parts.len() - 2);
    }
    parts.join(".")
}

fn short_hash(bytes: &[u8]) -> String {
    sha256_hex(bytes)[..16].to_owned()
}

/// The tag of the script; `source` is its address.
pub(super) fn script(source: &str, token: &str, state: &State) -> String {
    format!("<script src=\"{source}\" defer data-preview data-token=\"{token}\" data-state=\"{}\"></script>", escape(&json::line(state)))
}

/// Puts something before the end of a page's body.
pub(super) fn inject(html: &[u8], addition: &str) -> Vec<u8> {
    let end = b"</body>";
    let at = html.windows(end.len()).rposition(|window| window.eq_ignore_ascii_case(end)).unwrap_or(html.len());
    [&html[..at], addition.as_bytes(), &html[at..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(html: &str, files: &[(&str, &str)]) -> Tree {
        let page = [("a/index.html", html)];
        page.iter().chain(files).map(|(path, text)| (*path, text.as_bytes())).collect()
    }

    fn state(tree: &Tree) -> State {
        State::of("a/index.html", 200, tree, "/", None)
    }

    #[test]
    fn a_new_style_sheet_or_picture_leaves_the_text_alone() {
        let page = |hash: &str| format!("<link href=\"../static/site.{hash}.css\"><img src=\"../bild.png\" srcset=\"../bild.png 1x, ../b2.png 2x\">x");
        let files = [("bild.png", "1"), ("b2.png", "2"), ("static/site.0123456789.css", "a"), ("static/site.abcdef0123.css", "b")];
        let one = state(&tree(&page("0123456789"), &files));
        let two = state(&tree(&page("abcdef0123"), &files));
        assert_eq!(one.text, two.text);
        let names: Vec<&str> = one.files.keys().map(String::as_str).collect();
        assert_eq!(names, ["b2.png", "bild.png", "static/site.css"]);
        assert_ne!(one.files["static/site.css"], two.files["static/site.css"]);
        let other = state(&tree(&page("0123456789"), &[("bild.png", "3"), files[1], files[2]]));
        assert!(other.text == one.text && other.files["bild.png"] != one.files["bild.png"]);
    }

    #[test]
    fn text_and_scripts_load_the_page_again() {
        let one = state(&tree("<script src=\"../a.js\"></script>x", &[("a.js", "1")]));
        assert_ne!(one.text, state(&tree("<script src=\"../a.js\"></script>y", &[("a.js", "1")])).text);
        assert_ne!(one.text, state(&tree("<script src=\"../a.js\"></script>x", &[("a.js", "2")])).text);
        assert_eq!(one, state(&tree("<script src=\"../a.js\"></script>x", &[("a.js", "1"), ("b.js", "1")])));
    }

    #[test]
    fn a_style_sheet_is_what_it_loads() {
        let with = |picture: &str| state(&tree("<link href=\"/s/a.css\">", &[("s/a.css", "b{c:url(../p.png)}"), ("p.png", picture)]));
        assert_ne!(with("1").files, with("2").files);
    }

    #[test]
    fn a_new_index_of_the_search_reloads_only_its_results() {
        let page = |name: &str, more: &str| {
            let html = format!("<form data-search=\"../s/{name}.js\">{more}");
            state(&tree(&html, &[("s/a.js", "1"), ("s/b.js", "2")]))
        };
        assert_eq!(page("a", "").text, page("b", "").text);
        assert_eq!(page("b", "").files["search"], "/s/b.js");
        assert_ne!(page("a", "<p data-search-results>").text, page("b", "<p data-search-results>").text);
    }

    #[test]
    fn a_page_of_results_does_not_make_the_index() {
        let page = |name: &str| {
            let mut tree = tree(&format!("<form data-search=\"../s/{name}/core.js\"><p data-search-results>"), &[]);
            tree.insert_folder(format!("s/{name}/"), Box::new(|| unreachable!("nobody asked for the index")));
            state(&tree).text
        };
        assert_ne!(page("a"), page("b"));
    }

    #[test]
    fn the_addition_stands_at_the_end_of_the_body() {
        assert_eq!(inject(b"<body>x</body></html>", "+"), b"<body>x+</body></html>");
        assert_eq!(inject(b"x", "+"), b"x+");
    }
}
