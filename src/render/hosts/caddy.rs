//! Caddy: a whole Caddyfile.
//!
//! The headers of a site are lost when an error is handled, so they are a snippet that is
//! imported in both places. Address and folder can be given in the environment.

use std::fmt::Write;

use super::headers::{CACHE, RESOURCE_POLICY, Scope, cache, resource_policy};
use super::{HASHED, Plan};

/// The configuration.
pub(super) fn configuration(plan: &Plan) -> String {
    let name = &plan.name;
    let place = if plan.base == "/" {
        "The root is the built folder.".to_owned()
    } else {
        format!("The root holds the built folder as `{}`.", plan.base.trim_matches('/'))
    };
    let mut text = format!("# Caddy, for {name}. {place}\n\n(leitfaden_headers) {{\n\theader {{\n");
    for (header, value) in plan.common() {
        let _ = writeln!(text, "\t\t{header} \"{value}\"");
    }
    let _ = write!(
        text,
        "\t}}\n}}\n\n{{$LEITFADEN_ADDRESS:{name}}} {{\n\troot * {{$LEITFADEN_ROOT:/var/www/leitfaden}}\n\tencode zstd gzip\n\timport leitfaden_headers\n\n"
    );
    let (own, shared) = (resource_policy(Scope::Own), resource_policy(Scope::Shared));
    let paths: Vec<String> = plan.shared().iter().map(|path| if path.ends_with('/') { format!("{path}*") } else { path.clone() }).collect();
    if paths.is_empty() {
        let _ = writeln!(text, "\theader {RESOURCE_POLICY} {own}");
    } else {
        let paths = paths.join(" ");
        let _ = write!(
            text,
            "\t@shared path {paths}\n\theader @shared {RESOURCE_POLICY} {shared}\n\t@own not path {paths}\n\theader @own {RESOURCE_POLICY} {own}\n"
        );
    }
    let hashed = plan.path(HASHED);
    let _ = write!(text, "\t@hashed path {hashed}*\n\theader @hashed {CACHE} \"{}\"\n", cache(Scope::Hashed));
    let _ = write!(text, "\t@asked not path {hashed}*\n\theader @asked {CACHE} {}\n\n", cache(Scope::Own));
    for rule in &plan.redirects {
        for from in &rule.from {
            let _ = writeln!(text, "\tredir {from} {} 301", quoted(&rule.to));
        }
    }
    let base = &plan.base;
    let _ = write!(
        text,
        "\n\t# Hidden files and the files for other hosts.\n\t@hidden {{\n\t\tpath_regexp hidden /\\.\n\t\tnot path {base}.well-known/*\n\t}}\n\terror @hidden 404\n\
         \t@others path {base}_headers {base}_redirects\n\terror @others 404\n\tfile_server\n\n\
         \thandle_errors {{\n\t\tencode zstd gzip\n\t\timport leitfaden_headers\n\t\theader {RESOURCE_POLICY} {own}\n\t\theader {CACHE} {}\n\t\trewrite * {}\n\t\tfile_server\n\t}}\n}}\n",
        cache(Scope::Own),
        plan.path("404.html"),
    );
    text
}

/// A `#` would begin a comment.
fn quoted(address: &str) -> String {
    if address.contains('#') { format!("\"{address}\"") } else { address.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::testing::plan;
    use super::*;

    #[test]
    fn errors_have_the_headers_too() {
        let text = configuration(&plan("/x/"));
        assert_eq!(text.matches("import leitfaden_headers").count(), 2);
        let errors = text.split("handle_errors").nth(1).unwrap();
        for header in [RESOURCE_POLICY, CACHE, "rewrite * /x/404.html"] {
            assert!(errors.contains(header), "{header}: {errors}");
        }
        assert_eq!(text.matches('{').count(), text.matches('}').count());
    }
}
