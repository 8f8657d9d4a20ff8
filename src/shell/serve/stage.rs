//! What is shown at the moment, and who is told when it changes.
//!
//! [`Stage::show`] exchanges everything at once and bumps the generation; whether a page
//! changed is seen when it is looked at. Event clients are kept by one thread, which tells them
//! the generation and beats in between, so that dead ones are noticed.

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use crate::model::marks::Marks;
use crate::render::hosts::Plan;
use crate::render::tree::Tree;

/// Most event clients.
pub(super) const MAX_CLIENTS: usize = 256;
/// Time between two beats.
const BEAT: Duration = Duration::from_secs(4);

/// The head of an event stream, and how soon to come back after it broke.
const STREAM: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nX-Accel-Buffering: no\r\nX-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\nConnection: close\r\n\r\nretry: 300\n";

/// What is shown.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    /// Grows with every change.
    pub(super) generation: u64,
    /// The last good site; empty before the first.
    pub(super) tree: Arc<Tree>,
    /// Pages to look at.
    pub(super) marks: Arc<Marks>,
    /// What the host is told.
    pub(super) hosts: Arc<Plan>,
    /// The folder of the site on its host.
    pub(super) base: Arc<str>,
    /// What is wrong with the files as they are now, as HTML.
    pub(super) problem: Option<Arc<str>>,
}

impl Shown {
    /// Whether there was a good site yet.
    pub(super) fn has_site(&self) -> bool {
        !self.tree.is_empty()
    }
}

/// The stage.
pub(super) struct Stage {
    shown: RwLock<Arc<Shown>>,
    calls: Mutex<Sender<Call>>,
    clients: Arc<AtomicUsize>,
}

enum Call {
    Join(Box<dyn Write + Send>),
    Generation(u64),
}

impl Stage {
    /// A stage on which nothing is shown yet.
    pub(super) fn new() -> std::io::Result<Self> {
        let (sender, receiver) = mpsc::channel();
        let clients = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&clients);
        thread::Builder::new().name("events".to_owned()).spawn(move || keep(&receiver, &count))?;
        let shown = Shown { base: "/".into(), ..Shown::default() };
        Ok(Self { shown: RwLock::new(Arc::new(shown)), calls: Mutex::new(sender), clients })
    }

    /// What is shown now.
    pub(super) fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Shows `next`, whose generation is set here; says whether anything changed.
    pub(super) fn show(&self, next: Shown) -> bool {
        let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
        let is_same = shown.problem == next.problem
            && shown.base == next.base
            && shown.hosts == next.hosts
            && shown.marks == next.marks
            && Arc::ptr_eq(&shown.tree, &next.tree)
            && shown.generation > 0;
        if is_same {
            return false;
        }
        let generation = shown.generation + 1;
        let last = std::mem::replace(&mut *shown, Arc::new(Shown { generation, ..next }));
        drop(shown);
        self.call(Call::Generation(generation));
        // A large tree takes milliseconds to go, and nobody should wait for that.
        drop(last);
        true
    }

    /// Takes an event client on; nothing is taken when there are too many.
    pub(super) fn join(&self, stream: Box<dyn Write + Send>) {
        self.call(Call::Join(stream));
    }

    /// How many event clients there are.
    pub(super) fn clients(&self) -> usize {
        self.clients.load(Ordering::Relaxed)
    }

    fn call(&self, call: Call) {
        // The thread lives as long as the program.
        let _ = self.calls.lock().unwrap_or_else(PoisonError::into_inner).send(call);
    }
}

/// Keeps the event clients.
fn keep(calls: &mpsc::Receiver<Call>, count: &AtomicUsize) {
    let mut clients: Vec<Box<dyn Write + Send>> = Vec::new();
    let mut generation = 0;
    loop {
        let wait = if clients.is_empty() { Duration::from_secs(3600) } else { BEAT };
        match calls.recv_timeout(wait) {
            // Many may have asked while there was room for one more; they come back.
            Ok(Call::Join(_)) if clients.len() >= MAX_CLIENTS => {}
            Ok(Call::Join(mut stream)) => {
                let hello = format!("{STREAM}{}", event(generation));
                if say(stream.as_mut(), &hello) {
                    clients.push(stream);
                }
            }
            Ok(Call::Generation(next)) => {
                generation = next;
                clients.retain_mut(|stream| say(stream.as_mut(), &event(generation)));
            }
            Err(RecvTimeoutError::Timeout) => clients.retain_mut(|stream| say(stream.as_mut(), "event: beat\ndata: 1\n\n")),
            Err(RecvTimeoutError::Disconnected) => return,
        }
        count.store(clients.len(), Ordering::Relaxed);
    }
}

fn event(generation: u64) -> String {
    format!("id: {generation}\ndata: {{\"generation\":{generation}}}\n\n")
}

/// One write for one message; whether the client is still there.
fn say(stream: &mut (dyn Write + Send), text: &str) -> bool {
    stream.write_all(text.as_bytes()).and_then(|()| stream.flush()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(trees: &[Arc<Tree>; 2], text: &str, problem: Option<&str>) -> Shown {
        let tree = Arc::clone(&trees[usize::from(text == "b")]);
        Shown { tree, base: "/".into(), problem: problem.map(Into::into), ..Shown::default() }
    }

    #[test]
    fn the_generation_grows_with_every_other_site_or_problem() {
        let trees = [Arc::new(Tree::from([("index.html", *b"a")])), Arc::new(Tree::from([("index.html", *b"b")]))];
        let stage = Stage::new().unwrap();
        for (shown, changed, generation) in [
            (site(&trees, "a", None), true, 1),
            (site(&trees, "a", None), false, 1),
            (site(&trees, "b", None), true, 2),
            (site(&trees, "b", Some("x")), true, 3),
            (site(&trees, "b", Some("x")), false, 3),
            (site(&trees, "b", None), true, 4),
        ] {
            assert_eq!((stage.show(shown), stage.shown().generation), (changed, generation));
        }
    }
}
