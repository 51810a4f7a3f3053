//! Carries a plan out, all of it or nothing: [`apply`]; finishes or forgets what was interrupted: [`recover`].
//!
//! Several files cannot be changed in one step, so a change goes through a journal, in `.diptych/change/` beside the
//! content folder:
//!
//! 1. every new text is written there, and synced;
//! 2. the journal takes its place by one rename: from now on the change *is* decided;
//! 3. each text takes its file's place by a rename, then files that go are removed;
//! 4. when all that is on the disk, the journal goes.
//!
//! A crash before step 2 leaves what was; one after it leaves a journal, which the next run of any command that reads the
//! content carries out to its end. Each step can be done twice. A file that somebody changed between a crash and the next
//! run is never written over: the run stops and says where both texts are.
#![expect(clippy::disallowed_methods, reason = "the one module that changes content")]

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Plan, Step};
use crate::lang::{Lang, PerLang};
use crate::output::disk::{sync_at, sync_folder};
use crate::path::ContentPath;

#[cfg(test)]
mod tests;

/// The folder beside the content in which Diptych keeps what is its own.
const OWN: &str = ".diptych";
const WORK: &str = "change";
const JOURNAL: &str = "journal.json";
const MARK: &str = "\u{feff}";

/// Why a plan was not carried out.
#[derive(Debug)]
pub enum ApplyError {
    /// The disk would not; nothing was changed.
    Io(PathBuf, io::Error),
    /// A file is not what it was when the plan was made; nothing was changed.
    Changed(ContentPath),
    /// A file is reached by a link, which the change would replace; nothing was changed.
    Link(ContentPath),
    /// The disk would not when the change was decided: the next run carries it on.
    Unfinished(PathBuf, io::Error),
    /// A change was interrupted, and a file that it concerns was changed since by somebody else.
    Disputed {
        /// The file.
        file: ContentPath,
        /// The folder with the texts that were to be written.
        work: PathBuf,
    },
}

impl ApplyError {
    /// What is wrong and what to do, in a language of messages.
    pub fn told(&self, lang: Lang) -> String {
        let both = |en: String, fr: String| PerLang { en, fr };
        let words = match self {
            Self::Io(path, error) => both(
                format!("cannot write {}: {error}; nothing was changed", path.display()),
                format!("impossible d’écrire {} : {error}; rien n’a été modifié", path.display()),
            ),
            Self::Changed(file) => both(
                format!("{file} was changed meanwhile; nothing was done, try again"),
                format!("{file} a été modifié entre-temps; rien n’a été fait, réessayez"),
            ),
            Self::Link(file) => both(
                format!("{file} is reached by a link; nothing was done, since the link would be replaced by a file"),
                format!("on atteint {file} par un lien; rien n’a été fait, car un fichier remplacerait le lien"),
            ),
            Self::Unfinished(path, error) => both(
                format!("cannot write {}: {error}; the change goes on as soon as diptych is run again", path.display()),
                format!(
                    "impossible d’écrire {} : {error}; la modification se poursuivra dès que diptych sera relancé",
                    path.display()
                ),
            ),
            Self::Disputed { file, work } => both(
                format!(
                    "a change was interrupted, and {file} was changed since; what was to be written is in {}: take over what you need, then delete that folder",
                    work.display()
                ),
                format!(
                    "une modification a été interrompue, et {file} a été modifié depuis; ce qui devait être écrit se trouve dans {} : reprenez ce qu’il vous faut, puis supprimez ce dossier",
                    work.display()
                ),
            ),
        };
        words.get(lang).clone()
    }
}

impl std::fmt::Display for ApplyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.told(Lang::En))
    }
}

impl std::error::Error for ApplyError {}

/// Carries a plan out in a content folder.
pub fn apply(content: &Path, plan: &Plan) -> Result<(), ApplyError> {
    Work::open(content, &|| Ok(()))?.apply(plan)
}

/// Does something in the folder beside the content that is Diptych's own, while nobody else changes anything.
pub fn exclusively<T>(content: &Path, act: impl FnOnce() -> T) -> Result<T, ApplyError> {
    let _held = Work::open(content, &|| Ok(()))?;
    Ok(act())
}

