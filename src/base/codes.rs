//! Every code a finding can have, with the text that `leitfaden explain` prints.
//!
//! A code is the letter of what the editor edits and a number. Numbers 1 to 9
//! mean the same for every YAML file, so they are described once ([`YAML`]).

use std::fmt;

use super::path::SitePath;

/// A stable code such as `V012`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code {
    letter: Letter,
    number: u16,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:03}", self.letter.as_char(), self.number)
    }
}

/// What the editor edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Letter {
    /// `A`: an article and its front matter.
    Article,
    /// `C`: the newsletter's consent notice.
    Consent,
    /// `F`: how fresh and how well sourced a fact is.
    Freshness,
    /// `H`: the HTML that would be published.
    Html,
    /// `I`: what somebody else may have put in.
    Integrity,
    /// `K`: criteria and profiles.
    Criteria,
    /// `L`: a link.
    Link,
    /// `S`: the site's configuration, glossary and legal events.
    Site,
    /// `T`: the theme.
    Theme,
    /// `V`: a vendor card.
    Vendor,
}

impl Letter {
    /// The code with this letter and `number`.
    pub const fn code(self, number: u16) -> Code {
        Code { letter: self, number }
    }

    const fn as_char(self) -> char {
        match self {
            Self::Article => 'A',
            Self::Consent => 'C',
            Self::Freshness => 'F',
            Self::Html => 'H',
            Self::Integrity => 'I',
            Self::Criteria => 'K',
            Self::Link => 'L',
            Self::Site => 'S',
            Self::Theme => 'T',
            Self::Vendor => 'V',
        }
    }
}

/// The letter for findings about the file itself.
pub fn letter_of(path: &SitePath) -> Letter {
    let name = path.as_str();
    match name {
        "vendors/_criteria.yaml" | "vendors/_profiles.yaml" | "vendors/_decision.yaml" => Letter::Criteria,
        "content/newsletter.yaml" | "content/newsletter.lock" => Letter::Consent,
        _ if name.starts_with("vendors/") => Letter::Vendor,
        _ if name.starts_with("themes/") => Letter::Theme,
        _ if path.has_extension("md") => Letter::Article,
        _ => Letter::Site,
    }
}

/// What a code means, with a wrong and a right example.
#[derive(Clone, Copy, Debug)]
pub struct Doc {
    /// The code; for [`YAML`] any letter stands in front of the number.
    pub code: Code,
    /// What was found, in one line.
    pub title: &'static str,
    /// Why it matters and what to do.
    pub text: &'static str,
    /// An example that causes it.
    pub wrong: &'static str,
    /// The same, mended.
    pub right: &'static str,
}

/// Finds the description of a code as the user typed it, upper or lower case.
pub fn explain(typed: &str) -> Option<&'static Doc> {
    let typed = typed.trim().to_uppercase();
    if let Some(doc) = docs().find(|doc| doc.code.to_string() == typed) {
        return Some(doc);
    }
    let (letter, number) = typed.split_at_checked(1)?;
    let number: u16 = number.parse().ok()?;
    let reads_yaml = ["A", "C", "K", "S", "T", "V"].contains(&letter);
    YAML.iter().find(|doc| reads_yaml && doc.code.number == number)
}

macro_rules! codes {
    ($table:ident; $($name:ident = $letter:ident $number:literal $title:literal, $text:literal, wrong $wrong:literal, right $right:literal;)*) => {
        $(#[doc = $title] pub const $name: Code = Letter::$letter.code($number);)*
        /// Descriptions in the order of the table.
        pub const $table: &[Doc] = &[$(Doc { code: $name, title: $title, text: $text, wrong: $wrong, right: $right }),*];
    };
}

mod cards;
mod consent;
mod freshness;
mod integrity;
mod output;
mod site;
mod texts;
mod yaml;

pub use cards::*;
pub use consent::*;
pub use freshness::*;
pub use integrity::*;
pub use output::*;
pub use site::*;
pub use texts::*;
pub use yaml::*;

/// All descriptions but those of [`YAML`], in the order of the letters.
pub fn docs() -> impl Iterator<Item = &'static Doc> {
    [TEXTS, CARDS, SITE, FRESHNESS, INTEGRITY, CONSENT, OUTPUT].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_described_once() {
        let mut seen = std::collections::BTreeSet::new();
        for doc in docs().chain(YAML) {
            assert!(seen.insert(doc.code), "{} twice", doc.code);
            for text in [doc.title, doc.text, doc.wrong, doc.right] {
                assert!(!text.is_empty(), "{}", doc.code);
            }
        }
    }

    #[test]
    fn codes_are_found_as_people_type_them() {
        assert_eq!(explain(" v012 ").unwrap().code, UNKNOWN_VALUE);
        assert_eq!(explain("K002").unwrap().title, "a key that nobody knows");
        assert!(explain("H002").unwrap().title.contains("inline"));
        assert!(explain("L008").is_none() && explain("").is_none() && explain("ä").is_none());
    }
}
