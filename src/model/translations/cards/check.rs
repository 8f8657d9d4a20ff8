//! A card's words compared with the card: they say nothing that it does not say, and lists keep their length.

use std::ops::Range;

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::source::Source;
use crate::parse::at::At;
use crate::parse::criteria::ValueKind;
use crate::parse::decode::is_hole;
use crate::parse::vendor::{Answer, CardFile, FactEntry};
use crate::parse::vendor_words::{CardWords, FactWords};

use super::super::super::card::unknown_criterion;
use super::super::super::catalogue::Criterion;
use super::super::Original;
use super::{has_words, is_word, named, states_words};

/// What there is to say, and where.
type Say<'a> = &'a mut dyn FnMut(Diagnostic, &Range<usize>);

/// Compares the words with their card; what is left out is a remark.
pub(in super::super) fn check(words: &CardWords, source: &Source, card: &CardFile, original: Original<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let say: Say<'_> = &mut |finding, range| findings.push(finding.at(source.span(range.clone())));
    for (id, own) in &words.facts {
        match (named(Some(id), original), card.facts.get(id)) {
            (None, _) => say(unknown_criterion(id, original.checked), &id.range),
            (Some(_), None) => say(more(format!("the card has no fact `{id}`")), &id.range),
            (Some(criterion), Some(fact)) => check_fact(id, own, fact, criterion, say),
        }
    }
    if let Some(first) = words.hardening.first() {
        check_length("hardening", (words.hardening.len(), card.hardening.len()), &first.range, say);
    }
    if let Some(first) = words.changes.first() {
        check_length("changes", (words.changes.len(), card.changes.len()), &first.why.range, say);
    }
    for (own, change) in words.changes.iter().zip(&card.changes).filter(|_| words.changes.len() == card.changes.len()) {
        let criterion = named(change.criterion.as_ref(), original);
        for (key, own_value, value) in [("from", &own.from, &change.from), ("to", &own.to, &change.to)] {
            let wanted = value.as_ref().is_some_and(|value| is_word(value, criterion));
            check_wanted(key, own_value.as_ref().map(|value| &value.range), wanted, &own.why.range, say);
        }
    }
    if let Some(own) = words.response.as_ref().filter(|_| card.response.is_none()) {
        say(more("the card has no `response`".to_owned()), &own.range);
    }
    remark(words, card, original, say);
    findings
}

fn check_fact(id: &At<String>, own: &FactWords, fact: &FactEntry, criterion: &Criterion, say: Say<'_>) {
    for (key, own, known) in [("note", &own.note, &fact.note), ("limits", &own.limits, &fact.limits)] {
        if let Some(own) = own.as_ref().filter(|_| known.is_none()) {
            say(more(format!("the card has no `{key}` in `{id}`")), &own.range);
        }
    }
    if let Some(value) = own.value.as_ref().filter(|value| !is_hole(value)) {
        check_value(value, fact, criterion, say);
    }
    if own.disputed.is_empty() {
        return;
    }
    check_length("disputed", (own.disputed.len(), fact.disputed.len()), &id.range, say);
    for (own, dispute) in own.disputed.iter().zip(&fact.disputed) {
        let place = own.note.as_ref().map_or(&id.range, |note| &note.range);
        if let Some(note) = own.note.as_ref().filter(|_| dispute.note.is_none()) {
            say(more(format!("the card has no `note` in `disputed` of `{id}`")), &note.range);
        }
        let wanted = has_words(&dispute.value.value, Some(criterion));
        check_wanted("value", own.value.as_ref().map(|value| &value.range), wanted, place, say);
        if let Some(value) = own.value.as_ref().filter(|value| wanted && !is_alike(&value.value, &dispute.value.value)) {
            say(unlike(&dispute.value.value), &value.range);
        }
    }
}

