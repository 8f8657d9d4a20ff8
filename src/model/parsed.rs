//! Every file of a site as it was read: what the site is joined from.

use std::sync::Arc;

use crate::base::path::SitePath;
use crate::base::source::Source;
use crate::parse::config::ConfigFile;
use crate::parse::criteria::{CatalogueFile, ProfilesFile};
use crate::parse::decision::DecisionFile;
use crate::parse::glossary::GlossaryFile;
use crate::parse::law::LawFile;
use crate::parse::newsletter::NewsletterFile;
use crate::parse::page::Page;
use crate::parse::vendor::CardFile;
use crate::parse::vendor_words::CardWords;

/// Every file, read but not yet compared with the others.
#[derive(Debug, Default)]
pub struct Parsed {
    /// `content/site.yaml`.
    pub config: Option<(ConfigFile, Source)>,
    /// `vendors/_criteria.yaml`.
    pub catalogue: Option<(CatalogueFile, Source)>,
    /// `vendors/_profiles.yaml`.
    pub profiles: Option<(ProfilesFile, Source)>,
    /// `vendors/_decision.yaml`.
    pub decision: Option<(DecisionFile, Source)>,
    /// `content/glossary.yaml`.
    pub glossary: Option<(GlossaryFile, Source)>,
    /// `content/law.yaml`.
    pub law: Option<(LawFile, Source)>,
    /// `content/newsletter.yaml`.
    pub newsletter: Option<(NewsletterFile, Source)>,
    /// `vendors/<slug>.yaml`.
    pub cards: Vec<(Arc<CardFile>, Source)>,
    /// `vendors/<slug>.<language>.yaml`.
    pub words: Vec<(Arc<CardWords>, Source)>,
    /// `content/**/*.md`.
    pub pages: Vec<(Page, Source)>,
    /// Cards and articles that could not be read at all: known by name, so that
    /// links to them are no second finding.
    pub unreadable: Vec<SitePath>,
}
