//! YAML as nearly all files write it, straight from the parser's events.
//!
//! The crate's way to values goes through serde, a place at a time, and costs several times what parsing does. So the tree is
//! made of the events where they leave no doubt. Whatever else there is (a fault, a tag, an anchor, a key that is no text,
//! a number of an odd shape, sizes near the limits) gives no tree here, and [`super::read`] takes the crate's way.

use std::ops::Range;

use super::granit_parser::{Event, Parser, ScalarStyle, Span, StrInput};
use super::{Key, Kind, MAX_DEPTH, MAX_NODES, Node, clamp};

/// Calls back with the first and the second of two equal keys.
type Duplicate<'d> = &'d mut dyn FnMut(&Key, &Key);

/// The tree of `text`, which lies at `offset` of its file, if there can be no two opinions about it.
pub(super) fn read(text: &str, offset: usize, duplicate: Duplicate<'_>) -> Option<Node> {
    let mut events = Events { parser: Parser::new_from_str(text), text, offset, nodes: 0 };
    let is_start = matches!(events.next()?.0, Event::StreamStart) && matches!(events.next()?.0, Event::DocumentStart(..));
    let (event, place) = events.next().filter(|_| is_start)?;
    let node = events.node(event, place, 0, duplicate)?;
    let is_end = matches!(events.next()?.0, Event::DocumentEnd) && matches!(events.next()?.0, Event::StreamEnd);
    (is_end && events.parser.next_event().is_none()).then_some(node)
}

struct Events<'a> {
    parser: Parser<'a, StrInput<'a>>,
    text: &'a str,
    offset: usize,
    /// Keys and values so far.
    nodes: usize,
}

impl<'a> Events<'a> {
    /// The next event and its place in the file.
    fn next(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        let (event, span) = self.parser.next_event()?.ok()?;
        Some((event, self.place(&span)?))
    }

    fn place(&self, span: &Span) -> Option<Range<usize>> {
        let bytes = span.byte_range()?;
        let place = |at| self.offset + clamp(self.text, at);
        Some(place(bytes.start)..place(bytes.end.max(bytes.start)))
    }

    /// The value that an event begins.
    fn node(&mut self, event: Event<'a>, range: Range<usize>, depth: usize, duplicate: Duplicate<'_>) -> Option<Node> {
        self.nodes += 1;
        if depth == MAX_DEPTH / 2 || self.nodes >= MAX_NODES / 2 {
            return None;
        }
        let kind = match event {
            Event::Scalar(text, ScalarStyle::Plain, 0, None) => plain(&text)?,
            Event::Scalar(text, _, 0, None) => Kind::Text(text.into_owned()),
            Event::SequenceStart(_, 0, None) => Kind::Seq(self.items(depth, duplicate)?),
            Event::MappingStart(_, 0, None) => Kind::Map(self.entries(depth, duplicate)?),
            _ => return None,
        };
        Some(Node { kind, range })
    }

    fn items(&mut self, depth: usize, duplicate: Duplicate<'_>) -> Option<Vec<Node>> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Some(items),
                (event, range) => items.push(self.node(event, range, depth + 1, duplicate)?),
            }
        }
    }

    fn entries(&mut self, depth: usize, duplicate: Duplicate<'_>) -> Option<Vec<(Key, Node)>> {
        let mut entries: Vec<(Key, Node)> = Vec::new();
        loop {
            let key = match self.next()? {
                (Event::MappingEnd, _) => return Some(entries),
                (Event::Scalar(name, style, 0, None), range) if is_key(&name, style) => Key { name: name.into_owned(), range },
                _ => return None,
            };
            self.nodes += 1;
            let (event, range) = self.next()?;
            let value = self.node(event, range, depth + 1, duplicate)?;
            match entries.iter().find(|(first, _)| first.name == key.name) {
                Some((first, _)) => duplicate(first, &key),
                None => entries.push((key, value)),
            }
        }
    }
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// Whether a key is the text it is written as.
fn is_key(name: &str, style: ScalarStyle) -> bool {
    style != ScalarStyle::Plain || !(is_null(name) || name == "<<")
}

/// What a scalar without quotes is (YAML 1.2.2, 10.3.2), where that is plain.
fn plain(text: &str) -> Option<Kind> {
    if is_null(text) {
        return Some(Kind::Null);
    }
    match text {
        "true" | "True" | "TRUE" => return Some(Kind::Bool(true)),
        "false" | "False" | "FALSE" => return Some(Kind::Bool(false)),
        _ => {}
    }
    let bytes = text.as_bytes();
    if is_no_number(bytes) {
        return Some(Kind::Text(text.to_owned()));
    }
    let are_digits = bytes.iter().all(u8::is_ascii_digit);
    if are_digits && bytes.len() < 19 && (bytes[0] != b'0' || bytes.len() == 1) {
        return text.parse().ok().map(Kind::Int);
    }
    if are_digits || !bytes.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.') {
        return None;
    }
    // With two dots it is the number of a version.
    match text.parse::<f64>() {
        Ok(number) => number.is_finite().then_some(Kind::Float),
        Err(_) => Some(Kind::Text(text.to_owned())),
    }
}

