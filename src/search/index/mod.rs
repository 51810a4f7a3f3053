//! Builds the search files of one language: [`build`].
//!
//! Pages come in windows, so that the words of the whole site are never in memory twice. Those of a window are analysed on
//! all threads and written by one, while the next window is made: tantivy's bytes then depend on the entries alone. What is
//! random in an index (the name of its segment) is replaced before anything is hashed.

mod analyse;
mod assets;
mod cut;
mod endings;
mod keys;
mod terms;
mod wording;
mod write;

use std::collections::HashMap;
use std::io::Write;

use flate2::{Compression, GzBuilder};
use rayon::prelude::*;

pub use self::assets::assets;
pub(super) use self::cut::Cut;
pub use self::terms::{TermPair, Translator, learn};
pub use self::wording::{Idle, Wording, idle};
use super::boot;
use super::bytes::Writer;
use super::pack::{Build, FileId, seal};
use super::{Entry, Filter, filters, texts};
use crate::lang::Lang;

/// A file of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// From the output's root, with `/`.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// A file of the index and its payload, in parts.
type Pack<'a> = (FileId, Vec<&'a [u8]>);

/// The folder of everything that belongs to search.
pub const FOLDER: &str = "search";

/// How large the packs of one kind become, in bytes before compression. A question reads one pack of each word's
/// dictionary and postings and one pack of texts per result, so small packs save a reader's bytes. On large sites they
/// grow, so that ten thousand pages have far fewer files than pages.
#[derive(Clone, Copy)]
struct Size {
    /// The size of a pack, unless that makes too many.
    small: usize,
    /// The most packs.
    most: usize,
}

impl Size {
    /// One block of tantivy's dictionary each, as long as that is possible.
    const TERMS: Self = Self { small: 2 << 10, most: 150 };
    const POSTINGS: Self = Self { small: 6 << 10, most: 400 };
    const POSITIONS: Self = Self { small: 40 << 10, most: 60 };
    const ENDINGS: Self = Self { small: 6 << 10, most: 60 };
    const TEXTS: Self = Self { small: 8 << 10, most: 1200 };

    /// When a pack is full, if all of its kind have `total` bytes.
    fn full(self, total: usize) -> usize {
        self.small.max(total / self.most)
    }
}

/// Up to how many bytes all packs of a kind come with the boot file.
fn inline(file: FileId) -> usize {
    match file {
        // Few questions have a phrase, an error or a foreign word in them, and all would pay.
        FileId::Positions(_) | FileId::Endings(_) | FileId::Pairs => 2 << 10,
        _ => 24 << 10,
    }
}

/// All files of one language's index, from its pages sorted by id, in windows of any size. One is made while the one
/// before it is written.
///
/// # Errors
/// tantivy's, which for an index in memory can only mean that a page is too large for it.
pub fn build(
    lang: Lang,
    windows: impl IntoIterator<Item = Vec<Entry>, IntoIter: Send>,
    filters: &[Filter],
    wording: Wording<'_>,
) -> tantivy::Result<Vec<OutputFile>> {
    let mut segment = write::Segment::new(lang)?;
    let mut texts = Texts::default();
    let mut columns = filters::Writer::new(filters);
    let mut windows = windows.into_iter();
    let mut waiting = windows.next();
    while let Some(window) = waiting {
        let add = || {
            for entry in &window {
                texts.add(entry);
                columns.add(entry);
            }
            segment.add(&window)
        };
        // Only one thread writes a segment; the others make the next window meanwhile.
        let (added, next) = rayon::join(add, || windows.next());
        added?;
        waiting = next;
    }
    let written = segment.finish()?;
    let cut = cut::cut(&written)?;
    let (endings, last_endings) = endings::pack(&cut.forms);
    let (text_packs, pages_per_text) = texts.packs();

    let filters = columns.finish();
    let (synonyms, pairs) = (wording.synonyms(lang), wording.pairs(lang));
    let mut packs: Vec<Pack<'_>> = Vec::new();
    packs.extend(cut.terms.iter().zip(0..).map(|(pack, nth)| (FileId::Terms(nth), vec![*pack])));
    packs.extend(cut.postings.iter().zip(0..).map(|(pack, nth)| (FileId::Postings(nth), vec![*pack])));
    packs.extend(cut.positions.iter().zip(0..).map(|(pack, nth)| (FileId::Positions(nth), vec![*pack])));
    packs.extend(endings.iter().zip(0..).map(|(pack, nth)| (FileId::Endings(nth), vec![pack.as_slice()])));
    packs.push((FileId::Filters, vec![&filters]));
    packs.push((FileId::Synonyms, vec![&synonyms]));
    packs.push((FileId::Pairs, vec![&pairs]));
    packs.extend(text_packs.into_iter().zip(0..).map(|(pages, nth)| (FileId::Texts(nth), pages)));

    let (inline, mut apart) = split_small(packs);
    let inline: Vec<(FileId, Vec<u8>)> = inline.into_iter().map(|(file, parts)| (file, parts.concat())).collect();
    let boot = boot::write(lang, &written.pages, &pages_per_text, &last_endings, &cut, &inline);
    apart.insert(0, (FileId::Boot, vec![&boot]));
    Ok(name_and_compress(lang, apart))
}

