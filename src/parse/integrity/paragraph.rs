//! The visible text of a Markdown file, block by block, with the place of every word.

use std::ops::Range;

use super::hidden;

/// Most blocks are no longer, so their text is not moved while it grows.
const ROOM: usize = 256;

/// A paragraph, a list item, a cell, a heading.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// What a reader sees, without code.
    pub(super) text: String,
    /// Whether it may be in another language: a quote, or HTML with `lang`.
    pub(super) quoted: bool,
    /// Its links.
    pub(super) links: Vec<TextLink>,
    /// Where stretches of the text begin in it, and where they lie in the parsed text.
    stretches: Vec<(usize, Range<usize>)>,
}

/// A link and what is read on it.
#[derive(Debug)]
pub(super) struct TextLink {
    /// Where it leads.
    pub(super) target: String,
    /// Its text, as part of the paragraph's.
    pub(super) text: Range<usize>,
    /// Its place in the parsed text.
    pub(super) range: Range<usize>,
}

impl Paragraph {
    /// The place in the parsed text of a part of [`Paragraph::text`].
    pub(super) fn place(&self, part: &Range<usize>) -> Range<usize> {
        let at = |offset: usize| {
            let stretch = self.stretches.iter().rev().find(|(start, _)| *start <= offset);
            stretch.map_or(0, |(start, range)| (range.start + offset - start).min(range.end))
        };
        let start = at(part.start);
        start..at(part.end).max(start)
    }

    fn push(&mut self, text: &str, range: &Range<usize>) {
        if self.text.is_empty() {
            self.text.reserve(ROOM);
        }
        if text.len() == range.len() {
            self.stretches.push((self.text.len(), range.clone()));
        } else {
            // An entity or an escape: no part of it has a place of its own.
            self.stretches.push((self.text.len(), range.start..range.start));
        }
        self.text.push_str(text);
    }
}

/// Follows the events of the parser.
#[derive(Debug, Default)]
pub(in crate::parse) struct Log {
    done: Vec<Paragraph>,
    open: Paragraph,
    /// Quotes around the current block.
    quotes: usize,
    /// Links and images around the current text, with the start of their text.
    links: Vec<TextLink>,
    /// Elements of raw HTML that give their text a language.
    foreign: Vec<String>,
    tags: Vec<(String, Range<usize>)>,
}

impl Log {
    /// Visible text.
    pub(in crate::parse) fn text(&mut self, text: &str, range: &Range<usize>) {
        self.open.push(text, range);
    }

    /// The border of a block.
    pub(in crate::parse) fn border(&mut self) {
        let quoted = self.quotes > 0 || !self.foreign.is_empty();
        let paragraph = std::mem::take(&mut self.open);
        if !paragraph.text.trim().is_empty() || !paragraph.links.is_empty() {
            self.done.push(Paragraph { quoted, ..paragraph });
        }
    }

    /// A quote begins.
    pub(in crate::parse) fn open_quote(&mut self) {
        self.quotes += 1;
    }

    /// A quote ends.
    pub(in crate::parse) fn close_quote(&mut self) {
        self.quotes = self.quotes.saturating_sub(1);
    }

    /// A link begins.
    pub(in crate::parse) fn open_link(&mut self, target: &str, range: &Range<usize>) {
        let start = self.open.text.len();
        self.links.push(TextLink { target: target.to_owned(), text: start..start, range: range.clone() });
    }

    /// A link ends.
    pub(in crate::parse) fn close_link(&mut self) {
        if let Some(mut link) = self.links.pop() {
            link.text.end = self.open.text.len().max(link.text.start);
            self.open.links.push(link);
        }
    }

    /// Whether no link is open.
    pub(in crate::parse) fn is_outside_links(&self) -> bool {
        self.links.is_empty()
    }

    /// HTML that is printed as it is.
    pub(in crate::parse) fn html(&mut self, html: &str, range: &Range<usize>) {
        for inside in hidden::parts(html) {
            let part = &html[inside.clone()];
            let place = range.start + inside.start..(range.start + inside.end).min(range.end);
            if !part.starts_with('<') {
                self.text(part, &place);
                continue;
            }
            if let Some(name) = part.strip_prefix("</") {
                let name = hidden::name(name);
                if self.foreign.last().is_some_and(|last| *last == name) {
                    self.border();
                    self.foreign.pop();
                }
            } else if hidden::has(part, "lang") {
                self.border();
                self.foreign.push(hidden::name(&part[1..]));
            }
            self.tags.push((part.to_owned(), place));
        }
    }

    /// All blocks, and the tags of raw HTML.
    pub(super) fn finish(mut self) -> (Vec<Paragraph>, Vec<(String, Range<usize>)>) {
        self.border();
        (self.done, self.tags)
    }
}
