//! What can go wrong while the output is written, in plain words.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why the site could not be written.
#[derive(Debug)]
pub enum PublishError {
    /// The folder is not empty and has no manifest of ours.
    Foreign(PathBuf),
    /// There is something else than a folder.
    NotAFolder(PathBuf),
    /// The system refused.
    Io {
        /// What was being done: `writing`, `reading the folder` ….
        doing: String,
        /// To what.
        path: PathBuf,
        /// The cause.
        error: io::Error,
    },
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign(path) => {
                write!(f, "the folder `{}` is not empty and was not written by leitfaden; choose another --output or empty the folder yourself", path.display())
            }
            Self::NotAFolder(path) => write!(f, "`{}` is not a folder; choose another --output", path.display()),
            Self::Io { doing, path, error } => write!(f, "{doing} `{}` failed: {error}", path.display()),
        }
    }
}

impl std::error::Error for PublishError {}

impl PublishError {
    /// Our own refusal at `path`, worded by `why`.
    pub(super) fn refused(doing: &str, path: &Path, kind: io::ErrorKind, why: &str) -> Self {
        Self::Io { doing: doing.into(), path: path.into(), error: io::Error::new(kind, why) }
    }
}

/// Says what was being done when the system refused.
pub(super) trait Doing<T> {
    fn doing(self, doing: &str, path: &Path) -> Result<T, PublishError>;
}

impl<T> Doing<T> for io::Result<T> {
    fn doing(self, doing: &str, path: &Path) -> Result<T, PublishError> {
        self.map_err(|error| PublishError::Io { doing: doing.into(), path: path.into(), error })
    }
}
