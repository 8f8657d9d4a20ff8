//! Names of laws that are used as if they were still in force.
//!
//! content/law.yaml lists the names (`obsolete`). They are looked for in what editors write;
//! a sentence that speaks of the past may use them: it holds one of the theme's words for that
//! (`law.past`), a year that is over, or the name in quotation marks. So may headings and the
//! lists of other names.

use std::ops::Range;

use crate::base::codes;
use crate::base::date::Day;
use crate::base::diag::Diagnostic;
use crate::base::source::{Source, Sources};
use crate::parse::law::ObsoleteEntry;

/// Keys whose values are names, addresses or titles of others, not statements of ours.
const NAMES: [&str; 5] = ["term", "synonyms", "aliases", "see", "url"];

/// Reports every use of an obsolete name; `past` are the theme's words for what is over.
pub fn check(sources: &Sources, obsolete: &[ObsoleteEntry], past: &str, today: Day) -> Vec<Diagnostic> {
    let names = names(obsolete);
    if names.is_empty() {
        return Vec::new();
    }
    let past: Vec<String> = past.split_whitespace().map(str::to_lowercase).collect();
    let mut findings = Vec::new();
    for source in sources.texts.values().filter(|source| is_checked(source)) {
        for (range, entry) in uses(&source.text, &names) {
            if is_name(&source.text, &range) || is_past(&source.text[sentence(&source.text, range.start)], &past, today) {
                continue;
            }
            let name = &source.text[range.clone()];
            let finding = Diagnostic::warning(codes::OBSOLETE_LAW, format!("`{name}` is obsolete since {}", entry.until.0));
            findings.push(finding.at(source.span(range)).help(format!("cite {}, or say in the sentence that it is past", entry.now)));
        }
    }
    findings
}

/// The names that a text uses, each with its place: for texts in which none may stand at all.
pub fn used<'a>(text: &str, obsolete: &'a [ObsoleteEntry]) -> Vec<(Range<usize>, &'a ObsoleteEntry)> {
    uses(text, &names(obsolete))
}

fn names(obsolete: &[ObsoleteEntry]) -> Vec<(&str, &ObsoleteEntry)> {
    let mut names = Vec::new();
    for entry in obsolete {
        names.push((entry.name.value.as_str(), entry));
        names.extend(entry.also.iter().map(|name| (name.as_str(), entry)));
    }
    names.retain(|(name, _)| !name.is_empty());
    names
}

/// The consent notice has a check of its own, the legal events tell the history itself.
fn is_checked(source: &Source) -> bool {
    let path = source.path.as_str();
    let is_article = source.path.below("content").is_some() && source.path.has_extension("md");
    is_article || path == "content/glossary.yaml" || (source.path.below("vendors").is_some() && source.path.has_extension("yaml"))
}

/// Every name as a word of its own, the longest where several fit, in one pass.
fn uses<'a>(text: &str, names: &[(&str, &'a ObsoleteEntry)]) -> Vec<(Range<usize>, &'a ObsoleteEntry)> {
    let mut starts = [false; 256];
    for (name, _) in names {
        starts[usize::from(name.as_bytes()[0])] = true;
    }
    let mut found = Vec::new();
    let mut end = 0;
    for at in (0..text.len()).filter(|at| starts[usize::from(text.as_bytes()[*at])]) {
        if at < end || !text.is_char_boundary(at) {
            continue;
        }
        let rest = &text[at..];
        let is_word = |name: &str| {
            let is_inside = |c: char| c.is_alphanumeric() || c == '_';
            !text[..at].ends_with(is_inside) && !rest[name.len()..].starts_with(is_inside)
        };
        let fits = names.iter().filter(|(name, _)| rest.starts_with(name) && is_word(name));
        if let Some((name, entry)) = fits.max_by_key(|(name, _)| name.len()) {
            end = at + name.len();
            found.push((at..end, *entry));
        }
    }
    found
}

/// Whether it is a heading, quoted, part of an address, or the value of a key that holds names.
fn is_name(text: &str, range: &Range<usize>) -> bool {
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let key = line.trim_start_matches([' ', '-', '{']).split(':').next().unwrap_or_default();
    let quoted = text[..range.start].ends_with(['„', '"', '“', '»']) && text[range.end..].starts_with(['“', '"', '”', '«']);
    let word = text[..range.start].rsplit(char::is_whitespace).next().unwrap_or_default();
    line.starts_with('#') || NAMES.contains(&key) || quoted || word.contains("://")
}

