//! Addresses elsewhere that the site names, each with every place that names it.
//!
//! 1. [`Outgoing::of_sources`] takes the sources and websites of all files, [`Outgoing::of_text`] the links
//!    of a text while it is resolved; what only a template names is added when the output is known;
//! 2. an address is asked for as [`Inquiry`] says (`check --external`);
//! 3. [`Outgoing::findings`] says what came of it.

mod inquiry;
mod join;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::codes;
use crate::base::date::Day;
use crate::base::diag::{Diagnostic, sort};
use crate::base::source::{Source, Span};
use crate::parse::document::Document;
use crate::parse::integrity::address::host;

use super::integrity::sources_of;
use super::site::Parsed;

pub use inquiry::{Inquiry, MAX_WAIT, Method, Reply, Step, Verdict};

/// One place that names an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where.
    pub span: Span,
    /// Line and column where the text itself cannot be shown.
    pub line_column: Option<(usize, usize)>,
    /// The anchor in the address, with its `#`; browsers never send it.
    pub anchor: String,
    /// The day on which somebody saw what stands there, if that is written down.
    pub seen: Option<Day>,
}

/// Addresses without their anchors, and their places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outgoing(BTreeMap<String, Vec<Place>>);

impl Outgoing {
    /// The sources and websites of what is published.
    pub(super) fn of_sources(parsed: &Parsed, drafts: bool) -> Self {
        let mut outgoing = Self::default();
        for entry in sources_of(parsed, drafts) {
            outgoing.add(entry.address, entry.source, entry.place(), entry.seen);
        }
        outgoing
    }

    /// The links of a text, and the addresses that stand in it.
    pub(super) fn of_text(&mut self, document: &Document, source: &Source) {
        for link in document.links.iter().chain(&document.mentions) {
            self.add(&link.target, source, link.range.clone(), None);
        }
    }

    fn add(&mut self, address: &str, source: &Source, range: Range<usize>, seen: Option<Day>) {
        self.place(address, source.span(range), None, seen);
    }

    /// Adds a place of an address; addresses that do not lead to the web are none.
    pub fn place(&mut self, address: &str, span: Span, line_column: Option<(usize, usize)>, seen: Option<Day>) {
        if host(address).is_none() {
            return;
        }
        let (address, anchor) = address.split_once('#').map_or((address, String::new()), |(address, anchor)| (address, format!("#{anchor}")));
        self.0.entry(address.to_owned()).or_default().push(Place { span, line_column, anchor, seen });
    }

    /// Leaves out the site's own addresses: they may not be there yet.
    pub(super) fn without(mut self, base_url: &str) -> Self {
        self.0.retain(|address, _| !address.starts_with(base_url));
        self
    }

    /// Whether an address is known, with or without its anchor.
    pub fn knows(&self, address: &str) -> bool {
        self.0.contains_key(address.split('#').next().unwrap_or_default())
    }

    /// The addresses without their anchors, sorted.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// What has to be said about the addresses that were asked for, at each of their places. If nobody at all was heard
    /// (`is_heard`), a name that cannot be found says nothing about its host: our own network may be missing.
    pub fn findings(&self, verdicts: &BTreeMap<String, Verdict>, is_heard: bool, today: Day) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        for (address, verdict) in verdicts {
            let places = self.0.get(address).map(Vec::as_slice).unwrap_or_default();
            let say = |place: &Place| {
                let finding = finding(address, verdict, is_heard, place, today)?.at(place.span.clone());
                Some(Diagnostic { line_column: place.line_column, ..finding })
            };
            findings.extend(places.iter().filter_map(say));
        }
        sort(&mut findings);
        findings.dedup();
        findings
    }
}

