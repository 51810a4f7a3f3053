//! Cuts tantivy's files where something ends: [`cut`].

use std::collections::BTreeMap;
use std::ops::Range;

use tantivy::directory::FileSlice;
use tantivy::termdict::TermDictionary;

use super::super::analysis::{fold, form_of};
use super::Size;
use super::write::Written;

/// tantivy's files in packs.
#[derive(Default)]
pub(crate) struct Cut<'a> {
    /// Runs of blocks of the dictionary.
    pub(crate) terms: Vec<&'a [u8]>,
    /// What follows them.
    pub(crate) terms_tail: &'a [u8],
    /// Runs of whole postings.
    pub(crate) postings: Vec<&'a [u8]>,
    /// Runs of whole positions.
    pub(crate) positions: Vec<&'a [u8]>,
    /// Every word that spelling may suggest, folded, and in how many documents it is.
    pub(super) forms: BTreeMap<String, u32>,
}

/// Words shorter than this are not corrected.
const SHORTEST: usize = 4;

/// Walks the dictionary and cuts the files.
pub(super) fn cut(written: &Written) -> tantivy::Result<Cut<'_>> {
    let Some(terms) = &written.terms else { return Ok(Cut::default()) };
    let mut forms = BTreeMap::<String, u32>::new();
    let (mut postings, mut positions) = (Vec::new(), Vec::new());
    let dictionary = TermDictionary::open(FileSlice::from(terms.as_slice().to_vec()))?;
    let mut stream = dictionary.stream()?;
    while let Some((key, info)) = stream.next() {
        postings.push(info.postings_range.end);
        positions.push(info.positions_range.end);
        let form = std::str::from_utf8(key).map(form_of).unwrap_or_default();
        let folded = fold(&form);
        if folded.chars().count() >= SHORTEST && folded.chars().all(char::is_alphabetic) {
            *forms.entry(folded.into_owned()).or_default() += info.doc_freq;
        }
    }
    let blocks = group(&block_ends(terms), Size::TERMS);
    let end = blocks.last().map_or(0, |last| last.end);
    Ok(Cut {
        terms: slices(terms, &blocks),
        terms_tail: &terms[end..],
        postings: slices(&written.postings, &group(&postings, Size::POSTINGS)),
        positions: slices(&written.positions, &group(&positions, Size::POSITIONS)),
        forms,
    })
}

fn slices<'a>(bytes: &'a [u8], runs: &[Range<usize>]) -> Vec<&'a [u8]> {
    runs.iter().map(|run| &bytes[run.clone()]).collect()
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
fn group(ends: &[usize], size: Size) -> Vec<Range<usize>> {
    let full = size.full(ends.last().copied().unwrap_or(0));
    let mut runs = Vec::new();
    let (mut from, mut to) = (0, 0);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_cut_where_something_ends() {
        let size = Size { small: 8, most: 100 };
        assert_eq!(group(&[2, 6, 32, 33], size), [0..6, 6..32, 32..33]);
        assert!(group(&[], size).is_empty());
        assert_eq!(group(&[3, 3, 9], size), [0..3, 3..9]);
        assert_eq!(group(&[3, 6, 9, 12], Size { small: 1, most: 2 }), [0..6, 6..12]);
    }
}
