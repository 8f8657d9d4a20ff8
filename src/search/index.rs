//! Words of all documents → terms with their documents and impacts (BM25F in whole numbers).
//!
//! 1. [`Vocabulary::of`] numbers the words of all documents;
//! 2. [`expand`] finds the terms of a word: its stem, and the stems of its parts with less weight;
//! 3. [`Index::build`] weighs fields and lengths, and rounds every impact to a level.

use std::collections::{HashMap, HashSet};

use crate::parse::config::Language;

use super::compound::Lexicon;
use super::document::{Document, FIELDS};
use super::fold::stem;
use super::reader::Read;

/// Weights of title, names, headings, norms, text.
const WEIGHTS: [f32; FIELDS] = [10.0, 7.0, 2.5, 3.0, 0.8];

/// How much the length of each field counts against it.
const LENGTH: [f32; FIELDS] = [0.5, 0.1, 0.3, 0.1, 0.6];

/// How fast repetition stops counting.
const SATURATION: f32 = 8.0;

/// What a word that is tied together counts, beside its words.
const TIED: f32 = 0.7;

/// What the head of a compound, another part, and a part of a part count.
const HEAD: f32 = 0.7;
const PART: f32 = 0.45;
const PART_OF_PART: f32 = 0.3;

/// Levels to a doubling of the impact, and the impact of level 0; the browser computes `2 ** (level / STEPS)`.
pub const STEPS: f32 = 5.0;
const UNIT: f32 = 0.01;

/// The highest level.
pub const TOP: u8 = 63;

/// A document and the level of a term's impact in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Index of the document.
    pub document: u32,
    /// The impact's level.
    pub level: u8,
}

/// All terms, sorted, with their postings.
#[derive(Debug, Default)]
pub struct Index {
    /// Each term with its postings by document.
    pub terms: Vec<(String, Vec<Posting>)>,
    /// Which of them were taken apart: their parts are terms too, so nothing hides in them.
    pub parted: HashSet<String>,
}

/// The words of a site in the order in which they first appear.
#[derive(Debug, Default)]
pub struct Vocabulary<'a> {
    /// Folded word, whether it was ever written with a capital letter, whether it is tied together.
    pub words: Vec<(&'a str, bool, bool)>,
    numbers: HashMap<&'a str, usize>,
}

impl<'a> Vocabulary<'a> {
    /// The words of these documents.
    pub fn of(reads: &'a [Read]) -> Self {
        let mut vocabulary = Self::default();
        for (word, used) in reads.iter().flat_map(|read| &read.words) {
            let number = *vocabulary.numbers.entry(word).or_insert_with(|| {
                vocabulary.words.push((word, false, true));
                vocabulary.words.len() - 1
            });
            let (_, capital, tied) = &mut vocabulary.words[number];
            *capital |= used.capital;
            *tied &= used.tied;
        }
        vocabulary
    }

    /// Words that may be parts of compounds.
    pub fn nouns(&self) -> impl Iterator<Item = &'a str> {
        self.words.iter().filter(|(_, capital, tied)| *capital && !tied).map(|(word, _, _)| *word)
    }
}

/// The terms of a word, with what a use of the word counts for each.
pub fn expand(word: &str, language: Language, lexicon: &Lexicon) -> Vec<(String, f32)> {
    let mut terms = vec![(stem(word, language).to_owned(), 1.0)];
    if language == Language::De {
        for (part, depth, head) in lexicon.parts(word) {
            let term = stem(&part, language);
            if terms.iter().all(|(known, _)| known != term) {
                let weight = match (depth, head) {
                    (1, true) => HEAD,
                    (1, false) => PART,
                    _ => PART_OF_PART,
                };
                terms.push((term.to_owned(), weight));
            }
        }
    }
    terms
}

