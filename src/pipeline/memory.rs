//! What a build may remember for the next one of the same project.
//!
//! Nothing here changes what a build gives (a property test compares warm and cold): every
//! part is kept beside all it was made from, and made anew if that differs.
//!
//! 1. files: what reading gave, beside the text;
//! 2. the theme, beside its files;
//! 3. images, whose names say all they were made from;
//! 4. the whole of the last build, for one in which a single article has another text (`revise`).
//!
//! Pages need no memory: the preview makes those that somebody looks at ([`Tree`]).
//!
//! [`Tree`]: crate::render::tree::Tree

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::diag::Diagnostic;
use crate::base::path::SitePath;
use crate::base::source::{Source, Sources, is_same};
use crate::model::translations::further;
use crate::parse::config::{ConfigFile, Language};
use crate::parse::criteria::{CatalogueFile, ProfilesFile};
use crate::parse::decision::DecisionFile;
use crate::parse::glossary::GlossaryFile;
use crate::parse::law::LawFile;
use crate::parse::newsletter::NewsletterFile;
use crate::parse::page::Page;
use crate::parse::vendor::CardFile;
use crate::parse::vendor_words::CardWords;
use crate::render::theme::Theme;

use super::revise::Last;

/// What reading a file gave: a value if there is one, and what was found.
pub(super) type Read<T> = (Option<T>, Vec<Diagnostic>);

/// What is remembered from the last build.
#[derive(Default)]
pub struct Memory {
    /// Whether there will be a next build.
    pub(super) keeps: bool,
    pub(super) files: Files,
    pub(super) theme: LastTheme,
    /// The same in further languages.
    pub(super) translations: BTreeMap<Language, LastTheme>,
    /// Images that an earlier build wrote.
    pub(super) drawn: Drawn,
    /// What the last build was made from, if it had no errors.
    pub(super) last: Option<Last>,
}

/// Output path → bytes of images whose names are hashes of all they were made from.
pub type Drawn = BTreeMap<String, Arc<[u8]>>;

impl Memory {
    /// A memory for builds that follow each other.
    pub fn new() -> Self {
        Self { keeps: true, ..Self::default() }
    }

    /// The theme in each further language of the site.
    pub(super) fn further_themes(&mut self, sources: &Sources, name: &str, config: &ConfigFile, findings: &mut Vec<Diagnostic>) -> Vec<(Language, Arc<Theme>)> {
        let theme = |language| {
            let (theme, found) = self.translations.entry(language).or_default().layered(sources, name, language);
            findings.extend(found);
            (language, theme)
        };
        further(config).map(|(language, _)| language).map(theme).collect()
    }

    /// A memory for one build that need not draw these images again.
    pub fn of_images(drawn: Drawn) -> Self {
        Self { drawn, ..Self::default() }
    }
}

/// The files that were read.
#[derive(Default)]
pub(super) struct Files {
    /// How Markdown was read.
    pub(super) options: String,
    pub(super) articles: Kept<Page>,
    pub(super) cards: Kept<Arc<CardFile>>,
    pub(super) words: Kept<Arc<CardWords>>,
    pub(super) catalogue: Kept<CatalogueFile>,
    pub(super) profiles: Kept<ProfilesFile>,
    pub(super) decision: Kept<DecisionFile>,
    pub(super) glossary: Kept<GlossaryFile>,
    pub(super) law: Kept<LawFile>,
    pub(super) newsletter: Kept<NewsletterFile>,
    /// The hash of every text that is not of a theme.
    pub(super) hashes: Kept<String>,
}

/// Files that were read, beside their texts.
pub(super) struct Kept<T>(BTreeMap<SitePath, (Arc<str>, Read<T>)>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Clone> Kept<T> {
    /// Whether this very text was read before.
    pub(super) fn knows(&self, source: &Source) -> bool {
        self.0.get(&source.path).is_some_and(|(text, _)| is_same(text, &source.text))
    }

    pub(super) fn learn(&mut self, source: &Source, read: Read<T>) {
        self.0.insert(source.path.clone(), (Arc::clone(&source.text), read));
    }

    /// What reading gave.
    pub(super) fn recall(&mut self, source: &Source, keeps: bool) -> Read<T> {
        let read = if keeps { self.0.get(&source.path).cloned() } else { self.0.remove(&source.path) };
        read.map_or((None, Vec::new()), |(_, read)| read)
    }

    /// Reads one file, or remembers it.
    pub(super) fn read(&mut self, source: &Source, keeps: bool, read: impl FnOnce(&Source) -> Read<T>) -> Read<T> {
        if !self.knows(source) {
            let read = read(source);
            self.learn(source, read);
        }
        self.recall(source, keeps)
    }

    /// What reading these files gave, in their order; all others are forgotten.
    pub(super) fn recall_all<'a>(&mut self, sources: Vec<&'a Source>, keeps: bool) -> Vec<(&'a Source, Read<T>)> {
        self.0.retain(|path, _| sources.binary_search_by(|source| source.path.cmp(path)).is_ok());
        sources.into_iter().map(|source| (source, self.recall(source, keeps))).collect()
    }

    pub(super) fn forget(&mut self) {
        self.0.clear();
    }
}

/// Everything a theme is made from.
#[derive(PartialEq, Eq)]
struct ThemeKey {
    name: String,
    language: Language,
    texts: BTreeMap<SitePath, Source>,
    files: BTreeMap<SitePath, Arc<[u8]>>,
}

/// The last theme.
#[derive(Default)]
pub(super) struct LastTheme(Option<(ThemeKey, Arc<Theme>, Vec<Diagnostic>)>);

impl LastTheme {
    /// The theme, made anew if one of its files changed.
    pub(super) fn layered(&mut self, sources: &Sources, name: &str, language: Language) -> (Arc<Theme>, Vec<Diagnostic>) {
        let is_of_theme = |path: &SitePath| path.below("themes").is_some();
        let texts = sources.texts.iter().filter(|(path, _)| is_of_theme(path)).map(|(path, source)| (path.clone(), source.clone()));
        let files = sources.files.iter().filter(|(path, _)| is_of_theme(path)).map(|(path, bytes)| (path.clone(), Arc::clone(bytes)));
        let key = ThemeKey { name: name.to_owned(), language, texts: texts.collect(), files: files.collect() };
        if let Some((known, theme, findings)) = &self.0
            && *known == key
        {
            return (Arc::clone(theme), findings.clone());
        }
        let (theme, findings) = Theme::layered(sources, name, language);
        let theme = Arc::new(theme);
        self.0 = Some((key, Arc::clone(&theme), findings.clone()));
        (theme, findings)
    }
}
