//! Cells with their evidence, as templates see them.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::catalogue::{Catalogue, Criterion, Key};
use crate::model::cell::{self, Cell};
use crate::model::link::address;
use crate::model::pages::PageKind;
use crate::model::site::{Card, Site};
use crate::parse::config::Language;
use crate::parse::criteria::{ValueEntry, ValueKind};
use crate::parse::strings::Strings;
use crate::parse::vendor::{Answer, SourceRef};

use super::super::body;

/// A source.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct SourceView {
    /// Where it can be read.
    pub url: String,
    /// Its host, for print.
    pub host: String,
    /// Publisher and subject.
    pub title: String,
    /// The id of its kind.
    pub kind: String,
    /// The name of its kind.
    pub kind_label: String,
    /// Whether it speaks for an authority or a court.
    pub official: bool,
    /// Its date; none if it has none.
    pub date: Option<String>,
}

impl SourceView {
    /// The view of a source.
    pub fn new(source: &SourceRef, catalogue: &Catalogue) -> Self {
        let url = source.url.value.0.clone();
        let host = url.split("://").nth(1).and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
        Self {
            host: host.strip_prefix("www.").unwrap_or(host).to_owned(),
            title: source.title.clone(),
            kind_label: catalogue.kinds.get(&source.kind.value).map_or_else(|| source.kind.value.clone(), |kind| kind.label.clone()),
            official: catalogue.kinds.get(&source.kind.value).is_some_and(|kind| kind.official),
            kind: source.kind.value.clone(),
            date: source.date.0.map(|date| date.to_string()),
            url,
        }
    }
}

/// A cell: what a card says about a criterion.
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one value, each shown by itself")]
#[derive(Clone, Debug, Serialize)]
pub struct CellView {
    /// Index of the criterion.
    pub index: usize,
    /// The criterion's id.
    pub criterion: String,
    /// The light that counts.
    pub light: &'static str,
    /// Whether a value is there and counts.
    pub known: bool,
    /// Whether the question arises.
    pub applies: bool,
    /// Whether the criterion takes several values.
    pub many: bool,
    /// The value in words; empty when unknown.
    pub value: String,
    /// In a translation: the value's language, if it is words that are not translated.
    pub language: Option<&'static str>,
    /// The value's words, part by part.
    pub values: Vec<PartView>,
    /// The value's own light, before any rule.
    pub own_light: &'static str,
    /// Why the light is another one than the value's own.
    pub adjusted: Option<String>,
    /// Whether a rule gave the value.
    pub derived: bool,
    /// What that rule looked at.
    pub because: Vec<BecauseView>,
    /// What the sources say.
    pub note_html: Option<String>,
    /// The same as text.
    pub note: Option<String>,
    /// What the value does not promise.
    pub limits_html: Option<String>,
    /// The day somebody looked at the sources.
    pub checked: Option<String>,
    /// `high`, `medium`, `low`.
    pub confidence: Option<&'static str>,
    /// The last day on which the check counts.
    pub expires: Option<String>,
    /// Whether the finding is too old to count.
    pub expired: bool,
    /// Whether that is because its newest source is old: history, not an overdue check.
    pub historic: bool,
    /// Later legal events that touch the value.
    pub events: Vec<LaterEvent>,
    /// The evidence.
    pub sources: Vec<SourceView>,
    /// Sources that say otherwise.
    pub disputes: Vec<DisputeView>,
}

/// A legal event that came after a check.
#[derive(Clone, Debug, Serialize)]
pub struct LaterEvent {
    /// Its title.
    pub label: String,
    /// Its place on the timeline.
    pub url: String,
    /// In a translation: the language of the title.
    pub language: Option<&'static str>,
}

impl LaterEvent {
    /// The events that touch a cell.
    pub(super) fn of_cell(cell: &Cell, site: &Site, language: Option<&'static str>) -> Vec<Self> {
        let law = site.route(PageKind::Law);
        let events = cell.events.iter().filter_map(|&event| {
            let event = &site.events[event];
            Some(Self { label: event.entry.title.clone(), url: address(law?, &event.anchor), language })
        });
        events.collect()
    }
}

/// A part of a value.
#[derive(Clone, Debug, Serialize)]
pub struct PartView {
    /// The word in the card.
    pub id: String,
    /// The word for readers.
    pub label: String,
    /// What it means.
    pub meaning: String,
    /// Its own light.
    pub light: &'static str,
}

/// Something that the rule of a derived value looked at.
#[derive(Clone, Debug, Serialize)]
pub struct BecauseView {
    /// What it is: a criterion, or a field of the card.
    pub label: String,
    /// The anchor of the criterion's fact on the system's page.
    pub anchor: Option<String>,
    /// What it said.
    pub value: String,
}

/// A source that says otherwise.
#[derive(Clone, Debug, Serialize)]
pub struct DisputeView {
    /// What it says.
    pub value: String,
    /// In a translation: the value's language, if it is words that are not translated.
    pub language: Option<&'static str>,
    /// In more words.
    pub note_html: Option<String>,
    /// The source.
    pub source: SourceView,
}

