//! Footnotes: numbers by first reference, the section at the end, the ways back.
//!
//! 1. The writer asks [`Notes::refer`] at each reference and prints its link;
//! 2. it prints the notes in the order of their numbers, which may refer to further
//!    notes, until [`Notes::next`] has no more;
//! 3. [`Notes::section`] puts them together, now that all references are counted.

use std::collections::BTreeMap;
use std::ops::Range;

use super::document::{Options, Pieces};
use super::place::Report;
use super::token::{Note, Token};
use crate::base::codes;
use crate::base::diag::Diagnostic;

#[derive(Debug)]
pub(super) struct Notes<'a> {
    /// The definitions; the tokens are taken out when a note is printed.
    definitions: Vec<Note<'a>>,
    by_label: BTreeMap<String, usize>,
    /// Definition of the note with the number index + 1.
    order: Vec<usize>,
    /// References so far, by definition.
    references: Vec<usize>,
    /// The number, by definition.
    numbers: Vec<usize>,
    printed: Vec<Pieces>,
}

impl<'a> Notes<'a> {
    /// Sorts the definitions; of two with one label the first counts.
    pub(super) fn new(definitions: Vec<Note<'a>>, report: &mut Report<'_>) -> Self {
        let mut by_label: BTreeMap<String, usize> = BTreeMap::new();
        for (index, note) in definitions.iter().enumerate() {
            let first = *by_label.entry(fold(&note.label)).or_insert(index);
            if let Some(first) = definitions.get(first).filter(|_| first != index) {
                let first = report.source.span(report.places.of(&first.range));
                let finding = Diagnostic::warning(codes::FOOTNOTE_UNUSED, format!("the footnote `{}` is defined twice, only the first is printed", note.label));
                report.add(finding.related(first, "first here").help("remove one of the two"), &note.range);
            }
        }
        let none = vec![0; definitions.len()];
        Self { definitions, by_label, order: Vec::new(), references: none.clone(), numbers: none, printed: Vec::new() }
    }

    /// Counts a reference and prints its link.
    pub(super) fn refer(&mut self, label: &str, range: &Range<usize>, out: &mut Pieces, report: &mut Report<'_>) {
        let Some(&index) = self.by_label.get(&fold(label)) else { return report_undefined(label, range, report) };
        if self.numbers[index] == 0 {
            self.order.push(index);
            self.numbers[index] = self.order.len();
        }
        self.references[index] += 1;
        let number = self.numbers[index];
        out.html("<sup class=\"fn\"><a id=\"");
        out.id(&back_id(number, self.references[index]));
        out.html("\" href=\"#");
        out.id(&format!("fn-{number}"));
        out.html(&format!("\" role=\"doc-noteref\">{number}</a></sup>"));
    }

    /// The tokens of the next note that has a number and is not printed yet.
    pub(super) fn next(&mut self) -> Option<Vec<Token<'a>>> {
        let index = *self.order.get(self.printed.len())?;
        Some(std::mem::take(&mut self.definitions[index].tokens))
    }

    /// Takes back what [`Notes::next`] has become.
    pub(super) fn print(&mut self, note: Pieces) {
        self.printed.push(note);
    }

    /// Reports the notes that nobody refers to.
    pub(super) fn report_unused(&self, report: &mut Report<'_>) {
        for &index in self.by_label.values().filter(|&&index| self.numbers[index] == 0) {
            let note = &self.definitions[index];
            report.warning(
                codes::FOOTNOTE_UNUSED,
                &note.range,
                format!("the footnote `{}` is defined, but nothing refers to it", note.label),
                format!("write `[^{}]` where it belongs, or remove it", note.label),
            );
        }
    }

    /// Prints the section with all notes.
    pub(super) fn section(self, options: &Options<'_>, out: &mut Pieces) {
        if self.printed.is_empty() {
            return;
        }
        out.html("<section class=\"footnotes\" role=\"doc-endnotes\" aria-labelledby=\"");
        out.id("footnotes");
        out.html("\">\n<h2 id=\"");
        out.id("footnotes");
        out.html("\">");
        out.text(options.footnotes_title);
        out.html("</h2>\n<ol>\n");
        for (at, (mut note, &index)) in self.printed.into_iter().zip(&self.order).enumerate() {
            let number = at + 1;
            out.html("<li id=\"");
            out.id(&format!("fn-{number}"));
            out.html("\">");
            // Only a paragraph of the note itself ends like this; those in its lists and
            // quotes are followed by more.
            let in_paragraph = note.strip("</p>\n");
            out.append(&note);
            out.html(if in_paragraph { "" } else { "<p>" });
            for reference in 1..=self.references[index] {
                back_link(number, reference, options.back_label, out);
            }
            out.html("</p>\n</li>\n");
        }
        out.html("</ol>\n</section>\n");
    }
}

/// Says that there is no definition for a reference.
pub(super) fn report_undefined(label: &str, range: &Range<usize>, report: &mut Report<'_>) {
    let help = format!("add a line `[^{label}]: text`, or write `\\[` if the brackets are text");
    report.error(codes::FOOTNOTE_UNDEFINED, range, format!("the footnote `{label}` is referred to, but not defined"), help);
}

/// Says that a footnote is referred to where there can be none.
pub(super) fn report_refused(label: &str, range: &Range<usize>, report: &mut Report<'_>) {
    let message = format!("the footnote `{label}` is referred to in a text that has no footnotes");
    report.error(codes::FOOTNOTE_UNDEFINED, range, message, "write what it says into the sentence");
}

fn back_link(number: usize, reference: usize, label: &str, out: &mut Pieces) {
    out.html(" <a class=\"fn-back\" href=\"#");
    out.id(&back_id(number, reference));
    out.html("\" role=\"doc-backlink\" aria-label=\"");
    out.text(label);
    // The text variation selector keeps the arrow from becoming an emoji.
    match reference {
        1 => out.html(&format!(" {number}\">↩\u{fe0e}</a>")),
        _ => out.html(&format!(" {number}-{reference}\">↩\u{fe0e}<sup>{reference}</sup></a>")),
    }
}

fn back_id(number: usize, reference: usize) -> String {
    format!("fnref-{number}-{reference}")
}

/// Labels differ only in more than upper and lower case.
fn fold(label: &str) -> String {
    label.to_lowercase()
}
