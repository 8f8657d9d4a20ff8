//! The usual way: the whole next site is built beside the output, then both change
//! places in one system call.
//!
//! In order: the stage, with a marker that says that it is ours, holds the changed files already
//! (`stage`); hard-link unchanged and foreign ones, which so keep their inode and time;
//! give the folders the owner and rights of the old ones; write the manifest into the marker and
//! rename it; exchange; take the old site apart.
//! A run that dies on the way leaves a marked stage, which the next one removes. Of an old
//! site only what its list names, or what the output still has, is ever deleted.

#![expect(clippy::disallowed_methods, reason = "the shell is where I/O lives")]

use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::error::{Doing, PublishError};
use super::folders::{is_file, is_folder, make_above, needed_by, remove_if_empty};
use super::manifest::{Hashes, MANIFEST, decode_manifest};
use super::plan::Plan;
use super::stage::{Items, Stage};
use crate::shell::parallel;

/// Its mere name says that the stage is being filled, and that everything in it is ours.
pub(super) const MARKER: &str = ".leitfaden-stage";

/// Where the next site is built; `None` for the root of the file system.
pub(super) fn stage_of(root: &Path) -> Option<PathBuf> {
    let mut name = OsString::from(".");
    name.push(root.file_name()?);
    name.push(".leitfaden-new");
    Some(root.with_file_name(name))
}

/// Publishes by exchange; `false` if this folder or file system does not allow it,
/// and then nothing was changed.
pub(super) fn swap(stage: &Stage, items: &Items, plan: &Plan, root: &Path) -> Result<bool, PublishError> {
    let Some(folder) = plan.others.is_empty().then(|| stage.folder()).flatten() else { return stage.failure().map(|()| false) };
    match build(items, plan, root, folder).and_then(|()| exchange(plan, root, folder)) {
        Ok(()) => retire(folder, root).map(|()| true),
        Err(failure) if is_refusal(&failure) => Ok(false),
        Err(failure) => Err(failure),
    }
}

/// Whether another file system begins here: the stage would lie on the wrong one.
pub(super) fn is_mount_point(root: &Path) -> bool {
    let device = |path| fs::metadata(path).ok().map(|data| data.dev());
    device(root).is_some_and(|inside| root.parent().and_then(device) != Some(inside))
}

/// Whether the system says that this is not possible here, rather than not now.
pub(super) fn is_refusal(failure: &PublishError) -> bool {
    use ErrorKind::{CrossesDevices, InvalidInput, PermissionDenied, ReadOnlyFilesystem, ResourceBusy, TooManyLinks, Unsupported};
    let PublishError::Io { error, .. } = failure else { return false };
    matches!(error.kind(), CrossesDevices | InvalidInput | PermissionDenied | ReadOnlyFilesystem | ResourceBusy | TooManyLinks | Unsupported)
}

fn build(items: &Items, plan: &Plan, root: &Path, stage: &Path) -> Result<(), PublishError> {
    let kept: Vec<&Path> = plan.unchanged.iter().map(Path::new).chain(plan.foreign.iter().map(PathBuf::as_path)).collect();
    let held: Vec<(&String, &Arc<[u8]>)> = plan.written.iter().filter_map(|path| Some((path, items.get(path)?.held()?))).collect();
    for folder in needed_by(held.iter().map(|(path, _)| Path::new(path)).chain(kept.iter().copied())) {
        make_folder(&stage.join(&folder))?;
    }
    parallel::all(&held, |(path, bytes)| fs::write(stage.join(path), bytes).doing("writing", &stage.join(path)))?;
    parallel::all(&kept, |path| link(&root.join(path), &stage.join(path)))?;
    if plan.exists {
        for folder in plan.folders.iter().rev().map(PathBuf::as_path).chain([Path::new("")]) {
            copy_rights(&root.join(folder), &stage.join(folder))?;
        }
    }
    fs::write(stage.join(MARKER), &plan.manifest).doing("writing", &stage.join(MARKER))?;
    fs::rename(stage.join(MARKER), stage.join(MANIFEST)).doing("writing", &stage.join(MANIFEST))
}

