//! The content folder as the editor reads and writes it on the disk, whatever the workspace knows: [`Store`].
//!
//! A file is written only as a whole, only if it is still the version that the writer knows, and only inside the
//! folder, whatever links are in it. What is being written is in `.diptych/` beside the content until it takes its
//! place.
#![expect(clippy::disallowed_methods, reason = "reads and writes what people edit")]

use std::fs;
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use diptych::layout::ContentKind;
use diptych::output::disk::{Before, OWN, OwnError, OwnFolder, save};
use diptych::output::manifest::{Entry, hex};
use diptych::path::{ContentPath, PathPart};
use diptych::source::asset::AssetKinds;
use diptych::source::disk::{self, Refusal};

/// The largest file that is accepted, in bytes; also the largest text that a site reads.
pub(super) const LARGEST: usize = 16 << 20;

/// The folder in which files are written before they take their place.
const SAVING: &str = "saving";

/// The content folder.
pub(super) struct Store {
    content: PathBuf,
    /// The folder of Diptych's own in which files are written before they take their place.
    own: PathBuf,
    /// Held from reading a file to replacing it, so that one of two writers comes first.
    writing: Mutex<()>,
}

/// Why a file is neither read nor written.
#[derive(Debug)]
pub(super) enum Refused {
    /// Its path is not in the content folder, or leads out of it.
    Outside,
    /// It is not a kind of file that belongs to a site.
    Kind,
    /// A folder is in its place.
    Folder,
    /// It is larger than [`LARGEST`].
    TooLarge,
    /// The disk failed.
    Disk(io::Error),
    /// The work folder beside the content is not as Diptych makes it.
    Own(OwnError),
}

impl From<OwnError> for Refused {
    fn from(error: OwnError) -> Self {
        match error {
            OwnError::Io(_, error) => Self::Disk(error),
            other => Self::Own(other),
        }
    }
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

/// What has to be true of a file for it to be written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Condition {
    /// The versions that it may have; `None` if any will do.
    pub(super) versions: Option<Vec<String>>,
    /// Whether it must not be there.
    pub(super) is_absent: bool,
}

impl Condition {
    pub(super) fn holds(&self, version: Option<&str>) -> bool {
        let known = self.versions.as_ref().is_none_or(|known| version.is_some_and(|v| known.iter().any(|k| k == v)));
        known && !(self.is_absent && version.is_some())
    }
}

/// The result of writing.
#[derive(Debug)]
pub(super) enum Written {
    /// The file has this version now.
    Saved(String),
    /// The file has another version, with these bytes, or is not there. Nothing was written.
    IsOther(Option<Vec<u8>>),
}

/// The version of a file: a digest of its bytes.
pub(super) fn version(bytes: &[u8]) -> String {
    hex(&Entry::of(bytes).digest)
}

impl Store {
    /// The content folder; clears away what a crash left half-written.
    pub(super) fn new(content: &Path) -> Self {
        let own = own(content);
        // If it cannot be cleared, the first one who saves gets the error.
        if let Ok(Some(own)) = OwnFolder::open(&own) {
            let _ = own.remove(SAVING);
        }
        Self { content: content.to_owned(), own, writing: Mutex::default() }
    }

    /// Does something while nobody saves.
    pub(super) fn exclusively<R>(&self, run: impl FnOnce() -> R) -> R {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        run()
    }

    /// What tells this folder from others that are edited at the same address.
    pub(super) fn id(&self) -> String {
        let real = fs::canonicalize(&self.content).unwrap_or_else(|_| self.content.clone());
        version(real.to_string_lossy().as_bytes())[..16].to_owned()
    }

    /// The bytes of a file; `None` if it does not exist.
    pub(super) fn read(&self, path: &ContentPath) -> Result<Option<Vec<u8>>, Refused> {
        let folder = disk::open(&self.content).map_err(|error| error.source)?;
        let file = match folder.file(path) {
            Ok(file) => file,
            Err(Refusal::Io(error)) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok(None);
            }
            Err(Refusal::Io(error)) => return Err(error.into()),
            Err(Refusal::Outside | Refusal::Circle) => return Err(Refused::Outside),
            Err(_) if self.content.join(path.as_str()).is_dir() => return Err(Refused::Folder),
            Err(_) => return Err(Refused::Kind),
        };
        let mut bytes = Vec::new();
        file.take(LARGEST as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() > LARGEST { Err(Refused::TooLarge) } else { Ok(Some(bytes)) }
    }

