//! The glossary: terms sorted, their texts read, related terms found.

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::slug::slugify;
use crate::base::source::Source;
use crate::parse::decode::is_hole;
use crate::parse::glossary::{GlossaryFile, TermEntry};

use super::prose::Prose;
use super::texts::Texts;

/// A term of the glossary.
#[derive(Clone, Debug)]
pub struct Term {
    /// What the file says.
    pub entry: TermEntry,
    /// Its anchor.
    pub anchor: String,
    /// The sentence.
    pub short: Prose,
    /// The definition.
    pub definition: Option<Prose>,
    /// Indices of related terms.
    pub see: Vec<usize>,
}

/// Reads all terms, sorted.
pub(super) fn terms(file: &GlossaryFile, source: &Source, texts: &mut Texts<'_>) -> Vec<Term> {
    let mut entries: Vec<&TermEntry> = file.terms.iter().collect();
    entries.sort_by_key(|entry| slugify(&entry.term));
    let mut terms = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        if !is_hole(&entry.term) && entries[..index].iter().any(|known| slugify(&known.term) == slugify(&entry.term)) {
            let finding = Diagnostic::error(codes::DUPLICATE_ID, format!("the term `{}` stands here twice", entry.term));
            texts.findings.push(finding.at(source.span(entry.term.range.clone())).help("put both definitions into one entry"));
        }
        let mut see = Vec::new();
        for name in entry.see.iter().filter(|name| !is_hole(name)) {
            if let Some(found) = entries.iter().position(|known| known.term.value == name.value) {
                see.push(found);
            } else {
                let finding = Diagnostic::error(codes::UNKNOWN_TERM, format!("there is no term `{name}`")).at(source.span(name.range.clone()));
                texts.findings.push(finding.suggest(name, entries.iter().map(|known| known.term.value.as_str())));
            }
        }
        let short = texts.prose(&entry.short, source);
        let definition = entry.definition.as_ref().map(|definition| texts.prose(definition, source));
        terms.push(Term { entry: (*entry).clone(), anchor: slugify(&entry.term), short, definition, see });
    }
    terms
}
