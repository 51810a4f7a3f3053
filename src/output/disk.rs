//! Writes the output folder; the only module that writes the disk. Owns `tempfile` and `rustix`.
//!
//! A site is written whole beside the present one and takes its place in one step, so that a reader sees the old site
//! or the new one and a crash at any moment leaves the old one as it was.
#![expect(clippy::disallowed_methods, reason = "the one module that writes the disk")]

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustix::fs::{CWD, FlockOperation, RenameFlags};
use tempfile::TempDir;

use crate::path::OutputPath;

/// A file in every output folder that tells whose it is. A folder without it is never replaced.
pub(super) const MARK: &str = ".diptych";

/// Held open by the build that a staging folder belongs to.
const LOCK: &str = "lock";

/// A folder or file that cannot be written.
#[derive(Debug)]
pub enum WriteError {
    /// The disk would not.
    Io {
        /// What could not be written.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The output folder holds something that Diptych did not write.
    NotOurs(PathBuf),
}

impl std::fmt::Display for WriteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io { path, .. } => write!(f, "cannot write {}", path.display()),
            Self::NotOurs(path) => write!(
                f,
                "{} holds files that are not a site built by Diptych; name an empty folder with --out",
                path.display()
            ),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::NotOurs(_) => None,
        }
    }
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> WriteError + '_ {
    move |source| WriteError::Io { path: path.to_owned(), source }
}

/// A site being written.
pub struct Staging {
    /// Beside the output folder; removed with whatever is in it when the staging ends.
    folder: TempDir,
    /// The site, inside it.
    site: PathBuf,
    out: PathBuf,
    _lock: File,
}

impl Staging {
    /// Begins to write a site that is to stand at `out`.
    pub fn begin(out: &Path) -> Result<Self, WriteError> {
        let name = out.file_name().map_or_else(|| "site".to_owned(), |name| name.to_string_lossy().into_owned());
        let parent = match out.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        if is_foreign(out).map_err(failed(out))? {
            return Err(WriteError::NotOurs(out.to_owned()));
        }
        fs::create_dir_all(parent).map_err(failed(parent))?;
        let prefix = format!(".{name}.diptych-");
        remove_abandoned(parent, &prefix);
        let folder = tempfile::Builder::new().prefix(&prefix).tempdir_in(parent).map_err(failed(parent))?;
        let lock_path = folder.path().join(LOCK);
        let lock = File::create(&lock_path).map_err(failed(&lock_path))?;
        rustix::fs::flock(&lock, FlockOperation::NonBlockingLockExclusive)
            .map_err(|error| failed(&lock_path)(error.into()))?;
        // A folder of its own inside: the staging folder is its owner's alone, a site is for everyone to read.
        let site = folder.path().join("site");
        fs::create_dir(&site).map_err(failed(&site))?;
        let staging = Self { folder, site, out: out.to_owned(), _lock: lock };
        staging.write(MARK, b"This folder is a site built by Diptych; the next build replaces it.\n")?;
        Ok(staging)
    }

    /// Writes a file of the site.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        self.at(path, |file| fs::write(file, bytes))
    }

    /// Copies an open file from the disk into the site.
    pub fn copy(&self, path: &str, mut from: &File) -> Result<(), WriteError> {
        self.at(path, |file| io::copy(&mut from, &mut File::create(file)?).map(|_| ()))
    }

    /// Writes a file, making its folder where that is not there yet. Whatever asks, nothing is written outside.
    fn at(&self, path: &str, mut write: impl FnMut(&Path) -> io::Result<()>) -> Result<(), WriteError> {
        if OutputPath::new(path).is_err() {
            return Err(failed(Path::new(path))(io::Error::other("this is no path inside the site")));
        }
        let file = self.site.join(path);
        match write(&file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if let Some(folder) = file.parent() {
                    fs::create_dir_all(folder).map_err(failed(folder))?;
                }
                write(&file).map_err(failed(&file))
            }
            written => written.map_err(failed(&file)),
        }
    }

    /// Puts the site in its place. The one that stood there is removed after.
    pub fn publish(self) -> Result<(), WriteError> {
        let exchange = rustix::fs::renameat_with(CWD, &self.site, CWD, &self.out, RenameFlags::EXCHANGE);
        match exchange {
            Ok(()) => {
                empty(&self.site);
                Ok(())
            }
            Err(rustix::io::Errno::NOENT) => fs::rename(&self.site, &self.out).map_err(failed(&self.out)),
            // A file system that cannot exchange two folders: the old one steps aside first.
            Err(_) => {
                let aside = self.folder.path().join("old");
                fs::rename(&self.out, &aside).map_err(failed(&self.out))?;
                fs::rename(&self.site, &self.out).map_err(|error| {
                    let _ = fs::rename(&aside, &self.out);
                    failed(&self.out)(error)
                })
            }
        }
    }
}

/// Removes most of a folder on all threads: a large site takes longer to remove than to put in its place. What cannot
/// be removed here is left to the end of the staging.
fn empty(folder: &Path) {
    let folders_in = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())).map(|entry| entry.path()).collect()
    };
    let pages: Vec<PathBuf> =
        folders_in(folder).iter().flat_map(|lang| folders_in(lang)).flat_map(|section| folders_in(&section)).collect();
    pages.par_iter().for_each(|page| {
        let _ = fs::remove_dir_all(page);
    });
}

/// Writes a file that must not be there yet, with its folders.
pub fn create_new(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed(folder))?;
    }
    let mut file = File::create_new(path).map_err(failed(path))?;
    io::Write::write_all(&mut file, bytes).map_err(failed(path))
}

/// Writes a file in place of the one that may be there, in one step: a reader or a crash sees the old one or the new one.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new()
        .prefix(".diptych-")
        .permissions(usual_permissions())
        .tempfile_in(folder)
        .map_err(failed(path))?;
    io::Write::write_all(&mut file, bytes).map_err(failed(path))?;
    file.as_file().sync_all().map_err(failed(path))?;
    file.persist(path).map_err(|error| failed(path)(error.error))?;
    Ok(())
}

/// As for any other file: readable by all, less what the user's mask takes away.
fn usual_permissions() -> fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o666)
}

/// Whether a folder is there, is not empty, and was not written by Diptych.
fn is_foreign(out: &Path) -> io::Result<bool> {
    match fs::read_dir(out) {
        Ok(mut entries) => Ok(entries.next().is_some() && !out.join(MARK).exists()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Removes staging folders whose builds ended before they could.
fn remove_abandoned(parent: &Path, prefix: &str) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix)) {
        let Ok(lock) = File::open(entry.path().join(LOCK)) else { continue };
        if rustix::fs::flock(&lock, FlockOperation::NonBlockingLockExclusive).is_ok() {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
