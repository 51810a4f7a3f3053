//! Where tantivy's files may be cut: [`terms`] finds the places, [`cut`] cuts.

use std::collections::BTreeMap;
use std::ops::Range;

use tantivy::index::SegmentComponent;

use super::super::analysis::{fold, form_of};
use super::super::boot::{CutFile, Middle};
use super::super::layout::field;
use super::Size;
use super::write::{File, Written};

/// The dictionary, walked once.
#[derive(Default)]
pub(super) struct Terms {
    /// Runs of blocks of the dictionary.
    pub(super) blocks: Vec<Range<usize>>,
    /// Runs of whole postings.
    pub(super) postings: Vec<Range<usize>>,
    /// Runs of whole positions.
    pub(super) positions: Vec<Range<usize>>,
    /// Every word that spelling may suggest, folded, and in how many documents it is.
    pub(super) forms: BTreeMap<String, u32>,
}

/// tantivy writes the number of all words before the first posting.
const BEFORE_POSTINGS: usize = 8;
/// Words shorter than this are not corrected.
const SHORTEST: usize = 4;

/// Walks the dictionary.
pub(super) fn terms(written: &Written) -> tantivy::Result<Terms> {
    let mut found = Terms::default();
    let (mut postings, mut positions) = (Vec::new(), Vec::new());
    for segment in written.index.searchable_segments()? {
        let reader = tantivy::SegmentReader::open(&segment)?;
        let inverted = reader.inverted_index(field())?;
        let mut stream = inverted.terms().stream()?;
        while let Some((key, info)) = stream.next() {
            postings.push(info.postings_range.end + BEFORE_POSTINGS);
            positions.push(info.positions_range.end);
            let form = std::str::from_utf8(key).map(form_of).unwrap_or_default();
            let folded = fold(&form);
            if folded.chars().count() >= SHORTEST && folded.chars().all(char::is_alphabetic) {
                let documents = found.forms.entry(folded.into_owned()).or_default();
                *documents += info.doc_freq;
            }
        }
    }
    // Without a word there is no dictionary, and nothing to cut.
    if let Some(file) = written.files.iter().find(|file| file.middle == Middle::Terms && !postings.is_empty()) {
        found.blocks = group(0, &block_ends(&file.bytes), Size::TERMS);
    }
    found.postings = group(BEFORE_POSTINGS, &postings, Size::POSTINGS);
    found.positions = group(0, &positions, Size::POSITIONS);
    Ok(found)
}

/// Where the dictionary's blocks end: each is its length in four bytes and that many more; a length of zero ends them.
fn block_ends(file: &[u8]) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut at = 0;
    while let Some(length) = file.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes) {
        if length == 0 {
            break;
        }
        at += 4 + length as usize;
        ends.push(at);
    }
    ends
}

/// Groups what ends at `ends` into runs of about one pack. What is larger than that stands alone.
fn group(start: usize, ends: &[usize], size: Size) -> Vec<Range<usize>> {
    let full = size.full(ends.last().map_or(0, |end| end - start));
    let mut runs = Vec::new();
    let (mut from, mut to) = (start, start);
    for &end in ends {
        if end - from > full && to > from {
            runs.push(from..to);
            from = to;
        }
        to = end;
    }
    if to > from {
        runs.push(from..to);
    }
    runs
}

/// Cuts a file at `runs`; what is before and after them stays with the boot file.
pub(super) fn cut<'a>(file: &'a File, runs: &[Range<usize>]) -> CutFile<'a> {
    let bytes = file.bytes.as_slice();
    let (start, end) = match (runs.first(), runs.last()) {
        (Some(first), Some(last)) => (first.start, last.end),
        _ => (bytes.len(), bytes.len()),
    };
    // Nothing is read from the store but the checksum at its end.
    let is_store = file.component == SegmentComponent::Store;
    let start = if is_store { 0 } else { start };
    let end = if is_store { bytes.len().saturating_sub(CHECKSUM) } else { end };
    let packs = if is_store { vec![&bytes[..end]] } else { runs.iter().map(|run| &bytes[run.clone()]).collect() };
    CutFile { name: file.extension.clone(), head: &bytes[..start], middle: file.middle, packs, tail: &bytes[end..] }
}

/// More than tantivy's footer takes at the end of a file.
const CHECKSUM: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_cut_where_something_ends() {
        let size = Size { small: 8, most: 100 };
        assert_eq!(group(8, &[10, 14, 40, 41], size), [8..14, 14..40, 40..41]);
        assert!(group(0, &[], size).is_empty());
        assert_eq!(group(0, &[3, 3, 9], size), [0..3, 3..9]);
        assert_eq!(group(0, &[3, 6, 9, 12], Size { small: 1, most: 2 }), [0..6, 6..12]);
    }
}
