//! What holds for every text: nothing panics, places are places, the HTML is well-formed.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::tests::{options, print, source};
use super::*;
use crate::parse::document::{Link, Piece};

/// Pieces of Markdown that like to get in each other's way.
const FRAGMENTS: &str = "\n¦\n\n¦\r\n¦ ¦    ¦\t¦a¦ü¦5¦\"¦'¦--¦...¦*¦**¦_¦~~¦`¦```\n¦```rust\n¦\\¦\u{0}¦\u{ad}¦\u{fffe}¦\
[¦]¦(¦)¦![¦](b)¦](<c d> \"t\")¦][r]¦[r]¦[r]: /x 'y'\n¦[^n]¦[^N]¦\n[^n]: ¦\n[^m]: ¦[^m]¦<https://x.y>¦<a@b.de>¦<b>¦</b>¦<div>\n¦<!-- ¦ -->¦<br/>¦\
{{<f/>}}¦{{<f a=\"b\"/>}}¦{{<f a=\"ü\nc\" />}}¦{{¦}}¦{{<¦\\{{<f/>}}¦<f/>¦# ¦## ¦### ¦ {#i}¦ {#j .k}¦ {.l}¦{x=y}¦\n===\n¦\n---\n¦\
> ¦>¦\n> ¦> [!NOTE]\n¦> [!TIP] a\n¦[!X]¦- ¦\n- ¦\n  - ¦\n1. ¦7) ¦- [ ] ¦- [x] ¦[ ] ¦|¦|a|b|\n|-|:-:|\n¦\n|c|¦\n: ¦a\n: ¦\
&amp;¦&quot;¦&#0;¦&nbsp;¦***\n¦  \n¦\\\n¦<¦>¦&¦\u{1f600}";

fn markdown() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(FRAGMENTS.split('¦').collect::<Vec<_>>()), 0..40).prop_map(|parts| parts.concat())
}

const BLOCKS: &[&str] =
    &["p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "aside", "pre", "div", "table", "section", "hr", "tr", "td", "th"];
const LINES: &[&str] = &["p", "h2", "h3", "h4", "h5", "h6", "dt", "em", "strong", "del", "a", "code", "label", "sup", "pre"];

/// Checks nesting, ids and the fragments that we make ourselves.
fn audit(html: &str, links: &[Link]) -> Result<(), String> {
    let (mut open, mut ids, mut fragments) = (Vec::<&str>::new(), BTreeSet::new(), Vec::new());
    let mut parts = html.split('<');
    parts.next();
    for part in parts {
        let (tag, text) = part.split_once('>').ok_or(format!("unclosed `{part}`"))?;
        if text.contains('>') {
            return Err(format!("`>` in `{text}`"));
        }
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("`{name}` closed in {open:?}"));
            }
            continue;
        }
        let name = tag.split(' ').next().unwrap_or_default();
        let parent = open.last().copied().unwrap_or_default();
        let wrong_parent = match name {
            "li" => !["ul", "ol"].contains(&parent),
            "dt" | "dd" => parent != "dl",
            "tr" => !["thead", "tbody"].contains(&parent),
            "td" | "th" => parent != "tr",
            "a" | "label" => open.contains(&name),
            _ => BLOCKS.contains(&name) && open.iter().any(|outer| LINES.contains(outer)),
        };
        if wrong_parent {
            return Err(format!("`{name}` in {open:?}"));
        }
        for attribute in tag.split("\" ") {
            let value = |key: &str| attribute.split_once(&format!("{key}=\"")).map(|(_, value)| value.trim_end_matches('"'));
            if let Some(id) = value(" id").or(attribute.strip_prefix("id=\"").map(|id| id.trim_end_matches('"')))
                && !ids.insert(id)
            {
                return Err(format!("the id `{id}` twice"));
            }
            fragments.extend(value("href").and_then(|href| href.strip_prefix('#')));
        }
        if !["br", "hr", "img", "input"].contains(&name) {
            open.push(name);
        }
    }
    let authored: BTreeSet<&str> = links.iter().filter_map(|link| link.target.strip_prefix('#')).collect();
    match fragments.iter().find(|fragment| !ids.contains(*fragment) && !authored.contains(*fragment)) {
        Some(fragment) => Err(format!("`#{fragment}` leads nowhere")),
        None if open.is_empty() => Ok(()),
        None => Err(format!("{open:?} left open")),
    }
}

/// Every range and span must be a slice of the file.
fn check_places(text: &str, document: &Document, findings: &[Diagnostic]) -> Result<(), TestCaseError> {
    let spans = findings.iter().flat_map(|finding| finding.span.iter().chain(finding.related.iter().map(|(span, _)| span))).map(|span| span.start..span.end);
    let args = document.directives.iter().flat_map(|directive| directive.args.iter().map(|(.., range)| range.clone()).chain([directive.range.clone()]));
    let ranges = document.links.iter().map(|link| link.range.clone()).chain(document.headings.iter().map(|heading| heading.range.clone()));
    for range in spans.chain(args).chain(ranges) {
        prop_assert!(text.get(range.clone()).is_some(), "{range:?}");
    }
    Ok(())
}

fn check_all(text: &str) -> Result<(), TestCaseError> {
    let front = "---\ntitle: Ü\n---\n";
    let file = source(&format!("{front}{text}"));
    for raw_html in [false, true] {
        let (document, findings) = read(&file, front.len()..file.text.len(), &Options { raw_html, ..options("de") });
        check_places(&file.text, &document, &findings)?;
        let neighbours = document.pieces.iter().collect::<Vec<_>>().windows(2).any(|two| two.iter().all(|piece| matches!(piece, Piece::Html(_))));
        prop_assert!(!neighbours);
        prop_assert_eq!(&document.plain, "");
        if !raw_html {
            let html = print(&document);
            prop_assert_eq!(audit(&html, &document.links), Ok(()), "{}", html);
            for heading in &document.headings {
                prop_assert_eq!(audit(&heading.html, &[]), Ok(()), "{}", heading.html);
            }
        }
    }
    let (document, findings) = inline(&file, text, text.len() / 2, &options("en"));
    check_places(&file.text, &document, &findings)?;
    prop_assert!(!document.plain.contains("  ") && document.plain.trim_matches(' ') == document.plain, "{:?}", document.plain);
    prop_assert_eq!(document.words, document.plain.split(' ').count(), "{:?}", document.plain);
    prop_assert_eq!(audit(&print(&document), &document.links), Ok(()));
    Ok(())
}

proptest! {
    #[test]
    fn any_string_is_read(text in any::<String>()) {
        check_all(&text)?;
    }

    #[test]
    fn any_markdown_becomes_balanced_html(text in markdown()) {
        check_all(&text)?;
    }
}