fn make_folder(folder: &Path) -> Result<(), PublishError> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error).doing("creating the folder", folder),
        _ => Ok(()),
    }
}

/// A file that lay in the output already, found too late, was written anew: the old one stays.
fn link(from: &Path, to: &Path) -> Result<(), PublishError> {
    match fs::hard_link(from, to) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => fs::remove_file(to).and_then(|()| fs::hard_link(from, to)).doing("linking", from),
        done => done.doing("linking", from),
    }
}

pub(super) fn explain_taken(error: io::Error) -> io::Error {
    match error.kind() {
        ErrorKind::AlreadyExists => {
            io::Error::new(ErrorKind::AlreadyExists, "the next site is built under this name, but something not written by leitfaden has it; move it away")
        }
        _ => error,
    }
}

/// Gives the folder `to`, if it was made, owner and rights of `from`.
fn copy_rights(from: &Path, to: &Path) -> Result<(), PublishError> {
    if !is_folder(to) {
        return Ok(());
    }
    let old = fs::metadata(from).doing("reading the folder", from)?;
    let new = fs::metadata(to).doing("reading the folder", to)?;
    if (old.uid(), old.gid()) != (new.uid(), new.gid()) {
        chown(to, Some(old.uid()), Some(old.gid())).doing("setting the owner of", to)?;
    }
    if old.mode() != new.mode() {
        fs::set_permissions(to, old.permissions()).doing("setting the rights of", to)?;
    }
    Ok(())
}

fn exchange(plan: &Plan, root: &Path, stage: &Path) -> Result<(), PublishError> {
    let done = if plan.exists { renameat_with(CWD, stage, CWD, root, RenameFlags::EXCHANGE).map_err(io::Error::from) } else { fs::rename(stage, root) };
    done.doing("replacing", root)
}

/// Takes a stage apart that is ours: an unfinished one, or the old site after the
/// exchange. A file that is neither in its list nor in the output came while we worked;
/// it is moved to the output.
pub(super) fn retire(stage: &Path, root: &Path) -> Result<(), PublishError> {
    let is_unfinished = is_file(&stage.join(MARKER));
    let Some(listed) = list_of(stage) else { return Ok(()) };
    let (mut pending, mut folders) = (vec![PathBuf::new()], Vec::new());
    while let Some(folder) = pending.pop() {
        let here = stage.join(&folder);
        let entries = fs::read_dir(&here).and_then(Iterator::collect::<io::Result<Vec<_>>>).doing("reading the folder", &here)?;
        for entry in entries {
            let path = folder.join(entry.file_name());
            if entry.file_type().doing("reading", &entry.path())?.is_dir() {
                pending.push(path);
            } else if path == Path::new(MARKER) || path == Path::new(MANIFEST) {
            } else if is_unfinished || path.to_str().is_some_and(|path| listed.contains_key(path)) || is_same(&entry.path(), &root.join(&path)) {
                fs::remove_file(entry.path()).doing("removing", &entry.path())?;
            } else {
                rescue(&path, stage, root)?;
            }
        }
        folders.push(here);
    }
    // Parents were met before their children. The marks go last: until then the stage is ours.
    folders.iter().skip(1).rev().try_for_each(|folder| remove_if_empty(folder))?;
    for mark in [MARKER, MANIFEST].map(|name| stage.join(name)).iter().filter(|mark| is_file(mark)) {
        fs::remove_file(mark).doing("removing", mark)?;
    }
    remove_if_empty(stage)
}

/// The files of a folder that is recognisably ours: marked, with a manifest, or empty.
fn list_of(stage: &Path) -> Option<Hashes> {
    if !is_folder(stage) {
        return None;
    }
    if is_file(&stage.join(MARKER)) {
        return Some(Hashes::new());
    }
    if is_file(&stage.join(MANIFEST)) {
        return decode_manifest(&fs::read(stage.join(MANIFEST)).ok()?);
    }
    fs::read_dir(stage).is_ok_and(|mut entries| entries.next().is_none()).then(Hashes::new)
}

