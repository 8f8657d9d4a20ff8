//! Style sheets: what they would load.
//!
//! Comments and escapes are read as a browser does (CSS Syntax 3), then every `url(…)`, and
//! every string in the functions and rules whose strings are addresses, is an address.

use crate::base::codes;
use crate::base::diag::Diagnostic;

use super::{at, is_remote};

/// Functions whose strings are addresses.
const LOADING: [&str; 7] = ["url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade"];

/// Judges the addresses of a style sheet: what it loads comes from the site itself, and is there.
pub fn sheet(path: &str, addresses: &[(String, u64)], is_there: &dyn Fn(&str) -> bool) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut seen = Vec::new();
    for (url, line) in addresses {
        if seen.contains(&url) {
            continue;
        }
        let (code, message) = if is_remote(url) {
            (codes::THIRD_PARTY_REQUEST, format!("the style sheet would fetch `{url}`"))
        } else if is_local_file(url) && !is_there(url) {
            (codes::DEAD_OUTPUT_LINK, format!("the style sheet loads `{url}`, which is not written"))
        } else {
            continue;
        };
        seen.push(url);
        findings.push(at(path, *line, Diagnostic::error(code, message)).help("put the file into the theme's static folder"));
    }
    findings
}

fn is_local_file(url: &str) -> bool {
    !url.is_empty() && !url.starts_with(['#', '/']) && !url.contains(':')
}

/// All addresses of a style sheet with their lines.
pub fn addresses(css: &str) -> Vec<(String, u64)> {
    let mut reader = Reader { rest: css, line: 1, open: Vec::new(), word: String::new(), importing: false, naming: false, found: Vec::new() };
    while reader.step() {}
    reader.found
}

struct Reader<'a> {
    rest: &'a str,
    line: u64,
    /// Names of the functions around this place.
    open: Vec<String>,
    /// The word before this place, escapes resolved, in small letters.
    word: String,
    /// Whether an `@import` waits for its address.
    importing: bool,
    /// Whether this is an `@namespace`, whose address is only a name.
    naming: bool,
    found: Vec<(String, u64)>,
}

impl Reader<'_> {
    /// Takes what can be no more than a part of a word, or what only ends one, at once.
    fn skim(&mut self) {
        let bytes = self.rest.as_bytes();
        let is_plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'@');
        let word = bytes.iter().position(|byte| !is_plain(byte)).unwrap_or(bytes.len());
        if word > 0 {
            self.word.push_str(&self.rest[..word]);
            // Also within a longer word, as if it was read letter by letter.
            self.importing |= self.word.starts_with("@import");
            self.naming |= self.word.starts_with("@namespace");
        }
        let is_between = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\t' | b':' | b',' | b'.' | b'#' | b'>' | b'+' | b'*' | b'=' | b'[' | b']' | b'%' | b'!');
        let between = bytes[word..].iter().position(|byte| !is_between(byte)).unwrap_or(bytes.len() - word);
        if between > 0 {
            self.word.clear();
        }
        self.take(word + between);
    }

    fn step(&mut self) -> bool {
        self.skim();
        let Some(c) = self.rest.chars().next() else { return false };
        if self.rest.starts_with("/*") {
            let end = self.rest[2..].find("*/").map_or(self.rest.len(), |end| end + 4);
            self.take(end);
            return true;
        }
        match c {
            '"' | '\'' => {
                let (text, length) = quoted(&self.rest[1..], c);
                let line = self.line;
                self.take(1 + length);
                let loads = self.importing || self.open.last().is_some_and(|name| LOADING.contains(&name.as_str()));
                if loads {
                    self.find(text, line);
                }
                self.importing = false;
                self.word.clear();
            }
            '(' => {
                let name = std::mem::take(&mut self.word);
                self.take(1);
                if name == "url" && !self.rest.trim_start().starts_with(['"', '\'']) {
                    self.plain_url();
                } else {
                    self.open.push(name);
                }
            }
            ')' | ';' | '{' | '}' => {
                if c == ')' {
                    self.open.pop();
                } else {
                    self.open.clear();
                    (self.importing, self.naming) = (false, false);
                }
                self.word.clear();
                self.take(1);
            }
            _ => {
                let (c, length) = character(self.rest);
                self.take(length);
                if c.is_alphanumeric() || matches!(c, '-' | '_' | '@') {
                    self.word.extend(c.to_lowercase());
                } else {
                    self.word.clear();
                }
                self.importing |= self.word == "@import";
                self.naming |= self.word == "@namespace";
            }
        }
        true
    }

    /// `url(address)` without quotes.
    fn plain_url(&mut self) {
        let line = self.line;
        let mut url = String::new();
        while let Some(c) = self.rest.chars().next() {
            if c == ')' {
                self.take(1);
                break;
            }
            let (c, length) = character(self.rest);
            self.take(length);
            url.push(c);
        }
        self.find(url.trim().to_owned(), line);
        self.importing = false;
    }

    fn find(&mut self, url: String, line: u64) {
        if !self.naming {
            self.found.push((url, line));
        }
    }

    fn take(&mut self, length: usize) {
        let (taken, rest) = self.rest.split_at(length);
        self.line += u64::try_from(taken.bytes().filter(|byte| *byte == b'\n').count()).unwrap_or(0);
        self.rest = rest;
    }
}

