//! The whole site as one immutable value.
//!
//! 1. the catalogue and the legal events are built, every card is compared with them;
//! 2. every page gets its address ([`Plan::claim_all`]);
//! 3. the linker learns all addresses and anchors, then every text is resolved;
//! 4. cards are filled and rated, menus, placeholders and dates are checked.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::codes;
use crate::base::date::Day;
use crate::base::diag::{Checked, Diagnostic, Severity};
use crate::base::hash::sha256_hex;
use crate::base::path::Route;
use crate::base::slug::slugify;
use crate::base::source::{Source, Sources};
use crate::parse::at::At;
use crate::parse::config::{ConfigFile, MenuEntry, Stage};
use crate::parse::criteria::{CatalogueFile, ProfilesFile};
use crate::parse::decode::is_hole;
use crate::parse::law::LawFile;
use crate::parse::markdown::Options;
use crate::parse::scalar::host_of;
use crate::parse::strings::Strings;

pub use super::articles::{Article, Topic};
use super::articles::{place, published, topics};
use super::card;
pub use super::card::Card;
use super::catalogue::Catalogue;
use super::cell::{self, Cell, Frame};
use super::consent::{self, Notice};
use super::decision::{self, Decision, Selection};
use super::integrity::Hosts;
use super::law::{self, Event};
use super::link::Linker;
use super::lists::{self, Part};
use super::outgoing::Outgoing;
use super::pages::{PageKind, Pages, Paths};
pub use super::parsed::Parsed;
use super::placeholder;
use super::plan::{Claims, Plan};
use super::prose::Prose;
use super::redirects::{self, Redirect};
pub use super::terms::Term;
use super::terms::terms;
use super::texts::Texts;
use super::translations::{self, Original, Planned, Tongue, further};

/// What a build depends on beside the files.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The day of the build.
    pub today: Day,
    /// Whether drafts and what is to appear later are published.
    pub drafts: bool,
    /// Whether addresses elsewhere are collected with their places: only `check --external` needs them.
    pub outgoing: bool,
    /// What the further languages of the site are read and printed with.
    pub tongues: &'a [Tongue<'a>],
}

/// The site. What much is made of is shared, so that a site with one other text costs little ([`Site::revised`]).
#[derive(Clone, Debug)]
pub struct Site {
    /// The day it was built for.
    pub today: Day,
    /// The configuration.
    pub config: ConfigFile,
    /// The catalogue; empty for a site without cards.
    pub catalogue: Arc<Catalogue>,
    /// The explanation of each criterion, in the catalogue's order.
    pub explanations: Vec<Prose>,
    /// The cards, sorted by name.
    pub cards: Arc<[Card]>,
    /// What readers can ask for.
    pub decision: Decision,
    /// The filtered pages.
    pub selections: Vec<Selection>,
    /// Short name of the state of cards, catalogue, profiles and decision aid: eight
    /// hexadecimal digits that change when one of them does.
    pub data_version: String,
    /// The articles, sorted by weight and title.
    pub articles: Vec<Arc<Article>>,
    /// The topics, sorted by name.
    pub topics: Vec<Topic>,
    /// The glossary, sorted by term.
    pub terms: Vec<Term>,
    /// The legal events, newest first.
    pub events: Vec<Event>,
    /// The text of each legal event.
    pub event_texts: Vec<Prose>,
    /// content/law.yaml, for findings.
    pub law_source: Option<Source>,
    /// All versions of the consent notice, newest first.
    pub notices: Vec<Notice>,
    /// The paragraphs and the statement of each version.
    pub notice_texts: Vec<(Vec<Prose>, Prose)>,
    /// Texts that an article gives to a page that exists anyway (`content/index.md`).
    pub intros: BTreeMap<PageKind, Article>,
    /// Old addresses and where they lead.
    pub redirects: Vec<Redirect>,
    /// All pages.
    pub pages: Arc<Pages>,
    /// Where links may lead.
    pub linker: Arc<Linker>,
    /// Addresses elsewhere that texts, cards and sources name, if they were asked for.
    pub outgoing: Outgoing,
    /// The further parts of long lists.
    pub parts: Vec<Part>,
    /// The same in further languages, as far as it is translated.
    pub translations: Arc<[Site]>,
}

