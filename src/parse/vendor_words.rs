//! `vendors/<slug>.<language>.yaml`: the words of a card in a further language.
//!
//! Words only. Values that the catalogue names, sources, dates and confidence stand in the card, so that a translation cannot
//! disagree about a fact.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::at::At;
use super::config::Language;
use super::vendor::Answer;
use crate::base::path::SitePath;

/// The whole file.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Translation of a vendor card")]
pub struct CardWords {
    /// Which variant: operating model, plan.
    pub variant: String,
    /// Two sentences (Markdown).
    pub summary: At<String>,
    /// The words of facts by criterion; what is left out stays in the main language.
    #[serde(default)]
    pub facts: BTreeMap<At<String>, FactWords>,
    /// The words of the changes in the card's order: all of them or none.
    #[serde(default)]
    pub changes: Vec<ChangeWords>,
    /// The vendor's reply (Markdown).
    #[serde(default)]
    pub response: Option<At<String>>,
    /// The steps that make this variant safer in the card's order (Markdown): all of them or none.
    #[serde(default)]
    pub hardening: Vec<At<String>>,
}

/// The words of a fact.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactWords {
    /// The value where it is a text of its own or a list of them; others are translated in the catalogue.
    #[serde(default)]
    pub value: Option<At<Answer>>,
    /// What the sources say, in our words (Markdown).
    #[serde(default)]
    pub note: Option<At<String>>,
    /// What the value does not promise (Markdown).
    #[serde(default)]
    pub limits: Option<At<String>>,
    /// The words of sources that say otherwise in the card's order: all of them or none.
    #[serde(default)]
    pub disputed: Vec<DisputeWords>,
}

/// The words of a source that says otherwise.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeWords {
    /// What it says, unless that is one of the criterion's values.
    #[serde(default)]
    pub value: Option<At<Answer>>,
    /// What exactly it says (Markdown).
    #[serde(default)]
    pub note: Option<At<String>>,
}

/// The words of a change.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeWords {
    /// The value before, unless that is one of the criterion's values.
    #[serde(default)]
    pub from: Option<At<String>>,
    /// The value after, unless that is one of the criterion's values.
    #[serde(default)]
    pub to: Option<At<String>>,
    /// What happened (Markdown).
    pub why: At<String>,
}

/// The slug of the card and the language that a file name says: `zoom.en.yaml` holds the words of `zoom.yaml` in English.
pub fn words_of(path: &SitePath) -> Option<(&str, Language)> {
    let (slug, code) = path.stem().rsplit_once('.')?;
    Some((slug, Language::of_code(code)?))
}
