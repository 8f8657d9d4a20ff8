//! Data for others, read by programs that are not ours: feeds, the calendar, the table, the JSON, previews.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr as _;

use atom_syndication::Feed;
use icalendar::{Calendar, CalendarComponent, Component as _};
use serde_json::Value;

use super::support::{Project, copy_tree, repository};

type Output = BTreeMap<String, Vec<u8>>;

fn text<'a>(output: &'a Output, path: &str) -> &'a str {
    std::str::from_utf8(output.get(path).unwrap_or_else(|| panic!("there is no {path}"))).expect("UTF-8")
}

/// The starter guide with a dated article and a change whose texts hold what XML and CSV must escape.
fn built() -> (Project, Output) {
    let project = Project::starter();
    let article = "content/wer-ist-verantwortlich.md";
    project.replace(article, "date: 2026-01-01", "date: 2026-03-01\nupdated: 2026-04-02");
    project.replace(article, "description: Verantwortlicher, Auftragsverarbeiter und was sie unterscheidet.", "description: \"A & B < C > \\\"D\\\"\"");
    let changes = "changes:\n  - {date: 2026-05-02, criterion: vertrag, from: nein, to: ja, why: \"Neu: A & B; siehe [hier](https://example.org/?a=1&b=2).\"}\n  - {date: 2026-05-01, why: Erste Fassung.}\nhardening:\n";
    project.replace("vendors/beispiel-cloud.yaml", "hardening:\n", changes);
    project.replace("vendors/beispiel-cloud.yaml", "note: Erfundenes Beispiel.", "note: \"=HYPERLINK(1); sagt \\\"wer\\\"\\n zwei\"");
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let output = project.output();
    (project, output)
}

/// What RFC 4287 asks of a feed beyond its grammar, which the parser holds it to.
fn check_feed(path: &str, feed: &Feed) {
    assert!(feed.id().starts_with("https://") && !feed.title().as_str().trim().is_empty(), "{path}: id and title (4.2.6, 4.2.14)");
    assert!(!feed.authors().is_empty(), "{path}: an author (4.1.1)");
    let own: Vec<&str> = feed.links().iter().filter(|link| link.rel() == "self").map(atom_syndication::Link::href).collect();
    assert_eq!(own, [format!("https://leitfaden.example/{path}")], "{path} names itself (4.1.1)");
    let ids: BTreeSet<&str> = feed.entries().iter().map(atom_syndication::Entry::id).collect();
    assert_eq!(ids.len(), feed.entries().len(), "{path}: ids are unique (4.2.6)");
    for entry in feed.entries() {
        assert!(entry.id().starts_with("https://") && !entry.title().as_str().is_empty(), "{path}: {entry:?}");
        assert!(entry.links().iter().any(|link| link.rel() == "alternate") && entry.summary().is_some(), "{path}: {entry:?} (4.1.2)");
        assert!(entry.updated() <= feed.updated(), "{path}: a feed is as new as its newest entry");
    }
}

#[test]
fn feeds_hold_for_an_independent_parser_and_each_system_has_its_own() {
    let (_, output) = built();
    let feeds: BTreeMap<&str, Feed> = output
        .iter()
        .filter(|(path, _)| path.ends_with(".xml") && *path != "sitemap.xml")
        .map(|(path, bytes)| (path.as_str(), Feed::read_from(&bytes[..]).unwrap_or_else(|error| panic!("{path}: {error}"))))
        .collect();
    assert_eq!(
        feeds.keys().copied().collect::<Vec<_>>(),
        ["aenderungen.xml", "feed.xml", "systeme/beispiel-cloud/aenderungen.xml", "systeme/beispiel-server/aenderungen.xml"]
    );
    for (path, feed) in &feeds {
        check_feed(path, feed);
    }
    let articles = &feeds["feed.xml"];
    let dated = articles.entries().iter().find(|entry| entry.id().contains("wer-ist-verantwortlich")).expect("the article");
    assert_eq!(dated.summary().unwrap().as_str(), "A & B < C > \"D\"");
    assert_eq!(
        (dated.published().unwrap().to_rfc3339(), dated.updated().to_rfc3339()),
        ("2026-03-01T00:00:00+00:00".into(), "2026-04-02T00:00:00+00:00".into())
    );
    let (all, own) = (&feeds["aenderungen.xml"], &feeds["systeme/beispiel-cloud/aenderungen.xml"]);
    assert_eq!(own.entries().len(), 2);
    let ids = |feed: &Feed| feed.entries().iter().map(|entry| entry.id().to_owned()).collect::<BTreeSet<_>>();
    assert!(ids(own).is_subset(&ids(all)), "one change has one id wherever it is told");
    assert!(own.entries()[0].summary().unwrap().as_str().contains("A &amp; B"), "the summary is HTML: {:?}", own.entries()[0].summary());
    assert!(feeds["systeme/beispiel-server/aenderungen.xml"].entries().is_empty(), "nothing changed yet, but one can subscribe");
    let page = text(&output, "systeme/beispiel-cloud/index.html");
    assert_eq!(page.matches("../../systeme/beispiel-cloud/aenderungen.xml").count(), 2, "for feed readers and for people");
}

