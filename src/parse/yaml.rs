//! YAML text → a tree in which every key and value knows its place.
//!
//! 1. [`read`] checks the size; what is plain is read from the parser's events (`plain`);
//! 2. for the rest the YAML crate parses under a budget, and its one possible syntax
//!    error becomes a finding;
//! 3. duplicate keys are reported, all of them, and the first one kept.
//!
//! This is the only module that names the YAML crate. Aliases and anchors are
//! refused: nobody needs them in a card, and every expansion bomb is made of them.

use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::options::{DuplicateKeyPolicy, MergeKeyPolicy};
use serde_yaml::{Error, Location, Spanned, granit_parser};

use crate::base::codes::Letter;
use crate::base::diag::Diagnostic;
use crate::base::source::Source;

mod plain;

/// Largest YAML text that is read, in bytes.
const MAX_BYTES: usize = 1 << 20;
/// Deepest nesting that is read.
const MAX_DEPTH: usize = 32;
/// Most nodes that are read.
const MAX_NODES: usize = 50_000;

/// A value and the bytes it stands in.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) range: Range<usize>,
}

/// What a value is, before anybody asked for a type.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Null,
    Bool(bool),
    Int(i64),
    Float,
    /// A text. Numbers keep their spelling in the source, so `1.10` stays `1.10`.
    Text(String),
    Seq(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

/// A key of a mapping and the bytes it stands in.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) range: Range<usize>,
}

impl Kind {
    /// What it is, in the words of a message.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "a yes-or-no value",
            Self::Int(_) | Self::Float => "a number",
            Self::Text(_) => "a text",
            Self::Seq(_) => "a list",
            Self::Map(_) => "a mapping",
        }
    }
}

/// Reads the YAML in `range` of `source`; the node is there unless the syntax is broken.
pub(crate) fn read(source: &Source, range: Range<usize>, letter: Letter) -> (Option<Node>, Vec<Diagnostic>) {
    let text = &source.text[range.clone()];
    if text.len() > MAX_BYTES {
        let finding = Diagnostic::error(letter.code(7), format!("the YAML is larger than {} KiB", MAX_BYTES >> 10))
            .at(source.span(range.start..range.start))
            .help("split the file");
        return (None, vec![finding]);
    }
    let twice = |first: &Key, second: &Key| {
        Diagnostic::error(letter.code(3), format!("the key `{}` stands here twice", second.name))
            .at(source.span(second.range.clone()))
            .related(source.span(first.range.clone()), "first here")
            .help("remove one of the two")
    };
    let mut findings = Vec::new();
    if let Some(node) = plain::read(text, range.start, &mut |first, second| findings.push(twice(first, second))) {
        return (Some(node), findings);
    }
    findings.clear();
    match through_serde(text, range.start, &mut |first, second| findings.push(twice(first, second))) {
        Ok(node) => (Some(node), findings),
        Err(error) => (None, vec![syntax_finding(&error, source, &range, letter)]),
    }
}

/// The tree by the crate's way to values.
fn through_serde(text: &str, offset: usize, duplicate: &mut dyn FnMut(&Key, &Key)) -> Result<Node, Error> {
    let options = serde_yaml::options! {
        strict_booleans: true,
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        merge_keys: MergeKeyPolicy::Error,
        budget: serde_yaml::budget! {
            max_aliases: 0, max_anchors: 0, max_depth: MAX_DEPTH, max_nodes: MAX_NODES, max_documents: 2,
            max_events: MAX_NODES * 4, max_total_scalar_bytes: MAX_BYTES * 2,
        },
    };
    let raw = serde_yaml::from_str_with_options::<Spanned<RawKind>>(text, options)?;
    Ok(place(raw, text, offset, duplicate))
}

enum RawKind {
    Null,
    Bool(bool),
    Int(i64),
    Float,
    Text(String),
    Seq(Vec<Spanned<RawKind>>),
    Map(Vec<(Spanned<String>, Spanned<RawKind>)>),
}

