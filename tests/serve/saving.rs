//! How editors save: every way ends in the site that a build writes, and in no more than that.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::super::support::{Project, repository};
use super::preview::{PATIENCE, Preview};

const ARTICLE: &str = "content/wer-ist-verantwortlich.md";

/// The article with a sentence of its own at the end.
fn with(original: &str, sentence: &str) -> String {
    format!("{original}\n{sentence}\n")
}

fn article(title: &str) -> String {
    format!("---\ntitle: {title}\ndescription: Ein Text.\n---\n\nEin Satz.\n")
}

/// Writes to a sibling and renames it over the file.
fn by_rename(path: &Path, text: &str, sibling: &str) {
    let new = path.with_file_name(sibling);
    fs::write(&new, text).unwrap();
    fs::rename(new, path).unwrap();
}

fn vim_without_copy(path: &Path, text: &str) {
    let backup = path.with_extension("md~");
    fs::write(path.with_file_name("4913"), "").unwrap();
    fs::remove_file(path.with_file_name("4913")).unwrap();
    fs::rename(path, &backup).unwrap();
    fs::write(path, text).unwrap();
    fs::remove_file(backup).unwrap();
}

fn vim_with_copy(path: &Path, text: &str) {
    let backup = path.with_extension("md~");
    fs::copy(path, &backup).unwrap();
    fs::write(path, text).unwrap();
    fs::remove_file(backup).unwrap();
}

fn emacs(path: &Path, text: &str) {
    let name = path.file_name().unwrap().to_str().unwrap();
    let (lock, auto) = (path.with_file_name(format!(".#{name}")), path.with_file_name(format!("#{name}#")));
    symlink("editor@host.1234:1", &lock).unwrap();
    fs::write(&auto, "half a sent").unwrap();
    fs::copy(path, path.with_extension("md~")).unwrap();
    fs::write(path, text).unwrap();
    fs::remove_file(auto).unwrap();
    fs::remove_file(lock).unwrap();
}

fn in_pieces(path: &Path, text: &str) {
    fs::write(path, "").unwrap();
    // The pause is the case, not a wait.
    thread::sleep(Duration::from_millis(120));
    fs::write(path, text).unwrap();
}

type Save = fn(&Path, &str);

#[test]
fn every_way_of_saving_is_followed() {
    let ways: [(&str, Save); 8] = [
        ("in place", |path, text| fs::write(path, text).unwrap()),
        ("rename", |path, text| by_rename(path, text, "tmp-1234.md.tmp")),
        ("hidden rename", |path, text| by_rename(path, text, ".goutputstream-X1")),
        ("sed -i", |path, text| by_rename(path, text, "sedA1b2C3")),
        ("vim, backupcopy=no", vim_without_copy),
        ("vim, backupcopy=yes", vim_with_copy),
        ("emacs", emacs),
        ("truncate, pause, write", in_pieces),
    ];
    let project = Project::starter();
    let original = fs::read_to_string(project.path(ARTICLE)).unwrap();
    for polling in [false, true] {
        let preview = Preview::start(&project, if polling { &["--poll=50"] } else { &[] });
        let events = preview.events();
        for (way, save) in ways {
            let before = preview.generation();
            save(&project.path(ARTICLE), &with(&original, &format!("Gespeichert: {way}, {polling}.")));
            preview.becomes_the_build(&project, &events);
            let generations = preview.generation() - before;
            // One for the site, one for the print page, which follows; an empty file in between is
            // shown as the error it is.
            let most = if way.starts_with("truncate") { 3 } else { 2 };
            assert!((1..=most).contains(&generations), "{way}: {generations} changes for one save");
            while events.next(Duration::ZERO).is_some() {}
        }
    }
}

#[test]
fn what_changes_no_byte_reloads_nothing() {
    let project = Project::starter();
    let preview = Preview::start(&project, &[]);
    let events = preview.events();
    let path = project.path(ARTICLE);
    let original = fs::read_to_string(&path).unwrap();
    // None of these is a change: the same bytes, a lock and an autosave, caches and outputs.
    fs::write(&path, &original).unwrap();
    by_rename(&path, &original, "x.tmp");
    symlink("editor@host.1", path.with_file_name(".#a.md")).unwrap();
    project.write("content/#a.md#", "half");
    project.write(".cache/x", "x");
    project.write("content/public/.leitfaden.json", "{}");
    project.write("content/public/index.html", "x");
    assert_eq!(project.run(&["build"]).code, Some(0));
    // This one is, and it is the next generation.
    fs::write(&path, with(&original, "Ein neuer Satz.")).unwrap();
    assert_eq!(events.next(PATIENCE), Some(2), "{}", preview.said());
    preview.becomes_the_build(&project, &events);
    assert!(preview.generation() <= 3, "the site, then the print page");
    assert!(preview.said().matches("Built in").count() <= 2, "nothing was built for nothing: {}", preview.said());
}

