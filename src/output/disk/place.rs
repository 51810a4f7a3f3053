//! Where a site is written to, locked against other builds: [`Place`].
//!
//! Beside the output folder `public` is the work folder `.public.diptych`. It holds the `lock`, what a build is
//! writing, the `spare` tree of the previous site and the `stamp` ([`super::stamp`]). It may be deleted at any time;
//! the next build then takes a little longer. If nothing can be put beside the output, or the output cannot be renamed,
//! the work folder is `.diptych.work` inside it, and only while a build runs.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Component, Path, PathBuf};

use super::error::{WriteError, failed};
use super::own::{OwnError, OwnFolder};
use super::{os, tree};
use crate::output::path::INNER_WORK;

/// The spare tree, in the work folder.
pub(super) const SPARE: &str = "spare";

/// What an operator who finds the work folder should know.
const README: &str = "\
Diptych keeps the previous state of the site in this folder, so that the next build has less to write.
Most of its files are links to those of the site and take no space of their own.
No server needs it. It may be deleted whenever no build is running.

Diptych conserve dans ce dossier l’état précédent du site, pour que la prochaine construction ait moins à écrire.
La plupart de ses fichiers sont des liens vers ceux du site et n’occupent pas d’espace.
Aucun serveur n’en a besoin. On peut le supprimer dès qu’aucune construction n’est en cours.
";

/// The most links that a path leads through.
const MOST_LINKS: usize = 40;

/// The place of a site, held by one build at a time until this is dropped.
pub struct Place {
    /// The output as it was named.
    pub(super) named: PathBuf,
    /// The output folder itself, whatever links led to it.
    pub(super) out: PathBuf,
    /// The work folder.
    pub(super) own: OwnFolder,
    /// Held open and locked; the file system of the work folder, for [`os::sync`].
    pub(super) lock: File,
    /// Whether the output folder cannot be exchanged, so that its files are replaced one by one.
    pub(super) one_by_one: bool,
    /// Folders above the output that were made for it.
    made: Vec<PathBuf>,
}

impl Place {
    /// Takes a place. If another build holds it, calls `waiting` once and waits for that build to end.
    pub fn take(named: &Path, waiting: &dyn Fn()) -> Result<Self, WriteError> {
        let out = resolve(named).map_err(failed(named))?;
        let parent = out.parent().ok_or_else(|| WriteError::NotOurs(named.to_owned()))?.to_owned();
        if fs::symlink_metadata(named).is_ok_and(|meta| meta.is_symlink()) && !parent.is_dir() {
            return Err(WriteError::DeadLink(named.to_owned()));
        }
        if out.exists() && !out.is_dir() {
            return Err(failed(named)(io::ErrorKind::NotADirectory.into()));
        }
        let is_cwd = std::env::current_dir().and_then(fs::canonicalize).is_ok_and(|cwd| cwd.starts_with(&out));
        let one_by_one = out.is_dir() && (is_cwd || os::is_mount_point(&out));
        let made = make_folders(&parent)?;
        let beside = parent.join(work_name(&out));
        let inside = out.join(INNER_WORK);
        let is_reachable = !os::is_mount_point(&out) || !out.is_dir();
        let held = if is_reachable {
            hold(&beside, &out, waiting)
        } else {
            Err(OwnError::Io(beside.clone(), io::ErrorKind::PermissionDenied.into()))
        };
        let (own, lock, one_by_one) = match held {
            Ok((own, lock)) => {
                wait_for_inner(&inside, waiting);
                (own, lock, one_by_one)
            }
            // A work folder that exists and may not be used is another user's, whose builds would not see ours.
            Err(error) if may_not_write(&error) && out.is_dir() && fs::symlink_metadata(&beside).is_err() => {
                let (own, lock) = hold(&inside, &out, waiting).map_err(|error| match error {
                    OwnError::Io(_, error) => failed(named)(error),
                    error => error.into(),
                })?;
                (own, lock, true)
            }
            Err(error) => return Err(error.into()),
        };
        let place = Self { named: named.to_owned(), out, own, lock, one_by_one, made };
        place.tidy(&parent);
        Ok(place)
    }