impl<'de> Deserialize<'de> for RawKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = RawKind;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a YAML value")
    }
    fn visit_unit<E>(self) -> Result<RawKind, E> {
        Ok(RawKind::Null)
    }
    fn visit_none<E>(self) -> Result<RawKind, E> {
        Ok(RawKind::Null)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<RawKind, D::Error> {
        RawKind::deserialize(deserializer)
    }
    fn visit_bool<E>(self, value: bool) -> Result<RawKind, E> {
        Ok(RawKind::Bool(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<RawKind, E> {
        Ok(RawKind::Int(value))
    }
    fn visit_u64<E>(self, value: u64) -> Result<RawKind, E> {
        Ok(i64::try_from(value).map_or_else(|_| RawKind::Text(value.to_string()), RawKind::Int))
    }
    fn visit_f64<E>(self, _: f64) -> Result<RawKind, E> {
        Ok(RawKind::Float)
    }
    fn visit_str<E>(self, value: &str) -> Result<RawKind, E> {
        Ok(RawKind::Text(value.to_owned()))
    }
    fn visit_string<E>(self, value: String) -> Result<RawKind, E> {
        Ok(RawKind::Text(value))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<RawKind, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(RawKind::Seq(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawKind, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(RawKind::Map(entries))
    }
}

/// Turns the crate's locations into byte ranges of the whole file.
fn place(raw: Spanned<RawKind>, text: &str, offset: usize, duplicate: &mut dyn FnMut(&Key, &Key)) -> Node {
    let range = bytes_of(&raw.referenced, text);
    let whole = offset + range.start..offset + range.end;
    let kind = match raw.value {
        RawKind::Null => Kind::Null,
        RawKind::Bool(value) => Kind::Bool(value),
        RawKind::Int(value) => Kind::Int(value),
        RawKind::Float => Kind::Float,
        RawKind::Text(value) => Kind::Text(value),
        RawKind::Seq(items) => Kind::Seq(items.into_iter().map(|item| place(item, text, offset, duplicate)).collect()),
        RawKind::Map(entries) => {
            let mut placed: Vec<(Key, Node)> = Vec::with_capacity(entries.len());
            for (key, value) in entries {
                let range = bytes_of(&key.referenced, text);
                let key = Key { name: key.value, range: offset + range.start..offset + range.end };
                let value = place(value, text, offset, duplicate);
                if let Some((first, _)) = placed.iter().find(|(first, _)| first.name == key.name) {
                    duplicate(first, &key);
                } else {
                    placed.push((key, value));
                }
            }
            Kind::Map(placed)
        }
    };
    Node { kind, range: whole }
}

fn bytes_of(location: &Location, text: &str) -> Range<usize> {
    let span = location.span();
    let start = match span.byte_offset() {
        Some(start) => usize::try_from(start).unwrap_or(text.len()),
        None => offset_of(text, location.line(), location.column()),
    };
    let length = span.byte_len().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    clamp(text, start)..clamp(text, start.saturating_add(length))
}

/// Scanner errors carry only line and column (1-based, in characters).
fn offset_of(text: &str, line: u64, column: u64) -> usize {
    let mut start = 0;
    for _ in 1..line {
        match text[start..].find('\n') {
            Some(newline) => start += newline + 1,
            None => return text.len(),
        }
    }
    let skipped = usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX);
    text[start..].char_indices().nth(skipped).map_or(text.len(), |(at, _)| start + at)
}

fn clamp(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

fn syntax_finding(error: &Error, source: &Source, range: &Range<usize>, letter: Letter) -> Diagnostic {
    let error = error.without_snippet();
    let text = &source.text[range.clone()];
    let at = error.location().map_or(0..0, |location| bytes_of(&location, text));
    let span = source.span(range.start + at.start..range.start + at.end);
    match error {
        Error::Budget { .. } => Diagnostic::error(letter.code(7), "the YAML is too deep, too long, or uses anchors or aliases (`&`, `*`)")
            .at(span)
            .help(format!("write it out flat: at most {MAX_DEPTH} levels and {MAX_NODES} values, without anchors and aliases")),
        Error::MergeKeyNotAllowed { .. } | Error::UnknownAnchor { .. } | Error::AliasError { .. } => {
            Diagnostic::error(letter.code(7), "aliases (`*`) and merge keys (`<<`) are not read").at(span).help("write the values out")
        }
        Error::MultipleDocuments { .. } => {
            Diagnostic::error(letter.code(1), "the file holds more than one YAML document").at(span).help("remove the second `---` and what follows")
        }
        Error::Eof { .. } => Diagnostic::error(letter.code(1), "the YAML is empty").at(span).help("fill in the required keys, `leitfaden new` writes a stub"),
        other => {
            // The crate's own words, cut before the position that we print ourselves.
            let words = other.to_string();
            let words = words.lines().next().unwrap_or_default();
            let words = words.split(" at line ").next().unwrap_or(words).trim_end_matches([':', ',', '.', ' ']);
            let words = words.strip_prefix("error: ").unwrap_or(words);
            let words = words.split_once(": ").filter(|(head, _)| head.starts_with("line ")).map_or(words, |(_, tail)| tail);
            Diagnostic::error(letter.code(1), format!("this is no valid YAML: {words}"))
                .at(span)
                .help("check the indentation (spaces, no tabs), and put texts with `: `, `#` or quotes in double quotes")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::SitePath;
    use crate::base::source::line_column;

    fn source(text: &str) -> Source {
        Source { path: SitePath::parse("vendors/a.yaml").unwrap(), text: text.into() }
    }

    fn places(text: &str) -> Vec<(String, usize, usize)> {
        let source = source(text);
        let (_, findings) = read(&source, 0..text.len(), Letter::Vendor);
        findings
            .iter()
            .map(|f| {
                let (line, column) = line_column(text, f.span.as_ref().unwrap().start);
                (f.code.to_string(), line, column)
            })
            .collect()
    }

    #[test]
    fn broken_syntax_has_a_place() {
        for (text, code, line) in [
            ("a: [1, 2\nb: 3\n", "V001", 2),
            ("a: \"x\nb: 1\n", "V001", 1),
            ("a:\n\t- x\n", "V001", 2),
            ("a: 1\n---\nb: 2\n", "V001", 3),
            ("a: &x 1\nb: 2\n", "V007", 1),
            ("a: 1\nb: *x\n", "V007", 2),
        ] {
            let found = places(text);
            assert_eq!(found.len(), 1, "{text:?} {found:?}");
            assert_eq!((found[0].0.as_str(), found[0].1), (code, line), "{text:?}");
        }
    }

    #[test]
    fn every_duplicate_key_is_reported_where_it_stands() {
        let found = places("a: 1\nb: {c: 1, c: 2}\na: 3\n");
        assert_eq!(found, [("V003".into(), 2, 11), ("V003".into(), 3, 1)]);
    }

    #[test]
    fn deep_nesting_and_bombs_end_quickly() {
        let deep = "[".repeat(100_000);
        assert_eq!(places(&deep).len(), 1);
        let wide = "- a\n".repeat(60_000);
        assert_eq!(places(&wide)[0].0, "V007");
    }
}
