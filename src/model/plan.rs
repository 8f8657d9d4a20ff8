//! Gives every page its address and collects what links can lead to.
//!
//! 1. [`Plan::claim_all`] claims the pages that exist once, then cards, criteria,
//!    topics, notices, then articles; who comes second gets a finding;
//! 2. [`Plan::learn_anchors`] and [`Plan::learn_files`] fill the linker.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::path::{Route, SitePath};
use crate::base::slug::{is_slug, slugify};
use crate::base::source::{Source, Sources};
use crate::parse::glossary::GlossaryFile;
use crate::parse::page::{Page, language_of, untranslated};
use crate::parse::vendor::CardFile;

use super::catalogue::Catalogue;
use super::consent::Notice;
use super::decision::Selection;
use super::law::Event;
use super::link::Linker;
use super::pages::{PageKind, Pages, Paths};
use super::site::Topic;

/// Gives out addresses and collects what links can lead to.
pub(super) struct Plan<'a> {
    pub(super) paths: Paths<'a>,
    /// The folder that all pages lie in: `en` for a translation, empty for the main language.
    pub(super) folder: &'a str,
    /// Folders that belong to translations.
    pub(super) reserved: &'a [&'a str],
    pub(super) pages: Pages,
    pub(super) linker: Linker,
    /// Pages that have an introduction already.
    pub(super) introduced: BTreeSet<PageKind>,
    pub(super) findings: &'a mut Vec<Diagnostic>,
}

/// Up to how many texts and cards there is a page with all of them: browsers print some thousand sheets, not more.
const PRINTABLE: usize = 500;

/// What wants an address.
pub(super) struct Claims<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) cards: &'a [(Arc<CardFile>, Source)],
    pub(super) articles: &'a [(Page, Source)],
    pub(super) topics: &'a [Topic],
    pub(super) has_terms: bool,
    pub(super) has_events: bool,
    pub(super) has_newsletter: bool,
    pub(super) notices: &'a [Notice],
    pub(super) selections: &'a [Selection],
}

