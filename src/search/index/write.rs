//! Writes the documents of all pages into one tantivy segment: [`Segment`].

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use tantivy::directory::{OwnedBytes, RamDirectory};
use tantivy::index::SegmentComponent;
use tantivy::store::Compressor;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};
use tantivy::{Directory, Index, IndexSettings, SingleSegmentIndexWriter, TantivyDocument};

use super::super::Entry;
use super::super::analysis::Analyser;
use super::super::boot::Middle;
use super::super::layout::{FIELD, field, schema};
use super::analyse::{Analysed, END, analyse};
use crate::lang::Lang;

/// A segment, and what only the boot file knows of its pages.
pub(super) struct Written {
    pub(super) files: Vec<File>,
    /// Sections, words of running text and words of the title of each page.
    pub(super) pages: Vec<(usize, usize, usize)>,
    pub(super) index: Index,
}

/// One of tantivy's files.
pub(super) struct File {
    pub(super) extension: String,
    pub(super) component: SegmentComponent,
    pub(super) middle: Middle,
    pub(super) bytes: OwnedBytes,
}

/// Pages that one thread analyses at once.
const RUN: usize = 32;
/// Memory for the words of the segment; it sizes a table and sets no limit.
const BUDGET: usize = 64 << 20;

/// A segment that grows by whole pages.
pub(super) struct Segment {
    lang: Lang,
    memory: RamDirectory,
    writer: SingleSegmentIndexWriter<TantivyDocument>,
    /// Analysers that no thread uses now, with the words that they remember: a site has far fewer words than text.
    analysers: Mutex<Vec<Analyser>>,
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
        let memory = RamDirectory::create();
        let writer = Index::builder()
            .schema(schema())
            .settings(settings)
            .tokenizers(tokenizers)
            .single_segment_index_writer(memory.clone(), BUDGET)?;
        Ok(Self { lang, memory, writer, analysers: Mutex::default(), pages: Vec::new() })
    }

    /// Adds pages: analyses them on all threads, then writes them one by one.
    pub(super) fn add(&mut self, entries: &[Entry]) -> tantivy::Result<()> {
        let analysers = || self.analysers.lock().unwrap_or_else(PoisonError::into_inner);
        let analysed: Vec<Vec<Analysed>> = entries
            .par_chunks(RUN)
            .map(|run| {
                let idle = analysers().pop();
                let mut analyser = idle.unwrap_or_else(|| Analyser::new(self.lang));
                let pages = run.iter().map(|entry| analyse(&mut analyser, entry)).collect();
                analysers().push(analyser);
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
        Ok(Written { files: files(&index, &self.memory)?, pages: self.pages, index })
    }
}

/// The segment's files, by their extensions: the rest of their names is random.
fn files(index: &Index, memory: &RamDirectory) -> tantivy::Result<Vec<File>> {
    let mut files = Vec::new();
    for segment in index.searchable_segment_metas()? {
        let components = [
            (SegmentComponent::Terms, Middle::Terms),
            (SegmentComponent::Postings, Middle::Postings),
            (SegmentComponent::Positions, Middle::Positions),
            (SegmentComponent::FastFields, Middle::Unread),
            (SegmentComponent::FieldNorms, Middle::Unread),
            (SegmentComponent::Store, Middle::Unread),
        ];
        for (component, middle) in components {
            let path = segment.relative_path(component.clone());
            // Read below tantivy's own wrapper, so that its checksums at the end of the file are there, too.
            let bytes = memory.get_file_handle(&path)?;
            let bytes = bytes.read_bytes(0..bytes.len())?;
            let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
            files.push(File { extension, component, middle, bytes });
        }
    }
    Ok(files)
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
        let Some((word, rest)) = self.rest.split_once(END) else { return false };
        let leap = usize::from(word.as_bytes()[0] - 1);
        self.token.position += leap;
        self.token.text.clear();
        self.token.text.push_str(&word[1..]);
        self.rest = rest;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
