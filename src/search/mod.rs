//! Full-text search over the pages of one language: a tantivy index in whole files, asked natively or in the browser.
//!
//! ```text
//! Entry ── index::build ──▶ files ── Index::feed ──▶ Index ── Index::ask ──▶ Answer
//!          (native)                                  (native and wasm32)
//! ```
//!
//! Everything that the two sides share is here, once, so that they cannot disagree: how text becomes words
//! ([`analysis`]), how a page becomes documents ([`layout`]), how documents lie in files ([`pack`], [`boot`]).
//!
//! **Documents.** A page is a run of tantivy documents: title, keywords, summary, then heading and body of each section.
//! A posting therefore tells field and section by its number alone; no stored field, no fast field and no positions are
//! needed to rank, and words that are in one section are near each other by construction.
//!
//! **Files.** tantivy's dictionary, postings and positions are cut at term boundaries into packs. [`Index`] does no
//! input and output: [`Index::ask`] answers, or names the packs that it still needs, and is asked again once they have
//! been fed to it. The native reader and `search.js` are loops around that.
//!
//! Of tantivy, a browser gets what reads the dictionary and the codecs of the lists, and not what opens an index.
//!
//! **Scores** are computed here, not by tantivy's query layer: its constant fields cannot be combined before they
//! saturate, and what it drags into WebAssembly is four times the size of all the rest.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "documents and files are counted in 32 bits, as tantivy counts them, and scores are approximate"
)]

mod analysis;
mod answer;
mod boot;
#[cfg(target_arch = "wasm32")]
pub mod browser;
mod bytes;
mod directory;
mod entry;
mod filters;
mod hash;
#[cfg(not(target_arch = "wasm32"))]
pub mod index;
mod layout;
mod pack;
mod query;
#[cfg(not(target_arch = "wasm32"))]
pub mod reader;
mod texts;
mod thesaurus;

pub use self::answer::{
    Answer, By, Explanation, FilterCounts, FoundWord, Origin, ResultSection, SearchResult, ValueCount, Why,
};
pub use self::entry::{Entry, Filter, OVERVIEW, PART, Section, Twin};
pub use self::layout::Field;
pub use self::pack::{Damage, FileId};
pub use self::query::{Index, Options, Step};
