//! Comparing the output with the site: what to write, what to keep, what to remove.
//!
//! In order: the old manifest says which files are ours; a walk says what is there
//! (it enters only folders that hold our files, so a `.git` costs nothing); the bytes
//! on disk, not the manifest's hashes, say what changed ([`Before::has`]); when all files of the
//! new site are known, everything that would overwrite a thing we did not write is refused.

#![expect(clippy::disallowed_methods, reason = "the shell is where I/O lives")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::error::{Doing, PublishError};
use super::folders::{above, is_file, needed_by};
use super::manifest::{Hashes, MANIFEST, decode_manifest, encode_manifest};
use super::stage::{Item, Items, Place};
use crate::base::hash::sha256_hex;

/// The output before the build.
pub(super) struct Before {
    manifest: Vec<u8>,
    hashes: Hashes,
    /// Folders of our files.
    known: BTreeSet<PathBuf>,
    found: Found,
}

impl Before {
    /// Looks at the folder `root`.
    pub(super) fn look(root: &Path) -> Result<Self, PublishError> {
        let manifest = if is_file(&root.join(MANIFEST)) { fs::read(root.join(MANIFEST)).doing("reading", &root.join(MANIFEST))? } else { Vec::new() };
        let hashes: Hashes = decode_manifest(&manifest).unwrap_or_default();
        let known = needed_by(hashes.keys());
        let found = survey(root, &known)?;
        Ok(Self { manifest, hashes, known, found })
    }

    /// Whether these very bytes lie there.
    pub(super) fn has(&self, path: &str, bytes: &[u8], root: &Path) -> bool {
        self.found.files.get(Path::new(path)) == Some(&(bytes.len() as u64)) && fs::read(root.join(path)).is_ok_and(|there| there == bytes)
    }
}

/// What is to be done. All paths are relative to the output.
pub(super) struct Plan {
    /// Whether the output is there at all.
    pub(super) exists: bool,
    /// Files to write.
    pub(super) written: BTreeSet<String>,
    /// Files of the site that lie there as they should.
    pub(super) unchanged: BTreeSet<String>,
    /// Files we wrote earlier that went away.
    pub(super) removed: Vec<String>,
    /// Folders that only files needed that went away, the deepest first.
    pub(super) emptied: Vec<PathBuf>,
    /// Plain files that are not ours.
    pub(super) foreign: Vec<PathBuf>,
    /// Foreign folders, links, devices: what a hard link cannot carry over.
    pub(super) others: BTreeSet<PathBuf>,
    /// Folders of ours that are there.
    pub(super) folders: BTreeSet<PathBuf>,
    /// The new manifest.
    pub(super) manifest: Vec<u8>,
    /// Whether it differs from the one that is there.
    pub(super) new_manifest: bool,
}

impl Plan {
    /// Compares the folder `root` with the files of the new site.
    pub(super) fn new(before: Before, items: &Items, root: &Path) -> Result<Self, PublishError> {
        let Before { manifest: old_text, hashes: old, mut known, mut found } = before;
        let needed = needed_by(items.keys());
        let emptied = known.iter().rev().filter(|folder| !needed.contains(*folder)).cloned().collect();
        if !needed.is_subset(&known) {
            known.extend(needed);
            found = survey(root, &known)?;
        }
        // In a folder that is new to us there may lie what we would write.
        let is_same = |path: &String, item: &Item| {
            item.place == Place::Output
                || (!old.contains_key(path)
                    && found.files.contains_key(Path::new(path))
                    && fs::read(root.join(path)).is_ok_and(|there| sha256_hex(&there) == item.hash))
        };
        let (unchanged, written): (BTreeSet<String>, BTreeSet<String>) = {
            let (same, other): (Vec<_>, Vec<_>) = items.iter().partition(|(path, item)| is_same(path, item));
            let names = |items: Vec<(&String, &Item)>| items.into_iter().map(|(path, _)| path.clone()).collect();
            (names(same), names(other))
        };
        let hashes: Hashes = items.iter().map(|(path, item)| (path.clone(), item.hash.clone())).collect();
        // What is gone, or is no plain file any more, is not ours any more either.
        let removed = old.keys().filter(|path| found.files.contains_key(Path::new(path)) && !items.contains_key(*path)).cloned().collect();
        let is_ours = |path: &Path| path == Path::new(MANIFEST) || path.to_str().is_some_and(|path| old.contains_key(path) || unchanged.contains(path));
        let foreign = found.files.keys().filter(|path| !is_ours(path)).cloned().collect();
        let manifest = encode_manifest(hashes);
        let (exists, new_manifest) = (found.exists, manifest != old_text);
        let plan = Self { exists, written, unchanged, removed, emptied, foreign, others: found.others, folders: found.folders, manifest, new_manifest };
        plan.refuse_collisions(root)?;
        Ok(plan)
    }

    /// Whether the output is as it should be already.
    pub(super) fn is_empty(&self) -> bool {
        self.exists && self.written.is_empty() && self.removed.is_empty() && !self.new_manifest
    }

    /// Whether this path must go before a new file can take its place: it is such a
    /// file's folder, or lies below a file that was a folder.
    pub(super) fn is_in_the_way(&self, path: &Path, needed: &BTreeSet<PathBuf>) -> bool {
        let becomes_file = |path: &Path| path.to_str().is_some_and(|path| self.written.contains(path));
        needed.contains(path) || becomes_file(path) || above(path).any(becomes_file)
    }

    fn refuse_collisions(&self, root: &Path) -> Result<(), PublishError> {
        if self.foreign.is_empty() && self.others.is_empty() {
            return Ok(());
        }
        let needed = needed_by(self.written.iter());
        match self.foreign.iter().chain(&self.others).find(|path| self.is_in_the_way(path, &needed)) {
            None => Ok(()),
            Some(path) => {
                let why = "it was not written by leitfaden and lies where the site has a file; move it away or rename the page";
                Err(PublishError::refused("replacing", &root.join(path), ErrorKind::AlreadyExists, why))
            }
        }
    }
}

/// What lies in the output.
#[derive(Default)]
struct Found {
    exists: bool,
    /// Plain files and their lengths.
    files: BTreeMap<PathBuf, u64>,
    folders: BTreeSet<PathBuf>,
    others: BTreeSet<PathBuf>,
}

fn survey(root: &Path, known: &BTreeSet<PathBuf>) -> Result<Found, PublishError> {
    let mut found = Found::default();
    let device = match fs::metadata(root) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(found),
        root_data => root_data.doing("reading the folder", root)?.dev(),
    };
    found.exists = true;
    let mut pending = vec![PathBuf::new()];
    while let Some(folder) = pending.pop() {
        let here = root.join(&folder);
        for entry in fs::read_dir(&here).doing("reading the folder", &here)? {
            let entry = entry.doing("reading the folder", &here)?;
            let data = entry.metadata().doing("reading", &entry.path())?;
            let path = folder.join(entry.file_name());
            if data.is_file() {
                found.files.insert(path, data.len());
            } else if data.is_dir() && known.contains(&path) && data.dev() == device {
                found.folders.insert(path.clone());
                pending.push(path);
            } else {
                found.others.insert(path);
            }
        }
    }
    Ok(found)
}
