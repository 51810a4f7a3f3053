//! The files of an index: their names ([`FileId`]) and their envelope ([`seal`], [`unseal`]).
//!
//! A file on the server is gzip around `magic, build, number, checksum, payload`. The magic word tells a browser whether
//! the gzip is still on: servers and proxies that add, strip or double an encoding do no harm. Build and number tell a
//! file that belongs to another deploy or has another's name; the checksum tells a damaged one.

use std::fmt;

use super::hash::Hash;

/// Opens every unzipped file. `search.js` looks for it.
pub(crate) const MAGIC: &[u8; 8] = b"diptych\x01";
const HEADER: usize = MAGIC.len() + 8 + 4 + 8;

/// Which file of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileId {
    /// What must be there before anything can be asked.
    Boot,
    /// A run of the dictionary.
    Terms(u32),
    /// The postings of a run of terms.
    Postings(u32),
    /// The positions of a run of terms; only phrases need them.
    Positions(u32),
    /// The words that end alike; only spelling needs them.
    Endings(u32),
    /// What results can be narrowed by.
    Filters,
    /// The texts of a run of pages.
    Texts(u32),
    /// Words that the site says mean the same.
    Synonyms,
    /// The other language's words and what they are called in this one; only words that no page has need them.
    Pairs,
}

impl FileId {
    /// A number that no other file of the index has.
    pub fn number(self) -> u32 {
        let (class, nth) = match self {
            Self::Boot => (0, 0),
            Self::Terms(nth) => (1, nth),
            Self::Postings(nth) => (2, nth),
            Self::Positions(nth) => (3, nth),
            Self::Endings(nth) => (4, nth),
            Self::Filters => (5, 0),
            Self::Texts(nth) => (6, nth),
            Self::Synonyms => (7, 0),
            Self::Pairs => (8, 0),
        };
        class << 28 | nth
    }

    /// The file with a number.
    pub fn of_number(number: u32) -> Option<Self> {
        let nth = number & 0x0fff_ffff;
        Some(match (number >> 28, nth) {
            (0, 0) => Self::Boot,
            (1, _) => Self::Terms(nth),
            (2, _) => Self::Postings(nth),
            (3, _) => Self::Positions(nth),
            (4, _) => Self::Endings(nth),
            (5, 0) => Self::Filters,
            (6, _) => Self::Texts(nth),
            (7, 0) => Self::Synonyms,
            (8, 0) => Self::Pairs,
            _ => return None,
        })
    }
}

/// The file's name in the folder of its index: `postings-12.pack`.
impl fmt::Display for FileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (class, nth) = match self {
            Self::Boot => ("boot", None),
            Self::Terms(nth) => ("terms", Some(nth)),
            Self::Postings(nth) => ("postings", Some(nth)),
            Self::Positions(nth) => ("positions", Some(nth)),
            Self::Endings(nth) => ("endings", Some(nth)),
            Self::Filters => ("filters", None),
            Self::Texts(nth) => ("texts", Some(nth)),
            Self::Synonyms => ("synonyms", None),
            Self::Pairs => ("pairs", None),
        };
        f.write_str(class)?;
        if let Some(nth) = nth {
            f.write_str("-")?;
            fmt::Display::fmt(nth, f)?;
        }
        f.write_str(".pack")
    }
}

/// A file is not what it should be: cut short, changed, or from another build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damage;

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a file of the search index is damaged or from another build")
    }
}

impl std::error::Error for Damage {}

/// Tells one build's files from another's.
pub(crate) type Build = [u8; 8];

/// Puts a payload into its envelope.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn seal(build: Build, file: FileId, payload: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(HEADER + payload.len());
    sealed.extend_from_slice(MAGIC);
    sealed.extend_from_slice(&build);
    sealed.extend_from_slice(&file.number().to_le_bytes());
    sealed.extend_from_slice(&checksum(payload));
    sealed.extend_from_slice(payload);
    sealed
}

/// The build and the payload of a file, if it is whole and the one that it should be.
pub(crate) fn unseal(file: FileId, sealed: &[u8]) -> Result<(Build, &[u8]), Damage> {
    let (header, payload) = sealed.split_at_checked(HEADER).ok_or(Damage)?;
    let build = header[8..16].try_into().map_err(|_| Damage)?;
    let right = header.starts_with(MAGIC)
        && header[16..20] == file.number().to_le_bytes()
        && header[20..28] == checksum(payload);
    right.then_some((build, payload)).ok_or(Damage)
}

fn checksum(payload: &[u8]) -> [u8; 8] {
    let mut hash = Hash::default();
    std::hash::Hasher::write(&mut hash, payload);
    std::hash::Hasher::finish(&hash).to_le_bytes()
}
