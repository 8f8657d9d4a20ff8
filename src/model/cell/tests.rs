//! The rules of a cell, each with a card that meets it and one that does not.

use super::super::catalogue::Catalogue;
use super::super::law;
use super::super::testing::source;
use super::*;
use crate::base::codes::Letter;
use crate::parse::criteria::{CatalogueFile, ProfilesFile};
use crate::parse::law::LawFile;
use crate::parse::load_file;

const CATALOGUE: &str = "
source_kinds:
  - {id: anbieter, label: Anbieter, max_confidence: medium}
  - {id: wettbewerber, label: Wettbewerber, max_confidence: low}
  - {id: behoerde, label: Behörde}
countries: {Europa: [DE, FR, CH]}
groups: [{id: g, label: G}]
criteria:
  - {id: land, slug: land, group: g, label: L, question: Q, explanation: E, type: country, role: strong,
     values: [{id: Europa, label: Europa, light: green}, {id: other, label: Drittland, light: red}], derive: [{from: provider.country}]}
  - {id: quelloffen, slug: quelloffen, group: g, label: L, question: Q, explanation: E, type: choice, role: strong,
     values: [{id: ja, label: ja, light: green}, {id: nein, label: nein, light: neutral}]}
  - {id: betrieb, slug: betrieb, group: g, label: L, question: Q, explanation: E, type: choices, role: strong, combine: best,
     values: [{id: selbst, label: selbst, light: green}, {id: saas, label: SaaS, light: yellow}]}
  - {id: ort, slug: ort, group: g, label: L, question: Q, explanation: E, type: choices, role: strong, max_age_days: 100,
     values: [{id: eu, label: EU, light: green}, {id: usa, label: USA, light: red}, {id: frei, label: frei, light: neutral}]}
  - {id: e2ee, slug: e2ee, group: g, label: L, question: Q, explanation: E, type: choice, role: strong,
     values: [{id: ja, label: ja, light: green}, {id: nein, label: nein, light: red}, {id: entfaellt, label: entfällt, light: green, applies: false}],
     adjust: [{when: {e2ee: [nein], betrieb: [selbst]}, light: yellow, because: Betreiber und Verantwortlicher sind dieselbe Stelle.}]}
  - {id: befund, slug: befund, group: g, label: L, question: Q, explanation: E, type: list, role: medium, max_age_days: 730, age_from: source}
  - {id: stufe, slug: stufe, group: g, label: L, question: Q, explanation: E, type: choice, role: derived,
     values: [{id: '1', label: Stufe 1, light: green}, {id: '2', label: Stufe 2, light: green}, {id: '3', label: Stufe 3, light: yellow}, {id: '4', label: Stufe 4, light: red}],
     derive: [{when: {quelloffen: [ja], betrieb: [selbst]}, value: '1'},
              {when: {provider.country: [Europa], ort: [eu]}, value: '2'},
              {when: {provider.country: [Europa], ort: [eu, usa]}, value: '3'},
              {when: {provider.country: [Europa]}, value: unknown},
              {when: {}, value: '4'}]}
";

fn catalogue() -> Catalogue {
    let source = source("vendors/_criteria.yaml", CATALOGUE);
    let (file, findings) = load_file::<CatalogueFile>(&source, Letter::Criteria);
    assert!(findings.is_empty(), "{findings:?}");
    let (catalogue, findings) = Catalogue::build(&file.unwrap(), &source, None::<(&ProfilesFile, _)>);
    assert!(findings.is_empty(), "{findings:?}");
    catalogue
}

fn card(country: &str, facts: &str) -> CardFile {
    let text = format!(
        "name: A\nproduct: a\nvariant: V\nstatus: active\nprovider: {{name: A, country: {country}, parent_country: {country}}}\n\
         website: https://example.org\nsummary: S\nreviewed: 2026-01-01\nfacts:{facts}\n"
    );
    let (card, findings) = load_file::<CardFile>(&source("vendors/a.yaml", &text), Letter::Vendor);
    assert!(findings.is_empty(), "{findings:?}");
    card.unwrap()
}

/// A fact checked on 2026-11-01 from a source of this kind.
fn fact(id: &str, value: &str, confidence: &str, kind: &str, date: &str) -> String {
    format!(
        "\n  {id}: {{value: {value}, checked: 2026-11-01, confidence: {confidence}, sources: [{{url: \"https://example.org\", title: T, kind: {kind}, date: {date}}}]}}"
    )
}

fn known(id: &str, value: &str) -> String {
    fact(id, value, "low", "behoerde", "undated")
}

/// The cell of `id` on this day, with these legal events.
fn cell_on(country: &str, facts: &[String], id: &str, today: &str, events: &str) -> Cell {
    let catalogue = catalogue();
    let source = source("content/law.yaml", &format!("events: [{events}]"));
    let (file, _) = load_file::<LawFile>(&source, Letter::Site);
    let (events, findings) = law::events(&file.unwrap(), &source, &catalogue);
    assert!(findings.is_empty(), "{findings:?}");
    let facts = if facts.is_empty() { " {}".to_owned() } else { facts.concat() };
    let frame = Frame { catalogue: &catalogue, events: &events, today: Day::parse(today).unwrap(), default_max_age_days: 365 };
    fill(&card(country, &facts), frame).swap_remove(catalogue.find(id).unwrap())
}

fn cell(country: &str, facts: &[String], id: &str) -> Cell {
    cell_on(country, facts, id, "2026-11-23", "")
}

fn value(cell: &Cell) -> String {
    cell.parts.iter().map(|part| part.id.as_str()).collect::<Vec<_>>().join(",")
}

