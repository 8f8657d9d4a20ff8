//! The index as files: classic scripts, so that no fetch is needed and a folder opened from disk works too.
//!
//! `core.js` is loaded when the search field gets the focus. A small site has all in it; otherwise it says which shard of terms
//! (`s0.js` …) a word is in, `words.js` is the whole vocabulary for words that are in none, and `t0.js` … hold what is shown of the
//! documents. The folder is named by a hash of all that they are made from, so that pages can name it before the index exists.

use std::fmt::Write;

use crate::base::hash::sha256_hex;
use crate::parse::json;
use crate::parse::strings::Strings;

use super::compound::BASE_WORDS;
use super::document::{Document, Facet, Kind};
use super::encode::{Shard, front_code};
use super::fold::{each_word, stem};
use super::index::{Index, Posting};
use super::reader::Reader;

/// Up to this many bytes all is in one file (about a third of it when compressed).
pub const ONE_FILE: usize = 40_000;

/// A shard of terms is about this large: a fortieth of the index within these bounds, so that a first query loads
/// little from a small site and a large one is not cut into thousands of files.
const SHARD: std::ops::RangeInclusive<usize> = 1_800..=9_000;
const SHARDS: usize = 40;

/// Documents in a file of texts: few on a small site, for the same reason.
const GROUPS: [(usize, usize); 4] = [(150, 1), (500, 2), (10_000, 4), (usize::MAX, 8)];

/// Characters of a document's text that are kept for excerpts.
const EXCERPT: usize = 800;

/// Grows with every change of what the same site's files would hold: browsers keep them by the name of their folder.
pub const FORMAT: u32 = 1;

/// The file to load first.
pub const CORE: &str = "core.js";

/// The folder of a site's index, with its slash; `inputs` is all that the index is made from.
pub fn folder(inputs: &str) -> String {
    format!("static/search-{}/", &sha256_hex(format!("{FORMAT}\n{BASE_WORDS}\n{inputs}").as_bytes())[..10])
}

/// What the files are made from, beside the index.
#[derive(Debug)]
pub struct Frame<'a> {
    /// All documents.
    pub documents: &'a [Document],
    /// The facets.
    pub facets: &'a [Facet],
    /// Groups of names for the same thing.
    pub synonyms: &'a [Vec<String>],
    /// How texts are read.
    pub reader: &'a Reader,
    /// The theme's texts.
    pub strings: &'a Strings,
}

/// Writes the files: name → bytes.
pub fn write(index: &Index, frame: &Frame<'_>) -> Vec<(String, Vec<u8>)> {
    let shards = shards(index);
    let per_file = GROUPS.iter().find(|(most, _)| frame.documents.len() <= *most).map_or(1, |(_, per_file)| *per_file);
    let groups: Vec<String> = frame.documents.chunks(per_file).map(shown).collect();
    let size: usize = shards.iter().map(|(_, shard)| shard.len()).sum::<usize>() + groups.iter().map(String::len).sum::<usize>();
    let mut files = Vec::new();
    let whole = if size <= ONE_FILE {
        let all = shards.iter().map(|(_, shard)| shard_json(shard)).collect::<Vec<_>>().join(",");
        format!(",\"all\":[[{all}],[{}]]", groups.join(","))
    } else {
        for (at, (_, shard)) in shards.iter().enumerate() {
            files.push((format!("s{at}.js"), script("s", at, &shard_json(shard))));
        }
        for (at, group) in groups.iter().enumerate() {
            files.push((format!("t{at}.js"), script("t", at, group)));
        }
        let words = front_code(index.terms.iter().map(|(term, _)| term.as_str()));
        files.push(("words.js".to_owned(), script("w", 0, &json::line(&words))));
        String::new()
    };
    let firsts: Vec<&str> = shards.iter().map(|(first, _)| *first).collect();
    files.push((CORE.to_owned(), script("core", 0, &format!("{{{}{whole}}}", head(&firsts, per_file, frame)))));
    files
}

