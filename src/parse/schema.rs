//! JSON Schemas for editors, made from the types that the files are read into.
//!
//! 1. [`generic`] writes the type down in the draft that editors know best;
//! 2. [`texts`] lets a text be written as a number, as the reader does: `title: 2026`.
//!
//! What a site adds of its own (its criteria, their values) is put in by `model::schema`.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;

use super::json::Json;
use super::{
    config::ConfigFile, criteria, decision::DecisionFile, glossary::GlossaryFile, law::LawFile, newsletter::NewsletterFile, page::FrontMatter,
    vendor::CardFile, vendor_words::CardWords,
};

/// A kind of file that an editor writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// Front matter of an article.
    Article,
    /// `vendors/<slug>.yaml`.
    Vendor,
    /// `vendors/<slug>.<language>.yaml`.
    Translation,
    /// `vendors/_criteria.yaml`.
    Criteria,
    /// `vendors/_profiles.yaml`.
    Profiles,
    /// `vendors/_decision.yaml`.
    Decision,
    /// `content/site.yaml`.
    Site,
    /// `content/newsletter.yaml`.
    Newsletter,
    /// `content/glossary.yaml`.
    Glossary,
    /// `content/law.yaml`.
    Law,
}

impl FileKind {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Article,
        Self::Vendor,
        Self::Translation,
        Self::Criteria,
        Self::Profiles,
        Self::Decision,
        Self::Site,
        Self::Newsletter,
        Self::Glossary,
        Self::Law,
    ];

    /// Its name on the command line and of its schema's file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Vendor => "vendor",
            Self::Translation => "translation",
            Self::Criteria => "criteria",
            Self::Profiles => "profiles",
            Self::Decision => "decision",
            Self::Site => "site",
            Self::Newsletter => "newsletter",
            Self::Glossary => "glossary",
            Self::Law => "law",
        }
    }
}

/// The schema of a kind of file, for any site.
pub fn generic(kind: FileKind) -> Json {
    match kind {
        FileKind::Article => schema::<FrontMatter>(),
        FileKind::Vendor => schema::<CardFile>(),
        FileKind::Translation => schema::<CardWords>(),
        FileKind::Criteria => schema::<criteria::CatalogueFile>(),
        FileKind::Profiles => schema::<criteria::ProfilesFile>(),
        FileKind::Decision => schema::<DecisionFile>(),
        FileKind::Site => schema::<ConfigFile>(),
        FileKind::Newsletter => schema::<NewsletterFile>(),
        FileKind::Glossary => schema::<GlossaryFile>(),
        FileKind::Law => schema::<LawFile>(),
    }
}

fn schema<T: JsonSchema>() -> Json {
    let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<T>().to_value();
    texts(&mut schema);
    schema
}

/// The schema of what we write as JSON.
pub fn written<T: JsonSchema>() -> Json {
    SchemaSettings::draft07().for_serialize().into_generator().into_root_schema_for::<T>().to_value()
}

/// Lets every free text be a number too; YAML tells them apart, the reader does not.
fn texts(schema: &mut Json) {
    match schema {
        Json::Object(map) => {
            let is_free = !["enum", "const", "pattern"].iter().any(|key| map.contains_key(*key));
            match map.get_mut("type") {
                Some(kind @ Json::String(_)) if is_free && kind == "string" => *kind = Json::from(vec!["string", "number"]),
                Some(Json::Array(kinds)) if is_free && kinds.iter().any(|kind| kind == "string") && !kinds.iter().any(|kind| kind == "number") => {
                    kinds.insert(1, Json::from("number"));
                }
                _ => {}
            }
            map.values_mut().for_each(texts);
        }
        Json::Array(items) => items.iter_mut().for_each(texts),
        _ => {}
    }
}
