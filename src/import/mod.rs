//! Imports an existing site: [`import`] turns a folder of Markdown or HTML in two languages into a Diptych site.
//!
//! ```text
//! old folder ─▶ pages ─▶ pairs ─▶ plan ─▶ words, facts ─▶ check ─▶ new site, report
//!               front,    which     ids,    tree to         what is an error
//!               tree      belong    slugs   Markdown        is taken more simply
//! ```
//!
//! Pure: the binary reads the old folder and writes the new one. Three promises:
//!
//! - **The new site builds.** It is checked as `check` would; a page with an error is imported as plain words and, if
//!   that is not enough, as a draft ([`moving`]).
//! - ***No word is lost silently.** The words of each old page are compared with those of the new one, and what is
//!   missing is in the report ([`convert`]).
//! - **What could not be taken is in the report**, file by file ([`report`]).

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::lang::Lang;
use crate::path::ContentPath;

mod addresses;
mod anchors;
mod attributes;
mod convert;
mod dialect;
mod docusaurus;
mod footnotes;
mod front;
mod headings;
mod jsx;
mod language;
mod line;
mod linking;
mod lists;
mod marks;
mod mdx;
mod moving;
mod note;
mod page;
mod pairing;
mod plan;
mod report;
mod said;
mod settings;
mod shortcode;
mod template;
mod tool;
mod tree;
mod words;

#[cfg(test)]
mod tests;

/// An old site: what its folder holds.
#[derive(Clone, Debug, Default)]
pub struct OldSite {
    /// The name of the folder.
    pub name: String,
    /// Pages, settings and drawings by path, with `/` between the parts.
    pub texts: BTreeMap<String, String>,
    /// All other files.
    pub files: BTreeSet<String>,
}

/// How the versions of a page are found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PairBy {
    /// By equal paths below two folders, and by what is in folders that correspond.
    Folders,
    /// By the end of the name: `x.en.md` and `x.fr.md`.
    Suffix,
    /// By a field above the page.
    Key(String),
}

/// The options of an import.
#[derive(Clone, Debug)]
pub struct Wishes {
    /// How the versions of a page are found; in every way if `None`.
    pub pair: Option<PairBy>,
    /// The record type that the pages become, by its name.
    pub kind: Option<String>,
    /// The language of the report.
    pub lang: Lang,
}

/// A site that can be written.
#[derive(Debug)]
pub struct NewSite {
    /// The texts of the content folder.
    pub texts: BTreeMap<ContentPath, String>,
    /// Files of the content folder, with the path of the file of the old folder that each is a copy of.
    pub copies: BTreeMap<ContentPath, String>,
    /// The report, in Markdown.
    pub report: String,
    /// What was taken, in numbers.
    pub sums: Sums,
}

/// What was taken, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Pages of the old site.
    pub pages: usize,
    /// Pairs of them.
    pub pairs: usize,
    /// Pages in one language only.
    pub alone: usize,
    /// Pages that somebody has to look at.
    pub to_look_at: usize,
}

/// Whether a file of an old folder is read as text.
pub fn is_read(path: &str) -> bool {
    page::is_page(path) || path.to_lowercase().ends_with(".svg") || settings::is_settings(path)
}

/// A pattern that the program looks for in old pages.
fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("the program's own patterns are sound")
}

/// Turns an old site into a new one. `types` holds the record types that Diptych ships, by the names of their files. If
/// the type that is asked for is not among them, the error holds the names that are.
pub fn import(old: &OldSite, wishes: &Wishes, types: &BTreeMap<String, String>) -> Result<NewSite, Vec<String>> {
    let known: Vec<String> = types.keys().map(|name| name.trim_end_matches(".yaml").to_owned()).collect();
    if wishes.kind.as_ref().is_some_and(|kind| !known.contains(kind)) {
        return Err(known);
    }
    Ok(moving::moved(&with_line_ends(old), wishes, types))
}

/// The site with one sign at the end of each line, whichever system wrote it.
fn with_line_ends(old: &OldSite) -> OldSite {
    let mut whole = old.clone();
    for text in whole.texts.values_mut().filter(|text| text.contains('\r')) {
        *text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    whole
}
