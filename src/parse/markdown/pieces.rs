//! Where the parts of an assembled text are in the document that they come from: [`Pieces`].

use std::ops::Range;

/// The beginnings of the pieces, in the text and in the document. A text without pieces is the document itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Pieces(Vec<(usize, usize)>);

impl Pieces {
    /// Says that what follows at `at` is at `whole` in the document.
    pub(super) fn push(&mut self, at: usize, whole: usize) {
        self.0.push((at, whole));
    }

    /// The place in the document.
    pub(super) fn place(&self, at: usize) -> usize {
        let piece =
            self.0.partition_point(|(start, _)| *start <= at).checked_sub(1).and_then(|piece| self.0.get(piece));
        piece.map_or(at, |(start, whole)| whole + (at - start))
    }

    /// The range in the document. A range that ends with a piece ends there, not where the next one begins.
    pub(super) fn range(&self, range: &Range<usize>) -> Range<usize> {
        if self.0.is_empty() {
            return range.clone();
        }
        let start = self.place(range.start);
        if range.is_empty() { start..start } else { start..(self.place(range.end - 1) + 1).max(start) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_in_the_piece_that_it_lies_in() {
        let mut pieces = Pieces::default();
        assert_eq!(pieces.range(&(3..5)), 3..5);
        pieces.push(0, 10);
        pieces.push(4, 20);
        assert_eq!(pieces.range(&(1..4)), 11..14);
        assert_eq!(pieces.range(&(4..6)), 20..22);
        assert_eq!(pieces.range(&(4..4)), 20..20);
    }
}
