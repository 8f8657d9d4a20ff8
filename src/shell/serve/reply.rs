//! An answer in the words of HTTP (RFC 9110): conditions, ranges, lengths.
//!
//! Pure: what is there and what was asked in, head and stretch of the body out.

use std::fmt::Write;
use std::ops::Range;

use crate::base::hash::sha256_hex;

use super::head::Head;

/// What an address holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Content<'a> {
    pub(super) status: u16,
    pub(super) kind: &'a str,
    pub(super) body: &'a [u8],
    /// Further headers.
    pub(super) headers: &'a [(String, String)],
}

/// The head of the answer and which bytes of the body follow it.
pub(super) fn render(head: &Head, content: &Content<'_>) -> (String, Range<usize>) {
    let length = content.body.len();
    let tag = etag(content.body);
    let is_fresh = content.status == 200 && head.get("if-none-match").is_some_and(|list| matches(list, &tag));
    let wanted = head.get("range").filter(|_| head.method == "GET" && content.status == 200 && !is_fresh);
    // A range of another version would not fit.
    let wanted = wanted.filter(|_| head.get("if-range").is_none_or(|known| known == tag));
    let (status, part, range) = match wanted.map_or(Part::Whole, |text| range(text, length)) {
        _ if is_fresh => (304, 0..0, None),
        Part::Some(part) => (206, part.clone(), Some(format!("bytes {}-{}/{length}", part.start, part.end - 1))),
        Part::None => (416, 0..0, Some(format!("bytes */{length}"))),
        Part::Whole => (content.status, 0..length, None),
    };
    let mut text = format!("HTTP/1.1 {status} {}\r\nCache-Control: no-cache\r\nETag: {tag}\r\nConnection: close\r\n", reason(status));
    for (name, value) in content.headers {
        let _ = write!(text, "{name}: {value}\r\n");
    }
    if let Some(range) = range {
        let _ = write!(text, "Content-Range: {range}\r\n");
    }
    if status != 304 {
        let _ = write!(text, "Content-Type: {}\r\nContent-Length: {}\r\nAccept-Ranges: bytes\r\n", content.kind, part.len());
    }
    text.push_str("\r\n");
    (text, if head.method == "HEAD" { 0..0 } else { part })
}

/// A strong tag: equal tags mean equal bytes.
pub(super) fn etag(body: &[u8]) -> String {
    format!("\"{}\"", &sha256_hex(body)[..32])
}

/// Whether `If-None-Match` names this version; weak comparison, as the header wants it.
fn matches(list: &str, tag: &str) -> bool {
    list.split(',').map(str::trim).any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// What of a body is asked for.
enum Part {
    /// All of it, also if the header is not understood.
    Whole,
    Some(Range<usize>),
    /// A part beyond its end.
    None,
}

/// One range of bytes; several at once are answered with the whole.
fn range(text: &str, length: usize) -> Part {
    let Some((first, last)) = text.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else { return Part::Whole };
    let number = |text: &str| -> Option<usize> {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse().unwrap_or(usize::MAX))
    };
    let (first, last) = (first.trim(), last.trim());
    let part = match (number(first), number(last)) {
        (Some(start), Some(last)) if start <= last => start..last.saturating_add(1).min(length),
        (Some(start), None) if last.is_empty() => start..length,
        (None, Some(count)) if first.is_empty() => length.saturating_sub(count)..length,
        _ => return Part::Whole,
    };
    if part.start < part.end { Part::Some(part) } else { Part::None }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        206 => "Partial Content",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        416 => "Range Not Satisfiable",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}

/// The type of a file by its name.
pub(super) fn kind_of(path: &str) -> &'static str {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "txt" | "md" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "pdf" => "application/pdf",
        "wasm" => "application/wasm",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "ogg" => "audio/ogg",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = b"0123456789";

    fn answer(method: &str, headers: &[(&str, &str)]) -> (u16, usize, String) {
        let head = Head::of(method, "/", headers.iter().copied());
        let (text, part) = render(&head, &Content { status: 200, kind: "text/plain", body: BODY, headers: &[] });
        let range = text.lines().find_map(|line| line.strip_prefix("Content-Range: ")).unwrap_or_default().to_owned();
        (text[9..12].parse().unwrap(), part.len(), range)
    }

    #[test]
    fn ranges_follow_the_standard() {
        for (range, status, length, said) in [
            ("bytes=0-3", 206, 4, "bytes 0-3/10"),
            ("bytes=4-", 206, 6, "bytes 4-9/10"),
            ("bytes=-3", 206, 3, "bytes 7-9/10"),
            ("bytes=-99", 206, 10, "bytes 0-9/10"),
            ("bytes=8-99", 206, 2, "bytes 8-9/10"),
            ("bytes=8-99999999999999999999999", 206, 2, "bytes 8-9/10"),
            ("bytes=10-", 416, 0, "bytes */10"),
            ("bytes=-0", 416, 0, "bytes */10"),
            ("bytes=3-1", 200, 10, ""),
            ("bytes=0-1,3-4", 200, 10, ""),
            ("bytes=a-b", 200, 10, ""),
            ("bytes=-", 200, 10, ""),
            ("bytes=+1-2", 200, 10, ""),
            ("lines=0-1", 200, 10, ""),
        ] {
            assert_eq!(answer("GET", &[("Range", range)]), (status, length, said.to_owned()), "{range}");
        }
        assert_eq!(answer("HEAD", &[("Range", "bytes=0-3")]), (200, 0, String::new()), "a range means nothing for HEAD");
    }

    #[test]
    fn conditions_follow_the_standard() {
        let tag = etag(BODY);
        let weak = format!("W/{tag}");
        let list = format!("\"x\", {tag}");
        for (headers, status) in [
            (&[("If-None-Match", tag.as_str())][..], 304),
            (&[("If-None-Match", weak.as_str())], 304),
            (&[("If-None-Match", list.as_str())], 304),
            (&[("If-None-Match", "*")], 304),
            (&[("If-None-Match", "\"x\"")], 200),
            (&[("If-None-Match", tag.as_str()), ("Range", "bytes=0-1")], 304),
            (&[("If-Range", tag.as_str()), ("Range", "bytes=0-1")], 206),
            (&[("If-Range", weak.as_str()), ("Range", "bytes=0-1")], 200),
            (&[("If-Range", "\"x\""), ("Range", "bytes=0-1")], 200),
        ] {
            assert_eq!(answer("GET", headers).0, status, "{headers:?}");
        }
    }

    #[test]
    fn every_kind_that_a_site_holds_is_known() {
        for (path, kind) in [
            ("a/index.html", "text/html; charset=utf-8"),
            ("feed.xml", "application/xml; charset=utf-8"),
            ("api/v1/systems.csv", "text/csv; charset=utf-8"),
            ("a.SVG", "image/svg+xml"),
            (".well-known/security.txt", "text/plain; charset=utf-8"),
            (".htaccess", "application/octet-stream"),
            ("a", "application/octet-stream"),
        ] {
            assert_eq!(kind_of(path), kind, "{path}");
        }
    }
}
