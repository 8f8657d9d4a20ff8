#![expect(clippy::disallowed_methods, reason = "the shell is where I/O lives")]
//! What the last build was made from and what came of it: a build to which nothing changed is over at once.
//!
//! 1. [`note`] writes it after a build that was published: these inputs, on this day, by this program, give files with
//!    these hashes and these warnings. That stays true whatever happens to any file, so no other build and no death
//!    can make it wrong;
//! 2. [`unchanged`] looks at every input and at every file of the output. One whose metadata is as recorded, and was two
//!    seconds old by then, is the same; else its bytes are hashed, if their hash is known; anything else is a change;
//! 3. metadata that vouches from now on is recorded. Right after a build no file of the output has any.
//!
//! Any doubt is a change, and a change is a build as if there were no record.

use std::fmt::{Display, Write as _};
use std::fs;
use std::path::Path;

use crate::base::hash::sha256_hex;
use crate::pipeline::Request;

use super::disk::{Listing, Reader};
use super::publish::{Hashes, Quiet};
use super::stamp::{Moment, Stamp};
use super::{environment, parallel, remembered};

const FILE: &str = "last-build";
const FIRST_LINE: &str = "leitfaden record 1";
/// Stands for a stamp or a hash that is not there.
const NONE: &str = "-";

/// The last build.
struct Record<'a> {
    /// What it was asked for, and by which program.
    key: &'a str,
    words: Words<'a>,
    inputs: Vec<Entry<'a>>,
    outputs: Vec<Entry<'a>>,
}

/// A file; one of both vouches for its bytes.
struct Entry<'a> {
    path: &'a str,
    /// Its metadata, if that was settled.
    stamp: Option<Stamp>,
    /// SHA-256.
    hash: Option<&'a str>,
}

/// What a build says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Words<'a> {
    /// How findings are printed, in one line; matters if there are any.
    pub(super) manner: &'a str,
    /// The findings as they were printed.
    pub(super) findings: &'a str,
    /// What the guide amounts to, in one line.
    pub(super) guide: &'a str,
}

/// What a build would say that changes nothing.
pub(super) struct Unchanged {
    pub(super) findings: String,
    pub(super) guide: String,
    /// How many files the site has.
    pub(super) files: usize,
}

/// What a build depends on beside its files; none where the system cannot say which program runs.
pub(super) struct Key(Option<String>);

impl Key {
    /// Every field of the request counts, also one that is to come.
    pub(super) fn of(request: &Request) -> Self {
        let boot = environment::boot();
        Self(environment::program().map(|program| format!("{request:?} by {program} since {boot:?}")))
    }

    /// With the real folder that was written to.
    fn with(&self, output: &Path) -> Option<String> {
        let output = fs::canonicalize(output).ok()?;
        Some(format!("{} to {:?}", self.0.as_ref()?, output.to_str()?))
    }
}

/// Records a build that was published. What goes wrong costs the next one its time and nothing else.
pub(super) fn note(root: &Path, key: &Key, output: &Path, words: Words<'_>, reader: &Reader, files: &Hashes) {
    let Some((key, seen)) = key.with(output).zip(reader.seen()) else { return };
    let inputs = seen.into_iter().map(|seen| Entry { path: seen.path, stamp: seen.stamp, hash: seen.hash }).collect();
    let outputs = files.iter().map(|(path, hash)| Entry { path, stamp: None, hash: Some(hash) }).collect();
    Record { key: &key, words, inputs, outputs }.write(root);
}

