//! Asking an index: [`Index::ask`].
//!
//! The stages, each in its own module: [`parse`] the question, look its words up ([`lookup`]) and find what a misspelt
//! one may have meant ([`spelling`]), [`score`] the pages that hold them, narrow by `facets`, show the passage
//! ([`excerpt`]). A stage that lacks a file ends the attempt; what was computed is computed again next time, which costs
//! less than keeping it would.

mod compound;
mod endings;
mod excerpt;
mod explain;
mod facets;
mod formula;
mod lookup;
mod parse;
mod phrase;
mod postings;
mod refine;
mod score;
mod spelling;
mod sums;
mod synonyms;

use std::io;

use tantivy::directory::FileSlice;
use tantivy::termdict::TermDictionary;

use self::lookup::Sought;
use self::parse::Question;
use self::refine::Reading;
use self::score::{Ranked, Ranking};
use super::analysis::Analyser;
use super::answer::{Answer, By, Origin, ResultSection, SearchResult, Why};
use super::boot::Boot;
use super::directory::Arrivals;
use super::entry::{OVERVIEW, PART};
use super::pack::{Build, Damage, FileId, unseal};
use super::texts::PageText;
use crate::lang::Lang;

/// One language's index, as far as it has arrived.
pub struct Index {
    boot: Boot,
    build: Build,
    arrivals: Arrivals,
    /// The dictionary; nothing if no page has a word.
    terms: Option<TermDictionary>,
    postings: FileSlice,
    positions: FileSlice,
    analyser: Analyser,
    /// For the words of the other language.
    foreign: Analyser,
}

/// Pages are read, and put in their final order, in runs of this many. So the order of results depends neither on how many
/// are asked for nor on where they begin.
const READ: usize = 10;

/// What a section of a page that leads to others counts beside one of those: it says the same in short.
const LESS: f32 = 0.8;

/// What is wanted of an answer.
#[derive(Clone, Debug)]
pub struct Options {
    /// The most results.
    pub limit: usize,
    /// Results to pass over.
    pub offset: usize,
    /// Filter name and key: results have one of the keys of each filter named.
    pub filters: Vec<(String, String)>,
    /// Whether the last word may be unfinished.
    pub typing: bool,
    /// Whether words may be corrected.
    pub correct: bool,
    /// Whether results say why they are where they are.
    pub explain: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { limit: 10, offset: 0, filters: Vec::new(), typing: true, correct: true, explain: false }
    }
}

/// What comes of asking.
#[derive(Clone, Debug)]
pub enum Step {
    /// These files are needed first: feed them and ask again.
    Need(Vec<FileId>),
    /// The answer.
    Answer(Answer),
}

/// Why an attempt to answer ended early.
pub(super) enum Pause {
    /// The directory knows what is missing.
    Missing,
    Damage,
}

impl From<Damage> for Pause {
    fn from(_: Damage) -> Self {
        Self::Damage
    }
}

impl From<io::Error> for Pause {
    fn from(_: io::Error) -> Self {
        Self::Missing
    }
}

impl Index {
    /// Opens an index by its boot file.
    pub fn open(boot: &[u8]) -> Result<Self, Damage> {
        let (build, payload) = unseal(FileId::Boot, boot)?;
        let mut boot = Boot::read(payload)?;
        let arrivals = Arrivals::default();
        for (file, payload) in std::mem::take(&mut boot.inline) {
            arrivals.add(file, payload);
        }
        // Only what tantivy reads of an index is here, and it reads that without the index around it: what opens one would be
        // a third of the engine.
        let terms = match std::mem::take(&mut boot.terms) {
            parts if parts.is_empty() => None,
            parts => Some(TermDictionary::open(arrivals.file(parts)).map_err(|_| Damage)?),
        };
        let postings = arrivals.file(std::mem::take(&mut boot.postings));
        let positions = arrivals.file(std::mem::take(&mut boot.positions));
        let analyser = Analyser::new(boot.lang);
        let foreign = Analyser::new(boot.lang.other());
        Ok(Self { boot, build, arrivals, terms, postings, positions, analyser, foreign })
    }

    /// The language of its pages.
    pub fn lang(&self) -> Lang {
        self.boot.lang
    }

    /// Hands over a file that was needed.
    pub fn feed(&self, file: FileId, sealed: &[u8]) -> Result<(), Damage> {
        let (build, payload) = unseal(file, sealed)?;
        if build != self.build {
            return Err(Damage);
        }
        self.arrivals.add(file, payload.to_vec());
        Ok(())
    }

