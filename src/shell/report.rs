//! Prints findings: like rustc, in one line, as JSON, for GitHub.
//!
//! The only module that names the snippet renderer.

use std::fmt::Write;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use crate::base::diag::{Diagnostic, Severity};
use crate::base::source::{Sources, Span, line_column};
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
    for finding in findings {
        match format {
            Format::Human => human(&mut out, finding, sources, colour),
            Format::Short => short(&mut out, finding, sources),
            Format::Json => out.push_str(&(json::line(&object(finding, sources)) + "\n")),
            Format::Github => github(&mut out, finding, sources),
        }
    }
    out
}

/// Path, line and column of a finding; 1:1 of nothing if it has no file.
fn place(finding: &Diagnostic, sources: &Sources) -> (String, usize, usize) {
    let Some(span) = &finding.span else { return ("-".to_owned(), 1, 1) };
    let (line, column) = finding.line_column.unwrap_or_else(|| sources.texts.get(&span.path).map_or((1, 1), |source| line_column(&source.text, span.start)));
    (span.path.to_string(), line, column)
}

fn human(out: &mut String, finding: &Diagnostic, sources: &Sources, colour: bool) {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let code = finding.code.to_string();
    let mut group = level.primary_title(&finding.message).id(&code).elements(std::iter::empty::<annotate_snippets::Element<'_>>());
    let source = finding.span.as_ref().filter(|_| finding.line_column.is_none()).and_then(|span| Some((span, sources.texts.get(&span.path)?)));
    let (path, line, column) = place(finding, sources);
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

fn short(out: &mut String, finding: &Diagnostic, sources: &Sources) {
    let (path, line, column) = place(finding, sources);
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

fn object<'a>(finding: &'a Diagnostic, sources: &Sources) -> Object<'a> {
    let (path, line, column) = place(finding, sources);
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
fn github(out: &mut String, finding: &Diagnostic, sources: &Sources) {
    let (path, line, column) = place(finding, sources);
    let escape = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| escape(text).replace(':', "%3A").replace(',', "%2C");
    let level = match finding.severity {
        Severity::Note => "notice",
        other => other.word(),
    };
    let message = [std::slice::from_ref(&finding.message), &finding.help].concat().join(". ");
    let _ = writeln!(out, "::{level} file={},line={line},col={column},title={}::{}", property(&path), finding.code, escape(&message));
}
