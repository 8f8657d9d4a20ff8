//! The language of every sentence, compared with the page's.
//!
//! An injected advert need not be a paragraph of its own, so [`chunks`] cuts a paragraph into
//! sentences that are long enough to judge. A chunk is reported only if three things hold:
//! it has next to none of the page's own small words, the detector sees another language,
//! and that is certain: the small words of that language abound where they are known here,
//! else the detector is sure of a text that is no list of names.
//!
//! Measured on 1,342 German manual pages (1.4 million words) that are no part of this
//! repository: what is reported is untranslated English.

use std::borrow::Cow;
use std::ops::{Add, Range};

use whatlang::{Lang, Script};

use super::paragraph::Paragraph;
use crate::base::bytes;
use crate::base::codes;
use crate::parse::place::Report;

/// Fewer letters say nothing certain.
const MIN_LETTERS: usize = 50;
/// Fewer words are a name or a title.
const MIN_WORDS: usize = 8;
/// A link's text up to this length is a title, in the language of what it leads to.
const MAX_TITLE: usize = 160;

/// Greek and Coptic begins here; all letters before it are Latin (Unicode's block chart).
const FIRST_OTHER_SCRIPT: char = '\u{370}';

/// Common German words that hardly any other language has, sorted by their bytes.
const GERMAN: [&str; 61] = [
    "als", "auch", "auf", "aus", "bei", "beim", "dann", "das", "dass", "dem", "der", "diese", "dieser", "durch", "ein", "eine", "einem", "einen", "einer",
    "eines", "für", "haben", "hat", "ihre", "im", "ist", "jede", "jeder", "kann", "kein", "keine", "können", "mit", "muss", "nach", "nicht", "noch", "nur",
    "oder", "ohne", "seit", "sich", "sie", "sind", "sowie", "und", "unter", "vom", "von", "vor", "weil", "wenn", "wer", "werden", "wie", "wird", "wurde", "zu",
    "zum", "zur", "über",
];

/// The same in English.
const ENGLISH: [&str; 42] = [
    "all", "and", "any", "are", "be", "been", "but", "by", "can", "could", "for", "from", "has", "have", "if", "is", "it", "its", "may", "more", "not", "of",
    "or", "our", "than", "that", "the", "their", "there", "they", "this", "to", "we", "were", "when", "which", "who", "will", "with", "would", "you", "your",
];

/// Small words, to be looked up by their first byte: every word of every text is.
struct SmallWords {
    words: &'static [&'static str],
    /// Where those with each letter begin; the last but one are those that begin with no letter of ASCII.
    starts: [usize; 28],
}

impl SmallWords {
    const fn new(words: &'static [&'static str]) -> Self {
        let mut starts = [words.len(); 28];
        let mut letter = 0;
        while letter < 27 {
            let mut at = 0;
            while at < words.len() && words[at].as_bytes()[0] < b'a' + letter {
                at += 1;
            }
            starts[letter as usize] = at;
            letter += 1;
        }
        Self { words, starts }
    }

    fn has(&self, word: &str) -> bool {
        let Some(first) = word.bytes().next() else { return false };
        let letter = usize::from(first.wrapping_sub(b'a').min(26));
        self.words[self.starts[letter]..self.starts[letter + 1]].contains(&word)
    }
}

static GERMAN_WORDS: SmallWords = SmallWords::new(&GERMAN);
static ENGLISH_WORDS: SmallWords = SmallWords::new(&ENGLISH);

/// What words tell the language of a page, what words another one.
#[derive(Clone, Copy)]
struct Page {
    own: &'static SmallWords,
    other: &'static SmallWords,
    lang: Lang,
}

impl Page {
    fn of(language: &str) -> Self {
        match language {
            "en" => Self { own: &ENGLISH_WORDS, other: &GERMAN_WORDS, lang: Lang::Eng },
            _ => Self { own: &GERMAN_WORDS, other: &ENGLISH_WORDS, lang: Lang::Deu },
        }
    }
}

/// Reports each stretch of the paragraph that is in another language.
pub(super) fn check(paragraph: &Paragraph, language: &str, report: &mut Report<'_>) {
    if paragraph.quoted || paragraph.text.len() < MIN_LETTERS {
        return;
    }
    let page = Page::of(language);
    let judged = without_quotations(paragraph);
    let mut stretches: Vec<(Range<usize>, &str)> = Vec::new();
    for (part, amount) in chunks(&paragraph.text, &judged, page) {
        let Some(other) = foreign(&judged[part.clone()], amount, page) else { continue };
        let blank = paragraph.text[part.clone()].len() - paragraph.text[part.clone()].trim_start().len();
        let chunk = part.start + blank..part.end;
        match stretches.last_mut() {
            Some((last, known)) if *known == other && paragraph.text[last.end..chunk.start].trim().is_empty() => last.end = chunk.end,
            _ => stretches.push((chunk, other)),
        }
    }
    for (chunk, other) in stretches {
        let message = format!("this text is in {other}, not in the language of the page");
        report.error(codes::FOREIGN_LANGUAGE, &paragraph.place(&chunk), message, "remove it; if it is meant, set it as a quote (`> …`) or in quotation marks");
    }
}

