#![cfg_attr(test, expect(clippy::disallowed_methods, reason = "tests lay out projects"))]
//! Reads a project's folder into [`Sources`].
//!
//! 1. [`Reader::list`] walks through `content`, `vendors` and `themes`, takes the metadata of every file and reads none.
//!    Symbolic links are followed inside the project and refused where they lead out of it;
//! 2. [`Reader::take`] reads those whose metadata is not that of the look before, and puts all together.
//!
//! Metadata is always older than the bytes: what is saved in between is seen by the next look.

mod glance;
mod part;

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::mem;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, IntoIter, WalkDir};

use crate::base::diag::{self, Diagnostic};
use crate::base::source::Sources;

use super::parallel;
use super::publish::MANIFEST;
pub(crate) use super::stamp::Inode;
use super::stamp::{Moment, Stamp, inode};
use part::{Part, fault, part};

/// The folders that are read.
pub(crate) const FOLDERS: [&str; 3] = ["content", "vendors", "themes"];

/// Reads all inputs below `root` once. Files that cannot be used become faults.
pub(crate) fn read(root: &Path) -> io::Result<Sources> {
    Ok(Reader::new(root).read()?.sources)
}

/// Reads a project again and again.
pub(crate) struct Reader {
    root: PathBuf,
    /// A folder that is an output, although it may carry no manifest yet.
    output: Option<PathBuf>,
    /// Sorted by path.
    known: Vec<Known>,
    /// The real folder in which they lie.
    root_of_known: PathBuf,
}

/// One look at the project.
#[derive(Debug)]
pub(crate) struct Reading {
    /// Everything a build reads.
    pub(crate) sources: Sources,
    /// Every folder that was looked into, one path for each real folder.
    pub(crate) folders: BTreeMap<Inode, PathBuf>,
}

/// What there is to read.
pub(crate) struct Listing {
    /// The real folder of the project.
    root: PathBuf,
    /// Sorted by path.
    files: Vec<Listed>,
    folders: BTreeMap<Inode, PathBuf>,
    faults: Vec<Diagnostic>,
    /// Before the first file was looked at.
    begin: Moment,
}

/// A file that can be read.
pub(super) struct Listed {
    /// Compared as bytes, since comparing the parts of a path takes a multiple of the time.
    path: OsString,
    pub(super) stamp: Stamp,
    /// Whether an equal stamp means equal bytes.
    settled: bool,
}

/// A file as it was read last.
struct Known {
    file: Listed,
    /// SHA-256 of its bytes, where its stamp does not vouch for them.
    hash: Option<String>,
    part: Part,
}

/// A file that was read, for who wants to know later whether it is still the same.
pub(super) struct Seen<'a> {
    /// Its path below the project.
    pub(super) path: &'a str,
    /// Its metadata, if that vouches for its bytes.
    pub(super) stamp: Option<Stamp>,
    /// SHA-256 of its bytes if not.
    pub(super) hash: Option<&'a str>,
}

impl Listing {
    /// Every file with its path below the project; none if there is anything that cannot be read.
    pub(super) fn files(&self) -> Option<Vec<(&str, &Listed)>> {
        let files = self.files.iter().map(|file| Some((below(&self.root, &file.path)?, file)));
        files.collect::<Option<_>>().filter(|_| self.faults.is_empty())
    }

    /// When the look began.
    pub(super) fn begin(&self) -> Moment {
        self.begin
    }
}

impl Listed {
    pub(super) fn path(&self) -> &Path {
        Path::new(&self.path)
    }
}

impl Known {
    fn seen(&self, root: &Path) -> Option<Seen<'_>> {
        let Self { file, hash, .. } = self;
        Some(Seen { path: below(root, &file.path)?, stamp: file.settled.then_some(file.stamp), hash: hash.as_deref() })
    }
}

impl Reader {
    /// A reader of the project at `root`.
    pub(crate) fn new(root: &Path) -> Self {
        Self { root: root.to_path_buf(), output: None, known: Vec::new(), root_of_known: PathBuf::new() }
    }

    /// Leaves an output folder out, if it lies among the inputs.
    pub(crate) fn without(mut self, output: Option<&Path>) -> Self {
        self.output = output.and_then(|output| output.canonicalize().ok());
        self
    }

    /// Reads what changed since the last time.
    pub(crate) fn read(&mut self) -> io::Result<Reading> {
        Ok(self.take(self.list()?))
    }

    /// Looks at what there is to read.
    pub(super) fn list(&self) -> io::Result<Listing> {
        self.list_at(Moment::now())
    }

