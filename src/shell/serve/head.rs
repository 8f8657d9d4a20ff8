//! The head of a request: read strictly, or refused with the status that says why.
//!
//! Pure: bytes in, [`Head`] or [`Refusal`] out. Nothing that has a body, two meanings or
//! an odd line end gets further.

/// Largest head that is read.
pub(super) const MAX_HEAD: usize = 16 << 10;
/// Most header lines.
const MAX_LINES: usize = 100;

/// Headers that the server looks at; the others go no further than here.
const WANTED: [&str; 8] = ["host", "origin", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest", "if-none-match", "if-range", "range"];

/// A request that may be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// `GET` or `HEAD`.
    pub(super) method: &'static str,
    /// The target as it was sent.
    pub(super) target: String,
    /// Name in small letters, value.
    pub(super) headers: Vec<(&'static str, String)>,
}

/// A status and its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refusal(pub(super) u16, pub(super) &'static str);

const BAD: Refusal = Refusal(400, "Bad Request");

/// Where the head ends, once its empty line has come.
pub(super) fn end(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)
}

/// Whether no further byte can make a good head of these.
pub(super) fn is_hopeless(bytes: &[u8]) -> bool {
    let has_bare_newline = bytes.iter().enumerate().any(|(at, &byte)| byte == b'\n' && (at == 0 || bytes[at - 1] != b'\r'));
    has_bare_newline || bytes.iter().any(|byte| !byte.is_ascii() || (byte.is_ascii_control() && !matches!(byte, b'\r' | b'\n' | b'\t')))
}

/// Reads a whole head, its empty line included.
pub(super) fn parse(bytes: &[u8]) -> Result<Head, Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|_| BAD)?;
    if is_hopeless(bytes) {
        return Err(BAD);
    }
    let mut lines = text.strip_suffix("\r\n\r\n").ok_or(BAD)?.split("\r\n");
    let (method, target) = request_line(lines.next().ok_or(BAD)?)?;
    let mut headers = Vec::new();
    for (count, line) in lines.enumerate() {
        if count == MAX_LINES {
            return Err(Refusal(431, "Request Header Fields Too Large"));
        }
        let (name, value) = line.split_once(':').ok_or(BAD)?;
        // A blank before the colon or a folded line reads differently on every server.
        if name.is_empty() || !name.bytes().all(is_token) || value.contains('\r') {
            return Err(BAD);
        }
        let (name, value) = (name.to_ascii_lowercase(), value.trim_matches([' ', '\t']));
        match name.as_str() {
            "transfer-encoding" => return Err(BAD),
            "content-length" if value != "0" => return Err(Refusal(413, "Content Too Large")),
            _ => {}
        }
        if let Some(&wanted) = WANTED.iter().find(|wanted| **wanted == name) {
            if headers.iter().any(|(known, _)| *known == wanted) {
                return Err(BAD);
            }
            headers.push((wanted, value.to_owned()));
        }
    }
    let method = match method {
        "GET" => "GET",
        "HEAD" => "HEAD",
        _ => return Err(Refusal(405, "Method Not Allowed")),
    };
    Ok(Head { method, target: target.to_owned(), headers })
}

fn request_line(line: &str) -> Result<(&str, &str), Refusal> {
    let parts: Vec<&str> = line.split(' ').collect();
    let [method, target, version] = parts.as_slice() else { return Err(BAD) };
    if !matches!(*version, "HTTP/1.1" | "HTTP/1.0") {
        return Err(if version.starts_with("HTTP/") { Refusal(505, "HTTP Version Not Supported") } else { BAD });
    }
    if method.is_empty() || !method.bytes().all(is_token) || target.is_empty() {
        return Err(BAD);
    }
    Ok((method, target))
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

impl Head {
    /// A header's value.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// The head again, in its plainest form, for one answer on one connection.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut text = format!("{} {} HTTP/1.1\r\nConnection: close\r\n", self.method, self.target);
        for (name, value) in &self.headers {
            text.extend([name, ": ", value, "\r\n"]);
        }
        text.push_str("\r\n");
        text.into_bytes()
    }

    /// A head from its parts; headers that the server does not look at are left out.
    pub(super) fn of<'a>(method: &str, target: &str, headers: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let wanted = |name: &str| WANTED.iter().find(|wanted| wanted.eq_ignore_ascii_case(name)).copied();
        let headers = headers.filter_map(|(name, value)| Some((wanted(name)?, value.to_owned())));
        Self { method: if method == "HEAD" { "HEAD" } else { "GET" }, target: target.to_owned(), headers: headers.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(lines: &str) -> u16 {
        match parse(format!("{lines}\r\n\r\n").as_bytes()) {
            Ok(_) => 200,
            Err(Refusal(status, _)) => status,
        }
    }

    #[test]
    fn only_heads_with_one_meaning_are_read() {
        for (lines, expected) in [
            ("GET / HTTP/1.1\r\nHost: a", 200),
            ("HEAD /?a=b HTTP/1.0", 200),
            ("GET / HTTP/1.1\r\nContent-Length: 0", 200),
            ("GET / HTTP/1.1\r\nX: \u{e4}", 400),
            ("GET /\u{e4} HTTP/1.1", 400),
            ("GET / HTTP/1.1\nHost: a", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nHost: b", 400),
            ("GET / HTTP/1.1\r\nHost : a", 400),
            ("GET / HTTP/1.1\r\nA: b\r\n c", 400),
            ("GET / HTTP/1.1\r\nA: b\rc", 400),
            ("GET / HTTP/1.1\r\nA: b\0", 400),
            ("GET  / HTTP/1.1", 400),
            ("GET /", 400),
            ("GET / HTTP/2.0", 505),
            ("PRI * HTTP/2.0", 505),
            ("POST / HTTP/1.1\r\nContent-Length: 99999999999", 413),
            ("GET / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6", 413),
            ("GET / HTTP/1.1\r\nContent-Length: 0\r\nTransfer-Encoding: chunked", 400),
            ("GET / HTTP/1.1\r\nTransfer-Encoding: xchunked", 400),
            ("POST / HTTP/1.1", 405),
            ("OPTIONS * HTTP/1.1", 405),
            ("CONNECT a:1 HTTP/1.1", 405),
        ] {
            assert_eq!(status(lines), expected, "{lines:?}");
        }
        let many = format!("GET / HTTP/1.1{}", "\r\nA: b".repeat(MAX_LINES + 1));
        assert_eq!(status(&many), 431);
    }

    #[test]
    fn what_cannot_become_a_head_is_known_at_once() {
        for (bytes, hopeless) in [(&b"GET / HTTP/1.1\n"[..], true), (b"\x16\x03\x01", true), (b"GET / HTTP/1.1\r\nHo", false), (b"\r", false), (b"\n", true)] {
            assert_eq!(is_hopeless(bytes), hopeless, "{bytes:?}");
        }
    }

    #[test]
    fn a_head_passed_on_asks_for_one_answer() {
        let head = parse(b"GET /a HTTP/1.1\r\nConnection: keep-alive\r\nhOsT: x\r\nCookie: a=b\r\n\r\n").unwrap();
        assert_eq!(head.to_bytes(), b"GET /a HTTP/1.1\r\nConnection: close\r\nhost: x\r\n\r\n");
        assert_eq!(parse(&head.to_bytes()).unwrap(), head);
    }
}
