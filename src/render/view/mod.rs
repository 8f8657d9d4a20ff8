//! The template contract: what a template sees, and nothing else.
//!
//! [`SiteView`] is made once and shared by all pages; a [`PageView`] is made for
//! each. Systems and articles, most of it, join the view as values that templates see ([`Shared`]),
//! so that each can be made by itself and nothing exists twice. Names that end in `_html` hold finished HTML. Every address starts with
//! the root mark, which the writer replaces.

mod cell;
mod content;
mod criterion;
mod decision;
mod index;
mod notice;
mod page;
mod part;
mod system;
mod trace;
mod translation;

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

pub use cell::{BecauseView, CellView, SourceView};
pub use content::{ArticleView, ChangeView, DueView, EventView, TermView, TopicView};
pub use criterion::{CriterionView, GroupView, ProfileView};
pub use decision::{AnswerView, FilterView, OptionView, QuestionView, SelectionView, UnmetView};
pub use index::IndexEntry;
pub use notice::{NoticeView, RecordView};
pub use page::{Crumb, PageView, TocEntry};
pub use part::PartView;
pub use system::{OfficialView, ProviderView, RatingView, SystemView, feed_file};
pub use translation::{VersionView, versions};

use crate::model::due::due;
use crate::model::link::address;
use crate::model::pages::PageKind;
use crate::model::prose::ROOT;
use crate::model::site::Site;
use crate::parse::strings::Strings;

use super::hosts::policy::MARK;
use super::theme::Shared;
use super::{body, calendar};

/// A link with its text.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct LinkView {
    /// The text.
    pub label: String,
    /// The address.
    pub url: String,
}

/// The menus.
#[derive(Clone, Debug, Serialize)]
pub struct MenuView {
    /// In the head.
    pub main: Vec<LinkView>,
    /// In the foot.
    pub footer: Vec<LinkView>,
}

/// A field of the publisher.
#[derive(Clone, Debug, Serialize)]
pub struct PublisherField {
    /// Its key: `name`, `postal` ….
    pub key: &'static str,
    /// Its value; placeholders are marked.
    pub value_html: String,
}

/// What the guide amounts to.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Stats {
    /// Cards.
    pub systems: usize,
    /// Criteria.
    pub criteria: usize,
    /// Cells: cards times criteria, archive cards left out.
    pub cells: usize,
    /// Cells with a known value.
    pub facts: usize,
    /// Known cells that have a source of their own.
    pub sourced: usize,
    /// Known cells that a rule gave.
    pub derived: usize,
    /// Cells without a known value.
    pub unknown: usize,
    /// Facts whose check has expired.
    pub overdue: usize,
    /// Articles.
    pub articles: usize,
    /// Sources, each address once.
    pub sources: usize,
}

/// A page, as in the sitemap.
#[derive(Clone, Debug, Serialize)]
pub struct SitemapEntry {
    /// Its address.
    pub url: String,
    /// When it changed in substance, if that is known.
    pub changed: Option<String>,
    /// In which languages it exists, itself included; nothing if there is only one.
    pub versions: Vec<VersionView>,
}

/// When the feeds changed; the day of the build where nothing is dated.
#[derive(Clone, Debug, Serialize)]
pub struct FeedDates {
    /// The newest article.
    pub articles: String,
    /// The newest change.
    pub changes: String,
}

