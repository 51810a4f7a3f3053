//! The content folder as a value: every file's path and text, read once.
//!
//! Texts are decoded here, so that no later stage meets a file that is not UTF-8. Assets (all that is neither Markdown
//! nor YAML) are only listed; their bytes are copied when the output is written.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Span, catalog};
use crate::layout::ContentKind;
use crate::path::ContentPath;

pub mod disk;
pub mod git;

/// The files of a content folder.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    texts: BTreeMap<ContentPath, Arc<str>>,
    assets: BTreeMap<ContentPath, u64>,
}

impl Sources {
    /// Takes files with their bytes; says which texts are not UTF-8.
    pub fn from_files(files: impl IntoIterator<Item = (ContentPath, Vec<u8>)>) -> (Self, Diagnostics) {
        let (mut sources, mut diagnostics) = (Self::default(), Diagnostics::default());
        for (path, bytes) in files {
            if ContentKind::of(&path).is_text() {
                diagnostics.extend(sources.add_text(path, bytes));
            } else {
                sources.add_asset(path, bytes.len() as u64);
            }
        }
        (sources, diagnostics)
    }

    /// Adds a Markdown or YAML file. A byte order mark is dropped. Where the bytes are not UTF-8 the file is kept as
    /// far as it can be read, so that the mistake can show its line, and an error is returned.
    pub fn add_text(&mut self, path: ContentPath, bytes: Vec<u8>) -> Option<Diagnostic> {
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
            Some(rest) => Arc::from(rest),
            None => Arc::from(text),
        };
        self.texts.insert(path, text);
        problem
    }

    /// Adds a file that is neither Markdown nor YAML. `size` in bytes.
    pub fn add_asset(&mut self, path: ContentPath, size: u64) {
        self.assets.insert(path, size);
    }

    /// The Markdown and YAML files, by path.
    pub fn texts(&self) -> &BTreeMap<ContentPath, Arc<str>> {
        &self.texts
    }

    /// The other files with their sizes in bytes, by path.
    pub fn assets(&self) -> &BTreeMap<ContentPath, u64> {
        &self.assets
    }

    /// The paths whose texts or sizes differ between two states of a folder.
    pub fn differences(&self, other: &Self) -> BTreeSet<ContentPath> {
        let texts = self.texts.keys().chain(other.texts.keys()).filter(|path| self.text(path) != other.text(path));
        let size = |sources: &Self, path: &ContentPath| sources.assets.get(path).copied();
        let assets = self.assets.keys().chain(other.assets.keys());
        texts.chain(assets.filter(|path| size(self, path) != size(other, path))).cloned().collect()
    }

    /// Forgets a file. Returns whether it was there.
    pub fn remove(&mut self, path: &ContentPath) -> bool {
        self.texts.remove(path).is_some() | self.assets.remove(path).is_some()
    }

    /// The text of one file.
    pub fn text(&self, path: &ContentPath) -> Option<&str> {
        self.texts.get(path).map(AsRef::as_ref)
    }
}

/// What became of one file.
#[derive(Debug)]
pub struct FileChange {
    /// The file.
    pub path: ContentPath,
    /// What it is now.
    pub state: FileState,
    /// Mistakes that were met when it was read.
    pub mistakes: Vec<Diagnostic>,
}

/// What a file is now.
#[derive(Debug)]
pub enum FileState {
    /// Not there, or not to be read.
    Gone,
    /// A file whose text is read.
    Text(Vec<u8>),
    /// A file that is only copied; its size in bytes.
    Asset(u64),
}
