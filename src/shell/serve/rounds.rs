//! The loop: look, build, look again, show.
//!
//! 1. look at the files; equal to those of the last build: nothing to do;
//! 2. build, with the function that `leitfaden build` calls; a panic there is an error like others;
//! 3. look again, before it is shown if the system told of something, else after: what was
//!    saved during the build is built too;
//! 4. show the new site, or keep the last good one and show what is wrong;
//! 5. what the build left as it was (print page, index of the search) follows when nothing was
//!    saved for a moment, so that it never keeps the next save waiting.

use std::any::Any;
use std::io;
use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use crate::base::source::Sources;
use crate::pipeline::Built;

use super::super::disk::{Reader, Reading};
use super::problem;
use super::stage::{Shown, Stage};
use super::watch::{Watch, Woken};
use crate::shell::summary::stops;

/// After how long a change is followed by one more look.
const SAFETY: Duration = Duration::from_millis(250);
/// Time between two looks for a project that is gone.
const MISSING: Duration = Duration::from_millis(500);
/// Time between two looks when the system cannot watch.
pub(super) const POLL: Duration = Duration::from_millis(500);
/// Shortest time between two looks that nothing asked for, while somebody watches a page.
const IDLE: Duration = Duration::from_secs(2);
/// Such looks take at most this share of the time.
const IDLE_SHARE: u32 = 500;
/// How long nothing must have been saved before what was left for later is built: twice the
/// time it takes, within these bounds.
const REST: RangeInclusive<Duration> = SAFETY..=Duration::from_secs(5);
/// How often a build is thrown away because something was saved meanwhile.
const RETRIES: usize = 3;

/// What the terminal is told.
pub(crate) enum News<'a> {
    /// A build is done.
    Built { built: &'a Built, sources: &'a Sources, good: bool, changed: bool, took: Duration, second: bool },
    /// The project cannot be read.
    Missing(String),
    /// The project is not watched but looked at.
    Polling(String),
}

/// Builds a site; `soon` leaves what takes long as it was (see `pipeline::Request`).
pub(super) type Builder<'a> = dyn FnMut(&Sources, bool) -> Built + 'a;

/// The loop and what it works with.
pub(super) struct Rounds<'a> {
    reader: Reader,
    build: &'a mut Builder<'a>,
    /// Whether warnings count as errors.
    strict: bool,
    stage: Arc<Stage>,
    tell: &'a mut dyn FnMut(News<'_>),
    /// Time since some moment.
    clock: &'a dyn Fn() -> Duration,
    last: Option<Sources>,
    /// Whether the last build left something as it was before.
    late: bool,
    /// How long the last build took that did not.
    whole: Duration,
    missing: bool,
    /// How long the last look took.
    look: Duration,
}

