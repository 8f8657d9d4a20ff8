//! Texts in more than one language: where they lie, how they lead to each other, what each is judged by.

use std::collections::BTreeMap;

use super::support::Project;

/// The starter with a start, a text and the criteria in English; one text and all cards are in German only.
fn bilingual() -> Project {
    let project = Project::starter();
    let menu = "{main: [{page: en/criteria, label: Criteria}, {page: vergleich, label: Compare}], footer: [{page: impressum, label: Imprint}, {page: datenschutz, label: Privacy}]}";
    project.replace(
        "content/site.yaml",
        "stage: demo",
        &format!(
            "languages:\n  en: {{title: Password guide, description: D., navigation: {menu}}}\nredirects: [{{from: english, to: en/criteria}}]\nstage: demo"
        ),
    );
    project.write("content/index.en.md", "---\ntitle: Compare password managers\ndescription: An example.\n---\n\nRead [who is responsible](@/wer-ist-verantwortlich.md#two-roles) and [how to choose](@/auswahl-in-drei-schritten.md), or see the [criteria](@/kriterien/).\n");
    project.write(
        "content/wer-ist-verantwortlich.en.md",
        "---\ntitle: Who is responsible?\nslug: who-is-responsible\ndate: 2026-01-02\ntags: [Basics]\naliases: [old-roles]\n---\n\n## Two roles\n\nThe controller is whoever decides on purposes and means, and [this page](@/index.md) begins the guide.\n",
    );
    translate_criteria(&project);
    project
}

fn translate_criteria(project: &Project) {
    let text = std::fs::read_to_string(project.path("vendors/_criteria.yaml")).unwrap();
    let mut lines = Vec::new();
    for line in text.lines() {
        match line.strip_suffix('}') {
            Some(group) if line.contains("{id: vertrag_und_sitz") || line.contains("{id: technik,") => {
                lines.push(format!("{group}, translations: {{en: {{label: Group in English}}}}}}"));
            }
            _ => lines.push(line.to_owned()),
        }
        if line.starts_with("    question: ") {
            lines.push("    translations: {en: {label: A criterion, question: What is asked here?}}".to_owned());
        }
    }
    project.write("vendors/_criteria.yaml", lines.join("\n") + "\n");
}

fn text(output: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8(output.get(path).unwrap_or_else(|| panic!("there is no {path}")).clone()).unwrap()
}

/// The part between two words; the words must be there.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    text.split_once(start).unwrap_or_else(|| panic!("no {start:?}")).1.split_once(end).unwrap_or_else(|| panic!("no {end:?}")).0
}

