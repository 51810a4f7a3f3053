//! Watches the folders that a site is read from: [`Watcher`]. Owns `notify`.
//!
//! It is never blind. A root that is removed, swapped, linked elsewhere or created again is noticed by the folders on
//! the way to it. If the system says that it lost events, everything is compared; if it cannot watch at all, the files
//! are compared at intervals. After each run, [`Watcher::follow`] takes what that run read or looked for.
#![expect(clippy::disallowed_methods, reason = "looks at the disk to watch it, and measures time")]

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use std::{env, fs};

use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

mod stamp;
mod survey;

#[cfg(test)]
mod tests;

use survey::{Meaning, Survey};

use crate::project::Changed;

/// Changes that follow each other faster than this count as one: an editor writes a file in several steps.
const SETTLE: Duration = Duration::from_millis(40);

/// Changes without a pause are handed over after this.
const LONGEST: Duration = Duration::from_millis(500);

/// How often the roots are compared with what they were, for changes that no system reports, such as a mounted disk.
const CHECK: Duration = Duration::from_secs(1);

/// How often files are compared if the system does not report changes. On a slow disk less often, so that it takes at
/// most a tenth of the time.
const POLL: Duration = Duration::from_millis(500);

/// Watches some roots.
pub(super) struct Watcher {
    roots: BTreeSet<PathBuf>,
    /// The folder that the program works in.
    home: PathBuf,
    survey: Survey,
    /// `None` if the system does not report changes; the files are then compared at intervals.
    system: Option<System>,
    /// How long it took to compare all files.
    polled: Duration,
    /// What [`Watcher::follow`] found.
    pending: BTreeSet<PathBuf>,
}

/// The part of the operating system that reports changes.
struct System {
    watcher: RecommendedWatcher,
    watched: HashSet<PathBuf>,
    events: Receiver<notify::Result<Event>>,
    /// It can watch no more folders.
    is_full: bool,
}

/// The events of one moment.
#[derive(Default)]
struct Batch {
    names: BTreeSet<PathBuf>,
    is_root: bool,
    is_reshaped: bool,
    has_gaps: bool,
}

impl Watcher {
    /// Begins to watch. With `by_polling` the system is not asked to report changes.
    pub(super) fn new(roots: BTreeSet<PathBuf>, by_polling: bool) -> Self {
        let home = env::current_dir().unwrap_or_else(|_| PathBuf::from("/"));
        let (survey, system) = arm(&home, &roots, by_polling);
        Self { roots, home, survey, system, polled: Duration::ZERO, pending: BTreeSet::new() }
    }

    /// Whether files are compared at intervals because the system does not report changes.
    pub(super) fn polls(&self) -> bool {
        self.system.is_none()
    }

    /// Watches what the last run read or looked for. `began` is the time before it read: what has changed since in a
    /// root that was not watched then is handed over next.
    pub(super) fn follow(&mut self, roots: BTreeSet<PathBuf>, began: SystemTime) {
        if roots == self.roots {
            return;
        }
        let (home, watch) = (&self.home, &mut self.system);
        let mut survey = Survey::take(home, &roots, &mut |folder| {
            if let Some(system) = watch {
                system.watch(folder);
            }
        });
        // The clock of a disk may be a tick behind.
        let began = began.duration_since(UNIX_EPOCH).unwrap_or_default().saturating_sub(Duration::from_millis(20));
        let began = (began.as_secs().cast_signed(), i64::from(began.subsec_nanos()));
        for root in roots.difference(&self.roots) {
            let below = survey.stamps.iter().filter(|(name, stamp)| name.starts_with(root) && stamp.changed >= began);
            self.pending.extend(below.map(|(name, _)| name.clone()));
        }
        // Roots that were watched all along are compared with what they were then.
        let stays = |name: &Path| roots.intersection(&self.roots).any(|root| name.starts_with(root));
        survey.stamps.extend(std::mem::take(&mut self.survey.stamps).into_iter().filter(|(name, _)| stays(name)));
        self.survey = survey;
        self.roots = roots;
        self.poll_if_full();
    }

    /// Waits until something has changed and has settled.
    pub(super) fn next(&mut self) -> Changed {
        loop {
            if !self.pending.is_empty() {
                return Changed::Paths(std::mem::take(&mut self.pending));
            }
            let changes = match &self.system {
                Some(system) => {
                    let batch = system.next(&self.survey);
                    self.weigh(batch)
                }
                None => self.poll(),
            };
            if let Some(changes) = changes {
                return changes;
            }
        }
    }

    /// What a batch of events means for the site.
    fn weigh(&mut self, mut batch: Batch) -> Option<Changed> {
        if batch.is_root || !self.survey.is_current(&self.home) {
            self.renew();
            return Some(Changed::Everything);
        }
        self.survey.note(&self.home, &batch.names);
        if batch.is_reshaped || batch.has_gaps {
            // What the system watched under a name may be another folder now: watching starts again, and what changed
            // before it did is found by comparing.
            let found = self.renew();
            if batch.has_gaps && !found.is_empty() {
                return Some(Changed::Everything);
            }
            batch.names.extend(found);
        }
        if batch.names.is_empty() {
            return None;
        }
        Some(if self.survey.is_crowded { Changed::Everything } else { Changed::Paths(batch.names) })
    }

