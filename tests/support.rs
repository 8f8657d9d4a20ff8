//! A project in a temporary folder, and the binary run over it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The day that all tests are built for.
pub(crate) const TODAY: &str = "2026-11-25";

/// A project in a temporary folder; it goes away with the value.
pub(crate) struct Project {
    folder: tempfile::TempDir,
}

/// What a run of the binary gave.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Project {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// The guide that `leitfaden init` writes.
    pub(crate) fn starter() -> Self {
        let project = Self::empty();
        let ran = run(&["init", &project.root().display().to_string()]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        project
    }

    /// The same with its catalogue, its profiles and one card in English; the other card is in German only.
    pub(crate) fn translated() -> Self {
        let project = Self::starter();
        let menu = "{main: [{page: vergleich, label: Compare}], footer: [{page: impressum, label: Imprint}, {page: datenschutz, label: Privacy}]}";
        project.replace("content/site.yaml", "stage: demo", &format!("languages: {{en: {{title: Password guide, navigation: {menu}}}}}\nstage: demo"));
        project.write("content/index.en.md", "---\ntitle: Compare password managers\n---\n\nSee the [systems](@/systeme/) and the [criteria](@/kriterien/).\n");
        for (name, bytes) in read_tree(&repository().join("tests/translated")) {
            project.write(&format!("vendors/{name}"), bytes);
        }
        project
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("guide")
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Writes a file of the project.
    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
        std::fs::write(path, bytes).expect("the file can be written");
    }

    /// Replaces text in a file of the project; it must be there.
    pub(crate) fn replace(&self, path: &str, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(text.contains(from), "{path} does not hold {from:?}");
        self.write(path, text.replacen(from, to, 1));
    }

    /// Runs the binary in the project, with the fixed day.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        let root = self.root().display().to_string();
        run(&[&["--root", &root, "--today", TODAY], args].concat())
    }

    /// The built output: path → bytes.
    pub(crate) fn output(&self) -> BTreeMap<String, Vec<u8>> {
        read_tree(&self.path("public"))
    }
}

/// Runs the binary.
pub(crate) fn run(args: &[&str]) -> Ran {
    run_with(args, &[])
}

/// Runs the binary with variables in its environment.
pub(crate) fn run_with(args: &[&str], environment: &[(&str, &str)]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leitfaden"));
    // Neither the day nor the network of whoever runs the tests.
    for name in ["SOURCE_DATE_EPOCH", "CLICOLOR_FORCE", "ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "http_proxy", "https_proxy"] {
        command.env_remove(name);
    }
    command.args(args).envs(environment.iter().copied());
    let output = command.output().expect("the binary can be started");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    Ran { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// All files below a folder: path with `/` → bytes.
pub(crate) fn read_tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut tree = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display())) {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it lies below").to_str().expect("names are UTF-8").to_owned();
                tree.insert(name, std::fs::read(&path).expect("a file can be read"));
            }
        }
    }
    tree
}

/// Copies a folder of the repository.
pub(crate) fn copy_tree(from: &Path, to: &Path) {
    for (name, bytes) in read_tree(from) {
        let path = to.join(name);
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
        std::fs::write(path, bytes).expect("the file can be written");
    }
}

/// The repository's folder.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
