//! The output audit: what the finished HTML asks for, and where its links lead.
//!
//! 1. [`scan`] reads one page, the fast way ([`plain`]) or with the tokenizer of the
//!    HTML standard ([`spec`]), and collects ids, links and headings ([`outline`]);
//! 2. [`join`] compares them with the whole tree, [`whole`] looks for what only the
//!    whole tree shows;
//! 3. [`css`], [`script`], [`svg`], [`feeds`] and [`data`] read the files that are no pages;
//! 4. [`origin`] finds the text or template that a finding comes from.
//!
//! It looks at the final bytes, so it finds what templates, scripts of a theme or
//! raw HTML bring in as well.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::base::codes::{self, Code};
use crate::base::diag::Diagnostic;
use crate::base::path::SitePath;
use crate::base::source::Span;

use super::hosts::uses::Uses;
use super::tree::Tree;

pub mod css;
pub mod data;
pub mod feeds;
pub mod forms;
pub mod join;
pub mod origin;
mod outline;
mod plain;
pub mod script;
mod spec;
pub mod svg;
pub mod whole;

/// A start tag: names in small letters, entities in values resolved.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// The line in which it ends.
    line: u64,
}

impl Tag<'_> {
    /// The value of an attribute.
    fn get(&self, wanted: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_ref())
    }
}

/// A finding in the output, and the words by which its origin is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// The finding, with its place in the output.
    pub finding: Diagnostic,
    /// An address or an id as it may stand in a text or a template.
    pub needle: String,
}

/// What one page holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Scan {
    ids: BTreeSet<String>,
    links: Vec<(String, u64)>,
    forms: Vec<(String, u64)>,
    /// Whether something may be a form that asks for a mail address.
    asks: bool,
    /// The consent notices in such forms.
    notices: Vec<forms::Shown>,
    /// Refreshes: what they say.
    refreshes: Vec<(String, u64)>,
    uses: Uses,
    /// Addresses of other hosts that readers are led to, each once.
    outgoing: BTreeMap<String, u64>,
    findings: Vec<Noted>,
    /// What is wrong with its headings and its language; matters for pages of the theme only.
    outline: Vec<Noted>,
}

impl Scan {
    /// Addresses of other hosts that readers are led to, with a line that names each.
    pub fn outgoing(&self) -> impl Iterator<Item = (&str, u64)> {
        self.outgoing.iter().map(|(address, line)| (address.as_str(), *line))
    }
}

/// Whether the browser fetches the address in an attribute by itself.
fn is_fetched(name: &str, attribute: &str) -> bool {
    match attribute {
        "src" => matches!(name, "img" | "script" | "iframe" | "source" | "video" | "audio" | "track" | "embed" | "input" | "frame"),
        "poster" => name == "video",
        "data" | "codebase" => name == "object",
        "lowsrc" => name == "img",
        "manifest" => name == "html",
        "background" => matches!(name, "body" | "table" | "td" | "th"),
        _ => false,
    }
}

/// Whether an attribute may hold `url(…)` in SVG.
fn is_painting(attribute: &str) -> bool {
    matches!(attribute, "fill" | "stroke" | "filter" | "mask" | "clip-path" | "marker-start" | "marker-mid" | "marker-end")
}

/// `rel` values of links that only say something and fetch nothing.
const SAYING: [&str; 14] =
    ["canonical", "alternate", "author", "license", "next", "prev", "help", "search", "me", "bookmark", "first", "last", "up", "shortlink"];

/// Scans one page.
pub fn scan(path: &str, html: &[u8]) -> Scan {
    let mut page = Page::new(path, false);
    if plain::tags(html, &mut |tag| page.tag(tag)).is_none() {
        page = Page::new(path, false);
        spec::tags(&String::from_utf8_lossy(html), &mut |tag| page.tag(tag));
    }
    if page.scan.asks {
        let (found, shown) = forms::check(path, &String::from_utf8_lossy(html));
        page.scan.findings.extend(found.into_iter().map(|finding| Noted { finding, needle: String::new() }));
        page.scan.notices = shown;
    }
    page.finish()
}

struct Page<'a> {
    path: &'a str,
    /// Whether it is an image: style may stand in it, headings and a language may not.
    is_image: bool,
    scan: Scan,
    outline: outline::Outline,
}

