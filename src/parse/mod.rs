//! Floor 1, one file in, one value out: typed, strict, every value with its place.
//!
//! Nothing here looks at a second file; what needs two files is checked in `model`.

use std::ops::Range;

use serde::de::DeserializeOwned;

use crate::base::codes::Letter;
use crate::base::diag::Diagnostic;
use crate::base::source::Source;

pub mod at;
pub mod config;
pub mod criteria;
pub mod decision;
pub(crate) mod decode;
pub mod directive;
pub mod document;
mod footnotes;
pub mod glossary;
pub mod integrity;
pub mod json;
pub mod law;
pub mod markdown;
pub mod newsletter;
pub mod page;
mod place;
pub mod quotes;
pub mod scalar;
pub mod schema;
pub mod strings;
mod table;
mod text;
pub mod theme_file;
mod token;
pub mod vendor;
pub mod vendor_words;
mod visible;
mod writer;
pub(crate) mod yaml;

/// Reads `T` from the YAML in `range` of `source`, with every error in it.
pub fn load<T: DeserializeOwned>(source: &Source, range: Range<usize>, letter: Letter) -> (Option<T>, Vec<Diagnostic>) {
    let (node, mut findings) = yaml::read(source, range, letter);
    let Some(node) = node else { return (None, findings) };
    let (value, found) = decode::decode(&node, source, letter);
    findings.extend(found);
    (value, findings)
}

/// Reads `T` from a whole YAML file.
pub fn load_file<T: DeserializeOwned>(source: &Source, letter: Letter) -> (Option<T>, Vec<Diagnostic>) {
    let (value, mut findings) = load(source, 0..source.text.len(), letter);
    findings.extend(integrity::invisible::check(source));
    (value, findings)
}
