//! One binary for all tests that look at leitfaden from outside.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the disk, and a failed step is a failed test")]
#![expect(clippy::case_sensitive_file_extension_comparisons, reason = "the files are our own, in small letters")]
#![expect(clippy::format_push_string, reason = "the text of a failure may be built plainly")]

mod articles;
mod broken;
mod calendar;
mod cases;
mod cli;
mod consent;
mod data;
mod demo;
mod external;
mod guide;
mod hosts;
mod integrity;
mod languages;
mod lists;
mod pictures;
mod properties;
mod publish;
mod record;
mod reproducible;
mod schema;
mod search;
mod serve;
mod support;
mod theme;
mod tidy;
