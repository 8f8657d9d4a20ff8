//! Every way in which input can be wrong that the program words: one row each.
//!
//! A row breaks the starter guide by its edits and pins the exact findings in the
//! short format. Each row runs the real binary twice: built, then broken and built
//! again, and the output of the first build must still be there, byte for byte.

use std::collections::{BTreeMap, BTreeSet};

use super::support::{Project, read_tree};

enum Edit {
    /// Writes a whole file.
    Write(&'static str, &'static [u8]),
    /// Replaces text that must be there.
    Replace(&'static str, &'static str, &'static str),
    /// Makes a symbolic link.
    Link(&'static str, &'static str),
    /// Writes everything after a text a second time.
    Repeat(&'static str, &'static str),
    /// Makes a file of so many zeros.
    Grow(&'static str, u64),
    /// Removes a file.
    Remove(&'static str),
}
use Edit::{Grow, Link, Remove, Repeat, Replace, Write};

pub(super) struct Row {
    pub(super) what: &'static str,
    edits: &'static [Edit],
    says: &'static [&'static str],
}

const CLOUD: &str = "vendors/beispiel-cloud.yaml";
const SITE: &str = "content/site.yaml";
const CRITERIA: &str = "vendors/_criteria.yaml";
const DECISION: &str = "vendors/_decision.yaml";
const PROFILES: &str = "vendors/_profiles.yaml";
const ARTICLE: &str = "content/wer-ist-verantwortlich.md";
const NEWSLETTER: &str = "content/newsletter.yaml";
const GLOSSARY: &str = "content/glossary.yaml";

include!("broken/integrity_rows.rs");
include!("broken/rows.rs");
include!("broken/consent_rows.rs");
include!("broken/host_rows.rs");
include!("broken/words_rows.rs");

/// All tables of rows, each in a file of its own.
pub(super) fn rows() -> impl Iterator<Item = &'static Row> {
    [ROWS, CONSENT_ROWS, HOST_ROWS, INTEGRITY_ROWS, WORDS_ROWS].into_iter().flatten()
}

/// Files by their path, and which of them were changed.
type Changed = (BTreeMap<String, Vec<u8>>, BTreeSet<String>);

/// The starter guide's files after a row's edits, and those that it changed; none where it links files.
pub(super) fn files_after(row: &Row) -> Option<Changed> {
    let project = Project::starter();
    let files = || -> BTreeMap<String, Vec<u8>> {
        let below = |folder: &'static str| read_tree(&project.path(folder)).into_iter().map(move |(path, bytes)| (format!("{folder}/{path}"), bytes));
        below("content").chain(below("vendors")).collect()
    };
    if row.edits.iter().any(|edit| matches!(edit, Link(..))) {
        return None;
    }
    let before = files();
    apply(&project, row.edits);
    let after = files();
    let changed = after.iter().filter(|(path, bytes)| before.get(*path) != Some(bytes)).map(|(path, _)| path.clone()).collect();
    Some((after, changed))
}

fn apply(project: &Project, edits: &[Edit]) {
    for edit in edits {
        match edit {
            Write(path, bytes) => project.write(path, bytes),
            Replace(path, from, to) => project.replace(path, from, to),
            Link(path, target) => std::os::unix::fs::symlink(target, project.path(path)).expect("a link can be made"),
            Repeat(path, after) => {
                let text = std::fs::read_to_string(project.path(path)).expect("the file is there");
                let (_, rest) = text.split_once(after).expect("the text is there");
                project.write(path, format!("{text}{rest}"));
            }
            Grow(path, bytes) => {
                project.write(path, "");
                let file = std::fs::File::options().write(true).open(project.path(path)).expect("the file is there");
                file.set_len(*bytes).expect("it can have holes");
            }
            Remove(path) => std::fs::remove_file(project.path(path)).expect("the file is there"),
        }
    }
}

/// Findings of the short format, without the number of the line in a finished page: that is the theme's business and moves
/// with every edit of a template.
fn findings(stderr: &str) -> Vec<String> {
    let without_line = |line: &str| match line.split_once("`, line ") {
        Some((before, number)) if before.contains("it shows on `") => {
            format!("{before}`, line …{}", number.trim_start_matches(|letter: char| letter.is_ascii_digit()))
        }
        _ => line.to_owned(),
    };
    stderr.lines().filter(|line| !line.contains("nothing was written")).map(without_line).collect()
}

#[test]
fn every_broken_input_says_where_and_what_instead_and_loses_nothing() {
    let mut wrong = String::new();
    for row in rows() {
        let project = Project::starter();
        assert_eq!(project.run(&["build"]).code, Some(0));
        let before = project.output();
        apply(&project, row.edits);
        let ran = project.run(&["build", "--format", "short", "--strict"]);
        let said = findings(&ran.stderr);
        if said != row.says || ran.code != Some(1) {
            wrong.push_str(&format!("{} (exit {:?})\n", row.what, ran.code));
            for line in said {
                wrong.push_str(&format!("        {line:?},\n"));
            }
        }
        assert_eq!(project.output(), before, "{}: the old output is untouched", row.what);
    }
    assert!(wrong.is_empty(), "these rows say something else:\n{wrong}");
}

#[test]
fn every_row_has_a_place_and_help() {
    for row in rows() {
        for line in row.says {
            let place = line.split(": ").next().unwrap_or_default();
            let parts: Vec<&str> = place.rsplitn(3, ':').collect();
            assert!(parts.len() == 3 && parts[..2].iter().all(|number| number.parse::<usize>().is_ok()), "{}: {line}", row.what);
            assert!(line.ends_with(')') && line.contains(" ("), "{}: no help in {line}", row.what);
        }
    }
}

#[test]
fn every_code_is_shown_by_a_row() {
    let shown: BTreeSet<String> = rows().flat_map(|row| row.says).filter_map(|line| Some(line.split_once('[')?.1.split_once(']')?.0.to_owned())).collect();
    let missing: Vec<String> = leitfaden::base::codes::docs().map(|doc| doc.code.to_string()).filter(|code| !shown.contains(code)).collect();
    // S012 is a remark in the starter's stage; tests/cli.rs shows it as remark and as error.
    // S033 to S035 and V022 are remarks too; tests/hosts.rs and tests/languages.rs show them. L010 to L012 need somebody who answers: tests/external.rs.
    assert_eq!(missing, ["L010", "L011", "L012", "V022", "S012", "S033", "S034", "S035"], "codes without a row");
    for doc in leitfaden::base::codes::YAML {
        let number = doc.code.to_string()[1..].to_owned();
        assert!(shown.iter().any(|code| code[1..] == number), "no row shows a YAML finding number {number}");
    }
}
