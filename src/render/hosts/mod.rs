//! What a host must be told: headers, redirects, the error page, caching, compression.
//!
//! 1. [`policy`] derives the Content-Security-Policy from what the finished site uses;
//! 2. [`Plan::new`] gathers what all hosts need to know; [`headers`] is the one set of
//!    headers, also for the preview;
//! 3. [`Plan::files`] are the files that hosts read in the site's folder;
//! 4. [`Plan::deploy`] prints the configuration of hosts that read none there;
//! 5. [`predict`] says what a host cannot do.
//!
//! Each host's module opens with what must be minded there.

pub mod moved;
pub mod policy;
pub mod predict;
pub mod uses;

mod apache;
mod caddy;
mod cloudfront;
mod headers;
mod netlify;
mod nginx;
mod security_txt;
mod vercel;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::path::SitePath;
use crate::base::source::{Source, Span};
use crate::model::site::Site;
use crate::parse::scalar::{Host, host_of};

use super::page::form_hosts;
use super::tree::Tree;

pub use headers::{Header, Scope};
pub use moved::Rule;

/// Files that carry a hash in their name lie below this folder.
const HASHED: &str = "static/";
/// Files for others to take in lie below this folder, or have one of these names.
const API: &str = "api/";
const FEEDS: [&str; 3] = ["feed.xml", "aenderungen.xml", "pruefkalender.ics"];

/// What the hosts are told about a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The folder of the site on its host, between slashes.
    base: String,
    /// The name of its host.
    name: String,
    /// Whether it is reached by https.
    secure: bool,
    /// The policy as in the pages.
    policy: String,
    /// Whether a form is sent to another host.
    sends_forms: bool,
    /// Redirects by absolute path.
    redirects: Vec<Rule>,
    /// Old addresses that no page can stand in for.
    unshown: usize,
    /// Folders without a page, below the site, with a slash at their end.
    folders: BTreeSet<String>,
    /// Feeds of the site.
    feeds: Vec<&'static str>,
    /// Hosts that are named in site.yaml.
    hosts: Vec<Host>,
    /// `security.txt`, if there is one.
    contact: Option<String>,
    /// Files that the editor wrote, which are not generated.
    kept: BTreeSet<String>,
    /// Files for the hosts.
    files: BTreeMap<String, Vec<u8>>,
}

/// A host whose configuration is printed, not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// nginx.
    Nginx,
    /// Caddy.
    Caddy,
    /// Apache, for those who can edit its own configuration.
    Apache,
    /// `CloudFront`.
    Cloudfront,
    /// Vercel.
    Vercel,
}

impl Target {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Nginx, Self::Caddy, Self::Apache, Self::Cloudfront, Self::Vercel];

    /// The word it is asked for with.
    pub fn word(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Caddy => "caddy",
            Self::Apache => "apache",
            Self::Cloudfront => "cloudfront",
            Self::Vercel => "vercel",
        }
    }
}

impl Plan {
    /// The plan of a site whose pages have `policy`, and remarks about what is left out.
    pub fn new(site: &Site, config: &Source, tree: &Tree, policy: &str) -> (Self, Vec<Diagnostic>) {
        let (base, url) = (site.base_path(), &site.config.base_url);
        let (contact, mut findings) = match security_txt::text(site, config) {
            Ok(text) => (Some(text), Vec::new()),
            Err(_) if tree.contains_key(security_txt::PATH) => (None, Vec::new()),
            Err(finding) => (None, vec![*finding]),
        };
        let mut plan = Self {
            redirects: moved::rules(&site.redirects, &base),
            unshown: site.redirects.iter().filter(|redirect| redirect.page().is_none()).count(),
            base,
            name: host_of(url).unwrap_or_default().to_owned(),
            secure: url.starts_with("https://"),
            policy: String::new(),
            sends_forms: !form_hosts(site).is_empty(),
            folders: folders(tree),
            feeds: FEEDS.into_iter().filter(|name| tree.contains_key(name)).collect(),
            hosts: site.config.hosts.clone(),
            contact,
            kept: BTreeSet::new(),
            files: BTreeMap::new(),
        };
        plan.kept = plan.all_files().into_keys().filter(|path| tree.contains_key(path)).map(str::to_owned).collect();
        let plan = plan.with_policy(policy);
        findings.extend(plan.all_files().keys().filter(|path| plan.kept.contains(**path) && **path != security_txt::PATH).map(|path| own_file(path)));
        (plan, findings)
    }

    /// The same with another policy.
    #[must_use]
    pub fn with_policy(&self, policy: &str) -> Self {
        let mut plan = Self { policy: policy.to_owned(), files: BTreeMap::new(), ..self.clone() };
        let files = plan.all_files().into_iter().filter(|(path, _)| !plan.kept.contains(*path));
        plan.files = files.map(|(path, text)| (path.to_owned(), text.into_bytes())).collect();
        plan
    }

    /// The same for a site whose folder `old` has another name.
    #[must_use]
    pub fn renamed(&self, old: &str, new: &str) -> Self {
        let mut plan = self.clone();
        if plan.folders.remove(old) {
            plan.folders.insert(new.to_owned());
        }
        plan.with_policy(&self.policy)
    }

