//! The one type in which everything that is wrong is said.
//!
//! A finding has a stable code, a place, and what to do instead. Nothing on
//! floors 0 to 4 prints; the shell renders the same value in four formats.

use super::codes::Code;
use super::source::Span;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Stops the write.
    Error,
    /// Published, but should be looked at; `--strict` stops the write.
    Warning,
    /// Worth knowing, never in the way.
    Note,
}

impl Severity {
    /// The word that is printed.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Its stable code.
    pub code: Code,
    /// What was found and what was expected: lower case, no full stop.
    pub message: String,
    /// Where; `None` only when there is no file to point at.
    pub span: Option<Span>,
    /// Line and column, given where the text itself cannot be shown.
    pub line_column: Option<(usize, usize)>,
    /// A second place that matters (the first of two duplicates).
    pub related: Option<(Span, String)>,
    /// What to write instead, one imperative sentence each.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// A finding that stops the write.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message.into())
    }

    /// A finding that is published all the same.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message.into())
    }

    /// A remark.
    pub fn note(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message.into())
    }

    fn new(severity: Severity, code: Code, message: String) -> Self {
        Self { severity, code, message, span: None, line_column: None, related: None, help: Vec::new() }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Gives line and column for a text that cannot be shown.
    #[must_use]
    pub fn in_line(mut self, line: usize, column: usize) -> Self {
        self.line_column = Some((line, column));
        self
    }

    /// Points at a second place.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related = Some((span, label.into()));
        self
    }

    /// Says what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Suggests the nearest of `allowed`, or lists them if none is near.
    #[must_use]
    pub fn suggest<'a>(self, found: &str, allowed: impl IntoIterator<Item = &'a str>) -> Self {
        let allowed: Vec<&str> = allowed.into_iter().collect();
        if let Some(near) = nearest(found, &allowed) {
            let near = format!("write `{near}`");
            return self.help(near);
        }
        if allowed.is_empty() {
            return self;
        }
        let more = if allowed.len() > 12 { format!(" and {} more", allowed.len() - 12) } else { String::new() };
        let list: Vec<String> = allowed.iter().take(12).map(|name| format!("`{name}`")).collect();
        self.help(format!("use one of {}{more}", list.join(", ")))
    }
}

/// Sorts findings by place and code, so that the order never depends on threads.
pub fn sort(findings: &mut [Diagnostic]) {
    findings.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.span.clone(), d.line_column, d.code);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
}

/// A value and what was found on the way. No value means: an error says why.
#[derive(Clone, Debug)]
pub struct Checked<T> {
    /// What could be made.
    pub value: Option<T>,
    /// Everything that was found.
    pub findings: Vec<Diagnostic>,
}

/// The nearest name within a distance that a slip of the fingers explains.
pub fn nearest<'a>(found: &str, allowed: &[&'a str]) -> Option<&'a str> {
    let limit = match found.chars().count() {
        0..=2 => return None,
        3..=4 => 1,
        5..=9 => 2,
        _ => 3,
    };
    allowed
        .iter()
        .map(|name| (distance(&found.to_lowercase(), &name.to_lowercase()), *name))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Edits between two words, a swap of neighbours counting as one
/// (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_fingers_are_recognised() {
        let allowed = ["checked", "confidence", "sources", "note"];
        for (found, near) in [
            ("cheked", Some("checked")),
            ("soruces", Some("sources")),
            ("Confidence", Some("confidence")),
            ("nöte", Some("note")),
            ("zoom", None),
            ("no", None),
        ] {
            assert_eq!(nearest(found, &allowed), near, "{found}");
        }
    }
}
