//! Reads the folders of content and themes. Nothing outside the folder is read ([`Folder`]), and what cannot be read is
//! a mistake at its own place. The only errors are a missing folder and a failing machine ([`machine`]): what that
//! could not read is not missing from the content.
#![expect(clippy::disallowed_methods, reason = "reads the folders of content and themes")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Asset, FileChange, FileState, Sources, is_drawing, picture};
use crate::diagnostic::catalog::{self, Limit, Unreadable};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Span};
use crate::lang::{Lang, PerLang};
use crate::layout::ContentKind;
use crate::machine;
use crate::path::ContentPath;

mod folder;

pub use folder::{Folder, MOST_FILES, Refusal};

/// The largest text that is read, in bytes: a thousand times a long page.
pub const LARGEST_TEXT: u64 = 16 << 20;

/// A folder or file that cannot be read.
#[derive(Debug)]
pub struct ReadError {
    /// What could not be read.
    pub path: PathBuf,
    /// Why.
    pub source: io::Error,
}

impl ReadError {
    /// What could not be read, in a language of messages; the reason is in `source`.
    pub fn message(&self, lang: Lang) -> String {
        let path = self.path.display();
        let both = PerLang { en: format!("cannot read {path}"), fr: format!("impossible de lire {path}") };
        both.get(lang).clone()
    }
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Reads a content folder.
pub fn read(folder: &Path) -> Result<(Sources, Diagnostics), ReadError> {
    let named = folder;
    let folder = open(named)?;
    let walk = folder.walk();
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let refuse = |path: ContentPath, why: Refusal, sources: &mut Sources, diagnostics: &mut Diagnostics| {
        let why = why.of_file(named.join(path.as_str()))?;
        diagnostics.push(mistake(&path, &why));
        sources.add_unreadable(path);
        Ok(())
    };
    for (path, why) in walk.refused {
        refuse(path, why, &mut sources, &mut diagnostics)?;
    }
    for path in walk.folders.into_iter().filter(is_named_as_a_file) {
        refuse(path, Refusal::Folder, &mut sources, &mut diagnostics)?;
    }
    let (texts, assets): (Vec<_>, Vec<_>) =
        walk.files.into_iter().partition(|file| ContentKind::of(&file.path).is_text());
    let (drawings, others): (Vec<_>, Vec<_>) = assets.into_iter().partition(|asset| is_drawing(asset.path.as_str()));
    let others: Vec<_> = others
        .into_par_iter()
        .map(|asset| {
            let is_picture = picture::is_picture(asset.path.as_str());
            let file = if is_picture { folder.open_real(&asset.real).map(Some) } else { Ok(None) };
            let look = |file| Ok(picture::dimensions(BufReader::new(file))?);
            let dimensions = file.and_then(|file| file.map_or(Ok(None), look));
            (asset, dimensions)
        })
        .collect();
    for (asset, dimensions) in others {
        let dimensions = match dimensions {
            Ok(dimensions) => dimensions,
            // If it is not a picture, that is reported where a page shows it.
            Err(why) => why.of_file(named.join(asset.path.as_str())).map(|_| None)?,
        };
        sources.add_asset(asset.path, Asset { size: asset.size, dimensions });
    }
    for asset in drawings {
        match folder.read_real(&asset.real, LARGEST_TEXT) {
            Ok(bytes) => diagnostics.extend(sources.apply(&asset.path, FileState::Drawing(bytes))),
            Err(why) => refuse(asset.path, why, &mut sources, &mut diagnostics)?,
        }
    }
    let texts: Vec<_> =
        texts.into_par_iter().map(|file| (file.path, folder.read_real(&file.real, LARGEST_TEXT))).collect();
    for (path, read) in texts {
        match read {
            Ok(bytes) => diagnostics.extend(sources.add_text(path, bytes)),
            Err(why) => refuse(path, why, &mut sources, &mut diagnostics)?,
        }
    }
    Ok((sources, diagnostics))
}

impl Refusal {
    /// Why a file is not read, unless the machine fails: then nothing is known about the file.
    pub fn of_file(self, path: impl Into<PathBuf>) -> Result<Self, ReadError> {
        match self {
            Self::Io(source) if machine::has_failed(&source) => Err(ReadError { path: path.into(), source }),
            why => Ok(why),
        }
    }
}

/// The names of the folders in a folder; none if it cannot be read.
pub fn folders_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.path().is_dir());
    folders.map(|folder| folder.file_name().to_string_lossy().into_owned()).collect()
}

/// Whether a folder has the name of a file that is read, so that the file itself is missing.
fn is_named_as_a_file(folder: &ContentPath) -> bool {
    use ContentKind::{Facts, Lock, Reads, Settings, Type, Words};
    matches!(ContentKind::of(folder), Settings | Type | Lock | Reads | Words { .. } | Facts { .. })
}

/// The path in the content folder of a path on the disk; `None` outside the folder and for files that are left out.
pub fn path_in(folder: &Path, path: &Path) -> Option<ContentPath> {
    let inner = path.strip_prefix(folder).ok()?;
    let parts: Vec<String> = inner.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    let visible = !parts.is_empty() && parts.iter().all(|part| folder::is_visible(part));
    visible.then(|| folder::path_below("", inner))
}

