#![expect(clippy::disallowed_methods, reason = "the shell is where time is read")]
//! How long each phase of a build takes, for `--timings`.

use std::fmt::Write as _;
use std::time::Instant;

/// Milliseconds per phase.
pub(super) struct Timings {
    begin: Instant,
    last: Instant,
    phases: Vec<(&'static str, f64)>,
}

impl Timings {
    pub(super) fn start() -> Self {
        let now = Instant::now();
        Self { begin: now, last: now, phases: Vec::new() }
    }

    pub(super) fn phase(&mut self, name: &'static str) {
        let now = Instant::now();
        self.phases.push((name, (now - self.last).as_secs_f64() * 1000.0));
        self.last = now;
    }

    pub(super) fn to_text(&self) -> String {
        let total = ("total", (self.last - self.begin).as_secs_f64() * 1000.0);
        let mut text = String::new();
        for (name, ms) in self.phases.iter().chain([&total]) {
            let _ = writeln!(text, "{name:<8} {ms:>8.1} ms");
        }
        text
    }
}
