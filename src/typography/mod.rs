//! Running text as Canadian English and Canadian French set it.

mod pieces;

#[cfg(test)]
mod tests;

pub use pieces::{Piece, pieces};
