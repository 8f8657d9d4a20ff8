//! What a text in Markdown becomes: finished HTML with gaps.
//!
//! A gap is what one file cannot know: where a link leads ([`Piece::Url`]), how ids
//! are prefixed on the page it is printed on ([`Piece::Id`]), what a directive prints
//! ([`Piece::Directive`]). The renderer fills them while it concatenates the pieces.

use std::ops::Range;

use crate::base::bytes;

/// One text, ready to be printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The HTML in order, with its gaps.
    pub pieces: Pieces,
    /// All headings, in the order in which they are printed.
    pub headings: Vec<Heading>,
    /// What [`Piece::Url`] points into.
    pub links: Vec<Link>,
    /// Addresses of the web that stand in the text without being links.
    pub mentions: Vec<Link>,
    /// What [`Piece::Directive`] points into.
    pub directives: Vec<Directive>,
    /// The visible text with single blanks between the words, for search and excerpts; none of an article, whose text the
    /// search takes from the HTML.
    pub plain: String,
    /// How many words are visible.
    pub words: usize,
}

/// A stretch of HTML or a gap in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Finished HTML.
    Html(&'a str),
    /// The address of `links[n]`, escaped by whoever prints it, between `"` and `"`.
    Url(usize),
    /// An id of this document, where it is given or after the `#` of a link to it.
    /// Holds no character that needs escaping.
    Id(&'a str),
    /// What `directives[n]` prints.
    Directive(usize),
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6 (a level 1 is an error and printed as 2).
    pub level: u8,
    /// Unique in the document.
    pub id: String,
    /// Inline HTML without links, ids, footnotes and directives.
    pub html: String,
    /// The same without tags, not escaped.
    pub plain: String,
    /// Its place in the file.
    pub range: Range<usize>,
}

/// A link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The target as written, entities and escapes decoded; mail addresses have `mailto:`.
    pub target: String,
    /// Its place in the file.
    pub range: Range<usize>,
    /// Whether the target is embedded, not led to.
    pub image: bool,
}

/// A component called from prose: `{{<name key="value"/>}}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The name of the component.
    pub name: String,
    /// Key, value, and the place of `key="value"` in the file; no key comes twice.
    pub args: Vec<(String, String, Range<usize>)>,
    /// Whether it has a line of its own in a paragraph of nothing else, which then has no `<p>`.
    pub block: bool,
    /// Its place in the file, with the braces.
    pub range: Range<usize>,
}

/// How texts are read and printed.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// Whether HTML in the text is printed; otherwise it is dropped with a warning.
    pub raw_html: bool,
    /// `de` or `en`: the quotation marks.
    pub language: &'a str,
    /// The first line of each kind of alert.
    pub alert_titles: AlertTitles<'a>,
    /// The heading above the footnotes.
    pub footnotes_title: &'a str,
    /// What a link from a footnote back into the text is called; the number follows.
    pub back_label: &'a str,
    /// What the link of a heading to itself is called; the heading follows.
    pub anchor_label: &'a str,
}

/// The first lines of the alerts.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each is named like its alert")]
pub struct AlertTitles<'a> {
    pub note: &'a str,
    pub tip: &'a str,
    pub important: &'a str,
    pub warning: &'a str,
    pub caution: &'a str,
}

/// The kinds of alert, `> [!NOTE]` and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alert {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

impl Alert {
    /// The kinds as an author writes them.
    pub(super) const WORDS: [&'static str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

    /// The kind as the class name ends.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Important => "important",
            Self::Warning => "warning",
            Self::Caution => "caution",
        }
    }
}

impl<'a> AlertTitles<'a> {
    pub(super) fn of(&self, alert: Alert) -> &'a str {
        match alert {
            Alert::Note => self.note,
            Alert::Tip => self.tip,
            Alert::Important => self.important,
            Alert::Warning => self.warning,
            Alert::Caution => self.caution,
        }
    }
}

/// HTML with gaps. A site has millions of pieces, so they are stretches of two texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pieces {
    list: Vec<Place>,
    html: String,
    ids: String,
}

/// A piece, its text as a place in [`Pieces`].
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Html(Range<usize>),
    Url(usize),
    Id(Range<usize>),
    Directive(usize),
}

