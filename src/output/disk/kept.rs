//! What is kept in the output for others (`keep:` in the settings) and moves from tree to tree: [`Kept`].
//!
//! A file is linked into the new tree before that becomes the site, so that it is never missing. A folder cannot be
//! linked, and what is put in it meanwhile must not be lost: it is moved right afterwards. The work folder notes which
//! are to be moved, so that the next build moves what a crash left behind.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;

use super::error::{WriteError, failed};
use super::place::{Place, SPARE};
use super::{os, tree};
use crate::path::OutputPath;

/// The note of what is to be moved, in the work folder.
const NOTE: &str = "moving";

/// The most bytes of a note.
const MOST: u64 = 1 << 20;

/// What is kept and exists.
pub(super) struct Kept {
    /// Files, to be linked.
    pub(super) files: Vec<OutputPath>,
    /// Folders, and whatever else cannot be linked, to be moved.
    pub(super) folders: Vec<OutputPath>,
}

impl Kept {
    /// Looks at what exists. Fails if the disk does, because what is there would be left behind.
    pub(super) fn of(place: &Place, keep: &[OutputPath]) -> Result<Self, WriteError> {
        let mut kept = Self { files: Vec::new(), folders: Vec::new() };
        for path in keep {
            let there = present(&place.out.join(path.as_str())).map_err(failed(&place.shown(path.as_str())))?;
            match there {
                Some(meta) if meta.is_file() => kept.files.push(path.clone()),
                Some(_) => kept.folders.push(path.clone()),
                None => {}
            }
        }
        Ok(kept)
    }

    /// Notes what is about to be moved.
    pub(super) fn note_moves(&self, place: &Place) -> Result<(), WriteError> {
        if self.folders.is_empty() {
            return Ok(());
        }
        let lines: String = self.folders.iter().map(|path| format!("{path}\n")).collect();
        Ok(place.own.write(NOTE, lines.as_bytes())?)
    }
}

/// What is at a path; `None` if there is nothing.
fn present(path: &Path) -> io::Result<Option<Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(meta) => Ok(Some(meta)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Moves what was noted from the spare tree, which was the site, into the site, which was the spare tree. What is not
/// in the spare tree is already where it belongs. Whoever wrote the note, nothing is moved out of any other folder, or
/// into one.
pub(super) fn finish_moves(place: &Place) -> Result<(), WriteError> {
    let Some(lines) = place.own.read(NOTE, MOST)? else { return Ok(()) };
    let lines = String::from_utf8_lossy(&lines);
    let spare = place.own.inner(SPARE)?;
    let mut folders = vec![place.out.clone()];
    for path in lines.lines().filter_map(|line| OutputPath::new(line).ok()) {
        let Some(spare) = &spare else { break };
        let (from, to) = (spare.path().join(path.as_str()), place.out.join(path.as_str()));
        for root in [spare.path(), &place.out] {
            tree::is_within(root, &path)?;
        }
        if present(&from).map_err(failed(&from))?.is_none() {
            continue;
        }
        if present(&to).map_err(failed(&to))?.is_some() {
            return Err(failed(&from)(io::ErrorKind::AlreadyExists.into()));
        }
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(failed(folder))?;
            folders.push(folder.to_owned());
        }
        os::rename(&from, &to).map_err(failed(&place.shown(path.as_str())))?;
    }
    for folder in folders {
        os::sync_folder(&folder).map_err(failed(&folder))?;
    }
    Ok(place.own.remove(NOTE)?)
}

/// Moves back what was moved: from the site into the spare tree. Used when not everything could be moved.
pub(super) fn undo_moves(place: &Place, kept: &Kept) {
    for path in &kept.folders {
        let (spare, site) = (place.spare().join(path.as_str()), place.out.join(path.as_str()));
        if fs::symlink_metadata(&spare).is_err() {
            let _ = os::rename(&site, &spare);
        }
    }
}

/// Whether something kept cannot be moved, so that the site must stay around it: it belongs to another user, or another
/// file system begins there.
pub(super) fn needs_in_place(place: &Place, keep: &[OutputPath]) -> bool {
    let paths = keep.iter().map(|path| place.out.join(path.as_str()));
    paths.filter(|path| path.is_dir()).any(|path| os::is_mount_point(&path) || !os::may_move(&path))
}
