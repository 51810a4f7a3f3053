//! Writes the output folder; the only module that writes the disk. Owns `tempfile`, and `rustix` in [`os`].
//!
//! ```text
//! Place::take ─▶ Staging::begin ─▶ write, copy … ─▶ publish ─▶ spare (exchange) or in_place
//!  links, lock     survey, keep      what differs     sync
//! ```
//!
//! - **A site is never lost.** The new site is on the disk before it takes the old one's place, and takes it in one
//!   step; a reader, and a crash at any moment, find the old site or the new one, whole. Where the output cannot be
//!   exchanged (a mount point, a folder above that cannot be written, a file system without exchange), files are
//!   replaced one by one ([`in_place`]), and a crash leaves some of each, which the next build finishes.
//! - **Only what changed is written.** A file whose bytes are the same keeps its inode and its time; where nothing
//!   changed, nothing is touched, and what was said of the site is said again ([`unchanged`], [`stamp`]).
//! - **What others put there stays.** A file that neither the manifest nor `keep:` lists stops the build before
//!   anything is changed ([`survey`], [`kept`]).
//! - **Nothing is written elsewhere.** Every path is an [`OutputPath`](crate::path::OutputPath); links in the output are
//!   never followed, and a link as the output is followed once, at the beginning ([`place`]). Work folders are real ones
//!   ([`own`]), for a foreign tree can bring them along as it can bring any file.
#![expect(clippy::disallowed_methods, reason = "the one module that writes the disk")]

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

/// Which program this is: another one, or another version of it, is another text. Nothing where the system does not say.
pub fn program() -> Option<String> {
    let meta = fs::metadata(std::env::current_exe().ok()?).ok()?;
    Some(format!("{:?} {} {}", os::identity(&meta), os::changed_at(&meta), meta.len()))
}

/// The SHA-256 of an open file's bytes, read in pieces.
pub fn digest(file: &File) -> io::Result<[u8; 32]> {
    Entry::of_reader(file).map(|entry| entry.digest)
}

/// Writes a file that must not be there yet, with its folders, in one step: a crash leaves nothing or all of it.
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

/// A file that is on the disk, in the folder where it is to take its place.
fn beside(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    os::usual_permissions(builder.prefix(HALF));
    let mut file = builder.tempfile_in(folder)?;
    io::Write::write_all(&mut file, bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// What is to become of the file that a saved one replaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// There is none; where one has appeared, it stays, and an error says so.
    Nothing,
    /// It makes way, and its permissions are the new one's.
    File,
}

/// Saves what a person wrote: in one step, by way of the folder `spare` on the same disk, and durably. A crash leaves the
/// old file or the new one, and nothing else beside it.
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
    // A system that cannot sync folders keeps their entries by itself.
    if let Some(Ok(folder)) = path.parent().map(File::open) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Makes a folder, with those that it lies in, where it is not there.
pub fn make_folder(folder: &Path) -> Result<(), WriteError> {
    fs::create_dir_all(folder).map_err(failed(folder))
}

/// How the names of files begin that are being written and have no place yet.
pub const HALF: &str = ".diptych-";

/// Clears a folder of what was half-written there when a run was interrupted; nobody may be writing into it. What cannot be
/// removed stays.
pub fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().as_encoded_bytes().starts_with(HALF.as_bytes()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Writes a file in place of the one that may be there, in one step: a reader or a crash sees the old one or the new one.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let file = beside(folder_of(path), bytes).map_err(failed(path))?;
    put(file, path).map_err(failed(path))?;
    Ok(())
}
