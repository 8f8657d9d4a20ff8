//! The desk: one request in, one answer out. No disk, no clock: everything comes from the stage.
//!
//! 1. who asks ([`Door`]); 2. what is meant ([`resolve`]); 3. the preview's own files, state
//!    and events, for those who know the token of this run; 4. files of the tree; pages get
//!    the script of the preview and, while something is wrong, the findings.

use std::io::{self, Write};
use std::sync::Arc;

use serde::Serialize;

use crate::base::diag::Diagnostic;
use crate::base::hash::sha256_hex;
use crate::parse::json;

use super::address::{OWN, Place, query_value, resolve};
use super::door::Door;
use super::head::Head;
use super::page::{self, State};
use super::policy;
use super::problem;
use super::reply::{self, Content, kind_of};
use super::stage::{MAX_CLIENTS, Shown, Stage};

/// The preview's own files; none of them is ever in a built site.
const FILES: [(&str, &str); 4] = [
    ("preview.js", include_str!("files/preview.js")),
    ("worker.js", include_str!("files/worker.js")),
    ("preview.css", include_str!("files/preview.css")),
    ("probe.svg", include_str!("files/probe.svg")),
];

/// What the worker asks for.
#[derive(Serialize)]
struct Report<'a> {
    generation: u64,
    #[serde(flatten)]
    state: &'a State,
    problem: Option<&'a str>,
    style: String,
}

/// The desk.
pub(super) struct Desk {
    pub(super) door: Door,
    pub(super) stage: Arc<Stage>,
    /// Known only to pages of this run.
    pub(super) token: String,
}

impl Desk {
    /// Answers a request.
    pub(super) fn answer(&self, head: &Head, mut out: Box<dyn Write + Send>) -> io::Result<()> {
        let shown = self.stage.shown();
        let place = resolve(&head.target, &shown.base, &shown.tree);
        let is_own = matches!(place, Place::Own(..));
        if let Err(why) = self.door.check(head, is_own) {
            return text(head, &mut out, 403, why);
        }
        if let Some(address) = shown.hosts.redirect(head.target.split('?').next().unwrap_or_default()) {
            return redirect(head, &mut out, 301, address.to_owned());
        }
        match place {
            Place::Own(name, query) => self.own(head, &name, &query, &shown, out),
            Place::Bad => text(head, &mut out, 400, "this is no address"),
            Place::Redirect(address) => redirect(head, &mut out, 302, address),
            Place::File(path) if !policy::is_page(&path) => match shown.tree.read(&path) {
                Some(Ok(body)) => {
                    let headers = policy::headers(&shown.hosts);
                    send(head, &mut out, &Content { status: 200, kind: kind_of(&path), body: &body, headers: &headers })
                }
                _ => text(head, &mut out, 500, "this file cannot be made"),
            },
            Place::File(path) => self.page(head, &mut out, &path, 200, &shown),
            Place::Missing => self.page(head, &mut out, "404.html", 404, &shown),
        }
    }

    fn page(&self, head: &Head, out: &mut dyn Write, path: &str, status: u16, shown: &Shown) -> io::Result<()> {
        let status = if shown.has_site() { status } else { 500 };
        let state = State::of(path, status, &shown.tree, &shown.base, shown.marks.get(path));
        let style = own_address("preview.css");
        let script = page::script(&own_address("preview.js"), &self.token, &state);
        // A page that cannot be made says why before the audit of the whole site does.
        let (made, failed) = match shown.tree.read(path) {
            Some(Ok(html)) => (Some(html), None),
            Some(Err(findings)) => (None, Some(problem::of_message(&messages(&findings), false))),
            None => (None, None),
        };
        let (mut html, headers) = match (made, shown.problem.as_deref().or(failed.as_deref())) {
            (Some(html), Some(problem)) => (page::inject(&html, &(problem::on_page(problem, &style) + &script)), policy::headers(&shown.hosts)),
            (Some(html), None) => (page::inject(&html, &script), policy::headers(&shown.hosts)),
            (None, Some(problem)) => (page::inject(problem::page(problem, &style).as_bytes(), &script), policy::own()),
            (None, None) => (page::inject(format!("<!DOCTYPE html>\n<title>{status}</title>\n<body>{status}</body>\n").as_bytes(), &script), policy::own()),
        };
        policy::fill(&mut html, &shown.hosts);
        send(head, out, &Content { status, kind: kind_of("index.html"), body: &html, headers: &headers })
    }

