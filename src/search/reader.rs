//! Asking an index natively, from files by name: [`Reader`].

use std::io::{self, Read};

use flate2::read::GzDecoder;

use super::answer::Answer;
use super::index::FOLDER;
use super::pack::{Damage, FileId, MAGIC};
use super::query::{Index, Options, Step};
use crate::lang::Lang;

/// An index and where its files come from.
pub struct Reader<F> {
    index: Index,
    folder: String,
    file: F,
}

/// Why a question has no answer.
#[derive(Debug)]
pub enum Error {
    /// A file, by its path from the output's root, cannot be read.
    Io(String, io::Error),
    /// A file is not what the index says it is.
    Damage(Damage),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io(path, error) => write!(f, "{path}: {error}"),
            Self::Damage(damage) => damage.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<Damage> for Error {
    fn from(damage: Damage) -> Self {
        Self::Damage(damage)
    }
}

impl<F: Fn(&str) -> io::Result<Vec<u8>>> Reader<F> {
    /// Opens the index of a language. `file` gives a file of the output by its path from the output's root.
    pub fn open(lang: Lang, file: F) -> Result<Self, Error> {
        let path = format!("{FOLDER}/{lang}.json");
        let manifest = file(&path).map_err(|error| Error::Io(path, error))?;
        let manifest: Manifest = serde_json::from_slice(&manifest).map_err(|_| Damage)?;
        let folder = format!("{FOLDER}/{}", manifest.index);
        let index = Index::open(&fetch(&file, &folder, FileId::Boot)?)?;
        Ok(Self { index, folder, file })
    }

    /// Answers a question.
    pub fn ask(&self, text: &str, options: &Options) -> Result<Answer, Error> {
        loop {
            match self.index.ask(text, options)? {
                Step::Answer(answer) => return Ok(answer),
                Step::Need(files) => self.fetch_all(files)?,
            }
        }
    }

    /// Whether every word of a question is in this language's pages.
    pub fn knows(&self, text: &str) -> Result<bool, Error> {
        loop {
            match self.index.knows(text)? {
                Ok(known) => return Ok(known),
                Err(files) => self.fetch_all(files)?,
            }
        }
    }

    /// The ids of all pages.
    pub fn ids(&self) -> Result<Vec<String>, Error> {
        loop {
            match self.index.ids()? {
                Ok(ids) => return Ok(ids),
                Err(files) => self.fetch_all(files)?,
            }
        }
    }

    fn fetch_all(&self, files: Vec<FileId>) -> Result<(), Error> {
        for id in files {
            self.index.feed(id, &fetch(&self.file, &self.folder, id)?)?;
        }
        Ok(())
    }
}

#[derive(serde::Deserialize)]
struct Manifest {
    index: String,
}

/// No file of an index is larger, in bytes.
const LARGEST: u64 = 256 << 20;

fn fetch(file: &impl Fn(&str) -> io::Result<Vec<u8>>, folder: &str, id: FileId) -> Result<Vec<u8>, Error> {
    let path = format!("{folder}/{id}");
    let bytes = file(&path).map_err(|error| Error::Io(path, error))?;
    if bytes.starts_with(MAGIC) {
        return Ok(bytes);
    }
    Ok(unzipped(&bytes, LARGEST)?)
}

/// The bytes of a compressed file, if there are no more than so many.
fn unzipped(bytes: &[u8], most: u64) -> Result<Vec<u8>, Damage> {
    let mut unzipped = Vec::new();
    GzDecoder::new(bytes).take(most + 1).read_to_end(&mut unzipped).map_err(|_| Damage)?;
    if unzipped.len() as u64 > most { Err(Damage) } else { Ok(unzipped) }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    #[test]
    fn a_file_that_swells_is_damage() {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&vec![0; 1_000_000]).unwrap();
        let packed = packed.finish().unwrap();
        assert!(packed.len() < 2_000);
        assert_eq!(unzipped(&packed, 1_000_000).unwrap().len(), 1_000_000);
        assert!(unzipped(&packed, 999_999).is_err());
        assert!(unzipped(&packed[..packed.len() / 2], 1_000_000).is_err());
    }
}
