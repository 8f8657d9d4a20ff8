#![expect(clippy::disallowed_methods, reason = "the shell is where I/O lives")]
//! A bar on the terminal while a build takes long; gone without a trace when it is done.
//!
//! 1. [`Progress::start`] starts a thread that says nothing for a second;
//! 2. [`Progress::phase`] counts the phases that are done;
//! 3. dropped, it clears its line.

use std::io::Write as _;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// The phases of a build in their order.
const PHASES: [&str; 5] = ["read", "parse", "model", "view", "pages"];

/// A build that is done before that shows no bar.
const LONG: Duration = Duration::from_secs(1);

/// How often the bar is drawn anew.
const TICK: Duration = Duration::from_millis(100);

/// A bar, or nothing.
pub(crate) struct Progress(Option<(Arc<Shared>, JoinHandle<()>)>);

struct Shared {
    /// Phases that are done; none when all is over.
    done: Mutex<Option<usize>>,
    wake: Condvar,
}

impl Progress {
    /// Watches a build; `shown` says whether there is a terminal that wants to see it.
    pub(crate) fn start(shown: bool) -> Self {
        let run = || {
            let shared = Arc::new(Shared { done: Mutex::new(Some(0)), wake: Condvar::new() });
            let own = Arc::clone(&shared);
            (shared, thread::spawn(move || watch(&own)))
        };
        Self(shown.then(run))
    }

    /// A phase is done.
    pub(crate) fn phase(&self, name: &str) {
        let next = PHASES.iter().position(|phase| *phase == name).map(|at| at + 1);
        if let (Some((shared, _)), Some(next)) = (&self.0, next) {
            *shared.done.lock().unwrap_or_else(PoisonError::into_inner) = Some(next);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((shared, thread)) = self.0.take() {
            *shared.done.lock().unwrap_or_else(PoisonError::into_inner) = None;
            shared.wake.notify_all();
            let _ = thread.join();
        }
    }
}

fn watch(shared: &Shared) {
    let start = Instant::now();
    let mut wait = LONG;
    let mut done = shared.done.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        done = shared.wake.wait_timeout_while(done, wait, |done| done.is_some()).unwrap_or_else(PoisonError::into_inner).0;
        match *done {
            Some(count) => {
                let _ = write!(std::io::stderr(), "\r{}\u{1b}[K", bar(count, start.elapsed()));
            }
            None => break,
        }
        wait = TICK;
    }
    if start.elapsed() >= LONG {
        let _ = write!(std::io::stderr(), "\r\u{1b}[K");
    }
}

/// The line: how many phases are done, what is being done, since when.
fn bar(done: usize, elapsed: Duration) -> String {
    let done = done.min(PHASES.len());
    let what = PHASES.get(done).copied().unwrap_or("done");
    format!("[{}{}] {what} {:.1} s", "#".repeat(done), "-".repeat(PHASES.len() - done), elapsed.as_secs_f32())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_counts_phases_and_names_the_one_that_runs() {
        assert_eq!(bar(0, Duration::from_millis(1300)), "[-----] read 1.3 s");
        assert_eq!(bar(4, Duration::from_secs(3)), "[####-] pages 3.0 s");
        assert_eq!(bar(5, Duration::from_secs(3)), "[#####] done 3.0 s");
    }
}
