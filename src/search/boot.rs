//! The file that every question needs first: [`Boot`].
//!
//! It holds the table of pages, where each of tantivy's files was cut into packs with the ends that tantivy reads on
//! opening, and, while the site is small, the packs themselves.

use std::collections::BTreeMap;
use std::sync::Arc;

use tantivy::directory::OwnedBytes;

use super::bytes::Reader;
use super::directory::Part;
use super::layout::Pages;
use super::pack::{Damage, FileId};
use crate::lang::Lang;

/// The version of all formats below `search/`. The engine refuses any other.
pub(crate) const FORMAT: u8 = 2;

/// What the boot file says.
pub(crate) struct Boot {
    pub(crate) lang: Lang,
    pub(crate) pages: Pages,
    /// The first page of each text pack.
    pub(crate) texts: Vec<u32>,
    /// The last reversed word of each pack of endings.
    pub(crate) endings: Vec<String>,
    /// tantivy's files, by their extensions.
    pub(crate) files: BTreeMap<String, Arc<[Part]>>,
    /// Packs that came along.
    pub(crate) inline: Vec<(FileId, Vec<u8>)>,
}

/// Which packs the middle of a file was cut into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Middle {
    Terms,
    Postings,
    Positions,
    /// Not shipped.
    Unread,
}

impl Middle {
    const ALL: [Self; 4] = [Self::Terms, Self::Postings, Self::Positions, Self::Unread];

    fn part(self, nth: u32, length: usize) -> Part {
        match self {
            Self::Terms => Part::There(FileId::Terms(nth), length),
            Self::Postings => Part::There(FileId::Postings(nth), length),
            Self::Positions => Part::There(FileId::Positions(nth), length),
            Self::Unread => Part::Nowhere(length),
        }
    }
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
        let mut files = BTreeMap::new();
        for _ in 0..bytes.number()? {
            let name = bytes.text()?.to_owned();
            let head = bytes.bytes()?;
            let middle = *Middle::ALL.get(usize::from(bytes.byte()?)).ok_or(Damage)?;
            let lengths = bytes.numbers()?;
            let tail = bytes.bytes()?;
            let packs = lengths.into_iter().zip(0..).map(|(length, nth)| middle.part(nth, length));
            let here = |bytes: &[u8]| Part::Here(OwnedBytes::new(bytes.to_vec()));
            files.insert(name, std::iter::once(here(head)).chain(packs).chain([here(tail)]).collect());
        }
        let mut inline = Vec::new();
        for _ in 0..bytes.number()? {
            let number = u32::try_from(bytes.number()?).map_err(|_| Damage)?;
            inline.push((FileId::of_number(number).ok_or(Damage)?, bytes.bytes()?.to_vec()));
        }
        Ok(Self { lang, pages, texts, endings, files, inline })
    }

    /// The text pack that holds a page, and the page's place in it.
    pub(crate) fn text_of(&self, page: u32) -> Option<(FileId, usize)> {
        let pack = self.texts.partition_point(|&first| first <= page).checked_sub(1)?;
        Some((FileId::Texts(pack as u32), (page - self.texts[pack]) as usize))
    }
}

/// One of tantivy's files, cut.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) struct CutFile<'a> {
    pub(crate) name: String,
    pub(crate) head: &'a [u8],
    pub(crate) middle: Middle,
    pub(crate) packs: Vec<&'a [u8]>,
    pub(crate) tail: &'a [u8],
}

/// Writes what [`Boot::read`] reads.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn write(
    lang: Lang,
    pages: &[(usize, usize, usize)],
    texts: &[usize],
    endings: &[String],
    files: &[CutFile<'_>],
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
    boot.number(files.len());
    for file in files {
        boot.text(&file.name);
        boot.bytes(file.head);
        boot.0.push(file.middle as u8);
        boot.numbers(file.packs.iter().map(|pack| pack.len()));
        boot.bytes(file.tail);
    }
    boot.number(inline.len());
    for (file, payload) in inline {
        boot.number(file.number() as usize);
        boot.bytes(payload);
    }
    boot.0
}
