//! `themes/<theme>/i18n/<language>.yaml`: every text that the program itself writes.
//!
//! The file is a flat mapping from key to text; `{name}` in a text is filled in.

use std::collections::BTreeMap;

use super::load_file;
use crate::base::codes::Letter;
use crate::base::diag::Diagnostic;
use crate::base::source::Source;

/// The texts of one language.
#[derive(Clone, Debug, Default)]
pub struct Strings(BTreeMap<String, String>);

impl Strings {
    /// Reads a language file.
    pub fn read(source: &Source) -> (Self, Vec<Diagnostic>) {
        let (texts, findings) = load_file(source, Letter::Theme);
        (Self(texts.unwrap_or_default()), findings)
    }

    /// Lays `over` on top: its texts replace ours.
    pub fn overlay(&mut self, over: Self) {
        self.0.extend(over.0);
    }

    /// The text of `key`.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// The text of `key`, or the key itself: a gap is seen, and the theme's test finds it.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).unwrap_or(key)
    }

    /// The text of `key` with every `{name}` replaced.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        values.iter().fold(self.get(key).to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }
}
