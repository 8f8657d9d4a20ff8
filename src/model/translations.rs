//! The site in further languages: what is translated, as a site of its own beside the main one.
//!
//! 1. [`split`] takes the texts in other languages (`name.en.md`) out of the articles;
//! 2. [`Planned::new`] translates the catalogue ([`catalogue`]), compares the words of cards with their cards ([`cards`]) and
//!    gives pages addresses below `/en/`; both languages' linkers learn them ([`Planned::tell`], [`Planned::linker`]): a link to a
//!    text leads to its translation, and to the text itself where there is none;
//! 3. [`Planned::build`] resolves the texts and puts words into the cards;
//! 4. [`Site::versions`] says in which languages a page exists.
//!
//! A translation holds texts, criteria and cards. Comparison, decision aid and notices exist in the main language only, so its
//! texts take no directives. With the catalogue's words it has all cards, those without words of their own in the main language:
//! lists of systems are whole, and lead to the main language where there is no page.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::path::{Route, SitePath};
use crate::base::slug::is_slug;
use crate::base::source::Source;
use crate::parse::config::{ConfigFile, Language, LanguageEntry};
use crate::parse::criteria::{CatalogueFile, ProfilesFile};
use crate::parse::document::Options;
use crate::parse::page::{Page, language_of, untranslated};
use crate::parse::strings::Strings;
use crate::parse::vendor::CardFile;
use crate::parse::vendor_words::words_of;

use super::articles::{Topic, place, published, topics};
use super::catalogue::Catalogue;
use super::cell::Frame;
use super::decision::Decision;
use super::link::Linker;
use super::lists::add_parts;
use super::outgoing::Outgoing;
use super::pages::{PageKind, Pages, Paths};
use super::plan::Plan;
use super::prose::Prose;
use super::site::{Setting, Site};
use super::texts::Texts;

mod cards;
mod catalogue;

pub(super) use cards::Translated;
use catalogue::Words;

/// What the texts of a further language are read and printed with.
#[derive(Clone, Copy, Debug)]
pub struct Tongue<'a> {
    /// The language.
    pub language: Language,
    /// Its texts of the theme.
    pub strings: &'a Strings,
    /// How its Markdown is read.
    pub options: Options<'a>,
}

/// How an article is read: as the language in its file name says.
pub fn options_of<'a>(path: &SitePath, main: &'a Options<'a>, further: &'a [Tongue<'a>]) -> &'a Options<'a> {
    let language = language_of(path);
    further.iter().find(|tongue| Some(tongue.language) == language).map_or(main, |tongue| &tongue.options)
}

/// The codes of the further languages: the folders of their pages.
pub(super) fn folders(config: &ConfigFile) -> Vec<&'static str> {
    further(config).map(|(language, _)| language.code()).collect()
}

/// The further languages with what they call the site.
pub fn further(config: &ConfigFile) -> impl Iterator<Item = (Language, &LanguageEntry)> {
    config.languages.iter().map(|(language, entry)| (language.value, entry)).filter(|(language, _)| *language != config.language)
}

/// Takes the texts in `language` out of all articles.
pub(super) fn split(pages: &mut Vec<(Page, Source)>, language: Language) -> Vec<(Page, Source)> {
    pages.extract_if(.., |(_, source)| language_of(&source.path) == Some(language)).collect()
}

/// What a translation is made of beside its texts.
#[derive(Clone, Copy)]
pub(super) struct Original<'a> {
    /// The catalogue's file.
    catalogue: Option<(&'a CatalogueFile, &'a Source)>,
    /// The profiles' file.
    profiles: Option<(&'a ProfilesFile, &'a Source)>,
    /// The catalogue in the main language.
    checked: &'a Catalogue,
    /// The cards, in the order of the site.
    cards: &'a [(Arc<CardFile>, Source)],
    /// The words of cards in all languages.
    words: &'a [Translated],
    /// Cards and texts that could not be read.
    unreadable: &'a [SitePath],
}

/// A file, if it is there and can be read.
type File<T> = Option<(T, Source)>;

impl<'a> Original<'a> {
    /// Of the catalogue's files, the checked catalogue with the cards, and the words with what could not be read.
    pub(super) fn new(
        (catalogue, profiles): (&'a File<CatalogueFile>, &'a File<ProfilesFile>),
        (checked, cards): (&'a Catalogue, &'a [(Arc<CardFile>, Source)]),
        (words, unreadable): (&'a [Translated], &'a [SitePath]),
    ) -> Self {
        let (catalogue, profiles) = (catalogue.as_ref().map(|(file, source)| (file, source)), profiles.as_ref().map(|(file, source)| (file, source)));
        Self { catalogue, profiles, checked, cards, words, unreadable }
    }
}

