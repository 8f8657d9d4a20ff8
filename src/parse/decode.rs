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

use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
};

use super::at::{At, MARKER};
use super::yaml::{Key, Kind, Node};
use crate::base::codes::Letter;
use crate::base::diag::Diagnostic;
use crate::base::source::Source;

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

#[derive(Clone, Copy)]
struct Value<'a> {
    node: &'a Node,
    /// The key this value belongs to: where a missing key of it is reported.
    owner: Option<&'a Key>,
    patches: &'a Patches,
    text: &'a str,
}

impl<'a> Value<'a> {
    fn is_hole(&self) -> bool {
        self.patches.holes.contains(&id_of(self.node))
    }

    fn wrong(&self, visitor: &dyn de::Expected) -> Failure {
        Fault::Wrong { found: self.node.kind.word().into(), expected: expected_word(&visitor.to_string()) }.into()
    }

    /// The spelling of a scalar; texts as they are, numbers as they stand in the source.
    fn scalar(&self) -> Option<&'a str> {
        match &self.node.kind {
            Kind::Text(text) => Some(text),
            Kind::Bool(_) | Kind::Int(_) | Kind::Float => self.text.get(self.node.range.clone()),
            _ => None,
        }
    }

    fn entries(&self, fields: &'static [&'static str]) -> Option<Entries<'a>> {
        let Kind::Map(entries) = &self.node.kind else { return None };
        let missing = self.patches.missing.get(&id_of(self.node)).map_or(&[][..], Vec::as_slice);
        debug_assert!(fields.is_empty() || missing.iter().all(|key| fields.contains(key)));
        Some(Entries { entries: entries.iter(), missing: missing.iter(), pending: None, parent: *self })
    }

    fn visit_entries<'de, V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Failure> {
        let owner = self.owner.map_or(self.node.range.start..self.node.range.start, |key| key.range.clone());
        match self.entries(fields) {
            Some(entries) => visitor.visit_map(entries).map_err(|error| error.at(id_of(self.node), &owner)),
            None => Err(self.wrong(&visitor)),
        }
    }
}

/// A method that answers holes first and puts this value's place on errors that have none.
macro_rules! scalar_methods {
    ($($method:ident => |$value:ident, $visitor:ident| $body:expr;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
            if self.is_hole() {
                return Hole.$method(visitor);
            }
            let (id, range) = (id_of(self.node), self.node.range.clone());
            let ($value, $visitor) = (self, visitor);
            $body.map_err(|error: Failure| error.at(id, &range))
        }
    )*};
}

impl<'de> Deserializer<'de> for Value<'_> {
    type Error = Failure;

    scalar_methods! {
        deserialize_any => |value, visitor| match &value.node.kind {
            Kind::Null => visitor.visit_unit(),
            Kind::Bool(b) => visitor.visit_bool(*b),
            Kind::Int(_) | Kind::Float | Kind::Text(_) => visitor.visit_str(value.scalar().unwrap_or_default()),
            Kind::Seq(items) => visitor.visit_seq(Items { items: items.iter(), parent: value }),
            Kind::Map(_) => value.visit_entries(&[], visitor),
        };
        deserialize_bool => |value, visitor| match value.node.kind {
            Kind::Bool(b) => visitor.visit_bool(b),
            _ => Err(value.wrong(&visitor)),
        };
        deserialize_u64 => |value, visitor| match value.node.kind {
            Kind::Int(n) => visitor.visit_i64(n),
            _ => Err(value.wrong(&visitor)),
        };
        deserialize_str => |value, visitor| match value.scalar() {
            Some(text) => visitor.visit_str(text),
            None => Err(value.wrong(&visitor)),
        };
        deserialize_seq => |value, visitor| match &value.node.kind {
            Kind::Seq(items) => visitor.visit_seq(Items { items: items.iter(), parent: value }),
            _ => Err(value.wrong(&visitor)),
        };
        deserialize_map => |value, visitor| value.visit_entries(&[], visitor);
        deserialize_identifier => |value, visitor| match value.scalar() {
            Some(text) => visitor.visit_str(text),
            None => Err(value.wrong(&visitor)),
        };
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        if self.is_hole() || matches!(self.node.kind, Kind::Null) { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Failure> {
        match name {
            MARKER => {
                let range = if self.is_hole() { HOLE } else { self.node.range.clone() };
                visitor.visit_seq(Marked { step: 0, range, value: Some(self) })
            }
            SCALAR if self.is_hole() => visitor.visit_unit(),
            SCALAR => self.deserialize_str(visitor),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(self, name: &'static str, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Failure> {
        if self.is_hole() {
            return Hole.deserialize_struct(name, fields, visitor);
        }
        self.visit_entries(fields, visitor).map_err(|error| error.at(id_of(self.node), &self.node.range))
    }

    fn deserialize_enum<V: Visitor<'de>>(self, name: &'static str, variants: &'static [&'static str], visitor: V) -> Result<V::Value, Failure> {
        if self.is_hole() {
            return Hole.deserialize_enum(name, variants, visitor);
        }
        let result = match self.scalar() {
            Some(text) => visitor.visit_enum(IntoDeserializer::<Failure>::into_deserializer(text)),
            None => Err(self.wrong(&"a text")),
        };
        result.map_err(|error| error.at(id_of(self.node), &self.node.range))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_str(visitor)
    }
    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_u64(visitor)
    }
    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_u64(visitor)
    }
    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_u64(visitor)
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct ignored_any
    }
}

