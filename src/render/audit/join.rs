//! One page beside all others: where its links lead, and what it may lead and send to.
//!
//! 1. [`judge`] says at once what needs no other page, and keeps of a page only what other pages ask for:
//!    the hashes of its ids, numbers of the files it leads to, and links to anchors elsewhere;
//! 2. [`anchors`] compares those links when all pages were read.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::base::codes::{self, Code};
use crate::base::diag::Diagnostic;
use crate::model::integrity::Hosts;
use crate::render::hosts::uses::Uses;
use crate::render::tree::Tree;

use super::{Noted, Scan, at, elsewhere, forms, is_remote, path_of, resolve};

/// What links and forms are compared with.
#[derive(Clone, Debug, Default)]
pub struct Allowed {
    /// The folder of the host that the site is made for.
    pub base_path: String,
    /// Hosts that forms may be sent to, with their scheme.
    pub form_hosts: Vec<String>,
    /// Hosts that links may lead to.
    pub hosts: Hosts,
    /// The notice that forms have to show.
    pub notice: Option<forms::Current>,
    /// Pages at old addresses, and the file each may send its readers to.
    pub moved: BTreeMap<String, String>,
}

/// All files of the site, each with a number, and what links may lead to.
pub struct Around<'a> {
    tree: &'a Tree,
    allowed: &'a Allowed,
    numbers: HashMap<&'a str, u32>,
    names: Vec<&'a str>,
}

impl<'a> Around<'a> {
    /// Numbers the files of a tree.
    pub fn new(tree: &'a Tree, allowed: &'a Allowed) -> Self {
        let names: Vec<&str> = tree.paths().map(String::as_str).collect();
        Self { tree, allowed, numbers: names.iter().copied().zip(0..).collect(), names }
    }

    /// The number of a file; none if it is made with its whole folder, or not there.
    pub fn number(&self, file: &str) -> Option<u32> {
        self.numbers.get(file).copied()
    }
}

/// What is kept of a page.
#[derive(Debug, Default)]
pub struct Judged {
    /// Hashes of its ids, sorted: no id is needed again in letters.
    ids: Box<[u64]>,
    /// Links to anchors that were not compared yet.
    anchors: Vec<Anchor>,
    /// The files that it leads to, itself left out, sorted.
    targets: Box<[u32]>,
    uses: Uses,
    /// What is wrong with the page on its own.
    findings: Vec<Noted>,
}

/// A link to an anchor of another page.
#[derive(Debug)]
struct Anchor {
    file: u32,
    url: Box<str>,
    line: u64,
}

impl Judged {
    /// What the page makes a browser load.
    pub fn uses(&self) -> &Uses {
        &self.uses
    }

    /// Whether a link of the page leads to this file.
    pub fn leads_to(&self, file: u32) -> bool {
        self.targets.binary_search(&file).is_ok()
    }

    /// The files that the page leads to.
    pub fn targets(&self) -> &[u32] {
        &self.targets
    }

    /// Takes in what a script puts into the page.
    pub fn absorb(&mut self, part: Self) {
        self.anchors.extend(part.anchors);
        let mut targets = [&*self.targets, &part.targets].concat();
        targets.sort_unstable();
        targets.dedup();
        self.targets = targets.into();
        self.uses.extend(&part.uses);
        self.findings.extend(part.findings);
    }
}

/// What kind of HTML is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A page of the theme, which owes a language and an order of headings.
    Own,
    /// Another page: somebody's file, or one that repeats others.
    Page,
    /// What a script puts into a page; its anchors are those of the page.
    Part,
}

