//! `check --host NAME`: what a host can and cannot do with this site, without asking it.
//!
//! The limits are those that the hosts' documentation gave in November 2026. The grades are
//! what the Mozilla HTTP Observatory (algorithm 6) gave for such headers; a prediction, since
//! only the host itself decides what it sends.

use std::fmt::Write;

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::path::SitePath;
use crate::base::source::Span;
use crate::parse::scalar::Host;

use super::{Plan, cloudfront, netlify};

/// What a host does with headers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Headers {
    /// It sends those it is given.
    Given,
    /// It sends its own.
    None,
    /// Nobody knows.
    Unknown,
}

/// What is known about a host.
struct Facts {
    /// Its name as it writes it.
    name: &'static str,
    headers: Headers,
    /// How it takes headers, redirects and the error page.
    ways: [&'static str; 3],
    /// Whether it redirects.
    redirects: bool,
    /// What else must be minded.
    minded: &'static [&'static str],
}

const PAGE_ONLY: &str = "by a page that sends readers on, without status 301";
const ERROR_PAGE: &str = "404.html";

fn facts(host: Host) -> Facts {
    let given = |name, ways, minded| Facts { name, headers: Headers::Given, ways, redirects: true, minded };
    let deploy = |name, ways: [&'static str; 3], minded| given(name, ways, minded);
    match host {
        Host::Netlify => given(
            "Netlify",
            ["_headers", "_redirects", ERROR_PAGE],
            &["a page at an old address goes before a redirect: name `hosts: [netlify]` in site.yaml, then none is written"],
        ),
        Host::Cloudflare => given("Cloudflare", ["_headers", "_redirects", ERROR_PAGE], &["`_headers` does not reach answers of Functions"]),
        Host::Vercel => given("Vercel", ["vercel.json, from `leitfaden deploy vercel`", "vercel.json", ERROR_PAGE], &[]),
        Host::Github => Facts {
            name: "GitHub Pages",
            headers: Headers::None,
            ways: ["none: the policy of the pages stands in their head", PAGE_ONLY, ERROR_PAGE],
            redirects: false,
            minded: &[
                "`hosts: [github]` in site.yaml writes `.nojekyll`, without which `.well-known` is left out",
                "its terms exclude commercial sites",
                "the host is in the USA: the privacy policy must say so (Art. 13 GDPR)",
                "100 GB of traffic a month, as a soft limit",
            ],
        },
        Host::Gitlab => Facts {
            name: "GitLab Pages",
            headers: Headers::None,
            ways: ["none on gitlab.com: the policy of the pages stands in their head", "_redirects", ERROR_PAGE],
            redirects: true,
            minded: &["beyond its limits no line of `_redirects` counts"],
        },
        Host::Codeberg => Facts {
            name: "Codeberg Pages",
            headers: Headers::None,
            ways: ["none: of `_headers` only names on a list count, which holds none of these", "_redirects", ERROR_PAGE],
            redirects: true,
            minded: &[],
        },
        Host::Apache => given(
            "Apache",
            [".htaccess, or `leitfaden deploy apache`", ".htaccess", "ErrorDocument in .htaccess"],
            &[
                "`AllowOverride FileInfo` must be allowed, and the modules headers and alias be there",
                "from http to https the host redirects, or nobody: `.htaccess` cannot know what stands before it",
            ],
        ),
        Host::Nginx => deploy(
            "nginx",
            ["`leitfaden deploy nginx`", "`leitfaden deploy nginx`", "error_page"],
            &["each `location` of your own with an `add_header` must repeat all headers"],
        ),
        Host::Caddy => deploy("Caddy", ["`leitfaden deploy caddy`", "`leitfaden deploy caddy`", "handle_errors"], &[]),
        Host::Cloudfront => deploy(
            "S3 behind CloudFront",
            ["response headers policies, from `leitfaden deploy cloudfront`", "a function", "custom error responses"],
            &["the website address of S3 speaks no https: only CloudFront may be reached"],
        ),
        Host::Generic => Facts {
            name: "an unknown host",
            headers: Headers::Unknown,
            ways: [
                "if it reads `.htaccess` or `_headers`",
                "if it reads `.htaccess` or `_redirects`, else by a page that sends readers on",
                "if it takes 404.html",
            ],
            redirects: false,
            minded: &["all addresses are relative, so any folder will do", "ask the host whether it is Apache, and whether `.htaccess` is read"],
        },
    }
}

/// What `host` makes of a site of so many bytes: a text for people, and what is missing there as findings.
pub fn predict(host: Host, plan: &Plan, bytes: usize) -> (String, Vec<Diagnostic>) {
    let facts = facts(host);
    let [headers, redirects, not_found] = facts.ways;
    let mut text = format!("{} (prediction)\n  headers:    {headers}\n  redirects:  {redirects}\n  error page: {not_found}\n", facts.name);
    let mut findings = Vec::new();
    if facts.headers == Headers::None {
        let lost = "no headers can be set: no X-Frame-Options, no X-Content-Type-Options, no policy for frames";
        findings.push(finding(false, format!("{}: {lost}", facts.name), "choose a host that takes headers, or accept it"));
    }
    if !facts.redirects && plan.unshown > 0 {
        let message = format!("{}: {} old addresses cannot be redirected, because browsers would not show a page there", facts.name, plan.unshown);
        findings.push(finding(true, message, "leave them out, or choose a host that redirects"));
    }
    if plan.base != "/" && matches!(host, Host::Netlify | Host::Cloudflare) {
        let message = format!("{}: `_headers` and `_redirects` count at the root only, the site lies in `{}`", facts.name, plan.base);
        findings.push(finding(true, message, "move both files to the root of what is deployed"));
    }
    for limit in limits(host, plan, bytes) {
        let _ = writeln!(text, "  {}: {} of {}", limit.what, limit.count, limit.most);
        if limit.count > limit.most {
            let message = format!("{}: {} {}, at most {} are taken", facts.name, limit.count, limit.what, limit.most);
            findings.push(finding(true, message, "shorten it, or choose another host"));
        }
    }
    for remark in facts.minded {
        let _ = writeln!(text, "  to mind:    {remark}");
    }
    let _ = writeln!(text, "  Observatory: {}", grade(facts.headers, plan));
    (text, findings)
}

fn grade(headers: Headers, plan: &Plan) -> &'static str {
    match headers {
        _ if !plan.secure => "no prediction: `base_url` does not begin with https://",
        Headers::Given => "150 points, A+, if the host redirects http to https",
        Headers::None => "75 points, B, if the host sends Strict-Transport-Security; no host without headers gets more",
        Headers::Unknown => "150 points, A+, where `.htaccess` or `_headers` is read; else 75 points, B, at most, and 30 points, D, for a bare host",
    }
}

