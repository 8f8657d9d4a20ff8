//! What is written for hosts, put before real ones: Apache, nginx and Caddy on loopback, each
//! with the starter guide at the root and in a folder. `tests/run` installs the servers; a
//! missing one fails.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::support::{Project, TODAY};

/// Longest wait for anything.
const PATIENCE: Duration = Duration::from_secs(30);

/// The starter with old addresses and a mail address.
fn guide() -> Project {
    let project = Project::starter();
    project.replace("content/wer-ist-verantwortlich.md", "title:", "aliases: [alt/artikel, alter-artikel.html, artikel.php]\ntitle:");
    project.replace("content/site.yaml", "email: \"[[E-Mail-Adresse]]\"", "email: stelle@leitfaden.example");
    project.replace("content/site.yaml", "freshness:", "redirects: [{from: Alt.2024, to: \"systeme/beispiel-cloud#verschluesselung\"}]\nfreshness:");
    project
}

/// Old addresses, below the site, and where they lead.
const MOVED: [(&str, &str); 5] = [
    ("alt/artikel", "wer-ist-verantwortlich/"),
    ("alt/artikel/", "wer-ist-verantwortlich/"),
    ("alter-artikel.html", "wer-ist-verantwortlich/"),
    ("artikel.php", "wer-ist-verantwortlich/"),
    ("Alt.2024", "systeme/beispiel-cloud/#verschluesselung"),
];

#[derive(Clone, Copy, Debug)]
enum Kind {
    Htaccess,
    Apache,
    Nginx,
    Caddy,
}

/// A running server over a built site; it ends with the value.
struct Server {
    child: Child,
    port: u16,
    log: PathBuf,
    _folder: tempfile::TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[derive(Debug)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    /// The value of a header that must not be there twice.
    fn header(&self, wanted: &str) -> &str {
        let all: Vec<&str> = self.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.as_str()).collect();
        assert!(all.len() < 2, "{wanted} twice: {all:?}");
        all.first().copied().unwrap_or_default()
    }
}

impl Server {
    fn start(kind: Kind, project: &Project, base: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // A server that is started by root reads as somebody else.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let root = folder.path().join("root");
        fs::create_dir_all(&root).unwrap();
        let url = format!("https://leitfaden.example{base}");
        let output = root.join(base.trim_matches('/'));
        let built = project.run(&["build", "--strict", "--base-url", &url, "--output", &output.display().to_string()]);
        assert_eq!(built.code, Some(0), "{}", built.stderr);
        let deploy = |host: &str| project.run(&["deploy", host, "--base-url", &url]).stdout;
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let at = folder.path();
        let mut command = match kind {
            Kind::Htaccess => apache(
                at,
                &root,
                port,
                &format!("<Directory \"{}\">\nRequire all granted\nOptions +Indexes\nAllowOverride FileInfo\n</Directory>\n", root.display()),
            ),
            Kind::Apache => apache(at, &root, port, &deploy("apache")),
            Kind::Nginx => nginx(at, &root, port, &deploy("nginx")),
            Kind::Caddy => caddy(at, &root, port, &deploy("caddy")),
        };
        let log = at.join("log");
        let path = format!("{}:/usr/sbin:/sbin", std::env::var("PATH").unwrap_or_default());
        command.env("PATH", path).stdin(Stdio::null()).stdout(Stdio::null()).stderr(fs::File::create(&log).unwrap());
        let child = command.spawn().unwrap_or_else(|error| panic!("{kind:?} cannot be started ({error}); tests/run installs apache2, nginx-light and caddy"));
        let mut server = Self { child, port, log, _folder: folder };
        server.wait();
        server
    }

    /// Until it listens.
    fn wait(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none() && Instant::now() < deadline, "the server does not listen: {}", fs::read_to_string(&self.log).unwrap_or_default());
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask(path, "")
    }

    fn ask(&self, path: &str, headers: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: leitfaden.example\r\nConnection: close\r\n{headers}\r\n").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|part| part == b"\r\n\r\n").unwrap_or_else(|| panic!("{path}: no head"));
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_owned(), value.to_owned()));
        Answer { status, headers: headers.collect(), body: bytes[end + 4..].to_vec() }
    }
}

