//! The output folder: what is written, what is kept, and what a death on the way leaves.
//!
//! Some tests mount a small file system and fail where that is not permitted: run them as root.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "these tests look at the disk that the shell wrote; a panic is how a test fails")]

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

use leitfaden::base::hash::sha256_hex;
use leitfaden::shell::publish::{Files, Press, PublishError, Written};
use tempfile::TempDir;

const MANIFEST: &str = ".leitfaden.json";
const STAGE: &str = ".public.leitfaden-new";

// ---- small words

fn files(texts: &[(&str, &str)]) -> Files {
    texts.iter().map(|(path, text)| ((*path).into(), text.as_bytes().into())).collect()
}

fn site() -> Files {
    files(&[("index.html", "home"), ("style.css", "body{}"), ("recht/avv/index.html", "avv"), ("recht/index.html", "recht"), ("feed.xml", "<feed/>")])
}

fn space() -> (TempDir, PathBuf) {
    let space = tempfile::tempdir().unwrap();
    let output = space.path().join("public");
    (space, output)
}

/// Publishes a whole site, as a build does file by file.
fn publish(files: &Files, output: &Path) -> Result<Written, PublishError> {
    let press = Press::open(output)?;
    for (path, bytes) in files {
        press.put(path, Arc::clone(bytes));
    }
    press.publish().map(|published| published.written)
}

fn done(written: usize, unchanged: usize, removed: usize) -> Written {
    Written { written, unchanged, removed }
}

/// Every entry below `root` with its data; links are not followed.
fn entries(root: &Path) -> BTreeMap<PathBuf, fs::Metadata> {
    let mut found = BTreeMap::new();
    let mut pending = vec![root.to_path_buf()];
    while let Some(folder) = pending.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let data = entry.metadata().unwrap();
            if data.is_dir() {
                pending.push(entry.path());
            }
            found.insert(entry.path().strip_prefix(root).unwrap().to_path_buf(), data);
        }
    }
    found
}

/// Every plain file below `root` with its bytes, without the manifest.
fn contents(root: &Path) -> Files {
    let plain = entries(root).into_iter().filter(|(path, data)| data.is_file() && path != Path::new(MANIFEST));
    plain.map(|(path, _)| (path.to_str().unwrap().into(), fs::read(root.join(path)).unwrap().into())).collect()
}

/// What must not change when nothing is written.
fn traces(root: &Path) -> BTreeMap<PathBuf, [i64; 4]> {
    let trace = |data: &fs::Metadata| [data.ino().cast_signed(), data.mtime(), data.mtime_nsec(), data.ctime_nsec()];
    entries(root).iter().map(|(path, data)| (path.clone(), trace(data))).collect()
}

