//! Laws that hold for any input.

use leitfaden::base::date::Day;
use leitfaden::base::path::{Route, SitePath};
use leitfaden::base::slug::{is_slug, slugify};
use leitfaden::base::source::Sources;
use leitfaden::parse::{load_file, vendor::CardFile};
use leitfaden::pipeline::{Request, run};
use proptest::prelude::*;

use super::support::{Project, TODAY, read_tree};

/// The starter guide as a value, to break in memory.
fn starter() -> Vec<(String, Vec<u8>)> {
    let project = Project::starter();
    ["content", "vendors"]
        .iter()
        .flat_map(|folder| read_tree(&project.path(folder)).into_iter().map(move |(path, bytes)| (format!("{folder}/{path}"), bytes)))
        .collect()
}

fn build(files: &[(String, Vec<u8>)]) -> leitfaden::pipeline::Built {
    let mut sources = Sources::default();
    for (path, bytes) in files {
        sources.add(SitePath::parse(path).unwrap(), bytes.clone());
    }
    run(&sources, &Request { today: Day::parse(TODAY).unwrap(), drafts: false, base_url: None }, &mut |_| {})
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
