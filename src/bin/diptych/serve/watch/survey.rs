//! Where the files of a site are on the disk at one moment, through every link: [`Survey`].
//!
//! The system reports changes by real folder, the site knows its files by the names that lead to them; and what a name
//! leads to depends on every step of its way. A survey holds both directions.
#![expect(clippy::disallowed_methods, reason = "looks at the disk to watch it; nothing that it reads is content")]

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::path::{Component, Path, PathBuf};

use super::stamp::{Stamp, identity};

/// A path with more links than this is a circle, as for the system itself.
const LINKS: usize = 40;

/// If links make folders appear under more names than this, they are no longer listed by name.
const NAMES: usize = 50_000;

/// Where the files below some roots are.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Each real folder, with the names by which the site knows it.
    folders: BTreeMap<PathBuf, BTreeSet<PathBuf>>,
    /// What links below the roots lead to, with the links.
    targets: BTreeMap<PathBuf, BTreeSet<PathBuf>>,
    /// The links themselves, and nothing else that is not a folder.
    links: BTreeSet<PathBuf>,
    /// Every real step of the way to each root: a change of one may make the root another folder.
    steps: BTreeSet<PathBuf>,
    /// What each root is: nothing, or a folder on some device.
    pub roots: Vec<(PathBuf, Option<Identity>)>,
    /// Each file by its names, and what changes with it.
    pub stamps: BTreeMap<PathBuf, Stamp>,
    /// There are so many names that changes are no longer given by name.
    pub is_crowded: bool,
    names: usize,
}

/// What a name leads to: its real path, and which folder is there.
pub(super) type Identity = (PathBuf, (u64, u64));

/// What an event at a real path means for the site.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Nothing.
    None,
    /// A root may be another folder now.
    Root,
    /// These files or folders changed, by the names that the site knows. `reshapes` if folders or links came or went.
    Names { names: Vec<PathBuf>, reshapes: bool },
}

impl Survey {
    /// Looks at everything below the roots. `watch` is called with each real folder before its entries are read, so
    /// that nothing can change unseen in between.
    ///
    /// `home` is the folder that relative roots begin in.
    pub(super) fn take(home: &Path, roots: &BTreeSet<PathBuf>, watch: &mut dyn FnMut(&Path)) -> Self {
        let mut survey = Self::default();
        for root in roots {
            let real = follow(&home.join(root), &mut |folder, step| {
                watch(folder);
                survey.steps.insert(step.to_owned());
            });
            let identity = real.and_then(|real| folder(&real));
            if let Some((real, _)) = &identity {
                survey.walk(real, &mut vec![real.clone()], root, watch);
            }
            survey.roots.push((root.clone(), identity));
        }
        survey
    }

    /// Whether each root is still what it was.
    pub(super) fn is_current(&self, home: &Path) -> bool {
        self.roots.iter().all(|(root, known)| {
            let now = follow(&home.join(root), &mut |_, _| ()).and_then(|real| folder(&real));
            now == *known
        })
    }

    /// What a change at a real path means for the site.
    pub(super) fn meaning(&self, real: &Path) -> Meaning {
        if self.steps.contains(real) {
            return Meaning::Root;
        }
        let (Some(folder), Some(name)) = (real.parent(), real.file_name()) else { return Meaning::None };
        let mut names: Vec<PathBuf> = Vec::new();
        if !is_noise(&name.to_string_lossy()) {
            names.extend(self.folders.get(folder).into_iter().flatten().map(|known| known.join(name)));
        }
        names.extend(self.targets.get(real).into_iter().flatten().cloned());
        // A folder has events of its own, when it is moved or removed.
        names.extend(self.folders.get(real).into_iter().flatten().cloned());
        if names.is_empty() {
            return Meaning::None;
        }
        let was = self.folders.contains_key(real) || self.links.contains(real) || self.targets.contains_key(real);
        let is = fs::symlink_metadata(real).is_ok_and(|data| data.is_dir() || data.is_symlink());
        Meaning::Names { names, reshapes: was || is }
    }

    /// The names that are new, gone or changed since an earlier survey of the same roots.
    pub(super) fn changes_since(&self, earlier: &Self) -> BTreeSet<PathBuf> {
        let differs = |(path, stamp): &(&PathBuf, &Stamp)| earlier.stamps.get(*path) != Some(*stamp);
        let new = self.stamps.iter().filter(differs).map(|(path, _)| path);
        let gone = earlier.stamps.keys().filter(|path| !self.stamps.contains_key(*path));
        new.chain(gone).cloned().collect()
    }

