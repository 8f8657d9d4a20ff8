//! The index as files: classic scripts, so that no fetch is needed and a folder opened from disk works too.
//!
//! `core.js` is loaded when the search field gets the focus. A small site has all in it; otherwise it says which shard of terms
//! (`s0.js` …) a word is in, and `t0.js` … hold what is shown of the documents. For words that are in no shard there are all words by
//! their first letters (`w0.js` …), where typing errors are looked for, and in `i0.js` and `i1.js` those that may hide one. The folder is named by a hash of all that they are made from, so that pages can name it before the index exists.

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

/// Up to this many bytes all is in one file: about a third of it when compressed, what a first query loads from a site a little larger.
pub const ONE_FILE: usize = 20_000;

/// A shard of terms is about this large: a fortieth of the index within these bounds, so that a first query loads
/// little from a small site and a large one is not cut into thousands of files.
const SHARD: std::ops::RangeInclusive<usize> = 450..=9_000;
const SHARDS: usize = 40;

/// Letters of the words in one of the files by first letter, at least.
const LETTERS: usize = 800;

/// The browser looks for five letters or more in other words; what is before or after them has three or more. For seven
/// letters it needs the longer words only.
const HIDING: [std::ops::Range<usize>; 2] = [8..10, 10..usize::MAX];

/// Documents in a file of texts: few on a small site, for the same reason.
const GROUPS: [(usize, usize); 4] = [(150, 1), (500, 2), (10_000, 4), (usize::MAX, 8)];

/// Characters of a document's text that are kept for excerpts.
const EXCERPT: usize = 800;

/// Grows with every change of what the same site's files would hold: browsers keep them by the name of their folder.
pub const FORMAT: u32 = 2;

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
        let runs = by_letter(index);
        for (at, run) in runs.iter().enumerate() {
            files.push((format!("w{at}.js"), script("w", at, &json::line(&front_code(run.iter().copied())))));
        }
        for (at, lengths) in HIDING.iter().enumerate() {
            let hiding = words(index).filter(|term| lengths.contains(&term.len()) && !index.parted.contains(*term));
            files.push((format!("i{at}.js"), script("i", at, &json::line(&front_code(hiding)))));
        }
        format!(",\"letters\":{}", json::line(&runs.iter().map(|run| run[0]).collect::<Vec<_>>().join(" ")))
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

/// Terms that a typing error may be meant for, or that hide a word.
fn words(index: &Index) -> impl Iterator<Item = &str> {
    index.terms.iter().map(|(term, _)| term.as_str()).filter(|term| term.len() >= 3 && term.chars().all(char::is_alphabetic))
}

/// Words in runs; what begins with the same letter stays together.
fn by_letter(index: &Index) -> Vec<Vec<&str>> {
    let mut runs: Vec<Vec<&str>> = Vec::new();
    let mut size = 0;
    let mut last = None;
    for word in words(index) {
        let letter = word.chars().next();
        if runs.is_empty() || (letter != last && size > LETTERS) {
            runs.push(Vec::new());
            size = 0;
        }
        last = letter;
        size += word.len();
        if let Some(run) = runs.last_mut() {
            run.push(word);
        }
    }
    runs
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