    fn own(&self, head: &Head, name: &str, query: &str, shown: &Shown, mut out: Box<dyn Write + Send>) -> io::Result<()> {
        if let Some((name, body)) = FILES.iter().find(|(file, _)| *file == name) {
            return send(head, &mut out, &Content { status: 200, kind: kind_of(name), body: body.as_bytes(), headers: &policy::own() });
        }
        if !query_value(query, "token").is_some_and(|token| is_equal(&token, &self.token)) {
            return text(head, &mut out, 403, "the token is that of another run");
        }
        match name {
            "events" if head.method == "HEAD" => text(head, &mut out, 200, "events"),
            "events" if self.stage.clients() >= MAX_CLIENTS => text(head, &mut out, 503, "too many event clients"),
            "events" => {
                self.stage.join(out);
                Ok(())
            }
            "state" => {
                let target = query_value(query, "path").unwrap_or_default();
                let (path, status) = match resolve(&target, &shown.base, &shown.tree) {
                    Place::File(path) => (path, 200),
                    _ => ("404.html".to_owned(), 404),
                };
                let status = if shown.has_site() { status } else { 500 };
                let state = State::of(&path, status, &shown.tree, &shown.base, shown.marks.get(&path));
                let report = Report { generation: shown.generation, state: &state, problem: shown.problem.as_deref(), style: own_address("preview.css") };
                let body = json::line(&report);
                send(head, &mut out, &Content { status: 200, kind: "application/json", body: body.as_bytes(), headers: &policy::own() })
            }
            _ => text(head, &mut out, 404, "there is nothing here"),
        }
    }
}

fn messages(findings: &[Diagnostic]) -> String {
    findings.iter().map(|finding| finding.message.as_str()).collect::<Vec<_>>().join("; ")
}

/// The address of one of the preview's own files; it follows the bytes, because a browser
/// keeps a shared worker alive over a new version of this program.
fn own_address(name: &str) -> String {
    let all: String = FILES.iter().map(|(_, body)| *body).collect();
    format!("{OWN}{name}?v={}", &sha256_hex(all.as_bytes())[..10])
}

/// Compares in a time that does not tell how much is right.
fn is_equal(one: &str, two: &str) -> bool {
    one.len() == two.len() && one.bytes().zip(two.bytes()).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
}

fn send(head: &Head, out: &mut dyn Write, content: &Content<'_>) -> io::Result<()> {
    let (text, part) = reply::render(head, content);
    let body = &content.body[part];
    // Small answers in one write: two would wait for each other on the wire.
    if body.len() <= 64 << 10 {
        out.write_all(&[text.as_bytes(), body].concat())?;
    } else {
        out.write_all(text.as_bytes())?;
        out.write_all(body)?;
    }
    out.flush()
}

fn text(head: &Head, out: &mut dyn Write, status: u16, message: &str) -> io::Result<()> {
    let mut headers = policy::own();
    if status == 503 {
        headers.push(("Retry-After".to_owned(), "1".to_owned()));
    }
    send(head, out, &Content { status, kind: kind_of("a.txt"), body: format!("{message}\n").as_bytes(), headers: &headers })
}

fn redirect(head: &Head, out: &mut dyn Write, status: u16, address: String) -> io::Result<()> {
    let mut headers = policy::own();
    headers.push(("Location".to_owned(), address));
    send(head, out, &Content { status, kind: kind_of("a.txt"), body: b"", headers: &headers })
}
