//! The demo guide in `tests/demo`: another subject in another language, built by the same binary.

use super::support::{repository, run};

/// The day the demo was written; its facts were checked on it.
const WRITTEN: &str = "2026-11-26";

#[test]
fn a_guide_about_another_subject_in_english_checks_strictly() {
    let root = repository().join("tests/demo").display().to_string();
    let ran = run(&["--root", &root, "--today", WRITTEN, "--format", "short", "check", "--strict"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
}
