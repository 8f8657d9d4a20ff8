//! Typographic quotes, dashes and ellipses.
//!
//! Whether `"` opens or closes is decided by the visible characters on both sides
//! alone, so it needs no pairs and is right across the borders of emphasis, links and
//! code:
//!
//! 1. it opens if a blank, an opening bracket, an opening quote or a dash is before it
//!    and no blank after it;
//! 2. a mark after a digit with none open stays as it is (`5" Zoll`);
//! 3. otherwise it closes, and `'` is an apostrophe if none is open.

use crate::base::bytes;

/// Quotes, `--`, `---` and `...` in a text without markup.
pub fn typographic(text: &str, language: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    Quotes::new(language).text(text, || None, &mut out);
    out
}

/// What has been seen of a paragraph so far.
#[derive(Debug)]
pub(super) struct Quotes {
    marks: Marks,
    /// The last visible character.
    previous: Option<char>,
    open_double: usize,
    open_single: usize,
}

/// The four marks of a language.
#[derive(Debug, Clone, Copy)]
struct Marks {
    double: (char, char),
    single: (char, char),
}

const GERMAN: Marks = Marks { double: ('„', '“'), single: ('‚', '‘') };
const ENGLISH: Marks = Marks { double: ('“', '”'), single: ('‘', '’') };

impl Quotes {
    /// The start of a paragraph. Every language but English is treated as German.
    pub(super) fn new(language: &str) -> Self {
        let marks = if language.starts_with("en") { ENGLISH } else { GERMAN };
        Self { marks, previous: None, open_double: 0, open_single: 0 }
    }

    /// The start of another paragraph.
    pub(super) fn reset(&mut self) {
        *self = Self { marks: self.marks, previous: None, open_double: 0, open_single: 0 };
    }

    /// Something was printed that is no text but reads like a word (code, an image).
    pub(super) fn word(&mut self) {
        self.previous = Some('x');
    }

    /// Text was printed as it is.
    pub(super) fn literal(&mut self, text: &str) {
        self.previous = text.chars().rev().find(|&c| is_visible(c)).or(self.previous);
    }

    /// Prints `text`; `next` finds the first visible character after it and is called
    /// once at most.
    pub(super) fn text(&mut self, text: &str, next: impl FnOnce() -> Option<char>, out: &mut String) {
        let (mut rest, mut next) = (text, Some(next));
        let is_mark = |byte| bytes::is_any(byte, *b"\"'-.");
        while let Some(at) = bytes::find(rest.as_bytes(), is_mark) {
            let (before, from) = rest.split_at(at);
            out.push_str(before);
            self.literal(before);
            let mark = from.chars().next().unwrap_or_default();
            // Only dashes and dots count as runs.
            let run = if matches!(mark, '-' | '.') { from.len() - from.trim_start_matches(mark).len() } else { 1 };
            rest = &from[run..];
            let mut after = || rest.chars().next().or_else(|| next.take().and_then(|next| next()));
            let printed = match (mark, run) {
                ('"', _) => self.double(after()),
                ('\'', _) => self.single(after()),
                ('-', 2) => '–',
                ('-', 3) => '—',
                ('.', 3) => '…',
                _ => {
                    out.push_str(&from[..run]);
                    self.previous = Some(mark);
                    continue;
                }
            };
            out.push(printed);
            self.previous = Some(printed);
        }
        out.push_str(rest);
        self.literal(rest);
    }

    fn double(&mut self, next: Option<char>) -> char {
        let (open, close) = self.marks.double;
        if self.can_open(next) && self.previous != Some(open) {
            self.open_double += 1;
            return open;
        }
        if self.open_double == 0 && self.stands_apart(next) {
            return '"';
        }
        self.open_double = self.open_double.saturating_sub(1);
        close
    }

    fn single(&mut self, next: Option<char>) -> char {
        let (open, close) = self.marks.single;
        if self.previous.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric) {
            return '’';
        }
        if self.can_open(next) && self.previous != Some(open) {
            // ’90er
            if next.is_some_and(|c| c.is_ascii_digit()) {
                return '’';
            }
            self.open_single += 1;
            return open;
        }
        if self.open_single > 0 {
            self.open_single -= 1;
            return close;
        }
        if self.stands_apart(next) { '\'' } else { '’' }
    }

    fn can_open(&self, next: Option<char>) -> bool {
        self.follows_a_gap() && next.is_some_and(|c| !c.is_whitespace())
    }

    fn follows_a_gap(&self) -> bool {
        let Some(c) = self.previous else { return true };
        let (double, single) = (self.marks.double.0, self.marks.single.0);
        c.is_whitespace() || matches!(c, '(' | '[' | '{' | '<' | '»' | '-' | '–' | '—' | '/') || c == double || c == single
    }

    /// After a digit (inches, minutes), or with nothing on both sides.
    fn stands_apart(&self, next: Option<char>) -> bool {
        let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        self.previous.is_some_and(|c| c.is_ascii_digit()) || blank(self.previous) && blank(next)
    }
}

/// Soft hyphens and joiners are between two characters without being one.
fn is_visible(c: char) -> bool {
    !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn german_marks_follow_from_their_neighbours() {
        for (straight, set) in [
            ("Das \"ist\" gut.", "Das „ist“ gut."),
            ("\"Er sagte 'ja'.\"", "„Er sagte ‚ja‘.“"),
            ("\"'Ja'\", (\"nein\") und/oder \"x\"/\"y\"", "„‚Ja‘“, („nein“) und/oder „x“/„y“"),
            ("wie geht's, Hans' Auto, '90er", "wie geht’s, Hans’ Auto, ’90er"),
            ("'Wie geht's?'", "‚Wie geht’s?‘"),
            ("ein 5\" Schirm und \"Tarif 5\"", "ein 5\" Schirm und „Tarif 5“"),
            ("Hof \" und ' frei", "Hof \" und ' frei"),
            ("leer: \"\" und ''", "leer: „“ und ‚‘"),
            ("a -- b --- c ---- d - e", "a – b — c ---- d - e"),
            ("weg... \"und...\" so.. oder ....", "weg… „und…“ so.. oder ...."),
            ("--\"ja\"-- \u{ad}\"x\u{ad}\" y", "–„ja“– \u{ad}„x\u{ad}“ y"),
            ("", ""),
            ("\"", "\""),
        ] {
            assert_eq!(typographic(straight, "de"), set, "{straight}");
        }
    }

    #[test]
    fn english_has_its_own_marks() {
        for (straight, set) in [("\"It's 'fine'\"", "“It’s ‘fine’”"), ("the '90s, 5\" (\"x\")", "the ’90s, 5\" (“x”)")] {
            assert_eq!(typographic(straight, "en"), set, "{straight}");
        }
    }
}
