//! Everything a site amounts to, as a tree whose files are made when somebody asks for them.

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::hash::sha256_hex;
use crate::base::source::{Source, Sources, Span};
use crate::model::due::due;
use crate::model::pages::PageKind;
use crate::model::prose::ROOT;
use crate::model::site::Site;
use crate::parse::strings::Strings;
use crate::render::calendar;
use crate::render::data::DataFile;
use crate::render::evidence;
use crate::render::hosts::moved;
use crate::render::page::{Kit, preview, render, render_data, render_moved};
use crate::render::pictures::Pictures;
use crate::render::preview::Letters;
use crate::render::theme::{Shared, Theme, share};
use crate::render::tree::{Make, Tree};
use crate::render::view::{ArticleView, SiteView, SystemView, feed_file};
use crate::search::collect;
use crate::search::compound::Lexicon;
use crate::search::files::{self, CORE, Frame};
use crate::search::index::{Index, Vocabulary, expand};
use crate::search::reader::Reader;

use super::memory::{Drawn, Memory};

/// All that files are made from.
pub(super) struct Stand {
    pub(super) site: Site,
    pub(super) theme: Arc<Theme>,
    /// The view as templates see it.
    pub(super) shared: Shared,
    /// Whether anything is due, ever.
    pub(super) has_due: bool,
    /// The address of the evidence of each system, if the theme asks for any.
    pub(super) evidence: Arc<[String]>,
    /// The further languages, in the order of the site's translations.
    pub(super) translations: Arc<[Translation]>,
    /// The pictures of articles.
    pub(super) pictures: Arc<Pictures>,
    /// The texts that the site was made of, so that findings in the output can name them.
    pub(super) sources: Sources,
}

/// What the pages of a further language are made from beside its texts.
pub(super) struct Translation {
    pub(super) theme: Arc<Theme>,
    /// The view as templates see it.
    pub(super) shared: Shared,
}

impl Translation {
    /// Of the part `own` of a site whose main language has the view `whole`.
    pub(super) fn new(own: &Site, theme: Arc<Theme>, main: &Site, whole: &SiteView) -> Self {
        let mut view = SiteView::of_translation(own, main, &theme.strings, whole);
        fill(&mut view, own, &theme, &|index| SystemView::of_translation(index, own, main, &theme.strings));
        let shared = share(&view);
        Self { theme, shared }
    }
}

impl Stand {
    /// The same for a site with another text.
    pub(super) fn with(&self, site: Site, shared: Shared, sources: Sources) -> Self {
        let Self { theme, has_due, evidence, translations, pictures, .. } = self;
        let (evidence, translations) = (Arc::clone(evidence), Arc::clone(translations));
        Self { site, theme: Arc::clone(theme), shared, has_due: *has_due, evidence, translations, pictures: Arc::clone(pictures), sources }
    }

    fn kit(&self) -> Kit<'_> {
        Kit { site: &self.site, main: &self.site, theme: &self.theme, view: &self.shared, pictures: &self.pictures }
    }

    /// The kit of each language, the main one first.
    fn kits(&self) -> impl Iterator<Item = Kit<'_>> {
        let further = self.site.translations.iter().zip(&*self.translations);
        std::iter::once(self.kit()).chain(further.map(|(site, own)| Kit { site, theme: &own.theme, view: &own.shared, ..self.kit() }))
    }
}

/// Puts systems, as `system` makes them, and articles into the view of a site; gives the address of the evidence of each system.
pub(super) fn fill(view: &mut SiteView, site: &Site, theme: &Theme, system: &(dyn Fn(usize) -> SystemView + Sync)) -> Vec<String> {
    let names = site.route(PageKind::Matrix).and_then(|matrix| evidence::Names::new(&view.criteria, matrix, theme));
    let system = |index| {
        let mut system = system(index);
        system.evidence = names.as_ref().map(|names| names.address(&system));
        (share(&system), system.evidence)
    };
    let (systems, addresses): (Vec<Shared>, Vec<Option<String>>) = (0..site.cards.len()).into_par_iter().map(system).unzip();
    view.systems = systems;
    view.articles = (0..site.articles.len()).into_par_iter().map(|index| share(&ArticleView::new(index, site))).collect();
    addresses.into_iter().flatten().collect()
}

