//! `<name key="value"/>`, the inside of a directive, read by hand.
//!
//! Markdown's own parser finds the place, it is valid inline HTML there; what is
//! allowed in it is less than in HTML: double quotes only, and no second tag.

use std::ops::Range;

/// Key, value, and the place of `key="value"` in the tag.
pub(super) type Args = Vec<(String, String, Range<usize>)>;

/// What is wrong in a directive.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) message: String,
    pub(super) help: String,
    /// Where in the tag.
    pub(super) range: Range<usize>,
}

/// Reads a tag from `<` to `>`.
pub(super) fn parse(tag: &str) -> Result<(String, Args), Fault> {
    let whole = 0..tag.len();
    if let Some(name) = tag.strip_prefix("</") {
        let name = name.trim_end_matches('>');
        return fault(whole, format!("`{name}` is closed here, but a directive has no closing tag"), "remove it and end the first tag in `/>`");
    }
    let mut cursor = Cursor { tag, at: 1 };
    let name = cursor.word();
    if name.is_empty() {
        return fault(whole, "the directive has no name", "write `{{<name key=\"value\"/>}}`");
    }
    let mut args = Args::new();
    loop {
        let spaced = cursor.blank();
        if cursor.take("/>") && cursor.at == tag.len() {
            return Ok((name.to_owned(), args));
        }
        let start = cursor.at;
        if cursor.rest() == ">" {
            return fault(start..tag.len(), format!("the directive `{name}` does not end in `/>`"), "write `/>}}` at its end");
        }
        let key = cursor.word();
        if key.is_empty() || !spaced {
            return fault(start..tag.len(), format!("expected a key or `/>` in the directive `{name}`"), "separate `key=\"value\"` by blanks");
        }
        let value = cursor.value(key, start)?;
        if args.iter().any(|(other, ..)| other == key) {
            return fault(start..cursor.at, format!("the key `{key}` stands here twice"), "remove one of the two");
        }
        args.push((key.to_owned(), value.to_owned(), start..cursor.at));
    }
}

fn fault<T>(range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Result<T, Fault> {
    Err(Fault { message: message.into(), help: help.into(), range })
}

struct Cursor<'a> {
    tag: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        self.tag.get(self.at..).unwrap_or_default()
    }

    fn take(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        self.at += if found { text.len() } else { 0 };
        found
    }

    /// Passes over white space; whether there was any.
    fn blank(&mut self) -> bool {
        let before = self.at;
        self.at = self.tag.len() - self.rest().trim_start().len();
        self.at > before
    }

    /// A letter, then letters, digits, `_` and `-`.
    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let is_inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let end = if rest.starts_with(|c: char| c.is_ascii_alphabetic()) { rest.find(|c| !is_inner(c)).unwrap_or(rest.len()) } else { 0 };
        self.at += end;
        &rest[..end]
    }

    /// `="…"`
    fn value(&mut self, key: &str, start: usize) -> Result<&'a str, Fault> {
        let help = format!("write `{key}=\"…\"`");
        self.blank();
        if !self.take("=") {
            return fault(start..self.at, format!("the key `{key}` has no value"), help);
        }
        self.blank();
        let end = self.rest().strip_prefix('"').and_then(|value| value.find('"'));
        let Some(end) = end else {
            return fault(start..self.tag.len(), format!("the value of `{key}` is not in double quotes"), help);
        };
        let value = &self.rest()[1..=end];
        self.at += end + 2;
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_values_come_with_their_places() {
        let (name, args) = parse("<fact vendor=\"zoom\"\n  criterion = \"a>b ü\" x-y=\"\" />").unwrap();
        let args: Vec<(&str, &str, Range<usize>)> = args.iter().map(|(key, value, range)| (key.as_str(), value.as_str(), range.clone())).collect();
        assert_eq!((name.as_str(), args), ("fact", vec![("vendor", "zoom", 6..19), ("criterion", "a>b ü", 22..42), ("x-y", "", 43..49)]));
        assert_eq!(parse("<list/>").unwrap(), ("list".into(), vec![]));
    }

    #[test]
    fn what_is_wrong_is_said_where_it_is() {
        for (tag, message, range) in [
            ("<fact a=\"b\">", "the directive `fact` does not end in `/>`", 11..12),
            ("</fact>", "`fact` is closed here, but a directive has no closing tag", 0..7),
            ("<fact a/>", "the key `a` has no value", 6..7),
            ("<fact a='b'/>", "the value of `a` is not in double quotes", 6..13),
            ("<fact a=b/>", "the value of `a` is not in double quotes", 6..11),
            ("<fact a=\"b/>", "the value of `a` is not in double quotes", 6..12),
            ("<fact a=/>", "the value of `a` is not in double quotes", 6..10),
            ("<fact a=\"b\" a=\"c\"/>", "the key `a` stands here twice", 12..17),
            ("<fact a=\"b\"c=\"d\"/>", "expected a key or `/>` in the directive `fact`", 11..18),
            ("<fact {a}/>", "expected a key or `/>` in the directive `fact`", 6..11),
            ("<!-- x -->", "the directive has no name", 0..10),
            ("<", "the directive has no name", 0..1),
        ] {
            let fault = parse(tag).unwrap_err();
            assert_eq!((fault.message.as_str(), fault.range), (message, range), "{tag}");
        }
    }
}
