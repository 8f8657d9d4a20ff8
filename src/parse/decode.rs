//! Tree → typed value, reporting every error of the file in one run.
//!
//! serde stops at the first error, so [`decode`] repeats: it runs serde over the
//! tree, records the error with its exact place, covers the place with a *hole*
//! and runs again until serde is content. A hole reads as an empty value, a missing
//! key as a hole, an unknown key is passed over. The value that comes out in the end
//! is good enough for later checks; values from holes are marked [`is_hole`] in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

use serde::de::{self, DeserializeOwned, Unexpected};

use super::at::At;
use super::yaml::Node;
use crate::base::codes::Letter;
use crate::base::diag::Diagnostic;
use crate::base::source::Source;

mod hole;
mod value;

use value::Value;

/// The newtype name by which our scalars (days, addresses, …) ask for their text.
pub(crate) const SCALAR: &str = "$Scalar";

/// Errors recorded in one file before we stop looking for more.
const MAX_ERRORS: usize = 100;

/// Place of a value that a hole filled in.
const HOLE: Range<usize> = usize::MAX..usize::MAX;

/// Whether a value was filled in because its own text was wrong or missing.
pub(crate) fn is_hole<T>(at: &At<T>) -> bool {
    at.range == HOLE
}

/// Reads `T` out of the tree; the value is `None` only if serde cannot be contented.
pub(crate) fn decode<T: DeserializeOwned>(node: &Node, source: &Source, letter: Letter) -> (Option<T>, Vec<Diagnostic>) {
    let mut patches = Patches::default();
    let mut findings = Vec::new();
    while findings.len() < MAX_ERRORS {
        let value = Value { node, owner: None, patches: &patches, text: &source.text };
        let error = match T::deserialize(value) {
            Ok(value) => return (Some(value), findings),
            Err(error) => error,
        };
        let Some(place) = error.place else {
            findings.push(word(&error.fault, source.span(node.range.start..node.range.start), letter));
            break;
        };
        let fresh = match &error.fault {
            Fault::Unknown { .. } => patches.skipped.insert(place.id),
            Fault::Missing { key } => {
                let keys = patches.missing.entry(place.id).or_default();
                let fresh = !keys.contains(key);
                keys.push(key);
                fresh
            }
            _ => patches.holes.insert(place.id),
        };
        if !fresh {
            break;
        }
        findings.push(word(&error.fault, source.span(place.range), letter));
    }
    (None, findings)
}

fn word(fault: &Fault, span: crate::base::source::Span, letter: Letter) -> Diagnostic {
    match fault {
        Fault::Unknown { key, allowed } => Diagnostic::error(letter.code(2), format!("unknown key `{key}`")).at(span).suggest(key, allowed.iter().copied()),
        Fault::Missing { key } => {
            Diagnostic::error(letter.code(4), format!("the key `{key}` is missing here")).at(span).help(format!("add `{key}:` with its value"))
        }
        Fault::Variant { found, allowed } => {
            Diagnostic::error(letter.code(6), format!("`{found}` is not allowed here")).at(span).suggest(found, allowed.iter().copied())
        }
        Fault::Wrong { found, expected } => {
            let finding = Diagnostic::error(letter.code(5), format!("expected {expected}, found {found}")).at(span);
            match (found.as_str(), expected.as_str()) {
                ("nothing", "a list") => finding.help("write `[]` or remove the key"),
                ("nothing", _) => finding.help("fill in a value or remove the key"),
                (_, "a list") => finding.help("write `[a, b]` or one `- ` line an entry"),
                (_, "a yes-or-no value") => finding.help("write `true` or `false`"),
                _ => finding.help(format!("write {expected}")),
            }
        }
        Fault::Said(message) => {
            let (message, help) = message.split_once('\n').unwrap_or((message, ""));
            let finding = Diagnostic::error(letter.code(6), message).at(span);
            if help.is_empty() { finding } else { finding.help(help) }
        }
    }
}

#[derive(Default)]
struct Patches {
    holes: BTreeSet<usize>,
    skipped: BTreeSet<usize>,
    missing: BTreeMap<usize, Vec<&'static str>>,
}

/// Identity of a node or key while the tree stays where it is.
fn id_of<T>(thing: &T) -> usize {
    std::ptr::from_ref(thing).addr()
}

#[derive(Debug)]
enum Fault {
    Unknown { key: String, allowed: &'static [&'static str] },
    Missing { key: &'static str },
    Variant { found: String, allowed: &'static [&'static str] },
    Wrong { found: String, expected: String },
    Said(String),
}

struct Place {
    id: usize,
    range: Range<usize>,
}

struct Failure {
    fault: Fault,
    place: Option<Place>,
}

