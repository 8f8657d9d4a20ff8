//! Codes stub.
use super::path::SitePath;
use std::fmt;
/// Code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code { letter: char, number: u16 }
impl fmt::Display for Code { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{}{:03}", self.letter, self.number) } }
/// Letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letter { /// v
 Vendor, /// a
 Article }
impl Letter { /// code
pub const fn code(self, number: u16) -> Code { Code { letter: match self { Self::Vendor => 'V', Self::Article => 'A' }, number } } }
/// l
pub fn letter_of(_p: &SitePath) -> Letter { Letter::Vendor }
