//! Static files of the theme: their hash goes into their name, so that a host may
//! cache them for ever, and style sheets are pointed at the new names.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::hash::sha256_hex;
use crate::base::source::Sources;

use super::standard;

/// Path in the theme's `static` folder → bytes.
pub type Files = BTreeMap<String, Arc<[u8]>>;

/// Static files under their hashed names.
#[derive(Debug, Default)]
pub struct Assets {
    names: BTreeMap<String, String>,
    files: BTreeMap<String, Arc<[u8]>>,
}

/// The static files of the embedded standard theme.
pub fn embedded() -> Files {
    let files = standard::FILES.iter().filter_map(|(path, bytes)| Some((path.strip_prefix("static/")?.to_owned(), Arc::from(*bytes))));
    files.collect()
}

/// Lays the static files of `themes/<name>` over `files`.
pub fn overlay(files: &mut Files, sources: &Sources, name: &str) {
    let folder = format!("themes/{name}/static");
    for (path, bytes) in &sources.files {
        if let Some(inner) = path.below(&folder) {
            files.insert(inner.to_owned(), Arc::clone(bytes));
        }
    }
}

impl Assets {
    /// Gives every file its hashed name: first what refers to nothing, then style sheets.
    pub fn hashed(files: Files) -> Self {
        let mut assets = Self::default();
        let (sheets, plain): (Files, Files) = files.into_iter().partition(|(path, _)| is_sheet(path));
        for (path, bytes) in plain {
            assets.add(path, bytes);
        }
        for (path, bytes) in sheets {
            let bytes = match std::str::from_utf8(&bytes) {
                Ok(css) => Arc::from(assets.point(css, &path).into_bytes()),
                Err(_) => bytes,
            };
            assets.add(path, bytes);
        }
        assets
    }

    /// The static file that lies at an output path.
    pub fn original(&self, output: &str) -> Option<&str> {
        self.names.iter().find(|(_, hashed)| *hashed == output).map(|(path, _)| path.as_str())
    }

    /// The output path of a static file.
    pub fn name(&self, path: &str) -> Option<&str> {
        self.names.get(path).map(String::as_str)
    }

    /// Output path → bytes.
    pub fn files(&self) -> impl Iterator<Item = (&String, &Arc<[u8]>)> {
        self.files.iter()
    }

    fn add(&mut self, path: String, bytes: Arc<[u8]>) {
        let hash = &sha256_hex(&bytes)[..10];
        let (stem, extension) = path.rsplit_once('.').unwrap_or((&path, "bin"));
        let name = format!("static/{stem}.{hash}.{extension}");
        self.files.insert(name.clone(), bytes);
        self.names.insert(path, name);
    }

    /// Replaces `url(path)` by the hashed path, seen from the style sheet's own folder.
    fn point(&self, css: &str, sheet: &str) -> String {
        let folder = sheet.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut out = String::with_capacity(css.len());
        let mut rest = css;
        while let Some(start) = rest.find("url(") {
            let (before, after) = rest.split_at(start + 4);
            out.push_str(before);
            let end = after.find(')').unwrap_or(after.len());
            let target = after[..end].trim().trim_matches(['"', '\'']);
            let path = if folder.is_empty() { target.to_owned() } else { format!("{folder}/{target}") };
            match self.names.get(&path) {
                Some(name) => out.push_str(name.strip_prefix("static/").and_then(|name| name.strip_prefix(folder)).unwrap_or(name).trim_start_matches('/')),
                None => out.push_str(&after[..end]),
            }
            rest = &after[end..];
        }
        out.push_str(rest);
        out
    }
}

fn is_sheet(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension == "css")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> Files {
        list.iter().map(|(path, text)| ((*path).to_owned(), Arc::from(text.as_bytes()))).collect()
    }

    #[test]
    fn style_sheets_find_their_fonts_under_the_hashed_names() {
        let assets = Assets::hashed(files(&[("fonts/a.woff2", "x"), ("site.css", "@font-face{src:url(fonts/a.woff2)}b{c:url(#d)}")]));
        let font = assets.name("fonts/a.woff2").unwrap();
        let (_, css) = assets.files().find(|(name, _)| is_sheet(name)).unwrap();
        let expected = format!("@font-face{{src:url({})}}b{{c:url(#d)}}", font.strip_prefix("static/").unwrap());
        assert_eq!(std::str::from_utf8(css).unwrap(), expected);
    }

    #[test]
    fn the_name_follows_the_bytes() {
        let name = |text| Assets::hashed(files(&[("a.js", text)])).name("a.js").unwrap().to_owned();
        assert_ne!(name("x"), name("y"));
        assert_eq!(name("x"), name("x"));
    }
}
