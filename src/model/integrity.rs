//! Which hosts the site knows, and what is wrong with addresses that lead elsewhere.
//!
//! 1. [`Hosts::of`] collects them: sources and websites of cards, sources of articles,
//!    criteria and legal events, the consent notice, `links.allow`, the site itself;
//! 2. [`Hosts::check`] is asked for every link and every address in a text;
//! 3. [`Hosts::check_sources`] looks at the addresses that the others rest on.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::base::codes;
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
        let addresses = all_addresses(parsed).into_iter().map(|(address, ..)| address);
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
        let checked = all_addresses(parsed).into_iter().filter_map(|(address, range, source)| {
            let fault = self.fault(address)?;
            let place = if range.is_empty() { source.text.find(address).map_or(0..0, |at| at..at + address.len()) } else { range };
            Some(finding(fault).at(source.span(place)))
        });
        checked.collect()
    }
}

fn finding(fault: Fault) -> Diagnostic {
    Diagnostic::error(fault.code, fault.message).help(fault.help)
}

/// An address with its place; an empty one where only the file is known.
type Placed<'a> = (&'a str, Range<usize>, &'a Source);

/// The addresses that vouch for hosts.
fn all_addresses(parsed: &Parsed) -> Vec<Placed<'_>> {
    let mut all: Vec<Placed<'_>> = Vec::new();
    for (card, source) in &parsed.cards {
        of_card(card, source, &mut all);
    }
    for (page, source) in &parsed.pages {
        of_sources(&page.front.sources, source, &mut all);
    }
    if let Some((file, source)) = &parsed.catalogue {
        file.criteria.iter().for_each(|criterion| of_sources(&criterion.sources, source, &mut all));
    }
    if let Some((file, source)) = &parsed.law {
        file.events.iter().for_each(|event| of_sources(&event.sources, source, &mut all));
        file.obsolete.iter().for_each(|entry| of_sources(&entry.sources, source, &mut all));
    }
    if let Some((file, source)) = &parsed.newsletter {
        file.notices.iter().for_each(|notice| of_notice(notice, source, &mut all));
    }
    all
}

fn of_sources<'a>(list: impl IntoIterator<Item = &'a SourceRef>, source: &'a Source, all: &mut Vec<Placed<'a>>) {
    all.extend(list.into_iter().map(|entry| (entry.url.value.0.as_str(), entry.url.range.clone(), source)));
}

fn of_card<'a>(card: &'a CardFile, source: &'a Source, all: &mut Vec<Placed<'a>>) {
    all.push((&card.website.0, 0..0, source));
    for fact in card.facts.values() {
        of_sources(fact.sources.iter().chain(fact.disputed.iter().map(|dispute| &dispute.source)), source, all);
    }
    all.extend(card.response.iter().filter_map(|response| response.url.as_ref()).map(|url| (url.0.as_str(), 0..0, source)));
}

fn of_notice<'a>(notice: &'a NoticeEntry, source: &'a Source, all: &mut Vec<Placed<'a>>) {
    let processor = notice.processor.iter().flat_map(|processor| [&processor.dpa_url, &processor.privacy_url, &processor.subprocessors_url]);
    let transfer = notice.transfer.iter().map(|transfer| &transfer.evidence_url);
    let addresses = processor.chain(transfer).chain([&notice.links.processor_privacy]).filter_map(Option::as_ref);
    all.extend(addresses.chain(&notice.form.extra_form_action).map(|url| (url.0.as_str(), 0..0, source)));
    // With a placeholder in it there is no host yet.
    all.extend((!notice.form.action.value.contains("[[")).then(|| (notice.form.action.value.as_str(), notice.form.action.range.clone(), source)));
}
