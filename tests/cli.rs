//! The command line as its users meet it: exit codes, streams, formats, what is never overwritten.

use super::support::{Project, TODAY, run, run_with};

#[test]
fn a_new_guide_builds_and_checks_clean() {
    let project = Project::starter();
    for args in [&["check", "--strict"][..], &["build", "--strict"]] {
        let ran = project.run(args);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    }
    let output = project.output();
    for page in ["index.html", "vergleich/index.html", "systeme/beispiel-cloud/index.html", "kriterien/vertrag/index.html", "newsletter/index.html", "404.html"]
    {
        assert!(output.contains_key(page), "{page}");
    }
}

#[test]
fn init_and_new_never_overwrite() {
    let project = Project::starter();
    let again = run(&["init", &project.root().display().to_string()]);
    assert_eq!(again.code, Some(2));
    assert!(again.stderr.contains("is not empty; choose a new one"), "{}", again.stderr);
    assert_eq!(project.run(&["new", "vendor", "neu"]).code, Some(0));
    project.write("vendors/neu.yaml", "name: meine Arbeit\n");
    let ran = project.run(&["new", "vendor", "neu"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("exists already; nothing was changed"), "{}", ran.stderr);
    assert_eq!(std::fs::read_to_string(project.path("vendors/neu.yaml")).unwrap(), "name: meine Arbeit\n");
}

#[test]
fn stubs_build_as_they_are() {
    let project = Project::starter();
    assert_eq!(project.run(&["new", "vendor", "neu"]).code, Some(0));
    assert_eq!(project.run(&["new", "article", "neuer-text"]).code, Some(0));
    let ran = project.run(&["build", "--drafts"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(project.output().contains_key("systeme/neu/index.html") && project.output().contains_key("neuer-text/index.html"));
    assert_eq!(project.run(&["build"]).code, Some(0));
    assert!(!project.output().contains_key("neuer-text/index.html"), "a draft is not published");
    assert_eq!(project.run(&["new", "vendor", "Neu X"]).code, Some(2));
}

/// Edits that make a guide about messengers of the English starter: its cards, its criterion, its words.
const MESSENGERS: [(&str, &str, &str); 9] = [
    ("content/site.yaml", "title: Password Manager Guide", "title: Messenger Guide"),
    ("content/index.md", "title: Compare password managers", "title: Compare messengers"),
    ("vendors/_criteria.yaml", "Can only the organisation read the passwords?", "Can only the people in a conversation read it?"),
    ("vendors/_decision.yaml", "Nobody but us can read the passwords", "Nobody but us can read the messages"),
    ("vendors/example-cloud.yaml", "name: Example Cloud", "name: Talkative"),
    ("vendors/example-cloud.yaml", "product: example", "product: talkative"),
    ("vendors/example-server.yaml", "name: Example Server", "name: Quiet Server"),
    ("vendors/example-server.yaml", "product: example", "product: quiet-server"),
    ("content/choosing-in-three-steps.md", "Example Cloud stands", "Talkative stands"),
];

#[test]
fn a_guide_in_english_about_something_else_begins_with_init() {
    let project = Project::empty();
    let ran = run(&["init", "--language", "en", &project.root().display().to_string()]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(run(&["init", "--language", "en", &project.root().display().to_string()]).code, Some(2), "not twice");
    let ran = project.run(&["check", "--strict", "--format", "short"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    for (path, from, to) in MESSENGERS {
        project.replace(path, from, to);
    }
    for (kind, slug) in [("vendor", "new-one"), ("article", "new-text")] {
        assert_eq!(project.run(&["new", kind, slug]).code, Some(0));
    }
    let ran = project.run(&["build", "--strict", "--drafts", "--format", "short"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let output = project.output();
    let text = |path: &str| String::from_utf8(output[path].clone()).unwrap();
    for page in
        ["compare/index.html", "systems/example-cloud/index.html", "criteria/contract/index.html", "newsletter/index.html", "systems/new-one/index.html"]
    {
        assert!(output.contains_key(page), "{page}");
    }
    assert!(text("index.html").contains("<html lang=\"en\">") && text("index.html").contains("Messenger Guide"));
    assert!(text("systems/example-cloud/index.html").contains("Talkative"));
    assert!(text("new-text/index.html").contains("Title of new-text"), "stubs are in the language of the site");
    // Only what somebody has to fill in and to fix for good is left, and a live site says so.
    project.replace("content/site.yaml", "stage: demo", "stage: live");
    let ran = project.run(&["check", "--strict", "--format", "short"]);
    let other: Vec<&str> = ran.stderr.lines().filter(|line| line.contains("error[") && !line.contains("[S012]") && !line.contains("[C116]")).collect();
    assert!(ran.code == Some(1) && ran.stderr.contains("[S012]") && other.is_empty(), "{}", ran.stderr);
}

#[test]
fn usage_and_missing_folders_are_exit_code_two() {
    for args in [&["bild"][..], &["build", "--today", "gestern"], &["check", "--root", "gibt-es-nicht"], &["explain", "X999"], &["schema", "unfug"]] {
        let ran = run(args);
        assert_eq!(ran.code, Some(2), "{args:?} {}", ran.stderr);
        assert!(!ran.stderr.is_empty() && ran.stdout.is_empty(), "{args:?}");
    }
    assert_eq!(run(&["--version"]).code, Some(0));
}

#[test]
fn the_same_finding_in_four_formats() {
    let project = Project::starter();
    project.replace("vendors/beispiel-cloud.yaml", "value: ja", "value: jaa");
    let said = |format: &str| {
        let ran = project.run(&["build", "--format", format]);
        assert_eq!(ran.code, Some(1));
        assert!(ran.stdout.is_empty(), "findings go to stderr");
        ran.stderr
    };
    assert_eq!(
        said("human"),
        "error[V012]: `vertrag` has no value `jaa`
  --> vendors/beispiel-cloud.yaml:11:12
   |
11 |     value: jaa
   |            ^^^
   |
   = help: write `ja`

1 error, 0 warnings: nothing was written
"
    );
    assert_eq!(
        said("short"),
        "vendors/beispiel-cloud.yaml:11:12: error[V012]: `vertrag` has no value `jaa` (write `ja`)\n1 error, 0 warnings: nothing was written\n"
    );
    assert_eq!(
        said("json"),
        "{\"severity\":\"error\",\"code\":\"V012\",\"message\":\"`vertrag` has no value `jaa`\",\"path\":\"vendors/beispiel-cloud.yaml\",\"line\":11,\"column\":12,\"help\":[\"write `ja`\"]}\n"
    );
    assert_eq!(said("github"), "::error file=vendors/beispiel-cloud.yaml,line=11,col=12,title=V012::`vertrag` has no value `jaa`. write `ja`\n");
}

#[test]
fn all_errors_of_all_files_come_in_one_run_sorted() {
    let project = Project::starter();
    project.replace("vendors/beispiel-cloud.yaml", "value: ja", "valu: ja");
    project.replace("vendors/beispiel-server.yaml", "status: active", "status: aktiv");
    project.replace("content/site.yaml", "page: glossar", "page: glosar");
    project.replace("content/wer-ist-verantwortlich.md", "{{<systems/>}}", "[x](@/fehlt.md)");
    let ran = project.run(&["check", "--format", "short"]);
    let places: Vec<&str> = ran.stderr.lines().filter_map(|line| Some(line.split_once(": error[")?.0)).collect();
    assert_eq!(
        places,
        [
            "content/site.yaml:12:14",
            "content/wer-ist-verantwortlich.md:16:1",
            "vendors/beispiel-cloud.yaml:10:3",
            "vendors/beispiel-cloud.yaml:11:5",
            "vendors/beispiel-server.yaml:4:9",
        ]
    );
}

#[test]
fn placeholders_are_remarks_in_a_demo_and_errors_on_a_live_site() {
    let project = Project::starter();
    let check = project.run(&["check", "--format", "short"]);
    assert_eq!(check.code, Some(0));
    assert!(check.stderr.contains("content/site.yaml:18:10: note[S012]: the placeholder `[[Name der Stelle]]` is open"), "{}", check.stderr);
    let build = project.run(&["build", "--format", "short"]);
    assert!(build.stderr.is_empty(), "a build only counts them: {}", build.stderr);
    assert!(build.stdout.contains("placeholders open"), "{}", build.stdout);
    project.replace("content/site.yaml", "stage: demo", "stage: live");
    let live = project.run(&["build", "--format", "short"]);
    assert_eq!(live.code, Some(1));
    assert!(
        live.stderr.contains("content/site.yaml:18:10: error[S012]: the placeholder `[[Name der Stelle]]` is open (fill it in before the site goes live)"),
        "{}",
        live.stderr
    );
}

#[test]
fn quiet_prints_findings_only() {
    let project = Project::starter();
    let ran = project.run(&["build", "--quiet"]);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), "", ""));
}

#[test]
fn the_date_comes_from_the_flag_then_from_source_date_epoch() {
    let project = Project::starter();
    let root = project.root().display().to_string();
    let output = project.path("public").join("index.html");
    for (args, environment, date) in
        [(&["--today", TODAY][..], &[("SOURCE_DATE_EPOCH", "0")][..], "25.11.2026"), (&[], &[("SOURCE_DATE_EPOCH", "1800000000")], "15.01.2027")]
    {
        let ran = run_with(&[&["--root", &root, "build"], args].concat(), environment);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let html = std::fs::read_to_string(&output).unwrap();
        assert!(html.contains(date), "{date}");
    }
    assert_eq!(run_with(&["--root", &root, "build"], &[("SOURCE_DATE_EPOCH", "bald")]).code, Some(2));
}

#[test]
fn timings_name_every_phase() {
    let project = Project::starter();
    let ran = project.run(&["build", "--timings"]);
    for phase in ["read", "parse", "model", "view", "pages", "write", "total"] {
        assert!(ran.stderr.lines().any(|line| line.starts_with(phase) && line.ends_with(" ms")), "{phase} in {}", ran.stderr);
    }
}

#[test]
fn every_schema_is_json_and_every_code_is_explained() {
    for kind in ["article", "vendor", "criteria", "profiles", "site", "newsletter", "glossary", "law"] {
        let ran = run(&["schema", kind]);
        assert_eq!(ran.code, Some(0));
        let schema: serde_json::Value = serde_json::from_str(&ran.stdout).expect("a schema is JSON");
        assert_eq!(schema["additionalProperties"], serde_json::Value::Bool(false), "{kind} is strict");
        assert!(schema["title"].is_string() && schema["properties"].is_object(), "{kind}");
    }
    for code in ["v012", "A002", "H001"] {
        let ran = run(&["explain", code]);
        assert!(ran.code == Some(0) && ran.stdout.contains("Wrong:") && ran.stdout.contains("Right:"), "{code}");
    }
}

#[test]
fn a_base_url_on_the_command_line_wins() {
    let project = Project::starter();
    assert_eq!(project.run(&["build", "--base-url", "https://anders.example/unter"]).code, Some(0));
    let sitemap = String::from_utf8(project.output()["sitemap.xml"].clone()).unwrap();
    assert!(sitemap.contains("<loc>https://anders.example/unter/vergleich/</loc>"), "{sitemap}");
    let not_found = String::from_utf8(project.output()["404.html"].clone()).unwrap();
    assert!(not_found.contains("href=\"/unter/"), "404.html is shown at any depth");
}

#[test]
fn shells_and_man_learn_every_command() {
    let commands = ["build", "serve", "check", "init", "new", "schema", "deploy", "explain", "completions"];
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = run(&["completions", shell]);
        assert_eq!(ran.code, Some(0), "{shell}");
        assert!(commands.iter().all(|command| ran.stdout.contains(command)) && ran.stdout.contains("base-url"), "{shell}");
    }
    let page = run(&["man"]);
    assert!(page.code == Some(0) && page.stdout.contains(".TH leitfaden 1"), "{}", page.stdout);
    for command in commands {
        assert!(page.stdout.contains(&format!(".SS \"leitfaden {command}\"")), "{command} in {}", page.stdout);
    }
    assert!(page.stdout.contains("\\-\\-strict"), "flags are listed");
}

#[test]
fn colours_follow_the_usual_variables() {
    let project = Project::starter();
    project.replace("vendors/beispiel-cloud.yaml", "value: ja", "value: jaa");
    let root = project.root().display().to_string();
    let coloured = |environment: &[(&str, &str)]| run_with(&["--root", &root, "--today", TODAY, "check"], environment).stderr.contains("\u{1b}[");
    assert!(!coloured(&[]), "no terminal, no colours");
    assert!(coloured(&[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "0")]), "any value of NO_COLOR says no");
    assert!(!coloured(&[("CLICOLOR_FORCE", "0")]));
}

#[test]
fn a_card_whose_name_is_as_long_as_names_can_be_is_published() {
    let project = Project::starter();
    let card = std::fs::read_to_string(project.path("vendors/beispiel-cloud.yaml")).unwrap();
    project.write(&format!("vendors/{}.yaml", "x".repeat(250)), &card);
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
}
