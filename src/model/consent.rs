//! The newsletter's consent notice: complete, versioned, provable.
//!
//! 1. the canonical text of each version is hashed and compared with the committed lock
//!    file ([`lock`]), so that a text that was shown to somebody never changes;
//! 2. the current version is checked: its fields ([`record`]), its words ([`wording`]), its
//!    recipients ([`transfer`]), its form against the table of providers ([`form`]);
//! 3. its links are checked when all pages are known ([`links`]).
//!
//! The lints C01 to C23 of the design have the codes C101 to C123; those about the finished
//! page are in `render::audit`. Sources of the rules: Art. 4 No. 11, 7, 12, 13, 28, 44 to 49
//! GDPR; § 7 UWG.

mod form;
pub mod links;
mod lock;
mod pattern;
mod providers;
mod record;
mod transfer;
mod wording;
pub mod words;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::base::canon::canonical;
use crate::base::codes::{self, Code};
use crate::base::date::Day;
use crate::base::diag::{Diagnostic, Severity};
use crate::base::hash::sha256_hex;
use crate::base::source::Source;
use crate::parse::at::At;
use crate::parse::config::Stage;
use crate::parse::document::Document;
use crate::parse::law::ObsoleteEntry;
use crate::parse::markdown::{self, Options};
use crate::parse::newsletter::{NewsletterFile, NoticeEntry};

use super::law::Event;
use super::placeholder;

pub use form::{ReadyForm, SECRETS};

/// One version of the notice.
#[derive(Clone, Debug)]
pub struct Notice {
    /// What the file says.
    pub entry: NoticeEntry,
    /// Its form with every field of the provider.
    pub form: ReadyForm,
    /// SHA-256 of the canonical text.
    pub sha256: String,
    /// Whether it is the version shown now.
    pub current: bool,
    /// Whether a form may be rendered from it.
    pub complete: bool,
}

/// What a notice is checked against.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// `content/newsletter.yaml`.
    pub source: &'a Source,
    /// `content/newsletter.lock`.
    pub lock: Option<&'a Source>,
    /// Whether placeholders are allowed.
    pub stage: Stage,
    /// The day of the build.
    pub today: Day,
    /// The legal events.
    pub events: &'a [Event],
    /// Names of laws that are no longer in force.
    pub obsolete: &'a [ObsoleteEntry],
    /// How Markdown is read.
    pub options: &'a Options<'a>,
}

/// Findings about the file of the notices.
struct Report<'a> {
    source: &'a Source,
    findings: Vec<Diagnostic>,
}

impl Report<'_> {
    fn error(&mut self, code: Code, at: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.say(Diagnostic::error(code, message), at, help);
    }

    fn warning(&mut self, code: Code, at: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.say(Diagnostic::warning(code, message), at, help);
    }

    fn note(&mut self, code: Code, at: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.say(Diagnostic::note(code, message), at, help);
    }

    fn say(&mut self, finding: Diagnostic, at: &Range<usize>, help: impl Into<String>) {
        self.findings.push(finding.at(self.source.span(at.clone())).help(help));
    }
}

/// Checks all versions; the newest is the current one.
pub fn notices(file: &NewsletterFile, around: Around<'_>) -> (Vec<Notice>, Vec<Diagnostic>) {
    let mut report = Report { source: around.source, findings: Vec::new() };
    let (locked, found) = around.lock.map(lock::read).unwrap_or_default();
    report.findings.extend(found);
    let newest = file.notices.iter().map(|notice| notice.version.value).max();
    let mut seen = BTreeSet::new();
    let mut notices = Vec::new();
    for entry in &file.notices {
        let current = Some(entry.version.value) == newest;
        let before = report.findings.len();
        if !seen.insert(entry.version.value) {
            let message = format!("version {} stands here twice", entry.version);
            report.error(codes::CONSENT_VERSION, &entry.version.range, message, "give every notice a version number of its own");
        }
        let text = canonical_text(entry, around);
        let sha256 = sha256_hex(text.as_bytes());
        // In a demo a text with placeholders was never shown to anybody as real.
        if !(around.stage == Stage::Demo && placeholder::find(&text).next().is_some()) {
            lock::compare(entry, &sha256, &locked, &mut report);
        }
        if current {
            record::check(entry, around.today, &mut report);
            wording::check(entry, around.obsolete, &mut report);
            transfer::check(entry, around.events, around.today, &mut report);
            form::check(entry, &mut report);
        }
        let complete = !report.findings[before..].iter().any(|finding| finding.severity == Severity::Error);
        notices.push(Notice { entry: entry.clone(), form: form::ready(entry), sha256, current, complete });
    }
    lock::gone(file, &locked, &mut report);
    notices.sort_by_key(|notice| std::cmp::Reverse(notice.entry.version.value));
    (notices, report.findings)
}

/// What is hashed: every word the reader sees beside the form, in the order in which it is
/// seen, then where the links lead. The button belongs to it: it names the act. Markup and
/// the way the YAML is wrapped do not.
fn canonical_text(entry: &NoticeEntry, around: Around<'_>) -> String {
    let read = |text: &At<String>| markdown::inline(around.source, &text.value, text.range.start, around.options).0;
    let paragraphs: Vec<(&str, Document)> = entry.notice.iter().map(|paragraph| (paragraph.title.as_str(), read(&paragraph.text))).collect();
    let statement = read(&entry.statement);
    let mut parts: Vec<&str> = paragraphs.iter().flat_map(|(title, text)| [*title, text.plain.as_str()]).collect();
    parts.extend(entry.legal_basis.iter().map(|basis| basis.as_str()));
    parts.extend(entry.data.iter().map(|data| data.name.as_str()));
    parts.extend([statement.plain.as_str(), entry.button.as_str()]);
    let texts = paragraphs.iter().map(|(_, text)| text).chain([&statement]);
    parts.extend(texts.flat_map(|text| &text.links).map(|link| link.target.as_str()));
    parts.extend([entry.links.privacy_policy.as_str(), entry.links.imprint.as_str()]);
    parts.extend(entry.processor_privacy().map(|address| address.0.as_str()));
    canonical(parts)
}
