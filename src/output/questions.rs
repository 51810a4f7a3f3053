//! Asks a site's search what `search-tests.yaml` says it must answer, and judges its synonyms: [`check`]. [`places`]
//! says where answers are. What can be known about synonyms without an index is [`idle_synonyms`].

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use crate::diagnostic::{Diagnostic, Diagnostics, KnownNames, Place, catalog};
use crate::lang::Lang;
use crate::layout::{SEARCH_TESTS, WORDS};
use crate::path::ContentPath;
use crate::schema::wording::Written;
use crate::schema::{Config, policies};
use crate::search::Options;
use crate::search::index::{self, Idle, OutputFile};
use crate::search::reader::{Error, Reader};
use crate::site::Site;

/// How many results a reader is expected to look at.
pub const FIRST: usize = 3;

/// How many results are searched for one that is wanted.
pub const LOOKED_THROUGH: usize = 100;

/// Judges what the settings say about the search, using the files of its index.
///
/// # Errors
/// If the index cannot be read.
pub fn check(site: &Site, files: &[OutputFile]) -> Result<Vec<Diagnostic>, Error> {
    let config = &site.config;
    let mut diagnostics = Diagnostics::default();
    if config.questions.is_empty() && config.synonyms.en.is_empty() && config.synonyms.fr.is_empty() {
        return Ok(Vec::new());
    }
    let by_path: BTreeMap<&str, &[u8]> = files.iter().map(|file| (file.path.as_str(), file.bytes.as_slice())).collect();
    let read = |path: &str| by_path.get(path).map(|bytes| bytes.to_vec()).ok_or_else(|| io::ErrorKind::NotFound.into());
    for lang in Lang::BOTH {
        let reader = Reader::open(lang, read)?;
        diagnostics.extend(questions(config, lang, &reader)?);
        diagnostics.extend(synonyms(config, lang, &reader)?);
    }
    let mistakes = diagnostics.into_sorted();
    Ok(mistakes.iter().filter_map(|mistake| policies::judge(mistake, config, &site.schema)).collect())
}

fn questions(
    config: &Config,
    lang: Lang,
    reader: &Reader<impl Fn(&str) -> io::Result<Vec<u8>>>,
) -> Result<Diagnostics, Error> {
    let mut diagnostics = Diagnostics::default();
    let file = ContentPath::new(SEARCH_TESTS);
    let asked = || config.questions.iter().filter(|question| question.lang == lang);
    if asked().next().is_none() {
        return Ok(diagnostics);
    }
    let ids = reader.ids()?;
    let known: BTreeSet<&String> = ids.iter().collect();
    let names = KnownNames::new(ids.iter().cloned());
    for question in asked() {
        // Asked as the results page asks.
        let results = reader.ask(&question.ask.text, &Options::default())?.results.into_iter();
        let found: Vec<String> = results.take(FIRST).map(|result| result.id).collect();
        for id in question.want.iter().filter(|id| !found.contains(&id.text)) {
            let place = Place::new(&file, id.span);
            diagnostics.push(if known.contains(&id.text) {
                catalog::search_test_missed(place, &question.ask.text, &id.text, &found)
            } else {
                catalog::search_test_unknown_page(place, &id.text, &names)
            });
        }
    }
    Ok(diagnostics)
}

/// The places of pages among the answers to a question, from 1; `None` for a page that is not among the first
/// [`LOOKED_THROUGH`].
///
/// # Errors
/// If the index cannot be read.
pub fn places(
    reader: &Reader<impl Fn(&str) -> io::Result<Vec<u8>>>,
    question: &str,
    pages: &[&str],
) -> Result<Vec<Option<usize>>, Error> {
    let mut places = vec![None; pages.len()];
    let mut options = Options::default();
    // Asked page by page, as the results page does: each is put in its order by itself.
    while options.offset < LOOKED_THROUGH && places.contains(&None) {
        let results = reader.ask(question, &options)?.results;
        for (nth, result) in results.iter().enumerate() {
            if let Some(at) = pages.iter().position(|id| *id == result.id) {
                places[at] = places[at].or(Some(options.offset + nth + 1));
            }
        }
        if results.len() < options.limit {
            break;
        }
        options.offset += options.limit;
    }
    Ok(places)
}

/// Synonyms whose words lead nowhere.
fn synonyms(
    config: &Config,
    lang: Lang,
    reader: &Reader<impl Fn(&str) -> io::Result<Vec<u8>>>,
) -> Result<Diagnostics, Error> {
    let mut diagnostics = Diagnostics::default();
    let file = ContentPath::new(WORDS);
    for synonym in config.synonyms.get(lang) {
        let leads = !synonym.one_way && reader.knows(&synonym.say.text)?;
        for other in &synonym.also {
            if !leads && !reader.knows(&other.text)? {
                diagnostics.push(catalog::synonym_unknown(Place::new(&file, other.span), &other.text));
            }
        }
    }
    Ok(diagnostics)
}

/// Synonyms that add nothing, as far as that can be known without the pages.
pub fn idle_synonyms(config: &Config) -> Vec<Diagnostic> {
    let file = ContentPath::new(WORDS);
    let place = |written: &Written| Place::new(&file, written.span);
    let all = Lang::BOTH.into_iter().flat_map(|lang| index::idle(config.synonyms.get(lang), lang));
    all.map(|idle| match idle {
        Idle::SameWord(one, other) => catalog::synonym_same_word(place(other), &one.text, &other.text),
        Idle::Repeated(one, other, before) => {
            catalog::synonym_repeated(place(other), &one.text, &other.text, place(before))
        }
    })
    .collect()
}