#[test]
fn pages_come_go_and_move() {
    let project = Project::starter();
    let preview = Preview::start(&project, &[]);
    let events = preview.events();
    project.write("content/neu.md", article("Neu"));
    preview.becomes_the_build(&project, &events);
    fs::rename(project.path("content/neu.md"), project.path("content/anders.md")).unwrap();
    preview.becomes_the_build(&project, &events);
    assert_eq!((preview.get("/neu/").status, preview.get("/anders/").status), (404, 200));
    fs::remove_file(project.path("content/anders.md")).unwrap();
    preview.becomes_the_build(&project, &events);
    assert_eq!(preview.get("/anders/").status, 404);
    assert!(!preview.get("/themen/").text().contains("anders"), "links to it are gone as well");
    // A folder is renamed, then a file in it is edited, then the folder goes.
    project.write("content/ordner/a.md", article("A"));
    preview.becomes_the_build(&project, &events);
    fs::rename(project.path("content/ordner"), project.path("content/regal")).unwrap();
    preview.becomes_the_build(&project, &events);
    project.write("content/regal/a.md", article("A, neu gefasst"));
    preview.becomes_the_build(&project, &events);
    assert!(preview.get("/regal/a/").text().contains("A, neu gefasst"));
    fs::remove_dir_all(project.path("content/regal")).unwrap();
    preview.becomes_the_build(&project, &events);
    assert_eq!(preview.get("/regal/a/").status, 404);
}

#[test]
fn new_folders_lose_no_file() {
    let project = Project::starter();
    let preview = Preview::start(&project, &[]);
    let events = preview.events();
    for number in 0..200 {
        project.write(&format!("content/n{number}/a/b/text.md"), article(&format!("Nummer {number}")));
    }
    preview.becomes_the_build(&project, &events);
    // Edits in folders that came at once with their files are seen as well.
    for number in [0, 99, 199] {
        project.write(&format!("content/n{number}/a/b/text.md"), article(&format!("Anders {number}")));
        preview.becomes_the_build(&project, &events);
    }
}

#[test]
fn links_are_followed_inside_the_project_only() {
    let project = Project::starter();
    project.write("geteilt/vorher/a.md", article("Vorher"));
    project.write("geteilt/nachher/b.md", article("Nachher"));
    project.write("geteilt/datei.md", article("Datei"));
    symlink(project.path("geteilt/vorher"), project.path("content/vorher")).unwrap();
    let preview = Preview::start(&project, &[]);
    let events = preview.events();
    symlink(project.path("geteilt/nachher"), project.path("content/nachher")).unwrap();
    preview.becomes_the_build(&project, &events);
    project.write("geteilt/vorher/a.md", article("Vorher, neu"));
    preview.becomes_the_build(&project, &events);
    project.write("geteilt/nachher/b.md", article("Nachher, neu"));
    preview.becomes_the_build(&project, &events);
    assert!(preview.get("/nachher/b/").text().contains("Nachher, neu"));
    for (target, words) in [("/etc", "leads out of the project"), ("nirgends", "cannot be read"), ("..", "leads in a circle")] {
        symlink(target, project.path("content/x")).unwrap();
        preview.until(words, || preview.get("/").text().contains(words));
        fs::remove_file(project.path("content/x")).unwrap();
        preview.until("the end of the error", || !preview.get("/").text().contains(words));
    }
    // A link to a file: the file behind it is looked at while somebody watches.
    symlink(project.path("geteilt/datei.md"), project.path("content/datei.md")).unwrap();
    preview.becomes_the_build(&project, &events);
    project.write("geteilt/datei.md", article("Datei, neu"));
    preview.becomes_the_build(&project, &events);
}

#[test]
fn folders_and_the_project_itself_may_vanish_and_come_back() {
    let project = Project::starter();
    let preview = Preview::start(&project, &[]);
    let events = preview.events();
    let away = project.root().with_extension("away");
    fs::rename(project.path("content"), project.path("weg")).unwrap();
    preview.until("the missing folder", || preview.get("/").text().contains("there is no content/site.yaml"));
    assert!(preview.get("/vergleich/").text().contains("data-matrix"), "the last good site is behind it");
    fs::rename(project.path("weg"), project.path("content")).unwrap();
    preview.becomes_the_build(&project, &events);
    project.write("content/neu.md", article("Neu"));
    preview.becomes_the_build(&project, &events);
    fs::rename(project.root(), &away).unwrap();
    preview.until("the missing project", || preview.get("/").text().contains("folder cannot be read"));
    fs::rename(&away, project.root()).unwrap();
    preview.becomes_the_build(&project, &events);
    project.write("content/neu.md", article("Neuer"));
    preview.becomes_the_build(&project, &events);
}

