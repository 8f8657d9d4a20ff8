//! HTTP done properly, against RFC 9110: methods, conditions, ranges, types, redirects, headers.

use super::super::support::Project;
use super::preview::{Preview, build, without_script};

#[test]
fn what_is_served_is_what_is_built_and_one_tag() {
    let project = Project::starter();
    let preview = Preview::start(&project, &[]);
    let built = build(&project);
    assert_eq!(preview.difference(&built), Vec::<String>::new());
    for (path, bytes) in built.iter().filter(|(path, _)| *path != ".leitfaden.json") {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("data-preview") && !text.contains("__leitfaden"), "{path}: the preview is not in the built site");
        let page = preview.get(&format!("/{path}"));
        let tags = page.text().matches("<script src=\"/__leitfaden/preview.js").count();
        assert_eq!(tags, usize::from(path.ends_with(".html")), "{path}");
    }
    let script = preview.get("/__leitfaden/preview.js");
    assert_eq!((script.status, script.header("content-type")), (200, "text/javascript; charset=utf-8"));
}

#[test]
fn head_conditions_and_ranges() {
    let project = Project::starter();
    let preview = Preview::start(&project, &[]);
    for path in ["/", "/api/v1/systems.json"] {
        let get = preview.get(path);
        let head = preview.ask("HEAD", path, &[]);
        assert_eq!((head.status, head.body.len()), (200, 0));
        assert_eq!(head.headers, get.headers, "HEAD has the headers of GET");
        assert_eq!(get.header("content-length"), get.body.len().to_string());
        let tag = get.header("etag").to_owned();
        let fresh = preview.ask("GET", path, &[("If-None-Match", &tag)]);
        assert_eq!((fresh.status, fresh.body.len(), fresh.header("etag")), (304, 0, tag.as_str()));
        assert!(fresh.header("content-length").is_empty());
        let part = preview.ask("GET", path, &[("Range", "bytes=5-14")]);
        assert_eq!((part.status, part.body.as_slice()), (206, &get.body[5..15]));
        assert_eq!(part.header("content-range"), format!("bytes 5-14/{}", get.body.len()));
        let beyond = preview.ask("GET", path, &[("Range", "bytes=99999999-")]);
        assert_eq!((beyond.status, beyond.header("content-range")), (416, format!("bytes */{}", get.body.len()).as_str()));
        assert_eq!(preview.ask("GET", path, &[("Range", "bytes=5-14"), ("If-Range", "\"other\"")]).status, 200);
    }
}

#[test]
fn other_methods_are_refused() {
    let project = Project::starter();
    let preview = Preview::start(&project, &[]);
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get"] {
        let answer = preview.ask(method, "/", &[]);
        assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"), "{method}");
    }
}

#[test]
fn the_headers_of_production_are_sent() {
    let project = Project::starter();
    let preview = Preview::start(&project, &[]);
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/api/v1/systems.csv", "text/csv; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/gibt-es-nicht", "text/html; charset=utf-8"),
        ("/vergleich", "text/plain; charset=utf-8"),
    ] {
        let answer = preview.get(path);
        assert_eq!(answer.header("content-type"), kind, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
        assert!(!answer.headers.iter().any(|(name, _)| name.starts_with("access-control")), "{path}: never a CORS header");
    }
    let page = preview.get("/");
    let policy = page.header("content-security-policy");
    let meta = page.text().split("Content-Security-Policy\" content=\"").nth(1).unwrap().split('"').next().unwrap().replace("&#39;", "'");
    assert_eq!(policy, format!("{meta}; frame-ancestors 'none'"));
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"));
    assert_eq!(preview.get("/gibt-es-nicht").status, 404);
}

#[test]
fn a_site_in_a_folder_is_served_in_it() {
    let project = Project::starter();
    let preview = Preview::start(&project, &["--base-url", "https://leitfaden.example/x/"]);
    assert_eq!(preview.url, format!("http://{}/x/", preview.address));
    let redirects = [("/", "/x/"), ("/x", "/x/"), ("/x/vergleich", "/x/vergleich/"), ("/x/suche?q=a%20b", "/x/suche/?q=a%20b")];
    for (path, location) in redirects {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.header("location")), (302, location), "{path}");
    }
    for path in ["//evil.example", "//evil.example/", "/\\evil.example", "//x", "/x//vergleich", "/x/%2f/vergleich", "/x/vergleich/..%2f"] {
        let answer = preview.get(path);
        assert!(matches!(answer.status, 400 | 404) && answer.header("location").is_empty(), "{path}: {answer:?}");
    }
    assert_eq!((preview.get("/x/vergleich/").status, preview.get("/vergleich/").status), (200, 404));
    let missing = preview.get("/x/a/b/c");
    let text = String::from_utf8(without_script(&missing.body)).unwrap();
    assert!(missing.status == 404 && text.contains("href=\"/x/static/"), "404.html finds its files at any depth");
}
