#![expect(clippy::disallowed_methods, reason = "the shell is where I/O lives")]
//! Reads a project's folder into [`Sources`].
//!
//! Only `content`, `vendors` and `themes` are looked at, sorted by name. Symbolic
//! links are followed inside the project and refused where they lead out of it.
//! A [`Reader`] is asked again and again and reads only the files whose metadata changed.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::io;
use std::mem;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use walkdir::{DirEntry, IntoIter, WalkDir};

use crate::base::codes::{Letter, letter_of};
use crate::base::diag::Diagnostic;
use crate::base::path::SitePath;
use crate::base::source::{Sources, Span, is_text};

use super::publish::MANIFEST;

/// The folders that are read.
pub(crate) const FOLDERS: [&str; 3] = ["content", "vendors", "themes"];

/// Largest file that is read, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// Largest text, in bytes: as much as some fifteen thick books. Reading it takes a multiple of its size.
const MAX_TEXT: u64 = 8 << 20;

/// A file that changed so short a time before it was read may change again without its
/// metadata showing it: clocks of file systems are coarse.
const SETTLED: Duration = Duration::from_secs(2);

/// Reads all inputs below `root` once. Files that cannot be used become faults.
pub(crate) fn read(root: &Path) -> io::Result<Sources> {
    Ok(Reader::new(root).read()?.sources)
}

/// Reads a project again and again.
pub(crate) struct Reader {
    root: PathBuf,
    /// A folder that is an output, although it may carry no manifest yet.
    output: Option<PathBuf>,
    /// By path; compared as bytes, since comparing the parts of a path takes a multiple of the time.
    known: BTreeMap<OsString, Known>,
}

/// One look at the project.
#[derive(Debug)]
pub(crate) struct Reading {
    /// Everything a build reads.
    pub(crate) sources: Sources,
    /// Every folder that was looked into, one path for each real folder.
    pub(crate) folders: BTreeMap<Inode, PathBuf>,
}

/// What tells one real folder from another.
pub(crate) type Inode = (u64, u64);

/// A file as it was read last.
struct Known {
    stamp: Stamp,
    /// Whether an equal stamp means equal bytes.
    settled: bool,
    /// The file alone: a text, a file or a fault.
    part: Sources,
}

#[derive(PartialEq, Eq, Clone, Copy)]
struct Stamp {
    inode: Inode,
    size: u64,
    /// Changed bytes, in nanoseconds.
    modified: i128,
    /// Changed anything; no program can set it back.
    changed: i128,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        let nanoseconds = |seconds: i64, rest: i64| i128::from(seconds) * 1_000_000_000 + i128::from(rest);
        Self {
            inode: inode(metadata),
            size: metadata.len(),
            modified: nanoseconds(metadata.mtime(), metadata.mtime_nsec()),
            changed: nanoseconds(metadata.ctime(), metadata.ctime_nsec()),
        }
    }

    fn settled(&self) -> bool {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_nanos().cast_signed());
        now - self.modified.max(self.changed) > SETTLED.as_nanos().cast_signed()
    }
}

fn inode(metadata: &Metadata) -> Inode {
    (metadata.dev(), metadata.ino())
}

impl Reader {
    /// A reader of the project at `root`.
    pub(crate) fn new(root: &Path) -> Self {
        Self { root: root.to_path_buf(), output: None, known: BTreeMap::new() }
    }

    /// Leaves an output folder out, if it lies among the inputs.
    pub(crate) fn without(mut self, output: Option<&Path>) -> Self {
        self.output = output.and_then(|output| output.canonicalize().ok());
        self
    }

    /// Reads what changed since the last time.
    pub(crate) fn read(&mut self) -> io::Result<Reading> {
        let root = self.root.canonicalize()?;
        let mut reading = Reading { sources: Sources::default(), folders: BTreeMap::from([(inode(&fs::metadata(&root)?), root.clone())]) };
        let before = mem::take(&mut self.known);
        let mut look = Look { root: &root, output: self.output.as_deref(), before, known: &mut self.known, reading: &mut reading };
        for folder in FOLDERS {
            look.folder(&root.join(folder));
        }
        Ok(reading)
    }
}

impl Reader {
    /// The project as it was read last, which gave `last`, with what `paths` hold now; none if one of them was not read
    /// before or is gone, so that it takes a whole look.
    pub(crate) fn glance(&mut self, paths: &BTreeSet<PathBuf>, last: &Sources) -> Option<Sources> {
        let root = self.root.canonicalize().ok()?;
        let mut sources = last.clone();
        for path in paths.iter().filter(|path| !is_ignored(path, &root)) {
            let known = self.known.get_mut(path.as_os_str())?;
            let stamp = Stamp::of(&fs::symlink_metadata(path).ok().filter(Metadata::is_file)?);
            let part = part(path, stamp.size, &root).filter(|part| part.faults.is_empty() && known.part.faults.is_empty())?;
            sources.texts.extend(part.texts.iter().map(|(path, source)| (path.clone(), source.clone())));
            sources.files.extend(part.files.iter().map(|(path, bytes)| (path.clone(), bytes.clone())));
            *known = Known { stamp, settled: stamp.settled(), part };
        }
        Some(sources)
    }
}

