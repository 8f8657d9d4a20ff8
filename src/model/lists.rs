//! Lists that grow, cut into pages: articles, the articles of a topic, changes.
//!
//! The first part is the page that exists anyway; [`add_parts`] gives each further one an address below it.

use std::sync::Arc;

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::path::Route;

use super::pages::{PageKind, Paths};
use super::site::Site;

/// A further part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The page whose list it continues.
    pub of: PageKind,
    /// Its number; the first further part is the second.
    pub number: usize,
}

impl Site {
    /// The page itself, or the one whose list it continues, with the number of the part.
    pub fn whole(&self, kind: PageKind) -> (PageKind, usize) {
        match kind {
            PageKind::Part(index) => self.parts.get(index).map_or((kind, 1), |part| (part.of, part.number)),
            kind => (kind, 1),
        }
    }

    /// How many entries the list of a page has; nothing if it has none that grows.
    pub fn list_length(&self, kind: PageKind) -> Option<usize> {
        match kind {
            PageKind::Topics => Some(self.articles.iter().filter(|article| article.front.listed).count()),
            PageKind::Topic(index) => self.topics.get(index).map(|topic| topic.articles.len()),
            PageKind::Changes => Some(self.cards.iter().map(|card| card.changes.len()).sum()),
            _ => None,
        }
    }

    /// How many entries a part has at most; a size of zero cuts nothing.
    pub fn part_size(&self) -> usize {
        match self.config.lists.page_size {
            0 => usize::MAX,
            size => usize::try_from(size).unwrap_or(usize::MAX),
        }
    }

    /// The addresses of all parts of a list, the page itself first.
    pub fn part_routes(&self, of: PageKind) -> Vec<&Route> {
        let further = self.parts.iter().enumerate().filter(|(_, part)| part.of == of).map(|(index, _)| PageKind::Part(index));
        std::iter::once(of).chain(further).filter_map(|kind| self.pages.route_of(kind)).collect()
    }
}

/// Gives the further parts of all lists their addresses: `/themen/seite/2/`.
pub(super) fn add_parts(site: &mut Site, paths: &Paths<'_>, findings: &mut Vec<Diagnostic>) {
    let folder = paths.route("part");
    let lists: Vec<(Route, PageKind)> = site.pages.iter().map(|(route, kind)| (route.clone(), kind)).collect();
    for (route, of) in lists {
        let Some(length) = site.list_length(of) else { continue };
        for number in 2..=length.div_ceil(site.part_size()) {
            let Ok(own) = Route::parse(&format!("{}{}{number}/", route.as_str(), folder.as_str())) else { continue };
            match Arc::make_mut(&mut site.pages).claim(own.clone(), PageKind::Part(site.parts.len())) {
                Ok(()) => site.parts.push(Part { of, number }),
                Err(taken) => findings.extend(clash(site, &own, taken)),
            }
        }
    }
}

fn clash(site: &Site, route: &Route, taken: PageKind) -> Option<Diagnostic> {
    let PageKind::Article(index) = taken else { return None };
    let source = &site.articles.get(index)?.source;
    let finding = Diagnostic::error(codes::SHARED_ROUTE, format!("a part of a long list needs the address `{route}`")).at(source.span(0..0));
    Some(finding.help("give this article another `slug`, or move it to another folder"))
}
