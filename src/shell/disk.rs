#![expect(clippy::disallowed_methods, reason = "the shell is where I/O lives")]
//! Reads a project's folder into [`Sources`].
//!
//! Only `content`, `vendors` and `themes` are looked at, sorted by name. Symbolic
//! links are followed inside the project and refused where they lead out of it.

use std::fs;
use std::io;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use crate::base::codes::{Letter, letter_of};
use crate::base::diag::Diagnostic;
use crate::base::path::SitePath;
use crate::base::source::{Sources, Span};

/// Largest file that is read, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// Reads all inputs below `root`. Files that cannot be used become faults.
pub(crate) fn read(root: &Path) -> io::Result<Sources> {
    let root = root.canonicalize()?;
    let mut sources = Sources::default();
    for folder in ["content", "vendors", "themes"] {
        let top = root.join(folder);
        if !top.exists() {
            continue;
        }
        let walk = WalkDir::new(&top).follow_links(true).sort_by_file_name();
        let mut walk = walk.into_iter().filter_entry(|entry| entry.path_is_symlink() || !is_ignored(entry, &root));
        while let Some(entry) = walk.next() {
            match entry {
                Ok(entry) if entry.path_is_symlink() && !stays_inside(entry.path(), &root) => {
                    sources.faults.push(fault(entry.path(), &root, "the symbolic link leads out of the project", "copy the file into the project"));
                    if entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                }
                Ok(entry) if entry.file_type().is_file() && !is_ignored(&entry, &root) => add(&mut sources, entry.path(), &root),
                Ok(_) => {}
                Err(error) => {
                    let path = error.path().unwrap_or(&top);
                    let message = if error.loop_ancestor().is_some() { "the symbolic link leads in a circle" } else { "the file cannot be read" };
                    sources.faults.push(fault(path, &root, message, "remove it or mend its permissions"));
                }
            }
        }
    }
    Ok(sources)
}

/// Hidden files and what editors leave behind; of hidden names only `.well-known` is published (RFC 8615).
fn is_ignored(entry: &DirEntry, root: &Path) -> bool {
    let name = entry.file_name().to_string_lossy();
    let is_well_known = entry.path().starts_with(root.join("content/static/.well-known"));
    (name.starts_with('.') && !is_well_known)
        || name.starts_with(".#")
        || name.starts_with('#')
        || name.ends_with('~')
        || name.ends_with(".swp")
        || name == "4913"
}

fn stays_inside(path: &Path, root: &Path) -> bool {
    path.canonicalize().is_ok_and(|target| target.starts_with(root))
}

fn add(sources: &mut Sources, path: &Path, root: &Path) {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let Some(text) = relative.to_str() else {
        sources.faults.push(fault(path, root, "the file's name is not UTF-8", "rename it with letters, digits and hyphens"));
        return;
    };
    let text = text.replace(std::path::MAIN_SEPARATOR, "/");
    let site_path = match SitePath::parse(&text) {
        Ok(site_path) => site_path,
        Err(why) => {
            sources.faults.push(fault(path, root, &format!("the file's name {why}"), "rename it with letters, digits and hyphens"));
            return;
        }
    };
    if fs::metadata(path).is_ok_and(|metadata| metadata.len() > MAX_BYTES) {
        sources.faults.push(fault(path, root, &format!("the file is larger than {} MiB", MAX_BYTES >> 20), "keep large files on another host"));
        return;
    }
    match fs::read(path) {
        Ok(bytes) => sources.add(site_path, bytes),
        // A file that vanished between listing and reading is as good as never there.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => sources.faults.push(fault(path, root, &format!("the file cannot be read: {error}"), "mend its permissions")),
    }
}

fn fault(path: &Path, root: &Path, message: &str, help: &str) -> Diagnostic {
    let relative = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace(['\\', '\n', '\r'], "_");
    let site_path = SitePath::parse(&relative).ok();
    let letter = site_path.as_ref().map_or(Letter::Site, letter_of);
    let finding = Diagnostic::error(letter.code(9), message).help(help);
    match site_path {
        Some(path) => finding.at(Span { path, start: 0, end: 0 }).in_line(1, 1),
        None => finding,
    }
}
