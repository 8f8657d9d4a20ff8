//! Writes the website to its folder, as one whole generation or not at all.
//!
//! In order: find the real folder and keep other builds out; refuse a folder that somebody
//! else filled; finish or remove what a run that died left behind; take files as they are
//! made ([`Press::put`]), comparing every byte with what is there and writing what changed
//! beside the output (`stage`), so that no more than a few files are ever in memory; when all came,
//! refuse paths that are not ours to give, compare folders (`plan`) and stop if nothing
//! changed; exchange old and new in one system call (`swap`) or, where that is impossible,
//! replace file by file (`journal`). A press that is dropped before leaves no trace.
//!
//! What is promised: a build that is killed at any moment (kill -9) or meets a full disk
//! leaves the previous site whole, and the next run recovers. Nothing is promised about
//! a power loss: a sync for each file costs 0.65 ms and the site can be built again. The
//! file-by-file way promises less, see there. The exchange makes a new folder: a process
//! that holds the old one open (a shell in it, a bind mount of it) keeps seeing the old.

#![expect(clippy::disallowed_methods, reason = "the shell is where I/O lives")]

mod error;
mod folders;
mod journal;
mod manifest;
mod plan;
mod quiet;
mod stage;
mod swap;

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::base::hash::sha256_hex;

use error::Doing;
use folders::{above, is_file};
use manifest::{decode_manifest, is_allowed};
use plan::{Before, Plan};
use stage::{Items, Stage};

pub use error::PublishError;
pub(crate) use manifest::MANIFEST;
pub use manifest::{Files, Hashes};
pub(crate) use quiet::Quiet;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or have other bytes.
    pub written: usize,
    /// Files that were left as they are.
    pub unchanged: usize,
    /// Files that went away.
    pub removed: usize,
}

/// A site in its folder.
#[derive(Debug)]
pub struct Published {
    /// What was done.
    pub written: Written,
    /// All its files, the manifest among them.
    pub hashes: Hashes,
}

/// How often to ask whether another build is done: for half a minute in all.
const PATIENCE: u32 = 600;
/// How long to wait before asking again.
const PAUSE: Duration = Duration::from_millis(50);

/// A website on its way to its folder.
pub struct Press {
    root: PathBuf,
    before: Before,
    stage: Stage,
    /// Given back last: the stage is gone when the next build comes.
    _held: Option<File>,
}

impl Press {
    /// Makes ready to write to the folder `output`.
    pub fn open(output: &Path) -> Result<Self, PublishError> {
        let root = resolve(output)?;
        let held = lock(&root, PATIENCE)?;
        claim(&root)?;
        journal::recover(&root)?;
        if let Some(stage) = swap::stage_of(&root) {
            swap::retire(&stage, &root)?;
        }
        Ok(Self { before: Before::look(&root)?, stage: Stage::new(&root), root, _held: held })
    }

    /// Takes a file of the site, from any thread; one that comes again replaces itself.
    /// What goes wrong is said at the end.
    pub fn put(&self, path: &str, bytes: Arc<[u8]>) {
        let is_there = self.before.has(path, &bytes, &self.root);
        self.stage.put(path, bytes, is_there);
    }

    /// Makes the folder hold exactly the files that came, beside what is not ours.
    pub fn publish(self) -> Result<Published, PublishError> {
        let Self { _held, root, before, stage } = self;
        let items = stage.items();
        check(&items)?;
        stage.failure()?;
        let plan = Plan::new(before, &items, &root)?;
        if !plan.is_empty() && !swap::swap(&stage, &items, &plan, &root)? {
            journal::replace(&|path| stage.read(path, &items), &plan, &root)?;
        }
        let written = Written { written: plan.written.len(), unchanged: plan.unchanged.len(), removed: plan.removed.len() };
        let manifest = (MANIFEST.to_owned(), sha256_hex(&plan.manifest));
        Ok(Published { written, hashes: items.into_iter().map(|(path, item)| (path, item.hash)).chain([manifest]).collect() })
    }
}

/// Publishes a whole site at once.
#[cfg(test)]
fn publish(files: &Files, output: &Path) -> Result<Written, PublishError> {
    let press = Press::open(output)?;
    for (path, bytes) in files {
        press.put(path, Arc::clone(bytes));
    }
    press.publish().map(|published| published.written)
}

