//! The site → the documents of its search.
//!
//! [`documents`] walks through systems, criteria, articles, terms, legal events and the pages that exist once; [`facets`]
//! names what results are narrowed down by: the rating for the first profile, and the criteria that the site lists
//! in `search.facets`. [`synonyms`] are other names of systems and terms.

use crate::model::link::address;
use crate::model::pages::PageKind;
use crate::model::prose::{Prose, ROOT};
use crate::model::site::{Article, Card, Site};
use crate::parse::strings::Strings;

use super::document::{Document, Facet, Kind};
use super::sections::sections;

/// The lights of a rating, in the order of the facet's values.
const LIGHTS: [&str; 4] = ["green", "yellow", "red", "grey"];

/// All documents; those of a page stand together.
pub fn documents(site: &Site, strings: &Strings) -> Vec<Document> {
    let mut documents: Vec<Document> = site.cards.iter().map(|card| system(card, site)).collect();
    documents.extend((0..site.catalogue.criteria.len()).filter_map(|index| criterion(index, site)));
    for article in &site.articles {
        add_article(article, Kind::Article, &mut documents);
    }
    let glossary = site.route(PageKind::Glossary);
    for term in &site.terms {
        let Some(route) = glossary else { break };
        let mut document = Document::new(Kind::Term, &term.entry.term, path(&address(route, &term.anchor)));
        document.names.clone_from(&term.entry.synonyms);
        document.law.clone_from(&term.entry.law);
        document.text = join(std::iter::once(term.short.plain()).chain(term.definition.iter().map(Prose::plain)));
        documents.push(document);
    }
    let law = site.route(PageKind::Law);
    for (event, text) in site.events.iter().zip(&site.event_texts) {
        let Some(route) = law else { break };
        let mut document = Document::new(Kind::Event, &event.entry.title, path(&address(route, &event.anchor)));
        text.plain().clone_into(&mut document.text);
        documents.push(document);
    }
    add_pages(site, strings, &mut documents);
    documents
}

/// The facets of a site, as [`Document::facets`] counts them.
pub fn facets(site: &Site, strings: &Strings) -> Vec<Facet> {
    let mut facets = Vec::new();
    if !site.catalogue.profiles.is_empty() && !site.cards.is_empty() {
        let values = LIGHTS.iter().map(|light| strings.get(&format!("rating.{light}")).to_owned()).collect();
        facets.push(Facet { label: strings.get("search.facet.rating").to_owned(), values });
    }
    for criterion in facet_criteria(site) {
        let entry = &site.catalogue.criteria[criterion].entry;
        facets.push(Facet { label: entry.label.clone(), values: entry.values.iter().map(|value| value.label.clone()).collect() });
    }
    facets
}

/// Groups of names for the same thing; the first of each is the one its document is called.
pub fn synonyms(site: &Site) -> Vec<Vec<String>> {
    let terms = site.terms.iter().map(|term| (&term.entry.term.value, &term.entry.synonyms));
    let cards = site.cards.iter().map(|card| (&card.entry.name, &card.entry.aliases));
    let groups = terms.chain(cards).filter(|(_, names)| !names.is_empty());
    groups.map(|(name, names)| std::iter::once(name).chain(names).cloned().collect()).collect()
}

fn facet_criteria(site: &Site) -> impl Iterator<Item = usize> {
    site.config.search.facets.iter().filter_map(|id| site.catalogue.find(id))
}

fn system(card: &Card, site: &Site) -> Document {
    let mut document = Document::new(Kind::System, &card.entry.name, path(&address(&card.route, "")));
    document.parent.clone_from(&card.entry.variant);
    document.names.clone_from(&card.entry.aliases);
    document.headings = vec![card.entry.variant.clone(), card.entry.provider.name.clone()];
    let notes = card.facts.iter().flat_map(|fact| fact.note.iter().chain(&fact.limits)).map(Prose::plain);
    document.text = join(std::iter::once(card.summary.plain()).chain(notes));
    document.facets = places(card, site);
    document
}

/// Where a card stands in each facet: its first value counts from 1, 0 is none.
pub fn places(card: &Card, site: &Site) -> Vec<u8> {
    let rating = card.ratings.first().map(|rating| {
        let place = LIGHTS.iter().position(|light| *light == rating.light.word());
        number(place.filter(|_| !card.is_archive()))
    });
    let values = facet_criteria(site).map(|criterion| number(card.cells[criterion].parts.first().and_then(|part| part.value)));
    rating.into_iter().chain(values).collect()
}

fn number(place: Option<usize>) -> u8 {
    place.and_then(|place| u8::try_from(place + 1).ok()).unwrap_or(0)
}

fn criterion(index: usize, site: &Site) -> Option<Document> {
    let entry = &site.catalogue.criteria[index].entry;
    let mut document = Document::new(Kind::Criterion, &entry.label, path(&address(site.route(PageKind::Criterion(index))?, "")));
    document.names.extend(entry.short.clone());
    document.headings.push(entry.question.clone());
    document.law.clone_from(&entry.law);
    let explanation = site.explanations.get(index).map(Prose::plain).unwrap_or_default();
    let values: Vec<String> = entry.values.iter().map(|value| format!("{}: {}", value.label, value.meaning)).collect();
    document.text = join([entry.question.as_str(), explanation].into_iter().chain(values.iter().map(String::as_str)));
    Some(document)
}

/// The article itself with what stands above its first heading, then its sections.
fn add_article(article: &Article, kind: Kind, documents: &mut Vec<Document>) {
    let title = article.front.title.value.as_str();
    let description = article.front.description.as_ref().map(|text| text.value.as_str()).unwrap_or_default();
    #[expect(clippy::cast_precision_loss, reason = "weights are small numbers")]
    let weight = article.front.search_weight.map_or(1.0, |weight| weight as f32) * kind.weight();
    for section in sections(&article.body) {
        let mut document = match section.heading {
            None => {
                let mut document = Document::new(kind, title, path(&address(&article.route, "")));
                document.text = join([description, section.text.as_str()].into_iter());
                document.headings.push(description.to_owned());
                document
            }
            Some(heading) => {
                let mut document = Document::new(kind, &heading.plain, path(&address(&article.route, &heading.id)));
                title.clone_into(&mut document.parent);
                document.headings.push(title.to_owned());
                document.text = section.text;
                document
            }
        };
        document.weight = weight;
        documents.push(document);
    }
}

/// Pages that exist once, and topics.
fn add_pages(site: &Site, strings: &Strings, documents: &mut Vec<Document>) {
    for (route, kind) in site.pages.iter() {
        if let Some(intro) = site.intros.get(&kind) {
            add_article(intro, Kind::Page, documents);
            continue;
        }
        let title = match kind {
            PageKind::System(_)
            | PageKind::Criterion(_)
            | PageKind::Article(_)
            | PageKind::Notice(_)
            | PageKind::NotFound
            | PageKind::Search
            | PageKind::Part(_) => continue,
            PageKind::Topic(index) => strings.fill("title.topic", &[("label", &site.topics[index].label)]),
            kind => strings.get(&format!("title.{}", kind.key())).to_owned(),
        };
        let mut document = Document::new(Kind::Page, &title, path(&address(route, "")));
        if !matches!(kind, PageKind::Topic(_)) {
            strings.get(&format!("description.{}", kind.key())).clone_into(&mut document.text);
        }
        documents.push(document);
    }
}

/// The address below the root: the browser knows the way to the root itself.
fn path(address: &str) -> String {
    address.strip_prefix(ROOT).unwrap_or(address).to_owned()
}

fn join<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}
