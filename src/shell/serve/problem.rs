//! What is wrong, as HTML: the same findings as in the terminal, with their source lines.
//!
//! Pure. Everything that comes from a file is escaped. The block brings its own style
//! sheet into a shadow root, so that no theme can hide it.

use std::fmt::Write;

use crate::base::diag::{Diagnostic, Severity};
use crate::base::source::Sources;
use crate::render::body::escape;

use super::super::report::{self, Format};

/// Most findings that are listed; the terminal has them all.
const MAX_FINDINGS: usize = 100;

/// The words of the block.
struct Words {
    title: &'static str,
    last_good: &'static str,
    no_site: &'static str,
    show: &'static str,
    more: &'static str,
}

const GERMAN: Words = Words {
    title: "Die Dateien haben Fehler",
    last_good: "Dahinter steht der letzte fehlerfreie Stand. Die Meldung verschwindet von selbst, sobald die Dateien stimmen.",
    no_site: "Einen fehlerfreien Stand gab es noch nicht. Die Seite erscheint von selbst, sobald die Dateien stimmen.",
    show: "Letzten guten Stand ansehen",
    more: "Weitere Meldungen stehen im Terminal.",
};

const ENGLISH: Words = Words {
    title: "The files have errors",
    last_good: "The last good site is behind this message, which goes away by itself when the files are right again.",
    no_site: "There was no good site yet. It appears by itself when the files are right.",
    show: "Show the last good site",
    more: "There are more findings in the terminal.",
};

/// The language of the site, as far as its configuration can be read.
fn words(sources: &Sources) -> &'static Words {
    let is_english = sources.text("content/site.yaml").is_some_and(|source| source.text.lines().any(|line| line.trim_end() == "language: en"));
    if is_english { &ENGLISH } else { &GERMAN }
}

/// The findings as a block of HTML; errors first.
pub(super) fn of_findings(findings: &[Diagnostic], sources: &Sources, has_site: bool) -> String {
    let mut shown: Vec<&Diagnostic> = findings.iter().filter(|finding| finding.severity != Severity::Note).collect();
    shown.sort_by_key(|finding| finding.severity);
    let mut items = String::new();
    for finding in shown.iter().take(MAX_FINDINGS) {
        let text = report::render(std::slice::from_ref(*finding), sources, Format::Human, false);
        let _ = write!(items, "<li class=\"{}\"><pre tabindex=\"0\">{}</pre></li>", finding.severity.word(), escape(text.trim_end()));
    }
    let rest = shown.len() > MAX_FINDINGS;
    block(&items, rest, words(sources), has_site)
}

/// A message about the whole project.
pub(super) fn of_message(message: &str, has_site: bool) -> String {
    block(&format!("<li class=\"error\"><pre tabindex=\"0\">error: {}</pre></li>", escape(message)), false, &GERMAN, has_site)
}

fn block(items: &str, rest: bool, words: &Words, has_site: bool) -> String {
    let Words { title, last_good, no_site, show, more } = words;
    let about = if has_site { last_good } else { no_site };
    let more = if rest { format!("<p>{more}</p>") } else { String::new() };
    let summary = if has_site {
        format!("<summary><span class=\"title\">{title}</span> <span class=\"show\">{show}</span></summary>")
    } else {
        format!("<summary class=\"title\">{title}</summary>")
    };
    format!("<details open class=\"problem\" role=\"alert\">{summary}<div class=\"body\"><p>{about}</p><ul>{items}</ul>{more}</div></details>")
}

/// The block around `problem` that stands on a page; `style` is the address of its style sheet.
pub(super) fn on_page(problem: &str, style: &str) -> String {
    format!("<div data-preview-problem><template shadowrootmode=\"open\"><link rel=\"stylesheet\" href=\"{style}\">{problem}</template></div>")
}

/// A page that has nothing else to show.
pub(super) fn page(problem: &str, style: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"de\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>leitfaden serve</title>\n</head>\n<body>{}</body>\n</html>\n",
        on_page(problem, style)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::codes;
    use crate::base::path::SitePath;

    #[test]
    fn findings_come_with_their_lines_and_escaped() {
        let mut sources = Sources::default();
        sources.add(SitePath::parse("content/a.md").unwrap(), b"---\ntitle: <script>alert(1)</script>\n".to_vec());
        let span = sources.text("content/a.md").unwrap().span(11..19);
        let note = Diagnostic::note(codes::NO_PAGES, "only a note");
        let warning = Diagnostic::warning(codes::NO_PAGES, "a warning").at(span.clone());
        let error = Diagnostic::error(codes::NO_PAGES, "an <b>error</b>").at(span);
        let html = of_findings(&[note, warning, error], &sources, true);
        assert!(
            html.contains("an &lt;b&gt;error&lt;/b&gt;") && html.contains("content/a.md:2:8") && html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"),
            "{html}"
        );
        assert!(!html.contains("<script") && !html.contains("only a note"));
        assert!(html.find("class=\"error\"") < html.find("class=\"warning\""), "errors stand first");
        assert!(html.contains("Letzten guten Stand ansehen"));
        assert!(!of_findings(&[], &sources, false).contains("Letzten guten Stand"));
    }
}
