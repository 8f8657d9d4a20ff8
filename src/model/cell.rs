//! One cell of the matrix: what a card says about a criterion, and how it counts today.
//!
//! 1. [`fill`] takes the facts as the card states them;
//! 2. derived criteria get their value from the rules, in an order that is safe;
//! 3. every value gets its light, rules over two facts change it and are named;
//! 4. age, later legal events and the kinds of its sources bound what it is worth.

use crate::base::date::Day;
use crate::parse::criteria::{AgeFrom, Combine, ValueEntry, ValueKind};
use crate::parse::decode::is_hole;
use crate::parse::law::EventStatus;
use crate::parse::scalar::{Confidence, Light};
use crate::parse::vendor::{CardFile, FactEntry};

use super::catalogue::{Catalogue, Criterion, CriterionId, Key, Outcome, Rule};
use super::law::Event;

/// A cell.
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one value, each shown by itself")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The value, part by part; empty when unknown.
    pub parts: Vec<Part>,
    /// The light that counts: grey when unknown or too old.
    pub light: Light,
    /// Whether the question does not arise.
    pub applies: bool,
    /// Why the light is another one than the value's own.
    pub adjusted: Option<String>,
    /// Whether a rule gave the value.
    pub derived: bool,
    /// Index of that rule among the criterion's `derive`.
    pub rule: Option<usize>,
    /// How sure we are, after the bounds that the kinds of sources set.
    pub confidence: Option<Confidence>,
    /// Whether the sources bounded it.
    pub capped: bool,
    /// The last day on which the check counts.
    pub expires: Option<Day>,
    /// Whether the finding is too old to count.
    pub expired: bool,
    /// Whether that is because its newest source is old: history, not an overdue check.
    pub historic: bool,
    /// Indices of later legal events that touch the value.
    pub events: Vec<usize>,
}

/// A part of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The word in the card.
    pub id: String,
    /// Its own light, before any rule.
    pub light: Light,
    /// Index among the criterion's values, for their label and meaning.
    pub value: Option<usize>,
}

impl Cell {
    /// Whether a value is there and counts.
    pub fn is_known(&self) -> bool {
        !self.parts.is_empty() && !self.expired
    }

    /// Nothing is known.
    pub(crate) fn unknown() -> Self {
        Self {
            parts: Vec::new(),
            light: Light::Grey,
            applies: true,
            adjusted: None,
            derived: false,
            rule: None,
            confidence: None,
            capped: false,
            expires: None,
            expired: false,
            historic: false,
            events: Vec::new(),
        }
    }
}

/// What the cells of a card depend on, beside the card.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    /// The legal events.
    pub events: &'a [Event],
    /// The day of the build.
    pub today: Day,
    /// Days a check counts where a criterion says nothing else.
    pub default_max_age_days: u32,
}

/// The cells of a card, one for every criterion of the catalogue, in its order.
pub fn fill(card: &CardFile, frame: Frame<'_>) -> Vec<Cell> {
    let catalogue = frame.catalogue;
    let mut cells: Vec<Cell> = catalogue.criteria.iter().map(|criterion| stated(criterion, card, frame)).collect();
    for &index in &catalogue.derived {
        let derived = derive(index, card, &cells, frame);
        cells[index] = derived;
    }
    for (index, criterion) in catalogue.criteria.iter().enumerate() {
        if let Some(fact) = card.facts.get(criterion.id()).filter(|fact| !is_hole(&fact.checked)) {
            cells[index].events = later_events(index, &cells[index], fact.checked.value.0, frame);
        }
    }
    let lights: Vec<Option<(Light, String)>> = catalogue.criteria.iter().map(|criterion| adjust(criterion, card, &cells, catalogue)).collect();
    for (cell, change) in cells.iter_mut().zip(lights) {
        if let Some((light, because)) = change.filter(|(light, _)| cell.is_known() && *light != cell.light) {
            cell.light = light;
            cell.adjusted = Some(because);
        }
    }
    cells
}

/// The cell as the card states it.
fn stated(criterion: &Criterion, card: &CardFile, frame: Frame<'_>) -> Cell {
    let Some(fact) = card.facts.get(criterion.id()) else { return Cell::unknown() };
    let mut cell = Cell::unknown();
    bound(&mut cell, fact, criterion, frame);
    let answer = match &fact.value {
        Some(answer) if !answer.value.is_unknown() && !criterion.is_derived() => &answer.value,
        _ => return cell,
    };
    let words: Vec<String> = answer.parts().into_iter().map(str::to_owned).collect();
    set(&mut cell, words, criterion, frame);
    cell
}

/// The cell of a derived criterion; a fact on it is its evidence.
fn derive(index: CriterionId, card: &CardFile, cells: &[Cell], frame: Frame<'_>) -> Cell {
    let criterion = &frame.catalogue.criteria[index];
    let mut cell = Cell { parts: Vec::new(), ..cells[index].clone() };
    cell.derived = true;
    // A computed value is as fresh as what it is computed from.
    (cell.expired, cell.historic, cell.expires) = (false, false, None);
    cell.rule = first_match(&criterion.derive, card, cells, frame.catalogue);
    let words = match cell.rule.map(|rule| &criterion.derive[rule].then) {
        Some(Outcome::Copy(key)) => words_of(*key, card, cells).unwrap_or_default(),
        Some(Outcome::Value(value)) => vec![value.clone()],
        Some(Outcome::Unknown) | None => Vec::new(),
    };
    set(&mut cell, words, criterion, frame);
    cell
}

