//! `vendors/_criteria.yaml`: the catalogue. What is asked, which answers there
//! are, how each counts, and the rules over several facts.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::at::At;
use super::config::Language;
use super::scalar::{Confidence, Country, Ident, Light, Role, Slug};
use super::vendor::SourceRef;

/// The whole file.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Criteria catalogue")]
pub struct CatalogueFile {
    /// What a source can be, and how much it can prove.
    pub source_kinds: Vec<SourceKind>,
    /// Named sets of countries that rules may use.
    #[serde(default)]
    pub countries: BTreeMap<String, Vec<At<Country>>>,
    /// The groups, in the order of the table.
    pub groups: Vec<GroupEntry>,
    /// The criteria, in the order of the table.
    pub criteria: Vec<CriterionEntry>,
}

/// A kind of source.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceKind {
    /// The word used in cards.
    pub id: At<Ident>,
    /// The word shown to readers.
    pub label: String,
    /// The most that this kind alone can prove.
    #[serde(default = "full_confidence")]
    pub max_confidence: Confidence,
    /// Whether it speaks for an authority or a court: shown apart on the system's page.
    #[serde(default)]
    pub official: bool,
    /// The same in further languages of the site.
    #[serde(default)]
    #[schemars(extend("propertyNames" = {"enum": ["de", "en"]}))]
    pub translations: BTreeMap<Language, LabelText>,
}

/// A name in a further language.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LabelText {
    /// The name.
    pub label: String,
}

fn full_confidence() -> Confidence {
    Confidence::High
}

/// A group of criteria.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupEntry {
    /// Its id.
    pub id: At<Ident>,
    /// Its name.
    pub label: String,
    /// A shorter name for table heads.
    #[serde(default)]
    pub short: Option<String>,
    /// The same in further languages of the site.
    #[serde(default)]
    #[schemars(extend("propertyNames" = {"enum": ["de", "en"]}))]
    pub translations: BTreeMap<Language, LabelText>,
}

/// The words of a criterion in a further language.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CriterionText {
    /// Its name.
    pub label: String,
    /// A shorter name for table heads.
    #[serde(default)]
    pub short: Option<String>,
    /// The question that a fact answers.
    pub question: String,
    /// What it is, why it matters, how it counts (Markdown); with it, the criterion has a page in the language.
    #[serde(default)]
    pub explanation: Option<At<String>>,
    /// The norms as they are cited in the language.
    #[serde(default)]
    pub law: Vec<String>,
}

/// The words of a value in a further language.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ValueText {
    /// The word shown to readers.
    pub label: String,
    /// What it means, in a sentence.
    #[serde(default)]
    pub meaning: String,
}

/// A reason in a further language.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonText {
    /// Why, in a sentence for readers.
    pub because: String,
}

/// The words of a profile in a further language.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileText {
    /// Its name.
    pub label: String,
    /// Whom it is for, in a sentence.
    pub description: String,
}

/// A criterion.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CriterionEntry {
    /// The key of its facts in the cards.
    pub id: At<Ident>,
    /// The last part of its page's address.
    pub slug: At<Slug>,
    /// The group it belongs to.
    pub group: At<String>,
    /// Its name.
    pub label: String,
    /// A shorter name for table heads.
    #[serde(default)]
    pub short: Option<String>,
    /// The question that a fact answers.
    pub question: String,
    /// What it is, why it matters, how it counts (Markdown).
    pub explanation: At<String>,
    /// The norms it rests on.
    #[serde(default)]
    pub law: Vec<String>,
    /// What kind of value a fact has.
    #[serde(rename = "type")]
    pub kind: ValueKind,
    /// For `choices`: which of several values stands for the cell.
    #[serde(default)]
    pub combine: Combine,
    /// The values there are.
    #[serde(default)]
    pub values: Vec<ValueEntry>,
    /// How it counts where a profile says nothing else.
    pub role: Role,
    /// Days after which a check no longer counts.
    #[serde(default)]
    pub max_age_days: Option<u32>,
    /// From when the age is counted.
    #[serde(default)]
    pub age_from: AgeFrom,
    /// Values for which a fact must say its limits.
    #[serde(default)]
    pub limits_required: Vec<At<String>>,
    /// Where the criterion itself comes from.
    #[serde(default)]
    pub sources: Vec<SourceRef>,
    /// Makes the criterion derived: the first rule that matches gives the value.
    #[serde(default)]
    pub derive: Vec<DeriveRule>,
    /// The first rule that matches changes the light of the value.
    #[serde(default)]
    pub adjust: Vec<AdjustRule>,
    /// Its words in further languages of the site.
    #[serde(default)]
    #[schemars(extend("propertyNames" = {"enum": ["de", "en"]}))]
    pub translations: BTreeMap<Language, CriterionText>,
}