/// Runs of terms of about equal size; what begins with the same two letters stays together where it can.
fn shards(index: &Index) -> Vec<(&str, Shard)> {
    let weight = |(term, postings): &(String, Vec<Posting>)| term.len() / 2 + 1 + postings.len() * 5 / 2;
    let target = (index.terms.iter().map(weight).sum::<usize>() / SHARDS).clamp(*SHARD.start(), *SHARD.end());
    let mut runs = Vec::new();
    let (mut start, mut size) = (0, 0);
    for (at, entry) in index.terms.iter().enumerate() {
        let starts_anew = at > 0 && !same_start(&index.terms[at - 1].0, &entry.0);
        if size > target && (starts_anew || size * 2 > target * 3) {
            runs.push(start..at);
            (start, size) = (at, 0);
        }
        size += weight(entry);
    }
    runs.push(start..index.terms.len());
    runs.into_iter().filter(|run| !run.is_empty()).map(|run| (index.terms[run.start].0.as_str(), Shard::of(&index.terms[run]))).collect()
}

fn same_start(left: &str, right: &str) -> bool {
    left.chars().take(2).eq(right.chars().take(2))
}

fn script(kind: &str, number: usize, json: &str) -> Vec<u8> {
    format!("leitfadenSearch(\"{kind}\",{number},{json});\n").into_bytes()
}

fn shard_json(shard: &Shard) -> String {
    json::line(&[&shard.terms, &shard.documents, &shard.levels])
}

/// What is shown of some documents: title, page, address, text.
fn shown(documents: &[Document]) -> String {
    let one = |document: &Document| {
        let text = document.text.char_indices().nth(EXCERPT).map_or(document.text.as_str(), |(end, _)| &document.text[..end]);
        json::line(&[document.title.as_str(), &document.parent, &document.path, text])
    };
    format!("[{}]", documents.iter().map(one).collect::<Vec<_>>().join(","))
}

/// What every search needs.
fn head(firsts: &[&str], per_file: usize, frame: &Frame<'_>) -> String {
    let reader = frame.reader;
    let stop: Vec<&str> = reader.stop_words.iter().map(String::as_str).collect();
    let same: Vec<String> = reader.same_words.iter().map(|(from, to)| format!("{from}={to}")).collect();
    let phrases = |names: &Vec<String>| names.iter().map(|name| phrase(name, reader)).collect::<Vec<_>>().join("|");
    let synonyms: Vec<String> = frame.synonyms.iter().map(phrases).collect();
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| frame.strings.get(kind.text_key())).collect();
    let of = |digit: &dyn Fn(&Document) -> u8| frame.documents.iter().map(|document| char::from(b'0' + digit(document).min(74))).collect::<String>();
    let kind_of = of(&|document| u8::try_from(Kind::ALL.iter().position(|kind| *kind == document.kind).unwrap_or(0)).unwrap_or(0) + 1);
    let mut facets = vec![(frame.strings.get("search.facet.kind").to_owned(), kinds.iter().map(|kind| (*kind).to_owned()).collect::<Vec<_>>(), kind_of)];
    for (at, facet) in frame.facets.iter().enumerate() {
        facets.push((facet.label.clone(), facet.values.clone(), of(&|document| document.facets.get(at).copied().unwrap_or(0))));
    }
    let texts: Vec<&str> = TEXTS.iter().map(|key| frame.strings.get(key)).collect();
    let mut json = String::new();
    let _ = write!(
        json,
        "\"lang\":\"{}\",\"per\":{per_file},\"from\":{},\"stop\":{},\"same\":{},\"syn\":{},\"facets\":{},\"texts\":{}",
        reader.language.code(),
        json::line(&firsts.join(" ")),
        json::line(&stop.join(" ")),
        json::line(&same.join(" ")),
        json::line(&synonyms),
        json::line(&facets),
        json::line(&texts),
    );
    json
}

/// The texts that the browser shows, in the order in which it knows them.
const TEXTS: [&str; 7] =
    ["search.status.none", "search.status.one", "search.status.many", "search.all_results", "search.facet.any", "search.status.error", "search.more"];

/// The terms of a name in a row.
fn phrase(name: &str, reader: &Reader) -> String {
    let mut terms = Vec::new();
    each_word(name, reader.language, &mut |word| {
        let word = reader.same_words.get(word.text).map_or(word.text, String::as_str);
        terms.push(stem(word, reader.language).to_owned());
    });
    terms.join(" ")
}
