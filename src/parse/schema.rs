//! JSON Schemas for editors, made from the types that the files are read into.

use schemars::{JsonSchema, schema_for};

use super::json;
use super::{
    config::ConfigFile, criteria, decision::DecisionFile, glossary::GlossaryFile, law::LawFile, newsletter::NewsletterFile, page::FrontMatter, vendor::CardFile,
};

fn text<T: JsonSchema>() -> String {
    json::pretty(&schema_for!(T))
}

/// Front matter of an article.
pub fn article() -> String {
    text::<FrontMatter>()
}
/// `vendors/<slug>.yaml`.
pub fn vendor() -> String {
    text::<CardFile>()
}
/// `vendors/_criteria.yaml`.
pub fn criteria() -> String {
    text::<criteria::CatalogueFile>()
}
/// `vendors/_profiles.yaml`.
pub fn profiles() -> String {
    text::<criteria::ProfilesFile>()
}
/// `vendors/_decision.yaml`.
pub fn decision() -> String {
    text::<DecisionFile>()
}
/// `content/site.yaml`.
pub fn site() -> String {
    text::<ConfigFile>()
}
/// `content/newsletter.yaml`.
pub fn newsletter() -> String {
    text::<NewsletterFile>()
}
/// `content/glossary.yaml`.
pub fn glossary() -> String {
    text::<GlossaryFile>()
}
/// `content/law.yaml`.
pub fn law() -> String {
    text::<LawFile>()
}
