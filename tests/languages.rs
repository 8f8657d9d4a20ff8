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
