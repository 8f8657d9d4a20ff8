//! What a page is, in the words of schema.org (JSON-LD): only what is true of it.
//!
//! An article is an `Article`, a list of systems an `ItemList`, the glossary a `DefinedTermSet`, and every page below
//! another has a `BreadcrumbList`. A system's page is no `Product` with a rating: the lights are no stars.

use crate::model::pages::PageKind;
use crate::model::prose::ROOT;
use crate::model::site::{Article, Site};
use crate::parse::json::{self, Json, json};

use super::view::PageView;

/// The block of data for a page, safe to stand in its HTML; none if nothing is to be said.
pub fn block(kind: PageKind, page: &PageView, site: &Site) -> Option<String> {
    let own = match kind {
        PageKind::Article(index) => Some(article(&site.articles[index], page, site)),
        PageKind::Matrix | PageKind::Systems => Some(systems(page, site)),
        PageKind::Glossary => Some(terms(page, site)),
        _ => None,
    };
    let all: Vec<Json> = own.into_iter().chain(breadcrumbs(page, site)).collect();
    let graph = json!({ "@context": "https://schema.org", "@graph": all });
    // A text of the site must not end the element, and `<` in JSON may be written so.
    (!all.is_empty()).then(|| json::line(&graph).replace('<', "\\u003c"))
}

fn article(article: &Article, page: &PageView, site: &Site) -> Json {
    let mut said = json!({
        "@type": "Article",
        "headline": page.title,
        "inLanguage": site.config.language.code(),
        "mainEntityOfPage": page.canonical,
        "image": page.preview,
        "isPartOf": { "@type": "WebSite", "name": site.config.title.value, "url": site.config.base_url.value },
    });
    let dates = [("datePublished", &article.front.date), ("dateModified", &article.front.updated)];
    let dates = dates.into_iter().filter_map(|(key, day)| Some((key, day.as_ref()?.value.0.to_string())));
    // Who publishes it is said when somebody has filled it in.
    let publisher = site.config.publisher.name.as_ref().filter(|name| !name.value.contains("[["));
    if let Json::Object(said) = &mut said {
        said.extend(dates.map(|(key, day)| (key.to_owned(), Json::from(day))));
        if !page.description.is_empty() {
            said.insert("description".to_owned(), Json::from(page.description.as_str()));
        }
        if let Some(name) = publisher {
            said.insert("publisher".to_owned(), json!({ "@type": "Organization", "name": name.value }));
        }
    }
    said
}

fn systems(page: &PageView, site: &Site) -> Json {
    let item = |(position, card): (usize, &crate::model::site::Card)| {
        let url = format!("{}{}", site.config.base_url.value, card.route.as_str());
        json!({ "@type": "ListItem", "position": position + 1, "name": card.entry.name, "url": url })
    };
    let items: Vec<Json> = site.cards.iter().filter(|card| !card.is_archive()).enumerate().map(item).collect();
    json!({ "@type": "ItemList", "name": page.title, "numberOfItems": items.len(), "itemListElement": items })
}

fn terms(page: &PageView, site: &Site) -> Json {
    let term = |term: &crate::model::site::Term| {
        let url = format!("{}#{}", page.canonical, term.anchor);
        json!({ "@type": "DefinedTerm", "name": term.entry.term.value, "description": term.short.plain(), "url": url })
    };
    let terms: Vec<Json> = site.terms.iter().map(term).collect();
    json!({ "@type": "DefinedTermSet", "name": page.title, "url": page.canonical, "hasDefinedTerm": terms })
}

fn breadcrumbs(page: &PageView, site: &Site) -> Option<Json> {
    let base = site.config.base_url.value.as_str();
    let address = |url: &str| url.replace(ROOT, base).replace("index.html", "");
    let above = page.crumbs.iter().map(|crumb| (crumb.label.clone(), address(&crumb.url)));
    let all = above.chain([(page.title.clone(), page.canonical.clone())]);
    let items: Vec<Json> =
        all.enumerate().map(|(position, (name, url))| json!({ "@type": "ListItem", "position": position + 1, "name": name, "item": url })).collect();
    (items.len() > 1).then(|| json!({ "@type": "BreadcrumbList", "itemListElement": items }))
}
