//! The other way: file by file inside the output, where it cannot be exchanged.
//!
//! In order: write all new files under `.leitfaden-tmp/`; write the journal, one line a
//! step; take the steps; delete the journal and the folder of temporary files. Until
//! the journal has its name nothing of the old site has changed; from then on every run
//! takes all the steps again until it gets to the end, and a step that was taken
//! already does nothing. In between a reader may see old and new files side by side,
//! each of them whole: this way is not all-or-nothing.

#![expect(clippy::disallowed_methods, reason = "the shell is where I/O lives")]

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::{Doing, PublishError};
use super::folders::{above, is_file, is_folder, make_above, needed_by, remove_if_empty};
use super::manifest::MANIFEST;
use super::plan::Plan;
use crate::base::path::SitePath;

/// The journal.
pub(super) const JOURNAL: &str = ".leitfaden.journal";
/// Files on their way to their names.
pub(super) const TEMPS: &str = ".leitfaden-tmp";

const FIRST_LINE: &str = "leitfaden journal 1";
const LAST_LINE: &str = "end";

/// One step. A file that is moved is never one that is removed, and a folder is not
/// removed as a file or the other way round: taking the same steps twice changes nothing.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// Gives the temporary file of this number its name.
    Move(usize, PathBuf),
    /// Removes a file.
    Remove(PathBuf),
    /// Removes a folder if it is empty.
    Clear(PathBuf),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Move(number, path) => write!(f, "move {number} {}", path.display()),
            Self::Remove(path) => write!(f, "remove {}", path.display()),
            Self::Clear(path) => write!(f, "clear {}", path.display()),
        }
    }
}

/// Gives the bytes of a file of the new site.
type Bytes<'a> = &'a dyn Fn(&str) -> io::Result<Arc<[u8]>>;

/// Publishes file by file.
pub(super) fn replace(files: Bytes<'_>, plan: &Plan, root: &Path) -> Result<(), PublishError> {
    let steps = prepare(files, plan, root)?;
    steps.iter().try_for_each(|step| take(step, root))?;
    finish(root)
}

/// Finishes what a run that died left behind.
pub(super) fn recover(root: &Path) -> Result<(), PublishError> {
    if let Some(steps) = read(root)? {
        steps.iter().try_for_each(|step| take(step, root))?;
    }
    finish(root)
}

/// Whether a run that died left its journal, and with it the right to this folder.
pub(super) fn is_pending(root: &Path) -> Result<bool, PublishError> {
    read(root).map(|steps| steps.is_some())
}

/// Writes the temporary files and then, under its name in one go, the journal.
fn prepare(files: Bytes<'_>, plan: &Plan, root: &Path) -> Result<Vec<Step>, PublishError> {
    if !plan.exists {
        fs::create_dir(root).doing("creating the folder", root)?;
    }
    let steps = steps_of(plan);
    let temps = root.join(TEMPS);
    fs::create_dir(&temps).doing("creating the folder", &temps)?;
    let done = write_temps(files, plan, &steps, &temps).and_then(|draft| fs::rename(draft, root.join(JOURNAL)).doing("writing", &root.join(JOURNAL)));
    match done {
        Ok(()) => Ok(steps),
        Err(failure) => {
            // The first failure is the one to report; the next run tidies up as well.
            let _ = fs::remove_dir_all(&temps);
            Err(failure)
        }
    }
}

fn write_temps(files: Bytes<'_>, plan: &Plan, steps: &[Step], temps: &Path) -> Result<PathBuf, PublishError> {
    for step in steps {
        if let Step::Move(number, path) = step {
            let temp = temps.join(number.to_string());
            match path.to_str().filter(|path| plan.written.contains(*path)) {
                Some(path) => files(path).and_then(|bytes| fs::write(&temp, bytes)),
                None => fs::write(&temp, &plan.manifest),
            }
            .doing("writing", &temp)?;
        }
    }
    let draft = temps.join("journal");
    fs::write(&draft, encode(steps)).doing("writing", &draft)?;
    Ok(draft)
}

