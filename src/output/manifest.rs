//! What a site consists of: [`Manifest`], every file with its digest and size. It is `.diptych` in the output.
//!
//! ```text
//! Diptych site: the next build replaces what is listed here. Site Diptych : …
//! format 1
//! files 1
//! gzip 1
//! 9f86d081… 5120 en/index.html
//! ```
//!
//! One line for each file, by path: SHA-256 in hex, bytes in decimal, path; `files N` counts them. `gzip N` is there if
//! the site has compressed siblings; N is the version of how they are made. `unfinished` is there while files are being
//! replaced one by one: every path that may exist is listed, but its contents are not certain.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::path::OutputPath;

/// The first line. Only its beginning is checked.
const TITLE: &str = "Diptych site: the next build replaces what is listed here. \
                     Site Diptych : la prochaine construction remplace ce qui est énuméré ici.";

/// How the first line begins.
const TITLE_BEGINS: &str = "Diptych site";

/// The whole mark of sites that were built before there were manifests.
const FORMER_MARK: &str = "This folder is a site built by Diptych; the next build replaces it.";

/// No manifest is larger, in bytes.
pub const LARGEST: u64 = 1 << 30;

/// The digest and size of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The SHA-256 of its bytes.
    pub digest: [u8; 32],
    /// Its size in bytes.
    pub size: u64,
}

