//! The search index of the preview: [`Index`]. It is made when it is first asked for; after that each new site gets its
//! own in the background, while searches go on with the last one. Browsers fetch its files; the page of search tests
//! asks it here ([`Files::reader`]).

use std::collections::BTreeMap;
use std::io;
use std::num::NonZero;
use std::sync::{Arc, Mutex, PoisonError};

use diptych::lang::Lang;
use diptych::search::reader::{Error, Reader};

use super::snapshot::Good;

/// The files of a search index.
pub(super) struct Files {
    /// The generation of the site that they are of.
    pub(super) generation: u64,
    by_address: BTreeMap<String, Vec<u8>>,
}

impl Files {
    fn of(good: &Good) -> Self {
        Self { generation: good.generation(), by_address: good.index() }
    }

    /// The index of a language, to be asked here.
    pub(super) fn reader(&self, lang: Lang) -> Result<Reader<impl Fn(&str) -> io::Result<Vec<u8>>>, Error> {
        Reader::open(lang, |path: &str| {
            self.by_address.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
        })
    }
}

/// The index that is served.
#[derive(Default)]
pub(super) struct Index {
    made: Mutex<Made>,
    /// Held while the first index is made, so that it is made once.
    first: Mutex<()>,
}

#[derive(Default)]
struct Made {
    files: Option<Arc<Files>>,
    /// Whether another one is being made.
    is_busy: bool,
}

impl Index {
    /// The files of the index. The first time this waits until there is one; if the site is newer than the files, it
    /// starts to make the next index.
    pub(super) fn files(self: &Arc<Self>, good: &Arc<Good>) -> Arc<Files> {
        let ready = || self.lock().files.clone();
        let files = ready().unwrap_or_else(|| {
            let _first = self.first.lock().unwrap_or_else(PoisonError::into_inner);
            ready().unwrap_or_else(|| {
                let files = Arc::new(Files::of(good));
                self.lock().files = Some(Arc::clone(&files));
                files
            })
        });
        self.follow(good);
        files
    }

    /// A file of the index.
    pub(super) fn file(self: &Arc<Self>, good: &Arc<Good>, name: &str) -> Option<Vec<u8>> {
        self.files(good).by_address.get(name).cloned()
    }

    /// The generation of the site that can be searched; `None` before the first search.
    pub(super) fn generation(&self) -> Option<u64> {
        self.lock().files.as_ref().map(|files| files.generation)
    }

    /// Begins to make the index of a newer site, if one was asked for before.
    pub(super) fn follow(self: &Arc<Self>, good: &Arc<Good>) {
        {
            let mut made = self.lock();
            let is_newer = made.files.as_ref().is_some_and(|files| files.generation < good.generation());
            if !is_newer || made.is_busy {
                return;
            }
            made.is_busy = true;
        }
        let (index, good) = (Arc::clone(self), Arc::clone(good));
        std::thread::spawn(move || {
            let files = Arc::new(in_background(|| Files::of(&good)));
            let mut made = index.lock();
            made.files = Some(files);
            made.is_busy = false;
        });
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Made> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Does work that takes seconds on half of the processors: the others go on answering.
fn in_background<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    let all = std::thread::available_parallelism().map_or(1, NonZero::get);
    match rayon::ThreadPoolBuilder::new().num_threads((all / 2).max(1)).build() {
        Ok(threads) => threads.install(work),
        Err(_) => work(),
    }
}
