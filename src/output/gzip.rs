//! Files compressed beforehand, for servers that send them as they are.

use std::io::{self, Read, Write};

use flate2::{Compression, GzBuilder, write::GzEncoder};

use super::server::COMPRESSED;

/// The version of the way siblings are made. Increase it when a change below gives other bytes; siblings of earlier
/// builds are then made again.
pub const METHOD: u32 = 1;

/// In bytes; smaller files gain nothing.
const LEAST: u64 = 512;

/// Whether a file is text, or as good as text, by its ending.
pub fn is_text(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| COMPRESSED.iter().any(|(known, _)| *known == ending))
}

/// The bytes of a file's compressed sibling; `None` if it would not be worth it. It holds no name and no time, so that
/// equal files have equal siblings on every machine.
pub fn sibling(path: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    if !is_text(path) || !is_worth_trying(bytes.len() as u64) {
        return None;
    }
    let mut encoder = encoder(Vec::new());
    let compressed = encoder.write_all(bytes).and_then(|()| encoder.finish()).ok()?;
    (compressed.len() < bytes.len()).then_some(compressed)
}

/// Whether a file of this size, in bytes, may be worth compressing.
pub fn is_worth_trying(size: u64) -> bool {
    size >= LEAST
}

/// Compresses a file in pieces, as [`sibling`] does its bytes.
pub fn compress(from: &mut impl Read, to: impl Write) -> io::Result<()> {
    let mut encoder = encoder(io::BufWriter::new(to));
    io::copy(from, &mut encoder)?;
    encoder.finish()?.into_inner().map(drop).map_err(io::IntoInnerError::into_error)
}

fn encoder<W: Write>(to: W) -> GzEncoder<W> {
    GzBuilder::new().mtime(0).operating_system(255).write(to, Compression::best())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_gains_is_compressed() {
        let text = "words ".repeat(200);
        assert!(sibling("en/index.html", text.as_bytes()).is_some_and(|gzip| gzip.len() < 100));
        assert_eq!(sibling("en/index.html", b"short"), None);
        assert_eq!(sibling("search/en-1/boot.pack", text.as_bytes()), None);
    }

    #[test]
    fn nothing_of_the_machine_is_in_it() {
        let gzip = sibling("a.css", "a { color: red } ".repeat(99).as_bytes());
        // Magic, method, flags without a name, no time, best compression, no operating system.
        assert_eq!(gzip.as_deref().map(|gzip| &gzip[..10]), Some(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255][..]));
    }

    #[test]
    fn a_file_is_compressed_in_pieces_to_the_same_bytes() {
        let text: String = (0..60_000).map(|n| format!("line {} of {n}\n", n % 977)).collect();
        let mut pieces = Vec::new();
        compress(&mut text.as_bytes(), &mut pieces).unwrap();
        assert_eq!(Some(pieces), sibling("a.csv", text.as_bytes()));
    }
}
