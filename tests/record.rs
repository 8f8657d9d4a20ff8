//! A build to which nothing changed is over at once, and one to which anything changed is as if nothing were remembered.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::thread;

use proptest::prelude::*;

use super::support::{Project, Ran, TODAY, read_tree, run};

const ARTICLE: &str = "content/wer-ist-verantwortlich.md";

/// A project that was built.
fn built() -> Project {
    let project = Project::starter();
    assert_eq!(project.run(&["build"]).code, Some(0));
    project
}

/// Builds and says whether anything was made for it.
fn build(project: &Project, flags: &[&str]) -> (Ran, bool) {
    let ran = project.run(&[&["build", "--timings"], flags].concat());
    let is_made = ran.code != Some(0) || ran.stderr.lines().any(|line| line.starts_with("pages "));
    (ran, is_made)
}

/// Writes other bytes of the same length and gives the file its old time back.
fn slip_in(path: &Path) {
    let time = fs::metadata(path).unwrap().modified().unwrap();
    let mut text = fs::read_to_string(path).unwrap();
    if let Some(at) = text.rfind('e') {
        text.replace_range(at..=at, "a");
    }
    fs::write(path, text).unwrap();
    fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}

#[test]
fn a_build_to_which_nothing_changed_makes_and_writes_nothing_and_says_the_same() {
    let project = Project::starter();
    let (first, is_made) = build(&project, &[]);
    assert!(is_made, "{}", first.stderr);
    let (second, is_made) = build(&project, &[]);
    assert!(!is_made && second.code == Some(0), "{}", second.stderr);
    let told = |ran: &Ran| ran.stdout.lines().next().map(str::to_owned);
    assert_eq!(told(&first), told(&second));
    let files = read_tree(&project.path("public")).len() - 1;
    assert!(second.stdout.ends_with(&format!(": 0 files written, {files} unchanged, 0 removed\n")), "{}", second.stdout);
    assert_eq!(project.run(&["--quiet", "build"]).stdout, "");
    assert!(!read_tree(&project.path("public")).keys().any(|path| path.contains("last-build")), "the record is not published");
    assert_eq!(fs::read_to_string(project.path(".leitfaden/.gitignore")).unwrap(), "*\n", "nor committed");
}