/// The folder that a folder is in, also if it was named as `.`.
pub fn beside(folder: &Path) -> PathBuf {
    let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    real.parent().map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// Whether there is something of this name, be it a link that leads nowhere.
pub fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// What became of one file of the content folder. `None` if there is no regular file, if a link is on the way to it, or
/// if the machine fails: then only reading the whole folder can say what is there.
pub fn read_one(folder: &Folder, path: &ContentPath) -> Option<FileChange> {
    let real = Path::new(path.as_str());
    let file = match folder.open_real(real) {
        Ok(file) => file,
        Err(Refusal::Io(error)) if error.kind() == io::ErrorKind::PermissionDenied => {
            let mistakes = vec![mistake(path, &Refusal::Io(error))];
            return Some(FileChange { path: path.clone(), state: FileState::Unreadable, mistakes });
        }
        Err(_) => return None,
    };
    let is_text = ContentKind::of(path).is_text();
    if !is_text && !is_drawing(path.as_str()) {
        let size = file.metadata().ok()?.len();
        let is_picture = picture::is_picture(path.as_str());
        let dimensions = if is_picture { picture::dimensions(BufReader::new(file)).ok()? } else { None };
        let state = FileState::Asset(Asset { size, dimensions });
        return Some(FileChange { path: path.clone(), state, mistakes: Vec::new() });
    }
    let (state, mistakes) = match folder.read_real(real, LARGEST_TEXT) {
        Ok(bytes) if is_text => (FileState::Text(bytes), Vec::new()),
        Ok(bytes) => (FileState::Drawing(bytes), Vec::new()),
        Err(Refusal::Io(error)) if machine::has_failed(&error) => return None,
        Err(why) => (FileState::Unreadable, vec![mistake(path, &why)]),
    };
    Some(FileChange { path: path.clone(), state, mistakes })
}

/// The files of a theme by their path in it, and what is not read of it.
pub type ThemeRead = (BTreeMap<ContentPath, Vec<u8>>, Diagnostics);

/// Reads every file of a theme as a whole: they are few and small. Messages name its files by `shown` and their path.
pub fn read_theme(folder: &Path, shown: &str) -> Result<ThemeRead, ReadError> {
    let named = folder;
    let folder = open(named)?;
    let (mut files, mut diagnostics) = (BTreeMap::new(), Diagnostics::default());
    let mut refuse = |path: &ContentPath, why: Refusal| {
        let why = why.of_file(named.join(path.as_str()))?;
        diagnostics.push(mistake(&ContentPath::new(format!("{shown}/{path}")), &why));
        Ok(())
    };
    let walk = folder.walk();
    for (path, why) in walk.refused {
        refuse(&path, why)?;
    }
    for file in walk.files {
        match folder.read_real(&file.real, LARGEST_TEXT) {
            Ok(bytes) => {
                files.insert(file.path, bytes);
            }
            Err(why) => refuse(&file.path, why)?,
        }
    }
    Ok((files, diagnostics))
}

/// Whether a folder, once all links are followed, is in another one.
pub fn is_inside(folder: &Path, other: &Path) -> bool {
    Folder::open(other).is_ok_and(|other| other.holds(folder))
}

/// Opens a folder to read it.
pub fn open(folder: &Path) -> Result<Folder, ReadError> {
    Folder::open(folder).map_err(|source| ReadError { path: folder.to_owned(), source })
}

/// The mistake that a file or folder is not read.
fn mistake(path: &ContentPath, why: &Refusal) -> Diagnostic {
    let place = Place::new(path, Span::START);
    match why {
        Refusal::Outside => catalog::link_outside(place),
        Refusal::Special => catalog::special_file(place),
        Refusal::Folder => catalog::folder_for_file(place),
        Refusal::TooLarge => catalog::too_large(place, Limit::Text(LARGEST_TEXT >> 20)),
        Refusal::TooMany => catalog::too_large(place, Limit::Files(MOST_FILES)),
        Refusal::Circle => catalog::link_circle(place),
        Refusal::SameName => catalog::same_name_twice(place),
        Refusal::Io(error) => match error.kind() {
            // A link that leads to itself.
            _ if folder::is_circle(error) => catalog::link_circle(place),
            io::ErrorKind::NotFound => catalog::file_unreadable(place, Unreadable::Gone),
            io::ErrorKind::PermissionDenied => catalog::file_unreadable(place, Unreadable::Forbidden),
            _ if machine::is_in_use(error) => catalog::file_unreadable(place, Unreadable::InUse),
            _ => catalog::file_unreadable(place, Unreadable::Disk(&error.to_string())),
        },
    }
}

/// Reads an open file to its end. One of more than `most` bytes is an error of the kind [`io::ErrorKind::FileTooLarge`],
/// however large it says it is.
pub fn read_at_most(file: impl io::Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut io::Read::take(file, most.saturating_add(1)), &mut bytes)?;
    if bytes.len() as u64 > most { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// Reads one file that somebody names as a whole, unless it has more than `most` bytes; never waits for something that
/// is not a file.
pub fn read_file(file: &Path, most: u64) -> Result<Vec<u8>, ReadError> {
    let read = || {
        match fs::metadata(file)? {
            meta if meta.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            meta if !meta.is_file() => return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a file")),
            _ => {}
        }
        read_at_most(fs::File::open(file)?, most)
    };
    read().map_err(|source| ReadError { path: file.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_another_program_has_open_is_told_as_that() {
        let in_use = io::Error::from_raw_os_error(if cfg!(windows) { 32 } else { 26 });
        let reported = mistake(&ContentPath::new("pages/about.en.md"), &Refusal::Io(in_use));
        assert!(reported.message.en.starts_with("another program has this file open"), "{}", reported.message.en);
    }
}
