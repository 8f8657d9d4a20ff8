//! Cards in a further language: the facts of the card, the words of its translation.
//!
//! 1. [`assign`] finds the card that each file of words belongs to;
//! 2. [`check()`] compares the two: a translation says nothing that the card does not say, and lists keep their length;
//! 3. [`build`] takes the card's facts, rates them with the catalogue in the language, and puts the words in. What has
//!    none stays in the main language and says so.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::path::Route;
use crate::base::source::Source;
use crate::parse::at::At;
use crate::parse::config::Language;
use crate::parse::criteria::ValueKind;
use crate::parse::decode::is_hole;
use crate::parse::vendor::{Answer, FactEntry};
use crate::parse::vendor_words::{CardWords, FactWords, words_of};

use super::super::card::{Card, DisputeTexts, FactTexts};
use super::super::catalogue::{Criterion, UNKNOWN};
use super::super::cell::{self, Frame};
use super::super::prose::Prose;
use super::super::rating;
use super::super::texts::Texts;
use super::Original;

mod check;

pub(super) use check::check;

/// A file of words.
pub(crate) type Translated = (Arc<CardWords>, Source);

/// The words of cards in one language, by the position of the card.
pub(super) fn assign(original: Original<'_>, language: Language, findings: &mut Vec<Diagnostic>) -> BTreeMap<usize, Translated> {
    let mut found = BTreeMap::new();
    for (words, source) in original.words {
        let Some((slug, _)) = words_of(&source.path).filter(|(_, own)| *own == language) else { continue };
        let Some(index) = original.cards.iter().position(|(_, card)| card.path.stem() == slug) else {
            if !original.unreadable.iter().any(|path| path.below("vendors").is_some() && path.stem() == slug) {
                let finding = Diagnostic::error(codes::WORDS_OF_NOTHING, format!("there is no card `{slug}.yaml`")).at(source.span(0..0));
                findings.push(finding.suggest(slug, original.cards.iter().map(|(_, card)| card.path.stem())));
            }
            continue;
        };
        found.insert(index, (Arc::clone(words), source.clone()));
    }
    found
}

/// The card at `route`, as far as there are words for it; `main` is the language of the others.
pub(super) fn build(card: &Card, words: Option<&Translated>, route: Route, frame: Frame<'_>, main: Language, texts: &mut Texts<'_>) -> Card {
    let catalogue = frame.catalogue;
    let mut cells = cell::fill(&card.entry, frame);
    let ratings = catalogue.profiles.iter().map(|profile| rating::rate(card.entry.status, &cells, catalogue, profile)).collect();
    let mut entry = (*card.entry).clone();
    let foreign = |prose: &Prose| Prose { language: Some(main), ..prose.clone() };
    let mut text = |own: Option<&At<String>>, prose: &Prose| match (own, words) {
        (Some(own), Some((_, source))) => texts.prose(own, source),
        _ => foreign(prose),
    };
    let file = words.map(|(words, _)| &**words);
    let mut facts = Vec::new();
    for (index, criterion) in catalogue.criteria.iter().enumerate() {
        let own = file.and_then(|words| words.facts.get(criterion.id())).cloned().unwrap_or_default();
        let known = &card.facts[index];
        let mut said = FactTexts {
            note: known.note.as_ref().map(|note| text(own.note.as_ref(), note)),
            limits: known.limits.as_ref().map(|limits| text(own.limits.as_ref(), limits)),
            ..FactTexts::default()
        };
        if let Some(fact) = entry.facts.get_mut(criterion.id()) {
            said.disputes = disputes(fact, &own, known, criterion, main, &mut text);
            if states_words(fact, criterion) {
                match &own.value {
                    Some(value) => cells[index].parts.iter_mut().zip(value.parts()).for_each(|(part, word)| word.clone_into(&mut part.id)),
                    None => said.language = Some(main),
                }
            }
        }
        facts.push(said);
    }
    let of = |index: usize| file.and_then(|words| words.changes.get(index));
    for (index, change) in entry.changes.iter_mut().enumerate() {
        for (value, own) in [(&mut change.from, of(index).and_then(|own| own.from.as_ref())), (&mut change.to, of(index).and_then(|own| own.to.as_ref()))] {
            *value = own.cloned().or(value.take());
        }
    }
    if let Some(words) = file {
        entry.variant.clone_from(&words.variant);
    }
    Card {
        slug: card.slug.clone(),
        route,
        source: card.source.clone(),
        entry: Arc::new(entry),
        cells,
        ratings,
        summary: text(file.map(|words| &words.summary), &card.summary),
        facts,
        changes: card.changes.iter().enumerate().map(|(index, why)| text(of(index).map(|own| &own.why), why)).collect(),
        hardening: card.hardening.iter().enumerate().map(|(index, step)| text(file.and_then(|words| words.hardening.get(index)), step)).collect(),
        response: card.response.as_ref().map(|reply| text(file.and_then(|words| words.response.as_ref()), reply)),
        variants: card.variants.clone(),
        language: file.is_none().then_some(main),
        changes_language: file.is_none_or(|words| words.changes.is_empty()).then_some(main),
    }
}

/// The texts of a fact's disputes; their values get their words.
fn disputes(
    fact: &mut FactEntry,
    own: &FactWords,
    known: &FactTexts,
    criterion: &Criterion,
    main: Language,
    text: &mut impl FnMut(Option<&At<String>>, &Prose) -> Prose,
) -> Vec<DisputeTexts> {
    let mut texts = Vec::new();
    for (index, (dispute, known)) in fact.disputed.iter_mut().zip(&known.disputes).enumerate() {
        let own = own.disputed.get(index);
        let value = own.and_then(|own| own.value.as_ref());
        let is_foreign = value.is_none() && has_words(&dispute.value.value, Some(criterion));
        if let Some(value) = value {
            dispute.value = value.clone();
        }
        let note = known.note.as_ref().map(|note| text(own.and_then(|own| own.note.as_ref()), note));
        texts.push(DisputeTexts { note, language: is_foreign.then_some(main) });
    }
    texts
}

/// Whether a fact's value is words of its own.
fn states_words(fact: &FactEntry, criterion: &Criterion) -> bool {
    let is_known = fact.value.as_ref().is_some_and(|value| !value.value.is_unknown() && !is_hole(value));
    is_known && !criterion.is_derived() && matches!(criterion.entry.kind, ValueKind::Text | ValueKind::List)
}

/// Whether an answer says anything that the catalogue has no word for.
fn has_words(answer: &Answer, criterion: Option<&Criterion>) -> bool {
    answer.parts().into_iter().any(|word| is_word(word, criterion))
}

/// Whether the catalogue has no word for this.
fn is_word(word: &str, criterion: Option<&Criterion>) -> bool {
    word != UNKNOWN && criterion.is_none_or(|criterion| criterion.entry.kind != ValueKind::Country && criterion.value(word).is_none())
}

/// The criterion that is spoken of.
fn named<'a>(id: Option<&At<String>>, original: Original<'a>) -> Option<&'a Criterion> {
    Some(&original.checked.criteria[original.checked.find(id?)?])
}
