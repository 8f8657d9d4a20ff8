#![expect(clippy::disallowed_methods, reason = "the shell is where I/O lives")]
//! Who is asked next: one question at a time for each host, and a pause between two.
//!
//! [`Queue`] only decides and is told the time; [`run`] has the threads. A redirect to another host waits in that
//! host's line. A host that asks to be left alone for longer than we wait is asked no more, and nor are those in its line.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::model::outgoing::{Inquiry, Reply, Step, Verdict};
use crate::parse::integrity::address::host;

/// Between two questions to one host.
const PAUSE: Duration = Duration::from_secs(1);

/// After so many questions without an answer a host is asked no more.
const MAX_SILENCES: u8 = 3;

/// How many hosts are asked at once.
const THREADS: usize = 8;

/// The lines of all hosts.
#[derive(Debug, Default)]
struct Queue {
    hosts: BTreeMap<String, Line>,
    /// How many inquiries have no verdict yet.
    open: usize,
}

/// The line of a host.
#[derive(Debug, Default)]
struct Line {
    waiting: VecDeque<Inquiry>,
    is_busy: bool,
    free_at: Option<Instant>,
    /// How often in a row it did not answer.
    silences: u8,
    /// Why it is asked no more.
    closed: Option<Verdict>,
}

/// What is to be done now.
#[derive(Debug, PartialEq)]
enum Turn {
    Ask(Inquiry),
    /// Nothing before that moment, or before somebody is done.
    Wait(Option<Instant>),
    End,
}

impl Queue {
    fn add(&mut self, inquiry: Inquiry) {
        let line = self.hosts.entry(host(&inquiry.at).unwrap_or_default()).or_default();
        line.waiting.push_back(inquiry);
    }

    /// The next inquiry; its host is busy until [`Queue::done`].
    fn next(&mut self, now: Instant) -> Turn {
        if self.open == 0 {
            return Turn::End;
        }
        let ready = |line: &&mut Line| !line.is_busy && !line.waiting.is_empty() && line.free_at.is_none_or(|at| at <= now);
        if let Some(line) = self.hosts.values_mut().filter(ready).max_by_key(|line| line.waiting.len()) {
            line.is_busy = true;
            return line.waiting.pop_front().map_or(Turn::Wait(None), Turn::Ask);
        }
        Turn::Wait(self.hosts.values().filter(|line| !line.is_busy && !line.waiting.is_empty()).filter_map(|line| line.free_at).min())
    }

    /// Takes the answer to an inquiry in; gives what is decided by it.
    fn done(&mut self, asked: &str, mut inquiry: Inquiry, reply: Reply, now: Instant) -> Vec<(String, Verdict)> {
        let is_silent = matches!(reply, Reply::Silent(_));
        let step = inquiry.hear(reply);
        let line = self.hosts.entry(asked.to_owned()).or_default();
        line.silences = if is_silent { line.silences + 1 } else { 0 };
        (line.is_busy, line.free_at) = (false, Some(now + PAUSE));
        let mut decided = Vec::new();
        match step {
            Step::Ask => self.add(inquiry),
            Step::Wait(wait) => {
                line.free_at = Some(now + wait.max(PAUSE));
                line.waiting.push_front(inquiry);
            }
            Step::Done(verdict) => {
                line.closed = Some(verdict.clone()).filter(|_| line.silences >= MAX_SILENCES);
                decided.push((inquiry.address, verdict));
            }
            Step::Refused(_, verdict) => {
                line.closed = Some(verdict.clone());
                decided.push((inquiry.address, verdict));
            }
        }
        // Also those that were led to a host that is closed by now.
        for line in self.hosts.values_mut() {
            if let Some(verdict) = &line.closed {
                decided.extend(line.waiting.drain(..).map(|inquiry| (inquiry.address, verdict.clone())));
            }
        }
        self.open -= decided.len();
        decided
    }
}