/// Plans the translations; `main` learns what they can be linked by.
pub(super) fn plan<'a>(
    translated: Vec<(Tongue<'a>, Vec<(Page, Source)>)>,
    setting: Setting<'_>,
    original: Original<'_>,
    main: &mut Linker,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Planned<'a>> {
    for (_, source) in original.words {
        let language = words_of(&source.path).map(|(_, language)| language);
        if let Some(language) = language.filter(|language| !translated.iter().any(|(tongue, _)| tongue.language == *language)) {
            let finding = Diagnostic::error(codes::WORDS_OF_NOTHING, format!("`{}` is no further language of the site", language.code()));
            findings.push(finding.at(source.span(0..0)).help("name it under `languages` in site.yaml, or remove the file"));
        }
    }
    let planned: Vec<Planned<'a>> = translated.into_iter().map(|(tongue, texts)| Planned::new(tongue, texts, setting, original, findings)).collect();
    for planned in &planned {
        planned.tell(main);
    }
    planned
}

/// A translation whose pages have addresses.
pub(super) struct Planned<'a> {
    tongue: Tongue<'a>,
    articles: Vec<(Page, Source)>,
    topics: Vec<Topic>,
    /// The catalogue, and its file.
    words: Option<(Words, Source)>,
    /// The words of cards, by their position.
    cards: BTreeMap<usize, Translated>,
    routes: Vec<(Route, Option<PageKind>)>,
    pages: Pages,
    linker: Linker,
    /// `@/` names of what only its own texts find here, with their pages.
    names: Vec<(String, PageKind)>,
}

impl<'a> Planned<'a> {
    /// Sorts the texts, compares catalogue and cards, and claims the pages.
    pub(super) fn new(tongue: Tongue<'a>, texts: Vec<(Page, Source)>, setting: Setting<'_>, original: Original<'_>, findings: &mut Vec<Diagnostic>) -> Self {
        let (articles, drafts) = published(texts, setting.drafts, setting.today);
        let topics = topics(&articles);
        let (words, cards) = words(tongue.language, original, findings);
        let (mut lists, mut single, mut names) = (Vec::new(), Vec::new(), Vec::new());
        lists.extend(words.as_ref().map(|_| PageKind::Criteria));
        if let Some(words) = words.as_ref().filter(|words| words.is_whole && !original.cards.is_empty()) {
            lists.push(PageKind::Systems);
            for slug in cards.keys().map(|&index| (index, original.cards[index].1.path.stem())).filter(|(_, slug)| is_slug(slug)) {
                single.push(("systems", slug.1.to_owned(), PageKind::System(slug.0)));
                names.push((format!("vendors/{}.yaml", slug.1), PageKind::System(slug.0)));
            }
            for (index, criterion) in words.catalogue.criteria.iter().enumerate().filter(|(index, _)| words.explained[*index]) {
                single.push(("criteria", criterion.entry.slug.value.0.clone(), PageKind::Criterion(index)));
                names.push((format!("criteria/{}", criterion.id()), PageKind::Criterion(index)));
            }
        }
        let own = Linker { drafts, ..Linker::default() };
        let mut plan = Plan::new(Paths(tongue.strings), tongue.language.code(), &[], own, findings);
        let routes = plan.claim_translation(&articles, &topics, &lists, &single);
        let Plan { pages, mut linker, .. } = plan;
        linker.named.extend(pages.iter().map(|(route, _)| (route.as_str().to_owned(), route.clone())));
        let facts = original.checked.criteria.iter().map(|criterion| criterion.entry.slug.value.0.clone());
        for (route, _) in pages.iter().filter(|(_, kind)| matches!(kind, PageKind::System(_))) {
            linker.anchors.entry(route.clone()).or_default().extend(facts.clone());
        }
        let words = words.zip(original.catalogue.map(|(_, source)| source.clone()));
        Self { tongue, articles, topics, words, cards, routes, pages, linker, names }
    }

    /// Lets texts in the main language lead to these.
    pub(super) fn tell(&self, main: &mut Linker) {
        main.named.extend(self.linker.named.clone());
        main.anchors.extend(self.linker.anchors.clone());
        main.drafts.extend(self.linker.drafts.clone());
    }

    /// The linker of the translated texts: what has a translation leads there.
    fn linker(&self, main: &Linker, main_pages: &Pages) -> Linker {
        let mut linker = main.clone();
        let texts = self.articles.iter().zip(&self.routes).map(|((_, source), (route, _))| (untranslated(&source.path), route.clone()));
        let pages = self.pages.iter().filter_map(|(route, kind)| Some((main_pages.route_of(twin(kind)?)?.as_str().to_owned(), route.clone())));
        let names = self.names.iter().filter_map(|(name, kind)| Some((name.clone(), self.pages.route_of(*kind)?.clone())));
        linker.named.extend(texts.chain(pages).chain(names));
        linker
    }