impl<'a> Plan<'a> {
    /// A plan without pages.
    pub(super) fn new(paths: Paths<'a>, folder: &'a str, reserved: &'a [&'a str], linker: Linker, findings: &'a mut Vec<Diagnostic>) -> Self {
        Self { paths, folder, reserved, pages: Pages::default(), linker, introduced: BTreeSet::new(), findings }
    }

    /// Claims all pages; returns each article's address and the page it introduces, if any.
    pub(super) fn claim_all(&mut self, claims: &Claims<'_>) -> Vec<(Route, Option<PageKind>)> {
        use PageKind::{Accessibility, Home, Imprint, NotFound, Print, Privacy, Search, Topics};
        for kind in [Home, Topics, Search, Imprint, Privacy, Accessibility, NotFound] {
            self.once(kind);
        }
        if claims.articles.len() + claims.cards.len() <= PRINTABLE {
            self.once(Print);
        }
        if !claims.cards.is_empty() {
            for kind in [PageKind::Matrix, PageKind::Systems, PageKind::Criteria, PageKind::Decision, PageKind::Changes, PageKind::Due] {
                self.once(kind);
            }
        }
        for (wanted, kind) in [(claims.has_terms, PageKind::Glossary), (claims.has_events, PageKind::Law), (claims.has_newsletter, PageKind::Newsletter)] {
            if wanted {
                self.once(kind);
            }
        }
        for (index, criterion) in claims.catalogue.criteria.iter().enumerate().filter(|_| !claims.cards.is_empty()) {
            let route = self.paths.below("criteria", &criterion.entry.slug.value.0);
            self.linker.named.insert(format!("criteria/{}", criterion.id()), route.clone());
            let _ = self.pages.claim(route, PageKind::Criterion(index));
        }
        for (index, (_, source)) in claims.cards.iter().enumerate() {
            self.card(index, source);
        }
        for (index, selection) in claims.selections.iter().enumerate() {
            let criterion = &claims.catalogue.criteria[selection.criterion].entry;
            let value = slugify(&criterion.values[selection.value].id.value);
            let route = self.paths.below("matrix", &format!("{}/{value}", criterion.slug.value.0));
            let _ = self.pages.claim(route, PageKind::Selection(index));
        }
        for (index, topic) in claims.topics.iter().enumerate() {
            let route = self.paths.below("topics", &topic.slug);
            let _ = self.pages.claim(route, PageKind::Topic(index));
        }
        for (index, notice) in claims.notices.iter().enumerate() {
            let route = self.paths.below("notice", &format!("v{}", notice.entry.version.value));
            let _ = self.pages.claim(route, PageKind::Notice(index));
        }
        self.articles(claims.articles)
    }

    /// Claims the pages of a translation: its start, its texts with their topics, the lists of criteria and of systems and
    /// what of them is translated (`single`: folder, last part of the address, page).
    pub(super) fn claim_translation(
        &mut self,
        articles: &[(Page, Source)],
        topics: &[Topic],
        lists: &[PageKind],
        single: &[(&'static str, String, PageKind)],
    ) -> Vec<(Route, Option<PageKind>)> {
        // The text of the start is in no list.
        let has_list = articles.iter().any(|(_, source)| untranslated(&source.path) != "index.md");
        let wanted = [Some(PageKind::Home), has_list.then_some(PageKind::Topics)];
        wanted.into_iter().flatten().chain(lists.iter().copied()).for_each(|kind| self.once(kind));
        for (folder, name, kind) in single {
            let route = self.placed(&self.paths.below(folder, name));
            let _ = self.pages.claim(route, *kind);
        }
        for (index, topic) in topics.iter().enumerate() {
            let route = self.placed(&self.paths.below("topics", &topic.slug));
            let _ = self.pages.claim(route, PageKind::Topic(index));
        }
        self.articles(articles)
    }

    fn articles(&mut self, articles: &[(Page, Source)]) -> Vec<(Route, Option<PageKind>)> {
        let mut listed = 0;
        articles.iter().map(|(page, source)| self.article(page, source, &mut listed)).collect()
    }

    fn once(&mut self, kind: PageKind) {
        let route = self.placed(&self.paths.route(kind.key()));
        let _ = self.pages.claim(route, kind);
    }

    /// An address in the folder of this plan.
    fn placed(&self, route: &Route) -> Route {
        if self.folder.is_empty() { route.clone() } else { route.below(self.folder) }
    }

    fn card(&mut self, index: usize, source: &Source) {
        let slug = source.path.stem();
        if !is_slug(slug) {
            let finding = Diagnostic::error(codes::CARD_NAME, format!("`{}` is no address", source.path.file_name())).at(source.span(0..0));
            self.findings.push(finding.help(format!("rename the file to `{}.yaml`", slugify(slug))));
            self.learn_unreadable(std::slice::from_ref(&source.path));
            return;
        }
        let route = self.paths.below("systems", slug);
        self.linker.named.insert(format!("vendors/{}", source.path.file_name()), route.clone());
        let _ = self.pages.claim(route, PageKind::System(index));
    }

    /// An article's address comes from its folder and its slug. One that has the address
    /// of a page that exists anyway gives that page its introduction.
    fn article(&mut self, page: &Page, source: &Source, listed: &mut usize) -> (Route, Option<PageKind>) {
        let (route, place) = match article_route(page, source, self.folder) {
            Ok(route) => (self.placed(&route), page.front.slug.as_ref().map_or(0..0, |slug| slug.range.clone())),
            Err(finding) => {
                self.findings.push(*finding);
                self.learn_unreadable(std::slice::from_ref(&source.path));
                return (Route::home(), Some(PageKind::NotFound));
            }
        };
        if let Some(folder) = self.reserved.iter().find(|folder| route.is_in(folder)) {
            let finding = Diagnostic::error(codes::SHARED_ROUTE, format!("`/{folder}/` is the folder of translations")).at(source.span(place.clone()));
            self.findings.push(finding.help(format!("move the article to another folder; a translation lies beside its text as `name.{folder}.md`")));
        }
        self.linker.named.insert(source.path.below("content").unwrap_or_default().to_owned(), route.clone());
        let anchors = page.body.headings.iter().map(|heading| heading.id.clone());
        self.linker.anchors.entry(route.clone()).or_default().extend(anchors);
        let kind = PageKind::Article(*listed);
        match self.pages.claim(route.clone(), kind) {
            Ok(()) => {
                *listed += 1;
                (route, None)
            }
            Err(PageKind::Article(_) | PageKind::System(_) | PageKind::Criterion(_) | PageKind::Topic(_) | PageKind::Selection(_) | PageKind::Notice(_)) => {
                let finding = Diagnostic::error(codes::SHARED_ROUTE, format!("the address `{route}` is taken already")).at(source.span(place));
                self.findings.push(finding.help("give this article another `slug`"));
                (route, Some(PageKind::NotFound))
            }
            Err(taken) => {
                // The second text for one built-in page is a clash like any other.
                if !self.introduced.insert(taken) {
                    let finding = Diagnostic::error(codes::SHARED_ROUTE, format!("the page `{route}` has an introduction already")).at(source.span(place));
                    self.findings.push(finding.help("give this article another `slug`"));
                }
                (route, Some(taken))
            }
        }
    }

    pub(super) fn learn_anchors(&mut self, catalogue: &Catalogue, events: &[Event], glossary: Option<&(GlossaryFile, Source)>) {
        let systems: Vec<Route> = self.pages.iter().filter(|(_, kind)| matches!(kind, PageKind::System(_))).map(|(route, _)| route.clone()).collect();
        let facts: BTreeSet<String> = catalogue.criteria.iter().map(|criterion| criterion.entry.slug.value.0.clone()).collect();
        for route in systems {
            self.linker.anchors.entry(route).or_default().extend(facts.clone());
        }
        if let Some(route) = self.pages.route_of(PageKind::Law) {
            self.linker.anchors.entry(route.clone()).or_default().extend(events.iter().map(|event| event.anchor.clone()));
        }
        if let (Some(route), Some((file, _))) = (self.pages.route_of(PageKind::Glossary), glossary) {
            self.linker.anchors.entry(route.clone()).or_default().extend(file.terms.iter().map(|term| slugify(&term.term)));
            self.linker.ids.insert("name", file.terms.iter().map(|term| term.term.value.clone()).collect());
        }
        if let Some(route) = self.pages.route_of(PageKind::Privacy) {
            self.linker.anchors.entry(route.clone()).or_default().insert("newsletter".to_owned());
        }
        let vendors = self.linker.named.keys().filter_map(|name| Some(name.strip_prefix("vendors/")?.strip_suffix(".yaml")?.to_owned()));
        let vendors: Vec<String> = vendors.collect();
        self.linker.ids.entry("vendor").or_default().extend(vendors);
        self.linker.ids.insert("criterion", catalogue.ids().map(str::to_owned).collect());
        self.linker.ids.insert("profile", catalogue.profiles.iter().map(|profile| profile.id.clone()).collect());
    }

    /// Cards and articles that could not be read are known by name all the same.
    pub(super) fn learn_unreadable(&mut self, unreadable: &[SitePath]) {
        for path in unreadable {
            self.linker.unreadable.insert(path.below("content").unwrap_or(path.as_str()).to_owned());
            self.linker.ids.entry("vendor").or_default().insert(path.stem().to_owned());
        }
    }

    pub(super) fn learn_files(&mut self, sources: &Sources) {
        let files = sources.files.keys().filter_map(|path: &SitePath| path.below("content/static").map(str::to_owned));
        self.linker.files = files.collect();
    }
}

/// The address of an article in `language`, empty for the main one.
fn article_route(page: &Page, source: &Source, language: &str) -> Result<Route, Box<Diagnostic>> {
    let below = source.path.below("content").unwrap_or_default();
    let (folder, _) = below.rsplit_once('/').unwrap_or(("", below));
    let stem = source.path.stem();
    if let Some(other) = language_of(&source.path).filter(|other| other.code() != language) {
        let finding = Diagnostic::error(codes::BAD_SLUG, format!("`{}` is no further language of the site", other.code())).at(source.span(0..0));
        return Err(Box::new(finding.help("name it under `languages` in site.yaml; texts in the main language have no language in their name")));
    }
    let stem = if language.is_empty() { stem } else { stem.strip_suffix(&format!(".{language}")).unwrap_or(stem) };
    let name = page.front.slug.as_ref().map_or(stem, |slug| slug.value.0.as_str());
    let parts: Vec<&str> = folder.split('/').chain([name]).filter(|part| !part.is_empty()).collect();
    if let Some(bad) = parts.iter().find(|part| !is_slug(part)) {
        let finding = Diagnostic::error(codes::BAD_SLUG, format!("`{bad}` cannot be part of an address")).at(source.span(0..0));
        return Err(Box::new(finding.help(format!("rename it to `{}`", slugify(bad)))));
    }
    let text = match parts.as_slice() {
        ["index"] => String::new(),
        [folders @ .., "index"] => format!("{}/", folders.join("/")),
        all => format!("{}/", all.join("/")),
    };
    Ok(Route::parse(&text).unwrap_or_else(|_| Route::home()))
}
