//! Laws that hold for any input.

use leitfaden::base::date::Day;
use leitfaden::base::path::{Route, SitePath};
use leitfaden::base::slug::{is_slug, slugify};
use leitfaden::base::source::Sources;
use leitfaden::parse::{load_file, vendor::CardFile};
use leitfaden::pipeline::{Memory, Request, begin, keep, run};
use proptest::prelude::*;

use super::support::{Project, TODAY, read_tree, repository};

/// The starter guide as a value, to break in memory.
fn starter() -> Vec<(String, Vec<u8>)> {
    files_of(&Project::starter())
}

fn files_of(project: &Project) -> Vec<(String, Vec<u8>)> {
    ["content", "vendors"]
        .iter()
        .flat_map(|folder| read_tree(&project.path(folder)).into_iter().map(move |(path, bytes)| (format!("{folder}/{path}"), bytes)))
        .collect()
}

fn build(files: &[(String, Vec<u8>)]) -> leitfaden::pipeline::Built {
    run(&sources(files), &request(), &mut |_| {})
}

fn sources(files: &[(String, Vec<u8>)]) -> Sources {
    let mut sources = Sources::default();
    for (path, bytes) in files {
        sources.add(SitePath::parse(path).unwrap(), bytes.clone());
    }
    sources
}

pub(super) fn request() -> Request {
    Request { today: Day::parse(TODAY).unwrap(), drafts: false, base_url: None, outgoing: false }
}

/// Snippets that card files are made of, right and wrong.
fn snippet() -> impl Strategy<Value = String> {
    let words = [
        "name: A\n",
        "product: a\n",
        "variant: B\n",
        "status: active\n",
        "status: [x]\n",
        "provider: {name: A, country: DE, parent_country: DE}\n",
        "website: https://example.org\n",
        "summary: S\n",
        "reviewed: 2026-01-01\n",
        "reviewed: nie\n",
        "facts: {}\n",
        "facts:\n  avv: {value: ja}\n",
        "facts: 3\n",
        "  - x\n",
        "\t",
        "\"",
        "{",
        "]",
        "&a *a\n",
        "---\n",
        "ü: 1\n",
        "changes: []\n",
        "hardening: [a, b]\n",
        "aliases: null\n",
    ];
    proptest::sample::select(words.map(str::to_owned).to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_card_either_loads_or_says_why(parts in proptest::collection::vec(snippet(), 0..14)) {
        let text = parts.concat();
        let mut sources = Sources::default();
        sources.add(SitePath::parse("vendors/a.yaml").unwrap(), text.clone().into_bytes());
        let source = sources.text("vendors/a.yaml").unwrap();
        let (card, findings) = load_file::<CardFile>(source, leitfaden::base::codes::letter_of(&source.path));
        prop_assert!(card.is_some() || !findings.is_empty());
        for finding in &findings {
            let span = finding.span.as_ref().expect("a YAML finding has a place");
            prop_assert!(span.end <= source.text.len() && span.start <= span.end, "{finding:?}");
            prop_assert!(!finding.help.is_empty(), "{finding:?}");
        }
    }

    #[test]
    fn slugs_and_routes_make_the_round_trip(text in "\\PC{0,40}") {
        let slug = slugify(&text);
        prop_assert!(slug.is_empty() || is_slug(&slug), "{slug:?}");
        prop_assert_eq!(slugify(&slug), slug.clone());
        if !slug.is_empty() {
            let route = Route::parse(&format!("{slug}/")).unwrap();
            prop_assert_eq!(route.file(), format!("{slug}/index.html"));
            prop_assert_eq!(Route::parse(route.as_str()).unwrap(), route);
        }
    }
}

#[test]
fn no_bytes_anywhere_make_a_build_panic() {
    let files = starter();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(120));
    let strategy = (0..files.len(), any::<prop::sample::Index>(), any::<prop::sample::Index>(), proptest::collection::vec(any::<u8>(), 0..12));
    runner
        .run(&strategy, |(which, from, to, bytes)| {
            let mut files = files.clone();
            let text = &mut files[which].1;
            let (a, b) = (from.index(text.len() + 1), to.index(text.len() + 1));
            text.splice(a.min(b)..a.max(b), bytes);
            let built = build(&files);
            prop_assert!(built.tree.is_some() || !built.findings.is_empty());
            Ok(())
        })
        .unwrap();
}

