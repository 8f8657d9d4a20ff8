//! What a card says in words, as comments under the keys of its translation: the editor translates them in place.
//!
//! 1. [`commented`] goes through the card in the order of the keys;
//! 2. values and changes that the catalogue has words for are left out: they are translated there.

use std::fmt::Write as _;

use crate::parse::criteria::{CatalogueFile, CriterionEntry, ValueKind};
use crate::parse::json::{self, Json};
use crate::parse::vendor::{Answer, CardFile, FactEntry};

/// The words of a card, each line a comment.
pub(super) fn commented(card: &CardFile, catalogue: Option<&CatalogueFile>) -> String {
    let find = |id: &str| catalogue?.criteria.iter().find(|criterion| criterion.id.value.0 == id);
    let mut out = String::new();
    let mut line = |text: &str| {
        let _ = writeln!(out, "# {text}");
    };
    let facts: Vec<(&str, Vec<String>)> = card.facts.iter().map(|(id, fact)| (id.value.as_str(), fact_lines(fact, find(id)))).collect();
    if facts.iter().any(|(_, lines)| !lines.is_empty()) {
        line("facts:");
    }
    for (id, lines) in facts.iter().filter(|(_, lines)| !lines.is_empty()) {
        line(&format!("  {id}:"));
        for text in lines {
            line(&format!("    {text}"));
        }
    }
    if !card.changes.is_empty() {
        line("changes:");
    }
    for change in &card.changes {
        let criterion = change.criterion.as_ref().and_then(|id| find(id));
        let ends = [("from", &change.from), ("to", &change.to)];
        let ends = ends.into_iter().filter_map(|(key, value)| Some((key, value.as_ref().filter(|value| is_word(value, criterion))?)));
        let words = ends.chain([("why", &change.why)]).map(|(key, text)| format!("{key}: {}", quoted(text)));
        line(&format!("  - {{{}}}", words.collect::<Vec<_>>().join(", ")));
    }
    if let Some(response) = &card.response {
        line(&format!("response: {}", quoted(&response.text)));
    }
    if !card.hardening.is_empty() {
        line("hardening:");
    }
    card.hardening.iter().for_each(|step| line(&format!("  - {}", quoted(step))));
    out
}

fn fact_lines(fact: &FactEntry, criterion: Option<&CriterionEntry>) -> Vec<String> {
    let states_words = criterion.is_some_and(|criterion| criterion.derive.is_empty() && matches!(criterion.kind, ValueKind::Text | ValueKind::List));
    let value = fact.value.as_ref().filter(|value| states_words && !value.value.is_unknown());
    let mut lines: Vec<String> = value.map(|value| format!("value: {}", answer(&value.value))).into_iter().collect();
    lines.extend([("note", &fact.note), ("limits", &fact.limits)].into_iter().filter_map(|(key, text)| Some(format!("{key}: {}", quoted(text.as_ref()?)))));
    if !fact.disputed.is_empty() {
        lines.push("disputed:".to_owned());
    }
    for dispute in &fact.disputed {
        let is_words = dispute.value.value.parts().into_iter().any(|word| is_word(word, criterion));
        let value = is_words.then(|| format!("value: {}", answer(&dispute.value.value)));
        let note = dispute.note.as_ref().map(|note| format!("note: {}", quoted(note)));
        lines.push(format!("  - {{{}}}", value.into_iter().chain(note).collect::<Vec<_>>().join(", ")));
    }
    lines
}

/// Whether the catalogue has no word for this.
fn is_word(word: &str, criterion: Option<&CriterionEntry>) -> bool {
    let is_value = |criterion: &CriterionEntry| criterion.kind == ValueKind::Country || criterion.values.iter().any(|value| value.id.value == word);
    word != "unknown" && !criterion.is_some_and(is_value)
}

fn answer(answer: &Answer) -> String {
    match answer {
        Answer::One(text) => quoted(text),
        Answer::Many(texts) => format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ")),
    }
}

/// A text in quotes: JSON's are YAML's too.
fn quoted(text: &str) -> String {
    json::line(&Json::from(text))
}
