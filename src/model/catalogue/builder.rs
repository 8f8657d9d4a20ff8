//! Builds the catalogue from its files; what is wrong is left out and reported.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::source::Source;
use crate::parse::at::At;
use crate::parse::criteria::{CatalogueFile, CriterionEntry, ProfilesFile, ValueKind, When};
use crate::parse::decode::is_hole;
use crate::parse::scalar::{Light, Role};

use super::{Catalogue, Criterion, CriterionId, Group, Key, Outcome, Profile, Rule, UNKNOWN};

/// What `card.status` can be.
const STATUSES: [&str; 3] = ["active", "ending", "discontinued"];

pub(super) struct Builder<'a> {
    source: &'a Source,
    pub(super) findings: Vec<Diagnostic>,
    ids: BTreeMap<String, CriterionId>,
    countries: BTreeSet<String>,
}

impl<'a> Builder<'a> {
    /// Reports places in `source`.
    pub(super) fn new(source: &'a Source) -> Self {
        Self { source, findings: Vec::new(), ids: BTreeMap::new(), countries: BTreeSet::new() }
    }

    pub(super) fn run(&mut self, file: &CatalogueFile, profiles: Option<(&ProfilesFile, &Source)>) -> Catalogue {
        let mut catalogue = Catalogue::default();
        for kind in &file.source_kinds {
            self.unique(&kind.id.value.0, &kind.id.range, catalogue.kinds.contains_key(&kind.id.value.0));
            catalogue.kinds.insert(kind.id.value.0.clone(), kind.clone());
        }
        for (name, countries) in &file.countries {
            catalogue.countries.insert(name.clone(), countries.iter().map(|country| country.value.0.clone()).collect());
        }
        self.countries = catalogue.countries.keys().cloned().collect();
        for group in &file.groups {
            self.unique(&group.id.value.0, &group.id.range, catalogue.groups.iter().any(|known| known.id == group.id.value.0));
            let short = group.short.clone().unwrap_or_else(|| group.label.clone());
            catalogue.groups.push(Group { id: group.id.value.0.clone(), label: group.label.clone(), short, criteria: Vec::new() });
        }
        self.criteria(file, &mut catalogue);
        catalogue.derived = self.order(&catalogue.criteria);
        if let Some((file, source)) = profiles {
            self.profiles(file, source, &mut catalogue);
        }
        catalogue
    }

    fn criteria(&mut self, file: &CatalogueFile, catalogue: &mut Catalogue) {
        let mut slugs = BTreeSet::new();
        for (index, entry) in file.criteria.iter().enumerate() {
            self.unique(&entry.id.value.0, &entry.id.range, self.ids.contains_key(&entry.id.value.0));
            self.unique(&entry.slug.value.0, &entry.slug.range, !slugs.insert(entry.slug.value.0.clone()));
            self.ids.entry(entry.id.value.0.clone()).or_insert(index);
        }
        for (index, entry) in file.criteria.iter().enumerate() {
            self.values(entry);
            let group = catalogue.groups.iter().position(|group| group.id == entry.group.value);
            if group.is_none() && !is_hole(&entry.group) {
                let known: Vec<&str> = catalogue.groups.iter().map(|group| group.id.as_str()).collect();
                let finding = Diagnostic::error(codes::UNKNOWN_GROUP, format!("there is no group `{}`", entry.group));
                self.findings.push(finding.at(self.source.span(entry.group.range.clone())).suggest(&entry.group, known));
            }
            let group = group.unwrap_or(0);
            if let Some(group) = catalogue.groups.get_mut(group) {
                group.criteria.push(index);
            }
            let derive = self.derive_rules(entry, file);
            let adjust = entry.adjust.iter().map(|rule| Rule { when: self.when(&rule.when, file), then: (rule.light, rule.because.clone()) });
            let adjust = adjust.collect();
            catalogue.criteria.push(Criterion { entry: entry.clone(), group, derive, adjust });
        }
    }

    fn unique(&mut self, id: &str, range: &std::ops::Range<usize>, taken: bool) {
        if taken && !id.is_empty() {
            self.findings.push(
                Diagnostic::error(codes::DUPLICATE_ID, format!("`{id}` is taken already"))
                    .at(self.source.span(range.clone()))
                    .help("choose another name or remove one of the two"),
            );
        }
    }

