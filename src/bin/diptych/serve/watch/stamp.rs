//! How a file or folder is recognized, and what changes with it: [`Stamp`]. The only file of the preview in which that
//! depends on the system.

use std::fs::Metadata;

/// What changes with a file: which one it is, its size, and when its bytes and its entry last changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    identity: (u64, u64),
    size: u64,
    modified: Moment,
    /// When anything about it last changed.
    pub changed: Moment,
}

/// Seconds and nanoseconds since 1970.
pub(super) type Moment = (i64, i64);

impl From<&Metadata> for Stamp {
    fn from(data: &Metadata) -> Self {
        let (modified, changed) = moments(data);
        Self { identity: identity(data), size: data.len(), modified, changed }
    }
}

/// What distinguishes a file or folder from another one of the same name: its device and its number there.
#[cfg(unix)]
pub(super) fn identity(data: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (data.dev(), data.ino())
}

/// What distinguishes a file or folder from another one of the same name: the moment when it was made.
#[cfg(windows)]
pub(super) fn identity(data: &Metadata) -> (u64, u64) {
    use std::os::windows::fs::MetadataExt as _;
    (0, data.creation_time())
}

/// When the bytes of a file last changed, and when anything about it did.
#[cfg(unix)]
fn moments(data: &Metadata) -> (Moment, Moment) {
    use std::os::unix::fs::MetadataExt as _;
    ((data.mtime(), data.mtime_nsec()), (data.ctime(), data.ctime_nsec()))
}

/// When the bytes of a file last changed, twice: the time of its entry is not available.
#[cfg(windows)]
fn moments(data: &Metadata) -> (Moment, Moment) {
    let since = data.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok()).unwrap_or_default();
    let at = (i64::try_from(since.as_secs()).unwrap_or(i64::MAX), i64::from(since.subsec_nanos()));
    (at, at)
}
