//! What a run says at its end: what there is, what was written, or why nothing was.

use std::fmt::Write as _;
use std::path::Path;

use super::publish::Written;
use crate::base::codes;
use crate::base::diag::{Diagnostic, Severity};
use crate::pipeline::Built;

/// Whether findings keep the site from being written.
pub(crate) fn stops(findings: &[Diagnostic], strict: bool) -> bool {
    let limit = if strict { Severity::Warning } else { Severity::Error };
    findings.iter().any(|finding| finding.severity <= limit)
}

/// How much is wrong.
pub(crate) fn told(findings: &[Diagnostic]) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    format!("{}, {}: nothing was written\n", plural(errors, "error"), plural(warnings, "warning"))
}

/// What the guide amounts to, in one line.
pub(crate) fn guide(built: &Built) -> String {
    let stats = &built.stats;
    let share = |count: usize| (count * 100 + stats.cells / 2).checked_div(stats.cells).unwrap_or(0);
    let open = built.findings.iter().filter(|finding| finding.code == codes::PLACEHOLDER).count();
    let mut text = format!(
        "{} cards, {} criteria: {} facts ({} % sourced, {} % derived, {} % unknown, {} overdue), {} sources; {} articles",
        stats.systems,
        stats.criteria,
        stats.facts,
        share(stats.sourced),
        share(stats.derived),
        share(stats.unknown),
        stats.overdue,
        stats.sources,
        stats.articles
    );
    if open > 0 {
        let _ = write!(text, "; {open} placeholders open");
    }
    text
}

/// What was written where.
pub(crate) fn wrote(Written { written, unchanged, removed }: Written, output: &Path) -> String {
    format!("{}: {written} files written, {unchanged} unchanged, {removed} removed\n", output.display())
}
