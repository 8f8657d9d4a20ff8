//! The second half of a build: every file is made, audited and, in a build, handed on at once.
//!
//! 1. [`Rest::press`] goes through all files, so that none is kept longer than it takes to look at it and to write it;
//! 2. what all pages use makes the policy; if it is not the usual one, pages that name it are made once more;
//! 3. [`Rest::audit`] is the same for the preview, which keeps and writes nothing.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::base::diag::Diagnostic;
use crate::model::outgoing::Outgoing;
use crate::render::hosts::Plan;
use crate::render::hosts::policy::{MARK, policy, replaced};
use crate::render::page::form_hosts;
use crate::render::tree::Tree;

use super::Take;
use super::audited::{self, audit_all};
use super::outputs::Stand;

/// The half of a build that the preview does while the first half is shown: making every file
/// and auditing it.
#[derive(Clone)]
pub struct Rest {
    pub(super) tree: Arc<Tree>,
    pub(super) stand: Arc<Stand>,
    pub(super) hosts: Arc<Plan>,
}

/// What an audit came to.
#[derive(Debug)]
pub struct Audited {
    /// What was found.
    pub findings: Vec<Diagnostic>,
    /// What the host is told, with a policy for what the pages really use.
    pub hosts: Arc<Plan>,
}

impl fmt::Debug for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Rest").field(&self.tree).finish()
    }
}

impl Rest {
    /// Makes every file and audits it; nothing is kept. Nothing is said if `go_on` says no before the end.
    pub fn audit(&self, go_on: &(dyn Fn() -> bool + Sync)) -> Option<Audited> {
        self.look(None, rayon::current_num_threads(), go_on)
    }

    /// Makes every file, audits it and hands it on.
    pub(super) fn press(&self, take: Take<'_>) -> Option<Audited> {
        // Pages are finished with the policy that sites usually have, and once more if this one has another.
        let (usual, marked) = (self.hosts.policy(), Mutex::new(Vec::new()));
        let filled = |path: &str, bytes: Arc<[u8]>| match with_policy(path, &bytes, usual) {
            Some(html) => {
                marked.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
                take(path, html.into());
            }
            None => take(path, bytes),
        };
        let audited = self.look(Some(&filled), rayon::current_num_threads(), &|| true)?;
        let policy = audited.hosts.policy();
        if policy != usual {
            let again = |path: &String| with_policy(path, &self.tree.glance(path)?.ok()?, policy);
            let marked = marked.into_inner().unwrap_or_else(PoisonError::into_inner);
            marked.par_iter().for_each(|path| again(path).into_iter().for_each(|html| take(path, html.into())));
            audited.hosts.files().iter().for_each(|(path, bytes)| take(path, bytes.as_slice().into()));
        }
        Some(audited)
    }

    fn look(&self, take: Option<Take<'_>>, threads: usize, go_on: &(dyn Fn() -> bool + Sync)) -> Option<Audited> {
        let (findings, uses) = audit_all(&self.tree, &self.stand, take, threads, go_on)?;
        let policy = policy(&uses, &form_hosts(&self.stand.site));
        let hosts = if policy == self.hosts.policy() { Arc::clone(&self.hosts) } else { Arc::new(self.hosts.with_policy(&policy)) };
        Some(Audited { findings, hosts })
    }

    /// The address that the site will have.
    pub fn base_url(&self) -> &str {
        &self.stand.site.config.base_url
    }

    /// Every address elsewhere that the site leads to, with its places.
    pub fn outgoing(&self) -> Outgoing {
        audited::outgoing(&self.tree, &self.stand)
    }

    /// [`Rest::audit`] with half of the processors, so that what somebody waits for finds one free; the threads of
    /// builds do it, because each thread keeps for itself the memory that it once needed.
    pub fn audit_aside(&self, go_on: &(dyn Fn() -> bool + Sync)) -> Option<Audited> {
        let threads = (rayon::current_num_threads() / 2).max(1);
        rayon::scope(|_| self.look(None, threads, go_on))
    }
}

/// The page at `path` with its policy; none if that is no page or has none.
fn with_policy(path: &str, bytes: &[u8], policy: &str) -> Option<Vec<u8>> {
    (path.rsplit('.').next() == Some("html")).then(|| replaced(bytes, MARK, policy)).flatten()
}
