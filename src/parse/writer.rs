//! Tokens → [`Document`]: everything that is printed is printed here.
//!
//! 1. [`write()`] prints the body, then the footnotes it refers to, then the section
//!    that holds them;
//! 2. every token changes what is open (`frames`), and quotes are set with a look at
//!    the next visible token;
//! 3. a heading is printed with a gap for its id, which is made of its text at its end.

use std::ops::Range;

use super::document::{Directive, Document, Heading, Link, Options, Pieces, escape};
use super::footnotes::Notes;
use super::place::Report;
use super::quotes::{self, Quotes};
use super::table::Table;
use super::token::{HeadingTag, Ids, Script, Tag, Target, Token};
use super::visible::{self, Plain, is_border, next_visible, spread};
use crate::base::codes;

/// Prints a script; `text` is what its ranges mean. With `inline` a lone paragraph
/// loses its `<p>`, and headings have no link to themselves.
pub(super) fn write(text: &str, script: Script<'_>, options: &Options<'_>, inline: bool, report: &mut Report<'_>) -> Document {
    let Script { body, notes, ids } = script;
    let notes = Notes::new(notes, report);
    let mut writer = Writer {
        text,
        options,
        report,
        anchors: !inline,
        ids,
        notes,
        out: Pieces::with_room(text.len() + text.len() / 2),
        document: Document::default(),
        // The search takes an article's text from the HTML, cut at the headings; kept, this would be as large as all articles.
        plain: Plain::new(inline.then_some(text.len())),
        quotes: Quotes::new(options.language),
        buffer: String::new(),
        frames: Vec::new(),
        heading: None,
        table: Table::default(),
        label: false,
        in_link: false,
    };
    writer.tokens(if inline { lone_paragraph(&body) } else { &body });
    while let Some(tokens) = writer.notes.next() {
        let above = std::mem::take(&mut writer.out);
        writer.tokens(&tokens);
        writer.notes.print(std::mem::replace(&mut writer.out, above));
    }
    writer.finish()
}

/// The inside of the only paragraph, or all tokens if there is more.
fn lone_paragraph<'t, 'a>(tokens: &'t [Token<'a>]) -> &'t [Token<'a>] {
    match tokens {
        [Token::Open(Tag::Paragraph), inside @ .., Token::Close { .. }] if !inside.iter().any(is_border) => inside,
        _ => tokens,
    }
}

struct Writer<'w, 'a, 'r> {
    text: &'w str,
    options: &'w Options<'w>,
    report: &'w mut Report<'r>,
    anchors: bool,
    ids: Ids,
    notes: Notes<'a>,
    out: Pieces,
    document: Document,
    plain: Plain,
    quotes: Quotes,
    /// Room for a text while it is set.
    buffer: String,
    frames: Vec<Frame>,
    heading: Option<OpenHeading>,
    table: Table,
    /// Whether the label of a task is open.
    label: bool,
    in_link: bool,
}

