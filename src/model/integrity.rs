//! Which hosts the site knows, and what is wrong with addresses that lead elsewhere.
//!
//! 1. [`Hosts::of`] collects them: sources and websites of cards, sources of articles,
//!    criteria and legal events, the consent notice, `links.allow`, the site itself;
//! 2. [`Hosts::check`] is asked for every link and every address in a text;
//! 3. [`Hosts::check_sources`] looks at the addresses that the others rest on.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::base::codes;
use crate::base::date::Day;
use crate::base::diag::Diagnostic;
use crate::base::source::{Source, Sources};
use crate::parse::integrity::address::{self, Fault};
use crate::parse::newsletter::NoticeEntry;
use crate::parse::vendor::{CardFile, SourceRef};

use super::site::Parsed;

/// The hosts that links may lead to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hosts {
    /// Hosts without `www.`.
    known: BTreeSet<String>,
    /// Hosts that the editor vouches for in `links.allow`, beyond any doubt about their form.
    allowed: BTreeSet<String>,
    /// Hosts all of whose subdomains are allowed: `*.example.org`.
    wild: Vec<String>,
    /// Whether a file could not be read, so that its hosts are missing here.
    incomplete: bool,
}

impl Hosts {
    /// Collects the hosts from everything that was read; what is wrong with them comes along.
    pub fn of(parsed: &Parsed, sources: &Sources) -> (Self, Vec<Diagnostic>) {
        let mut hosts = Self::default();
        for entry in parsed.config.iter().flat_map(|(config, _)| &config.links.allow) {
            let entry = entry.value.trim().to_lowercase();
            match entry.strip_prefix("*.") {
                Some(host) => hosts.wild.push(format!(".{host}")),
                None => hosts.allow(entry.strip_prefix("www.").unwrap_or(&entry)),
            }
        }
        let addresses = all_addresses(parsed).into_iter().map(|entry| entry.address);
        let own = parsed.config.iter().map(|(config, _)| config.base_url.value.as_str());
        hosts.known.extend(addresses.chain(own).filter_map(address::host));
        let is_unread = |path: &str, is_there: bool| sources.text(path).is_some() && !is_there;
        hosts.incomplete = !parsed.unreadable.is_empty()
            || is_unread("vendors/_criteria.yaml", parsed.catalogue.is_some())
            || is_unread("content/law.yaml", parsed.law.is_some())
            || is_unread("content/newsletter.yaml", parsed.newsletter.is_some());
        let findings = hosts.check_sources(parsed);
        (hosts, findings)
    }

    /// Vouches for a host.
    pub fn allow(&mut self, host: &str) {
        self.allowed.insert(host.to_owned());
    }

    /// What is wrong with an address that readers are led to.
    pub fn check(&self, address: &str) -> Option<Diagnostic> {
        if let Some(fault) = self.fault(address) {
            return Some(finding(fault));
        }
        let host = address::host(address)?;
        if self.incomplete || self.knows(&host) {
            return None;
        }
        let finding = Diagnostic::error(codes::UNKNOWN_HOST, format!("no card, source or setting knows the host `{host}`"));
        Some(finding.help(format!("remove the link; if it is meant, add the page to the article's `sources`, or `{host}` to `links.allow` in site.yaml")))
    }

    /// Whether links may lead to a host.
    pub fn knows(&self, host: &str) -> bool {
        self.known.contains(host) || self.allows(host)
    }

    fn allows(&self, host: &str) -> bool {
        self.allowed.contains(host) || self.wild.iter().any(|end| host.ends_with(end.as_str()) || host == &end[1..])
    }

    fn fault(&self, address: &str) -> Option<Fault> {
        address::fault(address, &|host| self.allows(host))
    }

    /// Looks at the addresses of cards, sources and the notice: their form has to be beyond doubt.
    fn check_sources(&self, parsed: &Parsed) -> Vec<Diagnostic> {
        let checked = all_addresses(parsed).into_iter().filter_map(|entry| {
            let fault = self.fault(entry.address)?;
            Some(finding(fault).at(entry.source.span(entry.place())))
        });
        checked.collect()
    }
}

fn finding(fault: Fault) -> Diagnostic {
    Diagnostic::error(fault.code, fault.message).help(fault.help)
}