/// The tree; `search` is the folder of the index of the search.
pub(super) fn tree(stand: &Arc<Stand>, search: Option<String>, drawn: &Drawn, findings: &mut Vec<Diagnostic>) -> Tree {
    let (mut tree, letters) = (Tree::default(), Arc::new(Letters::new()));
    for (at, kit) in stand.kits().enumerate() {
        for (route, kind) in kit.site.pages.iter() {
            let (owner, own_route) = (Arc::clone(stand), route.clone());
            tree.insert_later(route.file(), Box::new(move || owner.kits().nth(at).map_or_else(|| Ok(Vec::new()), |kit| render(&own_route, kind, kit))));
        }
        // A theme that shows no such images has none drawn.
        let pictured = kit.theme.asks.preview.then(|| kit.site.pages.iter());
        for (_, kind) in pictured.into_iter().flatten() {
            let image = preview(kind, kit.site, &kit.theme.strings);
            if !tree.contains_key(&image.path()) {
                let letters = Arc::clone(&letters);
                draw(&mut tree, image.path(), drawn, Box::new(move || Ok(image.png(&letters))));
            }
        }
    }
    for variant in stand.pictures.variants().cloned() {
        draw(&mut tree, variant.path.clone(), drawn, Box::new(move || variant.make()));
    }
    for (path, bytes) in stand.theme.assets.files() {
        tree.insert(path, Arc::clone(bytes));
    }
    let has_changes = stand.site.route(PageKind::Changes).is_some();
    let templates = [("sitemap.xml", true), ("robots.txt", true), ("feed.xml", !stand.site.articles.is_empty()), ("aenderungen.xml", has_changes)];
    for (template, _) in templates.into_iter().filter(|(_, wanted)| *wanted) {
        let owner = Arc::clone(stand);
        tree.insert_later(template, Box::new(move || render_data(template, 0, owner.kit()).map_err(|finding| vec![finding])));
    }
    for (index, card) in stand.site.cards.iter().enumerate() {
        let owner = Arc::clone(stand);
        let make = move || render_data("system_changes.xml", index, owner.kit()).map_err(|finding| vec![finding]);
        tree.insert_later(feed_file(card), Box::new(make));
    }
    if let Some(matrix) = stand.site.route(PageKind::Matrix) {
        for (index, address) in stand.evidence.iter().enumerate() {
            let (owner, matrix) = (Arc::clone(stand), matrix.clone());
            let make = move || evidence::script(index, &matrix, owner.kit()).map_err(|finding| vec![finding]);
            tree.insert_later(evidence::file(address), Box::new(make));
        }
    }
    if !stand.site.cards.is_empty() {
        for file in DataFile::all(&stand.site) {
            let owner = Arc::clone(stand);
            tree.insert_later(file.path(&stand.site), Box::new(move || Ok(file.make(&owner.site, &owner.theme.strings))));
        }
    }
    if let Some(folder) = search {
        let owner = Arc::clone(stand);
        tree.insert_folder(folder, Box::new(move || search_files(&owner.site, &owner.theme.strings)));
    }
    if stand.has_due {
        let owner = Arc::clone(stand);
        tree.insert_later(calendar::PATH, Box::new(move || Ok(calendar::calendar(&due(&owner.site), &owner.site, &owner.theme.strings))));
    }
    static_files(&mut tree, &stand.sources, findings);
    moved_pages(&mut tree, stand, findings);
    tree
}

/// Adds an image; what it shows is in its name, so one that was drawn before is as good as a new one.
fn draw(tree: &mut Tree, path: String, drawn: &Drawn, make: Make) {
    match drawn.get(&path) {
        Some(bytes) => tree.insert(path, Arc::clone(bytes)),
        None => tree.insert_later(path, make),
    }
}

