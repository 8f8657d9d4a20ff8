//! The addresses in a paragraph: what its links say, how many there are, what stands in its text.

use std::ops::Range;

use super::address::{host, same_site};
use super::paragraph::{Paragraph, TextLink};
use crate::base::bytes;
use crate::base::codes;
use crate::parse::document::Link;
use crate::parse::place::Report;

/// From so many different hosts in a paragraph the text between them is measured.
const PILE: usize = 4;
/// Letters of text beside links that each link of a pile must have.
const LETTERS_A_LINK: usize = 20;

/// Ends of words that are read as hosts even without `www.`.
const ENDINGS: [&str; 12] = ["at", "biz", "ch", "com", "de", "eu", "fr", "info", "net", "org", "ru", "shop"];

/// Reports links whose text names another host, piles of links, and words of mixed letters.
pub(super) fn check(paragraph: &Paragraph, report: &mut Report<'_>) {
    for link in &paragraph.links {
        misnamed(paragraph, link, report);
    }
    pile(paragraph, report);
    lookalikes(paragraph, report);
}

/// The text of a link names no other host than the one it leads to.
fn misnamed(paragraph: &Paragraph, link: &TextLink, report: &mut Report<'_>) {
    let (Some(target), Some(text)) = (host(&link.target), paragraph.text.get(link.text.clone())) else { return };
    let words: Vec<&str> = text.split_whitespace().collect();
    let other = words.iter().filter_map(|word| named_host(word, words.len() == 1)).find(|named| !same_site(named, &target));
    if let Some(named) = other {
        let message = format!("the text of the link names `{named}`, but it leads to `{target}`");
        report.error(codes::LINK_TEXT_HOST, &link.range, message, "let text and target name the same host");
    }
}

/// The host that a word names: with its scheme or `www.`, or alone with a common ending.
fn named_host(word: &str, alone: bool) -> Option<String> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some(host) = host(word) {
        return host.contains('.').then_some(host);
    }
    let name = word.split(['/', '?', '#']).next()?.to_lowercase();
    let ending = name.rsplit_once('.')?.1;
    let is_named = name.starts_with("www.") || (alone && ENDINGS.contains(&ending));
    let is_host = !name.contains("..") && name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.');
    (is_named && is_host).then(|| name.strip_prefix("www.").unwrap_or(&name).to_owned())
}

/// Links to many hosts with nothing between them.
fn pile(paragraph: &Paragraph, report: &mut Report<'_>) {
    let outside: Vec<(&TextLink, String)> = paragraph.links.iter().filter_map(|link| Some((link, host(&link.target)?))).collect();
    let mut hosts: Vec<&str> = outside.iter().map(|(_, host)| host.as_str()).collect();
    hosts.sort_unstable();
    hosts.dedup();
    if hosts.len() < PILE {
        return;
    }
    let inside: usize = paragraph.links.iter().filter_map(|link| paragraph.text.get(link.text.clone())).map(letters).sum();
    let beside = letters(&paragraph.text).saturating_sub(inside);
    if let Some((first, _)) = outside.first().filter(|_| beside < LETTERS_A_LINK * outside.len()) {
        let message = format!("{} links to {} hosts with hardly a word between them", outside.len(), hosts.len());
        report.error(codes::LINK_PILE, &first.range, message, "put each link into a list entry of its own, or the sources into footnotes");
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Words that mix Latin and Cyrillic letters.
fn lookalikes(paragraph: &Paragraph, report: &mut Report<'_>) {
    // First bytes of the Cyrillic letters in question.
    if bytes::find(paragraph.text.as_bytes(), |byte| (0xd0..=0xd4).contains(&byte)).is_none() {
        return;
    }
    let is_cyrillic = |c: char| matches!(c, '\u{400}'..='\u{52f}');
    for (start, word) in words(&paragraph.text).filter(|(_, word)| word.contains(is_cyrillic) && word.contains(|c: char| c.is_ascii_alphabetic())) {
        let place = paragraph.place(&(start..start + word.len()));
        report.error(codes::LOOKALIKE, &place, format!("`{word}` mixes letters of two scripts"), "write it with the letters of one script");
    }
}

/// The words of a text with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr().addr();
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(move |word| (word.as_ptr().addr() - base, word))
}

/// Addresses in the text that are no links: readers copy them all the same.
pub(super) fn mentions(paragraph: &Paragraph, report: &Report<'_>) -> Vec<Link> {
    if !paragraph.text.contains(':') {
        return Vec::new();
    }
    let is_linked = |at: usize| paragraph.links.iter().any(|link| link.text.contains(&at));
    let starts = paragraph.text.match_indices("://").filter_map(|(at, _)| {
        let start = ["https", "http"].into_iter().find_map(|scheme| paragraph.text[..at].ends_with(scheme).then(|| at - scheme.len()))?;
        let end = paragraph.text[start..].find(|c: char| c.is_whitespace() || "<>\"“”„‘’)]".contains(c)).map_or(paragraph.text.len(), |end| start + end);
        Some(start..end)
    });
    let mention = |part: Range<usize>| {
        let target = paragraph.text[part.clone()].trim_end_matches(['.', ',', ';', ':', '!', '?', '…']).to_owned();
        Link { target, range: report.places.of(&paragraph.place(&part)), image: false }
    };
    starts.filter(|part| !is_linked(part.start)).map(mention).collect()
}
