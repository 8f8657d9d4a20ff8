//! What the search finds: systems, criteria, terms, sections of articles, legal events, pages.

/// A kind of document. The browser shows its name and filters by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A system.
    System,
    /// A criterion.
    Criterion,
    /// An article or one of its sections.
    Article,
    /// A term of the glossary.
    Term,
    /// A legal event.
    Event,
    /// A page that exists once, a topic.
    Page,
}

impl Kind {
    /// All kinds; a document's digit is its kind's place here.
    pub const ALL: [Self; 6] = [Self::System, Self::Criterion, Self::Article, Self::Term, Self::Event, Self::Page];

    /// The key of its name in the language file.
    pub fn text_key(self) -> &'static str {
        match self {
            Self::System => "search.kind.system",
            Self::Criterion => "search.kind.criterion",
            Self::Article => "search.kind.article",
            Self::Term => "search.kind.term",
            Self::Event => "search.kind.event",
            Self::Page => "search.kind.page",
        }
    }

    /// How much it counts before a document's own weight.
    pub fn weight(self) -> f32 {
        match self {
            Self::System | Self::Criterion | Self::Article => 1.0,
            Self::Term => 0.9,
            Self::Event => 0.7,
            Self::Page => 0.6,
        }
    }
}

/// Fields of a document, in the order of [`Document::fields`].
pub const FIELDS: usize = 5;

/// A document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its kind.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// The title of the page it is a section of, or a word on which one it is.
    pub parent: String,
    /// Its address below the root, with its anchor.
    pub path: String,
    /// Other names.
    pub names: Vec<String>,
    /// Headings that describe it.
    pub headings: Vec<String>,
    /// Norms.
    pub law: Vec<String>,
    /// Its text, shown in excerpts.
    pub text: String,
    /// How much it counts: 1 is normal.
    pub weight: f32,
    /// Its value in each facet, 0 where it has none.
    pub facets: Vec<u8>,
}

impl Document {
    /// A document of a kind at an address.
    pub fn new(kind: Kind, title: &str, path: String) -> Self {
        Self {
            kind,
            title: title.to_owned(),
            parent: String::new(),
            path,
            names: Vec::new(),
            headings: Vec::new(),
            law: Vec::new(),
            text: String::new(),
            weight: kind.weight(),
            facets: Vec::new(),
        }
    }

    /// Title, names, headings, norms, text.
    pub fn fields(&self) -> [&[String]; FIELDS] {
        [std::slice::from_ref(&self.title), &self.names, &self.headings, &self.law, std::slice::from_ref(&self.text)]
    }
}

/// A question by which results are narrowed down.
#[derive(Clone, Debug)]
pub struct Facet {
    /// Its name.
    pub label: String,
    /// Its values; a document's number is the place of its value, from 1.
    pub values: Vec<String>,
}