/// What the end of a tag has to do.
enum Frame {
    Block(&'static str),
    Inline(&'static str),
    Heading,
    Link,
    Code,
    Table,
    Head,
    /// A paragraph of nothing else, without `<p>`.
    Directives,
    Nothing,
}

struct OpenHeading {
    /// Level, range; no text yet.
    heading: Heading,
    /// The author's id.
    own: Option<String>,
    /// The piece that will be its id.
    gap: usize,
}

impl Writer<'_, '_, '_> {
    fn finish(self) -> Document {
        let Self { mut out, mut document, plain, notes, options, report, .. } = self;
        notes.report_unused(report);
        notes.section(options, &mut out);
        document.pieces = out.finish();
        (document.plain, document.words) = plain.finish();
        document
    }

    fn tokens(&mut self, tokens: &[Token<'_>]) {
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            if is_border(token) {
                self.border();
            }
            match token {
                Token::Open(Tag::Image(target)) => at += self.image(target, &tokens[at..]),
                Token::Open(tag) => self.open(tag, &tokens[at..]),
                Token::Close { .. } => self.close(),
                Token::Text(range) => self.prose(range, &tokens[at..]),
                Token::Literal(text) => {
                    self.quotes.literal(text);
                    self.visible(text);
                }
                Token::Code(code) => self.code(code),
                Token::Break { hard } => self.line_break(*hard),
                Token::Rule => self.out.html("<hr>\n"),
                Token::Task(done) => self.task(*done),
                Token::Reference(label, range) => self.notes.refer(label, range, &mut self.out, self.report),
                Token::Directive(directive) => self.directive(directive),
                Token::Raw(html) => self.out.html(html),
            }
        }
    }

    /// Nothing in a line goes on past the border of a block.
    fn border(&mut self) {
        if std::mem::take(&mut self.label) {
            self.out.html("</label>");
        }
        self.quotes.reset();
        self.plain.border();
    }

    fn open(&mut self, tag: &Tag<'_>, inside: &[Token<'_>]) {
        let frame = match tag {
            Tag::Paragraph => self.open_paragraph(inside),
            Tag::Block(name @ ("dt" | "dd")) => self.element(name, ""),
            Tag::Block(name) => self.element(name, "\n"),
            Tag::Inline(name) => {
                self.inline_tag("<", name);
                Frame::Inline(name)
            }
            Tag::Heading(heading) => self.open_heading(heading),
            Tag::Alert(alert) => {
                self.out.html(&format!("<aside class=\"alert alert-{}\" role=\"note\">\n<p class=\"alert-title\">", alert.class()));
                self.out.text(self.options.alert_titles.of(*alert));
                self.out.html("</p>\n");
                Frame::Block("aside")
            }
            Tag::Numbered(1) => self.element("ol", "\n"),
            Tag::Numbered(first) => {
                self.out.html(&format!("<ol start=\"{first}\">\n"));
                Frame::Block("ol")
            }
            Tag::Item => {
                let is_task = matches!(inside, [Token::Task(_), ..] | [Token::Open(Tag::Paragraph), Token::Task(_), ..]);
                self.out.html(if is_task { "<li class=\"task\">" } else { "<li>" });
                Frame::Block("li")
            }
            Tag::CodeBlock(language) => self.open_code(language),
            Tag::Table(columns) => {
                self.table = Table::start(columns, &mut self.out);
                Frame::Table
            }
            Tag::Head => {
                self.table.start_head(&mut self.out);
                Frame::Head
            }
            Tag::Row => {
                self.table.start_row(&mut self.out);
                Frame::Block("tr")
            }
            Tag::Cell => Frame::Block(self.table.start_cell(&mut self.out)),
            // HTML has no links in links; Markdown has, if the inner one is a bare address.
            Tag::Link(_) if self.in_link => Frame::Nothing,
            Tag::Link(target) => {
                self.in_link = true;
                let gap = self.link(target, false);
                self.out.html("<a href=\"");
                self.out.url(gap);
                self.end_of_tag(&target.title);
                Frame::Link
            }
            // Its tokens are passed over, so its end never comes.
            Tag::Image(_) => return,
        };
        self.frames.push(frame);
    }

    fn element(&mut self, name: &'static str, after: &str) -> Frame {
        for part in ["<", name, ">", after] {
            self.out.html(part);
        }
        Frame::Block(name)
    }

    fn close(&mut self) {
        match self.frames.pop() {
            Some(Frame::Block(name)) => {
                for part in ["</", name, ">\n"] {
                    self.out.html(part);
                }
            }
            Some(Frame::Link) => {
                self.in_link = false;
                self.out.html("</a>");
            }
            Some(Frame::Inline(name)) => self.inline_tag("</", name),
            Some(Frame::Heading) => self.close_heading(),
            Some(Frame::Code) => self.out.html("</code></pre>\n"),
            Some(Frame::Head) => self.out.html("</tr></thead>\n"),
            Some(Frame::Table) => self.table.end(&mut self.out),
            Some(Frame::Directives) => self.out.html("\n"),
            Some(Frame::Nothing) | None => {}
        }
    }