/// Fills in the parts and the light that follows from them.
fn set(cell: &mut Cell, words: Vec<String>, criterion: &Criterion, frame: Frame<'_>) {
    cell.parts = words.into_iter().map(|id| part(id, criterion, frame.catalogue)).collect();
    cell.applies = !cell.parts.iter().any(|part| entry(part, criterion).is_some_and(|value| !value.applies));
    cell.light = if cell.is_known() { combine(&cell.parts, criterion.entry.combine) } else { Light::Grey };
}

fn part(id: String, criterion: &Criterion, catalogue: &Catalogue) -> Part {
    let value = criterion.entry.values.iter().position(|value| match criterion.entry.kind {
        ValueKind::Country => value.id.value == "other" || catalogue.country_is(&id, &value.id),
        _ => value.id.value == id,
    });
    // A text has no light; a country that no value covers is not settled.
    let missing = if criterion.entry.kind == ValueKind::Country { Light::Grey } else { Light::Neutral };
    let light = value.map_or(missing, |value| criterion.entry.values[value].light);
    Part { id, light, value }
}

/// The catalogue's entry for a part.
pub fn entry<'a>(part: &Part, criterion: &'a Criterion) -> Option<&'a ValueEntry> {
    criterion.entry.values.get(part.value?)
}

/// The light of several parts; neutral ones stand back behind the others.
fn combine(parts: &[Part], combine: Combine) -> Light {
    let weighed = parts.iter().map(|part| part.light).filter(|light| *light != Light::Neutral);
    let light = match combine {
        Combine::Worst => weighed.max(),
        Combine::Best => weighed.min(),
    };
    light.unwrap_or(Light::Neutral)
}

/// Age and confidence: what the evidence is worth today.
fn bound(cell: &mut Cell, fact: &FactEntry, criterion: &Criterion, frame: Frame<'_>) {
    let cap = fact.sources.iter().filter_map(|source| frame.catalogue.kinds.get(&source.kind.value)).map(|kind| kind.max_confidence).max();
    let declared = fact.confidence.as_ref().map(|confidence| confidence.value);
    cell.confidence = declared.map(|declared| cap.map_or(declared, |cap| declared.min(cap)));
    cell.capped = cell.confidence != declared;
    let newest = fact.sources.iter().filter_map(|source| source.date.0).map(crate::base::date::PartDate::first_day).max();
    let from = match criterion.entry.age_from {
        AgeFrom::Checked => fact.checked.value.0,
        AgeFrom::Source => newest.unwrap_or(fact.checked.value.0),
    };
    if is_hole(&fact.checked) {
        return;
    }
    let days = criterion.entry.max_age_days.unwrap_or(frame.default_max_age_days);
    let expires = from.plus_days(i64::from(days));
    cell.expires = Some(expires);
    cell.expired = frame.today > expires;
    cell.historic = cell.expired && criterion.entry.age_from == AgeFrom::Source;
}

/// The events after the check that touch one of the parts. What is pending or lies in the
/// future has changed nothing yet; of a date that is only a month, its last day counts.
fn later_events(index: CriterionId, cell: &Cell, checked: Day, frame: Frame<'_>) -> Vec<usize> {
    let events = frame.events;
    let touches = |event: &Event| {
        let is_meant = |value: &Option<String>| value.as_ref().is_none_or(|value| cell.parts.iter().any(|part| part.id == *value));
        let date = event.entry.date.value.0;
        let has_effect = event.entry.status != EventStatus::Pending && date.first_day() <= frame.today && date.last_day() > checked;
        has_effect && event.affects.iter().any(|(affected, value)| *affected == index && is_meant(value))
    };
    if cell.parts.is_empty() { Vec::new() } else { (0..events.len()).filter(|&event| touches(&events[event])).collect() }
}

fn adjust(criterion: &Criterion, card: &CardFile, cells: &[Cell], catalogue: &Catalogue) -> Option<(Light, String)> {
    first_match(&criterion.adjust, card, cells, catalogue).map(|rule| criterion.adjust[rule].then.clone())
}

/// The first rule whose conditions all hold.
fn first_match<T>(rules: &[Rule<T>], card: &CardFile, cells: &[Cell], catalogue: &Catalogue) -> Option<usize> {
    let holds = |key: Key, words: &[String]| {
        words_of(key, card, cells).is_some_and(|found| found.iter().all(|word| words.iter().any(|name| catalogue.country_is(word, name))))
    };
    rules.iter().position(|rule| rule.when.iter().all(|(key, words)| holds(*key, words)))
}

/// The words of a value, if it is known.
fn words_of(key: Key, card: &CardFile, cells: &[Cell]) -> Option<Vec<String>> {
    match key {
        Key::Criterion(index) => cells[index].is_known().then(|| cells[index].parts.iter().map(|part| part.id.clone()).collect()),
        Key::ProviderName => Some(vec![card.provider.name.clone()]),
        Key::ProviderCountry => Some(vec![card.provider.country.value.0.clone()]),
        Key::ParentCountry => Some(vec![card.provider.parent_country.value.0.clone()]),
        Key::CardStatus => Some(vec![card.status.word().to_owned()]),
    }
}

#[cfg(test)]
mod tests;
