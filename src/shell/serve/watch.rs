//! Watching the project's folders, the only module that names the watcher.
//!
//! An event is a hint to look, never more: what changed is decided by reading again, first where the event
//! says ([`Watch::touched`]), then everywhere.
//! Every folder that was read is watched by itself, so that new ones are watched as soon as
//! they were seen, and links lead to their real folders. Where the system cannot watch, the
//! project is looked at in intervals instead, which is said once.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::super::disk::Inode;

/// What wakes the loop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Call {
    /// Something changed, if anybody knows here.
    Changed(Vec<PathBuf>),
    /// The same, and it may have cost us a watch: folders, names, lost events.
    Moved(Vec<PathBuf>),
    /// The audit has come to an end.
    Audited,
    /// The user wants to leave.
    Quit,
}

/// Why the loop woke up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Woken {
    Changed,
    Audited,
    Patience,
    Quit,
}

/// Time without an event after which a change counts as finished.
const QUIET: Duration = Duration::from_millis(15);
/// Longest wait for that.
const CAP: Duration = Duration::from_millis(200);
/// So many events are a checkout or a copy, not somebody who types: it may take longer.
const MANY: usize = 100;
/// Longest wait for the end of a checkout.
const LONG_CAP: Duration = Duration::from_millis(1500);

/// The watch over a project.
pub(super) struct Watch {
    calls: Receiver<Call>,
    watcher: Option<RecommendedWatcher>,
    watched: BTreeMap<Inode, PathBuf>,
    /// Whether watches may be gone although their folders are there.
    moved: bool,
    /// Calls that were heard while nobody waited.
    heard: VecDeque<Call>,
    /// Where something changed since that was asked last; none if it can be anywhere.
    touched: Option<BTreeSet<PathBuf>>,
    poll: Option<Duration>,
}

impl Watch {
    /// Watches by events, or by looking every `poll`. A reason to look instead is returned.
    pub(super) fn start(sender: Sender<Call>, calls: Receiver<Call>, root: &Path, poll: Option<Duration>) -> (Self, Option<String>) {
        let mut watch = Self { calls, watcher: None, watched: BTreeMap::new(), moved: false, heard: VecDeque::new(), touched: None, poll };
        if poll.is_some() {
            return (watch, None);
        }
        if let Some(name) = silent_file_system(root) {
            return (watch, Some(format!("the file system ({name}) tells of no changes")));
        }
        let heard = move |event: notify::Result<Event>| {
            if let Some(call) = meaning(&event) {
                // The loop is gone only when the program ends.
                let _ = sender.send(call);
            }
        };
        match RecommendedWatcher::new(heard, Config::default()) {
            Ok(watcher) => watch.watcher = Some(watcher),
            Err(error) => return (watch, Some(reason(&error))),
        }
        (watch, None)
    }

    /// Looks in intervals from now on.
    pub(super) fn look_every(&mut self, poll: Duration) {
        self.watcher = None;
        self.poll = Some(poll);
    }

    /// The interval in which the project is looked at, if it is not watched.
    pub(super) fn interval(&self) -> Option<Duration> {
        self.poll
    }

    /// Watches exactly these folders; says whether one is new, so that it must be looked into
    /// again: what was put there before it was watched made no event.
    pub(super) fn follow(&mut self, folders: &BTreeMap<Inode, PathBuf>) -> Result<bool, String> {
        let Some(watcher) = &mut self.watcher else { return Ok(false) };
        for (inode, path) in &self.watched {
            if folders.get(inode) != Some(path) {
                // A folder that is gone took its watch along.
                let _ = watcher.unwatch(path);
            }
        }
        let mut is_new = false;
        for (inode, path) in folders {
            let known = self.watched.get(inode) == Some(path);
            if known && !self.moved {
                continue;
            }
            match watcher.watch(path, RecursiveMode::NonRecursive) {
                Ok(()) => is_new |= !known,
                // Gone since it was read: there will be an event for it.
                Err(error) if matches!(error.kind, notify::ErrorKind::PathNotFound) => {}
                Err(error) => return Err(reason(&error)),
            }
        }
        self.watched.clone_from(folders);
        self.moved = false;
        Ok(is_new)
    }

    /// Whether nothing happened since the last wait, as far as events tell.
    pub(super) fn is_calm(&mut self) -> bool {
        self.heard.extend(self.calls.try_iter());
        self.watcher.is_some() && self.heard.iter().all(|call| *call == Call::Audited)
    }

    /// The files and folders that events told of since the last call; none if something may have changed elsewhere.
    pub(super) fn touched(&mut self) -> Option<BTreeSet<PathBuf>> {
        std::mem::take(&mut self.touched).filter(|paths| !paths.is_empty())
    }

    fn next(&mut self, patience: Duration) -> Result<Call, RecvTimeoutError> {
        self.heard.pop_front().map_or_else(|| self.calls.recv_timeout(patience), Ok)
    }

    fn note(&mut self, call: Call) {
        let (paths, moved) = match call {
            Call::Changed(paths) => (paths, false),
            Call::Moved(paths) => (paths, true),
            Call::Audited | Call::Quit => return,
        };
        self.moved |= moved;
        match &mut self.touched {
            Some(touched) if !paths.is_empty() => touched.extend(paths),
            touched => *touched = None,
        }
    }

