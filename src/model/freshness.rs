//! What is overdue, touched by a later legal event, or claims more than its sources carry.

use crate::base::codes;
use crate::base::date::Day;
use crate::base::diag::Diagnostic;
use crate::base::source::Source;

use super::site::{Card, Site};

/// Reports all facts, reviews and rechecks that are due.
pub fn check(site: &Site) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for card in &*site.cards {
        facts(card, site, &mut findings);
    }
    for article in site.languages().flat_map(|site| &site.articles) {
        if let Some(by) = article.front.review_by.as_ref().filter(|by| by.value.0 < site.today) {
            findings.push(overdue("the article", by.value.0, &article.source, &by.range));
        }
    }
    for event in &site.events {
        if let (Some(by), Some(source)) = (event.entry.recheck.as_ref().filter(|by| by.value.0 < site.today), &site.law_source) {
            findings.push(overdue("the legal event", by.value.0, source, &by.range));
        }
    }
    findings
}

fn overdue(what: &str, by: Day, source: &Source, range: &std::ops::Range<usize>) -> Diagnostic {
    Diagnostic::warning(codes::REVIEW_OVERDUE, format!("{what} had to be looked at again by {by}"))
        .at(source.span(range.clone()))
        .help("look at it again, then set the next day")
}

fn facts(card: &Card, site: &Site, findings: &mut Vec<Diagnostic>) {
    if card.is_archive() {
        return;
    }
    for (criterion, cell) in site.catalogue.criteria.iter().zip(&card.cells) {
        let Some((id, _)) = card.entry.facts.get_key_value(criterion.id()) else { continue };
        let at = card.source.span(id.range.clone());
        if let Some(until) = cell.expires.filter(|_| cell.expired && !cell.historic && !cell.parts.is_empty()) {
            findings.push(
                Diagnostic::warning(codes::FACT_OVERDUE, format!("the check of `{id}` counted until {until}"))
                    .at(at.clone())
                    .help("look at the sources again, then set `checked` to that day"),
            );
        }
        if let Some(event) = cell.events.first().map(|event| &site.events[*event].entry) {
            findings.push(
                Diagnostic::warning(codes::FACT_AFFECTED, format!("`{id}` was checked before “{}” ({})", event.title, event.date.value.0))
                    .at(at.clone())
                    .help("look at the fact again in the light of the event, then set `checked`"),
            );
        }
        if cell.capped {
            let carried = cell.confidence.map_or("low", crate::parse::scalar::Confidence::word);
            findings.push(
                Diagnostic::warning(codes::CONFIDENCE_CAPPED, format!("the sources of `{id}` carry at most confidence `{carried}`"))
                    .at(at)
                    .help(format!("write `confidence: {carried}`, or add a source of another kind")),
            );
        }
    }
}
