//! The audit of what is shown, in a thread of its own, so that a save never waits for it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::pipeline::{Audited, Rest};

use super::rounds::panic_text;
use super::watch::Call;

/// What an audit came to, or why it failed.
pub(super) type End = Result<Audited, String>;

/// At most one audit at a time.
pub(super) struct Auditor {
    calls: Sender<Call>,
    now: Option<Audit>,
}

/// An audit that runs or has ended.
struct Audit {
    stopped: Arc<AtomicBool>,
    end: Arc<Mutex<Option<End>>>,
}

impl Auditor {
    /// An auditor that calls when it is done.
    pub(super) fn new(calls: Sender<Call>) -> Self {
        Self { calls, now: None }
    }

    /// Starts an audit, unless one runs.
    pub(super) fn start(&mut self, rest: Option<&Rest>) {
        let (None, Some(rest)) = (&self.now, rest.cloned()) else { return };
        let (stopped, end) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(None)));
        let (seen, slot, calls) = (Arc::clone(&stopped), Arc::clone(&end), self.calls.clone());
        let work = move || {
            let audited = catch_unwind(AssertUnwindSafe(|| rest.audit_aside(&|| !seen.load(Ordering::Relaxed))));
            let end = audited.map_err(|panic| panic_text(panic.as_ref())).transpose();
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = end;
            // The loop is gone only when the program ends.
            let _ = calls.send(Call::Audited);
        };
        // Without a thread there is no audit now; the next moment of rest tries again.
        self.now = thread::Builder::new().name("audit".to_owned()).spawn(work).ok().map(|_| Audit { stopped, end });
    }

    /// Whether an audit runs, or has ended and nobody asked for it yet.
    pub(super) fn is_running(&self) -> bool {
        self.now.is_some()
    }

    /// Stops what runs: what it audits is no longer shown.
    pub(super) fn stop(&mut self) {
        if let Some(audit) = self.now.take() {
            audit.stopped.store(true, Ordering::Relaxed);
        }
    }

    /// What the audit came to, if it has ended.
    pub(super) fn ended(&mut self) -> Option<End> {
        let end = self.now.as_ref()?.end.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        self.now = None;
        Some(end)
    }
}