impl<'a> Page<'a> {
    fn new(path: &'a str, is_image: bool) -> Self {
        Self { path, is_image, scan: Scan::default(), outline: outline::Outline::default() }
    }

    fn finish(mut self) -> Scan {
        self.scan.outline = self.outline.finish(self.path);
        self.scan
    }
}

impl Page<'_> {
    fn say(&mut self, code: Code, line: u64, message: String, needle: &str, help: &str) {
        let finding = at(self.path, line, Diagnostic::error(code, message)).help(help);
        self.scan.findings.push(Noted { finding, needle: needle.to_owned() });
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        let (name, line) = (tag.name, tag.line);
        let get = |wanted: &str| tag.get(wanted);
        self.scan.asks |= forms::may_ask(tag);
        self.scan.uses.tag(name, get);
        if (name == "style" && !self.is_image) || (name == "script" && get("src").is_none() && get("href").is_none() && !is_data(get("type"))) {
            self.say(codes::INLINE_CODE, line, format!("an inline `<{name}>`"), &format!("<{name}"), "put it into a file of the theme's static folder");
        }
        if name == "base" {
            self.scan.findings.push(elsewhere(self.path, line, name));
        }
        if name == "meta" && get("http-equiv").is_some_and(|value| value.eq_ignore_ascii_case("refresh")) {
            self.scan.refreshes.push((get("content").unwrap_or_default().to_owned(), line));
        }
        if !self.is_image {
            self.outline.tag(tag, self.path);
        }
        for (attribute, value) in &tag.attributes {
            self.attribute(tag, attribute, value);
        }
    }

    fn attribute(&mut self, tag: &Tag<'_>, attribute: &str, value: &str) {
        let (name, line) = (tag.name, tag.line);
        match attribute {
            "style" if !self.is_image => self.say(codes::INLINE_CODE, line, format!("`style` on `<{name}>`"), value, "use a class"),
            "srcdoc" => self.say(codes::INLINE_CODE, line, "a page within an attribute".to_owned(), value, "write a page of its own"),
            handler if handler.starts_with("on") => {
                self.say(codes::INLINE_CODE, line, format!("the event handler `{handler}` on `<{name}>`"), handler, "use a script file");
            }
            "id" => self.id(value, line),
            "ping" | "attributionsrc" => value.split_whitespace().for_each(|url| self.fetched(url, line)),
            "srcset" | "imagesrcset" => value.split(',').filter_map(|part| part.split_whitespace().next()).for_each(|url| self.fetched(url, line)),
            "href" if name == "link" => {
                if tag.get("rel").unwrap_or_default().split_whitespace().all(|word| SAYING.contains(&word)) {
                    self.link(value, line);
                } else {
                    self.fetched(value, line);
                }
            }
            "href" | "xlink:href" if matches!(name, "use" | "image" | "feimage" | "script") => self.fetched(value, line),
            "action" | "formaction" if is_remote(value) => self.scan.forms.push((value.to_owned(), line)),
            "href" | "xlink:href" if matches!(name, "a" | "area") && is_remote(value) => drop(self.scan.outgoing.entry(value.to_owned()).or_insert(line)),
            "href" | "xlink:href" | "action" | "formaction" => self.link(value, line),
            "to" | "from" | "values" if is_script(value) => self.link(value, line),
            _ if is_fetched(name, attribute) => self.fetched(value, line),
            _ if is_painting(attribute) && value.contains("url(") => {
                css::addresses(value).into_iter().filter(|(url, _)| is_remote(url)).for_each(|(url, _)| self.fetched(&url, line));
            }
            _ => {}
        }
    }

    fn id(&mut self, id: &str, line: u64) {
        let is_new = self.scan.ids.insert(id.to_owned());
        if !is_new {
            self.say(
                codes::DUPLICATE_HTML_ID,
                line,
                format!("the id `{id}` stands on the page twice"),
                &format!("id=\"{id}\""),
                "give one of the two another id",
            );
        }
    }

    /// An address that the browser fetches by itself: only from this site.
    fn fetched(&mut self, url: &str, line: u64) {
        if is_remote(url) || url.starts_with("data:") {
            let message = format!("the page would fetch `{url}`");
            self.say(codes::THIRD_PARTY_REQUEST, line, message, url, "put the file into content/static or the theme's static folder");
        } else {
            self.link(url, line);
        }
    }

    fn link(&mut self, url: &str, line: u64) {
        if is_script(url) {
            self.say(codes::INLINE_CODE, line, format!("the address `{url}`"), url, "use a script file");
        } else if !is_remote(url) && !["mailto:", "tel:"].iter().any(|scheme| url.starts_with(scheme)) {
            self.scan.links.push((url.to_owned(), line));
        }
    }
}

