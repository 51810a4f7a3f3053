//! A folder that appears whole or not at all: [`NewFolder`]. What is written to it waits in a folder beside it, or
//! inside it if nothing can be put beside it, and takes its place in one step.
//!
//! If the folder exists and stays, its new entries are put in one by one, hidden ones first: after an interruption
//! before the visible ones, nothing is seen of them, and one can begin again.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::error::{WriteError, failed};
use super::{os, tree};

/// The folder in which files wait inside the new one.
const INSIDE: &str = ".diptych-new";

/// A folder being written.
pub struct NewFolder {
    /// The path as it was given, for messages.
    named: PathBuf,
    to: PathBuf,
    work: PathBuf,
    files: Vec<PathBuf>,
}

impl NewFolder {
    /// Whether there is nothing at a path, or an empty folder, or only what a killed run left.
    pub fn is_free(folder: &Path) -> bool {
        match fs::read_dir(folder) {
            Ok(mut entries) => entries.all(|entry| entry.is_ok_and(|entry| entry.file_name() == INSIDE)),
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        }
    }

    /// Begins one, and removes what a killed run left.
    pub fn begin(folder: &Path) -> Result<Self, WriteError> {
        let to = fs::canonicalize(folder).or_else(|_| std::path::absolute(folder)).map_err(failed(folder))?;
        let mut beside = to.file_name().unwrap_or_default().to_owned();
        beside.push(INSIDE);
        let beside = to.with_file_name(beside);
        let inside = to.join(INSIDE);
        for left in [&beside, &inside] {
            tree::remove(left).map_err(failed(left))?;
        }
        let work = match fs::create_dir_all(&beside) {
            Err(_) if to.is_dir() => {
                fs::create_dir(&inside).map_err(failed(folder))?;
                inside
            }
            made => made.map(|()| beside).map_err(failed(folder))?,
        };
        Ok(Self { named: folder.to_owned(), to, work, files: Vec::new() })
    }

    /// Writes a file that does not exist yet, with its folders.
    pub fn write(&mut self, path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
        let file = self.work.join(path);
        let write = || {
            fs::create_dir_all(file.parent().unwrap_or(&self.work))?;
            File::create_new(&file)?.write_all(bytes)
        };
        write().map_err(failed(&self.named.join(path)))?;
        self.files.push(file);
        Ok(())
    }

    /// Puts the folder in its place, once all of it is on the disk.
    pub fn finish(self) -> Result<(), WriteError> {
        if let Some(first) = self.files.first() {
            os::sync_at(first, &mut self.files.iter().map(PathBuf::as_path)).map_err(failed(&self.named))?;
        }
        // A process whose working folder is replaced is left without one.
        let is_cwd = std::env::current_dir().and_then(fs::canonicalize).is_ok_and(|cwd| cwd.starts_with(&self.to));
        let renamed = if is_cwd { Err(io::ErrorKind::ResourceBusy.into()) } else { os::rename(&self.work, &self.to) };
        match renamed {
            // An existing folder that cannot be replaced: a mount point, or one that is not empty.
            Err(_) if self.to.is_dir() => put_into(&self.work, &self.to).map_err(failed(&self.named)),
            renamed => {
                let parent = self.to.parent().unwrap_or(&self.to);
                renamed.and_then(|()| os::sync_folder(parent)).map_err(failed(&self.named))
            }
        }
    }
}

/// Puts what waits into an existing folder, each entry whole, hidden ones first.
fn put_into(from: &Path, to: &Path) -> io::Result<()> {
    let mut entries = fs::read_dir(from)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(|entry| !entry.file_name().as_encoded_bytes().starts_with(b"."));
    for entry in entries {
        let place = to.join(entry.file_name());
        let is_folder = entry.file_type()?.is_dir() && fs::symlink_metadata(&place).is_ok_and(|meta| meta.is_dir());
        if is_folder {
            put_into(&entry.path(), &place)?;
        } else {
            os::rename(&entry.path(), &place)?;
        }
    }
    os::sync_folder(to)
}

impl Drop for NewFolder {
    fn drop(&mut self) {
        // It is gone if it has become the folder; otherwise nothing of it should stay.
        let _ = tree::remove(&self.work);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_folder_appears_whole_or_not_at_all() {
        let room = tempfile::tempdir().unwrap();
        for is_there in [false, true] {
            let to = room.path().join(format!("new-{is_there}"));
            if is_there {
                fs::create_dir(&to).unwrap();
            }
            let mut new = NewFolder::begin(&to).unwrap();
            new.write(Path::new("content/a.md"), b"words").unwrap();
            drop(new);
            assert!(NewFolder::is_free(&to) && names(room.path()).iter().all(|name| !name.contains(INSIDE)));
            let mut new = NewFolder::begin(&to).unwrap();
            new.write(Path::new("content/a.md"), b"words").unwrap();
            assert!(NewFolder::is_free(&to), "nothing is there before the end");
            new.finish().unwrap();
            assert_eq!(names(&to), ["content"]);
            assert!(!NewFolder::is_free(&to));
        }
        assert_eq!(names(room.path()), ["new-false", "new-true"]);
    }

    #[test]
    fn a_folder_that_holds_something_is_given_the_rest_and_can_be_given_it_again() {
        let room = tempfile::tempdir().unwrap();
        fs::create_dir_all(room.path().join(".host/own")).unwrap();
        for _ in 0..2 {
            let mut new = NewFolder::begin(room.path()).unwrap();
            for path in [".host/new/a", ".list", "content/a.md"] {
                new.write(Path::new(path), b"words").unwrap();
            }
            new.finish().unwrap();
            assert_eq!(names(room.path()), [".host", ".list", "content"]);
            assert_eq!(names(&room.path().join(".host")), ["new", "own"]);
        }
    }

    #[test]
    fn what_a_killed_run_left_is_in_nobody_s_way() {
        let room = tempfile::tempdir().unwrap();
        let to = room.path().join("new");
        fs::create_dir_all(to.join(INSIDE).join("content")).unwrap();
        fs::create_dir_all(room.path().join(format!("new{INSIDE}/content"))).unwrap();
        assert!(NewFolder::is_free(&to));
        let mut new = NewFolder::begin(&to).unwrap();
        new.write(Path::new("a"), b"").unwrap();
        new.finish().unwrap();
        assert_eq!((names(room.path()), names(&to)), (vec!["new".to_owned()], vec!["a".to_owned()]));
    }
}
