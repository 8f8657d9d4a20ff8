//! A card as a checked value: facts that fit the catalogue, cells, ratings, texts.
//!
//! 1. [`check`] compares the card with the catalogue;
//! 2. [`Card::build`] rates the cells for every profile and resolves the texts.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::codes::{self, Letter};
use crate::base::date::Day;
use crate::base::diag::Diagnostic;
use crate::base::path::Route;
use crate::base::source::Source;
use crate::parse::at::At;
use crate::parse::config::Language;
use crate::parse::criteria::ValueKind;
use crate::parse::decode::is_hole;
use crate::parse::scalar::{Date, Status};
use crate::parse::vendor::{Answer, CardFile, FactEntry, SourceRef};

use super::catalogue::{Catalogue, Criterion, UNKNOWN};
use super::cell::{Cell, Frame};
use super::prose::Prose;
use super::rating::{self, Rating};
use super::texts::Texts;

/// A card.
#[derive(Clone, Debug)]
pub struct Card {
    /// The last part of its address.
    pub slug: String,
    /// Its address.
    pub route: Route,
    /// Its file.
    pub source: Source,
    /// What the file says.
    pub entry: Arc<CardFile>,
    /// One cell for every criterion, in the catalogue's order.
    pub cells: Vec<Cell>,
    /// One rating for every profile, in their order.
    pub ratings: Vec<Rating>,
    /// The summary.
    pub summary: Prose,
    /// The texts of each fact, in the catalogue's order.
    pub facts: Vec<FactTexts>,
    /// The reasons of the changes, in their order.
    pub changes: Vec<Prose>,
    /// The hardening steps.
    pub hardening: Vec<Prose>,
    /// The vendor's reply.
    pub response: Option<Prose>,
    /// The slugs of the other cards of the same product, in the order of the cards.
    pub variants: Vec<String>,
    /// In a translation: the language of the card's own words, if it is not translated.
    pub language: Option<Language>,
    /// In a translation: the language of the changes, if they are not translated.
    pub changes_language: Option<Language>,
}

/// The texts of a fact.
#[derive(Clone, Debug, Default)]
pub struct FactTexts {
    /// What the sources say.
    pub note: Option<Prose>,
    /// What the value does not promise.
    pub limits: Option<Prose>,
    /// What each dispute says.
    pub disputes: Vec<DisputeTexts>,
    /// In a translation: the language of the value, if that is words that are not translated.
    pub language: Option<Language>,
}

/// The texts of a dispute.
#[derive(Clone, Debug, Default)]
pub struct DisputeTexts {
    /// What exactly it says.
    pub note: Option<Prose>,
    /// In a translation: the language of the value, if that is words that are not translated.
    pub language: Option<Language>,
}

impl Card {
    /// Builds a card from its file.
    pub fn build(route: Route, source: Source, entry: Arc<CardFile>, cells: Vec<Cell>, frame: Frame<'_>, texts: &mut Texts<'_>) -> Self {
        let catalogue = frame.catalogue;
        let ratings = catalogue.profiles.iter().map(|profile| rating::rate(entry.status, &cells, catalogue, profile)).collect();
        let mut prose = |text: &At<String>| texts.prose(text, &source);
        let summary = prose(&entry.summary);
        let facts =
            catalogue.criteria.iter().map(|criterion| entry.facts.get(criterion.id()).map_or_else(FactTexts::default, |fact| fact_texts(fact, &mut prose)));
        let facts = facts.collect();
        let changes = entry.changes.iter().map(|change| prose(&change.why)).collect();
        let hardening = entry.hardening.iter().map(&mut prose).collect();
        let response = entry.response.as_ref().map(|response| prose(&response.text));
        let slug = source.path.stem().to_owned();
        let (language, changes_language) = (None, None);
        let variants = Vec::new();
        Self { slug, route, source, entry, cells, ratings, summary, facts, changes, hardening, response, variants, language, changes_language }
    }

