//! The evidence behind the cells of the comparison: one classic script a system, loaded when one of its cells opens.
//!
//! The page with all systems names the scripts and stays small; `fetch` would fail from disk. A script hands over the HTML
//! of all cells of its system as one text (`evidence.html` makes it), with addresses as seen from the comparison.

use crate::base::diag::Diagnostic;
use crate::base::hash::Beginning;
use crate::base::path::Route;
use crate::model::pages::PageKind;
use crate::model::prose::ROOT;
use crate::parse::json;

use super::page::{Kit, with_root};
use super::theme::{Theme, share};
use super::view::{CriterionView, PageView, SystemView};

const FOLDER: &str = "static/evidence/";
/// A card's slug can be as long as a file's name (255 bytes nearly everywhere); its script has a hash and an end beside it.
const LONGEST: usize = 200;
const TEMPLATE: &str = "evidence.html";
/// The function that the page's script offers.
const CALL: &str = "leitfadenEvidence(";

/// Names the scripts of all systems: browsers keep them by their names, so a name carries a hash of all that
/// `evidence.html` may use, and nothing must be rendered to know it.
pub struct Names {
    /// What all scripts are made from.
    shared: Beginning,
}

impl Names {
    /// For the page at `matrix`; none if the theme asks for no scripts.
    pub fn new(criteria: &[CriterionView], matrix: &Route, theme: &Theme) -> Option<Self> {
        theme.asks.evidence.then(|| Self { shared: Beginning::new(format!("{} {} {} ", matrix.to_root(), theme.stamp, json::line(criteria)).as_bytes()) })
    }

    /// The address of a system's script.
    pub fn address(&self, system: &SystemView) -> String {
        let hash = self.shared.sha256_hex(json::line(system).as_bytes());
        let name = system.slug.get(..LONGEST).unwrap_or(&system.slug);
        format!("{ROOT}{FOLDER}{name}.{}.js", &hash[..10])
    }
}

/// The file of the output that an address of [`Names`] leads to.
pub fn file(address: &str) -> &str {
    address.trim_start_matches(ROOT)
}

/// The script of one system.
pub fn script(index: usize, matrix: &Route, kit: Kit<'_>) -> Result<Vec<u8>, Diagnostic> {
    let page = PageView { kind: PageKind::Matrix.key(), index, ..PageView::default() };
    let html = with_root(&kit.theme.render(TEMPLATE, kit.view, &share(&page))?, &matrix.to_root());
    let slug = kit.site.cards[index].slug.as_str();
    Ok(format!("{CALL}{},{});\n", json::line(slug), json::line(&html)).into_bytes())
}

/// The HTML in a script, if the file is one: the audit looks at it as a part of the comparison.
pub fn html(path: &str, script: &[u8]) -> Option<String> {
    let text = path.starts_with(FOLDER).then(|| std::str::from_utf8(script).ok()).flatten()?;
    let (_, html): (String, String) = json::read(&format!("[{}]", text.strip_prefix(CALL)?.trim_end().strip_suffix(");")?))?;
    Some(html)
}
