//! A theme of the site's own: what it has lies over the standard theme, the rest comes from below.

use super::support::Project;

#[test]
fn one_template_and_one_token_of_a_second_theme_lie_over_the_standard_one() {
    let project = Project::starter();
    assert_eq!(project.run(&["build"]).code, Some(0));
    let before = project.output();
    project.replace("content/site.yaml", "stage: demo", "stage: demo\ntheme: haus");
    project.write("themes/haus/theme.yaml", "name: haus\ncontract: 1\n");
    project.write(
        "themes/haus/templates/not_found.html",
        "{% extends \"standard/not_found.html\" %}\n{% block main %}<p>Ein Wort vorab.</p>{{ super() }}{% endblock main %}\n",
    );
    project.write("themes/haus/static/own.css", ":root{--accent:#7a1f5c}\n");
    let ran = project.run(&["build", "--strict"]);
    assert_eq!((ran.code, ran.stderr.contains("warning")), (Some(0), false), "{}", ran.stderr);
    let after = project.output();

    let text = |tree: &std::collections::BTreeMap<String, Vec<u8>>, path: &str| String::from_utf8(tree[path].clone()).unwrap();
    let missing = text(&after, "404.html");
    assert!(missing.contains("Ein Wort vorab.") && !text(&before, "404.html").contains("Ein Wort vorab."), "the template is the theme's own");
    let list = |html: &str| html.split("<main").nth(1).unwrap_or_default().to_owned();
    assert!(list(&missing).contains(list(&text(&before, "404.html")).split("<h1").nth(1).unwrap()), "and keeps what it extends");

    let home = text(&after, "index.html");
    let sheets: Vec<&str> = home.split("rel=\"stylesheet\" href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(sheets.len() >= 2 && sheets.last().is_some_and(|last| last.contains("own.")), "the token comes last: {sheets:?}");
    assert_eq!(text(&after, sheets.last().unwrap()), ":root{--accent:#7a1f5c}\n");
    let matrix = text(&after, "vergleich/index.html");
    let last = matrix.rsplit("rel=\"stylesheet\" href=\"").next().unwrap();
    assert!(matrix.contains("static/matrix.") && last.starts_with("../static/own."), "also where a sheet stands in the body");
    assert!(!text(&before, "index.html").contains("own."), "nobody else asks for it");
    let own = format!("<link rel=\"stylesheet\" href=\"{}\">", sheets.last().unwrap());
    assert_eq!(list(&home).replace(&own, ""), list(&text(&before, "index.html")), "the rest is the standard theme's");
}
