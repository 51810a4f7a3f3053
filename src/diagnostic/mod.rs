//! Mistakes in the content, as values: [`Diagnostic`], where it is ([`Place`]) and how serious it is ([`Severity`]).
//!
//! A stage returns what it made and the [`Diagnostics`] it found; nothing here is ever thrown or logged. Their wording
//! is in [`catalog`], English and French side by side; `crate::report` writes the messages out.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::lang::PerLang;
use crate::path::ContentPath;

pub mod catalog;
mod correction;
pub(crate) mod foreign_keys;
pub mod kept;
mod known_names;
pub mod package;
mod slip;
mod untaken;

pub use correction::Correction;
pub use known_names::{KnownNames, sure};
pub use slip::Slip;
pub use untaken::Untaken;

/// A range of bytes in a file. Files are far smaller than 4 GiB; `source` refuses larger ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The start of a file, for mistakes that concern the whole file.
    pub const START: Self = Self { start: 0, end: 0 };

    /// The span of a range of bytes.
    pub fn new(range: Range<usize>) -> Self {
        let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: offset(range.start), end: offset(range.end) }
    }

    /// The same range, `by` bytes further on.
    pub fn shifted(self, by: u32) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// The range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Where a part of the text that is here is in its file: exactly if the file has the text as it is read, also with
    /// a mark before and after it; else here as a whole, for example where the text is on several lines.
    #[must_use]
    pub fn narrowed(self, file: &str, text: &str, part: &Range<usize>) -> Self {
        let written = file.get(self.range()).unwrap_or_default();
        let is_here = |marks: &usize| written.get(*marks..written.len().saturating_sub(*marks)) == Some(text);
        let Some(before) = [0, 1].into_iter().find(is_here) else { return self };
        let start = self.range().start + before;
        Self::new(start + part.start..start + part.end)
    }
}

/// A span and the file that it is in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The file, which need not exist: a missing `site.yaml` has a place too.
    pub file: ContentPath,
    /// Where in the file.
    pub span: Span,
}

impl Place {
    /// A place in a file.
    pub fn new(file: &ContentPath, span: Span) -> Self {
        Self { file: file.clone(), span }
    }
}

/// How serious a mistake is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// The site is not built.
    Error,
    /// The site is built; someone should look.
    Warning,
    /// Nothing needs to be done; programs and the editor show it, reports for people count it.
    Info,
}

impl Severity {
    /// The severity's name in machine-readable output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// The name of a kind of mistake. It is not written `&str`, which serde would borrow from the text that it reads.
pub type Name = &'static str;

/// One mistake, with enough to fix it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The mistake's stable name: `unknown-reference`.
    #[serde(deserialize_with = "kept::name")]
    pub name: Name,
    /// How serious it is.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is wrong.
    pub message: PerLang<String>,
    /// What to do.
    pub help: PerLang<String>,
    /// Another place that belongs to the mistake, and what it is.
    pub related: Option<(Place, PerLang<String>)>,
    /// What to write instead, where there is one answer.
    pub fix: Option<Correction>,
}

/// The mistakes found so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds a mistake.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds mistakes.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(diagnostics);
    }

    /// Keeps the mistakes that came with a value, and hands the value on.
    pub fn absorb<T>(&mut self, (value, diagnostics): (T, Self)) -> T {
        self.0.extend(diagnostics.0);
        value
    }

    /// The mistakes, in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Whether a mistake forbids building.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many mistakes have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The mistakes by file and place, each once.
    pub fn into_sorted(self) -> Vec<Diagnostic> {
        let mut sorted = self.0;
        sorted.sort_by(|a, b| {
            (&a.place, a.severity, a.name, &a.message).cmp(&(&b.place, b.severity, b.name, &b.message))
        });
        sorted.dedup();
        sorted
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(diagnostics: I) -> Self {
        Self(diagnostics.into_iter().collect())
    }
}