    /// The files that hosts read in the folder of the site.
    pub fn files(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files
    }

    /// Those of the hosts that are named; with none, of all that read one.
    fn all_files(&self) -> BTreeMap<&'static str, String> {
        use Host::{Apache, Cloudflare, Codeberg, Github, Gitlab, Netlify};
        let mut files = BTreeMap::new();
        if self.wants(&[Netlify, Cloudflare]) {
            let detaches = self.hosts.contains(&Cloudflare) && !self.wants(&[Netlify]);
            files.insert("_headers", netlify::headers(self, detaches));
        }
        if self.wants(&[Netlify, Cloudflare, Gitlab, Codeberg]) {
            files.insert("_redirects", netlify::redirects(self));
        }
        if self.wants(&[Apache]) {
            files.insert(".htaccess", apache::htaccess(self));
        }
        if self.hosts.contains(&Github) {
            // Without it Jekyll leaves out what begins with a dot or an underscore.
            files.insert(".nojekyll", String::new());
        }
        files.extend(self.contact.clone().map(|text| (security_txt::PATH, text)));
        files
    }

    fn wants(&self, readers: &[Host]) -> bool {
        self.hosts.is_empty() || self.hosts.contains(&Host::Generic) || self.hosts.iter().any(|host| readers.contains(host))
    }

    /// A plan with nothing but a policy, for what is no page of a site.
    pub fn of_policy(policy: &str) -> Self {
        Self { base: "/".to_owned(), policy: policy.to_owned(), ..Self::default() }
    }

    /// The policy as in the pages.
    pub fn policy(&self) -> &str {
        &self.policy
    }

    /// The configuration of `target` for this site.
    pub fn deploy(&self, target: Target) -> String {
        match target {
            Target::Nginx => nginx::configuration(self),
            Target::Caddy => caddy::configuration(self),
            Target::Apache => apache::configuration(self),
            Target::Cloudfront => cloudfront::configuration(self),
            Target::Vercel => vercel::configuration(self),
        }
    }

    /// Where an old address leads; `path` is absolute, without query.
    pub fn redirect(&self, path: &str) -> Option<&str> {
        let rule = self.redirects.iter().find(|rule| rule.from.iter().any(|from| from == path))?;
        Some(&rule.to)
    }

    /// The absolute path of a file of the site.
    fn path(&self, inner: &str) -> String {
        format!("{}{inner}", self.base)
    }

    /// Absolute paths of what other sites may take in: folders end in a slash.
    fn shared(&self) -> Vec<String> {
        let api = self.folders.contains(API).then_some(API);
        api.into_iter().chain(self.feeds.iter().copied()).map(|inner| self.path(inner)).collect()
    }

    /// A regular expression for the absolute paths of what other sites may take in.
    fn shared_pattern(&self) -> Option<String> {
        let shared = self.shared();
        let one = |path: &String| if path.ends_with('/') { literal(path) } else { format!("{}$", literal(path)) };
        (!shared.is_empty()).then(|| format!("^({})", shared.iter().map(one).collect::<Vec<_>>().join("|")))
    }
}

/// A path as a regular expression.
fn literal(path: &str) -> String {
    path.replace('.', r"\.")
}

/// Folders that hold something, but no page; that of security.txt is one of them.
fn folders(tree: &Tree) -> BTreeSet<String> {
    let paths = tree.paths().map(String::as_str).chain(tree.folders()).chain([".well-known/"]);
    let all: BTreeSet<&str> = paths.flat_map(|path| path.match_indices('/').map(|(at, _)| &path[..=at])).collect();
    let pages: BTreeSet<&str> = tree.paths().filter_map(|path| path.strip_suffix("index.html")).collect();
    all.difference(&pages).map(|folder| (*folder).to_owned()).collect()
}

fn own_file(path: &str) -> Diagnostic {
    let finding = Diagnostic::note(codes::OWN_HOST_FILE, format!("your own `{path}` is published, not the generated one"));
    let finding = match SitePath::parse(&format!("content/static/{path}")) {
        Ok(path) => finding.at(Span { path, start: 0, end: 0 }).in_line(1, 1),
        Err(_) => finding,
    };
    finding.help("keep it as strict as the generated one, or remove it")
}

#[cfg(test)]
pub(super) mod testing {
    use super::{Plan, Rule};

    /// A plan with a little of everything, in a folder.
    pub(in crate::render) fn plan(base: &str) -> Plan {
        Plan {
            base: base.to_owned(),
            name: "leitfaden.example".to_owned(),
            secure: true,
            policy: "default-src 'none'; script-src 'self'; base-uri 'none'".to_owned(),
            sends_forms: false,
            redirects: vec![
                Rule { from: vec![format!("{base}alt"), format!("{base}alt/")], to: format!("{base}neu/") },
                Rule { from: vec![format!("{base}alt.html")], to: format!("{base}neu/#anker") },
            ],
            unshown: 0,
            folders: ["api/", "api/v1/", "static/"].map(str::to_owned).into(),
            feeds: vec!["feed.xml"],
            ..Plan::default()
        }
    }
}
