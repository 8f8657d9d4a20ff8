//! `check --external`: asks whether the pages elsewhere that the site names are still there.
//!
//! 1. what was learned in the last days is taken from the [`cache`];
//! 2. the others are asked, politely ([`queue`]), one question at a time ([`http`]);
//! 3. what was learned is remembered, also on the way, so that a run that was stopped goes on where it was.
//!
//! What the answers mean is decided in `model::outgoing`.

mod cache;
mod http;
mod queue;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::base::date::Day;
use crate::base::diag::Diagnostic;
use crate::model::outgoing::{Inquiry, MAX_WAIT, Method, Outgoing, Reply, Verdict};
use crate::parse::integrity::address::host;

use cache::Cache;
use http::{Client, PATIENCE, State};

/// After so many answers what was learned is written down.
const SAVE_EVERY: usize = 25;

/// How far a run is.
pub(crate) struct Progress {
    /// Addresses that have a verdict.
    pub(crate) done: usize,
    /// All addresses.
    pub(crate) all: usize,
}

/// What a run came to.
pub(crate) struct External {
    /// What was found.
    pub(crate) findings: Vec<Diagnostic>,
    /// How many addresses there are, and what became of them, in words.
    pub(crate) told: String,
    /// Why nothing could be remembered.
    pub(crate) unsaved: Option<String>,
}

/// What the threads learn.
#[derive(Default)]
struct Learned {
    /// The state of each address at its first answer.
    states: BTreeMap<String, State>,
    /// Hosts that want a rest, in seconds.
    resting: BTreeMap<String, u64>,
    is_heard: bool,
}

/// Asks for all addresses. `site` is the address of the site for which we ask.
pub(crate) fn check(outgoing: &Outgoing, root: &Path, site: &str, today: Day, tell: &mut (dyn FnMut(Progress) + Send)) -> External {
    let mut cache = Cache::read(root);
    cache.keep(|address| outgoing.knows(address));
    let mut verdicts: BTreeMap<String, Verdict> = BTreeMap::new();
    let mut open = Vec::new();
    for address in outgoing.addresses() {
        if let Some(verdict) = cache.verdict(address, today) {
            verdicts.insert(address.to_owned(), verdict);
        } else if host(address).is_some_and(|host| cache.rests(&host)) {
            verdicts.insert(address.to_owned(), Verdict::Unsure("the server asked us to come back later".to_owned()));
        } else {
            open.push(address.to_owned());
        }
    }
    let (all, known) = (verdicts.len() + open.len(), verdicts.len());
    tell(Progress { done: known, all });
    let states: BTreeMap<String, State> = open.iter().filter_map(|address| Some((address.clone(), cache.state(address)?))).collect();
    let (client, learned) = (Client::new(site, PATIENCE), Mutex::new(Learned::default()));
    let ask = |inquiry: &Inquiry| {
        let known = states.get(&inquiry.address).filter(|_| inquiry.is_at_start());
        let (reply, state) = client.ask(&inquiry.at, inquiry.method, known);
        learned.lock().unwrap_or_else(PoisonError::into_inner).hear(inquiry, &reply, known, state);
        reply
    };
    let mut unsaved = None;
    let mut decided = |address: String, verdict: Verdict| {
        let state = learned.lock().unwrap_or_else(PoisonError::into_inner).states.remove(&address);
        cache.learn(&address, &verdict, state.unwrap_or_default(), today);
        verdicts.insert(address, verdict);
        if (verdicts.len() - known).is_multiple_of(SAVE_EVERY) {
            unsaved = cache.write(root).err();
        }
        tell(Progress { done: verdicts.len(), all });
    };
    queue::run(&open, &ask, &mut decided);
    let learned = learned.into_inner().unwrap_or_else(PoisonError::into_inner);
    learned.resting.iter().for_each(|(host, seconds)| cache.rest(host, *seconds));
    unsaved = if all > known { cache.write(root).err() } else { unsaved };
    // Where nobody was reached, one that answered lately tells a dead name from a missing network.
    let missing = verdicts.values().any(|verdict| matches!(verdict, Verdict::NoHost(_)));
    let probe = || verdicts.iter().find(|(_, verdict)| **verdict == Verdict::Fine).map(|(address, _)| client.ask(address, Method::Head, None).0);
    let is_heard = learned.is_heard || (missing && matches!(probe(), Some(Reply::Status { .. })));
    let findings = outgoing.findings(&verdicts, is_heard, today);
    External { findings, told: told(&verdicts, known), unsaved: unsaved.map(|error| error.to_string()) }
}

impl Learned {
    fn hear(&mut self, inquiry: &Inquiry, reply: &Reply, known: Option<&State>, state: State) {
        let Reply::Status { code, wait, .. } = reply else { return };
        self.is_heard = true;
        if inquiry.is_at_start() {
            // "Not changed" need not repeat the state.
            let state = if *code == 304 { known.cloned().unwrap_or_default() } else { state };
            self.states.insert(inquiry.address.clone(), state);
        }
        if let (429 | 503, Some(wait), Some(host)) = (code, wait.filter(|wait| *wait > MAX_WAIT), host(&inquiry.at)) {
            self.resting.insert(host, wait.as_secs());
        }
    }
}

fn told(verdicts: &BTreeMap<String, Verdict>, known: usize) -> String {
    let count = |is: fn(&Verdict) -> bool| verdicts.values().filter(|verdict| is(verdict)).count();
    let (fine, moved) = (count(|verdict| *verdict == Verdict::Fine), count(|verdict| matches!(verdict, Verdict::Moved(_))));
    let gone = count(|verdict| matches!(verdict, Verdict::Gone(_) | Verdict::NoHost(_)));
    let unsure = verdicts.len() - fine - moved - gone;
    format!("{} addresses elsewhere: {fine} answer, {moved} moved, {gone} gone, {unsure} not verifiable; {known} not asked again\n", verdicts.len())
}
