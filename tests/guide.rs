//! The guide in this repository: it builds without a warning and shows what it promises.

use std::collections::BTreeSet;

use super::support::{TODAY, read_tree, repository, run};

fn built() -> std::collections::BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    let ran = run(&["--root", &repository().display().to_string(), "--today", TODAY, "build", "--strict", "--output", &output.display().to_string()]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "the guide builds without a warning");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap_or_default();
    read_tree(&output).into_iter().map(|(path, bytes)| (path, text(bytes))).collect()
}

#[test]
fn the_guide_has_all_pages_and_every_light() {
    let site = built();
    for page in [
        "index.html",
        "vergleich/index.html",
        "vergleich/betriebsmodell/on-premise/index.html",
        "systeme/index.html",
        "systeme/zoom/index.html",
        "kriterien/index.html",
        "kriterien/ende-zu-ende-verschluesselung/index.html",
        "auswahl/index.html",
        "auftragsverarbeitung/index.html",
        "themen/index.html",
        "themen/vertrag/index.html",
        "glossar/index.html",
        "recht/index.html",
        "aenderungen/index.html",
        "suche/index.html",
        "newsletter/index.html",
        "einwilligung/v1/index.html",
        "impressum/index.html",
        "datenschutz/index.html",
        "barrierefreiheit/index.html",
        "druck/index.html",
        "404.html",
        "sitemap.xml",
        "robots.txt",
        "feed.xml",
        "aenderungen.xml",
        "api/v1/systems.json",
        "api/v1/systems/zoom.json",
        "api/v1/criteria.json",
        "api/v1/systems.csv",
        ".leitfaden.json",
    ] {
        assert!(site.contains_key(page), "{page}");
    }
    let systems = site.keys().filter(|path| path.starts_with("systeme/") && path.ends_with("/index.html") && path.matches('/').count() == 2).count();
    assert!(systems >= 16, "{systems} systems");
    let articles = site["sitemap.xml"].matches("<lastmod>").count() - systems;
    assert!(articles >= 6, "{articles} articles");

    let matrix = &site["vergleich/index.html"];
    assert_eq!(matrix.matches("<tr data-system=").count(), systems);
    let default_profile: BTreeSet<&str> = matrix.split("data-rating=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default()).collect();
    for light in ["green", "yellow", "red", "grey"] {
        assert!(matrix.contains(&format!("data-light=\"{light}\"")), "a cell is {light}");
        assert!(default_profile.contains(light), "a rating is {light}");
    }
}

#[test]
fn the_comparison_leaves_its_evidence_to_a_script_for_each_system() {
    let site = built();
    let matrix = &site["vergleich/index.html"];
    let data: serde_json::Value = serde_json::from_str(&site["api/v1/systems.json"]).unwrap();
    let mut sources = 0;
    for system in data["systems"].as_array().unwrap() {
        let slug = system["slug"].as_str().unwrap();
        let row = matrix.split(&format!("<tr data-system=\"{slug}\"")).nth(1).unwrap();
        let address = row.split("data-evidence=\"../").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let script = &site[address];
        for fact in system["facts"].as_object().unwrap().values() {
            for source in fact["sources"].as_array().into_iter().flatten() {
                let url = source["url"].as_str().unwrap().replace('&', "&amp;");
                assert!(script.contains(&format!("href=\\\"{url}\\\"")), "{address} lacks {url}");
                assert!(!matrix.contains(&format!("href=\"{url}\"")), "the page itself stays small");
                sources += 1;
            }
        }
    }
    assert!(sources > 400, "{sources} sources");
}

#[test]
fn every_rating_shows_its_trace() {
    let site = built();
    let data: serde_json::Value = serde_json::from_str(&site["api/v1/systems.json"]).unwrap();
    let systems = data["systems"].as_array().unwrap();
    for system in systems {
        let slug = system["slug"].as_str().unwrap();
        let page = &site[&format!("systeme/{slug}/index.html")];
        let ratings = system["ratings"].as_object().unwrap();
        assert!(!ratings.is_empty());
        if system["status"] == "discontinued" {
            assert!(page.contains("data-trace"), "{slug} says why it has no rank");
            continue;
        }
        for (profile, rating) in ratings {
            assert!(!rating["trace"].as_array().unwrap().is_empty(), "{slug} {profile}");
            assert!(page.contains(&format!("data-profile=\"{profile}\"")), "{slug} {profile}");
        }
        assert_eq!(page.matches("data-trace").count(), ratings.len(), "{slug}");
        let facts = system["facts"].as_object().unwrap();
        for (criterion, fact) in facts {
            assert!(page.contains(&format!("data-fact=\"{criterion}\"")), "{slug} {criterion}");
            let has_evidence = fact["derived"] == true || fact["value"] == "unknown" || !fact["sources"].as_array().unwrap().is_empty();
            assert!(has_evidence, "{slug} {criterion} has no source");
        }
    }
}

#[test]
fn pages_ask_nobody_for_anything_and_hold_a_policy() {
    for (path, html) in built().iter().filter(|(path, _)| path.ends_with(".html")) {
        let policy = html.find("Content-Security-Policy").unwrap_or_else(|| panic!("{path} has a policy"));
        assert!(policy < html.find("<title>").unwrap(), "{path}: the policy comes first");
        assert!(html.contains("default-src 'none'") && !html.contains("unsafe-"), "{path}");
        for foreign in ["src=\"http", "url(http", "<iframe", "@import", "preconnect", "dns-prefetch"] {
            assert!(!html.contains(foreign), "{path} holds {foreign}");
        }
        assert!(!html.contains('\u{e000}'), "{path}: an address was not finished");
    }
}

#[test]
fn the_consent_comes_before_the_button_and_is_not_ticked() {
    let site = built();
    let page = &site["newsletter/index.html"];
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("the newsletter page holds {text}"));
    let form = &page[at("data-newsletter")..];
    let inside = |text: &str| form.find(text).unwrap_or_else(|| panic!("the form holds {text}"));
    assert!(inside("data-consent") < inside("<button"));
    assert!(page.contains("data-version=\"1\"") && page.contains("data-sha256=\""));
    assert!(form.contains("type=\"checkbox\"") && form.contains("required") && !form.contains("checked"));
    assert!(site["einwilligung/v1/index.html"].contains(page.split("data-sha256=\"").nth(1).unwrap().split('"').next().unwrap()));
}