fn apache(at: &Path, root: &Path, port: u16, site: &str) -> Command {
    let modules = ["mpm_event", "authz_core", "mime", "dir", "autoindex", "alias", "headers", "deflate", "filter"];
    let load: Vec<String> = modules.iter().map(|name| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n")).collect();
    let load = load.concat();
    let (at, root) = (at.display(), root.display());
    let text = format!(
        "ServerRoot {at}\nServerName leitfaden.example\nListen 127.0.0.1:{port}\nPidFile {at}/pid\nErrorLog \"|/bin/cat >&2\"\n{load}\
         User www-data\nGroup www-data\nTypesConfig /etc/mime.types\nDefine LEITFADEN_ROOT {root}\nDocumentRoot {root}\n{site}"
    );
    let file = format!("{at}/apache.conf");
    fs::write(&file, text).unwrap();
    let mut command = Command::new("apache2");
    command.args(["-f", &file, "-DFOREGROUND"]);
    command
}

fn nginx(at: &Path, root: &Path, port: u16, site: &str) -> Command {
    fs::write(at.join("site.conf"), site).unwrap();
    let (at, root) = (at.display(), root.display());
    let temporary: Vec<String> = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].iter().map(|name| format!("{name}_temp_path {at}/{name};\n")).collect();
    let temporary = temporary.concat();
    let text = format!(
        "daemon off;\npid {at}/pid;\nerror_log stderr;\nworker_processes 1;\nevents {{ worker_connections 64; }}\nhttp {{\naccess_log off;\n\
         include /etc/nginx/mime.types;\ndefault_type application/octet-stream;\n{temporary}server {{\nlisten 127.0.0.1:{port};\nroot {root};\ninclude {at}/site.conf;\n}}\n}}\n"
    );
    let file = format!("{at}/nginx.conf");
    fs::write(&file, text).unwrap();
    let mut command = Command::new("nginx");
    command.args(["-e", "stderr", "-c", &file]);
    command
}

fn caddy(at: &Path, root: &Path, port: u16, site: &str) -> Command {
    let file = at.join("Caddyfile");
    fs::write(&file, format!("{{\n\tadmin off\n}}\n{site}")).unwrap();
    let mut command = Command::new("caddy");
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(file);
    command.env("LEITFADEN_ADDRESS", format!("http://:{port}")).env("LEITFADEN_ROOT", root);
    command.env("HOME", at).env("XDG_DATA_HOME", at).env("XDG_CONFIG_HOME", at);
    command
}

/// The headers that `_headers` names for every file.
fn promised(output: &BTreeMap<String, Vec<u8>>) -> Vec<(String, String)> {
    let text = String::from_utf8(output["_headers"].clone()).unwrap();
    let rule = text.split("/*\n").nth(1).unwrap();
    let lines = rule.lines().take_while(|line| line.starts_with("  "));
    lines.filter_map(|line| line.trim().split_once(": ")).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn behaves(kind: Kind, base: &str) {
    let project = guide();
    let server = Server::start(kind, &project, base);
    let url = format!("https://leitfaden.example{base}");
    assert_eq!(project.run(&["build", "--base-url", &url]).code, Some(0));
    let output = project.output();
    let get = |path: &str| server.get(&format!("{base}{path}"));

    let promised = promised(&output);
    assert!(promised.len() >= 9, "{promised:?}");
    for (path, status) in [("", 200), ("vergleich/", 200), ("alt/artikel", 301), ("gibt/es/nicht", 404)] {
        let answer = get(path);
        assert_eq!(answer.status, status, "{kind:?} {path}");
        for (name, value) in &promised {
            assert_eq!(answer.header(name), value, "{kind:?} {path}: {name}");
        }
    }
    if base == "/" {
        keep_for_observatory(kind, &get(""), &output["index.html"]);
    }
    for (from, to) in MOVED {
        let answer = get(from);
        let location = answer.header("location").strip_prefix("http://leitfaden.example").unwrap_or(answer.header("location")).to_owned();
        assert_eq!((answer.status, location), (301, format!("{base}{to}")), "{kind:?} {from}");
    }
    let folder = get("vergleich");
    assert!(matches!(folder.status, 301 | 308) && folder.header("location").ends_with(&format!("{base}vergleich/")), "{kind:?}: {folder:?}");

    let page = String::from_utf8(output["404.html"].clone()).unwrap();
    let title = page.split("<title>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    for path in [
        "gibt/es/nicht",
        "static/",
        "static/fonts/",
        "api/v1/",
        ".well-known/",
        ".leitfaden.json",
        ".htaccess",
        "_headers",
        "_redirects",
        ".git/config",
        "static/x.css",
    ] {
        let answer = get(path);
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        assert_eq!(answer.status, 404, "{kind:?} {path}: {text}");
        assert!(text.contains(&title), "{kind:?} {path} shows the error page: {text}");
        assert!(!answer.header("cache-control").contains("immutable"), "{kind:?} {path}: an error is not kept");
    }
    let contact = get(".well-known/security.txt");
    assert_eq!(contact.status == 200, base == "/", "{kind:?}: it belongs to the root of the host");
    files_are_kept_and_packed(kind, base, &server, &output);
}

/// Leaves the answer where `tests/hosts/observatory.mjs` grades it.
fn keep_for_observatory(kind: Kind, answer: &Answer, page: &[u8]) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hosts");
    fs::create_dir_all(&folder).unwrap();
    let head: Vec<String> = answer.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let head = head.concat();
    let text = format!("HTTP/1.1 {}\r\n{head}\r\n{}", answer.status, String::from_utf8_lossy(page));
    fs::write(folder.join(format!("{kind:?}.txt").to_lowercase()), text).unwrap();
}

