#![expect(clippy::disallowed_methods, reason = "the shell is where I/O lives")]
//! The HTTP server behind the gate, the only module that names it.
//!
//! It listens on a socket in a folder of our own, which no web page and no other user can
//! reach. Each request gets a thread, so that a slow reader holds up nobody.
//! If the server ever stops listening, the next connection starts it again.

use std::fs::{self, DirBuilder};
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use tiny_http::{Request, Server};

use super::head::Head;

/// Answers one request: writes to the stream, or keeps it (event clients).
pub(super) type Answer = dyn Fn(&Head, Box<dyn Write + Send>) -> io::Result<()> + Send + Sync;

/// How long the gate waits for the next byte of an answer; event clients get one more often.
const ANSWER_TIME: Duration = Duration::from_secs(60);

/// The server behind the gate.
pub(super) struct Inside {
    folder: PathBuf,
    answer: Arc<Answer>,
    restart: Mutex<()>,
}

impl Inside {
    /// Starts the server; `name` tells its folder from those of other runs.
    pub(super) fn start(name: &str, answer: Arc<Answer>) -> io::Result<Self> {
        let folder = std::env::temp_dir().join(format!("leitfaden-{name}"));
        DirBuilder::new().mode(0o700).create(&folder)?;
        let inside = Self { folder, answer, restart: Mutex::new(()) };
        inside.listen()?;
        Ok(inside)
    }

    fn socket(&self) -> PathBuf {
        self.folder.join("http")
    }

    /// A connection to the server.
    pub(super) fn connect(&self) -> io::Result<UnixStream> {
        let stream = UnixStream::connect(self.socket()).or_else(|_| {
            let _one = self.restart.lock().unwrap_or_else(PoisonError::into_inner);
            // Somebody else may have started it while we waited.
            UnixStream::connect(self.socket()).or_else(|_| self.listen().and_then(|()| UnixStream::connect(self.socket())))
        })?;
        stream.set_read_timeout(Some(ANSWER_TIME))?;
        Ok(stream)
    }

    fn listen(&self) -> io::Result<()> {
        let _ = fs::remove_file(self.socket());
        let listener = UnixListener::bind(self.socket())?;
        let server = Server::from_listener(listener, None).map_err(io::Error::other)?;
        let answer = Arc::clone(&self.answer);
        thread::Builder::new().name("http".to_owned()).spawn(move || take(server, &answer))?;
        Ok(())
    }

    /// Removes the socket and its folder.
    pub(super) fn close(&self) {
        remove(&self.folder);
    }
}

fn remove(folder: &Path) {
    let _ = fs::remove_dir_all(folder);
}

/// Takes requests until the server stops listening.
fn take(server: Server, answer: &Arc<Answer>) {
    while let Ok(request) = server.recv() {
        let answer = Arc::clone(answer);
        // Without a thread the request is dropped, which answers it with 500.
        let _ = thread::Builder::new().name("answer".to_owned()).spawn(move || {
            let head = head(&request);
            // The reader may be gone; that is nobody's error.
            let _ = answer(&head, request.into_writer());
        });
    }
    // Dropping it would connect to the socket, which may be a new server's by now.
    std::mem::forget(server);
}

fn head(request: &Request) -> Head {
    let headers = request.headers().iter().map(|header| (header.field.as_str().as_str(), header.value.as_str()));
    Head::of(request.method().as_str(), request.url(), headers)
}
