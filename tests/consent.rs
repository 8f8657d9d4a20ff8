//! The consent notice from record to page: what passes, what the hash is of, and that the
//! privacy policy says what the record says.

use super::support::{Project, repository};

const NEWSLETTER: &str = "content/newsletter.yaml";
const SERVICE: &str = include_str!("broken/mailchimp.yaml");
const CASE: &str = include_str!("broken/law.yaml");

/// A guide whose form goes to a service.
fn service() -> Project {
    let project = Project::starter();
    project.write(NEWSLETTER, SERVICE);
    project.write("content/law.yaml", CASE);
    project
}

fn page(project: &Project, path: &str) -> String {
    assert_eq!(project.run(&["build", "--strict"]).code, Some(0), "{}", project.run(&["check", "--strict", "--format", "short"]).stderr);
    String::from_utf8(project.output().remove(path).unwrap()).unwrap()
}

/// The hash that the newsletter page shows.
fn hash(project: &Project) -> String {
    page(project, "newsletter/index.html").split("data-sha256=\"").nth(1).unwrap()[..64].to_owned()
}

#[test]
fn a_record_without_a_fault_has_no_finding() {
    for project in [Project::starter(), service()] {
        let ran = project.run(&["check", "--strict", "--format", "short"]);
        assert_eq!((ran.code, ran.stderr.contains("[C1")), (Some(0), false), "{}", ran.stderr);
    }
}

#[test]
fn a_theme_cannot_leave_out_what_the_notice_says() {
    let project = service();
    project.replace("content/site.yaml", "language: de", "language: de\ntheme: eigen");
    let component = "templates/components/notice.html";
    let text = std::fs::read_to_string(repository().join("themes/standard").join(component)).unwrap();
    let (before, paragraph) = text.split_once("{{ paragraph.text_html | safe }}").expect("the component prints the paragraphs");
    project.write(&format!("themes/eigen/{component}"), format!("{before}…{paragraph}"));
    let ran = project.run(&["check", "--format", "short"]);
    assert!(ran.code == Some(1) && ran.stderr.contains("error[C120]: the form leaves out what the notice says: `"), "{}", ran.stderr);
}

#[test]
fn the_hash_is_of_what_is_seen_and_where_links_lead() {
    let project = service();
    let before = hash(&project);
    // Wrapped elsewhere, emphasised, and with a letter of two characters instead of one.
    project.replace(NEWSLETTER, "Erst beim Absenden verbindet", "Erst   beim\n          *Absenden* verbindet");
    project.replace(NEWSLETTER, "übertragen.", "u\u{308}bertragen.");
    assert_eq!(hash(&project), before);
    project.replace(NEWSLETTER, "Versendet wird durch Mailchimp", "Versendet wird durch [Mailchimp](https://example.org/a)");
    let linked = hash(&project);
    assert_ne!(linked, before);
    project.replace(NEWSLETTER, "https://example.org/a", "https://example.org/b");
    assert_ne!(hash(&project), linked);
    project.replace(NEWSLETTER, "button: Newsletter abonnieren", "button: Newsletter bestellen");
    assert_ne!(hash(&project), before);
}

#[test]
fn the_line_that_the_finding_says_locks_the_version() {
    let project = service();
    project.write(NEWSLETTER, SERVICE.replace("[[Name der Stelle]]", "Verein Muster").replace("[[Anschrift]]", "Musterort"));
    let said = project.run(&["check", "--format", "short"]).stderr;
    let line = said.split("add the line `").nth(1).and_then(|rest| rest.split('`').next()).unwrap_or_else(|| panic!("{said}"));
    project.write("content/newsletter.lock", format!("{line}\n"));
    assert_eq!(project.run(&["build"]).code, Some(0), "{}", project.run(&["check"]).stderr);
    let archive = page(&project, "einwilligung/v1/index.html");
    let sha256 = line.rsplit(' ').next().unwrap();
    for text in [sha256, "01.01.2026", "Erst beim Absenden verbindet sich", "Newsletter abonnieren", "E-Mail-Adresse"] {
        assert!(archive.contains(text), "the archive says {text}");
    }
    project.replace(NEWSLETTER, "version: 1\n", "version: 2\n");
    let said = project.run(&["check", "--format", "short"]).stderr;
    assert!(said.contains("version 1 of `newsletter` is in newsletter.lock, but not here") && said.contains("version 2 is not in newsletter.lock"), "{said}");
}

#[test]
fn the_privacy_policy_says_what_the_record_says() {
    let project = service();
    let section = |project: &Project| {
        page(project, "datenschutz/index.html").split("<section id=\"newsletter\"").nth(1).unwrap().split("</section>").next().unwrap().to_owned()
    };
    let german = section(&project);
    for text in [
        "Name der Stelle",
        "neue und geänderte Bewertungen",
        "einmal im Monat",
        "An sie geht der Newsletter.",
        "Art. 6 Abs. 1 lit. a DSGVO",
        "The Rocket Science Group LLC, USA",
        "EU-US Data Privacy Framework",
        "01.11.2026",
        "nach 30 Tagen",
        "Bis zum Widerruf.",
        "noch 3 Jahre",
        "widerruf@example.org",
        "bleibt rechtmäßig",
    ] {
        assert!(german.contains(text), "the section says {text}:\n{german}");
    }
    project.replace(NEWSLETTER, "country: US\n      mechanism: dpf\n", "country: US\n      mechanism: scc\n");
    project.replace(NEWSLETTER, "proof_years: 3", "proof_years: 4");
    let changed = section(&project);
    assert!(changed.contains("Standardvertragsklauseln") && changed.contains("noch 4 Jahre") && !changed.contains("Data Privacy Framework"));
}
