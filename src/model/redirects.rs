//! Old addresses and where they lead: `aliases` of articles, `redirects` of site.yaml.
//!
//! 1. the old address is checked ([`old_address`]) and given out once;
//! 2. the new one must be a page or a file of this site.
//!
//! Whether an old address hides something that is published is seen when the output is
//! complete (`render/hosts/moved.rs`).

use std::collections::BTreeMap;

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::path::Route;
use crate::base::source::{Source, Span};
use crate::parse::at::At;
use crate::parse::config::ConfigFile;
use crate::parse::decode::is_hole;

use super::articles::Article;
use super::link::Linker;
use super::pages::Pages;

/// An old address and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The old address without slashes at its ends.
    pub from: String,
    /// The page or file it leads to.
    pub to: Route,
    /// The anchor there; may be empty.
    pub anchor: String,
    /// Where it is written.
    pub place: Span,
}

impl Redirect {
    /// Whether the old address names a file (`alt.html`) and no folder.
    pub fn is_file(&self) -> bool {
        self.from.rsplit('/').next().is_some_and(|name| name.contains('.'))
    }

    /// The address of the page that can stand there on hosts without redirects; none
    /// if browsers would not take it for a page.
    pub fn page(&self) -> Option<Route> {
        let is_page = self.from.rsplit_once('.').is_some_and(|(_, extension)| matches!(extension, "html" | "htm"));
        match (self.is_file(), is_page) {
            (false, _) => Route::parse(&format!("{}/", self.from)).ok(),
            (true, true) => Route::parse(&self.from).ok(),
            (true, false) => None,
        }
    }
}

/// All redirects of the site, sorted by the old address.
pub(super) fn collect<'a>(
    (config, source): (&ConfigFile, &Source),
    articles: impl Iterator<Item = &'a Article>,
    linker: &Linker,
    pages: &Pages,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Redirect> {
    let mut all = Collected::default();
    for article in articles {
        for alias in &article.front.aliases {
            all.add(alias, &article.source, article.route.clone(), String::new());
        }
    }
    for entry in config.redirects.iter().filter(|entry| !is_hole(&entry.to)) {
        match target(&entry.to, linker, pages) {
            Ok((to, anchor)) => all.add(&entry.from, source, to, anchor),
            Err(finding) => all.findings.push(finding.at(source.span(entry.to.range.clone()))),
        }
    }
    findings.append(&mut all.findings);
    all.by_address.into_values().collect()
}

#[derive(Default)]
struct Collected {
    /// By the old address in small letters.
    by_address: BTreeMap<String, Redirect>,
    findings: Vec<Diagnostic>,
}

impl Collected {
    fn add(&mut self, from: &At<String>, source: &Source, to: Route, anchor: String) {
        if is_hole(from) {
            return;
        }
        let place = source.span(from.range.clone());
        let Some(old) = old_address(from) else {
            let finding = Diagnostic::error(codes::REDIRECT_FROM, format!("`{from}` cannot be an old address")).at(place);
            self.findings.push(finding.help("write a path below the site's address, for example `alt/artikel.html`"));
            return;
        };
        match self.by_address.get(&old.to_lowercase()) {
            Some(first) => {
                let finding = Diagnostic::error(codes::REDIRECT_CLASH, format!("the old address `{old}` leads somewhere already")).at(place);
                self.findings.push(finding.related(first.place.clone(), "first here").help("remove one of the two"));
            }
            None => drop(self.by_address.insert(old.to_lowercase(), Redirect { from: old, to, anchor, place })),
        }
    }
}

/// An old address without slashes at its ends; nothing if hosts could understand it in two ways.
fn old_address(text: &str) -> Option<String> {
    let inner = text.strip_prefix('/').unwrap_or(text);
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~/".contains(c);
    let good = inner.chars().all(is_plain) && inner.split('/').all(|part| !part.is_empty() && !part.starts_with('.'));
    good.then(|| inner.to_owned())
}

/// The page or file, and the anchor, that `to` names.
fn target(to: &str, linker: &Linker, pages: &Pages) -> Result<(Route, String), Diagnostic> {
    let (path, anchor) = to.split_once('#').unwrap_or((to, ""));
    let path = path.trim_matches('/');
    let page = if path.is_empty() { Some(Route::home()) } else { Route::parse(&format!("{path}/")).ok() };
    // Pages of translations are known by their addresses.
    let page = page.filter(|route| pages.get(route).is_some() || linker.named.contains_key(route.as_str()));
    let file = || Route::parse(path).ok().filter(|route| linker.files.contains(route.as_str()) || pages.get(route).is_some());
    let Some(route) = page.or_else(file) else {
        let known = pages.iter().map(|(route, _)| route.as_str().trim_end_matches('/')).chain(linker.files.iter().map(String::as_str));
        let known: Vec<&str> = known.filter(|name| !name.is_empty()).collect();
        return Err(Diagnostic::error(codes::REDIRECT_TO, format!("there is no page `{path}`")).suggest(path, known));
    };
    let anchors = linker.anchors.get(&route);
    if !anchor.is_empty() && !anchors.is_some_and(|anchors| anchors.contains(anchor)) {
        let finding = Diagnostic::error(codes::REDIRECT_TO, format!("`{path}` has no anchor `#{anchor}`"));
        return Err(finding.suggest(anchor, anchors.into_iter().flatten().map(String::as_str)).help("or leave the anchor out"));
    }
    Ok((route, anchor.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_paths_are_old_addresses() {
        for (text, old) in [
            ("/alt/", Some("alt")),
            ("alt/Artikel_1.html", Some("alt/Artikel_1.html")),
            ("/", None),
            ("", None),
            ("a//b", None),
            ("//a", None),
            ("a?b=1", None),
            ("a#b", None),
            ("https://a.example/b", None),
            ("a b", None),
            ("a/../b", None),
            (".git/config", None),
            ("größe", None),
            ("a*", None),
            ("a\"b", None),
        ] {
            assert_eq!(old_address(text).as_deref(), old, "{text}");
        }
    }

    #[test]
    fn a_page_stands_in_only_where_browsers_show_one() {
        let page = |from: &str| {
            let place = Span { path: crate::base::path::SitePath::parse("a").unwrap(), start: 0, end: 0 };
            let redirect = Redirect { from: from.into(), to: Route::home(), anchor: String::new(), place };
            redirect.page().map(|route| route.file())
        };
        assert_eq!(page("alt/neu").as_deref(), Some("alt/neu/index.html"));
        assert_eq!(page("alt.html").as_deref(), Some("alt.html"));
        assert_eq!(page("v1.2/alt").as_deref(), Some("v1.2/alt/index.html"));
        assert_eq!(page("alt.php"), None);
    }
}
