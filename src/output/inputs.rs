//! Everything that an output is made from, as one digest: [`Inputs`]. Equal inputs give equal bytes, so if they are
//! those of the site in the output, nothing needs to be rendered.

use sha2::{Digest as _, Sha256};

/// A SHA-256 in the making. The name, length and order of what is added count.
pub struct Inputs(Sha256);

impl Inputs {
    /// Begins with the program, which is an input too: another one may write other bytes.
    pub fn new(program: &str) -> Self {
        let mut inputs = Self(Sha256::new());
        inputs.add("program", program.as_bytes());
        inputs
    }

    /// Adds something.
    pub fn add(&mut self, name: &str, bytes: &[u8]) {
        for part in [name.as_bytes(), bytes] {
            self.0.update((part.len() as u64).to_le_bytes());
            self.0.update(part);
        }
    }

    /// The digest of everything added.
    pub fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_bytes_do_not_run_into_one_another() {
        let digest = |parts: &[(&str, &str)]| {
            let mut inputs = Inputs::new("program");
            for (name, bytes) in parts {
                inputs.add(name, bytes.as_bytes());
            }
            inputs.finish()
        };
        let all = [
            digest(&[]),
            digest(&[("a", "b")]),
            digest(&[("ab", "")]),
            digest(&[("", "ab")]),
            digest(&[("a", "b"), ("", "")]),
            digest(&[("a", ""), ("b", "")]),
            digest(&[("b", ""), ("a", "")]),
        ];
        let different: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(different.len(), all.len());
    }
}
