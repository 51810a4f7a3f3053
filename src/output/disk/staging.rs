//! A site being written: [`Staging`] accepts its files, from many threads at once, and puts the site in its place.
//!
//! A file that is in the output already is only noted. If there is no site yet, files are written to their place in the
//! new tree; otherwise those that differ wait in a flat folder, so that a mistake found late costs nothing.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Seek as _, Write as _};
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::ahead::Ahead;
use super::error::{WriteError, failed};
use super::place::Place;
use super::stamp::{Origin, Stamp};
use super::survey::{self, Survey};
use super::{in_place, os, spare, tree};
use crate::output::gzip;
use crate::output::manifest::{Entry, Manifest};
use crate::output::path::{MANIFEST, is_own};
use crate::path::OutputPath;

/// A site being written.
pub struct Staging {
    pub(super) place: Place,
    pub(super) survey: Survey,
    /// The files accepted so far; `None` for a file that is still being written.
    taken: Mutex<BTreeMap<OutputPath, Option<Record>>>,
    next: AtomicUsize,
    way: Way,
    precompress: bool,
    origin: Option<Origin>,
    ahead: Ahead,
    /// The beginning of the build, by the clock of the file system, in nanoseconds.
    pub(super) began: i128,
}

/// A file of the site.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record {
    pub(super) entry: Entry,
    pub(super) state: State,
}

/// Where the bytes of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// In the output already.
    Same,
    /// In the flat folder, under this number.
    Fresh(usize),
    /// In their place in the new tree.
    Placed,
}

/// How the site gets to its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// There is no site: a new tree becomes it.
    New,
    /// The spare tree is made equal and exchanged with the site.
    Exchange,
    /// Files are replaced one by one.
    InPlace,
}

/// What a build did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// All files of the site.
    pub files: usize,
    /// Those that did not exist, or differed.
    pub written: usize,
    /// Those that the site no longer has.
    pub removed: usize,
    /// Whether there was no site before.
    pub is_first: bool,
}

impl Staging {
    /// Begins to write a site. `keep` is what is in the output for others; with `precompress`, files that get smaller
    /// have compressed siblings. `origin` is what the site is made from, if that is known. Fails if something in the
    /// output would be lost.
    pub fn begin(
        place: Place,
        keep: &[OutputPath],
        precompress: bool,
        origin: Option<Origin>,
    ) -> Result<Self, WriteError> {
        super::kept::finish_moves(&place)?;
        let survey = Survey::of(&place, keep)?;
        let way = match &survey.root {
            _ if place.one_by_one || super::kept::needs_in_place(&place, keep) => Way::InPlace,
            _ if survey.is_bare(&place) => Way::New,
            _ => Way::Exchange,
        };
        let fresh = place.fresh();
        tree::remove(&fresh).and_then(|()| fs::create_dir(&fresh)).map_err(failed(place.work()))?;
        let meta = fs::metadata(&fresh).map_err(failed(place.work()))?;
        let began = os::changed_at(&meta);
        let ahead = Ahead::of(fresh.clone());
        let mut folders = vec![fresh];
        if way == Way::New {
            let spare = place.spare();
            tree::remove(&spare).and_then(|()| fs::create_dir(&spare)).map_err(failed(place.work()))?;
            folders.push(spare);
        }
        // Before anything is in them: files and folders inherit from the folder that they are created in.
        if let Some(model) = &survey.root {
            let liken = |folder: &PathBuf| os::liken(folder, model, Some(&place.out));
            folders.iter().try_for_each(liken).map_err(failed(place.work()))?;
        }
        let (taken, next) = (Mutex::default(), AtomicUsize::new(0));
        Ok(Self { place, survey, taken, next, way, precompress, origin, ahead, began })
    }

