//! The live preview with real files and real sockets: how editors save, what goes wrong, who attacks.
//!
//! Nothing here sleeps and hopes: every test waits for a matching event and shows what came
//! instead. What needs a browser is in `tests/browser/preview.mjs`.

mod attacks;
mod faults;
mod http;
mod load;
mod preview;
mod saving;