#[test]
fn the_calendar_holds_for_an_independent_parser() {
    let (_, output) = built();
    let calendar = Calendar::from_str(text(&output, "pruefkalender.ics")).expect("RFC 5545");
    let events: Vec<_> = calendar.components.iter().filter_map(CalendarComponent::as_event).collect();
    assert!(!events.is_empty() && events.len() == calendar.components.len());
    for event in events {
        assert!(event.get_uid().is_some() && event.get_summary().is_some() && event.get_url().is_some_and(|url| url.starts_with("https://")), "{event:?}");
        assert!(event.get_start().is_some() && event.get_end().is_some(), "{event:?}");
    }
}

#[test]
fn the_table_comes_back_as_the_json_says_and_holds_no_formula() {
    let (_, output) = built();
    let bytes = &output["api/v1/systems.csv"];
    let table = bytes.strip_prefix("\u{feff}".as_bytes()).expect("a byte-order mark tells spreadsheet programs that this is UTF-8");
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(table);
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let systems: Value = serde_json::from_str(text(&output, "api/v1/systems.json")).unwrap();
    let mut rows = 0;
    for row in reader.records() {
        let row = row.expect("every row has as many fields as the head");
        let cell = |name: &str| &row[header.iter().position(|known| known == name).unwrap()];
        for (name, field) in header.iter().zip(&row) {
            assert!(!field.starts_with(['=', '+', '-', '@', '\t', '\r']), "{name} would be run as a formula: {field}");
        }
        let system = systems["systems"].as_array().unwrap().iter().find(|system| system["slug"] == cell("system")).unwrap();
        assert_eq!(system["name"], cell("name"));
        let fact = &system["facts"][cell("criterion")];
        if !fact.is_null() {
            assert_eq!(fact["light"], cell("light"), "{row:?}");
            assert_eq!(fact["note"].as_str().unwrap_or_default(), cell("note").strip_prefix('\'').unwrap_or(cell("note")), "{row:?}");
            assert_eq!(fact["sources"][0]["url"].as_str().unwrap_or_default(), cell("source"));
        }
        rows += 1;
    }
    assert_eq!(rows, 2 * criteria(&output), "a row for every cell");
    let guarded = text(&output, "api/v1/systems.csv").contains("\"'=HYPERLINK(1); sagt ");
    assert!(guarded, "a formula is a text with an apostrophe before it");
}

fn criteria(output: &Output) -> usize {
    let catalogue: Value = serde_json::from_str(text(output, "api/v1/criteria.json")).unwrap();
    catalogue["criteria"].as_array().unwrap().len()
}

