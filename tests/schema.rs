//! Schema and validator say the same: on every file of the guide, on every broken input, and on the
//! starter's files with one thing changed at a time.

use std::collections::{BTreeMap, BTreeSet};

use leitfaden::base::diag::Severity;
use leitfaden::base::path::SitePath;
use leitfaden::base::source::Sources;
use leitfaden::model::schema;
use leitfaden::parse::schema::FileKind;
use leitfaden::pipeline::{Memory, begin};
use serde_json::{Value, json};

use super::broken;
use super::properties::request;
use super::support::{Project, read_tree, repository, run};

/// Numbers of the findings about keys, types and words, which mean the same for every file.
const SHAPE: [&str; 4] = ["002", "004", "005", "006"];

/// Findings that a schema with the site's criteria makes too, beside [`SHAPE`].
const NAMES: [&str; 10] = ["V011", "V012", "V013", "V014", "V015", "V018", "K012", "K014", "K017", "S014"];

/// The kind of a file; none if no schema is about it.
fn kind_of(path: &str) -> Option<FileKind> {
    Some(match path {
        "content/site.yaml" => FileKind::Site,
        "content/glossary.yaml" => FileKind::Glossary,
        "content/law.yaml" => FileKind::Law,
        "content/newsletter.yaml" => FileKind::Newsletter,
        "vendors/_criteria.yaml" => FileKind::Criteria,
        "vendors/_profiles.yaml" => FileKind::Profiles,
        "vendors/_decision.yaml" => FileKind::Decision,
        _ if path.starts_with("vendors/") && path.ends_with(".en.yaml") => FileKind::Translation,
        _ if path.starts_with("vendors/") && path.ends_with(".yaml") => FileKind::Vendor,
        _ if path.starts_with("content/") && path.ends_with(".md") => FileKind::Article,
        _ => return None,
    })
}

/// The YAML of a file as an independent tool reads it; none if the rules of YAML forbid it.
fn instance(path: &str, text: &str) -> Option<Value> {
    let yaml = if path.ends_with(".md") { text.strip_prefix("---\n")?.split_once("\n---\n")?.0 } else { text };
    let options = serde_yaml::options! { strict_booleans: true };
    serde_yaml::from_str_with_options(yaml, options).ok()
}

/// Whether a code has one of the numbers that mean the same for every YAML file.
fn is_of_yaml(code: &str, numbers: &[&str]) -> bool {
    code.starts_with(['A', 'C', 'K', 'S', 'T', 'V']) && numbers.contains(&&code[1..])
}

/// Whether the schema is about what this finding is about.
fn is_of_schema(code: &str, path: &str) -> bool {
    // What the catalogue names it declares itself, so its schema cannot know the names.
    let names = path != "vendors/_criteria.yaml";
    is_of_yaml(code, &SHAPE) || (names && (NAMES.contains(&code) || code == "V016"))
}

/// Compares schema and validator on the files at `paths`; says on which they differ, and counts.
#[derive(Default)]
struct Comparison {
    memory: Option<Memory>,
    /// By the text of the schema.
    validators: BTreeMap<String, jsonschema::Validator>,
    good: usize,
    bad: usize,
    differ: Vec<String>,
}

impl Comparison {
    fn compare(&mut self, what: &str, files: &BTreeMap<String, Vec<u8>>, paths: &BTreeSet<String>) {
        let mut sources = Sources::default();
        for (path, bytes) in files {
            // Names that no path may have are found when the folder is read.
            if let Ok(path) = SitePath::parse(path) {
                sources.add(path, bytes.clone());
            }
        }
        let built = begin(self.memory.get_or_insert_with(Memory::new), &sources, &request(), &mut |_| {});
        let errors: Vec<(&str, String)> = built
            .findings
            .iter()
            // Which characters a file may hold is asked before what it says.
            .filter(|finding| finding.severity == Severity::Error && !finding.message.contains("not allowed in texts"))
            .filter_map(|finding| Some((finding.span.as_ref()?.path.as_str(), finding.code.to_string())))
            .collect();
        for path in paths {
            let Some(kind) = kind_of(path) else { continue };
            let text = String::from_utf8_lossy(&files[path]);
            // Anchors, odd bytes and a broken syntax are found before any schema is asked.
            let unreadable = errors.iter().any(|(place, code)| place == path && is_of_yaml(code, &["001", "003", "007", "008", "009"]));
            let Some(instance) = instance(path, &text).filter(|_| !unreadable) else { continue };
            let text = schema::of(kind, &sources);
            let validator = self.validators.entry(text).or_insert_with_key(|text| {
                let schema: Value = serde_json::from_str(text).unwrap();
                jsonschema::options().should_validate_formats(true).build(&schema).unwrap_or_else(|error| panic!("{kind:?}: {error}"))
            });
            let found: Vec<&String> = errors.iter().filter(|(place, code)| place == path && is_of_schema(code, path)).map(|(_, code)| code).collect();
            let said = validator.iter_errors(&instance).next().map(|error| format!("{error} at {}", error.instance_path()));
            match (&said, found.is_empty()) {
                (None, true) => self.good += 1,
                (Some(_), false) => self.bad += 1,
                _ => self.differ.push(format!("{what}: {path}: the schema says {said:?}, the validator {found:?}")),
            }
        }
    }
}

fn files_of(root: &std::path::Path) -> BTreeMap<String, Vec<u8>> {
    let below = |folder: &'static str| read_tree(&root.join(folder)).into_iter().map(move |(path, bytes)| (format!("{folder}/{path}"), bytes));
    below("content").chain(below("vendors")).collect()
}