impl CellView {
    /// The view of the cell of a card and a criterion.
    pub(in crate::render) fn new(index: usize, card: &Card, site: &Site, strings: &Strings) -> Self {
        let (criterion, cell) = (&site.catalogue.criteria[index], &card.cells[index]);
        let fact = card.entry.facts.get(criterion.id());
        let texts = &card.facts[index];
        let values = parts(cell, criterion, strings);
        let disputes = fact.into_iter().flat_map(|fact| &fact.disputed).zip(&texts.disputes).map(|(dispute, texts)| DisputeView {
            value: answer_label(&dispute.value.value, criterion, strings),
            language: texts.language.map(Language::code),
            note_html: texts.note.as_ref().map(body::html),
            source: SourceView::new(&dispute.source, &site.catalogue),
        });
        Self {
            index,
            criterion: criterion.id().to_owned(),
            light: cell.light.word(),
            known: cell.is_known(),
            applies: cell.applies,
            many: matches!(criterion.entry.kind, ValueKind::Choices | ValueKind::List),
            value: values.iter().map(|part| part.label.as_str()).collect::<Vec<_>>().join(", "),
            language: texts.language.map(Language::code),
            own_light: cell.parts.first().map_or("grey", |part| part.light.word()),
            values,
            adjusted: cell.adjusted.clone(),
            derived: cell.derived,
            because: because(cell, criterion, card, site, strings),
            note_html: texts.note.as_ref().map(body::html),
            note: texts.note.as_ref().map(|note| note.plain().to_owned()),
            limits_html: texts.limits.as_ref().map(body::html),
            checked: fact.map(|fact| fact.checked.value.0.to_string()),
            confidence: cell.confidence.map(crate::parse::scalar::Confidence::word),
            expires: cell.expires.map(|day| day.to_string()),
            expired: cell.expired && !cell.parts.is_empty(),
            historic: cell.historic && !cell.parts.is_empty(),
            events: LaterEvent::of_cell(cell, site, None),
            sources: fact.into_iter().flat_map(|fact| &fact.sources).map(|source| SourceView::new(source, &site.catalogue)).collect(),
            disputes: disputes.collect(),
        }
    }
}

/// What the rule of a derived value looked at; a copied field explains itself.
fn because(cell: &Cell, criterion: &Criterion, card: &Card, site: &Site, strings: &Strings) -> Vec<BecauseView> {
    let Some(rule) = cell.rule.map(|rule| &criterion.derive[rule]) else { return Vec::new() };
    let field = |key: &str, value: String| BecauseView { label: strings.get(key).to_owned(), anchor: None, value };
    let view = |key: Key| match key {
        Key::Criterion(index) => {
            let other = &site.catalogue.criteria[index];
            let value = parts(&card.cells[index], other, strings).into_iter().map(|part| part.label).collect::<Vec<_>>().join(", ");
            BecauseView { label: other.entry.label.clone(), anchor: Some(other.entry.slug.value.0.clone()), value }
        }
        Key::ProviderName => field("because.provider", card.entry.provider.name.clone()),
        Key::ProviderCountry => field("because.country", country_name(&card.entry.provider.country.value.0, strings)),
        Key::ParentCountry => field("because.parent", country_name(&card.entry.provider.parent_country.value.0, strings)),
        Key::CardStatus => field("because.status", strings.get(&format!("status.{}", card.entry.status.word())).to_owned()),
    };
    rule.when.iter().map(|(key, _)| view(*key)).collect()
}

/// The words of a cell's value.
pub(super) fn parts(cell: &Cell, criterion: &Criterion, strings: &Strings) -> Vec<PartView> {
    let view = |part: &cell::Part| {
        let entry = cell::entry(part, criterion);
        PartView {
            id: part.id.clone(),
            label: word_label(&part.id, entry, criterion, strings),
            meaning: entry.map(|entry| entry.meaning.clone()).unwrap_or_default(),
            light: part.light.word(),
        }
    };
    cell.parts.iter().map(view).collect()
}

/// The word for readers: a country's name, a value's label, or the text itself.
fn word_label(word: &str, entry: Option<&ValueEntry>, criterion: &Criterion, strings: &Strings) -> String {
    if criterion.entry.kind == ValueKind::Country {
        return country_name(word, strings);
    }
    entry.map_or_else(|| word.to_owned(), |entry| entry.label.clone())
}

/// A country's name in the site's language, or its code.
pub(super) fn country_name(code: &str, strings: &Strings) -> String {
    strings.find(&format!("country.{code}")).unwrap_or(code).to_owned()
}

fn answer_label(answer: &Answer, criterion: &Criterion, strings: &Strings) -> String {
    if answer.is_unknown() {
        return strings.get("light.grey").to_owned();
    }
    let label = |word: &str| {
        let entry = criterion.entry.values.iter().find(|value| value.id.value == word);
        word_label(word, entry, criterion, strings)
    };
    answer.parts().into_iter().map(label).collect::<Vec<_>>().join(", ")
}
