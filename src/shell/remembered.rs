#![expect(clippy::disallowed_methods, reason = "the shell is where I/O lives")]
//! The folder `.leitfaden` of a project: what runs remember for the next.
//!
//! It is no input and no output: no build takes texts from it, no preview watches it, Git is told to leave it out, and
//! whoever deletes it loses nothing but time. Whatever is wrong with a file in it, it counts as missing.

use std::fs;
use std::io;
use std::path::Path;

/// The folder in the project.
const FOLDER: &str = ".leitfaden";

/// The text of the file `name`, if there is one.
pub(super) fn read(root: &Path, name: &str) -> Option<String> {
    fs::read_to_string(root.join(FOLDER).join(name)).ok()
}

/// Writes the file `name` in one go. Two runs at once may spoil the text for each other: who could be misled by
/// that must be able to see it.
pub(super) fn write(root: &Path, name: &str, text: &str) -> io::Result<()> {
    let folder = root.join(FOLDER);
    fs::create_dir_all(&folder)?;
    let ignore = folder.join(".gitignore");
    if !ignore.exists() {
        fs::write(ignore, "*\n")?;
    }
    let new = folder.join(format!("{name}.new"));
    fs::write(&new, text)?;
    fs::rename(new, folder.join(name))
}