/// A value is translated here only where it is words of its own.
fn check_value(value: &At<Answer>, fact: &FactEntry, criterion: &Criterion, say: Say<'_>) {
    let wrong = |message: String, help: &str| Diagnostic::error(codes::UNKNOWN_VALUE, message).help(help);
    let id = criterion.id();
    match (criterion.entry.kind, &value.value) {
        _ if criterion.is_derived() => say(wrong(format!("`{id}` is computed by the catalogue"), "remove `value:`"), &value.range),
        (ValueKind::Choice | ValueKind::Choices | ValueKind::Country, _) => {
            say(wrong(format!("`{id}` has one of the catalogue's values"), "remove `value:`, and translate the value in _criteria.yaml"), &value.range);
        }
        (ValueKind::Text, Answer::Many(_)) => say(wrong(format!("`{id}` takes one text, not a list"), "write one text without brackets"), &value.range),
        (ValueKind::List, Answer::One(_)) => say(wrong(format!("`{id}` takes a list"), "write it in brackets: `[…]`"), &value.range),
        (ValueKind::Text | ValueKind::List, own) => match fact.value.as_ref().filter(|_| states_words(fact, criterion)) {
            None => say(more(format!("the value of `{id}` is not known")), &value.range),
            Some(known) if !is_alike(own, &known.value) => say(unlike(&known.value), &value.range),
            Some(_) => {}
        },
    }
}

/// Words are there exactly where they are needed.
fn check_wanted(key: &str, own: Option<&Range<usize>>, wanted: bool, place: &Range<usize>, say: Say<'_>) {
    match own {
        None if wanted => {
            let finding = Diagnostic::error(codes::WORDS_DIFFER, format!("`{key}` is missing here")).help("translate it too: it is no value of the catalogue");
            say(finding, place);
        }
        Some(range) if !wanted => say(more(format!("the card has no words in this `{key}`")), range),
        _ => {}
    }
}

fn check_length(key: &str, (own, known): (usize, usize), place: &Range<usize>, say: Say<'_>) {
    if known == 0 {
        say(more(format!("the card has no `{key}`")), place);
    } else if own != known {
        let finding = Diagnostic::error(codes::WORDS_DIFFER, format!("`{key}` is {own} long, in the card {known}"));
        say(finding.help("translate all of them in the card's order, or leave the key out"), place);
    }
}

/// Whether two answers have as many parts.
fn is_alike(one: &Answer, other: &Answer) -> bool {
    one.parts().len() == other.parts().len() && matches!(one, Answer::One(_)) == matches!(other, Answer::One(_))
}

fn unlike(known: &Answer) -> Diagnostic {
    let shape = match known {
        Answer::One(_) => "one text".to_owned(),
        Answer::Many(parts) => format!("a list of {}", parts.len()),
    };
    Diagnostic::error(codes::WORDS_DIFFER, format!("the card has {shape} here")).help("translate part by part, in the card's order")
}

fn more(message: String) -> Diagnostic {
    Diagnostic::error(codes::WORDS_DIFFER, message).help("remove it here, or write it into the card first")
}

/// Says which facts stay in the main language.
fn remark(words: &CardWords, card: &CardFile, original: Original<'_>, say: Say<'_>) {
    let is_left = |(id, fact): &(&At<String>, &FactEntry)| {
        let own = words.facts.get(*id).cloned().unwrap_or_default();
        let has_value = named(Some(id), original).is_some_and(|criterion| states_words(fact, criterion));
        (fact.note.is_some() && own.note.is_none())
            || (fact.limits.is_some() && own.limits.is_none())
            || (has_value && own.value.is_none())
            || (!fact.disputed.is_empty() && own.disputed.is_empty())
    };
    let left: Vec<&str> = card.facts.iter().filter(is_left).map(|(id, _)| id.as_str()).collect();
    if !left.is_empty() {
        let finding = Diagnostic::note(codes::WORDS_MISSING, format!("in the main language only: `{}`", left.join("`, `")));
        say(finding.help("translate note, limits, words as values and disputes of these facts, or leave them"), &words.summary.range);
    }
}
