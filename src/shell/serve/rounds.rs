//! The loop: look, build, look again, show, audit.
//!
//! 1. look at the files, at those alone that the system told of if they were known before; equal to those of the last
//!    build: nothing to do;
//! 2. build the first half, as `leitfaden build` does; a panic there is an error like others;
//! 3. look again, before it is shown if the system told of something, else after: what was
//!    saved during the build is built too;
//! 4. show the new site, or keep the last good one and show what is wrong;
//! 5. when nothing was saved for a moment, make and audit every page in a thread of its own
//!    ([`audit`](super::audit)); the next save stops it. An error brings the last good site back.

use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use crate::base::diag::{self, Diagnostic};
use crate::base::source::Sources;
use crate::pipeline::{Audited, Built, Rest};
use crate::render::hosts::Plan;
use crate::render::tree::Tree;
use crate::shell::summary::stops;

use super::super::disk::Reader;
use super::audit::Auditor;
use super::problem;
use super::stage::{Shown, Stage};
use super::watch::{Watch, Woken};

/// After how long a change is followed by one more look.
const SAFETY: Duration = Duration::from_millis(250);
/// Time between two looks for a project that is gone.
const MISSING: Duration = Duration::from_millis(500);
/// Time between two looks when the system cannot watch.
pub(super) const POLL: Duration = Duration::from_millis(500);
/// Shortest time between two looks that nothing asked for, while somebody watches a page.
const IDLE: Duration = Duration::from_secs(2);
/// Longest time between two such looks, however slow the machine.
const LONGEST_IDLE: Duration = Duration::from_secs(10);
/// Such looks take about this share of the time.
const IDLE_SHARE: u32 = 500;
/// How often a build is thrown away because something was saved meanwhile.
const RETRIES: usize = 3;

/// What the terminal is told.
pub(crate) enum News<'a> {
    /// The first half of a build is done.
    Built { good: bool, took: Duration },
    /// Everything that was found in the files as they are.
    Found { findings: &'a [Diagnostic], sources: &'a Sources },
    /// The project cannot be read.
    Missing(String),
    /// The project is not watched but looked at.
    Polling(String),
}

/// Builds a site.
pub(super) type Builder<'a> = dyn FnMut(&Sources) -> Built + 'a;

/// The loop and what it works with.
pub(super) struct Rounds<'a> {
    reader: Reader,
    build: &'a mut Builder<'a>,
    /// Whether warnings count as errors.
    strict: bool,
    stage: Arc<Stage>,
    auditor: Auditor,
    tell: &'a mut dyn FnMut(News<'_>),
    /// Time since some moment.
    clock: &'a dyn Fn() -> Duration,
    last: Option<Sources>,
    /// What is shown, but not audited yet: what was found so far, and what is left.
    open: Option<(Vec<Diagnostic>, Rest)>,
    /// The last site that was audited and found good.
    good: Arc<Shown>,
    missing: bool,
    /// How long the last look took.
    look: Duration,
}