    fn values(&mut self, entry: &CriterionEntry) {
        let wants = matches!(entry.kind, ValueKind::Choice | ValueKind::Choices | ValueKind::Country);
        if wants == entry.values.is_empty() {
            let (message, help) = if wants {
                ("a criterion of this type needs `values`", "list the values, or make it `type: text` or `type: list`")
            } else {
                ("a criterion of type text or list has no `values`", "remove the values, or make it `type: choice` or `type: choices`")
            };
            self.findings.push(Diagnostic::error(codes::CATALOGUE_VALUES, message).at(self.source.span(entry.id.range.clone())).help(help));
        }
        let mut seen = BTreeSet::new();
        for value in &entry.values {
            self.unique(&value.id, &value.id.range, !seen.insert(value.id.value.as_str()));
            if value.id.value == UNKNOWN {
                let finding = Diagnostic::error(codes::CATALOGUE_VALUES, "`unknown` is reserved for what nobody has settled");
                self.findings.push(finding.at(self.source.span(value.id.range.clone())).help("remove it: every criterion can be unknown"));
            }
        }
        for value in &entry.limits_required {
            if !seen.contains(value.value.as_str()) {
                self.unknown_value(entry, value);
            }
        }
    }

    fn unknown_value(&mut self, entry: &CriterionEntry, value: &At<String>) {
        if is_hole(value) {
            return;
        }
        let finding = Diagnostic::error(codes::CATALOGUE_VALUE, format!("`{}` has no value `{value}`", entry.id.value.0));
        let known = entry.values.iter().map(|known| known.id.value.as_str());
        self.findings.push(finding.at(self.source.span(value.range.clone())).suggest(value, known));
    }

    fn derive_rules(&mut self, entry: &CriterionEntry, file: &CatalogueFile) -> Vec<Rule<Outcome>> {
        let mut rules = Vec::new();
        for rule in &entry.derive {
            let then = match (&rule.from, &rule.value) {
                (Some(from), None) => match self.key(from) {
                    Some(key) => Outcome::Copy(key),
                    None => continue,
                },
                (None, Some(value)) if value.value == UNKNOWN => Outcome::Unknown,
                (None, Some(value)) => {
                    if !entry.values.iter().any(|known| known.id.value == value.value) {
                        self.unknown_value(entry, value);
                    }
                    Outcome::Value(value.value.clone())
                }
                _ => {
                    let finding =
                        Diagnostic::error(codes::CATALOGUE_VALUES, format!("a rule of `{}` has neither or both of `from` and `value`", entry.id.value.0));
                    self.findings
                        .push(finding.at(self.source.span(entry.id.range.clone())).help("write `{from: provider.country}` or `{when: {…}, value: …}`"));
                    continue;
                }
            };
            rules.push(Rule { when: self.when(&rule.when, file), then });
        }
        rules
    }

    fn when(&mut self, when: &When, file: &CatalogueFile) -> Vec<(Key, Vec<String>)> {
        let mut conditions = Vec::new();
        for (name, words) in when {
            let Some(key) = self.key(name) else { continue };
            if let Key::Criterion(index) = key {
                let entry = &file.criteria[index];
                for word in words {
                    let known = match entry.kind {
                        ValueKind::Choice | ValueKind::Choices => entry.values.iter().any(|value| value.id.value == word.value),
                        ValueKind::Country => self.is_country(word),
                        ValueKind::Text | ValueKind::List => true,
                    };
                    if !known {
                        self.unknown_value(entry, word);
                    }
                }
            }
            if matches!(key, Key::ProviderCountry | Key::ParentCountry) {
                self.words(name, words, Self::is_country, &[]);
            }
            if key == Key::CardStatus {
                self.words(name, words, |_, word| STATUSES.contains(&word), &STATUSES);
            }
            conditions.push((key, words.iter().map(|word| word.value.clone()).collect()));
        }
        conditions
    }

    /// A code of ISO 3166-1 or the name of a set.
    fn is_country(&self, word: &str) -> bool {
        (word.len() == 2 && word.bytes().all(|b| b.is_ascii_uppercase())) || self.countries.contains(word)
    }

    /// Reports the words of a condition on the card itself that can never be met.
    fn words(&mut self, name: &str, words: &[At<String>], is_known: impl Fn(&Self, &str) -> bool, known: &[&str]) {
        for word in words.iter().filter(|word| !is_hole(word)) {
            if !is_known(self, word) {
                let finding = Diagnostic::error(codes::CATALOGUE_VALUE, format!("`{name}` is never `{word}`")).at(self.source.span(word.range.clone()));
                let sets: Vec<&str> = if known.is_empty() { self.countries.iter().map(String::as_str).collect() } else { known.to_vec() };
                self.findings.push(finding.suggest(word, sets));
            }
        }
    }

