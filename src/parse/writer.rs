//! Tokens → [`Document`]: everything that is printed is printed here.
//!
//! 1. [`write`] prints the body, then the footnotes it refers to, then the section
//!    that holds them;
//! 2. every token changes what is open (`frames`), and quotes are set with a look at
//!    the next visible token;
//! 3. a heading is printed with a gap for its id, which is made of its text at its end.

use std::ops::Range;

use super::document::{Directive, Document, Heading, Link, Options, Piece, Pieces, escape};
use super::footnotes::Notes;
use super::place::Report;
use super::quotes::{self, Quotes};
use super::token::{Align, HeadingTag, Ids, Script, Tag, Target, Token};
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
        out: Pieces::default(),
        document: Document::default(),
        quotes: Quotes::new(options.language),
        buffer: String::new(),
        frames: Vec::new(),
        heading: None,
        table: Table::default(),
        label: false,
        in_link: false,
        block_directives: false,
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

/// Whether text before and after it belongs to different blocks.
fn is_border(token: &Token<'_>) -> bool {
    match token {
        Token::Open(tag) => tag.is_block(),
        Token::Close { block } => *block,
        Token::Rule => true,
        _ => false,
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
    quotes: Quotes,
    /// Room for a text while it is set.
    buffer: String,
    frames: Vec<Frame>,
    heading: Option<OpenHeading>,
    table: Table,
    /// Whether the label of a task is open.
    label: bool,
    in_link: bool,
    /// Whether the paragraph holds nothing but directives.
    block_directives: bool,
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
    DirectiveParagraph,
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

#[derive(Default)]
struct Table {
    columns: Vec<Align>,
    column: usize,
    head: bool,
    has_body: bool,
}

impl Writer<'_, '_, '_> {
    fn finish(self) -> Document {
        let Self { mut out, mut document, notes, options, report, .. } = self;
        notes.report_unused(report);
        notes.section(options, &mut out);
        document.pieces = out.finish();
        document.plain.truncate(document.plain.trim_end().len());
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
        blank(&mut self.document.plain);
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
            Tag::Table(_) | Tag::Head | Tag::Row | Tag::Cell => self.open_table(tag),
            // HTML has no links in links; Markdown has, if the inner one is a bare address.
            Tag::Link(_) if self.in_link => Frame::Nothing,
            Tag::Link(target) => {
                self.in_link = true;
                let gap = Piece::Url(self.link(target, false));
                self.out.html("<a href=\"");
                self.out.gap(gap);
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
            Some(Frame::Table) => self.out.html(if self.table.has_body { "</tbody>\n</table></div>\n" } else { "</table></div>\n" }),
            Some(Frame::DirectiveParagraph) => {
                self.block_directives = false;
                self.out.html("\n");
            }
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
            self.block_directives = true;
            return Frame::DirectiveParagraph;
        }
        self.element("p", "")
    }

    fn open_heading(&mut self, tag: &HeadingTag<'_>) -> Frame {
        self.out.html(&format!("<h{} id=\"", tag.level));
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
        self.out.html(&format!("</h{}>\n", heading.level));
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

    fn open_table(&mut self, tag: &Tag<'_>) -> Frame {
        match tag {
            Tag::Table(columns) => {
                self.table = Table { columns: columns.clone(), ..Table::default() };
                self.out.html("<div class=\"table-scroll\" tabindex=\"0\"><table>\n");
                Frame::Table
            }
            Tag::Head => {
                self.table.head = true;
                self.out.html("<thead><tr>");
                Frame::Head
            }
            Tag::Row => {
                self.out.html(if self.table.has_body { "<tr>" } else { "<tbody>\n<tr>" });
                self.table = Table { columns: std::mem::take(&mut self.table.columns), column: 0, head: false, has_body: true };
                Frame::Block("tr")
            }
            _ => {
                let (name, start) = if self.table.head { ("th", "<th scope=\"col\"") } else { ("td", "<td") };
                self.out.html(start);
                self.out.html(match self.table.columns.get(self.table.column) {
                    Some(Align::Left) => " class=\"left\">",
                    Some(Align::Center) => " class=\"center\">",
                    Some(Align::Right) => " class=\"right\">",
                    _ => ">",
                });
                self.table.column += 1;
                Frame::Block(name)
            }
        }
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
        let (alt, length) = self.alternative(inside);
        if alt.is_empty() {
            let help = "say between `![` and `]` what the image shows";
            self.report.error(codes::IMAGE_WITHOUT_ALT, &target.range, "the image has no alternative text", help);
        }
        let gap = Piece::Url(self.link(target, true));
        self.out.html("<img src=\"");
        self.out.gap(gap);
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

    /// The text up to the end of an image, without markup, and the number of its tokens.
    fn alternative(&mut self, inside: &[Token<'_>]) -> (String, usize) {
        let mut alt = String::new();
        let mut quotes = Quotes::new(self.options.language);
        let mut depth = 1_usize;
        for (at, token) in inside.iter().enumerate() {
            match token {
                Token::Open(_) => depth += 1,
                Token::Close { .. } if depth == 1 => return (alt.trim().to_owned(), at + 1),
                Token::Close { .. } => depth -= 1,
                Token::Text(range) => quotes.text(&self.text[range.clone()], || next_visible(self.text, &inside[at + 1..]), &mut alt),
                Token::Literal(text) | Token::Code(text) => {
                    quotes.literal(text);
                    alt.push_str(text);
                }
                Token::Break { .. } => {
                    quotes.literal(" ");
                    alt.push(' ');
                }
                Token::Directive(directive) => {
                    let message = format!("the directive `{}` stands in the alternative text of an image", directive.name);
                    let finding = crate::base::diag::Diagnostic::error(codes::DIRECTIVE_SYNTAX, message).help("write it before or after the image");
                    self.report.findings.push(finding.at(self.report.source.span(directive.range.clone())));
                }
                Token::Rule | Token::Task(_) | Token::Reference(..) | Token::Raw(_) => {}
            }
        }
        (alt.trim().to_owned(), inside.len())
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
        spread(text, &mut self.document.plain);
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
        self.out.gap(Piece::Directive(self.document.directives.len()));
        self.document.directives.push(Directive { block: self.block_directives, ..directive.clone() });
        self.quotes.word();
    }
}

/// The first visible character of the tokens, if one comes before the block ends.
fn next_visible(text: &str, tokens: &[Token<'_>]) -> Option<char> {
    for token in tokens {
        let seen = match token {
            token if is_border(token) => return None,
            Token::Text(range) => text[range.clone()].chars().next(),
            Token::Literal(text) => text.chars().next(),
            Token::Code(_) | Token::Directive(_) | Token::Open(Tag::Image(_)) => Some('x'),
            Token::Break { .. } => Some(' '),
            _ => None,
        };
        if seen.is_some() {
            return seen;
        }
    }
    None
}

/// Adds text with single blanks between its words.
fn spread(text: &str, plain: &mut String) {
    for (at, word) in text.split([' ', '\n', '\t', '\r']).enumerate() {
        if at > 0 {
            blank(plain);
        }
        plain.push_str(word);
    }
}

/// Adds a blank where there is none yet.
fn blank(plain: &mut String) {
    if !plain.is_empty() && !plain.ends_with(' ') {
        plain.push(' ');
    }
}
