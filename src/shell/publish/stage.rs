//! The files of the next site on their way: what changed is written beside the output as it comes.
//!
//! 1. [`Stage::put`] writes a file into the stage, which is made for the first one, and keeps only its hash;
//! 2. where there can be no stage (the output is a mount point, its parent may not be written to), files stay in memory;
//! 3. dropped, it takes the stage away, unless that has become the site.

#![expect(clippy::disallowed_methods, reason = "the shell is where I/O lives")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::error::{Doing, PublishError};
use super::folders::make_above;
use super::manifest::is_allowed;
use super::swap::{self, MARKER, is_refusal};
use crate::base::hash::sha256_hex;

/// Every file of the next site by its path.
pub(super) type Items = BTreeMap<String, Item>;

/// A file of the next site.
pub(super) struct Item {
    /// SHA-256.
    pub(super) hash: String,
    pub(super) place: Place,
}

impl Item {
    /// Its bytes, if they are in memory.
    pub(super) fn held(&self) -> Option<&Arc<[u8]>> {
        match &self.place {
            Place::Memory(bytes) => Some(bytes),
            Place::Output | Place::Stage => None,
        }
    }
}

/// Where its bytes are.
#[derive(PartialEq, Eq)]
pub(super) enum Place {
    /// In the output, unchanged.
    Output,
    Stage,
    Memory(Arc<[u8]>),
}

/// The next site.
pub(super) struct Stage {
    root: PathBuf,
    /// The folder; none if it cannot be made here.
    folder: OnceLock<Option<PathBuf>>,
    items: Mutex<Items>,
    failure: Mutex<Option<PublishError>>,
}

impl Stage {
    /// A stage for the output `root`; nothing is made yet.
    pub(super) fn new(root: &Path) -> Self {
        Self { root: root.to_path_buf(), folder: OnceLock::new(), items: Mutex::default(), failure: Mutex::default() }
    }

    /// Takes a file; `is_there` says that the output has it already.
    pub(super) fn put(&self, path: &str, bytes: Arc<[u8]>, is_there: bool) {
        let hash = sha256_hex(&bytes);
        let place = if is_there { Place::Output } else { self.write(path, bytes) };
        let is_staged = place == Place::Stage;
        let before = locked(&self.items).insert(path.to_owned(), Item { hash, place });
        if let (Some(folder), Some(Item { place: Place::Stage, .. }), false) = (self.made(), before, is_staged) {
            self.note(fs::remove_file(folder.join(path)).doing("removing", &folder.join(path)));
        }
    }

    fn write(&self, path: &str, bytes: Arc<[u8]>) -> Place {
        // What may not be written is refused when all files are known.
        if !is_allowed(path) || locked(&self.failure).is_some() {
            return Place::Memory(bytes);
        }
        let Some(folder) = self.folder() else { return Place::Memory(bytes) };
        let file = folder.join(path);
        let first = fs::write(&file, &bytes);
        let is_folder_missing = first.as_ref().is_err_and(|error| error.kind() == ErrorKind::NotFound);
        let written = if is_folder_missing {
            make_above(folder, Path::new(path)).and_then(|()| fs::write(&file, &bytes).doing("writing", &file))
        } else {
            first.doing("writing", &file)
        };
        match written {
            Ok(()) => Place::Stage,
            Err(failure) => {
                if !is_refusal(&failure) {
                    self.note(Err(failure));
                }
                Place::Memory(bytes)
            }
        }
    }

    /// The folder of the stage, made if need be.
    pub(super) fn folder(&self) -> Option<&Path> {
        let make = || {
            let folder = swap::stage_of(&self.root).filter(|_| !swap::is_mount_point(&self.root))?;
            let made = fs::create_dir(&folder).map_err(swap::explain_taken).doing("creating the folder", &folder);
            match made.and_then(|()| fs::write(folder.join(MARKER), "").doing("writing", &folder.join(MARKER))) {
                Ok(()) => Some(folder),
                Err(failure) if is_refusal(&failure) => None,
                Err(failure) => {
                    self.note(Err(failure));
                    None
                }
            }
        };
        self.folder.get_or_init(make).as_deref()
    }

    /// The folder, if it was made.
    fn made(&self) -> Option<&Path> {
        self.folder.get()?.as_deref()
    }

    /// Keeps the first failure.
    fn note(&self, done: Result<(), PublishError>) {
        if let Err(failure) = done {
            locked(&self.failure).get_or_insert(failure);
        }
    }

    /// The first failure, if there was one.
    pub(super) fn failure(&self) -> Result<(), PublishError> {
        locked(&self.failure).take().map_or(Ok(()), Err)
    }

    /// All files that came; the stage holds none after that.
    pub(super) fn items(&self) -> Items {
        std::mem::take(&mut locked(&self.items))
    }

    /// The bytes of a file.
    pub(super) fn read(&self, path: &str, items: &Items) -> io::Result<Arc<[u8]>> {
        match items.get(path).map(|item| &item.place) {
            Some(Place::Memory(bytes)) => Ok(Arc::clone(bytes)),
            Some(Place::Stage) => Ok(fs::read(self.made().unwrap_or(&self.root).join(path))?.into()),
            Some(Place::Output) | None => Ok(fs::read(self.root.join(path))?.into()),
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(folder) = self.made() {
            // What cannot be taken away now goes with the next build.
            let _ = swap::retire(folder, &self.root);
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
