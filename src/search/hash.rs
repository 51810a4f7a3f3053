//! One fast hash for tables of words, names and checksums: [`struct@Hash`].
//!
//! It is the same on every machine. It finds accidents, not adversaries, who could change a checksum as well.

use std::hash::Hasher;

/// Eight bytes at a time: turn, mix, multiply.
#[derive(Clone, Copy, Default)]
pub(crate) struct Hash(u64);

const FACTOR: u64 = 0x517c_c1b7_2722_0a95;

impl Hash {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(FACTOR);
    }
}

impl Hasher for Hash {
    fn write_u64(&mut self, word: u64) {
        self.add(word);
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for &word in words {
            self.add(u64::from_le_bytes(word));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        // The length tells a rest that ends in zeros from a shorter one.
        self.add(u64::from_le_bytes(last) ^ (bytes.len() as u64) << 56);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(bytes: &[u8]) -> u64 {
        let mut hash = Hash::default();
        hash.write(bytes);
        hash.finish()
    }

    #[test]
    fn every_byte_and_the_length_count() {
        let bytes: Vec<u8> = (0..100).collect();
        let whole = hash(&bytes);
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_ne!(hash(&changed), whole);
            assert_ne!(hash(&bytes[..at]), whole);
        }
        assert_ne!(hash(&[0]), hash(&[0, 0]));
    }
}