    /// The same, as if it were `begin`.
    pub(super) fn list_at(&self, begin: Moment) -> io::Result<Listing> {
        let root = self.root.canonicalize()?;
        let folders = BTreeMap::from([(inode(&fs::metadata(&root)?), root.clone())]);
        let mut look = Look { output: self.output.as_deref(), root: &root, paths: Vec::new(), folders, faults: Vec::new() };
        for folder in FOLDERS {
            look.folder(&root.join(folder));
        }
        let Look { mut paths, folders, mut faults, .. } = look;
        paths.sort_unstable();
        diag::sort(&mut faults);
        let stamps = parallel::map(&paths, |path| fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|metadata| Stamp::of(&metadata)));
        let listed = |(path, stamp): (OsString, Option<Stamp>)| stamp.map(|stamp| Listed { path, stamp, settled: stamp.settled(begin) });
        let files = paths.into_iter().zip(stamps).filter_map(listed).collect();
        Ok(Listing { root, files, folders, faults, begin })
    }

    /// Reads what is listed and changed since the last time.
    pub(super) fn take(&mut self, listing: Listing) -> Reading {
        let Listing { root, files, folders, faults, .. } = listing;
        let mut before = mem::take(&mut self.known).into_iter().peekable();
        let last = |file: &Listed| {
            while before.next_if(|known| known.file.path < file.path).is_some() {}
            before.next_if(|known| known.file.path == file.path)
        };
        let last: Vec<Option<Known>> = files.iter().map(last).collect();
        let is_current = |file: &Listed, known: &Known| known.file.settled && known.file.stamp == file.stamp;
        let open = files.iter().zip(&last).filter(|(file, known)| !known.as_ref().is_some_and(|known| is_current(file, known)));
        let open: Vec<(&Listed, Option<&Known>)> = open.map(|(file, known)| (file, known.as_ref())).collect();
        let mut read = parallel::map(&open, |(file, known)| {
            let (part, hash) = part(file, &root)?;
            // What is the same is not held twice.
            let same = known.map(|known| &known.part).filter(|known| **known == part).cloned();
            Some((same.unwrap_or(part), hash))
        })
        .into_iter();
        let known = |(file, known): (Listed, Option<Known>)| match known {
            Some(known) if is_current(&file, &known) => Some(known),
            _ => read.next().flatten().map(|(part, hash)| Known { file, hash, part }),
        };
        self.known = files.into_iter().zip(last).filter_map(known).collect();
        self.root_of_known = root;
        let parts = || self.known.iter().map(|known| &known.part);
        let sources = Sources {
            texts: parts().filter_map(|part| part.text.as_ref()).map(|source| (source.path.clone(), source.clone())).collect(),
            files: parts().filter_map(|part| part.file.clone()).collect(),
            faults: faults.into_iter().chain(parts().flat_map(|part| part.faults.iter().cloned())).collect(),
        };
        Reading { sources, folders }
    }

    /// What was read last.
    pub(super) fn seen(&self) -> Option<Vec<Seen<'_>>> {
        self.known.iter().map(|known| known.seen(&self.root_of_known)).collect()
    }
}

/// One walk through the project.
struct Look<'a> {
    root: &'a Path,
    output: Option<&'a Path>,
    paths: Vec<OsString>,
    folders: BTreeMap<Inode, PathBuf>,
    faults: Vec<Diagnostic>,
}

impl Look<'_> {
    fn folder(&mut self, top: &Path) {
        if !top.exists() {
            return;
        }
        let mut walk = WalkDir::new(top).follow_links(true).into_iter();
        while let Some(entry) = walk.next() {
            match entry {
                Ok(entry) => self.entry(entry, &mut walk),
                Err(error) => {
                    let path = error.path().unwrap_or(top);
                    // A file that vanished while we looked is as good as never there; a link that leads nowhere is not.
                    let is_gone = fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
                    // Editors lock a file with a link that leads nowhere.
                    if is_gone || is_ignored(path, self.root) {
                        continue;
                    }
                    let message = if error.loop_ancestor().is_some() { "the symbolic link leads in a circle" } else { "the file cannot be read" };
                    self.faults.push(fault(path, self.root, message, "remove it or mend its permissions"));
                }
            }
        }
    }

    fn entry(&mut self, entry: DirEntry, walk: &mut IntoIter) {
        let path = entry.path();
        let is_folder = entry.file_type().is_dir();
        let skip = |walk: &mut IntoIter| {
            if is_folder {
                walk.skip_current_dir();
            }
        };
        let is_output = is_folder && (path.join(MANIFEST).exists() || self.output == Some(path));
        if is_output || is_ignored(path, self.root) {
            // A folder with our manifest is an output, wherever it lies.
            skip(walk);
        } else if entry.path_is_symlink() && !stays_inside(path, self.root) {
            self.faults.push(fault(path, self.root, "the symbolic link leads out of the project", "copy the file into the project"));
            skip(walk);
        } else if !is_folder {
            self.paths.push(entry.into_path().into_os_string());
        } else if let Ok(metadata) = entry.metadata() {
            // The system lists a folder in any order: of several ways to one, the same is always taken.
            let known = self.folders.entry(inode(&metadata)).or_insert_with(|| path.to_path_buf());
            if path < known.as_path() {
                *known = path.to_path_buf();
            }
        }
    }
}

