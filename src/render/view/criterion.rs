//! Groups, criteria and profiles, as templates see them.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::catalogue::{Group, Profile};
use crate::model::link::address;
use crate::model::pages::PageKind;
use crate::model::site::Site;
use crate::parse::scalar::Role;

use super::super::body;
use super::LinkView;
use super::cell::SourceView;
use super::system::Counts;

/// A group of criteria.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct GroupView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Its name in table heads.
    pub short: String,
    /// Indices of its criteria.
    pub criteria: Vec<usize>,
}

impl GroupView {
    /// Its view.
    pub fn new(group: &Group) -> Self {
        Self { id: group.id.clone(), label: group.label.clone(), short: group.short.clone(), criteria: group.criteria.clone() }
    }
}

/// A value of a criterion.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ValueView {
    /// The word used in cards.
    pub id: String,
    /// The word for readers.
    pub label: String,
    /// Its light.
    pub light: &'static str,
    /// What it means.
    pub meaning: String,
    /// `false`: the question does not arise.
    pub applies: bool,
}

/// A criterion.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct CriterionView {
    /// Its id.
    pub id: String,
    /// The last part of its address, and its anchor on system pages.
    pub slug: String,
    /// Its name.
    pub label: String,
    /// Its name in table heads.
    pub short: String,
    /// The question.
    pub question: String,
    /// What it is, why it matters, how it counts.
    pub explanation_html: String,
    /// Norms.
    pub law: Vec<String>,
    /// `gate`, `strong` ….
    pub role: &'static str,
    /// Roles by profile, where they differ from `role`.
    pub profile_roles: Vec<ProfileRole>,
    /// Index of its group.
    pub group: usize,
    /// The values there are.
    pub values: Vec<ValueView>,
    /// Days after which a check no longer counts.
    pub max_age_days: u32,
    /// Whether its value is computed.
    pub derived: bool,
    /// Reasons of the rules that change lights.
    pub adjustments: Vec<String>,
    /// Where the criterion itself comes from.
    pub sources: Vec<SourceView>,
    /// Its page.
    pub url: String,
    /// Lights over all systems, archive cards left out.
    pub counts: Counts,
}

/// How a criterion counts in a profile.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ProfileRole {
    /// The profile's name.
    pub profile: String,
    /// The role.
    pub role: &'static str,
    /// Why.
    pub because: String,
}

impl CriterionView {
    /// Its view.
    pub fn new(index: usize, site: &Site) -> Self {
        let criterion = &site.catalogue.criteria[index];
        let entry = &criterion.entry;
        let mut counts = Counts::default();
        site.cards.iter().filter(|card| !card.is_archive()).for_each(|card| counts.add(&card.cells[index]));
        let profile_roles = site.catalogue.profiles.iter().flat_map(|profile| {
            let changes = profile.changes.iter().filter(move |(changed, role, _)| *changed == index && *role != entry.role);
            changes.map(|(_, role, because)| ProfileRole { profile: profile.label.clone(), role: role.word(), because: because.clone() })
        });
        let values = entry.values.iter().map(|value| ValueView {
            id: value.id.value.clone(),
            label: value.label.clone(),
            light: value.light.word(),
            meaning: value.meaning.clone(),
            applies: value.applies,
        });
        Self {
            id: criterion.id().to_owned(),
            slug: entry.slug.value.0.clone(),
            label: entry.label.clone(),
            short: entry.short.clone().unwrap_or_else(|| entry.label.clone()),
            question: entry.question.clone(),
            explanation_html: site.explanations.get(index).map(body::html).unwrap_or_default(),
            law: entry.law.clone(),
            role: entry.role.word(),
            profile_roles: profile_roles.collect(),
            group: criterion.group,
            values: values.collect(),
            max_age_days: entry.max_age_days.unwrap_or(site.config.freshness.default_max_age_days),
            derived: criterion.is_derived(),
            adjustments: criterion.adjust.iter().map(|rule| rule.then.1.clone()).collect(),
            sources: entry.sources.iter().map(|source| SourceView::new(source, &site.catalogue)).collect(),
            url: site.route(PageKind::Criterion(index)).map(|route| address(route, "")).unwrap_or_default(),
            counts,
        }
    }
}

/// A reader profile.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ProfileView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Whom it is for.
    pub description: String,
    /// Names of its gates.
    pub gates: Vec<String>,
    /// What counts differently from the catalogue.
    pub changes: Vec<ProfileChange>,
}

/// What counts differently in a profile.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ProfileChange {
    /// The criterion.
    pub criterion: LinkView,
    /// Its role here.
    pub role: &'static str,
    /// Why.
    pub because: String,
}

impl ProfileView {
    /// Its view.
    pub fn new(profile: &Profile, site: &Site) -> Self {
        let criteria = &site.catalogue.criteria;
        let changes = profile.changes.iter().map(|(index, role, because)| ProfileChange {
            criterion: LinkView {
                label: criteria[*index].entry.label.clone(),
                url: site.route(PageKind::Criterion(*index)).map(|route| address(route, "")).unwrap_or_default(),
            },
            role: role.word(),
            because: because.clone(),
        });
        Self {
            id: profile.id.clone(),
            label: profile.label.clone(),
            description: profile.description.clone(),
            gates: criteria.iter().zip(&profile.roles).filter(|(_, role)| **role == Role::Gate).map(|(criterion, _)| criterion.entry.label.clone()).collect(),
            changes: changes.collect(),
        }
    }
}
