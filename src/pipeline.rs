//! Floor 4, the one order in which a site is built: read, join, render, audit.
//!
//! Inputs in, a [`Tree`] and findings out; the only user of threads. `build`,
//! `check` and every test call [`run`]; `serve` calls [`run_again`], which is the same
//! with a [`Memory`] of the build before.

mod audited;
mod memory;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::codes::{self, Letter};
use crate::base::date::Day;
use crate::base::diag::{self, Diagnostic};
use crate::base::path::{Route, SitePath};
use crate::base::source::{Source, Sources, Span};
use crate::model::due::due;
use crate::model::marks::{Marks, marks};
use crate::model::pages::PageKind;
use crate::model::prose::ROOT;
use crate::model::site::{Parsed, Setting, Site, has_errors};
use crate::parse::config::ConfigFile;
use crate::parse::decode::is_hole;
use crate::parse::document::{AlertTitles, Options};
use crate::parse::load_file;
use crate::parse::page::{self, Page};
use crate::parse::strings::Strings;
use crate::render::page::{Filled, Kit, prepare, render, render_data};
use crate::render::theme::{Theme, share};
use crate::render::tree::Tree;
use crate::render::view::{SiteView, Stats};
use crate::render::{calendar, data};
use crate::search::collect;
use crate::search::compound::Lexicon;
use crate::search::files::{self, Frame, Written};
use crate::search::index::{Index, Vocabulary, expand};
use crate::search::reader::Reader;

use audited::audit_all;
pub use memory::Memory;
use memory::{Files, Read};

/// What a build is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The day of the build.
    pub today: Day,
    /// Whether drafts are published.
    pub drafts: bool,
    /// Replaces `base_url` of the configuration.
    pub base_url: Option<String>,
    /// Leaves what is made of every text, the print page and the index of the search, as it
    /// was in the build before: the preview shows the rest first.
    pub soon: bool,
}

/// What a build gives.
#[derive(Debug, Default)]
pub struct Built {
    /// The website; none if an error stopped it.
    pub tree: Option<Arc<Tree>>,
    /// Everything that was found, sorted.
    pub findings: Vec<Diagnostic>,
    /// What the guide amounts to.
    pub stats: Stats,
    /// Pages that an editor should look at: drafts and what is overdue.
    pub marks: Marks,
    /// The folder of the host that the site is made for, between slashes: `/`, `/guide/`.
    pub base_path: String,
    /// Whether something was left as it was (see [`Request::soon`]).
    pub late: bool,
}