#[test]
fn every_change_is_built() {
    type Change = (&'static str, fn(&Project));
    let changes: [Change; 13] = [
        ("other bytes of the same length and time", |project| slip_in(&project.path(ARTICLE))),
        ("a new text", |project| project.write("content/neu.md", "---\ntitle: Neu\ndescription: D.\ntags: [Recht]\n---\n\nText.\n")),
        ("a new text in a new folder", |project| {
            project.write("content/tief/neu.md", "---\ntitle: Neu\ndescription: D.\ntags: [Recht]\n---\n\nText.\n");
        }),
        ("a text renamed", |project| fs::rename(project.path(ARTICLE), project.path("content/umbenannt.md")).unwrap()),
        ("a text less", |project| fs::remove_file(project.path(ARTICLE)).unwrap()),
        ("a picture", |project| project.write("content/static/bild.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")),
        ("a file of the theme", |project| project.write("themes/standard/static/site.css", "a{color:red}")),
        ("a card", |project| {
            let card = fs::read_dir(project.path("vendors")).unwrap().map(|entry| entry.unwrap().path());
            slip_in(&card.into_iter().find(|path| !path.file_name().unwrap().to_str().unwrap().starts_with('_')).unwrap());
        }),
        ("an output with other bytes", |project| slip_in(&project.path("public/index.html"))),
        ("an output less", |project| fs::remove_file(project.path("public/index.html")).unwrap()),
        ("no manifest and no output", |project| fs::remove_dir_all(project.path("public")).unwrap()),
        ("a broken record", |project| project.replace(".leitfaden/last-build", "content/", "contend/")),
        ("a record of another version", |project| project.replace(".leitfaden/last-build", "record 1", "record 0")),
    ];
    let whole = built().output();
    for (what, change) in changes {
        let project = built();
        change(&project);
        let (ran, is_made) = build(&project, &[]);
        assert!(is_made, "{what}: {}", ran.stdout);
        let output = project.output();
        fs::remove_dir_all(project.path(".leitfaden")).unwrap();
        project.run(&["build", "--output", &project.path("other").display().to_string()]);
        assert!(ran.code != Some(0) || output == read_tree(&project.path("other")), "{what}");
        assert!(ran.code == Some(0) || output == whole, "{what}: nothing is written with errors");
        assert!(
            build(&project, &["--output", &project.path("other").display().to_string()]).1 == (ran.code != Some(0)),
            "{what}: and then nothing is left to do"
        );
    }
}

#[test]
fn another_day_or_wish_is_another_build() {
    let project = built();
    let root = project.root().display().to_string();
    let wishes: [&[&str]; 5] = [
        &["--today", "2027-11-25", "build", "--timings"],
        &["--today", TODAY, "build", "--timings", "--drafts"],
        &["--today", TODAY, "build", "--timings", "--base-url", "https://other.example/"],
        &["--today", TODAY, "build", "--timings", "--base-url", "https://other.example/", "--drafts"],
        &["--today", TODAY, "build", "--timings"],
    ];
    for wish in wishes {
        for expected in [true, false] {
            let ran = run(&[&["--root", &root], wish].concat());
            assert_eq!((ran.code, ran.stderr.contains("\npages ")), (Some(0), expected), "{wish:?}: {}", ran.stderr);
        }
    }
}

#[test]
fn a_warning_is_said_with_every_build_and_stops_a_strict_one() {
    let project = Project::starter();
    let text = fs::read_to_string(project.path(ARTICLE)).unwrap();
    project.write(ARTICLE, format!("{text}\n<b>Roh</b>\n"));
    let first = project.run(&["build"]);
    assert!(first.code == Some(0) && first.stderr.contains("warning["), "{}", first.stderr);
    let second = project.run(&["build"]);
    assert_eq!((second.code, &second.stderr), (Some(0), &first.stderr));
    assert!(!build(&project, &[]).1);
    let short = project.run(&["--format", "short", "build"]);
    assert!(short.stderr.starts_with(ARTICLE), "{}", short.stderr);
    let strict = project.run(&["build", "--strict"]);
    assert!(strict.code == Some(1) && strict.stderr.contains("nothing was written"), "{}", strict.stderr);
}

#[test]
fn builds_at_the_same_time_agree_with_what_the_next_one_finds() {
    let (one, two) = (Project::starter(), Project::starter());
    two.write("content/neu.md", "---\ntitle: Neu\ndescription: D.\ntags: [Recht]\n---\n\nText.\n");
    let output = one.path("public").display().to_string();
    thread::scope(|scope| {
        for project in [&one, &two, &one, &two] {
            scope.spawn(|| assert_eq!(project.run(&["build", "--output", &output]).code, Some(0)));
        }
    });
    for project in [&one, &two, &one] {
        assert_eq!(project.run(&["build", "--output", &output]).code, Some(0));
        let alone = project.path("alone").display().to_string();
        fs::rename(project.path(".leitfaden"), project.path("kept")).unwrap();
        assert_eq!(project.run(&["build", "--output", &alone]).code, Some(0));
        fs::remove_dir_all(project.path(".leitfaden")).unwrap();
        fs::rename(project.path("kept"), project.path(".leitfaden")).unwrap();
        assert!(read_tree(Path::new(&output)) == read_tree(Path::new(&alone)));
    }
}

/// What may happen between two builds.
#[derive(Clone, Debug)]
enum Step {
    Nothing,
    /// A word at the end of an input.
    Append(prop::sample::Index, &'static str),
    /// Other bytes, or none, of the same length and time, in an input or an output.
    Slip(&'static str, prop::sample::Index),
    Remove(&'static str, prop::sample::Index),
    /// Two files exchange their names.
    Exchange(&'static str, prop::sample::Index, prop::sample::Index),
    /// A file becomes a link to itself under another name.
    Link(&'static str, prop::sample::Index),
    /// Written anew as it is.
    Touch(&'static str, prop::sample::Index),
    /// A file of somebody else's in the output.
    Foreign,
    Restore,
}

fn step() -> impl Strategy<Value = Step> {
    let index = any::<prop::sample::Index>;
    let folder = || prop::sample::select(vec!["content", "vendors", "public"]);
    let words = ["\nNoch ein Satz.\n", "\n<b>Roh</b>\n", "\n[x](@/fehlt.md)\n", "\n[[offen]]\n", "\n"];
    prop_oneof![
        3 => Just(Step::Nothing),
        3 => (index(), prop::sample::select(words.to_vec())).prop_map(|(file, word)| Step::Append(file, word)),
        2 => (folder(), index()).prop_map(|(folder, file)| Step::Slip(folder, file)),
        1 => (folder(), index()).prop_map(|(folder, file)| Step::Remove(folder, file)),
        1 => (folder(), index(), index()).prop_map(|(folder, one, other)| Step::Exchange(folder, one, other)),
        1 => (folder(), index()).prop_map(|(folder, file)| Step::Link(folder, file)),
        1 => (folder(), index()).prop_map(|(folder, file)| Step::Touch(folder, file)),
        1 => Just(Step::Foreign),
        1 => Just(Step::Restore),
    ]
}

/// Does the step in a project; in two that are alike it does the same.
fn take(step: &Step, project: &Project, original: &[(String, Vec<u8>)]) {
    let pick = |folder: &str, at: &prop::sample::Index| -> Option<PathBuf> {
        let tree = if project.path(folder).is_dir() { read_tree(&project.path(folder)) } else { BTreeMap::new() };
        let files: Vec<String> = tree.into_keys().collect();
        (!files.is_empty()).then(|| project.path(folder).join(&files[at.index(files.len())]))
    };
    match step {
        Step::Nothing => {}
        Step::Append(file, word) => {
            let Some(path) = pick("content", file) else { return };
            fs::write(&path, [fs::read(&path).unwrap(), word.as_bytes().to_vec()].concat()).unwrap();
        }
        Step::Slip(folder, file) => pick(folder, file).filter(|path| fs::read_to_string(path).is_ok()).iter().for_each(|path| slip_in(path)),
        Step::Remove(folder, file) => pick(folder, file).iter().for_each(|path| fs::remove_file(path).unwrap()),
        Step::Exchange(folder, one, other) => {
            let (Some(one), Some(other)) = (pick(folder, one), pick(folder, other)) else { return };
            if one != other {
                fs::rename(&one, project.path("between")).unwrap();
                fs::rename(&other, &one).unwrap();
                fs::rename(project.path("between"), &other).unwrap();
            }
        }
        Step::Link(folder, file) => {
            let Some(path) = pick(folder, file).filter(|path| !path.is_symlink()) else { return };
            let target = path.with_extension("target");
            fs::rename(&path, &target).unwrap();
            symlink(target.file_name().unwrap(), &path).unwrap();
        }
        Step::Touch(folder, file) => pick(folder, file).iter().for_each(|path| fs::write(path, fs::read(path).unwrap()).unwrap()),
        Step::Foreign => {
            if project.path("public").is_dir() {
                project.write("public/mine.txt", "mine");
            }
        }
        Step::Restore => {
            for folder in ["content", "vendors", "public"].map(|folder| project.path(folder)) {
                let _ = fs::remove_dir_all(folder);
            }
            for (path, bytes) in original {
                project.write(path, bytes);
            }
        }
    }
}

#[test]
fn a_build_with_a_record_does_what_a_build_without_one_does() {
    let starter = Project::starter();
    let original: Vec<_> = ["content", "vendors"]
        .iter()
        .flat_map(|folder| read_tree(&starter.path(folder)).into_iter().map(move |(path, bytes)| (format!("{folder}/{path}"), bytes)))
        .collect();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(10));
    let flags = prop::sample::select(vec![&[][..], &[][..], &[][..], &["--strict"][..], &["--drafts"][..]]);
    runner
        .run(&proptest::collection::vec((step(), flags), 1..7), |steps| {
            let (with, without) = (Project::starter(), Project::starter());
            for (step, flags) in &steps {
                let ran = [&with, &without].map(|project| {
                    take(step, project, &original);
                    let ran = project.run(&[&["--format", "short", "build"], *flags].concat());
                    let root = project.root().display().to_string();
                    let tree = project.path("public").is_dir().then(|| read_tree(&project.path("public")));
                    (ran.code, ran.stdout.replace(&root, ""), ran.stderr.replace(&root, ""), tree)
                });
                let _ = fs::remove_dir_all(without.path(".leitfaden"));
                prop_assert_eq!((&ran[0].0, &ran[0].1, &ran[0].2), (&ran[1].0, &ran[1].1, &ran[1].2), "{:?}", steps);
                prop_assert!(ran[0].3 == ran[1].3, "{steps:?}");
            }
            Ok(())
        })
        .unwrap();
}
