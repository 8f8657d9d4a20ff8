//! Data for others: the JSON API with its schemas, and the table as CSV.
//!
//! JSON holds the words of the cards (ids), CSV what readers see; both come from
//! the same cells as the pages.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use crate::model::site::Site;
use crate::parse::strings::Strings;
use crate::parse::{json, schema};

use super::page::absolute;
use super::view::{CellView, CriterionView, GroupView, ProfileView, SourceView, SystemView};

/// Where they lie.
pub const FOLDER: &str = "api/v1/";

/// A file of `/api/v1/`. What one shows of a system is made for that file and dropped, so that not all of them are in memory.
#[derive(Clone, Copy, Debug)]
pub enum DataFile {
    /// `systems/<slug>.json`: one system.
    System(usize),
    /// `systems.json`.
    Systems,
    /// `systems.csv`.
    Table,
    /// `criteria.json`.
    Criteria,
    /// `<name>.schema.json`.
    Schema(&'static str),
}

impl DataFile {
    /// All files of a site; the largest first.
    pub fn all(site: &Site) -> impl Iterator<Item = Self> {
        let schemas = ["systems", "system", "criteria"].map(Self::Schema);
        [Self::Systems, Self::Table, Self::Criteria].into_iter().chain(schemas).chain((0..site.cards.len()).map(Self::System))
    }

    /// Its path in the output.
    pub fn path(self, site: &Site) -> String {
        match self {
            Self::System(index) => format!("{FOLDER}systems/{}.json", site.cards[index].slug),
            Self::Systems => format!("{FOLDER}systems.json"),
            Self::Table => format!("{FOLDER}systems.csv"),
            Self::Criteria => format!("{FOLDER}criteria.json"),
            Self::Schema(name) => format!("{FOLDER}{name}.schema.json"),
        }
    }

    /// Its bytes.
    pub fn make(self, site: &Site, strings: &Strings) -> Vec<u8> {
        let today = site.today.to_string();
        let data_date = today.as_str();
        let text = match self {
            Self::System(index) => {
                let view = SystemView::new(&site.cards[index], site, strings);
                json::pretty(&One { schema: SCHEMA, data_date, system: &system_json(&view) })
            }
            Self::Systems => json::pretty(&All { schema: SCHEMA, data_date, systems: Systems(site, strings) }),
            Self::Table => return csv(site, strings).into_bytes(),
            Self::Criteria => {
                let catalogue = &site.catalogue;
                json::pretty(&CatalogueJson {
                    schema: SCHEMA,
                    data_date,
                    groups: catalogue.groups.iter().map(GroupView::new).collect(),
                    criteria: (0..catalogue.criteria.len()).map(|index| CriterionView::new(index, site)).collect(),
                    profiles: catalogue.profiles.iter().map(|profile| ProfileView::new(profile, site)).collect(),
                })
            }
            Self::Schema("systems") => json::pretty(&schema::written::<All<'_>>()),
            Self::Schema("system") => json::pretty(&schema::written::<One<'_>>()),
            Self::Schema(_) => json::pretty(&schema::written::<CatalogueJson<'_>>()),
        };
        absolute(&text, &site.config.base_url).into_bytes()
    }
}

/// The version of the format.
const SCHEMA: u32 = 1;

/// Every system, made while it is written.
struct Systems<'a>(&'a Site, &'a Strings);

impl Serialize for Systems<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(site, strings) = self;
        let mut list = serializer.serialize_seq(Some(site.cards.len()))?;
        for card in &*site.cards {
            list.serialize_element(&system_json(&SystemView::new(card, site, strings)))?;
        }
        list.end()
    }
}

#[derive(JsonSchema, Serialize)]
#[schemars(title = "systems.json: every system with its facts and ratings")]
struct All<'a> {
    schema: u32,
    data_date: &'a str,
    #[schemars(with = "Vec<SystemJson<'a>>")]
    systems: Systems<'a>,
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
    groups: Vec<GroupView>,
    criteria: Vec<CriterionView>,
    profiles: Vec<ProfileView>,
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
fn csv(site: &Site, strings: &Strings) -> String {
    let mut csv =
        String::from("\u{feff}system;name;variant;criterion;label;value;light;confidence;checked;note;source;source_title;source_kind;source_date\r\n");
    for card in &*site.cards {
        for cell in (0..card.cells.len()).map(|index| CellView::new(index, card, site, strings)) {
            let source = cell.sources.first();
            let of_source = |field: fn(&SourceView) -> &str| source.map(field).unwrap_or_default();
            let date = source.and_then(|source| source.date.as_deref()).unwrap_or_default();
            let fields = [
                card.slug.as_str(),
                &card.entry.name,
                &card.entry.variant,
                &cell.criterion,
                &site.catalogue.criteria[cell.index].entry.label,
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
            for (field, end) in fields.iter().zip(std::iter::repeat_n(";", fields.len() - 1).chain(["\r\n"])) {
                csv_field(&mut csv, field);
                csv.push_str(end);
            }
        }
    }
    csv
}

/// Quotes a field where needed (RFC 4180) and disarms formulas: a leading `=`, `+`,
/// `-`, `@` (also in full width) or tab gets an apostrophe, as OWASP advises against CSV injection.
fn csv_field(csv: &mut String, text: &str) {
    let is_quoted = text.bytes().any(|byte| matches!(byte, b';' | b'"' | b'\n' | b'\r'));
    if is_quoted {
        csv.push('"');
    }
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        csv.push('\'');
    }
    if is_quoted {
        csv.push_str(&text.replace('"', "\"\""));
        csv.push('"');
    } else {
        csv.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::csv_field;

    #[test]
    fn a_field_is_quoted_and_never_a_formula() {
        for (text, field) in [("a", "a"), ("a;b", "\"a;b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("=1+1", "'=1+1"), ("-x;", "\"'-x;\"")] {
            let mut csv = String::new();
            csv_field(&mut csv, text);
            assert_eq!(csv, field);
        }
    }
}
