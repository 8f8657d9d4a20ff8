//! Prints findings: like rustc, in one line, as JSON, for GitHub.
//!
//! The only module that names the snippet renderer.

use std::collections::BTreeMap;
use std::fmt::Write;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use crate::base::codes::Code;
use crate::base::diag::{Diagnostic, Severity};
use crate::base::path::SitePath;
use crate::base::source::{Sources, Span};
use crate::parse::json;

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// With the source lines, like rustc.
    Human,
    /// `path:line:column: error[V003]: message (help)`.
    Short,
    /// One JSON object a line.
    Json,
    /// Annotations of GitHub Actions.
    Github,
}

/// Renders findings; `colour` only matters for people.
pub(crate) fn render(findings: &[Diagnostic], sources: &Sources, format: Format, colour: bool) -> String {
    let mut out = String::new();
    let mut cursor = Cursor::default();
    let mut alike: BTreeMap<(Option<&SitePath>, Code), usize> = BTreeMap::new();
    for finding in findings {
        let place = cursor.place(finding, sources);
        match format {
            Format::Human => {
                let count = alike.entry((finding.span.as_ref().map(|span| &span.path), finding.code)).or_default();
                *count += 1;
                if *count <= MAX_ALIKE {
                    human(&mut out, finding, sources, place, colour);
                }
            }
            Format::Short => short(&mut out, finding, place),
            Format::Json => out.push_str(&(json::line(&object(finding, place)) + "\n")),
            Format::Github => github(&mut out, finding, place),
        }
    }
    for ((path, code), count) in alike.into_iter().filter(|(_, count)| *count > MAX_ALIKE) {
        let path = path.map_or("-", SitePath::as_str);
        let _ = writeln!(out, "{path}: {} more of {code}; `--format short` lists them all\n", count - MAX_ALIKE);
    }
    out
}

/// Most findings with one code in one file that are shown with their source lines: whoever
/// has more has made one mistake many times.
const MAX_ALIKE: usize = 100;

/// Path, line and column of a finding; 1:1 of nothing if it has no file.
type Place = (String, usize, usize);

/// Goes through the places of a file from the one before, so that many findings in a large
/// text do not count its lines again and again.
#[derive(Default)]
struct Cursor<'a> {
    path: Option<&'a SitePath>,
    offset: usize,
    line: usize,
    column: usize,
}

impl<'a> Cursor<'a> {
    fn place(&mut self, finding: &'a Diagnostic, sources: &Sources) -> Place {
        let Some(span) = &finding.span else { return ("-".to_owned(), 1, 1) };
        let name = span.path.to_string();
        if let Some((line, column)) = finding.line_column {
            return (name, line, column);
        }
        let Some(source) = sources.texts.get(&span.path) else { return (name, 1, 1) };
        if self.path != Some(&span.path) || span.start < self.offset {
            *self = Self { path: Some(&span.path), offset: 0, line: 1, column: 1 };
        }
        // An offset inside a character is its start.
        let end = (0..=span.start.min(source.text.len())).rev().find(|&at| source.text.is_char_boundary(at)).unwrap_or(0).max(self.offset);
        let between = &source.text[self.offset..end];
        let start = between.rfind('\n').map_or(0, |newline| newline + 1);
        let column = between[start..].chars().count();
        (self.line, self.column) = match between.matches('\n').count() {
            0 => (self.line, self.column + column),
            lines => (self.line + lines, column + 1),
        };
        self.offset = end;
        (name, self.line, self.column)
    }
}

fn human(out: &mut String, finding: &Diagnostic, sources: &Sources, (path, line, column): Place, colour: bool) {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let code = finding.code.to_string();
    let mut group = level.primary_title(&finding.message).id(&code).elements(std::iter::empty::<annotate_snippets::Element<'_>>());
    let source = finding.span.as_ref().filter(|_| finding.line_column.is_none()).and_then(|span| Some((span, sources.texts.get(&span.path)?)));
    match source {
        Some((span, source)) => {
            let related = finding.related.as_ref().filter(|(other, _)| other.path == span.path);
            let window = window(&source.text, span, related.map(|(other, _)| other));
            let mut snippet = Snippet::source(window.text).path(&path).line_start(window.line).annotation(AnnotationKind::Primary.span(window.inside(span)));
            if let Some((other, label)) = related {
                snippet = snippet.annotation(AnnotationKind::Context.span(window.inside(other)).label(label));
            }
            group = group.element(snippet);
        }
        None if finding.span.is_some() => group = group.element(Origin::path(&path).line(line).char_column(column)),
        None => {}
    }
    for help in &finding.help {
        group = group.element(Level::HELP.message(help));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let _ = writeln!(out, "{}\n", renderer.render(&[group]));
}

/// A stretch of whole lines, so that a finding in a large file costs nothing.
struct Window<'a> {
    text: &'a str,
    /// Number of its first line.
    line: usize,
    /// Where it begins in the file.
    offset: usize,
}

impl Window<'_> {
    /// A place as seen from the window; one over many lines is shown by its first.
    fn inside(&self, span: &Span) -> std::ops::Range<usize> {
        let clamp = |at: usize| {
            let at = at.saturating_sub(self.offset).min(self.text.len());
            (0..=at).rev().find(|&at| self.text.is_char_boundary(at)).unwrap_or(0)
        };
        let (start, end) = (clamp(span.start), clamp(span.end.max(span.start)));
        start..self.text[start..end].find('\n').map_or(end, |newline| start + newline)
    }
}

