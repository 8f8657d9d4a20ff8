//! The usual case of an edit: the text of one article is another one, and nothing else changed.
//!
//! 1. the inputs are compared with those of the build that is remembered: one article differs, with nothing to find in it before and after;
//! 2. the model says whether others can depend on the difference ([`Site::revised`](crate::model::site::Site::revised));
//! 3. the view gets the article anew, and everything that files are made from is as a whole build would make it
//!    (a property test compares the two).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::diag::Diagnostic;
use crate::base::source::{Source, Sources};
use crate::model::marks::Marks;
use crate::model::obsolete;
use crate::parse::page;
use crate::render::theme::{share, with_entry, with_field};
use crate::render::view::{ArticleView, Stats};

use super::memory::Memory;
use super::outputs::{self, Stand};
use super::{Built, Request, assemble, is_article, markdown_options};

/// The last build, as far as the next can rest on it.
pub(super) struct Last {
    pub(super) request: Request,
    /// content/site.yaml
    pub(super) config: Source,
    pub(super) stand: Arc<Stand>,
    /// What was found while reading and joining.
    pub(super) findings: Vec<Diagnostic>,
    pub(super) stats: Stats,
    pub(super) marks: Marks,
}

/// The build with the new text of one article; none if it takes a whole one.
pub(super) fn revise(memory: &mut Memory, sources: &Sources, request: &Request) -> Option<Built> {
    let last = memory.last.take()?;
    let revised = revised(&last, memory, sources, request);
    // A whole build remembers itself.
    let (stand, search) = revised?;
    let last = Last { stand: Arc::clone(&stand), ..last };
    let built = assemble(&last, search, &memory.drawn);
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