    /// The translation as a site: texts whose links lead somewhere, criteria, cards.
    pub(super) fn build(mut self, main: &Site, (outgoing, findings): (&mut Option<Outgoing>, &mut Vec<Diagnostic>)) -> Site {
        let linker = self.linker(&main.linker, &main.pages);
        let mut reader = Texts { options: &self.tongue.options, linker: &linker, pages: &main.pages, findings: Vec::new(), outgoing: std::mem::take(outgoing) };
        for (page, source) in &self.articles {
            for directive in &page.body.directives {
                let finding = Diagnostic::error(codes::DIRECTIVE_UNKNOWN, format!("`{}` stands in a translation", directive.name));
                reader.findings.push(finding.at(source.span(directive.range.clone())).help("link to the page that shows it: translations take no directives"));
            }
        }
        let mut explanations = Vec::new();
        let mut cards = Vec::new();
        if let Some((words, source)) = self.words.as_ref().filter(|(words, _)| words.is_whole) {
            for (criterion, explained) in words.catalogue.criteria.iter().zip(&words.explained) {
                explanations.push(if *explained { reader.prose(&criterion.entry.explanation, source) } else { Prose::default() });
            }
            // Later legal events are named in the main language, so its cells keep them.
            let frame = Frame { catalogue: &words.catalogue, events: &[], today: main.today, default_max_age_days: main.config.freshness.default_max_age_days };
            for (index, card) in main.cards.iter().enumerate() {
                let route = self.pages.route_of(PageKind::System(index)).unwrap_or(&card.route).clone();
                cards.push(cards::build(card, self.cards.get(&index), route, frame, main.config.language, &mut reader));
            }
        }
        let (listed, intros) = place(self.articles, self.routes, &mut self.topics, &mut reader);
        findings.append(&mut reader.findings);
        *outgoing = reader.outgoing;
        let mut config = main.config.clone();
        if let Some((_, entry)) = further(&main.config).find(|(language, _)| *language == self.tongue.language) {
            (config.title, config.description, config.navigation) = (entry.title.clone(), entry.description.clone(), entry.navigation.clone());
        }
        config.language = self.tongue.language;
        let mut site = Site {
            today: main.today,
            config,
            catalogue: match self.words {
                Some((words, _)) => Arc::new(words.catalogue),
                None => Arc::new(Catalogue { kinds: main.catalogue.kinds.clone(), ..Catalogue::default() }),
            },
            explanations,
            cards: cards.into(),
            decision: Decision::default(),
            selections: Vec::new(),
            data_version: main.data_version.clone(),
            articles: listed,
            topics: self.topics,
            terms: Vec::new(),
            events: Vec::new(),
            event_texts: Vec::new(),
            law_source: None,
            notices: Vec::new(),
            notice_texts: Vec::new(),
            intros,
            redirects: Vec::new(),
            pages: Arc::new(self.pages),
            linker: Arc::new(linker),
            outgoing: Outgoing::default(),
            parts: Vec::new(),
            translations: Arc::default(),
        };
        add_parts(&mut site, &Paths(self.tongue.strings), findings);
        site
    }
}

impl Site {
    /// In which languages a page of `own` exists, the main one first; nothing if there is only one.
    pub fn versions(&self, own: &Self, kind: PageKind) -> Vec<(Language, &Route)> {
        let in_language = |site: &Self| -> Option<PageKind> {
            match kind {
                _ if site.config.language == own.config.language => Some(kind),
                PageKind::Article(index) => {
                    let name = untranslated(&own.articles.get(index)?.source.path);
                    site.articles.iter().position(|article| untranslated(&article.source.path) == name).map(PageKind::Article)
                }
                kind => twin(kind),
            }
        };
        let found = self.languages().filter_map(|site| Some((site.config.language, site.pages.route_of(in_language(site)?)?)));
        let found: Vec<(Language, &Route)> = found.collect();
        if found.len() > 1 { found } else { Vec::new() }
    }
}

/// The page in another language: those that exist once in each of them. Cards and criteria have the same order in all.
fn twin(kind: PageKind) -> Option<PageKind> {
    use PageKind::{Criteria, Criterion, Home, System, Systems, Topics};
    matches!(kind, Home | Topics | Criteria | Criterion(_) | Systems | System(_)).then_some(kind)
}

/// The catalogue and the cards in a language, compared with the main one.
fn words(language: Language, original: Original<'_>, findings: &mut Vec<Diagnostic>) -> (Option<Words>, BTreeMap<usize, Translated>) {
    let before = findings.len();
    let words = catalogue::translated(original, language, findings);
    let is_told = findings.len() > before;
    let cards = cards::assign(original, language, findings);
    // Against a catalogue that could not be read, every word would be wrong.
    if original.checked.criteria.is_empty() {
        return (words, cards);
    }
    for (index, (own, source)) in &cards {
        findings.extend(cards::check(own, source, &original.cards[*index].0, original));
        if !is_told && !words.as_ref().is_some_and(|words| words.is_whole) {
            let finding = Diagnostic::error(codes::WORDS_OF_NOTHING, format!("the catalogue has no words in `{}` for this card", language.code()));
            findings.push(finding.at(source.span(0..0)).help("translate values, reasons and profiles in _criteria.yaml and _profiles.yaml too"));
        }
    }
    (words, cards)
}