    /// Adds a file of the site.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        let path = self.claim(path)?;
        let entry = Entry::of(bytes);
        self.take_bytes(&path, entry, bytes)?;
        if self.precompress
            && !self.takes_old_sibling(&path, entry)?
            && let Some(sibling) = gzip::sibling(path.as_str(), bytes)
        {
            let path = self.claim_sibling(&path)?;
            self.take_bytes(&path, Entry::of(&sibling), &sibling)?;
        }
        Ok(())
    }

    /// Adds a copy of a file, which is open at its beginning and never held in memory as a whole.
    pub fn copy(&self, path: &str, from: &File) -> Result<(), WriteError> {
        let path = self.claim(path)?;
        let unread = |source| WriteError::Read { path: PathBuf::from(path.as_str()), source };
        // Reading twice is cheaper than writing what is already there.
        let size = from.metadata().map_err(unread)?.len();
        let may_be_same = self.survey.manifest.files.get(&path).is_none_or(|known| known.size == size);
        let before = if may_be_same && self.survey.root.is_some() {
            Some(Entry::of_reader(from).map_err(unread)?)
        } else {
            None
        };
        let entry = match before.filter(|entry| self.survey.has(&self.place, &path, *entry)) {
            Some(entry) => {
                self.record(&path, entry, State::Same);
                entry
            }
            None => {
                let (file, state) = self.room(&path);
                self.make(&path, &file, |to| io::copy(&mut from_start(from)?, to).map(drop))?;
                // The digest of what was written: the source may have changed since.
                let entry = survey::read(&file).map_err(failed(&self.place.shown(path.as_str())))?;
                self.record(&path, entry, state);
                entry
            }
        };
        if self.precompress && gzip::is_text(path.as_str()) && !self.takes_old_sibling(&path, entry)? {
            self.compress(&path, entry, from)?;
        }
        Ok(())
    }

    /// Puts the site in its place: at any moment, and after a crash at any moment, either the previous site or this one
    /// is there, whole.
    pub fn publish(self) -> Result<Written, WriteError> {
        self.place.still_held()?;
        let taken = self.taken.lock().map(|mut taken| std::mem::take(&mut *taken)).unwrap_or_default();
        let records: BTreeMap<OutputPath, Record> =
            taken.into_iter().filter_map(|(path, record)| Some((path, record?))).collect();
        let manifest = Manifest {
            files: records.iter().map(|(path, record)| (path.clone(), record.entry)).collect(),
            gzip: self.precompress.then_some(gzip::METHOD),
            unfinished: false,
        };
        let before = &self.survey.manifest;
        let is_gone = |path: &OutputPath| !records.contains_key(path) && !self.is_kept(path);
        let report = Written {
            files: records.len(),
            written: records.values().filter(|record| record.state != State::Same).count(),
            removed: before.files.keys().filter(|path| is_gone(path)).count(),
            is_first: !self.survey.has_site(),
        };
        if self.survey.has_site() && report.written == 0 && manifest == *before {
            self.leave_stamp();
            return Ok(report);
        }
        let site = Site { records, manifest };
        if self.way != Way::InPlace {
            match spare::publish(&self, &site, self.way == Way::New)? {
                spare::Published::Exchanged(manifest) => {
                    let stamp = Stamp::new(os::changed_at(&manifest), self.origin.as_ref());
                    stamp.leave(&self.place.own, &manifest, self.origin.as_ref());
                    return Ok(report);
                }
                spare::Published::Not => {}
            }
            let spare = self.place.spare();
            in_place::publish(&self, &site, &|path, _| spare.join(path.as_str()))?;
            let _ = tree::remove(&spare);
            return Ok(report);
        }
        let fresh = self.place.fresh();
        in_place::publish(&self, &site, &|_, number| fresh.join(number.to_string()))?;
        Ok(report)
    }

    /// Remembers what was found out about a site that stays as it is.
    fn leave_stamp(&self) {
        // A work folder inside the output exists only during a build.
        let Ok(manifest) = fs::metadata(self.place.out.join(MANIFEST)) else { return };
        if !self.place.one_by_one {
            let believed = self.survey.believed_until().filter(|_| !self.survey.has_read());
            let stamp = Stamp::new(believed.unwrap_or(self.began), self.origin.as_ref());
            if self.survey.stamp() != Some(&stamp) {
                stamp.leave(&self.place.own, &manifest, self.origin.as_ref());
            }
        }
    }

    /// Claims a path, which nothing else may claim afterwards.
    fn claim(&self, path: &str) -> Result<OutputPath, WriteError> {
        match OutputPath::new(path) {
            Ok(fit) if !is_own(&fit) => self.claim_fit(fit),
            fit => Err(WriteError::BadPath { path: path.to_owned(), is_own: fit.is_ok() }),
        }
    }

    fn claim_sibling(&self, path: &OutputPath) -> Result<OutputPath, WriteError> {
        self.claim_fit(path.gz())
    }

    fn claim_fit(&self, path: OutputPath) -> Result<OutputPath, WriteError> {
        if let Some(kept) = self.survey.keep.iter().find(|kept| path.is_within(kept) || kept.is_within(&path)) {
            return Err(WriteError::Kept { path, kept: kept.clone() });
        }
        let mut taken = self.taken.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let around = path.folders().find_map(|folder| taken.get_key_value(folder)).map(|(file, _)| file.clone());
        if let Some(file) = around {
            return Err(WriteError::FileInFile { file, inner: path });
        }
        let below = format!("{path}/");
        let next = taken.range::<str, _>((Bound::Included(&*below), Bound::Unbounded)).next();
        if let Some((inner, _)) = next.filter(|(next, _)| next.is_within(&path)) {
            return Err(WriteError::FileInFile { file: path, inner: inner.clone() });
        }
        match taken.insert(path.clone(), None) {
            Some(_) => Err(WriteError::Twice(path)),
            None => Ok(path),
        }
    }

    fn take_bytes(&self, path: &OutputPath, entry: Entry, bytes: &[u8]) -> Result<(), WriteError> {
        if self.survey.has(&self.place, path, entry) {
            self.record(path, entry, State::Same);
            return Ok(());
        }
        let (file, state) = self.room(path);
        self.make(path, &file, |to| to.write_all(bytes))?;
        self.record(path, entry, state);
        Ok(())
    }

    /// Keeps the compressed sibling of an unchanged file, or the fact that it has none; returns whether it could.
    fn takes_old_sibling(&self, path: &OutputPath, entry: Entry) -> Result<bool, WriteError> {
        let before = &self.survey.manifest;
        if before.gzip != Some(gzip::METHOD) || before.unfinished || before.files.get(path) != Some(&entry) {
            return Ok(false);
        }
        let sibling = path.gz();
        match before.files.get(&sibling) {
            None => Ok(true),
            Some(known) if self.survey.has(&self.place, &sibling, *known) => {
                let sibling = self.claim_sibling(path)?;
                self.record(&sibling, *known, State::Same);
                Ok(true)
            }
            Some(_) => Ok(false),
        }
    }

    /// Compresses a file on the disk, if that is worth it.
    fn compress(&self, path: &OutputPath, entry: Entry, from: &File) -> Result<(), WriteError> {
        if !gzip::is_worth_trying(entry.size) {
            return Ok(());
        }
        let sibling = path.gz();
        let file = self.place.fresh().join(self.number().to_string());
        self.make(&sibling, &file, |to| gzip::compress(&mut from_start(from)?, to))?;
        let failed_here = |source| failed(&self.place.shown(sibling.as_str()))(source);
        let compressed = survey::read(&file).map_err(failed_here)?;
        if compressed.size >= entry.size {
            return fs::remove_file(&file).map_err(failed_here);
        }
        let sibling = self.claim_fit(sibling.clone())?;
        let (room, state) = self.room(&sibling);
        // The folder exists: the file itself is in it.
        os::rename(&file, &room).map_err(failed_here)?;
        self.record(&sibling, compressed, state);
        Ok(())
    }

    /// Where the bytes of a file are to be written.
    fn room(&self, path: &OutputPath) -> (PathBuf, State) {
        if self.way == Way::New {
            return (self.place.spare().join(path.as_str()), State::Placed);
        }
        let number = self.number();
        (self.place.fresh().join(number.to_string()), State::Fresh(number))
    }

    fn number(&self) -> usize {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    /// Writes a new file, creating its folder if it does not exist yet.
    fn make(
        &self,
        path: &OutputPath,
        file: &Path,
        write: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> Result<(), WriteError> {
        let created = match File::create_new(file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let folder = file.parent().unwrap_or(file);
                fs::create_dir_all(folder).and_then(|()| File::create_new(file))
            }
            created => created,
        };
        created.and_then(|mut file| write(&mut file)).map_err(failed(&self.place.shown(path.as_str())))
    }

    fn record(&self, path: &OutputPath, entry: Entry, state: State) {
        if state != State::Same {
            self.ahead.wrote(entry.size);
        }
        let mut taken = self.taken.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        taken.insert(path.clone(), Some(Record { entry, state }));
    }

    fn is_kept(&self, path: &OutputPath) -> bool {
        self.survey.keep.iter().any(|kept| path.is_within(kept))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // A new tree that did not become the site.
        if self.way == Way::New && self.place.still_held().is_ok() {
            let _ = tree::remove(&self.place.spare());
        }
    }
}

/// An open file, to be read from its beginning.
fn from_start(mut file: &File) -> io::Result<&File> {
    file.seek(io::SeekFrom::Start(0))?;
    Ok(file)
}

/// What a site is to consist of.
pub(super) struct Site {
    pub(super) records: BTreeMap<OutputPath, Record>,
    pub(super) manifest: Manifest,
}