/// What a build would say if everything is as it was; none if it must be made. `manner` is that of [`Words`].
pub(super) fn unchanged(root: &Path, key: &Key, output: &Path, manner: &str, listing: &Listing) -> Option<Unchanged> {
    let text = remembered::read(root, FILE)?;
    let mut record = Record::parse(&text).filter(|record| key.with(output).as_deref() == Some(record.key))?;
    let Words { findings, guide, manner: before } = record.words;
    if !findings.is_empty() && before != manner {
        return None;
    }
    let begin = listing.begin();
    let files = listing.files().filter(|files| files.len() == record.inputs.len())?;
    let pairs: Vec<_> = record.inputs.iter().zip(files).collect();
    let inputs = parallel::all(&pairs, |(entry, (path, file))| if entry.path == *path { entry.vouch(file.path(), file.stamp, begin) } else { Err(Changed) });
    let inputs = inputs.ok()?;
    // Until this is dropped nobody else writes to the output.
    let quiet = Quiet::open(output)?;
    if !quiet.has_folders_of(record.outputs.iter().map(|entry| entry.path)) {
        return None;
    }
    let outputs = parallel::all(&record.outputs, |entry| {
        let path = quiet.root().join(entry.path);
        let metadata = fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file).ok_or(Changed)?;
        entry.vouch(&path, Stamp::of(&metadata), begin)
    });
    let is_learned = [(&mut record.inputs, inputs), (&mut record.outputs, outputs.ok()?)].map(|(entries, stamps)| learn(entries, stamps));
    if is_learned.contains(&true) {
        record.write(root);
    }
    // The manifest is no file of the site.
    Some(Unchanged { findings: findings.to_owned(), guide: guide.to_owned(), files: record.outputs.len() - 1 })
}

/// A file is not, or not surely, what it was.
struct Changed;

impl Entry<'_> {
    /// Whether the file at `path` is as it was; gives the metadata that vouches for it from now on.
    fn vouch(&self, path: &Path, found: Stamp, begin: Moment) -> Result<Option<Stamp>, Changed> {
        if self.stamp == Some(found) {
            return Ok(self.stamp);
        }
        let hash = self.hash.ok_or(Changed)?;
        let bytes = fs::read(path).map_err(|_| Changed)?;
        if sha256_hex(&bytes) == hash { Ok(found.settled(begin).then_some(found)) } else { Err(Changed) }
    }
}

