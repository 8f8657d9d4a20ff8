//! The usual way: the whole next site is built beside the output, then both change
//! places in one system call.
//!
//! In order: make the stage; put the marker into it, which holds the new manifest and
//! says that the stage is ours; write changed files; hard-link unchanged and foreign
//! ones, which so keep their inode and time; give the folders the owner and rights of
//! the old ones; rename the marker to the manifest; exchange; take the old site apart.
//! A run that dies on the way leaves a stage, which the next one removes. Only
//! what the stage's own list names, or what the output still has, is ever deleted.

#![expect(clippy::disallowed_methods, reason = "the shell is where I/O lives")]

use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::error::{Doing, PublishError};
use super::folders::{is_file, is_folder, make_above, needed_by, remove_if_empty};
use super::manifest::{Files, Hashes, MANIFEST, decode_manifest};
use super::parallel;
use super::plan::Plan;

/// The manifest while the stage is being filled. Its mere name says that the stage is
/// ours, so it need not be whole.
const MARKER: &str = ".leitfaden-stage";

/// Where the next site is built; `None` for the root of the file system.
pub(super) fn stage_of(root: &Path) -> Option<PathBuf> {
    let mut name = OsString::from(".");
    name.push(root.file_name()?);
    name.push(".leitfaden-new");
    Some(root.with_file_name(name))
}

/// Publishes by exchange; `false` if this folder or file system does not allow it,
/// and then nothing was changed.
pub(super) fn swap(files: &Files, plan: &Plan, root: &Path) -> Result<bool, PublishError> {
    let Some(stage) = stage_of(root).filter(|_| plan.others.is_empty() && !is_mount_point(root)) else { return Ok(false) };
    match build(files, plan, root, &stage).and_then(|()| exchange(plan, root, &stage)) {
        Ok(()) => retire(&stage, root).map(|()| true),
        Err(failure) => {
            // The first failure is the one to report; what is left of the stage goes next time.
            let _ = retire(&stage, root);
            if is_refusal(&failure) { Ok(false) } else { Err(failure) }
        }
    }
}

/// Whether another file system begins here: the stage would lie on the wrong one.
fn is_mount_point(root: &Path) -> bool {
    let device = |path| fs::metadata(path).ok().map(|data| data.dev());
    device(root).is_some_and(|inside| root.parent().and_then(device) != Some(inside))
}

/// Whether the system says that this is not possible here, rather than not now.
fn is_refusal(failure: &PublishError) -> bool {
    use ErrorKind::{CrossesDevices, InvalidInput, PermissionDenied, ReadOnlyFilesystem, ResourceBusy, TooManyLinks, Unsupported};
    let PublishError::Io { error, .. } = failure else { return false };
    matches!(error.kind(), CrossesDevices | InvalidInput | PermissionDenied | ReadOnlyFilesystem | ResourceBusy | TooManyLinks | Unsupported)
}

fn build(files: &Files, plan: &Plan, root: &Path, stage: &Path) -> Result<(), PublishError> {
    fs::create_dir(stage).map_err(explain_taken).doing("creating the folder", stage)?;
    fs::write(stage.join(MARKER), &plan.manifest).doing("writing", &stage.join(MARKER))?;
    let kept: Vec<&Path> = plan.unchanged.iter().map(Path::new).chain(plan.foreign.iter().map(PathBuf::as_path)).collect();
    for folder in needed_by(plan.written.iter().map(Path::new).chain(kept.iter().copied())) {
        fs::create_dir(stage.join(&folder)).doing("creating the folder", &stage.join(&folder))?;
    }
    let written: Vec<&String> = plan.written.iter().collect();
    parallel::all(&written, |path| fs::write(stage.join(path), &files[*path]).doing("writing", &stage.join(path)))?;
    parallel::all(&kept, |path| fs::hard_link(root.join(path), stage.join(path)).doing("linking", &root.join(path)))?;
    if plan.exists {
        for folder in plan.folders.iter().rev().map(PathBuf::as_path).chain([Path::new("")]) {
            copy_rights(&root.join(folder), &stage.join(folder))?;
        }
    }
    fs::rename(stage.join(MARKER), stage.join(MANIFEST)).doing("writing", &stage.join(MANIFEST))
}

fn explain_taken(error: io::Error) -> io::Error {
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
    let Some(listed) = list_of(stage) else { return Ok(()) };
    let (mut pending, mut folders) = (vec![PathBuf::new()], Vec::new());
    while let Some(folder) = pending.pop() {
        let here = stage.join(&folder);
        let entries = fs::read_dir(&here).and_then(Iterator::collect::<io::Result<Vec<_>>>).doing("reading the folder", &here)?;
        for entry in entries {
            let path = folder.join(entry.file_name());
            if entry.file_type().doing("reading", &entry.path())?.is_dir() {
                pending.push(path);
            } else if path.to_str().is_some_and(|path| listed.contains_key(path)) || is_same(&entry.path(), &root.join(&path)) {
                fs::remove_file(entry.path()).doing("removing", &entry.path())?;
            } else if path != Path::new(MARKER) && path != Path::new(MANIFEST) {
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
        return Some(fs::read(stage.join(MARKER)).ok().and_then(|text| decode_manifest(&text)).unwrap_or_default());
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
    use super::super::publish;
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
        let plan = Plan::new(&files, &root).unwrap();
        let all = || {
            build(&files, &plan, &root, &stage).unwrap();
            fs::rename(stage.join(MANIFEST), stage.join(MARKER)).unwrap();
        };
        let stops: [&dyn Fn(); 5] = [
            &|| fs::create_dir(&stage).unwrap(),
            &|| {
                fs::create_dir(&stage).unwrap();
                fs::write(stage.join(MARKER), &plan.manifest[..20]).unwrap();
            },
            &|| {
                all();
                fs::remove_file(stage.join("d")).unwrap();
                fs::remove_file(stage.join("foreign")).unwrap();
            },
            &all,
            &|| build(&files, &plan, &root, &stage).unwrap(),
        ];
        for (number, stop) in stops.iter().enumerate() {
            stop();
            retire(&stage, &root).unwrap();
            assert!(!stage.exists(), "stop {number}");
            assert!(root.join("foreign").exists() && root.join("d").exists(), "stop {number}");
        }
    }
}
