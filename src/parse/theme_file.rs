//! `themes/<name>/theme.yaml`: for which template contract a theme was written.

use serde::Deserialize;

use super::at::At;

/// The whole file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThemeFile {
    /// The theme's name.
    pub name: String,
    /// Version of the template contract.
    pub contract: At<u32>,
}