impl Pieces {
    /// The pieces in order; two [`Piece::Html`] are never neighbours.
    pub fn iter(&self) -> impl Iterator<Item = Piece<'_>> {
        self.list.iter().map(|place| match place {
            Place::Html(range) => Piece::Html(&self.html[range.clone()]),
            Place::Id(range) => Piece::Id(&self.ids[range.clone()]),
            Place::Url(link) => Piece::Url(*link),
            Place::Directive(directive) => Piece::Directive(*directive),
        })
    }

    /// None yet, with room for so many bytes of HTML.
    pub(super) fn with_room(bytes: usize) -> Self {
        Self { html: String::with_capacity(bytes), ..Self::default() }
    }

    /// Adds finished HTML.
    pub(super) fn html(&mut self, html: &str) {
        self.html.push_str(html);
        self.extend();
    }

    /// Adds text, escaped for element content and quoted attributes alike.
    pub(super) fn text(&mut self, text: &str) {
        escape(text, &mut self.html);
        self.extend();
    }

    /// Makes what was just added to the HTML a part of the last piece, or a new one.
    fn extend(&mut self) {
        let end = self.html.len();
        if let Some(Place::Html(last)) = self.list.last_mut() {
            last.end = end;
            return;
        }
        // Everything before belongs to other pieces.
        let before = self.list.iter().rev().find_map(|place| if let Place::Html(range) = place { Some(range.end) } else { None });
        let start = before.unwrap_or(0);
        if start < end {
            self.list.push(Place::Html(start..end));
        }
    }

    /// Adds an id.
    pub(super) fn id(&mut self, id: &str) {
        let start = self.ids.len();
        self.ids.push_str(id);
        self.list.push(Place::Id(start..self.ids.len()));
    }

    /// Adds an id that [`Pieces::name`] fills in later.
    pub(super) fn unnamed(&mut self) -> usize {
        self.id("");
        self.list.len() - 1
    }

    /// Fills in what [`Pieces::unnamed`] left open.
    pub(super) fn name(&mut self, at: usize, id: &str) {
        if let Some(Place::Id(open)) = self.list.get_mut(at) {
            *open = self.ids.len()..self.ids.len() + id.len();
            self.ids.push_str(id);
        }
    }

    /// Adds a gap for `links[n]`.
    pub(super) fn url(&mut self, link: usize) {
        self.list.push(Place::Url(link));
    }

    /// Adds a gap for `directives[n]`.
    pub(super) fn directive(&mut self, directive: usize) {
        self.list.push(Place::Directive(directive));
    }

    /// Adds other pieces.
    pub(super) fn append(&mut self, other: &Self) {
        for piece in other.iter() {
            match piece {
                Piece::Html(html) => self.html(html),
                Piece::Id(id) => self.id(id),
                Piece::Url(link) => self.url(link),
                Piece::Directive(directive) => self.directive(directive),
            }
        }
    }

    /// Takes `end` off the end, if that is how the HTML ends.
    pub(super) fn strip(&mut self, end: &str) -> bool {
        let Some(Place::Html(last)) = self.list.last_mut() else { return false };
        if !self.html[last.clone()].ends_with(end) {
            return false;
        }
        last.end -= end.len();
        self.html.truncate(last.end);
        if last.start == last.end {
            self.list.pop();
        }
        true
    }

    /// Without the room that its texts grew into: the preview keeps all of them.
    pub(super) fn finish(mut self) -> Self {
        self.list.shrink_to_fit();
        self.html.shrink_to_fit();
        self.ids.shrink_to_fit();
        self
    }
}

/// Escapes for element content and double-quoted attributes; leaves out the
/// characters that no HTML document may hold.
pub(super) fn escape(text: &str, out: &mut String) {
    let (mut from, mut at) = (0, 0);
    // Nearly all bytes are letters of no interest.
    while let Some(found) = bytes::find(&text.as_bytes()[at..], is_special) {
        let start = at + found;
        let c = text[start..].chars().next().unwrap_or_default();
        at = start + c.len_utf8();
        let escaped = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            c if is_forbidden(c) => "",
            _ => continue,
        };
        out.push_str(&text[from..start]);
        out.push_str(escaped);
        from = at;
    }
    out.push_str(&text[from..]);
}

fn is_special(byte: u8) -> bool {
    bytes::is_any(byte, *b"&<>\"") | may_be_forbidden(byte)
}

/// Whether a character that [`is_forbidden`] can begin with this byte.
#[expect(clippy::needless_bitwise_bool, reason = "without branches many bytes are compared at once")]
pub(super) fn may_be_forbidden(byte: u8) -> bool {
    ((byte < b' ') & (byte != b'\n') & (byte != b'\t')) | (byte == 0x7f) | (byte == 0xc2) | (byte >= 0xef)
}

/// Controls and noncharacters (HTML, "preprocessing the input stream").
pub(super) fn is_forbidden(c: char) -> bool {
    match c {
        '\t' | '\n' => false,
        '\u{fdd0}'..='\u{fdef}' => true,
        _ => c.is_control() || u32::from(c) & 0xfffe == 0xfffe,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_html_forbids_is_escaped_or_left_out() {
        for (text, html) in [("a<b>&\"c\"", "a&lt;b&gt;&amp;&quot;c&quot;"), ("ä\u{1}\r\nb\tc", "ä\nb\tc"), ("x\u{fffe}y\u{fdd0}\u{85}", "xy"), ("", "")] {
            let mut out = String::new();
            escape(text, &mut out);
            assert_eq!(out, html, "{text:?}");
        }
    }

    #[test]
    fn the_first_byte_tells_what_may_be_forbidden() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32).filter(|c| is_forbidden(*c)) {
            assert!(may_be_forbidden(c.encode_utf8(&mut [0; 4]).as_bytes()[0]), "{c:?}");
        }
    }

    #[test]
    fn neighbouring_html_is_one_piece() {
        let (mut pieces, mut more) = (Pieces::default(), Pieces::default());
        pieces.html("<p>");
        pieces.text("<");
        more.html("</p>");
        pieces.append(&more);
        let at = pieces.unnamed();
        pieces.name(at, "x");
        assert!(!pieces.strip("</p>"), "the id stands between");
        pieces.html("<");
        assert!(pieces.strip("<"));
        pieces.html("<b>");
        assert_eq!(pieces.finish().iter().collect::<Vec<_>>(), [Piece::Html("<p>&lt;</p>"), Piece::Id("x"), Piece::Html("<b>")]);
    }
}
