//! leitfaden turns Markdown articles and typed YAML cards into a searchable comparison website.
//!
//! The house has six floors, and a module imports only from floors below:
//!
//! 0. [`base`]: places, texts, dates, findings. No I/O, no serde.
//! 1. [`parse`]: one file in, one value out, every value with its place.
//! 2. [`model`]: the whole site as one immutable value: joined, rated, checked.
//! 3. [`render`]: value → bytes: views, templates, data files, the audit; [`search`]: the index of the search.
//! 4. [`pipeline`]: the one order of a build, and the only threads.
//! 5. [`shell`]: files, clock, environment, terminal. The only I/O.

pub mod base;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod render;
pub mod search;
pub mod shell;
