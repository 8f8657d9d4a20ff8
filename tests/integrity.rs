//! Injected content: every kind is found where it stands, and what resembles it is left alone.

use leitfaden::base::date::Day;
use leitfaden::base::diag::Severity;
use leitfaden::base::path::SitePath;
use leitfaden::base::source::{Sources, line_column};
use leitfaden::pipeline::{Request, run};

use super::support::{Project, TODAY, read_tree};

/// The two adverts that were found in the middle of an article of 2020, with the sentences around them.
const ADVERT_IN_A_SENTENCE: &str = "Dennoch benötigen Sie einen Auftragsverarbeitungsvertrag. Im AVV wird festgelegt\n\nAs also, studies may understand serious results anorectic to understanding in the information of a own pharmacist if […] antibiotics say. You must not collect asking a conjunctivitis ceftriaxone fever prescription in any study.\n, welche Daten zu welchen Zwecken verarbeitet werden und mit welchen Maßnahmen die Datensicherheit gewährleistet wird.\n";
const ADVERT_IN_A_LIST: &str = "3. Deutscher oder europäischer Anbieter (inkl. Schweiz)\n\nPatients overprice caring an limited maturity and may cause the effect for a valid credibility or the Internet of a anorectic to the study.\n, der zum Betrieb der Software Serverdienstleistungen von Anbietern aus Drittländern einsetzt.\n";

/// What is injected, as Markdown; the code and the line of the finding; the same as it may stand.
const KINDS: [(&str, &str, &str, usize, &str); 16] = [
    (
        "an advert within a sentence",
        ADVERT_IN_A_SENTENCE,
        "I002",
        7,
        "> As also, studies may understand serious results anorectic to understanding in the information of a own pharmacist.",
    ),
    (
        "an advert within a list",
        ADVERT_IN_A_LIST,
        "I002",
        7,
        "Der Vertrag heißt „Standard Contractual Clauses for the transfer of personal data to third countries under the Regulation“.",
    ),
    (
        "an advert behind a short sentence",
        "Das ist neu. Buy our cheap medication without any prescription from the best pharmacy that you can find.",
        "I002",
        5,
        "Das ist neu. Kaufen Sie nichts, was Sie nicht brauchen, und prüfen Sie vorher den Vertrag des Anbieters.",
    ),
    (
        "an advert in another script",
        "Купить дешёвые лекарства без рецепта с быстрой доставкой по всему миру можно только на нашем сайте.",
        "I002",
        5,
        "Der Bezirk Москва ist gemeint, ebenso Ελλάδα und 東京; die Namen stehen so im Register der Behörde.",
    ),
    ("a link to a host that nobody knows", "Mehr dazu [hier](https://spam.example/).", "I001", 5, "Mehr dazu [hier](https://example.org/)."),
    ("an address in the text", "Mehr dazu unter https://spam.example/pillen.", "I001", 5, "Mehr dazu unter `https://spam.example/pillen` (Beispiel)."),
    ("a word with a character without width", "Die Daten\u{200b}schutz-Apotheke.", "I003", 5, "Die Daten\u{ad}schutz-Aufsicht."),
    ("a writing direction turned round", "Siehe gpj.\u{202e}exe.", "I003", 5, "Siehe bild.jpg. \u{1f468}\u{200d}\u{1f469}"),
    ("a heading that is hidden", "## Apotheke {.vh}\n\nText.", "I004", 5, "## Apotheke {.breit}\n\nText."),
    ("a host with a foreign letter", "Siehe [Seite](https://e\u{445}ample.org/).", "I005", 5, "Siehe [Seite](https://www.example.org/)."),
    ("a host in disguise", "Siehe [Seite](https://xn--xample-9uf.org/).", "I005", 5, "Siehe [Seite](https://example.org/xn--xample)."),
    ("a link that says another host", "Siehe [www.example.com](https://example.org/).", "I006", 5, "Siehe [www.example.org](https://example.org/)."),
    ("a shortened link", "Siehe [Seite](https://bit.ly/3abcdef).", "I007", 5, "Siehe [Seite](https://example.org/bit.ly)."),
    ("a user name before the host", "Siehe [Seite](https://example.org@spam.example/).", "I008", 5, "Siehe [Seite](https://example.org/@spam)."),
    (
        "a host that passes readers on",
        "Siehe [Seite](https://example.org/go?url=https%3A%2F%2Fspam.example).",
        "I009",
        5,
        "Siehe [Seite](https://example.org/go?url=%2Fseite).",
    ),
    (
        "a pile of links",
        "[a](https://a.example.net/) [b](https://b.example.net/) [c](https://c.example.net/) [d](https://d.example.net/)",
        "I010",
        5,
        "- [a](https://a.example.net/)\n- [b](https://b.example.net/)\n- [c](https://c.example.net/)\n- [d](https://d.example.net/)",
    ),
];

