//! Floor 2, the whole site as one immutable value: joined, resolved, rated, checked.
//!
//! Imports `base` and `parse` only. Nothing here knows how a page looks.

pub mod articles;
pub mod card;
pub mod catalogue;
pub mod cell;
pub mod consent;
pub mod decision;
pub mod due;
pub mod freshness;
pub mod integrity;
pub mod law;
pub mod link;
pub mod lists;
pub mod marks;
pub mod obsolete;
pub mod outgoing;
pub mod pages;
mod parsed;
pub mod placeholder;
mod plan;
pub mod prose;
pub mod rating;
pub mod redirects;
mod revised;
pub mod schema;
pub mod site;
pub mod terms;
#[cfg(test)]
pub(crate) mod testing;
pub mod texts;
pub mod translations;