/// The pages at old addresses.
fn moved_pages(tree: &mut Tree, stand: &Arc<Stand>, findings: &mut Vec<Diagnostic>) {
    findings.extend(moved::clashes(&stand.site.redirects, tree));
    for redirect in moved::need_pages(&stand.site.redirects, &stand.site.config.hosts) {
        let (owner, own_redirect) = (Arc::clone(stand), redirect.clone());
        let make = move || render_moved(&own_redirect, owner.kit()).map_err(|finding| vec![finding]);
        redirect.page().into_iter().for_each(|route| tree.insert_later(route.file(), Box::new(make.clone())));
    }
}

/// The address of the first file of the search's index.
pub(super) fn search_address(folder: Option<&str>) -> Option<String> {
    folder.map(|folder| format!("{ROOT}{folder}{CORE}"))
}

/// The folder of the search's index, if the site has one: named by the texts it is made from,
/// so that nothing must be indexed to know it.
pub(super) fn search_folder(memory: &mut Memory, site: &Site, sources: &Sources, strings: &Strings, drafts: bool) -> Option<String> {
    site.config.search.enabled.then(|| {
        let texts: Vec<&Source> = sources.texts.values().filter(|source| source.path.below("themes").is_none()).collect();
        let known = &mut memory.files.hashes;
        let new: Vec<&Source> = texts.iter().copied().filter(|source| !known.knows(source)).collect();
        let hashes: Vec<String> = new.par_iter().map(|source| sha256_hex(source.text.as_bytes())).collect();
        for (source, hash) in new.into_iter().zip(hashes) {
            known.learn(source, (Some(hash), Vec::new()));
        }
        let all = known.recall_all(texts, memory.keeps);
        let hashes: Vec<String> = all.into_iter().filter_map(|(source, (hash, _))| Some(format!("{} {}", source.path, hash?))).collect();
        // What a card counts as also depends on the day: findings expire.
        let places: Vec<Vec<u8>> = site.cards.iter().map(|card| collect::places(card, site)).collect();
        // So does which articles are published.
        let articles: Vec<&str> = site.articles.iter().map(|article| article.route.as_str()).collect();
        files::folder(&format!("{}\n{drafts} {articles:?} {places:?} {strings:?}", hashes.join("\n")))
    })
}

/// The index of the search; documents and words are read in parallel.
fn search_files(site: &Site, strings: &Strings) -> Vec<(String, Vec<u8>)> {
    let (documents, reader) = (collect::documents(site, strings), Reader::new(site.config.language, strings));
    // In a block: what the index is made of is larger than the index, and gone when that is written.
    let index = {
        let reads: Vec<_> = documents.par_iter().map(|document| reader.read(document)).collect();
        let vocabulary = Vocabulary::of(&reads);
        let lexicon = Lexicon::new(vocabulary.nouns(), &site.config.search.base_words);
        let expanded: Vec<_> = vocabulary.words.par_iter().map(|(word, _, _)| expand(word, reader.language, &lexicon)).collect();
        Index::build(&documents, &reads, &vocabulary, &expanded)
    };
    let (facets, synonyms) = (collect::facets(site, strings), collect::synonyms(site));
    files::write(&index, &Frame { documents: &documents, facets: &facets, synonyms: &synonyms, reader: &reader, strings })
}

/// Files of the site that are published as they are.
fn static_files(tree: &mut Tree, sources: &Sources, findings: &mut Vec<Diagnostic>) {
    for (path, bytes) in &sources.files {
        let Some(inner) = path.below("content/static") else { continue };
        if let Some(known) = clash(tree, inner) {
            let finding = Diagnostic::error(codes::SHARED_ROUTE, format!("`{path}` would be written over `{known}`"));
            findings.push(finding.at(Span { path: path.clone(), start: 0, end: 0 }).in_line(1, 1).help("rename the file"));
        } else {
            tree.insert(inner, Arc::clone(bytes));
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
    let folder = tree.folders().find(|folder| lower.starts_with(*folder));
    folder.map(str::to_owned).or_else(|| tree.paths().find(|known| hits(known)).cloned())
}
