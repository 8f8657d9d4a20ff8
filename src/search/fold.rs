//! Words as the search compares them: the half of the analysis that the browser repeats.
//!
//! 1. [`each_word`] cuts a text into words, in small letters, without accents; in German the two spellings of an
//!    umlaut become one (`ä`, `ae` → `a`), so `Verschluesselung` and `Verschlüsselung` are the same word;
//! 2. [`stem`] takes endings off, so that `Verträge`, `Vertrages` and `Vertrag` are the same term.
//!
//! `themes/standard/static/search.js` does the same in JavaScript; `tests/browser/vectors.json` holds both to it.

use crate::parse::config::Language;

/// Letters beyond ASCII and the letter they are an accented form of (U+00C0 to U+024F: the first
/// character of their canonical decomposition, which is what the browser takes).
const BASES: [(char, &str); 22] = [
    ('a', "àáâãäåāăąǎǟǡǻȁȃȧ"),
    ('c', "çćĉċč"),
    ('d', "ď"),
    ('e', "èéêëēĕėęěȅȇȩ"),
    ('g', "ĝğġģǧǵ"),
    ('h', "ĥȟ"),
    ('i', "ìíîïĩīĭįǐȉȋ"),
    ('j', "ĵǰ"),
    ('k', "ķǩ"),
    ('l', "ĺļľ"),
    ('n', "ñńņňǹ"),
    ('o', "òóôõöōŏőơǒǫǭȍȏȫȭȯȱ"),
    ('r', "ŕŗřȑȓ"),
    ('s', "śŝşšș"),
    ('t', "ţťț"),
    ('u', "ùúûüũūŭůűųưǔǖǘǚǜȕȗ"),
    ('w', "ŵ"),
    ('y', "ýÿŷȳ"),
    ('z', "źżž"),
    ('ø', "ǿ"),
    ('æ', "ǣǽ"),
    ('ʒ', "ǯ"),
];

/// Letters that are written with two or that have no decomposition.
const SPELT: [(char, &str); 7] = [('ß', "ss"), ('æ', "ae"), ('œ', "oe"), ('ø', "o"), ('ł', "l"), ('đ', "d"), ('ı', "i")];

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// The folded word; `§` is one too.
    pub text: &'a str,
    /// Whether it hangs on the word before: `C-311/18`, `On-Premise`, `meet.jit.si`.
    pub linked: bool,
    /// Whether it starts with a capital letter, as German nouns do.
    pub capital: bool,
}

/// Calls `take` for every word of a text.
pub fn each_word(text: &str, language: Language, take: &mut dyn FnMut(Word<'_>)) {
    let mut cutter = Cutter { german: language == Language::De, word: String::new(), spelling: String::new(), capital: false, last: ' ', link: None };
    for c in text.chars() {
        if c.is_alphanumeric() {
            cutter.push(c, take);
        } else if !is_inside(c) {
            cutter.end(take);
            cutter.link = (cutter.link.is_none() && is_joint(c) && cutter.last != ' ').then_some(c);
            if cutter.link.is_none() {
                cutter.last = ' ';
            }
            if c == '§' {
                take(Word { text: "§", linked: false, capital: false });
            }
        }
    }
    cutter.end(take);
}

/// Characters that are written inside a word and are no part of it: soft hyphen, zero-width
/// space and joiners, apostrophes, combining marks.
fn is_inside(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\'' | '’' | '\u{300}'..='\u{36f}')
}

fn is_joint(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '/' | '.')
}

struct Cutter {
    german: bool,
    word: String,
    spelling: String,
    capital: bool,
    /// The last character of the word before the joint.
    last: char,
    /// The joint after it.
    link: Option<char>,
}

impl Cutter {
    fn push(&mut self, c: char, take: &mut dyn FnMut(Word<'_>)) {
        if self.word.is_empty() {
            // A dot joins letters, a stroke joins where there is a number; `und/oder` and `28.06.` are two words.
            let joins = match self.link {
                Some('.') => self.last.is_alphabetic() && c.is_alphabetic(),
                Some('/') => self.last.is_numeric() || c.is_numeric(),
                Some(_) => true,
                None => false,
            };
            self.link = joins.then_some('-');
            self.capital = c.is_uppercase();
        } else if self.word.len() > 200 {
            self.end(take);
        }
        self.last = c;
        if c.is_ascii() {
            self.word.push(c.to_ascii_lowercase());
            return;
        }
        for c in c.to_lowercase().filter(|c| !is_inside(*c)) {
            let base = if ('\u{c0}'..='\u{24f}').contains(&c) { BASES.iter().find(|(_, forms)| forms.contains(c)).map_or(c, |(base, _)| *base) } else { c };
            match SPELT.iter().find(|(letter, _)| *letter == base) {
                Some((_, spelt)) => self.word.push_str(spelt),
                None => self.word.push(base),
            }
        }
    }

    fn end(&mut self, take: &mut dyn FnMut(Word<'_>)) {
        if self.word.is_empty() {
            return;
        }
        let linked = self.link.take().is_some();
        let text = if self.german && umlauts(&self.word, &mut self.spelling) { &self.spelling } else { &self.word };
        take(Word { text, linked, capital: self.capital });
        self.word.clear();
    }
}

/// Writes `ae`, `oe`, `ue` as their first letter, unless the `u` belongs to the letter before
/// (`neue`, `Quelle`, `Steuer`). Says whether anything changed.
fn umlauts(word: &str, out: &mut String) -> bool {
    if !word.contains('e') {
        return false;
    }
    out.clear();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let bytes = rest.as_bytes();
        let kept = if matches!(first, 'a' | 'e' | 'q') && bytes[1..].starts_with(b"ue") {
            3
        } else if matches!(first, 'a' | 'o' | 'u') && bytes[1..].starts_with(b"e") {
            out.push(first);
            rest = &rest[2..];
            continue;
        } else {
            first.len_utf8()
        };
        out.push_str(&rest[..kept]);
        rest = &rest[kept..];
    }
    out.len() != word.len()
}

/// The term of a word: its endings taken off until none is left. Numbers, names with digits and
/// other scripts stay as they are.
pub fn stem(word: &str, language: Language) -> &str {
    if !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word;
    }
    match language {
        Language::De => german(word),
        Language::En => english(word),
    }
}