#[test]
fn unknown_and_does_not_apply_and_no_are_three_things() {
    let unknown = cell("DE", &[], "e2ee");
    assert!(unknown.light == Light::Grey && unknown.applies && !unknown.is_known());
    let stated = cell("DE", &["\n  e2ee: {value: unknown, checked: 2026-11-01, note: gesucht}".to_owned()], "e2ee");
    assert!(stated.light == Light::Grey && !stated.is_known(), "a stated unknown is unknown");
    let none = cell("DE", &[known("e2ee", "entfaellt")], "e2ee");
    assert!(none.light == Light::Green && !none.applies && none.is_known());
    let no = cell("DE", &[known("e2ee", "nein")], "e2ee");
    assert!(no.light == Light::Red && no.applies);
}

#[test]
fn several_values_combine_to_the_worst_or_the_best_and_neutral_ones_stand_back() {
    for (id, given, light) in [
        ("ort", "[eu, usa]", Light::Red),
        ("ort", "[eu, frei]", Light::Green),
        ("ort", "[frei]", Light::Neutral),
        ("betrieb", "[saas, selbst]", Light::Green),
        ("betrieb", "[saas]", Light::Yellow),
    ] {
        assert_eq!(cell("DE", &[known(id, given)], id).light, light, "{given}");
    }
}

#[test]
fn the_rank_is_derived_by_the_first_rule_that_fits() {
    for (country, facts, rank) in [
        ("US", &[("quelloffen", "ja"), ("betrieb", "[selbst]")][..], "1"),
        ("DE", &[("ort", "[eu]")], "2"),
        ("CH", &[("ort", "[eu]")], "2"),
        ("DE", &[("ort", "[eu, usa]")], "3"),
        ("DE", &[("betrieb", "[selbst, saas]"), ("quelloffen", "ja")], ""),
        ("DE", &[], ""),
        ("US", &[("ort", "[eu]")], "4"),
    ] {
        let facts: Vec<String> = facts.iter().map(|(id, value)| known(id, value)).collect();
        let cell = cell(country, &facts, "stufe");
        assert_eq!((value(&cell).as_str(), cell.derived), (rank, true), "{country} {facts:?}");
    }
    assert_eq!(cell("FR", &[], "land").light, Light::Green);
    assert_eq!(cell("US", &[], "land").light, Light::Red);
}

#[test]
fn a_rule_over_two_facts_changes_the_light_and_says_why() {
    let own = cell("DE", &[known("e2ee", "nein"), known("betrieb", "[selbst]")], "e2ee");
    assert_eq!((own.light, own.adjusted.as_deref()), (Light::Yellow, Some("Betreiber und Verantwortlicher sind dieselbe Stelle.")));
    let hosted = cell("DE", &[known("e2ee", "nein"), known("betrieb", "[saas]")], "e2ee");
    assert_eq!((hosted.light, hosted.adjusted), (Light::Red, None));
    let open = cell("DE", &[known("e2ee", "nein")], "e2ee");
    assert_eq!((open.light, open.adjusted), (Light::Red, None), "an unknown fact fulfils no condition");
}

#[test]
fn a_check_counts_until_its_last_day() {
    let facts = [known("ort", "[eu]")];
    let last = cell_on("DE", &facts, "ort", "2027-02-09", "");
    assert!(!last.expired && last.light == Light::Green && last.expires == Day::parse("2027-02-09"));
    let after = cell_on("DE", &facts, "ort", "2027-02-10", "");
    assert!(after.expired && !after.historic && after.light == Light::Grey && !after.is_known() && value(&after) == "eu");
    assert_eq!(value(&cell_on("DE", &facts, "stufe", "2027-02-10", "")), "", "what is too old carries no rank");
}

#[test]
fn a_finding_with_an_old_source_becomes_history() {
    let old = cell("DE", &[fact("befund", "[rot]", "high", "behoerde", "2021-02-18")], "befund");
    assert!(old.expired && old.historic && old.light == Light::Grey);
    let new = cell("DE", &[fact("befund", "[gut]", "high", "behoerde", "2026-03")], "befund");
    assert!(!new.expired && new.light == Light::Neutral);
}

#[test]
fn confidence_is_bounded_by_the_best_kind_of_source() {
    use Confidence::{High, Low, Medium};
    for (declared, kind, shown, capped) in [
        ("high", "anbieter", Medium, true),
        ("medium", "anbieter", Medium, false),
        ("high", "wettbewerber", Low, true),
        ("high", "behoerde", High, false),
        ("low", "behoerde", Low, false),
    ] {
        let cell = cell("DE", &[fact("quelloffen", "ja", declared, kind, "2026")], "quelloffen");
        assert_eq!((cell.confidence, cell.capped), (Some(shown), capped), "{declared} {kind}");
    }
}

#[test]
fn a_later_legal_event_flags_exactly_the_value_it_touches() {
    let event = |date: &str, value: &str| format!("{{date: {date}, title: T, text: X, status: in_force, sources: [], affects: [{{criterion: ort{value}}}]}}");
    for (event, flagged) in [
        (event("2026-11-10", ", value: usa"), true),
        (event("2026-11-10", ", value: eu"), false),
        (event("2026-11-10", ""), true),
        (event("2026-11-01", ", value: usa"), false),
        (event("2026-11", ", value: usa"), true),
        (event("2026-10", ", value: usa"), false),
        (event("2026-12-24", ", value: usa"), false),
        (event("2026-11-10", ", value: usa").replace("in_force", "pending"), false),
    ] {
        let cell = cell_on("DE", &[known("ort", "[usa]")], "ort", "2026-11-23", &event);
        assert_eq!(!cell.events.is_empty(), flagged, "{event}");
        assert_eq!(cell.light, Light::Red, "the light stays until somebody has looked");
    }
}
