//! Two lists of the index from A to Z: other names with what they stand for, norms with what cites them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::base::slug::slugify;
use crate::model::link::address;
use crate::model::site::Card;

use super::{CriterionView, LinkView, TermView};

/// An entry that leads elsewhere.
#[derive(Clone, Debug, Serialize)]
pub struct IndexEntry {
    /// The name or the norm.
    pub label: String,
    /// Where it leads.
    pub links: Vec<LinkView>,
}

/// Synonyms of terms and other names of systems, in alphabetical order.
pub(super) fn names(terms: &[TermView], cards: &[Card]) -> Vec<IndexEntry> {
    let mut entries = Entries::default();
    for term in terms {
        term.synonyms.iter().for_each(|name| entries.add(slugify(name), name, &term.term, &term.url));
    }
    for card in cards {
        card.entry.aliases.iter().for_each(|name| entries.add(slugify(name), name, &card.entry.name, &address(&card.route, "")));
    }
    entries.finish()
}

/// Norms that criteria and terms cite, by their numbers.
pub(super) fn laws(criteria: &[CriterionView], terms: &[TermView]) -> Vec<IndexEntry> {
    let mut entries = Entries::default();
    for criterion in criteria {
        criterion.law.iter().for_each(|law| entries.add(by_number(law), law, &criterion.label, &criterion.url));
    }
    for term in terms {
        term.law.iter().for_each(|law| entries.add(by_number(law), law, &term.term, &term.url));
    }
    entries.finish()
}

#[derive(Default)]
struct Entries(BTreeMap<(String, String), Vec<LinkView>>);

impl Entries {
    fn add(&mut self, order: String, label: &str, target: &str, url: &str) {
        let links = self.0.entry((order, label.to_owned())).or_default();
        links.push(LinkView { label: target.to_owned(), url: url.to_owned() });
    }

    fn finish(self) -> Vec<IndexEntry> {
        self.0.into_iter().map(|((_, label), links)| IndexEntry { label, links }).collect()
    }
}

/// A text that sorts `Art. 3` before `Art. 28`: numbers get leading zeros.
fn by_number(text: &str) -> String {
    let mut order = String::new();
    let mut digits = String::new();
    for c in text.chars().chain([' ']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            order.extend(std::iter::repeat_n('0', 6_usize.saturating_sub(digits.len())));
            order.push_str(&digits);
            digits.clear();
        }
        order.push(c);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn norms_sort_by_their_numbers() {
        let mut laws = ["Art. 28 DSGVO", "Art. 3 DSGVO", "Art. 28 Abs. 3 DSGVO", "§ 203 StGB", "§ 7 UWG"];
        laws.sort_by_key(|law| by_number(law));
        assert_eq!(laws, ["Art. 3 DSGVO", "Art. 28 Abs. 3 DSGVO", "Art. 28 DSGVO", "§ 7 UWG", "§ 203 StGB"]);
    }
}
