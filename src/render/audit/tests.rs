//! What pages are told, one line a case.

use super::join::{Allowed, Around, Kind, anchors, judge};
use super::*;

fn codes_of(html: &str) -> Vec<String> {
    all_codes(html, false)
}

fn all_codes(html: &str, is_own: bool) -> Vec<String> {
    let tree = Tree::from([("a/index.html".to_owned(), html.into()), ("x.png".to_owned(), vec![])]);
    let mut allowed = Allowed { base_path: "/".to_owned(), form_hosts: vec!["https://news.example".to_owned()], ..Allowed::default() };
    allowed.hosts.allow("example.org");
    let around = Around::new(&tree, &allowed);
    let kind = if is_own { Kind::Own } else { Kind::Page };
    let judged = judge("a/index.html", scan("a/index.html", html.as_bytes()), kind, &around);
    let pages = BTreeMap::from([("a/index.html".to_owned(), judged)]);
    anchors("a/index.html", &pages, &around).iter().map(|noted| noted.finding.code.to_string()).collect()
}

#[test]
fn requests_to_third_parties_are_found() {
    for html in [
        "<img src=\"https://cdn.example/x.png\">",
        "<IMG SRC=//cdn.example/x.png>",
        "<link rel=stylesheet href='https://fonts.example/c.css'>",
        "<link rel=\"dns-prefetch\" href=\"//cdn.example\">",
        "<img src=\"../x.png\" srcset=\"../x.png 1x, https://cdn.example/y.png 2x\">",
        "<svg><image href=\"https://cdn.example/x.png\"/></svg>",
        "<iframe src=\"http&#58;//cdn.example\"></iframe>",
        "<base href=\"https://evil.example\">",
        "<meta http-equiv=\"Refresh\" content=\"0;url=https://evil.example\">",
        "<form action=\"https://evil.example/x\"></form>",
        "<form action=\"https://news.example.evil/x\"></form>",
        "<svg><image xlink:href=\"https://cdn.example/x.png\"/></svg>",
        "<svg><rect fill=\"url(https://cdn.example/x.svg#a)\"/></svg>",
        "<svg><script href=\"https://cdn.example/x.js\"/></svg>",
        "<a href=\"https://example.org\" ping=\"https://count.example/\">x</a>",
        "<video poster=\"https://cdn.example/x.png\"></video>",
        "<object data=\"https://cdn.example/x.swf\"></object>",
        "<link rel=\"preload\" as=\"image\" imagesrcset=\"https://cdn.example/x.png 2x\">",
        "<html manifest=\"https://cdn.example/m\">",
        "<table background=\"https://cdn.example/x.png\">",
    ] {
        assert_eq!(codes_of(html), ["H001"], "{html}");
    }
    assert!(codes_of("<a href=\"https://example.org\">x</a><link rel=canonical href=\"https://example.org\"><img src=../x.png>").is_empty());
}

#[test]
fn forms_stay_with_the_provider() {
    assert!(codes_of("<form action=\"https://news.example/subscribe\"></form>").is_empty());
}

#[test]
fn inline_code_is_found_and_text_is_not() {
    for html in [
        "<script>x</script>",
        "<script type=\"module\">x</script>",
        "<script type=\"application/ld+json;x\">x</script>",
        "<style>x</style>",
        "<p style=\"a\">",
        "<p onclick=\"a\">",
        "<a href=\"java&#115;cript:x\">",
        "<a href=\" java\nscript:x\">",
        "<form action=\"javascript:x\">",
        "<a href=\"data:text/html,x\">",
        "<iframe srcdoc=\"x\"></iframe>",
        "<svg><set to=\"javascript:x\"/></svg>",
    ] {
        assert_eq!(codes_of(html), ["H002"], "{html}");
    }
    assert!(codes_of("<title><style></title><p>&lt;script&gt;</p><textarea><p onclick=x></textarea>").is_empty());
    assert!(codes_of("<svg><title>x</title></svg>").is_empty());
    assert!(codes_of("<script type=\"application/ld+json\">{\"url\": \"https://example.org\"}</script>").is_empty(), "data is not run");
}

#[test]
fn dead_links_and_double_ids_are_found() {
    for (html, code) in [
        ("<a href=\"../b/\">", Some("H003")),
        ("<a href=\"#x\">", Some("H003")),
        ("<p id=x><p id=x>", Some("H004")),
        ("<p id=x><a href=\"#x\"><a href=\"../a/#x\"><a href=\"../a/index.html\"><a href=\"../x.png?v=1\"><a href=\"/a/\"><a href=\"./\">", None),
    ] {
        assert_eq!(codes_of(html), code.map_or(vec![], |code| vec![code]), "{html}");
    }
}

#[test]
fn links_lead_to_known_hosts_only() {
    assert_eq!(codes_of("<a href=\"https://spam.example/\">x</a><a href=\"https://www.example.org/\">x</a>"), ["I001"]);
    assert_eq!(codes_of("<a href=\"https://example.org@spam.example/\">x</a>"), ["I008"]);
}

#[test]
fn a_file_in_other_letters_is_another_file() {
    assert_eq!(codes_of("<a href=\"../X.png\">x</a>"), ["H010"]);
}

#[test]
fn headings_images_and_language_are_looked_at_on_our_pages() {
    for (html, expected) in [
        ("<html lang=\"de\"><h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2><img src=\"../x.png\" alt=\"\">", &[][..]),
        ("<html lang=\"de\"><p>no heading</p>", &[]),
        ("<h1>a</h1>", &["H006"]),
        ("<html lang=\"\"><h1>a</h1>", &["H006"]),
        ("<html lang=\"de\"><h2>a</h2>", &["H007"]),
        ("<html lang=\"de\"><h1>a</h1><h1>b</h1>", &["H007"]),
        ("<html lang=\"de\"><h1>a</h1><h3>b</h3>", &["H007"]),
        ("<html lang=\"de\"><h1>a</h1><img src=\"../x.png\">", &["H005"]),
        ("<html lang=\"de\"><h1>a</h1><input type=\"image\" src=\"../x.png\">", &["H005"]),
    ] {
        assert_eq!(all_codes(html, true), expected, "{html}");
    }
    assert!(codes_of("<h3>a page that somebody put into content/static</h3>").is_empty());
    assert!(
        all_codes("<meta http-equiv=\"refresh\" content=\"0;url=../x.png\"><h3>x</h3>", true).iter().all(|code| code == "H001"),
        "it is only passed through"
    );
}

#[test]
fn an_address_leads_to_the_same_file_whichever_way_it_is_written() {
    for (page, address, file) in [
        ("a/index.html", "", "a/index.html"),
        ("index.html", "a/index.html", "a/index.html"),
        ("a/b/index.html", "../../c.css", "c.css"),
        ("a/b/index.html", "../c.css", "a/c.css"),
        ("a/b/index.html", "../../c./d..e", "c./d..e"),
        ("a/index.html", "../../../c.css", "c.css"),
        ("a/index.html", "../..//c.css", "c.css"),
        ("a/index.html", "../b/../c.css", "c.css"),
        ("a/index.html", "../b/", "b/index.html"),
        ("a/index.html", "../b/..", "index.html"),
        ("a/index.html", "..", "index.html"),
        ("a/index.html", "../", "index.html"),
        ("a/index.html", ".", "a"),
        ("a/index.html", "/guide/c.css", "c.css"),
    ] {
        assert_eq!(resolve(page, address, "/guide/"), file, "{page} {address}");
    }
}
