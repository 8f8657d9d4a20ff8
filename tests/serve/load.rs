//! Many at once, in the size that a test can afford; `benches/soak` does it in full.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::super::support::Project;
use super::preview::{Events, PATIENCE, Preview, build};

#[test]
fn bursts_of_a_browser_never_wait() {
    let project = Project::starter();
    let preview = Preview::start(&project, &[]);
    let token = preview.token();
    // What a browser holds open: its event stream and connections made in advance.
    let _events: Vec<Events> = (0..10).map(|_| preview.events()).collect();
    let _silent: Vec<TcpStream> = (0..2).map(|_| TcpStream::connect(preview.address).unwrap()).collect();
    let slowest = (0..100)
        .map(|round| {
            let begin = Instant::now();
            let request = format!("GET / HTTP/1.1\r\nHost: {}\r\nConnection: keep-alive\r\n\r\n", preview.address);
            let mut streams: Vec<TcpStream> = (0..6).map(|_| TcpStream::connect(preview.address).unwrap()).collect();
            for stream in &mut streams {
                stream.set_read_timeout(Some(PATIENCE)).unwrap();
                stream.write_all(request.as_bytes()).unwrap();
            }
            for mut stream in streams {
                let mut answer = Vec::new();
                stream.read_to_end(&mut answer).unwrap();
                assert!(answer.starts_with(b"HTTP/1.1 200 "), "round {round}");
            }
            begin.elapsed()
        })
        .max();
    assert!(slowest.is_some_and(|slowest| slowest < Duration::from_secs(2)), "{slowest:?}");
    assert_eq!(preview.token(), token);
}

#[test]
fn two_hundred_event_clients_hear_a_change_while_pages_are_served() {
    let project = Project::starter();
    let preview = Preview::start(&project, &[]);
    let (token, threads) = (preview.token(), preview.threads());
    let clients: Vec<Events> = (0..200).map(|_| Events::open(preview.address, &token).expect("every client is taken on")).collect();
    preview.until("that open tabs take no threads", || preview.threads() < threads + 20);
    // One of them reads nothing at all.
    let mut deaf = TcpStream::connect(preview.address).unwrap();
    write!(deaf, "GET /__leitfaden/events?token={token} HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address).unwrap();
    let served = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while served.fetch_add(1, Ordering::Relaxed) < 1000 {
                    assert_eq!(preview.get("/glossar/").status, 200);
                }
            });
        }
        project.write("content/neu.md", "---\ntitle: Neu\ndescription: D.\n---\n\nText.\n");
        for (number, client) in clients.iter().enumerate() {
            assert_eq!(client.next(PATIENCE), Some(2), "client {number}");
        }
    });
    // Beyond the limit a client is told to come back.
    let more: Vec<TcpStream> = (0..60)
        .map(|_| {
            let mut stream = TcpStream::connect(preview.address).unwrap();
            write!(stream, "GET /__leitfaden/events?token={token} HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address).unwrap();
            stream
        })
        .collect();
    preview.until("a refusal", || {
        let mut stream = TcpStream::connect(preview.address).unwrap();
        write!(stream, "GET /__leitfaden/events?token={token} HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address).unwrap();
        let mut status = [0; 12];
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.read_exact(&mut status).is_ok() && &status[9..] == b"503"
    });
    drop(more);
    drop(clients);
    // Dead clients are noticed by the beat, and there is room again.
    preview.until("room", || Events::open(preview.address, &token).is_some());
    drop(deaf);
}

/// A small generator with a seed (xorshift), so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

#[test]
fn random_edits_end_in_a_clean_build_for_every_client() {
    let project = Project::starter();
    let preview = Preview::start(&project, &[]);
    let token = preview.token();
    let clients: Vec<Events> = (0..20).map(|_| Events::open(preview.address, &token).unwrap()).collect();
    let mut random = Random(0x1234_5678_9abc_def1);
    let name = |number: usize| format!("content/z{}/t{}.md", number % 3, number);
    for round in 0..120 {
        let path = name(random.below(12));
        let is_there = project.path(&path).exists();
        match random.below(4) {
            0 if is_there => std::fs::remove_file(project.path(&path)).unwrap(),
            1 if is_there => {
                let to = project.path(&name(random.below(12)));
                std::fs::create_dir_all(to.parent().unwrap()).unwrap();
                std::fs::rename(project.path(&path), to).unwrap();
            }
            _ => project.write(&path, format!("---\ntitle: Text {round}\ndescription: D.\n---\n\nRunde {round}.\n")),
        }
        // Between one and fifty edits a second: the pace is the case.
        thread::sleep(Duration::from_millis(20 + 10 * random.below(8) as u64));
    }
    preview.becomes_the_build(&project, &clients[0]);
    let built = build(&project);
    assert_eq!(preview.difference(&built), Vec::<String>::new());
    let last = preview.generation();
    for client in &clients[1..] {
        let mut heard = 0;
        while heard < last {
            heard = client.next(PATIENCE).expect("every client hears the last generation");
        }
    }
}