/// An address that vouches for its host.
pub(super) struct Entry<'a> {
    pub(super) address: &'a str,
    /// Empty where only the file is known.
    range: Range<usize>,
    pub(super) source: &'a Source,
    /// The day on which somebody saw what stands there.
    pub(super) seen: Option<Day>,
}

impl Entry<'_> {
    /// Where it stands.
    pub(super) fn place(&self) -> Range<usize> {
        let found = || self.source.text.find(self.address).map_or(0..0, |at| at..at + self.address.len());
        if self.range.is_empty() { found() } else { self.range.clone() }
    }
}

/// The addresses that vouch for hosts.
fn all_addresses(parsed: &Parsed) -> Vec<Entry<'_>> {
    let mut all = sources_of(parsed, true);
    if let Some((file, source)) = &parsed.newsletter {
        file.notices.iter().for_each(|notice| of_form(notice, source, &mut all));
    }
    all
}

/// Those of them that readers are led to; drafts lead nobody.
pub(super) fn sources_of(parsed: &Parsed, drafts: bool) -> Vec<Entry<'_>> {
    let mut all: Vec<Entry<'_>> = Vec::new();
    for (card, source) in &parsed.cards {
        of_card(card, source, &mut all);
    }
    for (page, source) in parsed.pages.iter().filter(|(page, _)| drafts || !page.front.draft) {
        let seen = page.front.changed();
        of_sources(&page.front.sources, source, seen, &mut all);
    }
    if let Some((file, source)) = &parsed.catalogue {
        file.criteria.iter().for_each(|criterion| of_sources(&criterion.sources, source, None, &mut all));
    }
    if let Some((file, source)) = &parsed.law {
        file.events.iter().for_each(|event| of_sources(&event.sources, source, None, &mut all));
        file.obsolete.iter().for_each(|entry| of_sources(&entry.sources, source, None, &mut all));
    }
    if let Some((file, source)) = &parsed.newsletter {
        file.notices.iter().for_each(|notice| of_notice(notice, source, &mut all));
    }
    all
}

fn of_sources<'a>(list: impl IntoIterator<Item = &'a SourceRef>, source: &'a Source, seen: Option<Day>, all: &mut Vec<Entry<'a>>) {
    all.extend(list.into_iter().map(|entry| Entry { address: &entry.url.value.0, range: entry.url.range.clone(), source, seen }));
}

fn of_card<'a>(card: &'a CardFile, source: &'a Source, all: &mut Vec<Entry<'a>>) {
    let seen = Some(card.reviewed.value.0);
    all.push(Entry { address: &card.website.0, range: 0..0, source, seen });
    for fact in card.facts.values() {
        let sources = fact.sources.iter().chain(fact.disputed.iter().map(|dispute| &dispute.source));
        of_sources(sources, source, Some(fact.checked.value.0), all);
    }
    let responses = card.response.iter().filter_map(|response| Some((response.url.as_ref()?, response.date.0)));
    all.extend(responses.map(|(url, day)| Entry { address: &url.0, range: 0..0, source, seen: Some(day) }));
}

fn of_notice<'a>(notice: &'a NoticeEntry, source: &'a Source, all: &mut Vec<Entry<'a>>) {
    let processor = notice.processor.iter().flat_map(|processor| [&processor.dpa_url, &processor.privacy_url, &processor.subprocessors_url]);
    let transfer = notice.transfer.iter().map(|transfer| &transfer.evidence_url);
    let addresses = processor.chain(transfer).chain([&notice.links.processor_privacy]).filter_map(Option::as_ref);
    all.extend(addresses.map(|url| Entry { address: &url.0, range: 0..0, source, seen: None }));
}

/// Where a form goes: no reader is led there by a link.
fn of_form<'a>(notice: &'a NoticeEntry, source: &'a Source, all: &mut Vec<Entry<'a>>) {
    all.extend(notice.form.extra_form_action.iter().map(|url| Entry { address: &url.0, range: 0..0, source, seen: None }));
    // With a placeholder in it there is no host yet.
    let action = Some(&notice.form.action).filter(|action| !action.value.contains("[["));
    all.extend(action.map(|action| Entry { address: &action.value, range: action.range.clone(), source, seen: None }));
}