    /// Writes a file if the condition holds at this moment.
    pub(super) fn write(&self, path: &ContentPath, bytes: &[u8], condition: &Condition) -> Result<Written, Refused> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let file = self.place(path)?;
        let present = self.read(path)?;
        if !condition.holds(present.as_deref().map(version).as_deref()) {
            return Ok(Written::IsOther(present));
        }
        let spare = OwnFolder::make(&self.own)?.0.make_inner(SAVING)?;
        let before = if present.is_some() { Before::File } else { Before::Nothing };
        if before == Before::Nothing
            && let Some(folder) = file.parent()
        {
            fs::create_dir_all(folder)?;
        }
        match save(&file, spare.path(), bytes, before) {
            Ok(()) => Ok(Written::Saved(version(bytes))),
            // It has appeared, or has gone, in between.
            Err(error) if matches!(error.kind(), ErrorKind::AlreadyExists | ErrorKind::NotFound) => {
                Ok(Written::IsOther(self.read(path)?))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Where a file really is or will be, once all links are followed.
    fn place(&self, path: &ContentPath) -> Result<PathBuf, Refused> {
        let root = fs::canonicalize(&self.content)?;
        let mut place = root.clone();
        let mut parts = path.as_str().split('/').peekable();
        while let Some(part) = parts.next() {
            let next = place.join(part);
            match fs::symlink_metadata(&next) {
                Ok(_) => {
                    // A link that leads nowhere leads out.
                    place = fs::canonicalize(&next).map_err(|_| Refused::Outside)?;
                    if !place.starts_with(&root) {
                        return Err(Refused::Outside);
                    }
                    match (place.is_dir(), parts.peek().is_some()) {
                        (true, false) => return Err(Refused::Folder),
                        (false, true) => return Err(Refused::Kind),
                        _ => {}
                    }
                }
                Err(error) => {
                    // A new file gets a name that every system accepts; a system may not even look for another.
                    PathPart::new(part).map_err(|_| Refused::Kind)?;
                    if error.kind() != ErrorKind::NotFound {
                        return Err(error.into());
                    }
                    place = next;
                }
            }
        }
        Ok(place)
    }
}

/// Where `.diptych` is: beside the content, or inside it if only that is on the same disk or can be written to. Hidden
/// files are not part of the content.
fn own(content: &Path) -> PathBuf {
    let beside = match content.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let folder = if shares_a_disk(content, beside) { beside } else { content };
    folder.join(OWN)
}

#[cfg(unix)]
fn shares_a_disk(content: &Path, beside: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let (Ok(content), Ok(beside)) = (fs::metadata(content), fs::metadata(beside)) else { return true };
    content.dev() == beside.dev() && !beside.permissions().readonly()
}

#[cfg(not(unix))]
fn shares_a_disk(_: &Path, _: &Path) -> bool {
    true
}

/// A path of the content folder, as a request names it.
pub(super) fn path_of(written: &str, kinds: &AssetKinds) -> Result<ContentPath, Refused> {
    let sound = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && !part.ends_with('~')
            && !part.contains(['\\', '\0'])
            && !part.chars().any(diptych::path::is_invisible)
    };
    if !written.split('/').all(sound) {
        return Err(Refused::Outside);
    }
    let path = ContentPath::new(written);
    let is_kind = match ContentKind::of(&path) {
        // Only `confirm` writes it.
        ContentKind::Lock => false,
        ContentKind::Asset => kinds.fault(path.file_name()).is_none(),
        _ => true,
    };
    if is_kind { Ok(path) } else { Err(Refused::Kind) }
}

/// Whether a file is text, which must be UTF-8: Markdown and YAML.
pub(super) fn is_text(path: &ContentPath) -> bool {
    [".md", ".yaml", ".yml"].iter().any(|ending| path.as_str().ends_with(ending))
}
