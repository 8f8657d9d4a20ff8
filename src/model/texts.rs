//! Turns Markdown in YAML values into prose, with all that is needed for it in one hand.

use std::sync::Arc;

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::source::Source;
use crate::parse::at::At;
use crate::parse::decode::is_hole;
use crate::parse::document::Document;
use crate::parse::markdown::{self, Options};

use super::link::Linker;
use super::outgoing::Outgoing;
use super::pages::Pages;
use super::prose::Prose;

/// What every text needs.
pub struct Texts<'a> {
    /// How Markdown is read.
    pub options: &'a Options<'a>,
    /// Where links lead.
    pub linker: &'a Linker,
    /// All pages.
    pub pages: &'a Pages,
    /// What is found on the way.
    pub findings: Vec<Diagnostic>,
    /// Where the texts lead elsewhere, if that is asked for.
    pub outgoing: Option<Outgoing>,
}

impl Texts<'_> {
    /// Inline Markdown of a YAML value.
    pub fn prose(&mut self, text: &At<String>, source: &Source) -> Prose {
        if is_hole(text) {
            return Prose::default();
        }
        let (document, found) = markdown::inline(source, &text.value, text.range.start, self.options);
        self.findings.extend(found);
        for directive in &document.directives {
            let finding = Diagnostic::error(codes::DIRECTIVE_UNKNOWN, format!("`{}` stands in a YAML text", directive.name));
            self.findings.push(finding.at(source.span(directive.range.clone())).help("use directives in articles only"));
        }
        self.resolve(Arc::new(document), source)
    }

    /// The same for all of a file, if there is one.
    pub fn all<'t>(&mut self, texts: impl Iterator<Item = &'t At<String>>, source: Option<&Source>) -> Vec<Prose> {
        source.map_or_else(Vec::new, |source| texts.map(|text| self.prose(text, source)).collect())
    }

    /// A document whose links are resolved.
    pub fn resolve(&mut self, document: Arc<Document>, source: &Source) -> Prose {
        if let Some(outgoing) = &mut self.outgoing {
            outgoing.of_text(&document, source);
        }
        self.linker.resolve(document, source, self.pages, &mut self.findings)
    }
}
