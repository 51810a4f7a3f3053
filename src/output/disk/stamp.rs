//! How far a manifest can be trusted without reading the files again, and what the site was made from: [`Stamp`].
//!
//! The work folder keeps a stamp: which file the manifest was, until when only builds had touched the site, the digest
//! of its inputs, and that of the build's remarks about them. A file changed in any way since then is read again. A
//! copy of a site, a restored backup or a site whose work folder was deleted has no stamp of its own; all its files are
//! read once.

use std::fs::Metadata;

use sha2::{Digest as _, Sha256};

use super::os;
use super::own::OwnFolder;
use crate::output::manifest::hex;

/// The stamp, in the work folder.
pub(super) const FILE: &str = "stamp";

/// The remarks of the build, beside it.
pub(super) const REMARKS: &str = "remarks";

/// The most bytes of a stamp.
const MOST: u64 = 1 << 10;

/// The most bytes of remarks. If there are more, the next build finds them again.
const MOST_REMARKS: usize = 64 << 20;

/// What a site is made from, and the remarks about that for each build.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The SHA-256 of all inputs.
    pub inputs: [u8; 32],
    /// The remarks, in the caller's own format.
    pub remarks: Vec<u8>,
}

/// What is known about a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// The time in nanoseconds until which the manifest and the files that it lists are known to agree.
    pub(super) until: i128,
    /// The digests of the inputs and of the remarks in hex, if they are known.
    origin: Option<(String, String)>,
}

impl Stamp {
    /// What is to be remembered.
    pub(super) fn new(until: i128, origin: Option<&Origin>) -> Self {
        let origin = origin.filter(|origin| origin.remarks.len() <= MOST_REMARKS);
        Self { until, origin: origin.map(|origin| (hex(&origin.inputs), digest(&origin.remarks))) }
    }

    /// What is known about the site with this manifest.
    pub(super) fn read(work: &OwnFolder, manifest: &Metadata) -> Option<Self> {
        let text = String::from_utf8(work.read(FILE, MOST).ok()??).ok()?;
        let mut lines = text.lines();
        let (known, until) = (lines.next()?, lines.next()?);
        let origin = lines.next().zip(lines.next()).map(|(inputs, remarks)| (inputs.to_owned(), remarks.to_owned()));
        if known == identity(manifest)? { Some(Self { until: until.parse().ok()?, origin }) } else { None }
    }

    /// Stores it with the remarks. Without it the next build only takes longer.
    pub(super) fn leave(&self, work: &OwnFolder, manifest: &Metadata, origin: Option<&Origin>) {
        let Some(identity) = identity(manifest) else { return };
        let origin = self.origin.as_ref().zip(origin);
        let origin = origin.filter(|(_, origin)| work.write(REMARKS, &origin.remarks).is_ok());
        let origin = origin.map(|((inputs, remarks), _)| format!("{inputs}\n{remarks}\n")).unwrap_or_default();
        let _ = work.write(FILE, format!("{identity}\n{}\n{origin}", self.until).as_bytes());
    }

    /// The remarks about the site, if it was made from these inputs.
    pub(super) fn remarks(&self, work: &OwnFolder, inputs: &[u8; 32]) -> Option<Vec<u8>> {
        let (known, said) = self.origin.as_ref()?;
        let remarks = work.read(REMARKS, MOST_REMARKS as u64).ok().flatten().filter(|_| *known == hex(inputs))?;
        (digest(&remarks) == *said).then_some(remarks)
    }
}

fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes).into())
}

fn identity(manifest: &Metadata) -> Option<String> {
    let (device, number) = os::identity(manifest)?;
    Some(format!("{device} {number} {} {}", os::changed_at(manifest), manifest.len()))
}
