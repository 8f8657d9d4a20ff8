//! The standard theme, embedded so that the binary works anywhere.

/// Path in `themes/standard` → bytes. A test compares the table with the folder.
pub const FILES: &[(&str, &[u8])] = &[];
