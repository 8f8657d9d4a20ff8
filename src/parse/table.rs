//! Tables: a box that scrolls, header cells with their scope, columns aligned by class.
//!
//! Cells know neither their column nor whether they are in the head; this counts along.

use super::document::Pieces;
use super::token::Align;

/// The table that is being printed; Markdown has none in another.
#[derive(Debug, Default)]
pub(super) struct Table {
    columns: Vec<Align>,
    /// Cells of this row so far.
    column: usize,
    in_head: bool,
    has_body: bool,
}

impl Table {
    pub(super) fn start(columns: &[Align], out: &mut Pieces) -> Self {
        out.html("<div class=\"table-scroll\" tabindex=\"0\"><table>\n");
        Self { columns: columns.to_vec(), ..Self::default() }
    }

    pub(super) fn start_head(&mut self, out: &mut Pieces) {
        self.in_head = true;
        out.html("<thead><tr>");
    }

    pub(super) fn start_row(&mut self, out: &mut Pieces) {
        out.html(if self.has_body { "<tr>" } else { "<tbody>\n<tr>" });
        self.column = 0;
        self.in_head = false;
        self.has_body = true;
    }

    /// Prints the start of a cell and returns its element.
    pub(super) fn start_cell(&mut self, out: &mut Pieces) -> &'static str {
        let (name, start) = if self.in_head { ("th", "<th scope=\"col\"") } else { ("td", "<td") };
        out.html(start);
        // A class, because the site's Content-Security-Policy forbids `style`.
        out.html(match self.columns.get(self.column) {
            Some(Align::Left) => " class=\"left\">",
            Some(Align::Center) => " class=\"center\">",
            Some(Align::Right) => " class=\"right\">",
            Some(Align::Default) | None => ">",
        });
        self.column += 1;
        name
    }

    pub(super) fn end(&self, out: &mut Pieces) {
        out.html(if self.has_body { "</tbody>\n</table></div>\n" } else { "</table></div>\n" });
    }
}
