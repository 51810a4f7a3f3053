//! Folders with everything in them: [`unknown`] finds what should not be there, [`remove`] removes. Neither follows a
//! link.

use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::own::OwnError;
use crate::path::OutputPath;

/// What to do about an entry of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It may be there, with everything in it.
    Known,
    /// It is a folder that may be there; what is in it is to be judged.
    Enter,
    /// It should not be there.
    Unknown,
}

/// The entries below a folder that should not be there, each with its path relative to the folder; for a whole folder,
/// only the folder itself. `judge` is given relative paths with `/` between the parts.
pub(super) fn unknown(
    folder: &Path,
    judge: &(dyn Fn(&str, FileType) -> Verdict + Sync),
) -> io::Result<Vec<(String, PathBuf)>> {
    let mut found = below(folder, "", judge)?;
    found.sort();
    Ok(found)
}

fn below(
    folder: &Path,
    prefix: &str,
    judge: &(dyn Fn(&str, FileType) -> Verdict + Sync),
) -> io::Result<Vec<(String, PathBuf)>> {
    let (mut found, mut inner) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        match judge(&path, entry.file_type()?) {
            Verdict::Known => {}
            Verdict::Enter => inner.push((format!("{path}/"), entry.path())),
            Verdict::Unknown => found.push((path, entry.path())),
        }
    }
    let deeper: Vec<_> =
        inner.par_iter().map(|(prefix, folder)| below(folder, prefix, judge)).collect::<io::Result<_>>()?;
    found.extend(deeper.into_iter().flatten());
    Ok(found)
}

/// Fails unless every folder on the way to a path below `root`, as far as it exists, is a real one.
pub(super) fn is_within(root: &Path, path: &OutputPath) -> Result<(), OwnError> {
    for folder in path.folders().map(|folder| root.join(folder)) {
        match fs::symlink_metadata(&folder) {
            Ok(meta) if meta.is_symlink() => return Err(OwnError::Link(folder)),
            Ok(meta) if !meta.is_dir() => return Err(OwnError::NoFolder(folder)),
            _ => {}
        }
    }
    Ok(())
}

/// Removes a file, a link, or a folder with everything in it, on all threads; does nothing if it does not exist.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    let kind = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        meta => meta?.file_type(),
    };
    if !kind.is_dir() {
        return fs::remove_file(path);
    }
    let mut folders = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            folders.push(entry.path());
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    folders.par_iter().try_for_each(|folder| remove(folder))?;
    fs::remove_dir(path)
}