/// Asks for all addresses, and says each verdict as soon as it is known.
pub(super) fn run(addresses: &[String], ask: &(dyn Fn(&Inquiry) -> Reply + Sync), decided: &mut (dyn FnMut(String, Verdict) + Send)) {
    let mut queue = Queue { open: addresses.len(), ..Queue::default() };
    for address in addresses {
        queue.add(Inquiry::new(address));
    }
    let (state, changed) = (Mutex::new((queue, decided)), Condvar::new());
    let work = || {
        let mut held = state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match held.0.next(Instant::now()) {
                Turn::End => break,
                Turn::Wait(until) => {
                    let wait = until.map_or(PAUSE, |until| until.saturating_duration_since(Instant::now()));
                    held = changed.wait_timeout(held, wait).unwrap_or_else(PoisonError::into_inner).0;
                }
                Turn::Ask(inquiry) => {
                    drop(held);
                    let asked = host(&inquiry.at).unwrap_or_default();
                    let reply = ask(&inquiry);
                    held = state.lock().unwrap_or_else(PoisonError::into_inner);
                    for (address, verdict) in held.0.done(&asked, inquiry, reply, Instant::now()) {
                        (held.1)(address, verdict);
                    }
                    changed.notify_all();
                }
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..THREADS.min(addresses.len()) {
            scope.spawn(work);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(addresses: &[&str]) -> Queue {
        let mut queue = Queue { open: addresses.len(), ..Queue::default() };
        for address in addresses {
            queue.add(Inquiry::new(address));
        }
        queue
    }

    fn status(code: u16, location: Option<&str>, wait: Option<u64>) -> Reply {
        Reply::Status { code, location: location.map(str::to_owned), wait: wait.map(Duration::from_secs) }
    }

    fn take(queue: &mut Queue, now: Instant) -> Inquiry {
        match queue.next(now) {
            Turn::Ask(inquiry) => inquiry,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_host_is_asked_one_question_at_a_time_with_a_pause_and_others_meanwhile() {
        let now = Instant::now();
        let mut queue = queue(&["https://a.example/1", "https://www.a.example/2", "https://b.example/1"]);
        let first = take(&mut queue, now);
        assert_eq!(first.at, "https://a.example/1", "the longest line first");
        let other = take(&mut queue, now);
        assert_eq!(other.at, "https://b.example/1");
        assert_eq!(queue.next(now), Turn::Wait(None), "both hosts are busy");
        assert_eq!(queue.done("a.example", first, status(200, None, None), now), [("https://a.example/1".to_owned(), Verdict::Fine)]);
        assert_eq!(queue.next(now), Turn::Wait(Some(now + PAUSE)));
        assert_eq!(take(&mut queue, now + PAUSE).at, "https://www.a.example/2");
    }

    #[test]
    fn a_redirect_waits_in_the_line_of_the_host_it_leads_to() {
        let now = Instant::now();
        let mut queue = queue(&["https://a.example/", "https://b.example/"]);
        let (first, second) = (take(&mut queue, now), take(&mut queue, now));
        assert_eq!(queue.done("a.example", first, status(302, Some("https://b.example/x"), None), now), []);
        assert_eq!(queue.next(now), Turn::Wait(None), "b is still busy with its own");
        queue.done("b.example", second, status(200, None, None), now);
        assert_eq!(take(&mut queue, now + PAUSE).at, "https://b.example/x");
        assert_eq!(queue.open, 1);
    }

    #[test]
    fn a_host_that_wants_to_be_left_alone_is() {
        let now = Instant::now();
        let mut queue = queue(&["https://a.example/1", "https://a.example/2", "https://b.example/"]);
        let first = take(&mut queue, now);
        let decided = queue.done("a.example", first, status(429, None, Some(3600)), now);
        let unsure = || Verdict::Unsure("the server says 429".to_owned());
        assert_eq!(decided, [("https://a.example/1".to_owned(), unsure()), ("https://a.example/2".to_owned(), unsure())]);
        let other = take(&mut queue, now);
        let decided = queue.done("b.example", other, status(301, Some("https://a.example/3"), None), now);
        assert_eq!(decided, [("https://b.example/".to_owned(), unsure())], "nor is anybody led there");
        assert_eq!(queue.next(now), Turn::End);
    }

    #[test]
    fn a_host_that_never_answers_is_not_waited_for_again_and_again() {
        let mut now = Instant::now();
        let addresses: Vec<String> = (1..=7).map(|number| format!("https://a.example/{number}")).collect();
        let mut queue = queue(&addresses.iter().map(String::as_str).collect::<Vec<_>>());
        let silent = || Reply::Silent("no answer in time".to_owned());
        let mut decided = Vec::new();
        for reply in [silent(), status(200, None, None), silent(), silent(), silent()] {
            let inquiry = take(&mut queue, now);
            decided.push(queue.done("a.example", inquiry, reply, now).len());
            now += PAUSE;
        }
        assert_eq!(decided, [1, 1, 1, 1, 3], "an answer in between counts, and with the third silence the rest of the line is decided");
        assert_eq!(queue.next(now), Turn::End);
    }

    #[test]
    fn a_short_wait_is_granted_once() {
        let now = Instant::now();
        let mut queue = queue(&["https://a.example/1"]);
        let first = take(&mut queue, now);
        assert_eq!(queue.done("a.example", first, status(429, None, Some(5)), now), []);
        assert_eq!(queue.next(now + PAUSE), Turn::Wait(Some(now + Duration::from_secs(5))));
        let again = take(&mut queue, now + Duration::from_secs(5));
        assert_eq!(queue.done("a.example", again, status(200, None, None), now).len(), 1);
    }
}
