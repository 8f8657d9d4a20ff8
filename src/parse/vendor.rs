//! `vendors/<slug>.yaml`: one card, one variant of one product.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};

use super::at::At;

use super::scalar::{Confidence, Country, Date, Slug, SourceDate, Status, WebAddress};

/// The whole file.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Vendor card")]
pub struct CardFile {
    /// The system's name.
    pub name: String,
    /// Groups the variants of one product.
    pub product: At<Slug>,
    /// Which variant: operating model, plan.
    pub variant: String,
    /// Other names, for the search.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Whether it can still be had.
    pub status: Status,
    /// Who offers it.
    pub provider: Provider,
    /// The product's own website.
    pub website: WebAddress,
    /// Two sentences (Markdown).
    pub summary: At<String>,
    /// Last full review of the card.
    pub reviewed: At<Date>,
    /// The facts by criterion.
    pub facts: BTreeMap<At<String>, FactEntry>,
    /// What changed, newest first.
    #[serde(default)]
    pub changes: Vec<ChangeEntry>,
    /// The vendor's reply, marked as such.
    #[serde(default)]
    pub response: Option<Response>,
    /// Steps that make this variant safer (Markdown).
    #[serde(default)]
    pub hardening: Vec<At<String>>,
}

/// Who offers a system.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// The company or project.
    pub name: String,
    /// Its seat.
    pub country: At<Country>,
    /// The seat of the company that controls it; its own if there is none.
    pub parent_country: At<Country>,
}

/// What we know about one criterion, and from where.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactEntry {
    /// The value: as the criterion's type says, or `unknown`. None for derived criteria.
    #[serde(default)]
    pub value: Option<At<Answer>>,
    /// What the sources say, in our words (Markdown).
    #[serde(default)]
    pub note: Option<At<String>>,
    /// What the value does not promise (Markdown).
    #[serde(default)]
    pub limits: Option<At<String>>,
    /// The day somebody looked at the sources.
    pub checked: At<Date>,
    /// How sure we are; required unless the value is unknown.
    #[serde(default)]
    pub confidence: Option<At<Confidence>>,
    /// The evidence; required unless the value is unknown.
    #[serde(default)]
    pub sources: Vec<SourceRef>,
    /// Sources that say otherwise.
    #[serde(default)]
    pub disputed: Vec<Dispute>,
}

/// A value as written: one text or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// One text.
    One(String),
    /// A list of texts.
    Many(Vec<At<String>>),
}

/// A source.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceRef {
    /// Where it can be read.
    pub url: At<WebAddress>,
    /// What it is: publisher and subject.
    pub title: String,
    /// One of the catalogue's source kinds.
    pub kind: At<String>,
    /// Its own date, or `undated`.
    pub date: SourceDate,
}

/// A source that says otherwise.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dispute {
    /// What it says, as a value or in words.
    pub value: At<Answer>,
    /// What exactly it says (Markdown).
    #[serde(default)]
    pub note: Option<At<String>>,
    /// The source.
    pub source: SourceRef,
}

/// Something that changed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeEntry {
    /// When.
    pub date: At<Date>,
    /// The criterion it is about.
    #[serde(default)]
    pub criterion: Option<At<String>>,
    /// The value before.
    #[serde(default)]
    pub from: Option<At<String>>,
    /// The value after.
    #[serde(default)]
    pub to: Option<At<String>>,
    /// What happened (Markdown).
    pub why: At<String>,
}

/// The vendor's reply.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Response {
    /// When it came.
    pub date: Date,
    /// What it says (Markdown).
    pub text: At<String>,
    /// Where it can be read.
    #[serde(default)]
    pub url: Option<WebAddress>,
}

impl Answer {
    /// Its parts: one or several.
    pub fn parts(&self) -> Vec<&str> {
        match self {
            Self::One(text) => vec![text],
            Self::Many(texts) => texts.iter().map(|text| text.value.as_str()).collect(),
        }
    }

    /// Whether it is the reserved word `unknown`.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::One(text) if text == "unknown")
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnswerVisitor)
    }
}

struct AnswerVisitor;

impl<'de> Visitor<'de> for AnswerVisitor {
    type Value = Answer;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a list of texts")
    }
    fn visit_str<E>(self, text: &str) -> Result<Answer, E> {
        Ok(Answer::One(text.to_owned()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Answer, A::Error> {
        let mut texts = Vec::new();
        while let Some(text) = seq.next_element()? {
            texts.push(text);
        }
        Ok(Answer::Many(texts))
    }
}

impl JsonSchema for Answer {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Answer".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": ["string", "number", "array"], "items": { "type": ["string", "number"] } })
    }
}
