//! The content folder as a value: every file's path and text, read once.
//!
//! Texts are decoded here, so that no later stage meets a file that is not UTF-8. Assets (everything that is neither
//! Markdown nor YAML) are only listed, pictures with their dimensions; their bytes are copied when the output is
//! written. Owns `rpds`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::sync::Arc;

use rpds::RedBlackTreeMapSync;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Span, catalog};
use crate::layout::ContentKind;
use crate::path::ContentPath;

pub mod asset;
mod characters;
pub mod disk;
pub(crate) mod drawing;
pub mod encoding;
pub mod git;
pub mod history;
pub mod lines;
pub mod picture;

pub(crate) use characters::{is_control, meant_by_control};
use encoding::ByteOrder;
use picture::Dimensions;

/// The Markdown and YAML files by path. A copy shares everything except what is changed in it: the states before and
/// after a change are both held while pages are made from them.
pub type Texts = RedBlackTreeMapSync<ContentPath, Arc<str>>;

/// The files of a content folder.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    texts: Texts,
    assets: BTreeMap<ContentPath, Asset>,
    unreadable: BTreeSet<ContentPath>,
    drawings: BTreeMap<ContentPath, Result<Arc<str>, Place>>,
}

impl Sources {
    /// Takes files with their bytes; reports texts that are not UTF-8.
    pub fn from_files(files: impl IntoIterator<Item = (ContentPath, Vec<u8>)>) -> (Self, Diagnostics) {
        let (mut sources, mut diagnostics) = (Self::default(), Diagnostics::default());
        for (path, bytes) in files {
            if ContentKind::of(&path).is_text() {
                diagnostics.extend(sources.add_text(path, bytes));
            } else {
                sources.add_asset(path.clone(), Asset::new(path.as_str(), &bytes));
                if is_drawing(path.as_str()) {
                    sources.add_drawing(path, bytes);
                }
            }
        }
        (sources, diagnostics)
    }

    /// Adds a Markdown or YAML file. A byte order mark is dropped. If the bytes are not UTF-8, the file is kept as far
    /// as it can be read, so that the mistake can show its line. Returns that mistake, and one for each character that
    /// no page can hold or that is not what it seems.
    pub fn add_text(&mut self, path: ContentPath, bytes: Vec<u8>) -> Vec<Diagnostic> {
        let wide = utf32(&bytes).map(|text| ("UTF-32", text)).or_else(|| Some(("UTF-16", utf16(&bytes)?)));
        if let Some((name, text)) = wide {
            let problem = catalog::not_utf8(Place::new(&path, Span::START), Some(name));
            self.texts.insert_mut(path, Arc::from(text));
            return vec![problem];
        }
        let (text, problem) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let place = Place::new(&path, Span::new(at..at + '\u{FFFD}'.len_utf8()));
                (text, Some(catalog::not_utf8(place, None)))
            }
        };
        let (text, is_old) = without_old_ends(text);
        let old = is_old.then(|| catalog::old_line_ends(Place::new(&path, Span::START)));
        let text: Arc<str> = match text.strip_prefix('\u{FEFF}') {
            Some(rest) => Arc::from(rest),
            None => Arc::from(text),
        };
        // In a text that is not UTF-8, all lost letters are reported as one.
        let is_lost = problem.is_some();
        let place = |range| Place::new(&path, Span::new(range));
        let odd = characters::look(&text, place).filter(|odd| !(is_lost && odd.name == "garbled-text"));
        let problems = problem.into_iter().chain(old).chain(odd).collect();
        self.texts.insert_mut(path, text);
        problems
    }

    /// Adds a file that is neither Markdown nor YAML.
    pub fn add_asset(&mut self, path: ContentPath, asset: Asset) {
        self.assets.insert(path, asset);
    }

    /// Adds the text of an asset that is a drawing (SVG), the one kind of asset whose contents are checked.
    pub fn add_drawing(&mut self, path: ContentPath, bytes: Vec<u8>) {
        let text: Result<Arc<str>, Place> =
            String::from_utf8(bytes).map(Arc::from).map_err(|_| Place::new(&path, Span::START));
        if let (Ok(text), Some(asset)) = (&text, self.assets.get_mut(&path)) {
            asset.dimensions = drawing::dimensions(text);
        }
        self.drawings.insert(path, text);
    }

    /// The text of a drawing; its place if it is not UTF-8.
    pub fn drawing(&self, path: &ContentPath) -> Option<Result<&str, Place>> {
        self.drawings.get(path).map(|text| text.as_deref().map_err(Clone::clone))
    }

    /// Adds a file or folder that exists and cannot be read. That is its only mistake: its contents are not reported as
    /// missing.
    pub fn add_unreadable(&mut self, path: ContentPath) {
        self.unreadable.insert(path);
    }

    /// The files and folders that exist and cannot be read.
    pub fn unreadable(&self) -> &BTreeSet<ContentPath> {
        &self.unreadable
    }

    /// The Markdown and YAML files, by path.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The other files, by path.
    pub fn assets(&self) -> &BTreeMap<ContentPath, Asset> {
        &self.assets
    }

    /// The paths whose texts, sizes or dimensions differ between two states of a folder.
    pub fn differences(&self, other: &Self) -> BTreeSet<ContentPath> {
        let texts = self.texts.keys().chain(other.texts.keys()).filter(|path| self.text(path) != other.text(path));
        let asset = |sources: &Self, path: &ContentPath| sources.assets.get(path).copied();
        let assets = self.assets.keys().chain(other.assets.keys());
        let assets =
            assets.filter(|path| asset(self, path) != asset(other, path) || self.text(path) != other.text(path));
        let unreadable = self.unreadable.symmetric_difference(&other.unreadable);
        texts.chain(assets).chain(unreadable).cloned().collect()
    }

    /// Whether there is such a file, readable or not.
    pub fn is_known(&self, path: &ContentPath) -> bool {
        self.texts.contains_key(path) || self.assets.contains_key(path) || self.unreadable.contains(path)
    }

    /// What a file is.
    pub fn state(&self, path: &ContentPath) -> FileState {
        if self.unreadable.contains(path) {
            return FileState::Unreadable;
        }
        match (self.texts.get(path), self.assets.get(path), self.drawings.get(path)) {
            (Some(text), ..) | (_, _, Some(Ok(text))) => {
                let bytes = text.as_bytes().to_vec();
                if self.texts.contains_key(path) { FileState::Text(bytes) } else { FileState::Drawing(bytes) }
            }
            // The bytes are not text; nothing else is known about them.
            (None, Some(_), Some(Err(_))) => FileState::Drawing(vec![0xff]),
            (None, Some(asset), None) => FileState::Asset(*asset),
            (None, None, _) => FileState::Gone,
        }
    }

    /// Takes in what became of a file; returns what is wrong with the characters of a text.
    pub fn apply(&mut self, path: &ContentPath, state: FileState) -> Vec<Diagnostic> {
        self.remove(path);
        match state {
            FileState::Gone => Vec::new(),
            FileState::Text(bytes) => self.add_text(path.clone(), bytes),
            FileState::Asset(asset) => {
                self.add_asset(path.clone(), asset);
                Vec::new()
            }
            FileState::Drawing(bytes) => {
                self.add_asset(path.clone(), Asset::unseen(bytes.len() as u64));
                self.add_drawing(path.clone(), bytes);
                Vec::new()
            }
            FileState::Unreadable => {
                self.add_unreadable(path.clone());
                Vec::new()
            }
        }
    }

    /// Forgets a file. Returns whether it was there.
    pub fn remove(&mut self, path: &ContentPath) -> bool {
        self.drawings.remove(path);
        self.unreadable.remove(path) | self.texts.remove_mut(path) | self.assets.remove(path).is_some()
    }

    /// The text of one file, which may be a drawing.
    pub fn text(&self, path: &ContentPath) -> Option<&str> {
        let drawing = || self.drawings.get(path)?.as_deref().ok();
        self.texts.get(path).map(AsRef::as_ref).or_else(drawing)
    }
}

