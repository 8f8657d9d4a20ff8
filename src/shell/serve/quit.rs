//! Ctrl-C ends the preview in order, the only module that names the signal crate.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::Sender;
use std::thread;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use signal_hook::iterator::Signals;

use super::watch::Call;

/// The first signal asks the loop to leave; a second one ends the program at once.
pub(super) fn on_signal(calls: Sender<Call>) -> io::Result<()> {
    let leaving = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // In this order: the second signal finds what the first one left.
        flag::register_conditional_default(signal, Arc::clone(&leaving))?;
        flag::register(signal, Arc::clone(&leaving))?;
    }
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for _ in signals.forever() {
            let _ = calls.send(Call::Quit);
        }
    })?;
    Ok(())
}
