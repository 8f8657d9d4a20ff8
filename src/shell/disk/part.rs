#![expect(clippy::disallowed_methods, reason = "the shell is where I/O lives")]
//! One file of the project, as it was read.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::base::codes::{Letter, letter_of};
use crate::base::diag::Diagnostic;
use crate::base::hash::sha256_hex;
use crate::base::path::SitePath;
use crate::base::source::{Source, Sources, Span, is_text};

use super::Listed;

/// Largest file that is read, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// Largest text, in bytes: as much as some fifteen thick books. Reading it takes a multiple of its size.
const MAX_TEXT: u64 = 8 << 20;

/// What a file amounts to. There is one for each, so it has no maps.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Part {
    pub(super) text: Option<Source>,
    pub(super) file: Option<(SitePath, Arc<[u8]>)>,
    pub(super) faults: Vec<Diagnostic>,
}

impl Part {
    fn add(&mut self, path: SitePath, bytes: Vec<u8>) {
        let mut alone = Sources::default();
        alone.add(path, bytes);
        let Sources { texts, files, faults } = alone;
        self.text = texts.into_values().next();
        self.file = files.into_iter().next();
        self.faults.extend(faults);
    }
}

/// Reads one file, with its hash if its metadata does not vouch for it; nothing if it is gone.
pub(super) fn part(file: &Listed, root: &Path) -> Option<(Part, Option<String>)> {
    let (path, size) = (file.path(), file.stamp.size);
    let mut part = Part::default();
    let relative = path.strip_prefix(root).unwrap_or(path);
    let Some(text) = relative.to_str() else {
        part.faults.push(fault(path, root, "the file's name is not UTF-8", "rename it with letters, digits and hyphens"));
        return Some((part, None));
    };
    let site_path = match SitePath::parse(text) {
        Ok(site_path) => site_path,
        Err(why) => {
            part.faults.push(fault(path, root, &format!("the file's name {why}"), "rename it with letters, digits and hyphens"));
            return Some((part, None));
        }
    };
    let (limit, help) = if is_text(&site_path) {
        (MAX_TEXT, "split the text; what is only to be published belongs into content/static")
    } else {
        (MAX_BYTES, "keep large files on another host")
    };
    if size > limit {
        part.faults.push(fault(path, root, &format!("the file is larger than {} MiB", limit >> 20), help));
        return Some((part, None));
    }
    match fs::read(path) {
        Ok(bytes) => {
            let hash = (!file.settled).then(|| sha256_hex(&bytes));
            part.add(site_path, bytes);
            Some((part, hash))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => {
            part.faults.push(fault(path, root, &format!("the file cannot be read: {error}"), "mend its permissions"));
            Some((part, None))
        }
    }
}

pub(super) fn fault(path: &Path, root: &Path, message: &str, help: &str) -> Diagnostic {
    let relative = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace(['\\', '\n', '\r'], "_");
    let site_path = SitePath::parse(&relative).ok();
    let letter = site_path.as_ref().map_or(Letter::Site, letter_of);
    let finding = Diagnostic::error(letter.code(9), message).help(help);
    match site_path {
        Some(path) => finding.at(Span { path, start: 0, end: 0 }).in_line(1, 1),
        None => finding,
    }
}
