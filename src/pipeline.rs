//! The output of a site, every file of it: [`write()`]. It does no I/O itself; a [`Sink`] receives the files.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::lang::Lang;
use crate::output::{self, Artifact};
use crate::path::{ContentPath, OutputPath};
use crate::search::index::OutputFile;
use crate::site::{RecordId, Target};
use crate::workspace::Ready;

/// Receives the files of an output. Many threads write at once.
pub trait Sink: Sync {
    /// Why a file could not be written.
    type Error: Send;

    /// Writes a file.
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Self::Error>;

    /// Looks at the files of the search index before they are written.
    fn index(&self, _: &[OutputFile]) {}

    /// Copies an asset of the content folder.
    fn copy(&self, path: &str, asset: &ContentPath) -> Result<(), Self::Error>;
}

/// Why an output could not be made.
pub enum Failure<E> {
    /// A mistake in a template.
    Mistake(Box<Diagnostic>),
    /// The index could not be made.
    Index(tantivy::TantivyError),
    /// A file could not be written.
    Sink(E),
}

/// Makes every file of the output and gives each to the sink. The words of a record's side are read once, for its page and
/// for the index; other pages are made at the same time. `done` is called as each of the two ends.
pub fn write<S: Sink>(
    ready: &Ready,
    sink: &S,
    done: &(dyn Fn(&'static str) + Sync),
) -> Result<usize, Failure<S::Error>> {
    let Ready { site, theme, plan } = ready;
    let mut of_side = HashMap::<(RecordId, Lang), Vec<(&OutputPath, &Artifact)>>::new();
    let mut others = Vec::new();
    for (path, content) in plan.iter() {
        match content.side() {
            Some(side) => of_side.entry(side).or_default().push((path, content)),
            None => others.push((path, content)),
        }
    }
    let failed = Mutex::new(None);
    let take = |id, lang, words: Document<Target>| {
        let make = |(path, content): &(&OutputPath, &Artifact), words| {
            if let Err(failure) = write_made(sink, path, output::make_of(site, theme, content, words)) {
                failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(failure);
            }
        };
        let Some((last, others)) = of_side.get(&(id, lang)).and_then(|files| files.split_last()) else { return };
        for file in others {
            make(file, words.clone());
        }
        make(last, words);
    };
    let pages = || {
        let written = others.par_iter().try_for_each(|(path, content)| match content {
            Artifact::Asset(asset) => sink.copy(path.as_str(), asset).map_err(Failure::Sink),
            content => write_made(sink, path, output::make(site, theme, content)),
        });
        done("other files");
        written
    };
    let (index, written) = output::search_beside(site, theme, &take, pages);
    done("records");
    written?;
    failed.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)?;
    let index = index.map_err(Failure::Index)?;
    sink.index(&index);
    index.par_iter().try_for_each(|file| sink.write(&file.path, &file.bytes).map_err(Failure::Sink))?;
    Ok(plan.len() + index.len())
}

/// Gives a file to the sink, if there is one and its template had no mistake.
fn write_made<S: Sink>(
    sink: &S,
    path: &OutputPath,
    made: Result<Option<impl AsRef<[u8]>>, Box<Diagnostic>>,
) -> Result<(), Failure<S::Error>> {
    match made.map_err(Failure::Mistake)? {
        Some(bytes) => sink.write(path.as_str(), bytes.as_ref()).map_err(Failure::Sink),
        None => Ok(()),
    }
}

/// Accepts everything and keeps only the search index: for checks, which render every page to try the templates, and
/// ask the search.
#[derive(Default)]
pub struct Discard(Mutex<Vec<OutputFile>>);

impl Discard {
    /// The files of the search index.
    pub fn into_index(self) -> Vec<OutputFile> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Discard {
    type Error = std::convert::Infallible;

    fn write(&self, _: &str, _: &[u8]) -> Result<(), Self::Error> {
        Ok(())
    }

    fn index(&self, files: &[OutputFile]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(files);
    }

    fn copy(&self, _: &str, _: &ContentPath) -> Result<(), Self::Error> {
        Ok(())
    }
}
