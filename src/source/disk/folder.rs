//! A folder through which nothing outside it is read: [`Folder`]. Owns `cap-std`.
//!
//! Content comes from many hands, a proposed change may bring any link, and what is read here may be published. So a
//! link is followed only to what is in the same folder, however many links there are on the way. A check alone is not
//! enough: what was checked can be exchanged before it is opened. Therefore a file is always opened by its real path
//! and through the handle of the folder, which `cap-std` lets no path leave; exchanging a part for a link only causes
//! an error. This does not protect against somebody who can also write outside the folder, or make hard links.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};
use walkdir::WalkDir;

use crate::path::{ContentPath, composed, is_invisible};

/// More files than this are a mistake: such as links that multiply a folder again and again.
pub const MOST_FILES: usize = 1_000_000;

/// A folder whose files are read.
pub struct Folder {
    real: PathBuf,
    handle: Dir,
}

/// Why a file or folder is not read.
#[derive(Debug)]
pub enum Refusal {
    /// A link leads out of the folder.
    Outside,
    /// A link leads to a folder that it is in.
    Circle,
    /// It is a pipe, a socket or a device.
    Special,
    /// It is a folder.
    Folder,
    /// It holds more bytes than such a file may.
    TooLarge,
    /// There are more than [`MOST_FILES`] files.
    TooMany,
    /// Another file has the same name, its accents stored in another way.
    SameName,
    /// The disk failed.
    Io(io::Error),
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// A file that was found.
pub struct Found {
    /// Its path as the site names it: by the links that lead to it.
    pub path: ContentPath,
    /// Its real path from the folder.
    pub real: PathBuf,
    /// Its size in bytes.
    pub size: u64,
}

/// The result of a walk.
#[derive(Default)]
pub struct Walk {
    /// The files.
    pub files: Vec<Found>,
    /// The folders, by the paths that the site names them by.
    pub folders: Vec<ContentPath>,
    /// What is not read, and why.
    pub refused: Vec<(ContentPath, Refusal)>,
}

impl Folder {
    /// Opens a folder, which may itself be named by a link.
    pub fn open(folder: &Path) -> io::Result<Self> {
        let real = fs::canonicalize(folder)?;
        let handle = Dir::open_ambient_dir(&real, ambient_authority())?;
        Ok(Self { real, handle })
    }

    /// Whether another folder, once all links are followed, is in this one.
    pub fn holds(&self, other: &Path) -> bool {
        fs::canonicalize(other).is_ok_and(|other| other.starts_with(&self.real))
    }

    /// Every file below, by path. Hidden files (whose names begin with a dot) and editors' backups (`~` at the end) are
    /// left out.
    pub fn walk(&self) -> Walk {
        let mut walk = Walk::default();
        self.walk_from(Path::new(""), "", &mut Vec::new(), &mut walk);
        walk.files.sort_by(|a, b| (&a.path, &a.real).cmp(&(&b.path, &b.real)));
        let mut files: Vec<Found> = Vec::with_capacity(walk.files.len());
        for file in std::mem::take(&mut walk.files) {
            // One name, with its accents stored in two ways.
            match files.last().filter(|last| last.path == file.path) {
                Some(_) => walk.refused.push((file.path, Refusal::SameName)),
                None => files.push(file),
            }
        }
        walk.files = files;
        walk
    }

