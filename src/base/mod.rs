//! Floor 0, the words everybody uses: places, texts, dates, findings.
//!
//! No I/O and no serde here. Every other floor may import from this one.

pub mod bytes;
pub mod canon;
pub mod codes;
pub mod date;
pub mod diag;
pub mod hash;
pub mod path;
pub mod seek;
pub mod slug;
pub mod source;
