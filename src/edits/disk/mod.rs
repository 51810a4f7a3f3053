//! Carries out a plan, all of it or nothing: [`apply`]; completes or discards what was interrupted: [`recover`].
//!
//! Several files cannot be changed in one step, so a change goes through a journal, in `.diptych/change/` beside the
//! content folder:
//!
//! 1. every new text is written there, and synced;
//! 2. the journal takes its place by one rename: from now on the change *is* decided;
//! 3. each text replaces its file by a rename, then files that go are removed;
//! 4. when all that is on the disk, the journal is removed.
//!
//! A crash before step 2 leaves everything as it was. A crash after it leaves a journal, which the next run of any
//! command that reads the content completes. Each step can be done twice. A file that somebody changed between a crash
//! and the next run is never overwritten: the run stops and says where both texts are.
//!
//! The contents of that folder may come from anywhere. A journal names files of the content and nothing else
//! ([`Inside`]), no link is followed on the way to them ([`Work::place`]), and a text is put in its place only as the
//! journal describes it.
#![expect(clippy::disallowed_methods, reason = "writes a plan into the content folder")]

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use sha2::{Digest as _, Sha256};

use self::journal::{Change, Inside, Journal};
use super::{Plan, Step};
use crate::lang::{Lang, PerLang};
use crate::machine;
use crate::output::disk::{OWN, OwnError, OwnFolder, rename, sync_at, sync_folder};
use crate::path::ContentPath;

mod journal;
#[cfg(test)]
mod tests;

const WORK: &str = "change";
const JOURNAL: &str = "journal.json";
const MARK: &str = "\u{feff}";

/// The most bytes of a journal, and of a text that a change writes.
const MOST: u64 = 1 << 30;

/// Why a plan was not carried out.
#[derive(Debug)]
pub enum ApplyError {
    /// The disk failed; nothing was changed.
    Io(PathBuf, io::Error),
    /// A file is not what it was when the plan was made; nothing was changed.
    Changed(ContentPath),
    /// A file is reached by a link, which the change would replace; nothing was changed.
    Link(ContentPath),
    /// Something other than a file is where a file is to be written; nothing was changed.
    NoFile(ContentPath),
    /// The plan concerns something that is not a file of the content; nothing was changed.
    Outside(ContentPath),
    /// The work folder beside the content is not as Diptych makes it; nothing was changed.
    NotOwn(OwnError),
    /// The folder of unfinished changes holds one that no run prepared; nothing was changed.
    Unprepared(PathBuf),
    /// The disk failed after the change was decided: the next run completes it.
    Unfinished(PathBuf, io::Error),
    /// A change was interrupted, and somebody else has since changed a file that it concerns.
    Disputed {
        /// The file.
        file: ContentPath,
        /// The folder with the texts that were to be written.
        work: PathBuf,
    },
}

impl From<OwnError> for ApplyError {
    fn from(error: OwnError) -> Self {
        match error {
            OwnError::Io(path, error) => Self::Io(path, error),
            other => Self::NotOwn(other),
        }
    }
}

