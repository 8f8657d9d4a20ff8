//! Asks one address, once: the only module that names the HTTP client.
//!
//! Redirects are not followed here (the next host has a queue of its own), and of a page only the head is read. The
//! environment's proxy is used, as every tool of its kind does.

use std::time::Duration;

use ureq::http::header::{HeaderMap, ToStrError};
use ureq::http::{HeaderName, HeaderValue, Response, header};
use ureq::{Agent, Body, Error};

use crate::model::outgoing::{Method, Reply};

/// Longest time for one answer.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// Most bytes of an answer's head.
const MAX_HEAD: usize = 64 << 10;

/// What a page said about its state when it was seen last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct State {
    /// `ETag`.
    pub(super) etag: Option<String>,
    /// `Last-Modified`.
    pub(super) modified: Option<String>,
}

/// Something that asks.
pub(super) struct Client(Agent);

impl Client {
    /// One that says who it is, and for which site it asks.
    pub(super) fn new(site: &str, patience: Duration) -> Self {
        let name = format!("leitfaden/{} (checks the links of {site})", env!("CARGO_PKG_VERSION"));
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_response_header_size(MAX_HEAD)
            .timeout_global(Some(patience))
            .user_agent(name)
            .build();
        Self(config.new_agent())
    }

    /// Asks for an address. With a state the server may answer that nothing changed (304).
    pub(super) fn ask(&self, address: &str, method: Method, known: Option<&State>) -> (Reply, State) {
        let Some(address) = plain(address) else {
            return (Reply::Silent("the host's letters are none that can be asked for; write it in its `xn--` form".to_owned()), State::default());
        };
        let mut request = match method {
            Method::Head => self.0.head(&address),
            Method::Get => self.0.get(&address),
        };
        let conditions: [(HeaderName, _); 2] = [
            (header::IF_NONE_MATCH, known.and_then(|state| state.etag.as_ref())),
            (header::IF_MODIFIED_SINCE, known.and_then(|state| state.modified.as_ref())),
        ];
        for (name, value) in conditions {
            if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
                request = request.header(name, value);
            }
        }
        match request.call() {
            Ok(response) => heard(&response),
            Err(error) => (unheard(&error), State::default()),
        }
    }
}

/// An address in plain characters; none if its host is not.
fn plain(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?']).next().unwrap_or_default();
    if !host.is_ascii() {
        return None;
    }
    let bytes = rest.bytes().map(|byte| if byte.is_ascii() { char::from(byte).to_string() } else { format!("%{byte:02X}") });
    Some(format!("{scheme}://{}", bytes.collect::<String>()))
}

fn heard(response: &Response<Body>) -> (Reply, State) {
    let headers: &HeaderMap = response.headers();
    let get = |name: HeaderName| headers.get(name).map(HeaderValue::to_str).and_then(|value: Result<&str, ToStrError>| value.ok()).map(str::to_owned);
    // A day instead of seconds means: not soon.
    let wait = get(header::RETRY_AFTER).map(|wait| wait.trim().parse().map_or(Duration::from_secs(3600), Duration::from_secs));
    let reply = Reply::Status { code: response.status().as_u16(), location: get(header::LOCATION), wait };
    (reply, State { etag: get(header::ETAG), modified: get(header::LAST_MODIFIED) })
}

fn unheard(error: &Error) -> Reply {
    match error {
        Error::HostNotFound => Reply::NoHost,
        // The standard library has no kind for it; the texts are those of the C library, which nobody translates here.
        Error::Io(error) if error.to_string().contains("failed to lookup address") => {
            let text = error.to_string();
            let passes = ["Temporary", "Try again", "System error", "Memory"].iter().any(|word| text.contains(word));
            if passes { Reply::Silent("the name of the host could not be looked up at the moment".to_owned()) } else { Reply::NoHost }
        }
        Error::Timeout(_) => Reply::Silent("no answer in time".to_owned()),
        other => Reply::Silent(other.to_string().replace(|c: char| c.is_control(), " ")),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn a_server_that_never_answers_is_not_waited_for_for_ever() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        let client = Client::new("https://leitfaden.example/", Duration::from_millis(100));
        assert_eq!(client.ask(&address, Method::Head, None).0, Reply::Silent("no answer in time".to_owned()));
        drop(listener);
        let (reply, _) = client.ask(&address, Method::Head, None);
        assert!(matches!(&reply, Reply::Silent(why) if why.contains("refused")), "{reply:?}");
    }

    #[test]
    fn a_server_that_speaks_something_else_is_not_understood() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let _ = stream.unwrap().write_all(b"SSH-2.0-x\r\n");
            }
        });
        let client = Client::new("https://leitfaden.example/", PATIENCE);
        for scheme in ["http", "https"] {
            let (reply, _) = client.ask(&format!("{scheme}://{address}/"), Method::Head, None);
            assert!(matches!(reply, Reply::Silent(_)), "{scheme}: {reply:?}");
        }
    }

    #[test]
    fn names_that_nobody_has_are_told_from_names_that_cannot_be_looked_up_now() {
        let lookup = |text: &str| unheard(&Error::Io(std::io::Error::other(format!("failed to lookup address information: {text}"))));
        assert_eq!(lookup("Name or service not known"), Reply::NoHost);
        assert_eq!(lookup("Name does not resolve"), Reply::NoHost);
        assert!(matches!(lookup("Temporary failure in name resolution"), Reply::Silent(_)));
        // Too long for any name server, so none is asked.
        let client = Client::new("https://leitfaden.example/", PATIENCE);
        assert_eq!(client.ask(&format!("http://{}.example/", "a".repeat(80)), Method::Head, None).0, Reply::NoHost);
    }

    #[test]
    fn letters_beyond_ascii_are_written_as_servers_read_them() {
        assert_eq!(plain("https://example.org/ä?ö").as_deref(), Some("https://example.org/%C3%A4?%C3%B6"));
        assert_eq!(plain("https://müller.example/"), None);
    }
}