fn inode(path: &Path) -> u64 {
    fs::symlink_metadata(path).unwrap().ino()
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Makes an exchange impossible without disturbing anything else.
fn add_foreign_folder(output: &Path) {
    fs::create_dir(output.join(".git")).unwrap();
    fs::write(output.join(".git/HEAD"), "ref: main").unwrap();
}

fn with_foreign_folder(mut files: Files) -> Files {
    files.insert(".git/HEAD".into(), (*b"ref: main").into());
    files
}

/// A file system of 1 MiB, gone when this is dropped.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(at: &Path) -> Self {
        Self::mount_with(&["-t", "tmpfs", "-o", "size=1m", "tmpfs"], at)
    }

    /// The folder mounted onto itself: no other disk, and yet it cannot be exchanged.
    fn mount_bound(at: &Path) -> Self {
        Self::mount_with(&["--bind", at.to_str().unwrap()], at)
    }

    fn mount_with(how: &[&str], at: &Path) -> Self {
        fs::create_dir_all(at).unwrap();
        let tried = Command::new("mount").args(how).arg(at).output();
        let mounted = tried.as_ref().is_ok_and(|tried| tried.status.success());
        assert!(mounted, "this test needs the right to mount a file system; run it as root, in a container with CAP_SYS_ADMIN: {tried:?}");
        Self(at.into())
    }

    fn make_read_only(&self) {
        let status = Command::new("mount").args(["-o", "remount,ro"]).arg(&self.0).status().unwrap();
        assert!(status.success());
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: a process that another test is just starting may still hold it.
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

// ---- what is written

#[test]
fn a_site_that_is_given_up_leaves_no_trace() {
    let (space, output) = space();
    publish(&site(), &output).unwrap();
    let names = |root: &Path| entries(root).into_keys().collect::<Vec<_>>();
    let before = names(space.path());
    let press = Press::open(&output).unwrap();
    press.put("index.html", (*b"changed").into());
    press.put("new/index.html", (*b"new").into());
    assert!(space.path().join(STAGE).join("new/index.html").exists(), "changed files are written as they come");
    drop(press);
    assert_eq!(names(space.path()), before);
    assert_eq!(fs::read(output.join("index.html")).unwrap(), b"home");
}

#[test]
fn a_file_that_comes_again_replaces_itself() {
    let (space, output) = space();
    for (first, last) in [("changed", "home"), ("home", "changed"), ("one", "two")] {
        publish(&site(), &output).unwrap();
        let press = Press::open(&output).unwrap();
        for (path, bytes) in site() {
            press.put(&path, bytes);
        }
        press.put("index.html", first.as_bytes().into());
        press.put("index.html", last.as_bytes().into());
        press.publish().unwrap();
        assert_eq!(fs::read_to_string(output.join("index.html")).unwrap(), last);
        assert!(!space.path().join(STAGE).exists());
    }
}

#[test]
fn a_first_write_makes_the_folder_its_parents_and_a_manifest_of_every_file() {
    let space = tempfile::tempdir().unwrap();
    let output = space.path().join("a/b/public");
    assert_eq!(publish(&site(), &output).unwrap(), done(5, 0, 0));
    assert_eq!(contents(&output), site());
    let listed: Vec<String> = site().iter().map(|(path, bytes)| format!("    \"{path}\": \"{}\"", sha256_hex(bytes))).collect();
    let manifest = format!("{{\n  \"generator\": \"leitfaden\",\n  \"schema\": 1,\n  \"files\": {{\n{}\n  }}\n}}\n", listed.join(",\n"));
    assert_eq!(fs::read_to_string(output.join(MANIFEST)).unwrap(), manifest);
    assert_eq!(names(&space.path().join("a/b")), ["public"], "nothing is left beside it");
}

#[test]
fn a_second_write_of_the_same_files_writes_nothing_at_all() {
    for foreign in [false, true] {
        let (space, output) = space();
        publish(&site(), &output).unwrap();
        if foreign {
            add_foreign_folder(&output);
        }
        let before = traces(space.path());
        assert_eq!(publish(&site(), &output).unwrap(), done(0, 5, 0));
        assert_eq!(traces(space.path()), before);
    }
}

#[test]
fn changed_files_are_written_gone_files_removed_and_the_others_keep_inode_and_time() {
    for foreign in [false, true] {
        let (_space, output) = space();
        publish(&site(), &output).unwrap();
        if foreign {
            add_foreign_folder(&output);
        }
        let (root, before) = (inode(&output), traces(&output));
        let next = files(&[("index.html", "new home"), ("style.css", "body{}"), ("recht/index.html", "recht"), ("neu/tief/index.html", "neu")]);
        assert_eq!(publish(&next, &output).unwrap(), done(2, 2, 2));
        assert_eq!(contents(&output), if foreign { with_foreign_folder(next) } else { next });
        assert!(!output.join("recht/avv").exists(), "a folder that became empty is removed");
        let after = traces(&output);
        for path in ["style.css", "recht/index.html"].map(Path::new) {
            assert_eq!(after[path][..3], before[path][..3], "{}", path.display());
        }
        assert_ne!(after[Path::new("index.html")][0], before[Path::new("index.html")][0]);
        assert_eq!(inode(&output) == root, foreign, "exchanged as a whole unless a foreign folder forbids it");
        assert!(!output.join(".leitfaden-tmp").exists() && !output.join(".leitfaden.journal").exists());
    }
}

#[test]
fn the_bytes_on_disk_count_and_not_the_manifest() {
    let (_space, output) = space();
    publish(&site(), &output).unwrap();
    fs::write(output.join("index.html"), "hack").unwrap();
    fs::remove_file(output.join("feed.xml")).unwrap();
    assert_eq!(publish(&site(), &output).unwrap(), done(2, 3, 0));
    assert_eq!(contents(&output), site());
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    for foreign in [false, true] {
        let (_space, output) = space();
        let one = files(&[("a", "1"), ("b/c/d", "1"), ("b/e", "1")]);
        let two = files(&[("a/x/y", "2"), ("b", "2")]);
        publish(&one, &output).unwrap();
        if foreign {
            add_foreign_folder(&output);
        }
        for (next, written) in [(&two, done(2, 0, 3)), (&one, done(3, 0, 2))] {
            assert_eq!(publish(next, &output).unwrap(), written);
            assert_eq!(contents(&output), if foreign { with_foreign_folder(next.clone()) } else { next.clone() });
        }
    }
}

#[test]
fn an_output_that_is_a_link_is_followed() {
    let (space, output) = space();
    fs::create_dir_all(space.path().join("real/here")).unwrap();
    symlink("real/here", &output).unwrap();
    for next in [site(), files(&[("index.html", "2")])] {
        publish(&next, &output).unwrap();
        assert_eq!(contents(&space.path().join("real/here")), next);
    }
    assert!(fs::symlink_metadata(&output).unwrap().is_symlink());
    assert_eq!((names(space.path()), names(&space.path().join("real"))), (vec!["public".into(), "real".into()], vec!["here".into()]));
}

#[test]
fn folders_keep_their_rights() {
    let (_space, output) = space();
    fs::create_dir(&output).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    fs::set_permissions(&output, fs::Permissions::from_mode(0o2750)).unwrap();
    publish(&site(), &output).unwrap();
    fs::set_permissions(output.join("recht"), fs::Permissions::from_mode(0o700)).unwrap();
    let root = inode(&output);
    publish(&files(&[("recht/index.html", "2")]), &output).unwrap();
    assert_ne!(inode(&output), root, "it was exchanged");
    assert_eq!((mode(&output), mode(&output.join("recht"))), (0o2750, 0o700));
}

// ---- what is not ours

#[test]
fn a_folder_that_somebody_else_filled_is_refused_and_not_touched() {
    let manifests =
        ["", "{}", r#"{"generator":"leitfaden","schema":1,"files":{"../victim":"0"}}"#, r#"{"generator":"leitfaden","schema":9,"files":{"mine.txt":"0"}}"#];
    for manifest in [None].into_iter().chain(manifests.map(Some)) {
        let (space, output) = space();
        fs::create_dir(&output).unwrap();
        fs::write(output.join("mine.txt"), "mine").unwrap();
        fs::write(space.path().join("victim"), "mine").unwrap();
        if let Some(manifest) = manifest {
            fs::write(output.join(MANIFEST), manifest).unwrap();
        }
        let before = traces(space.path());
        let refusal = publish(&site(), &output).unwrap_err();
        assert!(matches!(refusal, PublishError::Foreign(_)), "{manifest:?}: {refusal}");
        assert!(refusal.to_string().contains("choose another --output or empty the folder yourself"), "{refusal}");
        assert_eq!(traces(space.path()), before);
    }
}

#[test]
fn a_manifest_that_is_a_link_gives_no_right_to_the_folder() {
    let (space, output) = space();
    publish(&site(), &space.path().join("other")).unwrap();
    fs::create_dir(&output).unwrap();
    symlink("../other/.leitfaden.json", output.join(MANIFEST)).unwrap();
    fs::write(output.join("index.html"), "mine").unwrap();
    assert!(matches!(publish(&site(), &output).unwrap_err(), PublishError::Foreign(_)));
}

#[test]
fn an_output_that_is_no_folder_is_refused() {
    let (space, output) = space();
    fs::write(&output, "mine").unwrap();
    symlink("nowhere", space.path().join("dangling")).unwrap();
    for path in [output.clone(), space.path().join("dangling"), output.join("below"), space.path().join("new/..")] {
        let refusal = publish(&site(), &path).unwrap_err();
        assert!(matches!(refusal, PublishError::NotAFolder(_)), "{}: {refusal}", path.display());
    }
    assert_eq!(names(space.path()), ["dangling", "public"]);
    assert_eq!(fs::read(&output).unwrap(), b"mine");
}

#[test]
fn foreign_files_survive_an_exchange_with_inode_and_time() {
    let (_space, output) = space();
    publish(&site(), &output).unwrap();
    let odd = std::ffi::OsStr::from_bytes(b"latin-\xe4.txt");
    let foreign = [Path::new("CNAME"), Path::new("recht/notiz.txt"), Path::new("recht/avv/notiz.txt"), Path::new(odd)];
    for path in foreign {
        fs::write(output.join(path), "mine").unwrap();
    }
    let (root, before) = (inode(&output), traces(&output));
    publish(&files(&[("index.html", "new"), ("recht/index.html", "recht")]), &output).unwrap();
    assert_ne!(inode(&output), root, "it was exchanged");
    let after = traces(&output);
    for path in foreign {
        assert_eq!(after[path][..3], before[path][..3], "{}", path.display());
    }
    assert!(!output.join("recht/avv/index.html").exists());
}

#[test]
fn foreign_folders_and_links_survive_untouched() {
    let (_space, output) = space();
    publish(&site(), &output).unwrap();
    add_foreign_folder(&output);
    fs::create_dir(output.join("empty")).unwrap();
    symlink("index.html", output.join("start.html")).unwrap();
    let foreign = [".git", ".git/HEAD", "empty", "start.html"].map(Path::new);
    let before = traces(&output);
    assert_eq!(publish(&files(&[("index.html", "new")]), &output).unwrap(), done(1, 0, 4));
    let after = traces(&output);
    for path in foreign {
        assert_eq!(after[path], before[path], "{}", path.display());
    }
    assert_eq!(after.len(), before.len() - 6, "four files and two folders are gone");
}

#[test]
fn a_foreign_thing_where_the_site_has_a_file_is_refused_before_anything_changes() {
    for path in ["new.html", "new", "index.html/mine.txt", "recht"] {
        let (space, output) = space();
        publish(&site(), &output).unwrap();
        if path == "recht" {
            fs::remove_dir_all(output.join("recht")).unwrap();
            fs::write(output.join("recht"), "mine").unwrap();
        } else {
            if path.starts_with("index") {
                fs::remove_file(output.join("index.html")).unwrap();
                fs::create_dir(output.join("index.html")).unwrap();
            }
            fs::write(output.join(path), "mine").unwrap();
        }
        let before = traces(space.path());
        let mut next = site();
        next.extend(files(&[("new.html", "1"), ("new/index.html", "1"), ("index.html", "2")]));
        let refusal = publish(&next, &output).unwrap_err().to_string();
        assert!(refusal.contains(&format!("public/{}", path.trim_end_matches("/mine.txt"))) && refusal.contains("not written by leitfaden"), "{refusal}");
        assert_eq!(traces(space.path()), before, "{path}");
    }
}

#[test]
fn a_foreign_file_with_the_very_bytes_of_the_site_becomes_ours() {
    let (_space, output) = space();
    publish(&files(&[("index.html", "1")]), &output).unwrap();
    fs::write(output.join("robots.txt"), "all").unwrap();
    let before = inode(&output.join("robots.txt"));
    assert_eq!(publish(&files(&[("index.html", "1"), ("robots.txt", "all")]), &output).unwrap(), done(0, 2, 0));
    assert_eq!(inode(&output.join("robots.txt")), before);
    assert_eq!(publish(&files(&[("index.html", "1")]), &output).unwrap(), done(0, 1, 1));
}

#[test]
fn paths_that_climb_out_or_are_our_own_are_refused_before_anything_is_made() {
    for path in ["../a", "/a", "a/../b", "", "a//b", MANIFEST, ".leitfaden-tmp/0", ".leitfaden.journal", "index.html/a"] {
        let (space, output) = space();
        let mut files = site();
        files.insert(path.into(), (*b"1").into());
        let refusal = publish(&files, &output).unwrap_err();
        assert!(matches!(&refusal, PublishError::Io { error, .. } if error.kind() == io::ErrorKind::InvalidInput), "{path}: {refusal}");
        assert!(names(space.path()).is_empty(), "{path}");
    }
}

// ---- what earlier runs left

#[test]
fn a_left_over_stage_of_ours_is_removed_even_if_nothing_changed() {
    let (space, output) = space();
    let stage = space.path().join(STAGE);
    publish(&site(), &output).unwrap();
    let finished: &dyn Fn() = &|| {
        publish(&files(&[("old/index.html", "old")]), &stage).unwrap();
    };
    let marked: &dyn Fn() = &|| {
        fs::create_dir(&stage).unwrap();
        fs::write(stage.join(".leitfaden-stage"), "{\"gen").unwrap();
    };
    let empty: &dyn Fn() = &|| fs::create_dir(&stage).unwrap();
    for leave in [finished, marked, empty] {
        leave();
        assert_eq!(publish(&site(), &output).unwrap(), done(0, 5, 0));
        assert_eq!(names(space.path()), ["public"]);
    }
}

#[test]
fn a_foreign_folder_that_merely_has_the_name_of_the_stage_is_not_deleted() {
    let (space, output) = space();
    let stage = space.path().join(STAGE);
    publish(&site(), &output).unwrap();
    fs::create_dir(&stage).unwrap();
    fs::write(stage.join("mine.txt"), "mine").unwrap();
    let before = traces(space.path());
    publish(&site(), &output).unwrap();
    let refusal = publish(&files(&[("index.html", "2")]), &output).unwrap_err().to_string();
    assert!(refusal.contains(STAGE) && refusal.contains("move it away"), "{refusal}");
    assert_eq!(traces(space.path()), before);
}

#[test]
fn two_builds_at_once_wait_for_each_other() {
    let (space, output) = space();
    let sites = generations();
    for _ in 0..40 {
        let start = Barrier::new(2);
        thread::scope(|scope| {
            for site in &sites {
                scope.spawn(|| {
                    start.wait();
                    let Written { written, unchanged, .. } = publish(site, &output).unwrap();
                    assert_eq!(written + unchanged, site.len());
                });
            }
        });
        assert!(sites.contains(&contents(&output)));
        assert_eq!(names(space.path()), ["public"]);
    }
}

// ---- disks that refuse

#[test]
fn a_full_disk_leaves_the_previous_site_whole_and_the_next_run_recovers() {
    let pages = |count: usize, size: usize, letter: &str| -> Files {
        (0..count).map(|n| (format!("{n}/index.html"), letter.repeat(size).into_bytes().into())).collect()
    };
    for (below, foreign) in [("public", false), ("public", true), (".", false)] {
        let space = tempfile::tempdir().unwrap();
        let disk = SmallDisk::mount(&space.path().join("disk"));
        let output = disk.0.join(below);
        publish(&pages(20, 10_000, "a"), &output).unwrap();
        let mut previous = pages(20, 10_000, "a");
        if foreign {
            add_foreign_folder(&output);
            previous = with_foreign_folder(previous);
        }
        let before = traces(&disk.0);
        let refusal = publish(&pages(20, 60_000, "b"), &output).unwrap_err();
        assert!(matches!(&refusal, PublishError::Io { error, .. } if error.kind() == io::ErrorKind::StorageFull), "{refusal}");
        assert!(refusal.to_string().starts_with(&format!("writing `{}", disk.0.display())), "{refusal}");
        assert_eq!(contents(&output), previous);
        let (after, same) = (traces(&disk.0), |trace: &[i64; 4]| [trace[0]]);
        assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>(), "nothing is left over");
        assert!(after.iter().all(|(path, trace)| same(trace) == same(&before[path])));
        assert_eq!(publish(&pages(20, 12_000, "c"), &output).unwrap(), done(20, 0, 0));
        let next = pages(20, 12_000, "c");
        assert_eq!(contents(&output), if foreign { with_foreign_folder(next) } else { next });
    }
}

#[test]
fn a_mount_point_is_written_file_by_file() {
    for mount in [SmallDisk::mount, SmallDisk::mount_bound] {
        let (space, output) = space();
        fs::create_dir(&output).unwrap();
        let disk = mount(&output);
        let root = inode(&disk.0);
        for next in [site(), files(&[("index.html", "2"), ("recht", "2")]), site()] {
            publish(&next, &disk.0).unwrap();
            assert_eq!(contents(&disk.0), next);
            assert_eq!(names(space.path()), ["public"]);
        }
        assert_eq!(inode(&disk.0), root);
    }
}

#[test]
fn a_mount_point_needs_no_room_beside_it() {
    let space = tempfile::tempdir().unwrap();
    let around = SmallDisk::mount(&space.path().join("around"));
    let inside = SmallDisk::mount(&around.0.join("public"));
    assert_eq!(fs::write(around.0.join("filler"), vec![0; 2 << 20]).unwrap_err().kind(), io::ErrorKind::StorageFull);
    for next in [site(), files(&[("index.html", "2")])] {
        publish(&next, &inside.0).unwrap();
        assert_eq!(contents(&inside.0), next);
    }
}

#[test]
fn an_output_that_cannot_be_written_is_named_and_stays_as_it_was() {
    let space = tempfile::tempdir().unwrap();
    let disk = SmallDisk::mount(&space.path().join("disk"));
    let output = disk.0.join("public");
    publish(&site(), &output).unwrap();
    disk.make_read_only();
    assert_eq!(publish(&site(), &output).unwrap(), done(0, 5, 0), "nothing to write, nothing to fail");
    for path in [output.clone(), disk.0.join("new")] {
        let refusal = publish(&files(&[("index.html", "2")]), &path).unwrap_err().to_string();
        assert!(refusal.contains(path.to_str().unwrap()) && refusal.contains("Read-only file system"), "{refusal}");
    }
    assert_eq!(contents(&output), site());
}

// ---- kill -9

const KILLS: usize = 60;
const CHILD: &str = "LEITFADEN_TEST_PUBLISHES_TO";

/// Two sites that share files, differ in files, and turn a file into a folder.
fn generations() -> [Files; 2] {
    let site = |letter: &str| -> Files {
        let shared = (0..8).map(|n| (format!("shared/{n}.css"), b"same".repeat(50)));
        let changed = (0..24).map(|n| (format!("seite-{n}/index.html"), letter.repeat(500 + n).into_bytes()));
        let own = (0..4).map(|n| (format!("{letter}/{n}/index.html"), letter.repeat(100).into_bytes()));
        let turning = if letter == "a" { "switch" } else { "switch/index.html" };
        shared
            .chain(changed)
            .chain(own)
            .chain([("index.html".into(), letter.repeat(5000).into_bytes()), (turning.into(), b"1".to_vec())])
            .map(|(path, bytes)| (path, bytes.into()))
            .collect()
    };
    [site("a"), site("b")]
}

/// The life of the child process: publishes both in turn until it is killed.
fn publish_for_ever(output: &Path) -> ! {
    let generations = generations();
    publish(&generations[0], output).unwrap();
    io::stdout().write_all(b"ready\n").and_then(|()| io::stdout().flush()).unwrap();
    loop {
        for generation in &generations {
            publish(generation, output).unwrap();
        }
    }
}

/// Runs this very test once more as a process of its own, until it is publishing.
fn start_child(test: &str, output: &Path) -> Child {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", test, "--test-threads=1"])
        .env(CHILD, output)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.ends_with("ready")), "the child did not begin; is `{test}` still the name of the test?");
    child
}

