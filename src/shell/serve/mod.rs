#![expect(clippy::disallowed_methods, reason = "the shell is where I/O lives")]
//! `leitfaden serve`: the live preview. Nothing is written to the project.
//!
//! ```text
//! watch ─ hint ─► rounds: look ► pipeline::begin ► look ─► stage ─► events ─► worker ─► pages
//!                 └─ at rest ─► audit: every page
//! browser ─► gate: whole, small heads only ─► inside: HTTP ─► desk: door, address, page
//!                                            └─ of event clients ─► desk
//! ```

mod address;
mod audit;
mod browser;
mod desk;
mod door;
mod gate;
mod head;
mod inside;
mod page;
mod policy;
mod problem;
mod quit;
mod reply;
mod rounds;
mod stage;
mod watch;

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use crate::base::hash::sha256_hex;
use crate::base::source::Sources;
use crate::pipeline::Built;

use super::disk::Reader;
use audit::Auditor;
use desk::Desk;
use door::Door;
use inside::Inside;
use rounds::Rounds;
use stage::Stage;
use watch::Watch;

pub(crate) use rounds::News;

/// The port that is taken if none is asked for.
pub(crate) const PORT: u16 = 4000;
/// How many ports above it are tried.
const NEXT_PORTS: u16 = 20;

/// What `serve` is asked for.
pub(crate) struct Wish {
    /// The project's folder.
    pub(crate) root: PathBuf,
    /// Where `build` writes to: never read, never watched.
    pub(crate) output: Option<PathBuf>,
    /// Where to listen.
    pub(crate) bind: IpAddr,
    /// The port; without one, the first free from [`PORT`] on.
    pub(crate) port: Option<u16>,
    /// Looks at the project in this interval instead of being told.
    pub(crate) poll: Option<Duration>,
    /// Opens the browser.
    pub(crate) open: bool,
    /// Whether warnings count as errors.
    pub(crate) strict: bool,
}

/// Serves until the user leaves. `ready` is told the address.
pub(crate) fn run(wish: &Wish, build: &mut dyn FnMut(&Sources) -> Built, tell: &mut dyn FnMut(News<'_>), ready: &mut dyn FnMut(&str)) -> Result<(), String> {
    let root = wish.root.canonicalize().map_err(|error| format!("the folder `{}` cannot be read: {error}", wish.root.display()))?;
    let listener = listen(wish.bind, wish.port)?;
    let address = listener.local_addr().map_err(|error| format!("the port cannot be used: {error}"))?;
    let failed = |error: std::io::Error| format!("the preview cannot start: {error}");
    let token = token().map_err(failed)?;
    let (sender, calls) = mpsc::channel();
    quit::on_signal(sender.clone()).map_err(failed)?;
    let auditor = Auditor::new(sender.clone());

    let stage = Arc::new(Stage::new().map_err(failed)?);
    let (mut watch, why) = Watch::start(sender, calls, &root, wish.poll);
    if let Some(why) = why {
        watch.look_every(rounds::POLL);
        tell(News::Polling(why));
    }
    let begin = Instant::now();
    let clock = || begin.elapsed();
    let mut rounds = Rounds::new(Reader::new(&root).without(wish.output.as_deref()), build, wish.strict, (Arc::clone(&stage), auditor), tell, &clock);
    rounds.round(&mut watch);

    let desk = Arc::new(Desk { door: Door { address }, stage: Arc::clone(&stage), token: token.clone() });
    let own = Arc::clone(&desk);
    // The folder's name can be seen by others on this machine, so it is not the token's.
    let inside = Inside::start(&sha256_hex(token.as_bytes())[..16], Arc::new(move |head, out| own.answer(head, out))).map_err(failed)?;
    let inside = Arc::new(inside);
    let behind = Arc::clone(&inside);
    thread::Builder::new().name("gate".to_owned()).spawn(move || gate::run(&listener, &behind, &desk)).map_err(failed)?;
    let url = format!("http://{address}{}", stage.shown().base);
    ready(&url);
    if wish.open {
        browser::open(&url);
    }
    rounds.run(&mut watch);
    inside.close();
    Ok(())
}

/// Takes a port. One that was asked for and is taken is an error; otherwise the next free.
fn listen(bind: IpAddr, port: Option<u16>) -> Result<TcpListener, String> {
    let ports = match port {
        Some(port) => port..=port,
        None => PORT..=PORT + NEXT_PORTS,
    };
    let mut last = String::new();
    for port in ports {
        match TcpListener::bind(SocketAddr::new(bind, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse => last = format!("port {port} is taken; choose another with --port, or 0 for any free one"),
            Err(error) => return Err(format!("{bind} port {port} cannot be used: {error}")),
        }
    }
    Err(last)
}

/// 128 bits that nobody can guess.
fn token() -> std::io::Result<String> {
    let mut bytes = [0; 16];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(sha256_hex(&bytes)[..32].to_owned())
}
