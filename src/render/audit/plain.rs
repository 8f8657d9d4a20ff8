//! The fast way through a page: accepts only HTML as our templates write it.
//!
//! Anything else (an unquoted value, a capital tag, an entity beyond the common
//! ones, a stray `<`) ends it, and the page is read again by the tokenizer in
//! [`super::spec`]. Where it does go through, both report the same tags: a property
//! test compares them.

use std::borrow::Cow;

use super::Tag;
use crate::base::seek;

/// Reports every start tag of the page; `None` if the page is not plain.
///
/// Only what is in tags has to be text: bytes between them that are none are no tags in any case.
pub(super) fn tags(html: &[u8], report: &mut dyn FnMut(&Tag<'_>)) -> Option<()> {
    if seek::has_either(b'\0', b'\r', html) {
        return None;
    }
    let mut tag = Tag { name: "", attributes: Vec::new(), line: 1 };
    let (mut at, mut counted) = (0, 0);
    // Depth inside `svg` and `math`, where `style` and `title` are ordinary elements.
    let mut foreign = 0usize;
    while let Some(start) = seek::byte(b'<', &html[at..]) {
        let open = at + start;
        let rest = &html[open + 1..];
        at = match rest.first()? {
            b'!' => open + 1 + declaration(rest)?,
            b'/' => {
                let name = name(&rest[1..])?;
                (rest.get(1 + name.len()) == Some(&b'>')).then_some(())?;
                if is_foreign(name) {
                    foreign = foreign.saturating_sub(1);
                }
                open + 2 + name.len() + 1
            }
            _ => {
                let (length, closed) = start_tag(rest, &mut tag)?;
                let end = open + 1 + length;
                tag.line += u64::try_from(seek::count(b'\n', &html[counted..end])).unwrap_or(u64::MAX);
                counted = end;
                if is_foreign(tag.name) && !closed {
                    foreign += 1;
                }
                report(&tag);
                let raw = foreign == 0 && is_raw(tag.name);
                if raw { raw_end(html, end, tag.name)? } else { end }
            }
        };
    }
    Some(())
}

fn is_foreign(name: &str) -> bool {
    name == "svg" || name == "math"
}

/// Elements whose content is text.
pub(super) fn is_raw(name: &str) -> bool {
    matches!(name, "script" | "style" | "iframe" | "noembed" | "noframes" | "xmp" | "title" | "textarea")
}

/// Length of `!doctype …>` or `!-- … -->`, with the bracket.
fn declaration(rest: &[u8]) -> Option<usize> {
    if let Some(comment) = rest.strip_prefix(b"!--") {
        let end = seek::row(b"-->", comment)?;
        let odd = matches!(comment.first(), Some(b'>' | b'-')) || seek::row(b"--", &comment[..end]).is_some();
        return (!odd).then_some(3 + end + 3);
    }
    let is_doctype = rest.get(..8).is_some_and(|word| word.eq_ignore_ascii_case(b"!doctype"));
    let end = seek::byte(b'>', rest)?;
    (is_doctype && !seek::has_either(b'"', b'\'', &rest[..end])).then_some(end + 1)
}

/// The end of a raw text element's content; its end tag is read as usual.
fn raw_end(html: &[u8], from: usize, name: &str) -> Option<usize> {
    let end = seek::row(b"</", &html[from..])?;
    let content = &html[from..from + end];
    let closes = html[from + end + 2..].strip_prefix(name.as_bytes()).is_some_and(|rest| rest.first() == Some(&b'>'));
    (closes && seek::row(b"<!--", content).is_none()).then_some(from + end)
}

/// A tag name in small letters.
fn name(text: &[u8]) -> Option<&str> {
    let end = text.iter().position(|byte| !(byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-')).unwrap_or(text.len());
    text.first().is_some_and(u8::is_ascii_lowercase).then(|| std::str::from_utf8(&text[..end]).ok()).flatten()
}

/// Reads the tag after `<`: its length with the bracket, and whether it closes itself.
fn start_tag<'a>(text: &'a [u8], tag: &mut Tag<'a>) -> Option<(usize, bool)> {
    tag.name = name(text)?;
    tag.attributes.clear();
    let mut at = tag.name.len();
    loop {
        let rest = skip_blanks(&text[at..]);
        let has_blanks = rest.len() < text.len() - at;
        at = text.len() - rest.len();
        match rest {
            [b'>', ..] => return Some((at + 1, false)),
            [b'/', b'>', ..] => return Some((at + 2, true)),
            _ if !has_blanks => return None,
            _ => {}
        }
        let end = rest.iter().position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':')))?;
        let attribute = std::str::from_utf8(&rest[..end]).ok()?;
        if attribute.is_empty() || tag.attributes.iter().any(|(known, _)| known.eq_ignore_ascii_case(attribute)) {
            return None;
        }
        let attribute =
            if attribute.bytes().any(|byte| byte.is_ascii_uppercase()) { Cow::Owned(attribute.to_ascii_lowercase()) } else { Cow::Borrowed(attribute) };
        at += end;
        let value = match &text[at..] {
            [b'=', b'"', value @ ..] => {
                let value = &value[..seek::byte(b'"', value)?];
                at += value.len() + 3;
                decode(std::str::from_utf8(value).ok()?)?
            }
            [b' ' | b'\n' | b'\t' | b'>' | b'/', ..] => Cow::Borrowed(""),
            _ => return None,
        };
        // `<a b =c>` would give the value to `b` after all.
        if skip_blanks(&text[at..]).first() == Some(&b'=') {
            return None;
        }
        tag.attributes.push((attribute, value));
    }
}