/// A text in UTF-16: its first two bytes say so, or every other byte is zero.
fn utf16(bytes: &[u8]) -> Option<String> {
    let zeros = |nth: usize| {
        let pairs = bytes.chunks_exact(2).take(64);
        pairs.filter(|pair| pair[nth] == 0).count() * 2 > bytes.len().min(128) / 2
    };
    let unmarked = || match (zeros(1), zeros(0)) {
        (true, _) => Some(ByteOrder::Little),
        (false, true) => Some(ByteOrder::Big),
        (false, false) => None,
    };
    let order = encoding::marked_order(bytes).or_else(unmarked)?;
    Some(encoding::utf16(bytes, order))
}

/// A text of the same length with modern line ends, and whether most of its lines had those of old Macintosh computers.
fn without_old_ends(text: String) -> (String, bool) {
    let (all, new, whole) = (text.matches('\r').count(), text.matches('\n').count(), text.matches("\r\n").count());
    if all - whole <= new {
        return (text, false);
    }
    let lines: Vec<String> = text.split("\r\n").map(|part| part.replace('\r', "\n")).collect();
    (lines.join("\r\n"), true)
}

/// A text in UTF-32: almost three of four bytes are zero.
fn utf32(bytes: &[u8]) -> Option<String> {
    let units = || bytes.chunks_exact(4);
    let is_little = units().all(|unit| unit[3] == 0 && unit[2] <= 0x10);
    let is_big = units().all(|unit| unit[0] == 0 && unit[1] <= 0x10);
    if bytes.len() < 8 || !bytes.len().is_multiple_of(4) || !(is_little || is_big) {
        return None;
    }
    let number = |unit: &[u8]| match unit.try_into() {
        Ok(unit) if is_little => u32::from_le_bytes(unit),
        Ok(unit) => u32::from_be_bytes(unit),
        Err(_) => 0,
    };
    let text: String =
        units().map(|unit| char::from_u32(number(unit)).unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// What is known about a file that is neither Markdown nor YAML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Its size in bytes.
    pub size: u64,
    /// How large it is shown, if it is a picture that can be.
    pub dimensions: Option<Dimensions>,
}

impl Asset {
    /// A file of this name.
    pub fn new(name: &str, bytes: &[u8]) -> Self {
        let is_looked_into = picture::is_picture(name) && !is_drawing(name);
        let dimensions = if is_looked_into { picture::dimensions(Cursor::new(bytes)).ok().flatten() } else { None };
        Self { size: bytes.len() as u64, dimensions }
    }

    /// A file whose contents were not read.
    pub const fn unseen(size: u64) -> Self {
        Self { size, dimensions: None }
    }
}

/// Whether an asset is a drawing.
pub(crate) fn is_drawing(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("svg"))
}

/// What became of one file.
#[derive(Debug)]
pub struct FileChange {
    /// The file.
    pub path: ContentPath,
    /// What it is now.
    pub state: FileState,
    /// Mistakes that were found when it was read.
    pub mistakes: Vec<Diagnostic>,
}

/// What a file is now.
#[derive(Debug)]
pub enum FileState {
    /// Not there.
    Gone,
    /// A file whose text is read.
    Text(Vec<u8>),
    /// A file that is only copied.
    Asset(Asset),
    /// A drawing (SVG), which is copied and checked.
    Drawing(Vec<u8>),
    /// It exists and cannot be read.
    Unreadable,
}