/// Always the same row of parts of `span`.
fn moments(span: Duration) -> impl Iterator<Item = Duration> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        span * u32::from(state.to_le_bytes()[0]) / 256
    })
}

/// Kills a publishing child at many moments of a publish; `check` looks at what it left.
fn kill_again_and_again(test: &str, output: &Path, mut check: impl FnMut()) {
    let begin = Instant::now();
    for generation in generations().iter().rev() {
        publish(generation, output).unwrap();
    }
    for moment in moments(2 * begin.elapsed()).take(KILLS) {
        let mut child = start_child(test, output);
        thread::sleep(moment);
        child.kill().unwrap();
        child.wait().unwrap();
        check();
    }
}

/// Looks at the folder and its home page all the time; both must always be there, the
/// page whole.
fn read_all_the_time(output: &Path, stop: &AtomicBool) -> usize {
    let pages = generations().map(|files| files["index.html"].clone());
    let mut reads = 0;
    while !stop.load(Ordering::Relaxed) {
        assert!((0..1000).all(|_| fs::symlink_metadata(output).is_ok()), "the output is always there");
        // A reader that was half-way into the old folder may find it gone, once.
        let page = fs::read(output.join("index.html")).or_else(|_| fs::read(output.join("index.html"))).expect("the home page is always there");
        assert!(pages.iter().any(|known| known[..] == page[..]), "a page is always whole");
        reads += 1;
    }
    reads
}

