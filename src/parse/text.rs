//! Prose that means more than the parser has seen in it.
//!
//! [`finish`] looks at a stretch of text as soon as it is complete:
//! 1. a directive or a footnote that was left as text is an error;
//! 2. so is, as a warning, a quote that was meant as an alert;
//! 3. `[ ] ` at the start of an item is a task.
//!
//! [`take_attributes`] reads `{#id .class}` at the end of a heading.
//!
//! Tasks and attributes are not left to the parser, because its own reading of both can
//! panic in a heading that is underlined (0.13.6: `- [ ] \\` above `  -`, or `- a` and
//! `  {#i}` above `  -`).

use std::borrow::Cow;
use std::ops::Range;

use super::document::Alert;
use super::footnotes;
use super::integrity;
use super::place::Report;
use super::token::{Ids, Tag, Token, is_usable_id};
use crate::base::bytes;
use crate::base::codes;
use crate::base::diag::Diagnostic;

/// Looks at the text at the end of `tokens`; with `inline` there are no footnotes.
pub(super) fn finish(text: &str, tokens: &mut Vec<Token<'_>>, inline: bool, report: &mut Report<'_>) {
    let [before @ .., Token::Text(range)] = &tokens[..] else { return };
    // Hardly a text has one of these, and to look for two signs in a row costs more to begin with.
    if bytes::find(text[range.clone()].as_bytes(), |byte| bytes::is_any(byte, *b"{[")).is_some() {
        check_directives(text, range, report);
        check_footnotes(text, range, inline, report);
    }
    if let [.., Token::Open(Tag::Block("blockquote")), Token::Open(Tag::Paragraph)] = before {
        check_alert(&text[range.clone()], range.start, report);
    }
    split_task(text, tokens);
}

/// A `{{<` is an error where no directive came of it.
fn check_directives(text: &str, range: &Range<usize>, report: &mut Report<'_>) {
    // From the right, so that `{{{<` is found as `{` and `{{<`.
    for (at, _) in text[range.clone()].rmatch_indices("{{") {
        let at = range.start + at;
        if text[at..].starts_with("{{<") {
            let help = "write `{{<name key=\"value\"/>}}`, or `\\{{<` if it is meant as text";
            report.error(codes::DIRECTIVE_SYNTAX, &(at..at + 3), "`{{<` is not followed by a directive", help);
        }
    }
}

/// To the parser a footnote that is not defined is text.
fn check_footnotes(text: &str, range: &Range<usize>, inline: bool, report: &mut Report<'_>) {
    let prose = &text[range.clone()];
    for (at, _) in prose.match_indices("[^") {
        let rest = &prose[at + 2..];
        let end = rest.find(|c: char| matches!(c, '[' | ']') || c.is_whitespace()).unwrap_or(rest.len());
        let (label, rest) = rest.split_at(end);
        if !label.is_empty() && rest.starts_with(']') {
            let at = range.start + at;
            let say = if inline { footnotes::report_refused } else { footnotes::report_undefined };
            say(label, &(at..at + label.len() + "[^]".len()), report);
        }
    }
}

/// A quote that starts with `[!WORD]` was meant as an alert.
fn check_alert(prose: &str, start: usize, report: &mut Report<'_>) {
    let Some((word, _)) = prose.strip_prefix("[!").and_then(|rest| rest.split_once(']')) else { return };
    if word.is_empty() || !word.chars().all(char::is_alphabetic) {
        return;
    }
    let range = start..start + word.len() + "[!]".len();
    if Alert::WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)) {
        let help = format!("leave `> [!{word}]` alone on its line");
        return report.warning(codes::ALERT_SYNTAX, &range, format!("text follows `[!{word}]` on its line, so this is only a quote"), help);
    }
    let finding = Diagnostic::warning(codes::ALERT_SYNTAX, format!("`{word}` is no kind of alert, so this is only a quote"));
    report.add(finding.suggest(word, Alert::WORDS), &range);
}

/// Makes a task of an item whose text starts with `[ ] ` or `[x] `.
fn split_task(text: &str, tokens: &mut Vec<Token<'_>>) {
    let (before, range) = match &tokens[..] {
        [before @ .., Token::Open(Tag::Paragraph), Token::Text(range)] | [before @ .., Token::Text(range)] => (before, range.clone()),
        _ => return,
    };
    let done = match text[range.clone()].as_bytes() {
        [b'[', tick @ (b' ' | b'x' | b'X'), b']', b' ' | b'\t', ..] => *tick != b' ',
        _ => return,
    };
    if matches!(before.last(), Some(Token::Open(Tag::Item))) {
        tokens.pop();
        tokens.push(Token::Task(done));
        tokens.push(Token::Text(range.start + "[ ] ".len()..range.end));
    }
}

/// Takes `{#id .class}` off the text at the end of `tokens` and gives it to the heading
/// they end in.
pub(super) fn take_attributes<'a>(text: &'a str, tokens: &mut Vec<Token<'a>>, ids: &mut Ids, report: &mut Report<'_>) {
    let Some(Token::Text(range)) = tokens.last() else { return };
    let Some((body, attributes)) = split_attributes(&text[range.clone()]) else { return };
    let body = range.start..range.start + body.len();
    tokens.pop();
    if body.start < body.end {
        tokens.push(Token::Text(body));
    } else if matches!(tokens.last(), Some(Token::Break { .. })) {
        tokens.pop();
    }
    let heading = tokens.iter_mut().rev().find_map(|token| match token {
        Token::Open(Tag::Heading(heading)) => Some(heading),
        _ => None,
    });
    let Some(heading) = heading else { return };
    let words = |start| attributes.split_whitespace().filter_map(move |word: &str| word.strip_prefix(start));
    integrity::hidden::check_classes(&attributes.replace('.', " "), &heading.range, report);
    heading.classes = words('.').map(Cow::Borrowed).collect();
    heading.id = words('#').next_back().filter(|id| claim(id, &heading.range, ids, report)).map(Cow::Borrowed);
}

/// `text {#id .class}` → `text` and `#id .class`. Other braces are text.
fn split_attributes(text: &str) -> Option<(&str, &str)> {
    let (body, attributes) = text.trim_end().strip_suffix('}')?.rsplit_once('{')?;
    let is_apart = body.is_empty() || body.ends_with(char::is_whitespace);
    let is_known = attributes.split_whitespace().all(|word| word.len() > 1 && word.starts_with(['#', '.']));
    (is_apart && is_known && !attributes.trim().is_empty()).then(|| (body.trim_end(), attributes))
}

/// Takes an author's id for a heading, or reports why that cannot be.
fn claim(id: &str, range: &Range<usize>, ids: &mut Ids, report: &mut Report<'_>) -> bool {
    if !is_usable_id(id) {
        let help = "use letters, digits, `-` and `_`, and none of the footnotes' ids (`fn-…`, `fnref-…`, `footnotes`)";
        report.error(codes::ANCHOR_TWICE, range, format!("`{id}` cannot be the id of a heading"), help);
        return false;
    }
    let Err(first) = ids.claim(id, range) else { return true };
    let first = report.source.span(report.places.of(&first));
    let finding = Diagnostic::error(codes::ANCHOR_TWICE, format!("the id `{id}` stands here a second time"));
    report.add(finding.related(first, "first here").help("choose another id"), range);
    false
}
