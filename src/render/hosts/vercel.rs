//! Vercel: `vercel.json`, for the root of what is deployed.
//!
//! The sources of the rules exclude each other, so that no header comes from two of them.

use serde::Serialize;

use crate::parse::json;

use super::headers::Scope;
use super::{HASHED, Plan, literal};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Config {
    /// Every page is a folder.
    trailing_slash: bool,
    headers: Vec<Rule>,
    redirects: Vec<Redirect>,
}

#[derive(Serialize)]
struct Rule {
    source: String,
    headers: Vec<Header>,
}

#[derive(Serialize)]
struct Header {
    key: &'static str,
    value: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Redirect {
    source: String,
    destination: String,
    status_code: u16,
}

/// The configuration.
pub(super) fn configuration(plan: &Plan) -> String {
    let one = |path: &String| {
        let inner = literal(path.trim_start_matches('/'));
        if path.ends_with('/') { format!("{inner}.*") } else { inner }
    };
    let shared: Vec<String> = plan.shared().iter().map(one).collect();
    let hashed = format!("{}.*", literal(plan.path(HASHED).trim_start_matches('/')));
    let rest: Vec<String> = shared.iter().cloned().chain([hashed.clone()]).map(|pattern| format!("{pattern}$")).collect();
    let mut sources = vec![(format!("/((?!{}).*)", rest.join("|")), Scope::Own), (format!("/({hashed})"), Scope::Hashed)];
    sources.extend(shared.iter().map(|pattern| (format!("/({pattern})"), Scope::Shared)));
    let headers = sources.into_iter().map(|(source, scope)| {
        let headers = plan.headers(scope).into_iter().map(|(key, value)| Header { key, value });
        Rule { source, headers: headers.collect() }
    });
    let redirects = plan.redirects.iter().flat_map(|rule| {
        let one = |from: &String| Redirect { source: from.clone(), destination: rule.to.clone(), status_code: 301 };
        rule.from.iter().map(one).collect::<Vec<_>>()
    });
    json::pretty(&Config { trailing_slash: true, headers: headers.collect(), redirects: redirects.collect() })
}

#[cfg(test)]
mod tests {
    use super::super::testing::plan;
    use super::*;

    #[test]
    fn the_sources_exclude_each_other() {
        let text = configuration(&plan("/x/"));
        let config: json::Json = json::read(&text).unwrap();
        let sources: Vec<&str> = config["headers"].as_array().unwrap().iter().filter_map(|rule| rule["source"].as_str()).collect();
        assert_eq!(sources, [r"/((?!x/api/.*$|x/feed\.xml$|x/static/.*$).*)", "/(x/static/.*)", "/(x/api/.*)", r"/(x/feed\.xml)"]);
        assert_eq!(config["redirects"][0]["source"].as_str(), Some("/x/alt"));
    }
}