impl Index {
    /// Builds the index; `expanded` are the terms of each word of the vocabulary.
    pub fn build(documents: &[Document], reads: &[Read], vocabulary: &Vocabulary<'_>, expanded: &[Vec<(String, f32)>]) -> Self {
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let mut terms: Vec<(&str, Vec<(u32, f32)>)> = Vec::new();
        let mut terms_of: Vec<Vec<(usize, f32)>> = Vec::with_capacity(expanded.len());
        for list in expanded {
            let numbered = list.iter().map(|(term, weight)| {
                let number = *numbers.entry(term).or_insert_with(|| {
                    terms.push((term, Vec::new()));
                    terms.len() - 1
                });
                (number, *weight)
            });
            terms_of.push(numbered.collect());
        }
        let was_parted = |((_, _, tied), list): (&(&str, bool, bool), &Vec<(String, f32)>)| (*tied || list.len() > 1).then(|| list[0].0.clone());
        let parted = vocabulary.words.iter().zip(expanded).filter_map(was_parted).collect();
        let averages = averages(reads);
        for (document, read) in (0_u32..).zip(reads) {
            let mut factors = [0.0; FIELDS];
            for field in 0..FIELDS {
                let length = f32::from(read.lengths[field]) / averages[field];
                factors[field] = WEIGHTS[field] / (1.0 - LENGTH[field] + LENGTH[field] * length);
            }
            for (word, used) in &read.words {
                let tied = if used.tied { TIED } else { 1.0 };
                let frequency: f32 = used.counts.iter().zip(factors).map(|(count, factor)| f32::from(*count) * factor).sum::<f32>() * tied;
                let Some(number) = vocabulary.numbers.get(word.as_str()) else { continue };
                for &(term, weight) in &terms_of[*number] {
                    let postings = &mut terms[term].1;
                    match postings.last_mut() {
                        Some((last, sum)) if *last == document => *sum += frequency * weight,
                        _ => postings.push((document, frequency * weight)),
                    }
                }
            }
        }
        terms.sort_unstable_by_key(|(term, _)| *term);
        let count = to_f32(documents.len());
        let weigh = |(term, frequencies): (&str, Vec<(u32, f32)>)| {
            let in_documents = to_f32(frequencies.len());
            let rarity = (1.0 + (count - in_documents + 0.5) / (in_documents + 0.5)).ln();
            let posting = |(document, frequency): (u32, f32)| {
                let impact = rarity * frequency / (SATURATION + frequency) * documents[document as usize].weight;
                Posting { document, level: level(impact) }
            };
            (term.to_owned(), frequencies.into_iter().map(posting).collect())
        };
        Self { terms: terms.into_iter().map(weigh).collect(), parted }
    }
}

fn averages(reads: &[Read]) -> [f32; FIELDS] {
    let mut averages = [1.0; FIELDS];
    for (field, average) in averages.iter_mut().enumerate() {
        let filled = reads.iter().filter(|read| read.lengths[field] > 0).count();
        let sum: usize = reads.iter().map(|read| usize::from(read.lengths[field])).sum();
        if filled > 0 {
            *average = to_f32(sum) / to_f32(filled);
        }
    }
    averages
}

/// The level of an impact: steps of equal ratio, so that small and large ones are equally exact.
fn level(impact: f32) -> u8 {
    let level = (STEPS * (impact / UNIT).log2()).round().clamp(0.0, f32::from(TOP));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=63")]
    {
        level as u8
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^24")]
fn to_f32(count: usize) -> f32 {
    count as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_rise_with_the_impact_and_stay_in_range() {
        let levels: Vec<u8> = [0.0, 0.001, 0.01, 0.1, 1.0, 5.0, 1e9].into_iter().map(level).collect();
        assert_eq!(levels, [0, 0, 0, 17, 33, 45, 63]);
    }

    #[test]
    fn a_compound_counts_for_its_parts_but_less() {
        let terms = expand("auftragsverarbeitungsvertrag", Language::De, &Lexicon::new(std::iter::empty(), &[]));
        let expected = [("auftragsverarbeitungsvertrag", 1.0), ("auftrag", PART), ("verarbeit", PART), ("vertrag", HEAD)];
        assert_eq!(terms, expected.map(|(term, weight)| (term.to_owned(), weight)));
        assert_eq!(expand("vertrage", Language::En, &Lexicon::default()).len(), 1);
    }
}
