//! Where a stretch of the parsed text lies in its file, and the findings that say so.
//!
//! The body of an article is a slice of its file. Prose from YAML is not: the YAML
//! parser has folded lines and resolved escapes. [`Places::aligned`] then walks through
//! both texts at once and skips in the file what the parser has taken out.

use std::ops::Range;

use crate::base::codes::Code;
use crate::base::diag::Diagnostic;
use crate::base::source::Source;

/// Longest stretch of YAML's own signs that is skipped (`>-`, `"`, `\u00e4`).
const MAX_SKIPPED: usize = 8;

/// From offsets in the parsed text to offsets in the file.
#[derive(Debug)]
pub(super) enum Places {
    /// The text is the slice of the file that starts here.
    Slice(usize),
    /// For each byte of the text the start and the end of its character in the file.
    Walked(Vec<(usize, usize)>),
}

impl Places {
    /// Finds `text` in `file`, where it starts at about `at`; best effort.
    pub(super) fn aligned(file: &str, at: usize, text: &str) -> Self {
        let start = (0..=at.min(file.len())).rev().find(|&at| file.is_char_boundary(at)).unwrap_or(0);
        if file[start..].starts_with(text) {
            return Self::Slice(start);
        }
        let mut place = start;
        let mut walked = Vec::with_capacity(text.len());
        for c in text.chars() {
            if let Some(found) = seek(file, place, c) {
                place = found;
            }
            let end = place + file[place..].chars().next().map_or(0, char::len_utf8);
            walked.extend(std::iter::repeat_n((place, end), c.len_utf8()));
            if file[place..].starts_with(c) {
                place = end;
            }
        }
        Self::Walked(walked)
    }

    /// The place in the file of `range` in the text.
    pub(super) fn of(&self, range: &Range<usize>) -> Range<usize> {
        match self {
            Self::Slice(offset) => range.start + offset..range.end + offset,
            Self::Walked(walked) => {
                let last = walked.last().map_or(0, |last| last.1);
                let start = walked.get(range.start).map_or(last, |byte| byte.0);
                let end = range.end.checked_sub(1).and_then(|at| walked.get(at)).map_or(last, |byte| byte.1);
                start..if range.is_empty() { start } else { end.max(start) }
            }
        }
    }
}

/// The next `c` behind blanks and a few of YAML's signs. A blank is looked for only
/// where it would be: folding may have made it of a line break.
fn seek(file: &str, from: usize, c: char) -> Option<usize> {
    if c.is_whitespace() {
        return None;
    }
    let mut skipped = 0;
    for (at, found) in file[from..].char_indices() {
        if found == c {
            return Some(from + at);
        }
        skipped += usize::from(!found.is_whitespace());
        if skipped > MAX_SKIPPED {
            return None;
        }
    }
    None
}

/// Collects what is found in one text.
#[derive(Debug)]
pub(super) struct Report<'a> {
    pub(super) source: &'a Source,
    pub(super) places: Places,
    pub(super) findings: Vec<Diagnostic>,
}

impl Report<'_> {
    /// A finding that stops the write, at `range` of the parsed text.
    pub(super) fn error(&mut self, code: Code, range: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.add(Diagnostic::error(code, message).help(help), range);
    }

    /// A finding that is published all the same.
    pub(super) fn warning(&mut self, code: Code, range: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.add(Diagnostic::warning(code, message).help(help), range);
    }

    /// Any finding, at `range` of the parsed text.
    pub(super) fn add(&mut self, finding: Diagnostic, range: &Range<usize>) {
        let place = self.places.of(range);
        self.findings.push(finding.at(self.source.span(place)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slice_is_shifted() {
        let places = Places::aligned("a: ü b", 3, "ü b");
        assert!(matches!(places, Places::Slice(3)));
        assert_eq!(places.of(&(3..4)), 6..7);
    }

    #[test]
    fn folded_and_escaped_texts_are_found_again() {
        for (file, at, text) in [
            ("note: >-\n  eins\n  zwei *drei*\n", 6, "eins zwei *drei*"),
            ("note: |\n  eins\n\n    zwei *drei*\n", 6, "eins\n\n  zwei *drei*\n"),
            ("note: \"\\u00e4 \\\"eins\\\" *drei*\"\n", 6, "ä \"eins\" *drei*"),
            ("note: 'geht''s *drei*'\n", 6, "geht's *drei*"),
        ] {
            let places = Places::aligned(file, at, text);
            let start = text.find("*drei*").unwrap();
            assert_eq!(&file[places.of(&(start..start + 6))], "*drei*", "{file:?}");
        }
    }

    #[test]
    fn a_text_from_elsewhere_gets_some_place() {
        for (at, text) in [(0, "ganz anders"), (99, "x"), (3, "ü"), (0, "")] {
            let file = "kurz ä";
            let range = Places::aligned(file, at, text).of(&(0..text.len()));
            assert!(file.get(range.clone()).is_some(), "{range:?}");
        }
    }
}
