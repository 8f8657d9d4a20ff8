//! Floor 3, the index of the site's search: words → terms → postings → scripts that the browser loads.
//!
//! 1. [`collect`] makes the documents, [`sections`] cuts articles at their headings;
//! 2. [`reader`] reads each on its own (in parallel, see the pipeline) with the words of [`fold`];
//! 3. [`compound`] splits German compounds, [`index`] weighs the terms;
//! 4. [`files`] writes scripts, encoded by [`encode`].
//!
//! The other half is `themes/standard/static/search.js`. Imports `base`, `parse` and `model`.

pub mod collect;
pub mod compound;
pub mod document;
pub mod encode;
pub mod files;
pub mod fold;
pub mod index;
pub mod reader;
pub mod sections;