    fn key(&mut self, name: &At<String>) -> Option<Key> {
        let key = match name.as_str() {
            "provider.name" => Some(Key::ProviderName),
            "provider.country" => Some(Key::ProviderCountry),
            "provider.parent_country" => Some(Key::ParentCountry),
            "card.status" => Some(Key::CardStatus),
            id => self.ids.get(id).copied().map(Key::Criterion),
        };
        if key.is_none() && !is_hole(name) {
            let finding = Diagnostic::error(codes::CATALOGUE_REFERENCE, format!("there is no criterion `{name}`"));
            let known: Vec<&str> = self.ids.keys().map(String::as_str).chain(["provider.country", "provider.parent_country", "card.status"]).collect();
            self.findings.push(finding.at(self.source.span(name.range.clone())).suggest(name, known));
        }
        key
    }

    /// Depth-first order over the derived criteria; a circle is a finding.
    fn order(&mut self, criteria: &[Criterion]) -> Vec<CriterionId> {
        let mut state = vec![Visit::New; criteria.len()];
        let mut order = Vec::new();
        for index in 0..criteria.len() {
            if !visit(index, criteria, &mut state, &mut order) {
                let entry = &criteria[index].entry;
                let finding = Diagnostic::error(codes::DERIVE_ORDER, format!("the rules of `{}` rest on themselves", entry.id.value.0));
                self.findings.push(finding.at(self.source.span(entry.id.range.clone())).help("let derived criteria rest on criteria that the cards fill in"));
            }
        }
        order
    }

    fn profiles(&mut self, file: &ProfilesFile, source: &Source, catalogue: &mut Catalogue) {
        for entry in &file.profiles {
            if catalogue.profiles.iter().any(|known| known.id == entry.id.value.0) {
                let finding = Diagnostic::error(codes::DUPLICATE_ID, format!("`{}` is taken already", entry.id.value.0));
                self.findings.push(finding.at(source.span(entry.id.range.clone())).help("choose another name or remove one of the two"));
            }
            let mut roles: Vec<Role> = catalogue.criteria.iter().map(|criterion| criterion.entry.role).collect();
            let mut changes = Vec::new();
            for change in &entry.roles {
                let Some(index) = catalogue.find(&change.criterion) else {
                    if !is_hole(&change.criterion) {
                        let finding = Diagnostic::error(codes::CATALOGUE_REFERENCE, format!("there is no criterion `{}`", change.criterion));
                        self.findings.push(finding.at(source.span(change.criterion.range.clone())).suggest(&change.criterion, catalogue.ids()));
                    }
                    continue;
                };
                roles[index] = change.role;
                changes.push((index, change.role, change.because.clone()));
            }
            let weighs = |criterion: &Criterion| criterion.entry.values.iter().any(|value| matches!(value.light, Light::Green | Light::Yellow | Light::Red));
            let has = |role: Role| catalogue.criteria.iter().zip(&roles).any(|(criterion, found)| *found == role && weighs(criterion));
            if !has(Role::Gate) || !has(Role::Strong) {
                let finding = Diagnostic::error(codes::NO_SCALE, format!("nothing counts in the profile `{}`", entry.id.value.0));
                self.findings.push(finding.at(source.span(entry.id.range.clone())).help("let at least one criterion be a gate and one be strong"));
            }
            let (label, description) = (entry.label.clone(), entry.description.clone());
            catalogue.profiles.push(Profile { id: entry.id.value.0.clone(), label, description, roles, changes });
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    New,
    Open,
    Done,
}

/// Visits the criteria that one rests on first; `false` if it rests on itself.
fn visit(index: CriterionId, criteria: &[Criterion], state: &mut [Visit], order: &mut Vec<CriterionId>) -> bool {
    match state[index] {
        Visit::Done => return true,
        Visit::Open => return false,
        Visit::New => {}
    }
    if !criteria[index].is_derived() {
        state[index] = Visit::Done;
        return true;
    }
    state[index] = Visit::Open;
    let mut sound = true;
    for rule in &criteria[index].derive {
        let copied = if let Outcome::Copy(key) = &rule.then { Some(key) } else { None };
        for key in rule.when.iter().map(|(key, _)| key).chain(copied) {
            if let Key::Criterion(needed) = key {
                sound &= visit(*needed, criteria, state, order);
            }
        }
    }
    state[index] = Visit::Done;
    order.push(index);
    sound
}
