//! Systems, criteria, cells, ratings, as templates see them.

use serde::Serialize;

use crate::model::catalogue::{Catalogue, Criterion, Group, Profile};
use crate::model::cell::{self, Cell};
use crate::model::link::address;
use crate::model::pages::PageKind;
use crate::model::site::{Card, Site};
use crate::parse::criteria::{ValueEntry, ValueKind};
use crate::parse::scalar::{Light, Role};
use crate::parse::strings::Strings;
use crate::parse::vendor::{Answer, SourceRef};

use super::super::body;
use super::LinkView;
use super::content::ChangeView;
use super::trace::{self, StepView};

/// A source.
#[derive(Clone, Debug, Serialize)]
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
            kind: source.kind.value.clone(),
            date: source.date.0.map(|date| date.to_string()),
            url,
        }
    }
}

/// A cell: what a card says about a criterion.
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
    /// The value in words; empty when unknown.
    pub value: String,
    /// The value's words, part by part.
    pub values: Vec<PartView>,
    /// The value's own light, before any rule.
    pub own_light: &'static str,
    /// Why the light is another one than the value's own.
    pub adjusted: Option<String>,
    /// Whether a rule gave the value.
    pub derived: bool,
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
    pub events: Vec<LinkView>,
    /// The evidence.
    pub sources: Vec<SourceView>,
    /// Sources that say otherwise.
    pub disputes: Vec<DisputeView>,
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

/// A source that says otherwise.
#[derive(Clone, Debug, Serialize)]
pub struct DisputeView {
    /// What it says.
    pub value: String,
    /// In more words.
    pub note_html: Option<String>,
    /// The source.
    pub source: SourceView,
}

impl CellView {
    fn new(index: usize, card: &Card, site: &Site, strings: &Strings) -> Self {
        let (criterion, cell) = (&site.catalogue.criteria[index], &card.cells[index]);
        let fact = card.entry.facts.get(criterion.id());
        let texts = &card.facts[index];
        let values = parts(cell, criterion, strings);
        let disputes = fact.into_iter().flat_map(|fact| &fact.disputed).zip(&texts.disputes).map(|(dispute, note)| DisputeView {
            value: answer_label(&dispute.value.value, criterion, strings),
            note_html: note.as_ref().map(body::html),
            source: SourceView::new(&dispute.source, &site.catalogue),
        });
        let law = site.route(PageKind::Law);
        let events = cell.events.iter().filter_map(|&event| {
            let event = &site.events[event];
            Some(LinkView { label: event.entry.title.clone(), url: address(law?, &event.anchor) })
        });
        Self {
            index,
            criterion: criterion.id().to_owned(),
            light: cell.light.word(),
            known: cell.is_known(),
            applies: cell.applies,
            value: values.iter().map(|part| part.label.as_str()).collect::<Vec<_>>().join(", "),
            own_light: cell.parts.first().map_or("grey", |part| part.light.word()),
            values,
            adjusted: cell.adjusted.clone(),
            derived: cell.derived,
            note_html: texts.note.as_ref().map(body::html),
            note: texts.note.as_ref().map(|note| note.plain().to_owned()),
            limits_html: texts.limits.as_ref().map(body::html),
            checked: fact.map(|fact| fact.checked.value.0.to_string()),
            confidence: cell.confidence.map(crate::parse::scalar::Confidence::word),
            expires: cell.expires.map(|day| day.to_string()),
            expired: cell.expired && !cell.parts.is_empty(),
            historic: cell.historic && !cell.parts.is_empty(),
            events: events.collect(),
            sources: fact.into_iter().flat_map(|fact| &fact.sources).map(|source| SourceView::new(source, &site.catalogue)).collect(),
            disputes: disputes.collect(),
        }
    }
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

/// A rating.
#[derive(Clone, Debug, Serialize)]
pub struct RatingView {
    /// The profile's id.
    pub profile: String,
    /// The profile's name.
    pub profile_label: String,
    /// `green`, `yellow`, `red`, `grey`.
    pub light: &'static str,
    /// The verdict in words.
    pub word: String,
    /// What decided, in a line.
    pub reason: String,
    /// Every step, in words.
    pub trace: Vec<StepView>,
    /// Unknown ones among gates and strong criteria.
    pub unknown: usize,
    /// Gates and strong criteria.
    pub total: usize,
}

/// Lights counted over the cells of a card or of a criterion.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Counts {
    /// Fulfilled.
    pub green: usize,
    /// Partly.
    pub yellow: usize,
    /// Not fulfilled.
    pub red: usize,
    /// Unknown.
    pub grey: usize,
    /// Without weight.
    pub neutral: usize,
    /// The question does not arise (these are counted here only).
    pub not_applicable: usize,
}

