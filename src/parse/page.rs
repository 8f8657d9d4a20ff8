//! `content/**/*.md`: front matter and body of an article.
//!
//! 1. [`split`] finds the two `---` lines;
//! 2. [`read`] reads the YAML between them and the Markdown after them.

use std::ops::Range;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::at::At;
use super::config::Language;
use super::document::Document;
use super::integrity;
use super::markdown::{self, Options};
use super::scalar::{Date, Slug};
use super::vendor::SourceRef;
use crate::base::codes::{self, Letter};
use crate::base::date::Day;
use crate::base::diag::Diagnostic;
use crate::base::path::SitePath;
use crate::base::source::Source;

/// Front matter.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Article front matter")]
pub struct FrontMatter {
    /// The title: the page's only heading of level 1.
    pub title: At<String>,
    /// One or two sentences for lists and search engines.
    #[serde(default)]
    pub description: Option<At<String>>,
    /// The last part of the address, if not the file's name.
    #[serde(default)]
    pub slug: Option<At<Slug>>,
    /// First published; a day that has not come yet keeps the article back until then.
    #[serde(default)]
    pub date: Option<At<Date>>,
    /// Last changed in substance.
    #[serde(default)]
    pub updated: Option<At<Date>>,
    /// To be looked at again by.
    #[serde(default)]
    pub review_by: Option<At<Date>>,
    /// Not published yet.
    #[serde(default)]
    pub draft: bool,
    /// Topics.
    #[serde(default)]
    pub tags: Vec<At<String>>,
    /// Place in lists: small first.
    #[serde(default)]
    pub weight: i64,
    /// Old addresses that lead here.
    #[serde(default)]
    pub aliases: Vec<At<String>>,
    /// Whether there is a table of contents.
    #[serde(default = "yes")]
    pub toc: bool,
    /// Another template of the theme.
    #[serde(default)]
    pub template: Option<At<String>>,
    /// Sources of the article as a whole.
    #[serde(default)]
    pub sources: Vec<SourceRef>,
    /// `false`: reached by links only, not in lists, feed and print.
    #[serde(default = "yes")]
    pub listed: bool,
    /// How much the search favours it: 1 is normal.
    #[serde(default)]
    pub search_weight: Option<u32>,
}

impl FrontMatter {
    /// When the article changed last in substance, if that is known.
    pub fn changed(&self) -> Option<Day> {
        self.updated.as_ref().or(self.date.as_ref()).map(|date| date.value.0)
    }
}

fn yes() -> bool {
    true
}

/// An article as read from its file.
#[derive(Clone, Debug)]
pub struct Page {
    /// Front matter.
    pub front: Arc<FrontMatter>,
    /// The body.
    pub body: Arc<Document>,
}

/// Reads an article.
pub fn read(source: &Source, options: &Options<'_>) -> (Option<Page>, Vec<Diagnostic>) {
    let (yaml, body) = match split(&source.text) {
        Ok(ranges) => ranges,
        Err((message, at)) => {
            let finding =
                Diagnostic::error(codes::NO_FRONT_MATTER, message).at(source.span(at)).help("start the file with `---`, a line `title: …`, and a second `---`");
            return (None, vec![finding]);
        }
    };
    let (front, mut findings) = super::load::<FrontMatter>(source, yaml, Letter::Article);
    let (body, found) = markdown::read(source, body, options);
    findings.extend(found);
    findings.extend(integrity::invisible::check(source));
    (front.map(|front| Page { front: Arc::new(front), body: Arc::new(body) }), findings)
}

/// Whether two texts differ in their bodies at most.
pub fn is_same_front(one: &str, other: &str) -> bool {
    let front = |text| split(text).ok().map(|(_, body)| &text[..body.start]);
    front(one).is_some_and(|own| front(other) == Some(own))
}

/// The language in a file's name: `name.en.md` is the translation of `name.md`.
pub fn language_of(path: &SitePath) -> Option<Language> {
    Language::of_code(path.stem().rsplit_once('.')?.1)
}

/// The path below `content` without that language: the same for a text and its translations.
pub fn untranslated(path: &SitePath) -> String {
    let below = path.below("content").unwrap_or_default();
    let stem = language_of(path).and_then(|language| below.strip_suffix(&format!(".{}.md", language.code())));
    stem.map_or_else(|| below.to_owned(), |stem| format!("{stem}.md"))
}

/// What is wrong with the two lines, and where.
type SplitFault = (&'static str, Range<usize>);

/// The ranges of the YAML and of the body.
fn split(text: &str) -> Result<(Range<usize>, Range<usize>), SplitFault> {
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    if first.trim_end() != "---" {
        return Err(("the article has no front matter", 0..first.trim_end().len()));
    }
    let mut at = first.len();
    for line in text[first.len()..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Ok((first.len()..at, at + line.len()..text.len()));
        }
        at += line.len();
    }
    Err(("the front matter is not closed", 0..3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_stands_between_two_lines() {
        assert_eq!(split("---\ntitle: A\n---\nText"), Ok((4..13, 17..21)));
        assert_eq!(split("---\r\ntitle: A\r\n---\r\n"), Ok((5..15, 20..20)));
        assert!(split("Text\n---\n").is_err() && split("---\ntitle: A\n").is_err() && split("").is_err());
    }

    #[test]
    fn a_file_name_says_its_language() {
        let path = |text: &str| SitePath::parse(text).unwrap();
        for (name, language, without) in [
            ("content/a.md", None, "a.md"),
            ("content/recht/a.en.md", Some(Language::En), "recht/a.md"),
            ("content/a.fr.md", None, "a.fr.md"),
            ("content/en.md", None, "en.md"),
        ] {
            assert_eq!((language_of(&path(name)), untranslated(&path(name)).as_str()), (language, without), "{name}");
        }
    }
}
