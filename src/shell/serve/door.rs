//! Who may ask: the host that was typed, the page that asks, the site it belongs to.
//!
//! Pure. A page of another site, open in the same browser, must learn nothing from the
//! preview: neither by a name that it points at this machine (DNS rebinding), nor by a
//! script or picture tag, nor by the event stream.

use std::net::{IpAddr, SocketAddr};

use super::head::Head;

/// The names under which the preview answers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Door {
    /// Where the preview listens.
    pub(super) address: SocketAddr,
}

impl Door {
    /// Whether the request may be answered; if not, why. `own` are the preview's own
    /// addresses (events, state), which no other site may even be led to.
    pub(super) fn check(&self, head: &Head, own: bool) -> Result<(), &'static str> {
        let host = head.get("host").unwrap_or_default();
        if !self.is_ours(host) {
            return Err("the preview does not answer under this name");
        }
        if head.get("origin").is_some_and(|origin| !origin.eq_ignore_ascii_case(&format!("http://{host}"))) {
            return Err("the preview does not answer pages of other sites");
        }
        let is_ours = matches!(head.get("sec-fetch-site"), None | Some("same-origin" | "none"));
        let is_visit = head.get("sec-fetch-mode") == Some("navigate") && head.get("sec-fetch-dest") == Some("document");
        if is_ours || (is_visit && !own) { Ok(()) } else { Err("the preview answers only its own pages") }
    }

    /// Whether a `Host` means this server: a name that always means this machine, or an
    /// address, which no name server can point elsewhere.
    fn is_ours(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port),
            _ => (host, "80"),
        };
        if port != self.address.port().to_string() {
            return false;
        }
        if name.eq_ignore_ascii_case("localhost") {
            return true;
        }
        let literal = match name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(inner) => inner.parse().ok().map(IpAddr::V6),
            None => name.parse().ok().map(IpAddr::V4),
        };
        let bound = self.address.ip();
        literal.is_some_and(|ip| ip == bound || bound.is_unspecified() || (bound.is_loopback() && ["127.0.0.1", "::1"].contains(&ip.to_string().as_str())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door(address: &str) -> Door {
        Door { address: address.parse().unwrap() }
    }

    fn head(headers: &[(&str, &str)]) -> Head {
        Head::of("GET", "/", headers.iter().copied())
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for (address, host, good) in [
            ("127.0.0.1:4000", "127.0.0.1:4000", true),
            ("127.0.0.1:4000", "localhost:4000", true),
            ("127.0.0.1:4000", "LOCALHOST:4000", true),
            ("127.0.0.1:4000", "[::1]:4000", true),
            ("127.0.0.1:4000", "127.0.0.1:4001", false),
            ("127.0.0.1:4000", "127.0.0.1", false),
            ("127.0.0.1:80", "localhost", true),
            ("127.0.0.1:4000", "evil.example:4000", false),
            ("127.0.0.1:4000", "localhost.evil.example:4000", false),
            ("127.0.0.1:4000", "user@127.0.0.1:4000", false),
            ("127.0.0.1:4000", "192.0.2.1:4000", false),
            ("127.0.0.1:4000", "0x7f.1:4000", false),
            ("127.0.0.1:4000", "", false),
            ("127.0.0.1:4000", ":4000", false),
            ("0.0.0.0:4000", "192.0.2.1:4000", true),
            ("0.0.0.0:4000", "evil.example:4000", false),
            ("192.0.2.1:4000", "192.0.2.1:4000", true),
            ("192.0.2.1:4000", "127.0.0.1:4000", false),
        ] {
            assert_eq!(door(address).check(&head(&[("Host", host)]), false).is_ok(), good, "{host:?} at {address}");
        }
        assert!(door("127.0.0.1:4000").check(&head(&[]), false).is_err());
    }

    #[test]
    fn pages_of_other_sites_learn_nothing() {
        let host = ("Host", "127.0.0.1:4000");
        let visit = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")];
        for (headers, page, own) in [
            (&[][..], true, true),
            (&[("Origin", "http://127.0.0.1:4000")], true, true),
            (&[("Origin", "http://127.0.0.1:4001")], false, false),
            (&[("Origin", "https://127.0.0.1:4000")], false, false),
            (&[("Origin", "https://evil.example")], false, false),
            (&[("Origin", "http://192.0.2.7")], false, false),
            (&[("Origin", "null")], false, false),
            (&[("Sec-Fetch-Site", "same-origin")], true, true),
            (&[("Sec-Fetch-Site", "none")], true, true),
            (&[("Sec-Fetch-Site", "cross-site")], false, false),
            (&[("Sec-Fetch-Site", "same-site"), ("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Dest", "script")], false, false),
            (&visit, true, false),
            (&[visit[0], visit[1], ("Sec-Fetch-Dest", "iframe")], false, false),
        ] {
            let head = head(&[&[host], headers].concat());
            let door = door("127.0.0.1:4000");
            assert_eq!((door.check(&head, false).is_ok(), door.check(&head, true).is_ok()), (page, own), "{headers:?}");
        }
    }
}