/// What may happen to a file between two builds.
#[derive(Clone, Debug)]
enum Edit {
    /// A word is put somewhere into a text.
    Insert(prop::sample::Index, prop::sample::Index, &'static str),
    /// Something is added to the text of an article.
    Write(prop::sample::Index, &'static str),
    /// The file goes away, or comes back as it was.
    Toggle(prop::sample::Index),
    /// Everything is as it was at the start.
    Restore,
}

fn edit() -> impl Strategy<Value = Edit> {
    let words = [
        "x",
        "\n",
        " Wort ",
        "\n\n## Neu\n\n",
        "[x](@/index.md)",
        "<script>",
        "[[offen]]",
        "{{<systems/>}}",
        "title: Neu\n",
        "languages: {}\n",
        "draft: true\n",
        ": ",
        "é",
        " https://spam.example ",
        "\n\n#### Tief\n\n",
        "b{c:url(nix.png)}",
        "<h5>x</h5>",
        "<a href=\"https://spam.example/\">",
        " TMG ",
        "listed: false\n",
    ];
    let sentences = [
        "\n\nNoch ein Satz.\n",
        "\n\nSiehe [Start](@/index.md) und [weg](@/weg.md).\n",
        "\n\n## Noch ein Abschnitt\n",
        "\n\n![Bild](bild.svg)\n",
        "\n\nMit Fußnote[^f].\n\n[^f]: Die Fußnote.\n",
        "\n\nDie {{<term name=\"AVV\"/>}}.\n",
        "\n\nOffen: [[Name]], § 5 TMG.\n",
    ];
    prop_oneof![
        4 => (any::<prop::sample::Index>(), prop::sample::select(sentences.to_vec())).prop_map(|(file, text)| Edit::Write(file, text)),
        6 => (any::<prop::sample::Index>(), any::<prop::sample::Index>(), prop::sample::select(words.to_vec())).prop_map(|(file, at, word)| Edit::Insert(file, at, word)),
        2 => any::<prop::sample::Index>().prop_map(Edit::Toggle),
        1 => Just(Edit::Restore),
    ]
}

/// Does one edit to the files that are there.
fn apply(edit: &Edit, original: &[(String, Vec<u8>)], files: &mut Vec<(String, Vec<u8>)>) {
    match edit {
        Edit::Insert(file, at, word) if !files.is_empty() => {
            let file = file.index(files.len());
            let text = String::from_utf8(files[file].1.clone()).unwrap_or_default();
            let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let at = ends[at.index(ends.len())];
            files[file].1 = format!("{}{word}{}", &text[..at], &text[at..]).into_bytes();
        }
        Edit::Write(file, text) if files.iter().any(|(name, _)| name.ends_with(".md")) => {
            let mut articles: Vec<&mut Vec<u8>> = files.iter_mut().filter(|(name, _)| name.ends_with(".md")).map(|(_, bytes)| bytes).collect();
            let file = file.index(articles.len());
            articles[file].extend(text.as_bytes());
        }
        Edit::Insert(..) | Edit::Write(..) | Edit::Restore => *files = original.to_vec(),
        Edit::Toggle(file) => {
            let (name, bytes) = &original[file.index(original.len())];
            match files.iter().position(|(known, _)| known == name) {
                Some(at) => drop(files.remove(at)),
                None => files.push((name.clone(), bytes.clone())),
            }
        }
    }
}

/// What is in the memory tests before the first edit.
fn bilingual() -> Vec<(String, Vec<u8>)> {
    let mut original = files_of(&Project::translated());
    let more = [
        ("content/entwurf.md", "---\ntitle: Entwurf\ndescription: D.\ndraft: true\n---\n\nText.\n"),
        ("content/tief/a.md", "---\ntitle: Tief\ndescription: D.\ntags: [Recht]\n---\n\n## Eins\n\nText mit [Link](@/index.md).\n"),
        ("content/tief/a.en.md", "---\ntitle: Deep\ntags: [Law]\n---\n\n## One\n\nText with a [link](@/wer-ist-verantwortlich.md).\n"),
        ("content/static/bild.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("themes/standard/templates/not_found.html", "{% extends \"base.html\" %}{% block main %}<h1>{{ page.title }}</h1>{% endblock main %}"),
        ("themes/standard/static/mehr.css", "a{color:red}"),
    ];
    original.extend(more.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())));
    let texts = std::fs::read(repository().join("themes/standard/i18n/de.yaml")).unwrap();
    original.push(("themes/standard/i18n/de.yaml".to_owned(), texts));
    original
}

#[test]
fn a_new_text_of_one_article_takes_no_whole_build() {
    let original = bilingual();
    for (path, from, to, is_short) in [
        ("content/tief/a.md", "Text mit", "Ein neuer Text mit", true),
        ("content/tief/a.md", "Text mit", "Text mit einer Fußnote[^1]\n\n[^1]: Die Fußnote.\n\nUnd", true),
        ("content/tief/a.md", "[Link](@/index.md)", "[Link](@/vergleich/) und {{<systems/>}}", true),
        ("content/tief/a.md", "Text mit", &"viele Wörter ".repeat(400), true),
        ("content/tief/a.md", "## Eins", "## Zwei", false),
        ("content/tief/a.md", "Text mit", "![Bild](bild.svg)", false),
        ("content/tief/a.md", "title: Tief", "title: Tiefer", false),
        ("content/tief/a.md", "Text mit", "[[offen]]", false),
        ("content/tief/a.md", "Text mit", "[weg](@/weg.md)", false),
        ("content/tief/a.md", "Text mit", "<script>", false),
        ("content/tief/a.en.md", "Text", "Another text", false),
        ("content/entwurf.md", "Text", "Ein Text", false),
    ] {
        let (mut memory, mut files, mut phases) = (Memory::new(), original.clone(), Vec::new());
        begin(&mut memory, &sources(&files), &request(), &mut |_| {});
        let (_, bytes) = files.iter_mut().find(|(name, _)| name == path).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.contains(from), "{path} has `{from}`");
        *bytes = text.replace(from, to).into_bytes();
        let warm = keep(begin(&mut memory, &sources(&files), &request(), &mut |phase| phases.push(phase)), &mut |_| {});
        assert_eq!(phases == ["revise"], is_short, "{path}: {to:.40}");
        let cold = build(&files);
        assert_eq!(cold.findings, warm.findings, "{path}: {to:.40}");
        assert!(cold.tree.map(|tree| tree.all()) == warm.tree.map(|tree| tree.all()), "{path}: {to:.40}");
    }
}