/// Every JSON file is what its published schema says.
fn check_json(output: &Output) {
    let validator = |name: &str| {
        let schema: Value = serde_json::from_str(text(output, &format!("api/v1/{name}.schema.json"))).unwrap();
        jsonschema::options().should_validate_formats(true).build(&schema).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    let (systems, system, criteria) = (validator("systems"), validator("system"), validator("criteria"));
    let mut seen = 0;
    for (path, bytes) in output.iter().filter(|(path, _)| path.starts_with("api/v1/") && path.ends_with(".json") && !path.ends_with(".schema.json")) {
        let schema = if path == "api/v1/systems.json" {
            &systems
        } else if path == "api/v1/criteria.json" {
            &criteria
        } else {
            &system
        };
        let value: Value = serde_json::from_slice(bytes).unwrap();
        schema.validate(&value).unwrap_or_else(|error| panic!("{path}: {error} at {}", error.instance_path()));
        assert!(!schema.is_valid(&serde_json::json!({})), "{path}: the schema asks for something");
        seen += 1;
    }
    assert!(seen >= 4, "{seen}");
}

#[test]
fn the_json_is_what_its_schemas_say() {
    check_json(&built().1);
}

#[test]
fn the_guides_own_data_holds_too() {
    let project = Project::empty();
    for folder in ["content", "vendors"] {
        copy_tree(&repository().join(folder), &project.path(folder));
    }
    let ran = project.run(&["build", "--base-url", "https://leitfaden.example/"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let output = project.output();
    check_json(&output);
    let feeds = output.iter().filter(|(path, _)| path.ends_with(".xml") && *path != "sitemap.xml");
    assert!(feeds.clone().count() > 20);
    for (path, bytes) in feeds {
        check_feed(path, &Feed::read_from(&bytes[..]).unwrap_or_else(|error| panic!("{path}: {error}")));
    }
    Calendar::from_str(text(&output, "pruefkalender.ics")).expect("RFC 5545");
    let table = output["api/v1/systems.csv"].strip_prefix("\u{feff}".as_bytes()).unwrap();
    let rows: Vec<_> = csv::ReaderBuilder::new().delimiter(b';').from_reader(table).into_records().map(|row| row.expect("a whole row")).collect();
    assert!(rows.len() > 500, "{}", rows.len());
}

#[test]
fn every_page_names_a_preview_image_that_is_a_png_of_the_usual_size() {
    let (_, output) = built();
    let mut images = BTreeSet::new();
    for (path, bytes) in output.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        let get = |property: &str| html.split(&format!("property=\"{property}\" content=\"")).nth(1).and_then(|rest| rest.split('"').next());
        let canonical = html.split("rel=\"canonical\" href=\"").nth(1).and_then(|rest| rest.split('"').next());
        assert_eq!(get("og:url"), canonical, "{path}");
        assert!(get("og:title").is_some_and(|title| !title.is_empty()), "{path}");
        if let Some(image) = get("og:image") {
            images.insert(image.strip_prefix("https://leitfaden.example/").expect("an absolute address of the site").to_owned());
        }
    }
    assert!(images.len() > 6, "the site's, the systems', the criteria's, the articles': {images:?}");
    for path in images {
        let bytes = &output[&path];
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!((reader.info().width, reader.info().height), (1200, 630));
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(bytes.len() < 40_000, "{path} has {} bytes", bytes.len());
    }
    assert!(text(&output, "wer-ist-verantwortlich/index.html").contains("property=\"og:type\" content=\"article\""));
}

#[test]
fn pages_say_in_the_words_of_schema_org_what_they_are() {
    let (_, output) = built();
    let graph = |path: &str| -> Vec<Value> {
        let html = text(&output, path);
        let block = html.split("<script type=\"application/ld+json\">").nth(1).unwrap_or_else(|| panic!("{path} has no data"));
        let value: Value = serde_json::from_str(block.split("</script>").next().unwrap()).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(value["@context"], "https://schema.org");
        value["@graph"].as_array().unwrap().clone()
    };
    let article = &graph("wer-ist-verantwortlich/index.html")[0];
    assert_eq!((&article["@type"], &article["headline"], &article["inLanguage"]), (&"Article".into(), &"Wer ist verantwortlich?".into(), &"de".into()));
    assert_eq!((&article["datePublished"], &article["dateModified"]), (&"2026-03-01".into(), &"2026-04-02".into()));
    assert_eq!(article["description"], "A & B < C > \"D\"", "a text of the site cannot end the element");
    assert!(article["publisher"].is_null(), "a placeholder is no publisher");
    let list = &graph("systeme/index.html")[0];
    assert_eq!((&list["@type"], &list["numberOfItems"]), (&"ItemList".into(), &2.into()));
    assert_eq!(list["itemListElement"][0]["url"], "https://leitfaden.example/systeme/beispiel-cloud/");
    assert_eq!(graph("glossar/index.html")[0]["@type"], "DefinedTermSet");
    let crumbs = graph("systeme/beispiel-cloud/index.html");
    assert_eq!(crumbs.len(), 1, "a system is no product with stars");
    let names: Vec<&str> = crumbs[0]["itemListElement"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    assert!(!text(&output, "index.html").contains("application/ld+json"), "nothing to say, nothing said");
}