/// The steps in the order that disturbs a reader least: first what stands in the way of
/// a new file, then assets, the pages that use them, feeds and the manifest; what went
/// away goes last.
fn steps_of(plan: &Plan) -> Vec<Step> {
    let needed = needed_by(plan.written.iter());
    let old = plan.removed.iter().map(|path| Step::Remove(path.into())).chain(plan.emptied.iter().cloned().map(Step::Clear));
    let (mut steps, late): (Vec<Step>, Vec<Step>) = old.partition(|step| match step {
        Step::Move(_, path) | Step::Remove(path) | Step::Clear(path) => plan.is_in_the_way(path, &needed),
    });
    let mut new: Vec<&str> = plan.written.iter().map(String::as_str).chain(plan.new_manifest.then_some(MANIFEST)).collect();
    new.sort_by_key(|path| rank(path));
    steps.extend(new.into_iter().enumerate().map(|(number, path)| Step::Move(number, path.into())));
    steps.extend(late);
    steps
}

fn rank(path: &str) -> u8 {
    match Path::new(path).extension().and_then(|extension| extension.to_str()) {
        _ if path == MANIFEST => 3,
        Some("xml") => 2,
        Some("html") => 1,
        _ => 0,
    }
}

fn take(step: &Step, root: &Path) -> Result<(), PublishError> {
    match step {
        Step::Move(number, path) => {
            let temp = root.join(TEMPS).join(number.to_string());
            if is_file(&temp) {
                make_above(root, path)?;
                fs::rename(&temp, root.join(path)).doing("replacing", &root.join(path))?;
            }
        }
        Step::Remove(path) if is_inside(root, path) && is_file(&root.join(path)) => {
            fs::remove_file(root.join(path)).doing("removing", &root.join(path))?;
        }
        Step::Clear(path) if is_inside(root, path) => remove_if_empty(&root.join(path))?,
        Step::Remove(_) | Step::Clear(_) => {}
    }
    Ok(())
}

/// Whether no link leads out of `root` on the way to `path`.
fn is_inside(root: &Path, path: &Path) -> bool {
    above(path).all(|folder| is_folder(&root.join(folder)))
}

fn finish(root: &Path) -> Result<(), PublishError> {
    let (journal, temps) = (root.join(JOURNAL), root.join(TEMPS));
    if is_file(&journal) {
        fs::remove_file(&journal).doing("removing", &journal)?;
    }
    if is_folder(&temps) {
        fs::remove_dir_all(&temps).doing("removing", &temps)?;
    }
    Ok(())
}

fn encode(steps: &[Step]) -> String {
    let steps = steps.iter().map(Step::to_string);
    let lines: Vec<String> = [FIRST_LINE.into()].into_iter().chain(steps).chain([LAST_LINE.into(), String::new()]).collect();
    lines.join("\n")
}

/// The steps of a journal; one that is cut off or strange counts as none, and the
/// comparison with the site that follows mends the rest.
fn decode(text: &str) -> Option<Vec<Step>> {
    let lines: Vec<&str> = text.lines().collect();
    let [FIRST_LINE, steps @ .., LAST_LINE] = lines.as_slice() else { return None };
    let path = |text: &str| SitePath::parse(text).is_ok().then(|| PathBuf::from(text));
    let step = |line: &str| {
        let (verb, rest) = line.split_once(' ')?;
        match verb {
            "move" => rest.split_once(' ').and_then(|(number, to)| Some(Step::Move(number.parse().ok()?, path(to)?))),
            "remove" => path(rest).map(Step::Remove),
            "clear" => path(rest).map(Step::Clear),
            _ => None,
        }
    };
    steps.iter().map(|line| step(line)).collect()
}

