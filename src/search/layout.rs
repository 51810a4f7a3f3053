//! How a page becomes documents: [`Field`], and [`Pages`], which finds page, section and field of a document.

use std::ops::Range;

use super::bytes::Reader;
use super::pack::Damage;

/// The name of the one field, and of what cuts it into words.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) const FIELD: &str = "text";

/// The schema: one field, with positions, and without norms, which [`Pages`] replaces at a tenth of the size.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn schema() -> tantivy::schema::Schema {
    use tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

    let indexing = TextFieldIndexing::default()
        .set_tokenizer(FIELD)
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let mut schema = Schema::builder();
    schema.add_text_field(FIELD, TextOptions::default().set_indexing_options(indexing));
    schema.build()
}

/// The one field.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn field() -> tantivy::schema::Field {
    tantivy::schema::Field::from_field_id(0)
}

/// What a document holds of its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Its title.
    Title,
    /// What it is also called.
    Keywords,
    /// Its summary.
    Summary,
    /// The heading of a section.
    Heading,
    /// The text of a section.
    Body,
}

/// Documents of a page before its first section.
pub(crate) const HEAD: u32 = 3;
/// Documents of a section.
pub(crate) const PER_SECTION: u32 = 2;

/// Lengths are kept in steps of a quarter of a power of two: finer ones change no order of results.
const STEPS: u8 = 4;

/// Where each page's documents lie, and how long it is.
pub(crate) struct Pages {
    /// The first document of each page, and one past the last.
    starts: Vec<u32>,
    /// Words of running text, in steps.
    lengths: Vec<u8>,
    /// Words of the title, at most 255.
    titles: Vec<u8>,
    /// The first section of each page, and one past the last.
    sections: Vec<u32>,
    average: f32,
}

/// Where a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) page: u32,
    pub(crate) field: Field,
    /// The section's number in the whole index; meaningless before the first section.
    pub(crate) section: u32,
}

impl Pages {
    pub(crate) fn read(bytes: &mut Reader<'_>) -> Result<Self, Damage> {
        let sections_per_page = bytes.numbers()?;
        let lengths = bytes.bytes()?.to_vec();
        let titles = bytes.bytes()?.to_vec();
        if lengths.len() != sections_per_page.len() || titles.len() != sections_per_page.len() {
            return Err(Damage);
        }
        let mut starts = Vec::with_capacity(lengths.len() + 1);
        let mut sections = Vec::with_capacity(lengths.len() + 1);
        let (mut document, mut section) = (0_u32, 0_u32);
        for count in sections_per_page {
            starts.push(document);
            sections.push(section);
            let count = u32::try_from(count).map_err(|_| Damage)?;
            section = section.checked_add(count).ok_or(Damage)?;
            document = count
                .checked_mul(PER_SECTION)
                .and_then(|documents| document.checked_add(HEAD)?.checked_add(documents))
                .ok_or(Damage)?;
        }
        starts.push(document);
        sections.push(section);
        let total: f32 = lengths.iter().map(|&step| words_of(step)).sum();
        let average = (total / lengths.len().max(1) as f32).max(1.0);
        Ok(Self { starts, lengths, titles, sections, average })
    }

