//! What a page owes to readers who do not see it: a language, an outline, words for images.

use crate::base::codes;
use crate::base::diag::Diagnostic;

use super::{Noted, Tag, at};

/// What was seen of a page so far.
#[derive(Debug, Default)]
pub(super) struct Outline {
    has_language: bool,
    /// The level of the last heading.
    last: u8,
    has_title: bool,
    findings: Vec<Noted>,
}

impl Outline {
    /// Looks at a start tag.
    pub(super) fn tag(&mut self, tag: &Tag<'_>, path: &str) {
        let get = |wanted: &str| tag.attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_ref());
        match tag.name {
            "html" => self.has_language |= get("lang").is_some_and(|lang| !lang.trim().is_empty()),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(tag.name, get("id").unwrap_or_default(), tag.line, path),
            "img" | "area" | "input" => {
                let is_image = match tag.name {
                    "area" => get("href").is_some(),
                    "input" => get("type").is_some_and(|kind| kind.eq_ignore_ascii_case("image")),
                    _ => true,
                };
                if is_image && get("alt").is_none() {
                    let finding = Diagnostic::error(codes::IMAGE_WITHOUT_TEXT, format!("`<{}>` has no `alt`", tag.name));
                    let needle = get("src").or(get("href")).unwrap_or_default();
                    self.note(at(path, tag.line, finding).help("say in `alt` what the image shows, or write `alt=\"\"` if it only decorates"), needle);
                }
            }
            _ => {}
        }
    }

    fn heading(&mut self, name: &str, id: &str, line: u64, path: &str) {
        let level = name.as_bytes()[1] - b'0';
        let message = match (level, self.last) {
            (1, _) if self.has_title => Some("a second heading of level 1".to_owned()),
            (1, _) => None,
            (_, 0) => Some(format!("the first heading has level {level}")),
            (_, last) if level > last + 1 => Some(format!("a heading of level {level} follows one of level {last}")),
            _ => None,
        };
        self.has_title |= level == 1;
        self.last = level;
        if let Some(message) = message {
            let finding = Diagnostic::warning(codes::HEADING_ORDER, message);
            let needle = if id.is_empty() { String::new() } else { format!("id=\"{id}\"") };
            self.note(at(path, line, finding).help("start with one heading of level 1, and go down one level at a time"), &needle);
        }
    }

    fn note(&mut self, finding: Diagnostic, needle: &str) {
        self.findings.push(Noted { finding, needle: needle.to_owned() });
    }

    /// What is wrong, now that the page is read to its end.
    pub(super) fn finish(mut self, path: &str) -> Vec<Noted> {
        if !self.has_language {
            let finding = Diagnostic::error(codes::NO_LANGUAGE, "the page does not say its language");
            self.note(at(path, 1, finding).help("write `<html lang=\"…\">` in the template"), "<html");
        }
        self.findings
    }
}