impl Counts {
    pub(super) fn add(&mut self, cell: &Cell) {
        let count = match cell.light {
            _ if !cell.applies => &mut self.not_applicable,
            Light::Green => &mut self.green,
            Light::Yellow => &mut self.yellow,
            Light::Red => &mut self.red,
            Light::Grey => &mut self.grey,
            Light::Neutral => &mut self.neutral,
        };
        *count += 1;
    }
}

/// Who offers a system.
#[derive(Clone, Debug, Serialize)]
pub struct ProviderView {
    /// The company or project.
    pub name: String,
    /// Its seat's code.
    pub country: String,
    /// Its seat's name.
    pub country_name: String,
    /// Name of the seat of the company that controls it.
    pub parent_country_name: String,
}

/// The vendor's reply.
#[derive(Clone, Debug, Serialize)]
pub struct ResponseView {
    /// When it came.
    pub date: String,
    /// What it says.
    pub text_html: String,
    /// Where it can be read.
    pub url: Option<String>,
}

/// A system.
#[derive(Clone, Debug, Serialize)]
pub struct SystemView {
    /// The last part of its address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The product it is a variant of.
    pub product: String,
    /// Which variant.
    pub variant: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// `active`, `ending`, `discontinued`.
    pub status: &'static str,
    /// Whether the card is only kept.
    pub archive: bool,
    /// Who offers it.
    pub provider: ProviderView,
    /// The product's own website.
    pub website: String,
    /// Two sentences.
    pub summary_html: String,
    /// The same as text.
    pub summary: String,
    /// Last full review.
    pub reviewed: String,
    /// Its page.
    pub url: String,
    /// One cell for every criterion, in their order.
    pub cells: Vec<CellView>,
    /// One rating for every profile, in their order.
    pub ratings: Vec<RatingView>,
    /// Lights over all cells.
    pub counts: Counts,
    /// What changed, newest first.
    pub changes: Vec<ChangeView>,
    /// Steps that make it safer.
    pub hardening_html: Vec<String>,
    /// The vendor's reply.
    pub response: Option<ResponseView>,
    /// Slugs of the other variants of the product.
    pub variants: Vec<String>,
}

impl SystemView {
    /// The view of a card.
    pub fn new(card: &Card, site: &Site, strings: &Strings) -> Self {
        let entry = &card.entry;
        let mut counts = Counts::default();
        card.cells.iter().for_each(|cell| counts.add(cell));
        let index = site.cards.iter().position(|other| other.slug == card.slug).unwrap_or(0);
        let url = site.route(PageKind::System(index)).map(|route| address(route, "")).unwrap_or_default();
        let variants = site.cards.iter().filter(|other| other.entry.product == entry.product && other.slug != card.slug);
        let ratings = card.ratings.iter().zip(&site.catalogue.profiles).map(|(rating, profile)| RatingView {
            profile: profile.id.clone(),
            profile_label: profile.label.clone(),
            light: rating.light.word(),
            word: trace::verdict(rating, strings),
            reason: trace::reason(rating, site, strings),
            trace: trace::steps(rating, card, site, strings),
            unknown: rating.unknown,
            total: rating.total,
        });
        Self {
            slug: card.slug.clone(),
            name: entry.name.clone(),
            product: entry.product.value.0.clone(),
            variant: entry.variant.clone(),
            aliases: entry.aliases.clone(),
            status: entry.status.word(),
            archive: card.is_archive(),
            provider: ProviderView {
                name: entry.provider.name.clone(),
                country: entry.provider.country.value.0.clone(),
                country_name: country_name(&entry.provider.country.value.0, strings),
                parent_country_name: country_name(&entry.provider.parent_country.value.0, strings),
            },
            website: entry.website.0.clone(),
            summary_html: body::html(&card.summary),
            summary: card.summary.plain().to_owned(),
            reviewed: entry.reviewed.value.0.to_string(),
            url,
            cells: (0..card.cells.len()).map(|index| CellView::new(index, card, site, strings)).collect(),
            ratings: ratings.collect(),
            counts,
            changes: ChangeView::of_card(card, site, strings),
            hardening_html: card.hardening.iter().map(body::html).collect(),
            response: entry.response.as_ref().zip(card.response.as_ref()).map(|(response, text)| ResponseView {
                date: response.date.0.to_string(),
                text_html: body::html(text),
                url: response.url.as_ref().map(|url| url.0.clone()),
            }),
            variants: variants.map(|other| other.slug.clone()).collect(),
        }
    }
}

/// A group of criteria.
#[derive(Clone, Debug, Serialize)]
pub struct GroupView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Its name in table heads.
    pub short: String,
    /// Indices of its criteria.
    pub criteria: Vec<usize>,
}

impl GroupView {
    pub(super) fn new(group: &Group) -> Self {
        Self { id: group.id.clone(), label: group.label.clone(), short: group.short.clone(), criteria: group.criteria.clone() }
    }
}