fn below<'a>(root: &Path, path: &'a OsStr) -> Option<&'a str> {
    Path::new(path).strip_prefix(root).ok()?.to_str()
}

/// Hidden files and what editors leave behind; of hidden names only `.well-known` is published (RFC 8615).
fn is_ignored(path: &Path, root: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_well_known = || path.starts_with(root.join("content/static/.well-known"));
    (name.starts_with('.') && !is_well_known())
        || name.starts_with('#')
        || name.ends_with(['~'])
        || [".swp", ".tmp", ".bck", "___jb_tmp___", "___jb_old___"].iter().any(|end| name.ends_with(end))
        || ["4913", "Thumbs.db"].contains(&name.as_ref())
}

fn stays_inside(path: &Path, root: &Path) -> bool {
    path.canonicalize().is_ok_and(|target| target.starts_with(root))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;
    use std::sync::Arc;

    use super::*;
    use crate::base::path::SitePath;

    #[test]
    fn what_editors_leave_behind_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let content = folder.path().join("content");
        fs::create_dir_all(content.join("static/.well-known")).unwrap();
        for name in ["a.md", "a.md~", ".a.md.swp", "4913", "#a.md#", "a.md___jb_tmp___", "a.md.tmp", "static/.well-known/security.txt", "static/.DS_Store"] {
            fs::write(content.join(name), "x").unwrap();
        }
        symlink("editor@host.1234", content.join(".#a.md")).unwrap();
        let sources = read(folder.path()).unwrap();
        let names: Vec<&str> = sources.texts.keys().chain(sources.files.keys()).map(SitePath::as_str).collect();
        assert_eq!(names, ["content/a.md", "content/static/.well-known/security.txt"]);
        assert_eq!(sources.faults, []);
    }

    #[test]
    fn a_change_is_seen_even_if_size_and_time_stay() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("content/a.md");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "aaa").unwrap();
        let mut reader = Reader::new(folder.path());
        let first = reader.read().unwrap().sources;
        assert_eq!(reader.read().unwrap().sources, first);
        let time = fs::metadata(&path).unwrap().modified().unwrap();
        fs::write(&path, "bbb").unwrap();
        fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        assert_ne!(reader.read().unwrap().sources, first);
    }

    #[test]
    fn a_text_that_is_read_again_and_is_the_same_is_held_once() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("content")).unwrap();
        fs::write(folder.path().join("content/a.md"), "text").unwrap();
        let mut reader = Reader::new(folder.path());
        let mut text = |now| {
            let listing = reader.list_at(now).unwrap();
            Arc::clone(&reader.take(listing).sources.text("content/a.md").unwrap().text)
        };
        // Metadata this young does not vouch for the bytes, so they are read both times.
        assert!(Arc::ptr_eq(&text(Moment::now()), &text(Moment::now())));
    }

    #[test]
    fn what_the_program_remembers_is_neither_read_nor_watched() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("content")).unwrap();
        fs::create_dir_all(folder.path().join(".leitfaden")).unwrap();
        fs::write(folder.path().join(".leitfaden/links.json"), "{}").unwrap();
        let reading = Reader::new(folder.path()).read().unwrap();
        assert_eq!(reading.sources, Sources::default());
        assert_eq!(reading.folders.len(), 2, "the project and content: {:?}", reading.folders);
    }

    #[test]
    fn an_output_folder_among_the_inputs_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("content/public");
        fs::create_dir_all(&output).unwrap();
        fs::write(output.join(MANIFEST), "{}").unwrap();
        fs::write(output.join("index.html"), "x").unwrap();
        assert_eq!(read(folder.path()).unwrap(), Sources::default());
        fs::remove_file(output.join(MANIFEST)).unwrap();
        assert_ne!(read(folder.path()).unwrap(), Sources::default());
        let mut reader = Reader::new(folder.path()).without(Some(&output));
        assert_eq!(reader.read().unwrap().sources, Sources::default(), "one that was named is left out before its first build");
    }
}
