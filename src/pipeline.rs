//! Floor 4, the one order in which a site is built: read, join, render, audit.
//!
//! Inputs in, a [`Tree`] and findings out; the only user of threads. `build`,
//! `check` and every test call [`run`]; `serve` calls its two halves: [`begin`], with a
//! [`Memory`] of the build before, and [`Rest::audit`] while the site is shown already.

mod audited;
mod memory;
mod outputs;
mod recipe;
mod rest;
mod revise;

use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::base::codes::{self, Letter};
use crate::base::date::Day;
use crate::base::diag::{self, Diagnostic};
use crate::base::path::SitePath;
use crate::base::source::{Source, Sources, Span};
use crate::model::marks::{Marks, marks};
use crate::model::site::{Parsed, Setting, Site, has_errors};
use crate::model::translations::{Tongue, options_of};
use crate::parse::config::{ConfigFile, Language};
use crate::parse::decode::is_hole;
use crate::parse::document::{AlertTitles, Options};
use crate::parse::load_file;
use crate::parse::page::{self, Page};
use crate::parse::strings::Strings;
use crate::parse::vendor::CardFile;
use crate::parse::vendor_words::words_of;
use crate::render::hosts::Plan;
use crate::render::hosts::policy::policy;
use crate::render::hosts::uses::Uses;
use crate::render::page::form_hosts;
use crate::render::pictures::Pictures;
use crate::render::theme::{Theme, share};
use crate::render::tree::Tree;
use crate::render::view::{SiteView, Stats, SystemView};

pub use memory::{Drawn, Memory};
use memory::{Files, Read};
use outputs::{Stand, Translation};
pub use rest::{Audited, Rest};
use revise::{Last, revise};

/// What a build is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The day of the build.
    pub today: Day,
    /// Whether drafts and what is to appear later are published.
    pub drafts: bool,
    /// Replaces `base_url` of the configuration.
    pub base_url: Option<String>,
    /// Whether addresses elsewhere are collected, for [`Rest::outgoing`].
    pub outgoing: bool,
}

/// Takes a file of the site, from any thread: its path, and its bytes. One that comes twice replaces itself.
pub type Take<'a> = &'a (dyn Fn(&str, Arc<[u8]>) + Sync);

/// What a build gives.
#[derive(Debug, Default)]
pub struct Built {
    /// The website, its files made when somebody asks; none if an error stopped it.
    pub tree: Option<Arc<Tree>>,
    /// Everything that was found, sorted.
    pub findings: Vec<Diagnostic>,
    /// What the guide amounts to.
    pub stats: Stats,
    /// Pages that an editor should look at: drafts and what is overdue.
    pub marks: Marks,
    /// The folder of the host that the site is made for, between slashes: `/`, `/guide/`.
    pub base_path: String,
    /// What the host is told; its policy is exact when all pages were looked at.
    pub hosts: Arc<Plan>,
    /// What was not looked at yet.
    pub rest: Option<Rest>,
}