/// Takes over what vouches now; says whether that is more than before.
fn learn(entries: &mut [Entry<'_>], stamps: Vec<Option<Stamp>>) -> bool {
    let mut is_learned = false;
    for (entry, stamp) in entries.iter_mut().zip(stamps) {
        is_learned |= stamp.is_some() && entry.stamp != stamp;
        entry.stamp = stamp.or(entry.stamp);
    }
    is_learned
}

impl<'a> Record<'a> {
    fn write(&self, root: &Path) {
        let _ = remembered::write(root, FILE, &self.to_text());
    }

    /// A line for each file: no path that is read or written has a line break.
    fn to_text(&self) -> String {
        let Words { manner, findings, guide } = self.words;
        let mut body = format!("{}\n{manner}\n{guide}\n{} {}\n{findings}\n", self.key, self.inputs.len(), findings.len());
        for Entry { path, stamp, hash } in self.inputs.iter().chain(&self.outputs) {
            let stamp: &dyn Display = stamp.as_ref().map_or(&NONE, |stamp| stamp);
            let _ = writeln!(body, "{stamp} {} {path}", hash.unwrap_or(NONE));
        }
        format!("{FIRST_LINE}\n{}\n{body}", sha256_hex(body.as_bytes()))
    }

    /// Reads a record; none if a byte of it is not as it was written.
    fn parse(text: &'a str) -> Option<Self> {
        let (hash, body) = text.strip_prefix(FIRST_LINE)?.strip_prefix('\n')?.split_once('\n')?;
        if sha256_hex(body.as_bytes()) != hash {
            return None;
        }
        let mut parts = body.splitn(5, '\n');
        let (key, manner, guide, counts, rest) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let (count, length) = counts.split_once(' ')?;
        let (findings, files) = rest.split_at_checked(length.parse().ok()?)?;
        let mut entries = files.strip_prefix('\n')?.lines().map(|line| {
            let mut parts = line.splitn(3, ' ');
            let (stamp, hash, path) = (parts.next()?, parts.next()?, parts.next()?);
            let stamp = if stamp == NONE { None } else { Some(Stamp::parse(stamp)?) };
            Some(Entry { path, stamp, hash: Some(hash).filter(|hash| *hash != NONE) })
        });
        let inputs = entries.by_ref().take(count.parse().ok()?).collect::<Option<_>>()?;
        let outputs = entries.collect::<Option<Vec<_>>>().filter(|outputs| !outputs.is_empty())?;
        Some(Self { key, words: Words { manner, findings, guide }, inputs, outputs })
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;
    use std::path::PathBuf;
    use std::time::Duration;

    use tempfile::TempDir;

    use super::super::publish::Press;
    use super::super::stamp::Moment;
    use super::*;

    /// A project with an output, built and looked at again when all its files have settled.
    struct Case {
        folder: TempDir,
        files: Hashes,
    }

    const WORDS: Words<'_> = Words { manner: "Human false false", findings: "warning: é\n\nline\r\n", guide: "3 cards" };

    impl Case {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            for (path, text) in [("content/a.md", "a"), ("content/b/c.md", "c"), ("vendors/x.yaml", "x")] {
                fs::create_dir_all(folder.path().join(path).parent().unwrap()).unwrap();
                fs::write(folder.path().join(path), text).unwrap();
            }
            let press = Press::open(&folder.path().join("public")).unwrap();
            for (path, text) in [("index.html", "home"), ("a/index.html", "a"), ("a/b/index.html", "b")] {
                press.put(path, text.as_bytes().into());
            }
            let case = Self { files: press.publish().unwrap().hashes, folder };
            case.note();
            case
        }

        fn path(&self, path: &str) -> PathBuf {
            self.folder.path().join(path)
        }

        fn note(&self) {
            let mut reader = Reader::new(self.folder.path());
            reader.read().unwrap();
            note(self.folder.path(), &key("today"), &self.path("public"), WORDS, &reader, &self.files);
        }

        /// Looks again, so much later.
        fn look(&self, later: u64, key: &Key, manner: &str) -> Option<Unchanged> {
            let listing = Reader::new(self.folder.path()).list_at(Moment::now().after(Duration::from_secs(later))).unwrap();
            unchanged(self.folder.path(), key, &self.path("public"), manner, &listing)
        }

        fn is_unchanged(&self, later: u64) -> bool {
            self.look(later, &key("today"), WORDS.manner).is_some()
        }

        fn record(&self) -> String {
            remembered::read(self.folder.path(), FILE).unwrap()
        }

        /// How many files are vouched for by their metadata: inputs and outputs.
        fn settled(&self) -> (usize, usize) {
            let text = self.record();
            let record = Record::parse(&text).unwrap();
            let count = |entries: &[Entry<'_>]| entries.iter().filter(|entry| entry.stamp.is_some()).count();
            (count(&record.inputs), count(&record.outputs))
        }

        /// Makes every hash of the record wrong, so that only metadata can vouch.
        fn spoil_hashes(&self) {
            let text = self.record();
            let mut record = Record::parse(&text).unwrap();
            record.inputs.iter_mut().chain(&mut record.outputs).for_each(|entry| entry.hash = Some("0"));
            record.write(self.folder.path());
        }
    }

    fn key(of: &str) -> Key {
        Key(Some(of.to_owned()))
    }

    #[test]
    fn a_fresh_file_is_compared_by_its_bytes_and_a_settled_one_by_its_metadata() {
        let case = Case::new();
        assert_eq!(case.settled(), (0, 0));
        assert!(case.is_unchanged(0));
        assert_eq!(case.settled(), (0, 0), "metadata of files that may change again unseen vouches for nothing");
        assert!(case.is_unchanged(10));
        assert_eq!(case.settled(), (3, 4), "the manifest is looked at as well");
        case.spoil_hashes();
        assert!(case.is_unchanged(10), "no byte is read");
        fs::write(case.path("public/index.html"), "home").unwrap();
        assert!(!case.is_unchanged(10), "the hash is asked if the metadata is another");
    }

    #[test]
    fn what_was_said_is_said_again() {
        let case = Case::new();
        let Unchanged { findings, guide, files } = case.look(0, &key("today"), WORDS.manner).unwrap();
        assert_eq!((findings.as_str(), guide.as_str(), files), (WORDS.findings, WORDS.guide, 3));
        assert!(case.look(0, &key("today"), "Json false false").is_none(), "findings must be printed in another way");
        assert!(case.look(0, &key("tomorrow"), WORDS.manner).is_none());
        assert!(case.look(0, &Key(None), WORDS.manner).is_none());
    }

    #[test]
    fn every_change_is_noticed_by_metadata_and_by_bytes() {
        type Change = (&'static str, fn(&Case));
        let changes: [Change; 16] = [
            ("an input of the same size and time", |case| {
                let time = fs::metadata(case.path("content/a.md")).unwrap().modified().unwrap();
                fs::write(case.path("content/a.md"), "b").unwrap();
                fs::File::options().write(true).open(case.path("content/a.md")).unwrap().set_modified(time).unwrap();
            }),
            ("a new input", |case| fs::write(case.path("content/b/d.md"), "a").unwrap()),
            ("an input less", |case| fs::remove_file(case.path("vendors/x.yaml")).unwrap()),
            ("an input renamed", |case| fs::rename(case.path("content/a.md"), case.path("content/z.md")).unwrap()),
            ("a folder renamed", |case| fs::rename(case.path("content/b"), case.path("content/d")).unwrap()),
            ("two inputs exchanged", |case| {
                fs::rename(case.path("content/a.md"), case.path("a")).unwrap();
                fs::rename(case.path("content/b/c.md"), case.path("content/a.md")).unwrap();
                fs::rename(case.path("a"), case.path("content/b/c.md")).unwrap();
            }),
            ("a folder of inputs is an output now", |case| fs::write(case.path("content/b/.leitfaden.json"), "{}").unwrap()),
            ("a link that leads out", |case| symlink(std::env::temp_dir(), case.path("content/out")).unwrap()),
            ("an output with other bytes", |case| fs::write(case.path("public/a/index.html"), "b").unwrap()),
            ("an output less", |case| fs::remove_file(case.path("public/a/index.html")).unwrap()),
            ("an output that is a link to one", |case| {
                fs::rename(case.path("public/index.html"), case.path("public/home")).unwrap();
                symlink("home", case.path("public/index.html")).unwrap();
            }),
            ("a folder of the output that is a link to one", |case| {
                fs::rename(case.path("public/a"), case.path("elsewhere")).unwrap();
                symlink(case.path("elsewhere"), case.path("public/a")).unwrap();
            }),
            ("no manifest", |case| fs::remove_file(case.path("public/.leitfaden.json")).unwrap()),
            ("no output", |case| fs::remove_dir_all(case.path("public")).unwrap()),
            ("what a build left that died", |case| fs::create_dir(case.path(".public.leitfaden-new")).unwrap()),
            ("what a build left that died inside", |case| fs::write(case.path("public/.leitfaden.journal"), "").unwrap()),
        ];
        for (what, change) in changes {
            let (fresh, settled) = (Case::new(), Case::new());
            assert!(settled.is_unchanged(10), "{what}");
            change(&fresh);
            change(&settled);
            assert!(!fresh.is_unchanged(0), "{what}");
            assert!(!fresh.is_unchanged(10), "{what}");
            assert!(!settled.is_unchanged(10), "{what}, metadata known");
        }
    }

    #[test]
    fn what_is_nobodys_business_is_no_change() {
        let case = Case::new();
        fs::write(case.path("public/mine.txt"), "x").unwrap();
        fs::create_dir(case.path("public/.git")).unwrap();
        fs::write(case.path("content/.a.md.swp"), "x").unwrap();
        fs::write(case.path("content/a.md"), "a").unwrap();
        fs::write(case.path("notes.txt"), "x").unwrap();
        assert!(case.is_unchanged(0));
    }

    #[test]
    fn a_record_with_one_byte_changed_or_cut_off_anywhere_counts_as_none() {
        let case = Case::new();
        assert!(case.is_unchanged(10));
        let text = case.record();
        assert!(Record::parse(&text).is_some_and(|record| record.words == WORDS && record.to_text() == text));
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = if bytes[at] == b'7' { b'8' } else { b'7' };
            assert!(String::from_utf8(bytes).map_or(true, |text| Record::parse(&text).is_none()), "byte {at}");
            assert!(text.get(..at).is_none_or(|text| Record::parse(text).is_none()), "cut at {at}");
        }
        let older = text.replacen(FIRST_LINE, "leitfaden record 0", 1);
        remembered::write(case.folder.path(), FILE, &older).unwrap();
        assert!(!case.is_unchanged(10));
    }

    #[test]
    fn a_project_that_cannot_be_written_to_has_no_record_and_nobody_minds() {
        let case = Case::new();
        fs::remove_dir_all(case.path(".leitfaden")).unwrap();
        fs::write(case.path(".leitfaden"), "in the way").unwrap();
        case.note();
        assert!(!case.is_unchanged(0));
    }

    #[test]
    fn while_another_build_writes_nothing_is_vouched_for() {
        let case = Case::new();
        let press = Press::open(&case.path("public")).unwrap();
        assert!(!case.is_unchanged(0));
        drop(press);
        assert!(case.is_unchanged(0));
    }
}