impl Site {
    /// Builds the site. There is none if the configuration is missing or unreadable.
    pub fn load(mut parsed: Parsed, sources: &Sources, strings: &Strings, options: &Options<'_>, setting: Setting<'_>) -> Checked<Self> {
        let (hosts, mut findings) = Hosts::of(&parsed, sources);
        let outgoing = setting.outgoing.then(|| Outgoing::of_sources(&parsed, setting.drafts));
        let Some((config, config_source)) = parsed.config else { return Checked { value: None, findings } };
        check_base_url(&config, &config_source, &mut findings);
        let today = setting.today;
        let catalogue = catalogue(parsed.catalogue.as_ref(), parsed.profiles.as_ref(), &mut findings);
        let obsolete = parsed.law.as_ref().map_or_else(Vec::new, |(file, _)| file.obsolete.clone());
        let (events, law_source) = legal_events(parsed.law, &catalogue, (sources, strings.get("law.past"), today), &mut findings);
        // Against a catalogue that could not be read, every fact would be wrong.
        let has_catalogue = !catalogue.criteria.is_empty() || sources.text("vendors/_criteria.yaml").is_none();
        for (entry, source) in parsed.cards.iter().filter(|_| has_catalogue) {
            findings.extend(card::check(entry, source, &catalogue, today));
        }
        let mut cards = parsed.cards;
        cards.sort_by_key(|(entry, source)| (slugify(&entry.name), source.path.clone()));
        let translated: Vec<_> = setting.tongues.iter().map(|tongue| (*tongue, translations::split(&mut parsed.pages, tongue.language))).collect();
        let (articles, drafts) = published(parsed.pages, setting.drafts, today);
        if articles.is_empty() && cards.is_empty() {
            let finding = Diagnostic::error(codes::NO_PAGES, "there is neither an article nor a card").at(config_source.span(0..0));
            findings.push(finding.help("add an article to content/ or a card to vendors/, `leitfaden new` writes stubs"));
        }
        let mut topics = topics(&articles);
        let newsletter = parsed.newsletter.map(|(file, source)| {
            let lock = sources.text("content/newsletter.lock");
            let around = consent::Around { source: &source, lock, stage: config.stage, today, events: &events, obsolete: &obsolete, options };
            let (notices, found) = consent::notices(&file, around);
            findings.extend(found);
            (notices, Some(source))
        });
        let (notices, newsletter_source) = newsletter.unwrap_or_default();

        let frame = Frame { catalogue: &catalogue, events: &events, today, default_max_age_days: config.freshness.default_max_age_days };
        let cells: Vec<Vec<Cell>> = cards.iter().map(|(entry, _)| cell::fill(entry, frame)).collect();
        let selections = parsed.decision.as_ref().map_or_else(Vec::new, |(file, _)| decision::selections(file, &catalogue, &cards, &cells));

        let (reserved, own) = (translations::folders(&config), Linker { drafts, hosts, ..Linker::default() });
        let mut plan = Plan::new(Paths(strings), "", &reserved, own, &mut findings);
        let routes = plan.claim_all(&Claims {
            catalogue: &catalogue,
            cards: &cards,
            articles: &articles,
            topics: &topics,
            has_terms: sources.text("content/glossary.yaml").is_some(),
            has_events: sources.text("content/law.yaml").is_some(),
            has_newsletter: sources.text("content/newsletter.yaml").is_some(),
            notices: &notices,
            selections: &selections,
        });
        plan.learn_anchors(&catalogue, &events, parsed.glossary.as_ref());
        plan.learn_files(sources);
        plan.learn_unreadable(&parsed.unreadable);
        let Plan { pages, mut linker, .. } = plan;
        let catalogue_source = parsed.catalogue.as_ref().map(|(_, source)| source);
        let original = Original::new((&parsed.catalogue, &parsed.profiles), (&catalogue, &cards), (&parsed.words, &parsed.unreadable));
        let planned = translations::plan(translated, setting, original, &mut linker, &mut findings);

        let mut texts = Texts { options, linker: &linker, pages: &pages, findings: Vec::new(), outgoing };
        let explanations = texts.all(catalogue.criteria.iter().map(|criterion| &criterion.entry.explanation), catalogue_source);
        let event_texts = texts.all(events.iter().map(|event| &event.entry.text), law_source.as_ref());
        let terms = parsed.glossary.map_or_else(Vec::new, |(file, source)| terms(&file, &source, &mut texts));
        let notice_texts = match &newsletter_source {
            Some(source) => notices.iter().map(|notice| notice_prose(notice, source, &mut texts)).collect(),
            None => Vec::new(),
        };
        let decision = parsed.decision.as_ref().map(|(file, source)| Decision::build(file, source, &catalogue, &mut texts));
        let route = |source: &Source| Paths(strings).below("systems", source.path.stem());
        let cards = cards.into_iter().zip(cells);
        let mut cards: Vec<Card> = cards.map(|((entry, source), cells)| Card::build(route(&source), source, entry, cells, frame, &mut texts)).collect();
        Card::link_variants(&mut cards);
        let (listed, intros) = place(articles, routes, &mut topics, &mut texts);
        findings.extend(texts.findings);
        let outgoing = texts.outgoing;
        check_event_sources(&events, law_source.as_ref(), &catalogue, &mut findings);
        findings.extend(newsletter_source.iter().flat_map(|source| consent::links::check(&notices, source, &pages, &linker)));
        findings.extend(placeholder::check(sources, config.stage));
        let mut site = Self {
            today,
            config,
            catalogue: Arc::new(catalogue),
            explanations,
            cards: cards.into(),
            decision: decision.unwrap_or_default(),
            selections,
            data_version: data_version(sources),
            articles: listed,
            topics,
            terms,
            events,
            event_texts,
            law_source,
            notices,
            notice_texts,
            intros,
            redirects: Vec::new(),
            pages: Arc::new(pages),
            linker: Arc::new(linker),
            outgoing: Outgoing::default(),
            parts: Vec::new(),
            translations: Arc::default(),
        };
        site.complete(planned, (strings, &config_source), outgoing, &mut findings);
        Checked { value: Some(site), findings }
    }