    /// Answers a question, or names the files that it takes.
    pub fn ask(&self, text: &str, options: &Options) -> Result<Step, Damage> {
        self.step(self.answer(text, options).map(Step::Answer))
    }

    /// Whether every word of a question is in this language's pages. Costs no more than the dictionary.
    pub fn knows(&self, text: &str) -> Result<Result<bool, Vec<FileId>>, Damage> {
        let known = self.knows_words(text);
        match self
            .step(known.map(|known| if known { Step::Answer(Answer::default()) } else { Step::Need(Vec::new()) }))?
        {
            Step::Answer(_) => Ok(Ok(true)),
            Step::Need(files) if files.is_empty() => Ok(Ok(false)),
            Step::Need(files) => Ok(Err(files)),
        }
    }

    /// The ids of all pages, or the files that it takes to tell them.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn ids(&self) -> Result<Result<Vec<String>, Vec<FileId>>, Damage> {
        let places: Vec<_> = (0..self.boot.pages.len() as u32).map(|page| self.boot.text_of(page)).collect();
        let places: Vec<_> = places.into_iter().collect::<Option<_>>().ok_or(Damage)?;
        let packs: Vec<_> = places.iter().map(|&(file, _)| self.arrivals.get(file)).collect();
        let missing = self.arrivals.missing();
        let Some(packs) = packs.into_iter().collect::<Option<Vec<_>>>() else { return Ok(Err(missing)) };
        let pages = packs.iter().zip(places).map(|(pack, (_, nth))| PageText::read(pack, nth));
        pages.map(|page| Ok(page?.id.to_owned())).collect::<Result<_, _>>().map(Ok)
    }

    fn step(&self, attempt: Result<Step, Pause>) -> Result<Step, Damage> {
        let missing = self.arrivals.missing();
        match attempt {
            Ok(step) => Ok(step),
            Err(Pause::Missing) if !missing.is_empty() => Ok(Step::Need(missing)),
            Err(_) => Err(Damage),
        }
    }

    fn knows_words(&self, text: &str) -> Result<bool, Pause> {
        let question = parse::parse(&self.analyser, text, false);
        let sought = self.look_up(&question)?;
        Ok(!sought.is_empty() && sought.iter().all(|word| word.known))
    }

    fn answer(&self, text: &str, options: &Options) -> Result<Answer, Pause> {
        let question = parse::parse(&self.analyser, text, options.typing);
        // Asked for early, so that it travels beside the dictionary.
        let filters = self.arrivals.get(FileId::Filters);
        let mut sought = self.look_up(&question)?;
        let filters = filters.ok_or(Pause::Missing)?;
        self.add_synonyms(&mut sought)?;
        self.translate_unknown(&mut sought)?;
        if options.correct {
            self.correct_unknown(&mut sought)?;
            self.add_synonyms_of_misspelt(&mut sought)?;
        }
        let mut ranking = self.rank(&question, &sought)?;
        if options.correct && !ranking.complete && self.doubt_known(&mut sought)? {
            ranking = self.rank(&question, &sought)?;
        }
        let unknown = |is_missing: &dyn Fn(&Sought) -> bool| -> Vec<String> {
            let words = sought.iter().filter(|word| word.asked.counts() && is_missing(word));
            words.map(|word| word.asked.form.clone()).collect()
        };
        let (kept, counts) = facets::narrow(&filters, self.boot.pages.len(), &ranking.pages, &options.filters)?;
        let first = options.offset / READ * READ;
        let past = options.offset.saturating_add(options.limit).div_ceil(READ).saturating_mul(READ);
        let read: Vec<Ranked> = kept.iter().take(past).skip(first).copied().collect();
        let results = self.show(text, &read, &question, &sought, &ranking, options.explain)?;
        let results = results.into_iter().skip(options.offset - first).take(options.limit).collect();
        Ok(Answer {
            lang: Some(self.boot.lang),
            total: kept.iter().filter(|ranked| ranked.lacks == 0).count(),
            partial: kept.iter().filter(|ranked| ranked.lacks > 0).count(),
            results,
            filters: counts,
            corrected: spelling::corrected(text, &sought, &ranking),
            missing: unknown(&|word| word.variants.is_empty()),
            unknown: unknown(&|word| !word.known && word.variants.iter().all(|variant| variant.distance > 0)),
        })
    }

    fn show(
        &self,
        text: &str,
        shown: &[Ranked],
        question: &Question,
        sought: &[Sought],
        ranking: &Ranking,
        explain: bool,
    ) -> Result<Vec<SearchResult>, Pause> {
        let places: Vec<_> =
            shown.iter().map(|ranked| self.boot.text_of(ranked.page).ok_or(Damage)).collect::<Result<_, _>>()?;
        let packs: Vec<_> = places.iter().map(|&(file, _)| self.arrivals.get(file)).collect();
        let mut results = Vec::with_capacity(shown.len());
        let mut readings = Vec::with_capacity(shown.len());
        let mut behind = Vec::with_capacity(shown.len());
        let mut marker = excerpt::Marker::new(self.boot.lang, sought);
        for ((ranked, (_, nth)), pack) in shown.iter().zip(places).zip(packs) {
            let pack = pack.ok_or(Pause::Missing)?;
            let page = PageText::read(&pack, nth)?;
            let reading = refine::read(&page, &mut marker, question, ranking);
            readings.push(reading);
            let first_choice = ranked.section.map(|section| self.boot.pages.section_on_page(ranked.page, section));
            let section = reading.section.or(first_choice).and_then(|nth| page.sections.get(nth));
            let excerpt = match section {
                Some(&("", "", text)) if text.contains(PART) => marker.excerpt_of_facts(page.summary, text),
                Some((_, _, text)) if !text.is_empty() => marker.excerpt(text),
                _ if !page.summary.is_empty() => marker.excerpt(page.summary),
                _ => page.sections.first().map_or_else(String::new, |(_, _, text)| marker.excerpt(text)),
            };
            let is_aside = page.kind == OVERVIEW && section.is_some() && ranked.by_title <= 0.0;
            behind.push(ranked.lacks > 0 || is_aside);
            results.push(SearchResult {
                id: page.id.to_owned(),
                url: page.url.to_owned(),
                kind: page.kind.to_owned(),
                title: page.title.to_owned(),
                excerpt,
                section: section.filter(|(anchor, heading, _)| !anchor.is_empty() || !heading.is_empty()).map(
                    |&(anchor, heading, _)| ResultSection {
                        anchor: (!anchor.is_empty()).then(|| anchor.to_owned()),
                        heading: heading.to_owned(),
                    },
                ),
                score: (ranked.score + reading.bonus) * if is_aside { LESS } else { 1.0 },
                lang: if page.foreign { self.boot.lang.other() } else { self.boot.lang },
                status: page.status.to_owned(),
                date: page.date.to_owned(),
                why: why(text, &page, reading, ranked, sought, ranking),
                twin: (!page.twin.0.is_empty()).then(|| (page.twin.0.to_owned(), page.twin.1.to_owned())),
                explanation: explain.then(|| explain::explain(&page, &mut marker, ranked, sought, ranking, reading)),
            });
        }
        // Reading changes the order within the pages that have every word, and within those that do not.
        let runs = readings.chunks(READ).flat_map(|run| refine::names(run, question, &marker));
        let places = runs.zip(behind).map(|(name, is_behind)| (name.is_none(), name, is_behind));
        let mut placed: Vec<_> = places.zip(results).collect();
        for run in placed.chunks_mut(READ) {
            run.sort_by(|(place, a), (other, b)| place.cmp(other).then(b.score.total_cmp(&a.score)));
        }
        Ok(placed.into_iter().map(|(_, result)| result).collect())
    }
}

/// Why a page was found, where its words do not show it.
fn why(
    text: &str,
    page: &PageText<'_>,
    reading: Reading,
    ranked: &Ranked,
    sought: &[Sought],
    ranking: &Ranking,
) -> Option<Why> {
    let question = || text.trim().to_owned();
    if reading.is_title {
        return Some(Why { by: By::Title, word: question(), text: page.title.to_owned() });
    }
    if reading.is_twin {
        return Some(Why { by: By::Translation, word: question(), text: page.title.to_owned() });
    }
    if let Some(keyword) = reading.keyword.and_then(|nth| page.keywords.get(nth)) {
        return Some(Why { by: By::Keyword, word: question(), text: (*keyword).to_owned() });
    }
    sought.iter().enumerate().find_map(|(nth, word)| {
        let variant = word.variants.get(ranking.variant_of(nth, ranked.page)?)?;
        let by = match variant.origin {
            Origin::Synonym => By::Synonym,
            Origin::Translation => By::Translation,
            Origin::Word | Origin::Spelling => return None,
        };
        Some(Why { by, word: word.asked.form.clone(), text: variant.form.clone() })
    })
}
