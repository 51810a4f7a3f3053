//! How far a manifest may be believed without reading the files again, and what the site was made of: [`Stamp`].
//!
//! The work folder keeps a stamp: which file the manifest was, until when nothing but builds had touched the site, and
//! the digest of its inputs. A file changed in any way since then is read again. A copy of a site, a restored backup, a
//! site whose work folder was deleted have no stamp of their own; all their files are read once.

use std::fs::Metadata;

use super::os;
use super::own::OwnFolder;
use crate::output::manifest::hex;

/// The stamp, in the work folder.
pub(super) const FILE: &str = "stamp";

/// The most bytes of one.
const MOST: u64 = 1 << 10;

/// What is known of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// The time in nanoseconds until which the manifest and the files that it lists are known to agree.
    pub(super) until: i128,
    /// The digest of the inputs in hex, where it is known.
    inputs: Option<String>,
}

impl Stamp {
    /// What is to be remembered.
    pub(super) fn new(until: i128, inputs: Option<&[u8; 32]>) -> Self {
        Self { until, inputs: inputs.map(hex) }
    }

    /// What is known of the site that has this manifest.
    pub(super) fn read(work: &OwnFolder, manifest: &Metadata) -> Option<Self> {
        let text = String::from_utf8(work.read(FILE, MOST).ok()??).ok()?;
        let mut lines = text.lines();
        let (known, until, inputs) = (lines.next()?, lines.next()?, lines.next()?);
        let inputs = (!inputs.is_empty()).then(|| inputs.to_owned());
        if known == identity(manifest)? { Some(Self { until: until.parse().ok()?, inputs }) } else { None }
    }

    /// Remembers it. Without it the next build only takes longer.
    pub(super) fn leave(&self, work: &OwnFolder, manifest: &Metadata) {
        if let Some(identity) = identity(manifest) {
            let inputs = self.inputs.as_deref().unwrap_or_default();
            let _ = work.write(FILE, format!("{identity}\n{}\n{inputs}\n", self.until).as_bytes());
        }
    }

    /// Whether the site was made of these inputs.
    pub(super) fn is_of(&self, inputs: &[u8; 32]) -> bool {
        self.inputs.as_ref() == Some(&hex(inputs))
    }
}

fn identity(manifest: &Metadata) -> Option<String> {
    let (device, number) = os::identity(manifest)?;
    Some(format!("{device} {number} {} {}", os::changed_at(manifest), manifest.len()))
}
