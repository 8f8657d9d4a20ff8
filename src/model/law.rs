//! Legal events, checked against the catalogue and sorted newest first.

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::slug::slugify;
use crate::base::source::Source;
use crate::parse::decode::is_hole;
use crate::parse::law::{EventEntry, LawFile};

use super::catalogue::{Catalogue, CriterionId};

/// A legal event.
#[derive(Clone, Debug)]
pub struct Event {
    /// What the file says.
    pub entry: EventEntry,
    /// Its anchor on the timeline.
    pub anchor: String,
    /// The criteria it touches, each with one value or all.
    pub affects: Vec<(CriterionId, Option<String>)>,
}

/// Checks the events and sorts them newest first.
pub fn events(file: &LawFile, source: &Source, catalogue: &Catalogue) -> (Vec<Event>, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let mut events: Vec<Event> = Vec::new();
    for entry in &file.events {
        let mut affects = Vec::new();
        for affected in entry.affects.iter().filter(|affected| !is_hole(&affected.criterion) && !catalogue.criteria.is_empty()) {
            let Some(index) = catalogue.find(&affected.criterion) else {
                let finding = Diagnostic::error(codes::LAW_REFERENCE, format!("there is no criterion `{}`", affected.criterion));
                findings.push(finding.at(source.span(affected.criterion.range.clone())).suggest(&affected.criterion, catalogue.ids()));
                continue;
            };
            let criterion = &catalogue.criteria[index];
            if let Some(value) = affected.value.as_ref().filter(|value| !criterion.entry.values.is_empty() && criterion.value(value).is_none()) {
                let finding = Diagnostic::error(codes::LAW_REFERENCE, format!("`{}` has no value `{value}`", affected.criterion));
                let known = criterion.entry.values.iter().map(|known| known.id.value.as_str());
                findings.push(finding.at(source.span(value.range.clone())).suggest(value, known));
                continue;
            }
            affects.push((index, affected.value.as_ref().map(|value| value.value.clone())));
        }
        let mut anchor = format!("e{}-{}", entry.date.value.0, slugify(&entry.title));
        // A slug is ASCII, so any cut is between two characters.
        anchor.truncate(64);
        let anchor = anchor.trim_end_matches('-').to_owned();
        let twins = events.iter().filter(|event| event.anchor == anchor || event.anchor.starts_with(&format!("{anchor}-n"))).count();
        let anchor = if twins == 0 { anchor } else { format!("{anchor}-n{}", twins + 1) };
        events.push(Event { entry: entry.clone(), anchor, affects });
    }
    events.sort_by(|a, b| b.entry.date.value.0.first_day().cmp(&a.entry.date.value.0.first_day()).then_with(|| a.anchor.cmp(&b.anchor)));
    (events, findings)
}
