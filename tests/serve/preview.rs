//! A running preview, its answers and its events.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::super::support::{Project, TODAY, read_tree, run};

/// Longest wait for anything.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// A preview; it ends with the value.
pub(super) struct Preview {
    child: Child,
    pub(super) address: SocketAddr,
    pub(super) url: String,
    said: Arc<Mutex<String>>,
}

impl Preview {
    pub(super) fn start(project: &Project, args: &[&str]) -> Self {
        Self::start_by(Command::new(env!("CARGO_BIN_EXE_leitfaden")), project, &[&["--port", "0"], args].concat())
    }

    /// Starts it by a command of one's own, for example a shell that sets a limit first.
    pub(super) fn start_by(mut command: Command, project: &Project, args: &[&str]) -> Self {
        let root = project.root().display().to_string();
        command.args(["--root", &root, "--today", TODAY, "serve"]).args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.env_remove("CLICOLOR_FORCE").spawn().expect("the preview can be started");
        let said = Arc::new(Mutex::new(String::new()));
        let (stderr, heard) = (child.stderr.take().unwrap(), Arc::clone(&said));
        thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                heard.lock().unwrap().push_str(&(line + "\n"));
            }
        });
        let (sender, lines) = channel();
        let stdout = child.stdout.take().unwrap();
        thread::spawn(move || BufReader::new(stdout).lines().map_while(Result::ok).for_each(|line| drop(sender.send(line))));
        let line = lines.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("the preview did not start: {}", said.lock().unwrap()));
        let url = line.strip_prefix("Serving ").unwrap_or_else(|| panic!("{line:?} is not the line")).to_owned();
        let address = url.strip_prefix("http://").and_then(|rest| rest.split('/').next()).unwrap().parse().unwrap();
        Self { child, address, url, said }
    }

    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    /// How many threads it has.
    pub(super) fn threads(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/task", self.id())).map_or(0, Iterator::count)
    }

    /// What it printed to the terminal.
    pub(super) fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Asks again and again, for what makes no event.
    pub(super) fn until(&self, what: &str, mut done: impl FnMut() -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !done() {
            assert!(Instant::now() < deadline, "{what} did not come; the terminal: {}", self.said());
            thread::sleep(Duration::from_millis(5));
        }
    }

    pub(super) fn is_alive(&mut self) -> bool {
        self.child.try_wait().expect("it can be asked").is_none()
    }

    /// Sends a signal by its name.
    pub(super) fn signal(&self, name: &str) {
        let status = Command::new("kill").args([&format!("-{name}"), &self.id().to_string()]).status().expect("there is kill");
        assert!(status.success());
    }

    /// Waits for its end; the exit code.
    pub(super) fn ended(mut self) -> Option<i32> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("it can be asked") {
                return status.code();
            }
            assert!(Instant::now() < deadline, "it does not end");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Sends bytes and reads until the end; nothing if the connection broke.
    pub(super) fn raw(&self, bytes: &[u8]) -> Vec<u8> {
        let mut stream = TcpStream::connect(self.address).expect("the preview listens");
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        answer
    }

    pub(super) fn ask(&self, method: &str, target: &str, headers: &[(&str, &str)]) -> Answer {
        let mut text = format!("{method} {target} HTTP/1.1\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            text.push_str(&format!("Host: {}\r\n", self.address));
        }
        for (name, value) in headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        Answer::read(&self.raw((text + "\r\n").as_bytes()))
    }

    pub(super) fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, &[])
    }

    pub(super) fn token(&self) -> String {
        let html = self.get(self.url.strip_prefix(&format!("http://{}", self.address)).unwrap()).text();
        html.split(" data-token=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_else(|| panic!("no token in {html}")).to_owned()
    }

    /// The generation that is shown.
    pub(super) fn generation(&self) -> u64 {
        let state = self.get(&format!("/__leitfaden/state?token={}&path=%2F", self.token()));
        let state: serde_json::Value = serde_json::from_str(&state.text()).unwrap();
        state["generation"].as_u64().unwrap()
    }

    /// A new event client.
    pub(super) fn events(&self) -> Events {
        Events::open(self.address, &self.token()).expect("the event stream opens")
    }

    /// Waits until every page is, but for the script, what a build of the files writes.
    pub(super) fn becomes_the_build(&self, project: &Project, events: &Events) {
        let built = build(project);
        let deadline = Instant::now() + PATIENCE;
        loop {
            let wrong = self.difference(&built);
            if wrong.is_empty() {
                return;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(events.next(left).is_some(), "these files are not those of a build: {wrong:?}; the terminal: {}", self.said());
        }
    }

    /// The files that differ from a build.
    pub(super) fn difference(&self, built: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
        let differs = |(path, bytes): &(&String, &Vec<u8>)| {
            let answer = self.get(&format!("/{path}"));
            answer.status != 200 || without_script(&answer.body) != **bytes
        };
        built.iter().filter(|(path, _)| !path.starts_with(".leitfaden")).filter(differs).map(|(path, _)| path.clone()).collect()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        // Killed like this it cannot tidy up.
        if let Ok(entries) = std::fs::read_dir(std::env::temp_dir()) {
            let dead = |name: &str| name.strip_prefix("leitfaden-").is_some_and(|token| token.len() == 16);
            let mine = entries.flatten().filter(|entry| entry.file_name().to_str().is_some_and(dead));
            for entry in mine.filter(|entry| std::os::unix::net::UnixStream::connect(entry.path().join("http")).is_err()) {
                let _ = std::fs::remove_dir_all(entry.path());
            }
        }
    }
}

/// A clean build of a project.
pub(super) fn build(project: &Project) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    let root = project.root().display().to_string();
    let ran = run(&["--root", &root, "--today", TODAY, "build", "--output", &output.display().to_string()]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    read_tree(&output)
}

/// A page without the one tag that the preview adds.
pub(super) fn without_script(html: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(html) else { return html.to_vec() };
    let Some((before, rest)) = text.split_once("<script src=\"/__leitfaden/") else { return html.to_vec() };
    let after = rest.split_once("</script>").expect("the tag ends").1;
    [before, after].concat().into_bytes()
}

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    /// 0 if the connection broke without one.
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn read(bytes: &[u8]) -> Self {
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
            return Self { status: 0, headers: Vec::new(), body: Vec::new() };
        };
        let head = std::str::from_utf8(&bytes[..end]).expect("heads are plain");
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok()).unwrap_or(0);
        let headers = lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        Self { status, headers: headers.collect(), body: bytes[end + 4..].to_vec() }
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// An event client.
pub(super) struct Events {
    generations: Receiver<u64>,
    stream: TcpStream,
}

impl Events {
    /// Opens a stream and waits for its first event.
    pub(super) fn open(address: SocketAddr, token: &str) -> Option<Self> {
        let mut stream = TcpStream::connect(address).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        write!(stream, "GET /__leitfaden/events?token={token} HTTP/1.1\r\nHost: {address}\r\n\r\n").ok()?;
        let (sender, generations) = channel();
        let reading = stream.try_clone().ok()?;
        thread::spawn(move || {
            for line in BufReader::new(reading).lines().map_while(Result::ok) {
                let generation = line.strip_prefix("data: {\"generation\":").and_then(|rest| rest.strip_suffix('}'));
                if let Some(generation) = generation.and_then(|number| number.parse().ok())
                    && sender.send(generation).is_err()
                {
                    return;
                }
            }
        });
        let events = Self { generations, stream };
        events.next(PATIENCE)?;
        Some(events)
    }

    /// The next generation, if one comes in time.
    pub(super) fn next(&self, patience: Duration) -> Option<u64> {
        self.generations.recv_timeout(patience).ok()
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        let _ = self.stream.shutdown(std::net::Shutdown::Both);
    }
}
