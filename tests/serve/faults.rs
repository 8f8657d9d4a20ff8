//! What goes wrong: errors in the files, limits of the system, ports, restarts, odd files.

use std::fs::{self, File};
use std::net::TcpListener;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::super::support::Project;
use super::preview::{PATIENCE, Preview};

#[test]
fn an_error_stands_on_every_page_with_its_lines_and_goes_away_by_itself() {
    let project = Project::starter();
    let preview = Preview::start(&project, &[]);
    let events = preview.events();
    let before = preview.get("/vergleich/").text();
    project.replace("vendors/beispiel-cloud.yaml", "value: ja", "value: <b>jaa</b>");
    events.next(PATIENCE).expect("an error is an event");
    for path in ["/", "/vergleich/", "/gibt-es-nicht"] {
        let page = preview.get(path);
        let text = page.text();
        assert!(text.contains("error[V012]") && text.contains("vendors/beispiel-cloud.yaml:11:12"), "{path}");
        assert!(text.contains("value: &lt;b&gt;jaa&lt;/b&gt;") && !text.contains("<b>jaa"), "{path}: source lines are escaped");
        assert!(text.contains("Letzten guten Stand ansehen") && text.contains("<main"), "{path}: the last good site is behind");
        assert_eq!(page.status, if path == "/gibt-es-nicht" { 404 } else { 200 });
    }
    assert!(preview.said().contains("error[V012]") && preview.said().contains("the last good site stays"), "{}", preview.said());
    project.replace("vendors/beispiel-cloud.yaml", "value: <b>jaa</b>", "value: ja");
    events.next(PATIENCE).expect("the end of an error is an event");
    assert_eq!(preview.get("/vergleich/").text(), before);
}

#[test]
fn the_first_build_may_fail() {
    let project = Project::starter();
    project.replace("content/site.yaml", "language: de", "language: deutsch");
    let preview = Preview::start(&project, &[]);
    let events = preview.events();
    let page = preview.get("/");
    assert_eq!(page.status, 500);
    assert!(page.text().contains("content/site.yaml:") && page.text().contains("deutsch"), "{}", page.text());
    assert!(!page.text().contains("Letzten guten Stand ansehen"), "there is none");
    project.replace("content/site.yaml", "language: deutsch", "language: de");
    preview.becomes_the_build(&project, &events);
    // With --strict a warning is an error.
    drop(preview);
    project.write("content/notiz.txt", "x");
    let strict = Preview::start(&project, &["--strict"]);
    assert_eq!(strict.get("/").status, 500);
}

