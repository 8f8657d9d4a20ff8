//! Floor 1, one file in, one value out: typed, strict, every value with its place.
//!
//! Nothing here looks at a second file; what needs two files is checked in `model`.

pub mod at;
pub(crate) mod decode;
pub(crate) mod yaml;
