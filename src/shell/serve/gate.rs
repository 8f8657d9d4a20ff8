#![expect(clippy::disallowed_methods, reason = "the shell is where I/O lives")]
//! The gate: every connection from outside is looked at here before the HTTP server sees it.
//!
//! 1. accept, up to a number of connections that the process can hold;
//! 2. read the head within one deadline and one size, refuse what is not whole and plain;
//! 3. one who asks for events goes to the desk itself: what waits for hours needs no thread;
//! 4. hand every other head to the server behind on a socket of its own, with `Connection: close`;
//! 5. pass the answer back; one connection, one answer.
//!
//! `tiny_http` has no limit on heads, connections or time, dies of one large
//! `Content-Length`, stops accepting after one error, and lets a request wait for ever while
//! another connection is held open (ARCHITECTURE.md). Behind the gate none of it can happen:
//! a request comes whole, without a body, and leaves the server's pool at once.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::address::is_events;
use super::desk::Desk;
use super::head::{self, Head, MAX_HEAD, Refusal};
use super::inside::Inside;

/// How long a head may take, from the first byte to the last.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// How long a reader may let a write wait.
const WRITE_TIME: Duration = Duration::from_secs(10);
/// How long what a refused client still sends is read, so that it can read the answer.
const LINGER: Duration = Duration::from_millis(300);
/// Pause after an accept that failed, mostly for lack of file handles.
const PAUSE: Duration = Duration::from_millis(20);
/// A thread here holds a few small buffers.
const STACK: usize = 256 << 10;
/// Handles of one connection: its own, the one behind, and the two of the server.
const HANDLES: usize = 4;
/// Handles that the builder, the watcher and the terminal keep for themselves.
const RESERVED: usize = 64;
/// Most connections, however many handles there are.
const MAX_CONNECTIONS: usize = 2048;

/// Lets connections in for ever.
pub(super) fn run(listener: &TcpListener, inside: &Arc<Inside>, desk: &Arc<Desk>) {
    let open = Arc::new(AtomicUsize::new(0));
    let limit = raise_handles().saturating_sub(RESERVED).div_euclid(HANDLES).clamp(4, MAX_CONNECTIONS);
    loop {
        let Ok((stream, _)) = listener.accept() else {
            thread::sleep(PAUSE);
            continue;
        };
        let held = Held::new(&open);
        if held.count > limit {
            let _ = stream.set_write_timeout(Some(LINGER));
            refuse(stream, Refusal(503, "Service Unavailable"), false);
            continue;
        }
        let (inside, desk) = (Arc::clone(inside), Arc::clone(desk));
        let guest = thread::Builder::new().name("guest".to_owned()).stack_size(STACK);
        // Without a thread the connection closes; the browser tries again.
        let _ = guest.spawn(move || {
            // A client that goes away in the middle is nobody's error.
            let _ = receive(stream, held, &inside, &desk);
        });
    }
}

/// A counted connection.
struct Held {
    open: Arc<AtomicUsize>,
    count: usize,
}

impl Held {
    fn new(open: &Arc<AtomicUsize>) -> Self {
        Self { open: Arc::clone(open), count: open.fetch_add(1, Ordering::Relaxed) + 1 }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Asks for as many file handles as the system grants; says how many there are.
fn raise_handles() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let wanted = (MAX_CONNECTIONS * HANDLES + RESERVED) as u64;
    let now = getrlimit(Resource::Nofile);
    let current = now.current.unwrap_or(wanted);
    let goal = now.maximum.unwrap_or(wanted).min(wanted).max(current);
    let raised = goal == current || setrlimit(Resource::Nofile, Rlimit { current: Some(goal), maximum: now.maximum }).is_ok();
    usize::try_from(if raised { goal } else { current }).unwrap_or(usize::MAX)
}

/// One who waits for events.
struct Waiting {
    stream: TcpStream,
    _held: Held,
}

impl Write for Waiting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

fn receive(mut stream: TcpStream, held: Held, inside: &Inside, desk: &Desk) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_write_timeout(Some(WRITE_TIME))?;
    let head = match read_head(&mut stream)? {
        Some(Ok(head)) => head,
        Some(Err(refusal)) => {
            refuse(stream, refusal, true);
            return Ok(());
        }
        None => return Ok(()),
    };
    if is_events(&head.target) {
        // Whoever reads so little that a line of events has to wait is no longer there, and holds up nobody.
        stream.set_nonblocking(true)?;
        return desk.answer(&head, Box::new(Waiting { stream, _held: held }));
    }
    let Ok(mut behind) = inside.connect() else {
        refuse(stream, Refusal(503, "Service Unavailable"), false);
        return Ok(());
    };
    behind.write_all(&head.to_bytes())?;
    io::copy(&mut behind, &mut stream)?;
    stream.shutdown(Shutdown::Write)
}

/// Reads until the empty line; nothing if the client said nothing or went away.
fn read_head(stream: &mut TcpStream) -> io::Result<Option<Result<Head, Refusal>>> {
    let deadline = Instant::now() + HEAD_TIME;
    let mut bytes = Vec::with_capacity(1024);
    let mut piece = [0; 2048];
    loop {
        if let Some(end) = head::end(&bytes) {
            return Ok(Some(head::parse(&bytes[..end])));
        }
        if head::is_hopeless(&bytes) {
            return Ok(Some(Err(Refusal(400, "Bad Request"))));
        }
        if bytes.len() > MAX_HEAD {
            return Ok(Some(Err(Refusal(431, "Request Header Fields Too Large"))));
        }
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok((!bytes.is_empty()).then_some(Err(Refusal(408, "Request Timeout"))));
        }
        stream.set_read_timeout(Some(left))?;
        match stream.read(&mut piece) {
            Ok(0) => return Ok(None),
            Ok(count) => bytes.extend_from_slice(&piece[..count]),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted) => {}
            Err(error) => return Err(error),
        }
    }
}

/// Answers with a status and closes. What the client still sends is read for a moment:
/// closing over unread bytes would take the answer away from it.
fn refuse(mut stream: TcpStream, Refusal(status, reason): Refusal, linger: bool) {
    let body = format!("{status} {reason}\n");
    let allow = if status == 405 { "Allow: GET, HEAD\r\n" } else { "" };
    let retry = if status == 503 { "Retry-After: 1\r\n" } else { "" };
    let text = format!(
        "HTTP/1.1 {status} {reason}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\nX-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\n{allow}{retry}Connection: close\r\n\r\n{body}",
        body.len()
    );
    if stream.write_all(text.as_bytes()).is_err() || stream.shutdown(Shutdown::Write).is_err() || !linger {
        return;
    }
    let deadline = Instant::now() + LINGER;
    let mut waste = [0; 4096];
    while let Some(left) = deadline.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) {
        if stream.set_read_timeout(Some(left)).is_err() || !matches!(stream.read(&mut waste), Ok(1..)) {
            return;
        }
    }
}