/// Builds a site and keeps all its files. `phase` is told the name of each phase when it is done.
pub fn run(sources: &Sources, request: &Request, phase: &mut dyn FnMut(&'static str)) -> Built {
    keep(begin(&mut Memory::default(), sources, request, phase), phase)
}

/// [`finish`] for those who want the files all at once.
pub fn keep(begun: Built, phase: &mut dyn FnMut(&'static str)) -> Built {
    let made = Mutex::new(Tree::default());
    let mut built = finish(begun, &|path, bytes| made.lock().unwrap_or_else(PoisonError::into_inner).insert(path, bytes), phase);
    built.tree = built.tree.map(|_| Arc::new(made.into_inner().unwrap_or_else(PoisonError::into_inner)));
    built
}

/// The second half of a build: every file is made, audited and given to `take`; none is kept.
pub fn finish(mut built: Built, take: Take<'_>, phase: &mut dyn FnMut(&'static str)) -> Built {
    let Some(rest) = built.rest.take() else { return built };
    if let Some(Audited { findings, hosts }) = rest.press(take) {
        built.findings.extend(findings);
        built.hosts = hosts;
    }
    phase("pages");
    settle(built)
}

/// The first half of a build: reads what changed since the build that `memory` is of, and
/// joins all. What is left is in [`Built::rest`].
pub fn begin(memory: &mut Memory, sources: &Sources, request: &Request, phase: &mut dyn FnMut(&'static str)) -> Built {
    if let Some(built) = revise(memory, sources, request) {
        phase("revise");
        return settle(built);
    }
    let mut findings = sources.faults.clone();
    let Some(last) = build(memory, sources, request, &mut findings, phase) else {
        return settle(Built { findings, ..Built::default() });
    };
    let last = Last { findings, ..last };
    let built = last.built();
    phase("view");
    memory.last = memory.keeps.then_some(last);
    settle(built)
}

/// Sorts what was found; with an error there is no site.
fn settle(mut built: Built) -> Built {
    diag::sort(&mut built.findings);
    built.findings.dedup();
    if has_errors(&built.findings) {
        built.tree = None;
        built.rest = None;
    }
    built
}

/// Reads, joins and lists the files; all that was found is left in `findings`.
fn build(memory: &mut Memory, sources: &Sources, request: &Request, findings: &mut Vec<Diagnostic>, phase: &mut dyn FnMut(&'static str)) -> Option<Last> {
    let Some((config, config_source)) = config(sources, request, findings) else {
        // Without a configuration the other files are still read, so that all errors come at once.
        let strings = Strings::default();
        let options = markdown_options(&strings, "de", false);
        let (mut parsed, found) = read_yaml(&mut memory.files, memory.keeps, sources);
        findings.extend(found);
        read_articles(memory, sources, (&options, &[]), &mut parsed, findings);
        return None;
    };
    let language = config.language;
    let mut theme_name = config.theme.value.0.clone();
    if is_hole(&config.theme) {
        "standard".clone_into(&mut theme_name);
    } else if !Theme::exists(sources, &theme_name) {
        let finding = Diagnostic::error(codes::THEME_MISSING, format!("there is no theme `{theme_name}`")).at(config_source.span(config.theme.range.clone()));
        findings.push(finding.suggest(&theme_name, theme_names(sources).iter().map(String::as_str)));
        "standard".clone_into(&mut theme_name);
    }
    let raw_html = config.markdown.raw_html;
    let keeps = memory.keeps;
    let ((theme, found), (mut parsed, found_too)) =
        rayon::join(|| memory.theme.layered(sources, &theme_name, language), || read_yaml(&mut memory.files, keeps, sources));
    findings.extend(found.into_iter().chain(found_too));
    let further = memory.further_themes(sources, &theme_name, &config, findings);
    parsed.config = Some((config, config_source.clone()));
    let options = markdown_options(&theme.strings, language.code(), raw_html);
    let tongue = |language: Language, strings| Tongue { language, strings, options: markdown_options(strings, language.code(), raw_html) };
    let tongues: Vec<Tongue<'_>> = further.iter().map(|(language, theme)| tongue(*language, &*theme.strings)).collect();
    read_articles(memory, sources, (&options, &tongues), &mut parsed, findings);
    findings.extend(unread(sources));
    phase("parse");
    let loaded = Site::load(
        parsed,
        sources,
        &theme.strings,
        &options,
        Setting { today: request.today, drafts: request.drafts, outgoing: request.outgoing, tongues: &tongues },
    );
    findings.extend(loaded.findings);
    phase("model");
    let site = loaded.value.filter(|_| !has_errors(findings))?;
    let search = outputs::search_folder(memory, &site, sources, &theme.strings, request.drafts);
    let mut view = SiteView::new(&site, &theme.strings);
    view.search = outputs::search_address(search.as_deref());
    let evidence = outputs::fill(&mut view, &site, &theme, &|index| SystemView::new(&site.cards[index], &site, &theme.strings)).into();
    let (stats, marks, has_due) = (view.stats, marks(&site), !view.due.is_empty());
    let shared = share(&view);
    let translations = site.translations.iter().zip(further).map(|(own, (_, theme))| Translation::new(own, theme, &site, &view)).collect();
    let pictures = Arc::new(Pictures::of(&site, sources));
    let stand = Arc::new(Stand { site, theme, shared, has_due, evidence, translations, pictures, sources: sources.clone() });
    let list = outputs::list(&stand, search.as_deref(), &memory.drawn, findings);
    let (hosts, found) = Plan::new(&stand.site, &config_source, &list.tree, &policy(&Uses::usual(), &form_hosts(&stand.site)));
    findings.extend(found);
    let hosts = Arc::new(hosts);
    let (tree, recipes) = list.finish(&stand, &hosts);
    let tree = Arc::new(tree);
    Some(Last { request: request.clone(), stand, findings: Vec::new(), stats, marks, tree, recipes, hosts })
}

fn config(sources: &Sources, request: &Request, findings: &mut Vec<Diagnostic>) -> Option<(ConfigFile, Source)> {
    let Some(source) = sources.text("content/site.yaml") else {
        if !sources.faults.iter().any(|fault| fault.span.as_ref().is_some_and(|span| span.path.as_str() == "content/site.yaml")) {
            let place = SitePath::parse("content/site.yaml").map(|path| Span { path, start: 0, end: 0 });
            let finding = Diagnostic::error(codes::MISSING_FILE, "there is no content/site.yaml").at(place.expect("the path is well formed")).in_line(1, 1);
            findings.push(finding.help("run `leitfaden init DIR` for a new site, or name the project's folder with --root"));
        }
        return None;
    };
    let mut config: ConfigFile = take(load_file(source, Letter::Site), findings)?;
    if let Some(base_url) = &request.base_url {
        config.base_url.value.clone_from(base_url);
        if !config.base_url.value.ends_with('/') {
            config.base_url.value.push('/');
        }
    }
    Some((config, source.clone()))
}

fn take<T>((value, found): Read<T>, findings: &mut Vec<Diagnostic>) -> Option<T> {
    findings.extend(found);
    value
}

/// Reads every YAML file beside the configuration, in parallel.
fn read_yaml(files: &mut Files, keeps: bool, sources: &Sources) -> (Parsed, Vec<Diagnostic>) {
    let cards: Vec<&Source> = sources.texts.values().filter(|source| is_card(&source.path)).collect();
    let new: Vec<&Source> = cards.iter().copied().filter(|source| !files.cards.knows(source)).collect();
    let read_new = || new.into_par_iter().with_max_len(1).map(|source| (source, load_card(source))).collect::<Vec<_>>();
    let mut known = std::mem::take(&mut files.cards);
    let ((mut parsed, mut findings), new) = rayon::join(|| read_catalogues(files, keeps, sources), read_new);
    for (source, read) in new {
        known.learn(source, read);
    }
    files.cards = known;
    parsed.unreadable.extend(sources.faults.iter().filter_map(|fault| fault.span.as_ref()).map(|span| span.path.clone()));
    if let Some(first) = cards.first() {
        for (path, what) in [("vendors/_criteria.yaml", "catalogue"), ("vendors/_profiles.yaml", "profiles")] {
            if sources.text(path).is_none() {
                let finding = Diagnostic::error(codes::MISSING_FILE, format!("there are cards, but no {what} in {path}")).at(first.span(0..0));
                findings.push(finding.help("copy the one that `leitfaden init` writes"));
            }
        }
    }
    for (source, card) in files.cards.recall_all(cards, keeps) {
        match take(card, &mut findings) {
            Some(card) => parsed.cards.push((card, source.clone())),
            None => parsed.unreadable.push(source.path.clone()),
        }
    }
    // Few cards are translated, so these are read one after the other.
    let words: Vec<&Source> = sources.texts.values().filter(|source| is_words(&source.path)).collect();
    for source in &words {
        if !files.words.knows(source) {
            let (read, found) = load_file(source, Letter::Vendor);
            files.words.learn(source, (read.map(Arc::new), found));
        }
    }
    for (source, read) in files.words.recall_all(words, keeps) {
        parsed.words.extend(take(read, &mut findings).map(|words| (words, source.clone())));
    }
    (parsed, findings)
}

fn load_card(source: &Source) -> Read<Arc<CardFile>> {
    let (card, findings) = load_file(source, Letter::Vendor);
    (card.map(Arc::new), findings)
}

/// Reads the files that exist once.
fn read_catalogues(files: &mut Files, keeps: bool, sources: &Sources) -> (Parsed, Vec<Diagnostic>) {
    let (mut parsed, mut findings) = (Parsed::default(), Vec::new());
    macro_rules! single {
        ($field:ident, $path:literal, $letter:ident) => {
            parsed.$field = sources.text($path).and_then(|source| {
                let read = files.$field.read(source, keeps, |source| load_file(source, Letter::$letter));
                Some((take(read, &mut findings)?, source.clone()))
            });
        };
    }
    single!(catalogue, "vendors/_criteria.yaml", Criteria);
    single!(profiles, "vendors/_profiles.yaml", Criteria);
    single!(decision, "vendors/_decision.yaml", Criteria);
    single!(glossary, "content/glossary.yaml", Site);
    single!(law, "content/law.yaml", Site);
    single!(newsletter, "content/newsletter.yaml", Consent);
    (parsed, findings)
}

type HowToRead<'a> = (&'a Options<'a>, &'a [Tongue<'a>]);

fn read_articles(memory: &mut Memory, sources: &Sources, (options, further): HowToRead<'_>, parsed: &mut Parsed, findings: &mut Vec<Diagnostic>) {
    let words = format!("{options:?} {:?}", further.iter().map(|tongue| tongue.options).collect::<Vec<_>>());
    if memory.files.options != words {
        memory.files.articles.forget();
        memory.files.options = words;
    }
    let known = &mut memory.files.articles;
    let articles: Vec<&Source> = sources.texts.values().filter(|source| is_article(&source.path)).collect();
    let new: Vec<&Source> = articles.iter().copied().filter(|source| !known.knows(source)).collect();
    let read: Vec<Read<Page>> = new.par_iter().map(|source| page::read(source, options_of(&source.path, options, further))).collect();
    for (source, read) in new.into_iter().zip(read) {
        known.learn(source, read);
    }
    for (source, page) in known.recall_all(articles, memory.keeps) {
        match take(page, findings) {
            Some(page) => parsed.pages.push((page, source.clone())),
            None => parsed.unreadable.push(source.path.clone()),
        }
    }
}

fn is_card(path: &SitePath) -> bool {
    is_of_card(path) && words_of(path).is_none()
}

/// Whether it holds the words of a card in a further language.
fn is_words(path: &SitePath) -> bool {
    is_of_card(path) && words_of(path).is_some()
}

fn is_of_card(path: &SitePath) -> bool {
    path.below("vendors").is_some_and(|name| !name.starts_with('_') && !name.contains('/')) && path.has_extension("yaml")
}

/// Warns of files that lie where files are read, but are not.
fn unread(sources: &Sources) -> Vec<Diagnostic> {
    const READ: [&str; 5] = ["content/site.yaml", "content/glossary.yaml", "content/law.yaml", "content/newsletter.yaml", "content/newsletter.lock"];
    const CATALOGUE: [&str; 3] = ["vendors/_criteria.yaml", "vendors/_profiles.yaml", "vendors/_decision.yaml"];
    let is_read = |path: &SitePath| {
        let name = path.as_str();
        READ.contains(&name)
            || CATALOGUE.contains(&name)
            || is_of_card(path)
            || is_article(path)
            || path.below("content/static").is_some()
            || path.below("themes").is_some()
    };
    let unread = sources.texts.keys().chain(sources.files.keys()).filter(|path| !is_read(path));
    let finding = |path: &SitePath| {
        let finding = Diagnostic::warning(codes::UNREAD_FILE, format!("`{}` is not read", path.file_name()));
        let finding = finding.at(Span { path: path.clone(), start: 0, end: 0 }).in_line(1, 1);
        match diag::nearest(path.as_str(), &[&READ[..], &CATALOGUE[..]].concat()) {
            Some(near) => finding.help(format!("rename it to `{near}`")),
            None if path.below("vendors").is_some() => finding.help("cards lie in vendors/ itself and end in `.yaml`"),
            None => finding.help("articles end in `.md`; put files to publish as they are into content/static"),
        }
    };
    unread.map(finding).collect()
}

fn is_article(path: &SitePath) -> bool {
    path.below("content").is_some() && path.has_extension("md")
}

fn theme_names(sources: &Sources) -> Vec<String> {
    let mut names: Vec<String> = vec!["standard".to_owned()];
    for path in sources.texts.keys() {
        if let Some(name) = path.below("themes").and_then(|inner| inner.split('/').next())
            && !names.iter().any(|known| known == name)
        {
            names.push(name.to_owned());
        }
    }
    names
}

fn markdown_options<'a>(strings: &'a Strings, language: &'a str, raw_html: bool) -> Options<'a> {
    Options {
        raw_html,
        language,
        alert_titles: AlertTitles {
            note: strings.get("alert.note"),
            tip: strings.get("alert.tip"),
            important: strings.get("alert.important"),
            warning: strings.get("alert.warning"),
            caution: strings.get("alert.caution"),
        },
        footnotes_title: strings.get("footnotes"),
        back_label: strings.get("footnote.back"),
        anchor_label: strings.get("heading.anchor"),
    }
}
