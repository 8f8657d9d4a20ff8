//! Looking at an output while nobody writes to it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::folders::is_folder;
use super::{journal, lock, swap};
use crate::shell::parallel;

/// How often to ask whether another build is done: for a second. A build that is made after that waits longer.
const PATIENCE: u32 = 20;

/// An output to which no other build writes as long as this is held, and which none left half done.
pub(crate) struct Quiet {
    root: PathBuf,
    _held: Option<File>,
}

impl Quiet {
    /// None where there is no output, or anything that a build had to wait for or to tidy up.
    pub(crate) fn open(output: &Path) -> Option<Self> {
        let root = fs::canonicalize(output).ok()?;
        let held = lock(&root, PATIENCE).ok()?;
        let traces = swap::stage_of(&root).into_iter().chain([journal::JOURNAL, journal::TEMPS].map(|name| root.join(name)));
        let is_tidy = traces.map(fs::symlink_metadata).all(|found| found.is_err());
        (is_tidy && is_folder(&root)).then_some(Self { root, _held: held })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Whether all folders of these files are real ones, not links to others. Sorted paths share their folders with the one before.
    pub(crate) fn has_folders_of<'a>(&self, files: impl Iterator<Item = &'a str>) -> bool {
        let (mut folders, mut before) = (Vec::new(), "");
        for path in files {
            let shared = path.bytes().zip(before.bytes()).take_while(|(one, other)| one == other).count();
            folders.extend(path.match_indices('/').filter(|(at, _)| *at >= shared).map(|(at, _)| &path[..at]));
            before = path;
        }
        parallel::all(&folders, |folder| if is_folder(&self.root.join(folder)) { Ok(()) } else { Err(()) }).is_ok()
    }
}