fn german(word: &str) -> &str {
    let mut stem = word;
    while let Some(shorter) = shorter(stem) {
        stem = shorter;
    }
    stem
}

/// The word without its last ending, if at least three letters are left (five before `ung`).
fn shorter(word: &str) -> Option<&str> {
    const ENDINGS: [(&str, usize); 8] = [("ungen", 5), ("ung", 5), ("ern", 3), ("em", 3), ("en", 3), ("er", 3), ("es", 3), ("e", 3)];
    let ending = ENDINGS.iter().find_map(|(ending, left)| word.strip_suffix(ending).filter(|rest| rest.len() >= *left));
    let after = |ending: char, before: &[u8]| {
        let rest = word.strip_suffix(ending).filter(|rest| rest.len() >= 4)?;
        before.contains(rest.as_bytes().last()?).then_some(rest)
    };
    ending.or_else(|| after('s', b"bdfghklmnrt")).or_else(|| after('n', b"lr"))
}

/// English plurals: `policies` and `policy`, `systems` and `system`.
fn english(word: &str) -> &str {
    match word {
        _ if word.len() < 4 || word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") => word,
        _ => word.strip_suffix("ies").or_else(|| word.strip_suffix('y')).or_else(|| word.strip_suffix('s')).unwrap_or(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, language: Language) -> Vec<(String, bool)> {
        let mut words = Vec::new();
        each_word(text, language, &mut |word| words.push((word.text.to_owned(), word.linked)));
        words
    }

    fn text(text: &str) -> String {
        words(text, Language::De).into_iter().map(|(word, linked)| if linked { format!("-{word}") } else { word }).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn both_spellings_of_an_umlaut_are_one_word() {
        for (left, right) in [
            ("Verschlüsselung", "Verschluesselung"),
            ("Verschlüsselung", "Verschlu\u{308}sselung"),
            ("Löschfrist", "LOESCHFRIST"),
            ("Maßnahme", "Massnahme"),
            ("Übermittlung", "Ubermittlung"),
            ("Café", "Cafe"),
        ] {
            assert_eq!(text(left), text(right));
        }
        assert_eq!(text("neue Quelle, Steuer, Bauer"), "neue quelle steuer bauer");
        assert_ne!(words("Maße", Language::En), words("Masae", Language::En));
    }

    #[test]
    fn joints_link_and_other_signs_part() {
        assert_eq!(text("C-311/18, Art. 28 und/oder § 203"), "c -311 -18 art 28 und oder § 203");
        assert_eq!(text("meet.jit.si am 28.06.2025"), "meet -jit -si am 28 06 2025");
        assert_eq!(text("Transport- und Ende-zu-Ende"), "transport und ende -zu -ende");
        assert_eq!(text("geht’s Auftrags\u{ad}verarbeitung"), "gehts auftragsverarbeitung");
    }

    #[test]
    fn inflected_forms_have_one_stem() {
        for (forms, expected) in [
            ("vertrag vertrage vertrages vertragen vertrags", "vertrag"),
            ("klausel klauseln", "klausel"),
            ("verschlusselung verschlusselungen", "verschlussel"),
            ("system systeme systemen systems", "syst"),
            ("anbieter anbietern anbieters", "anbiet"),
            ("minimierung minimieren", "minimi"),
            ("ort orte orten ortes", "ort"),
        ] {
            for form in forms.split(' ') {
                assert_eq!(stem(form, Language::De), expected, "{form}");
            }
        }
        for (form, expected) in [("policies", "polic"), ("policy", "polic"), ("systems", "system"), ("access", "access"), ("status", "status"), ("c5", "c5")] {
            assert_eq!(stem(form, Language::En), expected);
        }
    }
}
