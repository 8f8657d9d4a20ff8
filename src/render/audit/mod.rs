//! The output audit: what the finished HTML asks for, and where its links lead.
//!
//! 1. [`scan`] reads one page, the fast way ([`plain`]) or with the tokenizer of the
//!    HTML standard ([`spec`]), and collects ids and links;
//! 2. [`join`] compares them over the whole tree.
//!
//! It looks at the final bytes, so it finds what templates, scripts of a theme or
//! raw HTML bring in as well.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::base::codes::{self, Code};
use crate::base::diag::Diagnostic;
use crate::base::path::SitePath;
use crate::base::source::Span;

use super::tree::Tree;

mod plain;
mod spec;

/// A start tag: names in small letters, entities in values resolved.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// The line in which it ends.
    line: u64,
}

/// What one page holds.
#[derive(Debug, Default)]
pub struct Scan {
    ids: BTreeSet<String>,
    links: Vec<(String, u64)>,
    forms: Vec<(String, u64)>,
    findings: Vec<Diagnostic>,
}

impl Scan {
    /// Takes in what a script puts into the page.
    pub fn absorb(&mut self, part: Self) {
        self.links.extend(part.links);
        self.forms.extend(part.forms);
        self.findings.extend(part.findings);
    }

    /// Whether links to anchors of the page lead where they led before.
    pub fn has_ids_of(&self, other: &Self) -> bool {
        self.ids == other.ids
    }
}

/// Attributes whose address the browser fetches by itself.
const FETCHED: [(&str, &str); 12] = [
    ("img", "src"),
    ("script", "src"),
    ("iframe", "src"),
    ("source", "src"),
    ("video", "src"),
    ("video", "poster"),
    ("audio", "src"),
    ("track", "src"),
    ("embed", "src"),
    ("input", "src"),
    ("object", "data"),
    ("body", "background"),
];

/// `rel` values of links that only say something and fetch nothing.
const SAYING: [&str; 8] = ["canonical", "alternate", "author", "license", "next", "prev", "help", "search"];

/// Scans one page.
pub fn scan(path: &str, html: &[u8]) -> Scan {
    let html = String::from_utf8_lossy(html);
    let mut page = Page { path, scan: Scan::default() };
    if plain::tags(&html, &mut |tag| page.tag(tag)).is_none() {
        page.scan = Scan::default();
        spec::tags(&html, &mut |tag| page.tag(tag));
    }
    page.scan
}

struct Page<'a> {
    path: &'a str,
    scan: Scan,
}

impl Page<'_> {
    fn say(&mut self, code: Code, line: u64, message: String, help: &str) {
        self.scan.findings.push(at(self.path, line, Diagnostic::error(code, message)).help(help));
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        let (name, line) = (tag.name, tag.line);
        let get = |wanted: &str| tag.attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_ref());
        if name == "style" || (name == "script" && get("src").is_none()) {
            self.say(codes::INLINE_CODE, line, format!("an inline `<{name}>`"), "put it into a file of the theme's static folder");
        }
        if name == "base" || (name == "meta" && get("http-equiv").is_some_and(|value| value.eq_ignore_ascii_case("refresh"))) {
            self.say(
                codes::THIRD_PARTY_REQUEST,
                line,
                format!("`<{name}>` sends the reader elsewhere"),
                "remove it; hosts redirect by their own configuration",
            );
        }
        for (attribute, value) in &tag.attributes {
            match attribute.as_ref() {
                "style" => self.say(codes::INLINE_CODE, line, format!("`style` on `<{name}>`"), "use a class"),
                handler if handler.starts_with("on") => {
                    self.say(codes::INLINE_CODE, line, format!("the event handler `{handler}` on `<{name}>`"), "use a script file");
                }
                "id" => self.id(value, line),
                "srcset" | "imagesrcset" => value.split(',').filter_map(|part| part.split_whitespace().next()).for_each(|url| self.fetched(url, line)),
                "href" if name == "link" => {
                    let rel = get("rel").unwrap_or_default();
                    if rel.split_whitespace().all(|word| SAYING.contains(&word)) { self.link(value, line) } else { self.fetched(value, line) }
                }
                "href" | "xlink:href" if name == "use" || name == "image" || name == "feimage" => self.fetched(value, line),
                "action" | "formaction" if is_remote(value) => self.scan.forms.push((value.to_string(), line)),
                "href" => self.link(value, line),
                _ if FETCHED.contains(&(name, attribute.as_ref())) => self.fetched(value, line),
                _ => {}
            }
        }
    }

    fn id(&mut self, id: &str, line: u64) {
        let message = format!("the id `{id}` stands on the page twice");
        let is_new = self.scan.ids.insert(id.to_owned());
        if !is_new {
            self.say(codes::DUPLICATE_HTML_ID, line, message, "give one of the two another id");
        }
    }

    /// An address that the browser fetches by itself: only from this site.
    fn fetched(&mut self, url: &str, line: u64) {
        if is_remote(url) || url.starts_with("data:") {
            self.say(
                codes::THIRD_PARTY_REQUEST,
                line,
                format!("the page would fetch `{url}`"),
                "put the file into content/static or the theme's static folder",
            );
        } else {
            self.link(url, line);
        }
    }

    fn link(&mut self, url: &str, line: u64) {
        if url.trim_start().to_lowercase().starts_with("javascript:") {
            self.say(codes::INLINE_CODE, line, format!("the address `{url}`"), "use a script file");
        } else if !is_remote(url) && !["mailto:", "tel:", "data:"].iter().any(|scheme| url.starts_with(scheme)) {
            self.scan.links.push((url.to_owned(), line));
        }
    }
}