    /// Where the work folder is.
    pub(super) fn work(&self) -> &Path {
        self.own.path()
    }

    /// The tree that is to become the site, or was the site before.
    pub(super) fn spare(&self) -> PathBuf {
        self.work().join(SPARE)
    }

    /// Where files are put before they have a place in a tree.
    pub(super) fn fresh(&self) -> PathBuf {
        self.work().join("fresh")
    }

    /// A path for messages: as the output was named, never one of the work folder.
    pub(super) fn shown(&self, path: &str) -> PathBuf {
        self.named.join(path)
    }

    /// Fails unless the work folder is still the one that was locked.
    pub(super) fn still_held(&self) -> Result<(), WriteError> {
        let gone = || WriteError::WorkRemoved(self.work().to_owned());
        if self.own.is_held_by(&self.lock).map_err(|_| gone())? { Ok(()) } else { Err(gone()) }
    }

    /// Removes what killed builds left; what cannot be removed is left for the next build.
    fn tidy(&self, parent: &Path) {
        let _ = tree::remove(&self.fresh());
        // Another build may have had to work inside the output, and been killed.
        if !self.work().ends_with(INNER_WORK) {
            let _ = tree::remove(&self.out.join(INNER_WORK));
        }
        // Earlier versions made a work folder for each run, with six letters at the end.
        let mut prefix = work_name(&self.out);
        prefix.push("-");
        let is_former = |name: &str| {
            let rest = name.strip_prefix(&*prefix.to_string_lossy());
            rest.is_some_and(|rest| rest.len() == 6 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        };
        for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
            if is_former(&entry.file_name().to_string_lossy())
                && let Ok(Some(former)) = OwnFolder::open(&entry.path())
                && let Ok(lock) = former.present_lock()
                && lock.as_ref().is_none_or(|lock| lock.try_lock().is_ok())
            {
                let _ = tree::remove(former.path());
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // Otherwise it is another build's by now.
        if self.still_held().is_ok() {
            let _ = tree::remove(&self.fresh());
            if !self.work().join(super::stamp::FILE).exists() && !self.spare().exists() {
                let _ = tree::remove(self.work());
            }
        }
        for folder in &self.made {
            // Fails, as it should, if something is in it by now.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Whether one folder is in the other, or is the same: by their names, once every link and every `..` is followed, and
/// by their identity, because one folder may have two names.
pub fn overlap(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| resolve(path).unwrap_or_else(|_| path.to_owned());
    let identity = |path: &Path| fs::metadata(path).ok().and_then(|meta| os::identity(&meta));
    let within = |inner: &Path, outer: &Path| {
        let outer_is = identity(outer);
        inner.starts_with(outer) || (outer_is.is_some() && inner.ancestors().any(|above| identity(above) == outer_is))
    };
    let (one, other) = (real(one), real(other));
    within(&one, &other) || within(&other, &one)
}

/// The absolute path that a path leads to, through all links, whether or not there is anything at its end.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut rest: VecDeque<OsString> = VecDeque::new();
    let mut real = PathBuf::new();
    let mut links = 0;
    let absolute = std::path::absolute(Path::new("."))?.join(path);
    let queue = |rest: &mut VecDeque<OsString>, path: &Path| {
        for part in path.components().rev() {
            rest.push_front(part.as_os_str().to_owned());
        }
    };
    queue(&mut rest, &absolute);
    while let Some(part) = rest.pop_front() {
        match Path::new(&part).components().next() {
            Some(Component::ParentDir) => {
                real.pop();
            }
            Some(Component::Normal(_)) => {
                let next = real.join(&part);
                if fs::symlink_metadata(&next).is_ok_and(|meta| meta.is_symlink()) {
                    links += 1;
                    if links > MOST_LINKS {
                        return Err(io::Error::other("links lead to one another"));
                    }
                    // A relative link is followed from the folder that it is in; an absolute one starts from the root.
                    queue(&mut rest, &fs::read_link(&next)?);
                } else {
                    real = next;
                }
            }
            Some(Component::CurDir) | None => {}
            Some(root) => real.push(root),
        }
    }
    Ok(real)
}

/// `.public.diptych`, for `public`.
fn work_name(out: &Path) -> OsString {
    let mut name = OsString::from(".");
    name.push(out.file_name().unwrap_or_default());
    name.push(".diptych");
    name
}

/// Creates a folder with those above it; returns the ones that did not exist, the innermost first.
fn make_folders(folder: &Path) -> Result<Vec<PathBuf>, WriteError> {
    let missing: Vec<PathBuf> = folder.ancestors().take_while(|above| !above.exists()).map(Path::to_owned).collect();
    fs::create_dir_all(folder).map_err(failed(folder))?;
    Ok(missing)
}

/// Makes the work folder and locks it.
fn hold(work: &Path, out: &Path, waiting: &dyn Fn()) -> Result<(OwnFolder, File), OwnError> {
    let io = |error| OwnError::Io(work.to_owned(), error);
    loop {
        let own = make_work_folder(work, out)?;
        // `None` if a build that ended has just removed the folder.
        let Some(lock) = own.lock_file()? else { continue };
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => {
                waiting();
                lock.lock().map_err(io)?;
            }
            Err(TryLockError::Error(error)) => return Err(io(error)),
            Ok(()) => {}
        }
        // Otherwise another build may hold the current one.
        if own.is_held_by(&lock).map_err(io)? {
            return Ok((own, lock));
        }
    }
}

/// Creates the work folder only for those who may write to the output: a server that can see it must not send anything
/// from it, because it contains pages that were removed from the site.
fn make_work_folder(work: &Path, out: &Path) -> Result<OwnFolder, OwnError> {
    let (own, is_new) = OwnFolder::make(work)?;
    let limited = os::limit(work, fs::metadata(out).ok().as_ref());
    if is_new {
        limited.map_err(|error| OwnError::Io(work.to_owned(), error))?;
        // Neither is needed to build.
        let _ = own.write("README.txt", README.as_bytes());
        let _ = own.ignore();
    }
    Ok(own)
}

fn may_not_write(error: &OwnError) -> bool {
    use io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    matches!(error, OwnError::Io(_, error) if matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem))
}

/// A build that could only work inside the output ends before one that works beside it begins.
fn wait_for_inner(inside: &Path, waiting: &dyn Fn()) {
    if let Ok(Some(inner)) = OwnFolder::open(inside)
        && let Ok(Some(lock)) = inner.present_lock()
        && let Err(TryLockError::WouldBlock) = lock.try_lock()
    {
        waiting();
        let _ = lock.lock();
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_path_is_followed_through_links_and_back_whether_it_is_there_or_not() {
        let top = tempfile::tempdir().unwrap();
        let top = fs::canonicalize(top.path()).unwrap();
        fs::create_dir_all(top.join("content/x")).unwrap();
        symlink("content", top.join("near")).unwrap();
        symlink(top.join("near/x"), top.join("far")).unwrap();
        symlink("nowhere/yet", top.join("dead")).unwrap();
        symlink("loop", top.join("loop")).unwrap();
        let real = |path: &str| resolve(&top.join(path)).unwrap().strip_prefix(&top).unwrap().to_owned();
        assert_eq!(real("content/./x"), Path::new("content/x"));
        assert_eq!(real("new/../content/x"), Path::new("content/x"));
        assert_eq!(real("new/deep/../../near/y"), Path::new("content/y"));
        assert_eq!(real("far/../z"), Path::new("content/z"), "`..` of what a link leads to");
        assert_eq!(real("dead"), Path::new("nowhere/yet"));
        assert!(resolve(&top.join("loop/x")).is_err());
    }

    #[test]
    fn folders_overlap_however_they_are_named() {
        let top = tempfile::tempdir().unwrap();
        let top = top.path();
        fs::create_dir_all(top.join("content/x")).unwrap();
        symlink("content/x/site", top.join("out")).unwrap();
        let overlaps = |path: &str| overlap(&top.join("content"), &top.join(path));
        for path in
            ["content", "content/x", "content/new", ".", "./new/../content/x", "out", "new/../out/y", "public/.."]
        {
            assert!(overlaps(path), "{path}");
        }
        for path in ["public", "content/../public", "contents", "content.d/x"] {
            assert!(!overlaps(path), "{path}");
        }
    }
}