impl Failure {
    /// The innermost place wins: it is set first and kept.
    fn at(mut self, id: usize, range: &Range<usize>) -> Self {
        self.place.get_or_insert_with(|| Place { id, range: range.clone() });
        self
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault.fmt(f)
    }
}
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}
impl std::error::Error for Failure {}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self { fault, place: None }
    }
}

impl de::Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Fault::Said(message.to_string()).into()
    }
    fn invalid_type(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Fault::Wrong { found: found_word(&found), expected: expected_word(&expected.to_string()) }.into()
    }
    fn invalid_value(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::invalid_type(found, expected)
    }
    fn unknown_variant(found: &str, allowed: &'static [&'static str]) -> Self {
        Fault::Variant { found: found.into(), allowed }.into()
    }
    fn unknown_field(key: &str, allowed: &'static [&'static str]) -> Self {
        Fault::Unknown { key: key.into(), allowed }.into()
    }
    fn missing_field(key: &'static str) -> Self {
        Fault::Missing { key }.into()
    }
}

fn found_word(found: &Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(_) => "a yes-or-no value".into(),
        Unexpected::Unsigned(n) => format!("the number {n}"),
        Unexpected::Signed(n) => format!("the number {n}"),
        Unexpected::Float(n) => format!("the number {n}"),
        Unexpected::Str(text) => format!("the text `{text}`"),
        Unexpected::Unit | Unexpected::Option => "nothing".into(),
        Unexpected::Seq => "a list".into(),
        Unexpected::Map => "a mapping".into(),
        other => other.to_string(),
    }
}

fn expected_word(expected: &str) -> String {
    let word = match expected {
        "a string" | "a borrowed string" => "a text",
        "a sequence" => "a list",
        "a boolean" => "a yes-or-no value",
        "a map" => "a mapping",
        "u32" | "u16" | "u64" | "i64" | "i32" | "usize" => "a whole number",
        other if other.starts_with("struct ") => "a mapping",
        other => other,
    };
    word.into()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::base::path::SitePath;
    use crate::base::source::line_column;

    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "read by serde only")]
    struct Card {
        name: At<String>,
        light: Light,
        #[serde(default)]
        days: Option<u32>,
        facts: BTreeMap<At<String>, Fact>,
        #[serde(default)]
        tags: Vec<At<String>>,
    }

    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "read by serde only")]
    struct Fact {
        value: At<String>,
        checked: bool,
    }

    #[derive(Deserialize, Debug)]
    #[serde(rename_all = "lowercase")]
    enum Light {
        Green,
        Red,
    }

    fn run(text: &str) -> (Option<Card>, Vec<String>) {
        let source = Source { path: SitePath::parse("vendors/a.yaml").unwrap(), text: text.into() };
        let (node, found) = crate::parse::yaml::read(&source, 0..text.len(), Letter::Vendor);
        assert!(found.is_empty(), "{found:?}");
        let (card, findings) = decode(&node.unwrap(), &source, Letter::Vendor);
        let worded = findings.iter().map(|f| {
            let (line, column) = line_column(text, f.span.as_ref().unwrap().start);
            format!("{line}:{column} {} {} | {}", f.code, f.message, f.help.join(" | "))
        });
        (card, worded.collect())
    }

    #[test]
    fn a_good_card_is_read_with_places_and_spellings() {
        let (card, findings) = run("name: 1.10\nlight: red\nfacts:\n  avv: {value: NO, checked: true}\n");
        let card = card.unwrap();
        assert!(findings.is_empty() && matches!(card.light, Light::Red));
        assert_eq!((card.name.value.as_str(), card.name.range.clone()), ("1.10", 6..10));
        let (key, fact) = card.facts.iter().next().unwrap();
        assert_eq!((key.value.as_str(), key.range.clone(), fact.value.value.as_str()), ("avv", 31..34, "NO"));
    }

    #[test]
    fn all_errors_of_a_file_come_in_one_run() {
        let (card, findings) = run("nam: A\nlight: gren\ndays: viele\nfacts:\n  avv: {value: [1], cheked: true}\n  e2ee: 3\ntags: x\n");
        let mut findings = findings;
        findings.sort();
        assert_eq!(
            findings,
            [
                "1:1 V002 unknown key `nam` | write `name`",
                "1:1 V004 the key `name` is missing here | add `name:` with its value",
                "2:8 V006 `gren` is not allowed here | write `green`",
                "3:7 V005 expected a whole number, found a text | write a whole number",
                "5:16 V005 expected a text, found a list | write a text",
                "5:21 V002 unknown key `cheked` | write `checked`",
                "5:3 V004 the key `checked` is missing here | add `checked:` with its value",
                "6:9 V005 expected a mapping, found a number | write a mapping",
                "7:7 V005 expected a list, found a text | write `[a, b]` or one `- ` line an entry",
            ]
        );
        assert!(is_hole(&card.unwrap().name));
    }
}