    /// Takes note of what some names lead to now, so that a later survey does not find them changed again.
    pub(super) fn note(&mut self, home: &Path, names: &BTreeSet<PathBuf>) {
        for name in names {
            match fs::symlink_metadata(home.join(name)) {
                Ok(data) if data.is_file() => self.stamps.insert(name.clone(), Stamp::from(&data)),
                _ => self.stamps.remove(name),
            };
        }
    }

    /// Goes through a real folder that the site knows by a name. `above` holds the real folders on the way down to it,
    /// the root first and the folder itself last, so that a link to one of them ends there.
    fn walk(&mut self, real: &Path, above: &mut Vec<PathBuf>, name: &Path, watch: &mut dyn FnMut(&Path)) {
        self.names += 1;
        self.is_crowded |= self.names > NAMES;
        if self.is_crowded && self.folders.contains_key(real) {
            return;
        }
        watch(real);
        self.folders.entry(real.to_owned()).or_default().insert(name.to_owned());
        for entry in fs::read_dir(real).into_iter().flatten().flatten() {
            let own = entry.file_name();
            if is_noise(&own.to_string_lossy()) {
                continue;
            }
            let (real, name) = (real.join(&own), name.join(&own));
            let Ok(data) = entry.metadata() else { continue };
            if data.is_symlink() {
                self.links.insert(real.clone());
                self.stamps.insert(name.clone(), Stamp::from(&data));
                self.enter(&real, above, &name, watch);
            } else if data.is_dir() {
                above.push(real.clone());
                self.walk(&real, above, &name, watch);
                above.pop();
            } else {
                self.stamps.insert(name, Stamp::from(&data));
            }
        }
    }

    /// Goes where a link leads. Only what is in the root belongs to the site; if a link leads out, or nowhere yet, its
    /// own changes and those of the steps inside are enough to know.
    fn enter(&mut self, link: &Path, above: &mut Vec<PathBuf>, name: &Path, watch: &mut dyn FnMut(&Path)) {
        let Some(root) = above.first().cloned() else { return };
        let mut is_past = false;
        let target = follow(link, &mut |folder, step| {
            if is_past && folder.starts_with(&root) {
                watch(folder);
                self.targets.entry(step.to_owned()).or_default().insert(name.to_owned());
            }
            is_past |= step == link;
        });
        let Some(target) = target.filter(|target| target.starts_with(&root)) else { return };
        match fs::symlink_metadata(&target) {
            Ok(data) if data.is_dir() && !above.contains(&target) => {
                above.push(target.clone());
                self.walk(&target, above, name, watch);
                above.pop();
            }
            Ok(data) if !data.is_dir() => {
                self.stamps.insert(name.to_owned(), Stamp::from(&data));
            }
            _ => {}
        }
    }
}

/// Goes to a path from the top, through every link, and shows each step with the real folder that it is in. Returns the
/// real path, if it leads somewhere.
fn follow(path: &Path, visit: &mut dyn FnMut(&Path, &Path)) -> Option<PathBuf> {
    let mut ahead: Vec<OsString> = parts(path).rev().collect();
    let (mut here, mut links) = (top(path), 0);
    while let Some(part) = ahead.pop() {
        if part == ".." {
            here.pop();
            continue;
        }
        let step = here.join(&part);
        visit(&here, &step);
        if !fs::symlink_metadata(&step).ok()?.is_symlink() {
            here = step;
            continue;
        }
        links += 1;
        let target = fs::read_link(&step).ok().filter(|_| links <= LINKS)?;
        if target.is_absolute() {
            here = top(&target);
        }
        ahead.extend(parts(&target).rev());
    }
    Some(here)
}

/// Whether a name does not belong to the site: hidden, like git's folder and the swap files of editors, or a backup.
/// What is served from `.well-known` does belong to it.
fn is_noise(name: &str) -> bool {
    let is_hidden = name.starts_with('.') && name != ".well-known";
    let is_backup = name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'));
    is_hidden || is_backup
}

fn folder(real: &Path) -> Option<Identity> {
    let data = fs::metadata(real).ok().filter(Metadata::is_dir)?;
    Some((real.to_owned(), identity(&data)))
}

/// Where an absolute path begins: `/`, or a drive.
fn top(path: &Path) -> PathBuf {
    path.components().take_while(|part| matches!(part, Component::Prefix(_) | Component::RootDir)).collect()
}

/// The parts of a path that lead somewhere.
fn parts(path: &Path) -> impl DoubleEndedIterator<Item = OsString> {
    path.components().filter_map(|part| match part {
        Component::Normal(part) => Some(part.to_owned()),
        Component::ParentDir => Some("..".into()),
        _ => None,
    })
}