    /// Compares every file once, after a while.
    fn poll(&mut self) -> Option<Changed> {
        std::thread::sleep(POLL.max(self.polled * 9));
        let start = Instant::now();
        let is_current = self.survey.is_current(&self.home);
        let found = self.renew();
        self.polled = start.elapsed();
        if !is_current || (self.survey.is_crowded && !found.is_empty()) {
            return Some(Changed::Everything);
        }
        (!found.is_empty()).then_some(Changed::Paths(found))
    }

    /// Surveys the roots again; returns the names that differ from the last survey.
    fn renew(&mut self) -> BTreeSet<PathBuf> {
        self.find_home();
        let (survey, system) = arm(&self.home, &self.roots, self.polls());
        let found = survey.changes_since(&self.survey);
        (self.survey, self.system) = (survey, system);
        found
    }

    /// The program's working folder may have been removed and created again, or moved. Its name counts, like that of
    /// any other folder.
    fn find_home(&mut self) {
        let number = |data: fs::Metadata| stamp::identity(&data);
        let here = fs::metadata(".").map(number);
        match (fs::metadata(&self.home).map(number), here) {
            (Ok(there), Ok(here)) if there == here => {}
            (Ok(_), _) => {
                let _ = env::set_current_dir(&self.home);
            }
            (Err(_), _) => {
                if let Ok(moved) = env::current_dir() {
                    self.home = moved;
                }
            }
        }
    }

    fn poll_if_full(&mut self) {
        if self.system.as_ref().is_some_and(|system| system.is_full) {
            self.system = None;
        }
    }
}

/// Surveys roots, and has the system watch them if it can.
fn arm(home: &Path, roots: &BTreeSet<PathBuf>, by_polling: bool) -> (Survey, Option<System>) {
    if let Some(mut system) = System::begin().filter(|_| !by_polling) {
        let survey = Survey::take(home, roots, &mut |folder| system.watch(folder));
        if !system.is_full {
            return (survey, Some(system));
        }
    }
    (Survey::take(home, roots, &mut |_| ()), None)
}

impl System {
    fn begin() -> Option<Self> {
        let (sender, events) = channel();
        let send = move |event: notify::Result<Event>| {
            // Reading a file is an event too; only what changes counts.
            if !matches!(&event, Ok(event) if matches!(event.kind, EventKind::Access(_))) {
                let _ = sender.send(event);
            }
        };
        let watcher = notify::recommended_watcher(send).ok()?;
        Some(Self { watcher, watched: HashSet::new(), events, is_full: false })
    }

    /// Watches one real folder for what comes, goes and changes in it. One that cannot be read has nothing to report.
    fn watch(&mut self, folder: &Path) {
        if self.is_full || self.watched.contains(folder) {
            return;
        }
        match self.watcher.watch(folder, RecursiveMode::NonRecursive) {
            Ok(()) => {
                self.watched.insert(folder.to_owned());
            }
            Err(error) => self.is_full = matches!(error.kind, ErrorKind::MaxFilesWatch),
        }
    }

    /// The next events that belong together; none if nothing happened for a while.
    fn next(&self, survey: &Survey) -> Batch {
        let mut batch = Batch::default();
        let (mut quiet, mut latest) = (Instant::now() + CHECK, None);
        loop {
            let now = Instant::now();
            let until = latest.map_or(quiet, |latest| quiet.min(latest));
            let Some(wait) = until.checked_duration_since(now).filter(|wait| !wait.is_zero()) else { return batch };
            match self.events.recv_timeout(wait) {
                Ok(event) => {
                    if batch.take(event, survey) {
                        let now = Instant::now();
                        quiet = now + SETTLE;
                        latest = latest.or(Some(now + LONGEST));
                    }
                }
                Err(RecvTimeoutError::Timeout) => return batch,
                Err(RecvTimeoutError::Disconnected) => {
                    batch.has_gaps = true;
                    std::thread::sleep(CHECK);
                    return batch;
                }
            }
        }
    }
}

impl Batch {
    /// Takes an event; returns whether it concerns the site.
    fn take(&mut self, event: notify::Result<Event>, survey: &Survey) -> bool {
        let Ok(event) = event.map_err(|_| self.has_gaps = true) else { return true };
        if event.need_rescan() {
            self.has_gaps = true;
            return true;
        }
        let mut counts = false;
        for real in &event.paths {
            match survey.meaning(real) {
                Meaning::None => continue,
                Meaning::Root => self.is_root = true,
                Meaning::Names { names, reshapes } => {
                    self.names.extend(names);
                    self.is_reshaped |= reshapes;
                }
            }
            counts = true;
        }
        counts
    }
}
