//! Articles, topics, terms, legal events, changes, notices, as templates see them.

use serde::Serialize;

use crate::model::articles::is_later;
use crate::model::due::Due;
use crate::model::link::address;
use crate::model::pages::PageKind;
use crate::model::site::{Card, Site, Term, Topic};
use crate::parse::config::Language;
use crate::parse::strings::Strings;

use super::super::body;
use super::super::calendar::summary;
use super::LinkView;
use super::cell::SourceView;

/// An article, as in lists.
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one article, each shown by itself")]
#[derive(Clone, Debug, Serialize)]
pub struct ArticleView {
    /// Its title.
    pub title: String,
    /// One or two sentences.
    pub description: String,
    /// Its page.
    pub url: String,
    /// First published.
    pub date: Option<String>,
    /// Last changed in substance.
    pub updated: Option<String>,
    /// To be looked at again by.
    pub review_by: Option<String>,
    /// Whether that day has passed.
    pub overdue: bool,
    /// Whether it is a draft.
    pub draft: bool,
    /// Whether it is to appear on a later day: only a build with drafts shows it.
    pub scheduled: bool,
    /// Whether lists show it; those that are not listed come last.
    pub listed: bool,
    /// Minutes to read, at 200 words a minute.
    pub minutes: usize,
    /// Its topics.
    pub topics: Vec<LinkView>,
    /// Sources of the article as a whole.
    pub sources: Vec<SourceView>,
    /// Its table of contents.
    pub toc: bool,
}

impl ArticleView {
    /// The view of the article at `index`.
    pub fn new(index: usize, site: &Site) -> Self {
        let article = &site.articles[index];
        let front = &article.front;
        let topics = article.topics.iter().map(|&index| LinkView {
            label: site.topics[index].label.clone(),
            url: site.route(PageKind::Topic(index)).map(|route| address(route, "")).unwrap_or_default(),
        });
        let day = |date: &Option<crate::parse::at::At<crate::parse::scalar::Date>>| date.as_ref().map(|date| date.value.0.to_string());
        Self {
            title: front.title.value.clone(),
            description: front.description.as_ref().map(|text| text.value.clone()).unwrap_or_default(),
            url: address(&article.route, ""),
            date: day(&front.date),
            updated: day(&front.updated),
            review_by: day(&front.review_by),
            overdue: front.review_by.as_ref().is_some_and(|by| by.value.0 < site.today),
            draft: front.draft,
            scheduled: is_later(front, site.today),
            listed: front.listed,
            minutes: ((article.body.document.words + 100) / 200).max(1),
            topics: topics.collect(),
            sources: front.sources.iter().map(|source| SourceView::new(source, &site.catalogue)).collect(),
            toc: front.toc,
        }
    }
}

/// Something that must be looked at again.
#[derive(Clone, Debug, Serialize)]
pub struct DueView {
    /// By when.
    pub day: String,
    /// Year and month of that day.
    pub month: String,
    /// The same in words.
    pub month_label: String,
    /// What has to be done.
    pub label: String,
    /// What exactly.
    pub parts: Vec<String>,
    /// Where it is shown.
    pub url: String,
    /// Whether the day has passed.
    pub overdue: bool,
}

impl DueView {
    pub(super) fn new(item: &Due, site: &Site, strings: &Strings) -> Self {
        let day = item.day.to_string();
        let month = day.get(..7).unwrap_or_default().to_owned();
        let (year, number, _) = item.day.ymd();
        let month_label = format!("{} {year}", strings.get(&format!("month.{number}")));
        Self { day, month, month_label, label: summary(item, strings), parts: item.parts.clone(), url: item.address.clone(), overdue: item.day < site.today }
    }
}

/// A topic.
#[derive(Clone, Debug, Serialize)]
pub struct TopicView {
    /// Its name.
    pub label: String,
    /// Its page.
    pub url: String,
    /// Indices of its articles.
    pub articles: Vec<usize>,
}

impl TopicView {
    pub(super) fn new(index: usize, topic: &Topic, site: &Site) -> Self {
        let url = site.route(PageKind::Topic(index)).map(|route| address(route, "")).unwrap_or_default();
        Self { label: topic.label.clone(), url, articles: topic.articles.clone() }
    }
}

/// A term of the glossary.
#[derive(Clone, Debug, Serialize)]
pub struct TermView {
    /// The term.
    pub term: String,
    /// Its anchor on the glossary page.
    pub anchor: String,
    /// Its address.
    pub url: String,
    /// Other words for it.
    pub synonyms: Vec<String>,
    /// One sentence.
    pub short_html: String,
    /// The same as text.
    pub short: String,
    /// A few sentences.
    pub definition_html: Option<String>,
    /// Related terms.
    pub see: Vec<LinkView>,
    /// Norms.
    pub law: Vec<String>,
}