/// The next character with its escape resolved, and how long it is written.
fn character(text: &str) -> (char, usize) {
    let c = text.chars().next().unwrap_or_default();
    let Some(rest) = text.strip_prefix('\\') else { return (c, c.len_utf8()) };
    let digits = rest.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
    if digits == 0 {
        return rest.chars().next().map_or(('\\', 1), |c| (c, 1 + c.len_utf8()));
    }
    let blank = usize::from(rest[digits..].starts_with([' ', '\n', '\t']));
    let c = u32::from_str_radix(&rest[..digits], 16).ok().and_then(char::from_u32).unwrap_or('\u{fffd}');
    (c, 1 + digits + blank)
}

/// The text up to the quotation mark or the end of the line, and how long it is with the mark.
fn quoted(text: &str, mark: char) -> (String, usize) {
    let (mut content, mut at) = (String::new(), 0);
    while let Some(c) = text[at..].chars().next() {
        if c == mark {
            return (content, at + 1);
        }
        if c == '\n' {
            break;
        }
        let (c, length) = character(&text[at..]);
        content.push(c);
        at += length;
    }
    (content, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes_of(css: &str) -> Vec<String> {
        sheet("a.css", &addresses(css), &|file| file == "fonts/a.woff2").iter().map(|finding| finding.code.to_string()).collect()
    }

    #[test]
    fn whatever_a_style_sheet_would_load_from_elsewhere_is_found() {
        for css in [
            "@import url(https://fonts.example/c.css);",
            "@import \"//fonts.example/c.css\";",
            "@import/**/'https://fonts.example/c.css' screen;",
            "b{c:url( 'https://x.example/y.png' )}",
            "b{c:u\\72l(https://x.example/y.png)}",
            "b{c:URL(\\68ttps://x.example/y.png)}",
            "b{c:image-set(\"https://x.example/y.png\" 1x)}",
            "b{c:-webkit-image-set(url(https://x.example/y.png) 1x)}",
            "b{background:url(//x.example/y.png)}/*",
            "@font-face{src:url(https://x.example/y.woff2) format('woff2')}",
        ] {
            assert_eq!(codes_of(css), ["H001"], "{css}");
        }
        for css in [
            "@font-face{src:url(fonts/a.woff2) format(\"woff2\")}b{c:url(#d)}/* url(https://example.org) */",
            "@namespace svg url(https://www.w3.org/2000/svg);",
            "b::after{content:\"https://example.org\"}",
            "b{c:url('data:image/png;base64,x')}",
        ] {
            assert_eq!(codes_of(css), [""; 0], "{css}");
        }
    }

    #[test]
    fn a_file_that_is_not_there_is_found_with_its_line() {
        let findings = sheet("a.css", &addresses("/*\n*/\nb{c:url(nicht.png)}"), &|_| false);
        assert_eq!((findings[0].code.to_string().as_str(), findings[0].line_column), ("H003", Some((3, 1))));
    }

    #[test]
    fn no_text_makes_the_reader_stumble() {
        for css in ["\\", "url(", "url(\"", "@import", "'\\", "/*", "a\\\n\"", "url(\\", ")))}{(("] {
            addresses(css);
        }
    }
}
