//! A look at a few files that the system told of: in a large project, a look at everything takes longer than a build.

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use crate::base::source::Sources;

use super::super::stamp::{Moment, Stamp};
use super::{Known, Listed, Reader, is_ignored, part};

impl Reader {
    /// The project as it was read last, which gave `last`, with what `paths` hold now; none if one of them was not read before or is
    /// gone, so that it takes a whole look.
    pub(crate) fn glance(&mut self, paths: &BTreeSet<PathBuf>, last: &Sources) -> Option<Sources> {
        let (root, begin) = (self.root.canonicalize().ok().filter(|root| *root == self.root_of_known)?, Moment::now());
        let mut sources = last.clone();
        for path in paths.iter().filter(|path| !is_ignored(path, &root)) {
            let known = self.known_at(path)?;
            let stamp = Stamp::of(&fs::symlink_metadata(path).ok().filter(Metadata::is_file)?);
            let file = Listed { path: path.as_os_str().to_owned(), stamp, settled: stamp.settled(begin) };
            let (part, hash) = part(&file, &root).filter(|(part, _)| part.faults.is_empty() && known.part.faults.is_empty())?;
            sources.texts.extend(part.text.iter().map(|source| (source.path.clone(), source.clone())));
            sources.files.extend(part.file.clone());
            *known = Known { file, hash, part };
        }
        Some(sources)
    }

    fn known_at(&mut self, path: &Path) -> Option<&mut Known> {
        let at = self.known.binary_search_by(|known| known.file.path.as_os_str().cmp(path.as_os_str())).ok()?;
        self.known.get_mut(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glance_sees_what_it_is_told_of_and_asks_for_more_where_it_cannot_know() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("content")).unwrap();
        let (a, b) = (root.join("content/a.md"), root.join("content/b.md"));
        fs::write(&a, "a").unwrap();
        fs::write(&b, "b").unwrap();
        let mut reader = Reader::new(&root);
        let first = reader.read().unwrap().sources;
        fs::write(&a, "new").unwrap();
        fs::write(&b, "new").unwrap();
        let second = reader.glance(&BTreeSet::from([a.clone(), root.join("content/.a.md.swp")]), &first).unwrap();
        let text = |sources: &Sources, path: &str| sources.text(path).unwrap().text.to_string();
        assert_eq!((text(&second, "content/a.md"), text(&second, "content/b.md")), ("new".to_owned(), "b".to_owned()));
        assert_ne!(second, reader.read().unwrap().sources, "b was not looked at");
        fs::write(root.join("content/c.md"), "c").unwrap();
        fs::remove_file(&b).unwrap();
        for path in ["content/c.md", "content/b.md", "content"] {
            assert_eq!(reader.glance(&BTreeSet::from([root.join(path)]), &second), None, "{path}");
        }
        fs::write(&a, [0xff]).unwrap();
        assert_eq!(reader.glance(&BTreeSet::from([a]), &second), None, "what is wrong with a file is said by a whole look");
    }
}
