//! Packages for translators: what changed in one language, ready to be worked on in their own tools ([`Package`]),
//! and what comes back ([`Returned`]). Owns `quick-xml`.
//!
//! A package holds the sections of one record whose translation is behind, or all of them where there is no
//! translation: for each passage its words, what they were when both sides were confirmed, and the present translation.
//! Marks of Markdown are numbers; what each stands for is never read from a package, but from the site as it is. So
//! nothing comes in with a package but words.
//!
//! A passage is known by its [`Reference`]: its section, its number there, what the section said and what its
//! translation said. From the reference alone it is seen whether anything of it has changed since. `edits` puts words
//! in their places; here nothing is changed.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::diagnostic::Span;
use crate::lang::{Lang, PerLang};
use crate::pairs::history::{Edit, count_words};
use crate::path::ContentPath;

mod build;
mod comparison;
mod docx;
mod inlines;
mod notes;
mod place;
mod side;
mod values;
mod words;
mod xliff;
mod xml;

pub use comparison::{Comparison, Group, Pair, Part};
pub use notes::Names;
pub use place::{Filled, Unwritable};
pub use side::Kind;
pub use words::{Mark, MarkKind, Words};

pub use crate::diagnostic::package::{Unreadable, Untranslatable};

/// What is sent to a translator for one record.
#[derive(Clone, Debug)]
pub struct Package {
    /// Where it belongs.
    pub address: Address,
    /// What is worth knowing of the record: its facts.
    pub notes: Vec<String>,
    /// The sections.
    pub sections: Vec<Section>,
}

/// Where a package belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The name of the site.
    pub site: String,
    /// The record.
    pub id: String,
    /// The language that is translated from.
    pub from: Lang,
    /// The language that is translated to.
    pub to: Lang,
}

/// A section of a package.
#[derive(Clone, Debug)]
pub struct Section {
    /// What it is called by programs.
    pub key: String,
    /// What it is called in the language that is translated from.
    pub title: String,
    /// Its passages.
    pub passages: Vec<Passage>,
}

/// A passage of a package.
#[derive(Clone, Debug)]
pub struct Passage {
    /// By what it is known.
    pub reference: Reference,
    /// What it is.
    pub kind: Kind,
    /// What it says.
    pub source: Words,
    /// What its translation says; nothing where there is none.
    pub target: Words,
    /// What it said when both sides were confirmed, where that is another text.
    pub before: Option<String>,
    /// The words by which it differs from that.
    pub changes: Vec<Edit>,
    /// What is to be done.
    pub state: State,
    /// Its marks, as they are written in Markdown, by number.
    pub marks: BTreeMap<u32, Mark>,
    /// What is worth knowing of it.
    pub notes: Vec<String>,
}

/// What is to be done with a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It has no translation.
    New,
    /// It says something else than when its translation was made.
    Changed,
    /// It is in a section that changed, and says what it said.
    Same,
}

/// By what a passage is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The key of its section.
    pub section: String,
    /// Its number there, from 1.
    pub number: usize,
    /// What the section says in short.
    pub source: String,
    /// What the translation of the passage said in short.
    pub target: String,
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { section, number, source, target } = self;
        write!(f, "{section}.{number}.{source}.{target}")
    }
}

impl FromStr for Reference {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.trim().rsplitn(4, '.');
        let mut part = || parts.next().filter(|part| !part.is_empty()).ok_or(());
        let (target, source, number) = (part()?, part()?, part()?);
        let is_digest =
            |text: &str| text == "-" || text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_digest(target) || !is_digest(source) {
            return Err(());
        }
        let number = number.parse().map_err(|_| ())?;
        Ok(Self { section: part()?.to_owned(), number, source: source.to_owned(), target: target.to_owned() })
    }
}

/// What came back from a translator.
#[derive(Clone, Debug)]
pub struct Returned {
    /// The name of the file that it came in.
    pub file: ContentPath,
    /// The file as a text in which places are shown.
    pub text: String,
    /// Where it belongs.
    pub address: Address,
    /// Its passages.
    pub passages: Vec<ReturnedPassage>,
}

/// A passage that came back.
#[derive(Clone, Debug)]
pub struct ReturnedPassage {
    /// By what it is known, as it was written.
    pub reference: String,
    /// What its translation says.
    pub target: Words,
    /// Where it is in the text.
    pub span: Span,
}

