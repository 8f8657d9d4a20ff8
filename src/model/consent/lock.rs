//! `content/newsletter.lock`: the hash of each version that was shown to somebody.
//!
//! One line a version, `newsletter v1 <SHA-256>`; it is committed with the texts. Nobody has to
//! compute a hash: the finding about a new version says the line to add.

use std::collections::BTreeMap;

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::source::Source;
use crate::parse::newsletter::{NewsletterFile, NoticeEntry};

use super::Report;

/// The hashes by newsletter and version.
pub(super) type Locked = BTreeMap<(String, u32), String>;

/// Reads the lock file, and says which lines are none.
pub(super) fn read(lock: &Source) -> (Locked, Vec<Diagnostic>) {
    let (mut locked, mut findings, mut at) = (Locked::new(), Vec::new(), 0);
    for line in lock.text.split_inclusive('\n') {
        let range = at..at + line.trim_end().len();
        at += line.len();
        if line.trim().is_empty() {
            continue;
        }
        let mut say = |message: &str, help: &str| {
            findings.push(Diagnostic::error(codes::CONSENT_VERSION, message).at(lock.span(range.clone())).help(help));
        };
        match entry(line) {
            Some((key, sha256)) => {
                if locked.insert(key, sha256.clone()).is_some_and(|known| known != sha256) {
                    say("a version has two hashes", "keep the line of the text that was shown");
                }
            }
            None => say("this line names no version", "write `newsletter v1` and the 64 digits of the hash, or remove the line"),
        }
    }
    (locked, findings)
}

fn entry(line: &str) -> Option<((String, u32), String)> {
    let mut words = line.split_whitespace();
    let (id, version, sha256) = (words.next()?, words.next()?, words.next()?);
    let is_hash = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) && words.next().is_none();
    let version = version.strip_prefix('v')?.parse().ok()?;
    is_hash.then(|| ((id.to_owned(), version), sha256.to_lowercase()))
}

/// Compares the text of a version with its line.
pub(super) fn compare(notice: &NoticeEntry, sha256: &str, locked: &Locked, report: &mut Report<'_>) {
    let (id, version) = (&notice.id.value.0, notice.version.value);
    let (message, help) = match locked.get(&(id.clone(), version)) {
        Some(known) if known == sha256 => return,
        Some(_) => (
            format!("the text of version {version} is not the one in newsletter.lock"),
            format!("restore the text, or keep it and add this one as version {}", version.saturating_add(1)),
        ),
        None => (format!("version {version} is not in newsletter.lock"), format!("add the line `{id} v{version} {sha256}` to content/newsletter.lock")),
    };
    report.error(codes::CONSENT_VERSION, &notice.version.range, message, help);
}

/// Says which versions of the lock file are gone.
pub(super) fn gone(file: &NewsletterFile, locked: &Locked, report: &mut Report<'_>) {
    let is_here = |id: &str, version: u32| file.notices.iter().any(|entry| entry.id.value.0 == id && entry.version.value == version);
    for (id, version) in locked.keys().filter(|(id, version)| !is_here(id, *version)) {
        let message = format!("version {version} of `{id}` is in newsletter.lock, but not here");
        report.error(codes::CONSENT_VERSION, &(0..0), message, "restore it: what was shown to somebody stays retrievable");
    }
}
