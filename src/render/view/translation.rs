//! A site in a further language, as its templates see it.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::link::address;
use crate::model::pages::PageKind;
use crate::model::prose::ROOT;
use crate::model::site::Site;
use crate::parse::strings::Strings;

use super::cell::LaterEvent;
use super::{MenuView, SiteView, SystemView, feed_file, menu};

/// A page in one of the languages that it exists in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VersionView {
    /// `de` or `en`.
    pub language: &'static str,
    /// The language's name in itself.
    pub name: &'static str,
    /// The address of the page.
    pub url: String,
    /// The same on the web, in full.
    pub canonical: String,
    /// Whether it is the page itself.
    pub current: bool,
}

/// In which languages a page of `own` exists; nothing if there is only one.
pub fn versions(kind: PageKind, own: &Site, main: &Site) -> Vec<VersionView> {
    let view = |(language, route): (crate::parse::config::Language, &crate::base::path::Route)| VersionView {
        language: language.code(),
        name: language.name(),
        url: address(route, ""),
        canonical: format!("{}{}", main.config.base_url, route.as_str()),
        current: language == own.config.language,
    };
    main.versions(own, kind).into_iter().map(view).collect()
}

impl SystemView {
    /// The view of the card at `index` in a translation; feed and legal events exist in the main language only.
    pub fn of_translation(index: usize, own: &Site, main: &Site, strings: &Strings) -> Self {
        let mut view = Self::new(&own.cards[index], own, strings);
        let known = &main.cards[index];
        view.feed = format!("{ROOT}{}", feed_file(known));
        for (cell, known) in view.cells.iter_mut().zip(&known.cells) {
            cell.events = LaterEvent::of_cell(known, main, Some(main.config.language.code()));
        }
        view
    }
}

impl SiteView {
    /// The view of a translation: its own texts, the numbers of the whole guide, and addresses of the main language
    /// where it has no page. Texts that exist in the main language only are left out, but for those of single facts.
    pub fn of_translation(own: &Site, main: &Site, strings: &Strings, whole: &Self) -> Self {
        let mut view = Self::new(own, strings);
        let navigation = &own.config.navigation;
        view.menu = MenuView { main: menu(&navigation.main, main), footer: menu(&navigation.footer, main) };
        for (criterion, known) in view.criteria.iter_mut().zip(&whole.criteria) {
            criterion.counts = known.counts;
            if criterion.url.is_empty() {
                criterion.url.clone_from(&known.url);
            }
        }
        for (profile, known) in view.profiles.iter_mut().zip(&whole.profiles) {
            for (change, known) in profile.changes.iter_mut().zip(&known.changes).filter(|(change, _)| change.criterion.url.is_empty()) {
                change.criterion.url.clone_from(&known.criterion.url);
            }
        }
        let translated: BTreeSet<String> = own.cards.iter().filter(|card| card.language.is_none()).map(|card| address(&card.route, "")).collect();
        view.changes.retain(|change| translated.contains(&change.system.url));
        // The print page has the anchors of texts in the main language.
        for (kind, url) in whole.url.iter().filter(|(kind, _)| **kind != PageKind::Print.key()) {
            view.url.entry(kind).or_insert_with(|| url.clone());
        }
        // The calendar of checks is one for all languages.
        view.due = Vec::new();
        view.files = whole.files.clone();
        view.stats = whole.stats;
        view
    }
}
