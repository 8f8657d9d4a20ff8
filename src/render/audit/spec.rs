//! The slow and certain way through a page: the tokenizer of the HTML standard.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::Tag;

/// What the tokenizer comes past.
pub(super) enum Event<'a> {
    /// A start tag.
    Open(&'a Tag<'a>),
    /// An end tag.
    Close(&'a str),
    /// Text between tags.
    Text(&'a str),
}

/// Reports every start tag of the page.
pub(super) fn tags(html: &str, report: &mut dyn FnMut(&Tag<'_>)) {
    walk(html, &mut |event| {
        if let Event::Open(tag) = event {
            report(tag);
        }
    });
}

/// Reports tags and texts of the page in their order.
pub(super) fn walk(html: &str, report: &mut dyn FnMut(Event<'_>)) {
    let page = Page { report: RefCell::new(report), foreign: Cell::new(0) };
    let tokenizer = Tokenizer::new(page, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(html.into());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
}

struct Page<'a> {
    report: RefCell<&'a mut dyn FnMut(Event<'_>)>,
    /// Depth inside `svg` and `math`, where `style` and `title` are ordinary elements.
    foreign: Cell<usize>,
}

impl TokenSink for Page<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let tag = match token {
            Token::TagToken(tag) => tag,
            Token::CharacterTokens(text) => {
                (self.report.borrow_mut())(Event::Text(&text));
                return TokenSinkResult::Continue;
            }
            _ => return TokenSinkResult::Continue,
        };
        let name: &str = &tag.name;
        if name == "svg" || name == "math" {
            match tag.kind {
                TagKind::StartTag if !tag.self_closing => self.foreign.set(self.foreign.get() + 1),
                TagKind::EndTag => self.foreign.set(self.foreign.get().saturating_sub(1)),
                TagKind::StartTag => {}
            }
        }
        if tag.kind == TagKind::EndTag {
            (self.report.borrow_mut())(Event::Close(name));
            return TokenSinkResult::Continue;
        }
        let attributes = tag.attrs.iter().map(|attr| (Cow::Borrowed(&*attr.name.local), Cow::Borrowed(&*attr.value))).collect();
        (self.report.borrow_mut())(Event::Open(&Tag { name, attributes, line }));
        if self.foreign.get() > 0 {
            return TokenSinkResult::Continue;
        }
        // The tree builder of a browser would switch the tokenizer here.
        match name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "iframe" | "noembed" | "noframes" | "xmp" => TokenSinkResult::RawData(RawKind::Rawtext),
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }
}
