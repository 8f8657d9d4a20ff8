//! `content/glossary.yaml`: terms, synonyms, short definitions.

use schemars::JsonSchema;
use serde::Deserialize;

use super::at::At;

/// The whole file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Glossary")]
pub struct GlossaryFile {
    /// The terms, in any order.
    pub terms: Vec<TermEntry>,
}

/// A term.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TermEntry {
    /// The term as it is shown.
    pub term: At<String>,
    /// Other words for it: shown, and the search's synonyms.
    #[serde(default)]
    pub synonyms: Vec<String>,
    /// One sentence.
    pub short: At<String>,
    /// A few sentences (Markdown).
    #[serde(default)]
    pub definition: Option<At<String>>,
    /// Related terms.
    #[serde(default)]
    pub see: Vec<At<String>>,
    /// Norms.
    #[serde(default)]
    pub law: Vec<String>,
}
