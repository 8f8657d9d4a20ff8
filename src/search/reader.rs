//! A document → its words, counted by field.
//!
//! Words that every text has are left out (`search.stop_words` of the theme's language file), words that mean
//! the same become one (`search.same_words`). Beside the words themselves stand what joints tie together
//! (`On-Premise` → `onpremise`) and what is cited (`Art. 28` → `art28`, `§ 203` → `§203`).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::parse::config::Language;
use crate::parse::strings::Strings;

use super::document::{Document, FIELDS};
use super::fold::{Word, each_word};

/// Longer chains of words are no name.
const LONGEST_CHAIN: usize = 40;

/// How a site's texts are read; the browser reads queries the same way.
#[derive(Debug)]
pub struct Reader {
    /// The language of the site.
    pub language: Language,
    /// Folded words that are left out.
    pub stop_words: BTreeSet<String>,
    /// Folded words and what stands for them.
    pub same_words: BTreeMap<String, String>,
}

/// How often a word stands in each field.
pub type Counts = [u16; FIELDS];

/// A word of a document.
#[derive(Clone, Copy, Debug, Default)]
pub struct Use {
    /// How often, by field.
    pub counts: Counts,
    /// Whether it was ever written with a capital letter.
    pub capital: bool,
    /// Whether it is no word of the text, but one tied together from several.
    pub tied: bool,
}

impl Use {
    fn add(&mut self, capital: bool, field: usize) {
        self.counts[field] = self.counts[field].saturating_add(1);
        self.capital |= capital;
        self.tied = false;
    }
}

/// The words of a document, sorted, and the length of each field in words.
#[derive(Debug, Default)]
pub struct Read {
    /// Folded words with their uses.
    pub words: Vec<(String, Use)>,
    /// Words in each field.
    pub lengths: Counts,
}

/// A document's words while they are counted.
#[derive(Default)]
struct Counter {
    words: HashMap<String, Use>,
    lengths: Counts,
}

impl Reader {
    /// The reader for a language, with the words of the theme's language file.
    pub fn new(language: Language, strings: &Strings) -> Self {
        let mut reader = Self { language, stop_words: BTreeSet::new(), same_words: BTreeMap::new() };
        let fold = |text: &str| {
            let mut words = Vec::new();
            each_word(text, language, &mut |word| words.push(word.text.to_owned()));
            words
        };
        reader.stop_words.extend(fold(strings.find("search.stop_words").unwrap_or_default()));
        for pair in strings.find("search.same_words").unwrap_or_default().split(' ') {
            if let Some((from, to)) = pair.split_once('=') {
                reader.same_words.extend(fold(from).into_iter().zip(fold(to)));
            }
        }
        reader
    }

    /// Reads a document.
    pub fn read(&self, document: &Document) -> Read {
        let mut counter = Counter::default();
        for (field, texts) in document.fields().iter().enumerate() {
            for text in *texts {
                self.count(text, field, &mut counter);
            }
        }
        let mut words: Vec<(String, Use)> = counter.words.into_iter().collect();
        words.sort_unstable_by(|(left, _), (right, _)| left.cmp(right));
        Read { words, lengths: counter.lengths }
    }

    fn count(&self, text: &str, field: usize, read: &mut Counter) {
        let mut chain = String::new();
        let mut is_chain = false;
        let mut before = String::new();
        each_word(text, self.language, &mut |word| {
            let same = self.same_words.get(word.text).map_or(word.text, String::as_str);
            if !word.linked {
                read.tie(&chain, is_chain, field);
                chain.clear();
            }
            is_chain = word.linked;
            chain.push_str(word.text);
            read.add(Word { text: same, ..word }, field, self.stop_words.contains(word.text));
            if (before == "art" || before == "§") && same.as_bytes()[0].is_ascii_digit() {
                before.push_str(same);
                read.tie(&before, true, field);
            }
            before.clear();
            before.push_str(same);
        });
        read.tie(&chain, is_chain, field);
    }
}

impl Counter {
    fn add(&mut self, word: Word<'_>, field: usize, stops: bool) {
        self.lengths[field] = self.lengths[field].saturating_add(1);
        if stops {
            return;
        }
        // Most words are known already: no string is made for them.
        if let Some(entry) = self.words.get_mut(word.text) {
            entry.add(word.capital, field);
        } else {
            let mut entry = Use::default();
            entry.add(word.capital, field);
            self.words.insert(word.text.to_owned(), entry);
        }
    }

    fn tie(&mut self, chain: &str, is_chain: bool, field: usize) {
        if is_chain && chain.len() <= LONGEST_CHAIN {
            let entry = self.words.entry(chain.to_owned()).or_insert(Use { tied: true, ..Use::default() });
            entry.counts[field] = entry.counts[field].saturating_add(1);
        }
    }
}