fn finding(address: &str, verdict: &Verdict, is_heard: bool, place: &Place, today: Day) -> Option<Diagnostic> {
    let unsure = |why: &str| {
        let finding = Diagnostic::note(codes::LINK_UNVERIFIED, format!("`{address}` could not be verified: {why}"));
        Some(finding.help("look at it in a browser; an answer like this does not mean that the page is gone"))
    };
    match verdict {
        Verdict::Fine => None,
        Verdict::Moved(to) => {
            let anchor = if to.contains('#') { "" } else { &place.anchor };
            let finding = Diagnostic::warning(codes::LINK_MOVED, format!("`{address}` has moved for good"));
            Some(finding.help(format!("read what stands at the new address, and write `{to}{anchor}`")))
        }
        Verdict::NoHost(host) if !is_heard => unsure(&format!("the name `{host}` was not found, but nobody else was reached either")),
        Verdict::NoHost(host) => Some(gone(address, &format!("nobody has the name `{host}`"), place, today)),
        Verdict::Gone(why) => Some(gone(address, why, place, today)),
        Verdict::Unsure(why) => unsure(why),
    }
}

/// The copy is an address made of day and address; nobody is asked whether it exists.
fn gone(address: &str, why: &str, place: &Place, today: Day) -> Diagnostic {
    let day = place.seen.unwrap_or(today).to_string().replace('-', "");
    let finding = Diagnostic::error(codes::LINK_GONE, format!("`{address}` is gone: {why}"));
    finding.help(format!("cite another page that says the same, or a copy, if there is one: https://web.archive.org/web/{day}/{address}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::SitePath;

    fn said(verdict: Verdict, is_heard: bool, seen: Option<&str>) -> Vec<String> {
        let mut outgoing = Outgoing::default();
        let span = Span { path: SitePath::parse("content/a.md").unwrap(), start: 0, end: 0 };
        outgoing.place("https://example.org/a#b", span, Some((3, 4)), seen.and_then(Day::parse));
        let verdicts = BTreeMap::from([("https://example.org/a".to_owned(), verdict)]);
        let findings = outgoing.findings(&verdicts, is_heard, Day::parse("2026-11-25").unwrap());
        findings.iter().map(|finding| format!("{} {} {}: {}", finding.severity.word(), finding.code, finding.message, finding.help.join("; "))).collect()
    }

    #[test]
    fn each_verdict_is_said_as_bad_as_it_is() {
        assert_eq!(said(Verdict::Fine, true, None), [""; 0]);
        let moved = said(Verdict::Moved("https://example.org/c".into()), true, None);
        assert!(moved[0].starts_with("warning L011") && moved[0].ends_with("write `https://example.org/c#b`"), "the anchor is kept: {moved:?}");
        let gone = said(Verdict::Gone("the server says 404".into()), true, Some("2024-02-03"));
        assert!(gone[0].starts_with("error L010") && gone[0].ends_with(": https://web.archive.org/web/20240203/https://example.org/a"), "{gone:?}");
        assert!(said(Verdict::Gone("x".into()), true, None)[0].contains("/web/20261125/"), "without a day of its own the copy of today is as good");
        assert!(said(Verdict::Unsure("the server says 403".into()), true, None)[0].starts_with("note L012"));
    }

    #[test]
    fn a_name_is_unknown_only_if_the_network_is_there() {
        let missing = || Verdict::NoHost("example.org".into());
        assert!(said(missing(), true, None)[0].starts_with("error L010"));
        assert!(said(missing(), false, None)[0].starts_with("note L012"));
    }

    #[test]
    fn only_addresses_of_the_web_are_asked_for_each_once() {
        let mut outgoing = Outgoing::default();
        let span = Span { path: SitePath::parse("content/a.md").unwrap(), start: 0, end: 0 };
        for address in ["mailto:a@example.org", "#x", "https://example.org/a#b", "https://example.org/a#c", "https://own.example/x"] {
            outgoing.place(address, span.clone(), None, None);
        }
        let outgoing = outgoing.without("https://own.example/");
        assert_eq!(outgoing.addresses().collect::<Vec<_>>(), ["https://example.org/a"]);
        assert!(outgoing.knows("https://example.org/a#d") && !outgoing.knows("https://example.org/"));
    }
}
