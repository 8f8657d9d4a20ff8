//! A page, as its template sees it.

use serde::Serialize;

use super::{LinkView, PartView, VersionView};

/// A step of the way from the start to a page.
pub type Crumb = LinkView;

/// An entry of a table of contents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TocEntry {
    /// Level of the heading.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its text.
    pub html: String,
}

/// What is particular about a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PageView {
    /// `home`, `matrix`, `system` ….
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// One or two sentences.
    pub description: String,
    /// Its address on the web, in full.
    pub canonical: String,
    /// The image that is shown beside links to it, in full.
    pub preview: String,
    /// What the page is, for machines: JSON that is safe to stand in HTML.
    pub json_ld: Option<String>,
    /// Whether search engines stay away.
    pub noindex: bool,
    /// In which languages it exists, the main one first; nothing if there is only one.
    pub versions: Vec<VersionView>,
    /// The way from the start.
    pub crumbs: Vec<Crumb>,
    /// Index of the system, criterion, article, topic or notice it shows.
    pub index: usize,
    /// An article: indices of those that share most topics with it.
    pub related: Vec<usize>,
    /// What it shows of its list; none if it has no list that grows.
    pub part: Option<PartView>,
    /// The article's text, or the introduction of another page.
    pub body_html: String,
    /// The headings of that text.
    pub toc: Vec<TocEntry>,
    /// The print page: every article's text with anchors of its own.
    pub bodies_html: Vec<String>,
    /// Hosts that the forms of this page are sent to.
    pub form_action: Vec<String>,
    /// An old address: the one it leads to, and the title there.
    pub moved_to: Option<LinkView>,
}