/// A value of a criterion.
#[derive(Clone, Debug, Serialize)]
pub struct ValueView {
    /// The word used in cards.
    pub id: String,
    /// The word for readers.
    pub label: String,
    /// Its light.
    pub light: &'static str,
    /// What it means.
    pub meaning: String,
    /// `false`: the question does not arise.
    pub applies: bool,
}

/// A criterion.
#[derive(Clone, Debug, Serialize)]
pub struct CriterionView {
    /// Its id.
    pub id: String,
    /// The last part of its address, and its anchor on system pages.
    pub slug: String,
    /// Its name.
    pub label: String,
    /// Its name in table heads.
    pub short: String,
    /// The question.
    pub question: String,
    /// What it is, why it matters, how it counts.
    pub explanation_html: String,
    /// Norms.
    pub law: Vec<String>,
    /// `gate`, `strong` ….
    pub role: &'static str,
    /// Roles by profile, where they differ from `role`.
    pub profile_roles: Vec<ProfileRole>,
    /// Index of its group.
    pub group: usize,
    /// The values there are.
    pub values: Vec<ValueView>,
    /// Days after which a check no longer counts.
    pub max_age_days: u32,
    /// Whether its value is computed.
    pub derived: bool,
    /// Reasons of the rules that change lights.
    pub adjustments: Vec<String>,
    /// Where the criterion itself comes from.
    pub sources: Vec<SourceView>,
    /// Its page.
    pub url: String,
    /// Lights over all systems, archive cards left out.
    pub counts: Counts,
}

/// How a criterion counts in a profile.
#[derive(Clone, Debug, Serialize)]
pub struct ProfileRole {
    /// The profile's name.
    pub profile: String,
    /// The role.
    pub role: &'static str,
    /// Why.
    pub because: String,
}

impl CriterionView {
    pub(super) fn new(index: usize, site: &Site) -> Self {
        let criterion = &site.catalogue.criteria[index];
        let entry = &criterion.entry;
        let mut counts = Counts::default();
        site.cards.iter().filter(|card| !card.is_archive()).for_each(|card| counts.add(&card.cells[index]));
        let profile_roles = site.catalogue.profiles.iter().flat_map(|profile| {
            let changes = profile.changes.iter().filter(move |(changed, role, _)| *changed == index && *role != entry.role);
            changes.map(|(_, role, because)| ProfileRole { profile: profile.label.clone(), role: role.word(), because: because.clone() })
        });
        let values = entry.values.iter().map(|value| ValueView {
            id: value.id.value.clone(),
            label: value.label.clone(),
            light: value.light.word(),
            meaning: value.meaning.clone(),
            applies: value.applies,
        });
        Self {
            id: criterion.id().to_owned(),
            slug: entry.slug.value.0.clone(),
            label: entry.label.clone(),
            short: entry.short.clone().unwrap_or_else(|| entry.label.clone()),
            question: entry.question.clone(),
            explanation_html: site.explanations.get(index).map(body::html).unwrap_or_default(),
            law: entry.law.clone(),
            role: entry.role.word(),
            profile_roles: profile_roles.collect(),
            group: criterion.group,
            values: values.collect(),
            max_age_days: entry.max_age_days.unwrap_or(site.config.freshness.default_max_age_days),
            derived: criterion.is_derived(),
            adjustments: criterion.adjust.iter().map(|rule| rule.then.1.clone()).collect(),
            sources: entry.sources.iter().map(|source| SourceView::new(source, &site.catalogue)).collect(),
            url: site.route(PageKind::Criterion(index)).map(|route| address(route, "")).unwrap_or_default(),
            counts,
        }
    }
}

/// A reader profile.
#[derive(Clone, Debug, Serialize)]
pub struct ProfileView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Whom it is for.
    pub description: String,
    /// Names of its gates.
    pub gates: Vec<String>,
    /// What counts differently from the catalogue.
    pub changes: Vec<ProfileChange>,
}

/// What counts differently in a profile.
#[derive(Clone, Debug, Serialize)]
pub struct ProfileChange {
    /// The criterion.
    pub criterion: LinkView,
    /// Its role here.
    pub role: &'static str,
    /// Why.
    pub because: String,
}

impl ProfileView {
    pub(super) fn new(profile: &Profile, site: &Site) -> Self {
        let criteria = &site.catalogue.criteria;
        let changes = profile.changes.iter().map(|(index, role, because)| ProfileChange {
            criterion: LinkView {
                label: criteria[*index].entry.label.clone(),
                url: site.route(PageKind::Criterion(*index)).map(|route| address(route, "")).unwrap_or_default(),
            },
            role: role.word(),
            because: because.clone(),
        });
        Self {
            id: profile.id.clone(),
            label: profile.label.clone(),
            description: profile.description.clone(),
            gates: criteria.iter().zip(&profile.roles).filter(|(_, role)| **role == Role::Gate).map(|(criterion, _)| criterion.entry.label.clone()).collect(),
            changes: changes.collect(),
        }
    }
}
