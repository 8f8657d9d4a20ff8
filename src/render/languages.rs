//! Links between languages: readers and their programs learn before they follow one that the page is in another.

use crate::model::prose::ROOT;
use crate::model::site::Site;

/// Gives every link to a page in another language its `hreflang`. Texts, menus and templates write links in many
/// places, and none of them should have to think of it; what a template says itself stays.
pub(super) fn mark_links(html: String, own: &Site, main: &Site) -> String {
    if main.translations.is_empty() {
        return html;
    }
    let folders: Vec<&str> = main.translations.iter().map(|site| site.config.language.code()).collect();
    mark(&html, own.config.language.code(), main.config.language.code(), &folders)
}

/// The same, given the language of the page, the main language, and the others with their folders.
fn mark(html: &str, own: &str, main: &str, folders: &[&str]) -> String {
    let start = format!("href=\"{ROOT}");
    let mut out = String::with_capacity(html.len() + 256);
    let mut parts = html.split(&start);
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let is_link = out.rfind('<').is_some_and(|tag| out[tag..].starts_with("<a ") && !out[tag..].contains(" hreflang="));
        out.push_str(&start);
        let Some((target, rest)) = part.split_once('"') else {
            out.push_str(part);
            continue;
        };
        out.push_str(target);
        out.push('"');
        let file = target.split('#').next().unwrap_or_default();
        let language = folders.iter().find(|folder| file.strip_prefix(**folder).is_some_and(|rest| rest.starts_with('/'))).copied().unwrap_or(main);
        // Feeds and the calendar are in the main language; data has none.
        let is_text = [".html", ".xml", ".ics"].iter().any(|ending| file.ends_with(ending));
        let says_itself = rest.split('>').next().is_some_and(|attributes| attributes.contains("hreflang="));
        if is_link && is_text && language != own && !says_itself {
            out.push_str(" hreflang=\"");
            out.push_str(language);
            out.push('"');
        }
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_another_language_say_so_once() {
        let html = |attributes: &str, path: &str, after: &str| format!("<p><a{attributes} href=\"{ROOT}{path}\"{after}>x</a>");
        for (own, path, expected) in [
            ("en", "vergleich/index.html#a", " hreflang=\"de\""),
            ("en", "en/index.html", ""),
            ("en", "feed.xml", " hreflang=\"de\""),
            ("en", "api/v1/systems.csv", ""),
            ("de", "en/index.html", " hreflang=\"en\""),
            ("de", "ende/index.html", ""),
        ] {
            assert_eq!(mark(&html(" class=\"y\"", path, ""), own, "de", &["en"]), html(" class=\"y\"", path, expected), "{own} {path}");
        }
        let said =
            [html(" hreflang=\"en\"", "en/index.html", ""), html("", "en/index.html", " hreflang=\"en\""), format!("<link href=\"{ROOT}en/index.html\">")];
        for said in said {
            assert_eq!(mark(&said, "de", "de", &["en"]), said);
        }
    }
}
