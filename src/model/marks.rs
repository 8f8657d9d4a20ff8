//! What an editor should see on a page while editing: that it is a draft, what on it is overdue.

use std::collections::BTreeMap;

use super::articles::is_later;
use super::site::{Article, Site};

/// Output file → its marks; pages without any are left out.
pub type Marks = BTreeMap<String, Mark>;

/// The marks of one page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// Whether only `--drafts` shows it.
    pub draft: bool,
    /// What had to be looked at again: label and anchor, no anchor for the page itself.
    pub overdue: Vec<(String, String)>,
}

/// Collects the marks of all pages.
pub fn marks(site: &Site) -> Marks {
    let articles = site.texts().map(|article| (article.route.file(), article_mark(article, site)));
    let cards = site.cards.iter().filter(|card| !card.is_archive()).map(|card| {
        let cells = site.catalogue.criteria.iter().zip(&card.cells);
        let due = cells.filter(|(_, cell)| cell.expired && !cell.historic && !cell.parts.is_empty());
        let overdue = due.map(|(criterion, _)| (criterion.entry.label.clone(), criterion.entry.slug.value.0.clone()));
        (card.route.file(), Mark { draft: false, overdue: overdue.collect() })
    });
    articles.chain(cards).filter(|(_, mark)| *mark != Mark::default()).collect()
}

fn article_mark(article: &Article, site: &Site) -> Mark {
    let is_overdue = article.front.review_by.as_ref().is_some_and(|by| by.value.0 < site.today);
    let title = (article.front.title.value.clone(), String::new());
    Mark { draft: article.front.draft || is_later(&article.front, site.today), overdue: is_overdue.then_some(title).into_iter().collect() }
}
