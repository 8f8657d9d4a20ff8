//! The fast way through a page: accepts only HTML as our templates write it.
//!
//! Anything else (an unquoted value, a capital tag, an entity beyond the common
//! ones, a stray `<`) ends it, and the page is read again by the tokenizer in
//! [`super::spec`]. Where it does go through, both report the same tags: a property
//! test compares them.

use std::borrow::Cow;

use super::Tag;

/// Reports every start tag of the page; `None` if the page is not plain.
pub(super) fn tags(html: &str, report: &mut dyn FnMut(&Tag<'_>)) -> Option<()> {
    // One search each: for several characters at once every one of the page would be decoded.
    if html.contains('\0') || html.contains('\r') {
        return None;
    }
    let mut at = 0;
    let mut line = 1;
    // Depth inside `svg` and `math`, where `style` and `title` are ordinary elements.
    let mut foreign = 0usize;
    while let Some(start) = html[at..].find('<') {
        let open = at + start;
        let rest = &html[open + 1..];
        let end = match rest.as_bytes().first()? {
            b'!' => open + 1 + declaration(rest)?,
            b'/' => {
                let name = name(&rest[1..])?;
                rest[1 + name.len()..].starts_with('>').then_some(())?;
                if is_foreign(name) {
                    foreign = foreign.saturating_sub(1);
                }
                open + 2 + name.len() + 1
            }
            _ => {
                let (tag, length, closed) = start_tag(rest)?;
                let end = open + 1 + length;
                let tag = Tag { line: line + lines(&html[at..end]), ..tag };
                if is_foreign(tag.name) && !closed {
                    foreign += 1;
                }
                report(&tag);
                let raw = foreign == 0 && is_raw(tag.name);
                if raw { raw_end(html, end, tag.name)? } else { end }
            }
        };
        line += lines(&html[at..end]);
        at = end;
    }
    Some(())
}

fn lines(text: &str) -> u64 {
    u64::try_from(text.bytes().filter(|byte| *byte == b'\n').count()).unwrap_or(u64::MAX)
}

fn is_foreign(name: &str) -> bool {
    name == "svg" || name == "math"
}

/// Elements whose content is text.
pub(super) fn is_raw(name: &str) -> bool {
    matches!(name, "script" | "style" | "iframe" | "noembed" | "noframes" | "xmp" | "title" | "textarea")
}

/// Length of `!doctype …>` or `!-- … -->`, with the bracket.
fn declaration(rest: &str) -> Option<usize> {
    if let Some(comment) = rest.strip_prefix("!--") {
        let end = comment.find("-->")?;
        let odd = comment.starts_with(['>', '-']) || comment[..end].contains("--");
        return (!odd).then_some(3 + end + 3);
    }
    let is_doctype = rest.get(..8).is_some_and(|word| word.eq_ignore_ascii_case("!doctype"));
    let end = rest.find('>')?;
    (is_doctype && !rest[..end].contains(['"', '\''])).then_some(end + 1)
}

/// The end of a raw text element's content; its end tag is read as usual.
fn raw_end(html: &str, from: usize, name: &str) -> Option<usize> {
    let end = html[from..].find("</")?;
    let content = &html[from..from + end];
    let closes = html[from + end + 2..].strip_prefix(name).is_some_and(|rest| rest.starts_with('>'));
    (closes && !content.contains("<!--")).then_some(from + end)
}

/// A tag name in small letters.
fn name(text: &str) -> Option<&str> {
    let end = text.bytes().position(|byte| !(byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')).unwrap_or(text.len());
    text.as_bytes().first().is_some_and(u8::is_ascii_lowercase).then(|| &text[..end])
}

/// The tag after `<`, its length with the bracket, and whether it closes itself.
fn start_tag(text: &str) -> Option<(Tag<'_>, usize, bool)> {
    let name = name(text)?;
    let mut tag = Tag { name, attributes: Vec::new(), line: 0 };
    let mut at = name.len();
    loop {
        let rest = &text[at..];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\n', '\t']).len();
        at += blanks;
        let rest = &text[at..];
        if rest.starts_with('>') {
            return Some((tag, at + 1, false));
        }
        if rest.starts_with("/>") {
            return Some((tag, at + 2, true));
        }
        if blanks == 0 {
            return None;
        }
        let end = rest.bytes().position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':')))?;
        let attribute = &rest[..end];
        if attribute.is_empty() || tag.attributes.iter().any(|(known, _)| known.eq_ignore_ascii_case(attribute)) {
            return None;
        }
        let attribute =
            if attribute.bytes().any(|byte| byte.is_ascii_uppercase()) { Cow::Owned(attribute.to_ascii_lowercase()) } else { Cow::Borrowed(attribute) };
        at += end;
        let value = match text[at..].strip_prefix("=\"") {
            Some(value) => {
                let value = &value[..value.find('"')?];
                at += value.len() + 3;
                decode(value)?
            }
            None if text[at..].starts_with([' ', '\n', '\t', '>', '/']) => Cow::Borrowed(""),
            None => return None,
        };
        // `<a b =c>` would give the value to `b` after all.
        if text[at..].trim_start_matches([' ', '\n', '\t']).starts_with('=') {
            return None;
        }
        tag.attributes.push((attribute, value));
    }
}

/// Resolves the entities that our escaping writes.
fn decode(value: &str) -> Option<Cow<'_, str>> {
    if !value.contains('&') {
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
        let plain = collect(|report| tags(html, report).is_some());
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
                let _ = tags(&html, &mut |tag| fast.tag(tag));
                super::super::spec::tags(&html, &mut |tag| slow.tag(tag));
                prop_assert_eq!(fast.finish(), slow.finish(), "{}", html);
            }
        }
    }
}
