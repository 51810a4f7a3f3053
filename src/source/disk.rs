//! Reads the content folder from the disk; the only module that does. Owns `walkdir`.
#![expect(clippy::disallowed_methods, reason = "the one module that reads the disk")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::{Sources, is_text};
use crate::diagnostic::Diagnostics;
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
        if is_text(path.as_str()) {
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

/// Reads one file whole.
pub fn read_file(file: &Path) -> Result<Vec<u8>, ReadError> {
    fs::read(file).map_err(|source| ReadError { path: file.to_owned(), source })
}

/// The files below a folder by path: relative path, disk path, size in bytes.
fn walk(folder: &Path) -> Result<Vec<(ContentPath, PathBuf, u64)>, ReadError> {
    let visible = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0 || !(name.starts_with('.') || name.ends_with('~'))
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
