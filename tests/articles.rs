//! Articles: what appears when, and what leads from one to the next.

use super::support::Project;

fn page(project: &Project, path: &str) -> Option<String> {
    project.output().remove(path).map(|bytes| String::from_utf8(bytes).unwrap())
}

#[test]
fn an_article_with_a_later_date_appears_on_that_day() {
    let project = Project::starter();
    project.write("content/spaeter.md", "---\ntitle: Später\ndescription: Kommt noch.\ndate: 2026-11-26\n---\n\nEin Text, der erst morgen erscheint.\n");
    assert_eq!(project.run(&["build"]).code, Some(0));
    assert!(page(&project, "spaeter/index.html").is_none(), "today is the 25th");
    assert!(!page(&project, "feed.xml").unwrap().contains("Später"));

    assert_eq!(project.run(&["build", "--drafts"]).code, Some(0));
    let shown = page(&project, "spaeter/index.html").expect("with drafts it is shown");
    assert!(shown.contains("Erscheint am <time datetime=\"2026-11-26\">26.11.2026</time>"), "{shown}");
    assert!(!page(&project, "feed.xml").unwrap().contains("Später"), "no feed tells of it before its day");

    let root = project.root().display().to_string();
    assert_eq!(super::support::run(&["--root", &root, "--today", "2026-11-26", "build"]).code, Some(0));
    assert!(page(&project, "feed.xml").unwrap().contains("Später") && !page(&project, "spaeter/index.html").unwrap().contains("Erscheint am"));

    project.replace("content/wer-ist-verantwortlich.md", "{{<systems/>}}", "[Bald](@/spaeter.md)");
    let ran = project.run(&["build", "--format", "short"]);
    assert!(ran.code == Some(1) && ran.stderr.contains("error[L004]"), "a link to what is not published yet is dead: {}", ran.stderr);
}

#[test]
fn articles_that_share_topics_lead_to_each_other() {
    let project = Project::starter();
    for (name, tags) in [("eins", "[Rot, Blau]"), ("zwei", "[Rot, Blau]"), ("drei", "[Blau]"), ("vier", "[Gelb]")] {
        project.write(&format!("content/{name}.md"), format!("---\ntitle: Text {name}\ndescription: Worum es geht.\ntags: {tags}\n---\n\nEin kurzer Text.\n"));
    }
    assert_eq!(project.run(&["build"]).code, Some(0));
    let related = |path: &str| -> Vec<String> {
        let html = page(&project, path).unwrap();
        let section = html.split("<section class=\"related\"").nth(1).map(|rest| rest.split("</section>").next().unwrap().to_owned());
        section.unwrap_or_default().split("<a href=\"../").skip(1).map(|rest| rest.split('/').next().unwrap().to_owned()).collect()
    };
    assert_eq!(related("eins/index.html"), ["zwei", "drei"], "most in common first");
    assert_eq!(related("vier/index.html"), [""; 0]);
}