/// The site, as every template sees it.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// Its name.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// `de` or `en`.
    pub language: &'static str,
    /// Whether it is a demo.
    pub demo: bool,
    /// Its address with a slash at its end.
    pub base_url: String,
    /// Stands for the Content-Security-Policy, which is known when all pages are made.
    pub policy: &'static str,
    /// The day of the build.
    pub today: String,
    /// The menus.
    pub menu: MenuView,
    /// Addresses of the pages that exist once, by their kind: `url.matrix`.
    pub url: BTreeMap<&'static str, String>,
    /// Addresses of the data files that exist: `feed`, `changes`, `json`, `csv`, `criteria`.
    pub files: BTreeMap<&'static str, String>,
    /// The address of the search's first file; none if there is no search.
    pub search: Option<String>,
    /// Who publishes it.
    pub publisher: Vec<PublisherField>,
    /// The reader profiles; the first is the default.
    pub profiles: Vec<ProfileView>,
    /// The groups of criteria.
    pub groups: Vec<GroupView>,
    /// The criteria.
    pub criteria: Vec<CriterionView>,
    /// Index of each criterion by its id.
    pub criterion_at: BTreeMap<String, usize>,
    /// The systems, each a [`SystemView`].
    pub systems: Vec<Shared>,
    /// Index of each system by its slug.
    pub system_at: BTreeMap<String, usize>,
    /// The criteria that the comparison can be filtered by.
    pub filters: Vec<FilterView>,
    /// For each filtered page its place among the filters.
    pub selections: Vec<SelectionView>,
    /// The questions of the decision aid.
    pub questions: Vec<QuestionView>,
    /// What remains to be done whatever is chosen.
    pub duties_html: Vec<String>,
    /// Short name of the state of the data.
    pub data_version: String,
    /// The articles, each an [`ArticleView`].
    pub articles: Vec<Shared>,
    /// The topics.
    pub topics: Vec<TopicView>,
    /// The glossary.
    pub terms: Vec<TermView>,
    /// Index of each term by its name.
    pub term_at: BTreeMap<String, usize>,
    /// Synonyms of terms and other names of systems, in alphabetical order.
    pub names: Vec<IndexEntry>,
    /// Norms with the criteria and terms that cite them.
    pub laws: Vec<IndexEntry>,
    /// The legal events, newest first.
    pub events: Vec<EventView>,
    /// All changes, newest first.
    pub changes: Vec<ChangeView>,
    /// What must be looked at again, the earliest first.
    pub due: Vec<DueView>,
    /// The consent notice shown now; none if there is no newsletter.
    pub notice: Option<NoticeView>,
    /// All versions of the notice, newest first.
    pub notices: Vec<NoticeView>,
    /// The pages that search engines may show.
    pub pages: Vec<SitemapEntry>,
    /// When the feeds changed.
    pub feed_updated: FeedDates,
    /// What the guide amounts to.
    pub stats: Stats,
}

impl SiteView {
    /// The view of a site; systems and articles are still to be put in.
    pub fn new(site: &Site, strings: &Strings) -> Self {
        let notices: Vec<NoticeView> = (0..site.notices.len()).map(|index| NoticeView::new(index, site, strings)).collect();
        let mut url = BTreeMap::new();
        for (route, kind) in site.pages.iter() {
            url.entry(kind.key()).or_insert_with(|| address(route, ""));
        }
        let criteria: Vec<CriterionView> = (0..site.catalogue.criteria.len()).map(|index| CriterionView::new(index, site)).collect();
        let due = due(site);
        let (filters, selections) = decision::filters(site);
        let changes = content::changes(site, strings);
        let feed_updated = FeedDates {
            articles: site.articles.iter().filter_map(|article| article.front.changed()).max().unwrap_or(site.today).to_string(),
            changes: changes.iter().map(|change| &change.date).max().cloned().unwrap_or_else(|| site.today.to_string()),
        };
        let terms: Vec<TermView> = site.terms.iter().map(|term| TermView::new(term, site)).collect();
        Self {
            title: site.config.title.value.clone(),
            description: site.config.description.value.clone(),
            language: site.config.language.code(),
            demo: site.is_demo(),
            base_url: site.config.base_url.value.clone(),
            policy: MARK,
            today: site.today.to_string(),
            menu: MenuView { main: menu(&site.config.navigation.main, site), footer: menu(&site.config.navigation.footer, site) },
            url,
            files: files(site, !due.is_empty()),
            search: None,
            publisher: publisher(site),
            profiles: site.catalogue.profiles.iter().map(|profile| ProfileView::new(profile, site)).collect(),
            groups: site.catalogue.groups.iter().map(GroupView::new).collect(),
            criterion_at: criteria.iter().enumerate().map(|(index, criterion)| (criterion.id.clone(), index)).collect(),
            system_at: site.cards.iter().enumerate().map(|(index, card)| (card.slug.clone(), index)).collect(),
            pages: site.languages().flat_map(|own| sitemap(own, site)).collect(),
            articles: Vec::new(),
            filters,
            selections,
            questions: site.decision.questions.iter().map(QuestionView::new).collect(),
            duties_html: site.decision.duties.iter().map(body::html).collect(),
            data_version: site.data_version.clone(),
            feed_updated,
            topics: site.topics.iter().enumerate().map(|(index, topic)| TopicView::new(index, topic, site)).collect(),
            term_at: terms.iter().enumerate().map(|(index, term)| (term.term.clone(), index)).collect(),
            events: (0..site.events.len()).map(|index| EventView::new(index, site)).collect(),
            changes,
            due: due.iter().map(|item| DueView::new(item, site, strings)).collect(),
            notice: site.current_notice().map(|index| notices[index].clone()),
            notices,
            stats: stats(site),
            names: index::names(&terms, &site.cards),
            laws: index::laws(&criteria, &terms),
            terms,
            criteria,
            systems: Vec::new(),
        }
    }
}