/// Finishes what an earlier run decided on, or forgets what it only prepared. Says whether something was finished.
pub fn recover(content: &Path) -> Result<bool, ApplyError> {
    let Ok(real) = fs::canonicalize(content) else { return Ok(false) };
    let is_there = real.parent().is_some_and(|beside| beside.join(OWN).join(WORK).exists());
    if is_there { Work::open(content, &|| Ok(()))?.finish() } else { Ok(false) }
}

/// A change as the journal says it.
#[derive(Debug, Serialize, Deserialize)]
struct Journal {
    changes: Vec<Change>,
}

/// What is to be done to one file. A digest is of the bytes; none where there is no file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Change {
    Write { path: String, staged: usize, before: Option<String>, after: String },
    Move { path: String, to: String, before: String },
    Remove { path: String, before: String },
}

/// The folder in which one change is prepared, held by a lock against others.
struct Work<'a> {
    content: PathBuf,
    folder: PathBuf,
    /// Asked before everything that is done to the disk: tests let it fail, as a crash would.
    before_each: &'a dyn Fn() -> io::Result<()>,
    _lock: File,
}

type Done<T = ()> = Result<T, ApplyError>;

fn failed(path: &Path) -> impl FnOnce(io::Error) -> ApplyError {
    move |error| ApplyError::Io(path.to_owned(), error)
}

impl<'a> Work<'a> {
    fn open(content: &Path, before_each: &'a dyn Fn() -> io::Result<()>) -> Done<Self> {
        let real = fs::canonicalize(content).map_err(failed(content))?;
        let own = real.parent().unwrap_or(Path::new("/")).join(OWN);
        fs::create_dir_all(&own).map_err(failed(&own))?;
        // Nothing in it is anybody else's business: a version control leaves it out.
        let ignored = own.join(".gitignore");
        if !fs::metadata(&ignored).is_ok_and(|data| data.len() > 0) {
            fs::write(&ignored, "*\n").map_err(failed(&ignored))?;
        }
        let lock = own.join("lock");
        let file = File::options().create(true).truncate(false).write(true).open(&lock).map_err(failed(&lock))?;
        file.lock().map_err(failed(&lock))?;
        Ok(Self { content: real, folder: own.join(WORK), before_each, _lock: file })
    }

    fn apply(&self, plan: &Plan) -> Done {
        self.finish()?;
        let changes: Vec<(Change, Option<Vec<u8>>)> =
            plan.steps.iter().map(|step| self.change(step)).collect::<Done<Vec<_>>>()?.into_iter().flatten().collect();
        if let Err(error) = self.prepare(changes) {
            let _ = self.clear();
            return Err(error);
        }
        self.finish().map(|_| ())
    }

    /// What a step does, with the bytes that it writes. Fails where a file is not what the plan took it for.
    fn change(&self, step: &Step) -> Done<Vec<(Change, Option<Vec<u8>>)>> {
        let mut changes = Vec::new();
        let mut write = |path: &ContentPath, before: Option<&[u8]>, text: &str| {
            let bytes = match before {
                Some(before) if before.starts_with(MARK.as_bytes()) => [MARK, text].concat().into_bytes(),
                _ => text.as_bytes().to_vec(),
            };
            let (before, after) = (before.map(digest), digest(&bytes));
            changes.push((Change::Write { path: path.to_string(), staged: 0, before, after }, Some(bytes)));
        };
        match step {
            Step::Create { path, text } => {
                self.is_free(path)?;
                write(path, None, text);
            }
            Step::Edit { path, before, after } => write(path, Some(&self.present(path, Some(before))?), after),
            Step::Move { from, to, text: Some((before, after)) } => {
                self.is_free(to)?;
                let present = self.present(from, Some(before))?;
                let marked = present.starts_with(MARK.as_bytes());
                write(to, None, &if marked { [MARK, after].concat() } else { after.clone() });
                changes.push((Change::Remove { path: from.to_string(), before: digest(&present) }, None));
            }
            Step::Move { from, to, text: None } => {
                self.is_free(to)?;
                let before = digest(&self.present(from, None)?);
                changes.push((Change::Move { path: from.to_string(), to: to.to_string(), before }, None));
            }
            Step::Remove { path, before } => {
                let before = digest(&self.present(path, Some(before))?);
                changes.push((Change::Remove { path: path.to_string(), before }, None));
            }
        }
        Ok(changes)
    }

