//! The search's index: laws that hold for any text, the vectors that the browser's half is held to, files of whole sites.

use std::collections::BTreeMap;

use leitfaden::base::hash::sha256_hex;
use leitfaden::parse::config::Language;
use leitfaden::parse::json;
use leitfaden::parse::strings::Strings;
use leitfaden::search::compound::Lexicon;
use leitfaden::search::document::{Document, Facet, Kind};
use leitfaden::search::encode::{Shard, decode, decode_terms, front_code};
use leitfaden::search::files::{self, Frame};
use leitfaden::search::fold::{each_word, stem};
use leitfaden::search::index::{Index, Posting, Vocabulary, expand};
use leitfaden::search::reader::Reader;
use proptest::prelude::*;

use super::support::{Project, repository};

const VECTORS: &str = "tests/browser/vectors.json";

/// Texts whose words both halves must find: spellings, joints, inside characters, other scripts.
const TEXTS: [(&str, &str); 34] = [
    ("de", "Verschlüsselung Verschluesselung VERSCHLÜSSELUNG Verschlu\u{308}sselung Verschlüsselungen"),
    ("de", "Verträge Vertrages Verträgen Vertrags Vertrag Vertragsmängel"),
    ("de", "neue Quelle Steuer Bauer Queue aktuell Israel Poet Säen Mauer treue aeue"),
    ("de", "Maßnahme Massnahme Straße GROẞ ẞ"),
    ("de", "Art. 28 Abs. 3 lit. a DSGVO, § 203 StGB und §§ 3, 4 TDDDG"),
    ("de", "C-311/18, T-553/23, 2023/1795, EN 301 549, DIN SPEC 27008, ISO/IEC 27001"),
    ("de", "und/oder 28.06.2025 z. B. z.B. d.h. 3/4 a/b 1/b"),
    ("de", "meet.jit.si www.example.org Ende. Anfang"),
    ("de", "Ende-zu-Ende-Verschlüsselung Transport- und Ende- AV-Vertrag Art.-27-Vertreter"),
    ("de", "On‑Premise On‐Premise On–Premise On—Premise"),
    ("de", "geht’s geht's l'Hôpital d’accord"),
    ("de", "Auftrags\u{ad}verarbeitungs\u{ad}vertrag Zero\u{200b}Width Nicht\u{200d}Verbinder"),
    ("de", "Teilnehmer*innen Nutzer:innen Lehrer_innen (Kirchen)gemeinde"),
    ("de", "Anbieter Anbietern Anbieters Anbieterin minimieren Minimierung Datenminimierung"),
    ("de", "Klauseln Klausel Mitgliedern Kriterien System Systeme Systems Ort Orte Orten"),
    ("de", "Speicherung speichern Speicher Speichers gespeichert Löschung löschen Löschfristen"),
    ("de", "BigBlueButton GoToMeeting OpenTalk 8x8 2FA E2EE C5 3G §203 §"),
    ("de", "naïve façade Škoda Łódź Øresund Þór Ærø œuvre Đà ıstanbul İstanbul ǽ ǿ"),
    ("de", "Zürich Zuerich ZUERICH Zurich Köln Koeln Äpfel Aepfel ÖPNV Oepnv"),
    ("de", "Ёлка Москва Αθήνα 東京 한국 ½ ² Ⅷ ٣"),
    ("de", "a-b--c - d -e f- § -5 5-§"),
    ("de", "ungen ungern Zeitung Ladung Achtung Bedingung Bedingungen"),
    ("de", "es er en em e s n aes eren ernern Essen Wesen Namen Name"),
    ("de", "Äußerungsäußerung Oesophagus Uebermuessen"),
    ("de", "100-%-Test 5-€-Schein a@b.de +49 30 12345"),
    ("de", ""),
    ("de", "…„“‚‘—–()[]{}<>&\"'"),
    ("en", "policies policy systems system access status analysis businesses privacy"),
    ("en", "Don't we’re naïve résumé coöperate Zürich Zuerich"),
    ("en", "end-to-end encryption, Art. 28(3) GDPR, section 702, C-311/18"),
    ("en", "queue queues value values blue does goes oes aes"),
    ("en", "keys key days day s ss us is ies yes"),
    ("en", "Straße Maße Größe"),
    ("en", "On-Premises on-prem U.S. e.g. i.e. and/or"),
];