/// Builds a site. `phase` is told the name of each phase when it is done.
pub fn run(sources: &Sources, request: &Request, phase: &mut dyn FnMut(&'static str)) -> Built {
    run_again(&mut Memory::default(), sources, request, phase)
}

/// Builds a site, and makes anew only what changed since the build that `memory` is of.
pub fn run_again(memory: &mut Memory, sources: &Sources, request: &Request, phase: &mut dyn FnMut(&'static str)) -> Built {
    let mut findings = sources.faults.clone();
    let mut built = build(memory, sources, request, &mut findings, phase);
    built.findings = findings;
    diag::sort(&mut built.findings);
    built.findings.dedup();
    if has_errors(&built.findings) {
        built.tree = None;
    }
    built
}

fn build(memory: &mut Memory, sources: &Sources, request: &Request, findings: &mut Vec<Diagnostic>, phase: &mut dyn FnMut(&'static str)) -> Built {
    let Some((config, config_source)) = config(sources, request, findings) else {
        // Without a configuration the other files are still read, so that all errors come at once.
        let strings = Strings::default();
        let options = markdown_options(&strings, "de", false);
        let (mut parsed, found) = read_yaml(&mut memory.files, memory.keeps, sources);
        findings.extend(found);
        read_articles(memory, sources, &options, &mut parsed, findings);
        return Built::default();
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
    parsed.config = Some((config, config_source));
    let options = markdown_options(&theme.strings, language.code(), raw_html);
    read_articles(memory, sources, &options, &mut parsed, findings);
    findings.extend(unread(sources));
    phase("parse");
    let loaded = Site::load(parsed, sources, &theme.strings, &options, Setting { today: request.today, drafts: request.drafts });
    findings.extend(loaded.findings);
    phase("model");
    let Some(site) = loaded.value else { return Built::default() };
    if has_errors(findings) {
        return Built::default();
    }
    let late = request.soon && site.route(PageKind::Print).is_some_and(|route| memory.pages.tree.contains_key(&route.file()));
    let search = || if late { Arc::clone(&memory.pages.search) } else { Arc::new(search_files(&site, &theme.strings)) };
    let (mut view, search) = rayon::join(|| SiteView::new(&site, &theme.strings), search);
    view.search = search.as_ref().as_ref().map(|search| format!("{ROOT}{}", search.core));
    let kit_view = share(&view);
    let kit = Kit { site: &site, theme: &theme, view: &kit_view };
    memory.pages.look_at(&theme, &kit_view);
    let ((mut tree, filled, found), api) = rayon::join(|| pages(kit, &memory.pages, late), || data::tree(&site, &view));
    findings.extend(found);
    tree.extend(api);
    tree.extend(search.iter().flat_map(|search| &search.files).map(|(path, bytes)| (path.clone(), bytes.clone())));
    static_files(&mut tree, &theme, sources, kit, findings);
    phase("render");
    if has_errors(findings) {
        return Built { late, ..Built::default() };
    }
    findings.extend(audit_all(&tree, &mut memory.pages, &site, sources, &theme));
    let tree = Arc::new(tree);
    if memory.keeps {
        (memory.pages.tree, memory.pages.filled, memory.pages.search) = (Arc::clone(&tree), filled, search);
    }
    phase("audit");
    Built { tree: Some(tree), findings: Vec::new(), stats: view.stats, marks: marks(&site), base_path: site.base_path(), late }
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
    let read_new = || new.into_par_iter().with_max_len(1).map(|source| (source, load_file(source, Letter::Vendor))).collect::<Vec<_>>();
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
    (parsed, findings)
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

fn read_articles(memory: &mut Memory, sources: &Sources, options: &Options<'_>, parsed: &mut Parsed, findings: &mut Vec<Diagnostic>) {
    let words = format!("{options:?}");
    if memory.files.options != words {
        memory.files.articles.forget();
        memory.files.options = words;
    }
    let known = &mut memory.files.articles;
    let articles: Vec<&Source> = sources.texts.values().filter(|source| is_article(&source.path)).collect();
    let new: Vec<&Source> = articles.iter().copied().filter(|source| !known.knows(source)).collect();
    let read: Vec<Read<Page>> = new.par_iter().map(|source| page::read(source, options)).collect();
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
            || is_card(path)
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

/// Renders all pages but those that are remembered; beside each, what it was filled in with.
fn pages(kit: Kit<'_>, last: &memory::Pages, late: bool) -> (Tree, BTreeMap<String, Filled>, Vec<Diagnostic>) {
    let mut all: Vec<_> = kit.site.pages.iter().collect();
    // The two pages that hold everything take longest, so they start first.
    all.sort_by_key(|(_, kind)| !matches!(kind, PageKind::Matrix | PageKind::Print));
    let page = |(route, kind): &(&Route, PageKind)| {
        let path = route.file();
        if let Some(bytes) = last.tree.get(&path).filter(|_| late && *kind == PageKind::Print) {
            return (path, None, bytes.clone(), Vec::new());
        }
        let (filled, mut findings) = prepare(route, *kind, kit);
        let known = last.filled.get(&path).filter(|known| **known == filled).and_then(|_| last.tree.get(&path));
        let bytes = known.cloned().map_or_else(|| render(&filled, kit.theme, kit.view), Ok);
        let bytes = bytes.map_err(|finding| findings.push(finding)).unwrap_or_default();
        (path, Some(filled), bytes, findings)
    };
    let rendered: Vec<_> = all.par_iter().with_max_len(1).map(page).collect();
    let (mut tree, mut all_filled, mut findings) = (Tree::new(), BTreeMap::new(), Vec::new());
    for (path, filled, bytes, found) in rendered {
        if found.is_empty() {
            tree.insert(path.clone(), bytes);
            all_filled.extend(filled.map(|filled| (path, filled)));
        }
        findings.extend(found);
    }
    (tree, all_filled, findings)
}

/// The index of the search; documents and words are read in parallel.
fn search_files(site: &Site, strings: &Strings) -> Option<Written> {
    let config = site.config.search.enabled.then_some(&site.config.search)?;
    let (documents, reader) = (collect::documents(site, strings), Reader::new(site.config.language, strings));
    let reads: Vec<_> = documents.par_iter().map(|document| reader.read(document)).collect();
    let vocabulary = Vocabulary::of(&reads);
    let lexicon = Lexicon::new(vocabulary.nouns(), &config.base_words);
    let expanded: Vec<_> = vocabulary.words.par_iter().map(|(word, _, _)| expand(word, reader.language, &lexicon)).collect();
    let index = Index::build(&documents, &reads, &vocabulary, &expanded);
    let (facets, synonyms) = (collect::facets(site, strings), collect::synonyms(site));
    let frame = Frame { documents: &documents, facets: &facets, synonyms: &synonyms, reader: &reader, strings };
    Some(files::write(&index, &frame))
}

/// Static files of the theme and of the site, and the data files made by templates.
fn static_files(tree: &mut Tree, theme: &Theme, sources: &Sources, kit: Kit<'_>, findings: &mut Vec<Diagnostic>) {
    for (path, bytes) in theme.assets.files() {
        tree.insert(path.clone(), bytes.to_vec());
    }
    let mut templates = vec![("sitemap.xml", true), ("robots.txt", true), ("feed.xml", !kit.site.articles.is_empty())];
    templates.push(("aenderungen.xml", kit.site.route(PageKind::Changes).is_some()));
    for (template, _) in templates.into_iter().filter(|(_, wanted)| *wanted) {
        match render_data(template, kit) {
            Ok(bytes) => drop(tree.insert(template.to_owned(), bytes)),
            Err(finding) => findings.push(finding),
        }
    }
    if let Some(bytes) = calendar::calendar(&due(kit.site), kit.site, &theme.strings) {
        tree.insert(calendar::PATH.to_owned(), bytes);
    }
    for (path, bytes) in &sources.files {
        let Some(inner) = path.below("content/static") else { continue };
        if let Some(known) = clash(tree, inner) {
            let finding = Diagnostic::error(codes::SHARED_ROUTE, format!("`{path}` would be written over `{known}`"));
            findings.push(finding.at(Span { path: path.clone(), start: 0, end: 0 }).in_line(1, 1).help("rename the file"));
        } else {
            tree.insert(inner.to_owned(), bytes.to_vec());
        }
    }
}

/// The file or folder of the output that a static file would collide with, also on
/// hosts that do not tell small letters from capital ones.
fn clash(tree: &Tree, inner: &str) -> Option<String> {
    let lower = inner.to_lowercase();
    if lower.starts_with(".leitfaden") {
        return Some(".leitfaden.json".to_owned());
    }
    let hits = |known: &str| {
        let known = known.to_lowercase();
        known == lower || known.starts_with(&format!("{lower}/")) || lower.starts_with(&format!("{known}/"))
    };
    tree.keys().find(|known| hits(known)).cloned()
}
