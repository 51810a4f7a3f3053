//! The content folder as a value: every file's path and text, read once.
//!
//! Texts are decoded here, so that no later stage meets a file that is not UTF-8. Assets (all that is neither Markdown
//! nor YAML) are only listed; their bytes are copied when the output is written.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostics, Place, Span, catalog};
use crate::path::ContentPath;

pub mod asset;
pub mod disk;
pub mod git;

/// The files of a content folder.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    texts: BTreeMap<ContentPath, String>,
    assets: BTreeMap<ContentPath, u64>,
    unreadable: BTreeSet<ContentPath>,
    drawings: BTreeMap<ContentPath, Result<String, Place>>,
}

impl Sources {
    /// Takes files with their bytes; says which texts are not UTF-8.
    pub fn from_files(files: impl IntoIterator<Item = (ContentPath, Vec<u8>)>) -> (Self, Diagnostics) {
        let (mut sources, mut diagnostics) = (Self::default(), Diagnostics::default());
        for (path, bytes) in files {
            if is_text(path.as_str()) {
                diagnostics.extend(sources.add_text(path, bytes));
            } else {
                sources.add_asset(path.clone(), bytes.len() as u64);
                if is_drawing(path.as_str()) {
                    sources.add_drawing(path, bytes);
                }
            }
        }
        (sources, diagnostics)
    }

    /// Adds a Markdown or YAML file. A byte order mark is dropped. Where the bytes are not UTF-8 the file is kept as
    /// far as it can be read, so that the mistake can show its line, and an error is returned.
    pub fn add_text(&mut self, path: ContentPath, bytes: Vec<u8>) -> Option<crate::diagnostic::Diagnostic> {
        let (text, problem) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let place = Place::new(&path, Span::new(at..at + '\u{FFFD}'.len_utf8()));
                (text, Some(catalog::not_utf8(place)))
            }
        };
        let text = match text.strip_prefix('\u{FEFF}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        self.texts.insert(path, text);
        problem
    }

    /// Adds a file that is neither Markdown nor YAML. `size` in bytes.
    pub fn add_asset(&mut self, path: ContentPath, size: u64) {
        self.assets.insert(path, size);
    }

    /// Adds what an asset says that is a drawing (SVG): the one kind of asset that has to be looked into.
    pub fn add_drawing(&mut self, path: ContentPath, bytes: Vec<u8>) {
        let text = String::from_utf8(bytes).map_err(|_| Place::new(&path, Span::START));
        self.drawings.insert(path, text);
    }

    /// What a drawing says; where it is not UTF-8, its place.
    pub fn drawing(&self, path: &ContentPath) -> Option<Result<&str, Place>> {
        self.drawings.get(path).map(|text| text.as_deref().map_err(Clone::clone))
    }

    /// Adds a file or folder that is there and cannot be read: that is its only mistake, so nobody misses what it says.
    pub fn add_unreadable(&mut self, path: ContentPath) {
        self.unreadable.insert(path);
    }

    /// The files and folders that are there and cannot be read.
    pub fn unreadable(&self) -> &BTreeSet<ContentPath> {
        &self.unreadable
    }

    /// The Markdown and YAML files, by path.
    pub fn texts(&self) -> &BTreeMap<ContentPath, String> {
        &self.texts
    }

    /// The other files with their sizes in bytes, by path.
    pub fn assets(&self) -> &BTreeMap<ContentPath, u64> {
        &self.assets
    }

    /// The text of one file, which may be a drawing.
    pub fn text(&self, path: &ContentPath) -> Option<&str> {
        let drawing = || self.drawings.get(path)?.as_deref().ok();
        self.texts.get(path).map(String::as_str).or_else(drawing)
    }
}

/// Whether an asset is a drawing.
fn is_drawing(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("svg"))
}

/// Whether a file is one that Diptych reads, rather than an asset.
fn is_text(path: &str) -> bool {
    [".md", ".yaml", ".yml"].iter().any(|ending| path.ends_with(ending))
        || matches!(path, crate::pairs::lock::FILE | crate::pairs::status::READS)
}