fn language(code: &str) -> Language {
    if code == "de" { Language::De } else { Language::En }
}

fn words(text: &str, language: Language) -> Vec<(String, String, bool)> {
    let mut words = Vec::new();
    each_word(text, language, &mut |word| words.push((word.text.to_owned(), stem(word.text, language).to_owned(), word.linked)));
    words
}

#[test]
fn the_vectors_for_the_browser_are_what_rust_computes() {
    let line = |(code, text): &(&str, &str)| {
        let words: Vec<String> = words(text, language(code)).iter().map(json::line).collect();
        format!("{{\"language\":{},\"text\":{},\"words\":[{}]}}", json::line(code), json::line(text), words.join(","))
    };
    let computed = format!("[\n{}\n]\n", TEXTS.iter().map(line).collect::<Vec<_>>().join(",\n"));
    let path = repository().join(VECTORS);
    if std::env::var_os("SNAPSHOTS").is_some_and(|mode| mode == "overwrite") {
        std::fs::write(&path, &computed).expect("the vectors can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == computed, "{VECTORS} is stale: SNAPSHOTS=overwrite cargo test search, then read the diff");
}

/// Letters that German and English texts are made of, and some that they are not.
fn text() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[a-zA-ZäöüÄÖÜßéł0-9§ ./’\u{ad}\u{308}-]{0,60}").expect("the pattern is valid")
}

proptest! {
    #[test]
    fn folding_a_folded_word_changes_nothing_but_umlauts(input in text()) {
        for language in [Language::De, Language::En] {
            for (word, _, _) in words(&input, language) {
                let again: Vec<_> = words(&word, language).into_iter().map(|(word, _, _)| word).collect();
                prop_assert_eq!(again.len(), 1);
                // `aeue` → `aue`: what one pass leaves may look like another umlaut; it only gets shorter.
                prop_assert!(again[0].len() <= word.len());
                prop_assert!(word.chars().all(|c| !c.is_uppercase()));
            }
        }
    }

    #[test]
    fn both_spellings_of_an_umlaut_are_one_word(before in "[bcdfghk-pr-tvwxz]{1,4}", after in "[bcdfghk-pr-tvwxz]{1,6}") {
        for (umlaut, spelt) in [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "AE"), ("u\u{308}", "ue")] {
            let one = words(&format!("{before}{umlaut}{after}"), Language::De);
            let other = words(&format!("{before}{spelt}{after}"), Language::De);
            prop_assert_eq!(one, other);
        }
    }

    #[test]
    fn a_stem_is_the_start_of_its_word_and_its_own_stem(word in "[a-z]{1,24}") {
        let short = stem(&word, Language::De);
        prop_assert!(word.starts_with(short) && short.len() >= word.len().min(3));
        prop_assert_eq!(stem(short, Language::De), short);
    }

    #[test]
    fn the_parts_of_a_compound_are_in_it(word in "(daten|schutz|vertrag|auftrag|klausel|frist|amt){1,4}(s|en|n)?", other in "[a-z]{0,30}") {
        let lexicon = Lexicon::new(["pfarrhaus"].into_iter(), &[]);
        for word in [&word, &other] {
            for (part, depth, _) in lexicon.parts(word) {
                prop_assert!(word.contains(part.as_str()) && part.len() < word.len() && (1..=2).contains(&depth));
            }
        }
    }

    #[test]
    fn what_is_encoded_is_decoded(terms in proptest::collection::btree_map("[a-z0-9§ü]{1,40}", proptest::collection::btree_map(0_u32..3_000_000, 0_u8..64, 1..20), 0..40)) {
        let terms: Vec<(String, Vec<Posting>)> = terms
            .into_iter()
            .map(|(term, postings)| (term, postings.into_iter().map(|(document, level)| Posting { document, level }).collect()))
            .collect();
        prop_assert_eq!(decode_terms(&front_code(terms.iter().map(|(term, _)| term.as_str()))), terms.iter().map(|(term, _)| term.clone()).collect::<Vec<_>>());
        prop_assert_eq!(decode(&Shard::of(&terms)), Some(terms));
    }
}

