//! The catalogue as a checked value: criteria in table order, rules with indices
//! instead of names, profiles with the role of every criterion.
//!
//! 1. [`Catalogue::build`] checks ids, groups, values;
//! 2. the rules' names become [`Key`]s, unknown names become findings;
//! 3. derived criteria are put in an order in which each rests on earlier ones only.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::diag::Diagnostic;
use crate::base::source::Source;
use crate::parse::criteria::{CatalogueFile, CriterionEntry, ProfilesFile, SourceKind, ValueEntry};
use crate::parse::scalar::{Light, Role};

mod builder;

use builder::Builder;

/// Index of a criterion in [`Catalogue::criteria`].
pub type CriterionId = usize;

/// The word for a value that nobody has settled; no criterion may use it itself.
pub const UNKNOWN: &str = "unknown";

/// The checked catalogue.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// Kinds of sources.
    pub kinds: BTreeMap<String, SourceKind>,
    /// Named sets of countries.
    pub countries: BTreeMap<String, BTreeSet<String>>,
    /// The groups, in the order of the table.
    pub groups: Vec<Group>,
    /// The criteria, in the order of the table.
    pub criteria: Vec<Criterion>,
    /// Derived criteria, each after those it rests on.
    pub derived: Vec<CriterionId>,
    /// The profiles; the first is the default.
    pub profiles: Vec<Profile>,
}

/// A group of criteria.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Its name in table heads.
    pub short: String,
    /// Its criteria.
    pub criteria: Vec<CriterionId>,
}

/// A criterion.
#[derive(Clone, Debug)]
pub struct Criterion {
    /// What the file says.
    pub entry: CriterionEntry,
    /// Index of its group.
    pub group: usize,
    /// Rules for its value.
    pub derive: Vec<Rule<Outcome>>,
    /// Rules for its light, with the reason.
    pub adjust: Vec<Rule<(Light, String)>>,
}

impl Criterion {
    /// Its id.
    pub fn id(&self) -> &str {
        &self.entry.id.value.0
    }

    /// The value entry with this id.
    pub fn value(&self, id: &str) -> Option<&ValueEntry> {
        self.entry.values.iter().find(|value| value.id.value == id)
    }

    /// Whether its value is computed.
    pub fn is_derived(&self) -> bool {
        !self.derive.is_empty()
    }
}

/// A rule: conditions that must all hold, and what follows.
#[derive(Clone, Debug)]
pub struct Rule<T> {
    /// The conditions: a value, and the words it may have.
    pub when: Vec<(Key, Vec<String>)>,
    /// What follows.
    pub then: T,
}

/// What a derive rule gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A copy of a field of the card.
    Copy(Key),
    /// One of the criterion's values.
    Value(String),
    /// Nothing can be said.
    Unknown,
}

/// What a condition looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A criterion's value.
    Criterion(CriterionId),
    /// The card's `provider.name`.
    ProviderName,
    /// The card's `provider.country`.
    ProviderCountry,
    /// The card's `provider.parent_country`.
    ParentCountry,
    /// The card's `status`.
    CardStatus,
}

/// A reader profile.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Whom it is for.
    pub description: String,
    /// The role of every criterion.
    pub roles: Vec<Role>,
    /// What counts differently from the catalogue, and why.
    pub changes: Vec<(CriterionId, Role, String)>,
}

impl Catalogue {
    /// Builds the catalogue; what is wrong is left out and reported.
    pub fn build(file: &CatalogueFile, source: &Source, profiles: Option<(&ProfilesFile, &Source)>) -> (Self, Vec<Diagnostic>) {
        let mut builder = Builder::new(source);
        let catalogue = builder.run(file, profiles);
        (catalogue, builder.findings)
    }

    /// The criterion with this id.
    pub fn find(&self, id: &str) -> Option<CriterionId> {
        self.criteria.iter().position(|criterion| criterion.id() == id)
    }

    /// Every criterion's id.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.criteria.iter().map(Criterion::id)
    }

    /// Whether `country` is `name` or in the set `name`.
    pub fn country_is(&self, country: &str, name: &str) -> bool {
        country == name || self.countries.get(name).is_some_and(|set| set.contains(country))
    }
}
