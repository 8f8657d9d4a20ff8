//! The whole website as a value: every file's path and its bytes.

use std::collections::BTreeMap;

/// Path below the output folder, with `/` between the parts → bytes.
pub type Tree = BTreeMap<String, Vec<u8>>;
