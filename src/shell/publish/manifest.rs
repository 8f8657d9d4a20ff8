//! The manifest `.leitfaden.json`: which files of the output are ours.
//!
//! It is how the next run knows what it may replace and remove, so every path in it
//! is checked like an input: one that climbs out makes the whole manifest foreign.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::path::SitePath;
use crate::parse::json;

/// Every file of the site: its path below the output, with `/`, and its bytes.
pub type Files = BTreeMap<String, Arc<[u8]>>;

/// Name of the manifest.
pub(crate) const MANIFEST: &str = ".leitfaden.json";

/// Names that begin so are ours in the output's top folder; no page may have one.
const RESERVED: &str = ".leitfaden";

/// Path → SHA-256 of the file.
pub type Hashes = BTreeMap<String, String>;

#[derive(Serialize, Deserialize)]
struct Manifest {
    generator: String,
    schema: u32,
    files: Hashes,
}

/// The manifest as text, sorted, with a newline at its end.
pub(super) fn encode_manifest(files: Hashes) -> Vec<u8> {
    let manifest = Manifest { generator: "leitfaden".into(), schema: 1, files };
    json::pretty(&manifest).into_bytes()
}

/// The files a manifest lists; `None` if it is not one of ours.
pub(super) fn decode_manifest(text: &[u8]) -> Option<Hashes> {
    let manifest: Manifest = json::read(std::str::from_utf8(text).ok()?)?;
    let ours = manifest.generator == "leitfaden" && manifest.schema == 1 && manifest.files.keys().all(|path| is_allowed(path));
    ours.then_some(manifest.files)
}

/// Whether a file of the site may have this path: it stays inside and is none of our own.
pub(super) fn is_allowed(path: &str) -> bool {
    SitePath::parse(path).is_ok() && !path.starts_with(RESERVED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::hash::sha256_hex;

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let text = encode_manifest(Hashes::from([("b/index.html".into(), sha256_hex(b"")), ("a.css".into(), sha256_hex(b"x"))]));
        let text_str = String::from_utf8(text.clone()).unwrap();
        assert!(text_str.starts_with("{\n  \"generator\": \"leitfaden\",\n  \"schema\": 1,\n  \"files\": {\n    \"a.css\": \"2d71"), "{text_str}");
        assert!(text_str.ends_with("}\n"));
        let hashes = decode_manifest(&text).unwrap();
        assert_eq!(hashes["b/index.html"], sha256_hex(b""));
        assert_eq!(encode_manifest(hashes), text);
    }

    #[test]
    fn a_manifest_that_is_not_exactly_ours_counts_as_none() {
        for text in [
            "",
            "{}",
            "[]",
            r#"{"generator":"other","schema":1,"files":{}}"#,
            r#"{"generator":"leitfaden","schema":2,"files":{}}"#,
            r#"{"generator":"leitfaden","schema":1,"files":{"../a":"0"}}"#,
            r#"{"generator":"leitfaden","schema":1,"files":{"/etc/passwd":"0"}}"#,
            r#"{"generator":"leitfaden","schema":1,"files":{".leitfaden.journal":"0"}}"#,
        ] {
            assert!(decode_manifest(text.as_bytes()).is_none(), "{text}");
        }
        assert!(decode_manifest(br#"{"generator":"leitfaden","schema":1,"files":{"a":"0"}}"#).is_some());
    }
}
