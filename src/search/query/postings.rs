//! Reads in which documents a word is, how often, and where: [`Index::postings_of`] and [`Index::places_of`].
//!
//! The lists are tantivy's, and so are the codecs. tantivy itself opens a list only through a whole index, with schema,
//! settings and stored fields, and a reader's browser would have to fetch all that code.

use bitpacking::{BitPacker, BitPacker4x};
use tantivy::positions::PositionReader;
use tantivy::postings::TermInfo;

use super::super::pack::Damage;
use super::{Index, Pause};

/// A document that has a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Posting {
    pub(super) document: u32,
    /// How often it has it.
    pub(super) times: u32,
}

/// Documents whose numbers are packed together.
const BLOCK: usize = BitPacker4x::BLOCK_LEN;
/// What is known of a block beforehand: its last document, the bits of a document's number and of a frequency, the sum of
/// the frequencies, and two bytes for scores that are not computed here.
const HEADER: usize = 4 + 1 + 1 + 4 + 2;
/// The bits of the second of these that are a width; another one says that the numbers are known to grow.
const WIDTH: u8 = 0x1f;

impl Index {
    pub(super) fn postings_of(&self, word: &TermInfo) -> Result<Vec<Posting>, Pause> {
        let bytes = self.postings.read_bytes_slice(word.postings_range.clone())?;
        Ok(read(&bytes, word.doc_freq as usize)?)
    }

    /// Each document that has a word, and where in it.
    pub(super) fn places_of(&self, word: &TermInfo) -> Result<Vec<(u32, Vec<u32>)>, Pause> {
        let postings = self.postings_of(word);
        let positions = self.positions.read_bytes_slice(word.positions_range.clone());
        let postings = postings?;
        let mut positions = PositionReader::open(positions?)?;
        let mut before = 0;
        let places = postings.into_iter().map(|Posting { document, times }| {
            let mut steps = vec![0; times as usize];
            positions.read(before, &mut steps);
            before += u64::from(times);
            let mut at = 0;
            let places = steps.into_iter().map(|step| {
                at += step;
                at
            });
            (document, places.collect())
        });
        Ok(places.collect())
    }
}

/// Reads a list of so many documents: headers and blocks of [`BLOCK`] documents, then those that are left.
fn read(mut bytes: &[u8], documents: usize) -> Result<Vec<Posting>, Damage> {
    let mut headers: &[u8] = &[];
    if documents >= BLOCK {
        let length = number(&mut bytes, 0)? as usize;
        (headers, bytes) = bytes.split_at_checked(length).ok_or(Damage)?;
    }
    let mut postings = Vec::with_capacity(documents);
    let mut last = 0;
    for _ in 0..documents / BLOCK {
        let header;
        (header, headers) = headers.split_at_checked(HEADER).ok_or(Damage)?;
        let numbers = unpack(&mut bytes, header[4] & WIDTH, Some(last))?;
        let times = unpack(&mut bytes, header[5], None)?;
        last = numbers[BLOCK - 1];
        let block = numbers.into_iter().zip(times);
        postings.extend(block.map(|(document, times)| Posting { document, times: times + 1 }));
    }
    let mut rest = Vec::with_capacity(documents % BLOCK);
    for _ in 0..documents % BLOCK {
        last = number(&mut bytes, last)?;
        rest.push(last);
    }
    for document in rest {
        postings.push(Posting { document, times: number(&mut bytes, 0)? });
    }
    Ok(postings)
}

/// A block of numbers of so many bits each; each is more than the one before if `after` is given.
fn unpack(bytes: &mut &[u8], bits: u8, after: Option<u32>) -> Result<[u32; BLOCK], Damage> {
    let packed;
    (packed, *bytes) = bytes.split_at_checked(usize::from(bits) * BLOCK / 8).ok_or(Damage)?;
    let mut numbers = [0; BLOCK];
    let packer = BitPacker4x::new();
    match after {
        // The very first number may be zero.
        Some(after) => packer.decompress_strictly_sorted((after > 0).then_some(after), packed, &mut numbers, bits),
        None => packer.decompress(packed, &mut numbers, bits),
    };
    Ok(numbers)
}

/// A number that was written seven bits at a time, the last of them marked, on top of another.
fn number(bytes: &mut &[u8], before: u32) -> Result<u32, Damage> {
    let mut number = before;
    for shift in (0..u32::BITS).step_by(7) {
        let (&byte, rest) = bytes.split_first().ok_or(Damage)?;
        *bytes = rest;
        number = number.wrapping_add(u32::from(byte & 0x7f) << shift);
        if byte & 0x80 != 0 {
            return Ok(number);
        }
    }
    Err(Damage)
}

#[cfg(test)]
mod tests {
    use tantivy::directory::{CompositeFile, OwnedBytes};
    use tantivy::index::SegmentComponent;
    use tantivy::postings::Postings;
    use tantivy::schema::IndexRecordOption;
    use tantivy::{DocSet, TERMINATED, TantivyDocument};

    use super::super::super::layout::{FIELD, field, schema};
    use super::*;

    /// A segment in which the word `w3` is in every third document, and so on.
    fn segment() -> tantivy::Segment {
        let tokenizers = tantivy::tokenizer::TokenizerManager::new();
        tokenizers.register(FIELD, tantivy::tokenizer::WhitespaceTokenizer::default());
        let builder = tantivy::Index::builder().schema(schema()).tokenizers(tokenizers);
        let memory = tantivy::directory::RamDirectory::create();
        let mut writer = builder.single_segment_index_writer(memory, 15_000_000).unwrap();
        for nth in 0..2000_usize {
            let mut document = TantivyDocument::new();
            let words = [1, 2, 3, 7, 15, 16, 500, 1999].into_iter().filter(|every| nth.is_multiple_of(*every));
            let text: String = words.map(|every| format!("w{every} ").repeat(1 + nth * every % 300)).collect();
            document.add_text(field(), text);
            writer.add_document(document).unwrap();
        }
        writer.finalize().unwrap().searchable_segments().unwrap().remove(0)
    }

    fn bytes(segment: &tantivy::Segment, component: SegmentComponent) -> OwnedBytes {
        let file = CompositeFile::open(&segment.open_read(component).unwrap()).unwrap();
        file.open_read(field()).unwrap().read_bytes().unwrap()
    }

    #[test]
    fn lists_are_read_as_tantivy_reads_them() {
        let segment = segment();
        let inverted = tantivy::SegmentReader::open(&segment).unwrap().inverted_index(field()).unwrap();
        let lists = bytes(&segment, SegmentComponent::Postings);
        let mut words = inverted.terms().stream().unwrap();
        let mut lengths = Vec::new();
        while let Some((_, info)) = words.next() {
            let mut theirs = inverted.read_postings_from_terminfo(info, IndexRecordOption::WithFreqs).unwrap();
            let mut expected = Vec::new();
            while theirs.doc() != TERMINATED {
                expected.push(Posting { document: theirs.doc(), times: theirs.term_freq() });
                theirs.advance();
            }
            let list = &lists[8..][info.postings_range.clone()];
            assert_eq!(read(list, info.doc_freq as usize), Ok(expected));
            for end in 0..list.len() {
                assert_eq!(read(&list[..end], info.doc_freq as usize), Err(Damage), "a list cut short is damage");
            }
            lengths.push(info.doc_freq);
        }
        lengths.sort_unstable();
        assert_eq!(lengths, [2, 4, 125, 134, 286, 667, 1000, 2000], "lists without, with one and with many blocks");
    }
}
