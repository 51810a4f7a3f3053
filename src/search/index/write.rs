//! Writes the documents of all pages into one tantivy segment: [`Segment`].

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use tantivy::directory::{CompositeFile, OwnedBytes, RamDirectory};
use tantivy::index::SegmentComponent;
use tantivy::store::Compressor;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};
use tantivy::{Index, IndexSettings, SingleSegmentIndexWriter, TantivyDocument};

use super::super::Entry;
use super::super::layout::{FIELD, field, schema};
use super::analyse::{Analysed, END, analyse};
use super::keys::Keys;
use crate::lang::Lang;

/// A segment, as far as searching reads it, and what only the boot file knows of its pages.
pub(super) struct Written {
    /// The dictionary; nothing if no page has a word.
    pub(super) terms: Option<OwnedBytes>,
    pub(super) postings: OwnedBytes,
    pub(super) positions: OwnedBytes,
    /// Sections, words of running text and words of the title of each page.
    pub(super) pages: Vec<(usize, usize, usize)>,
}

/// tantivy writes the number of all words before the first posting.
const BEFORE_POSTINGS: usize = 8;
/// Pages that one thread analyses at once.
const RUN: usize = 32;
/// Memory for the words of the segment; it sizes a table and sets no limit.
const BUDGET: usize = 64 << 20;

/// A segment that grows by whole pages.
pub(super) struct Segment {
    lang: Lang,
    writer: SingleSegmentIndexWriter<TantivyDocument>,
    /// The keys that no thread uses now: a site has far fewer words than text.
    idle: Mutex<Vec<Keys>>,
    pages: Vec<(usize, usize, usize)>,
}

impl Segment {
    pub(super) fn new(lang: Lang) -> tantivy::Result<Self> {
        let tokenizers = TokenizerManager::new();
        tokenizers.register(FIELD, Words::default());
        let settings = IndexSettings {
            docstore_compression: Compressor::None,
            docstore_compress_dedicated_thread: false,
            ..IndexSettings::default()
        };
        let writer = Index::builder()
            .schema(schema())
            .settings(settings)
            .tokenizers(tokenizers)
            .single_segment_index_writer(RamDirectory::create(), BUDGET)?;
        Ok(Self { lang, writer, idle: Mutex::default(), pages: Vec::new() })
    }

    /// Adds pages: analyses them on all threads, then writes them one by one.
    pub(super) fn add(&mut self, entries: &[Entry]) -> tantivy::Result<()> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let analysed: Vec<Vec<Analysed>> = entries
            .par_chunks(RUN)
            .map(|run| {
                let known = idle().pop();
                let mut keys = known.unwrap_or_else(|| Keys::new(self.lang));
                let pages = run.iter().map(|entry| analyse(&mut keys, entry)).collect();
                idle().push(keys);
                pages
            })
            .collect();
        for page in analysed.into_iter().flatten() {
            self.pages.push((page.sections, page.length, page.title_words));
            for words in page.documents {
                let mut document = TantivyDocument::new();
                if !words.is_empty() {
                    document.add_text(field(), words);
                }
                self.writer.add_document(document)?;
            }
        }
        Ok(())
    }

    pub(super) fn finish(self) -> tantivy::Result<Written> {
        let index = self.writer.finalize()?;
        let mut segments = index.searchable_segments()?.into_iter();
        let segment = segments.next();
        let read = |component| segment.as_ref().map_or(Ok(None), |segment| read(segment, component));
        let postings = read(SegmentComponent::Postings)?.unwrap_or_else(OwnedBytes::empty);
        Ok(Written {
            terms: read(SegmentComponent::Terms)?,
            postings: postings.slice(BEFORE_POSTINGS.min(postings.len())..postings.len()),
            positions: read(SegmentComponent::Positions)?.unwrap_or_else(OwnedBytes::empty),
            pages: self.pages,
        })
    }
}

/// What a file of the segment holds of the one field, without what tantivy wraps around it.
fn read(segment: &tantivy::Segment, component: SegmentComponent) -> tantivy::Result<Option<OwnedBytes>> {
    let file = CompositeFile::open(&segment.open_read(component)?)?;
    Ok(file.open_read(field()).map(|of_field| of_field.read_bytes()).transpose()?)
}

/// Reads the words that [`analyse`] has written.
#[derive(Clone, Default)]
struct Words(Token);

struct Stream<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.0.reset();
        self.0.position = 0;
        Stream { rest: text, token: &mut self.0 }
    }
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Some(end) = self.rest.bytes().position(|byte| byte == END) else { return false };
        let word = &self.rest[..end];
        let leap = usize::from(word.as_bytes()[0] - 1);
        self.token.position += leap;
        self.token.text.clear();
        self.token.text.push_str(&word[1..]);
        self.rest = &self.rest[end + 1..];
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