fn is_remote(url: &str) -> bool {
    url.starts_with("//") || url.split_once("://").is_some_and(|(scheme, _)| scheme.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Scans a style sheet: what it imports or loads comes from the site itself.
pub fn sheet(path: &str, css: &str) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (number, line) in (1..).zip(css.lines()) {
        let loads = line.split("url(").skip(1).map(|rest| rest.trim_start_matches([' ', '"', '\'']));
        let imports =
            line.split("@import").skip(1).map(|rest| rest.trim_start_matches([' ', '"', '\'']).trim_start_matches("url(").trim_start_matches(['"', '\'']));
        for url in loads.chain(imports).filter(|url| is_remote(url.split(['"', '\'', ')', ' ', ';']).next().unwrap_or_default())) {
            let url = url.split(['"', '\'', ')', ';']).next().unwrap_or_default();
            let finding = Diagnostic::error(codes::THIRD_PARTY_REQUEST, format!("the style sheet would fetch `{url}`"));
            let known = findings.iter().any(|known: &Diagnostic| known.message == finding.message);
            if !known {
                findings.push(at(path, number, finding).help("put the file into the theme's static folder"));
            }
        }
    }
    findings
}

/// Compares the links of all pages with what the tree holds, and forms with the hosts they may be sent to.
pub fn join(scans: &BTreeMap<String, Scan>, tree: &Tree, base_path: &str, form_hosts: &[String]) -> Vec<Diagnostic> {
    scans.keys().flat_map(|path| join_page(path, scans, tree, base_path, form_hosts)).collect()
}

/// The same for one page.
pub fn join_page(path: &str, scans: &BTreeMap<String, Scan>, tree: &Tree, base_path: &str, form_hosts: &[String]) -> Vec<Diagnostic> {
    let Some(scan) = scans.get(path) else { return Vec::new() };
    let mut findings = scan.findings.clone();
    let is_known = |url: &str| form_hosts.iter().any(|host| url.strip_prefix(host.as_str()).is_some_and(|rest| rest.starts_with('/')));
    for (url, line) in scan.forms.iter().filter(|(url, _)| !is_known(url)) {
        let finding = Diagnostic::error(codes::THIRD_PARTY_REQUEST, format!("a form would be sent to `{url}`"));
        findings.push(at(path, *line, finding).help("send forms to the provider of content/newsletter.yaml only"));
    }
    for (url, line) in &scan.links {
        if let Some(message) = dead(path, url, scans, tree, base_path) {
            findings.push(at(path, *line, Diagnostic::error(codes::DEAD_OUTPUT_LINK, message)).help("link to a page or anchor that exists"));
        }
    }
    findings
}

fn dead(page: &str, url: &str, scans: &BTreeMap<String, Scan>, tree: &Tree, base_path: &str) -> Option<String> {
    let (path, anchor) = url.split_once('#').unwrap_or((url, ""));
    let path = path.split('?').next().unwrap_or_default();
    let file = resolve(page, path, base_path);
    if !tree.contains_key(&file) {
        return Some(format!("`{url}` leads to `{file}`, which is not written"));
    }
    let target = scans.get(&file)?;
    (!anchor.is_empty() && !target.ids.contains(anchor)).then(|| format!("`{url}` leads to an anchor that `{file}` does not have"))
}

/// The file that an address leads to.
fn resolve(page: &str, path: &str, base_path: &str) -> String {
    if path.is_empty() {
        return page.to_owned();
    }
    let absolute = path.strip_prefix(base_path);
    let mut parts: Vec<&str> = match absolute {
        Some(_) => Vec::new(),
        None => page.split('/').collect(),
    };
    if absolute.is_none() {
        parts.pop();
    }
    for part in absolute.unwrap_or(path).split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let file = parts.join("/");
    let is_folder = path.ends_with('/') || file.is_empty() || path.ends_with("..");
    if is_folder { format!("{file}/index.html").trim_start_matches('/').to_owned() } else { file }
}

fn at(path: &str, line: u64, finding: Diagnostic) -> Diagnostic {
    let line = usize::try_from(line).unwrap_or(1);
    match SitePath::parse(path) {
        Ok(path) => finding.at(Span { path, start: 0, end: 0 }).in_line(line, 1),
        Err(_) => finding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes_of(html: &str) -> Vec<String> {
        let tree = Tree::from([("a/index.html".to_owned(), html.into()), ("x.png".to_owned(), vec![])]);
        let scans = BTreeMap::from([("a/index.html".to_owned(), scan("a/index.html", html.as_bytes()))]);
        join(&scans, &tree, "/", &["https://news.example".to_owned()]).iter().map(|finding| finding.code.to_string()).collect()
    }

    #[test]
    fn requests_to_third_parties_are_found() {
        for html in [
            "<img src=\"https://cdn.example/x.png\">",
            "<IMG SRC=//cdn.example/x.png>",
            "<link rel=stylesheet href='https://fonts.example/c.css'>",
            "<link rel=\"dns-prefetch\" href=\"//cdn.example\">",
            "<img src=\"../x.png\" srcset=\"../x.png 1x, https://cdn.example/y.png 2x\">",
            "<svg><image href=\"https://cdn.example/x.png\"/></svg>",
            "<iframe src=\"http&#58;//cdn.example\"></iframe>",
            "<base href=\"https://evil.example\">",
            "<meta http-equiv=\"Refresh\" content=\"0;url=https://evil.example\">",
            "<form action=\"https://evil.example/x\"></form>",
            "<form action=\"https://news.example.evil/x\"></form>",
            "<svg><image xlink:href=\"https://cdn.example/x.png\"/></svg>",
        ] {
            assert_eq!(codes_of(html), ["H001"], "{html}");
        }
        assert!(codes_of("<a href=\"https://example.org\">x</a><link rel=canonical href=\"https://example.org\"><img src=../x.png>").is_empty());
    }

    #[test]
    fn style_sheets_and_forms_stay_with_the_site_and_its_provider() {
        let of = |css: &str| sheet("a.css", css).iter().map(|finding| finding.code.to_string()).collect::<Vec<_>>();
        for css in ["@import url(https://fonts.example/c.css);", "@import \"//fonts.example/c.css\";", "b{c:url( 'https://x.example/y.png' )}"] {
            assert_eq!(of(css), ["H001"], "{css}");
        }
        assert!(of("@font-face{src:url(fonts/a.woff2)}b{c:url(#d)}/* https://example.org */").is_empty());
        assert!(codes_of("<form action=\"https://news.example/subscribe\"></form>").is_empty());
    }

    #[test]
    fn inline_code_is_found_and_text_is_not() {
        for html in ["<script>x</script>", "<style>x</style>", "<p style=\"a\">", "<p onclick=\"a\">", "<a href=\"java&#115;cript:x\">"] {
            assert_eq!(codes_of(html), ["H002"], "{html}");
        }
        assert!(codes_of("<title><style></title><p>&lt;script&gt;</p><textarea><p onclick=x></textarea>").is_empty());
        assert!(codes_of("<svg><title>x</title></svg>").is_empty());
    }

    #[test]
    fn dead_links_and_double_ids_are_found() {
        for (html, code) in [
            ("<a href=\"../b/\">", Some("H003")),
            ("<a href=\"#x\">", Some("H003")),
            ("<p id=x><p id=x>", Some("H004")),
            ("<p id=x><a href=\"#x\"><a href=\"../a/#x\"><a href=\"../a/index.html\"><a href=\"../x.png?v=1\"><a href=\"/a/\"><a href=\"./\">", None),
        ] {
            assert_eq!(codes_of(html), code.map_or(vec![], |code| vec![code]), "{html}");
        }
    }
}