fn skip_blanks(text: &[u8]) -> &[u8] {
    let end = text.iter().position(|byte| !matches!(byte, b' ' | b'\n' | b'\t')).unwrap_or(text.len());
    &text[end..]
}

/// Resolves the entities that our escaping writes.
fn decode(value: &str) -> Option<Cow<'_, str>> {
    if seek::byte(b'&', value.as_bytes()).is_none() {
        return Some(Cow::Borrowed(value));
    }
    let mut decoded = String::with_capacity(value.len());
    let mut parts = value.split('&');
    decoded.push_str(parts.next()?);
    for part in parts {
        let (entity, rest) = part.split_once(';')?;
        decoded.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#39" | "#x27" => '\'',
            _ => return None,
        });
        decoded.push_str(rest);
    }
    Some(Cow::Owned(decoded))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Page;
    use super::*;

    type Flat = (String, Vec<(String, String)>, u64);

    fn collect(run: impl FnOnce(&mut dyn FnMut(&Tag<'_>)) -> bool) -> Option<Vec<Flat>> {
        let mut found = Vec::new();
        let through = run(&mut |tag| {
            let attributes = tag.attributes.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
            found.push((tag.name.to_owned(), attributes, tag.line));
        });
        through.then_some(found)
    }

    fn both(html: &str) -> (Option<Vec<Flat>>, Vec<Flat>) {
        let plain = collect(|report| tags(html.as_bytes(), report).is_some());
        let spec = collect(|report| {
            super::super::spec::tags(html, report);
            true
        });
        (plain, spec.unwrap_or_default())
    }

    #[test]
    fn our_own_kind_of_page_goes_the_fast_way() {
        let html = "<!DOCTYPE html>\n<html lang=\"de\">\n<title>a <b> c</title><svg viewBox=\"0 0 1 1\"><title>x</title><use href=\"#a\"/></svg>\n<p class=\"a\" hidden>ä &amp; <a href=\"x?a=1&amp;b=2\"\n id=\"b\">c</a><br><!-- d --><script src=\"e\" defer></script></p>\n</html>\n";
        let (plain, spec) = both(html);
        assert_eq!(plain.as_ref(), Some(&spec));
        assert_eq!(spec.len(), 9);
    }

    fn fragment() -> impl Strategy<Value = String> {
        let known = [
            "<p>",
            "</p>",
            "<a href=\"x\">",
            "<a href='x'>",
            "<A HREF=x>",
            "<br/>",
            "<br />",
            "<svg>",
            "</svg>",
            "<title>",
            "</title>",
            "<style>",
            "</style>",
            "<script>",
            "</script>",
            "<!-- x -->",
            "<!-->",
            "<!--",
            "-->",
            "<!doctype html>",
            "<",
            ">",
            "\"",
            "&amp;",
            "&lt",
            "&#106;",
            "\n",
            " x ",
            "<p id=\"a\" id=\"b\">",
            "<p a = \"b\">",
            "<p a=\"&quot;\">",
            "<p a=\"&copy;\">",
            "<p a=\"b\"c=\"d\">",
            "<p\n\ta\n>",
            "ä",
            "\r",
            "<textarea>",
            "</textarea>",
            "</textarea >",
            "<math>",
            "</math>",
            "<p / a>",
            "<p a/>",
            "<iframe>",
            "</iframe>",
            "<p a=>",
            "<x-y z:z=\"1\" viewBox=\"2\">",
            "<html lang=\"de\">",
            "<h1>",
            "<h3 id=\"a\">",
            "<img src=\"https://x.example\" srcset=\"a 1x, //b.example 2x\">",
            "<a href=\"data:x\" ping=\"https://x.example\">",
            "<meta http-equiv=\"refresh\" content=\"0;url=x\">",
            "<set to=\"javascript:x\"/>",
            "<rect fill=\"url(https://x.example#a)\"/>",
            "<a href=\"../b/#c\" onclick=\"x\" style=\"y\">",
        ];
        proptest::sample::select(known.map(str::to_owned).to_vec())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn the_fast_way_reports_what_the_tokenizer_reports_or_steps_aside(parts in proptest::collection::vec(fragment(), 0..10)) {
            let html = parts.concat();
            let (plain, spec) = both(&html);
            if let Some(plain) = plain {
                prop_assert_eq!(plain, spec, "{}", html);
                // What the audit makes of the tags is the same then, too.
                let (mut fast, mut slow) = (Page::new("a", false), Page::new("a", false));
                let _ = tags(html.as_bytes(), &mut |tag| fast.tag(tag));
                super::super::spec::tags(&html, &mut |tag| slow.tag(tag));
                prop_assert_eq!(fast.finish(), slow.finish(), "{}", html);
            }
        }
    }
}