#[test]
fn a_text_and_its_translation_lead_to_each_other() {
    let project = bilingual();
    let ran = project.run(&["build", "--strict", "--format", "short"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let output = project.output();
    let (german, english) = (text(&output, "wer-ist-verantwortlich/index.html"), text(&output, "en/who-is-responsible/index.html"));
    for (page, language, own, other) in
        [(&german, "de", "wer-ist-verantwortlich/", "en/who-is-responsible/"), (&english, "en", "en/who-is-responsible/", "wer-ist-verantwortlich/")]
    {
        assert!(page.contains(&format!("<html lang=\"{language}\">")));
        assert!(page.contains(&format!("<link rel=\"canonical\" href=\"https://leitfaden.example/{own}\">")));
        for (code, path) in [("de", "wer-ist-verantwortlich/"), ("x-default", "wer-ist-verantwortlich/"), ("en", "en/who-is-responsible/")] {
            assert!(page.contains(&format!("<link rel=\"alternate\" hreflang=\"{code}\" href=\"https://leitfaden.example/{path}\">")), "{language}: {code}");
        }
        let nav = between(page, "<nav class=\"langs", "</nav>");
        assert!(nav.contains(&format!("{other}index.html\" lang=")) && nav.matches("aria-current").count() == 1, "{nav}");
    }
    assert!(english.contains("2 Jan 2026") && english.contains("Skip to content"), "dates and texts of the theme are in the language");
    assert!(german.contains("01.01.2026"));
    // A text without a translation offers none.
    let alone = text(&output, "auswahl-in-drei-schritten/index.html");
    assert!(!alone.contains("hreflang") && !alone.contains("class=\"langs"));
}

#[test]
fn links_lead_to_the_translation_or_say_that_they_lead_elsewhere() {
    let project = bilingual();
    assert_eq!(project.run(&["build"]).code, Some(0));
    let output = project.output();
    let home = text(&output, "en/index.html");
    assert!(home.contains("<a href=\"../en/who-is-responsible/index.html#two-roles\">who is responsible</a>"));
    assert!(home.contains("<a href=\"../auswahl-in-drei-schritten/index.html\" hreflang=\"de\">how to choose</a>"));
    assert!(home.contains("<a href=\"../en/criteria/index.html\">criteria</a>"));
    assert!(home.contains("<a href=\"../vergleich/index.html\" hreflang=\"de\">Compare</a>"), "menus say it too");
    assert!(home.contains("<title>Compare password managers – Password guide</title>"));
    let article = text(&output, "en/who-is-responsible/index.html");
    assert!(article.contains("<a href=\"../../en/index.html\">this page</a>"));
    let criteria = text(&output, "en/criteria/index.html");
    assert_eq!(criteria.matches("What is asked here?").count(), 5);
    assert!(criteria.contains("<a href=\"../../kriterien/vertrag/index.html\" hreflang=\"de\">A criterion</a>") && criteria.contains("Group in English"));
    assert!(!criteria.contains("Auftragsverarbeitungsvertrag"), "no German text stands in the list");
    assert!(output.contains_key("en/topics/basics/index.html"), "tags of translations are topics of their own");
}

#[test]
fn sitemap_and_redirects_know_translations_and_search_and_feed_keep_to_the_main_language() {
    let project = bilingual();
    assert_eq!(project.run(&["build"]).code, Some(0));
    let output = project.output();
    let sitemap = text(&output, "sitemap.xml");
    let entry = between(&sitemap, "<loc>https://leitfaden.example/en/who-is-responsible/</loc>", "</url>");
    assert!(entry.contains("<lastmod>2026-01-02</lastmod>"));
    for (code, path) in [("de", "wer-ist-verantwortlich/"), ("en", "en/who-is-responsible/")] {
        assert!(entry.contains(&format!("<xhtml:link rel=\"alternate\" hreflang=\"{code}\" href=\"https://leitfaden.example/{path}\"/>")), "{entry}");
    }
    assert!(!between(&sitemap, "<loc>https://leitfaden.example/vergleich/</loc>", "</url>").contains("xhtml"));
    assert!(text(&output, "old-roles/index.html").contains("who-is-responsible"), "an alias of a translation leads there");
    assert!(text(&output, "english/index.html").contains("en/criteria/"), "and so does a redirect to a page of another language");
    assert!(!text(&output, "feed.xml").contains("who-is-responsible"));
    let index: Vec<&Vec<u8>> = output.iter().filter(|(path, _)| path.starts_with("static/search-")).map(|(_, bytes)| bytes).collect();
    assert!(!index.is_empty() && index.iter().all(|bytes| !String::from_utf8_lossy(bytes).contains("who-is-responsible")));
    assert!(!text(&output, "en/index.html").contains("data-search="), "a page offers no search that does not know it");
}

#[test]
fn each_text_is_judged_by_its_own_language() {
    let project = bilingual();
    let english = "\nThis is a sentence that is only right where the language of the page is the one it was written in, and it is long enough.\n";
    let german = "\nDas ist ein Satz, der nur dort richtig ist, wo die Sprache der Seite die ist, in der er geschrieben wurde, und er ist lang genug.\n";
    for (file, added, code) in
        [("index.en.md", english, Some(0)), ("index.md", german, Some(0)), ("index.en.md", german, Some(1)), ("index.md", english, Some(1))]
    {
        let path = format!("content/{file}");
        let before = std::fs::read_to_string(project.path(&path)).unwrap();
        project.write(&path, format!("{before}{added}"));
        let ran = project.run(&["check", "--format", "short"]);
        assert_eq!(ran.code, code, "{file}: {added}{}", ran.stderr);
        assert_eq!(ran.stderr.contains("not in the language of the page"), code == Some(1), "{}", ran.stderr);
        project.write(&path, before);
    }
}

#[test]
fn a_draft_has_no_language_link_and_a_link_to_it_is_found() {
    let project = bilingual();
    project.replace("content/wer-ist-verantwortlich.en.md", "slug:", "draft: true\nslug:");
    let ran = project.run(&["build", "--strict", "--format", "short"]);
    // What the start says of an anchor in the translation is now said of the text in the main language.
    assert!(ran.stderr.contains("content/index.en.md:6:6: error[L002]: the page has no anchor `#two-roles`"), "{}", ran.stderr);
    project.replace("content/index.en.md", "#two-roles", "");
    let ran = project.run(&["build", "--strict", "--format", "short"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let output = project.output();
    assert!(!text(&output, "wer-ist-verantwortlich/index.html").contains("hreflang"));
    assert!(text(&output, "en/index.html").contains("<a href=\"../wer-ist-verantwortlich/index.html\" hreflang=\"de\">who is responsible</a>"));
}

#[test]
fn a_card_and_its_words_lead_to_each_other_and_say_the_same_facts() {
    let project = Project::translated();
    let ran = project.run(&["build", "--strict", "--format", "short"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let output = project.output();
    let (german, english) = (text(&output, "systeme/beispiel-cloud/index.html"), text(&output, "en/systems/beispiel-cloud/index.html"));
    for (page, language, own) in [(&german, "de", "systeme/beispiel-cloud/"), (&english, "en", "en/systems/beispiel-cloud/")] {
        assert!(
            page.contains(&format!("<html lang=\"{language}\">"))
                && page.contains(&format!("<link rel=\"canonical\" href=\"https://leitfaden.example/{own}\">"))
        );
        for (code, path) in [("de", "systeme/beispiel-cloud/"), ("en", "en/systems/beispiel-cloud/")] {
            assert!(page.contains(&format!("<link rel=\"alternate\" hreflang=\"{code}\" href=\"https://leitfaden.example/{path}\">")), "{language}: {code}");
        }
        // The same facts, counted in the same way.
        assert_eq!(page.matches("data-checked").count(), 4);
        assert_eq!(between(page, "<div class=\"pf p0\" ", " data-profile"), between(&german, "<div class=\"pf p0\" ", " data-profile"));
    }
    for words in [
        "SaaS in English",
        "An invented system",
        "Invented example.",
        "is offered",
        "audit report of 2025, certificate",
        "no certificate",
        "A magazine found none.",
    ] {
        assert!(english.contains(words), "no {words:?}");
    }
    for words in
        ["Correction of the example.", "The provider disagrees.", "Switch encryption on", "Association", "at the provider", "(Vendor, ", "</span>nothing</s>"]
    {
        assert!(english.contains(words), "no {words:?}");
    }
    assert!(english.contains("href=\"../../../en/criteria/vertrag/index.html\">the agreement</a>"), "links lead to the criterion in the language");
    assert!(english.contains("href=\"../../../en/systems/beispiel-cloud/index.html#vertrag\">itself</a>"), "and to the card");
    assert!(english.contains("href=\"../../../systeme/beispiel-cloud/aenderungen.xml\" hreflang=\"de\""), "the feed is the one of the card");
    let sitemap = text(&output, "sitemap.xml");
    assert!(
        between(&sitemap, "<loc>https://leitfaden.example/en/systems/beispiel-cloud/</loc>", "</url>")
            .contains("hreflang=\"de\" href=\"https://leitfaden.example/systeme/beispiel-cloud/\"")
    );
    let data: Vec<&String> = output.keys().filter(|path| path.starts_with("api/") || path.starts_with("static/evidence/")).collect();
    assert!(!data.is_empty() && data.iter().all(|path| !text(&output, path).contains("Invented example.")), "data are in the main language");
}

#[test]
fn lists_in_a_language_are_whole_and_say_where_they_lead_elsewhere() {
    let project = Project::translated();
    assert_eq!(project.run(&["build"]).code, Some(0));
    let output = project.output();
    let systems = text(&output, "en/systems/index.html");
    assert!(systems.contains("<a href=\"../../en/systems/beispiel-cloud/index.html\">Beispiel Cloud</a>"));
    assert!(systems.contains("<a href=\"../../systeme/beispiel-server/index.html\" hreflang=\"de\">Beispiel Server</a>"));
    assert!(systems.contains("<p class=\"variant\" lang=\"de\">Selbstbetrieb</p>") && systems.contains("<p class=\"variant\">SaaS in English</p>"));
    let criterion = text(&output, "en/criteria/vertrag/index.html");
    for said in [
        "Without a contract no service provider",
        "<a href=\"../../../en/criteria/sitz/index.html\">the place</a>",
        "You run the software yourself.",
        "is not offered",
        "systeme/beispiel-server/index.html#vertrag\" hreflang=\"de\"",
    ] {
        assert!(criterion.contains(said), "{said}");
    }
    assert!(text(&output, "en/criteria/sitz/index.html").contains("The seat of the maker does not count here."));
    // A criterion without a translated explanation has its page in the main language only.
    assert!(!output.contains_key("en/criteria/betriebsmodell/index.html"));
    assert!(text(&output, "en/criteria/index.html").contains("<a href=\"../../kriterien/betriebsmodell/index.html\" hreflang=\"de\">Operating model</a>"));
    assert!(text(&output, "en/index.html").contains("<a href=\"../en/systems/index.html\">systems</a>"));
}

#[test]
fn what_a_translation_leaves_out_is_shown_in_the_main_language_and_marked() {
    let project = Project::translated();
    project.write(
        "vendors/beispiel-cloud.en.yaml",
        "variant: SaaS in English\nsummary: An invented system to start with.\nfacts: {vertrag: {note: Invented example.}}\n",
    );
    let ran = project.run(&["check", "--strict", "--format", "short"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let said = "vendors/beispiel-cloud.en.yaml:2:10: note[V022]: in the main language only: `nachweise`, `verschluesselung` (translate ";
    assert!(ran.stderr.contains(said), "{}", ran.stderr);
    assert_eq!(project.run(&["build", "--strict"]).code, Some(0));
    let english = text(&project.output(), "en/systems/beispiel-cloud/index.html");
    for marked in [
        "<span lang=\"de\">Der Bericht liegt vor.</span>",
        "<span lang=\"de\">Prüfbericht von 2025, Zertifikat</span>",
        "<p class=\"big-val\" lang=\"de\">kein Zertifikat</p>",
        "<span lang=\"de\">Nicht im Browser.</span>",
        "<span lang=\"de\">Schalten Sie",
        "<span lang=\"de\">Berichtigung des Beispiels.</span>",
        "<s lang=\"de\">",
    ] {
        assert!(english.contains(marked), "{marked}");
    }
    assert!(english.contains("<p>Invented example.</p>"), "what is translated is not marked");
}

#[test]
fn a_later_legal_event_flags_the_fact_in_every_language() {
    let project = Project::translated();
    project.write("content/law.yaml", "events:\n  - date: 2026-10-01\n    title: Ein Urteil zum Vertrag\n    text: Was es bedeutet.\n    status: in_force\n    affects: [{criterion: vertrag}]\n    sources: [{url: \"https://example.org/urteil\", title: Urteil, kind: behoerde, date: 2026-10-01}]\n");
    assert_eq!(project.run(&["build"]).code, Some(0));
    let english = text(&project.output(), "en/systems/beispiel-cloud/index.html");
    assert!(english.contains("to be rechecked"));
    assert!(
        english.contains("lang=\"de\" hreflang=\"de\">Ein Urteil zum Vertrag</a>")
            || english.contains("hreflang=\"de\" lang=\"de\">Ein Urteil zum Vertrag</a>")
    );
}

#[test]
fn new_writes_translations_beside_what_is_there() {
    let project = Project::translated();
    std::fs::remove_file(project.path("vendors/beispiel-cloud.en.yaml")).unwrap();
    for (args, why) in [
        (["vendor", "beispiel-cloud", "de"], "is the main language"),
        (["vendor", "nirgends", "en"], "there is no `vendors/nirgends.yaml` to translate"),
        (["article", "nirgends", "en"], "there is no `content/nirgends.md` to translate"),
    ] {
        let ran = project.run(&["new", args[0], args[1], "--language", args[2]]);
        assert!(ran.code == Some(2) && ran.stderr.contains(why), "{args:?} {}", ran.stderr);
    }
    for (kind, slug) in [("vendor", "beispiel-cloud"), ("article", "wer-ist-verantwortlich")] {
        assert_eq!(project.run(&["new", kind, slug, "--language", "en"]).code, Some(0));
        assert!(project.run(&["new", kind, slug, "--language", "en"]).stderr.contains("exists already"));
    }
    let ran = project.run(&["build", "--strict", "--drafts", "--format", "short"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(project.output().contains_key("en/systems/beispiel-cloud/index.html") && project.output().contains_key("en/wer-ist-verantwortlich/index.html"));
    // The words of the card stand there as comments, each where it belongs: uncommented they fit the card.
    let stub = std::fs::read_to_string(project.path("vendors/beispiel-cloud.en.yaml")).unwrap();
    assert!(stub.contains("# hardening:\n#   - \"Schalten Sie"), "{stub}");
    let (head, rest) = stub.split_once("# facts:").unwrap();
    let open: Vec<&str> = rest.lines().filter(|line| !line.contains("yaml-language-server")).map(|line| line.strip_prefix("# ").unwrap_or(line)).collect();
    project.write("vendors/beispiel-cloud.en.yaml", format!("{head}facts:{}\n", open.join("\n")));
    let ran = project.run(&["check", "--format", "short"]);
    assert_eq!(ran.stderr.matches("error[V").count() + ran.stderr.matches("note[V022]").count(), 0, "{}", ran.stderr);
    // A site without the language takes none.
    let other = Project::starter();
    let ran = other.run(&["new", "vendor", "beispiel-cloud", "--language", "en"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("does not have the language `en`"), "{}", ran.stderr);
}
