#![expect(clippy::disallowed_methods, reason = "the shell is where time is read")]
//! What the last runs learned: `links.json` among what is [remembered].
//!
//! Only addresses that answered are remembered, and hosts that asked for a rest. Whatever is wrong with the file, it
//! counts as empty.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::base::date::Day;
use crate::model::outgoing::Verdict;
use crate::parse::json;

use super::super::remembered;
use super::http::State;

/// For so many days an address that answered is not asked again.
const MAX_AGE: i64 = 7;

const FILE: &str = "links.json";

/// What is remembered.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Cache {
    schema: u32,
    links: BTreeMap<String, Entry>,
    /// Hosts that asked for a rest, and until when (seconds since 1970).
    resting: BTreeMap<String, u64>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Entry {
    checked: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    moved: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    etag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
}

impl Cache {
    /// Reads what the project at `root` knows.
    pub(super) fn read(root: &Path) -> Self {
        let text = remembered::read(root, FILE).unwrap_or_default();
        json::read(&text).filter(|cache: &Self| cache.schema == 1).unwrap_or_else(|| Self { schema: 1, ..Self::default() })
    }

    /// Writes it, all or nothing.
    pub(super) fn write(&self, root: &Path) -> io::Result<()> {
        remembered::write(root, FILE, &json::pretty(self))
    }

    /// What is known of an address and need not be asked today.
    pub(super) fn verdict(&self, address: &str, today: Day) -> Option<Verdict> {
        let entry = self.links.get(address)?;
        let age = today.days_since(Day::parse(&entry.checked)?);
        (0..MAX_AGE).contains(&age).then(|| entry.moved.clone().map_or(Verdict::Fine, Verdict::Moved))
    }

    /// The state in which an address was seen, if it may still be in it.
    pub(super) fn state(&self, address: &str) -> Option<State> {
        let entry = self.links.get(address).filter(|entry| entry.moved.is_none())?;
        Some(State { etag: entry.etag.clone(), modified: entry.modified.clone() })
    }

    /// Remembers what became of an address; what did not answer is forgotten.
    pub(super) fn learn(&mut self, address: &str, verdict: &Verdict, state: State, today: Day) {
        let moved = match verdict {
            Verdict::Fine => None,
            Verdict::Moved(to) => Some(to.clone()),
            _ => return drop(self.links.remove(address)),
        };
        let entry = Entry { checked: today.to_string(), moved, etag: state.etag, modified: state.modified };
        self.links.insert(address.to_owned(), entry);
    }

    /// Forgets addresses that the site does not name any more, and rests that are over.
    pub(super) fn keep(&mut self, is_named: impl Fn(&str) -> bool) {
        self.links.retain(|address, _| is_named(address));
        self.resting.retain(|_, until| *until > now());
    }

    /// Notes that a host wants a rest.
    pub(super) fn rest(&mut self, host: &str, seconds: u64) {
        self.resting.insert(host.to_owned(), now().saturating_add(seconds));
    }

    /// Whether a host wants a rest.
    pub(super) fn rests(&self, host: &str) -> bool {
        self.resting.get(host).is_some_and(|until| *until > now())
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs())
}
