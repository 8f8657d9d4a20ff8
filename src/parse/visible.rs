//! What a reader sees of tokens, without markup.

use super::document::{is_forbidden, may_be_forbidden};
use super::place::Report;
use super::quotes::Quotes;
use super::token::{Tag, Token};
use crate::base::bytes;
use crate::base::codes;
use crate::base::diag::Diagnostic;

/// Whether text before and after a token belongs to different blocks.
pub(super) fn is_border(token: &Token<'_>) -> bool {
    match token {
        Token::Open(tag) => tag.is_block(),
        Token::Close { block } => *block,
        Token::Rule => true,
        _ => false,
    }
}

/// The text up to the end of an image, and the number of its tokens with that end.
pub(super) fn alternative(text: &str, inside: &[Token<'_>], language: &str, report: &mut Report<'_>) -> (String, usize) {
    let mut alt = String::new();
    let mut quotes = Quotes::new(language);
    let mut depth = 1_usize;
    for (at, token) in inside.iter().enumerate() {
        match token {
            Token::Open(_) => depth += 1,
            Token::Close { .. } if depth == 1 => return (alt.trim().to_owned(), at + 1),
            Token::Close { .. } => depth -= 1,
            Token::Text(range) => quotes.text(&text[range.clone()], || next_visible(text, &inside[at + 1..]), &mut alt),
            Token::Literal(text) | Token::Code(text) => {
                quotes.literal(text);
                alt.push_str(text);
            }
            Token::Break { .. } => {
                quotes.literal(" ");
                alt.push(' ');
            }
            Token::Directive(directive) => {
                let message = format!("the directive `{}` stands in the alternative text of an image", directive.name);
                let place = report.source.span(directive.range.clone());
                let finding = Diagnostic::error(codes::DIRECTIVE_SYNTAX, message).at(place);
                report.findings.push(finding.help("write it before or after the image"));
            }
            Token::Rule | Token::Task(_) | Token::Reference(..) | Token::Raw(_) => {}
        }
    }
    (alt.trim().to_owned(), inside.len())
}

/// The first visible character of the tokens, if one comes before the block ends.
pub(super) fn next_visible(text: &str, tokens: &[Token<'_>]) -> Option<char> {
    for token in tokens {
        let seen = match token {
            token if is_border(token) => return None,
            Token::Text(range) => text[range.clone()].chars().next(),
            Token::Literal(text) => text.chars().next(),
            Token::Code(_) | Token::Directive(_) | Token::Open(Tag::Image(_)) => Some('x'),
            Token::Break { .. } => Some(' '),
            _ => None,
        };
        if seen.is_some() {
            return seen;
        }
    }
    None
}

/// Adds text with single blanks between its words, without what is dropped.
pub(super) fn spread(text: &str, plain: &mut String) {
    let (bytes, mut from, mut at) = (text.as_bytes(), 0, 0);
    while let Some(&byte) = bytes.get(at) {
        let is_blank = is_blank(byte);
        // The first byte of a soft hyphen is among those that may begin what is forbidden.
        let is_dropped = may_be_forbidden(byte) && text[at..].chars().next().is_some_and(is_dropped);
        if !is_blank && !is_dropped {
            at += 1;
            continue;
        }
        plain.push_str(&text[from..at]);
        at += text[at..].chars().next().map_or(1, char::len_utf8);
        from = at;
        if is_blank {
            blank(plain);
        }
    }
    plain.push_str(&text[from..]);
}

/// The visible text of a document, where it is kept, and its words.
#[derive(Debug)]
pub(super) struct Plain {
    text: Option<String>,
    words: Words,
}

impl Plain {
    /// None yet; kept with room for so many bytes, or only counted.
    pub(super) fn new(room: Option<usize>) -> Self {
        Self { text: room.map(String::with_capacity), words: Words::default() }
    }

    /// What comes now belongs to another block.
    pub(super) fn border(&mut self) {
        self.words.is_open = false;
        if let Some(plain) = &mut self.text {
            blank(plain);
        }
    }

    /// Adds visible text.
    pub(super) fn add(&mut self, text: &str) {
        self.words.add(text);
        if let Some(plain) = &mut self.text {
            spread(text, plain);
        }
    }

    /// The text and the number of its words.
    pub(super) fn finish(self) -> (String, usize) {
        let mut text = self.text.unwrap_or_default();
        text.truncate(text.trim_end().len());
        text.shrink_to_fit();
        (text, self.words.count())
    }
}

/// How many words a text has when [`spread`], without making it.
#[derive(Debug, Default)]
struct Words {
    /// Stretches between blanks.
    begun: usize,
    /// As many had begun at the last visible character: blanks of Unicode at the end are not counted.
    seen: usize,
    /// Whether the last stretch is open.
    is_open: bool,
}

impl Words {
    /// Counts what [`spread`] would add.
    fn add(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let last = text.trim_end_matches([' ', '\n', '\t', '\r']).chars().next_back();
        if bytes::find(bytes, may_be_forbidden).is_some() || last.is_none_or(char::is_whitespace) {
            return text.chars().for_each(|c| self.add_character(c));
        }
        let first = usize::from(!self.is_open && !is_blank(bytes[0]));
        // Counted in bytes, so that vector instructions count many at once.
        let pieces = bytes.chunks(64).zip(bytes[1..].chunks(64));
        let begun = |(before, after): (&[u8], &[u8])| before.iter().zip(after).map(|(before, byte)| u8::from(is_blank(*before) & !is_blank(*byte))).sum::<u8>();
        self.begun += first + pieces.map(begun).map(usize::from).sum::<usize>();
        self.seen = self.begun;
        self.is_open = !bytes.last().copied().is_some_and(is_blank);
    }

    fn add_character(&mut self, c: char) {
        if matches!(c, ' ' | '\n' | '\t' | '\r') {
            self.is_open = false;
        } else if !is_dropped(c) {
            self.begun += usize::from(!self.is_open);
            self.is_open = true;
            if !c.is_whitespace() {
                self.seen = self.begun;
            }
        }
    }

    /// The words; an empty text counts as one.
    fn count(&self) -> usize {
        self.seen.max(1)
    }
}

fn is_blank(byte: u8) -> bool {
    bytes::is_any(byte, *b" \n\t\r")
}

/// Soft hyphens, as nobody searches for them, and what HTML forbids.
fn is_dropped(c: char) -> bool {
    c == '\u{ad}' || is_forbidden(c)
}

/// Adds a blank where there is none yet.
fn blank(plain: &mut String) {
    if !plain.is_empty() && !plain.ends_with(' ') {
        plain.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_apart_by_single_blanks() {
        for (texts, expected) in [
            (&["  a  b", "c\n", "\td "][..], "a bc d "),
            (&["Daten\u{ad}schutz\u{0}"], "Datenschutz"),
            (&["", "\n"], ""),
            (&["a\u{a0}b"], "a\u{a0}b"),
            (&["a \u{2009}", "b \u{a0}", "\u{2009}"], "a \u{2009}b \u{a0}\u{2009}"),
        ] {
            let mut plain = String::new();
            let mut words = Words::default();
            for text in texts {
                spread(text, &mut plain);
                words.add(text);
            }
            assert_eq!(plain, expected, "{texts:?}");
            assert_eq!(words.count(), plain.trim_end().split(' ').count(), "{texts:?}");
        }
    }

    #[test]
    fn the_next_visible_character_is_in_the_same_block() {
        let text = "a";
        for (tokens, expected) in [
            (vec![Token::Open(Tag::Inline("em")), Token::Text(0..1)], Some('a')),
            (vec![Token::Close { block: false }, Token::Break { hard: false }], Some(' ')),
            (vec![Token::Close { block: true }, Token::Text(0..1)], None),
            (vec![Token::Reference("x".into(), 0..1), Token::Literal("(".into())], Some('(')),
            (vec![], None),
        ] {
            assert_eq!(next_visible(text, &tokens), expected, "{tokens:?}");
        }
    }
}
