//! What each file that is made later is made of.
//!
//! A tree knows these files by numbers, so that the build after an edit of one text can take the list of files over as it is: the same
//! recipes, with another [`Stand`].

use std::sync::{Arc, OnceLock};

use crate::base::diag::Diagnostic;
use crate::base::path::Route;
use crate::model::due::due;
use crate::model::pages::PageKind;
use crate::model::redirects::Redirect;
use crate::render::calendar;
use crate::render::data::DataFile;
use crate::render::evidence;
use crate::render::hosts::Plan;
use crate::render::page::{preview, render, render_data, render_moved};
use crate::render::preview::Letters;
use crate::render::tree::Maker;

use super::outputs::Stand;

/// How one file is made. Languages are counted from the main one, 0.
pub(super) enum Recipe {
    /// A page of a language.
    Page(usize, Route, PageKind),
    /// The image that links to a page show.
    Image(usize, PageKind),
    /// A smaller picture of an article, by its place among them.
    Picture(usize),
    /// A feed, sitemap or the like: its template, and the system it is about.
    Data(&'static str, usize),
    /// What the comparison shows of a system on demand.
    Evidence(usize),
    /// A file of the API.
    Api(DataFile),
    /// The calendar of what is due.
    Calendar,
    /// The page at an old address.
    Moved(Redirect),
    /// A file for hosts, by its path.
    Host(String),
}

/// Makes files by their recipes.
pub(super) struct Kitchen {
    stand: Arc<Stand>,
    hosts: Arc<Plan>,
    recipes: Arc<[Recipe]>,
    /// What the images of links are written with.
    letters: OnceLock<Letters>,
}

impl Kitchen {
    /// Makes files of what `stand` holds, and of what `hosts` are told.
    pub(super) fn new(stand: &Arc<Stand>, hosts: &Arc<Plan>, recipes: &Arc<[Recipe]>) -> Self {
        Self { stand: Arc::clone(stand), hosts: Arc::clone(hosts), recipes: Arc::clone(recipes), letters: OnceLock::new() }
    }
}

impl Maker for Kitchen {
    fn make(&self, number: usize) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let (stand, alone) = (&self.stand, |finding| vec![finding]);
        // All numbers were given out together with the recipes.
        let Some(recipe) = self.recipes.get(number) else { return Err(Vec::new()) };
        match recipe {
            Recipe::Page(language, route, kind) => render(route, *kind, stand.kit_of(*language).ok_or_else(Vec::new)?),
            Recipe::Image(language, kind) => {
                let kit = stand.kit_of(*language).ok_or_else(Vec::new)?;
                Ok(preview(*kind, kit.site, &kit.theme.strings).png(self.letters.get_or_init(Letters::new)))
            }
            Recipe::Picture(place) => stand.pictures.variants().nth(*place).ok_or_else(Vec::new)?.make(),
            Recipe::Data(template, index) => render_data(template, *index, stand.kit()).map_err(alone),
            Recipe::Evidence(index) => {
                let matrix = stand.site.route(PageKind::Matrix).ok_or_else(Vec::new)?;
                evidence::script(*index, matrix, stand.kit()).map_err(alone)
            }
            Recipe::Api(file) => Ok(file.make(&stand.site, &stand.theme.strings)),
            Recipe::Calendar => Ok(calendar::calendar(&due(&stand.site), &stand.site, &stand.theme.strings)),
            Recipe::Host(path) => self.hosts.files().get(path).cloned().ok_or_else(Vec::new),
            Recipe::Moved(redirect) => render_moved(redirect, stand.kit()).map_err(alone),
        }
    }
}
