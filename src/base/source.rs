//! The input texts and the places in them.
//!
//! [`Sources`] is everything a build reads, as a value: the shell fills it,
//! nothing after that touches a disk.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::diag::Diagnostic;
use super::path::SitePath;

/// One text with its place in the project.
#[derive(Clone, Debug, Eq)]
pub struct Source {
    /// Where it lies.
    pub path: SitePath,
    /// The text, without a byte-order mark.
    pub text: Arc<str>,
}

/// A place: bytes `start..end` of the text at `path`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub path: SitePath,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// The same text is usually the same piece of memory, and comparing megabytes takes milliseconds.
pub fn is_same<T: PartialEq + ?Sized>(one: &Arc<T>, other: &Arc<T>) -> bool {
    Arc::ptr_eq(one, other) || one == other
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && is_same(&self.text, &other.text)
    }
}

impl Source {
    /// A place in this text.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span { path: self.path.clone(), start: range.start, end: range.end }
    }
}

/// 1-based line and column (in characters) of a byte offset.
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let offset = (0..=offset.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let before = &text[..offset];
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}

/// All inputs of a build.
#[derive(Clone, Debug, Default, Eq)]
pub struct Sources {
    /// Articles, cards, configuration, templates.
    pub texts: BTreeMap<SitePath, Source>,
    /// Files that are copied as they are.
    pub files: BTreeMap<SitePath, Arc<[u8]>>,
    /// What could not be read, already worded.
    pub faults: Vec<Diagnostic>,
}

impl PartialEq for Sources {
    fn eq(&self, other: &Self) -> bool {
        self.is_same_beside_texts(other) && self.texts.values().eq(other.texts.values())
    }
}

impl Sources {
    /// Adds one file's bytes. Texts that are no UTF-8 become a fault.
    pub fn add(&mut self, path: SitePath, bytes: Vec<u8>) {
        if !is_text(&path) {
            self.files.insert(path, bytes.into());
            return;
        }
        match String::from_utf8(bytes) {
            Ok(text) => {
                self.faults.extend(reserved_fault(&path, &text));
                let text = text.strip_prefix('\u{feff}').unwrap_or(&text).into();
                self.texts.insert(path.clone(), Source { path, text });
            }
            Err(error) => self.faults.push(encoding_fault(path, &error)),
        }
    }

    fn is_same_beside_texts(&self, other: &Self) -> bool {
        let bytes = self.files.values().zip(other.files.values());
        self.faults == other.faults && self.files.keys().eq(other.files.keys()) && bytes.into_iter().all(|(one, other)| is_same(one, other))
    }

    /// The only text that is another one in `after`, if all else is equal.
    pub fn only_change<'a>(&self, after: &'a Self) -> Option<&'a Source> {
        if !self.is_same_beside_texts(after) || !self.texts.keys().eq(after.texts.keys()) {
            return None;
        }
        let mut changed = self.texts.values().zip(after.texts.values()).filter(|(one, other)| one != other).map(|(_, other)| other);
        changed.next().filter(|_| changed.next().is_none())
    }

    /// The text at `path`.
    pub fn text(&self, path: &str) -> Option<&Source> {
        self.texts.get(&SitePath::parse(path).ok()?)
    }
}

/// Texts are what the program parses; the rest is copied byte for byte.
pub fn is_text(path: &SitePath) -> bool {
    path.below("content/static").is_none()
        && !path.as_str().contains("/static/")
        && ["md", "yaml", "yml", "html", "xml", "txt", "lock"].iter().any(|extension| path.has_extension(extension))
}

/// Characters that no text needs: controls would break feeds (XML 1.0, 2.2), and U+E000 is
/// what the program marks addresses with.
fn reserved_fault(path: &SitePath, text: &str) -> Option<Diagnostic> {
    let at = reserved(text.as_bytes())?;
    let c = text[at..].chars().next()?;
    let (line, column) = line_column(text, at);
    let finding = Diagnostic::error(super::codes::letter_of(path).code(6), format!("the character U+{:04X} is not allowed in texts", u32::from(c)));
    Some(finding.at(Span { path: path.clone(), start: at, end: at + c.len_utf8() }).in_line(line, column).help("remove it"))
}

/// Where the first such character is. Every text is searched with every build, so pieces without a byte that one may begin with
/// are passed over whole.
fn reserved(text: &[u8]) -> Option<usize> {
    const PIECE: usize = 64;
    let may_begin = |byte: u8| (byte < b' ' && !matches!(byte, b'\n' | b'\r' | b'\t')) || matches!(byte, 0x7f | 0xc2 | 0xee);
    let begins = |at: usize| match text[at] {
        0xc2 => text.get(at + 1).is_some_and(|next| *next < 0xa0),
        0xee => text[at + 1..].starts_with(&[0x80, 0x80]),
        byte => may_begin(byte),
    };
    let pieces = text.chunks(PIECE).enumerate().filter(|(_, piece)| piece.iter().fold(false, |found, byte| found | may_begin(*byte)));
    pieces.flat_map(|(number, piece)| (number * PIECE..).take(piece.len())).find(|at| begins(*at))
}

fn encoding_fault(path: SitePath, error: &std::string::FromUtf8Error) -> Diagnostic {
    let at = error.utf8_error().valid_up_to();
    let valid = String::from_utf8_lossy(&error.as_bytes()[..at]).into_owned();
    let (line, column) = line_column(&valid, at);
    let letter = super::codes::letter_of(&path);
    Diagnostic::error(letter.code(8), format!("the file is not UTF-8: byte {at} (0x{:02x}) starts no character", error.as_bytes()[at]))
        .at(Span { path, start: at, end: at })
        .in_line(line, column)
        .help("save the file with the encoding UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        assert_eq!(line_column("äö: x\nü: y", 6), (1, 5));
        assert_eq!(line_column("äö: x\nü: y", 8), (2, 1));
        assert_eq!(line_column("ä", 1), (1, 1), "an offset inside a character is its start");
        assert_eq!(line_column("a", 99), (1, 2));
    }

    #[test]
    fn exactly_controls_and_the_mark_of_addresses_are_reserved() {
        let is_reserved = |c: char| c == '\u{e000}' || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
        for c in '\0'..='\u{ffff}' {
            for before in [0, 63] {
                let text = format!("{}{c}é", "x".repeat(before));
                assert_eq!(reserved(text.as_bytes()), is_reserved(c).then_some(before), "U+{:04X}", u32::from(c));
            }
        }
    }

    #[test]
    fn a_text_in_another_encoding_is_a_fault_with_its_place() {
        let mut sources = Sources::default();
        sources.add(SitePath::parse("vendors/a.yaml").unwrap(), b"name: A\nsummary: Gr\xfc\xdfe\n".to_vec());
        assert_eq!(sources.faults[0].code.to_string(), "V008");
        assert_eq!(sources.faults[0].line_column, Some((2, 12)));
    }
}
