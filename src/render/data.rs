//! Data for others: the JSON API with its schemas, and the table as CSV.
//!
//! JSON holds the words of the cards (ids), CSV what readers see; both come from
//! the same cells as the pages.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::site::Site;
use crate::parse::{json, schema};

use super::page::absolute;
use super::view::{CellView, CriterionView, GroupView, ProfileView, SiteView, SourceView, SystemView};

/// Where they lie.
pub const FOLDER: &str = "api/v1/";

/// The files of `/api/v1/`: name → bytes.
pub fn files(site: &Site, view: &SiteView) -> Vec<(String, Vec<u8>)> {
    let file = |name: &str, text: &str| (name.to_owned(), absolute(text, &site.config.base_url).into_bytes());
    let mut files = Vec::new();
    let data_date = view.today.as_str();
    let systems: Vec<SystemJson<'_>> = view.systems.iter().map(|system| system_json(system)).collect();
    for system in &systems {
        let single = One { schema: 1, data_date, system };
        files.push(file(&format!("systems/{}.json", system.slug), &json::pretty(&single)));
    }
    files.push(file("systems.json", &json::pretty(&All { schema: 1, data_date, systems })));
    let catalogue = CatalogueJson { schema: 1, data_date, groups: &view.groups, criteria: &view.criteria, profiles: &view.profiles };
    files.push(file("criteria.json", &json::pretty(&catalogue)));
    files.push(("systems.csv".to_owned(), csv(view).into_bytes()));
    let schemas = [("systems", schema::written::<All<'_>>()), ("system", schema::written::<One<'_>>()), ("criteria", schema::written::<CatalogueJson<'_>>())];
    files.extend(schemas.iter().map(|(name, schema)| file(&format!("{name}.schema.json"), &json::pretty(schema))));
    files
}

#[derive(JsonSchema, Serialize)]
#[schemars(title = "systems.json: every system with its facts and ratings")]
struct All<'a> {
    schema: u32,
    data_date: &'a str,
    systems: Vec<SystemJson<'a>>,
}

#[derive(JsonSchema, Serialize)]
#[schemars(title = "systems/<slug>.json: one system with its facts and ratings")]
struct One<'a> {
    schema: u32,
    data_date: &'a str,
    #[serde(flatten)]
    system: &'a SystemJson<'a>,
}

#[derive(JsonSchema, Serialize)]
#[schemars(title = "criteria.json: the catalogue")]
struct CatalogueJson<'a> {
    schema: u32,
    data_date: &'a str,
    groups: &'a [GroupView],
    criteria: &'a [CriterionView],
    profiles: &'a [ProfileView],
}

#[derive(JsonSchema, Serialize)]
struct SystemJson<'a> {
    slug: &'a str,
    name: &'a str,
    product: &'a str,
    variant: &'a str,
    status: &'a str,
    provider: &'a super::view::ProviderView,
    website: &'a str,
    summary: &'a str,
    reviewed: &'a str,
    url: &'a str,
    facts: BTreeMap<&'a str, FactJson<'a>>,
    ratings: BTreeMap<&'a str, RatingJson<'a>>,
}

#[derive(JsonSchema, Serialize)]
struct FactJson<'a> {
    /// An id, `unknown`, a text, or a list of them.
    #[schemars(extend("type" = ["string", "array"], "items" = { "type": "string" }))]
    value: json::Json,
    #[schemars(extend("enum" = ["green", "yellow", "red", "grey", "neutral"]))]
    light: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    checked: Option<&'a str>,
    confidence: Option<&'a str>,
    sources: Vec<SourceJson<'a>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    derived: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    expired: bool,
    /// Given, as `false`, only where the question does not arise.
    #[serde(skip_serializing_if = "Option::is_none")]
    applies: Option<bool>,
}

#[derive(JsonSchema, Serialize)]
struct SourceJson<'a> {
    url: &'a str,
    title: &'a str,
    kind: &'a str,
    date: Option<&'a str>,
}

