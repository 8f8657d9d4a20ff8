//! What a reader sees of tokens, without markup.

use super::document::{is_forbidden, may_be_forbidden};
use super::place::Report;
use super::quotes::Quotes;
use super::token::{Tag, Token};
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

/// Adds text with single blanks between its words, without soft hyphens, as nobody
/// searches for them, and without what HTML forbids.
pub(super) fn spread(text: &str, plain: &mut String) {
    let (bytes, mut from, mut at) = (text.as_bytes(), 0, 0);
    while let Some(&byte) = bytes.get(at) {
        let is_blank = matches!(byte, b' ' | b'\n' | b'\t' | b'\r');
        // The first byte of a soft hyphen is among those that may begin what is forbidden.
        let is_dropped = may_be_forbidden(byte) && text[at..].chars().next().is_some_and(|c| c == '\u{ad}' || is_forbidden(c));
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

/// Adds a blank where there is none yet.
pub(super) fn blank(plain: &mut String) {
    if !plain.is_empty() && !plain.ends_with(' ') {
        plain.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_apart_by_single_blanks() {
        for (texts, expected) in
            [(&["  a  b", "c\n", "\td "][..], "a bc d "), (&["Daten\u{ad}schutz\u{0}"], "Datenschutz"), (&["", "\n"], ""), (&["a\u{a0}b"], "a\u{a0}b")]
        {
            let mut plain = String::new();
            for text in texts {
                spread(text, &mut plain);
            }
            assert_eq!(plain, expected, "{texts:?}");
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