impl<'a> Rounds<'a> {
    pub(super) fn new(
        reader: Reader,
        build: &'a mut Builder<'a>,
        strict: bool,
        stage: Arc<Stage>,
        tell: &'a mut dyn FnMut(News<'_>),
        clock: &'a dyn Fn() -> Duration,
    ) -> Self {
        Self { reader, build, strict, stage, tell, clock, last: None, late: false, whole: Duration::ZERO, missing: false, look: Duration::ZERO }
    }

    /// Goes round until the user leaves. The first round has been made.
    pub(super) fn run(&mut self, watch: &mut Watch) {
        let mut settle = true;
        loop {
            let patience = match watch.interval() {
                _ if self.missing => MISSING,
                _ if self.late => (self.whole * 2).clamp(*REST.start(), *REST.end()),
                Some(interval) => interval,
                None if settle => SAFETY,
                None if self.stage.clients() > 0 => IDLE.max(self.look * IDLE_SHARE),
                None => Duration::from_secs(3600),
            };
            let woken = watch.wait(patience);
            if woken == Woken::Quit {
                return;
            }
            settle = woken == Woken::Changed;
            self.round(watch, !settle);
        }
    }

    /// One round: afterwards the stage shows the files as they are; with `whole`, also what
    /// a build may leave for later.
    pub(super) fn round(&mut self, watch: &mut Watch, whole: bool) {
        let Some(mut reading) = self.look(watch) else { return };
        for attempt in 0.. {
            let is_known = self.last.as_ref() == Some(&reading.sources);
            if is_known && !(self.late && whole) {
                return;
            }
            let begin = (self.clock)();
            let built = catch_unwind(AssertUnwindSafe(|| self.build_soon(&reading.sources, !is_known)));
            let took = (self.clock)().saturating_sub(begin);
            if is_known {
                self.whole = took;
            }
            // Without an event there is nothing new to see: show first, look then.
            let after = if watch.is_calm() { None } else { Some(self.look(watch)) };
            let is_current = after.as_ref().is_none_or(|after| after.as_ref().is_some_and(|after| after.sources == reading.sources));
            if is_current || attempt >= RETRIES {
                self.late = built.as_ref().is_ok_and(|built| built.late);
                match built {
                    Ok(built) => self.show(built, &reading.sources, took, is_known),
                    Err(panic) => drop(self.show_problem(problem::of_message(&panic_text(panic.as_ref()), self.stage.shown().has_site()))),
                }
                self.last = Some(reading.sources);
            }
            let Some(after) = after.unwrap_or_else(|| self.look(watch)) else { return };
            reading = after;
        }
    }

    /// Builds; what is wrong is only believed of a build that left nothing as it was.
    fn build_soon(&mut self, sources: &Sources, soon: bool) -> Built {
        let built = (self.build)(sources, soon);
        if built.late && stops(&built.findings, self.strict) { (self.build)(sources, false) } else { built }
    }

    /// Reads the project and watches its folders; again if a folder is new.
    fn look(&mut self, watch: &mut Watch) -> Option<Reading> {
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
                Ok(false) => return Some(reading),
                Err(why) => {
                    watch.look_every(POLL);
                    (self.tell)(News::Polling(why));
                    return Some(reading);
                }
            }
        }
        self.reader.read().ok()
    }

    /// The project's folder is gone: the last good site stays, until it is back.
    fn lost(&mut self, error: &io::Error) {
        if !self.missing {
            self.missing = true;
            self.last = None;
            let message = format!("the project's folder cannot be read: {error}");
            let _ = self.show_problem(problem::of_message(&message, self.stage.shown().has_site()));
            (self.tell)(News::Missing(message));
        }
    }

    fn show(&mut self, mut built: Built, sources: &Sources, took: Duration, second: bool) {
        let good = built.tree.is_some() && !stops(&built.findings, self.strict);
        let changed = if good {
            let tree = built.tree.take().unwrap_or_default();
            let marks = Arc::new(std::mem::take(&mut built.marks));
            self.stage.show(Shown { tree, marks, hosts: Arc::clone(&built.hosts), base: built.base_path.as_str().into(), ..Shown::default() })
        } else {
            let html = problem::of_findings(&built.findings, sources, self.stage.shown().has_site());
            self.show_problem(html)
        };
        (self.tell)(News::Built { built: &built, sources, good, changed, took, second });
    }

    fn show_problem(&self, html: String) -> bool {
        let shown = self.stage.shown();
        self.stage.show(Shown { problem: Some(html.into()), ..Shown::clone(&shown) })
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    format!("leitfaden itself has failed, please report it: {}", text.unwrap_or("no reason given"))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the loop reads real files")]
mod tests {
    use std::path::Path;
    use std::sync::mpsc::channel;

    use super::*;
    use crate::render::tree::Tree;

    /// Saves each text and makes a round, with a builder that copies the one file.
    fn rounds(root: &Path, texts: &[&str], build: &mut Builder<'_>) -> Vec<(u64, String, Option<String>)> {
        let (sender, calls) = channel();
        let (mut watch, _) = Watch::start(sender, calls, root, Some(POLL));
        let stage = Arc::new(Stage::new().unwrap());
        let mut tell = |_: News<'_>| {};
        let mut rounds = Rounds::new(Reader::new(root), build, false, Arc::clone(&stage), &mut tell, &|| Duration::ZERO);
        let mut seen = Vec::new();
        for text in texts {
            std::fs::write(root.join("content/a.md"), text).unwrap();
            rounds.round(&mut watch, true);
            let shown = stage.shown();
            let text = shown.tree.get("index.html").map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            seen.push((shown.generation, text.unwrap_or_default(), shown.problem.as_deref().map(str::to_owned)));
        }
        seen
    }

    fn site(sources: &Sources) -> Built {
        let text = sources.text("content/a.md").map(|source| source.text.as_bytes().to_vec()).unwrap_or_default();
        Built { tree: Some(Arc::new(Tree::from([("index.html".to_owned(), text)]))), ..Built::default() }
    }

    fn project() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("content")).unwrap();
        folder
    }

    #[test]
    fn a_panic_of_the_builder_is_shown_and_the_last_good_site_stays() {
        let folder = project();
        let seen = rounds(folder.path(), &["one", "fail", "two"], &mut |sources, _| {
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
        let seen = rounds(folder.path(), &["one", "one", "two", "two"], &mut |sources, _| {
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
        let seen = rounds(folder.path(), &["one"], &mut |sources, _| {
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
        let seen = rounds(folder.path(), &["one"], &mut |sources, _| {
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
        let (mut watch, _) = Watch::start(sender, calls, &root, Some(POLL));
        let stage = Arc::new(Stage::new().unwrap());
        let mut build = |sources: &Sources, _: bool| {
            count += 1;
            site(sources)
        };
        let mut tell = |_: News<'_>| {};
        let mut rounds = Rounds::new(Reader::new(&root), &mut build, false, Arc::clone(&stage), &mut tell, &|| Duration::ZERO);
        rounds.round(&mut watch, true);
        std::fs::rename(&root, &away).unwrap();
        rounds.round(&mut watch, true);
        let shown = stage.shown();
        assert!(shown.problem.as_ref().is_some_and(|problem| problem.contains("cannot be read")) && shown.has_site());
        std::fs::rename(&away, &root).unwrap();
        rounds.round(&mut watch, true);
        assert_eq!(stage.shown().problem, None);
        assert_eq!(count, 2);
    }
}