/// The lines from the earlier of two places to the later one.
fn window<'a>(text: &'a str, span: &Span, other: Option<&Span>) -> Window<'a> {
    let clamp = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let start = clamp(other.map_or(span.start, |other| other.start.min(span.start)));
    let end = clamp(other.map_or(span.start, |other| other.start.max(span.start)));
    let offset = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let last = text[end..].find('\n').map_or(text.len(), |newline| end + newline);
    Window { text: &text[offset..last], line: text[..offset].matches('\n').count() + 1, offset }
}

fn short(out: &mut String, finding: &Diagnostic, (path, line, column): Place) {
    let help = if finding.help.is_empty() { String::new() } else { format!(" ({})", finding.help.join("; ")) };
    let _ = writeln!(out, "{path}:{line}:{column}: {}[{}]: {}{help}", finding.severity.word(), finding.code, finding.message);
}

#[derive(Serialize)]
struct Object<'a> {
    severity: &'a str,
    code: String,
    message: &'a str,
    path: Option<String>,
    line: usize,
    column: usize,
    help: Vec<&'a str>,
}

fn object(finding: &Diagnostic, (path, line, column): Place) -> Object<'_> {
    Object {
        severity: finding.severity.word(),
        code: finding.code.to_string(),
        message: &finding.message,
        path: finding.span.is_some().then_some(path),
        line,
        column,
        help: finding.help.iter().map(String::as_str).collect(),
    }
}

/// `::error file=…,line=…,col=…,title=…::message`, with the characters escaped that the format needs.
fn github(out: &mut String, finding: &Diagnostic, (path, line, column): Place) {
    let escape = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| escape(text).replace(':', "%3A").replace(',', "%2C");
    let level = match finding.severity {
        Severity::Note => "notice",
        other => other.word(),
    };
    let message = [std::slice::from_ref(&finding.message), &finding.help].concat().join(". ");
    let _ = writeln!(out, "::{level} file={},line={line},col={column},title={}::{}", property(&path), finding.code, escape(&message));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::codes;
    use crate::base::source::line_column;

    #[test]
    fn places_are_counted_on_from_the_one_before() {
        let path = SitePath::parse("content/a.md").unwrap();
        let text = "äö\nx: ü\n\nend".repeat(3);
        let mut sources = Sources::default();
        sources.add(path.clone(), text.clone().into_bytes());
        let finding = |at: usize| Diagnostic::warning(codes::RAW_HTML, "x").at(Span { path: path.clone(), start: at, end: at });
        // Also backwards, inside a character and past the end.
        let findings: Vec<Diagnostic> = (0..text.len() + 3).chain([5, 0]).map(finding).collect();
        let mut cursor = Cursor::default();
        for (finding, at) in findings.iter().zip((0..text.len() + 3).chain([5, 0])) {
            let (_, line, column) = cursor.place(finding, &sources);
            assert_eq!((line, column), line_column(&text, at), "{at}");
        }
    }

    #[test]
    fn one_mistake_made_many_times_is_shown_a_hundred_times() {
        let path = SitePath::parse("content/a.md").unwrap();
        let mut sources = Sources::default();
        sources.add(path.clone(), b"<b>".repeat(300));
        let findings: Vec<Diagnostic> =
            (0..300).map(|at| Diagnostic::warning(codes::RAW_HTML, "x").at(Span { path: path.clone(), start: at, end: at })).collect();
        let human = render(&findings, &sources, Format::Human, false);
        assert!(human.contains("content/a.md: 200 more of A014") && human.matches("A014").count() == 101, "{human}");
        assert_eq!(render(&findings, &sources, Format::Short, false).lines().count(), 300);
    }
}