/// What kind of value a fact has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ValueKind {
    /// One of the values.
    Choice,
    /// Some of the values.
    Choices,
    /// A text of its own.
    Text,
    /// Several texts of their own.
    List,
    /// A country code.
    Country,
}

/// Which of several values stands for the cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Combine {
    /// The one with the worst light.
    #[default]
    Worst,
    /// The one with the best light.
    Best,
}

/// From when the age of a fact is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AgeFrom {
    /// From the day somebody looked at the sources.
    #[default]
    Checked,
    /// From the date of the newest source.
    Source,
}

/// One value of a criterion.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ValueEntry {
    /// The word used in cards; for countries a code, a set of `countries`, or `other`.
    pub id: At<String>,
    /// The word shown to readers.
    pub label: String,
    /// Its light.
    pub light: Light,
    /// What it means, in a sentence.
    #[serde(default)]
    pub meaning: String,
    /// `false`: the question does not arise.
    #[serde(default = "applies")]
    pub applies: bool,
    /// The same in further languages of the site.
    #[serde(default)]
    #[schemars(extend("propertyNames" = {"enum": ["de", "en"]}))]
    pub translations: BTreeMap<Language, ValueText>,
}

fn applies() -> bool {
    true
}

/// Conditions: every key's value is known and every part of it is in the list.
pub type When = BTreeMap<At<String>, Vec<At<String>>>;

/// A rule that gives a derived criterion its value.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeriveRule {
    /// Copies a field of the card: `provider.name`, `provider.country`, `provider.parent_country`.
    #[serde(default)]
    pub from: Option<At<String>>,
    /// The conditions.
    #[serde(default)]
    pub when: When,
    /// The value if they hold, or `unknown`.
    #[serde(default)]
    pub value: Option<At<String>>,
}

/// A rule that changes the light of a value.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdjustRule {
    /// The conditions.
    pub when: When,
    /// The new light.
    pub light: Light,
    /// Why, in a sentence for readers.
    pub because: String,
    /// The same in further languages of the site.
    #[serde(default)]
    #[schemars(extend("propertyNames" = {"enum": ["de", "en"]}))]
    pub translations: BTreeMap<Language, ReasonText>,
}

/// `vendors/_profiles.yaml`: who reads, and what counts differently for them.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Reader profiles")]
pub struct ProfilesFile {
    /// The profiles; the first is the default.
    pub profiles: Vec<ProfileEntry>,
}

/// A profile.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileEntry {
    /// Its id.
    pub id: At<Slug>,
    /// Its name.
    pub label: String,
    /// Whom it is for, in a sentence.
    pub description: String,
    /// What counts differently from the catalogue.
    #[serde(default)]
    pub roles: Vec<RoleChange>,
    /// The same in further languages of the site.
    #[serde(default)]
    #[schemars(extend("propertyNames" = {"enum": ["de", "en"]}))]
    pub translations: BTreeMap<Language, ProfileText>,
}

/// One criterion that counts differently in a profile.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleChange {
    /// The criterion.
    pub criterion: At<String>,
    /// How it counts here.
    pub role: Role,
    /// Why, in a sentence for readers.
    pub because: String,
    /// The same in further languages of the site.
    #[serde(default)]
    #[schemars(extend("propertyNames" = {"enum": ["de", "en"]}))]
    pub translations: BTreeMap<Language, ReasonText>,
}