struct Items<'a> {
    items: std::slice::Iter<'a, Node>,
    parent: Value<'a>,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Failure;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Failure> {
        self.items.next().map(|node| seed.deserialize(Value { node, ..self.parent })).transpose()
    }
}

struct Entries<'a> {
    entries: std::slice::Iter<'a, (Key, Node)>,
    missing: std::slice::Iter<'a, &'static str>,
    /// The value of the key just read; `None` stands for a missing key's hole.
    pending: Option<(&'a Key, &'a Node)>,
    parent: Value<'a>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Failure;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Failure> {
        for (key, node) in self.entries.by_ref() {
            if self.parent.patches.skipped.contains(&id_of(key)) {
                continue;
            }
            self.pending = Some((key, node));
            return seed.deserialize(KeyValue(key)).map(Some).map_err(|error| error.at(id_of(key), &key.range));
        }
        self.pending = None;
        self.missing.next().map(|key| seed.deserialize(StrDeserializer::new(key))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Failure> {
        match self.pending.take() {
            Some((key, node)) => seed.deserialize(Value { node, owner: Some(key), ..self.parent }),
            None => seed.deserialize(Hole),
        }
    }
}

/// A key that may be asked for its place.
#[derive(Clone, Copy)]
struct KeyValue<'a>(&'a Key);

impl<'de> Deserializer<'de> for KeyValue<'_> {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_str(&self.0.name)
    }
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Failure> {
        match name {
            MARKER => visitor.visit_seq(Marked { step: 0, range: self.0.range.clone(), value: Some(self) }),
            SCALAR => self.deserialize_any(visitor),
            _ => visitor.visit_newtype_struct(self),
        }
    }
    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_enum(IntoDeserializer::<Failure>::into_deserializer(self.0.name.as_str()))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// The three elements an [`At`] is read from: start, end, value.
struct Marked<D> {
    step: u8,
    range: Range<usize>,
    value: Option<D>,
}

impl<'de, D: Deserializer<'de, Error = Failure>> SeqAccess<'de> for Marked<D> {
    type Error = Failure;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Failure> {
        self.step += 1;
        match self.step {
            1 => seed.deserialize(self.range.start.into_deserializer()).map(Some),
            2 => seed.deserialize(self.range.end.into_deserializer()).map(Some),
            _ => self.value.take().map(|value| seed.deserialize(value)).transpose(),
        }
    }
}

/// Reads as the emptiest value of whatever type is asked for.
struct Hole;

impl<'de> Deserializer<'de> for Hole {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_str("")
    }
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_bool(false)
    }
    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_u64(0)
    }
    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_u64(0)
    }
    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_u64(0)
    }
    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_u64(0)
    }
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_none()
    }
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_seq(de::value::SeqDeserializer::new(std::iter::empty::<&str>()))
    }
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_map(HoleFields([].iter()))
    }
    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_map(HoleFields(fields.iter()))
    }
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Failure> {
        match name {
            MARKER => visitor.visit_seq(Marked { step: 0, range: HOLE, value: Some(self) }),
            SCALAR => visitor.visit_unit(),
            _ => visitor.visit_newtype_struct(self),
        }
    }
    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, variants: &'static [&'static str], visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_enum(FirstVariant(variants.first().copied().unwrap_or_default()))
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any
    }
}

struct HoleFields(std::slice::Iter<'static, &'static str>);

impl<'de> MapAccess<'de> for HoleFields {
    type Error = Failure;
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Failure> {
        self.0.next().map(|key| seed.deserialize(StrDeserializer::new(key))).transpose()
    }
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Failure> {
        seed.deserialize(Hole)
    }
}

struct FirstVariant(&'static str);

impl<'de> EnumAccess<'de> for FirstVariant {
    type Error = Failure;
    type Variant = Self;
    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Failure> {
        Ok((seed.deserialize(StrDeserializer::<Failure>::new(self.0))?, self))
    }
}

impl<'de> VariantAccess<'de> for FirstVariant {
    type Error = Failure;
    fn unit_variant(self) -> Result<(), Failure> {
        Ok(())
    }
    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Failure> {
        seed.deserialize(Hole)
    }
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Failure> {
        Err(de::Error::custom("only plain words are read here"))
    }
    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, Failure> {
        Err(de::Error::custom("only plain words are read here"))
    }
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
