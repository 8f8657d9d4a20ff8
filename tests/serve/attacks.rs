//! Who attacks: other sites in the same browser, and whoever can reach the port.
//! The corpus is the history of other previews; the process must survive all of it.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::symlink;
use std::process::Command;
use std::time::{Duration, Instant};

use super::super::support::Project;
use super::preview::{Answer, PATIENCE, Preview};

#[test]
fn no_path_leads_to_the_disk() {
    let project = Project::starter();
    project.write("geheim.txt", "GEHEIM");
    project.write("content/static/offen.txt", "offen");
    let preview = Preview::start(&project, &[]);
    let root = project.root().display().to_string();
    let direct = format!("{root}/geheim.txt");
    let mut targets: Vec<String> = [
        "/../geheim.txt",
        "/static/../../geheim.txt",
        "/%2e%2e/geheim.txt",
        "/%2e%2e%2fgeheim.txt",
        "/%252e%252e/geheim.txt",
        "/..\\geheim.txt",
        "/..%5cgeheim.txt",
        "/..%c0%afgeheim.txt",
        "/geheim.txt%00",
        "/geheim.txt%00.html",
        "//geheim.txt",
        "/./geheim.txt",
        "geheim.txt",
        "../geheim.txt",
        "/#/../geheim.txt",
        "/offen.txt#/../../geheim.txt",
        "/geheim.txt?raw",
        "/geheim.txt?raw??",
        "/geheim.txt?import&raw??",
        "/@fs/geheim.txt",
        "/content/site.yaml",
        "/.git/config",
        "/.leitfaden.json/../geheim.txt",
        "/__leitfaden/../geheim.txt",
        "/__leitfaden/%2e%2e/geheim.txt",
        "/__leitfaden/",
        "/__leitfaden/files/preview.js",
        "/offen.txt/",
        "/offen.txt/../geheim.txt",
        "file:///etc/passwd",
        "*",
    ]
    .map(str::to_owned)
    .to_vec();
    targets.push(direct.clone());
    targets.push(format!("/@fs{direct}"));
    targets.push(format!("http://{}/../geheim.txt", preview.address));
    targets.push("http://evil.example/index.html".to_owned());
    for target in targets {
        let answer = preview.get(&target);
        assert!(matches!(answer.status, 400 | 403 | 404), "{target}: {}", answer.status);
        assert!(!answer.text().contains("GEHEIM") && !answer.text().contains("root:"), "{target}");
    }
    assert_eq!(preview.get("/offen.txt?raw").text(), "offen");
    // A link out of the project is refused when it is read.
    symlink(project.path("../geheim-draussen"), project.path("content/static/link.txt")).unwrap();
    fs::write(project.root().parent().unwrap().join("geheim-draussen"), "GEHEIM").unwrap();
    preview.until("the refused link", || preview.get("/").text().contains("leads out of the project"));
    assert!(!preview.get("/link.txt").text().contains("GEHEIM"));
}

#[test]
fn other_names_are_refused() {
    let project = Project::starter();
    let preview = Preview::start(&project, &[]);
    let port = preview.address.port();
    for host in [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        String::new(),
        format!("user@127.0.0.1:{port}"),
        format!("192.0.2.1:{port}"),
        format!("127.0.0.1.evil.example:{port}"),
        "127.0.0.1".to_owned(),
        format!("127.0.0.1:{}", port ^ 1),
    ] {
        for path in ["/", "/api/v1/systems.json", "/__leitfaden/preview.js"] {
            let answer = preview.ask("GET", path, &[("Host", &host)]);
            assert_eq!(answer.status, 403, "{host:?} {path}");
            assert!(!answer.text().contains("<main"));
        }
    }
    for request in [
        "GET / HTTP/1.1\r\n\r\n".to_owned(),
        "GET / HTTP/1.0\r\n\r\n".to_owned(),
        format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: evil.example\r\n\r\n"),
    ] {
        let status = Answer::read(&preview.raw(request.as_bytes())).status;
        assert!(matches!(status, 400 | 403), "{request:?}: {status}");
    }
    for host in [format!("localhost:{port}"), format!("127.0.0.1:{port}"), format!("[::1]:{port}")] {
        assert_eq!(preview.ask("GET", "/", &[("Host", &host)]).status, 200, "{host}");
    }
}

#[test]
fn other_sites_learn_nothing() {
    let project = Project::starter();
    let preview = Preview::start(&project, &[]);
    let (port, token) = (preview.address.port(), preview.token());
    let paths =
        ["/".to_owned(), "/api/v1/systems.json".to_owned(), format!("/__leitfaden/events?token={token}"), format!("/__leitfaden/state?token={token}&path=%2F")];
    let foreign = [
        "https://evil.example".to_owned(),
        "null".to_owned(),
        format!("http://127.0.0.1:{}", port ^ 1),
        "http://192.0.2.1".to_owned(),
        format!("https://127.0.0.1:{port}"),
        format!("http://localhost:{port}"),
    ];
    for path in &paths {
        for origin in &foreign {
            let answer = preview.ask("GET", path, &[("Origin", origin)]);
            assert_eq!(answer.status, 403, "{origin} {path}");
            assert!(!answer.headers.iter().any(|(name, _)| name.starts_with("access-control")));
        }
        for site in ["cross-site", "same-site"] {
            for kind in ["script", "image", "style", "iframe", "empty"] {
                let mode = if kind == "iframe" { "navigate" } else { "no-cors" };
                let headers = [("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Dest", kind)];
                assert_eq!(preview.ask("GET", path, &headers).status, 403, "{site} {kind} {path}");
            }
        }
    }
    let visit = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")];
    assert_eq!(preview.ask("GET", "/", &visit).status, 200, "a link to the preview may be followed");
    assert_eq!(preview.ask("GET", &paths[3], &visit).status, 403, "but not to its own addresses");
    for token in ["", "0", &"0".repeat(32), &token[1..]] {
        for name in ["events", "state"] {
            assert_eq!(preview.get(&format!("/__leitfaden/{name}?token={token}&path=%2F")).status, 403);
        }
    }
    assert_eq!(preview.get("/__leitfaden/events").status, 403);
}