    /// Walks a real folder that the site names by `named`; `links` are the links that led to it.
    fn walk_from(&self, real: &Path, named: &str, links: &mut Vec<PathBuf>, walk: &mut Walk) {
        let start = self.real.join(real);
        let visible =
            |entry: &walkdir::DirEntry| entry.depth() == 0 || is_visible(&entry.file_name().to_string_lossy());
        for entry in WalkDir::new(&start).min_depth(1).follow_links(false).into_iter().filter_entry(visible) {
            if walk.files.len() + walk.refused.len() >= MOST_FILES {
                walk.refused.push((ContentPath::new(named), Refusal::TooMany));
                return;
            }
            let below = |path: &Path| path.strip_prefix(&start).unwrap_or(path).to_owned();
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = path_below(named, &below(error.path().unwrap_or(&start)));
                    let error = error.into_io_error().unwrap_or_else(|| io::Error::from(io::ErrorKind::NotFound));
                    walk.refused.push((path, error.into()));
                    continue;
                }
            };
            let below = below(entry.path());
            let path = path_below(named, &below);
            let kind = entry.file_type();
            if kind.is_symlink() {
                self.follow(entry.path(), path, links, walk);
            } else if kind.is_file() {
                match entry.metadata() {
                    Ok(data) => walk.files.push(Found { path, real: real.join(below), size: data.len() }),
                    Err(error) => walk.refused.push((path, io::Error::from(error).into())),
                }
            } else if kind.is_dir() {
                walk.folders.push(path);
            } else {
                walk.refused.push((path, Refusal::Special));
            }
        }
    }

    fn follow(&self, link: &Path, path: ContentPath, links: &mut Vec<PathBuf>, walk: &mut Walk) {
        let target = fs::canonicalize(link).map_err(Refusal::from).and_then(|target| self.inside(&target));
        let data = target.and_then(|real| Ok((fs::symlink_metadata(self.real.join(&real))?, real)));
        let (data, real) = match data {
            Ok(found) => found,
            Err(why) => return walk.refused.push((path, why)),
        };
        if data.is_file() {
            walk.files.push(Found { path, real, size: data.len() });
        } else if data.is_dir() {
            links.push(link.to_owned());
            let target = self.real.join(&real);
            if links.iter().any(|link| link.starts_with(&target)) {
                walk.refused.push((path, Refusal::Circle));
            } else {
                self.walk_from(&real, path.as_str(), links, walk);
                walk.folders.push(path);
            }
            links.pop();
        } else {
            walk.refused.push((path, Refusal::Special));
        }
    }

    /// A real path relative to this folder, if it is in it.
    fn inside(&self, real: &Path) -> Result<PathBuf, Refusal> {
        real.strip_prefix(&self.real).map(Path::to_owned).map_err(|_| Refusal::Outside)
    }

    /// Opens a file by the path that the site names it by.
    pub fn file(&self, path: &ContentPath) -> Result<File, Refusal> {
        let named = self.real.join(path.as_str());
        let real = match fs::canonicalize(&named) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && !path.as_str().is_ascii() => {
                fs::canonicalize(self.stored(path)?)?
            }
            real => real?,
        };
        self.open_real(&self.inside(&real)?)
    }

    /// Where a file is whose name is stored with its accents apart from their letters.
    fn stored(&self, path: &ContentPath) -> io::Result<PathBuf> {
        let mut at = self.real.clone();
        for part in path.as_str().split('/') {
            let next = at.join(part);
            if fs::symlink_metadata(&next).is_ok() {
                at = next;
                continue;
            }
            let mut entries = fs::read_dir(&at)?.filter_map(Result::ok);
            let same = entries.find(|entry| composed(&entry.file_name().to_string_lossy()) == part);
            at = same.ok_or(io::ErrorKind::NotFound)?.path();
        }
        Ok(at)
    }

    /// Opens a file by its real path. Only a regular file is opened, and none outside the folder.
    pub fn open_real(&self, real: &Path) -> Result<File, Refusal> {
        if !self.handle.symlink_metadata(real)?.is_file() {
            return Err(Refusal::Special);
        }
        let file = self.handle.open_with(real, &without_waiting())?.into_std();
        if file.metadata()?.is_file() { Ok(file) } else { Err(Refusal::Special) }
    }

    /// Reads a file by its real path, up to `most` bytes.
    pub fn read_real(&self, real: &Path, most: u64) -> Result<Vec<u8>, Refusal> {
        let file = self.open_real(real)?;
        let size = file.metadata()?.len();
        if size > most {
            return Err(Refusal::TooLarge);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default() + 1);
        file.take(most + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > most { Err(Refusal::TooLarge) } else { Ok(bytes) }
    }
}

/// How files are opened: opening a pipe that took a file's place would otherwise wait forever.
fn without_waiting() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use cap_std::fs::OpenOptionsExt as _;
        use rustix::fs::OFlags;
        let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
        options.custom_flags(i32::try_from(flags.bits()).unwrap_or_default());
    }
    options
}

/// Whether a path could not be followed because a link on it leads to itself.
pub(super) fn is_circle(error: &io::Error) -> bool {
    #[cfg(unix)]
    const LOOP: i32 = rustix::io::Errno::LOOP.raw_os_error();
    /// `ERROR_CANT_RESOLVE_FILENAME`
    #[cfg(windows)]
    const LOOP: i32 = 1921;
    error.raw_os_error() == Some(LOOP)
}

/// Whether a file or folder of this name is read. Hidden ones are left out, and so is what systems and programs leave
/// behind: backups, locks of open documents, half a download.
pub(super) fn is_visible(name: &str) -> bool {
    const NAMES: [&str; 7] =
        ["thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information", "icon\r"];
    const ENDINGS: [&str; 8] = ["~", ".bak", ".tmp", ".temp", ".swp", ".swo", ".crdownload", ".part"];
    let lower = name.to_lowercase();
    let is_noise = NAMES.contains(&lower.as_str())
        || ENDINGS.iter().any(|ending| lower.ends_with(ending))
        || name.starts_with("~$")
        || name.len() > 2 && name.starts_with('#') && name.ends_with('#');
    !name.starts_with('.') && !is_noise
}

/// The path of something below a folder, with its accents composed, as in links and references: some systems store them
/// apart from their letters. Invisible characters, and bytes that are not text, are replaced by a visible sign: the
/// name is a mistake, and a message about it must not act on the reader's terminal.
pub(super) fn path_below(folder: &str, below: &Path) -> ContentPath {
    let mut path = folder.to_owned();
    for part in below.components() {
        if !path.is_empty() {
            path.push('/');
        }
        let name = part.as_os_str().to_string_lossy();
        path.extend(composed(&name).chars().map(|c| if is_invisible(c) { '\u{fffd}' } else { c }));
    }
    ContentPath::new(path)
}
