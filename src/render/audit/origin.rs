//! Where a finding of the output comes from: the text or template that an editor can mend.
//!
//! The output does not know what it was made of. So the words that a finding is about are
//! looked for: in the page's own text, in all that editors write, in the templates. What is
//! found nowhere keeps its place in the output.

use crate::base::diag::Diagnostic;
use crate::base::path::{Route, SitePath};
use crate::base::seek;
use crate::base::source::{Source, Sources, Span, line_column};
use crate::model::pages::PageKind;
use crate::model::site::Site;
use crate::render::theme::Theme;

use super::Noted;

/// Gives a finding on a page the place it comes from.
pub fn of_page(noted: Noted, site: &Site, sources: &Sources, theme: &Theme) -> Diagnostic {
    let Noted { finding, needle } = noted;
    let Some(page) = finding.span.as_ref().map(|span| span.path.clone()) else { return finding };
    if needle.is_empty() {
        return finding;
    }
    let own = own_source(page.as_str(), site);
    let heading = own.and_then(|(source, article)| {
        Some((source, article?.body.document.headings.iter().find(|heading| needle == format!("id=\"{}\"", heading.id))?.range.clone()))
    });
    let edited = sources.texts.values().filter(|source| source.path.below("content").is_some() || source.path.below("vendors").is_some());
    let found = heading.or_else(|| {
        let mut all = own.map(|(source, _)| source).into_iter().chain(edited);
        all.find_map(|source| seek::row(needle.as_bytes(), source.text.as_bytes()).map(|at| (source, at..at + needle.len())))
    });
    if let Some((source, range)) = found {
        let line = finding.line_column.map_or(1, |(line, _)| line);
        return Diagnostic { line_column: None, ..finding.at(source.span(range)) }.help(format!("it shows on `{page}`, line {line}"));
    }
    match theme.find(&needle) {
        Some((path, line, column)) => finding.at(Span { path, start: 0, end: 0 }).in_line(line, column),
        None => finding,
    }
}

/// The text that a page is made of, if it is one.
fn own_source<'a>(page: &str, site: &'a Site) -> Option<(&'a Source, Option<&'a crate::model::site::Article>)> {
    let route = Route::parse(page.strip_suffix("index.html").unwrap_or(page)).ok()?;
    let (site, kind) = site.languages().find_map(|site| Some((site, site.pages.get(&route)?)))?;
    match kind {
        PageKind::Article(index) => site.articles.get(index).map(|article| (&article.source, Some(&**article))),
        PageKind::System(index) => site.cards.get(index).map(|card| (&card.source, None)),
        kind => site.intros.get(&kind).map(|article| (&article.source, Some(article))),
    }
}

/// Gives a finding in a file that is no page the place of that file: in content/static, or in the theme.
pub fn of_file(finding: Diagnostic, sources: &Sources, theme: &Theme) -> Diagnostic {
    let Some(path) = finding.span.as_ref().map(|span| span.path.clone()) else { return finding };
    let place = match SitePath::parse(&format!("content/static/{path}")) {
        Ok(own) if sources.files.contains_key(&own) => Some(own),
        _ => theme.origin(path.as_str()),
    };
    let line_column = finding.line_column;
    match place {
        Some(path) => Diagnostic { line_column, ..finding.at(Span { path, start: 0, end: 0 }) },
        None => finding,
    }
}

/// Line and column of words in a text.
pub(in crate::render) fn place_in(text: &str, needle: &str) -> Option<(usize, usize)> {
    text.find(needle).map(|at| line_column(text, at))
}
