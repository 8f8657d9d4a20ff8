//! nginx: a part of the site's `server { … }`.
//!
//! A `location` with one `add_header` of its own drops all that it would inherit: so the
//! headers stand in the server, and are repeated as a whole where one of them differs.
//! `always` also reaches redirects and error pages; for the long cache it is left out, so
//! that an error is not kept. `types` replaces the whole table, so it stands in locations only.

use std::fmt::Write;

use super::headers::{CACHE, Scope};
use super::{API, HASHED, Plan, literal};

/// Types of text beside HTML that are worth compressing and carry their encoding.
const TEXTS: &str = "text/css application/javascript text/javascript application/json text/xml application/xml text/csv text/calendar text/plain image/svg+xml";

/// The configuration.
pub(super) fn configuration(plan: &Plan) -> String {
    let (base, name) = (&plan.base, &plan.name);
    let place = if base == "/" { "is the built folder".to_owned() } else { format!("holds the built folder as `{}`", base.trim_matches('/')) };
    let mut text = format!(
        "# nginx, for {name}. Include it in the server whose root {place}:\n#\n\
         #     server {{\n#         listen 80;\n#         server_name {name};\n#         return 301 https://{name}$request_uri;\n#     }}\n\
         #     server {{\n#         listen 443 ssl;\n#         server_name {name};\n#         root /var/www/leitfaden;\n#         include /etc/nginx/leitfaden.conf;\n#     }}\n\n\
         index index.html;\nautoindex off;\nserver_tokens off;\nabsolute_redirect off;\ncharset utf-8;\ncharset_types {TEXTS};\n\n\
         gzip on;\ngzip_vary on;\ngzip_min_length 512;\ngzip_types {TEXTS};\n\n\
         error_page 404 {not_found};\nerror_page 403 =404 {not_found};\n\n{headers}\n",
        not_found = plan.path("404.html"),
        headers = headers(plan, Scope::Own, ""),
    );
    let _ = write!(text, "location = {} {{\n    internal;\n}}\n\n", plan.path("404.html"));
    let _ = write!(text, "location / {{\n    try_files $uri $uri/ =404;\n}}\n\n");
    let _ = write!(
        text,
        "# Hidden files and the files for other hosts.\nlocation ~ (/\\.(?!well-known/)|^{}_(headers|redirects)$) {{\n    return 404;\n}}\n\n",
        literal(base)
    );
    let hashed = headers(plan, Scope::Hashed, "    ");
    let _ = write!(text, "location ^~ {} {{\n    try_files $uri =404;\n{hashed}}}\n", plan.path(HASHED));
    let shared = headers(plan, Scope::Shared, "    ");
    for path in plan.shared() {
        // nginx knows neither of these types.
        let (sign, types) = match &path {
            _ if path.ends_with(API) => ("^~", "    types {\n        application/json json;\n        text/csv csv;\n    }\n"),
            _ if path.contains(".ics") => ("=", "    types {\n        text/calendar ics;\n    }\n"),
            _ => ("=", ""),
        };
        let _ = write!(text, "\nlocation {sign} {path} {{\n    try_files $uri =404;\n{types}{shared}}}\n");
    }
    for rule in &plan.redirects {
        for from in &rule.from {
            let _ = write!(text, "\nlocation = {from} {{\n    return 301 {};\n}}\n", quoted(&rule.to));
        }
    }
    text
}

/// A `#` would begin a comment.
fn quoted(address: &str) -> String {
    if address.contains('#') { format!("\"{address}\"") } else { address.to_owned() }
}

fn headers(plan: &Plan, scope: Scope, indent: &str) -> String {
    let line = |(name, value): &(&str, String)| {
        let always = if *name == CACHE && scope == Scope::Hashed { "" } else { " always" };
        format!("{indent}add_header {name} \"{value}\"{always};\n")
    };
    plan.headers(scope).iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::plan;
    use super::*;

    #[test]
    fn a_location_has_all_headers_or_none() {
        let text = configuration(&plan("/x/"));
        let all = plan("/x/").headers(Scope::Own).len();
        for location in text.split("location ").skip(1) {
            let own = location.split("\n}\n").next().unwrap().matches("add_header").count();
            assert!(own == 0 || own == all, "{location}");
        }
        assert!(text.contains("location = /x/alt.html {\n    return 301 \"/x/neu/#anker\";\n}"), "{text}");
    }
}
