//! Everything a site amounts to, as a tree whose files are made when somebody asks for them.

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::hash::sha256_hex;
use crate::base::source::{Source, Sources, Span};
use crate::model::pages::PageKind;
use crate::model::prose::ROOT;
use crate::model::site::Site;
use crate::parse::strings::Strings;
use crate::render::calendar;
use crate::render::data::DataFile;
use crate::render::evidence;
use crate::render::hosts::{Plan, moved};
use crate::render::page::{Kit, preview};
use crate::render::pictures::Pictures;
use crate::render::theme::{Shared, Theme, share};
use crate::render::tree::Tree;
use crate::render::view::{ArticleView, SiteView, SystemView, feed_file};
use crate::search::collect;
use crate::search::compound::Lexicon;
use crate::search::files::{self, CORE, Frame};
use crate::search::index::{Index, Vocabulary, expand};
use crate::search::reader::Reader;

use super::memory::{Drawn, Memory};
use super::recipe::{Kitchen, Recipe};

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

    pub(super) fn kit(&self) -> Kit<'_> {
        Kit { site: &self.site, main: &self.site, theme: &self.theme, view: &self.shared, pictures: &self.pictures }
    }

    /// The kit of a language, counted from the main one.
    pub(super) fn kit_of(&self, language: usize) -> Option<Kit<'_>> {
        self.kits().nth(language)
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

/// The files of the site, and how those that are made later are made.
#[derive(Default)]
pub(super) struct List {
    pub(super) tree: Tree,
    recipes: Vec<Recipe>,
}

impl List {
    fn add(&mut self, path: impl Into<String>, recipe: Recipe) {
        self.tree.insert_later(path, self.recipes.len());
        self.recipes.push(recipe);
    }

    /// Adds an image; what it shows is in its name, so one that was drawn before is as good as a new one.
    fn draw(&mut self, path: String, drawn: &Drawn, recipe: Recipe) {
        match drawn.get(&path) {
            Some(bytes) => self.tree.insert(path, Arc::clone(bytes)),
            None => self.add(path, recipe),
        }
    }

    /// Adds the files for hosts; gives the tree and its recipes.
    pub(super) fn finish(mut self, stand: &Arc<Stand>, hosts: &Arc<Plan>) -> (Tree, Arc<[Recipe]>) {
        hosts.files().keys().for_each(|path| self.add(path, Recipe::Host(path.clone())));
        let recipes: Arc<[Recipe]> = self.recipes.into();
        (self.tree.made_by(Arc::new(Kitchen::new(stand, hosts, &recipes))), recipes)
    }
}

/// All files but those for hosts; `search` is the folder of the index of the search.
pub(super) fn list(stand: &Arc<Stand>, search: Option<&str>, drawn: &Drawn, findings: &mut Vec<Diagnostic>) -> List {
    let mut list = List::default();
    for (language, kit) in stand.kits().enumerate() {
        for (route, kind) in kit.site.pages.iter() {
            list.add(route.file(), Recipe::Page(language, route.clone(), kind));
        }
        // A theme that shows no such images has none drawn.
        let pictured = kit.theme.asks.preview.then(|| kit.site.pages.iter());
        for (_, kind) in pictured.into_iter().flatten() {
            let path = preview(kind, kit.site, &kit.theme.strings).path();
            if !list.tree.contains_key(&path) {
                list.draw(path, drawn, Recipe::Image(language, kind));
            }
        }
    }
    for (place, variant) in stand.pictures.variants().enumerate() {
        list.draw(variant.path.clone(), drawn, Recipe::Picture(place));
    }
    for (path, bytes) in stand.theme.assets.files() {
        list.tree.insert(path, Arc::clone(bytes));
    }
    let has_changes = stand.site.route(PageKind::Changes).is_some();
    let templates = [("sitemap.xml", true), ("robots.txt", true), ("feed.xml", !stand.site.articles.is_empty()), ("aenderungen.xml", has_changes)];
    for (template, _) in templates.into_iter().filter(|(_, wanted)| *wanted) {
        list.add(template, Recipe::Data(template, 0));
    }
    for (index, card) in stand.site.cards.iter().enumerate() {
        list.add(feed_file(card), Recipe::Data("system_changes.xml", index));
    }
    for (index, address) in stand.evidence.iter().enumerate() {
        list.add(evidence::file(address), Recipe::Evidence(index));
    }
    if !stand.site.cards.is_empty() {
        DataFile::all(&stand.site).for_each(|file| list.add(file.path(&stand.site), Recipe::Api(file)));
    }
    if stand.has_due {
        list.add(calendar::PATH, Recipe::Calendar);
    }
    add_search(&mut list.tree, search, stand);
    static_files(&mut list.tree, &stand.sources, findings);
    findings.extend(moved::clashes(&stand.site.redirects, &list.tree));
    for redirect in moved::need_pages(&stand.site.redirects, &stand.site.config.hosts) {
        redirect.page().into_iter().for_each(|route| list.add(route.file(), Recipe::Moved(redirect.clone())));
    }
    list
}

/// The tree after an edit that leaves all addresses as they are but that of the search.
pub(super) fn tree_again(last: &Tree, recipes: &Arc<[Recipe]>, (stand, hosts): (&Arc<Stand>, &Arc<Plan>), search: Option<&str>) -> Tree {
    let mut tree = last.files_alone();
    add_search(&mut tree, search, stand);
    tree.made_by(Arc::new(Kitchen::new(stand, hosts, recipes)))
}

fn add_search(tree: &mut Tree, folder: Option<&str>, stand: &Arc<Stand>) {
    if let Some(folder) = folder {
        let owner = Arc::clone(stand);
        tree.insert_folder(folder, Box::new(move || search_files(&owner.site, &owner.theme.strings)));
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
