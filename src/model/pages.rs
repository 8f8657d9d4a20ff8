//! The pages of the site and their addresses.
//!
//! Every address is given out once; two inputs that want the same one are a finding.

use std::collections::BTreeMap;

use crate::base::path::Route;
use crate::parse::strings::Strings;

/// What a page shows. Indices point into the site's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageKind {
    /// The start.
    Home,
    /// The comparison of all systems.
    Matrix,
    /// The systems with one value of a criterion.
    Selection(usize),
    /// The list of systems.
    Systems,
    /// A system.
    System(usize),
    /// The list of criteria.
    Criteria,
    /// A criterion.
    Criterion(usize),
    /// The decision aid.
    Decision,
    /// An article.
    Article(usize),
    /// The list of articles and topics.
    Topics,
    /// The articles of a topic.
    Topic(usize),
    /// A further part of a long list.
    Part(usize),
    /// The glossary.
    Glossary,
    /// The legal timeline.
    Law,
    /// What changed.
    Changes,
    /// What must be looked at again, and by when.
    Due,
    /// The search.
    Search,
    /// The newsletter.
    Newsletter,
    /// A version of the consent notice.
    Notice(usize),
    /// The imprint.
    Imprint,
    /// The privacy policy.
    Privacy,
    /// The accessibility statement.
    Accessibility,
    /// The whole guide on one page.
    Print,
    /// What is shown for addresses that do not exist.
    NotFound,
}

impl PageKind {
    /// The key under which a page that exists once finds its texts and its template.
    pub fn key(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Matrix => "matrix",
            Self::Selection(_) => "selection",
            Self::Systems => "systems",
            Self::System(_) => "system",
            Self::Criteria => "criteria",
            Self::Criterion(_) => "criterion",
            Self::Decision => "decision",
            Self::Article(_) => "article",
            Self::Topics => "topics",
            Self::Topic(_) => "topic",
            Self::Part(_) => "part",
            Self::Glossary => "glossary",
            Self::Law => "law",
            Self::Changes => "changes",
            Self::Due => "due",
            Self::Search => "search",
            Self::Newsletter => "newsletter",
            Self::Notice(_) => "notice",
            Self::Imprint => "imprint",
            Self::Privacy => "privacy",
            Self::Accessibility => "accessibility",
            Self::Print => "print",
            Self::NotFound => "not_found",
        }
    }
}

/// Addresses of the pages that exist once, by [`PageKind::key`], and of the
/// folders that hold the others; they come from the theme's language file (`path.…`).
#[derive(Clone, Debug)]
pub struct Paths<'a>(pub &'a Strings);

impl Paths<'_> {
    /// The address of a page that exists once, or the folder of a kind of pages.
    pub fn route(&self, key: &str) -> Route {
        match key {
            "home" => Route::home(),
            "not_found" => file("404.html"),
            _ => {
                let text_key = format!("path.{key}");
                file(&format!("{}/", self.0.find(&text_key).unwrap_or(key)))
            }
        }
    }

    /// The address of one of many: `systeme/zoom/`.
    pub fn below(&self, key: &str, name: &str) -> Route {
        file(&format!("{}{name}/", self.route(key).as_str()))
    }
}

/// A route of names that were checked before.
fn file(text: &str) -> Route {
    Route::parse(text).unwrap_or_else(|_| Route::home())
}

/// All pages by address.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    by_route: BTreeMap<Route, PageKind>,
    by_kind: BTreeMap<PageKind, Route>,
    /// Addresses in small letters, for the clash check.
    taken: BTreeMap<String, PageKind>,
}

impl Pages {
    /// Gives `route` to `kind`, unless another page has it: then that one is returned.
    /// Addresses that differ only in upper and lower case count as one.
    pub fn claim(&mut self, route: Route, kind: PageKind) -> Result<(), PageKind> {
        let lower = route.as_str().to_lowercase();
        if let Some(taken) = self.taken.get(&lower) {
            return Err(*taken);
        }
        self.taken.insert(lower, kind);
        self.by_kind.insert(kind, route.clone());
        self.by_route.insert(route, kind);
        Ok(())
    }

    /// The page at `route`.
    pub fn get(&self, route: &Route) -> Option<PageKind> {
        self.by_route.get(route).copied()
    }

    /// The address of a page.
    pub fn route_of(&self, kind: PageKind) -> Option<&Route> {
        self.by_kind.get(&kind)
    }

    /// All pages, sorted by address.
    pub fn iter(&self) -> impl Iterator<Item = (&Route, PageKind)> {
        self.by_route.iter().map(|(route, kind)| (route, *kind))
    }
}
