//! Prose → HTML: the pieces of a document in a row, holes filled in.

use crate::model::placeholder;
use crate::model::prose::Prose;
use crate::parse::document::{Directive, Piece};

/// Escapes text for HTML content and double-quoted attributes.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        escaped.push_str(&text[done..at]);
        escaped.push_str(entity);
        done = at + 1;
    }
    escaped.push_str(&text[done..]);
    escaped
}

/// Marks every placeholder `[[…]]` of an HTML text so that nobody takes it for real.
pub fn mark_placeholders(html: &str) -> String {
    mark_after("", html)
}

/// The same for a text that continues `before`: inside a tag there can be no mark.
fn mark_after(before: &str, html: &str) -> String {
    let mut marked = String::with_capacity(html.len());
    let mut at = 0;
    for range in placeholder::find(html) {
        marked.push_str(&html[at..range.start]);
        let inner = &html[range.start + 2..range.end - 2];
        if is_inside_tag(before, &html[..range.start]) {
            marked.push_str(inner);
        } else {
            marked.push_str("<mark class=\"placeholder\">");
            marked.push_str(inner);
            marked.push_str("</mark>");
        }
        at = range.end;
    }
    marked.push_str(&html[at..]);
    marked
}

/// Whether a tag is open at the end of `before` and `html`; our HTML escapes both brackets elsewhere.
fn is_inside_tag(before: &str, html: &str) -> bool {
    match (html.rfind('<'), html.rfind('>')) {
        (None, None) => before.rfind('<') > before.rfind('>'),
        (open, close) => open > close,
    }
}

/// The HTML of a text without directives.
///
/// One in another language than its page says so.
pub fn html(prose: &Prose) -> String {
    let html = with_directives(prose, "", &mut |_| String::new());
    match prose.language {
        Some(language) => format!("<span lang=\"{}\">{html}</span>", language.code()),
        None => html,
    }
}

/// The HTML of a text; ids and links to them start with `prefix`, so that several
/// texts can stand on one page; `directive` renders what stands for a component.
pub fn with_directives(prose: &Prose, prefix: &str, directive: &mut dyn FnMut(&Directive) -> String) -> String {
    let length = |piece| if let Piece::Html(text) = piece { text.len() } else { 0 };
    let mut html = String::with_capacity(prose.document.pieces.iter().map(length).sum());
    for piece in prose.document.pieces.iter() {
        match piece {
            Piece::Html(text) if text.contains("[[") => {
                let marked = mark_after(&html, text);
                html.push_str(&marked);
            }
            Piece::Html(text) => html.push_str(text),
            Piece::Id(id) => {
                html.push_str(prefix);
                html.push_str(id);
            }
            Piece::Url(index) => match prose.urls[index].strip_prefix('#') {
                Some(anchor) => {
                    html.push('#');
                    html.push_str(prefix);
                    html.push_str(&escape(anchor));
                }
                None => html.push_str(&escape(&prose.urls[index])),
            },
            Piece::Directive(index) => html.push_str(&directive(&prose.document.directives[index])),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_marked_and_attributes_escaped() {
        assert_eq!(mark_placeholders("a [[Name]] b"), "a <mark class=\"placeholder\">Name</mark> b");
        assert_eq!(mark_placeholders("<img alt=\"[[Name]]\">[[Ort]]"), "<img alt=\"Name\"><mark class=\"placeholder\">Ort</mark>");
        assert_eq!(mark_after("<img src=\"x\" ", "alt=\"[[Name]]\">"), "alt=\"Name\">");
        assert_eq!(escape("\"<a&b>\""), "&quot;&lt;a&amp;b&gt;&quot;");
    }
}