/// The sentence around a place. A full stop ends one only behind a word of some length or an
/// acronym and before a capital letter: `Abs. 2 Nr. 3` and `z. B. Teams` go on.
fn sentence(text: &str, at: usize) -> Range<usize> {
    let is_end = |end: usize| {
        let (before, after) = (&text[..end], &text[end..]);
        if before.ends_with('\n') && (after.starts_with(['\n', '#', '|', '>']) || after.trim_start().starts_with("- ")) {
            return true;
        }
        let Some(stem) = before.strip_suffix(' ').and_then(|before| before.strip_suffix(['.', '!', '?'])) else { return false };
        let last: Vec<char> = stem.chars().rev().take_while(|c| c.is_alphanumeric() || *c == ')' || *c == ']').collect();
        let is_whole = last.len() > 3 || (last.len() > 1 && last.iter().all(|c| c.is_uppercase()));
        is_whole && after.starts_with(|c: char| c.is_uppercase() || c == '„' || c == '[')
    };
    let ends = |range: Range<usize>| range.filter(|end| text.is_char_boundary(*end)).filter(|end| is_end(*end));
    let start = ends(0..at + 1).next_back().unwrap_or(0);
    let end = ends(at + 1..text.len()).next().unwrap_or(text.len());
    start..end
}

fn is_past(sentence: &str, past: &[String], today: Day) -> bool {
    let words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let this_year = today.ymd().0;
    let is_old_year = |word: &str| word.len() == 4 && word.parse().is_ok_and(|year: i16| (1900..this_year).contains(&year));
    words.map(str::to_lowercase).any(|word| is_old_year(&word) || past.iter().any(|start| word.starts_with(start.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::SitePath;
    use crate::parse::at::At;
    use crate::parse::scalar::Date;

    fn count(path: &str, text: &str) -> usize {
        let entry = |name: &str, also: &[&str]| ObsoleteEntry {
            name: At::nowhere(name.to_owned()),
            also: also.iter().map(|name| (*name).to_owned()).collect(),
            until: Date(Day::parse("2024-05-14").unwrap()),
            now: "DDG".to_owned(),
            sources: Vec::new(),
        };
        let mut sources = Sources::default();
        sources.add(SitePath::parse(path).unwrap(), text.as_bytes().to_vec());
        let entries = [entry("TMG", &[]), entry("Privacy Shield", &["EU-Privacy-Shield"]), entry("§ 7 Abs. 2 Nr. 3 UWG", &[])];
        check(&sources, &entries, "bis früher ungültig damal kein", Day::parse("2026-11-25").unwrap()).len()
    }

    #[test]
    fn obsolete_names_are_found_where_they_are_used_as_current_law() {
        for (text, expected) in [
            ("Die Pflicht folgt aus § 5 TMG.", 1),
            ("US-Anbieter entsprechen aufgrund des EU-Privacy-Shield dem Datenschutzniveau.", 1),
            ("Nach § 7 Abs. 2 Nr. 3 UWG ist eine Einwilligung nötig.", 1),
            ("Die Pflicht folgt aus § 5 TMG. Bis 2024 galt § 6 TMG.", 1),
            ("Früher galt das anders. Die Pflicht folgt heute aus § 5 TMG.", 1),
            ("Bis 2020 galt dies.\n\nDas Privacy Shield erlaubt die Übermittlung.", 1),
            ("Bis zum 13.05.2024 stand das in § 5 TMG.", 0),
            ("Das Privacy Shield ist seit dem Urteil ungültig.", 0),
            ("Der damalige § 7 Abs. 2 Nr. 3 UWG verlangte dies.", 0),
            ("| bis 2024 | § 5 TMG |", 0),
            ("## Privacy Shield", 0),
            ("Suchen Sie nach „Privacy Shield“ im Verzeichnis.", 0),
            ("Siehe https://example.org/TMG und ATMGX.", 0),
        ] {
            assert_eq!(count("content/a.md", text), expected, "{text}");
        }
        assert_eq!(count("content/glossary.yaml", "terms:\n  - term: TMG\n    synonyms: [TMG]\n    short: Ein Gesetz.\n"), 0);
        assert_eq!(count("vendors/a.yaml", "note: Gestützt auf das Privacy Shield."), 1);
        assert_eq!(count("content/law.yaml", "title: Aus TMG wird DDG"), 0, "events tell the history");
    }
}
