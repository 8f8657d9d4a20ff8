//! Placeholders `[[…]]`: what somebody must still fill in.

use std::ops::Range;

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::seek;
use crate::base::source::{Source, Sources};
use crate::parse::config::Stage;

/// The places of all placeholders in a text.
pub fn find(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let open = at + seek::row(b"[[", &text.as_bytes()[at..])?;
            let end = open + seek::row(b"]]", &text.as_bytes()[open..])? + 2;
            // The innermost opening counts: an earlier one belongs to something else.
            let start = open + text[open..end].rfind("[[").unwrap_or(0);
            let inner = &text[start + 2..end - 2];
            // A placeholder is a short remark on one line, not a nested list of YAML.
            if inner.is_empty() || inner.contains('\n') {
                at = start + 2;
            } else {
                at = end;
                return Some(start..end);
            }
        }
    })
}

/// Reports every placeholder of the editor's files: a remark in a demo, an error on a live site.
pub fn check(sources: &Sources, stage: Stage) -> Vec<Diagnostic> {
    let edited = sources.texts.values().filter(|source| source.path.below("content").is_some() || source.path.below("vendors").is_some());
    edited.flat_map(|source| find(&source.text).map(move |range| finding(source, range, stage))).collect()
}

fn finding(source: &Source, range: Range<usize>, stage: Stage) -> Diagnostic {
    let text = &source.text[range.clone()];
    let finding = match stage {
        Stage::Demo => Diagnostic::note(codes::PLACEHOLDER, format!("the placeholder `{text}` is open")),
        Stage::Live => Diagnostic::error(codes::PLACEHOLDER, format!("the placeholder `{text}` is open")),
    };
    finding.at(source.span(range)).help("fill it in before the site goes live")
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_short_marks_on_one_line_are_placeholders() {
        for (text, found) in
            [("a [[Name]] b [[Ort]]", 2), ("[[a\nb]]", 0), ("[[]]", 0), ("[[offen", 0), ("[1](x)", 0), ("`[[ -f x`\n\n[[Offen]]", 1), ("[[[Name]]]", 1)]
        {
            assert_eq!(super::find(text).count(), found, "{text:?}");
        }
    }
}
