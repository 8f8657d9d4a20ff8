//! The whole website as a value: every file's path and its bytes, made when somebody asks.
//!
//! A build asks for all of them at once; the preview for those that a reader looks at, and the last of those are
//! kept. What making a file needs is owned by the tree, so both get the same bytes.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::base::diag::Diagnostic;

/// The bytes of a file, or why there are none.
pub type Made = Result<Arc<[u8]>, Vec<Diagnostic>>;

/// Makes a file.
pub type Make = Box<dyn Fn() -> Result<Vec<u8>, Vec<Diagnostic>> + Send + Sync>;

/// Makes all files of a folder: name in the folder → bytes.
pub type MakeFolder = Box<dyn Fn() -> Vec<(String, Vec<u8>)> + Send + Sync>;

/// How many bytes of what was made are kept, if it is more than one file: what a few tabs show and refer to.
const KEPT: usize = 1 << 19;

/// Path below the output folder, with `/` between the parts → file.
#[derive(Clone, Default)]
pub struct Tree {
    files: BTreeMap<String, File>,
    folders: Vec<Arc<Folder>>,
    kept: Arc<Mutex<Kept>>,
}

#[derive(Clone)]
enum File {
    Made(Arc<[u8]>),
    Later(Arc<Later>),
}

struct Later {
    make: Make,
    made: Mutex<Option<Made>>,
}

/// What was made and is kept, the oldest first.
#[derive(Default)]
struct Kept {
    files: VecDeque<(Arc<Later>, usize)>,
    bytes: usize,
}

impl Kept {
    fn add(&mut self, later: &Arc<Later>, size: usize) {
        self.files.push_back((Arc::clone(later), size));
        self.bytes += size;
        while self.bytes > KEPT
            && self.files.len() > 1
            && let Some((oldest, size)) = self.files.pop_front()
        {
            self.bytes -= size;
            *locked(&oldest.made) = None;
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A folder whose files are known only when all are made.
struct Folder {
    /// Ends in a slash.
    path: String,
    make: MakeFolder,
    made: OnceLock<BTreeMap<String, Arc<[u8]>>>,
}

impl Folder {
    fn files(&self) -> &BTreeMap<String, Arc<[u8]>> {
        self.made.get_or_init(|| (self.make)().into_iter().map(|(name, bytes)| (format!("{}{name}", self.path), bytes.into())).collect())
    }
}

impl Tree {
    /// Adds a file.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Arc<[u8]>>) {
        self.files.insert(path.into(), File::Made(bytes.into()));
    }

    /// Adds a file that is made when somebody asks for it.
    pub fn insert_later(&mut self, path: impl Into<String>, make: Make) {
        self.files.insert(path.into(), File::Later(Arc::new(Later { make, made: Mutex::new(None) })));
    }

    /// Adds a folder; `path` ends in a slash.
    pub fn insert_folder(&mut self, path: impl Into<String>, make: MakeFolder) {
        self.folders.push(Arc::new(Folder { path: path.into(), make, made: OnceLock::new() }));
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.folders.is_empty()
    }

    /// Whether there is such a file.
    pub fn contains_key(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.folder_of(path).is_some_and(|folder| folder.files().contains_key(path))
    }

    /// A file's bytes, kept for a while for the next who asks; nothing if it could not be made.
    pub fn get(&self, path: &str) -> Option<Arc<[u8]>> {
        self.read(path)?.ok()
    }

    /// The same, or why it could not be made.
    pub fn read(&self, path: &str) -> Option<Made> {
        match self.files.get(path) {
            Some(File::Made(bytes)) => Some(Ok(Arc::clone(bytes))),
            Some(File::Later(later)) => Some(self.make(later)),
            None => self.folder_of(path)?.files().get(path).map(|bytes| Ok(Arc::clone(bytes))),
        }
    }

    fn make(&self, later: &Arc<Later>) -> Made {
        // Whoever else asks for the same file waits for it instead of making it too.
        let mut known = locked(&later.made);
        if let Some(made) = &*known {
            return made.clone();
        }
        let made: Made = (later.make)().map(Into::into);
        *known = Some(made.clone());
        // To forget others takes their locks, so none may be held.
        drop(known);
        locked(&self.kept).add(later, made.as_ref().map_or(0, |bytes| bytes.len()));
        made
    }

    /// A file's bytes for one look: what was not made yet is made, but not kept.
    pub fn glance(&self, path: &str) -> Option<Made> {
        match self.files.get(path) {
            Some(File::Later(later)) if locked(&later.made).is_none() => Some((later.make)().map(Into::into)),
            _ => self.read(path),
        }
    }

    /// The paths of all files but those in folders that are made as a whole.
    pub fn paths(&self) -> impl Iterator<Item = &String> {
        self.files.keys()
    }

    /// The folders that are made as a whole, each with its slash.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.folders.iter().map(|folder| folder.path.as_str())
    }

    /// The files of those of them that were made.
    pub fn made_in_folders(&self) -> Vec<(&String, &Arc<[u8]>)> {
        self.folders.iter().filter_map(|folder| folder.made.get()).flatten().collect()
    }

    /// Makes all folders that are made as a whole.
    pub fn make_folders(&self) {
        for folder in &self.folders {
            folder.files();
        }
    }

    /// Every file that could be made, by its path.
    pub fn all(&self) -> BTreeMap<String, Arc<[u8]>> {
        let files = self.files.keys().filter_map(|path| Some((path.clone(), self.get(path)?)));
        let inside = self.folders.iter().flat_map(|folder| folder.files().iter().map(|(path, bytes)| (path.clone(), Arc::clone(bytes))));
        files.chain(inside).collect()
    }

    fn folder_of(&self, path: &str) -> Option<&Folder> {
        self.folders.iter().find(|folder| path.starts_with(&folder.path)).map(Arc::as_ref)
    }
}

impl fmt::Debug for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.files.keys()).entries(self.folders()).finish()
    }
}

