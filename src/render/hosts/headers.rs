//! The one set of headers, for every host and for the preview.
//!
//! What the Mozilla Observatory and internet.nl ask for. It depends on the file only in
//! whether other sites may take it in and how long it may be kept.

use super::{API, HASHED, Plan};

/// A header: its name and its value.
pub type Header = (&'static str, String);

/// What a file is to hosts and browsers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// A page or a file of it: asked for again each time.
    Own,
    /// Data and feeds: other sites may take them in.
    Shared,
    /// Its name changes with its bytes: kept for ever.
    Hashed,
}

/// For how long a host and a browser keep a file whose name changes with its bytes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Name of the header that differs between own and shared files.
pub(super) const RESOURCE_POLICY: &str = "Cross-Origin-Resource-Policy";
/// Name of the header that differs between hashed and other files.
pub(super) const CACHE: &str = "Cache-Control";

impl Plan {
    /// What the file at `path`, below the site, is.
    pub fn scope_of(&self, path: &str) -> Scope {
        match path {
            _ if path.starts_with(HASHED) => Scope::Hashed,
            _ if path.starts_with(API) || self.feeds.contains(&path) => Scope::Shared,
            _ => Scope::Own,
        }
    }

    /// All headers for files of a scope.
    pub fn headers(&self, scope: Scope) -> Vec<Header> {
        let mut headers = self.common();
        headers.push((RESOURCE_POLICY, resource_policy(scope).to_owned()));
        headers.push((CACHE, cache(scope).to_owned()));
        headers
    }

    /// The headers that are the same for all files.
    pub(super) fn common(&self) -> Vec<Header> {
        let upgrade = if self.secure { "; upgrade-insecure-requests" } else { "" };
        // The provider of a form may ask where a subscription came from; pages without one say
        // `no-referrer` in their head.
        let referrer = if self.sends_forms { "strict-origin-when-cross-origin" } else { "no-referrer" };
        let mut headers = vec![
            ("Content-Security-Policy", format!("{}; frame-ancestors 'none'{upgrade}", self.policy)),
            ("X-Content-Type-Options", "nosniff".to_owned()),
            ("X-Frame-Options", "DENY".to_owned()),
            ("Referrer-Policy", referrer.to_owned()),
            ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=(), browsing-topics=()".to_owned()),
            ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
            ("Cross-Origin-Embedder-Policy", "require-corp".to_owned()),
        ];
        if self.secure {
            // Two years; subdomains and the preload list are for the owner of the domain to decide.
            headers.insert(1, ("Strict-Transport-Security", "max-age=63072000".to_owned()));
        }
        headers
    }
}

/// Who may take a file in.
pub(super) fn resource_policy(scope: Scope) -> &'static str {
    if scope == Scope::Shared { "cross-origin" } else { "same-origin" }
}

/// How long a file may be kept.
pub(super) fn cache(scope: Scope) -> &'static str {
    if scope == Scope::Hashed { FOR_EVER } else { "no-cache" }
}

#[cfg(test)]
mod tests {
    use super::super::testing::plan;
    use super::*;

    #[test]
    fn a_site_without_tls_promises_none() {
        let secure = plan("/");
        let plain = Plan { secure: false, ..plan("/") };
        let has = |plan: &Plan, word: &str| plan.common().iter().any(|(name, value)| *name == word || value.contains(word));
        for word in ["Strict-Transport-Security", "upgrade-insecure-requests"] {
            assert!(has(&secure, word) && !has(&plain, word), "{word}");
        }
    }

    #[test]
    fn files_are_kept_and_shared_by_what_they_are() {
        let plan = plan("/");
        for (path, scope) in [
            ("index.html", Scope::Own),
            ("feed.xml", Scope::Shared),
            ("pruefkalender.ics", Scope::Own),
            ("api/v1/a.json", Scope::Shared),
            ("static/a.b.css", Scope::Hashed),
            ("staticx", Scope::Own),
        ] {
            assert_eq!(plan.scope_of(path), scope, "{path}");
        }
    }
}