#[test]
fn schema_and_validator_agree_on_the_guide_and_on_all_broken_inputs() {
    let mut comparison = Comparison::default();
    let guide = files_of(&repository());
    comparison.compare("the guide", &guide, &guide.keys().cloned().collect());
    assert!(comparison.bad == 0 && comparison.good > 55, "the guide's files are right: {} {:#?}", comparison.good, comparison.differ);
    for row in broken::rows() {
        let Some((files, changed)) = broken::files_after(row) else { continue };
        comparison.compare(row.what, &files, &changed);
    }
    assert!(comparison.differ.is_empty(), "{:#?}", comparison.differ);
    assert!(comparison.good >= 60 && comparison.bad >= 20, "{} right, {} wrong files", comparison.good, comparison.bad);
}

/// Every place in a value: the keys and positions that lead to it.
fn places(value: &Value, at: &mut Vec<String>, all: &mut Vec<String>) {
    let parts: Vec<String> = at.iter().map(|part| part.replace('~', "~0").replace('/', "~1")).collect();
    all.push(parts.iter().flat_map(|part| ["/", part]).collect());
    let children: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), value)).collect(),
        // One entry of a list stands for the others.
        Value::Array(items) => items.iter().enumerate().take(1).map(|(index, value)| (index.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (part, child) in children {
        at.push(part);
        places(child, at, all);
        at.pop();
    }
}

#[test]
fn schema_and_validator_agree_whatever_is_changed() {
    let project = Project::translated();
    project.write("content/law.yaml", std::fs::read(repository().join("tests/broken/law.yaml")).unwrap());
    let files = files_of(&project.root());
    let mut comparison = Comparison::default();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".yaml") && !path.ends_with("beispiel-server.yaml")) {
        let whole = instance(path, std::str::from_utf8(bytes).unwrap()).unwrap();
        let mut all = Vec::new();
        places(&whole, &mut Vec::new(), &mut all);
        for place in all {
            for change in ["remove", "extra", "[]", "{}", "null", "true", "7", "\"zzz\""] {
                let mut changed = whole.clone();
                let target = changed.pointer_mut(&place).unwrap();
                match change {
                    "remove" => {
                        let Some((parent, key)) = place.rsplit_once('/') else { continue };
                        let Some(Value::Object(parent)) = changed.pointer_mut(parent) else { continue };
                        parent.remove(key);
                    }
                    "extra" => {
                        let Value::Object(map) = target else { continue };
                        map.insert("zzz".to_owned(), json!("x"));
                    }
                    value => *target = serde_json::from_str(value).unwrap(),
                }
                // JSON is YAML too.
                let mut files = files.clone();
                files.insert(path.clone(), serde_json::to_vec_pretty(&changed).unwrap());
                comparison.compare(&format!("{change} at {place}"), &files, &BTreeSet::from([path.clone()]));
            }
        }
    }
    assert!(comparison.differ.is_empty(), "{} {:#?}", comparison.differ.len(), &comparison.differ[..comparison.differ.len().min(40)]);
    assert!(comparison.good > 200 && comparison.bad > 400, "{} right, {} wrong files", comparison.good, comparison.bad);
}

#[test]
fn init_writes_schemas_and_each_file_says_which_is_its_own() {
    let project = Project::starter();
    let mut seen = BTreeSet::new();
    for (path, bytes) in files_of(&project.root()).iter().filter(|(path, _)| path.ends_with(".yaml")) {
        let text = std::str::from_utf8(bytes).unwrap();
        let line = text.lines().last().unwrap();
        let target = line.strip_prefix("# yaml-language-server: $schema=../").unwrap_or_else(|| panic!("{path}: {line}"));
        assert_eq!(target, format!("schema/{}.json", kind_of(path).unwrap().word()));
        let schema: Value = serde_json::from_slice(&std::fs::read(project.path(target)).unwrap()).unwrap();
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
        seen.insert(target.to_owned());
    }
    assert!(seen.len() >= 7, "{seen:?}");
    assert_eq!(project.run(&["new", "vendor", "neu"]).code, Some(0));
    assert!(std::fs::read_to_string(project.path("vendors/neu.yaml")).unwrap().contains("$schema=../schema/vendor.json"));
}

#[test]
fn schemas_know_the_sites_criteria_and_follow_them() {
    let project = Project::starter();
    let words = project.run(&["schema", "translation"]).stdout;
    assert!(words.contains("Bietet der Anbieter einen Auftragsverarbeitungsvertrag an?"), "{words}");
    let vendor = |ran: &super::support::Ran| -> Value { serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {}", ran.stderr)) };
    let own = vendor(&project.run(&["schema", "vendor"]));
    let fact = &own["properties"]["facts"]["properties"]["vertrag"];
    assert_eq!(fact["title"], "Auftragsverarbeitungsvertrag");
    assert_eq!(fact["description"], "Bietet der Anbieter einen Auftragsverarbeitungsvertrag an?");
    assert!(fact.to_string().contains("[\"ja\",\"nein\",\"entfaellt\",\"unknown\"]"), "{fact}");
    let elsewhere = Project::empty();
    let general = vendor(&run(&["schema", "vendor", "--root", &elsewhere.root().display().to_string()]));
    assert!(general["properties"]["facts"]["properties"].is_null(), "without a catalogue any criterion may stand there");

    project.replace("vendors/_criteria.yaml", "{id: nein, label: wird nicht angeboten", "{id: nirgends, label: wird nicht angeboten");
    assert_eq!(project.run(&["schema"]).code, Some(0));
    let written = std::fs::read_to_string(project.path("schema/vendor.json")).unwrap();
    assert!(written.contains("nirgends"), "written anew");
    project.write("schema/vendor.json", "{\"mine\": 1}\n");
    let ran = project.run(&["schema"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("was not written by leitfaden"), "{}", ran.stderr);
}