impl<P: Into<String>, B: Into<Arc<[u8]>>> FromIterator<(P, B)> for Tree {
    fn from_iter<I: IntoIterator<Item = (P, B)>>(files: I) -> Self {
        let mut tree = Self::default();
        for (path, bytes) in files {
            tree.insert(path, bytes);
        }
        tree
    }
}

impl<P: Into<String>, B: Into<Arc<[u8]>>, const N: usize> From<[(P, B); N]> for Tree {
    fn from(files: [(P, B); N]) -> Self {
        files.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn a_file_is_made_once_and_only_when_asked_for() {
        let count = Arc::new(AtomicUsize::new(0));
        let mut tree = Tree::from([("a", *b"A")]);
        let made = Arc::clone(&count);
        tree.insert_later("b", Box::new(move || Ok(vec![u8::try_from(made.fetch_add(1, Ordering::Relaxed)).unwrap()])));
        tree.insert_folder("s/", Box::new(|| vec![("x".to_owned(), b"X".to_vec())]));
        assert!(tree.contains_key("b") && tree.contains_key("s/x") && !tree.contains_key("s/y") && !tree.contains_key("c"));
        assert_eq!(count.load(Ordering::Relaxed), 0);
        assert_eq!((tree.glance("b").unwrap().unwrap()[0], tree.get("b").unwrap()[0], tree.glance("b").unwrap().unwrap()[0]), (0, 1, 1));
        assert_eq!(tree.all().keys().collect::<Vec<_>>(), ["a", "b", "s/x"]);
    }

    #[test]
    fn of_what_was_made_only_the_last_is_kept() {
        let mut tree = Tree::default();
        let counts: Vec<Arc<AtomicUsize>> = (0..3).map(|_| Arc::default()).collect();
        for (name, count) in counts.iter().enumerate() {
            let made = Arc::clone(count);
            let make = move || {
                made.fetch_add(1, Ordering::Relaxed);
                Ok(vec![0; KEPT / 2])
            };
            tree.insert_later(name.to_string(), Box::new(make));
        }
        for name in ["0", "1", "0", "2", "1", "2", "0"] {
            assert_eq!(tree.get(name).unwrap().len(), KEPT / 2);
        }
        // 2 pushed 0 out, which was the oldest and had to be made again.
        let made: Vec<usize> = counts.iter().map(|count| count.load(Ordering::Relaxed)).collect();
        assert_eq!(made, [2, 1, 1]);
    }
}
