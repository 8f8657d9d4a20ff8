//! leitfaden.
pub mod base;
pub mod parse;