#[test]
fn a_build_killed_at_any_moment_leaves_one_whole_generation() {
    if let Some(output) = env::var_os(CHILD) {
        publish_for_ever(Path::new(&output));
    }
    let (space, output) = space();
    let generations = generations();
    publish(&generations[0], &output).unwrap();
    let (mut seen, mut interrupted, stop) = ([0, 0], 0, AtomicBool::new(false));
    thread::scope(|scope| {
        let reader = scope.spawn(|| read_all_the_time(&output, &stop));
        // Whatever the outcome, the reader must be told to stop.
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            kill_again_and_again("publish::a_build_killed_at_any_moment_leaves_one_whole_generation", &output, || {
                let found = contents(&output);
                let which = generations.iter().position(|files| *files == found).expect("the output is exactly one generation");
                seen[which] += 1;
                interrupted += usize::from(space.path().join(STAGE).exists());
            });
        }));
        stop.store(true, Ordering::Relaxed);
        outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        assert!(reader.join().unwrap() > KILLS);
    });
    assert!(seen[0] > 0 && seen[1] > 0 && interrupted > 0, "the kills did not spread: {seen:?}, {interrupted} in the middle");
    publish(&generations[1], &output).unwrap();
    assert_eq!(contents(&output), generations[1]);
    assert_eq!(names(space.path()), ["public"]);
}

