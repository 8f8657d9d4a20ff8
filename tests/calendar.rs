//! The calendar of checks, read strictly as RFC 5545 asks for it.

use std::collections::BTreeSet;

use super::support::Project;

/// A property: name with its parameters, and value.
type Property = (String, String);

/// The events of a calendar; panics on everything that the standard forbids.
fn events(bytes: &[u8]) -> Vec<Vec<Property>> {
    let text = std::str::from_utf8(bytes).expect("UTF-8 (3.1.4)");
    assert!(text.ends_with("\r\n"), "every line ends in CRLF (3.1)");
    let lines: Vec<&str> = text.trim_end_matches("\r\n").split("\r\n").collect();
    assert!(lines.iter().all(|line| !line.contains(['\r', '\n']) && !line.is_empty()), "CRLF only between lines");
    assert!(lines.iter().all(|line| line.len() <= 75), "lines of at most 75 octets");
    let mut unfolded: Vec<String> = Vec::new();
    for line in lines {
        match line.strip_prefix(' ') {
            Some(rest) => unfolded.last_mut().expect("a fold continues a line").push_str(rest),
            None => unfolded.push(line.to_owned()),
        }
    }
    let mut properties = unfolded.iter().map(|line| {
        let (name, value) = line.split_once(':').expect("name and value");
        assert!(name.bytes().all(|byte| byte.is_ascii_uppercase() || b"-;=".contains(&byte)), "{name}");
        (name.to_owned(), value.to_owned())
    });
    assert_eq!(properties.next(), Some(("BEGIN".into(), "VCALENDAR".into())));
    assert_eq!(properties.next(), Some(("VERSION".into(), "2.0".into())));
    let (mut open, mut events) = (None, Vec::new());
    for (name, value) in properties {
        match (name.as_str(), value.as_str()) {
            ("BEGIN", "VEVENT") => assert!(open.replace(Vec::new()).is_none(), "events do not nest"),
            ("END", "VEVENT") => events.push(open.take().expect("an event is open")),
            ("END", "VCALENDAR") => assert!(open.is_none()),
            _ => match &mut open {
                Some(event) => event.push((name, value)),
                None => assert!(["PRODID", "X-WR-CALNAME"].contains(&name.as_str()), "{name} is no property of a calendar"),
            },
        }
    }
    events
}

fn get<'a>(event: &'a [Property], name: &str) -> &'a str {
    let values: Vec<&str> = event.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect();
    assert_eq!(values.len(), 1, "{name} stands once in {event:?}");
    values[0]
}

#[test]
fn everything_that_is_due_is_an_event_and_an_entry_of_the_page() {
    let project = Project::starter();
    project.replace("content/wer-ist-verantwortlich.md", "weight: 2", "weight: 2\nreview_by: 2026-12-31");
    project.replace(
        "content/wer-ist-verantwortlich.md",
        "title: ",
        "title: \"Größe, Umfang; und ein Rückstrich \\\\ in einem sehr langen Titel mit Umlauten äöü: \" # ",
    );
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let output = project.output();
    let events = events(&output["pruefkalender.ics"]);
    let mut ids = BTreeSet::new();
    for event in &events {
        assert!(ids.insert(get(event, "UID").to_owned()), "an id is unique");
        assert_eq!(get(event, "DTSTAMP"), "20261125T000000Z");
        let (from, to) = (get(event, "DTSTART;VALUE=DATE"), get(event, "DTEND;VALUE=DATE"));
        assert!(from.len() == 8 && to.len() == 8 && from < to, "{from} {to}");
        let unescaped = get(event, "SUMMARY").replace("\\\\", "").replace("\\,", "").replace("\\;", "").replace("\\n", "");
        assert!(!unescaped.contains([',', ';', '\\']), "{unescaped}");
        assert!(get(event, "URL").starts_with("https://leitfaden.example/"));
    }
    let article = events.iter().find(|event| get(event, "UID").starts_with("article-")).expect("the article is due");
    assert_eq!((get(article, "DTSTART;VALUE=DATE"), get(article, "DTEND;VALUE=DATE")), ("20261231", "20270101"));
    assert!(get(article, "SUMMARY").ends_with("Größe\\, Umfang\\; und ein Rückstrich \\\\ in einem sehr langen Titel mit Umlauten äöü: "));
    let facts = events.iter().filter(|event| get(event, "UID").starts_with("facts-"));
    assert!(facts.clone().count() >= 2, "both cards have facts");
    assert!(facts.clone().all(|event| get(event, "DESCRIPTION").contains(char::is_alphabetic)));
    let page = String::from_utf8(output["pruefkalender/index.html"].clone()).unwrap();
    assert_eq!(page.matches("<li><time").count() + page.matches("<li data-overdue><time").count(), events.len());
    assert!(page.contains("<time datetime=\"2026-12-31\">31.12.2026</time>") && page.contains("Dezember 2026"));
}

#[test]
fn what_is_overdue_is_marked_on_the_page() {
    let project = Project::starter();
    project.replace("content/wer-ist-verantwortlich.md", "weight: 2", "weight: 2\nreview_by: 2026-11-24");
    assert_eq!(project.run(&["build"]).code, Some(0));
    let page = String::from_utf8(project.output()["pruefkalender/index.html"].clone()).unwrap();
    assert_eq!(page.matches("data-overdue").count(), 1);
}
