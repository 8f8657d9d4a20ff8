//! A rating in words: the verdict, what decided, and every step.

use serde::Serialize;

use crate::model::catalogue::CriterionId;
use crate::model::link::address;
use crate::model::rating::{Rating, Reason, Step};
use crate::model::site::{Card, Site};
use crate::parse::scalar::Light;
use crate::parse::strings::Strings;

use super::LinkView;
use super::cell::parts;

/// One step of a rating.
#[derive(Clone, Debug, Serialize)]
pub struct StepView {
    /// `gate`, `ceiling`, `strong`, `median`, `unknown`, `archived`.
    pub kind: &'static str,
    /// The light of the step; none where it has none.
    pub light: Option<&'static str>,
    /// The criterion, with the anchor of its fact on the system's page.
    pub criterion: Option<LinkView>,
    /// The value in words.
    pub value: Option<String>,
    /// What the step says.
    pub text: String,
    /// Whether it decided the rating.
    pub decisive: bool,
}

/// The verdict in words.
pub(super) fn verdict(rating: &Rating, strings: &Strings) -> String {
    let key = match (rating.reason, rating.light) {
        (Reason::Archived, _) => "rating.archived",
        (_, Light::Green) => "rating.green",
        (_, Light::Yellow) => "rating.yellow",
        (_, Light::Red) => "rating.red",
        (_, Light::Grey | Light::Neutral) => "rating.grey",
    };
    strings.get(key).to_owned()
}

/// What decided, in a line.
pub(super) fn reason(rating: &Rating, site: &Site, strings: &Strings) -> String {
    let short = |index: CriterionId| {
        let entry = &site.catalogue.criteria[index].entry;
        entry.short.clone().unwrap_or_else(|| entry.label.clone())
    };
    match rating.reason {
        Reason::Archived => strings.get("reason.archived").to_owned(),
        Reason::TooLittleKnown => strings.fill("reason.unknown", &[("unknown", &rating.unknown.to_string()), ("total", &rating.total.to_string())]),
        Reason::Gate(index) => strings.fill("reason.gate", &[("criterion", &short(index))]),
        Reason::OpenGate(index) => strings.fill("reason.open", &[("criterion", &short(index))]),
        Reason::Strong => strings.get("reason.strong").to_owned(),
        Reason::AllMet => strings.get("reason.met").to_owned(),
    }
}

/// Every step, in words.
pub(super) fn steps(rating: &Rating, card: &Card, site: &Site, strings: &Strings) -> Vec<StepView> {
    rating.trace.iter().map(|step| view(*step, rating, card, site, strings)).collect()
}

fn view(step: Step, rating: &Rating, card: &Card, site: &Site, strings: &Strings) -> StepView {
    let plain =
        |kind, light: Option<Light>, text: String, decisive| StepView { kind, light: light.map(Light::word), criterion: None, value: None, text, decisive };
    let about = |kind, index: CriterionId, light: Light, key: &str| {
        let criterion = &site.catalogue.criteria[index];
        let cell = &card.cells[index];
        let value = parts(cell, criterion, strings).iter().map(|part| part.label.clone()).collect::<Vec<_>>().join(", ");
        let url = address(&card.route, &criterion.entry.slug.value.0);
        let because = cell.adjusted.as_ref().map(|because| format!(" {because}")).unwrap_or_default();
        StepView {
            kind,
            light: Some(light.word()),
            criterion: Some(LinkView { label: criterion.entry.label.clone(), url }),
            value: Some(if value.is_empty() { strings.get("light.grey").to_owned() } else { value }),
            text: format!("{}{because}", strings.get(key)),
            decisive: matches!(rating.reason, Reason::Gate(decided) | Reason::OpenGate(decided) if decided == index),
        }
    };
    match step {
        Step::Archived => plain("archived", None, strings.get("step.archived").to_owned(), true),
        Step::Gate(index, light) => about("gate", index, light, &format!("step.gate.{}", light.word())),
        Step::OpenGate(index) => about("gate", index, Light::Grey, "step.gate.grey"),
        Step::ExpiredGate(index) => about("gate", index, Light::Grey, "step.gate.expired"),
        Step::NeutralGate(index) => about("gate", index, Light::Neutral, "step.gate.neutral"),
        Step::Strong(index, light) => about("strong", index, light, &format!("step.strong.{}", light.word())),
        Step::OpenStrong(index) => about("strong", index, Light::Grey, "step.strong.grey"),
        Step::ExpiredStrong(index) => about("strong", index, Light::Grey, "step.strong.expired"),
        Step::Ceiling(light) => plain("ceiling", Some(light), strings.get(&format!("step.ceiling.{}", light.word())).to_owned(), false),
        Step::Median(light, count) => {
            let word = strings.get(&format!("light.{}", light.word())).to_owned();
            let key = if rating.reason == Reason::Strong { "step.median.lowers" } else { "step.median.keeps" };
            plain("median", Some(light), strings.fill(key, &[("count", &count.to_string()), ("light", &word)]), rating.reason == Reason::Strong)
        }
        Step::Unknown { unknown, total, too_much } => {
            let key = if too_much { "step.unknown.too_much" } else { "step.unknown.fine" };
            plain("unknown", None, strings.fill(key, &[("unknown", &unknown.to_string()), ("total", &total.to_string())]), too_much)
        }
    }
}