#[derive(JsonSchema, Serialize)]
struct RatingJson<'a> {
    #[schemars(extend("enum" = ["green", "yellow", "red", "grey"]))]
    light: &'a str,
    verdict: &'a str,
    reason: &'a str,
    trace: Vec<String>,
}

fn system_json(system: &SystemView) -> SystemJson<'_> {
    let facts = system.cells.iter().filter(|cell| !cell.values.is_empty() || cell.checked.is_some());
    let ratings = system.ratings.iter().map(|rating| {
        let trace = rating.trace.iter().map(|step| match (&step.criterion, &step.value) {
            (Some(criterion), Some(value)) => format!("{}: {value}. {}", criterion.label, step.text),
            _ => step.text.clone(),
        });
        (rating.profile.as_str(), RatingJson { light: rating.light, verdict: &rating.word, reason: &rating.reason, trace: trace.collect() })
    });
    SystemJson {
        slug: &system.slug,
        name: &system.name,
        product: &system.product,
        variant: &system.variant,
        status: system.status,
        provider: &system.provider,
        website: &system.website,
        summary: &system.summary,
        reviewed: &system.reviewed,
        url: &system.url,
        facts: facts.map(|cell| (cell.criterion.as_str(), fact_json(cell))).collect(),
        ratings: ratings.collect(),
    }
}

fn fact_json(cell: &CellView) -> FactJson<'_> {
    let ids: Vec<&str> = cell.values.iter().map(|part| part.id.as_str()).collect();
    let value = match ids.as_slice() {
        [] => json::Json::from("unknown"),
        [one] if !cell.many => json::Json::from(*one),
        many => json::Json::from(many.to_vec()),
    };
    FactJson {
        value,
        light: cell.light,
        note: cell.note.clone(),
        checked: cell.checked.as_deref(),
        confidence: cell.confidence,
        sources: cell
            .sources
            .iter()
            .map(|source| SourceJson { url: &source.url, title: &source.title, kind: &source.kind, date: source.date.as_deref() })
            .collect(),
        derived: cell.derived,
        expired: cell.expired,
        applies: (!cell.applies).then_some(false),
    }
}

/// The table for spreadsheet programs: UTF-8 with a byte-order mark, semicolons, a row a fact.
fn csv(view: &SiteView) -> String {
    let mut csv =
        String::from("\u{feff}system;name;variant;criterion;label;value;light;confidence;checked;note;source;source_title;source_kind;source_date\r\n");
    for system in &view.systems {
        for cell in &system.cells {
            let source = cell.sources.first();
            let of_source = |field: fn(&SourceView) -> &str| source.map(field).unwrap_or_default();
            let date = source.and_then(|source| source.date.as_deref()).unwrap_or_default();
            let fields = [
                system.slug.as_str(),
                &system.name,
                &system.variant,
                &cell.criterion,
                &view.criteria[cell.index].label,
                &cell.value,
                cell.light,
                cell.confidence.unwrap_or_default(),
                cell.checked.as_deref().unwrap_or_default(),
                cell.note.as_deref().unwrap_or_default(),
                of_source(|source| &source.url),
                of_source(|source| &source.title),
                of_source(|source| &source.kind_label),
                date,
            ];
            let row: Vec<String> = fields.iter().map(|field| csv_field(field)).collect();
            csv.push_str(&row.join(";"));
            csv.push_str("\r\n");
        }
    }
    csv
}

/// Quotes a field where needed (RFC 4180) and disarms formulas: a leading `=`, `+`,
/// `-`, `@` (also in full width) or tab gets an apostrophe, as OWASP advises against CSV injection.
fn csv_field(text: &str) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let text = if risky { format!("'{text}") } else { text.to_owned() };
    if text.contains([';', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::csv_field;

    #[test]
    fn a_field_is_quoted_and_never_a_formula() {
        for (text, field) in [("a", "a"), ("a;b", "\"a;b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("=1+1", "'=1+1"), ("-x;", "\"'-x;\"")] {
            assert_eq!(csv_field(text), field);
        }
    }
}
