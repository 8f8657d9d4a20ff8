//! Systems and their ratings, as templates see them.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::cell::Cell;
use crate::model::link::address;
use crate::model::prose::ROOT;
use crate::model::site::{Card, Site};
use crate::parse::config::Language;
use crate::parse::scalar::Light;
use crate::parse::strings::Strings;

use super::super::body;
use super::cell::{CellView, SourceView, country_name};
use super::content::ChangeView;
use super::decision::{self, UnmetView};
use super::trace::{self, StepView};

/// A rating.
#[derive(Clone, Debug, Serialize)]
pub struct RatingView {
    /// The profile's id.
    pub profile: String,
    /// The profile's name.
    pub profile_label: String,
    /// `green`, `yellow`, `red`, `grey`.
    pub light: &'static str,
    /// The verdict in words.
    pub word: String,
    /// What decided, in a line.
    pub reason: String,
    /// Every step, in words.
    pub trace: Vec<StepView>,
    /// Unknown ones among gates and strong criteria.
    pub unknown: usize,
    /// Gates and strong criteria.
    pub total: usize,
}

/// Lights counted over the cells of a card or of a criterion.
#[derive(Clone, Copy, Debug, Default, JsonSchema, Serialize)]
pub struct Counts {
    /// Fulfilled.
    pub green: usize,
    /// Partly.
    pub yellow: usize,
    /// Not fulfilled.
    pub red: usize,
    /// Unknown.
    pub grey: usize,
    /// Without weight.
    pub neutral: usize,
    /// The question does not arise (these are counted here only).
    pub not_applicable: usize,
}

impl Counts {
    pub(super) fn add(&mut self, cell: &Cell) {
        let count = match cell.light {
            _ if !cell.applies => &mut self.not_applicable,
            Light::Green => &mut self.green,
            Light::Yellow => &mut self.yellow,
            Light::Red => &mut self.red,
            Light::Grey => &mut self.grey,
            Light::Neutral => &mut self.neutral,
        };
        *count += 1;
    }
}

/// Who offers a system.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ProviderView {
    /// The company or project.
    pub name: String,
    /// Its seat's code.
    pub country: String,
    /// Its seat's name.
    pub country_name: String,
    /// Name of the seat of the company that controls it.
    pub parent_country_name: String,
}

/// The vendor's reply.
#[derive(Clone, Debug, Serialize)]
pub struct ResponseView {
    /// When it came.
    pub date: String,
    /// What it says.
    pub text_html: String,
    /// Where it can be read.
    pub url: Option<String>,
}

/// A source that speaks for an authority or a court, and what it was asked.
#[derive(Clone, Debug, Serialize)]
pub struct OfficialView {
    /// Index of the criterion.
    pub criterion: usize,
    /// The source.
    pub source: SourceView,
}

/// Every official source of the facts and of their disputes, newest first, undated ones last.
fn official(cells: &[CellView]) -> Vec<OfficialView> {
    let of_cell = |cell: &CellView| {
        let disputed = cell.disputes.iter().map(|dispute| &dispute.source);
        let all: Vec<OfficialView> = cell
            .sources
            .iter()
            .chain(disputed)
            .filter(|source| source.official)
            .map(|source| OfficialView { criterion: cell.index, source: source.clone() })
            .collect();
        all
    };
    let mut official: Vec<OfficialView> = cells.iter().flat_map(of_cell).collect();
    official.sort_by(|a, b| b.source.date.cmp(&a.source.date));
    official
}

/// Where the feed of a card's changes lies.
pub fn feed_file(card: &Card) -> String {
    format!("{}aenderungen.xml", card.route.as_str())
}

/// A system.
#[derive(Clone, Debug, Serialize)]
pub struct SystemView {
    /// The last part of its address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The product it is a variant of.
    pub product: String,
    /// Which variant.
    pub variant: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// In a translation: the language of its own words, if they are not translated.
    pub language: Option<&'static str>,
    /// `active`, `ending`, `discontinued`.
    pub status: &'static str,
    /// Whether the card is only kept.
    pub archive: bool,
    /// Who offers it.
    pub provider: ProviderView,
    /// The product's own website.
    pub website: String,
    /// Two sentences.
    pub summary_html: String,
    /// The same as text.
    pub summary: String,
    /// Last full review.
    pub reviewed: String,
    /// Its page.
    pub url: String,
    /// The feed of its changes.
    pub feed: String,
    /// The script with the evidence of its cells; none if there is no comparison.
    pub evidence: Option<String>,
    /// One cell for every criterion, in their order.
    pub cells: Vec<CellView>,
    /// One rating for every profile, in their order.
    pub ratings: Vec<RatingView>,
    /// Lights over all cells.
    pub counts: Counts,
    /// What changed, newest first.
    pub changes: Vec<ChangeView>,
    /// Steps that make it safer.
    pub hardening_html: Vec<String>,
    /// The vendor's reply.
    pub response: Option<ResponseView>,
    /// Slugs of the other variants of the product.
    pub variants: Vec<String>,
    /// What authorities and courts said, newest first.
    pub official: Vec<OfficialView>,
    /// The filter options that the system is found under: `0-1 4-0`.
    pub found_under: String,
    /// What the decision aid can ask for and the system does not give.
    pub unmet: Vec<UnmetView>,
}

impl SystemView {
    /// The view of a card.
    pub fn new(card: &Card, site: &Site, strings: &Strings) -> Self {
        let entry = &card.entry;
        let mut counts = Counts::default();
        card.cells.iter().for_each(|cell| counts.add(cell));
        let ratings = card.ratings.iter().zip(&site.catalogue.profiles).map(|(rating, profile)| RatingView {
            profile: profile.id.clone(),
            profile_label: profile.label.clone(),
            light: rating.light.word(),
            word: trace::verdict(rating, strings),
            reason: trace::reason(rating, site, strings),
            trace: trace::steps(rating, card, site, strings),
            unknown: rating.unknown,
            total: rating.total,
        });
        let cells: Vec<CellView> = (0..card.cells.len()).map(|index| CellView::new(index, card, site, strings)).collect();
        Self {
            slug: card.slug.clone(),
            name: entry.name.clone(),
            product: entry.product.value.0.clone(),
            variant: entry.variant.clone(),
            aliases: entry.aliases.clone(),
            language: card.language.map(Language::code),
            status: entry.status.word(),
            archive: card.is_archive(),
            provider: ProviderView {
                name: entry.provider.name.clone(),
                country: entry.provider.country.value.0.clone(),
                country_name: country_name(&entry.provider.country.value.0, strings),
                parent_country_name: country_name(&entry.provider.parent_country.value.0, strings),
            },
            website: entry.website.0.clone(),
            summary_html: body::html(&card.summary),
            summary: card.summary.plain().to_owned(),
            reviewed: entry.reviewed.value.0.to_string(),
            evidence: None,
            url: address(&card.route, ""),
            feed: format!("{ROOT}{}", feed_file(card)),
            official: official(&cells),
            cells,
            ratings: ratings.collect(),
            counts,
            changes: ChangeView::of_card(card, site, strings),
            hardening_html: card.hardening.iter().map(body::html).collect(),
            response: entry.response.as_ref().zip(card.response.as_ref()).map(|(response, text)| ResponseView {
                date: response.date.0.to_string(),
                text_html: body::html(text),
                url: response.url.as_ref().map(|url| url.0.clone()),
            }),
            variants: card.variants.clone(),
            found_under: decision::found_under(card, site),
            unmet: decision::unmet(card, site),
        }
    }
}