    /// Tells each card of the others of its product.
    pub fn link_variants(cards: &mut [Self]) {
        let mut products: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, card) in cards.iter().enumerate() {
            products.entry(&card.entry.product.value.0).or_default().push(index);
        }
        let several: Vec<Vec<usize>> = products.into_values().filter(|indices| indices.len() > 1).collect();
        for indices in several {
            for &index in &indices {
                let others = indices.iter().filter(|other| **other != index);
                cards[index].variants = others.map(|&other| cards[other].slug.clone()).collect();
            }
        }
    }

    /// Whether the system is gone and the card only kept.
    pub fn is_archive(&self) -> bool {
        self.entry.status == Status::Discontinued
    }
}

fn fact_texts(fact: &FactEntry, prose: &mut impl FnMut(&At<String>) -> Prose) -> FactTexts {
    FactTexts {
        note: fact.note.as_ref().map(&mut *prose),
        limits: fact.limits.as_ref().map(&mut *prose),
        disputes: fact.disputed.iter().map(|dispute| DisputeTexts { note: dispute.note.as_ref().map(&mut *prose), language: None }).collect(),
        language: None,
    }
}

/// Compares a card with the catalogue: ids, values, sources, dates.
pub fn check(card: &CardFile, source: &Source, catalogue: &Catalogue, today: Day) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut say = |finding: Diagnostic, range: &std::ops::Range<usize>| findings.push(finding.at(source.span(range.clone())));
    for (id, fact) in &card.facts {
        let Some(index) = catalogue.find(id) else {
            say(unknown_criterion(id, catalogue), &id.range);
            continue;
        };
        check_fact(id, fact, &catalogue.criteria[index], today, &mut say);
        let sources = fact.sources.iter().chain(fact.disputed.iter().map(|dispute| &dispute.source));
        check_sources(sources, catalogue, &mut say);
    }
    for change in &card.changes {
        if let Some(id) = change.criterion.as_ref().filter(|id| catalogue.find(id).is_none() && !is_hole(id)) {
            say(unknown_criterion(id, catalogue), &id.range);
        }
        check_date(&change.date, "change", today, &mut say);
    }
    let dates = card.changes.iter().map(|change| &change.date);
    if let Some((_, later)) = dates.clone().zip(dates.skip(1)).find(|(first, second)| first.value < second.value && !is_hole(first) && !is_hole(second)) {
        say(Diagnostic::error(codes::CHANGES_ORDER, "this change is newer than the one above it").help("keep the newest change first"), &later.range);
    }
    check_date(&card.reviewed, "review", today, &mut say);
    findings
}

/// Kinds of sources exist. Also for the sources of criteria, articles and legal events.
pub fn check_sources<'a>(sources: impl Iterator<Item = &'a SourceRef>, catalogue: &Catalogue, say: &mut impl FnMut(Diagnostic, &std::ops::Range<usize>)) {
    for source in sources {
        let kind = &source.kind;
        if !catalogue.kinds.contains_key(&kind.value) && !is_hole(kind) && !catalogue.kinds.is_empty() {
            let finding = Diagnostic::error(codes::UNKNOWN_SOURCE_KIND, format!("there is no kind of source `{kind}`"));
            say(finding.suggest(kind, catalogue.kinds.keys().map(String::as_str)), &kind.range);
        }
    }
}

pub(super) fn unknown_criterion(id: &str, catalogue: &Catalogue) -> Diagnostic {
    Diagnostic::error(codes::UNKNOWN_CRITERION, format!("there is no criterion `{id}`")).suggest(id, catalogue.ids())
}

fn check_date(date: &At<Date>, what: &str, today: Day, say: &mut impl FnMut(Diagnostic, &std::ops::Range<usize>)) {
    if date.value.0 > today && !is_hole(date) {
        let finding = Diagnostic::error(codes::FUTURE_DATE, format!("this {what} lies in the future: {} is after {today}", date.value.0));
        say(finding.help("write the day on which it happened"), &date.range);
    }
}

