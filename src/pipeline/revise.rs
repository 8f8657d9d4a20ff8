//! The usual case of an edit: the text of one article is another one, and nothing else changed.
//!
//! 1. the inputs are compared with those of the build that is remembered: one article differs, with nothing to find in it before and after;
//! 2. the model says whether others can depend on the difference ([`Site::revised`](crate::model::site::Site::revised));
//! 3. the view gets the article anew; the list of files and how each is made stay as they are, and what hosts are told but for the folder of
//!    the search, as a whole build would make them (a property test compares the two).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::diag::Diagnostic;
use crate::base::source::Sources;
use crate::model::marks::Marks;
use crate::model::obsolete;
use crate::parse::page;
use crate::render::hosts::Plan;
use crate::render::theme::{share, with_entry, with_field};
use crate::render::tree::Tree;
use crate::render::view::{ArticleView, Stats};

use super::memory::Memory;
use super::outputs::{self, Stand};
use super::recipe::Recipe;
use super::{Built, Request, Rest, is_article, markdown_options};

/// The last build, as far as the next can rest on it.
pub(super) struct Last {
    pub(super) request: Request,
    pub(super) stand: Arc<Stand>,
    /// What was found before any file was made.
    pub(super) findings: Vec<Diagnostic>,
    pub(super) stats: Stats,
    pub(super) marks: Marks,
    pub(super) tree: Arc<Tree>,
    /// How the tree's files are made.
    pub(super) recipes: Arc<[Recipe]>,
    pub(super) hosts: Arc<Plan>,
}

impl Last {
    /// The build that it is of.
    pub(super) fn built(&self) -> Built {
        let Self { stand, findings, stats, marks, tree, hosts, .. } = self;
        let rest = Some(Rest { tree: Arc::clone(tree), stand: Arc::clone(stand), hosts: Arc::clone(hosts) });
        let (tree, hosts, base_path) = (Some(Arc::clone(tree)), Arc::clone(hosts), stand.site.base_path());
        Built { tree, findings: findings.clone(), stats: *stats, marks: marks.clone(), base_path, hosts, rest }
    }
}

/// The build with the new text of one article; none if it takes a whole one.
pub(super) fn revise(memory: &mut Memory, sources: &Sources, request: &Request) -> Option<Built> {
    let last = memory.last.take()?;
    // A whole build remembers itself.
    let (stand, search) = revised(&last, memory, sources, request)?;
    let hosts = match (last.tree.folders().next(), search.as_deref()) {
        (Some(old), Some(new)) => Arc::new(last.hosts.renamed(old, new)),
        _ => Arc::clone(&last.hosts),
    };
    let tree = Arc::new(outputs::tree_again(&last.tree, &last.recipes, (&stand, &hosts), search.as_deref()));
    let last = Last { stand, tree, hosts, ..last };
    let built = last.built();
    memory.last = Some(last);
    Some(built)
}

fn revised(last: &Last, memory: &mut Memory, sources: &Sources, request: &Request) -> Option<(Arc<Stand>, Option<String>)> {
    let stand = &last.stand;
    let source = stand.sources.only_change(sources).filter(|source| is_article(&source.path))?;
    let is_quiet = |finding: &Diagnostic| finding.span.as_ref().is_none_or(|span| span.path != source.path);
    if last.request != *request || !last.findings.iter().all(is_quiet) {
        return None;
    }
    let (config, strings) = (&stand.site.config, &stand.theme.strings);
    let (read, found) = page::read(source, &markdown_options(strings, config.language.code(), config.markdown.raw_html));
    let page = read.filter(|_| found.is_empty())?;
    let law = sources.text("content/law.yaml").and_then(|law| memory.files.law.recall(law, true).0);
    let alone = Sources { texts: BTreeMap::from([(source.path.clone(), source.clone())]), ..Sources::default() };
    if law.is_some_and(|law| !obsolete::check(&alone, &law.obsolete, strings.get("law.past"), request.today).is_empty()) {
        return None;
    }
    let (index, site) = stand.site.revised(page.clone(), source)?;
    memory.files.articles.learn(source, (Some(page), Vec::new()));
    let search = outputs::search_folder(memory, &site, sources, strings, request.drafts);
    let shared = with_entry(&stand.shared, "articles", index, share(&ArticleView::new(index, &site)));
    let shared = with_field(&shared, "search", share(&outputs::search_address(search.as_deref())));
    Some((Arc::new(stand.with(site, shared, sources.clone())), search))
}
