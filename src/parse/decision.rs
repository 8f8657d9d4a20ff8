//! `vendors/_decision.yaml`: how readers narrow the systems down. Which criteria the
//! comparison can be filtered by, what the decision aid asks, what remains to be done.

use schemars::JsonSchema;
use serde::Deserialize;

use super::at::At;
use super::scalar::Slug;

/// The whole file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Decision aid")]
pub struct DecisionFile {
    /// Criteria with values that the comparison can be filtered by, in this order.
    #[serde(default)]
    pub filters: Vec<At<String>>,
    /// The questions, in the order in which they are asked.
    #[serde(default)]
    pub questions: Vec<QuestionEntry>,
    /// What remains to be done whatever is chosen (Markdown).
    #[serde(default)]
    pub duties: Vec<At<String>>,
}

/// A question.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionEntry {
    /// Its name in the address.
    pub id: At<Slug>,
    /// The question.
    pub label: String,
    /// What follows from it, in a sentence.
    #[serde(default)]
    pub hint: Option<String>,
    /// Whether several answers can be given.
    #[serde(default)]
    pub many: bool,
    /// The answers; the first is the one that is given before anybody answers.
    pub answers: Vec<AnswerEntry>,
}

/// An answer.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerEntry {
    /// Its name in the address.
    pub id: At<Slug>,
    /// The answer.
    pub label: String,
    /// What it means, in a sentence.
    #[serde(default)]
    pub hint: Option<String>,
    /// What a system must then fulfil.
    #[serde(default)]
    pub needs: Vec<NeedEntry>,
    /// What then remains to be done (Markdown).
    #[serde(default)]
    pub duties: Vec<At<String>>,
}

/// What a system must fulfil: a criterion and the values that are good enough.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NeedEntry {
    /// The criterion.
    pub criterion: At<String>,
    /// One part of the value is among these.
    #[serde(default)]
    pub any: Vec<At<String>>,
    /// Every part of the value is among these.
    #[serde(default)]
    pub all: Vec<At<String>>,
}
