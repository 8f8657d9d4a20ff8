#![expect(clippy::disallowed_methods, reason = "the shell is where I/O lives")]
//! What the surroundings say: which day it is, whether colours are wanted, which commit was built,
//! which program runs.

use std::fs;
use std::io::IsTerminal;
use std::sync::LazyLock;
use std::time::{SystemTime, UNIX_EPOCH};

use super::stamp::Stamp;
use crate::base::date::Day;

/// The version; with the commit where the build was told it (`LEITFADEN_COMMIT`), because a build that looked
/// for it itself would not give the same bytes from an archive.
pub(crate) static VERSION: LazyLock<String> = LazyLock::new(|| match option_env!("LEITFADEN_COMMIT") {
    Some(commit) if !commit.is_empty() => format!("{} ({commit})", env!("CARGO_PKG_VERSION")),
    _ => env!("CARGO_PKG_VERSION").to_owned(),
});

/// The program that runs, so that another one of the same version is told from it. Its stamp counts at once: no file
/// can be written to while it runs. Linux names it even if something else has its path by now.
pub(crate) fn program() -> Option<String> {
    let metadata = fs::metadata("/proc/self/exe").or_else(|_| fs::metadata(std::env::current_exe()?)).ok()?;
    Some(format!("{:?} {}", *VERSION, Stamp::of(&metadata)))
}

/// What differs with each start of the machine, where it says so: after a power cut files may have other bytes than their metadata says.
pub(crate) fn boot() -> String {
    fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default()
}

/// The date enters here and nowhere else: as `wished`, as `SOURCE_DATE_EPOCH` says, or from the clock.
pub(crate) fn today(wished: Option<Day>) -> Result<Day, String> {
    if let Some(today) = wished {
        return Ok(today);
    }
    let seconds = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text.trim().parse().map_err(|_| format!("SOURCE_DATE_EPOCH is `{text}`, not a number of seconds"))?,
        Err(_) => SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| i64::try_from(elapsed.as_secs()).unwrap_or(0)),
    };
    Day::from_unix(seconds).ok_or_else(|| "the date is out of range".to_owned())
}

/// Colours on a terminal that has some, unless `NO_COLOR` (no-color.org, any value) or `CLICOLOR=0` says no or `CLICOLOR_FORCE` says yes.
pub(crate) fn colour() -> bool {
    let value = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let can = || is_screen() && value("CLICOLOR").is_none_or(|value| value != "0");
    value("NO_COLOR").is_none() && (value("CLICOLOR_FORCE").is_some_and(|value| value != "0") || can())
}

/// Whether findings go to a terminal that understands more than text.
pub(crate) fn is_screen() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}