/// The scripts of a project's search by their name in the folder.
fn scripts(project: &Project) -> BTreeMap<String, String> {
    let ran = project.run(&["build", "--quiet"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let inside = |path: String| path.strip_prefix("static/search-").and_then(|rest| rest.split_once('/')).map(|(_, name)| name.to_owned());
    let files = project.output().into_iter().filter_map(|(path, bytes)| Some((inside(path)?, String::from_utf8(bytes).unwrap())));
    files.collect()
}

#[test]
fn a_small_site_has_its_search_in_one_file() {
    let scripts = scripts(&Project::starter());
    assert_eq!(scripts.keys().collect::<Vec<_>>(), ["core.js"]);
    let core = &scripts["core.js"];
    assert!(core.starts_with("leitfadenSearch(\"core\",0,{") && core.contains("\"all\":[[["), "{core}");
}

/// A site with more words than one file holds.
fn larger() -> Project {
    let project = Project::starter();
    for at in 0..40 {
        let words: Vec<String> = (0..120).map(|word| format!("Wort{}folge{}", at * 7 + word, word % 13)).collect();
        let text = words.join(" ");
        project.write(&format!("content/seite-{at}.md"), format!("---\ntitle: Seite {at}\n---\n{text}\n\n## Abschnitt {at}\n\n{text}\n"));
    }
    project
}

/// The terms in a script of nothing else.
fn terms_in(script: &str, kind: char, number: usize) -> Vec<String> {
    let json = script.strip_prefix(&format!("leitfadenSearch(\"{kind}\",{number},")).and_then(|rest| rest.strip_suffix(");\n")).unwrap();
    decode_terms(json::read::<json::Json>(json).unwrap().as_str().unwrap())
}

#[test]
fn words_for_typing_errors_stand_by_their_first_letter() {
    let scripts = scripts(&larger());
    let files: Vec<Vec<String>> = (0..).map_while(|at| Some(terms_in(scripts.get(&format!("w{at}.js"))?, 'w', at))).collect();
    let firsts: Vec<&str> = files.iter().map(|terms| terms[0].as_str()).collect();
    assert!(scripts["core.js"].contains(&format!("\"letters\":\"{}\"", firsts.join(" "))));
    for pair in files.windows(2) {
        assert!(pair[0].last().unwrap().chars().next() < pair[1][0].chars().next(), "a letter stands in two files: {:?}", pair[1][0]);
    }
    // Numbers have no typing errors.
    assert!(files.iter().flatten().all(|term| term.len() >= 3 && term.chars().all(char::is_alphabetic)));
    assert!(files.iter().flatten().any(|term| term == "abschnitt"));
}

#[test]
fn only_words_that_could_not_be_taken_apart_hide_others() {
    let project = larger();
    project.write("content/worte.md", "---\ntitle: Worte\n---\nDer Quirlbatzenkram, die Datenschutzfrist, On-Premise, der Batz.\n");
    let scripts = scripts(&project);
    let [shorter, longer] = [0, 1].map(|at| terms_in(&scripts[&format!("i{at}.js")], 'i', at));
    let has = |list: &[String], word: &str| list.iter().any(|term| term == word);
    assert!(has(&longer, "quirlbatzenkram") && has(&shorter, "abschnitt"), "{shorter:?} {longer:?}");
    for word in ["datenschutzfrist", "onpremis", "batz"] {
        assert!(!has(&shorter, word) && !has(&longer, word), "{word}");
    }
}

#[test]
fn a_larger_site_has_shards_and_the_same_bytes_every_time() {
    let project = larger();
    let first = scripts(&project);
    for name in ["core.js", "i0.js", "i1.js", "s0.js", "s1.js", "t0.js", "w0.js", "w1.js"] {
        assert!(first.contains_key(name), "{name}: {:?}", first.keys());
    }
    assert!(!first["core.js"].contains("\"all\":"));
    std::fs::remove_dir_all(project.path("public")).unwrap();
    assert!(first == scripts(&project), "two builds differ");
}

#[test]
fn a_change_of_the_format_gives_the_folder_another_name() {
    let texts = "Der Auftragsverarbeitungsvertrag nach Art. 28 DSGVO regelt die Verschlüsselung; Verträge und Klauseln gelten.";
    // All in one file, and in many.
    let bytes: Vec<u8> = [1, 50].into_iter().flat_map(|times| files_of(times, texts)).collect();
    // Browsers keep the files by the name of their folder: if this fails, raise `FORMAT`, then write the new hash here.
    assert_eq!((files::FORMAT, &sha256_hex(&bytes)[..16]), (2, "1189aae883914ac9"));
}

/// Names and bytes of the files of a site that has so many documents of each kind.
fn files_of(times: usize, text: &str) -> Vec<u8> {
    let kinds = Kind::ALL.iter().cycle().take(Kind::ALL.len() * times);
    let mut documents: Vec<Document> = kinds.map(|kind| Document::new(*kind, "Vertrag", format!("{kind:?}/index.html"))).collect();
    for (at, document) in documents.iter_mut().enumerate() {
        text.clone_into(&mut document.text);
        document.names = vec![format!("AVV {at}")];
        document.law = vec!["Art. 28 DSGVO".to_owned()];
        document.facets = vec![u8::try_from(at % Kind::ALL.len()).unwrap()];
    }
    let strings = Strings::default();
    let reader = Reader::new(Language::De, &strings);
    let reads: Vec<_> = documents.iter().map(|document| reader.read(document)).collect();
    let vocabulary = Vocabulary::of(&reads);
    let lexicon = Lexicon::new(vocabulary.nouns(), &["Klausel".to_owned()]);
    let expanded: Vec<_> = vocabulary.words.iter().map(|(word, _, _)| expand(word, Language::De, &lexicon)).collect();
    let index = Index::build(&documents, &reads, &vocabulary, &expanded);
    let facets = [Facet { label: "Art".to_owned(), values: vec!["a".to_owned()] }];
    let synonyms = [vec!["Auftragsverarbeitungsvertrag".to_owned(), "AVV".to_owned()]];
    let frame = Frame { documents: &documents, facets: &facets, synonyms: &synonyms, reader: &reader, strings: &strings };
    files::write(&index, &frame).into_iter().flat_map(|(name, bytes)| [name.into_bytes(), bytes].concat()).collect()
}

#[test]
fn markup_and_quotes_in_a_title_stay_inside_their_string() {
    let project = Project::starter();
    project.write("content/boese.md", "---\ntitle: \"</script><img src=x> \\\"Zitat\\\"\"\n---\nText.\n");
    let core = &scripts(&project)["core.js"];
    let json = core.strip_prefix("leitfadenSearch(\"core\",0,").and_then(|rest| rest.strip_suffix(");\n")).unwrap();
    let value: json::Json = json::read(json).expect("the file holds one JSON value");
    assert!(value["all"][1].to_string().contains("<img src=x> \\\"Zitat\\\""));
}

#[test]
fn without_a_search_there_is_no_field_and_no_index() {
    let project = Project::starter();
    project.replace("content/site.yaml", "search: {enabled: true}\n", "");
    assert!(scripts(&project).is_empty());
    let home = project.output().remove("index.html").unwrap();
    assert!(!String::from_utf8(home).unwrap().contains("data-search="));
}

#[test]
fn an_english_site_is_not_read_as_german() {
    let project = Project::starter();
    let config = "title: Guide\nbase_url: https://guide.example/\nlanguage: en\nstage: demo\nsearch: {enabled: true}\n\
                  navigation: {footer: [{page: imprint, label: Imprint}, {page: privacy, label: Privacy}]}\n";
    project.write("content/site.yaml", config);
    // Its texts are German, which no English site may publish.
    for path in ["content/glossary.yaml", "content/auswahl-in-drei-schritten.md", "content/wer-ist-verantwortlich.md", "vendors"] {
        let path = project.path(path);
        if path.is_dir() { std::fs::remove_dir_all(path).unwrap() } else { std::fs::remove_file(path).unwrap() }
    }
    project.write("content/index.md", "---\ntitle: Home\n---\nText.\n");
    std::fs::remove_file(project.path("content/newsletter.yaml")).unwrap();
    project.write("content/keys.md", "---\ntitle: Keys and Queues\n---\nDatenschutzklinik.\n");
    let core = &scripts(&project)["core.js"];
    assert!(core.contains("\"lang\":\"en\"") && core.contains("\"stop\":\"a about"), "{core}");
    let json: json::Json = json::read(core.trim_start_matches("leitfadenSearch(\"core\",0,").trim_end_matches(");\n")).unwrap();
    let terms: Vec<String> = json["all"][0].as_array().unwrap().iter().flat_map(|shard| decode_terms(shard[0].as_str().unwrap())).collect();
    assert!(terms.iter().any(|term| term == "datenschutzklinik") && terms.iter().any(|term| term == "queue"));
    assert!(!terms.iter().any(|term| term == "klinik"), "an English site has no compounds");
}