/// Sentences that are long enough to judge, short neighbours together, with what they amount to; `judged` is the text
/// without what may be in any language.
fn chunks(text: &str, judged: &str, page: Page) -> Vec<(Range<usize>, Amount)> {
    let is_end = |end: &usize| text[*end..].starts_with(char::is_whitespace);
    let is_mark = |byte| bytes::is_any(byte, *b".!?:;");
    let mut looked = 0;
    let marks = std::iter::from_fn(|| {
        looked += bytes::find(&text.as_bytes()[looked..], is_mark)? + 1;
        Some(looked)
    });
    let mut chunks = Vec::new();
    // Where the sentence begins, and the short ones before it with what they amount to.
    let (mut start, mut pending, mut before) = (0, 0, Amount::default());
    for end in marks.filter(is_end).chain([text.len()]) {
        let own = Amount::of(&judged[start..end], page);
        let (from, amount) = if own.is_long() { (start, own) } else { (pending, before + own) };
        before = amount;
        if amount.is_long() {
            chunks.push((from..end, amount));
            (pending, before) = (end, Amount::default());
        }
        start = end;
    }
    chunks
}

/// How much a text says.
#[derive(Clone, Copy, Default)]
struct Amount {
    letters: usize,
    words: usize,
    /// How many of the words are small ones of the page's own language.
    own: usize,
}

impl Amount {
    fn of(text: &str, page: Page) -> Self {
        let mut amount = Self::default();
        let mut rest = text;
        while !rest.is_empty() {
            let (letters, length) = word(rest);
            if letters > 0 {
                amount.letters += letters;
                amount.words += 1;
                amount.own += usize::from(page.own.has(&rest[..length]));
            }
            // What is behind a word is no part of one.
            let apart = rest[length..].chars().next().map_or(0, char::len_utf8);
            rest = &rest[length + apart..];
        }
        amount
    }

    fn is_long(self) -> bool {
        self.letters >= MIN_LETTERS && self.words >= MIN_WORDS
    }
}

impl Add for Amount {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { letters: self.letters + other.letters, words: self.words + other.words, own: self.own + other.own }
    }
}

/// The letters and the bytes of the word that a text begins with.
fn word(text: &str) -> (usize, usize) {
    let bytes = text.as_bytes();
    let (mut letters, mut at) = (0, 0);
    loop {
        // Letters of ASCII are most of any text.
        let run = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        letters += run;
        at += run;
        let Some(c) = text[at..].chars().next() else { break };
        if is_letter(c) {
            letters += 1;
        } else if !is_inside_word(c) {
            break;
        }
        at += c.len_utf8();
    }
    (letters, at)
}

/// [`char::is_alphabetic`], without a look into a table for the letters of most European languages.
fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{a9}' => c.is_ascii_alphabetic(),
        'À'..='ɏ' => c != '×' && c != '÷',
        c => c.is_alphabetic(),
    }
}

/// Whether a character that is no letter goes on a word.
fn is_inside_word(c: char) -> bool {
    matches!(c, '0'..='9' | '\'' | '’') || (!c.is_ascii() && c.is_numeric())
}

/// The text with blanks for quotations and the texts of links, byte for byte as long.
fn without_quotations(paragraph: &Paragraph) -> Cow<'_, str> {
    let titles = paragraph.links.iter().map(|link| link.text.clone()).filter(|range| range.len() <= MAX_TITLE);
    let left_out: Vec<Range<usize>> = titles.chain(quotations(&paragraph.text)).collect();
    if left_out.is_empty() {
        return Cow::Borrowed(&paragraph.text);
    }
    let mut text = paragraph.text.clone().into_bytes();
    for range in left_out {
        text[range].fill(b' ');
    }
    // Whole characters were replaced, so it is text still.
    Cow::Owned(String::from_utf8(text).unwrap_or_else(|_| " ".repeat(paragraph.text.len())))
}

