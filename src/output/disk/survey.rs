//! What is in the output folder before a build: [`Survey`].

use std::collections::BTreeSet;
use std::fs::{self, File, FileType, Metadata};
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::error::{WriteError, failed};
use super::os;
use super::place::Place;
use super::staging::Written;
use super::stamp::Stamp;
use super::tree::{self, Verdict};
use crate::output::manifest::{Entry, Manifest, Mark};
use crate::output::path::{INNER_WORK, MANIFEST};
use crate::path::OutputPath;

/// What systems put into any folder that people look at. Nobody misses them.
const LITTER: [&str; 4] = [".DS_Store", "Thumbs.db", "desktop.ini", ".directory"];

/// What sites from before there were manifests have at their root, besides old addresses.
const FORMER: [&str; 13] = [
    "en",
    "fr",
    "assets",
    "data",
    "search",
    "theme",
    ".server",
    "_headers",
    "_redirects",
    ".htaccess",
    "index.html",
    "404.html",
    "sitemap.xml",
];

/// What is in the output folder before a build.
pub(super) struct Survey {
    /// The folder itself, if there is one.
    pub(super) root: Option<Metadata>,
    /// What the site consists of; empty if there is no site, or none with a manifest.
    pub(super) manifest: Manifest,
    /// What is kept for others.
    pub(super) keep: Vec<OutputPath>,
    mark: Option<Mark>,
    folders: BTreeSet<String>,
    /// What is known about the site, unless a build that replaced its files one by one did not end.
    stamp: Option<Stamp>,
    /// Whether a file was read only because there was no stamp.
    has_read: AtomicBool,
}

impl Survey {
    /// Looks at a place.
    pub(super) fn of(place: &Place, keep: &[OutputPath]) -> Result<Self, WriteError> {
        let path = place.out.join(MANIFEST);
        let mark = match fs::symlink_metadata(&path) {
            Ok(meta) if meta.is_file() => {
                Some((Mark::read(&fs::read(&path).map_err(failed(&place.shown(MANIFEST)))?), meta))
            }
            Ok(_) => return Err(WriteError::NotOurs(place.named.clone())),
            Err(_) => None,
        };
        let stamp = mark.as_ref().and_then(|(_, meta)| Stamp::read(&place.own, meta));
        let (mark, manifest) = match mark.map(|(mark, _)| mark) {
            Some(Mark::Manifest(manifest)) => (Some(Mark::Manifest(Manifest::default())), manifest),
            mark => (mark, Manifest::default()),
        };
        let survey = Self {
            root: fs::metadata(&place.out).ok(),
            folders: folders_of(manifest.files.keys().chain(keep)),
            stamp: stamp.filter(|_| !manifest.unfinished),
            manifest,
            keep: keep.to_vec(),
            mark,
            has_read: AtomicBool::new(false),
        };
        survey.no_strangers(place)?;
        Ok(survey)
    }

    /// Whether there is a site of Diptych here.
    pub(super) fn has_site(&self) -> bool {
        self.mark.is_some()
    }

    /// Whether the folder has nothing at all to keep.
    pub(super) fn is_bare(&self, place: &Place) -> bool {
        self.mark.is_none() && !self.keep.iter().any(|kept| fs::symlink_metadata(place.out.join(kept.as_str())).is_ok())
    }

    /// Fails if something is in the output that neither a build nor the settings account for.
    pub(super) fn no_strangers(&self, place: &Place) -> Result<(), WriteError> {
        if self.root.is_none() {
            return Ok(());
        }
        let found = tree::unknown(&place.out, &|path, kind| self.judge(path, kind)).map_err(failed(&place.named))?;
        match &self.mark {
            _ if found.is_empty() => Ok(()),
            None | Some(Mark::Foreign) => Err(WriteError::NotOurs(place.named.clone())),
            Some(Mark::Damaged) => Err(WriteError::Unlisted(place.named.clone())),
            Some(_) => {
                let files = found.into_iter().map(|(path, _)| path).collect();
                Err(WriteError::Foreign { out: place.named.clone(), files })
            }
        }
    }

