//! The files beside the pages: static ones, data made by templates, pages at old addresses.

use std::collections::BTreeMap;

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::source::{Sources, Span};
use crate::model::pages::PageKind;
use crate::render::hosts::moved;
use crate::render::hosts::policy::{MARK, replace};
use crate::render::page::{Kit, render_data, render_moved};
use crate::render::theme::Theme;
use crate::render::tree::Tree;

/// Static files of the theme and of the site, and the data files made by templates.
pub(super) fn static_files(tree: &mut Tree, theme: &Theme, sources: &Sources, kit: Kit<'_>, findings: &mut Vec<Diagnostic>) {
    for (path, bytes) in theme.assets.files() {
        tree.insert(path.clone(), bytes.to_vec());
    }
    let mut templates = vec![("sitemap.xml", true), ("robots.txt", true), ("feed.xml", !kit.site.articles.is_empty())];
    templates.push(("aenderungen.xml", kit.site.route(PageKind::Changes).is_some()));
    for (template, _) in templates.into_iter().filter(|(_, wanted)| *wanted) {
        match render_data(template, kit) {
            Ok(bytes) => drop(tree.insert(template.to_owned(), bytes)),
            Err(finding) => findings.push(finding),
        }
    }
    for (path, bytes) in &sources.files {
        let Some(inner) = path.below("content/static") else { continue };
        if let Some(known) = clash(tree, inner) {
            let finding = Diagnostic::error(codes::SHARED_ROUTE, format!("`{path}` would be written over `{known}`"));
            findings.push(finding.at(Span { path: path.clone(), start: 0, end: 0 }).in_line(1, 1).help("rename the file"));
        } else {
            tree.insert(inner.to_owned(), bytes.to_vec());
        }
    }
}

/// The file or folder of the output that a static file would collide with, also on
/// hosts that do not tell small letters from capital ones.
fn clash(tree: &Tree, inner: &str) -> Option<String> {
    let lower = inner.to_lowercase();
    if lower.starts_with(".leitfaden") {
        return Some(".leitfaden.json".to_owned());
    }
    let hits = |known: &str| {
        let known = known.to_lowercase();
        known == lower || known.starts_with(&format!("{lower}/")) || lower.starts_with(&format!("{known}/"))
    };
    tree.keys().find(|known| hits(known)).cloned()
}

/// The pages at old addresses; returns where each sends its readers.
pub(super) fn moved_pages(tree: &mut Tree, kit: Kit<'_>, policy: &str, findings: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    findings.extend(moved::clashes(&kit.site.redirects, tree));
    let redirects = moved::need_pages(&kit.site.redirects, &kit.site.config.hosts);
    for redirect in &redirects {
        match (redirect.page(), render_moved(redirect, kit)) {
            (Some(route), Ok(mut html)) => {
                replace(&mut html, MARK, policy);
                tree.insert(route.file(), html);
            }
            (_, Err(finding)) => findings.push(finding),
            (None, _) => {}
        }
    }
    moved::targets(&redirects)
}
