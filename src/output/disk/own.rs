//! Folders in which Diptych keeps what is its own: [`OwnFolder`]. Beside the content that is [`OWN`], beside the output
//! `public` it is `.public.diptych`.
//!
//! Their contents are trusted, removed and rewritten, and a foreign tree can bring them along. So each of them is
//! opened here, and an [`OwnFolder`] is always a real folder: links are refused and never followed, and so is what
//! another user made where anyone may write. Only regular files in it are opened, and writing replaces what is there
//! instead of following it.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::{os, tree};
use crate::lang::{Lang, PerLang};
use crate::machine;
use crate::source::disk::read_at_most;

/// The folder beside the content.
pub const OWN: &str = ".diptych";

/// The file that is locked to hold such a folder against others.
const LOCK: &str = "lock";

/// The file that keeps version control out of it.
const IGNORED: &str = ".gitignore";

/// A folder of Diptych's own: not a link, and not another user's.
#[derive(Clone, Debug)]
pub struct OwnFolder {
    path: PathBuf,
}

/// Why such a folder, or a file in one, is not used. Nothing was changed.
#[derive(Debug)]
pub enum OwnError {
    /// The disk failed.
    Io(PathBuf, io::Error),
    /// It is a link.
    Link(PathBuf),
    /// Something else is where a folder should be.
    NoFolder(PathBuf),
    /// Something else is where a file should be, or the file is larger than any that Diptych writes there.
    NoFile(PathBuf),
    /// Another user made it, where anyone may write.
    Stranger(PathBuf),
}

impl OwnError {
    /// What is wrong and what to do, in a language of messages.
    pub fn message(&self, lang: Lang) -> String {
        self.both().get(lang).clone()
    }

    pub(super) fn both(&self) -> PerLang<String> {
        let (path, en, fr) = match self {
            Self::Io(path, error) => {
                let (path, PerLang { en, fr }) = (path.display(), machine::message(error));
                return PerLang {
                    en: format!("cannot write {path}: {en}; nothing was changed"),
                    fr: format!("impossible d’écrire {path} : {fr}; rien n’a été modifié"),
                };
            }
            Self::Link(path) => (
                path,
                "is a link, and what Diptych keeps for itself must not lead elsewhere; nothing was changed: remove the link",
                "est un lien, et ce que Diptych garde pour lui-même ne doit pas mener ailleurs; rien n’a été modifié : supprimez le lien",
            ),
            Self::NoFolder(path) => (
                path,
                "is not a folder, and Diptych needs one of its own there; nothing was changed: remove it or give it another name",
                "n’est pas un dossier, et il faut à Diptych un dossier à lui à cet endroit; rien n’a été modifié : supprimez-le ou donnez-lui un autre nom",
            ),
            Self::NoFile(path) => (
                path,
                "is not a file that Diptych wrote, and is where one should be; nothing was changed: remove it",
                "n’est pas un fichier écrit par Diptych, mais en occupe la place; rien n’a été modifié : supprimez-le",
            ),
            Self::Stranger(path) => (
                path,
                "belongs to another user, in a folder that anyone may write to; nothing was changed: remove it, or work in a folder of your own",
                "appartient à un autre utilisateur, dans un dossier où tout le monde peut écrire; rien n’a été modifié : supprimez-le, ou travaillez dans un dossier à vous",
            ),
        };
        let path = path.display();
        PerLang { en: format!("{path} {en}"), fr: format!("{path} {fr}") }
    }
}

impl std::fmt::Display for OwnError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for OwnError {}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> OwnError + '_ {
    move |error| OwnError::Io(path.to_owned(), error)
}

impl OwnFolder {
    /// The folder; `None` if there is nothing.
    pub fn open(path: &Path) -> Result<Option<Self>, OwnError> {
        match fs::symlink_metadata(path) {
            Ok(meta) => Self::judged(path, &meta).map(Some),
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(failed(path)(error)),
        }
    }

