//! JSON Schemas that know this site: its criteria with their questions, their values, its kinds of sources.
//!
//! 1. [`of`] takes the schema of the type and puts in what the catalogue says;
//! 2. each criterion becomes a key of a card's `facts` ([`fact`]), with the same rules that [`super::card::check`] checks;
//! 3. files that name criteria and values get them as a list of words ([`pairs`]).
//!
//! The catalogue's own schema stays general: what it names, it declares itself.

use crate::base::codes::Letter;
use crate::base::source::Sources;
use crate::parse::criteria::{CatalogueFile, CriterionEntry, ValueKind};
use crate::parse::json::{self, Json, json};
use crate::parse::load_file;
use crate::parse::schema::{FileKind, generic};

use super::catalogue::UNKNOWN;

/// What tells a schema of ours from another file.
pub const MARK: &str = "Written by `leitfaden schema`; run it again when the criteria change.";

/// The schema of a kind of file for the site in `sources`; without a catalogue, for any site.
pub fn of(kind: FileKind, sources: &Sources) -> String {
    let mut schema = generic(kind);
    let catalogue = sources.text("vendors/_criteria.yaml").and_then(|source| load_file::<CatalogueFile>(source, Letter::Criteria).0);
    if let Some(catalogue) = catalogue.filter(|catalogue| !catalogue.criteria.is_empty()) {
        narrow(kind, &mut schema, &catalogue);
    }
    if let Json::Object(map) = &mut schema {
        map.insert("$comment".to_owned(), Json::from(MARK));
    }
    json::pretty(&schema)
}

fn narrow(kind: FileKind, schema: &mut Json, catalogue: &CatalogueFile) {
    let criteria = || words(catalogue.criteria.iter().map(|criterion| (criterion.id.value.0.as_str(), criterion.label.as_str())));
    match kind {
        FileKind::Article => source_kinds(schema, catalogue),
        FileKind::Vendor => {
            source_kinds(schema, catalogue);
            facts(schema, catalogue);
            set(schema, "/definitions/ChangeEntry/properties/criterion", or_nothing(&criteria()));
        }
        FileKind::Translation => {
            let facts = catalogue.criteria.iter().map(|criterion| (criterion.id.value.0.clone(), fact_words(criterion)));
            let facts: json::Map = facts.collect();
            set(schema, "/properties/facts", json!({ "type": "object", "properties": facts, "additionalProperties": false }));
        }
        FileKind::Profiles => set(schema, "/definitions/RoleChange/properties/criterion", criteria()),
        FileKind::Decision => {
            let with_values = catalogue.criteria.iter().filter(|criterion| !criterion.values.is_empty());
            let filters = words(with_values.map(|criterion| (criterion.id.value.0.as_str(), criterion.label.as_str())));
            set(schema, "/properties/filters/items", filters);
            set(schema, "/definitions/NeedEntry/properties/criterion", criteria());
            set(schema, "/definitions/QuestionEntry/properties/answers/minItems", Json::from(1));
            let lists = |criterion: &CriterionEntry| {
                let value = need_value(criterion)?;
                Some(json!({ "any": { "items": value }, "all": { "items": value } }))
            };
            let one_list = json!({ "oneOf": [filled("any"), filled("all")] });
            set(schema, "/definitions/NeedEntry/allOf", Json::from([pairs(catalogue, lists), vec![one_list]].concat()));
        }
        FileKind::Law => {
            source_kinds(schema, catalogue);
            set(schema, "/definitions/Affected/properties/criterion", criteria());
            let value = |criterion: &CriterionEntry| Some(json!({ "value": or_nothing(&value_words(criterion)?) }));
            set(schema, "/definitions/Affected/allOf", Json::from(pairs(catalogue, value)));
        }
        FileKind::Site => set(schema, "/definitions/SearchConfig/properties/facets/items", criteria()),
        FileKind::Criteria | FileKind::Newsletter | FileKind::Glossary => {}
    }
}

/// Replaces, or adds to its parent, what stands at a JSON pointer; what a key is for stays said.
fn set(schema: &mut Json, pointer: &str, value: Json) {
    let Some((parent, key)) = pointer.rsplit_once('/') else { return };
    let Some(Json::Object(parent)) = schema.pointer_mut(parent) else { return };
    let description = parent.get(key).and_then(|old| old.get("description")).cloned();
    let mut value = value;
    if let (Some(description), Json::Object(new)) = (description, &mut value) {
        new.insert("description".to_owned(), description);
    }
    parent.insert(key.to_owned(), value);
}

/// A list of words with what each means; a word that looks like a number may be written as one.
fn words<'a>(entries: impl IntoIterator<Item = (&'a str, &'a str)>) -> Json {
    let (mut allowed, mut meanings) = (Vec::new(), Vec::new());
    for (id, meaning) in entries {
        let number = id.parse::<i64>().ok().filter(|number| number.to_string() == id);
        for word in [Some(Json::from(id)), number.map(Json::from)].into_iter().flatten() {
            allowed.push(word);
            meanings.push(meaning);
        }
    }
    json!({ "enum": allowed, "enumDescriptions": meanings })
}