/// A limit of a host and what the site has of it.
struct Limit {
    what: &'static str,
    count: usize,
    most: usize,
}

fn limits(host: Host, plan: &Plan, bytes: usize) -> Vec<Limit> {
    // What would be written there, whether site.yaml names the host or not.
    let (headers, redirects) = (netlify::headers(plan, true), netlify::redirects(plan));
    let rules = |text: &str| text.lines().filter(|line| line.starts_with('/')).count();
    let longest = |text: &str| text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    let megabytes = bytes / 1_000_000;
    let limit = |what, count, most| Limit { what, count, most };
    match host {
        Host::Cloudflare => vec![
            limit("rules in `_headers`", rules(&headers), 100),
            limit("characters in the longest line of `_headers`", longest(&headers), 2_000),
            limit("lines in `_redirects`", rules(&redirects), 2_000),
            limit("characters in the longest line of `_redirects`", longest(&redirects), 1_000),
        ],
        Host::Gitlab => vec![limit("lines in `_redirects`", rules(&redirects), 1_000), limit("bytes in `_redirects`", redirects.len(), 64_000)],
        Host::Github => vec![limit("megabytes", megabytes, 1_000)],
        Host::Codeberg => vec![limit("megabytes", megabytes, 128)],
        Host::Cloudfront => vec![limit("bytes of the function", cloudfront::function(plan).len(), 10_240)],
        _ => Vec::new(),
    }
}

fn finding(is_fault: bool, message: String, help: &str) -> Diagnostic {
    let finding = if is_fault { Diagnostic::warning(codes::HOST_LIMIT, message) } else { Diagnostic::note(codes::HOST_LIMIT, message) };
    let finding = match SitePath::parse("content/site.yaml") {
        Ok(path) => finding.at(Span { path, start: 0, end: 0 }).in_line(1, 1),
        Err(_) => finding,
    };
    finding.help(help)
}

#[cfg(test)]
mod tests {
    use super::super::Rule;
    use super::super::testing::plan;
    use super::*;

    fn said(host: Host, plan: &Plan) -> (String, Vec<String>) {
        let (text, findings) = predict(host, plan, 2_000_000);
        (text, findings.into_iter().map(|finding| finding.message).collect())
    }

    #[test]
    fn every_host_has_a_prediction() {
        for host in Host::ALL {
            let (text, _) = said(host, &plan("/"));
            assert!(text.contains("prediction") && text.contains("Observatory: "), "{text}");
            let a_plus = text.contains("A+");
            assert_eq!(a_plus, !matches!(host, Host::Github | Host::Gitlab | Host::Codeberg), "{text}");
        }
    }

    #[test]
    fn limits_are_counted_against_what_is_written() {
        let rule = |number: usize| Rule { from: vec![format!("/alt{number}"), format!("/alt{number}/")], to: "/".to_owned() };
        let many = Plan { redirects: (0..1_001).map(rule).collect(), ..plan("/") };
        for (host, limit) in
            [(Host::Cloudflare, "2002 lines in `_redirects`, at most 2000"), (Host::Gitlab, "2002 lines"), (Host::Cloudfront, "bytes of the function")]
        {
            let (_, findings) = said(host, &many);
            assert!(findings.iter().any(|message| message.contains(limit)), "{findings:?}");
            assert!(!said(host, &plan("/")).1.iter().any(|message| message.contains("at most")), "{limit}");
        }
    }

    #[test]
    fn a_host_without_headers_and_redirects_is_told_so() {
        let (text, findings) = said(Host::Github, &Plan { unshown: 2, ..plan("/") });
        assert!(text.contains(".nojekyll") && text.contains("75 points, B"), "{text}");
        assert_eq!(findings.len(), 2, "{findings:?}");
        assert!(said(Host::Netlify, &plan("/x/")).1.iter().any(|message| message.contains("root only")));
    }
}
