//! Sends what was written on to the disk while more is made: [`Ahead`].
//!
//! A site may only take its place once it is on the disk. The disk is mostly idle while pages are made; without this it would
//! get all of a large site at the end, and the build would wait for it.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::os;

/// So many bytes are worth a trip to the disk. Smaller sites get there once.
const ENOUGH: u64 = 32 << 20;

/// Counts what is written to a folder, and sends it to the disk now and then.
pub(super) struct Ahead {
    folder: PathBuf,
    /// Bytes written since the last time.
    waiting: AtomicU64,
    is_on_its_way: Arc<AtomicBool>,
}

impl Ahead {
    pub(super) fn of(folder: PathBuf) -> Self {
        Self { folder, waiting: AtomicU64::new(0), is_on_its_way: Arc::default() }
    }

    /// Counts bytes that were written. A failure is reported to whoever waits for the disk before the site takes its place:
    /// each open file learns of those since it was opened.
    pub(super) fn wrote(&self, bytes: u64) {
        let waiting = self.waiting.fetch_add(bytes, Ordering::Relaxed) + bytes;
        if waiting < ENOUGH || self.is_on_its_way.swap(true, Ordering::Relaxed) {
            return;
        }
        self.waiting.store(0, Ordering::Relaxed);
        let is_on_its_way = Arc::clone(&self.is_on_its_way);
        let Ok(folder) = File::open(&self.folder) else { return };
        std::thread::spawn(move || {
            let _ = os::sync(&folder, &mut std::iter::empty());
            is_on_its_way.store(false, Ordering::Relaxed);
        });
    }
}