/// What is shown of all pages. Each is kept by itself: a buffer for all would be copied again and again as it grows.
#[derive(Default)]
struct Texts {
    pages: Vec<Box<[u8]>>,
    /// Bytes of running text.
    total: usize,
}

impl Texts {
    fn add(&mut self, entry: &Entry) {
        self.total += entry.sections.iter().map(|section| section.text.len()).sum::<usize>();
        let mut page = Writer::default();
        texts::write(entry, &mut page);
        self.pages.push(page.0.into_boxed_slice());
    }

    /// The pages of each pack, and how many they are.
    fn packs(&self) -> (Vec<Vec<&[u8]>>, Vec<usize>) {
        let full = Size::TEXTS.full(self.total);
        let mut packs = Vec::<Vec<&[u8]>>::new();
        let mut room = 0;
        for page in &self.pages {
            if room == 0 {
                packs.push(Vec::new());
                room = full;
            }
            if let Some(pack) = packs.last_mut() {
                pack.push(page);
            }
            room = room.saturating_sub(page.len());
        }
        let counts = packs.iter().map(Vec::len).collect();
        (packs, counts)
    }
}

/// The packs that come with the boot file, because all of their kind are small together, and the others.
fn split_small(packs: Vec<Pack<'_>>) -> (Vec<Pack<'_>>, Vec<Pack<'_>>) {
    let kind = |file: FileId| std::mem::discriminant(&file);
    let mut sizes = HashMap::<_, usize>::new();
    for (file, parts) in &packs {
        *sizes.entry(kind(*file)).or_default() += parts.iter().map(|part| part.len()).sum::<usize>();
    }
    packs.into_iter().partition(|(file, _)| sizes[&kind(*file)] <= inline(*file))
}

/// Puts every payload into its envelope, under the name of the whole.
fn name_and_compress(lang: Lang, packs: Vec<Pack<'_>>) -> Vec<OutputFile> {
    let mut hash = sha2::Sha256::default();
    for part in packs.iter().flat_map(|(_, parts)| parts) {
        sha2::Digest::update(&mut hash, part);
    }
    let build: Build = std::array::from_fn({
        let digest = sha2::Digest::finalize(hash);
        move |at| digest[at]
    });
    let index = format!("{lang}-{:016x}", u64::from_be_bytes(build));

    let mut files: Vec<OutputFile> = packs
        .into_par_iter()
        .map(|(file, parts)| OutputFile {
            path: format!("{FOLDER}/{index}/{file}"),
            bytes: compress(file, seal(build, file, &parts.concat())),
        })
        .collect();
    let (engine, other, format) = (assets::engine_name(), lang.other(), boot::FORMAT);
    let manifest =
        format!("{{\"format\":{format},\"index\":\"{index}\",\"engine\":\"{engine}\",\"other\":\"{other}\"}}\n");
    files.push(OutputFile { path: format!("{FOLDER}/{lang}.json"), bytes: manifest.into_bytes() });
    files
}

/// Positions are packed to the bit already; gzip would spend a second on a tenth.
fn compress(file: FileId, sealed: Vec<u8>) -> Vec<u8> {
    if matches!(file, FileId::Positions(_)) {
        return sealed;
    }
    let mut gzip = GzBuilder::new().write(Vec::with_capacity(sealed.len() / 2), Compression::new(6));
    let written = gzip.write_all(&sealed).and_then(|()| gzip.finish());
    // A sealed file is valid without compression, too; writing to memory does not fail.
    written.unwrap_or(sealed)
}