impl Entry {
    /// The digest and size of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { digest: Sha256::digest(bytes).into(), size: bytes.len() as u64 }
    }

    /// The digest and size of a reader's bytes, read in pieces.
    pub fn of_reader(mut reader: impl std::io::Read) -> std::io::Result<Self> {
        let (mut hash, mut size) = (Sha256::new(), 0);
        let mut buffer = vec![0; 64 * 1024];
        loop {
            match reader.read(&mut buffer) {
                Ok(0) => return Ok(Self { digest: hash.finalize().into(), size }),
                Ok(count) => {
                    hash.update(&buffer[..count]);
                    size += count as u64;
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// The files of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Every file except the manifest itself.
    pub files: BTreeMap<OutputPath, Entry>,
    /// The version of how compressed siblings were made, if there are any.
    pub gzip: Option<u32>,
    /// Whether a build that replaces files one by one has not ended.
    pub unfinished: bool,
}

/// What a file named `.diptych` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// What the site consists of.
    Manifest(Manifest),
    /// The folder is a site built by Diptych before there were manifests; its files are not known.
    Bare,
    /// A manifest that was cut off or changed: what it lists cannot be trusted.
    Damaged,
    /// Nothing that Diptych wrote.
    Foreign,
}

impl Mark {
    /// Reads the bytes of a `.diptych` file.
    pub fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        if text.trim_end() == FORMER_MARK {
            return Self::Bare;
        }
        match text.strip_prefix(TITLE_BEGINS) {
            Some(_) => parse(&text).map_or(Self::Damaged, Self::Manifest),
            None => Self::Foreign,
        }
    }
}

impl Manifest {
    /// The text of the file.
    pub fn to_text(&self) -> String {
        let mut text = format!("{TITLE}\nformat 1\nfiles {}\n", self.files.len());
        if let Some(gzip) = self.gzip {
            let _ = writeln!(text, "gzip {gzip}");
        }
        if self.unfinished {
            text.push_str("unfinished\n");
        }
        for (path, Entry { digest, size }) in &self.files {
            let _ = writeln!(text, "{} {size} {path}", hex(digest));
        }
        text
    }
}

fn parse(text: &str) -> Option<Manifest> {
    let mut lines = text.strip_suffix('\n')?.split('\n').skip(1).peekable();
    lines.next_if_eq(&"format 1")?;
    let count: usize = lines.next()?.strip_prefix("files ")?.parse().ok()?;
    let mut manifest = Manifest::default();
    if let Some(gzip) = lines.next_if(|line| line.starts_with("gzip ")) {
        manifest.gzip = Some(gzip.strip_prefix("gzip ")?.parse().ok()?);
    }
    manifest.unfinished = lines.next_if_eq(&"unfinished").is_some();
    for line in lines {
        let (digest, rest) = line.split_once(' ')?;
        let (size, path) = rest.split_once(' ')?;
        let entry = Entry { digest: digest_of(digest)?, size: size.parse().ok()? };
        let path = sibling_or_plain(path)?;
        manifest.files.insert(path, entry);
    }
    (manifest.files.len() == count).then_some(manifest)
}

/// A path that a manifest can hold: one that the output accepts, or its compressed sibling.
fn sibling_or_plain(path: &str) -> Option<OutputPath> {
    OutputPath::new(path).ok().or_else(|| Some(OutputPath::new(path.strip_suffix(".gz")?).ok()?.gz()))
}

/// A digest in lowercase hexadecimal digits.
pub fn hex(digest: &[u8; 32]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn digest_of(hex: &str) -> Option<[u8; 32]> {
    let mut digest = [0; 32];
    if hex.len() != 64 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (at, byte) in digest.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(digest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::LONGEST_PART;

    fn manifest() -> Manifest {
        let file = |path: &str, text: &str| (OutputPath::new(path).unwrap(), Entry::of(text.as_bytes()));
        Manifest {
            files: [file("en/index.html", "Welcome"), file("assets/une carte.pdf", "")].into(),
            gzip: Some(1),
            unfinished: false,
        }
    }

    #[test]
    fn a_manifest_lists_digest_size_and_path_and_reads_what_it_wrote() {
        let text = manifest().to_text();
        let lines: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(
            lines,
            [
                "format 1",
                "files 2",
                "gzip 1",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 0 assets/une carte.pdf",
                "0e2226b5235f0ff94a276eb4d07a3bfea74b7e3b8b85e9efca6c18430f041bf8 7 en/index.html",
            ]
        );
        for unfinished in [false, true] {
            for gzip in [None, Some(7)] {
                let manifest = Manifest { gzip, unfinished, ..manifest() };
                assert_eq!(Mark::read(manifest.to_text().as_bytes()), Mark::Manifest(manifest));
            }
        }
    }

    #[test]
    fn the_longest_name_has_a_sibling_in_the_manifest() {
        let path = OutputPath::new(&"a".repeat(LONGEST_PART)).unwrap();
        let files = [(path.gz(), Entry::of(b"")), (path, Entry::of(b""))].into();
        let manifest = Manifest { files, ..Manifest::default() };
        assert_eq!(Mark::read(manifest.to_text().as_bytes()), Mark::Manifest(manifest));
    }

    #[test]
    fn a_site_of_before_manifests_is_known_without_its_files() {
        assert_eq!(Mark::read(format!("{FORMER_MARK}\n").as_bytes()), Mark::Bare);
    }

    #[test]
    fn a_damaged_manifest_is_never_believed() {
        let text = manifest().to_text();
        for length in TITLE_BEGINS.len()..text.len() {
            assert_eq!(Mark::read(&text.as_bytes()[..length]), Mark::Damaged, "cut after {length} bytes");
        }
        for (from, to) in [(" en/index.html", " ../index.html"), (" en/index.html", " /etc/passwd"), ("0e22", "0e2z")] {
            assert_eq!(Mark::read(text.replace(from, to).as_bytes()), Mark::Damaged, "{to}");
        }
        assert_eq!(Mark::read(text.replace('\n', "\r\n").as_bytes()), Mark::Damaged);
        assert_eq!(Mark::read(b"notes of my own"), Mark::Foreign);
        assert_eq!(Mark::read(b""), Mark::Foreign);
    }

    #[test]
    fn a_reader_is_read_in_pieces_to_the_same_digest() {
        let bytes = vec![7; 200_000];
        assert_eq!(Entry::of_reader(&bytes[..]).unwrap(), Entry::of(&bytes));
    }
}