#[test]
fn a_build_killed_while_it_replaces_file_by_file_leaves_whole_files_and_the_next_run_recovers() {
    if let Some(output) = env::var_os(CHILD) {
        publish_for_ever(Path::new(&output));
    }
    let (_space, output) = space();
    let generations = generations();
    publish(&generations[0], &output).unwrap();
    add_foreign_folder(&output);
    let (mut interrupted, mut round) = (0, 0);
    kill_again_and_again("publish::a_build_killed_while_it_replaces_file_by_file_leaves_whole_files_and_the_next_run_recovers", &output, || {
        let found = contents(&output);
        for (path, bytes) in found.iter().filter(|(path, _)| !path.starts_with(".leitfaden") && *path != ".git/HEAD") {
            assert!(generations.iter().any(|files| files.get(path) == Some(bytes)), "{path} is whole");
        }
        assert!((0..24).all(|n| found.contains_key(&format!("seite-{n}/index.html"))), "a page that both have is never missing");
        interrupted += usize::from(output.join(".leitfaden-tmp").exists());
        round += 1;
        publish(&generations[round % 2], &output).unwrap();
        assert_eq!(contents(&output), with_foreign_folder(generations[round % 2].clone()));
    });
    assert!(interrupted > 0, "no kill hit the middle");
}
