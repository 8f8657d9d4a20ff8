//! What must be looked at again, and by when: facts, articles, legal events, the notice.

use std::collections::BTreeMap;

use crate::base::date::Day;

use super::link::address;
use super::pages::PageKind;
use super::site::Site;

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The last day on which the last look counts.
    pub day: Day,
    /// What it is.
    pub kind: DueKind,
    /// Its name: the card, the article's title, the event's.
    pub name: String,
    /// What exactly: the labels of the criteria.
    pub parts: Vec<String>,
    /// Where it is shown.
    pub address: String,
    /// Stable and unique together with the day.
    pub id: String,
}

/// What has to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DueKind {
    /// Facts of a card that were checked on one day and count equally long.
    Facts,
    /// An article.
    Article,
    /// A legal event.
    Event,
    /// The evidence of the consent notice.
    Notice,
}

impl DueKind {
    /// The word by which texts name it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Facts => "facts",
            Self::Article => "article",
            Self::Event => "event",
            Self::Notice => "notice",
        }
    }
}

/// Everything that is due some day, the earliest first.
pub fn due(site: &Site) -> Vec<Due> {
    let mut all = facts(site);
    for article in site.texts() {
        if let Some(by) = &article.front.review_by {
            let name = article.front.title.value.clone();
            let id = format!("article-{}", article.route.as_str().trim_end_matches('/').replace('/', "-"));
            all.push(Due { day: by.value.0, kind: DueKind::Article, name, parts: Vec::new(), address: address(&article.route, ""), id });
        }
    }
    for event in &site.events {
        if let (Some(by), Some(route)) = (&event.entry.recheck, site.route(PageKind::Law)) {
            let name = event.entry.title.clone();
            let id = format!("event-{}", event.anchor);
            all.push(Due { day: by.value.0, kind: DueKind::Event, name, parts: Vec::new(), address: address(route, &event.anchor), id });
        }
    }
    if let Some(notice) = site.current_notice().map(|index| &site.notices[index])
        && let (Some(transfer), Some(route)) = (&notice.entry.transfer, site.route(PageKind::Newsletter))
    {
        let day = transfer.checked.value.0.plus_days(i64::from(transfer.recheck_days));
        let id = format!("notice-{}-v{}", notice.entry.id.value.0, notice.entry.version.value);
        all.push(Due { day, kind: DueKind::Notice, name: String::new(), parts: Vec::new(), address: address(route, ""), id });
    }
    all.sort_by(|a, b| (a.day, a.kind, &a.id).cmp(&(b.day, b.kind, &b.id)));
    all
}

/// The facts of each card by the day on which their check expires. What is history, and what
/// is unknown, is not due.
fn facts(site: &Site) -> Vec<Due> {
    let mut all = Vec::new();
    for card in site.cards.iter().filter(|card| !card.is_archive()) {
        let mut days: BTreeMap<Day, Vec<String>> = BTreeMap::new();
        for (criterion, cell) in site.catalogue.criteria.iter().zip(&card.cells) {
            let counts = !cell.historic && !cell.parts.is_empty();
            if let Some(day) = cell.expires.filter(|_| counts) {
                days.entry(day).or_default().push(criterion.entry.label.clone());
            }
        }
        let name = &card.entry.name;
        let one =
            |(day, parts)| Due { day, kind: DueKind::Facts, name: name.clone(), parts, address: address(&card.route, ""), id: format!("facts-{}", card.slug) };
        all.extend(days.into_iter().map(one));
    }
    all
}