/// Resident memory in bytes, from the process table.
fn memory(preview: &Preview) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", preview.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}

#[test]
fn malformed_requests_are_refused_in_time_and_cost_nothing() {
    let project = Project::starter();
    let mut preview = Preview::start(&project, &[]);
    let host = format!("Host: {}\r\n", preview.address);
    let large = format!("GET / HTTP/1.1\r\n{host}X: {}\r\n\r\n", "a".repeat(60 << 20));
    let many = format!("GET / HTTP/1.1\r\n{host}{}\r\n", "A: b\r\n".repeat(10_000));
    let long = format!("GET /{} HTTP/1.1\r\n{host}\r\n", "a".repeat(1 << 20));
    let requests = [
        format!("POST / HTTP/1.1\r\n{host}Content-Length: 99999999999\r\n\r\n"),
        format!("POST / HTTP/1.1\r\n{host}Content-Length: 10000000000000000\r\n\r\nx"),
        format!("GET / HTTP/1.1\r\n{host}Content-Length: 99999999999\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}Content-Length: -1\r\n\r\n"),
        format!("POST / HTTP/1.1\r\n{host}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"),
        format!("POST / HTTP/1.1\r\n{host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}Transfer-Encoding: xchunked\r\n\r\n"),
        format!("GET / HTTP/1.1\n{host}\n\n"),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
        "GET /ä HTTP/1.1\r\n\r\n".to_owned(),
        format!("GET / HTTP/1.1\r\n{host}X: ä\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}X : a\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host} folded: a\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}no colon\r\n\r\n"),
        format!("\r\nGET / HTTP/1.1\r\n{host}\r\n"),
        "\u{16}\u{3}\u{1}\u{2}\u{0}".to_owned(),
        large,
        many,
        long,
    ];
    for request in &requests {
        let begin = Instant::now();
        let status = Answer::read(&preview.raw(request.as_bytes())).status;
        let name = request.chars().take(60).collect::<String>();
        assert!(status == 0 || (400..=505).contains(&status), "{name}: {status}");
        assert!(begin.elapsed() < Duration::from_secs(10), "{name}: {:?}", begin.elapsed());
        assert_eq!(preview.get("/").status, 200, "{name}");
    }
    for _ in 0..64 {
        assert_eq!(Answer::read(&preview.raw(requests[0].as_bytes())).status, 413);
    }
    assert!(preview.is_alive());
    assert!(memory(&preview) < 100 << 20, "{} bytes", memory(&preview));
}

/// Connects without waiting for an answer.
fn hold(preview: &Preview, bytes: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(preview.address).unwrap();
    stream.write_all(bytes).unwrap();
    stream
}

#[test]
fn slow_and_silent_clients_hold_up_nobody_and_are_let_go() {
    let project = Project::starter();
    let preview = Preview::start(&project, &[]);
    preview.get("/");
    let base = preview.threads();
    let begin = Instant::now();
    let mut slow: Vec<TcpStream> = (0..150).map(|_| hold(&preview, b"GET / HTTP/1.1\r\nX: ")).collect();
    let silent: Vec<TcpStream> = (0..150).map(|_| hold(&preview, b"")).collect();
    let mut times: Vec<Duration> = (0..60)
        .map(|_| {
            let begin = Instant::now();
            assert_eq!(preview.get("/").status, 200);
            begin.elapsed()
        })
        .collect();
    times.sort();
    assert!(times[57] < Duration::from_millis(500), "a normal request waits {:?}", times[57]);
    // Dripping does not extend the time: the deadline is for the whole head.
    preview.until("the end of the slow ones", || {
        for stream in &mut slow {
            let _ = stream.write_all(b"a");
        }
        preview.threads() <= base + 4
    });
    assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
    for mut stream in silent {
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        assert_eq!(stream.read(&mut [0; 10]).unwrap_or(0), 0, "a silent client is closed without a word");
    }
}

#[test]
fn a_full_house_is_served_again_when_guests_leave() {
    let project = Project::starter();
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -n 128 && exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_leitfaden")]);
    let mut preview = Preview::start_by(command, &project, &["--port", "0"]);
    let held: Vec<TcpStream> = (0..300).map(|_| hold(&preview, b"GET / HT")).collect();
    let answer = Answer::read(&preview.raw(format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address).as_bytes()));
    assert!(matches!(answer.status, 503 | 200 | 0), "{}", answer.status);
    drop(held);
    let begin = Instant::now();
    preview.until("an answer", || Answer::read(&preview.raw(format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address).as_bytes())).status == 200);
    assert!(begin.elapsed() < Duration::from_secs(2), "{:?}", begin.elapsed());
    assert!(preview.is_alive());
    // The builder was never in need: an edit is still followed.
    let events = preview.events();
    project.write("content/neu.md", "---\ntitle: Neu\ndescription: D.\n---\n\nText.\n");
    preview.becomes_the_build(&project, &events);
}