#[test]
fn a_folder_without_a_project_is_told_and_a_missing_one_is_an_error() {
    let project = Project::empty();
    fs::create_dir(project.root()).unwrap();
    let preview = Preview::start(&project, &[]);
    assert!(preview.get("/").text().contains("there is no content/site.yaml"));
    drop(preview);
    fs::remove_dir(project.root()).unwrap();
    let ran = project.run(&["serve", "--port", "0"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("cannot be read") && ran.stdout.is_empty(), "{}", ran.stderr);
}

/// A user of one's own whose limits can be set.
fn limited(limit: &str) -> Command {
    let mut command = Command::new("unshare");
    let script = format!("echo 0 > /proc/sys/user/{limit} && exec \"$0\" \"$@\"");
    command.args(["--user", "--map-root-user", "sh", "-c", &script, env!("CARGO_BIN_EXE_leitfaden")]);
    command
}

#[test]
fn without_watches_the_project_is_looked_at_and_that_is_said_once() {
    for limit in ["max_inotify_instances", "max_inotify_watches"] {
        let project = Project::starter();
        let preview = Preview::start_by(limited(limit), &project, &["--port", "0"]);
        let events = preview.events();
        for round in 0..3 {
            project.write("content/neu.md", format!("---\ntitle: Neu {round}\ndescription: D.\n---\n\nText.\n"));
            preview.becomes_the_build(&project, &events);
        }
        assert_eq!(preview.said().matches("looking for changes twice a second instead").count(), 1, "{limit}: {}", preview.said());
    }
}

#[test]
fn a_port_that_was_asked_for_must_be_free_and_the_default_may_move() {
    let project = Project::starter();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ran = project.run(&["serve", "--port", &port]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.contains(&format!("port {port} is taken; choose another with --port")), "{}", ran.stderr);
    // Whoever has 4000, the second preview gets another port.
    let first = Preview::start_by(Command::new(env!("CARGO_BIN_EXE_leitfaden")), &project, &[]);
    let second = Preview::start_by(Command::new(env!("CARGO_BIN_EXE_leitfaden")), &project, &[]);
    assert_ne!(first.address, second.address);
    assert!((4000..=4020).contains(&second.address.port()));
    assert_eq!((first.get("/").status, second.get("/").status), (200, 200));
}

#[test]
fn a_restart_has_a_new_token_and_the_same_pages() {
    let project = Project::starter();
    let first = Preview::start(&project, &[]);
    let (address, token, page) = (first.address, first.token(), first.get("/").text());
    first.signal("INT");
    assert_eq!(first.ended(), Some(0), "Ctrl-C is no error");
    let again = Preview::start_by(Command::new(env!("CARGO_BIN_EXE_leitfaden")), &project, &["--port", &address.port().to_string()]);
    assert_ne!(again.token(), token);
    assert_eq!(again.get("/").text(), page.replace(&token, &again.token()), "equal pages have equal states");
    assert_eq!(again.get(&format!("/__leitfaden/state?token={token}&path=%2F")).status, 403);
}

#[test]
fn ctrl_c_leaves_nothing_behind() {
    let project = Project::starter();
    let temporary = tempfile::tempdir().unwrap();
    for signal in ["INT", "TERM"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_leitfaden"));
        command.env("TMPDIR", temporary.path());
        let preview = Preview::start_by(command, &project, &["--port", "0"]);
        let _events = preview.events();
        preview.signal(signal);
        assert_eq!(preview.ended(), Some(0));
    }
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);
    assert!(!project.path("public").exists(), "nothing is written to the project");
}

#[test]
fn a_server_that_slept_catches_up() {
    let project = Project::starter();
    let preview = Preview::start(&project, &[]);
    let events = preview.events();
    preview.signal("STOP");
    project.write("content/neu.md", "---\ntitle: Neu\ndescription: D.\n---\n\nText.\n");
    assert_eq!(events.next(Duration::from_millis(200)), None);
    preview.signal("CONT");
    preview.becomes_the_build(&project, &events);
}

type Make = dyn Fn(&Path);

#[test]
fn odd_files_are_errors_and_not_the_end() {
    let project = Project::starter();
    let mut preview = Preview::start(&project, &[]);
    let good = preview.get("/").text();
    let large = project.path("content/static/gross.bin");
    let odd_name = project.path("content").join(std::ffi::OsStr::from_bytes(b"gr\xfcn.md"));
    fs::create_dir_all(large.parent().unwrap()).unwrap();
    let cases: [(&Path, &Make, &str); 4] = [
        (&large, &|path| File::create(path).unwrap().set_len(100 << 20).unwrap(), "larger than 64 MiB"),
        (&odd_name, &|path| fs::write(path, "x").unwrap(), "name is not UTF-8"),
        (&project.path("content/leer.md"), &|path| fs::write(path, "").unwrap(), "content/leer.md"),
        (&project.path("content/latein.md"), &|path| fs::write(path, b"---\ntitle: gr\xfcn\n---\n").unwrap(), "not UTF-8"),
    ];
    for (path, make, words) in cases {
        make(path);
        preview.until(words, || preview.get("/").text().contains(words));
        fs::remove_file(path).unwrap();
        preview.until("the good page", || preview.get("/").text() == good);
    }
    assert!(preview.is_alive());
}

#[test]
fn the_browser_is_opened_when_asked_for() {
    let project = Project::starter();
    let note = project.root().join("geoeffnet");
    let browser = project.root().join("browser.sh");
    fs::write(&browser, format!("#!/bin/sh\nprintf %s \"$1\" > '{0}.neu' && mv '{0}.neu' '{0}'\n", note.display())).unwrap();
    fs::set_permissions(&browser, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_leitfaden"));
    command.env("BROWSER", &browser);
    let preview = Preview::start_by(command, &project, &["--port", "0", "--open"]);
    preview.until("the browser", || note.exists());
    assert_eq!(fs::read_to_string(note).unwrap(), preview.url);
}
