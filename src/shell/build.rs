//! `leitfaden build`: from the project's folder to the website's.
//!
//! 1. what there is to read is listed; if all is as the record of the last build says, that was it;
//! 2. else everything is read, made and audited, and written beside the output as it is made;
//! 3. findings are printed; without one that stops it the output is exchanged;
//! 4. what was published is recorded.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use super::cli::{Build, Common, begin, print, refused, request, say, unreadable};
use super::disk::Reader;
use super::environment;
use super::progress::Progress;
use super::publish::{Press, Published, Written};
use super::record::{self, Key, Unchanged, Words};
use super::report::{self, Format};
use super::summary::{guide, stops, wrote};
use super::timings::Timings;
use crate::base::diag::{Diagnostic, Severity};
use crate::pipeline;

/// `leitfaden build`.
pub(super) fn build(common: &Common, flags: &Build) -> Result<ExitCode, String> {
    let mut timings = Timings::start();
    let output = flags.output.clone().unwrap_or_else(|| common.root.join("public"));
    let request = request(common, &flags.site)?;
    let key = Key::of(&request);
    let mut reader = Reader::new(&common.root);
    let listing = reader.list().map_err(|error| unreadable(common, &error))?;
    let manner = format!("{:?} {} {}", common.format, environment::colour(), flags.site.strict);
    let unchanged = record::unchanged(&common.root, &key, &output, &manner, &listing);
    timings.phase("compare");
    if let Some(Unchanged { findings, guide, files }) = unchanged {
        say(&findings);
        end(common, flags, &guide, Written { written: 0, unchanged: files, removed: 0 }, &output, &timings);
        std::mem::forget(listing);
        return Ok(ExitCode::SUCCESS);
    }
    let progress = Progress::start(!common.quiet && common.format == Format::Human && environment::is_screen());
    let mut phase = |name| {
        timings.phase(name);
        progress.phase(name);
    };
    let sources = reader.take(listing).sources;
    phase("read");
    let begun = begin(&sources, &request, &output, &mut phase);
    // Nothing is touched for a site that is known to have errors.
    let press = begun.tree.is_some().then(|| Press::open(&output)).transpose().map_err(|error| error.to_string())?;
    let take = |path: &str, bytes: Arc<[u8]>| press.iter().for_each(|press| press.put(path, Arc::clone(&bytes)));
    let built = pipeline::finish(begun, &take, &mut phase);
    drop(progress);
    let findings: Vec<Diagnostic> = built.findings.iter().filter(|finding| finding.severity != Severity::Note).cloned().collect();
    let findings = report::render(&findings, &sources, common.format, environment::colour());
    say(&findings);
    let Some(press) = press.filter(|_| built.tree.is_some() && !stops(&built.findings, flags.site.strict)) else {
        return Ok(refused(common, &built.findings));
    };
    let Published { written, hashes } = press.publish().map_err(|error| error.to_string())?;
    timings.phase("write");
    let guide = guide(&built);
    record::note(&common.root, &key, &output, Words { manner: &manner, findings: &findings, guide: &guide }, &reader, &hashes);
    timings.phase("record");
    end(common, flags, &guide, written, &output, &timings);
    // The process ends here; giving back millions of pieces one by one would take a good part of a second.
    std::mem::forget((reader, sources, built, hashes));
    Ok(ExitCode::SUCCESS)
}

/// What is said at the end.
fn end(common: &Common, flags: &Build, guide: &str, written: Written, output: &Path, timings: &Timings) {
    if !common.quiet {
        print(&format!("{guide}\n{}", wrote(written, output)));
    }
    if flags.timings {
        say(&timings.to_text());
    }
}
