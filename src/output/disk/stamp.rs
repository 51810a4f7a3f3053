//! How far a manifest may be believed without reading the files again: [`believed_until`].
//!
//! The work folder keeps a stamp: which file the manifest was, and until when nothing but builds had touched the site.
//! A file changed in any way since then is read again. A copy of a site, a restored backup, a site whose work folder was
//! deleted have no stamp of their own; all their files are read once.

use std::fs::{self, Metadata};
use std::path::Path;

use super::os;

/// The stamp, in the work folder.
pub(super) const FILE: &str = "stamp";

/// The time in nanoseconds until which the manifest and the files that it lists are known to agree; none where nothing
/// is known.
pub(super) fn believed_until(stamp: &Path, manifest: &Metadata) -> Option<i128> {
    let text = fs::read_to_string(stamp).ok()?;
    let (known, until) = text.trim_end().rsplit_once(' ')?;
    if known == identity(manifest)? { until.parse().ok() } else { None }
}

/// Remembers that manifest and files agreed until then. Without it the next build only takes longer.
pub(super) fn leave(stamp: &Path, manifest: &Metadata, until: i128) {
    if let Some(identity) = identity(manifest) {
        let _ = fs::write(stamp, format!("{identity} {until}\n"));
    }
}

fn identity(manifest: &Metadata) -> Option<String> {
    let (device, number) = os::identity(manifest)?;
    Some(format!("{device} {number} {} {}", os::changed_at(manifest), manifest.len()))
}
