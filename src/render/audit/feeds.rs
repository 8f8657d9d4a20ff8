//! Feeds, the sitemap, robots.txt and web manifests: their addresses are whole, and lead
//! to files that are written.

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::parse::json::{self, Json};
use crate::render::tree::Tree;

use super::at;

/// Checks one of these files; others have nothing to say.
pub fn feed(path: &str, bytes: &[u8], tree: &Tree, base_url: &str) -> Vec<Diagnostic> {
    let text = || String::from_utf8_lossy(bytes);
    let addresses = match path.rsplit('.').next().unwrap_or_default() {
        "xml" => xml(&text()),
        "webmanifest" => return manifest(path, &text(), tree),
        _ if path == "robots.txt" => robots(&text()),
        _ => return Vec::new(),
    };
    let wrong = addresses.into_iter().filter_map(|(url, line)| {
        let message = match url.strip_prefix(base_url) {
            Some(inside) if tree.contains_key(&file(inside)) => return None,
            Some(inside) => format!("`{url}` leads to `{}`, which is not written", file(inside)),
            None if url.contains("://") || url.starts_with("mailto:") => return None,
            None => format!("`{url}` is not a whole address"),
        };
        Some(at(path, line, Diagnostic::error(codes::DEAD_OUTPUT_LINK, message)).help("write the address in full, to a page or file that exists"))
    });
    wrong.collect()
}

/// The file that an address of the site leads to.
pub(super) fn file(inside: &str) -> String {
    let path = inside.split(['#', '?']).next().unwrap_or_default();
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

/// The addresses of Atom (RFC 4287) and sitemaps: `href` of links, the text of `loc`.
fn xml(text: &str) -> Vec<(String, u64)> {
    let mut found = Vec::new();
    for (line, content) in (1..).zip(text.lines()) {
        for part in content.split("<loc>").skip(1) {
            found.push((part.split("</loc>").next().unwrap_or_default().trim().to_owned(), line));
        }
        for part in content.split("<link ").skip(1) {
            let tag = part.split('>').next().unwrap_or_default();
            if let Some(url) = tag.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()) {
                found.push((url.replace("&amp;", "&"), line));
            }
        }
    }
    found
}

fn robots(text: &str) -> Vec<(String, u64)> {
    let lines = (1..).zip(text.lines());
    lines.filter_map(|(line, content)| Some((content.strip_prefix("Sitemap:")?.trim().to_owned(), line))).collect()
}

/// A web manifest (W3C Application Manifest) loads icons and starts a page of the site.
fn manifest(path: &str, text: &str, tree: &Tree) -> Vec<Diagnostic> {
    let Some(value) = json::read::<Json>(text) else {
        let finding = Diagnostic::error(codes::DEAD_OUTPUT_LINK, "the web manifest is no valid JSON");
        return vec![at(path, 1, finding).help("write it as JSON")];
    };
    let mut urls = Vec::new();
    collect(&value, &mut urls);
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let wrong = urls.into_iter().filter_map(|url| {
        let target =
            if let Some(absolute) = url.strip_prefix('/') { absolute.to_owned() } else { format!("{folder}/{url}").trim_start_matches('/').to_owned() };
        let (code, message) = if super::is_remote(&url) {
            (codes::THIRD_PARTY_REQUEST, format!("the web manifest would fetch `{url}`"))
        } else if tree.contains_key(&file(target.trim_start_matches("./"))) {
            return None;
        } else {
            (codes::DEAD_OUTPUT_LINK, format!("the web manifest names `{url}`, which is not written"))
        };
        Some(at(path, 1, Diagnostic::error(code, message)).help("name a file of the site"))
    });
    wrong.collect()
}

fn collect(value: &Json, urls: &mut Vec<String>) {
    match value {
        Json::Object(map) => {
            for (key, value) in map {
                match value {
                    Json::String(url) if matches!(key.as_str(), "src" | "start_url" | "url") => urls.push(url.clone()),
                    value => collect(value, urls),
                }
            }
        }
        Json::Array(values) => values.iter().for_each(|value| collect(value, urls)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes_of(path: &str, text: &str) -> Vec<String> {
        let tree = Tree::from([("a/index.html".to_owned(), vec![]), ("index.html".to_owned(), vec![]), ("i.png".to_owned(), vec![])]);
        feed(path, text.as_bytes(), &tree, "https://x.example/").iter().map(|finding| finding.code.to_string()).collect()
    }

    #[test]
    fn addresses_of_feeds_lead_to_what_is_written() {
        for (path, text, expected) in [
            ("sitemap.xml", "<loc>https://x.example/a/</loc><loc>https://x.example/</loc>", &[][..]),
            ("sitemap.xml", "<loc>https://x.example/b/</loc>", &["H003"]),
            ("feed.xml", "<link rel=\"self\" href=\"https://x.example/a/#b\"/><link href=\"https://y.example/\"/>", &[]),
            ("feed.xml", "<link href=\"../a/\"/>", &["H003"]),
            ("robots.txt", "Sitemap: https://x.example/sitemap.xml", &["H003"]),
            ("m.webmanifest", "{\"start_url\": \"/\", \"icons\": [{\"src\": \"i.png\"}]}", &[]),
            ("m.webmanifest", "{\"icons\": [{\"src\": \"https://y.example/i.png\"}, {\"src\": \"j.png\"}]}", &["H001", "H003"]),
            ("m.webmanifest", "{", &["H003"]),
        ] {
            assert_eq!(codes_of(path, text), expected, "{text}");
        }
    }
}
