//! A passage of a text and what takes its place: [`Splice`].

use std::ops::Range;

/// A passage that is replaced; an empty one is a place to insert at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Splice {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// What takes its place.
    pub text: String,
}

impl Splice {
    pub(super) fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { start: range.start, end: range.end, text: text.into() }
    }
}

/// The text with passages replaced. Of passages that overlap, the first counts.
pub(super) fn apply(text: &str, mut splices: Vec<Splice>) -> String {
    splices.sort();
    splices.dedup();
    let mut spliced = String::with_capacity(text.len());
    let mut at = 0;
    for Splice { start, end, text: new } in splices {
        let Some(kept) = text.get(at..start).filter(|_| text.is_char_boundary(end)) else { continue };
        spliced.push_str(kept);
        spliced.push_str(&new);
        at = end;
    }
    spliced.push_str(&text[at..]);
    spliced
}

/// How lines end in a text.
pub(super) fn line_break(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_are_replaced_and_all_else_stays() {
        let splices =
            vec![Splice::new(4..5, "é"), Splice::new(0..1, ""), Splice::new(6..6, "!"), Splice::new(4..5, "é")];
        assert_eq!(apply("abcdef", splices), "bcdéf!");
        assert_eq!(apply("aé", vec![Splice::new(2..2, "x")]), "aé", "inside of a character is no place");
    }
}
