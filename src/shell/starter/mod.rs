#![expect(clippy::disallowed_methods, reason = "the shell is where I/O lives")]
//! `init` and `new`: files to start from. Nothing that exists is ever overwritten, but for the
//! schemas, which this program wrote itself.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::disk;
use crate::base::codes::Letter;
use crate::base::path::SitePath;
use crate::base::slug::is_slug;
use crate::base::source::Source;
use crate::model::schema;
use crate::parse::config::ConfigFile;
pub(crate) use crate::parse::config::Language;
use crate::parse::load_file;
use crate::parse::schema::FileKind;

mod words;

/// What `leitfaden new` writes.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum Kind {
    /// `content/<slug>.md`.
    Article,
    /// `vendors/<slug>.yaml`.
    Vendor,
}

/// What there is to start from in one language.
struct Starter {
    /// The files of a new guide by their path.
    files: &'static [(&'static str, &'static str)],
    /// A new article.
    article: &'static str,
    /// A new card.
    vendor: &'static str,
    /// The words of a card in this language.
    words: &'static str,
}

const GERMAN: Starter = Starter {
    files: &[
        ("content/site.yaml", include_str!("files/content/site.yaml")),
        ("content/index.md", include_str!("files/content/index.md")),
        ("content/auswahl-in-drei-schritten.md", include_str!("files/content/auswahl-in-drei-schritten.md")),
        ("content/wer-ist-verantwortlich.md", include_str!("files/content/wer-ist-verantwortlich.md")),
        ("content/glossary.yaml", include_str!("files/content/glossary.yaml")),
        ("content/newsletter.yaml", include_str!("files/content/newsletter.yaml")),
        ("vendors/_criteria.yaml", include_str!("files/vendors/_criteria.yaml")),
        ("vendors/_decision.yaml", include_str!("files/vendors/_decision.yaml")),
        ("vendors/_profiles.yaml", include_str!("files/vendors/_profiles.yaml")),
        ("vendors/beispiel-cloud.yaml", include_str!("files/vendors/beispiel-cloud.yaml")),
        ("vendors/beispiel-server.yaml", include_str!("files/vendors/beispiel-server.yaml")),
        (".gitignore", "/public\n"),
    ],
    article: include_str!("files/article.md"),
    vendor: include_str!("files/vendor.yaml"),
    words: include_str!("files/words.yaml"),
};

const ENGLISH: Starter = Starter {
    files: &[
        ("content/site.yaml", include_str!("files/en/content/site.yaml")),
        ("content/index.md", include_str!("files/en/content/index.md")),
        ("content/choosing-in-three-steps.md", include_str!("files/en/content/choosing-in-three-steps.md")),
        ("content/who-is-responsible.md", include_str!("files/en/content/who-is-responsible.md")),
        ("content/glossary.yaml", include_str!("files/en/content/glossary.yaml")),
        ("content/newsletter.yaml", include_str!("files/en/content/newsletter.yaml")),
        ("vendors/_criteria.yaml", include_str!("files/en/vendors/_criteria.yaml")),
        ("vendors/_decision.yaml", include_str!("files/en/vendors/_decision.yaml")),
        ("vendors/_profiles.yaml", include_str!("files/en/vendors/_profiles.yaml")),
        ("vendors/example-cloud.yaml", include_str!("files/en/vendors/example-cloud.yaml")),
        ("vendors/example-server.yaml", include_str!("files/en/vendors/example-server.yaml")),
        (".gitignore", "/public\n"),
    ],
    article: include_str!("files/en/article.md"),
    vendor: include_str!("files/en/vendor.yaml"),
    words: include_str!("files/en/words.yaml"),
};

impl Starter {
    fn of(language: Language) -> &'static Self {
        match language {
            Language::De => &GERMAN,
            Language::En => &ENGLISH,
        }
    }
}

/// How the language of a new guide is typed.
pub(crate) fn language() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(Language::ALL.map(Language::code)).map(|word| Language::of_code(&word).unwrap_or(Language::De))
}