fn or_nothing(schema: &Json) -> Json {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

/// A list with at least one entry.
fn filled(key: &str) -> Json {
    json!({ "properties": { key: { "minItems": 1 } }, "required": [key] })
}

fn source_kinds(schema: &mut Json, catalogue: &CatalogueFile) {
    if !catalogue.source_kinds.is_empty() {
        let kinds = words(catalogue.source_kinds.iter().map(|kind| (kind.id.value.0.as_str(), kind.label.as_str())));
        set(schema, "/definitions/SourceRef/properties/kind", kinds);
    }
}

/// For every criterion: if it is named, then the other keys beside it are as `of` says.
fn pairs(catalogue: &CatalogueFile, of: impl Fn(&CriterionEntry) -> Option<Json>) -> Vec<Json> {
    let pair = |criterion: &CriterionEntry| {
        let named = json!({ "properties": { "criterion": { "const": criterion.id.value.0 } }, "required": ["criterion"] });
        Some(json!({ "if": named, "then": { "properties": of(criterion)? } }))
    };
    catalogue.criteria.iter().filter_map(pair).collect()
}

/// The values that a criterion lists.
fn value_words(criterion: &CriterionEntry) -> Option<Json> {
    let entries = criterion.values.iter().map(|value| (value.id.value.as_str(), value.label.as_str()));
    (!criterion.values.is_empty()).then(|| words(entries))
}

/// A value that a reader may need: a country also by its code.
fn need_value(criterion: &CriterionEntry) -> Option<Json> {
    let listed = value_words(criterion)?;
    let by_code = json!({ "type": "string", "pattern": COUNTRY });
    Some(if criterion.kind == ValueKind::Country { json!({ "anyOf": [listed, by_code] }) } else { listed })
}

/// Two capital letters.
const COUNTRY: &str = "^[A-Z]{2}$";

fn facts(schema: &mut Json, catalogue: &CatalogueFile) {
    let facts = catalogue.criteria.iter().map(|criterion| (criterion.id.value.0.clone(), fact(criterion)));
    let facts: json::Map = facts.collect();
    set(schema, "/properties/facts", json!({ "type": "object", "properties": facts, "additionalProperties": false }));
}

/// A fact about one criterion.
fn fact(criterion: &CriterionEntry) -> Json {
    let mut all = vec![json!({ "$ref": "#/definitions/FactEntry" })];
    if criterion.derive.is_empty() {
        all.push(json!({ "properties": { "value": value(criterion) }, "required": ["value"] }));
        all.push(json!({
            "if": { "properties": { "value": { "const": UNKNOWN } } },
            "else": { "properties": { "sources": { "minItems": 1 }, "confidence": { "type": "string" } }, "required": ["sources", "confidence"] },
        }));
        if !criterion.limits_required.is_empty() {
            let these = words(criterion.limits_required.iter().map(|id| (id.value.as_str(), "")));
            let named = json!({ "anyOf": [these, { "type": "array", "contains": these }] });
            all.push(json!({
                "if": { "properties": { "value": named }, "required": ["value"] },
                "then": { "properties": { "limits": { "type": ["string", "number"] } }, "required": ["limits"] },
            }));
        }
    } else {
        // Computed by the catalogue; note and sources may stand as evidence.
        all.push(json!({ "properties": { "value": { "type": "null" } } }));
    }
    json!({ "title": criterion.label, "description": criterion.question, "allOf": all })
}

/// The words of a fact about one criterion: a value only where it is words itself.
fn fact_words(criterion: &CriterionEntry) -> Json {
    let nothing = json!({ "type": "null" });
    let value = match criterion.kind {
        _ if !criterion.derive.is_empty() => nothing,
        ValueKind::Text => or_nothing(&json!({ "type": ["string", "number"] })),
        ValueKind::List => or_nothing(&json!({ "type": "array", "items": { "type": ["string", "number"] } })),
        ValueKind::Choice | ValueKind::Choices | ValueKind::Country => nothing,
    };
    json!({ "title": criterion.label, "description": criterion.question, "allOf": [{ "$ref": "#/definitions/FactWords" }, { "properties": { "value": value } }] })
}

/// What stands under `value`.
fn value(criterion: &CriterionEntry) -> Json {
    let unknown = (UNKNOWN, "");
    let entries = || criterion.values.iter().map(|value| (value.id.value.as_str(), value.label.as_str()));
    match criterion.kind {
        ValueKind::Choice => words(entries().chain([unknown])),
        ValueKind::Choices => json!({ "anyOf": [{ "const": UNKNOWN }, { "type": "array", "minItems": 1, "items": words(entries()) }] }),
        ValueKind::Text => json!({ "type": ["string", "number"] }),
        ValueKind::List => {
            json!({ "anyOf": [{ "const": UNKNOWN }, { "type": "array", "items": { "type": ["string", "number"], "not": { "const": UNKNOWN } } }] })
        }
        ValueKind::Country => json!({ "anyOf": [{ "const": UNKNOWN }, { "type": "string", "pattern": COUNTRY }] }),
    }
}
