//! Markdown → [`Document`].
//!
//! 1. The parser's events become tokens, one pass: neighbouring texts are joined,
//!    directives recognised, raw HTML dropped, footnotes sorted out;
//! 2. `writer` prints the tokens.
//!
//! This is the only module that names `pulldown_cmark`. Three things it does not say are
//! found out here by comparing a text's range with the source: what was escaped
//! (`\"`, `\{{<`), what was an entity, and footnotes that do not exist, which are plain
//! text to it.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, BrokenLink, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Parser, TagEnd};
use pulldown_cmark::{Options as Extensions, Tag as Mark};

use super::directive;
pub use super::document::Options;
use super::document::{Alert, Directive, Document};
use super::footnotes;
use super::integrity::{self, Log};
use super::place::{Places, Report};
use super::token::{Align, HeadingTag, Note, Script, Tag, Target, Token};
use super::{text, writer};
use crate::base::codes;
use crate::base::diag::{self, Diagnostic};
use crate::base::source::Source;

const ALLOW_HTML: &str = "write it in Markdown, or allow it in site.yaml by `markdown: {raw_html: true}`";

/// Reads the Markdown in `range` of `source`. Its plain text is not kept.
pub fn read(source: &Source, range: Range<usize>, options: &Options<'_>) -> (Document, Vec<Diagnostic>) {
    let start = range.start;
    let text = source.text.get(range).unwrap_or_default();
    convert(source, text, Places::Slice(start), options, false)
}

/// Reads prose from a YAML value that starts at about `at` in `source`. A single
/// paragraph has no `<p>`, headings have no links to themselves, footnotes are refused.
pub fn inline(source: &Source, text: &str, at: usize, options: &Options<'_>) -> (Document, Vec<Diagnostic>) {
    convert(source, text, Places::aligned(&source.text, at, text), options, true)
}

fn convert(source: &Source, text: &str, places: Places, options: &Options<'_>, inline: bool) -> (Document, Vec<Diagnostic>) {
    let report = Report { source, places, findings: Vec::new() };
    let mut reader = Reader {
        text,
        report,
        raw_html: options.raw_html,
        inline,
        // About as many as a text of sentences becomes.
        script: Script { body: Vec::with_capacity(text.len() / 32), ..Script::default() },
        notes: vec![],
        text_end: 0,
        skip: 0,
        verbatim: false,
        log: Log::default(),
    };
    let mut broken = Vec::new();
    let mut callback = |link: BrokenLink<'_>| {
        broken.push((link.link_type, link.span, link.reference.to_string()));
        None
    };
    for (event, range) in Parser::new_with_broken_link_callback(text, extensions(), Some(&mut callback)).into_offset_iter() {
        reader.log(&event, &range);
        reader.event(event, range);
    }
    let Reader { script, mut report, log, .. } = reader;
    let mentions = integrity::check(log, options.language, &mut report);
    for (kind, span, name) in broken {
        report_undefined(text, &mut report, kind, &span, &name);
    }
    let document = Document { mentions, ..writer::write(text, script, options, inline, &mut report) };
    diag::sort(&mut report.findings);
    (document, report.findings)
}

/// Task lists and heading attributes are not among them, `text` reads both.
fn extensions() -> Extensions {
    Extensions::ENABLE_TABLES | Extensions::ENABLE_FOOTNOTES | Extensions::ENABLE_STRIKETHROUGH | Extensions::ENABLE_GFM | Extensions::ENABLE_DEFINITION_LIST
}

/// `[x][y]` and `[x][]` are meant as links; a lone `[x]` is text.
fn report_undefined(text: &str, report: &mut Report<'_>, kind: LinkType, span: &Range<usize>, name: &str) {
    if matches!(kind, LinkType::Reference | LinkType::Collapsed) {
        // The parser leaves the brackets of `[x][]` out of the span.
        let end = if text.get(span.end..).is_some_and(|rest| rest.starts_with("[]")) { span.end + 2 } else { span.end };
        let help = format!("add a line `[{name}]: address`, or write `\\[` if the brackets are text");
        report.error(codes::UNDEFINED_REFERENCE, &(span.start..end), format!("the link refers to `{name}`, which is not defined"), help);
    }
}

