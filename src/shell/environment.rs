#![expect(clippy::disallowed_methods, reason = "the shell is where I/O lives")]
//! What the surroundings say: which day it is, and whether colours are wanted.

use std::io::IsTerminal;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::base::date::Day;

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
    let can = || std::io::stderr().is_terminal() && value("CLICOLOR").is_none_or(|value| value != "0") && value("TERM").is_none_or(|value| value != "dumb");
    value("NO_COLOR").is_none() && (value("CLICOLOR_FORCE").is_some_and(|value| value != "0") || can())
}
