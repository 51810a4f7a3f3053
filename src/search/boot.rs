//! The file that every question needs first: [`Boot`].
//!
//! It holds the table of pages, where each of tantivy's files was cut into packs with the end of the dictionary, which
//! tantivy reads on opening, and, while the site is small, the packs themselves.

use tantivy::directory::OwnedBytes;

use super::bytes::Reader;
use super::directory::Part;
use super::layout::Pages;
use super::pack::{Damage, FileId};
use crate::lang::Lang;

/// The version of all formats below `search/`. The engine refuses any other.
pub(crate) const FORMAT: u8 = 3;

/// What the boot file says.
pub(crate) struct Boot {
    pub(crate) lang: Lang,
    pub(crate) pages: Pages,
    /// The first page of each text pack.
    pub(crate) texts: Vec<u32>,
    /// The last reversed word of each pack of endings.
    pub(crate) endings: Vec<String>,
    /// tantivy's dictionary, the postings and the positions.
    pub(crate) terms: Vec<Part>,
    pub(crate) postings: Vec<Part>,
    pub(crate) positions: Vec<Part>,
    /// Packs that came along.
    pub(crate) inline: Vec<(FileId, Vec<u8>)>,
}

impl Boot {
    pub(crate) fn read(payload: &[u8]) -> Result<Self, Damage> {
        let mut bytes = Reader(payload);
        if bytes.byte()? != FORMAT {
            return Err(Damage);
        }
        let lang = *Lang::BOTH.get(usize::from(bytes.byte()?)).ok_or(Damage)?;
        let pages = Pages::read(&mut bytes)?;
        let mut first = 0_u32;
        let texts = bytes.numbers()?.into_iter().map(|pages| {
            let start = first;
            first = first.saturating_add(pages as u32);
            start
        });
        let texts = texts.collect();
        let endings = (0..bytes.number()?).map(|_| Ok(bytes.text()?.to_owned())).collect::<Result<_, Damage>>()?;
        let mut terms = parts(&mut bytes, FileId::Terms)?;
        // An index without a word has no dictionary.
        match bytes.bytes()? {
            [] => {}
            tail => terms.push(Part::Here(OwnedBytes::new(tail.to_vec()))),
        }
        let postings = parts(&mut bytes, FileId::Postings)?;
        let positions = parts(&mut bytes, FileId::Positions)?;
        let mut inline = Vec::new();
        for _ in 0..bytes.number()? {
            let number = u32::try_from(bytes.number()?).map_err(|_| Damage)?;
            inline.push((FileId::of_number(number).ok_or(Damage)?, bytes.bytes()?.to_vec()));
        }
        Ok(Self { lang, pages, texts, endings, terms, postings, positions, inline })
    }

    /// The text pack that holds a page, and the page's place in it.
    pub(crate) fn text_of(&self, page: u32) -> Option<(FileId, usize)> {
        let pack = self.texts.partition_point(|&first| first <= page).checked_sub(1)?;
        Some((FileId::Texts(pack as u32), (page - self.texts[pack]) as usize))
    }
}

/// The packs of a file, by their lengths.
fn parts(bytes: &mut Reader<'_>, pack: fn(u32) -> FileId) -> Result<Vec<Part>, Damage> {
    Ok(bytes.numbers()?.into_iter().zip(0..).map(|(length, nth)| Part::There(pack(nth), length)).collect())
}

/// Writes what [`Boot::read`] reads.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn write(
    lang: Lang,
    pages: &[(usize, usize, usize)],
    texts: &[usize],
    endings: &[String],
    cut: &super::index::Cut<'_>,
    inline: &[(FileId, Vec<u8>)],
) -> Vec<u8> {
    let mut boot = super::bytes::Writer::default();
    boot.0.push(FORMAT);
    boot.0.push(lang as u8);
    Pages::write(pages, &mut boot);
    boot.numbers(texts.iter().copied());
    boot.number(endings.len());
    for last in endings {
        boot.text(last);
    }
    boot.numbers(cut.terms.iter().map(|pack| pack.len()));
    boot.bytes(cut.terms_tail);
    boot.numbers(cut.postings.iter().map(|pack| pack.len()));
    boot.numbers(cut.positions.iter().map(|pack| pack.len()));
    boot.number(inline.len());
    for (file, payload) in inline {
        boot.number(file.number() as usize);
        boot.bytes(payload);
    }
    boot.0
}