impl<'a> Rounds<'a> {
    pub(super) fn new(
        reader: Reader,
        build: &'a mut Builder<'a>,
        strict: bool,
        (stage, auditor): (Arc<Stage>, Auditor),
        tell: &'a mut dyn FnMut(News<'_>),
        clock: &'a dyn Fn() -> Duration,
    ) -> Self {
        let good = stage.shown();
        Self { reader, build, strict, stage, auditor, tell, clock, last: None, open: None, good, missing: false, look: Duration::ZERO }
    }

    /// Goes round until the user leaves. The first round has been made.
    pub(super) fn run(&mut self, watch: &mut Watch) {
        let mut settle = true;
        loop {
            let patience = match watch.interval() {
                _ if self.missing => MISSING,
                Some(interval) => interval,
                None if settle || (self.open.is_some() && !self.auditor.is_running()) => SAFETY,
                None if self.stage.clients() > 0 => (self.look * IDLE_SHARE).clamp(IDLE, LONGEST_IDLE),
                None => Duration::from_secs(3600),
            };
            let woken = watch.wait(patience);
            if woken == Woken::Quit {
                return;
            }
            settle = woken == Woken::Changed;
            if woken != Woken::Audited {
                self.round(watch);
            }
            match (self.auditor.ended(), woken) {
                (Some(end), _) => self.audited(end),
                (None, Woken::Patience) => self.auditor.start(self.open.as_ref().map(|(_, rest)| rest)),
                (None, _) => {}
            }
        }
    }

    /// One round: afterwards the stage shows the files as they are.
    pub(super) fn round(&mut self, watch: &mut Watch) {
        let Some(mut sources) = self.glance(watch).or_else(|| self.look(watch)) else { return };
        for attempt in 0.. {
            if self.last.as_ref() == Some(&sources) {
                return;
            }
            self.auditor.stop();
            let begin = (self.clock)();
            let built = catch_unwind(AssertUnwindSafe(|| (self.build)(&sources)));
            let took = (self.clock)().saturating_sub(begin);
            // Without an event there is nothing new to see: show first, look then.
            let after = if watch.is_calm() { None } else { Some(self.look(watch)) };
            let is_current = after.as_ref().is_none_or(|after| after.as_ref().is_some_and(|after| *after == sources));
            if is_current || attempt >= RETRIES {
                self.open = None;
                match built {
                    Ok(built) => self.show(built, &sources, took),
                    Err(panic) => self.show_message(&panic_text(panic.as_ref())),
                }
                self.last = Some(sources);
            }
            let Some(after) = after.unwrap_or_else(|| self.look(watch)) else { return };
            sources = after;
        }
    }

    /// Reads only what the system told of: a look at everything takes longer than the build, and follows when this is shown.
    fn glance(&mut self, watch: &mut Watch) -> Option<Sources> {
        let (last, paths) = (self.last.as_ref()?, watch.touched()?);
        self.reader.glance(&paths, last)
    }

    /// Reads the project and watches its folders; again if a folder is new.
    fn look(&mut self, watch: &mut Watch) -> Option<Sources> {
        for _ in 0..8 {
            let begin = (self.clock)();
            let reading = match self.reader.read() {
                Ok(reading) => reading,
                Err(error) => {
                    self.lost(&error);
                    return None;
                }
            };
            self.look = (self.clock)().saturating_sub(begin);
            self.missing = false;
            match watch.follow(&reading.folders) {
                Ok(true) => {}
                Ok(false) => return Some(reading.sources),
                Err(why) => {
                    watch.look_every(POLL);
                    (self.tell)(News::Polling(why));
                    return Some(reading.sources);
                }
            }
        }
        self.reader.read().ok().map(|reading| reading.sources)
    }

    /// The project's folder is gone: the last good site stays, until it is back.
    fn lost(&mut self, error: &io::Error) {
        if !self.missing {
            self.missing = true;
            self.last = None;
            let message = format!("the project's folder cannot be read: {error}");
            self.show_message(&message);
            (self.tell)(News::Missing(message));
        }
    }

    fn show(&mut self, built: Built, sources: &Sources, took: Duration) {
        let Built { tree, findings, marks, base_path, hosts, rest, .. } = built;
        let tree = tree.filter(|_| !stops(&findings, self.strict));
        let good = tree.is_some();
        if let Some(tree) = tree {
            self.stage.show(Shown { tree, marks: Arc::new(marks), hosts, base: base_path.as_str().into(), ..Shown::default() });
            self.open = rest.map(|rest| (findings, rest));
            if self.open.is_none() {
                self.good = self.stage.shown();
            }
        } else {
            let shown = self.stage.shown();
            self.show_problem(problem::of_findings(&findings, sources, shown.has_site()), &shown);
            (self.tell)(News::Found { findings: &findings, sources });
        }
        (self.tell)(News::Built { good, took });
    }

    /// What is shown was audited; with an error the last good site comes back.
    fn audited(&mut self, end: Result<Audited, String>) {
        let (Some((mut findings, _)), Some(sources)) = (self.open.take(), &self.last) else { return };
        let Audited { findings: found, hosts } = match end {
            Ok(audited) => audited,
            Err(panic) => return self.show_problem(problem::of_message(&panic, self.good.has_site()), &self.good),
        };
        findings.extend(found);
        diag::sort(&mut findings);
        findings.dedup();
        if stops(&findings, self.strict) {
            self.show_problem(problem::of_findings(&findings, sources, self.good.has_site()), &self.good);
        } else {
            self.show_exactly(hosts);
            self.good = self.stage.shown();
        }
        (self.tell)(News::Found { findings: &findings, sources });
    }

    /// All pages were looked at: what the host is told follows what they use.
    fn show_exactly(&self, hosts: Arc<Plan>) {
        let shown = self.stage.shown();
        if shown.hosts != hosts {
            let mut tree = Tree::clone(&shown.tree);
            hosts.files().iter().for_each(|(path, bytes)| tree.insert(path, bytes.as_slice()));
            self.stage.show(Shown { tree: Arc::new(tree), hosts, ..Shown::clone(&shown) });
        }
    }

    /// Shows a message over what is shown.
    fn show_message(&self, message: &str) {
        let shown = self.stage.shown();
        self.show_problem(problem::of_message(message, shown.has_site()), &shown);
    }

    /// Shows a problem over a site.
    fn show_problem(&self, html: String, site: &Shown) {
        self.stage.show(Shown { problem: Some(html.into()), ..site.clone() });
    }
}

