//! Generated data: the JSON of the API and the scripts of the search's index.
//!
//! A browser follows nothing in them by itself. So it is enough that addresses in the JSON lead to what is written or to a
//! host that the site knows, and that a script of the index is one call with values and nothing else.

use std::collections::BTreeSet;

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::model::integrity::Hosts;
use crate::parse::json;
use crate::render::tree::Tree;

use super::at;
use super::feeds::file;

/// The function that scripts of the index hand their values to.
const CALL: &str = "leitfadenSearch(";

/// Checks one file of a generated folder; a table has nothing to say.
pub fn data(path: &str, bytes: &[u8], tree: &Tree, hosts: &Hosts, base_url: &str) -> Vec<Diagnostic> {
    let text = || String::from_utf8_lossy(bytes);
    match path.rsplit('.').next().unwrap_or_default() {
        "json" => addresses(path, &text(), tree, hosts, base_url),
        "js" if !is_one_call(&text()) => {
            let finding = Diagnostic::error(codes::THIRD_PARTY_REQUEST, "the script of the index is more than values, so it could ask anybody");
            vec![at(path, 1, finding).help("report this: nothing that an editor writes may lead here")]
        }
        _ => Vec::new(),
    }
}

/// `leitfadenSearch("kind",0,…);`, all of it JSON.
fn is_one_call(text: &str) -> bool {
    let inside = text.trim_end().strip_prefix(CALL).and_then(|rest| rest.strip_suffix(");"));
    inside.is_some_and(|inside| json::is_json(&format!("[{inside}]")))
}

fn addresses(path: &str, text: &str, tree: &Tree, hosts: &Hosts, base_url: &str) -> Vec<Diagnostic> {
    // Every text that is an address and nothing else; `$schema` only names the dialect (JSON Schema 2020-12, 8.1.1).
    let mut urls = BTreeSet::new();
    let is_json = json::texts(text, "$schema", &mut |text| {
        let is_address = (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(char::is_whitespace);
        if is_address && !urls.contains(text) {
            urls.insert(text.to_owned());
        }
    });
    if !is_json {
        return vec![at(path, 1, Diagnostic::error(codes::DEAD_OUTPUT_LINK, "the file is no valid JSON")).help("report this: it is generated")];
    }
    let wrong = urls.into_iter().filter_map(|url| match url.strip_prefix(base_url) {
        Some(inside) if tree.contains_key(&file(inside)) => None,
        Some(inside) => {
            let finding = Diagnostic::error(codes::DEAD_OUTPUT_LINK, format!("`{url}` leads to `{}`, which is not written", file(inside)));
            Some(at(path, 1, finding).help("link to a page or file that exists"))
        }
        None => Some(at(path, 1, hosts.check(&url)?)),
    });
    wrong.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_data_leads_to_what_is_written_and_to_known_hosts() {
        let tree = Tree::from([("a/index.html".to_owned(), vec![])]);
        let mut hosts = Hosts::default();
        hosts.allow("example.org");
        for (path, text, expected) in [
            (
                "api/x.json",
                "{\"url\": \"https://x.example/a/#b\", \"sources\": [{\"url\": \"https://example.org/q\"}], \"note\": \"see https://spam.example\"}",
                &[][..],
            ),
            ("api/x.json", "{\"url\": \"https://x.example/b/\"}", &["H003"]),
            ("api/x.json", "[[{\"url\": \"https://spam.example/\"}], \"https://spam.example/\"]", &["I001"]),
            ("api/x.schema.json", "{\"$schema\": \"https://dialect.example/schema\"}", &[]),
            ("api/x.json", "{", &["H003"]),
            ("api/x.json", "{\"a\": [1, -1, 1.5, true, null, {}]} x", &["H003"]),
            ("api/x.json", "{\"a\": [1, -1, 1.5, true, null, {}], \"ü\\n\": \"\\u00fc\"}", &[]),
            ("api/x.csv", "https://spam.example/", &[]),
            ("search/core.js", "leitfadenSearch(\"core\",0,{\"a\":[1,\"fetch(\\\"x\\\")\"]});\n", &[]),
            ("search/core.js", "leitfadenSearch(\"core\",0,{});fetch(\"x\");\n", &["H001"]),
            ("search/core.js", "leitfadenSearch(\"core\",0,fetch(\"x\"));\n", &["H001"]),
        ] {
            let codes: Vec<String> = data(path, text.as_bytes(), &tree, &hosts, "https://x.example/").iter().map(|finding| finding.code.to_string()).collect();
            assert_eq!(codes, expected, "{text}");
        }
    }
}
