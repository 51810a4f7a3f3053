//! Writes the output folder.
//!
//! ```text
//! Place::take ─▶ Staging::begin ─▶ write, copy … ─▶ publish ─▶ spare (exchange) or in_place
//!  links, lock     survey, keep      what differs     sync
//! ```
//!
//! - **A site is never lost.** The new site is on the disk before it takes the old one's place, and takes it in one
//!   step: readers, and a crash at any moment, find the old site or the new one, whole. If the output cannot be
//!   exchanged (a mount point, a folder above that cannot be written to, a file system without exchange), files are
//!   replaced one by one ([`in_place`]); a crash then leaves some of each, and the next build completes the rest.
//! - **Only what changed is written.** A file whose bytes are the same keeps its inode and its time. If nothing
//!   changed, nothing is touched, and the remarks of the last build are repeated ([`unchanged`], [`stamp`]).
//! - **What others put there stays.** A file that neither the manifest nor `keep:` lists stops the build before
//!   anything is changed ([`survey`], [`kept`]).
//! - **Nothing is written elsewhere.** Every path is an [`OutputPath`](crate::path::OutputPath); links in the output
//!   are never followed, and if the output itself is a link, it is followed once, at the beginning ([`place`]). Work
//!   folders must be real folders ([`own`]), since a foreign tree can bring them along like any file.
#![expect(clippy::disallowed_methods, reason = "writes the output folder")]

use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

mod ahead;
mod error;
mod in_place;
mod kept;
mod new_folder;
mod os;
mod own;
mod place;
mod spare;
mod staging;
mod stamp;
mod survey;
#[cfg(test)]
mod tests;
mod tree;
mod verify;

use error::failed;

use super::manifest::Entry;

pub use os::put;
pub(crate) use os::{rename, sync_at, sync_folder};

pub use error::WriteError;
pub use new_folder::NewFolder;
pub use own::{OWN, OwnError, OwnFolder};
pub use place::{Place, overlap};
pub use staging::{Staging, Written};
pub use stamp::Origin;
pub use survey::unchanged;
pub use verify::{Differences, verify};

/// Identifies this program: another program or version has another text. `None` if the system does not say.
pub fn program() -> Option<String> {
    let meta = fs::metadata(std::env::current_exe().ok()?).ok()?;
    Some(format!("{:?} {} {}", os::identity(&meta), os::changed_at(&meta), meta.len()))
}

/// The SHA-256 of an open file's bytes, read in pieces.
pub fn digest(file: &File) -> io::Result<[u8; 32]> {
    Entry::of_reader(file).map(|entry| entry.digest)
}

/// Writes a file that must not exist yet, with its folders, in one step: a crash leaves nothing or all of it.
pub fn create_new(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let folder = folder_of(path);
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let file = beside(folder, bytes).map_err(failed(path))?;
    file.persist_noclobber(path).map_err(|error| failed(path)(error.error))?;
    Ok(())
}

/// The folder that a file is in.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A temporary file that is on the disk, in the folder where it is to take its place.
fn beside(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    os::usual_permissions(builder.prefix(HALF));
    let mut file = builder.tempfile_in(folder)?;
    io::Write::write_all(&mut file, bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// What happens to the file that a saved one replaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// There is none; if one has appeared, it stays, and an error says so.
    Nothing,
    /// It is replaced, and the new one gets its permissions.
    File,
}

/// Saves what a person wrote: in one step, durably, using the folder `spare` on the same disk. A crash leaves the old
/// file or the new one, and nothing else beside it.
pub fn save(path: &Path, spare: &Path, bytes: &[u8], before: Before) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    os::usual_permissions(builder.prefix("saving-"));
    let mut file = builder.tempfile_in(spare)?;
    io::Write::write_all(&mut file, bytes)?;
    if before == Before::File {
        file.as_file().set_permissions(fs::metadata(path)?.permissions())?;
    }
    file.as_file().sync_all()?;
    match before {
        Before::Nothing => drop(file.persist_noclobber(path)?),
        Before::File => put(file, path)?,
    }
    // A system that cannot sync folders keeps their entries itself.
    if let Some(Ok(folder)) = path.parent().map(File::open) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Creates a folder, with those above it, if it does not exist.
pub fn make_folder(folder: &Path) -> Result<(), WriteError> {
    fs::create_dir_all(folder).map_err(failed(folder))
}

/// How the names begin of files that are being written and have no place yet.
pub const HALF: &str = ".diptych-";

/// Clears a folder of what was half-written when a run was interrupted; nobody may be writing into it. What cannot be
/// removed stays.
pub fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().as_encoded_bytes().starts_with(HALF.as_bytes()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Writes a file, replacing any that exists, in one step: readers, and a crash, find the old one or the new one.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let file = beside(folder_of(path), bytes).map_err(failed(path))?;
    put(file, path).map_err(failed(path))?;
    Ok(())
}
