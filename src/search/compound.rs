//! German compounds, split into words that the site itself uses or that everybody knows.
//!
//! 1. [`Lexicon::new`] collects the nouns of the site, the base words, and those the site adds (`search.base_words`);
//! 2. [`Lexicon::parts`] looks for the split into the fewest of them, linking letters between (`Auftrag-s-verarbeitung`),
//!    and splits long parts again.

use std::collections::HashSet;

use crate::parse::config::Language;

use super::fold::{each_word, stem};

/// Common first and last parts of German compounds; written for this program.
pub(super) const BASE_WORDS: &str = include_str!("base_words.txt");

/// What stands between the parts of a compound; the last one is an `e` that the first part has lost.
const LINKS: [&str; 7] = ["", "s", "n", "en", "es", "er", "e"];

/// Endings of nouns made from verbs and adjectives.
const NOUN_ENDINGS: [&str; 5] = ["ierung", "igung", "ation", "barkeit", "losigkeit"];

/// Parts are this long; a site's own words no longer than [`LONGEST`], so that a compound is not its own part.
const SHORTEST: usize = 4;
const LONGEST: usize = 14;

/// Words are split from this length on.
const SPLIT_FROM: usize = 8;

/// Words that compounds are made of.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Folded words.
    words: HashSet<String>,
    /// Their stems: the last part may have an ending.
    stems: HashSet<String>,
}

impl Lexicon {
    /// The lexicon of a site: `nouns` are its folded words with a capital letter.
    pub fn new<'a>(nouns: impl Iterator<Item = &'a str>, own: &[String]) -> Self {
        let mut lexicon = Self::default();
        for text in std::iter::once(BASE_WORDS).chain(own.iter().map(String::as_str)) {
            each_word(text, Language::De, &mut |word| lexicon.add(word.text));
        }
        nouns.filter(|noun| (SHORTEST..=LONGEST).contains(&noun.len())).for_each(|noun| lexicon.add(noun));
        lexicon
    }

    fn add(&mut self, word: &str) {
        if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return;
        }
        let stem = stem(word, Language::De);
        if stem.len() >= SHORTEST {
            self.stems.insert(stem.to_owned());
        }
        self.words.insert(word.to_owned());
    }

    /// The parts of a folded word, with the parts of its parts; none if it is no compound. Each
    /// comes with how deep it was found (1 or 2) and whether it is the last one, the head.
    pub fn parts(&self, word: &str) -> Vec<(String, u8, bool)> {
        let mut parts = Vec::new();
        if word.bytes().all(|b| b.is_ascii_lowercase()) {
            self.collect(word, 1, &mut parts);
        }
        parts
    }

    fn collect(&self, word: &str, depth: u8, parts: &mut Vec<(String, u8, bool)>) {
        let Some(split) = self.split(word) else { return };
        let last = split.len() - 1;
        for (at, part) in split.into_iter().enumerate() {
            if !parts.iter().any(|(known, _, _)| known == part) {
                parts.push((part.to_owned(), depth, at == last));
            }
            if depth == 1 {
                self.collect(part, 2, parts);
            }
        }
    }

    /// The split into the fewest parts, of these the one with the longest head.
    fn split<'a>(&self, word: &'a str) -> Option<Vec<&'a str>> {
        if word.len() < SPLIT_FROM {
            return None;
        }
        // best[i]: the last part before `i` in the best split of `word[..i]`, and the number of parts.
        let mut best: Vec<Option<(usize, usize, usize)>> = vec![None; word.len() + 1];
        for end in SHORTEST..=word.len() {
            let is_end = end == word.len();
            for start in 0..=end.saturating_sub(SHORTEST) {
                let count = if start == 0 {
                    0
                } else if let Some((_, _, count)) = best[start] {
                    count
                } else {
                    continue;
                };
                if start == 0 && is_end {
                    continue;
                }
                let Some(length) = self.part(&word[start..end], is_end) else { continue };
                if best[end].is_none_or(|(_, _, known)| count + 1 < known) {
                    best[end] = Some((start, start + length, count + 1));
                }
            }
        }
        let mut parts = Vec::new();
        let mut end = word.len();
        while end > 0 {
            let (start, part_end, _) = best[end]?;
            parts.push(&word[start..part_end]);
            end = start;
        }
        parts.reverse();
        Some(parts)
    }

    /// Whether `text` is a word, or a word and a link; the length of the word. A head may also be a noun
    /// that only its ending gives away.
    fn part(&self, text: &str, is_head: bool) -> Option<usize> {
        if is_head {
            let is_noun = text.len() >= 8 && NOUN_ENDINGS.iter().any(|ending| text.ends_with(ending));
            return (is_noun || self.words.contains(text) || self.stems.contains(stem(text, Language::De))).then_some(text.len());
        }
        let word = LINKS.iter().find_map(|link| text.strip_suffix(link).filter(|word| word.len() >= 3 && self.words.contains(*word)));
        word.map(str::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(word: &str, nouns: &[&str]) -> String {
        let lexicon = Lexicon::new(nouns.iter().copied(), &[]);
        lexicon.parts(word).into_iter().map(|(part, depth, head)| format!("{part}{depth}{}", if head { "!" } else { "" })).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn compounds_fall_into_their_words() {
        for (word, expected) in [
            ("auftragsverarbeitungsvertrag", "auftrag1 verarbeitung1 vertrag1!"),
            ("loschfristen", "losch1 fristen1!"),
            ("datenschutzaufsicht", "daten1 schutz1 aufsicht1!"),
            ("speicherdauer", "speicher1 dauer1!"),
            ("datenminimierung", "daten1 minimierung1!"),
            ("vertrag", ""),
            ("vereinbarung", ""),
            ("verschlusselung", ""),
        ] {
            assert_eq!(parts(word, &[]), expected, "{word}");
        }
    }

    #[test]
    fn the_words_of_the_site_are_parts_too() {
        assert_eq!(parts("pfarrhaustresor", &[]), "");
        assert_eq!(parts("pfarrhaustresor", &["pfarrhaus", "tresor"]), "pfarrhaus1 tresor1!");
        assert_eq!(parts("datenschutzaufsicht", &["datenschutz"]), "datenschutz1 daten2 schutz2! aufsicht1!");
    }
}