    /// What needs the whole site: parts of long lists, translations, redirects, and checks over all of it.
    fn complete(&mut self, planned: Vec<Planned<'_>>, (strings, source): (&Strings, &Source), mut outgoing: Option<Outgoing>, findings: &mut Vec<Diagnostic>) {
        lists::add_parts(self, &Paths(strings), findings);
        self.translations = planned.into_iter().map(|planned| planned.build(self, (&mut outgoing, findings))).collect();
        self.outgoing = outgoing.map(|outgoing| outgoing.without(&self.config.base_url)).unwrap_or_default();
        self.redirects = redirects::collect((&self.config, source), self.texts(), &self.linker, &self.pages, findings);
        check_article_sources(self.texts(), &self.catalogue, findings);
        check_names(self, source, findings);
        findings.extend(super::freshness::check(self));
    }

    /// The site in all its languages, the main one first.
    pub fn languages(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&*self.translations)
    }

    /// Every text of every language, with those that introduce another page.
    pub fn texts(&self) -> impl Iterator<Item = &Article> {
        self.languages().flat_map(|site| site.articles.iter().map(Arc::as_ref).chain(site.intros.values()))
    }

    /// The address of a page that is known to exist.
    pub fn route(&self, kind: PageKind) -> Option<&Route> {
        self.pages.route_of(kind)
    }

    /// The page that a menu entry leads to.
    pub fn menu_route(&self, entry: &MenuEntry) -> Option<Route> {
        let page = entry.page.trim_matches('/');
        let route = if page.is_empty() { Route::home() } else { Route::parse(&format!("{page}/")).ok()? };
        self.languages().any(|site| site.pages.get(&route).is_some()).then_some(route)
    }

    /// The folder of the host that the site is made for, between slashes: `/`, `/guide/`.
    pub fn base_path(&self) -> String {
        let after_scheme = self.config.base_url.split("://").nth(1).unwrap_or_default();
        format!("/{}", after_scheme.split_once('/').map_or("", |(_, path)| path))
    }

    /// Whether placeholders are allowed.
    pub fn is_demo(&self) -> bool {
        self.config.stage == Stage::Demo
    }

    /// The notice that is shown now.
    pub fn current_notice(&self) -> Option<usize> {
        self.notices.iter().position(|notice| notice.current)
    }
}

fn data_version(sources: &Sources) -> String {
    let texts = sources.texts.iter().filter(|(path, _)| path.below("vendors").is_some());
    let all: Vec<String> = texts.map(|(path, source)| format!("{path} {}", sha256_hex(source.text.as_bytes()))).collect();
    sha256_hex(all.join("\n").as_bytes())[..8].to_owned()
}

fn catalogue(file: Option<&(CatalogueFile, Source)>, profiles: Option<&(ProfilesFile, Source)>, findings: &mut Vec<Diagnostic>) -> Catalogue {
    let Some((file, source)) = file else { return Catalogue::default() };
    let (catalogue, found) = Catalogue::build(file, source, profiles.map(|(file, source)| (file, source)));
    findings.extend(found);
    let sources = file.criteria.iter().flat_map(|entry| &entry.sources);
    card::check_sources(sources, &catalogue, &mut |finding, range| findings.push(finding.at(source.span(range.clone()))));
    catalogue
}

