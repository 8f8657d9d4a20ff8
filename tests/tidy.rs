//! The house's own rules: floors, one home for each crate, module headers, sizes, no machine paths.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::support::{read_tree, repository};

/// Floors from the ground up; a file belongs to the first prefix that fits.
const FLOORS: [(&str, usize); 8] =
    [("base/", 0), ("parse/", 1), ("model/", 2), ("render/", 3), ("search/", 3), ("pipeline.rs", 4), ("pipeline/", 4), ("shell/", 5)];

/// Crates that only one module may name, and the few that are words of a whole floor.
const HOMES: [(&str, &[&str]); 27] = [
    ("ab_glyph", &["render/preview.rs"]),
    ("annotate_snippets", &["shell/report.rs"]),
    // Its derive makes the flags: the commands, and the words that flags take.
    ("clap", &["shell/cli.rs", "shell/manual.rs", "shell/report.rs", "shell/starter/mod.rs"]),
    ("clap_complete", &["shell/manual.rs"]),
    ("clap_mangen", &["shell/manual.rs"]),
    ("fluent_uri", &["model/outgoing/join.rs"]),
    ("html5ever", &["render/audit/spec.rs"]),
    ("image", &["render/pictures.rs"]),
    ("jiff", &["base/date.rs"]),
    ("memchr", &["base/seek.rs"]),
    ("notify", &["shell/serve/watch.rs"]),
    ("png", &["render/preview.rs"]),
    ("pulldown_cmark", &["parse/markdown.rs"]),
    ("rayon", &["pipeline.rs", "pipeline/"]),
    // One system call each: exchange of folders, limit of handles, kind of file system.
    ("rustix", &["shell/publish/", "shell/serve/gate.rs", "shell/serve/watch.rs"]),
    // Derived beside the types it describes.
    ("schemars", &["parse/", "render/"]),
    // Derives: read on floor 1, shown on floor 3, printed on floor 5.
    ("serde", &["parse/", "render/", "shell/"]),
    ("serde_json", &["parse/json.rs"]),
    ("serde_yaml", &["parse/yaml.rs"]),
    ("sha2", &["base/hash.rs"]),
    ("signal_hook", &["shell/serve/quit.rs"]),
    ("tera", &["render/theme.rs"]),
    ("tiny_http", &["shell/serve/inside.rs"]),
    ("unicode_normalization", &["base/canon.rs"]),
    ("ureq", &["shell/external/http.rs"]),
    ("walkdir", &["shell/disk.rs"]),
    ("whatlang", &["parse/integrity/language.rs"]),
];

/// Rust files below `src` by their path in it.
fn modules() -> BTreeMap<String, String> {
    let tree = read_tree(&repository().join("src"));
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("sources are UTF-8");
    tree.into_iter().filter(|(path, _)| path.ends_with(".rs")).map(|(path, bytes)| (path, text(bytes))).collect()
}

fn floor_of(path: &str) -> Option<usize> {
    FLOORS.iter().find(|(prefix, _)| path.starts_with(prefix)).map(|(_, floor)| *floor)
}

