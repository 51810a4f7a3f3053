//! Reads the content folder from the disk; the only module that does. Owns `walkdir`.
#![expect(clippy::disallowed_methods, reason = "the one module that reads the disk")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::{FileChange, FileState, Sources};
use crate::diagnostic::Diagnostics;
use crate::layout::ContentKind;
use crate::path::ContentPath;

/// A folder or file that cannot be read.
#[derive(Debug)]
pub struct ReadError {
    /// What could not be read.
    pub path: PathBuf,
    /// Why.
    pub source: io::Error,
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot read {}", self.path.display())
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Reads a content folder. Hidden files (whose names begin with a dot) and editors' backups (`~` at the end) are left
/// out; links are followed.
pub fn read(folder: &Path) -> Result<(Sources, Diagnostics), ReadError> {
    let mut texts = Vec::new();
    let mut sources = Sources::default();
    for (path, file, size) in walk(folder)? {
        if ContentKind::of(&path).is_text() {
            texts.push((path, file));
        } else {
            sources.add_asset(path, size);
        }
    }
    let texts: Vec<(ContentPath, Vec<u8>)> = texts
        .into_par_iter()
        .map(|(path, file)| match fs::read(&file) {
            Ok(bytes) => Ok((path, bytes)),
            Err(source) => Err(ReadError { path: file, source }),
        })
        .collect::<Result<_, _>>()?;
    let diagnostics = texts.into_iter().filter_map(|(path, bytes)| sources.add_text(path, bytes)).collect();
    Ok((sources, diagnostics))
}

/// The path in the content folder of a path on the disk; none outside the folder and for files that are left out.
pub fn path_in(folder: &Path, path: &Path) -> Option<ContentPath> {
    let real = |path: &Path| fs::canonicalize(path).ok();
    let inner = path.strip_prefix(folder).ok().map(Path::to_owned);
    let inner = inner.or_else(|| path.strip_prefix(real(folder)?).ok().map(Path::to_owned))?;
    let parts: Vec<String> = inner.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    let visible = !parts.is_empty() && parts.iter().all(|part| is_visible(part));
    visible.then(|| ContentPath::new(parts.join("/")))
}

/// What became of one file of the content folder; none where there is no such file.
pub fn read_one(folder: &Path, path: &ContentPath) -> Option<FileChange> {
    let file = folder.join(path.as_str());
    let metadata = fs::metadata(&file).ok().filter(fs::Metadata::is_file)?;
    let state = if ContentKind::of(path).is_text() {
        FileState::Text(fs::read(&file).ok()?)
    } else {
        FileState::Asset(metadata.len())
    };
    Some(FileChange { path: path.clone(), state, mistakes: Vec::new() })
}

/// Whether a file or folder of this name is read. Hidden ones and the backups of editors are left out.
fn is_visible(name: &str) -> bool {
    !(name.starts_with('.') || name.ends_with('~'))
}

/// Reads every file of a folder whole: for a theme, whose files are few and small.
pub fn read_all(folder: &Path) -> Result<Vec<(ContentPath, Vec<u8>)>, ReadError> {
    walk(folder)?
        .into_iter()
        .map(|(path, file, _)| match fs::read(&file) {
            Ok(bytes) => Ok((path, bytes)),
            Err(source) => Err(ReadError { path: file, source }),
        })
        .collect()
}

/// Whether one folder lies in the other, or is the other, as far as they are there yet.
pub fn overlap(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| {
        let there = path.ancestors().find(|part| part.exists());
        let there = there.filter(|part| !part.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
        let rest = path.strip_prefix(there).unwrap_or(path);
        fs::canonicalize(there).map_or_else(|_| path.to_owned(), |there| there.join(rest))
    };
    let (one, other) = (real(one), real(other));
    one.starts_with(&other) || other.starts_with(&one)
}

/// Reads one file whole.
pub fn read_file(file: &Path) -> Result<Vec<u8>, ReadError> {
    fs::read(file).map_err(|source| ReadError { path: file.to_owned(), source })
}

/// The files below a folder by path: relative path, disk path, size in bytes.
fn walk(folder: &Path) -> Result<Vec<(ContentPath, PathBuf, u64)>, ReadError> {
    let visible = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0 || is_visible(&name)
    };
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_entry(visible) {
        let failed = |error: walkdir::Error| ReadError {
            path: error.path().unwrap_or(folder).to_owned(),
            source: error.into_io_error().unwrap_or_else(|| io::Error::other("a link leads back to its own folder")),
        };
        let entry = entry.map_err(failed)?;
        if !entry.file_type().is_file() {
            continue;
        }
        let size = entry.metadata().map_err(failed)?.len();
        let path = entry.into_path();
        let parts: Vec<_> = path
            .strip_prefix(folder)
            .unwrap_or(&path)
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        files.push((ContentPath::new(parts.join("/")), path, size));
    }
    Ok(files)
}