fn read(root: &Path) -> Result<Option<Vec<Step>>, PublishError> {
    let journal = root.join(JOURNAL);
    if !is_file(&journal) {
        return Ok(None);
    }
    let text = fs::read(&journal).doing("reading", &journal)?;
    Ok(std::str::from_utf8(&text).ok().and_then(decode))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use tempfile::TempDir;

    use super::super::{Files, planned, publish};
    use super::*;

    /// Everything under `root`, as path and text.
    fn tree(root: &Path) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for entry in fs::read_dir(root).unwrap().map(Result::unwrap) {
            let name = entry.file_name().into_string().unwrap();
            if entry.path().is_dir() {
                found.insert(format!("{name}/"), String::new());
                found.extend(tree(&entry.path()).into_iter().map(|(path, text)| (format!("{name}/{path}"), text)));
            } else {
                found.insert(name, fs::read_to_string(entry.path()).unwrap());
            }
        }
        found
    }

    fn files(texts: &[(&str, &str)]) -> Files {
        texts.iter().map(|(path, text)| ((*path).into(), text.as_bytes().into())).collect()
    }

    /// Between the two, a file becomes a folder and a folder a file.
    fn old() -> Files {
        files(&[("a", "1"), ("b/c", "1"), ("b/d/e", "1"), ("feed.xml", "1"), ("index.html", "1"), ("old.css", "1"), ("old/x/index.html", "1"), ("same", "1")])
    }

    fn new() -> Files {
        files(&[("a/x", "2"), ("b", "2"), ("feed.xml", "2"), ("index.html", "2"), ("new.css", "2"), ("new/y/index.html", "2"), ("same", "1")])
    }

    /// An output with `old` in it that a foreign folder keeps from being exchanged.
    fn output() -> (TempDir, PathBuf) {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join("public");
        publish(&old(), &root).unwrap();
        fs::create_dir(root.join(".git")).unwrap();
        fs::write(root.join(".git/HEAD"), "ref").unwrap();
        (temp, root)
    }

    /// What a run from nothing leaves, with the foreign folder.
    fn expected(files: &Files) -> BTreeMap<String, String> {
        let temp = tempfile::tempdir().unwrap();
        publish(files, &temp.path().join("public")).unwrap();
        let mut expected = tree(&temp.path().join("public"));
        expected.extend([(".git/".into(), String::new()), (".git/HEAD".into(), "ref".into())]);
        expected
    }

    /// Publishes `new` until `count` steps are taken; the number of all steps.
    fn stop_after(count: usize, root: &Path) -> usize {
        let new = new();
        let steps = prepare(&|path| Ok(Arc::clone(&new[path])), &planned(&new, root).1, root).unwrap();
        steps.iter().take(count).for_each(|step| take(step, root).unwrap());
        steps.len()
    }

    #[test]
    fn the_journal_is_rolled_forward_from_every_prefix_of_its_steps() {
        let (whole, steps) = (expected(&new()), stop_after(0, &output().1));
        assert_eq!(steps, 16, "5 files removed, 4 folders, 6 files new, and the manifest");
        for count in 0..=steps {
            let (_temp, root) = output();
            stop_after(count, &root);
            recover(&root).unwrap();
            assert_eq!(tree(&root), whole, "stopped after {count} steps");
        }
    }

    #[test]
    fn rolling_forward_can_itself_be_interrupted_anywhere() {
        let (whole, steps) = (expected(&new()), stop_after(0, &output().1));
        for (first, second) in (0..=steps).flat_map(|first| (0..=steps).map(move |second| (first, second))) {
            let (_temp, root) = output();
            stop_after(first, &root);
            read(&root).unwrap().unwrap().iter().take(second).for_each(|step| take(step, &root).unwrap());
            recover(&root).unwrap();
            assert_eq!(tree(&root), whole, "stopped after {first}, then after {second} steps");
        }
    }

    #[test]
    fn the_run_after_an_interrupted_one_may_publish_anything() {
        let steps = stop_after(0, &output().1);
        for next in [old(), new(), files(&[("index.html", "3"), ("b/d", "3")])] {
            let expected = expected(&next);
            for count in 0..=steps {
                let (_temp, root) = output();
                stop_after(count, &root);
                publish(&next, &root).unwrap();
                assert_eq!(tree(&root), expected, "stopped after {count} steps");
            }
        }
    }

    #[test]
    fn until_the_journal_is_there_nothing_of_the_old_site_has_changed() {
        let (_temp, root) = output();
        stop_after(0, &root);
        fs::remove_file(root.join(JOURNAL)).unwrap();
        let mut found = tree(&root);
        found.retain(|path, _| !path.starts_with(TEMPS));
        assert_eq!(found, expected(&old()));
        recover(&root).unwrap();
        assert_eq!(tree(&root), expected(&old()));
    }

    #[test]
    fn a_first_run_that_died_before_its_manifest_does_not_lock_us_out() {
        for count in 0..=new().len() {
            let temp = tempfile::tempdir().unwrap();
            let root = temp.path().join("public");
            stop_after(count, &root);
            publish(&new(), &root).unwrap();
            let temps_only = temp.path().join("temps only");
            stop_after(0, &temps_only);
            fs::remove_file(temps_only.join(JOURNAL)).unwrap();
            publish(&new(), &temps_only).unwrap();
            assert_eq!(tree(&root), tree(&temps_only));
        }
    }

    #[test]
    fn assets_come_before_pages_pages_before_feeds_and_removals_last() {
        let (_temp, root) = output();
        let steps = steps_of(&planned(&new(), &root).1);
        let lines: Vec<String> = steps.iter().map(Step::to_string).collect();
        let in_order = [
            "remove a",
            "remove b/c",
            "remove b/d/e",
            "clear b/d",
            "clear b",
            "move 0 a/x",
            "move 1 b",
            "move 2 new.css",
            "move 3 index.html",
            "move 4 new/y/index.html",
            "move 5 feed.xml",
            "move 6 .leitfaden.json",
            "remove old.css",
            "remove old/x/index.html",
            "clear old/x",
            "clear old",
        ];
        assert_eq!(lines, in_order);
        assert_eq!(decode(&encode(&steps)), Some(steps));
    }

    #[test]
    fn a_journal_that_is_cut_off_or_climbs_out_is_not_followed() {
        let whole = encode(&[Step::Move(0, "a b/ü".into()), Step::Remove("x/legend".into()), Step::Clear("x".into())]);
        for cut in (0..whole.len() - 1).filter(|cut| whole.is_char_boundary(*cut)) {
            assert_eq!(decode(&whole[..cut]), None, "{:?}", &whole[..cut]);
        }
        for line in ["remove ../x", "remove /x", "move 0 ../x", "clear ..", "move x", "move x y", "burn x", ""] {
            assert_eq!(decode(&format!("{FIRST_LINE}\n{line}\n{LAST_LINE}\n")), None, "{line}");
        }
    }

    #[test]
    fn no_step_follows_a_link_out_of_the_output() {
        let (temp, root) = output();
        let outside = temp.path().join("outside");
        fs::create_dir_all(outside.join("empty")).unwrap();
        fs::write(outside.join("kept"), "1").unwrap();
        std::os::unix::fs::symlink(&outside, root.join("link")).unwrap();
        fs::create_dir(root.join(TEMPS)).unwrap();
        fs::write(root.join(TEMPS).join("0"), "2").unwrap();
        take(&Step::Remove("link/kept".into()), &root).unwrap();
        take(&Step::Clear("link/empty".into()), &root).unwrap();
        let failure = take(&Step::Move(0, "link/new".into()), &root).unwrap_err();
        assert!(failure.to_string().contains("public/link"), "{failure}");
        assert_eq!(tree(&outside).keys().collect::<Vec<_>>(), ["empty/", "kept"]);
    }
}