/// One walk through the project.
struct Look<'a> {
    root: &'a Path,
    output: Option<&'a Path>,
    before: BTreeMap<OsString, Known>,
    known: &'a mut BTreeMap<OsString, Known>,
    reading: &'a mut Reading,
}

impl Look<'_> {
    fn folder(&mut self, top: &Path) {
        if !top.exists() {
            return;
        }
        let mut walk = WalkDir::new(top).follow_links(true).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            match entry {
                Ok(entry) => self.entry(&entry, &mut walk),
                Err(error) => {
                    let path = error.path().unwrap_or(top);
                    // A file that vanished while we looked is as good as never there; a link that leads nowhere is not.
                    let is_gone = fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
                    // Editors lock a file with a link that leads nowhere.
                    if is_gone || is_ignored(path, self.root) {
                        continue;
                    }
                    let message = if error.loop_ancestor().is_some() { "the symbolic link leads in a circle" } else { "the file cannot be read" };
                    self.reading.sources.faults.push(fault(path, self.root, message, "remove it or mend its permissions"));
                }
            }
        }
    }

    fn entry(&mut self, entry: &DirEntry, walk: &mut IntoIter) {
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
            self.reading.sources.faults.push(fault(path, self.root, "the symbolic link leads out of the project", "copy the file into the project"));
            skip(walk);
        } else if let Ok(metadata) = entry.metadata() {
            if is_folder {
                self.reading.folders.entry(inode(&metadata)).or_insert_with(|| path.to_path_buf());
            } else if metadata.is_file() {
                self.file(path, &metadata);
            }
        }
    }

    fn file(&mut self, path: &Path, metadata: &Metadata) {
        let stamp = Stamp::of(metadata);
        let known = match self.before.remove(path.as_os_str()) {
            Some(known) if known.settled && known.stamp == stamp => known,
            _ => {
                let Some(part) = part(path, stamp.size, self.root) else { return };
                Known { stamp, settled: stamp.settled(), part }
            }
        };
        let sources = &mut self.reading.sources;
        sources.texts.extend(known.part.texts.iter().map(|(path, source)| (path.clone(), source.clone())));
        sources.files.extend(known.part.files.iter().map(|(path, bytes)| (path.clone(), bytes.clone())));
        sources.faults.extend(known.part.faults.iter().cloned());
        self.known.insert(path.into(), known);
    }
}

/// Hidden files and what editors leave behind; of hidden names only `.well-known` is published (RFC 8615).
fn is_ignored(path: &Path, root: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_well_known = path.starts_with(root.join("content/static/.well-known"));
    (name.starts_with('.') && !is_well_known)
        || name.starts_with('#')
        || name.ends_with(['~'])
        || [".swp", ".tmp", ".bck", "___jb_tmp___", "___jb_old___"].iter().any(|end| name.ends_with(end))
        || ["4913", "Thumbs.db"].contains(&name.as_ref())
}

fn stays_inside(path: &Path, root: &Path) -> bool {
    path.canonicalize().is_ok_and(|target| target.starts_with(root))
}

/// Reads one file; nothing if it is gone.
fn part(path: &Path, size: u64, root: &Path) -> Option<Sources> {
    let mut part = Sources::default();
    let relative = path.strip_prefix(root).unwrap_or(path);
    let Some(text) = relative.to_str() else {
        part.faults.push(fault(path, root, "the file's name is not UTF-8", "rename it with letters, digits and hyphens"));
        return Some(part);
    };
    let site_path = match SitePath::parse(&text.replace(std::path::MAIN_SEPARATOR, "/")) {
        Ok(site_path) => site_path,
        Err(why) => {
            part.faults.push(fault(path, root, &format!("the file's name {why}"), "rename it with letters, digits and hyphens"));
            return Some(part);
        }
    };
    let (limit, help) = if is_text(&site_path) {
        (MAX_TEXT, "split the text; what is only to be published belongs into content/static")
    } else {
        (MAX_BYTES, "keep large files on another host")
    };
    if size > limit {
        part.faults.push(fault(path, root, &format!("the file is larger than {} MiB", limit >> 20), help));
        return Some(part);
    }
    match fs::read(path) {
        Ok(bytes) => part.add(site_path, bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => part.faults.push(fault(path, root, &format!("the file cannot be read: {error}"), "mend its permissions")),
    }
    Some(part)
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

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

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