    /// Writes what [`Self::read`] reads: per page its sections, words of running text and words of the title.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn write(pages: &[(usize, usize, usize)], into: &mut super::bytes::Writer) {
        into.numbers(pages.iter().map(|&(sections, _, _)| sections));
        into.bytes(&pages.iter().map(|&(_, words, _)| step_of(words)).collect::<Vec<_>>());
        into.bytes(&pages.iter().map(|&(_, _, title)| u8::try_from(title).unwrap_or(u8::MAX)).collect::<Vec<_>>());
    }

    pub(crate) fn len(&self) -> usize {
        self.lengths.len()
    }

    pub(crate) fn sections(&self) -> usize {
        self.sections.last().map_or(0, |&end| end as usize)
    }

    /// The page's running text, as a multiple of the average.
    pub(crate) fn relative_length(&self, page: u32) -> f32 {
        self.lengths.get(page as usize).map_or(1.0, |&step| words_of(step) / self.average)
    }

    /// The words of the page's title.
    pub(crate) fn title_words(&self, page: u32) -> u32 {
        self.titles.get(page as usize).map_or(1, |&words| u32::from(words))
    }

    /// The sections of a page.
    pub(crate) fn sections_of(&self, page: u32) -> Range<u32> {
        match (self.sections.get(page as usize), self.sections.get(page as usize + 1)) {
            (Some(&first), Some(&end)) => first..end,
            _ => 0..0,
        }
    }

    /// The section's number on its page.
    pub(crate) fn section_on_page(&self, page: u32, section: u32) -> usize {
        self.sections.get(page as usize).map_or(0, |&first| section.saturating_sub(first) as usize)
    }

    /// The place of a document. `page` is one at or before it, to search from.
    pub(crate) fn place(&self, document: u32, page: u32) -> Option<Place> {
        let mut page = page as usize;
        if *self.starts.get(page + 1)? <= document {
            page = self.starts.partition_point(|&start| start <= document).checked_sub(1)?;
        }
        let end = *self.starts.get(page + 1)?;
        if document >= end {
            return None;
        }
        let slot = document.checked_sub(self.starts[page])?;
        let section = self.sections[page] + slot.saturating_sub(HEAD) / PER_SECTION;
        let field = match slot {
            0 => Field::Title,
            1 => Field::Keywords,
            2 => Field::Summary,
            _ if (slot - HEAD).is_multiple_of(PER_SECTION) => Field::Heading,
            _ => Field::Body,
        };
        Some(Place { page: page as u32, field, section })
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn step_of(words: usize) -> u8 {
    const HALF_A_STEP: f32 = 1.090_507_7;
    let words = words as f32 + 1.0;
    (0..u8::MAX).find(|&step| words_of(step) * HALF_A_STEP > words).unwrap_or(u8::MAX)
}

fn words_of(step: u8) -> f32 {
    // Two to the power of a quarter, so that no platform's mathematics enters the scores.
    const QUARTERS: [f32; 4] = [1.0, 1.189_207_1, std::f32::consts::SQRT_2, 1.681_792_8];
    let whole = (1_u64 << (step / STEPS).min(40)) as f32;
    whole * QUARTERS[usize::from(step % STEPS)]
}

#[cfg(test)]
mod tests {
    use super::super::bytes::Writer;
    use super::*;

    fn pages(rows: &[(usize, usize, usize)]) -> Pages {
        let mut bytes = Writer::default();
        Pages::write(rows, &mut bytes);
        Pages::read(&mut Reader(&bytes.0)).expect("what was written can be read")
    }

    #[test]
    fn a_document_tells_page_section_and_field() {
        let pages = pages(&[(2, 100, 3), (0, 0, 1), (1, 10, 2)]);
        let place = |document| pages.place(document, 0).map(|place| (place.page, place.field, place.section));
        assert_eq!(place(0), Some((0, Field::Title, 0)));
        assert_eq!(place(4), Some((0, Field::Body, 0)));
        assert_eq!(place(5), Some((0, Field::Heading, 1)));
        assert_eq!(place(9), Some((1, Field::Summary, 2)));
        assert_eq!(place(13), Some((2, Field::Heading, 2)));
        assert_eq!(place(15), None);
        assert_eq!(pages.section_on_page(2, 2), 0);
    }

    #[test]
    fn lengths_survive_within_a_step() {
        for words in [1, 7, 500, 12_345] {
            let kept = words_of(step_of(words));
            assert!((kept / (words as f32 + 1.0)).log2().abs() <= 0.126, "{words} became {kept}");
        }
    }

    #[test]
    fn a_table_cut_short_is_damage() {
        let mut bytes = Writer::default();
        Pages::write(&[(2, 100, 3), (5, 7, 1)], &mut bytes);
        assert!((0..bytes.0.len()).all(|end| Pages::read(&mut Reader(&bytes.0[..end])).is_err()));
    }
}