fn check_fact(id: &At<String>, fact: &FactEntry, criterion: &Criterion, today: Day, say: &mut impl FnMut(Diagnostic, &std::ops::Range<usize>)) {
    check_date(&fact.checked, "check", today, say);
    let Some(value) = &fact.value else {
        if !criterion.is_derived() {
            let finding = Diagnostic::error(Letter::Vendor.code(4), format!("the key `value` is missing in `{id}`"));
            say(finding.help("add `value:`, or write `value: unknown`"), &id.range);
        }
        return;
    };
    if is_hole(value) {
        return;
    }
    if criterion.is_derived() {
        let finding = Diagnostic::error(codes::DERIVED_VALUE, format!("`{id}` is computed by the catalogue"));
        say(finding.help("remove `value:`; note and sources may stay as evidence"), &value.range);
        return;
    }
    if value.value.is_unknown() {
        return;
    }
    check_value(value, criterion, say);
    if fact.sources.is_empty() || fact.confidence.is_none() {
        let what = if fact.sources.is_empty() { "source" } else { "confidence" };
        let finding = Diagnostic::error(codes::NO_SOURCE, format!("`{id}` has a value but no {what}"));
        let help = if fact.sources.is_empty() { "add a source, or write `value: unknown`" } else { "add `confidence: high`, `medium` or `low`" };
        say(finding.help(help), &id.range);
    }
    let needs_limits = value.value.parts().iter().any(|part| criterion.entry.limits_required.iter().any(|needed| needed.value == *part));
    if needs_limits && fact.limits.is_none() {
        let finding = Diagnostic::error(codes::MISSING_LIMITS, format!("`{id}` needs `limits` for this value"));
        say(finding.help("add `limits:` and say what the value does not cover"), &id.range);
    }
}

fn check_value(value: &At<Answer>, criterion: &Criterion, say: &mut impl FnMut(Diagnostic, &std::ops::Range<usize>)) {
    let entry = &criterion.entry;
    if let Answer::Many(words) = &value.value
        && let Some(word) = words.iter().find(|word| word.value == UNKNOWN)
    {
        let finding = Diagnostic::error(codes::UNKNOWN_VALUE, "`unknown` stands in a list");
        say(finding.help("write `value: unknown` without brackets"), &word.range);
        return;
    }
    let wrong_kind = |expected: &str, help: &str| Diagnostic::error(codes::UNKNOWN_VALUE, format!("`{}` takes {expected}", criterion.id())).help(help);
    match (entry.kind, &value.value) {
        (ValueKind::Choice, Answer::Many(_)) => say(wrong_kind("one value, not a list", "write one value without brackets"), &value.range),
        (ValueKind::Text | ValueKind::Country, Answer::Many(_)) => say(wrong_kind("one text, not a list", "write one text without brackets"), &value.range),
        (ValueKind::Choices | ValueKind::List, Answer::One(_)) => say(wrong_kind("a list", "write it in brackets: `[…]`"), &value.range),
        (ValueKind::Country, Answer::One(code)) if code.len() != 2 || !code.bytes().all(|b| b.is_ascii_uppercase()) => {
            let finding = Diagnostic::error(codes::UNKNOWN_COUNTRY, format!("`{code}` is no country code"));
            say(finding.help("write two capital letters of ISO 3166-1, for example `DE`"), &value.range);
        }
        (ValueKind::Choice, Answer::One(word)) => check_word(word, &value.range, criterion, say),
        (ValueKind::Choices, Answer::Many(words)) => {
            if words.is_empty() {
                say(wrong_kind("at least one value", "write a value, or `value: unknown`"), &value.range);
            }
            words.iter().filter(|word| !is_hole(word)).for_each(|word| check_word(word, &word.range, criterion, say));
        }
        (ValueKind::Text | ValueKind::List | ValueKind::Country, _) => {}
    }
}

fn check_word(word: &str, range: &std::ops::Range<usize>, criterion: &Criterion, say: &mut impl FnMut(Diagnostic, &std::ops::Range<usize>)) {
    if criterion.value(word).is_none() {
        let finding = Diagnostic::error(codes::UNKNOWN_VALUE, format!("`{}` has no value `{word}`", criterion.id()));
        let known = criterion.entry.values.iter().map(|value| value.id.value.as_str()).chain(["unknown"]);
        say(finding.suggest(word, known), range);
    }
}
