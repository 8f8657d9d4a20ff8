//! What somebody else may have put into a text: injected adverts and their tricks.
//!
//! 1. [`paragraph`] follows the Markdown reader and keeps what is visible, block by block;
//! 2. [`check`] looks at each block: its [`language`], the addresses in it ([`links`]), and
//!    at HTML that hides something ([`hidden`]);
//! 3. [`invisible`] looks at a whole file, [`address`] at a single address.
//!
//! Everything here can be said of one file. Which hosts the site knows is compared in
//! `model`.

pub mod address;
pub(super) mod hidden;
pub mod invisible;
mod language;
mod links;
mod paragraph;

use super::document::Link;
use super::place::Report;

pub(super) use paragraph::Log;

/// Reports what is wrong with the blocks of a text; gives the addresses that stand in it
/// without being links.
pub(super) fn check(log: Log, language: &str, report: &mut Report<'_>) -> Vec<Link> {
    let (paragraphs, tags) = log.finish();
    let mut mentions = Vec::new();
    for paragraph in &paragraphs {
        language::check(paragraph, language, report);
        links::check(paragraph, report);
        mentions.extend(links::mentions(paragraph, report));
    }
    for (tag, range) in &tags {
        hidden::check(tag, range, report);
    }
    mentions
}
