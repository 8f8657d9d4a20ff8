//! The part of a long list that a page shows.

use serde::Serialize;

use crate::model::link::address;
use crate::model::pages::PageKind;
use crate::model::site::Site;

use super::LinkView;

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartView {
    /// Position of its first entry in the list.
    pub from: usize,
    /// Position behind its last entry.
    pub to: usize,
    /// How many entries the list has.
    pub total: usize,
    /// Its number, from 1.
    pub number: usize,
    /// All parts; the label is the number.
    pub pages: Vec<LinkView>,
    /// The address of the part before.
    pub previous: Option<String>,
    /// The address of the part after.
    pub next: Option<String>,
}

impl PartView {
    /// What a page shows of its list; nothing if it has none that grows.
    pub fn of(kind: PageKind, site: &Site) -> Option<Self> {
        let (whole, number) = site.whole(kind);
        let (total, size) = (site.list_length(whole)?, site.part_size());
        let pages: Vec<LinkView> =
            site.part_routes(whole).into_iter().enumerate().map(|(at, route)| LinkView { label: (at + 1).to_string(), url: address(route, "") }).collect();
        let url = |number: usize| pages.get(number.checked_sub(1)?).map(|page| page.url.clone());
        let from = (number - 1).saturating_mul(size);
        Some(Self { from, to: from.saturating_add(size).min(total), total, number, previous: url(number - 1), next: url(number + 1), pages })
    }
}
