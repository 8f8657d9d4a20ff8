//! The site in further languages: what is translated, as a site of its own beside the main one.
//!
//! 1. [`split`] takes the texts in other languages (`name.en.md`) out of the articles;
//! 2. [`Planned::new`] gives their pages addresses below `/en/`; both languages' linkers learn them ([`Planned::tell`],
//!    [`Planned::linker`]): a link to a text leads to its translation, and to the text itself where there is none;
//! 3. [`Planned::build`] resolves the texts;
//! 4. [`Site::versions`] says in which languages a page exists.
//!
//! A translation holds texts and criteria. Cards, ratings and notices exist in the main language only, so it takes no directives.

use std::sync::Arc;

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::path::{Route, SitePath};
use crate::base::source::Source;
use crate::parse::config::{ConfigFile, Language, LanguageEntry};
use crate::parse::document::Options;
use crate::parse::page::{Page, language_of, untranslated};
use crate::parse::strings::Strings;

use super::articles::{Topic, place, published, topics};
use super::catalogue::Catalogue;
use super::decision::Decision;
use super::link::Linker;
use super::lists::add_parts;
use super::outgoing::Outgoing;
use super::pages::{PageKind, Pages, Paths};
use super::plan::Plan;
use super::site::{Setting, Site};
use super::texts::Texts;

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

/// Plans the translations; `main` learns what they can be linked by.
pub(super) fn plan<'a>(
    translated: Vec<(Tongue<'a>, Vec<(Page, Source)>)>,
    setting: Setting<'_>,
    catalogue: (&Catalogue, Option<&Source>),
    main: &mut Linker,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Planned<'a>> {
    let planned: Vec<Planned<'a>> = translated.into_iter().map(|(tongue, texts)| Planned::new(tongue, texts, setting, catalogue, findings)).collect();
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
    catalogue: Option<Catalogue>,
    routes: Vec<(Route, Option<PageKind>)>,
    pages: Pages,
    linker: Linker,
}

impl<'a> Planned<'a> {
    /// Sorts the texts, compares the catalogue, and claims the pages.
    pub(super) fn new(
        tongue: Tongue<'a>,
        texts: Vec<(Page, Source)>,
        setting: Setting<'_>,
        (catalogue, source): (&Catalogue, Option<&Source>),
        findings: &mut Vec<Diagnostic>,
    ) -> Self {
        let (articles, drafts) = published(texts, setting.drafts, setting.today);
        let topics = topics(&articles);
        let catalogue = source.and_then(|source| translated(catalogue, tongue.language, source, findings));
        let own = Linker { drafts, ..Linker::default() };
        let mut plan = Plan::new(Paths(tongue.strings), tongue.language.code(), &[], own, findings);
        let routes = plan.claim_translation(&articles, &topics, catalogue.is_some());
        let Plan { pages, mut linker, .. } = plan;
        linker.named.extend(pages.iter().map(|(route, _)| (route.as_str().to_owned(), route.clone())));
        Self { tongue, articles, topics, catalogue, routes, pages, linker }
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
        linker.named.extend(texts.chain(pages));
        linker
    }

    /// The translation as a site: texts whose links lead somewhere, criteria, no cards.
    pub(super) fn build(mut self, main: &Site, (outgoing, findings): (&mut Option<Outgoing>, &mut Vec<Diagnostic>)) -> Site {
        let linker = self.linker(&main.linker, &main.pages);
        let mut reader = Texts { options: &self.tongue.options, linker: &linker, pages: &main.pages, findings: Vec::new(), outgoing: std::mem::take(outgoing) };
        for (page, source) in &self.articles {
            for directive in &page.body.directives {
                let finding = Diagnostic::error(codes::DIRECTIVE_UNKNOWN, format!("`{}` stands in a translation", directive.name));
                reader.findings.push(
                    finding.at(source.span(directive.range.clone())).help("link to the page that shows it: cards and notices exist in the main language only"),
                );
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
            catalogue: Arc::new(self.catalogue.unwrap_or_else(|| Catalogue { kinds: main.catalogue.kinds.clone(), ..Catalogue::default() })),
            explanations: Vec::new(),
            cards: Arc::default(),
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

/// The page in another language: those that exist once in each of them.
fn twin(kind: PageKind) -> Option<PageKind> {
    matches!(kind, PageKind::Home | PageKind::Topics | PageKind::Criteria).then_some(kind)
}

/// The catalogue with the names and questions of a language. There is none if it has none; where only some are
/// missing, that is said.
fn translated(catalogue: &Catalogue, language: Language, source: &Source, findings: &mut Vec<Diagnostic>) -> Option<Catalogue> {
    // Profiles belong to ratings, which exist in the main language only.
    let mut translated = Catalogue { profiles: Vec::new(), ..catalogue.clone() };
    let (mut known, mut missing) = (0, Vec::new());
    for group in &mut translated.groups {
        match group.translations.get(&language) {
            Some(text) => {
                known += 1;
                group.label.clone_from(&text.label);
                group.short.clone_from(&text.label);
            }
            None => missing.push((group.id.clone(), group.place.clone())),
        }
    }
    for criterion in &mut translated.criteria {
        let entry = &mut criterion.entry;
        match entry.translations.get(&language) {
            Some(text) => {
                known += 1;
                (entry.label, entry.question, entry.short) = (text.label.clone(), text.question.clone(), None);
            }
            None => missing.push((entry.id.value.0.clone(), entry.id.range.clone())),
        }
    }
    for kind in translated.kinds.values_mut() {
        if let Some(text) = kind.translations.get(&language) {
            kind.label.clone_from(&text.label);
        }
    }
    if known > 0 {
        let code = language.code();
        for (id, place) in &missing {
            let finding = Diagnostic::error(codes::CATALOGUE_TRANSLATION, format!("`{id}` is not translated into `{code}`")).at(source.span(place.clone()));
            findings.push(finding.help(format!("add it under `translations: {{{code}: …}}`; groups and criteria are translated all or none")));
        }
    }
    (known > 0 && missing.is_empty()).then_some(translated)
}