/// Code without comments and without its unit tests.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_module_imports_only_from_floors_below_or_its_own() {
    let mut wrong = Vec::new();
    for (path, text) in modules() {
        let Some(own) = floor_of(&path) else { continue };
        for part in code(&text).split("crate::").skip(1) {
            let name: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let target = if name == "pipeline" { "pipeline.rs".to_owned() } else { format!("{name}/") };
            if floor_of(&target).is_some_and(|floor| floor > own) {
                wrong.push(format!("{path} imports crate::{name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn each_crate_is_named_in_its_one_module() {
    let mut wrong = Vec::new();
    let mut named = BTreeSet::new();
    for (path, text) in modules() {
        let code = code(&text);
        for (krate, homes) in HOMES {
            let names_it =
                [format!("use {krate}::"), format!("use {krate};"), format!(" {krate}::"), format!("({krate}::"), format!("<{krate}::"), format!("&{krate}::")];
            if names_it.iter().any(|form| code.contains(form.as_str())) {
                named.insert(krate);
                if !homes.iter().any(|home| path.starts_with(home)) {
                    wrong.push(format!("{path} names {krate}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let manifest = std::fs::read_to_string(repository().join("Cargo.toml")).expect("Cargo.toml can be read");
    let dependencies = manifest.split("[dependencies]").nth(1).and_then(|rest| rest.split("\n[").next()).expect("there are dependencies");
    for line in dependencies.lines().filter(|line| !line.starts_with('#') && line.contains('=')) {
        let name = line.split(['=', ' ']).next().unwrap_or_default().replace('-', "_");
        assert!(named.contains(name.as_str()), "{name} is a dependency, but no module names it, or HOMES does not list it");
    }
}

#[test]
fn every_module_opens_with_what_it_is_for() {
    for (path, text) in modules() {
        let first = text.lines().find(|line| !line.starts_with("#!["));
        assert!(first.is_some_and(|line| line.starts_with("//! ") && line.len() > 12), "{path} has no header");
    }
}

#[test]
fn modules_stay_small() {
    for (path, text) in modules() {
        let lines = text.lines().count();
        let has_reason = text.lines().take_while(|line| line.starts_with("//!") || line.starts_with("#![")).any(|line| line.contains("Longer than 400 lines"));
        assert!(lines <= 400 || has_reason, "{path} has {lines} lines: split it, or say in its header why it is longer than 400 lines");
    }
}

#[test]
fn only_the_shell_may_break_the_bans() {
    for (path, text) in modules() {
        let breaks = text.contains("clippy::disallowed_methods");
        assert!(!breaks || path.starts_with("shell/"), "{path} switches a ban off");
        assert!(!text.contains("#[allow(clippy::disallowed") && !text.contains("unsafe {"), "{path}");
    }
}

#[test]
fn sockets_are_opened_by_the_preview_and_by_asking_only() {
    for (path, text) in modules() {
        let code = code(&text);
        let names = ["std::net", "os::unix::net", "TcpStream", "TcpListener", "UdpSocket", "ToSocketAddrs"].into_iter().find(|name| code.contains(name));
        let names = names.filter(|name| !(*name == "std::net" && code.matches("std::net").count() == code.matches("std::net::IpAddr").count()));
        assert!(names.is_none() || path.starts_with("shell/serve/"), "{path} names {names:?}");
        assert!(!code.contains("external::check(") || path == "shell/check.rs", "{path} asks other hosts");
    }
}

#[test]
fn no_committed_text_names_a_machine_or_a_leftover() {
    let root = repository();
    let mut wrong = Vec::new();
    for folder in ["src", "tests", "content", "vendors", "themes", "docs", ".ci"] {
        if !root.join(folder).is_dir() {
            continue;
        }
        for (path, bytes) in read_tree(&root.join(folder)) {
            let path = format!("{folder}/{path}");
            if path.contains("node_modules") || path == "tests/tidy.rs" {
                continue;
            }
            let Ok(text) = std::str::from_utf8(&bytes) else { continue };
            let leftovers = ["todo!(", "FIXME", "TODO", "#[ignore"];
            wrong.extend(leftovers.iter().filter(|leftover| text.contains(*leftover)).map(|leftover| format!("{path}: {leftover}")));
            // A machine's folder starts a path; in an address it follows a host.
            for folder in ["/home/", "/root/", "/work/", "/tmp/"] {
                let starts = text.match_indices(folder).any(|(at, _)| !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.' || c == '/'));
                wrong.extend(starts.then(|| format!("{path}: {folder}")));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_embedded_theme_is_the_folder() {
    let folder = read_tree(&repository().join("themes/standard"));
    let embedded: BTreeMap<String, Vec<u8>> = leitfaden::render::standard::FILES.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect();
    let names = |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<BTreeSet<_>>();
    let shipped: BTreeMap<String, Vec<u8>> = folder.into_iter().filter(|(path, _)| !path.starts_with("README")).collect();
    assert_eq!(names(&shipped), names(&embedded), "src/render/standard.rs must list every file of themes/standard");
    assert!(shipped == embedded, "an embedded file is stale");
}

#[test]
fn the_language_files_have_the_same_texts() {
    let keys = |language: &str| -> BTreeSet<String> {
        let path = repository().join(format!("themes/standard/i18n/{language}.yaml"));
        let text = std::fs::read_to_string(&path).expect("the language file can be read");
        text.lines()
            .filter(|line| !line.starts_with(['#', ' ']) && line.contains(':'))
            .map(|line| line.split(':').next().unwrap_or_default().to_owned())
            .collect()
    };
    let (german, english) = (keys("de"), keys("en"));
    let difference: Vec<&String> = german.symmetric_difference(&english).collect();
    assert!(difference.is_empty(), "only one language has {difference:?}");
}

#[test]
fn every_text_the_program_asks_for_is_there() {
    let german = std::fs::read_to_string(repository().join("themes/standard/i18n/de.yaml")).expect("the language file can be read");
    let mut missing = BTreeSet::new();
    for (path, text) in modules() {
        for call in ["strings.get(\"", "strings.fill(\""] {
            for part in code(&text).split(call).skip(1) {
                let key = part.split('"').next().unwrap_or_default();
                if !german.lines().any(|line| line.starts_with(&format!("{key}:"))) {
                    missing.insert(format!("{path}: {key}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(Path::new(&repository().join("themes/standard/i18n/en.yaml")).exists());
}