/// Says what is wrong with a page on its own and keeps what others ask for.
pub fn judge(path: &str, scan: Scan, kind: Kind, around: &Around<'_>) -> Judged {
    let allowed = around.allowed;
    let mut findings = scan.findings;
    if kind == Kind::Own && scan.refreshes.is_empty() {
        findings.extend(scan.outline);
    }
    let is_ours = |refresh: &str| {
        let Some(url) = refresh.strip_prefix("0; url=").filter(|url| !is_remote(url)) else { return false };
        let (target, anchor) = url.split_once('#').map_or((url, String::new()), |(target, anchor)| (target, format!("#{anchor}")));
        allowed.moved.get(path) == Some(&(resolve(path, target, &allowed.base_path).into_owned() + &anchor))
    };
    findings.extend(scan.refreshes.iter().filter(|(refresh, _)| !is_ours(refresh)).map(|(_, line)| elsewhere(path, *line, "meta")));
    let notices = scan.notices.iter().filter_map(|shown| forms::compare(path, shown, allowed.notice.as_ref()?));
    findings.extend(notices.map(|finding| Noted { finding, needle: String::new() }));
    let is_known = |url: &str| allowed.form_hosts.iter().any(|host| url.strip_prefix(host.as_str()).is_some_and(|rest| rest.starts_with('/')));
    for (url, line) in scan.forms.iter().filter(|(url, _)| !is_known(url)) {
        let finding = Diagnostic::error(codes::THIRD_PARTY_REQUEST, format!("a form would be sent to `{url}`"));
        findings.push(noted(path, finding.help("send forms to the provider of content/newsletter.yaml only"), *line, url));
    }
    findings.extend(scan.outgoing.iter().filter_map(|(url, line)| Some(noted(path, allowed.hosts.check(url)?, *line, url))));
    let (mut anchors, mut targets, own) = (Vec::new(), Vec::new(), around.number(path));
    for (url, line) in scan.links {
        let file = resolve(path, path_of(&url), &allowed.base_path);
        let number = around.number(&file);
        if number.is_none() && !around.tree.contains_key(&file) {
            findings.push(dead(path, &url, line, missing(&url, &file, around.tree)));
            continue;
        }
        let Some(number) = number else { continue };
        if !url.starts_with('/') && Some(number) != own {
            targets.push(number);
        }
        match url.split_once('#').map_or("", |(_, anchor)| anchor) {
            "" => {}
            anchor if Some(number) == own && kind != Kind::Part => {
                if !scan.ids.contains(anchor) {
                    findings.push(dead(path, &url, line, no_anchor(&url, &file)));
                }
            }
            _ => anchors.push(Anchor { file: number, url: url.into(), line }),
        }
    }
    targets.sort_unstable();
    targets.dedup();
    let mut ids: Vec<u64> = scan.ids.iter().map(|id| hash(id)).collect();
    ids.sort_unstable();
    Judged { ids: ids.into(), anchors, targets: targets.into(), uses: scan.uses, findings }
}

/// Everything that is wrong with a page, now that all were read.
pub fn anchors(path: &str, pages: &BTreeMap<String, Judged>, around: &Around<'_>) -> Vec<Noted> {
    let Some(page) = pages.get(path) else { return Vec::new() };
    let mut findings = page.findings.clone();
    for Anchor { file, url, line } in &page.anchors {
        let file = around.names[*file as usize];
        let anchor = url.split_once('#').map_or("", |(_, anchor)| anchor);
        // Files that are no pages have anchors of their own kind.
        if pages.get(file).is_some_and(|target| target.ids.binary_search(&hash(anchor)).is_err()) {
            findings.push(dead(path, url, *line, no_anchor(url, file)));
        }
    }
    findings
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

fn missing(url: &str, file: &str, tree: &Tree) -> (Code, String) {
    let lower = file.to_lowercase();
    match tree.paths().find(|known| known.to_lowercase() == lower) {
        Some(known) => (codes::MIXED_CASE, format!("`{url}` leads to `{file}`, but the file is called `{known}`")),
        None => (codes::DEAD_OUTPUT_LINK, format!("`{url}` leads to `{file}`, which is not written")),
    }
}

fn no_anchor(url: &str, file: &str) -> (Code, String) {
    (codes::DEAD_OUTPUT_LINK, format!("`{url}` leads to an anchor that `{file}` does not have"))
}

fn dead(path: &str, url: &str, line: u64, (code, message): (Code, String)) -> Noted {
    noted(path, Diagnostic::error(code, message).help("link to a page or anchor that exists"), line, url.trim_start_matches("../"))
}

fn noted(path: &str, finding: Diagnostic, line: u64, needle: &str) -> Noted {
    Noted { finding: at(path, line, finding), needle: needle.to_owned() }
}