    fn judge(&self, path: &str, kind: FileType) -> Verdict {
        let name = path.rsplit('/').next().unwrap_or(path);
        let is_own = [MANIFEST, INNER_WORK].contains(&path) && !matches!(self.mark, Some(Mark::Foreign));
        // The root of a file system has a folder for what was found after a crash.
        let is_system = path == "lost+found" || (!kind.is_dir() && is_litter(name));
        let is_kept = || self.keep.iter().any(|kept| path == kept.as_str());
        let is_former = || matches!(self.mark, Some(Mark::Bare)) && FORMER.contains(&path);
        if is_own || is_system || is_kept() || is_former() {
            Verdict::Known
        } else if kind.is_dir() && self.folders.contains(path) {
            Verdict::Enter
        } else if kind.is_file() && self.manifest.files.contains_key(path) {
            Verdict::Known
        } else {
            Verdict::Unknown
        }
    }

    /// Whether a file of the output is already as it should be.
    pub(super) fn has(&self, place: &Place, path: &OutputPath, wanted: Entry) -> bool {
        if self.root.is_none() {
            return false;
        }
        let file = place.out.join(path.as_str());
        let Ok(meta) = fs::symlink_metadata(&file) else { return false };
        if !meta.is_file() || meta.len() != wanted.size {
            return false;
        }
        match self.manifest.files.get(path) {
            // The same moment is not earlier: clocks of file systems are coarse.
            Some(known) if self.believed_until().is_some_and(|until| os::changed_at(&meta) < until) => *known == wanted,
            _ => {
                self.has_read.store(true, Ordering::Relaxed);
                read(&file).is_ok_and(|found| found == wanted)
            }
        }
    }

    /// The folders of the site, and those of what is kept.
    pub(super) fn folders(&self) -> &BTreeSet<String> {
        &self.folders
    }

    /// What was known about the site before this build.
    pub(super) fn stamp(&self) -> Option<&Stamp> {
        self.stamp.as_ref()
    }

    /// The time, in nanoseconds, since which untouched files are what the manifest says.
    pub(super) fn believed_until(&self) -> Option<i128> {
        self.stamp.as_ref().map(|stamp| stamp.until)
    }

    /// Whether nobody changed a file of the site.
    pub(super) fn is_untouched(&self, place: &Place) -> bool {
        self.manifest.files.par_iter().all(|(path, entry)| self.has(place, path, *entry))
    }

    /// Whether files had to be read to know that they are what the manifest says.
    pub(super) fn has_read(&self) -> bool {
        self.has_read.load(Ordering::Relaxed)
    }
}

/// The site at a place and the remarks of its build, if a build of these inputs would change nothing. `keep` returns
/// what is there for others. If anything is in doubt, returns `None`, and a full build finds out more.
pub fn unchanged(
    place: &Place,
    inputs: &[u8; 32],
    keep: impl FnOnce() -> Vec<OutputPath>,
) -> Option<(Written, Vec<u8>)> {
    let manifest = fs::symlink_metadata(place.out.join(MANIFEST)).ok()?;
    let remarks = Stamp::read(&place.own, &manifest)?.remarks(&place.own, inputs)?;
    super::kept::finish_moves(place).ok()?;
    let survey = Survey::of(place, &keep()).ok()?;
    let files = survey.manifest.files.len();
    let is_same = survey.stamp.is_some() && survey.is_untouched(place);
    is_same.then_some((Written { files, written: 0, removed: 0, is_first: false }, remarks))
}

/// Whether nobody misses a file of this name.
pub(super) fn is_litter(name: &str) -> bool {
    LITTER.contains(&name)
}

/// The digest and size of a file.
pub(super) fn read(file: &std::path::Path) -> io::Result<Entry> {
    Entry::of_reader(File::open(file)?)
}

/// All folders that some files are in.
pub(super) fn folders_of<'a>(files: impl IntoIterator<Item = &'a OutputPath>) -> BTreeSet<String> {
    let mut folders = BTreeSet::new();
    for file in files {
        for folder in file.folders() {
            // Those above it are in the set already.
            if folders.contains(folder) {
                break;
            }
            folders.insert(folder.to_owned());
        }
    }
    folders
}
