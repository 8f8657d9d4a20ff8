//! What readers ask for, and whether a system gives it.
//!
//! 1. [`Decision::build`] checks the file against the catalogue;
//! 2. [`fit`] compares one need with one cell. What is unknown never counts as met.

use std::sync::Arc;

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::source::Source;
use crate::parse::at::At;
use crate::parse::criteria::ValueKind;
use crate::parse::decision::{DecisionFile, NeedEntry};
use crate::parse::decode::is_hole;
use crate::parse::scalar::Status;
use crate::parse::vendor::CardFile;

use super::catalogue::{Catalogue, Criterion, CriterionId};
use super::cell::{self, Cell};
use super::prose::Prose;
use super::texts::Texts;

/// The decision aid as a checked value.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// Criteria that the comparison can be filtered by.
    pub filters: Vec<CriterionId>,
    /// The questions.
    pub questions: Vec<Question>,
    /// What remains to be done whatever is chosen.
    pub duties: Vec<Prose>,
}

/// The systems whose value of a criterion is, or holds, this one: a page of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The criterion.
    pub criterion: CriterionId,
    /// Index among its values.
    pub value: usize,
    /// Indices of the cards, in their order.
    pub cards: Vec<usize>,
}

/// Every value of the filters that at least one card has; archive cards are left out.
pub(super) fn selections(file: &DecisionFile, catalogue: &Catalogue, cards: &[(Arc<CardFile>, Source)], cells: &[Vec<Cell>]) -> Vec<Selection> {
    let filters = file.filters.iter().filter_map(|name| catalogue.find(name));
    let all = filters.flat_map(|criterion| (0..catalogue.criteria[criterion].entry.values.len()).map(move |value| (criterion, value)));
    let selection = |(criterion, value): (CriterionId, usize)| {
        let has = |cells: &[Cell]| cells[criterion].is_known() && cells[criterion].parts.iter().any(|part| part.value == Some(value));
        let found = cards.iter().zip(cells).enumerate().filter(|(_, ((card, _), cells))| card.status != Status::Discontinued && has(cells));
        let cards: Vec<usize> = found.map(|(index, _)| index).collect();
        (!cards.is_empty()).then_some(Selection { criterion, value, cards })
    };
    all.filter_map(selection).collect()
}

/// A question.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its name in the address.
    pub id: String,
    /// The question.
    pub label: String,
    /// What follows from it.
    pub hint: Option<String>,
    /// Whether several answers can be given.
    pub many: bool,
    /// The answers.
    pub answers: Vec<Answer>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its name in the address.
    pub id: String,
    /// The answer.
    pub label: String,
    /// What it means.
    pub hint: Option<String>,
    /// What a system must then fulfil.
    pub needs: Vec<Need>,
    /// What then remains to be done.
    pub duties: Vec<Prose>,
}

/// What a system must fulfil.
#[derive(Clone, Debug)]
pub struct Need {
    /// The criterion.
    pub criterion: CriterionId,
    /// The values that are good enough.
    pub words: Vec<String>,
    /// Whether every part of the value must be among them, or one.
    pub every: bool,
}

/// Whether a system gives what is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It does.
    Yes,
    /// Nobody has settled it, or the check is too old.
    Open,
    /// It does not.
    No,
}

impl Fit {
    /// The word in the HTML.
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Open => "open",
            Self::No => "no",
        }
    }
}

/// Compares a need with the cell of its criterion.
pub fn fit(need: &Need, cell: &Cell, catalogue: &Catalogue) -> Fit {
    if !cell.is_known() {
        return Fit::Open;
    }
    let criterion = &catalogue.criteria[need.criterion];
    let is_meant = |part: &cell::Part| {
        let entry = cell::entry(part, criterion).map(|value| value.id.value.as_str());
        need.words.iter().any(|word| *word == part.id || Some(word.as_str()) == entry)
    };
    let met = if need.every { cell.parts.iter().all(is_meant) } else { cell.parts.iter().any(is_meant) };
    if met { Fit::Yes } else { Fit::No }
}

impl Decision {
    /// Builds the decision aid; what is wrong is left out and reported.
    pub(super) fn build(file: &DecisionFile, source: &Source, catalogue: &Catalogue, texts: &mut Texts<'_>) -> Self {
        let mut builder = Builder { source, catalogue, findings: Vec::new() };
        let filters = file.filters.iter().filter_map(|name| builder.filter(name)).collect();
        let mut questions: Vec<Question> = Vec::new();
        for entry in &file.questions {
            let taken = questions.iter().any(|known| known.id == entry.id.value.0) || catalogue.find(&entry.id.value.0).is_some();
            builder.unique(&entry.id.value.0, &entry.id, taken || ["profile", "rating", "sys"].contains(&entry.id.value.0.as_str()));
            let mut answers: Vec<Answer> = Vec::new();
            for answer in &entry.answers {
                builder.unique(&answer.id.value.0, &answer.id, answers.iter().any(|known| known.id == answer.id.value.0));
                let needs = answer.needs.iter().filter_map(|need| builder.need(need)).collect();
                let duties = answer.duties.iter().map(|duty| texts.prose(duty, source)).collect();
                answers.push(Answer { id: answer.id.value.0.clone(), label: answer.label.clone(), hint: answer.hint.clone(), needs, duties });
            }
            if answers.is_empty() && !is_hole(&entry.id) {
                builder.say("a question without answers", &entry.id, "add `answers:`, or remove the question");
            }
            questions.push(Question { id: entry.id.value.0.clone(), label: entry.label.clone(), hint: entry.hint.clone(), many: entry.many, answers });
        }
        let duties = file.duties.iter().map(|duty| texts.prose(duty, source)).collect();
        texts.findings.extend(builder.findings);
        Self { filters, questions, duties }
    }
}

