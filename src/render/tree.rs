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

/// Makes files, each by its number.
pub trait Maker: Send + Sync {
    /// The bytes of file `number`, or why there are none.
    fn make(&self, number: usize) -> Result<Vec<u8>, Vec<Diagnostic>>;
}

/// Makes all files of a folder: name in the folder → bytes.
pub type MakeFolder = Box<dyn Fn() -> Vec<(String, Vec<u8>)> + Send + Sync>;

/// How many bytes of what was made are kept, if it is more than one file: what a few tabs show and refer to.
const KEPT: usize = 1 << 19;

/// Path below the output folder, with `/` between the parts → file.
#[derive(Clone, Default)]
pub struct Tree {
    /// Shared with the trees that follow, if only what files hold is another.
    files: Arc<BTreeMap<String, File>>,
    folders: Vec<Arc<Folder>>,
    maker: Option<Arc<dyn Maker>>,
    kept: Arc<Mutex<Kept>>,
}

#[derive(Clone)]
enum File {
    Made(Arc<[u8]>),
    /// The number that the maker knows it by.
    Later(usize),
}

/// A file that is being made, was made, or is kept.
type Slot = Arc<Mutex<Option<Made>>>;

/// What was made and is kept, by number, and in which order, the oldest first.
#[derive(Default)]
struct Kept {
    slots: BTreeMap<usize, Slot>,
    order: VecDeque<(usize, usize)>,
    bytes: usize,
}

impl Kept {
    fn add(&mut self, number: usize, size: usize) {
        self.order.push_back((number, size));
        self.bytes += size;
        while self.bytes > KEPT
            && self.order.len() > 1
            && let Some((oldest, size)) = self.order.pop_front()
        {
            self.bytes -= size;
            self.slots.remove(&oldest);
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
    /// The tree whose numbered files `maker` makes.
    #[must_use]
    pub fn made_by(self, maker: Arc<dyn Maker>) -> Self {
        Self { maker: Some(maker), kept: Arc::default(), ..self }
    }

    /// The files without those in folders that are made as a whole, for another maker.
    #[must_use]
    pub fn files_alone(&self) -> Self {
        Self { files: Arc::clone(&self.files), ..Self::default() }
    }

    /// Adds a file.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Arc<[u8]>>) {
        Arc::make_mut(&mut self.files).insert(path.into(), File::Made(bytes.into()));
    }

    /// Adds the file that the maker knows by this number.
    pub fn insert_later(&mut self, path: impl Into<String>, number: usize) {
        Arc::make_mut(&mut self.files).insert(path.into(), File::Later(number));
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
            Some(File::Later(number)) => Some(self.keep(*number)),
            None => self.folder_of(path)?.files().get(path).map(|bytes| Ok(Arc::clone(bytes))),
        }
    }

    fn make(&self, number: usize) -> Made {
        let made = self.maker.as_ref().map_or_else(|| Err(Vec::new()), |maker| maker.make(number));
        made.map(Into::into)
    }

    fn keep(&self, number: usize) -> Made {
        let slot = Arc::clone(locked(&self.kept).slots.entry(number).or_default());
        // Whoever else asks for the same file waits for it instead of making it too.
        let mut known = locked(&slot);
        if let Some(made) = &*known {
            return made.clone();
        }
        let made = self.make(number);
        *known = Some(made.clone());
        drop(known);
        locked(&self.kept).add(number, made.as_ref().map_or(0, |bytes| bytes.len()));
        made
    }

    /// A file's bytes for one look: what was not made yet is made, but not kept.
    pub fn glance(&self, path: &str) -> Option<Made> {
        match self.files.get(path) {
            Some(File::Later(number)) if !locked(&self.kept).slots.contains_key(number) => Some(self.make(*number)),
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

    /// Makes files of a size that say how often each was made.
    struct Counter(usize, [AtomicUsize; 3]);

    impl Counter {
        fn new(size: usize) -> Arc<Self> {
            Arc::new(Self(size, Default::default()))
        }

        fn made(&self) -> Vec<usize> {
            self.1.iter().map(|count| count.load(Ordering::Relaxed)).collect()
        }
    }

    impl Maker for Counter {
        fn make(&self, number: usize) -> Result<Vec<u8>, Vec<Diagnostic>> {
            let count = self.1[number].fetch_add(1, Ordering::Relaxed);
            Ok(vec![u8::try_from(count).unwrap(); self.0])
        }
    }

    #[test]
    fn a_file_is_made_once_and_only_when_asked_for() {
        let maker = Counter::new(1);
        let mut tree = Tree::default().made_by(Arc::clone(&maker) as Arc<dyn Maker>);
        tree.insert("a", *b"A");
        tree.insert_later("b", 0);
        tree.insert_folder("s/", Box::new(|| vec![("x".to_owned(), b"X".to_vec())]));
        assert!(tree.contains_key("b") && tree.contains_key("s/x") && !tree.contains_key("s/y") && !tree.contains_key("c"));
        assert_eq!(maker.made(), [0, 0, 0]);
        assert_eq!((tree.glance("b").unwrap().unwrap()[0], tree.get("b").unwrap()[0], tree.glance("b").unwrap().unwrap()[0]), (0, 1, 1));
        assert_eq!(tree.all().keys().collect::<Vec<_>>(), ["a", "b", "s/x"]);
    }

    #[test]
    fn of_what_was_made_only_the_last_is_kept() {
        let maker = Counter::new(KEPT / 2);
        let mut tree = Tree::default().made_by(Arc::clone(&maker) as Arc<dyn Maker>);
        (0..3).for_each(|number| tree.insert_later(number.to_string(), number));
        for name in ["0", "1", "0", "2", "1", "2", "0"] {
            assert_eq!(tree.get(name).unwrap().len(), KEPT / 2);
        }
        // 2 pushed 0 out, which was the oldest and had to be made again.
        assert_eq!(maker.made(), [2, 1, 1]);
    }

    #[test]
    fn another_maker_makes_the_same_files_anew_and_leaves_those_of_the_first_alone() {
        let (one, other) = (Counter::new(1), Counter::new(2));
        let mut tree = Tree::default().made_by(one);
        tree.insert_later("a", 0);
        tree.insert("b", *b"B");
        let first = tree.get("a").unwrap();
        let next = tree.files_alone().made_by(other);
        assert_eq!((first.len(), next.get("a").unwrap().len(), tree.get("a").unwrap().len()), (1, 2, 1));
        assert_eq!(next.get("b").unwrap()[..], *b"B");
    }
}
