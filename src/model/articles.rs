//! Articles and topics: which are published, in which order, and what they introduce.
//!
//! 1. [`published`] leaves drafts and what is to appear later out and sorts, those that no list shows last;
//! 2. [`topics`] collects the tags;
//! 3. [`place`] resolves the texts and keeps those apart that introduce another page;
//! 4. [`related`] says which have most in common with one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::date::Day;
use crate::base::path::Route;
use crate::base::slug::slugify;
use crate::base::source::Source;
use crate::parse::decode::is_hole;
use crate::parse::page::{FrontMatter, Page};

use super::pages::PageKind;
use super::prose::Prose;
use super::site::Site;
use super::texts::Texts;

/// An article.
#[derive(Clone, Debug)]
pub struct Article {
    /// Its file.
    pub source: Source,
    /// Its front matter.
    pub front: Arc<FrontMatter>,
    /// Its body.
    pub body: Prose,
    /// Its address.
    pub route: Route,
    /// Indices of its topics.
    pub topics: Vec<usize>,
}

/// A topic: the articles with one tag.
#[derive(Clone, Debug)]
pub struct Topic {
    /// The tag as first written.
    pub label: String,
    /// The last part of its address.
    pub slug: String,
    /// Indices of its articles.
    pub articles: Vec<usize>,
}

/// The articles to publish, sorted, and the `@/` names of those that are left out: drafts, and
/// what has a date that has not come yet.
pub(super) fn published(pages: Vec<(Page, Source)>, with_drafts: bool, today: Day) -> (Vec<(Page, Source)>, BTreeSet<String>) {
    let (drafts, mut articles): (Vec<_>, Vec<_>) = pages.into_iter().partition(|(page, _)| !with_drafts && (page.front.draft || is_later(&page.front, today)));
    articles.sort_by_cached_key(|(page, source)| (!page.front.listed, page.front.weight, slugify(&page.front.title), source.path.clone()));
    let names = drafts.iter().map(|(_, source)| source.path.below("content").unwrap_or_default().to_owned());
    (articles, names.collect())
}

/// Whether an article is to appear on a later day.
pub fn is_later(front: &FrontMatter, today: Day) -> bool {
    front.date.as_ref().is_some_and(|date| date.value.0 > today && !is_hole(date))
}

/// Indices of the listed articles that share most topics with the one at `index`, three at most; rarer topics count more.
pub fn related(index: usize, site: &Site) -> Vec<usize> {
    let own = &site.articles[index].topics;
    // Those that no list shows come last.
    let listed = site.articles.partition_point(|article| article.front.listed);
    let mut scores = vec![0_u32; site.articles.len()];
    // A topic that half of the articles have says little.
    for &topic in own {
        let articles = &site.topics[topic].articles;
        let weight = 1000 / u32::try_from(articles.len()).unwrap_or(u32::MAX);
        for &other in articles {
            scores[other] += weight;
        }
    }
    let mut best: Vec<(Reverse<u32>, usize)> = Vec::with_capacity(4);
    for &other in own.iter().flat_map(|&topic| &site.topics[topic].articles) {
        // Taken, so that an article of two common topics stands there once.
        let score = std::mem::take(&mut scores[other]);
        let least = best.get(2).map_or(1, |third| third.0.0);
        if score >= least && other != index && other < listed {
            let place = best.partition_point(|known| *known < (Reverse(score), other));
            best.insert(place, (Reverse(score), other));
            best.truncate(3);
        }
    }
    best.into_iter().map(|(_, other)| other).collect()
}

/// Resolves the articles' texts; those that introduce another page are kept apart.
pub(super) fn place(
    articles: Vec<(Page, Source)>,
    routes: Vec<(Route, Option<PageKind>)>,
    // Sorted by slug.
    topics: &mut [Topic],
    texts: &mut Texts<'_>,
) -> (Vec<Arc<Article>>, BTreeMap<PageKind, Article>) {
    let mut intros = BTreeMap::new();
    let mut listed: Vec<Arc<Article>> = Vec::new();
    for ((page, source), (route, intro)) in articles.into_iter().zip(routes) {
        let body = texts.resolve(page.body, &source);
        let own: BTreeSet<String> = page.front.tags.iter().map(|tag| slugify(tag)).collect();
        let indices: Vec<usize> = own.iter().filter_map(|slug| topics.binary_search_by(|topic| topic.slug.cmp(slug)).ok()).collect();
        let article = Article { topics: indices, source, front: page.front, body, route };
        if let Some(kind) = intro {
            intros.insert(kind, article);
        } else {
            article.topics.iter().for_each(|&topic| topics[topic].articles.push(listed.len()));
            listed.push(Arc::new(article));
        }
    }
    (listed, intros)
}

/// The topics: every tag once, sorted by its slug.
pub(super) fn topics(articles: &[(Page, Source)]) -> Vec<Topic> {
    let mut topics: BTreeMap<String, Topic> = BTreeMap::new();
    for (page, _) in articles {
        for tag in &page.front.tags {
            let slug = slugify(tag);
            topics.entry(slug.clone()).or_insert_with(|| Topic { label: tag.value.clone(), slug, articles: Vec::new() });
        }
    }
    topics.into_values().filter(|topic| !topic.slug.is_empty()).collect()
}