/// Whether a `<script>` holds data that no browser runs (JSON-LD); any other word than this one is not trusted.
pub(super) fn is_data(kind: Option<&str>) -> bool {
    kind == Some("application/ld+json")
}

/// Whether an address is a script or a document of its own; browsers skip blanks and controls in front and
/// line breaks within (WHATWG URL, 4.1).
fn is_script(url: &str) -> bool {
    // Most addresses are none by their first letter.
    if !url.bytes().find(|byte| *byte > b' ').is_some_and(|first| matches!(first, b'j' | b'J' | b'v' | b'V' | b'd' | b'D')) {
        return false;
    }
    let plain: String = url.trim_start_matches(|c: char| c <= ' ').chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).take(12).collect();
    let plain = plain.to_lowercase();
    ["javascript:", "vbscript:", "data:"].iter().any(|scheme| plain.starts_with(scheme))
}

fn is_remote(url: &str) -> bool {
    let scheme = url.bytes().take_while(u8::is_ascii_alphanumeric).count();
    url.starts_with("//") || url.as_bytes()[scheme..].starts_with(b"://")
}

fn elsewhere(path: &str, line: u64, name: &str) -> Noted {
    let finding = Diagnostic::error(codes::THIRD_PARTY_REQUEST, format!("`<{name}>` sends the reader elsewhere"));
    let finding = at(path, line, finding).help("remove it; `redirects` in site.yaml sends readers of old addresses on");
    Noted { finding, needle: format!("<{name}") }
}

/// A place in the output that names an address elsewhere; what came of the address is said later.
pub fn noted(path: &str, line: u64, address: &str) -> Noted {
    Noted { finding: at(path, line, Diagnostic::note(codes::LINK_UNVERIFIED, "")), needle: address.to_owned() }
}

fn path_of(url: &str) -> &str {
    url.split(['#', '?']).next().unwrap_or_default()
}

/// Whether an address in the file at `path` leads to another file.
pub fn leads_to(path: &str, url: &str, tree: &Tree) -> bool {
    tree.contains_key(&resolve(path, path_of(url), "\0"))
}

/// The file that an address leads to.
fn resolve<'a>(page: &'a str, path: &'a str, base_path: &str) -> Cow<'a, str> {
    if path.is_empty() {
        return Cow::Borrowed(page);
    }
    if let Some(file) = from_root(page, path) {
        return Cow::Borrowed(file);
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
    Cow::Owned(if is_folder { format!("{file}/index.html").trim_start_matches('/').to_owned() } else { file })
}

/// The end of an address that goes up to the root and then names a file in full, as nearly all in our pages do.
fn from_root<'a>(page: &str, path: &'a str) -> Option<&'a str> {
    let (mut file, mut folders) = (path, page.bytes().filter(|byte| *byte == b'/').count());
    while let Some(inner) = file.strip_prefix("../") {
        (file, folders) = (inner, folders.saturating_sub(1));
    }
    let is_odd = |pair: &[u8]| pair[1] == b'/' && matches!(pair[0], b'/' | b'.');
    let is_full = folders == 0 && !file.is_empty() && !file.starts_with('/') && !file.ends_with(['/', '.']) && !file.as_bytes().windows(2).any(is_odd);
    is_full.then_some(file)
}

fn at(path: &str, line: u64, finding: Diagnostic) -> Diagnostic {
    let line = usize::try_from(line).unwrap_or(1);
    match SitePath::parse(path) {
        Ok(path) => finding.at(Span { path, start: 0, end: 0 }).in_line(line, 1),
        Err(_) => finding,
    }
}

#[cfg(test)]
mod tests;
