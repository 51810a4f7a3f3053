//! What has arrived of an index, as the files that tantivy reads: [`Arrivals`].
//!
//! tantivy reads synchronously, and a browser cannot. So a read of what is not there yet fails and is written down;
//! whoever asked fetches [`Arrivals::missing`] and asks again. Nothing in tantivy needs to know.

use std::fmt;
use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::HasLen;
use tantivy::directory::{FileHandle, FileSlice, OwnedBytes};

use super::pack::FileId;

/// A run of bytes of one of tantivy's files.
#[derive(Clone)]
pub(crate) enum Part {
    /// It came with the boot file.
    Here(OwnedBytes),
    /// It lies in a pack.
    There(FileId, usize),
}

impl Part {
    fn len(&self) -> usize {
        match self {
            Self::Here(bytes) => bytes.len(),
            &Self::There(_, length) => length,
        }
    }
}

/// What has been fetched so far.
#[derive(Clone, Default)]
pub(crate) struct Arrivals(Arc<State>);

#[derive(Default)]
struct State {
    /// In the order of their ids.
    packs: Mutex<Vec<(FileId, OwnedBytes)>>,
    missing: Mutex<Vec<FileId>>,
}

impl Arrivals {
    /// A file of tantivy's that consists of these parts.
    pub(crate) fn file(&self, parts: Vec<Part>) -> FileSlice {
        FileSlice::new(Arc::new(File { parts, arrivals: self.clone() }))
    }

    /// Adds the payload of a file.
    pub(crate) fn add(&self, file: FileId, payload: Vec<u8>) {
        let mut packs = locked(&self.0.packs);
        let payload = OwnedBytes::new(payload);
        match packs.binary_search_by_key(&file, |&(known, _)| known) {
            Ok(at) => packs[at].1 = payload,
            Err(at) => packs.insert(at, (file, payload)),
        }
    }

    /// The payload of a file, or nothing and a note that it is missing.
    pub(crate) fn get(&self, file: FileId) -> Option<OwnedBytes> {
        let packs = locked(&self.0.packs);
        let at = packs.binary_search_by_key(&file, |&(known, _)| known);
        let found = at.ok().map(|at| packs[at].1.clone());
        if found.is_none() {
            self.miss(file);
        }
        found
    }

    fn miss(&self, file: FileId) {
        locked(&self.0.missing).push(file);
    }

    /// The files that were asked for and are not there, and forgets them.
    pub(crate) fn missing(&self) -> Vec<FileId> {
        let mut missing = std::mem::take(&mut *locked(&self.0.missing));
        missing.sort_unstable();
        missing.dedup();
        missing
    }
}

/// No invariant spans a panic here, so a poisoned lock is as good as any.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for Arrivals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Arrivals")
    }
}

/// One of tantivy's files.
struct File {
    parts: Vec<Part>,
    arrivals: Arrivals,
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("File")
    }
}

impl HasLen for File {
    fn len(&self) -> usize {
        self.parts.iter().map(Part::len).sum()
    }
}

impl FileHandle for File {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut gathered = Vec::new();
        let mut complete = true;
        let mut start = 0;
        for part in &self.parts {
            let end = start + part.len();
            if range.start < end && start < range.end {
                let wanted = range.start.max(start) - start..range.end.min(end) - start;
                let bytes = match part {
                    Part::Here(bytes) => Some(bytes.clone()),
                    &Part::There(file, length) => self.arrivals.get(file).filter(|bytes| bytes.len() == length),
                };
                match bytes {
                    Some(bytes) if wanted.len() == range.len() => return Ok(bytes.slice(wanted)),
                    Some(bytes) => gathered.extend_from_slice(&bytes[wanted]),
                    None => complete = false,
                }
            }
            start = end;
        }
        if complete && gathered.len() == range.len() {
            Ok(OwnedBytes::new(gathered))
        } else {
            Err(io::ErrorKind::WouldBlock.into())
        }
    }
}
