//! The site with another text of one article, without joining everything once more.
//!
//! Of an article, other pages know the front matter, the ids of its headings and how long it is; files are made from the pictures it
//! shows. Where the first two and the pictures stay, a new text changes what prints it and nothing else. In all
//! other cases, and with whatever there is to find, the whole site is joined.

use std::sync::Arc;

use crate::base::source::Source;
use crate::parse::document::Document;
use crate::parse::page::{Page, is_same_front};

use super::articles::Article;
use super::placeholder;
use super::site::Site;

impl Site {
    /// The site with `page` as the new text of the article at `source`, and the index of that article; none if more
    /// could depend on it than what prints it.
    pub fn revised(&self, page: Page, source: &Source) -> Option<(usize, Self)> {
        let index = self.articles.iter().position(|article| article.source.path == source.path)?;
        let known = &self.articles[index];
        if !is_same_front(&known.source.text, &source.text)
            || face(&known.body.document) != face(&page.body)
            || placeholder::find(&source.text).next().is_some()
        {
            return None;
        }
        let mut findings = Vec::new();
        let body = self.linker.resolve(page.body, source, &self.pages, &mut findings);
        if !findings.is_empty() {
            return None;
        }
        let article = Article { source: source.clone(), body, ..Article::clone(known) };
        let mut site = self.clone();
        site.articles[index] = Arc::new(article);
        Some((index, site))
    }
}

/// What others see of a text: anchors and pictures.
fn face(document: &Document) -> (Vec<&str>, Vec<&str>) {
    let ids = document.headings.iter().map(|heading| heading.id.as_str());
    let pictures = document.links.iter().filter(|link| link.image).map(|link| link.target.as_str());
    (ids.collect(), pictures.collect())
}
