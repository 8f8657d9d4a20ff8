//! `content/site.yaml`: the configuration.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::at::At;
use super::scalar::{Host, Slug};

/// The whole file.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Site configuration")]
pub struct ConfigFile {
    /// The site's name.
    pub title: At<String>,
    /// One sentence about it.
    #[serde(default)]
    pub description: At<String>,
    /// The address it will have, with a slash at its end.
    pub base_url: At<String>,
    /// The language of texts that the program writes.
    pub language: Language,
    /// Further languages; what is translated (`name.en.md` beside `name.md`) lies below `/en/`.
    #[serde(default)]
    #[schemars(extend("propertyNames" = {"enum": ["de", "en"]}))]
    pub languages: BTreeMap<At<Language>, LanguageEntry>,
    /// `standard` or a folder in `themes/`.
    #[serde(default = "standard")]
    pub theme: At<Slug>,
    /// `demo` allows placeholders and asks search engines to stay away.
    pub stage: Stage,
    /// The menus.
    #[serde(default)]
    pub navigation: Navigation,
    /// Who publishes the site.
    #[serde(default)]
    pub publisher: Publisher,
    /// Outgoing links.
    #[serde(default)]
    pub links: Links,
    /// Markdown.
    #[serde(default)]
    pub markdown: MarkdownConfig,
    /// The search.
    #[serde(default)]
    pub search: SearchConfig,
    /// Lists that grow.
    #[serde(default)]
    pub lists: Lists,
    /// How long checks count.
    #[serde(default)]
    pub freshness: Freshness,
    /// Hosts that the site is made for: their files are written. None: those of all hosts.
    #[serde(default)]
    pub hosts: Vec<Host>,
    /// Old addresses and the pages of today that they lead to.
    #[serde(default)]
    pub redirects: Vec<RedirectEntry>,
}

fn standard() -> At<Slug> {
    At::nowhere(Slug("standard".into()))
}

/// Language of the texts that the program writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// German.
    De,
    /// English.
    En,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::De, Self::En];

    /// The code as in `lang=""`.
    pub fn code(self) -> &'static str {
        match self {
            Self::De => "de",
            Self::En => "en",
        }
    }

    /// Its name in itself, as readers look for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::De => "Deutsch",
            Self::En => "English",
        }
    }

    /// The language with this code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }
}

/// What a further language calls the site.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LanguageEntry {
    /// The site's name in it.
    pub title: At<String>,
    /// One sentence about it.
    #[serde(default)]
    pub description: At<String>,
    /// The menus of its pages.
    #[serde(default)]
    pub navigation: Navigation,
}

/// Whether the site is real.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Placeholders are allowed and marked.
    Demo,
    /// Placeholders are errors.
    Live,
}

/// The menus.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Navigation {
    /// In the head of every page.
    #[serde(default)]
    pub main: Vec<MenuEntry>,
    /// In the foot of every page.
    #[serde(default)]
    pub footer: Vec<MenuEntry>,
}

/// A menu entry.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MenuEntry {
    /// The address of a page without slashes at its ends.
    pub page: At<String>,
    /// What the entry says.
    pub label: At<String>,
}

/// Who publishes the site; feeds imprint, privacy policy and consent notice.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Publisher {
    /// The organisation or person.
    #[serde(default)]
    pub name: Option<At<String>>,
    /// Postal address.
    #[serde(default)]
    pub postal: Option<At<String>>,
    /// Mail address.
    #[serde(default)]
    pub email: Option<At<String>>,
    /// Telephone.
    #[serde(default)]
    pub phone: Option<At<String>>,
    /// Register and number.
    #[serde(default)]
    pub register: Option<At<String>>,
    /// VAT number.
    #[serde(default)]
    pub vat_id: Option<At<String>>,
    /// Supervisory authority.
    #[serde(default)]
    pub authority: Option<At<String>>,
    /// Person responsible for the content (§ 18 Abs. 2 `MStV`).
    #[serde(default)]
    pub editor: Option<At<String>>,
}

impl Publisher {
    /// Every field with its key, in the order of the imprint.
    pub fn fields(&self) -> [(&'static str, Option<&At<String>>); 8] {
        [
            ("name", self.name.as_ref()),
            ("postal", self.postal.as_ref()),
            ("email", self.email.as_ref()),
            ("phone", self.phone.as_ref()),
            ("register", self.register.as_ref()),
            ("vat_id", self.vat_id.as_ref()),
            ("authority", self.authority.as_ref()),
            ("editor", self.editor.as_ref()),
        ]
    }
}

/// An old address.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RedirectEntry {
    /// The old address, below `base_url`.
    pub from: At<String>,
    /// The address of a page or a file of this site, with an anchor if need be; `/` is the start.
    pub to: At<String>,
}

/// Outgoing links.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Links {
    /// Hosts that articles may link to beyond the sources of cards and articles.
    #[serde(default)]
    pub allow: Vec<At<String>>,
}

/// Markdown.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkdownConfig {
    /// Whether HTML in articles is kept.
    #[serde(default)]
    pub raw_html: bool,
}

/// The search.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchConfig {
    /// Whether there is one.
    #[serde(default)]
    pub enabled: bool,
    /// Words that compounds are split into, beyond the site's own.
    #[serde(default)]
    pub base_words: Vec<String>,
    /// Criteria by which systems among the results are narrowed down.
    #[serde(default)]
    pub facets: Vec<At<String>>,
}

/// Lists that grow: articles, topics, changes.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lists {
    /// How many entries a page shows; 0 cuts nothing.
    pub page_size: u32,
}

impl Default for Lists {
    fn default() -> Self {
        Self { page_size: 100 }
    }
}

/// How long checks count.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Freshness {
    /// Days, where a criterion says nothing else.
    pub default_max_age_days: u32,
}

impl Default for Freshness {
    fn default() -> Self {
        Self { default_max_age_days: 365 }
    }
}