/// Whether both are names of one and the same file.
fn is_same(one: &Path, other: &Path) -> bool {
    let identity = |path| fs::symlink_metadata(path).ok().map(|data| (data.dev(), data.ino()));
    identity(one).is_some_and(|one| identity(other) == Some(one))
}

fn rescue(path: &Path, stage: &Path, root: &Path) -> Result<(), PublishError> {
    let (from, to) = (stage.join(path), root.join(path));
    if is_folder(root) && fs::symlink_metadata(&to).is_err() {
        make_above(root, path)?;
        fs::rename(&from, &to).doing("moving back", &from)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Files, planned, publish};
    use super::*;

    #[test]
    fn a_file_that_came_while_we_worked_is_moved_to_the_new_site() {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join("public");
        let stage = stage_of(&root).unwrap();
        let site = |text: &str| Files::from([("a/index.html".into(), text.as_bytes().into()), ("b".into(), (*b"same").into())]);
        publish(&site("new"), &root).unwrap();
        publish(&site("old"), &stage).unwrap();
        fs::create_dir(stage.join("c")).unwrap();
        fs::write(stage.join("c/note.txt"), "mine").unwrap();
        fs::write(stage.join("a/note.txt"), "mine").unwrap();
        retire(&stage, &root).unwrap();
        assert_eq!(fs::read(root.join("c/note.txt")).unwrap(), b"mine");
        assert_eq!(fs::read(root.join("a/note.txt")).unwrap(), b"mine");
        assert_eq!(fs::read(root.join("a/index.html")).unwrap(), b"new");
        assert!(!stage.exists());
    }

    #[test]
    fn a_file_that_came_and_has_no_place_in_the_new_site_is_kept() {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join("public");
        let stage = stage_of(&root).unwrap();
        publish(&Files::from([("note.txt".into(), (*b"the site's").into())]), &root).unwrap();
        publish(&Files::from([("old.html".into(), (*b"old").into())]), &stage).unwrap();
        fs::write(stage.join("note.txt"), "mine").unwrap();
        retire(&stage, &root).unwrap();
        assert_eq!(fs::read(root.join("note.txt")).unwrap(), b"the site's");
        assert_eq!(fs::read(stage.join("note.txt")).unwrap(), b"mine");
        assert!(!stage.join("old.html").exists());
    }

    #[test]
    fn an_unfinished_stage_is_removed_wherever_it_stopped() {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join("public");
        let stage = stage_of(&root).unwrap();
        let files = Files::from([("a/b/c.html".into(), (*b"1").into()), ("d".into(), (*b"1").into())]);
        publish(&Files::from([("d".into(), (*b"1").into())]), &root).unwrap();
        fs::write(root.join("foreign"), "1").unwrap();
        let (items, plan) = planned(&files, &root);
        let begun = || {
            fs::create_dir(&stage).unwrap();
            fs::write(stage.join(MARKER), "").unwrap();
        };
        let all = || {
            begun();
            build(&items, &plan, &root, &stage).unwrap();
            fs::rename(stage.join(MANIFEST), stage.join(MARKER)).unwrap();
        };
        let stops: [&dyn Fn(); 6] = [
            &|| fs::create_dir(&stage).unwrap(),
            &begun,
            &|| {
                begun();
                fs::create_dir_all(stage.join("a/b")).unwrap();
                fs::write(stage.join("a/b/c.html"), "1").unwrap();
                fs::write(stage.join(MARKER), &plan.manifest[..20]).unwrap();
            },
            &|| {
                all();
                fs::remove_file(stage.join("d")).unwrap();
                fs::remove_file(stage.join("foreign")).unwrap();
            },
            &all,
            &|| {
                begun();
                build(&items, &plan, &root, &stage).unwrap();
            },
        ];
        for (number, stop) in stops.iter().enumerate() {
            stop();
            retire(&stage, &root).unwrap();
            assert!(!stage.exists(), "stop {number}");
            assert!(root.join("foreign").exists() && root.join("d").exists(), "stop {number}");
        }
    }
}