#[test]
fn many_files_at_once_are_few_builds() {
    let project = Project::starter();
    for number in 0..1000 {
        project.write(&format!("content/n{number}.md"), article(&format!("Eins {number}")));
    }
    let preview = Preview::start(&project, &[]);
    let events = preview.events();
    // As git does it: each file is removed and written anew.
    for number in 0..1000 {
        let path = project.path(&format!("content/n{number}.md"));
        fs::remove_file(&path).unwrap();
        fs::write(&path, article(&format!("Zwei {number}"))).unwrap();
    }
    let page = |number: usize| preview.get(&format!("/n{number}/")).text().contains(&format!("Zwei {number}"));
    while !(page(0) && page(999)) {
        assert!(events.next(PATIENCE).is_some(), "{}", preview.said());
    }
    preview.becomes_the_build(&project, &events);
    // Mostly two or three; a busy machine draws the checkout out, and what is complete meanwhile may be shown.
    assert!(preview.generation() <= 50, "{} changes for one checkout of 1,000 files", preview.generation());
    // There and back within a moment: the files decide, not the events.
    project.write("content/n5.md", article("Drei"));
    project.write("content/n5.md", article("Zwei 5"));
    project.write("content/n6.md", article("Vier"));
    while !preview.get("/n6/").text().contains("Vier") {
        assert!(events.next(PATIENCE).is_some(), "{}", preview.said());
    }
    assert!(preview.get("/n5/").text().contains("Zwei 5"));
}

#[test]
fn every_kind_of_input_is_followed() {
    let project = Project::starter();
    let preview = Preview::start(&project, &[]);
    let events = preview.events();
    let edits: [(&str, &str, &str); 4] = [
        ("content/site.yaml", "title: ", "title: Neuer "),
        ("vendors/beispiel-cloud.yaml", "name: ", "name: Neue "),
        ("vendors/_criteria.yaml", "question: ", "question: Genauer gefragt, "),
        ("content/glossary.yaml", "short: ", "short: Kurz, "),
    ];
    for (path, from, to) in edits {
        project.replace(path, from, to);
        let before = preview.generation();
        preview.becomes_the_build(&project, &events);
        assert!(preview.generation() >= before, "{path}");
    }
    project.write("themes/standard/templates/not_found.html", "{% extends \"base.html\" %}{% block main %}<h1>Nichts da</h1>{% endblock main %}");
    preview.becomes_the_build(&project, &events);
    assert!(preview.get("/gibt-es-nicht").text().contains("Nichts da"));
    project.write("themes/standard/static/site.css", "body{color:red}");
    preview.becomes_the_build(&project, &events);
    let texts = fs::read_to_string(repository().join("themes/standard/i18n/de.yaml")).unwrap();
    project.write(
        "themes/standard/i18n/de.yaml",
        texts.lines().map(|line| if line.starts_with("crumb.home:") { "crumb.home: Anfang" } else { line }).collect::<Vec<_>>().join("\n"),
    );
    preview.becomes_the_build(&project, &events);
    assert!(preview.get("/glossar/").text().contains("Anfang"));
    project.write("content/static/bild.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    preview.becomes_the_build(&project, &events);
    assert_eq!(preview.get("/bild.svg").header("content-type"), "image/svg+xml");
}

#[test]
fn edits_during_builds_are_never_lost() {
    let project = Project::starter();
    for number in 0..200 {
        project.write(&format!("content/n{number}.md"), article(&format!("Nummer {number}")));
    }
    let preview = Preview::start(&project, &[]);
    let events = preview.events();
    let last = 40;
    for round in 0..=last {
        project.write("content/n7.md", article(&format!("Fassung {round}.")));
        // Faster than a build, slower than the quiet time: the pace is the case.
        thread::sleep(Duration::from_millis(27));
    }
    while !preview.get("/n7/").text().contains(&format!("Fassung {last}.")) {
        assert!(events.next(PATIENCE).is_some(), "{}", preview.said());
    }
    preview.becomes_the_build(&project, &events);
}

#[test]
fn drafts_and_what_is_overdue_are_marked() {
    let project = Project::starter();
    project.write("content/entwurf.md", "---\ntitle: Ein Entwurf\ndescription: D.\ndraft: true\n---\n\nText.\n");
    project.replace("content/wer-ist-verantwortlich.md", "---\n", "---\nreview_by: 2026-01-01\n");
    let preview = Preview::start(&project, &[]);
    assert_eq!(preview.get("/entwurf/").status, 404, "without the flag a draft is not there");
    assert!(preview.get("/wer-ist-verantwortlich/").text().contains("&quot;overdue&quot;:[[&quot;"), "an overdue review is marked");
    let with_drafts = Preview::start(&project, &["--drafts"]);
    let draft = with_drafts.get("/entwurf/");
    assert_eq!(draft.status, 200);
    assert!(draft.text().contains("&quot;draft&quot;:true"));
    assert!(with_drafts.get("/glossar/").text().contains("&quot;draft&quot;:false"));
}
