//! The same inputs give the same bytes: on any number of threads, in any reading order, twice.

use leitfaden::base::date::Day;
use leitfaden::base::source::Sources;
use leitfaden::pipeline::{Request, run};

use super::support::{Project, TODAY, read_tree, repository, run_with};

#[test]
fn one_and_eight_threads_give_the_same_tree() {
    let build = |threads: &str| {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        let args = ["--root", &repository().display().to_string(), "--today", TODAY, "build", "--output", &output.display().to_string()];
        let ran = run_with(&args, &[("RAYON_NUM_THREADS", threads)]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        read_tree(&output)
    };
    assert!(build("1") == build("8"));
}

#[test]
fn the_reading_order_does_not_matter() {
    let project = Project::starter();
    let mut files: Vec<_> = ["content", "vendors"]
        .iter()
        .flat_map(|folder| read_tree(&project.path(folder)).into_iter().map(move |(path, bytes)| (format!("{folder}/{path}"), bytes)))
        .collect();
    let build = |files: &[(String, Vec<u8>)]| {
        let mut sources = Sources::default();
        for (path, bytes) in files {
            sources.add(leitfaden::base::path::SitePath::parse(path).unwrap(), bytes.clone());
        }
        let request = Request { today: Day::parse(TODAY).unwrap(), drafts: false, base_url: None, outgoing: false };
        run(&sources, &request, &mut |_| {}).tree.expect("the starter builds").all()
    };
    let forward = build(&files);
    files.reverse();
    assert!(forward == build(&files));
    let middle = files.len() / 2;
    files.rotate_left(middle);
    assert!(forward == build(&files));
}

#[test]
fn a_second_build_rewrites_no_file() {
    let project = Project::starter();
    assert_eq!(project.run(&["build"]).code, Some(0));
    let stamps = || {
        let mut stamps: Vec<_> = read_tree(&project.path("public")).into_keys().collect();
        stamps.sort();
        stamps.into_iter().map(|name| (std::fs::metadata(project.path("public").join(&name)).unwrap().modified().unwrap(), name)).collect::<Vec<_>>()
    };
    let before = stamps();
    let ran = project.run(&["build"]);
    assert!(ran.stdout.contains(" 0 files written, "), "{}", ran.stdout);
    assert_eq!(before, stamps());
}
