//! Apache: `.htaccess`, and the same as part of the server's own configuration.
//!
//! One directive that a host forbids in `.htaccess` fails every request, so only what
//! `AllowOverride FileInfo` covers is used, behind `IfModule`; `Options` is not. `Header
//! always` also reaches redirects and error pages. Redirects go by `mod_alias`, because
//! `mod_rewrite` needs an option that hosts may switch off. Folders without a page are named
//! one by one, since their listing cannot be switched off from here.

use std::fmt::Write;

use super::headers::{CACHE, RESOURCE_POLICY, Scope, cache, resource_policy};
use super::{HASHED, Plan, literal};

/// Types of text that are worth compressing.
const TEXTS: &str = "text/html text/css text/javascript application/javascript application/json application/xml text/xml application/atom+xml text/csv text/calendar text/plain image/svg+xml application/manifest+json";

/// `.htaccess`.
pub(super) fn htaccess(plan: &Plan) -> String {
    format!("# Written by leitfaden.\n{}", directives(plan))
}

/// What stands in the configuration of a virtual host.
pub(super) fn configuration(plan: &Plan) -> String {
    let indented: String = directives(plan).lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect();
    let folder = plan.base.trim_end_matches('/');
    let place = if folder.is_empty() { String::new() } else { format!("# The built folder is `{folder}` in it.\n") };
    format!(
        "# Apache httpd, for the <VirtualHost> of {name}. Modules: alias, headers, deflate, filter.\n{place}\
         # Where `.htaccess` is read instead, `AllowOverride FileInfo` is enough.\n\
         <IfDefine !LEITFADEN_ROOT>\n    Define LEITFADEN_ROOT /var/www/leitfaden\n</IfDefine>\n\
         DocumentRoot \"${{LEITFADEN_ROOT}}\"\n\
         <Directory \"${{LEITFADEN_ROOT}}\">\n    Require all granted\n    Options -Indexes -MultiViews\n    AllowOverride None\n\n{indented}</Directory>\n",
        name = plan.name
    )
}

fn directives(plan: &Plan) -> String {
    let mut text = format!("ErrorDocument 404 {}\n\n", plan.path("404.html"));
    text.push_str("<IfModule mod_mime.c>\n    AddType font/woff2 .woff2\n    AddType text/csv .csv\n    AddType text/calendar .ics\n    AddType text/javascript .js\n    AddCharset utf-8 .html .css .js .json .xml .csv .ics .svg .txt\n</IfModule>\n");
    text.push_str("\n<IfModule mod_alias.c>\n");
    text.push_str("    # Hidden files, the files for other hosts, and folders without a page.\n");
    text.push_str("    RedirectMatch 404 \"/\\.(?!well-known(/|$))\"\n");
    let _ = writeln!(text, "    RedirectMatch 404 \"^{}_(headers|redirects)$\"", literal(&plan.base));
    for folder in &plan.folders {
        let _ = writeln!(text, "    RedirectMatch 404 \"^{}$\"", literal(&plan.path(folder)));
    }
    for rule in &plan.redirects {
        let slash = if rule.from.len() > 1 { "/?" } else { "" };
        let _ = writeln!(text, "    RedirectMatch 301 \"^{}{slash}$\" \"{}\"", literal(&rule.from[0]), rule.to);
    }
    text.push_str("</IfModule>\n\n<IfModule mod_headers.c>\n");
    for (name, value) in plan.common() {
        let _ = writeln!(text, "    Header always set {name} \"{value}\"");
    }
    let (own, shared) = (resource_policy(Scope::Own), resource_policy(Scope::Shared));
    match plan.shared_pattern() {
        None => drop(writeln!(text, "    Header always set {RESOURCE_POLICY} \"{own}\"")),
        Some(pattern) => {
            let _ = writeln!(text, "    Header always set {RESOURCE_POLICY} \"{own}\" \"expr=! %{{REQUEST_URI}} =~ m#{pattern}#\"");
            let _ = writeln!(text, "    Header always set {RESOURCE_POLICY} \"{shared}\" \"expr=%{{REQUEST_URI}} =~ m#{pattern}#\"");
        }
    }
    let hashed = literal(&plan.path(HASHED));
    let _ = writeln!(text, "    Header set {CACHE} \"{}\" \"expr=! %{{REQUEST_URI}} =~ m#^{hashed}#\"", cache(Scope::Own));
    let _ = writeln!(text, "    Header set {CACHE} \"{}\" \"expr=%{{REQUEST_URI}} =~ m#^{hashed}#\"", cache(Scope::Hashed));
    let _ = write!(
        text,
        "</IfModule>\n\n<IfModule mod_deflate.c>\n    <IfModule mod_filter.c>\n        AddOutputFilterByType DEFLATE {TEXTS}\n    </IfModule>\n</IfModule>\n"
    );
    text
}

#[cfg(test)]
mod tests {
    use super::super::testing::plan;
    use super::*;

    #[test]
    fn only_what_every_host_allows_stands_in_htaccess() {
        let text = htaccess(&plan("/x/"));
        for forbidden in ["Options", "AllowOverride", "Rewrite", "<Directory", "Require", "DirectoryIndex", "<If "] {
            assert!(!text.lines().any(|line| line.trim_start().starts_with(forbidden)), "{forbidden}: {text}");
        }
        assert_eq!(text.matches("<IfModule").count(), text.matches("</IfModule").count());
        for line in ["ErrorDocument 404 /x/404.html", "RedirectMatch 301 \"^/x/alt/?$\" \"/x/neu/\"", "RedirectMatch 301 \"^/x/alt\\.html$\" \"/x/neu/#anker\""]
        {
            assert!(text.contains(line), "{line}: {text}");
        }
    }
}
