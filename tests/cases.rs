//! Golden folders: `tests/cases/<sentence>/` holds `in/` (files laid over the starter guide)
//! and what must come of it: `out/` (files of the output, whole) and `stderr`.
//!
//! A golden that no run uses is a failure. `SNAPSHOTS=overwrite` writes them anew.

use std::collections::BTreeMap;

use super::support::{Project, copy_tree, read_tree, repository};

#[test]
fn every_case_gives_its_golden_files() {
    let folder = repository().join("tests/cases");
    let mut names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    assert!(!names.is_empty());
    let mut wrong = Vec::new();
    for case in names {
        let name = case.file_name().unwrap().to_str().unwrap().to_owned();
        let project = Project::starter();
        copy_tree(&case.join("in"), &project.root());
        let ran = project.run(&["build"]);
        let output = if project.path("public").exists() { project.output() } else { BTreeMap::new() };
        let mut found: BTreeMap<String, Vec<u8>> = BTreeMap::from([("stderr".to_owned(), ran.stderr.clone().into_bytes())]);
        let goldens = read_tree(&case);
        for golden in goldens.keys().filter_map(|path| path.strip_prefix("out/")) {
            match output.get(golden) {
                Some(bytes) => drop(found.insert(format!("out/{golden}"), bytes.clone())),
                None => wrong.push(format!("{name}: nothing writes out/{golden}")),
            }
        }
        for (path, bytes) in found {
            let golden = goldens.get(&path);
            if golden == Some(&bytes) || (golden.is_none() && bytes.is_empty()) {
                continue;
            }
            if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
                std::fs::write(case.join(&path), &bytes).unwrap();
            } else {
                let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                let expected = golden.map(|golden| text(golden)).unwrap_or_default();
                wrong.push(format!("{name}: {path} differs\n{}", difference(&expected, &text(&bytes))));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The first line that differs, with both versions.
fn difference(expected: &str, found: &str) -> String {
    let mut lines = expected.lines().zip(found.lines()).enumerate();
    match lines.find(|(_, (expected, found))| expected != found) {
        Some((number, (expected, found))) => format!("line {}\n- {expected}\n+ {found}", number + 1),
        None => format!("{} lines expected, {} found\n{found}", expected.lines().count(), found.lines().count()),
    }
}
