//! Characters that nobody sees, in a whole file.
//!
//! They are looked for as they are and in every spelling that becomes one of them:
//! `&#8203;` and `&zwj;` in Markdown, `\u200b` in YAML.

use crate::base::bytes;
use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::source::Source;

/// Reports every invisible character of a file.
pub fn check(source: &Source) -> Vec<Diagnostic> {
    let text: &str = &source.text;
    let mut findings = Vec::new();
    let is_markdown = source.path.has_extension("md");
    let sign = if is_markdown { b'&' } else { b'\\' };
    let mut at = 0;
    // First bytes of the characters that are meant, and of their spellings.
    let is_first = |byte| bytes::is_any(byte, [sign, 0xd8, 0xe1, 0xe2, 0xe3, 0xef, 0xf3]);
    while let Some(found) = bytes::find(&text.as_bytes()[at..], is_first) {
        at += found;
        let found = match text.as_bytes()[at] {
            b'&' => entity(&text[at..]),
            b'\\' => escape(&text[at..]),
            _ => text[at..].chars().next().map(|c| (c, c.len_utf8())),
        };
        let Some((c, length)) = found else {
            at += 1;
            continue;
        };
        if is_invisible(c) && !is_joiner(c, &text[..at], &text[at + length..]) {
            let finding = Diagnostic::error(codes::INVISIBLE_CHARACTER, format!("the character U+{:04X} cannot be seen", u32::from(c)));
            let help = if matches!(c, '\u{200b}' | '\u{2060}') { "remove it; `&shy;` marks where a word may be broken" } else { "remove it" };
            findings.push(finding.at(source.span(at..at + length)).help(help));
        }
        at += length;
    }
    findings
}

/// Characters without width, marks of direction, fillers (Unicode 15, 5.21 and 23.2).
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0d}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Joiners inside emoji, and the tags of the flags of regions (Unicode TS 51).
fn is_joiner(c: char, before: &str, after: &str) -> bool {
    let is_picture = |c: char| matches!(c, '\u{fe0f}' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}');
    match c {
        '\u{200d}' => before.chars().next_back().is_some_and(is_picture) && after.chars().next().is_some_and(is_picture),
        '\u{e0020}'..='\u{e007f}' => before.trim_end_matches(|c| matches!(c, '\u{e0020}'..='\u{e007e}')).ends_with('\u{1f3f4}'),
        _ => false,
    }
}

/// The character of an entity, and the length of its spelling.
fn entity(text: &str) -> Option<(char, usize)> {
    const NAMES: [(&str, char); 8] = [
        ("ZeroWidthSpace", '\u{200b}'),
        ("zwnj", '\u{200c}'),
        ("zwj", '\u{200d}'),
        ("lrm", '\u{200e}'),
        ("rlm", '\u{200f}'),
        ("NoBreak", '\u{2060}'),
        ("ic", '\u{2063}'),
        ("it", '\u{2062}'),
    ];
    let end = text.bytes().take(20).position(|byte| byte == b';')?;
    let inside = text.get(1..end)?;
    let c = match inside.strip_prefix('#') {
        Some(number) => {
            let hexadecimal = number.strip_prefix(['x', 'X']).map(|digits| u32::from_str_radix(digits, 16));
            char::from_u32(hexadecimal.unwrap_or_else(|| number.parse()).ok()?)?
        }
        None => NAMES.iter().find(|(name, _)| *name == inside)?.1,
    };
    Some((c, end + 1))
}

/// The character of an escape of YAML (1.2.2, 5.7), and the length of its spelling.
fn escape(text: &str) -> Option<(char, usize)> {
    let length = match text.as_bytes().get(1)? {
        b'u' => 6,
        b'U' => 10,
        // An escaped backslash escapes nothing.
        b'\\' => return Some(('\\', 2)),
        _ => return None,
    };
    Some((char::from_u32(u32::from_str_radix(text.get(2..length)?, 16).ok()?)?, length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::SitePath;

    fn count(path: &str, text: &str) -> usize {
        check(&Source { path: SitePath::parse(path).unwrap(), text: text.into() }).len()
    }

    #[test]
    fn what_cannot_be_seen_is_found_in_every_spelling() {
        for text in ["Daten\u{200b}schutz", "a\u{202e}b", "a&#8203;b", "a&#x202E;b", "a&zwj;b", "x\u{feff}", "\u{e0041}", "a\u{2063}b"] {
            assert_eq!(count("content/a.md", text), 1, "{text:?}");
        }
        for text in ["a: \"x\\u200by\"", "a: \"\\U000E0041\"", "a: x\u{2060}y"] {
            assert_eq!(count("vendors/a.yaml", text), 1, "{text:?}");
        }
    }

    #[test]
    fn what_has_a_use_is_none_of_it() {
        for text in [
            "Daten\u{ad}schutz&shy;x",
            "„a“ – b\u{a0}c\u{202f}d",
            "\u{1f468}\u{200d}\u{1f469}",
            "\u{1f3f4}\u{e0067}\u{e0062}\u{e007f}",
            "❤\u{fe0f}",
            "&nbsp;&amp;&#x20ac;",
        ] {
            assert_eq!(count("content/a.md", text), 0, "{text:?}");
        }
        assert_eq!(count("vendors/a.yaml", "a: \"C:\\\\u200b\""), 0, "the backslash is the text's own");
    }
}
