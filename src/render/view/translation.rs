//! A site in a further language, as its templates see it.

use serde::Serialize;

use crate::model::link::address;
use crate::model::pages::PageKind;
use crate::model::site::Site;
use crate::parse::strings::Strings;

use super::{MenuView, SiteView, menu};

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

impl SiteView {
    /// The view of a translation: its own texts, the numbers of the whole guide, and addresses of the main language
    /// where it has no page. Texts that exist in the main language only are left out.
    pub fn of_translation(own: &Site, main: &Site, strings: &Strings, whole: &Self) -> Self {
        let mut view = Self::new(own, strings);
        let navigation = &own.config.navigation;
        view.menu = MenuView { main: menu(&navigation.main, main), footer: menu(&navigation.footer, main) };
        for (criterion, known) in view.criteria.iter_mut().zip(&whole.criteria) {
            criterion.counts = known.counts;
            criterion.url.clone_from(&known.url);
        }
        // The print page has the anchors of texts in the main language.
        for (kind, url) in whole.url.iter().filter(|(kind, _)| **kind != PageKind::Print.key()) {
            view.url.entry(kind).or_insert_with(|| url.clone());
        }
        view.files = whole.files.clone();
        view.stats = whole.stats;
        view
    }
}