/// What stands between quotation marks.
fn quotations(text: &str) -> Vec<Range<usize>> {
    const PAIRS: [(char, &[char]); 6] = [('„', &['“', '”']), ('“', &['”']), ('»', &['«']), ('«', &['»']), ('"', &['"']), ('‚', &['‘'])];
    let mut found = Vec::new();
    let mut at = 0;
    // First bytes of the marks.
    while let Some(open) = bytes::find(&text.as_bytes()[at..], |byte| bytes::is_any(byte, [b'"', 0xc2, 0xe2])) {
        let c = text[at + open..].chars().next().unwrap_or_default();
        let inside = at + open + c.len_utf8();
        let Some((_, closing)) = PAIRS.iter().find(|(open, _)| *open == c) else {
            at = inside;
            continue;
        };
        match text[inside..].find(*closing) {
            Some(length) => {
                found.push(inside..inside + length);
                at = inside + length;
                at += text[at..].chars().next().map_or(0, char::len_utf8);
            }
            None => at = inside,
        }
    }
    found
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_letter(c) && !is_inside_word(c)).filter(|word| word.chars().any(is_letter))
}

/// The other language that a text is in, if that is certain.
fn foreign(text: &str, amount: Amount, page: Page) -> Option<&'static str> {
    let all = amount.words;
    // In running text every third word is one of the small ones; one may be a name.
    if amount.own > all / 12 {
        return None;
    }
    let theirs = words(text).filter(|word| page.other.has(word)).count();
    // The detector costs more than all other checks of a text; what could never be certain below needs none.
    let (abound, running) = (theirs * 8 >= all && theirs >= 2, is_running(text, amount));
    if !abound && !running && text.chars().all(|c| c < FIRST_OTHER_SCRIPT || !c.is_alphabetic()) {
        return None;
    }
    let info = whatlang::detect(text)?;
    let is_other = info.lang() != page.lang;
    let is_certain = match info.lang() {
        Lang::Deu | Lang::Eng => abound,
        _ => info.script() != Script::Latin || (info.is_reliable() && running),
    };
    (is_other && is_certain).then(|| info.lang().eng_name())
}

/// Whether a text is made of sentences, not of names and commas.
fn is_running(text: &str, Amount { letters, words: all, .. }: Amount) -> bool {
    let is_plain = || words(text).filter(|word| word.chars().all(char::is_lowercase)).count() * 10 >= all * 7;
    let marks = || text.bytes().filter(|byte| matches!(byte, b',' | b';' | b'(' | b'=' | b'/')).count();
    letters >= 80 && marks() * 5 <= all && is_plain()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_languages_are_recognised_and_names_are_not() {
        let (german, english) = (Page::of("de"), Page::of("en"));
        for (text, other) in [
            ("Online medication manufacturers can so be done in promptly any heart or antibiotic saving confidence strains.", Some("English")),
            ("Las farmacias en línea ofrecen medicamentos sin receta a los mejores precios y con entrega rápida en todo el mundo.", Some("Spanish")),
            ("Купить дешёвые лекарства без рецепта с быстрой доставкой по всему миру можно только на нашем сайте.", Some("Russian")),
            ("Der Auftragsverarbeitungsvertrag regelt, welche Daten zu welchen Zwecken verarbeitet werden.", None),
            ("abstraction, hints, baremetal, cryptodisk, device, disk, drive, label, parttable, partuuid, zero, zswap, reiser, squash", None),
            ("Copyright 2001 bis 2020 Free Software Foundation, Inc. Lizenz GPLv3+: GNU GPL Version 3, siehe Datei.", None),
            ("Zoom Communications Inc., Microsoft Teams, Google Meet, Cisco Webex Meetings, GoTo Meeting, Jitsi Meet, BigBlueButton", None),
        ] {
            assert_eq!(foreign(text, Amount::of(text, german), german), other, "{text}");
        }
        let text = "Der Vertrag regelt, welche Daten zu welchen Zwecken von dem Anbieter verarbeitet werden.";
        assert_eq!(foreign(text, Amount::of(text, english), english), Some("German"));
    }

    #[test]
    fn the_lists_of_small_words_are_sorted() {
        for list in [&GERMAN_WORDS, &ENGLISH_WORDS] {
            assert!(list.words.is_sorted() && list.words.iter().all(|word| list.has(word)), "{:?}", list.words);
            assert!(["", "un", "Der", "Über", "q", "{"].iter().all(|word| !list.has(word)), "{:?}", list.words);
        }
    }

    #[test]
    fn quotations_are_left_out_and_keep_their_place() {
        let text = "a „b c“ d \"e\" f »g";
        assert_eq!(quotations(text).into_iter().map(|range| &text[range]).collect::<Vec<_>>(), ["b c", "e"]);
    }
}
