#![expect(clippy::disallowed_methods, reason = "the shell is where time is read")]
//! A file's metadata, by which it is seen that its bytes are those of an earlier look.
//!
//! Equal stamps mean equal bytes once the stamp has [settled](Stamp::settled): clocks of file systems are coarse, so a
//! file may be changed twice without its times showing it. Size and both times are taken, and the inode, because
//! a file that is renamed into place brings the times it had. What writes through a mapping of the file and never
//! says so (`mmap` without `msync`) is not seen, as Git and make do not see it either.

use std::fmt;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A file that changed so short a time before it was looked at may change again without its metadata showing it.
const SETTLED: Duration = Duration::from_secs(2);

/// What tells one real file or folder from another.
pub(crate) type Inode = (u64, u64);

/// A file's metadata.
#[derive(PartialEq, Eq, Clone, Copy, Debug)]
pub(super) struct Stamp {
    inode: Inode,
    pub(super) size: u64,
    /// Changed bytes: seconds and nanoseconds.
    modified: (i64, i64),
    /// Changed anything; no program can set it back.
    changed: (i64, i64),
}

impl Stamp {
    pub(super) fn of(metadata: &Metadata) -> Self {
        Self {
            inode: inode(metadata),
            size: metadata.len(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        }
    }

    /// Whether an equal stamp means equal bytes, if it was taken at `now` or later.
    pub(super) fn settled(&self, now: Moment) -> bool {
        let (seconds, rest) = self.modified.max(self.changed);
        now.0 - (i128::from(seconds) * 1_000_000_000 + i128::from(rest)) > SETTLED.as_nanos().cast_signed()
    }

    /// Reads what [`fmt::Display`] wrote.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        let stamp = Self {
            inode: (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?),
            size: parts.next()?.parse().ok()?,
            modified: (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?),
            changed: (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?),
        };
        parts.next().is_none().then_some(stamp)
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { inode, size, modified, changed } = self;
        write!(f, "{}:{}:{size}:{}:{}:{}:{}", inode.0, inode.1, modified.0, modified.1, changed.0, changed.1)
    }
}

pub(super) fn inode(metadata: &Metadata) -> Inode {
    (metadata.dev(), metadata.ino())
}

/// Nanoseconds since 1970.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment(i128);

impl Moment {
    pub(super) fn now() -> Self {
        Self(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_nanos().cast_signed()))
    }

    /// This moment, so much later.
    #[cfg(test)]
    pub(super) fn after(self, time: Duration) -> Self {
        Self(self.0 + time.as_nanos().cast_signed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_read_as_it_was_written() {
        let stamp = Stamp { inode: (64_768, u64::MAX), size: 7, modified: (-1, 5), changed: (1_795_000_000, 999_999_999) };
        assert_eq!(Stamp::parse(&stamp.to_string()), Some(stamp));
        for text in ["", "1:2:3:4:5:6", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:x", "-1:2:3:4:5:6:7"] {
            assert_eq!(Stamp::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_stamp_settles_when_both_of_its_times_are_two_seconds_old() {
        let now = Moment(100_000_000_000);
        let stamp = |modified, changed| Stamp { inode: (1, 1), size: 1, modified: (modified, 0), changed: (changed, 0) };
        assert!(stamp(50, 97).settled(now));
        for (modified, changed) in [(50, 98), (98, 50), (50, 200), (200, 50)] {
            assert!(!stamp(modified, changed).settled(now), "{modified} {changed}");
        }
    }
}
