//! What a page is, in the words of schema.org (JSON-LD): only what is true of it.
//!
//! An article is an `Article`, a list of systems an `ItemList`, the glossary a `DefinedTermSet`, and every page below
//! another has a `BreadcrumbList`. A system's page is no `Product` with a rating: the lights are no stars.

use serde::Serialize;

use crate::model::pages::PageKind;
use crate::model::prose::ROOT;
use crate::model::site::{Article, Card, Site, Term};
use crate::parse::json;

use super::view::PageView;

#[derive(Serialize)]
struct Graph<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Node<'a>>,
}

/// Something that is said, its `@type` first.
#[derive(Serialize)]
#[serde(tag = "@type")]
#[expect(clippy::large_enum_variant, reason = "there are two of them while a block is written")]
enum Node<'a> {
    #[serde(rename_all = "camelCase")]
    Article {
        headline: &'a str,
        in_language: &'static str,
        main_entity_of_page: &'a str,
        image: &'a str,
        is_part_of: Named<'a>,
        #[serde(skip_serializing_if = "Option::is_none")]
        date_published: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        date_modified: Option<String>,
        #[serde(skip_serializing_if = "str::is_empty")]
        description: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        publisher: Option<Named<'a>>,
    },
    #[serde(rename_all = "camelCase")]
    ItemList { name: &'a str, number_of_items: usize, item_list_element: Vec<Named<'a>> },
    #[serde(rename_all = "camelCase")]
    DefinedTermSet { name: &'a str, url: &'a str, has_defined_term: Vec<Named<'a>> },
    #[serde(rename_all = "camelCase")]
    BreadcrumbList { item_list_element: Vec<Named<'a>> },
}

/// A thing with a name, and what is known of it.
#[derive(Serialize)]
struct Named<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<usize>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<String>,
}

impl<'a> Named<'a> {
    fn new(kind: &'static str, name: &'a str) -> Self {
        Self { kind, position: None, name, description: None, url: None, item: None }
    }
}

/// The block of data for a page, safe to stand in its HTML; none if nothing is to be said.
pub fn block(kind: PageKind, page: &PageView, site: &Site) -> Option<String> {
    let own = match kind {
        PageKind::Article(index) => Some(article(&site.articles[index], page, site)),
        PageKind::Matrix | PageKind::Systems => Some(systems(page, site)),
        PageKind::Glossary => Some(terms(page, site)),
        _ => None,
    };
    let graph: Vec<Node<'_>> = own.into_iter().chain(breadcrumbs(page, site)).collect();
    // A text of the site must not end the element, and `<` in JSON may be written so.
    (!graph.is_empty()).then(|| json::line(&Graph { context: "https://schema.org", graph }).replace('<', "\\u003c"))
}

fn article<'a>(article: &'a Article, page: &'a PageView, site: &'a Site) -> Node<'a> {
    let config = &site.config;
    // Who publishes it is said when somebody has filled it in.
    let publisher = config.publisher.name.as_ref().filter(|name| !name.value.contains("[["));
    Node::Article {
        headline: &page.title,
        in_language: config.language.code(),
        main_entity_of_page: &page.canonical,
        image: &page.preview,
        is_part_of: Named { url: Some(config.base_url.value.clone()), ..Named::new("WebSite", &config.title.value) },
        date_published: article.front.date.as_ref().map(|day| day.value.0.to_string()),
        date_modified: article.front.updated.as_ref().map(|day| day.value.0.to_string()),
        description: &page.description,
        publisher: publisher.map(|name| Named::new("Organization", &name.value)),
    }
}

fn systems<'a>(page: &'a PageView, site: &'a Site) -> Node<'a> {
    let item = |(position, card): (usize, &'a Card)| Named {
        position: Some(position),
        url: Some(format!("{}{}", site.config.base_url.value, card.route.as_str())),
        ..Named::new("ListItem", &card.entry.name)
    };
    let cards = site.cards.iter().filter(|card| !card.is_archive());
    let items: Vec<Named<'_>> = (1..).zip(cards).map(item).collect();
    Node::ItemList { name: &page.title, number_of_items: items.len(), item_list_element: items }
}

fn terms<'a>(page: &'a PageView, site: &'a Site) -> Node<'a> {
    let term = |term: &'a Term| Named {
        description: Some(term.short.plain()),
        url: Some(format!("{}#{}", page.canonical, term.anchor)),
        ..Named::new("DefinedTerm", &term.entry.term.value)
    };
    Node::DefinedTermSet { name: &page.title, url: &page.canonical, has_defined_term: site.terms.iter().map(term).collect() }
}

fn breadcrumbs<'a>(page: &'a PageView, site: &Site) -> Option<Node<'a>> {
    let base = site.config.base_url.value.as_str();
    let address = |url: &str| url.replace(ROOT, base).replace("index.html", "");
    let above = page.crumbs.iter().map(|crumb| (crumb.label.as_str(), address(&crumb.url)));
    let all = above.chain([(page.title.as_str(), page.canonical.clone())]);
    let item = |(position, (name, item))| Named { position: Some(position), item: Some(item), ..Named::new("ListItem", name) };
    let items: Vec<Named<'_>> = (1..).zip(all).map(item).collect();
    (items.len() > 1).then_some(Node::BreadcrumbList { item_list_element: items })
}