/// Whether no spelling of a number looks like a text, which may be a day or begin with a letter.
fn is_no_number(text: &[u8]) -> bool {
    let Some(first) = text.first().filter(|first| first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.')) else { return true };
    // `0x1f`, `.inf`, `-.nan`
    let may_have_letters = !first.is_ascii_digit() || (*first == b'0' && text.get(1).is_some_and(u8::is_ascii_alphabetic));
    let is_odd = |byte: u8| match byte {
        b'0'..=b'9' | b'+' | b'-' | b'.' | b'_' | b'e' | b'E' => false,
        byte => !(may_have_letters && byte.is_ascii_alphabetic()),
    };
    let is_sign_inside = |two: &[u8]| matches!(two[1], b'+' | b'-') && !matches!(two[0], b'e' | b'E');
    text.iter().any(|byte| is_odd(*byte)) || text.windows(2).any(is_sign_inside)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::parse::yaml::through_serde;

    /// Reads a text both ways; whether the events were enough. Each way gives the tree and the names of keys that come twice.
    fn is_plain(text: &str) -> Result<bool, TestCaseError> {
        let (mut short, mut long) = (Vec::new(), Vec::new());
        let Some(node) = read(text, 3, &mut |first, second| short.push(format!("{first:?} {second:?}"))) else { return Ok(false) };
        let other = through_serde(text, 3, &mut |first, second| long.push(format!("{first:?} {second:?}")));
        prop_assert_eq!(format!("{node:?} {short:?}"), other.map_or_else(|error| error.to_string(), |other| format!("{other:?} {long:?}")), "{}", text);
        Ok(true)
    }

    #[test]
    fn what_files_hold_is_plain_and_the_rest_is_left_to_the_crate() {
        for (text, expected) in [
            ("a: b\n", true),
            ("a: 'b'\n\"c\": [1, 2.5, 1.2.3, ~, true, no, 2024-01-17, 5G, a b, ]\nä: {d: e, f: {}, g: []}\n", true),
            ("a: >-\n  ü\n  c\nb: |\n  d\n\n", true),
            ("# c\n---\na:\n- b:\n  c: \"\\u00e4\"\n  b: 1\n...\n", true),
            ("a\n", true),
            ("", false),
            ("---\n", true),
            ("a: 1\n---\nb: 2\n", false),
            ("a: &x 1\n", false),
            ("a: !!str 1\n", false),
            ("<<: {a: b}\n", false),
            ("[a]: b\n", false),
            ("~: b\n", false),
            ("a: 0x1f\n", false),
            ("a: 1e3\n", false),
            ("a: .inf\n", false),
            ("a: 007\n", false),
            ("a: [b\n", false),
        ] {
            assert_eq!(is_plain(text).unwrap(), expected, "{text:?}");
        }
    }

    /// Pieces of YAML that like to get in each other's way.
    const FRAGMENTS: &str = "\n¦\n  ¦\n- ¦\n  - ¦: ¦:¦, ¦[¦]¦{¦}¦\"¦'¦a¦b: ¦\na: ¦\nb: ¦ü¦\u{feff}¦\t¦ ¦#¦ # x¦|\n  ¦>-\n  ¦---\n¦\n...\n¦&x ¦*x¦!!str ¦!t ¦<<: ¦? ¦\
~¦null¦Null¦true¦FALSE¦yes¦0¦1¦-1¦+1¦1.5¦.5¦1.¦.¦1.2.3¦1e5¦1e-5¦1_000¦0x1f¦0o7¦007¦08¦.inf¦-.inf¦.NaN¦nan¦inf¦2024-01-17¦12:30¦5G¦2e¦9223372036854775808¦99999999999999999999¦\
\\n¦\\u00e4¦\\¦%¦@¦`¦-¦+¦e¦E¦_¦\r\n";

    proptest! {
        #[test]
        fn both_ways_are_of_one_opinion(parts in prop::collection::vec(prop::sample::select(FRAGMENTS.split('¦').collect::<Vec<_>>()), 0..16)) {
            is_plain(&parts.concat())?;
        }

        #[test]
        fn scalars_are_of_one_kind(parts in prop::collection::vec(prop::sample::select(FRAGMENTS.split('¦').collect::<Vec<_>>()), 1..4)) {
            is_plain(&format!("a: {}\n{}: b\n", parts.concat(), parts.concat()))?;
        }
    }
}
