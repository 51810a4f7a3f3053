//! Whether a published folder is what its manifest says: [`verify`]. Reads only, and follows no link.

use std::collections::HashSet;
use std::fs::{FileType, TryLockError};
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::os;
use super::own::OwnFolder;
use super::survey::{folders_of, is_litter};
use super::tree::{self, Verdict};
use crate::machine;
use crate::output::manifest::{Entry, Manifest};
use crate::output::path::{INNER_WORK, MANIFEST};
use crate::path::OutputPath;
use crate::source::disk::{self, Folder, ReadError, Refusal};

/// How a folder differs from a manifest. Every list is in the order of paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Files of the manifest that are not there.
    pub missing: Vec<OutputPath>,
    /// Files with other bytes, and things other than files in the place of one.
    pub changed: Vec<OutputPath>,
    /// Files that could not be read, so that nobody knows.
    pub unreadable: Vec<OutputPath>,
    /// What is there and is not in the manifest; for a folder of such files, only the folder, with a slash after it.
    pub foreign: Vec<String>,
}

/// How a file of the manifest was found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    AsListed,
    Missing,
    Changed,
    Unreadable,
}

/// Compares a folder with a manifest. `keep` is what may be there for others, as in the setting of that name. Fails if
/// the machine does: nothing is then known about any file.
pub fn verify(folder: &Path, manifest: &Manifest, keep: &[OutputPath]) -> Result<Differences, ReadError> {
    let opened = disk::open(folder)?;
    let folders = folders_of(manifest.files.keys().chain(keep));
    let judge = |path: &str, kind: FileType| {
        let name = path.rsplit('/').next().unwrap_or(path);
        let is_kept = || keep.iter().any(|kept| path == kept.as_str());
        let on_disk = || folder.join(path);
        let is_own = path == MANIFEST || (path == INNER_WORK && kind.is_dir() && is_being_built(&on_disk()));
        // By its name alone, anybody's file would pass.
        let is_system = (path == RESCUED && kind.is_dir() && is_rescue(&on_disk()))
            || (kind.is_file() && is_litter(name) && is_as_systems_write(&opened, path));
        // Something in the place of a listed file is that file, changed.
        if is_own || is_system || manifest.files.contains_key(path) || is_kept() {
            Verdict::Known
        } else if kind.is_dir() && folders.contains(path) {
            Verdict::Enter
        } else {
            Verdict::Unknown
        }
    };
    let of_folder = |source| ReadError { path: folder.to_owned(), source };
    let unknown = tree::unknown(folder, &judge).map_err(of_folder)?;
    let found: Vec<(&OutputPath, Found)> = {
        let strangers: HashSet<&str> = unknown.iter().map(|(path, _)| path.as_str()).collect();
        let look = |(path, entry): (_, &Entry)| {
            let path: &OutputPath = path;
            // A link, or a file, where the site has a folder: what it leads to is not the site's.
            let is_cut_off = path.folders().any(|folder| strangers.contains(folder));
            let found = if is_cut_off { Ok(Found::Missing) } else { look_at(&opened, path, *entry) };
            Ok((path, found.map_err(|source| ReadError { path: folder.join(path.as_str()), source })?))
        };
        manifest.files.par_iter().map(look).collect::<Result<_, ReadError>>()?
    };
    let those =
        |what: Found| found.iter().filter(|(_, found)| *found == what).map(|(path, _)| (*path).clone()).collect();
    let foreign = unknown.into_iter().map(|(path, on_disk)| {
        let is_folder = std::fs::symlink_metadata(on_disk).is_ok_and(|meta| meta.is_dir());
        if is_folder { format!("{path}/") } else { path }
    });
    Ok(Differences {
        missing: those(Found::Missing),
        changed: those(Found::Changed),
        unreadable: those(Found::Unreadable),
        foreign: foreign.collect(),
    })
}

/// The folder that the root of a file system has for what was found after a crash.
const RESCUED: &str = "lost+found";

/// Whether that folder holds nothing that a server could send: it is empty, or closed to everyone except the system.
fn is_rescue(folder: &Path) -> bool {
    match std::fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none() || os::is_systems_own(folder),
        Err(error) => error.kind() == io::ErrorKind::PermissionDenied,
    }
}

/// Whether a work folder inside the output is empty, or belongs to a running build.
fn is_being_built(work: &Path) -> bool {
    let is_locked = || {
        let lock = OwnFolder::open(work).ok().flatten().and_then(|own| own.present_lock().ok().flatten());
        lock.is_some_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock)))
    };
    std::fs::read_dir(work).is_ok_and(|mut entries| entries.next().is_none()) || is_locked()
}

/// Whether a file with the name of one that systems leave in folders also begins like one, or is empty.
fn is_as_systems_write(folder: &Folder, path: &str) -> bool {
    const MOST: u64 = 4 << 20;
    const BEGINNINGS: [&[u8]; 6] = [
        // .DS_Store, Thumbs.db
        b"\0\0\0\x01Bud1",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        // desktop.ini and .directory, in the encodings that Windows writes
        b"[",
        b"\r\n[",
        b"\xef\xbb\xbf[",
        b"\xff\xfe",
    ];
    let bytes = folder.read_real(Path::new(path), MOST);
    bytes.is_ok_and(|bytes| bytes.is_empty() || BEGINNINGS.iter().any(|beginning| bytes.starts_with(beginning)))
}

fn look_at(folder: &Folder, path: &OutputPath, wanted: Entry) -> io::Result<Found> {
    let file = match folder.open_real(Path::new(path.as_str())) {
        Ok(file) => file,
        Err(Refusal::Io(error)) => return of_error(error),
        Err(_) => return Ok(Found::Changed),
    };
    match file.metadata() {
        Ok(meta) if meta.len() != wanted.size => Ok(Found::Changed),
        Ok(_) => match Entry::of_reader(file) {
            Ok(entry) if entry == wanted => Ok(Found::AsListed),
            Ok(_) => Ok(Found::Changed),
            Err(error) => of_error(error),
        },
        Err(error) => of_error(error),
    }
}

fn of_error(error: io::Error) -> io::Result<Found> {
    match error.kind() {
        _ if machine::has_failed(&error) => Err(error),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Ok(Found::Missing),
        _ => Ok(Found::Unreadable),
    }
}
