//! A text in Markdown between reading and printing: a list of tokens.
//!
//! `markdown` makes them, `writer` prints them. What is decided by looking back is in
//! them already (directives, escapes); what needs a look ahead is left to the writer.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::document::{Alert, Directive};
use crate::base::slug::slugify;

/// A step of the text. All ranges are in the parsed text, but for those in [`Directive`].
#[derive(Debug)]
pub(super) enum Token<'a> {
    Open(Tag<'a>),
    /// Ends the innermost open tag.
    Close {
        block: bool,
    },
    /// Prose, its quotes still straight: a slice of the parsed text.
    Text(Range<usize>),
    /// Text that is printed as it is: escaped, written as an entity, or code in a block.
    Literal(Cow<'a, str>),
    /// Code in a line.
    Code(Cow<'a, str>),
    Break {
        hard: bool,
    },
    Rule,
    /// The box of a task, ticked or not.
    Task(bool),
    /// A reference to the footnote with this label.
    Reference(Cow<'a, str>, Range<usize>),
    Directive(Directive),
    /// HTML that may be printed.
    Raw(Cow<'a, str>),
}

/// What is opened.
#[derive(Debug)]
pub(super) enum Tag<'a> {
    /// A block that is one element without attributes.
    Block(&'static str),
    /// The same in a line.
    Inline(&'static str),
    Paragraph,
    Heading(HeadingTag<'a>),
    Alert(Alert),
    /// A numbered list and its first number.
    Numbered(u64),
    Item,
    /// A block of code and its language.
    CodeBlock(Cow<'a, str>),
    Table(Vec<Align>),
    Head,
    Row,
    Cell,
    Link(Target<'a>),
    Image(Target<'a>),
}

impl Tag<'_> {
    /// Whether text before and after it belongs to different blocks.
    pub(super) fn is_block(&self) -> bool {
        !matches!(self, Self::Inline(_) | Self::Link(_) | Self::Image(_))
    }
}

#[derive(Debug)]
pub(super) struct HeadingTag<'a> {
    pub(super) level: u8,
    /// The author's own id, known to be usable and unique.
    pub(super) id: Option<Cow<'a, str>>,
    pub(super) classes: Vec<Cow<'a, str>>,
    pub(super) range: Range<usize>,
}

#[derive(Debug)]
pub(super) struct Target<'a> {
    pub(super) address: String,
    pub(super) title: Cow<'a, str>,
    pub(super) range: Range<usize>,
}

/// How a column is aligned.
#[derive(Debug, Clone, Copy)]
pub(super) enum Align {
    Default,
    Left,
    Center,
    Right,
}

/// Everything that was read.
#[derive(Debug, Default)]
pub(super) struct Script<'a> {
    pub(super) body: Vec<Token<'a>>,
    pub(super) notes: Vec<Note<'a>>,
    pub(super) ids: Ids,
}

impl<'a> Script<'a> {
    /// The tokens of a footnote, or of the body.
    pub(super) fn tokens(&mut self, note: Option<&usize>) -> &mut Vec<Token<'a>> {
        match note.and_then(|&note| self.notes.get_mut(note)) {
            Some(note) => &mut note.tokens,
            None => &mut self.body,
        }
    }
}

/// A footnote's definition.
#[derive(Debug)]
pub(super) struct Note<'a> {
    pub(super) label: Cow<'a, str>,
    /// The place of its `[^label]:`.
    pub(super) range: Range<usize>,
    pub(super) tokens: Vec<Token<'a>>,
}

/// The ids of a document: those the author gave and those made from headings.
#[derive(Debug, Default)]
pub(super) struct Ids {
    own: BTreeMap<String, Range<usize>>,
    made: BTreeSet<String>,
    /// The last number tried for a slug.
    numbers: BTreeMap<String, usize>,
}

impl Ids {
    /// Takes an id for the author; the error is where it was taken before.
    pub(super) fn claim(&mut self, id: &str, range: &Range<usize>) -> Result<(), Range<usize>> {
        if let Some(first) = self.own.get(id) {
            return Err(first.clone());
        }
        self.own.insert(id.to_owned(), range.clone());
        Ok(())
    }

    /// Makes an id for a heading; every own id must be claimed before.
    pub(super) fn make(&mut self, heading: &str, language: &str) -> String {
        let mut slug = slugify(heading);
        if slug.is_empty() {
            slug.push_str(if language.starts_with("en") { "section" } else { "abschnitt" });
        }
        // With a number behind it, it could become the id of a footnote.
        if slug.starts_with("fn") || slug == "footnotes" {
            slug.insert_str(0, "h-");
        }
        let number = self.numbers.entry(slug.clone()).or_insert(0);
        loop {
            *number += 1;
            let id = if *number == 1 { slug.clone() } else { format!("{slug}-{number}") };
            if !self.own.contains_key(&id) && self.made.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// Whether an author's id can stand in an attribute and behind `#` as it is, and is
/// none of the footnotes' ids.
pub(super) fn is_usable_id(id: &str) -> bool {
    let kept = id == "footnotes" || id.starts_with("fn-") || id.starts_with("fnref-");
    !kept && !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_own_id_goes_before_a_made_one() {
        let mut ids = Ids::default();
        assert_eq!(ids.claim("rollen-2", &(5..6)), Ok(()));
        assert_eq!(ids.claim("rollen-2", &(7..8)), Err(5..6));
        for (heading, id) in
            [("Rollen", "rollen"), ("Rollen", "rollen-3"), ("Rollen 3", "rollen-3-2"), ("漢字", "abschnitt"), ("FN 1", "h-fn-1"), ("Rollen", "rollen-4")]
        {
            assert_eq!(ids.make(heading, "de"), id, "{heading}");
        }
        assert_eq!(ids.make("", "en"), "section");
    }

    #[test]
    fn ids_that_would_need_escaping_are_refused() {
        for (id, usable) in [("größe_1.a:b-c", true), ("a\"b", false), ("a%20", false), ("", false), ("fn-1", false), ("footnotes", false), ("fnord", true)] {
            assert_eq!(is_usable_id(id), usable, "{id}");
        }
    }
}