    /// The folder, created if there is nothing, and whether it was created.
    pub fn make(path: &Path) -> Result<(Self, bool), OwnError> {
        loop {
            let is_new = match fs::create_dir(path) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => false,
                made => made.map(|()| true).map_err(failed(path))?,
            };
            match fs::symlink_metadata(path) {
                Ok(meta) => return Ok((Self::judged(path, &meta)?, is_new)),
                // The previous holder has just removed it.
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(failed(path)(error)),
            }
        }
    }

    fn judged(path: &Path, meta: &Metadata) -> Result<Self, OwnError> {
        if meta.is_symlink() {
            Err(OwnError::Link(path.to_owned()))
        } else if !meta.is_dir() {
            Err(OwnError::NoFolder(path.to_owned()))
        } else if os::is_planted(path, meta) {
            Err(OwnError::Stranger(path.to_owned()))
        } else {
            Ok(Self { path: path.to_owned() })
        }
    }

    /// A folder in it; `None` if there is nothing.
    pub fn inner(&self, name: &str) -> Result<Option<Self>, OwnError> {
        Self::open(&self.path.join(name))
    }

    /// A folder in it, created if there is nothing.
    pub fn make_inner(&self, name: &str) -> Result<Self, OwnError> {
        Self::make(&self.path.join(name)).map(|(inner, _)| inner)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Opens the lock file, and creates it if it does not exist; `None` if the folder is gone by now.
    pub fn lock_file(&self) -> Result<Option<File>, OwnError> {
        self.file(LOCK, File::options().create(true).truncate(false).write(true))
    }

    /// Opens the lock file, if it exists, only to wait for its holder.
    pub(super) fn present_lock(&self) -> Result<Option<File>, OwnError> {
        self.file(LOCK, File::options().read(true))
    }

    /// Waits until nobody else has the folder, and holds it as long as the file is open. Keeps version control out of it.
    pub fn hold(&self) -> Result<File, OwnError> {
        let path = self.path.join(LOCK);
        let lock = self.lock_file()?.ok_or_else(|| failed(&path)(ErrorKind::NotFound.into()))?;
        lock.lock().map_err(failed(&path))?;
        let is_there = fs::symlink_metadata(self.path.join(IGNORED)).is_ok_and(|meta| meta.is_file() && meta.len() > 0);
        if !is_there {
            self.ignore()?;
        }
        Ok(lock)
    }

    /// Whether an open lock file is still the one that is in the folder: after waiting, one may hold a file that its
    /// former holder has removed.
    pub(super) fn is_held_by(&self, lock: &File) -> io::Result<bool> {
        match fs::symlink_metadata(self.path.join(LOCK)) {
            Ok(present) => Ok(os::identity(&present) == os::identity(&lock.metadata()?)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Keeps version control out of it.
    pub(super) fn ignore(&self) -> Result<(), OwnError> {
        self.write(IGNORED, b"*\n")
    }

    /// The bytes of a file; `None` if it does not exist. One of more than `most` bytes is not what Diptych wrote.
    pub fn read(&self, name: &str, most: u64) -> Result<Option<Vec<u8>>, OwnError> {
        let Some(file) = self.file(name, File::options().read(true))? else { return Ok(None) };
        let path = self.path.join(name);
        match read_at_most(file, most) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::FileTooLarge => Err(OwnError::NoFile(path)),
            Err(error) => Err(failed(&path)(error)),
        }
    }

    /// Writes a file, replacing whatever is there: what a link leads to stays as it is.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), OwnError> {
        let path = self.path.join(name);
        let write = || {
            tree::remove(&path)?;
            File::create_new(&path)?.write_all(bytes)
        };
        write().map_err(failed(&path))
    }

    /// Removes an entry of it, with everything in that; does nothing if it does not exist.
    pub fn remove(&self, name: &str) -> Result<(), OwnError> {
        let path = self.path.join(name);
        tree::remove(&path).map_err(failed(&path))
    }

    /// Opens a regular file; `None` if there is nothing.
    fn file(&self, name: &str, options: &mut OpenOptions) -> Result<Option<File>, OwnError> {
        let path = self.path.join(name);
        match fs::symlink_metadata(&path) {
            Ok(meta) if meta.is_symlink() => return Err(OwnError::Link(path)),
            Ok(meta) if !meta.is_file() => return Err(OwnError::NoFile(path)),
            Err(error) if !is_absent(&error) => return Err(failed(&path)(error)),
            _ => {}
        }
        // What was looked at can be something else by now.
        os::open_itself(options);
        match options.open(&path) {
            Ok(file) if file.metadata().is_ok_and(|meta| meta.is_file()) => Ok(Some(file)),
            Ok(_) => Err(OwnError::NoFile(path)),
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(failed(&path)(error)),
        }
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// A folder beside one that does not belong to Diptych.
    fn beside_another() -> (tempfile::TempDir, PathBuf, PathBuf) {
        let room = tempfile::tempdir().unwrap();
        let (own, other) = (room.path().join(".own"), room.path().join("other"));
        fs::create_dir(&other).unwrap();
        fs::write(other.join("file"), "precious").unwrap();
        (room, own, other)
    }

    #[test]
    fn a_link_is_no_folder_of_ours_and_says_what_to_do() {
        let (_room, own, other) = beside_another();
        assert!(OwnFolder::open(&own).unwrap().is_none());
        symlink(&other, &own).unwrap();
        for refused in [OwnFolder::open(&own).unwrap_err(), OwnFolder::make(&own).unwrap_err()] {
            assert!(matches!(refused, OwnError::Link(_)), "{refused}");
            assert!(refused.message(Lang::En).ends_with("remove the link"), "{refused}");
            assert!(refused.message(Lang::Fr).ends_with("supprimez le lien"), "{refused}");
        }
        fs::remove_file(&own).unwrap();
        symlink("nowhere", &own).unwrap();
        assert!(matches!(OwnFolder::make(&own), Err(OwnError::Link(_))));
        fs::remove_file(&own).unwrap();
        fs::write(&own, "").unwrap();
        assert!(matches!(OwnFolder::make(&own), Err(OwnError::NoFolder(_))));
    }

    #[test]
    fn no_file_in_it_is_read_or_written_through_a_link_nor_waited_for() {
        let (_room, own, other) = beside_another();
        let (folder, is_new) = OwnFolder::make(&own).unwrap();
        assert!(is_new && !OwnFolder::make(&own).unwrap().1);
        for name in ["note", ".gitignore", LOCK] {
            symlink(other.join("file"), own.join(name)).unwrap();
        }
        assert!(matches!(folder.read("note", 100), Err(OwnError::Link(_))));
        assert!(matches!(folder.hold(), Err(OwnError::Link(_))));
        folder.write("note", b"ours").unwrap();
        folder.remove(LOCK).unwrap();
        drop(folder.hold().unwrap());
        assert_eq!(folder.read("note", 100).unwrap().unwrap(), b"ours");
        assert_eq!(folder.read(".gitignore", 100).unwrap().unwrap(), b"*\n");
        assert!(folder.read("nothing", 100).unwrap().is_none());
        assert!(matches!(folder.read("note", 3), Err(OwnError::NoFile(_))));
        let pipe = std::process::Command::new("mkfifo").arg(own.join("pipe")).status();
        assert!(pipe.unwrap().success());
        assert!(matches!(folder.read("pipe", 100), Err(OwnError::NoFile(_))));
        symlink(&other, own.join("inner")).unwrap();
        assert!(matches!(folder.make_inner("inner"), Err(OwnError::Link(_))));
        folder.remove("inner").unwrap();
        assert_eq!(fs::read_to_string(other.join("file")).unwrap(), "precious");
    }
}
