//! Markdown whose links lead somewhere: a document with an address for each link.

use std::sync::Arc;

use crate::parse::config::Language;
use crate::parse::document::Document;

/// Stands for the way up to the site's root in every internal address.
///
/// It is replaced once, when a page is written: by `../` as often as needed, by
/// the base address in feeds. U+E000 is a private-use character (Unicode 23.5), so no text needs it.
pub const ROOT: char = '\u{e000}';

/// A document with resolved links.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// The document.
    pub document: Arc<Document>,
    /// The address of each of its links.
    pub urls: Vec<String>,
    /// Its language, if that is not the one of the page it stands on.
    pub language: Option<Language>,
}

impl Prose {
    /// The visible text.
    pub fn plain(&self) -> &str {
        &self.document.plain
    }
}
