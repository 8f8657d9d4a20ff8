//! Names of inputs ([`SitePath`]) and of outputs ([`Route`]).
//!
//! Both are checked once when they are made and total afterwards: no `..`, no
//! backslash, no empty part, so no later code needs to ask again.

use std::fmt;
use std::sync::Arc;

/// Path of an input below the project's root, with `/` between the parts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// Checks `text` and makes a path of it; the error says what is wrong.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        check_parts(text)?;
        Ok(Self(text.into()))
    }

    /// The path as text, for example `content/recht/avv.md`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// The last part without its extension.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The rest of the path below `folder` (which has no slash at its end).
    pub fn below(&self, folder: &str) -> Option<&str> {
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }

    /// Whether the last part ends in `.extension`.
    pub fn has_extension(&self, extension: &str) -> bool {
        self.file_name().rsplit_once('.').is_some_and(|(stem, found)| !stem.is_empty() && found == extension)
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Address of an output below the site's root: `""` is the home page, a
/// trailing slash means a page (`vergleich/`), anything else is a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(Arc<str>);

impl Route {
    /// Checks `text` and makes a route of it; the error says what is wrong.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        if !text.is_empty() {
            check_parts(text.strip_suffix('/').unwrap_or(text))?;
        }
        Ok(Self(text.into()))
    }

    /// The home page.
    pub fn home() -> Self {
        Self("".into())
    }

    /// The route as text, without a slash in front.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file that holds it: `vergleich/index.html` for `vergleich/`.
    pub fn file(&self) -> String {
        if self.is_page() { format!("{}index.html", self.0) } else { self.0.to_string() }
    }

    /// Whether it is the address of a page (a folder with an `index.html`).
    pub fn is_page(&self) -> bool {
        self.0.is_empty() || self.0.ends_with('/')
    }

    /// The way from this page up to the site's root: `""`, `../`, `../../` ….
    pub fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }

    /// The same address in a folder (which has no slash at its end).
    #[must_use]
    pub fn below(&self, folder: &str) -> Self {
        Self(format!("{folder}/{}", self.0).into())
    }

    /// Whether it lies in that folder.
    pub fn is_in(&self, folder: &str) -> bool {
        self.0.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }

    /// The address with a slash in front, as a host sees it.
    pub fn absolute(&self) -> String {
        format!("/{}", self.0)
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}", self.0)
    }
}

fn check_parts(text: &str) -> Result<(), &'static str> {
    if text.is_empty() {
        return Err("is empty");
    }
    if text.starts_with('/') {
        return Err("starts with a slash");
    }
    if text.contains('\\') || text.contains(char::is_control) {
        return Err("has a backslash or a control character");
    }
    for part in text.split('/') {
        match part {
            "" => return Err("has an empty part"),
            "." | ".." => return Err("has a `.` or `..` part"),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_never_climbs_out() {
        for bad in ["", "/etc", "a/../b", "..", "a//b", "a\\b", "a/", "a\u{0}", "./a"] {
            assert!(SitePath::parse(bad).is_err(), "{bad:?}");
        }
        let path = SitePath::parse("content/recht/avv.md").unwrap();
        assert_eq!((path.stem(), path.file_name()), ("avv", "avv.md"));
        assert_eq!(path.below("content"), Some("recht/avv.md"));
        assert!(path.has_extension("md"));
    }

    #[test]
    fn a_route_knows_its_file_and_the_way_up() {
        for (route, file, root) in [
            ("", "index.html", ""),
            ("vergleich/", "vergleich/index.html", "../"),
            ("systeme/zoom/", "systeme/zoom/index.html", "../../"),
            ("404.html", "404.html", ""),
            ("api/v1/a.json", "api/v1/a.json", "../../"),
        ] {
            let route = Route::parse(route).unwrap();
            assert_eq!((route.file().as_str(), route.to_root().as_str()), (file, root));
        }
    }
}