fn starter() -> Sources {
    let project = Project::starter();
    let mut sources = Sources::default();
    for folder in ["content", "vendors"] {
        for (path, bytes) in read_tree(&project.path(folder)) {
            sources.add(SitePath::parse(&format!("{folder}/{path}")).unwrap(), bytes);
        }
    }
    change(&mut sources, "content/site.yaml", "language: de", "language: de\nlinks: {allow: [\"*.example.net\"]}");
    sources
}

fn change(sources: &mut Sources, path: &str, from: &str, to: &str) {
    let text = sources.text(path).unwrap().text.to_string();
    assert!(text.contains(from), "{path} holds {from}");
    sources.add(SitePath::parse(path).unwrap(), text.replacen(from, to, 1).into_bytes());
}

/// Codes and lines of the findings in the article.
fn findings(sources: &Sources) -> Vec<(String, usize)> {
    let request = Request { today: Day::parse(TODAY).unwrap(), drafts: false, base_url: None, outgoing: false };
    let built = run(sources, &request, &mut |_| {});
    let place = |finding: &leitfaden::base::diag::Diagnostic| {
        let span = finding.span.as_ref().expect("a finding has a place");
        finding.line_column.map_or_else(|| line_column(&sources.texts[&span.path].text, span.start).0, |(line, _)| line)
    };
    let found = built.findings.iter().filter(|finding| finding.severity != Severity::Note);
    found.map(|finding| (finding.code.to_string(), place(finding))).collect()
}

fn with_article(text: &str) -> Sources {
    let mut sources = starter();
    sources.add(SitePath::parse("content/neu.md").unwrap(), format!("---\ntitle: Neu\n---\n\n{text}\n").into_bytes());
    sources
}

#[test]
fn every_kind_of_injection_is_found_where_it_stands() {
    for (what, injected, code, line, _) in KINDS {
        let found = findings(&with_article(injected));
        assert!(found.contains(&(code.to_owned(), line)), "{what}: {found:?}");
    }
}

#[test]
fn what_resembles_an_injection_may_be_published() {
    for (what, _, _, _, clean) in KINDS {
        assert_eq!(findings(&with_article(clean)), [], "{what}");
    }
}

#[test]
fn cards_and_the_glossary_are_looked_at_like_articles() {
    let advert = "note: You must not collect asking a conjunctivitis fever prescription in any study that they have.";
    for (path, from, to, code) in [
        ("vendors/beispiel-cloud.yaml", "note: Erfundenes Beispiel.", advert, "I002"),
        ("vendors/beispiel-cloud.yaml", "note: Erfundenes Beispiel.", "note: \"Erfun\\u200bdenes Beispiel.\"", "I003"),
        ("vendors/beispiel-cloud.yaml", "note: Erfundenes Beispiel.", "note: Siehe [mehr](https://spam.example/).", "I001"),
        ("vendors/beispiel-cloud.yaml", "website: https://example.org/", "website: https://bit.ly/3abc", "I007"),
        ("content/index.md", "title: ", "title: \u{2060}", "I003"),
    ] {
        let mut sources = starter();
        change(&mut sources, path, from, to);
        let found = findings(&sources);
        assert_eq!(found.iter().map(|(found, _)| found.as_str()).collect::<Vec<_>>(), [code], "{to}");
    }
}

#[test]
fn raw_html_hides_nothing_and_may_name_its_language() {
    let english = "You must not collect asking a conjunctivitis fever prescription in any study that they have.";
    for (html, expected) in [
        (format!("<div hidden>\n\n{english}\n\n</div>"), vec!["I004", "I002"]),
        ("<p aria-hidden=\"true\">Text</p>".to_owned(), vec!["I004"]),
        ("Text <span class=\"x sr-only\">mehr</span>".to_owned(), vec!["I004"]),
        (format!("<p>{english}</p>"), vec!["I002"]),
        (format!("<p lang=\"en\">{english}</p>"), vec![]),
        (format!("<div lang=\"en\">\n\n{english}\n\n</div>"), vec![]),
        (format!("<div lang=\"en\">\n\n{english}\n\n</div>\n\n{english}"), vec!["I002"]),
    ] {
        let mut sources = with_article(&html);
        change(&mut sources, "content/site.yaml", "language: de", "language: de\nmarkdown: {raw_html: true}");
        let found: Vec<String> = findings(&sources).into_iter().map(|(code, _)| code).collect();
        assert_eq!(found, expected, "{html}");
    }
}

#[test]
fn a_card_that_cannot_be_read_makes_no_host_unknown() {
    let mut sources = with_article("Mehr dazu [hier](https://example.org/).");
    for card in ["vendors/beispiel-cloud.yaml", "vendors/beispiel-server.yaml"] {
        change(&mut sources, card, "name: ", "name: [");
    }
    assert!(findings(&sources).iter().all(|(code, _)| !code.starts_with('I')), "{:?}", findings(&sources));
}