    fn is_free(&self, path: &ContentPath) -> Done {
        self.has_no_link(path)?;
        match fs::symlink_metadata(self.content.join(path.as_str())) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            _ => Err(ApplyError::Changed(path.clone())),
        }
    }

    /// The bytes of a file, which must say `text` where that is given.
    fn present(&self, path: &ContentPath, text: Option<&str>) -> Done<Vec<u8>> {
        self.has_no_link(path)?;
        let file = self.content.join(path.as_str());
        let bytes = fs::read(&file).map_err(failed(&file))?;
        let said = bytes.strip_prefix(MARK.as_bytes()).unwrap_or(&bytes);
        if text.is_some_and(|text| text.as_bytes() != said) {
            return Err(ApplyError::Changed(path.clone()));
        }
        let folder = file.parent().unwrap_or(&self.content);
        may_write(folder).map_err(failed(folder))?;
        Ok(bytes)
    }

    fn has_no_link(&self, path: &ContentPath) -> Done {
        let mut part = self.content.clone();
        for name in path.as_str().split('/') {
            part.push(name);
            if fs::symlink_metadata(&part).is_ok_and(|data| data.is_symlink()) {
                return Err(ApplyError::Link(path.clone()));
            }
        }
        Ok(())
    }

    /// Writes the new texts and the journal.
    fn prepare(&self, changes: Vec<(Change, Option<Vec<u8>>)>) -> Done {
        let io = |path: &Path, done: io::Result<()>| done.map_err(failed(path));
        io(&self.folder, self.step(|| fs::create_dir(&self.folder)))?;
        let mut journal = Journal { changes: Vec::with_capacity(changes.len()) };
        let mut written = Vec::new();
        for (nth, (mut change, bytes)) in changes.into_iter().enumerate() {
            if let (Change::Write { path, staged, .. }, Some(bytes)) = (&mut change, bytes) {
                *staged = nth;
                let file = self.staged(nth);
                io(&file, self.step(|| fs::write(&file, bytes)))?;
                if let Ok(data) = fs::metadata(self.content.join(&*path)) {
                    io(&file, self.step(|| fs::set_permissions(&file, data.permissions())))?;
                }
                written.push(file);
            }
            journal.changes.push(change);
        }
        let (draft, place) = (self.folder.join("journal"), self.folder.join(JOURNAL));
        let text = serde_json::to_vec(&journal).map_err(|error| failed(&draft)(error.into()))?;
        io(&draft, self.step(|| fs::write(&draft, text)))?;
        written.push(draft.clone());
        io(&draft, self.step(|| self.sync(&written)))?;
        io(&place, self.step(|| fs::rename(&draft, &place)))?;
        io(&place, self.step(|| sync_folder(&self.folder)))
    }

    /// Carries out what a journal says; without one, forgets what was prepared.
    fn finish(&self) -> Done<bool> {
        if !self.folder.exists() {
            return Ok(false);
        }
        let place = self.folder.join(JOURNAL);
        let journal = match fs::read(&place) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return self.clear().map(|()| false),
            Err(error) => return Err(failed(&place)(error)),
        };
        let Journal { changes } = serde_json::from_slice(&journal).map_err(|error| failed(&place)(error.into()))?;
        for change in &changes {
            self.is_undisputed(change)?;
        }
        let unfinished = |path: &str| {
            let path = self.content.join(path);
            move |error| ApplyError::Unfinished(path, error)
        };
        let mut touched = Vec::new();
        for change in &changes {
            if let Change::Write { path, staged, .. } = change {
                touched.extend(self.put(&self.staged(*staged), path).map_err(unfinished(path))?);
            }
        }
        for change in &changes {
            match change {
                Change::Write { .. } => {}
                Change::Move { path, to, .. } => {
                    touched.extend(self.put(&self.content.join(path), to).map_err(unfinished(to))?);
                    self.leave_folders(path);
                }
                Change::Remove { path, .. } => {
                    let file = self.content.join(path);
                    match self.step(|| fs::remove_file(&file)) {
                        Err(error) if error.kind() != ErrorKind::NotFound => return Err(unfinished(path)(error)),
                        _ => self.leave_folders(path),
                    }
                }
            }
        }
        self.step(|| self.sync(&touched)).map_err(unfinished(""))?;
        self.clear().map(|()| true)
    }

    /// Whether a file is as the change found it or leaves it.
    fn is_undisputed(&self, change: &Change) -> Done {
        let now = |path: &str| fs::read(self.content.join(path)).ok().map(|bytes| digest(&bytes));
        let (path, is_well) = match change {
            Change::Write { path, staged, before, after } => {
                let now = now(path);
                (path, !self.staged(*staged).exists() || now == *before || now.as_ref() == Some(after))
            }
            Change::Move { path, to, before } => {
                let (old, new) = (now(path), now(to));
                let is_whole = |one: &Option<String>| one.as_ref().is_none_or(|one| one == before);
                (path, is_whole(&old) && (old.is_none() || is_whole(&new)))
            }
            Change::Remove { path, before } => {
                let now = now(path);
                (path, now.is_none_or(|now| now == *before))
            }
        };
        let file = || ContentPath::new(path.as_str());
        if is_well { Ok(()) } else { Err(ApplyError::Disputed { file: file(), work: self.folder.clone() }) }
    }

    /// Puts a file in its place; one that is not there was put there before. Returns what is to be synced.
    fn put(&self, from: &Path, path: &str) -> io::Result<Option<PathBuf>> {
        let to = self.content.join(path);
        if !from.exists() {
            return Ok(None);
        }
        let folder = to.parent().unwrap_or(&self.content);
        self.step(|| fs::create_dir_all(folder))?;
        match self.step(|| fs::rename(from, &to)) {
            Err(error) if error.kind() == ErrorKind::CrossesDevices => {
                // Another file system: the text comes beside its file first.
                let name = to.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let beside = folder.join(format!(".{name}.diptych"));
                self.step(|| fs::copy(from, &beside).map(|_| ()))?;
                self.step(|| File::open(&beside)?.sync_all())?;
                self.step(|| fs::rename(&beside, &to))?;
                self.step(|| fs::remove_file(from))?;
            }
            done => done?,
        }
        Ok(Some(to))
    }

    /// Removes the folders that a file leaves empty, below the folder of its type.
    fn leave_folders(&self, path: &str) {
        let mut folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        while folder.contains('/') && self.step(|| fs::remove_dir(self.content.join(folder))).is_ok() {
            folder = folder.rsplit_once('/').map_or("", |(outer, _)| outer);
        }
    }

    /// Removes the work folder, its journal first.
    fn clear(&self) -> Done {
        let place = self.folder.join(JOURNAL);
        match self.step(|| fs::remove_file(&place)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed(&place)(error)),
            _ => {}
        }
        self.step(|| fs::remove_dir_all(&self.folder)).map_err(failed(&self.folder))
    }

    fn staged(&self, nth: usize) -> PathBuf {
        self.folder.join(nth.to_string())
    }

    fn sync(&self, files: &[PathBuf]) -> io::Result<()> {
        sync_at(&self.content, &mut files.iter().map(PathBuf::as_path))
    }

    fn step(&self, act: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        (self.before_each)()?;
        act()
    }
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether files can be put into a folder; asked before anything is decided.
#[cfg(unix)]
fn may_write(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::access(folder, rustix::fs::Access::WRITE_OK)?)
}

/// Whether files can be put into a folder: here only trying tells.
#[cfg(not(unix))]
fn may_write(_: &Path) -> io::Result<()> {
    Ok(())
}
