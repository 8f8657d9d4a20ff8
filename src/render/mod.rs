//! Floor 3, value → bytes: views for the templates, pages, data files, the audit.
//!
//! Imports `base`, `parse` and `model`. Never writes, never asks for the time.

pub mod assets;
pub mod audit;
pub mod body;
pub mod calendar;
pub mod data;
pub mod evidence;
pub mod hosts;
pub mod json_ld;
mod languages;
pub mod page;
pub mod pictures;
pub mod preview;
pub mod standard;
pub mod theme;
pub mod tree;
pub mod view;