impl ApplyError {
    /// What is wrong and what to do, in a language of messages.
    pub fn message(&self, lang: Lang) -> String {
        let both = |en: String, fr: String| PerLang { en, fr };
        let words = match self {
            Self::Io(path, error) => {
                let (path, PerLang { en, fr }) = (path.display(), machine::message(error));
                both(
                    format!("cannot write {path}: {en}; nothing was changed"),
                    format!("impossible d’écrire {path} : {fr}; rien n’a été modifié"),
                )
            }
            Self::Changed(file) => both(
                format!("{file} was changed meanwhile; nothing was done, try again"),
                format!("{file} a été modifié entre-temps; rien n’a été fait, réessayez"),
            ),
            Self::Link(file) => both(
                format!("{file} is reached by a link; nothing was done, since the link would be replaced by a file"),
                format!("on atteint {file} par un lien; rien n’a été fait, car un fichier remplacerait le lien"),
            ),
            Self::NoFile(file) => both(
                format!(
                    "{file} is not a file, and one is to be written there; nothing was done: remove it or give it another name"
                ),
                format!(
                    "{file} n’est pas un fichier, et il faut en écrire un à cet endroit; rien n’a été fait : supprimez-le ou donnez-lui un autre nom"
                ),
            ),
            Self::Outside(file) => both(
                format!("{file} is not a file of the content that can be changed; nothing was done"),
                format!("{file} n’est pas un fichier du contenu que l’on peut modifier; rien n’a été fait"),
            ),
            Self::NotOwn(error) => return error.message(lang),
            Self::Unprepared(work) => both(
                format!(
                    "{} holds a change that Diptych did not prepare, or that was damaged; nothing was done: look at what is in that folder, then delete it",
                    work.display()
                ),
                format!(
                    "le dossier {} contient une modification que Diptych n’a pas préparée ou qui est abîmée; rien n’a été fait : regardez ce qu’elle contient, puis supprimez ce dossier",
                    work.display()
                ),
            ),
            Self::Unfinished(path, error) => {
                let (path, PerLang { en, fr }) = (path.display(), machine::message(error));
                both(
                    format!("cannot write {path}: {en}; the change goes on as soon as diptych is run again"),
                    format!(
                        "impossible d’écrire {path} : {fr}; la modification se poursuivra dès que diptych sera relancé"
                    ),
                )
            }
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
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for ApplyError {}

/// Carries out a plan in a content folder.
pub fn apply(content: &Path, plan: &Plan) -> Result<(), ApplyError> {
    Work::open(content, &|| Ok(()))?.apply(plan)
}

/// Does something in Diptych's own folder beside the content, while nobody else changes anything.
pub fn exclusively<T>(content: &Path, act: impl FnOnce(&OwnFolder) -> T) -> Result<T, ApplyError> {
    let held = Work::open(content, &|| Ok(()))?;
    Ok(act(&held.own))
}

/// Completes what an earlier run decided, or discards what it only prepared. Returns whether something was completed.
pub fn recover(content: &Path) -> Result<bool, ApplyError> {
    let Ok(real) = fs::canonicalize(content) else { return Ok(false) };
    let is_there = fs::symlink_metadata(own_of(&real).join(WORK)).is_ok();
    if is_there { Work::open(content, &|| Ok(()))?.finish() } else { Ok(false) }
}

/// Diptych's own folder beside the content; `None` if it does not exist.
pub fn own_folder(content: &Path) -> Result<Option<OwnFolder>, OwnError> {
    fs::canonicalize(content).map_or(Ok(None), |real| OwnFolder::open(&own_of(&real)))
}

/// Where it is, for the real path of the content.
fn own_of(content: &Path) -> PathBuf {
    content.parent().unwrap_or(Path::new("/")).join(OWN)
}

/// The folder in which one change is prepared, held by a lock against others.
struct Work<'a> {
    content: PathBuf,
    own: OwnFolder,
    folder: PathBuf,
    /// Called before everything that is done to the disk: tests let it fail, as a crash would.
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
        let (own, _) = OwnFolder::make(&own_of(&real))?;
        let lock = own.hold()?;
        let folder = own.path().join(WORK);
        Ok(Self { content: real, own, folder, before_each, _lock: lock })
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

    /// What a step does, with the bytes that it writes. Fails if a file is not what the plan took it for.
    fn change(&self, step: &Step) -> Done<Vec<(Change, Option<Vec<u8>>)>> {
        let mut changes = Vec::new();
        let mut write = |path: Inside, before: Option<&[u8]>, text: &str| {
            let bytes = match before {
                Some(before) if before.starts_with(MARK.as_bytes()) => [MARK, text].concat().into_bytes(),
                _ => text.as_bytes().to_vec(),
            };
            let (before, after) = (before.map(digest), digest(&bytes));
            changes.push((Change::Write { path, staged: 0, before, after }, Some(bytes)));
        };
        match step {
            Step::Create { path, text } => write(self.free(path)?, None, text),
            Step::Edit { path, before, after } => {
                let (path, present) = self.present(path, Some(before))?;
                write(path, Some(&present), after);
            }
            Step::Move { from, to, text: Some((before, after)) } => {
                let to = self.free(to)?;
                let (path, present) = self.present(from, Some(before))?;
                let marked = present.starts_with(MARK.as_bytes());
                write(to, None, &if marked { [MARK, after].concat() } else { after.clone() });
                changes.push((Change::Remove { path, before: digest(&present) }, None));
            }
            Step::Move { from, to, text: None } => {
                let to = self.free(to)?;
                let (path, present) = self.present(from, None)?;
                changes.push((Change::Move { path, to, before: digest(&present) }, None));
            }
            Step::Remove { path, before } => {
                let (path, present) = self.present(path, before.as_deref())?;
                changes.push((Change::Remove { path, before: digest(&present) }, None));
            }
        }
        Ok(changes)
    }

    /// A path at which there is nothing yet.
    fn free(&self, path: &ContentPath) -> Done<Inside> {
        let inside = Inside::new(path).ok_or_else(|| ApplyError::Outside(path.clone()))?;
        match fs::symlink_metadata(self.place(&inside)?) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(inside),
            Ok(meta) if !meta.is_file() => Err(ApplyError::NoFile(path.clone())),
            _ => Err(ApplyError::Changed(path.clone())),
        }
    }

    /// The bytes of a file, which must be `text` if that is given.
    fn present(&self, path: &ContentPath, text: Option<&str>) -> Done<(Inside, Vec<u8>)> {
        let inside = Inside::new(path).ok_or_else(|| ApplyError::Outside(path.clone()))?;
        let file = self.place(&inside)?;
        if fs::metadata(&file).is_ok_and(|meta| !meta.is_file()) {
            return Err(ApplyError::NoFile(path.clone()));
        }
        let bytes = fs::read(&file).map_err(failed(&file))?;
        let said = bytes.strip_prefix(MARK.as_bytes()).unwrap_or(&bytes);
        if text.is_some_and(|text| text.as_bytes() != said) {
            return Err(ApplyError::Changed(path.clone()));
        }
        let folder = file.parent().unwrap_or(&self.content);
        may_write(folder).map_err(failed(folder))?;
        Ok((inside, bytes))
    }

    /// The path of a file on the disk, which need not exist yet. Fails if the file or one of its folders is a link, or if one
    /// of its folders is another name for a hidden one, which some systems allow.
    fn place(&self, path: &Inside) -> Done<PathBuf> {
        let link = || ApplyError::Link(path.path().clone());
        let (mut place, mut folder) = (self.content.clone(), self.content.clone());
        for name in path.as_str().split('/') {
            place.push(name);
            match fs::symlink_metadata(&place) {
                Ok(meta) if meta.is_symlink() => return Err(link()),
                Ok(meta) if meta.is_dir() => folder.push(name),
                _ => {}
            }
        }
        let real = fs::canonicalize(&folder).map_err(failed(&folder))?;
        let is_hidden = |part: Component<'_>| part.as_os_str().as_encoded_bytes().starts_with(b".");
        match real.strip_prefix(&self.content) {
            Ok(inner) if !inner.components().any(is_hidden) => Ok(place),
            _ => Err(link()),
        }
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
                if let Ok(data) = fs::metadata(self.content.join(path.as_str())) {
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
        io(&place, self.step(|| rename(&draft, &place)))?;
        io(&place, self.step(|| sync_folder(&self.folder)))
    }

    /// Carries out what a journal says; without one, discards what was prepared.
    fn finish(&self) -> Done<bool> {
        let Some(work) = self.own.inner(WORK)? else { return Ok(false) };
        let Some(journal) = work.read(JOURNAL, MOST)? else { return self.clear().map(|()| false) };
        let journal = serde_json::from_slice(&journal);
        let Journal { changes } = journal.map_err(|_| ApplyError::Unprepared(self.folder.clone()))?;
        for change in &changes {
            self.is_undisputed(&work, change)?;
        }
        let unfinished = |path: &str| {
            let path = self.content.join(path);
            move |error| ApplyError::Unfinished(path, error)
        };
        let mut touched = Vec::new();
        for change in &changes {
            if let Change::Write { path, staged, .. } = change {
                let to = self.undisputed(path)?;
                touched.extend(self.put(&self.staged(*staged), to).map_err(unfinished(path.as_str()))?);
            }
        }
        for change in &changes {
            match change {
                Change::Write { .. } => {}
                Change::Move { path, to, .. } => {
                    let (from, place) = (self.undisputed(path)?, self.undisputed(to)?);
                    touched.extend(self.put(&from, place).map_err(unfinished(to.as_str()))?);
                    self.leave_folders(path.as_str());
                }
                Change::Remove { path, .. } => {
                    let file = self.undisputed(path)?;
                    match self.step(|| fs::remove_file(&file)) {
                        Err(error) if error.kind() != ErrorKind::NotFound => {
                            return Err(unfinished(path.as_str())(error));
                        }
                        _ => self.leave_folders(path.as_str()),
                    }
                }
            }
        }
        self.step(|| self.sync(&touched)).map_err(unfinished(""))?;
        self.clear().map(|()| true)
    }

    /// Whether a file is as the change found it or leaves it, and what is to be written as the change describes it.
    fn is_undisputed(&self, work: &OwnFolder, change: &Change) -> Done {
        let now = |path: &Inside| -> Done<Option<String>> {
            let file = self.undisputed(path)?;
            match fs::symlink_metadata(&file) {
                // A file that cannot be read at the moment is not a missing file.
                Ok(meta) if meta.is_file() => match fs::read(&file) {
                    Ok(bytes) => Ok(Some(digest(&bytes))),
                    Err(error) => Err(ApplyError::Unfinished(file, error)),
                },
                Ok(_) => Err(self.disputed(path)),
                Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
                Err(error) => Err(ApplyError::Unfinished(file, error)),
            }
        };
        let (path, is_well) = match change {
            Change::Write { path, staged, before, after } => {
                let now = now(path)?;
                let text = work.read(&staged.to_string(), MOST)?;
                if text.as_ref().is_some_and(|text| digest(text) != *after) {
                    return Err(ApplyError::Unprepared(self.folder.clone()));
                }
                (path, text.is_none() || now == *before || now.as_ref() == Some(after))
            }
            Change::Move { path, to, before } => {
                let (old, new) = (now(path)?, now(to)?);
                let is_whole = |one: &Option<String>| one.as_ref().is_none_or(|one| one == before);
                (path, is_whole(&old) && (old.is_none() || is_whole(&new)))
            }
            Change::Remove { path, before } => (path, now(path)?.is_none_or(|now| now == *before)),
        };
        if is_well { Ok(()) } else { Err(self.disputed(path)) }
    }

    fn disputed(&self, path: &Inside) -> ApplyError {
        ApplyError::Disputed { file: path.path().clone(), work: self.folder.clone() }
    }

    /// Where a file is that a decided change concerns; a link on the way there was put there since.
    fn undisputed(&self, path: &Inside) -> Done<PathBuf> {
        self.place(path).map_err(|error| match error {
            ApplyError::Link(_) => self.disputed(path),
            error => error,
        })
    }

    /// Puts a file in its place; one that is not there was put there before. Returns what is to be synced.
    fn put(&self, from: &Path, to: PathBuf) -> io::Result<Option<PathBuf>> {
        match fs::symlink_metadata(from) {
            Ok(meta) if meta.is_file() => {}
            Ok(_) => return Err(ErrorKind::InvalidInput.into()),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        }
        let folder = to.parent().unwrap_or(&self.content);
        self.step(|| fs::create_dir_all(folder))?;
        match self.step(|| rename(from, &to)) {
            Err(error) if error.kind() == ErrorKind::CrossesDevices => {
                // Another file system: the text is first copied beside its file.
                let name = to.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let beside = folder.join(format!(".{name}.diptych"));
                match self.step(|| fs::remove_file(&beside)) {
                    Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
                self.step(|| fs::copy(from, &beside).map(|_| ()))?;
                self.step(|| File::open(&beside)?.sync_all())?;
                self.step(|| rename(&beside, &to))?;
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

/// Whether files can be put into a folder: here only trying shows it.
#[cfg(not(unix))]
fn may_write(_: &Path) -> io::Result<()> {
    Ok(())
}