/// Writes a small guide into a new or empty folder; returns how many files.
pub(crate) fn init(dir: &Path, language: Language) -> Result<usize, String> {
    let is_free = match fs::read_dir(dir) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == ErrorKind::NotFound => true,
        Err(error) => return Err(format!("the folder `{}` cannot be read: {error}", dir.display())),
    };
    if !is_free {
        return Err(format!("the folder `{}` is not empty; choose a new one", dir.display()));
    }
    let files = Starter::of(language).files;
    for (path, text) in files {
        write_new(&dir.join(path), text)?;
    }
    Ok(files.len() + schemas(dir)?)
}

/// Writes the schemas that the last line of each YAML file points editors to; returns how many.
pub(crate) fn schemas(root: &Path) -> Result<usize, String> {
    let sources = disk::read(root).map_err(|error| format!("the folder `{}` cannot be read: {error}", root.display()))?;
    if sources.text("content/site.yaml").is_none() {
        return Err(format!("`{}` has no content/site.yaml; name the project's folder with --root", root.display()));
    }
    for kind in FileKind::ALL {
        let path = root.join("schema").join(format!("{}.json", kind.word()));
        let text = schema::of(kind, &sources);
        match fs::read_to_string(&path) {
            Ok(known) if known == text => {}
            Ok(known) if !known.contains(schema::MARK) => return Err(format!("`{}` was not written by leitfaden; nothing was changed", path.display())),
            _ => {
                fs::create_dir_all(root.join("schema"))
                    .and_then(|()| fs::write(&path, text))
                    .map_err(|error| format!("`{}` cannot be written: {error}", path.display()))?;
            }
        }
    }
    Ok(FileKind::ALL.len())
}

/// Writes a stub in the language of the site, or of the translation of what is there into a further one; returns its path.
pub(crate) fn new(root: &Path, kind: Kind, slug: &str, language: Option<Language>) -> Result<PathBuf, String> {
    if !is_slug(slug) {
        return Err(format!("`{slug}` is no slug; use small letters, digits and single hyphens, for example `zoom-x`"));
    }
    let config: Option<ConfigFile> = load(root, "content/site.yaml", Letter::Site);
    // German where the configuration cannot be read, which `check` will say.
    let main = config.as_ref().map_or(Language::De, |config| config.language);
    let starter = Starter::of(language.unwrap_or(main));
    let (folder, extension, stub) = match kind {
        Kind::Article => ("content", "md", starter.article),
        Kind::Vendor if language.is_some() => ("vendors", "yaml", starter.words),
        Kind::Vendor => ("vendors", "yaml", starter.vendor),
    };
    if !root.join(folder).is_dir() {
        return Err(format!("`{}` has no folder `{folder}`; name the project's folder with --root", root.display()));
    }
    let mut stub = stub.replace("SLUG", slug);
    let original = format!("{folder}/{slug}.{extension}");
    let mut path = root.join(&original);
    if let Some(language) = language {
        let code = language.code();
        if language == main {
            return Err(format!("`{code}` is the main language of the site; leave --language out"));
        }
        if !config.is_some_and(|config| config.languages.keys().any(|known| known.value == language)) {
            return Err(format!("the site does not have the language `{code}`; name it under `languages` in content/site.yaml first"));
        }
        if !path.is_file() {
            return Err(format!("there is no `{original}` to translate"));
        }
        if matches!(kind, Kind::Vendor) {
            let card = load(root, &original, Letter::Vendor).ok_or_else(|| format!("`{original}` cannot be read; `leitfaden check` says why"))?;
            stub = stub.replace("WORDS", &words::commented(&card, load(root, "vendors/_criteria.yaml", Letter::Criteria).as_ref()));
        }
        path = root.join(folder).join(format!("{slug}.{code}.{extension}"));
    }
    write_new(&path, &stub)?;
    Ok(path)
}

/// A file of the project, if it is there and can be read.
fn load<T: serde::de::DeserializeOwned>(root: &Path, path: &str, letter: Letter) -> Option<T> {
    let text = fs::read_to_string(root.join(path)).ok()?;
    load_file(&Source { path: SitePath::parse(path).ok()?, text: text.into() }, letter).0
}

/// Creates a file that must not exist yet.
fn write_new(path: &Path, text: &str) -> Result<(), String> {
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::AlreadyExists => format!("`{}` exists already; nothing was changed", path.display()),
        _ => format!("`{}` cannot be written: {error}", path.display()),
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)
}