struct Reader<'a, 'r> {
    text: &'a str,
    report: Report<'r>,
    raw_html: bool,
    inline: bool,
    script: Script<'a>,
    /// The footnotes that are being read, innermost last.
    notes: Vec<usize>,
    /// Where the last piece of text ended.
    text_end: usize,
    /// Text before this was read as part of a directive.
    skip: usize,
    /// In code and in bare addresses, where text is printed as it is.
    verbatim: bool,
    /// What is visible, for the audit of the text itself.
    log: Log,
}

impl<'a> Reader<'a, '_> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(mark) => self.start(mark, range),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.read_text(text, range),
            Event::Code(code) => self.push(Token::Code(code.into())),
            Event::InlineHtml(html) => self.inline_html(html, range),
            Event::Html(html) => self.block_html(html, &range),
            Event::FootnoteReference(label) => self.reference(label, range),
            Event::SoftBreak => self.push(Token::Break { hard: false }),
            Event::HardBreak => self.push(Token::Break { hard: true }),
            Event::Rule => self.push(Token::Rule),
            // Not asked for.
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    /// Shows the audit what is visible.
    fn log(&mut self, event: &Event<'a>, range: &Range<usize>) {
        match event {
            Event::Start(mark) => {
                match mark {
                    Mark::Link { dest_url, .. } => return self.log.open_link(dest_url, range),
                    Mark::BlockQuote(None) => self.log.open_quote(),
                    Mark::Emphasis | Mark::Strong | Mark::Strikethrough | Mark::Superscript | Mark::Subscript | Mark::Image { .. } => return,
                    _ => {}
                }
                self.log.border();
            }
            Event::End(TagEnd::Link) => self.log.close_link(),
            Event::End(end) if is_block(*end) => {
                self.log.border();
                if matches!(end, TagEnd::BlockQuote(None)) {
                    self.log.close_quote();
                }
            }
            // Code is in no language.
            Event::Text(text) if !(self.verbatim && self.log.is_outside_links()) => self.log.text(text, range),
            Event::InlineHtml(html) | Event::Html(html) if self.raw_html => self.log.html(html, range),
            Event::Code(_) | Event::SoftBreak | Event::HardBreak | Event::InlineHtml(_) => self.log.text(" ", range),
            _ => {}
        }
    }

    fn start(&mut self, mark: Mark<'a>, range: Range<usize>) {
        let tag = match mark {
            Mark::FootnoteDefinition(label) => return self.open_note(label, &range),
            Mark::HtmlBlock => return self.report_html_block(&range),
            Mark::MetadataBlock(_) => return,
            Mark::Heading { level, .. } => self.heading(level, range),
            Mark::CodeBlock(kind) => {
                self.verbatim = true;
                Tag::CodeBlock(language(kind))
            }
            Mark::Link { link_type, dest_url, title, .. } => {
                self.verbatim = matches!(link_type, LinkType::Autolink | LinkType::Email);
                let address = if link_type == LinkType::Email { format!("mailto:{dest_url}") } else { dest_url.into_string() };
                Tag::Link(self.target(address, title, range))
            }
            Mark::Image { dest_url, title, .. } => Tag::Image(self.target(dest_url.into_string(), title, range)),
            other => simple_tag(other),
        };
        self.push(Token::Open(tag));
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::FootnoteDefinition => {
                self.notes.pop();
                return;
            }
            TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => return,
            TagEnd::CodeBlock | TagEnd::Link => self.verbatim = false,
            TagEnd::Heading(_) => {
                let Script { body, notes, ids } = &mut self.script;
                let tokens = self.notes.last().and_then(|&note| notes.get_mut(note)).map_or(body, |note| &mut note.tokens);
                text::take_attributes(self.text, tokens, ids, &mut self.report);
            }
            _ => {}
        }
        self.push(Token::Close { block: is_block(end) });
    }

    /// Adds a token; the text before it is complete then.
    fn push(&mut self, token: Token<'a>) {
        let tokens = self.script.tokens(self.notes.last());
        if let Some(Token::Text(last)) = tokens.last_mut() {
            match &token {
                Token::Text(more) if more.start == last.end => {
                    last.end = more.end;
                    return;
                }
                _ => text::finish(self.text, tokens, self.inline, &mut self.report),
            }
        }
        tokens.push(token);
    }

    fn read_text(&mut self, content: CowStr<'a>, range: Range<usize>) {
        let escaped = range.start > self.text_end && self.text.as_bytes().get(range.start - 1) == Some(&b'\\');
        self.text_end = range.end;
        if self.verbatim || self.text.get(range.clone()) != Some(&*content) {
            return self.push(Token::Literal(content.into()));
        }
        let start = if escaped { range.start + content.chars().next().map_or(0, char::len_utf8) } else { range.start.max(self.skip) };
        if escaped {
            self.push(Token::Literal(Cow::Borrowed(&self.text[range.start..start])));
        }
        if start < range.end {
            self.push(Token::Text(start..range.end));
        }
    }

    /// A directive, its escaped spelling, or a tag.
    fn inline_html(&mut self, html: CowStr<'a>, range: Range<usize>) {
        if self.text[..range.start].ends_with("{{") {
            if self.take_braces(range.start) {
                return self.directive(&html, range);
            }
            return self.push(Token::Literal(html.into()));
        }
        if self.raw_html {
            return self.push(Token::Raw(html.into()));
        }
        // The end of an element is dropped with its start, which is reported.
        if !html.starts_with("</") {
            let name = html[1..].split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or_default();
            let what = if html.starts_with("<!") || name.is_empty() { "the HTML".to_owned() } else { format!("the HTML tag `<{name}>`") };
            self.report.warning(codes::RAW_HTML, &range, format!("{what} is dropped, the text between tags stays"), ALLOW_HTML);
        }
    }

    /// Takes `{{` off the end of the text; it is not there if it was escaped.
    fn take_braces(&mut self, end: usize) -> bool {
        let tokens = self.script.tokens(self.notes.last());
        let Some(Token::Text(last)) = tokens.last_mut() else { return false };
        if last.end != end || last.len() < 2 {
            return false;
        }
        last.end -= 2;
        if last.start == last.end {
            tokens.pop();
        }
        true
    }

    fn directive(&mut self, tag: &str, range: Range<usize>) {
        let closed = self.text[range.end..].starts_with("}}");
        let end = if closed { range.end + 2 } else { range.end };
        self.skip = end;
        // Within a quote the tag may have lost a line's `>`; then its inside has no places.
        let whole = range.start - 2..end;
        let is_slice = &self.text[range.clone()] == tag;
        let place = |inside: Range<usize>| if is_slice { range.start + inside.start..range.start + inside.end } else { whole.clone() };
        match directive::parse(tag) {
            Err(fault) => self.report.error(codes::DIRECTIVE_SYNTAX, &place(fault.range), fault.message, fault.help),
            Ok((name, _)) if !closed => {
                let help = "write `}}` right behind `/>`";
                self.report.error(codes::DIRECTIVE_SYNTAX, &whole, format!("the directive `{name}` is not closed by `}}}}`"), help);
            }
            Ok((name, args)) => {
                let places = &self.report.places;
                let args = args.into_iter().map(|(key, value, inside)| (key, value, places.of(&place(inside)))).collect();
                let range = places.of(&whole);
                self.push(Token::Directive(Directive { name, args, block: false, range }));
            }
        }
    }

    fn block_html(&mut self, html: CowStr<'a>, range: &Range<usize>) {
        if !self.raw_html {
            return;
        }
        if html.contains("{{<") {
            let help = "put empty lines around it, so that it is no part of the HTML";
            self.report.error(codes::DIRECTIVE_SYNTAX, range, "a directive inside a block of HTML is not read", help);
        }
        self.push(Token::Raw(html.into()));
    }

    fn report_html_block(&mut self, range: &Range<usize>) {
        if !self.raw_html {
            let block = self.text.get(range.clone()).unwrap_or_default().trim_end();
            let range = range.start..range.start + block.len();
            self.report.warning(codes::RAW_HTML, &range, "the block of HTML is dropped with everything in it", ALLOW_HTML);
        }
    }

    fn target(&mut self, address: String, title: CowStr<'a>, range: Range<usize>) -> Target<'a> {
        if address.contains("{{<") || title.contains("{{<") {
            let help = "write it before or after the link";
            self.report.error(codes::DIRECTIVE_SYNTAX, &range, "a directive in the address or title of a link is not read", help);
        }
        Target { address, title: title.into(), range }
    }

    fn reference(&mut self, label: CowStr<'a>, range: Range<usize>) {
        if self.inline {
            return footnotes::report_refused(&label, &range, &mut self.report);
        }
        self.push(Token::Reference(label.into(), range));
    }

    fn open_note(&mut self, label: CowStr<'a>, range: &Range<usize>) {
        let end = (range.start + label.len() + "[^]:".len()).min(range.end);
        self.notes.push(self.script.notes.len());
        self.script.notes.push(Note { label: label.into(), range: range.start..end, tokens: Vec::new() });
    }

    fn heading(&mut self, level: HeadingLevel, range: Range<usize>) -> Tag<'a> {
        let range = range.start..range.start + self.text[range].trim_end().len();
        if level == HeadingLevel::H1 {
            let help = "start it with `##`; the page's title is the only heading of level 1";
            self.report.error(codes::SECOND_H1, &range, "found a heading of level 1 in the text, expected level 2 or lower", help);
        }
        Tag::Heading(HeadingTag { level: (level as u8).max(2), id: None, classes: Vec::new(), range })
    }
}

