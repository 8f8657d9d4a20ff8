//! What readers can ask for, as templates see it: filters, questions, what is not met.

use serde::Serialize;

use crate::model::decision::{Answer, Fit, Question, fit};
use crate::model::link::address;
use crate::model::pages::PageKind;
use crate::model::site::{Card, Site};

use super::super::body;

/// A criterion that the comparison can be filtered by.
#[derive(Clone, Debug, Serialize)]
pub struct FilterView {
    /// Index of the criterion.
    pub criterion: usize,
    /// The values that at least one system has.
    pub options: Vec<OptionView>,
}

/// A value to filter by.
#[derive(Clone, Debug, Serialize)]
pub struct OptionView {
    /// The word used in cards.
    pub id: String,
    /// The word for readers.
    pub label: String,
    /// Its light.
    pub light: &'static str,
    /// What it means.
    pub meaning: String,
    /// Its name in `data-f` of a row: index of the criterion, index of the value.
    pub key: String,
    /// The page that shows these systems only.
    pub url: String,
    /// Indices of the systems.
    pub systems: Vec<usize>,
}

/// Where a filtered page finds what it shows.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct SelectionView {
    /// Index among the filters.
    pub filter: usize,
    /// Index among its options.
    pub option: usize,
}

/// The filters, and for each filtered page its place among them.
pub(super) fn filters(site: &Site) -> (Vec<FilterView>, Vec<SelectionView>) {
    let mut filters: Vec<FilterView> = Vec::new();
    let mut places = Vec::new();
    for (index, selection) in site.selections.iter().enumerate() {
        let value = &site.catalogue.criteria[selection.criterion].entry.values[selection.value];
        let option = OptionView {
            id: value.id.value.clone(),
            label: value.label.clone(),
            light: value.light.word(),
            meaning: value.meaning.clone(),
            key: key(selection.criterion, selection.value),
            url: site.route(PageKind::Selection(index)).map(|route| address(route, "")).unwrap_or_default(),
            systems: selection.cards.clone(),
        };
        if filters.last().is_none_or(|last| last.criterion != selection.criterion) {
            filters.push(FilterView { criterion: selection.criterion, options: Vec::new() });
        }
        let filter = filters.len() - 1;
        places.push(SelectionView { filter, option: filters[filter].options.len() });
        filters[filter].options.push(option);
    }
    (filters, places)
}

fn key(criterion: usize, value: usize) -> String {
    format!("{criterion}-{value}")
}

/// The options that a system is found under: `0-1 4-0`.
pub(super) fn found_under(card: &Card, site: &Site) -> String {
    let mut keys = Vec::new();
    for &criterion in &site.decision.filters {
        let cell = &card.cells[criterion];
        let parts = cell.parts.iter().filter(|_| cell.is_known());
        keys.extend(parts.filter_map(|part| Some(key(criterion, part.value?))));
    }
    keys.dedup();
    keys.join(" ")
}

/// A question of the decision aid.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionView {
    /// Its name in the address.
    pub id: String,
    /// The question.
    pub label: String,
    /// What follows from it.
    pub hint: Option<String>,
    /// Whether several answers can be given.
    pub many: bool,
    /// The answers.
    pub answers: Vec<AnswerView>,
}

/// An answer.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerView {
    /// Its name in the address.
    pub id: String,
    /// Its name among all answers: `betrieb.selbst`.
    pub key: String,
    /// The answer.
    pub label: String,
    /// What it means.
    pub hint: Option<String>,
    /// Indices of the criteria that it asks something of.
    pub criteria: Vec<usize>,
    /// What then remains to be done.
    pub duties_html: Vec<String>,
}

impl QuestionView {
    pub(super) fn new(question: &Question) -> Self {
        let answer = |answer: &Answer| AnswerView {
            id: answer.id.clone(),
            key: answer_key(question, answer),
            label: answer.label.clone(),
            hint: answer.hint.clone(),
            criteria: answer.needs.iter().map(|need| need.criterion).collect(),
            duties_html: answer.duties.iter().map(body::html).collect(),
        };
        Self {
            id: question.id.clone(),
            label: question.label.clone(),
            hint: question.hint.clone(),
            many: question.many,
            answers: question.answers.iter().map(answer).collect(),
        }
    }
}

fn answer_key(question: &Question, answer: &Answer) -> String {
    format!("{}.{}", question.id, answer.id)
}

/// What an answer asks for and a system does not give, or nobody has settled.
#[derive(Clone, Debug, Serialize)]
pub struct UnmetView {
    /// The answer: `betrieb.selbst`.
    pub answer: String,
    /// Index of the criterion.
    pub criterion: usize,
    /// `open` or `no`.
    pub fit: &'static str,
}

/// Everything that some answer asks for and the system does not give.
pub(super) fn unmet(card: &Card, site: &Site) -> Vec<UnmetView> {
    let mut unmet = Vec::new();
    for question in &site.decision.questions {
        for answer in &question.answers {
            for need in &answer.needs {
                let fit = fit(need, &card.cells[need.criterion], &site.catalogue);
                if fit != Fit::Yes {
                    unmet.push(UnmetView { answer: answer_key(question, answer), criterion: need.criterion, fit: fit.word() });
                }
            }
        }
    }
    unmet
}
