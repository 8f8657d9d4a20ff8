//! What is odd about a single address.
//!
//! Only addresses as people write them are accepted: whatever a browser would first have
//! to decode or guess (backslashes, percent signs, numbers for hosts) is refused.

use crate::base::codes::{self, Code};

/// Services that shorten addresses.
const SHORTENERS: [&str; 24] = [
    "adf.ly",
    "bit.do",
    "bit.ly",
    "buff.ly",
    "bl.ink",
    "cutt.ly",
    "dlvr.it",
    "goo.gl",
    "is.gd",
    "kurzelinks.de",
    "lnkd.in",
    "ow.ly",
    "qr.ae",
    "rb.gy",
    "rebrand.ly",
    "s.id",
    "shorturl.at",
    "t.co",
    "t.ly",
    "t1p.de",
    "tiny.cc",
    "tinyurl.com",
    "urlz.fr",
    "v.gd",
];

/// What is wrong with an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The code.
    pub code: Code,
    /// What was found.
    pub message: String,
    /// What to do instead.
    pub help: &'static str,
}

/// The part between `//` and the path, if the address leads to the web.
fn authority(address: &str) -> Option<&str> {
    let address = address.trim_start();
    let scheme = ["https:", "http:"].into_iter().find(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))?;
    let rest = address[scheme.len()..].trim_start_matches(['/', '\\']);
    Some(rest.split(['/', '?', '#']).next().unwrap_or_default())
}

/// The host of an address of the web in small letters, without `www.`, user and port.
pub fn host(address: &str) -> Option<String> {
    let authority = authority(address)?;
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit())).map_or(host, |(host, _)| host);
    let host = host.trim_end_matches('.').to_lowercase();
    Some(host.strip_prefix("www.").map(str::to_owned).unwrap_or(host))
}

/// Whether two hosts belong to one name: the same but for what stands before it.
pub fn same_site(a: &str, b: &str) -> bool {
    let site = |host: &str| host.rsplit('.').take(2).map(str::to_owned).collect::<Vec<_>>();
    site(a) == site(b)
}

/// What is odd about an address; `is_allowed` says which hosts the editor vouches for.
pub fn fault(address: &str, is_allowed: &dyn Fn(&str) -> bool) -> Option<Fault> {
    let authority = authority(address)?;
    let host = host(address)?;
    let fault = |code, message: String, help| Some(Fault { code, message, help });
    if authority.contains(['@', '\\', '%']) || authority.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return fault(codes::ODD_ADDRESS, format!("`{authority}` is no plain host"), "write only the host between `//` and the path");
    }
    if is_allowed(&host) {
        return None;
    }
    let last = host.rsplit('.').next().unwrap_or_default();
    if authority.starts_with('[') || last.starts_with("0x") || last.bytes().all(|byte| byte.is_ascii_digit()) {
        return fault(codes::ODD_ADDRESS, format!("`{host}` is a number, no name"), "link to a host by its name");
    }
    if host.split('.').any(|label| label.starts_with("xn--")) {
        return fault(codes::LOOKALIKE, format!("`{host}` hides its letters"), "write the host as it is read, or name it in `links.allow`");
    }
    if let Some(c) = host.chars().find(|c| !c.is_ascii() && !matches!(c, '\u{df}'..='\u{f6}' | '\u{f8}'..='\u{ff}' | 'œ')) {
        return fault(
            codes::LOOKALIKE,
            format!("`{host}` holds the letter `{c}` (U+{:04X})", u32::from(c)),
            "write the host with plain letters, or name it in `links.allow`",
        );
    }
    if SHORTENERS.contains(&host.as_str()) {
        return fault(codes::SHORTENED_LINK, format!("`{host}` hides where the link leads"), "link to the page itself");
    }
    let inner = passed_on(address).filter(|inner| !same_site(inner, &host) && !is_allowed(inner))?;
    fault(codes::REDIRECT, format!("the address is passed on to `{inner}`"), "link to that page itself")
}

/// The host of an address in the query of another one.
fn passed_on(address: &str) -> Option<String> {
    let query = address.split_once('?')?.1;
    let values = query.split(['&', ';', '#']).filter_map(|pair| pair.split_once('=')).map(|(_, value)| value);
    values.filter_map(|value| host(&decode(&decode(value)))).find(|host| host.contains('.'))
}

/// Resolves the few percent signs of an address's start.
fn decode(value: &str) -> String {
    let mut value = value.to_owned();
    for (code, sign) in [("%3A", ":"), ("%3a", ":"), ("%2F", "/"), ("%2f", "/"), ("%25", "%")] {
        value = value.replace(code, sign);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_read_as_people_read_them() {
        for (address, expected) in [
            ("https://www.Example.org/a?b", Some("example.org")),
            ("http://example.org:8080", Some("example.org")),
            ("https://bund.de@evil.example/", Some("evil.example")),
            ("https:\\\\evil.example/x", Some("evil.example")),
            ("mailto:a@example.org", None),
            ("@/a.md", None),
        ] {
            assert_eq!(host(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn every_trick_has_its_fault_and_plain_addresses_have_none() {
        for (address, code) in [
            ("https://www.bund.de@evil.example/", "I008"),
            ("https://www.bund.de\\@evil.example/", "I008"),
            ("https://evil%2eexample/", "I008"),
            ("http://192.168.0.1/a", "I008"),
            ("http://3232235521/", "I008"),
            ("http://[::1]/", "I008"),
            ("http://0x7f.0.0.0x1/", "I008"),
            ("https://e\u{445}ample.org/", "I005"),
            ("https://xn--80ak6aa92e.com/", "I005"),
            ("https://ｅvil.example/", "I005"),
            ("https://bit.ly/3abc", "I007"),
            ("https://www.tinyurl.com/abc", "I007"),
            ("https://example.org/go?url=https://spam.example/x", "I009"),
            ("https://example.org/go?a=1&u=https%3A%2F%2Fspam.example", "I009"),
            ("https://example.org/go?u=https%253A%252F%252Fspam.example", "I009"),
        ] {
            assert_eq!(fault(address, &|_| false).unwrap().code.to_string(), code, "{address}");
        }
        for address in [
            "https://example.org/a?b=c#d",
            "https://müller.example/",
            "https://example.org:8443/x",
            "https://eur-lex.europa.eu/legal-content/DE/TXT/?uri=OJ:L:2021:199:FULL",
            "https://web.archive.org/web/2020/https://spam.example/",
            "https://example.org/login?next=https://shop.example.org/",
            "mailto:a@b.example",
        ] {
            assert_eq!(fault(address, &|_| false), None, "{address}");
        }
        assert_eq!(fault("https://bit.ly/3abc", &|host| host == "bit.ly"), None, "the editor vouches for it");
    }
}
