//! What the finished site makes a browser load, by the directive of the policy that allows it.
//!
//! [`Uses::tag`] looks at the tags of a page (the audit reads them anyway), [`Uses::sheet`]
//! at a style sheet, [`Uses::script`] at a script. Where a script is not certain the
//! answer is yes: a policy that is too strict breaks the page.

use std::collections::BTreeSet;

use crate::render::audit::is_data;

/// What is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Use {
    Script,
    Style,
    Image,
    Font,
    Media,
    Manifest,
    Frame,
    Object,
    Worker,
    /// A form that is sent to the site itself.
    Form,
    /// A form that is sent elsewhere.
    RemoteForm,
}

/// Everything that is loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uses(pub(super) BTreeSet<Use>);

impl Uses {
    /// What nearly every site uses: for the preview, until all pages were looked at.
    pub fn usual() -> Self {
        Self(BTreeSet::from([Use::Script, Use::Style, Use::Image, Use::Font, Use::Form, Use::RemoteForm]))
    }

    /// Adds what another part of the site uses.
    pub fn extend(&mut self, other: &Self) {
        self.0.extend(&other.0);
    }

    /// Looks at a tag of a page; `get` knows its attributes.
    pub fn tag<'a>(&mut self, name: &str, get: impl Fn(&str) -> Option<&'a str>) {
        let is_remote = |url: &str| url.starts_with("//") || url.contains("://");
        let used = match name {
            "script" => (!is_data(get("type"))).then_some(Use::Script),
            "img" => Some(Use::Image),
            // A reference inside the page loads nothing.
            "image" | "feimage" | "use" => {
                let target = get("href").or_else(|| get("xlink:href"));
                target.filter(|target| !target.starts_with('#')).map(|_| Use::Image)
            }
            "source" if get("srcset").is_some() => Some(Use::Image),
            "input" if get("src").is_some() => Some(Use::Image),
            "video" | "audio" | "source" | "track" => Some(Use::Media),
            "iframe" => Some(Use::Frame),
            "object" | "embed" => Some(Use::Object),
            "form" => Some(if get("action").is_some_and(is_remote) { Use::RemoteForm } else { Use::Form }),
            "link" => Self::of_link(get("rel").unwrap_or_default(), get("as").unwrap_or_default()),
            _ => None,
        };
        self.0.extend(used);
        if get("poster").is_some() || get("background").is_some() {
            self.0.insert(Use::Image);
        }
        if let Some(action) = get("formaction") {
            self.0.insert(if is_remote(action) { Use::RemoteForm } else { Use::Form });
        }
    }

    fn of_link(rel: &str, kind: &str) -> Option<Use> {
        let has = |word: &str| rel.split_whitespace().any(|found| found.eq_ignore_ascii_case(word));
        match kind {
            _ if has("stylesheet") => Some(Use::Style),
            _ if has("icon") || has("apple-touch-icon") || has("mask-icon") => Some(Use::Image),
            _ if has("manifest") => Some(Use::Manifest),
            _ if has("modulepreload") => Some(Use::Script),
            "script" if has("preload") => Some(Use::Script),
            "style" if has("preload") => Some(Use::Style),
            "font" if has("preload") => Some(Use::Font),
            "image" if has("preload") => Some(Use::Image),
            _ => None,
        }
    }

    /// Looks at the addresses of a style sheet.
    pub fn sheet(&mut self, addresses: &[(String, u64)]) {
        for (target, _) in addresses {
            let target = target.split(['?', '#']).next().unwrap_or_default();
            let extension = target.rsplit_once('.').map_or("", |(_, extension)| extension);
            self.0.extend(match extension {
                _ if target.is_empty() => None,
                "woff2" | "woff" | "ttf" | "otf" => Some(Use::Font),
                "css" => Some(Use::Style),
                _ => Some(Use::Image),
            });
        }
    }

    /// Looks at a script of a theme or of the site.
    pub fn script(&mut self, script: &str) {
        let words = [("Worker(", Use::Worker), ("serviceWorker", Use::Worker), ("new Image", Use::Image), ("FontFace(", Use::Font), ("new Audio", Use::Media)];
        self.0.extend(words.iter().filter(|(word, _)| script.contains(word)).map(|(_, used)| *used));
        for (tag, used) in [("img", Use::Image), ("iframe", Use::Frame), ("video", Use::Media), ("audio", Use::Media)] {
            let makes = |quote: char| script.contains(&format!("createElement({quote}{tag}{quote}"));
            if ['"', '\'', '`'].into_iter().any(makes) {
                self.0.insert(used);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::audit::css::addresses;

    #[test]
    fn what_a_sheet_loads_is_told_from_what_it_names() {
        let of = |css: &str| {
            let mut uses = Uses::default();
            uses.sheet(&addresses(css));
            uses.0.into_iter().collect::<Vec<_>>()
        };
        assert_eq!(of("@font-face{src:url('a.woff2')}"), [Use::Font]);
        assert_eq!(of("a{b:url( \"x.svg#i\")}"), [Use::Image]);
        assert_eq!(of("@import url(b.css);"), [Use::Style]);
        assert_eq!(of("a{b:url(#m)} /* .woff2 */"), []);
    }
}