impl TermView {
    pub(super) fn new(term: &Term, site: &Site) -> Self {
        let url = |anchor: &str| site.route(PageKind::Glossary).map(|route| address(route, anchor)).unwrap_or_default();
        let see = term.see.iter().map(|&index| LinkView { label: site.terms[index].entry.term.value.clone(), url: url(&site.terms[index].anchor) });
        Self {
            term: term.entry.term.value.clone(),
            anchor: term.anchor.clone(),
            url: url(&term.anchor),
            synonyms: term.entry.synonyms.clone(),
            short_html: body::html(&term.short),
            short: term.short.plain().to_owned(),
            definition_html: term.definition.as_ref().map(body::html),
            see: see.collect(),
            law: term.entry.law.clone(),
        }
    }
}

/// A legal event.
#[derive(Clone, Debug, Serialize)]
pub struct EventView {
    /// Its anchor on the timeline.
    pub anchor: String,
    /// When, as exact as the sources are.
    pub date: String,
    /// What happened.
    pub title: String,
    /// What it means.
    pub text_html: String,
    /// `in_force`, `pending`, `repealed`.
    pub status: &'static str,
    /// The evidence.
    pub sources: Vec<SourceView>,
    /// What it touches: the criterion, and the value in its label.
    pub affects: Vec<LinkView>,
    /// Ids of the criteria it touches.
    pub criteria: Vec<String>,
    /// When it must be looked at again.
    pub recheck: Option<String>,
}

impl EventView {
    pub(super) fn new(index: usize, site: &Site) -> Self {
        let event = &site.events[index];
        let affects = event.affects.iter().map(|(criterion, value)| {
            let entry = &site.catalogue.criteria[*criterion];
            let value = value.as_ref().map(|id| entry.value(id).map_or(id.as_str(), |value| value.label.as_str()));
            let label = value.map_or_else(|| entry.entry.label.clone(), |value| format!("{}: {value}", entry.entry.label));
            LinkView { label, url: site.route(PageKind::Criterion(*criterion)).map(|route| address(route, "")).unwrap_or_default() }
        });
        Self {
            anchor: event.anchor.clone(),
            date: event.entry.date.value.0.to_string(),
            title: event.entry.title.clone(),
            text_html: body::html(&site.event_texts[index]),
            status: event.entry.status.word(),
            sources: event.entry.sources.iter().map(|source| SourceView::new(source, &site.catalogue)).collect(),
            affects: affects.collect(),
            criteria: event.affects.iter().map(|(criterion, _)| site.catalogue.criteria[*criterion].id().to_owned()).collect(),
            recheck: event.entry.recheck.as_ref().map(|date| date.value.0.to_string()),
        }
    }
}

/// Something that changed.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeView {
    /// Its anchor on the change page.
    pub anchor: String,
    /// When.
    pub date: String,
    /// The system.
    pub system: LinkView,
    /// The criterion.
    pub criterion: Option<LinkView>,
    /// The value before.
    pub from: Option<String>,
    /// The value after.
    pub to: Option<String>,
    /// In a translation: the language of both values, if they are not translated.
    pub language: Option<&'static str>,
    /// What happened.
    pub why_html: String,
}

impl ChangeView {
    /// The changes of a card, newest first.
    pub(super) fn of_card(card: &Card, site: &Site, strings: &Strings) -> Vec<Self> {
        let url = address(&card.route, "");
        let change = |(index, (entry, why)): (usize, (&crate::parse::vendor::ChangeEntry, &crate::model::prose::Prose))| {
            let criterion = entry.criterion.as_ref().and_then(|id| site.catalogue.find(id));
            let label = |value: &Option<crate::parse::at::At<String>>| {
                let word = value.as_ref()?.value.as_str();
                let known = criterion.and_then(|index| site.catalogue.criteria[index].value(word));
                let unknown = (word == crate::model::catalogue::UNKNOWN).then(|| strings.get("light.grey").to_owned());
                Some(known.map(|value| value.label.clone()).or(unknown).unwrap_or_else(|| word.to_owned()))
            };
            Self {
                // Counted from the oldest, so that a new entry moves no anchor.
                anchor: format!("{}-{}", card.slug, card.changes.len() - index),
                date: entry.date.value.0.to_string(),
                system: LinkView { label: card.entry.name.clone(), url: url.clone() },
                criterion: criterion.map(|index| {
                    let entry = &site.catalogue.criteria[index].entry;
                    LinkView { label: entry.label.clone(), url: address(&card.route, &entry.slug.value.0) }
                }),
                from: label(&entry.from),
                to: label(&entry.to),
                language: card.changes_language.map(Language::code),
                why_html: body::html(why),
            }
        };
        card.entry.changes.iter().zip(&card.changes).enumerate().map(change).collect()
    }
}

/// All changes of all cards, newest first.
pub(super) fn changes(site: &Site, strings: &Strings) -> Vec<ChangeView> {
    let mut changes: Vec<ChangeView> = site.cards.iter().flat_map(|card| ChangeView::of_card(card, site, strings)).collect();
    changes.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.system.label.cmp(&b.system.label)));
    changes
}