#[test]
fn a_build_with_a_memory_gives_what_a_build_without_one_gives() {
    let original = bilingual();
    let good = build(&original);
    assert!(good.tree.is_some(), "the edits start from a good site: {:?}", good.findings);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(24));
    runner
        .run(&proptest::collection::vec(edit(), 1..12), |edits| {
            let (mut memory, mut files) = (Memory::new(), original.clone());
            begin(&mut memory, &sources(&files), &request(), &mut |_| {});
            for edit in &edits {
                apply(edit, &original, &mut files);
                let begun = begin(&mut memory, &sources(&files), &request(), &mut |_| {});
                // As the preview does it: audited without keeping a page, pages made when asked for.
                let audited = begun.rest.as_ref().and_then(|rest| rest.audit(&|| true));
                let (cold, warm) = (build(&files), keep(begun, &mut |_| {}));
                prop_assert!(audited.iter().flat_map(|audited| &audited.findings).all(|finding| warm.findings.contains(finding)), "{edits:?}");
                prop_assert_eq!(&cold.findings, &warm.findings, "{:?}", edits);
                prop_assert!(
                    cold.tree.map(|tree| tree.all()) == warm.tree.map(|tree| tree.all()) && cold.marks == warm.marks && cold.base_path == warm.base_path,
                    "{edits:?}"
                );
            }
            Ok(())
        })
        .unwrap();
}