/// A panic as a message.
pub(super) fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    format!("leitfaden itself has failed, please report it: {}", text.unwrap_or("no reason given"))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the loop reads real files")]
mod tests {
    use std::path::Path;
    use std::sync::mpsc::channel;

    use super::*;

    /// Saves each text and makes a round, with a builder that copies the one file.
    fn rounds(root: &Path, texts: &[&str], build: &mut Builder<'_>) -> Vec<(u64, String, Option<String>)> {
        let (sender, calls) = channel();
        let again = sender.clone();
        let (mut watch, _) = Watch::start(sender, calls, root, Some(POLL));
        let stage = Arc::new(Stage::new().unwrap());
        let mut tell = |_: News<'_>| {};
        let mut rounds = Rounds::new(Reader::new(root), build, false, (Arc::clone(&stage), Auditor::new(again)), &mut tell, &|| Duration::ZERO);
        let mut seen = Vec::new();
        for text in texts {
            std::fs::write(root.join("content/a.md"), text).unwrap();
            rounds.round(&mut watch);
            let shown = stage.shown();
            let text = shown.tree.get("index.html").map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            seen.push((shown.generation, text.unwrap_or_default(), shown.problem.as_deref().map(str::to_owned)));
        }
        seen
    }

    fn site(sources: &Sources) -> Built {
        let text = sources.text("content/a.md").map(|source| source.text.as_bytes().to_vec()).unwrap_or_default();
        Built { tree: Some(Arc::new(Tree::from([("index.html", text)]))), ..Built::default() }
    }

    fn project() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("content")).unwrap();
        folder
    }

    #[test]
    fn a_panic_of_the_builder_is_shown_and_the_last_good_site_stays() {
        let folder = project();
        let seen = rounds(folder.path(), &["one", "fail", "two"], &mut |sources| {
            assert!(!sources.text("content/a.md").is_some_and(|source| source.text.contains("fail")), "the <builder> failed");
            site(sources)
        });
        assert_eq!((seen[0].0, seen[0].1.as_str(), &seen[0].2), (1, "one", &None));
        let problem = seen[1].2.as_deref().unwrap_or_default();
        assert!(seen[1].1 == "one" && problem.contains("the &lt;builder&gt; failed"), "{problem}");
        assert_eq!((seen[2].1.as_str(), &seen[2].2), ("two", &None));
    }

    #[test]
    fn equal_files_are_not_built_again() {
        let folder = project();
        let mut count = 0;
        let seen = rounds(folder.path(), &["one", "one", "two", "two"], &mut |sources| {
            count += 1;
            site(sources)
        });
        assert_eq!((count, seen[3].0), (2, 2));
    }

    #[test]
    fn what_is_saved_during_a_build_is_built_too() {
        let folder = project();
        let path = folder.path().join("content/a.md");
        let mut count = 0;
        let seen = rounds(folder.path(), &["one"], &mut |sources| {
            count += 1;
            if count == 1 {
                std::fs::write(&path, "two").unwrap();
            }
            site(sources)
        });
        assert_eq!(seen, [(1, "two".to_owned(), None)], "the overtaken build was never shown");
    }

    #[test]
    fn endless_saving_does_not_keep_the_site_from_being_shown() {
        let folder = project();
        let path = folder.path().join("content/a.md");
        let mut count = 0;
        let seen = rounds(folder.path(), &["one"], &mut |sources| {
            count += 1;
            if count < 20 {
                std::fs::write(&path, count.to_string()).unwrap();
            }
            site(sources)
        });
        assert_eq!(seen[0].1, "19");
        assert!(seen[0].0 > 10, "the builds in between were shown from some point on");
    }

    #[test]
    fn a_project_that_is_gone_is_said_and_comes_back() {
        let folder = project();
        let away = folder.path().with_extension("away");
        let root = folder.path().to_path_buf();
        let mut count = 0;
        let (sender, calls) = channel();
        let again = sender.clone();
        let (mut watch, _) = Watch::start(sender, calls, &root, Some(POLL));
        let stage = Arc::new(Stage::new().unwrap());
        let mut build = |sources: &Sources| {
            count += 1;
            site(sources)
        };
        let mut tell = |_: News<'_>| {};
        let mut rounds = Rounds::new(Reader::new(&root), &mut build, false, (Arc::clone(&stage), Auditor::new(again)), &mut tell, &|| Duration::ZERO);
        rounds.round(&mut watch);
        std::fs::rename(&root, &away).unwrap();
        rounds.round(&mut watch);
        let shown = stage.shown();
        assert!(shown.problem.as_ref().is_some_and(|problem| problem.contains("cannot be read")) && shown.has_site());
        std::fs::rename(&away, &root).unwrap();
        rounds.round(&mut watch);
        assert_eq!(stage.shown().problem, None);
        assert_eq!(count, 2);
    }
}
