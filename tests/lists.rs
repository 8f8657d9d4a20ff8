//! Lists that grow are cut into pages: addresses, numbers, and the way from one to the next.

use super::support::Project;

/// The starter with so many more articles of one topic, three of them on a page.
fn with_articles(count: usize) -> Project {
    let project = Project::starter();
    project.replace("content/site.yaml", "stage: demo", "lists: {page_size: 3}\nstage: demo");
    for number in 1..=count {
        project.write(
            &format!("content/text-{number}.md"),
            format!("---\ntitle: Text {number}\ndescription: D.\nweight: {}\ntags: [Lang]\n---\n\nEin Satz.\n", number + 10),
        );
    }
    project
}

fn page(project: &Project, path: &str) -> String {
    std::fs::read_to_string(project.path(&format!("public/{path}"))).unwrap_or_else(|_| panic!("there is no {path}"))
}

/// The titles in the list of a page.
fn titles(html: &str) -> Vec<&str> {
    html.split("class=\"item-title\"").skip(1).filter_map(|item| item.split("</a>").next()?.rsplit('>').next()).collect()
}

#[test]
fn a_long_list_is_cut_and_nothing_is_lost_or_shown_twice() {
    let project = with_articles(5);
    let ran = project.run(&["build", "--strict", "--format", "short"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let parts = ["themen/index.html", "themen/seite/2/index.html", "themen/seite/3/index.html"].map(|path| page(&project, path));
    let shown: Vec<Vec<&str>> = parts.iter().map(|html| titles(html)).collect();
    assert_eq!(shown, [vec!["Auswahl in drei Schritten", "Wer ist verantwortlich?", "Text 1"], vec!["Text 2", "Text 3", "Text 4"], vec!["Text 5"]]);
    let middle = &parts[1];
    for wanted in [
        "<link rel=\"prev\" href=\"../../../themen/index.html\">",
        "<link rel=\"next\" href=\"../../../themen/seite/3/index.html\">",
        "<link rel=\"canonical\" href=\"https://leitfaden.example/themen/seite/2/\">",
        "Einträge 4 bis 6 von 7",
        "aria-label=\"Seite 2\" aria-current=\"page\"",
        " – Seite 2 – Leitfaden Passwortverwaltung</title>",
    ] {
        assert!(middle.contains(wanted), "{wanted}");
    }
    assert!(!parts[0].contains("rel=\"prev\"") && !parts[2].contains("rel=\"next\""), "the first and the last part have one way");
    let crumbs = middle.split("<nav class=\"crumbs").nth(1).and_then(|rest| rest.split("</nav>").next()).unwrap();
    assert!(crumbs.contains("../../../themen/index.html") && crumbs.matches("<li").count() == 3, "{crumbs}");
    assert_eq!(titles(&page(&project, "themen/lang/seite/2/index.html")), ["Text 4", "Text 5"], "topics are cut too");
    assert!(page(&project, "sitemap.xml").contains("https://leitfaden.example/themen/seite/3/"));
}

#[test]
fn a_list_that_fits_on_a_page_is_as_it_was() {
    let project = with_articles(1);
    assert_eq!(project.run(&["build", "--strict"]).code, Some(0));
    let html = page(&project, "themen/index.html");
    assert_eq!(titles(&html).len(), 3);
    assert!(!html.contains("class=\"parts\"") && !html.contains("rel=\"next\"") && !project.path("public/themen/seite").exists());
    project.replace("content/site.yaml", "page_size: 3", "page_size: 1");
    assert_eq!(project.run(&["build", "--strict"]).code, Some(0));
    assert!(project.path("public/themen/seite/3").exists());
    project.replace("content/site.yaml", "page_size: 1", "page_size: 0");
    assert_eq!(project.run(&["build", "--strict"]).code, Some(0));
    assert!(!project.path("public/themen/seite").exists(), "zero cuts nothing");
}

#[test]
fn changes_are_cut_and_keep_their_feed() {
    let project = Project::starter();
    project.replace("content/site.yaml", "stage: demo", "lists: {page_size: 2}\nstage: demo");
    let entries: Vec<String> = (1..=5).rev().map(|day| format!("  - {{date: 2026-01-0{day}, why: Grund {day}.}}\n")).collect();
    project.replace("vendors/beispiel-cloud.yaml", "hardening:", &format!("changes:\n{}hardening:", entries.concat()));
    let ran = project.run(&["build", "--strict", "--format", "short"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let last = page(&project, "aenderungen/seite/3/index.html");
    assert!(last.contains("Grund 1.") && !last.contains("Grund 2.") && last.contains("Einträge 5 bis 5 von 5"));
    assert_eq!(page(&project, "aenderungen.xml").matches("<entry>").count(), 5);
}

#[test]
fn an_article_at_the_address_of_a_part_is_found() {
    let project = with_articles(5);
    project.write("content/themen/seite/2.md", "---\ntitle: Im Weg\nlisted: false\n---\n\nText.\n");
    let ran = project.run(&["build", "--format", "short"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("content/themen/seite/2.md:1:1: error[A011]: a part of a long list needs the address `/themen/seite/2/`"), "{}", ran.stderr);
}