/// The kinds of package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For the tools of translators.
    Xliff,
    /// For a word processor.
    Docx,
}

impl Format {
    /// The ending of a package's name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Xliff => "xlf",
            Self::Docx => "docx",
        }
    }
}

/// No package is larger, also unpacked.
pub const LARGEST: usize = 1 << 26;

/// What is to go into a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The sections whose translation is behind.
    Due,
    /// All sections.
    Whole,
}

impl Package {
    /// The package of a record; none where there is nothing to translate.
    pub fn of(comparison: &Comparison, extent: Extent, site: &str, notes: Vec<String>, names: &Names) -> Option<Self> {
        let section = |part: &Part| {
            let pairs = part.passages.clone().map(|at| &comparison.pairs[at]);
            // What neither has a place nor can be put in is left to people.
            let pairs = pairs.filter(|pair| pair.present.is_some() || pair.group.is_some());
            let passages: Vec<Passage> = pairs.map(|pair| passage(comparison, part, pair, names)).collect();
            let title = comparison.title_of(part).to_owned();
            (!passages.is_empty()).then(|| Section { key: part.row.key.clone(), title, passages })
        };
        let sections: Vec<Section> = comparison.wanted(extent).filter_map(section).collect();
        let address =
            Address { site: site.to_owned(), id: comparison.id.clone(), from: comparison.from, to: comparison.to };
        (!sections.is_empty()).then_some(Self { address, notes, sections })
    }

    /// The package with the words of the source where something is to be translated: some tools show nothing else.
    #[must_use]
    pub fn prefilled(mut self) -> Self {
        let passages = self.sections.iter_mut().flat_map(|section| &mut section.passages);
        for passage in passages.filter(|passage| passage.state != State::Same) {
            passage.target = passage.source.clone();
        }
        self
    }

    /// The package as a file.
    pub fn write(&self, format: Format) -> Vec<u8> {
        match format {
            Format::Xliff => xliff::write(self),
            Format::Docx => docx::write(self),
        }
    }

    /// How many words are to be translated.
    pub fn words(&self) -> usize {
        let passages = self.sections.iter().flat_map(|section| &section.passages);
        let due = passages.filter(|passage| passage.state != State::Same);
        due.map(|passage| count_words(&passage.source.text())).sum()
    }

    /// Its name among those of other records.
    pub fn file_name(&self, format: Format) -> String {
        let Address { id, to, .. } = &self.address;
        format!("{}.{to}.{}", id.replace('/', "--"), format.ending())
    }
}

fn passage(comparison: &Comparison, part: &Part, pair: &Pair, names: &Names) -> Passage {
    let reference = Reference {
        section: part.row.key.clone(),
        number: pair.number,
        source: part.digest.clone(),
        target: comparison.digest_of(pair),
    };
    let state = match &pair.present {
        None => State::New,
        Some(_) if pair.is_as_it_was => State::Same,
        Some(_) => State::Changed,
    };
    Passage {
        reference,
        kind: pair.kind,
        source: pair.words.clone(),
        target: pair.present.clone().unwrap_or_default(),
        before: pair.before.clone(),
        changes: pair.changes.clone(),
        state,
        marks: pair.marks.clone(),
        notes: names.notes(&comparison.id, &pair.words.text(), comparison.from),
    }
}

/// Reads a file that came back; `file` is what it is called in messages.
pub fn read(file: &ContentPath, bytes: &[u8]) -> Result<Returned, Unreadable> {
    if bytes.len() > LARGEST {
        return Err(Unreadable::TooLarge);
    }
    if bytes.starts_with(b"PK") { docx::read(file, bytes) } else { xliff::read(file, bytes) }
}

/// The name by which a site's packages are known.
pub fn site_name(name: &PerLang<String>) -> String {
    format!("{} | {}", name.en, name.fr)
}

/// How a mark is written in Markdown, in short.
pub fn mark_label(mark: &Mark) -> String {
    match mark.kind {
        MarkKind::LineBreak => "<br>".to_owned(),
        _ if mark.close.is_empty() => mark.open.clone(),
        _ => format!("{}…{}", mark.open, mark.close),
    }
}