/// The words of an article's body, without front matter, footnotes and directives.
fn words(markdown: &str) -> usize {
    let body = markdown.split_once("\n---\n").map_or(markdown, |(_, body)| body);
    let lines = body.lines().filter(|line| !line.starts_with("[^") && !line.starts_with("{{<"));
    lines.flat_map(str::split_whitespace).filter(|word| word.chars().any(char::is_alphabetic)).count()
}

#[test]
fn the_guide_is_as_large_and_as_well_sourced_as_it_says() {
    let site = built();
    let json = |path: &str| -> serde_json::Value { serde_json::from_str(&site[path]).unwrap() };
    let (data, catalogue) = (json("api/v1/systems.json"), json("api/v1/criteria.json"));
    let weighed: Vec<&str> = catalogue["criteria"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|criterion| ["gate", "strong"].contains(&criterion["role"].as_str().unwrap()))
        .map(|criterion| criterion["id"].as_str().unwrap())
        .collect();
    let mut sourced = 0;
    for system in data["systems"].as_array().unwrap() {
        let (slug, facts) = (system["slug"].as_str().unwrap(), system["facts"].as_object().unwrap());
        for (criterion, fact) in facts.iter().filter(|(_, fact)| !fact["sources"].as_array().unwrap().is_empty()) {
            sourced += 1;
            let sure = fact["confidence"].is_string() || fact["value"] == "unknown";
            assert!(fact["checked"].is_string() && sure, "{slug} {criterion} says when and how sure");
        }
        let known = weighed.iter().filter(|id| facts.get(**id).is_some_and(|fact| fact["value"] != "unknown")).count();
        let well_known = [
            "zoom",
            "microsoft-teams",
            "google-meet",
            "cisco-webex",
            "jitsi-meet",
            "bigbluebutton",
            "nextcloud-talk",
            "opentalk",
            "alfaview",
            "element-call",
            "wire",
            "goto-meeting",
        ];
        assert!(!well_known.contains(&slug) || known * 10 >= weighed.len() * 6, "{slug}: {known} of {} gates and strong criteria", weighed.len());
    }
    assert!(data["systems"].as_array().unwrap().len() >= 26 && sourced >= 540, "{sourced} sourced facts");
    assert!(catalogue["profiles"].as_array().unwrap().len() >= 6);

    let articles: Vec<(String, usize)> = read_tree(&repository().join("content"))
        .into_iter()
        .filter(|(path, _)| path.ends_with(".md") && !path.starts_with("index."))
        .map(|(path, bytes)| (path, words(&String::from_utf8(bytes).unwrap())))
        .collect();
    assert!(articles.len() >= 22, "{} articles", articles.len());
    let odd: Vec<&(String, usize)> = articles.iter().filter(|(_, words)| !(500..=1500).contains(words)).collect();
    assert!(odd.is_empty(), "too short or too long: {odd:?}");
    assert!(site["recht/index.html"].matches("data-source").count() >= 30);
    let text = std::fs::read_to_string(repository().join("content/glossary.yaml")).unwrap();
    assert!(text.matches("\n  - term:").count() >= 80, "80 terms");
    let text = std::fs::read_to_string(repository().join("content/law.yaml")).unwrap();
    assert!(text.matches("\n  - date:").count() >= 30, "30 legal events");
}

#[test]
fn no_sentence_of_the_hacked_article_is_repeated() {
    // Six words in a row of the article the project started from, as SHA-256, so that its text and
    // the adverts in it are not stored here. Made by `tests/seed_shingles.txt`'s header.
    let hashes: BTreeSet<&str> = include_str!("seed_shingles.txt").lines().filter(|line| !line.starts_with('#')).collect();
    assert!(hashes.len() > 500);
    for folder in ["content", "vendors"] {
        for (path, bytes) in read_tree(&repository().join(folder)) {
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            for window in words.windows(6) {
                let phrase = window.join(" ");
                let hash = leitfaden::base::hash::sha256_hex(phrase.as_bytes());
                assert!(!hashes.contains(&hash[..16]), "{path} repeats „{phrase}“");
            }
        }
    }
}

#[test]
fn feeds_and_sitemap_are_well_formed_and_complete() {
    let site = built();
    for (path, root, needed) in [
        ("feed.xml", "feed", &["id", "title", "updated", "author", "entry", "link"][..]),
        ("aenderungen.xml", "feed", &["id", "title", "updated", "author", "entry", "link"]),
        ("sitemap.xml", "urlset", &["url", "loc"]),
    ] {
        let mut reader = quick_xml::Reader::from_str(&site[path]);
        let mut names = Vec::new();
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{path}: {error}")) {
                quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => names.push(tag.name().as_ref().to_string()),
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(names[0], root, "{path}");
        for name in needed {
            assert!(names.iter().any(|found| found == name), "{path} has no <{name}>");
        }
        assert!(!site[path].contains("index.html"), "{path}: addresses end in the folder");
    }
    // RFC 4287, 4.1.1: every entry has an id of its own.
    let ids: Vec<&str> = site["aenderungen.xml"].split("<id>").skip(2).filter_map(|rest| rest.split("</id>").next()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
}
