//! Files compressed beforehand, for servers that send them as they are. Owns `flate2` here.

use std::io::Write as _;

use flate2::{Compression, GzBuilder};

use super::server::COMPRESSED;

/// Smaller files gain nothing.
const LEAST: usize = 512;

/// Whether a file is text, or as good as text, by its ending.
pub fn is_text(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| COMPRESSED.iter().any(|(known, _)| *known == ending))
}

/// The bytes of a file's compressed sibling; nothing where it would not be worth the while. No name and no time stand
/// in it, so that equal files have equal siblings on every machine.
pub fn sibling(path: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.len() < LEAST || !is_text(path) {
        return None;
    }
    let mut encoder = GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::best());
    let compressed = encoder.write_all(bytes).and_then(|()| encoder.finish()).ok()?;
    (compressed.len() < bytes.len()).then_some(compressed)
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
    fn nothing_of_the_machine_stands_in_it() {
        let gzip = sibling("a.css", "a { color: red } ".repeat(99).as_bytes());
        // Magic, method, flags without a name, no time, best compression, no operating system.
        assert_eq!(gzip.as_deref().map(|gzip| &gzip[..10]), Some(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255][..]));
    }
}
