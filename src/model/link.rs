//! Links, anchors and directive arguments: every name leads to something that exists.
//!
//! [`Linker`] knows all addresses and anchors before any text is rendered, so a
//! dead link is a finding at the place where it was written.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::path::Route;
use crate::base::source::{Source, Span};
use crate::parse::document::{Document, Link};

use super::integrity::Hosts;
use super::pages::Pages;
use super::prose::{Prose, ROOT};

/// Everything a text can refer to.
#[derive(Clone, Debug, Default)]
pub struct Linker {
    /// `@/` names of articles, cards and criteria → their address.
    pub named: BTreeMap<String, Route>,
    /// `@/` names of drafts, which are not published.
    pub drafts: BTreeSet<String>,
    /// `@/` names of files that have findings of their own: links to them are no second finding.
    pub unreadable: BTreeSet<String>,
    /// Files of content/static.
    pub files: BTreeSet<String>,
    /// Anchors of each page.
    pub anchors: BTreeMap<Route, BTreeSet<String>>,
    /// Ids that directive arguments may name, by the argument's name.
    pub ids: BTreeMap<&'static str, BTreeSet<String>>,
    /// Hosts that links may lead to.
    pub hosts: Hosts,
}

/// The address of `route` with its anchor, as templates print it.
pub fn address(route: &Route, anchor: &str) -> String {
    let hash = if anchor.is_empty() { "" } else { "#" };
    format!("{ROOT}{}{hash}{anchor}", route.file())
}

impl Linker {
    /// Resolves the links of a document and checks its directives' arguments.
    pub fn resolve(&self, document: Arc<Document>, source: &Source, pages: &Pages, findings: &mut Vec<Diagnostic>) -> Prose {
        let own: BTreeSet<&str> = document.headings.iter().map(|heading| heading.id.as_str()).collect();
        let urls = document
            .links
            .iter()
            .map(|link| {
                self.url(link, &own, &document, pages).unwrap_or_else(|finding| {
                    findings.push(finding.at(source.span(link.range.clone())));
                    "#".to_owned()
                })
            })
            .collect();
        for mention in &document.mentions {
            findings.extend(self.hosts.check(&mention.target).map(|finding| finding.at(source.span(mention.range.clone()))));
        }
        for directive in &document.directives {
            for (name, value, range) in &directive.args {
                findings.extend(self.argument(name, value, &source.span(range.clone())));
            }
        }
        Prose { document, urls, language: None }
    }

    fn url(&self, link: &Link, own: &BTreeSet<&str>, document: &Document, pages: &Pages) -> Result<String, Diagnostic> {
        let target = link.target.as_str();
        if let Some(anchor) = target.strip_prefix('#') {
            let known = own.contains(anchor) || is_note(anchor, document);
            return if known { Ok(target.to_owned()) } else { Err(dead_anchor(anchor, own.iter().copied())) };
        }
        if let Some(inside) = target.strip_prefix("@/") {
            let (name, anchor) = inside.split_once('#').unwrap_or((inside, ""));
            let is_criterion = name.starts_with("criteria/") && self.ids.get("criterion").is_none_or(BTreeSet::is_empty);
            if self.unreadable.contains(name) || is_criterion {
                return Ok("#".to_owned());
            }
            let route = self.inside(name, pages)?;
            let anchors = self.anchors.get(&route);
            if !anchor.is_empty() && !anchors.is_some_and(|anchors| anchors.contains(anchor)) {
                return Err(dead_anchor(anchor, anchors.into_iter().flatten().map(String::as_str)));
            }
            return Ok(address(&route, anchor));
        }
        if ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| target.starts_with(scheme)) && !link.image {
            return self.hosts.check(target).map_or_else(|| Ok(target.to_owned()), Err);
        }
        if self.files.contains(target) {
            return Ok(format!("{ROOT}{target}"));
        }
        if link.image && !target.contains("://") {
            let finding = Diagnostic::error(codes::DEAD_LINK, format!("there is no file `{target}` in content/static"));
            return Err(finding.suggest(target, self.files.iter().map(String::as_str)));
        }
        let finding = Diagnostic::error(codes::LINK_SCHEME, format!("`{target}` is no link that can be published"));
        Err(finding.help(if link.image {
            "put the image into content/static and name it there"
        } else {
            "write `@/datei.md`, `@/vendors/name.yaml`, `@/criteria/id`, `#anchor` or a full `https://` address"
        }))
    }

    /// The page that an `@/` name leads to.
    fn inside(&self, name: &str, pages: &Pages) -> Result<Route, Diagnostic> {
        if let Some(route) = self.named.get(name) {
            return Ok(route.clone());
        }
        if self.drafts.contains(name) {
            return Err(Diagnostic::error(codes::DRAFT_LINK, format!("`{name}` is a draft")).help("remove the link or publish the draft"));
        }
        let route = Route::parse(name).ok().filter(|route| route.is_page() && pages.get(route).is_some());
        route.ok_or_else(|| {
            let known = self.named.keys().map(String::as_str).chain(pages.iter().map(|(route, _)| route.as_str()).filter(|route| !route.is_empty()));
            let known: Vec<&str> = known.collect();
            let finding = Diagnostic::error(codes::DEAD_LINK, format!("there is nothing at `@/{name}`"));
            match crate::base::diag::nearest(name, &known) {
                Some(near) => finding.help(format!("write `@/{near}`")),
                None => {
                    finding.help("name an article (`@/datei.md`), a card (`@/vendors/name.yaml`), a criterion (`@/criteria/id`) or a page (`@/vergleich/`)")
                }
            }
        })
    }

    /// Checks one argument of a directive by its name: `vendor`, `criteria`, `name` ….
    fn argument(&self, name: &str, value: &str, span: &Span) -> Vec<Diagnostic> {
        let (ids, values): (_, Vec<&str>) = match name {
            "vendors" => (self.ids.get("vendor"), value.split(',').collect()),
            "criteria" => (self.ids.get("criterion"), value.split(',').collect()),
            _ => (self.ids.get(name), vec![value]),
        };
        let Some(ids) = ids else { return Vec::new() };
        let unknown = values.into_iter().map(str::trim).filter(|value| !ids.contains(*value));
        let finding = |value: &str| Diagnostic::error(codes::DIRECTIVE_ARGUMENT, format!("`{name}` names `{value}`, which does not exist")).at(span.clone());
        if ids.is_empty() {
            return unknown.map(|value| finding(value).help("there is nothing to name yet, add it first")).collect();
        }
        unknown.map(|value| finding(value).suggest(value, ids.iter().map(String::as_str))).collect()
    }
}

fn dead_anchor<'a>(anchor: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let known: Vec<String> = known.into_iter().map(|known| format!("#{known}")).collect();
    Diagnostic::error(codes::DEAD_ANCHOR, format!("the page has no anchor `#{anchor}`")).suggest(&format!("#{anchor}"), known.iter().map(String::as_str))
}

/// Footnotes link to ids that the Markdown reader made itself.
fn is_note(anchor: &str, document: &Document) -> bool {
    document.pieces.iter().any(|piece| piece == crate::parse::document::Piece::Id(anchor))
}
