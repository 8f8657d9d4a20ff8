//! `check --external`, against a stand-in for the web on this machine: each of its hosts is a number of the loopback network.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use super::support::Project;

/// A host that answers as its table says, and everything it was asked.
struct Host {
    /// `127.0.0.N:PORT`.
    name: String,
    asked: Arc<Mutex<Vec<String>>>,
}

/// `HEAD /a` or `/a` → status line and headers; anything else is 200.
type Answers = &'static [(&'static str, &'static str)];

impl Host {
    fn new(number: u8, answers: Answers) -> Self {
        let listener = TcpListener::bind(format!("127.0.0.{number}:0")).expect("a port on this machine");
        let name = listener.local_addr().unwrap().to_string();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { continue };
                let (mut head, mut part) = (Vec::new(), [0; 4096]);
                while !head.windows(4).any(|end| end == b"\r\n\r\n") {
                    match stream.read(&mut part) {
                        Ok(read @ 1..) => head.extend_from_slice(&part[..read]),
                        _ => break,
                    }
                }
                let head = String::from_utf8_lossy(&head).into_owned();
                let question = head.lines().next().unwrap_or_default().trim_end_matches(" HTTP/1.1").to_owned();
                let path = question.split_once(' ').map_or("", |(_, path)| path);
                let answer = answers.iter().find(|(to, _)| *to == question || *to == path).map_or("200 OK", |(_, answer)| answer);
                // A page that is as it was is not sent again.
                let answer = if head.contains("if-none-match: \"v1\"") && answer.contains("\"v1\"") { "304 Not Modified" } else { answer };
                log.lock().unwrap().push(head);
                let _ = write!(stream, "HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            }
        });
        Self { name, asked }
    }

    /// The questions so far: method and path.
    fn asked(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked.iter().map(|head| head.lines().next().unwrap_or_default().trim_end_matches(" HTTP/1.1").to_owned()).collect()
    }

    fn heads(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// The starter without its own addresses elsewhere, and an article with a list of links.
fn project(links: &[String]) -> Project {
    let project = Project::starter();
    let allowed: Vec<String> = (1..40).map(|number| format!("127.0.0.{number}")).collect();
    project.replace("content/site.yaml", "language: de", &format!("language: de\nlinks: {{allow: [{}]}}", allowed.join(", ")));
    let list = links.iter().fold(String::new(), |list, link| list + "- [Seite](http://" + link + ")\n");
    project.write("content/links.md", format!("---\ntitle: Verweise\n---\n\n{list}"));
    let quiet = Host::new(39, &[]);
    for card in ["vendors/beispiel-cloud.yaml", "vendors/beispiel-server.yaml"] {
        let text = std::fs::read_to_string(project.path(card)).unwrap();
        let mut parts = text.split("https://example.org/");
        let first = parts.next().unwrap().to_owned();
        let one = |text: String, part: &str| text + &format!("http://{}/", quiet.name) + &part[part.find(['"', ',', '\n', '}']).unwrap()..];
        project.write(card, parts.fold(first, one));
    }
    project
}

/// What was said, with numbers instead of hosts and their ports.
fn said(text: &str, hosts: &BTreeMap<u8, Host>) -> Vec<String> {
    let named = hosts.iter().fold(text.to_owned(), |text, (number, host)| text.replace(&host.name, &format!("host-{number}")));
    named.lines().filter(|line| line.contains("[L01")).map(str::to_owned).collect()
}

#[test]
fn every_answer_of_a_server_means_what_it_means() {
    let tables: [Answers; 13] = [
        &[],
        &[("HEAD /", "405 Method Not Allowed")],
        &[("/", "404 Not Found")],
        &[("HEAD /", "404 Not Found")],
        &[("/", "410 Gone")],
        &[("/", "301 Moved Permanently\r\nLocation: /neu")],
        &[("/", "302 Found\r\nLocation: /woanders")],
        &[("/", "308 Permanent Redirect\r\nLocation: /weg"), ("/weg", "404 Not Found")],
        &[("/", "403 Forbidden")],
        &[("/", "402 Payment Required")],
        &[("/", "503 Service Unavailable")],
        &[("/", "429 Too Many Requests")],
        &[("/", "no answer at all")],
    ];
    let hosts: BTreeMap<u8, Host> = (1..).zip(tables).map(|(number, table)| (number, Host::new(number, table))).collect();
    let links: Vec<String> = hosts.values().map(|host| format!("{}/#anker", host.name)).collect();
    let ran = project(&links).run(&["check", "--external", "--format", "short"]);
    let gone = |line: u8, why: &str| {
        format!(
            "content/links.md:{}:3: error[L010]: `http://host-{line}/` is gone: the server says {why} (cite another page that says the same, or a copy, if there is one: https://web.archive.org/web/20261125/http://host-{line}/)",
            line + 4
        )
    };
    let moved = |line: u8, to: &str| {
        format!(
            "content/links.md:{}:3: warning[L011]: `http://host-{line}/` has moved for good (read what stands at the new address, and write `{to}#anker`)",
            line + 4
        )
    };
    assert_eq!(
        said(&ran.stderr, &hosts),
        [gone(3, "404"), gone(5, "410"), moved(6, "http://host-6/neu"), gone(8, "404 to `http://host-8/weg`, where it leads")],
        "remarks stand back while there is something to mend"
    );
    assert_eq!(ran.code, Some(1));
    assert!(ran.stdout.contains("14 addresses elsewhere: 5 answer, 1 moved, 3 gone, 5 not verifiable; 0 not asked again"), "{}", ran.stdout);
    assert_eq!(hosts[&1].asked(), ["HEAD /"], "an anchor is not sent");
    assert_eq!(hosts[&2].asked(), ["HEAD /", "GET /"]);
    assert_eq!(hosts[&7].asked(), ["HEAD /", "HEAD /woanders"]);
    let head = &hosts[&1].heads()[0];
    assert!(head.to_lowercase().contains("user-agent: leitfaden/") && head.contains("(checks the links of https://"), "{head}");
}

#[test]
fn what_nobody_can_verify_is_a_remark_and_a_move_a_warning() {
    let hosts = BTreeMap::from([(1, Host::new(1, &[("/", "403 Forbidden")])), (2, Host::new(2, &[("/", "301 Moved Permanently\r\nLocation: /neu")]))]);
    let refusing = project(&[format!("{}/", hosts[&1].name)]);
    let ran = refusing.run(&["check", "--external", "--strict", "--format", "short"]);
    assert_eq!(
        said(&ran.stderr, &hosts),
        [
            "content/links.md:5:3: note[L012]: `http://host-1/` could not be verified: the server says 403 (look at it in a browser; an answer like this does not mean that the page is gone)"
        ]
    );
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let moving = project(&[format!("{}/", hosts[&2].name)]);
    assert_eq!(moving.run(&["check", "--external"]).code, Some(0));
    assert_eq!(moving.run(&["check", "--external", "--strict"]).code, Some(1));
}

#[test]
fn nobody_is_asked_unless_somebody_wishes_it() {
    let host = Host::new(1, &[]);
    let project = project(&[format!("{}/", host.name)]);
    for args in [&["check", "--strict"][..], &["check", "--host", "apache"], &["build"], &["deploy", "nginx"]] {
        assert_eq!(project.run(args).code, Some(0), "{args:?}");
    }
    assert_eq!(host.asked(), [""; 0]);
    assert!(!project.path(".leitfaden/links.json").exists());
    project.run(&["check", "--external"]);
    assert_eq!(host.asked(), ["HEAD /"], "this host would have noticed");
}

#[test]
fn what_answered_is_not_asked_again_for_a_week_and_then_only_for_changes() {
    let host = Host::new(1, &[("/", "200 OK\r\nETag: \"v1\"")]);
    let project = project(&[format!("{}/", host.name)]);
    assert_eq!(project.run(&["build"]).code, Some(0));
    let output = project.output();
    let check = |today: &str| {
        let root = project.root().display().to_string();
        let ran = super::support::run(&["--root", &root, "--today", today, "check", "--external"]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        ran.stdout
    };
    assert!(check("2026-11-25").contains("0 not asked again"));
    assert!(check("2026-12-01").contains("2 not asked again"));
    assert_eq!(host.asked().len(), 1, "{:?}", host.heads());
    check("2026-12-02");
    let heads = host.heads();
    assert!(heads.len() == 2 && heads[1].contains("if-none-match: \"v1\""), "{heads:?}");
    check("2026-12-08");
    assert_eq!(host.asked().len(), 2, "an answer that nothing changed counts like the first");
    check("2026-12-09");
    assert!(host.heads()[2].contains("if-none-match: \"v1\""), "the state outlives an answer that does not repeat it");
    assert_eq!(project.run(&["build"]).code, Some(0));
    assert_eq!(project.output(), output, "what is remembered changes no build");
    project.write(".leitfaden/links.json", "{\"schema\":1,\"links\":[");
    check("2026-12-09");
    assert_eq!(host.asked().len(), 4, "a damaged memory is none");
}

#[test]
fn a_host_that_asks_for_a_rest_gets_it_also_in_the_next_run() {
    let hosts =
        BTreeMap::from([(1, Host::new(1, &[("/a", "429 Too Many Requests\r\nRetry-After: 3600"), ("/b", "429 Too Many Requests\r\nRetry-After: 3600")]))]);
    let project = project(&[format!("{}/a", hosts[&1].name), format!("{}/b", hosts[&1].name)]);
    for _ in 0..2 {
        let ran = project.run(&["check", "--external", "--format", "short"]);
        assert_eq!((ran.code, said(&ran.stderr, &hosts).len()), (Some(0), 2), "{}", ran.stderr);
        assert_eq!(hosts[&1].asked().len(), 1, "{:?}", hosts[&1].asked());
    }
}

#[test]
fn a_host_that_does_not_exist_is_gone_only_if_there_is_a_network() {
    // Too long for any name server, so none is asked.
    let missing = format!("{}.example", "a".repeat(80));
    let project = project(&[format!("{missing}/")]);
    project.replace("content/site.yaml", "allow: [", &format!("allow: [{missing}, "));
    for _ in 0..2 {
        let ran = project.run(&["check", "--external", "--format", "short"]);
        assert!(
            ran.stderr.contains(&format!("error[L010]: `http://{missing}/` is gone: nobody has the name")),
            "also while the others are remembered: {}",
            ran.stderr
        );
    }
    for card in ["vendors/beispiel-cloud.yaml", "vendors/beispiel-server.yaml"] {
        let text = std::fs::read_to_string(project.path(card)).unwrap();
        let at = text.find("http://127.").unwrap();
        let quiet = &text[at..at + text[at..].find(['"', ',', '\n', '}']).unwrap()];
        project.write(card, text.replace(quiet, &format!("http://{missing}/")));
    }
    let ran = project.run(&["check", "--external", "--format", "short"]);
    assert!(ran.code == Some(0) && ran.stderr.contains("note[L012]") && ran.stderr.contains("nobody else was reached"), "{}", ran.stderr);
}

#[test]
fn a_source_is_named_where_it_stands_with_a_copy_of_the_day_it_was_checked() {
    let hosts = BTreeMap::from([(1, Host::new(1, &[("/quelle", "410 Gone")]))]);
    let project = project(&[]);
    let text = std::fs::read_to_string(project.path("vendors/beispiel-cloud.yaml")).unwrap();
    let at = text.find("url: \"http://").or_else(|| text.find("url: http://")).expect("the card has a source");
    let start = at + text[at..].find("http://").unwrap();
    let end = start + text[start..].find(['"', ',', '\n', '}']).unwrap();
    project.write("vendors/beispiel-cloud.yaml", format!("{}http://{}/quelle{}", &text[..start], hosts[&1].name, &text[end..]));
    let line = text[..start].matches('\n').count() + 1;
    let ran = project.run(&["check", "--external", "--format", "short"]);
    let said = said(&ran.stderr, &hosts);
    assert_eq!(said.len(), 1, "{}", ran.stderr);
    assert!(said[0].starts_with(&format!("vendors/beispiel-cloud.yaml:{line}:")), "{said:?}");
    let checked = text.lines().find_map(|line| line.trim().strip_prefix("checked: ")).expect("a fact has a day").replace('-', "");
    assert!(said[0].contains(&format!("https://web.archive.org/web/{checked}/http://host-1/quelle")), "{said:?}");
}

#[test]
fn an_address_that_only_a_template_names_is_asked_for_too() {
    let hosts = BTreeMap::from([(1, Host::new(1, &[("/", "404 Not Found")]))]);
    let project = project(&[]);
    project.replace("content/site.yaml", "language: de", "language: de\ntheme: eigen");
    let page = format!("<!doctype html><html lang=de><title>x</title>\n<h1>x</h1>\n<p><a href=\"http://{}/\">x</a>\n", hosts[&1].name);
    project.write("themes/eigen/templates/not_found.html", page);
    let ran = project.run(&["check", "--external", "--format", "short"]);
    assert!(said(&ran.stderr, &hosts)[0].starts_with("themes/eigen/templates/not_found.html:3:13: error[L010]: `http://host-1/` is gone"), "{}", ran.stderr);
}

#[test]
fn a_site_with_errors_is_mended_first() {
    let host = Host::new(1, &[]);
    let project = project(&[format!("{}/", host.name)]);
    project.replace("vendors/beispiel-cloud.yaml", "value: ja", "value: jaa");
    let ran = project.run(&["check", "--external"]);
    assert!(ran.code == Some(1) && ran.stderr.contains("pages elsewhere were not asked for"), "{}", ran.stderr);
    assert_eq!(host.asked(), [""; 0]);
}
