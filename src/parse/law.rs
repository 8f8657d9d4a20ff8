//! `content/law.yaml`: dated legal events and the facts they touch.

use schemars::JsonSchema;
use serde::Deserialize;

use super::at::At;
use super::scalar::{Date, EventDate};
use super::vendor::SourceRef;

/// The whole file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Legal events")]
pub struct LawFile {
    /// The events, in any order.
    pub events: Vec<EventEntry>,
    /// Names of laws that are no longer in force: texts that use them as current law are found.
    #[serde(default)]
    pub obsolete: Vec<ObsoleteEntry>,
}

/// A name that is no longer current law.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ObsoleteEntry {
    /// The name as texts use it.
    pub name: At<String>,
    /// Other spellings of it.
    #[serde(default)]
    pub also: Vec<String>,
    /// The first day on which it was no longer in force.
    pub until: Date,
    /// What has to be cited instead.
    pub now: String,
    /// The evidence.
    pub sources: Vec<SourceRef>,
}

/// A legal event.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EventEntry {
    /// When, as exact as the sources are.
    pub date: At<EventDate>,
    /// What happened, in a line.
    pub title: String,
    /// What it means (Markdown).
    pub text: At<String>,
    /// Whether it has effect.
    pub status: EventStatus,
    /// The evidence.
    pub sources: Vec<SourceRef>,
    /// Facts with these values must be checked again if they were checked before.
    #[serde(default)]
    pub affects: Vec<Affected>,
    /// When the state of things must be looked at again.
    #[serde(default)]
    pub recheck: Option<At<Date>>,
}

/// Whether an event has effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventStatus {
    /// It has.
    InForce,
    /// Not yet decided.
    Pending,
    /// No longer.
    Repealed,
}

impl EventStatus {
    /// The word it is written with.
    pub fn word(self) -> &'static str {
        match self {
            Self::InForce => "in_force",
            Self::Pending => "pending",
            Self::Repealed => "repealed",
        }
    }
}

/// What an event touches.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Affected {
    /// The criterion.
    pub criterion: At<String>,
    /// Only this value of it.
    #[serde(default)]
    pub value: Option<At<String>>,
}