fn files_are_kept_and_packed(kind: Kind, base: &str, server: &Server, output: &BTreeMap<String, Vec<u8>>) {
    let hashed = |end: &str| output.keys().find(|path| path.starts_with("static/") && path.ends_with(end)).unwrap().clone();
    for (path, kind_of, packed) in [
        (String::new(), "text/html", true),
        (hashed(".css"), "text/css", true),
        (hashed(".js"), "javascript", true),
        (hashed(".svg"), "image/svg+xml", true),
        (hashed(".woff2"), "font/woff2", false),
        ("feed.xml".to_owned(), "xml", true),
        ("api/v1/systems.json".to_owned(), "application/json", true),
        ("api/v1/systems.csv".to_owned(), "text/csv", true),
    ] {
        let answer = server.ask(&format!("{base}{path}"), "Accept-Encoding: gzip\r\n");
        assert_eq!(answer.status, 200, "{kind:?} {path}");
        assert!(answer.header("content-type").contains(kind_of), "{kind:?} {path}: {}", answer.header("content-type"));
        // nginx leaves small files as they are.
        let is_small = output.get(&path).is_some_and(|bytes| bytes.len() <= 512);
        assert!(is_small || (answer.header("content-encoding") == "gzip") == packed, "{kind:?} {path}");
        let kept = if path.starts_with("static/") { "public, max-age=31536000, immutable" } else { "no-cache" };
        assert_eq!(answer.header("cache-control"), kept, "{kind:?} {path}");
        let shared = path.starts_with("api/") || path == "feed.xml";
        assert_eq!(answer.header("cross-origin-resource-policy"), if shared { "cross-origin" } else { "same-origin" }, "{kind:?} {path}");
    }
}

#[test]
fn apache_does_what_htaccess_says() {
    behaves(Kind::Htaccess, "/");
    behaves(Kind::Htaccess, "/x/");
}

#[test]
fn apache_does_what_its_configuration_says() {
    behaves(Kind::Apache, "/");
    behaves(Kind::Apache, "/x/");
}

#[test]
fn nginx_does_what_its_configuration_says() {
    behaves(Kind::Nginx, "/");
    behaves(Kind::Nginx, "/x/");
}

#[test]
fn caddy_does_what_its_configuration_says() {
    behaves(Kind::Caddy, "/");
    behaves(Kind::Caddy, "/x/");
}

#[test]
fn the_files_are_those_of_the_hosts_that_are_named() {
    let project = guide();
    for (hosts, files, pages) in [
        ("", vec![".htaccess", "_headers", "_redirects"], true),
        ("hosts: [github]\n", vec![".nojekyll"], true),
        ("hosts: [apache]\n", vec![".htaccess"], false),
        ("hosts: [netlify, nginx]\n", vec!["_headers", "_redirects"], false),
        ("hosts: [gitlab]\n", vec!["_redirects"], false),
        ("hosts: [vercel]\n", vec![], false),
    ] {
        let site = fs::read_to_string(project.path("content/site.yaml")).unwrap();
        let plain: Vec<String> = site.lines().filter(|line| !line.starts_with("hosts:")).map(|line| format!("{line}\n")).collect();
        project.write("content/site.yaml", plain.concat() + hosts);
        let built = project.run(&["build", "--strict", "--format", "short"]);
        assert_eq!(built.code, Some(0), "{}", built.stderr);
        let output = project.output();
        let found: Vec<&str> = [".htaccess", ".nojekyll", "_headers", "_redirects"].into_iter().filter(|name| output.contains_key(*name)).collect();
        assert_eq!(found, files, "{hosts}");
        for path in ["alt/artikel/index.html", "alter-artikel.html"] {
            assert_eq!(output.contains_key(path), pages, "{hosts} {path}");
        }
        assert!(!output.contains_key("artikel.php"), "no browser would show it as a page");
    }
}

