//! `leitfaden check`: a build that is not written.
//!
//! 1. everything is made and audited, only the sizes are kept;
//! 2. with `--external` the pages elsewhere are asked for;
//! 3. with `--host` it says what that host cannot do.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use super::cli::{Check, Common, begin_site, print, refused, say};
use super::environment::{self, today};
use super::external;
use super::report::{self, Format};
use super::summary::{guide, stops};
use crate::base::diag::{self, Diagnostic, Severity};
use crate::pipeline::{self, Built, Rest};
use crate::render::hosts::predict;

/// `leitfaden check`: a build that is not written, and what only it asks.
pub(super) fn check(common: &Common, flags: &Check) -> Result<ExitCode, String> {
    let mut phase = |_| {};
    let (sources, built) = begin_site(common, &flags.site, flags.external, &common.root.join("public"), &mut phase)?;
    let (rest, sizes) = (built.rest.clone(), Mutex::new(BTreeMap::new()));
    let weigh = |path: &str, bytes: Arc<[u8]>| {
        sizes.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), bytes.len());
    };
    let mut built = pipeline::finish(built, &weigh, &mut phase);
    if flags.external {
        external(common, rest.filter(|_| built.tree.is_some()).as_ref(), &mut built)?;
    }
    if let Some(host) = flags.host.filter(|_| built.tree.is_some()) {
        let (text, found) = predict::predict(host, &built.hosts, sizes.into_inner().unwrap_or_else(PoisonError::into_inner).values().sum());
        built.findings.extend(found);
        diag::sort(&mut built.findings);
        print(&text);
    }
    // Remarks stand back while there is something to mend.
    let is_clean = !built.findings.iter().any(|finding| finding.severity == Severity::Error);
    let shown: Vec<Diagnostic> = built.findings.iter().filter(|finding| is_clean || finding.severity != Severity::Note).cloned().collect();
    say(&report::render(&shown, &sources, common.format, environment::colour()));
    if built.tree.is_none() || stops(&built.findings, flags.site.strict) {
        return Ok(refused(common, &built.findings));
    }
    if !common.quiet {
        print(&format!("{}\n", guide(&built)));
    }
    Ok(ExitCode::SUCCESS)
}

/// Asks for every address elsewhere; what is found comes to the other findings.
fn external(common: &Common, rest: Option<&Rest>, built: &mut Built) -> Result<(), String> {
    let is_told = !common.quiet && matches!(common.format, Format::Human | Format::Short);
    let Some(rest) = rest else {
        say(if is_told { "note: pages elsewhere were not asked for: mend the errors first\n" } else { "" });
        return Ok(());
    };
    let on_terminal = is_told && environment::is_screen();
    let mut tell = |external::Progress { done, all }| say(&if on_terminal { format!("\r{done} of {all} addresses elsewhere") } else { String::new() });
    let ran = external::check(&rest.outgoing(), &common.root, rest.base_url(), today(common.today)?, &mut tell);
    say(if on_terminal { "\n" } else { "" });
    if let Some(why) = ran.unsaved {
        say(&format!("note: what was learned could not be remembered in `.leitfaden`: {why}\n"));
    }
    if !common.quiet {
        print(&ran.told);
    }
    built.findings.extend(ran.findings);
    diag::sort(&mut built.findings);
    Ok(())
}