/// What has to be done to publish a whole site, its files in memory.
#[cfg(test)]
fn planned(files: &Files, root: &Path) -> (Items, Plan) {
    let before = Before::look(root).unwrap();
    let item = |(path, bytes): (&String, &Arc<[u8]>)| {
        let place = if before.has(path, bytes, root) { stage::Place::Output } else { stage::Place::Memory(Arc::clone(bytes)) };
        (path.clone(), stage::Item { hash: sha256_hex(bytes), place })
    };
    let items: Items = files.iter().map(item).collect();
    let plan = Plan::new(before, &items, root).unwrap();
    (items, plan)
}

/// The files of an output below `folders` whose names say what they were made from and that nobody has
/// changed since: the next build need not draw them again. None if the folder is not ours.
pub(crate) fn drawn(output: &Path, folders: &[&str]) -> Files {
    let hashes = fs::read(output.join(MANIFEST)).ok().and_then(|text| decode_manifest(&text)).unwrap_or_default();
    let wanted = hashes.into_iter().filter(|(path, _)| folders.iter().any(|folder| path.starts_with(folder)));
    let read = |(path, hash): (String, String)| {
        let bytes = fs::read(output.join(&path)).ok().filter(|bytes| sha256_hex(bytes) == hash)?;
        Some((path, bytes.into()))
    };
    wanted.filter_map(read).collect()
}

/// No file may lie outside, have one of our own names, or be another's folder.
fn check(files: &Items) -> Result<(), PublishError> {
    let taken = |path: &Path| path.to_str().is_some_and(|path| files.contains_key(path));
    for path in files.keys() {
        let why = match path {
            _ if !is_allowed(path) => "this is no path for a file of the site",
            _ if above(Path::new(path)).any(taken) => "one of its folders is a file of the site as well",
            _ => continue,
        };
        return Err(PublishError::refused("writing", Path::new(path), ErrorKind::InvalidInput, why));
    }
    Ok(())
}

/// The real folder behind `output`, whether it is there or will be; makes its parents.
fn resolve(output: &Path) -> Result<PathBuf, PublishError> {
    match fs::canonicalize(output) {
        Ok(root) if root.is_dir() => return Ok(root),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) if error.kind() != ErrorKind::NotADirectory => return Err(error).doing("finding", output),
        _ => return Err(PublishError::NotAFolder(output.into())),
    }
    let name = output.file_name().filter(|_| fs::symlink_metadata(output).is_err()).ok_or_else(|| PublishError::NotAFolder(output.into()))?;
    let parent = output.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).doing("creating the folder", parent)?;
    Ok(fs::canonicalize(parent).doing("finding", parent)?.join(name))
}

/// Keeps a second build from taking our stage for a left-over. The lock is on the folder
/// around the output, leaves no trace, and ends with the process; a file system without
/// locks goes without.
fn lock(root: &Path, patience: u32) -> Result<Option<File>, PublishError> {
    let around = root.parent().unwrap_or(root);
    let Ok(file) = File::open(around) else { return Ok(None) };
    for _ in 0..patience {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::Error(_)) => return Ok(None),
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
        }
    }
    Err(PublishError::refused("waiting to write to", root, ErrorKind::TimedOut, "another program has had the folder around it locked for half a minute"))
}

/// Refuses a folder that is not empty and not ours. Traces of a first run that died
/// before its manifest are ours.
fn claim(root: &Path) -> Result<(), PublishError> {
    let marked = is_file(&root.join(MANIFEST)) && decode_manifest(&fs::read(root.join(MANIFEST)).doing("reading", &root.join(MANIFEST))?).is_some();
    if marked || fs::symlink_metadata(root).is_err() || journal::is_pending(root)? {
        return Ok(());
    }
    for entry in fs::read_dir(root).doing("reading the folder", root)? {
        if entry.doing("reading the folder", root)?.file_name() != journal::TEMPS {
            return Err(PublishError::Foreign(root.into()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_waits_for_another_one_but_not_for_ever() {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join("public");
        let held = lock(&root, 1).unwrap();
        assert!(held.is_some());
        assert!(lock(&root, 2).unwrap_err().to_string().contains("another program"));
        drop(held);
        assert!(lock(&root, 1).unwrap().is_some());
    }
}