    /// Waits for a change that has come to rest, or until the patience is over.
    pub(super) fn wait(&mut self, patience: Duration) -> Woken {
        self.touched = self.poll.is_none().then(BTreeSet::new);
        match self.next(patience) {
            Ok(Call::Quit) | Err(RecvTimeoutError::Disconnected) => return Woken::Quit,
            Ok(Call::Audited) => return Woken::Audited,
            Ok(call) => self.note(call),
            Err(RecvTimeoutError::Timeout) => return Woken::Patience,
        }
        let (begin, mut count) = (now(), 0);
        while now() < begin + if count > MANY { LONG_CAP } else { CAP } {
            match self.next(QUIET) {
                Ok(Call::Quit) | Err(RecvTimeoutError::Disconnected) => return Woken::Quit,
                Ok(call) => {
                    self.note(call);
                    count += 1;
                }
                Err(RecvTimeoutError::Timeout) => break,
            }
        }
        Woken::Changed
    }
}

#[expect(clippy::disallowed_methods, reason = "the shell is where time is read")]
fn now() -> Instant {
    Instant::now()
}

/// What an event of the system means; reading a file makes events too.
fn meaning(event: &notify::Result<Event>) -> Option<Call> {
    let Ok(event) = event else { return Some(Call::Moved(Vec::new())) };
    if event.need_rescan() {
        return Some(Call::Moved(Vec::new()));
    }
    let paths = || event.paths.clone();
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) | EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)) => {
            Some(Call::Changed(paths()))
        }
        EventKind::Access(_) => None,
        _ => Some(Call::Moved(paths())),
    }
}

fn reason(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => "the system's limit of watches is reached (fs.inotify.max_user_watches)".to_owned(),
        notify::ErrorKind::Io(error) => format!("the system cannot watch folders: {error}"),
        other => format!("the system cannot watch folders: {other:?}"),
    }
}

/// The name of the file system if it is one that never tells of changes made elsewhere.
#[cfg(target_os = "linux")]
fn silent_file_system(root: &Path) -> Option<&'static str> {
    let kind = rustix::fs::statfs(root).ok()?.f_type;
    silent_name(u64::try_from(kind).ok()? & 0xffff_ffff)
}

#[cfg(not(target_os = "linux"))]
fn silent_file_system(_root: &Path) -> Option<&'static str> {
    None
}

/// By the magic numbers of statfs(2).
#[cfg(target_os = "linux")]
fn silent_name(magic: u64) -> Option<&'static str> {
    Some(match magic {
        0x6969 => "NFS",
        0x0102_1997 => "9p",
        0x517b | 0xff53_4d42 | 0xfe53_4d42 => "SMB",
        0x6573_5546 => "FUSE",
        0x786f_4256 => "vboxsf",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use notify::event::{CreateKind, DataChange, Flag, MetadataKind, RenameMode};

    use super::*;

    #[test]
    fn reading_is_no_change_and_lost_events_are() {
        for (event, call) in [
            (Ok(Event::new(EventKind::Access(AccessKind::Open(AccessMode::Any)))), None),
            (Ok(Event::new(EventKind::Access(AccessKind::Close(AccessMode::Read)))), None),
            (Ok(Event::new(EventKind::Access(AccessKind::Close(AccessMode::Write)))), Some(Call::Changed(vec![]))),
            (Ok(Event::new(EventKind::Modify(ModifyKind::Data(DataChange::Any)))), Some(Call::Changed(vec![]))),
            (Ok(Event::new(EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any)))), Some(Call::Changed(vec![]))),
            (Ok(Event::new(EventKind::Modify(ModifyKind::Name(RenameMode::To)))), Some(Call::Moved(vec![]))),
            (Ok(Event::new(EventKind::Create(CreateKind::Folder))), Some(Call::Moved(vec![]))),
            (Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan)), Some(Call::Moved(vec![]))),
            (Err(notify::Error::new(notify::ErrorKind::MaxFilesWatch)), Some(Call::Moved(vec![]))),
        ] {
            assert_eq!(meaning(&event), call, "{event:?}");
        }
    }

    #[test]
    fn many_events_are_one_change_and_leaving_comes_first() {
        let (sender, calls) = channel();
        let (mut watch, why) = Watch::start(sender.clone(), calls, Path::new("."), Some(Duration::from_millis(500)));
        assert_eq!((why, watch.interval()), (None, Some(Duration::from_millis(500))));
        for _ in 0..50 {
            sender.send(Call::Changed(Vec::new())).unwrap();
        }
        assert_eq!(watch.wait(Duration::from_secs(5)), Woken::Changed);
        assert_eq!(watch.wait(Duration::ZERO), Woken::Patience);
        sender.send(Call::Changed(Vec::new())).unwrap();
        sender.send(Call::Quit).unwrap();
        assert_eq!(watch.wait(Duration::from_secs(5)), Woken::Quit);
    }

    #[test]
    fn what_was_touched_is_known_unless_events_were_lost() {
        let (sender, calls) = channel();
        let (mut watch, _) = Watch::start(sender.clone(), calls, Path::new("."), None);
        let (a, b) = (PathBuf::from("a"), PathBuf::from("b"));
        for (events, touched) in [
            (vec![Call::Changed(vec![a.clone()]), Call::Moved(vec![b.clone()])], Some(BTreeSet::from([a.clone(), b.clone()]))),
            (vec![Call::Changed(vec![a.clone()]), Call::Moved(Vec::new()), Call::Changed(vec![b.clone()])], None),
            (vec![Call::Audited], None),
        ] {
            for event in &events {
                sender.send(event.clone()).unwrap();
            }
            watch.wait(Duration::from_secs(5));
            assert_eq!(watch.touched(), touched, "{events:?}");
            assert_eq!(watch.touched(), None, "nothing is told twice");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn file_systems_of_other_machines_are_known() {
        assert_eq!(silent_name(0x6969), Some("NFS"));
        assert_eq!(silent_name(0xff53_4d42), Some("SMB"));
        assert_eq!(silent_name(0xef53), None);
    }
}
