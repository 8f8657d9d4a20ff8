//! The folders of a path: which they are, making them, taking away the empty ones.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::error::{Doing, PublishError};

/// The folders above a relative path, the nearest first.
pub(super) fn above(path: &Path) -> impl Iterator<Item = &Path> {
    path.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty())
}

/// All folders that these files need, the outer before the inner.
pub(super) fn needed_by<'a, P: AsRef<Path> + ?Sized + 'a>(paths: impl Iterator<Item = &'a P>) -> BTreeSet<PathBuf> {
    // Paths are compared part by part, which is slow: every folder once, and nearly in order.
    let (mut seen, mut needed) = (HashSet::new(), Vec::new());
    for path in paths {
        for folder in above(path.as_ref()) {
            // What it lies in is known with it.
            if !seen.insert(folder.as_os_str()) {
                break;
            }
            needed.push(folder.to_path_buf());
        }
    }
    needed.into_iter().collect()
}

/// Makes the folders above `path` inside `root`. A link in between is not followed:
/// nothing is ever written outside `root`.
pub(super) fn make_above(root: &Path, path: &Path) -> Result<(), PublishError> {
    let mut folder = root.to_path_buf();
    for part in path.parent().into_iter().flat_map(Path::components) {
        folder.push(part);
        match fs::create_dir(&folder) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists || !is_folder(&folder) => return Err(error).doing("creating the folder", &folder),
            _ => {}
        }
    }
    Ok(())
}

/// Removes a folder unless something is in it.
pub(super) fn remove_if_empty(folder: &Path) -> Result<(), PublishError> {
    match fs::remove_dir(folder) {
        Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::DirectoryNotEmpty | ErrorKind::NotADirectory) => {
            Err(error).doing("removing the empty folder", folder)
        }
        _ => Ok(()),
    }
}

/// Whether there is a folder (not a link to one).
pub(super) fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_dir())
}

/// Whether there is a plain file (not a link to one).
pub(super) fn is_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file())
}