fn sitemap(own: &Site, main: &Site) -> Vec<SitemapEntry> {
    let shown = own.pages.iter().filter(|(_, kind)| !matches!(kind, PageKind::NotFound | PageKind::Notice(_) | PageKind::Print));
    let entry = |(route, kind): (&crate::base::path::Route, PageKind)| {
        let changed = match kind {
            PageKind::Article(index) => own.articles[index].front.changed(),
            PageKind::System(index) => Some(own.cards[index].entry.reviewed.value.0),
            _ => None,
        };
        SitemapEntry { url: address(route, ""), changed: changed.map(|day| day.to_string()), versions: versions(kind, own, main) }
    };
    shown.map(entry).collect()
}

fn files(site: &Site, has_due: bool) -> BTreeMap<&'static str, String> {
    let (has_articles, has_cards) = (!site.articles.is_empty(), !site.cards.is_empty());
    let all = [
        ("feed", "feed.xml", has_articles),
        ("changes", "aenderungen.xml", has_cards),
        ("calendar", calendar::PATH, has_due),
        ("json", "api/v1/systems.json", has_cards),
        ("criteria", "api/v1/criteria.json", has_cards),
        ("csv", "api/v1/systems.csv", has_cards),
    ];
    all.into_iter().filter(|(_, _, exists)| *exists).map(|(key, path, _)| (key, format!("{ROOT}{path}"))).collect()
}

fn menu(entries: &[crate::parse::config::MenuEntry], site: &Site) -> Vec<LinkView> {
    let link = |entry: &crate::parse::config::MenuEntry| Some(LinkView { label: entry.label.value.clone(), url: address(&site.menu_route(entry)?, "") });
    entries.iter().filter_map(link).collect()
}

fn publisher(site: &Site) -> Vec<PublisherField> {
    let fields = site.config.publisher.fields().into_iter();
    let given = fields.filter_map(|(key, value)| value.map(|value| PublisherField { key, value_html: body::mark_placeholders(&body::escape(value)) }));
    given.collect()
}

fn stats(site: &Site) -> Stats {
    let mut stats = Stats { systems: site.cards.len(), criteria: site.catalogue.criteria.len(), articles: site.articles.len(), ..Stats::default() };
    let mut addresses = BTreeSet::new();
    for card in &*site.cards {
        for (cell, criterion) in card.cells.iter().zip(&site.catalogue.criteria) {
            let sources = card.entry.facts.get(criterion.id()).map_or(&[][..], |fact| &fact.sources);
            addresses.extend(sources.iter().map(|source| source.url.value.0.as_str()));
            if card.is_archive() {
                continue;
            }
            let known = cell.is_known();
            stats.cells += 1;
            stats.facts += usize::from(known);
            stats.sourced += usize::from(known && !sources.is_empty());
            stats.derived += usize::from(known && cell.derived && sources.is_empty());
            stats.unknown += usize::from(!known);
            stats.overdue += usize::from(cell.expired && !cell.historic && !cell.parts.is_empty());
        }
    }
    stats.sources = addresses.len();
    stats
}