    /// A paragraph of nothing but directives, each on its line, prints no `<p>`.
    fn open_paragraph(&mut self, inside: &[Token<'_>]) -> Frame {
        let other = inside.iter().enumerate().find(|(at, token)| match token {
            Token::Directive(_) => at % 2 == 1,
            Token::Break { hard: false } => at % 2 == 0,
            _ => true,
        });
        if other.is_some_and(|(at, token)| at % 2 == 1 && matches!(token, Token::Close { .. })) {
            return Frame::Directives;
        }
        self.element("p", "")
    }

    fn open_heading(&mut self, tag: &HeadingTag<'_>) -> Frame {
        for part in ["<h", level(tag.level), " id=\""] {
            self.out.html(part);
        }
        let gap = self.out.unnamed();
        if !tag.classes.is_empty() {
            self.out.html("\" class=\"");
            self.out.text(&tag.classes.join(" "));
        }
        self.out.html("\">");
        let range = self.report.places.of(&tag.range);
        let heading = Heading { level: tag.level, id: String::new(), html: String::new(), plain: String::new(), range };
        self.heading = Some(OpenHeading { heading, own: tag.id.as_deref().map(str::to_owned), gap });
        Frame::Heading
    }

    fn close_heading(&mut self) {
        let Some(OpenHeading { mut heading, own, gap }) = self.heading.take() else { return };
        heading.plain.truncate(heading.plain.trim_end().len());
        heading.html.truncate(heading.html.trim_end().len());
        heading.id = own.unwrap_or_else(|| self.ids.make(&heading.plain, self.options.language));
        self.out.name(gap, &heading.id);
        if self.anchors && heading.level <= 4 {
            self.out.html(" <a class=\"anchor\" href=\"#");
            self.out.id(&heading.id);
            self.out.html("\" aria-label=\"");
            self.out.text(self.options.anchor_label);
            self.out.html(" ");
            self.out.text(&heading.plain);
            self.out.html("\">#</a>");
        }
        for part in ["</h", level(heading.level), ">\n"] {
            self.out.html(part);
        }
        self.document.headings.push(heading);
    }

    fn open_code(&mut self, language: &str) -> Frame {
        self.out.html("<pre><code");
        if !language.is_empty() {
            self.out.html(" class=\"language-");
            self.out.text(language);
            self.out.html("\"");
        }
        self.out.html(">");
        Frame::Code
    }

    /// Notes a link; the number is its gap's.
    fn link(&mut self, target: &Target<'_>, image: bool) -> usize {
        let range = self.report.places.of(&target.range);
        self.document.links.push(Link { target: target.address.clone(), range, image });
        self.document.links.len() - 1
    }

    /// The title of a link or image, and the end of its tag.
    fn end_of_tag(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.html("\" title=\"");
            self.out.text(&quotes::typographic(title, self.options.language));
        }
        self.out.html("\">");
    }

    /// Prints an image; how many tokens it took, its end included.
    fn image(&mut self, target: &Target<'_>, inside: &[Token<'_>]) -> usize {
        let (alt, length) = visible::alternative(self.text, inside, self.options.language, self.report);
        if alt.is_empty() {
            let help = "say between `![` and `]` what the image shows";
            self.report.error(codes::IMAGE_WITHOUT_ALT, &target.range, "the image has no alternative text", help);
        }
        let gap = self.link(target, true);
        self.out.html("<img src=\"");
        self.out.url(gap);
        self.out.html("\" alt=\"");
        self.out.text(&alt);
        self.out.html("\" loading=\"lazy\" decoding=\"async");
        self.end_of_tag(&target.title);
        if let Some(OpenHeading { heading, .. }) = &mut self.heading {
            escape(&alt, &mut heading.html);
            heading.plain.push_str(&alt);
        }
        self.quotes.word();
        length
    }

    fn prose(&mut self, range: &Range<usize>, after: &[Token<'_>]) {
        let mut set = std::mem::take(&mut self.buffer);
        set.clear();
        self.quotes.text(&self.text[range.clone()], || next_visible(self.text, after), &mut set);
        self.visible(&set);
        self.buffer = set;
    }

    /// Prints visible text, here and wherever else it is kept.
    fn visible(&mut self, text: &str) {
        self.out.text(text);
        self.plain.add(text);
        if let Some(OpenHeading { heading, .. }) = &mut self.heading {
            escape(text, &mut heading.html);
            spread(text, &mut heading.plain);
        }
    }

    /// Prints a tag that a heading's own HTML has, too.
    fn inline_tag(&mut self, start: &str, name: &str) {
        for part in [start, name, ">"] {
            self.out.html(part);
            if let Some(OpenHeading { heading, .. }) = &mut self.heading {
                heading.html.push_str(part);
            }
        }
    }

    fn code(&mut self, code: &str) {
        self.inline_tag("<", "code");
        self.visible(code);
        self.inline_tag("</", "code");
        self.quotes.word();
    }

    fn line_break(&mut self, hard: bool) {
        self.quotes.literal(" ");
        if hard {
            self.out.html("<br>");
        }
        self.visible("\n");
    }

    /// A tick box with what is left of the line as its label.
    fn task(&mut self, done: bool) {
        self.out.html(if done { "<label><input type=\"checkbox\" disabled checked> " } else { "<label><input type=\"checkbox\" disabled> " });
        self.label = true;
    }

    fn directive(&mut self, directive: &Directive) {
        self.out.directive(self.document.directives.len());
        let block = matches!(self.frames.last(), Some(Frame::Directives));
        self.document.directives.push(Directive { block, ..directive.clone() });
        self.quotes.word();
    }
}

/// The digit of a heading's level.
fn level(level: u8) -> &'static str {
    ["2", "3", "4", "5", "6"][usize::from(level.clamp(2, 6) - 2)]
}