fn is_block(end: TagEnd) -> bool {
    !matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript | TagEnd::Link | TagEnd::Image)
}

fn simple_tag(mark: Mark<'_>) -> Tag<'_> {
    match mark {
        Mark::Paragraph => Tag::Paragraph,
        Mark::BlockQuote(Some(kind)) => Tag::Alert(alert(kind)),
        Mark::List(Some(first)) => Tag::Numbered(first),
        Mark::List(None) => Tag::Block("ul"),
        Mark::Item => Tag::Item,
        Mark::DefinitionList => Tag::Block("dl"),
        Mark::DefinitionListTitle => Tag::Block("dt"),
        Mark::DefinitionListDefinition => Tag::Block("dd"),
        Mark::Table(columns) => Tag::Table(columns.into_iter().map(align).collect()),
        Mark::TableHead => Tag::Head,
        Mark::TableRow => Tag::Row,
        Mark::TableCell => Tag::Cell,
        Mark::Emphasis => Tag::Inline("em"),
        Mark::Strong => Tag::Inline("strong"),
        Mark::Strikethrough => Tag::Inline("del"),
        Mark::Superscript => Tag::Inline("sup"),
        Mark::Subscript => Tag::Inline("sub"),
        // A quote; whatever else there is has been read before.
        _ => Tag::Block("blockquote"),
    }
}

fn alert(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => Alert::Note,
        BlockQuoteKind::Tip => Alert::Tip,
        BlockQuoteKind::Important => Alert::Important,
        BlockQuoteKind::Warning => Alert::Warning,
        BlockQuoteKind::Caution => Alert::Caution,
    }
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::Default,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}

/// The first word behind the fence.
fn language(kind: CodeBlockKind<'_>) -> Cow<'_, str> {
    match kind {
        CodeBlockKind::Indented => Cow::Borrowed(""),
        CodeBlockKind::Fenced(info) => Cow::Owned(info.split_whitespace().next().unwrap_or_default().to_owned()),
    }
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
