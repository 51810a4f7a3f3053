//! The search index of the preview: [`Index`]. Made when it is first asked for; after that each new site gets its own in
//! the background, while searches go on with the last one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::snapshot::Good;

/// The files of a search index, by address.
type Files = BTreeMap<String, Vec<u8>>;

/// The index that is served.
#[derive(Default)]
pub(super) struct Index {
    made: Mutex<Made>,
    /// Held while the first index is made, so that it is made once.
    first: Mutex<()>,
}

#[derive(Default)]
struct Made {
    /// The generation of the site and its files.
    files: Option<(u64, Arc<Files>)>,
    /// Whether another one is being made.
    is_busy: bool,
}

impl Index {
    /// A file of the index. The first time this waits until there is one.
    pub(super) fn file(&self, good: &Good, name: &str) -> Option<Vec<u8>> {
        let ready = || self.lock().files.as_ref().map(|(_, files)| Arc::clone(files));
        let files = ready().unwrap_or_else(|| {
            let _first = self.first.lock().unwrap_or_else(PoisonError::into_inner);
            ready().unwrap_or_else(|| {
                let files = Arc::new(good.index());
                self.lock().files = Some((good.generation(), Arc::clone(&files)));
                files
            })
        });
        files.get(name).cloned()
    }

    /// The generation of the site that can be searched; none before the first search.
    pub(super) fn generation(&self) -> Option<u64> {
        self.lock().files.as_ref().map(|(generation, _)| *generation)
    }

    /// Begins to make the index of a newer site, where one was asked for before.
    pub(super) fn follow(self: &Arc<Self>, good: &Arc<Good>) {
        {
            let mut made = self.lock();
            let is_newer = made.files.as_ref().is_some_and(|(generation, _)| *generation < good.generation());
            if !is_newer || made.is_busy {
                return;
            }
            made.is_busy = true;
        }
        let (index, good) = (Arc::clone(self), Arc::clone(good));
        std::thread::spawn(move || {
            let files = Arc::new(good.index());
            let mut made = index.lock();
            made.files = Some((good.generation(), files));
            made.is_busy = false;
        });
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Made> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