struct Builder<'a> {
    source: &'a Source,
    catalogue: &'a Catalogue,
    findings: Vec<Diagnostic>,
}

impl Builder<'_> {
    fn filter(&mut self, name: &At<String>) -> Option<CriterionId> {
        let index = self.criterion(name)?;
        if self.catalogue.criteria[index].entry.values.is_empty() {
            self.say("a filter needs a criterion with `values`", name, "name a criterion of type choice, choices or country");
            return None;
        }
        Some(index)
    }

    fn need(&mut self, entry: &NeedEntry) -> Option<Need> {
        let index = self.criterion(&entry.criterion)?;
        let criterion = &self.catalogue.criteria[index];
        let (words, every) = match (entry.any.is_empty(), entry.all.is_empty()) {
            (false, true) => (&entry.any, false),
            (true, false) => (&entry.all, true),
            _ => {
                self.say("a need has neither or both of `any` and `all`", &entry.criterion, "list the values that are good enough under `any` or under `all`");
                return None;
            }
        };
        words.iter().filter(|word| !is_hole(word) && !has_value(criterion, word)).for_each(|word| {
            let finding = Diagnostic::error(codes::CATALOGUE_VALUE, format!("`{}` has no value `{word}`", criterion.id()));
            let known = criterion.entry.values.iter().map(|value| value.id.value.as_str());
            self.findings.push(finding.at(self.source.span(word.range.clone())).suggest(word, known));
        });
        Some(Need { criterion: index, words: words.iter().map(|word| word.value.clone()).collect(), every })
    }

    fn criterion(&mut self, name: &At<String>) -> Option<CriterionId> {
        let index = self.catalogue.find(name);
        if index.is_none() && !is_hole(name) {
            let finding = Diagnostic::error(codes::CATALOGUE_REFERENCE, format!("there is no criterion `{name}`"));
            self.findings.push(finding.at(self.source.span(name.range.clone())).suggest(name, self.catalogue.ids()));
        }
        index
    }

    fn unique<T>(&mut self, id: &str, place: &At<T>, taken: bool) {
        if taken && !id.is_empty() {
            let finding = Diagnostic::error(codes::DUPLICATE_ID, format!("`{id}` is taken already"));
            self.findings.push(finding.at(self.source.span(place.range.clone())).help("choose another name or remove one of the two"));
        }
    }

    fn say<T>(&mut self, message: &str, place: &At<T>, help: &str) {
        self.findings.push(Diagnostic::error(codes::DECISION, message).at(self.source.span(place.range.clone())).help(help));
    }
}

/// Whether the criterion can have this value; a country is named by its code or its value.
fn has_value(criterion: &Criterion, word: &str) -> bool {
    let listed = criterion.entry.values.iter().any(|value| value.id.value == word);
    match criterion.entry.kind {
        ValueKind::Country => listed || (word.len() == 2 && word.bytes().all(|b| b.is_ascii_uppercase())),
        ValueKind::Choice | ValueKind::Choices => listed,
        ValueKind::Text | ValueKind::List => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{cell, scale};
    use super::*;
    use crate::parse::scalar::Light;

    fn need(words: &[&str], every: bool) -> Need {
        Need { criterion: 0, words: words.iter().map(|word| (*word).to_owned()).collect(), every }
    }

    fn with_parts(parts: &[&str]) -> Cell {
        let part = |id: &&str| cell::Part { id: (*id).to_owned(), light: Light::Green, value: None };
        Cell { parts: parts.iter().map(part).collect(), ..cell(Light::Green) }
    }

    #[test]
    fn a_need_is_met_by_one_part_or_by_all_of_them() {
        let (catalogue, _) = scale(1, 1);
        for (parts, words, every, expected) in [
            (&["a"][..], &["a", "b"][..], false, Fit::Yes),
            (&["c"], &["a", "b"], false, Fit::No),
            (&["a", "c"], &["a"], false, Fit::Yes),
            (&["a", "c"], &["a"], true, Fit::No),
            (&["a", "b"], &["a", "b"], true, Fit::Yes),
        ] {
            assert_eq!(fit(&need(words, every), &with_parts(parts), &catalogue), expected, "{parts:?} {words:?} {every}");
        }
    }

    #[test]
    fn what_is_unknown_or_too_old_is_open_and_never_met() {
        let (catalogue, _) = scale(1, 1);
        assert_eq!(fit(&need(&["a"], false), &Cell::unknown(), &catalogue), Fit::Open);
        assert_eq!(fit(&need(&["a"], true), &Cell::unknown(), &catalogue), Fit::Open);
        let old = Cell { expired: true, ..with_parts(&["a"]) };
        assert_eq!(fit(&need(&["a"], false), &old, &catalogue), Fit::Open);
    }
}