#[test]
fn the_page_at_an_old_address_sends_readers_on_and_no_other_page_may() {
    let project = guide();
    assert_eq!(project.run(&["build", "--strict"]).code, Some(0));
    let page = String::from_utf8(project.output()["alt/artikel/index.html"].clone()).unwrap();
    for part in [
        "<meta http-equiv=\"refresh\" content=\"0; url=../../wer-ist-verantwortlich/index.html\">",
        "<link rel=\"canonical\" href=\"https://leitfaden.example/wer-ist-verantwortlich/\">",
        "<a href=\"../../wer-ist-verantwortlich/index.html\">Wer ist verantwortlich?</a>",
        "<meta name=\"robots\" content=\"noindex\">",
        "/moved.",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let sitemap = String::from_utf8(project.output()["sitemap.xml"].clone()).unwrap();
    assert!(!sitemap.contains("alt/artikel"));
    project.write("themes/fremd/theme.yaml", "name: fremd\ncontract: 1\n");
    let theme =
        "{% extends \"standard/moved.html\" %}{% block head %}<meta http-equiv=\"refresh\" content=\"0; url=../../vergleich/index.html\">{% endblock head %}";
    project.write("themes/fremd/templates/moved.html", theme);
    project.replace("content/site.yaml", "language: de", "language: de\ntheme: fremd");
    let other = project.run(&["build", "--format", "short"]);
    assert!(other.stderr.contains("alt/artikel/index.html") && other.stderr.contains("error[H001]: `<meta>` sends the reader elsewhere"), "{}", other.stderr);
}

#[test]
fn security_txt_names_a_contact_for_less_than_a_year() {
    let project = guide();
    assert_eq!(project.run(&["build"]).code, Some(0));
    let text = String::from_utf8(project.output()[".well-known/security.txt"].clone()).unwrap();
    assert_eq!(
        text,
        "Contact: mailto:stelle@leitfaden.example\nExpires: 2027-11-20T00:00:00Z\nPreferred-Languages: de\nCanonical: https://leitfaden.example/.well-known/security.txt\n"
    );
    assert!(TODAY < "2027-11-20" && "2027-11-20" < "2027-11-25");
    for (from, to, why) in [
        ("email: stelle@leitfaden.example", "email: \"[[E-Mail-Adresse]]\"", "`publisher.email` is no mail address yet"),
        ("email: \"[[E-Mail-Adresse]]\"", "phone: \"0\"", "`publisher.email` is missing"),
        ("phone: \"0\"", "email: stelle@leitfaden.example", "the site lies in a folder"),
    ] {
        project.replace("content/site.yaml", from, to);
        if why.contains("folder") {
            project.replace("content/site.yaml", "https://leitfaden.example/", "https://leitfaden.example/x/");
        }
        let checked = project.run(&["check", "--format", "short"]);
        assert!(checked.code == Some(0) && checked.stderr.contains("note[S033]") && checked.stderr.contains(why), "{}", checked.stderr);
        assert_eq!(project.run(&["build"]).code, Some(0));
        assert!(!project.output().contains_key(".well-known/security.txt"), "{why}");
    }
}

#[test]
fn a_host_file_of_the_editors_own_is_published_and_said() {
    let project = guide();
    project.write("content/static/_headers", "/*\n  X-Own: 1\n");
    let checked = project.run(&["check", "--strict", "--format", "short"]);
    assert_eq!(checked.code, Some(0), "{}", checked.stderr);
    assert!(checked.stderr.contains("content/static/_headers:1:1: note[S034]: your own `_headers` is published"), "{}", checked.stderr);
    assert_eq!(project.run(&["build"]).code, Some(0));
    assert_eq!(project.output()["_headers"], b"/*\n  X-Own: 1\n");
}

#[test]
fn check_says_in_words_what_a_host_cannot_do() {
    let project = guide();
    let github = project.run(&["check", "--host", "github", "--format", "short"]);
    assert_eq!(github.code, Some(0), "{}", github.stderr);
    assert!(github.stdout.contains("GitHub Pages (prediction)") && github.stdout.contains("75 points, B"), "{}", github.stdout);
    assert!(github.stderr.contains("note[S035]: GitHub Pages: no headers can be set"), "{}", github.stderr);
    assert!(github.stderr.contains("warning[S035]: GitHub Pages: 2 old addresses cannot be redirected"), "{}", github.stderr);
    let cloudflare = project.run(&["check", "--strict", "--host", "cloudflare"]);
    assert_eq!(cloudflare.code, Some(0), "{}", cloudflare.stderr);
    assert!(cloudflare.stdout.contains("rules in `_headers`: 5 of 100") && cloudflare.stdout.contains("150 points, A+"), "{}", cloudflare.stdout);
    let unknown = project.run(&["check", "--host", "netlfy"]);
    assert!(unknown.code == Some(2) && unknown.stderr.contains("netlify"), "{}", unknown.stderr);
}
