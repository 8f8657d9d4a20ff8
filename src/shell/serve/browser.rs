#![expect(clippy::disallowed_methods, reason = "the shell is where the environment is read")]
//! Opens the browser, by the way of the system.

use std::process::{Command, Stdio};

/// Opens an address; without a browser nothing happens, the address stands in the terminal.
pub(super) fn open(url: &str) {
    let default = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let program = std::env::var("BROWSER").ok().filter(|name| !name.is_empty()).unwrap_or_else(|| default.to_owned());
    let _ = Command::new(program).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
}
