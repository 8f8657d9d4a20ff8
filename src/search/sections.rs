//! An article's text, cut at its headings.
//!
//! Tags are taken out of the finished HTML; footnotes, their numbers and what directives print are left out.

use crate::model::prose::Prose;
use crate::parse::document::{Heading, Piece};

/// Elements that stand inside a line: their borders are no gap between words.
const INLINE: [&str; 14] = ["a", "em", "strong", "code", "span", "abbr", "del", "s", "sub", "mark", "q", "b", "i", "wbr"];

/// What stands under a heading, or above the first one.
#[derive(Debug)]
pub struct Section<'a> {
    /// The heading.
    pub heading: Option<&'a Heading>,
    /// The visible text with single blanks between the words.
    pub text: String,
}

/// The sections of a text; the first has no heading.
pub fn sections(prose: &Prose) -> Vec<Section<'_>> {
    let document = &prose.document;
    let mut writer = Writer { sections: vec![Section { heading: None, text: String::new() }], in_tag: false, tag: String::new(), hidden: None, gap: false };
    let mut headings = document.headings.iter().peekable();
    for piece in document.pieces.iter() {
        match piece {
            Piece::Id("footnotes") if headings.peek().is_none() => break,
            Piece::Id(id) => {
                if let Some(heading) = headings.next_if(|heading| heading.id == id) {
                    writer.sections.push(Section { heading: Some(heading), text: String::new() });
                    writer.hidden = Some(format!("/h{}", heading.level));
                    writer.gap = false;
                }
            }
            Piece::Html(html) => writer.html(html),
            Piece::Url(_) | Piece::Directive(_) => {}
        }
    }
    writer.sections
}

struct Writer<'a> {
    sections: Vec<Section<'a>>,
    in_tag: bool,
    tag: String,
    /// Text is left out until this tag.
    hidden: Option<String>,
    /// Whether a blank is due before the next word.
    gap: bool,
}

impl Writer<'_> {
    fn html(&mut self, html: &str) {
        let mut rest = html;
        while !rest.is_empty() {
            if self.in_tag {
                let end = rest.find('>');
                self.tag.push_str(&rest[..end.unwrap_or(rest.len())]);
                rest = end.map_or("", |end| &rest[end + 1..]);
                if end.is_some() {
                    self.in_tag = false;
                    self.end_tag();
                }
            } else {
                let end = rest.find('<').unwrap_or(rest.len());
                if self.hidden.is_none() {
                    self.text(&rest[..end]);
                }
                self.in_tag = end < rest.len();
                rest = rest.get(end + 1..).unwrap_or_default();
            }
        }
    }

    fn end_tag(&mut self) {
        let name = self.tag.split([' ', '\n']).next().unwrap_or_default();
        if self.hidden.as_deref() == Some(name) {
            self.hidden = None;
        } else if name == "sup" {
            self.hidden = Some("/sup".to_owned());
        }
        self.gap |= !INLINE.contains(&name.trim_start_matches('/')) && !name.ends_with("sup");
        self.tag.clear();
    }

    fn text(&mut self, html: &str) {
        let Some(section) = self.sections.last_mut() else { return };
        for (at, word) in html.split(|c: char| c.is_ascii_whitespace()).enumerate() {
            self.gap |= at > 0;
            if word.is_empty() {
                continue;
            }
            if self.gap && !section.text.is_empty() {
                section.text.push(' ');
            }
            self.gap = false;
            if word.contains('&') {
                section.text.push_str(&word.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"));
            } else {
                section.text.push_str(word);
            }
        }
    }
}
