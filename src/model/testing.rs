//! Small values for the unit tests of this floor.

use super::catalogue::{Catalogue, Criterion, Profile};
use super::cell::{Cell, Part};
use crate::base::path::SitePath;
use crate::base::source::Source;
use crate::parse::scalar::{Light, Role};

/// A source at `path`.
pub(crate) fn source(path: &str, text: &str) -> Source {
    Source { path: SitePath::parse(path).expect("a test names a good path"), text: text.into() }
}

/// A cell with this light.
pub(crate) fn cell(light: Light) -> Cell {
    let parts = if light == Light::Grey { vec![] } else { vec![Part { id: "x".into(), light, value: None }] };
    Cell { parts, light, ..Cell::unknown() }
}

/// A catalogue and profile of so many gates, then strong criteria.
pub(crate) fn scale(gates: usize, strong: usize) -> (Catalogue, Profile) {
    let roles: Vec<Role> = [vec![Role::Gate; gates], vec![Role::Strong; strong]].concat();
    let criteria: Vec<Criterion> = (0..roles.len())
        .map(|index| {
            let yaml = format!("{{id: c{index}, slug: c{index}, group: g, label: C, question: Q, explanation: E, type: text, role: strong}}");
            let entry = crate::parse::load_file(&source("vendors/_criteria.yaml", &yaml), crate::base::codes::Letter::Criteria).0;
            Criterion { entry: entry.expect("a test's criterion is complete"), group: 0, derive: vec![], adjust: vec![] }
        })
        .collect();
    let profile = Profile { id: "p".into(), label: "P".into(), description: String::new(), roles, changes: vec![] };
    (Catalogue { criteria, ..Catalogue::default() }, profile)
}
