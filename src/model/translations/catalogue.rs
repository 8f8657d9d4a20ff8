//! The catalogue and the profiles in a further language.
//!
//! 1. [`translated`] puts the words of the language into copies of both files and notes what has none;
//! 2. groups and criteria (name, question) are translated all or none: with them there is a list of criteria;
//! 3. values, reasons and profiles are translated all or none as well: with them there are pages of systems;
//! 4. what is wrong with the files themselves was reported when the catalogue was built from them.

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::source::{Source, Span};
use crate::parse::config::Language;
use crate::parse::criteria::{CriterionEntry, ProfilesFile};

use super::super::catalogue::Catalogue;
use super::Original;

/// A catalogue in a further language.
pub(super) struct Words {
    /// The catalogue.
    pub(super) catalogue: Catalogue,
    /// Whether all that the page of a system says of it is translated.
    pub(super) is_whole: bool,
    /// For each criterion whether its explanation is translated.
    pub(super) explained: Vec<bool>,
}

/// What of a set of words is there.
#[derive(Default)]
struct Tally {
    known: usize,
    missing: Vec<(String, Span)>,
}

impl Tally {
    /// Counts one of the set; `id` says which it is if it has no words.
    fn count(&mut self, is_known: bool, id: impl FnOnce() -> String, place: impl FnOnce() -> Span) {
        if is_known {
            self.known += 1;
        } else {
            self.missing.push((id(), place()));
        }
    }

    /// Says what is missing where other words of the set are there.
    fn report(&self, language: Language, what: &str, findings: &mut Vec<Diagnostic>) {
        let missing = if self.known > 0 { self.missing.as_slice() } else { &[] };
        let code = language.code();
        for (id, place) in missing {
            let finding = Diagnostic::error(codes::CATALOGUE_TRANSLATION, format!("`{id}` is not translated into `{code}`")).at(place.clone());
            findings.push(finding.help(format!("add it under `translations: {{{code}: …}}`; {what} are translated all or none")));
        }
    }
}

/// The catalogue with the words of a language. There is none if it has none; where only some are missing, that is said.
pub(super) fn translated(original: Original<'_>, language: Language, findings: &mut Vec<Diagnostic>) -> Option<Words> {
    let (file, source) = original.catalogue?;
    let mut file = file.clone();
    let (mut list, mut rest) = (Tally::default(), Tally::default());
    for kind in &mut file.source_kinds {
        if let Some(text) = kind.translations.get(&language) {
            kind.label.clone_from(&text.label);
        }
    }
    for group in &mut file.groups {
        let text = group.translations.get(&language);
        list.count(text.is_some(), || group.id.value.0.clone(), || source.span(group.id.range.clone()));
        if let Some(text) = text {
            (group.label, group.short) = (text.label.clone(), None);
        }
    }
    let explained = file.criteria.iter_mut().map(|entry| criterion(entry, language, source, (&mut list, &mut rest))).collect();
    let profiles = original.profiles.map(|(file, source)| (profiles(file, language, source, &mut rest), source));
    list.report(language, "groups and criteria", findings);
    rest.report(language, "values, reasons and profiles", findings);
    if list.known == 0 || !list.missing.is_empty() {
        return None;
    }
    let is_whole = rest.missing.is_empty();
    // Names in the main language would stand among those of this one.
    let profiles = profiles.as_ref().filter(|_| is_whole).map(|(file, source)| (file, *source));
    let (catalogue, _) = Catalogue::build(&file, source, profiles);
    Some(Words { catalogue, is_whole, explained })
}

/// Puts the words of a language into a criterion; says whether its explanation has some.
fn criterion(entry: &mut CriterionEntry, language: Language, source: &Source, (list, rest): (&mut Tally, &mut Tally)) -> bool {
    let (id, place) = (entry.id.value.0.clone(), entry.id.range.clone());
    let text = entry.translations.get(&language).cloned();
    list.count(text.is_some(), || id.clone(), || source.span(place.clone()));
    for value in &mut entry.values {
        let text = value.translations.get(&language).filter(|text| value.meaning.is_empty() || !text.meaning.is_empty());
        rest.count(text.is_some(), || format!("{id}: {}", value.id.value), || source.span(value.id.range.clone()));
        if let Some(text) = text {
            (value.label, value.meaning) = (text.label.clone(), text.meaning.clone());
        }
    }
    for rule in &mut entry.adjust {
        let text = rule.translations.get(&language);
        // The first of its conditions in the file; a rule without any has no place of its own.
        let at = rule.when.keys().map(|key| key.range.clone()).min_by_key(|range| range.start).unwrap_or_else(|| place.clone());
        rest.count(text.is_some(), || format!("{id}: {}", rule.because), || source.span(at));
        if let Some(text) = text {
            rule.because.clone_from(&text.because);
        }
    }
    let Some(text) = text else { return false };
    (entry.label, entry.question, entry.short) = (text.label, text.question, text.short);
    if !text.law.is_empty() {
        entry.law = text.law;
    }
    let Some(explanation) = text.explanation else { return false };
    // A page with an explanation needs the other words too.
    rest.known += 1;
    entry.explanation = explanation;
    true
}

/// The profiles with the words of a language.
fn profiles(file: &ProfilesFile, language: Language, source: &Source, rest: &mut Tally) -> ProfilesFile {
    let mut file = file.clone();
    for profile in &mut file.profiles {
        let id = profile.id.value.0.clone();
        let text = profile.translations.get(&language);
        rest.count(text.is_some(), || id.clone(), || source.span(profile.id.range.clone()));
        if let Some(text) = text {
            (profile.label, profile.description) = (text.label.clone(), text.description.clone());
        }
        for change in &mut profile.roles {
            let text = change.translations.get(&language);
            rest.count(text.is_some(), || format!("{id}: {}", change.criterion.value), || source.span(change.criterion.range.clone()));
            if let Some(text) = text {
                change.because.clone_from(&text.because);
            }
        }
    }
    file
}
