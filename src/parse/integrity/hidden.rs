//! Raw HTML and classes that hide text from readers.

use std::ops::Range;

use crate::base::codes;
use crate::parse::place::Report;

/// Names of classes that hide what they stand on, here and in common style sheets.
const HIDING: [&str; 8] = ["vh", "nl-trap", "sprite", "hidden", "sr-only", "visually-hidden", "screen-reader-text", "d-none"];

/// The stretches of HTML: tags and comments with their brackets, and the text between them.
pub(super) fn parts(html: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let rest = &html[at..];
        let length = if rest.starts_with('<') { tag_length(rest) } else { rest.find('<').unwrap_or(rest.len()) };
        parts.push(at..at + length);
        at += length;
    }
    parts
}

/// The length of the tag that a text starts with; a bracket within quotes does not end it.
fn tag_length(text: &str) -> usize {
    if text.starts_with("<!--") {
        return text.find("-->").map_or(text.len(), |end| end + 3);
    }
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match quote {
            Some(open) if open == c => quote = None,
            None if c == '>' => return at + 1,
            None if c == '"' || c == '\'' => quote = Some(c),
            _ => {}
        }
    }
    text.len()
}

/// The name that a tag starts with, in small letters.
pub(super) fn name(tag: &str) -> String {
    tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>().to_ascii_lowercase()
}

/// The attributes of a tag: names in small letters, values as they stand there.
fn attributes(tag: &str) -> Vec<(String, String)> {
    let inside = tag.trim_start_matches('<').trim_end_matches(['>', '/']);
    let mut rest = inside.trim_start_matches(|c: char| !c.is_whitespace() && c != '/');
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '/').unwrap_or(rest.len());
        if end == 0 {
            return found;
        }
        let attribute = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let Some(value) = rest.strip_prefix('=').map(str::trim_start) else {
            found.push((attribute, String::new()));
            continue;
        };
        let quoted = value.chars().next().filter(|c| *c == '"' || *c == '\'');
        let (value, after) = match quoted {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        found.push((attribute, value.to_owned()));
        rest = after;
    }
}

/// Whether a tag has an attribute.
pub(super) fn has(tag: &str, wanted: &str) -> bool {
    attributes(tag).iter().any(|(name, _)| name == wanted)
}

/// Reports a tag that hides what is in it.
pub(super) fn check(tag: &str, range: &Range<usize>, report: &mut Report<'_>) {
    if tag.starts_with("<!") || tag.starts_with("</") {
        return;
    }
    for (name, value) in attributes(tag) {
        let value = value.to_ascii_lowercase();
        let hides = match name.as_str() {
            "hidden" | "inert" => true,
            "aria-hidden" => value != "false",
            "class" => value.split_whitespace().any(|class| HIDING.contains(&class)),
            "style" => ["display", "visibility", "opacity", "font-size", "text-indent", "clip", "position", "color"].iter().any(|hint| value.contains(hint)),
            _ => false,
        };
        if hides {
            report.error(codes::HIDDEN_TEXT, range, format!("`{name}` hides text from readers"), "show the text, or remove it");
        }
    }
}

/// Reports classes of a heading that hide it.
pub(in crate::parse) fn check_classes(classes: &str, range: &Range<usize>, report: &mut Report<'_>) {
    for class in classes.split_whitespace().filter(|class| HIDING.contains(class)) {
        report.error(codes::HIDDEN_TEXT, range, format!("the class `{class}` hides the heading from readers"), "remove the class");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_however_they_are_written() {
        for (tag, expected) in [
            ("<p hidden>", &[("hidden", "")][..]),
            ("<P  HIDDEN = 'a > b' class=x y=\"z\"/>", &[("hidden", "a > b"), ("class", "x"), ("y", "z")]),
            ("<p/hidden>", &[("hidden", "")]),
            ("<p>", &[]),
            ("<p class=\"a", &[("class", "a")]),
        ] {
            let found = attributes(tag);
            assert_eq!(found.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>(), expected, "{tag}");
        }
        let html = "a<b c=\">\">d</b><!-- <e> -->f";
        assert_eq!(parts(html).into_iter().map(|part| &html[part]).collect::<Vec<_>>(), ["a", "<b c=\">\">", "d", "</b>", "<!-- <e> -->", "f"]);
    }
}