/// The events; names that are no longer in force are looked for in the given texts.
fn legal_events(
    law: Option<(LawFile, Source)>,
    catalogue: &Catalogue,
    (texts, past, today): (&Sources, &str, Day),
    findings: &mut Vec<Diagnostic>,
) -> (Vec<Event>, Option<Source>) {
    let Some((file, source)) = law else { return (Vec::new(), None) };
    findings.extend(super::obsolete::check(texts, &file.obsolete, past, today));
    let (events, found) = law::events(&file, &source, catalogue);
    findings.extend(found);
    let sources = file.obsolete.iter().flat_map(|entry| &entry.sources);
    card::check_sources(sources, catalogue, &mut |finding, range| findings.push(finding.at(source.span(range.clone()))));
    (events, Some(source))
}

fn check_event_sources(events: &[Event], source: Option<&Source>, catalogue: &Catalogue, findings: &mut Vec<Diagnostic>) {
    let Some(source) = source else { return };
    let sources = events.iter().flat_map(|event| &event.entry.sources);
    card::check_sources(sources, catalogue, &mut |finding, range| findings.push(finding.at(source.span(range.clone()))));
}

fn check_article_sources<'a>(articles: impl Iterator<Item = &'a Article>, catalogue: &Catalogue, findings: &mut Vec<Diagnostic>) {
    for article in articles {
        card::check_sources(article.front.sources.iter(), catalogue, &mut |finding, range| findings.push(finding.at(article.source.span(range.clone()))));
    }
}

fn check_base_url(config: &ConfigFile, source: &Source, findings: &mut Vec<Diagnostic>) {
    let address = &config.base_url;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~/:".contains(c);
    let good = host_of(address).is_some() && address.ends_with('/') && address.chars().all(is_plain);
    if !good && !is_hole(address) {
        let finding = Diagnostic::error(codes::BAD_BASE_URL, format!("`{address}` cannot be the site's address"));
        findings
            .push(finding.at(source.span(address.range.clone())).help("write it in full with a slash at its end, for example `https://leitfaden.example/`"));
    }
}

/// The configuration names pages and criteria that exist.
fn check_names(site: &Site, source: &Source, findings: &mut Vec<Diagnostic>) {
    let menus = std::iter::once(&site.config.navigation).chain(further(&site.config).map(|(_, entry)| &entry.navigation));
    for entry in menus.flat_map(|menu| menu.main.iter().chain(&menu.footer)) {
        if site.menu_route(entry).is_none() && !is_hole(&entry.page) {
            let known: Vec<&str> = site.languages().flat_map(|site| site.pages.iter()).filter_map(|(route, _)| route.as_str().strip_suffix('/')).collect();
            let finding = Diagnostic::error(codes::UNKNOWN_PAGE, format!("there is no page `{}`", entry.page)).at(source.span(entry.page.range.clone()));
            findings.push(finding.suggest(&entry.page, known));
        }
    }
    for language in site.config.languages.keys().filter(|language| language.value == site.config.language) {
        let code = language.value.code();
        let finding = Diagnostic::error(codes::MAIN_LANGUAGE, format!("`{code}` is the main language already")).at(source.span(language.range.clone()));
        findings.push(finding.help("name further languages here, or remove the entry"));
    }
    check_facets(&site.config, source, &site.catalogue, findings);
}

/// The search narrows down by criteria that exist.
fn check_facets(config: &ConfigFile, source: &Source, catalogue: &Catalogue, findings: &mut Vec<Diagnostic>) {
    let unknown = |id: &&At<String>| !catalogue.criteria.is_empty() && catalogue.find(id).is_none() && !is_hole(id);
    for id in config.search.facets.iter().filter(unknown) {
        let finding = Diagnostic::error(codes::UNKNOWN_CRITERION, format!("there is no criterion `{id}`")).at(source.span(id.range.clone()));
        findings.push(finding.suggest(id, catalogue.ids()));
    }
}

fn notice_prose(notice: &Notice, source: &Source, texts: &mut Texts<'_>) -> (Vec<Prose>, Prose) {
    let paragraphs = notice.entry.notice.iter().map(|paragraph| texts.prose(&paragraph.text, source)).collect();
    (paragraphs, texts.prose(&notice.entry.statement, source))
}

/// Whether any finding stops the write.
pub fn has_errors(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
