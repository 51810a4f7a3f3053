//! Running text as Canadian English and Canadian French set it.
//!
//! Writers type what their keyboards have; a reader of French expects « mots⍽: » and `1 234 $`, which no line end
//! splits. A [`Typographer`] walks the runs of one block and fixes spaces, quotation marks, apostrophes, dashes and
//! ellipses. It never changes a word, a digit or their order, and it leaves what is already set alone. [`pieces()`]
//! finds the raised letters when HTML is written.
//!
//! What only the writer can fix, because words would change, is reported by [`check()`]: a 12-hour time in French, a
//! number grouped as in the other language.
//!
//! What is *not* touched, because it may mean something: hyphens between numbers (`80-120`, `2015-06-30`, `SOR/98-2`;
//! only telephone numbers are certain), numbering such as `17(1)b)`, addresses of pages and people, needless spaces.
//! Code never gets here: see [`Typographer::opaque`].

mod address;
mod check;
mod marks;
mod pieces;
mod quotes;
mod setting;
mod spaces;
mod typographer;
mod vocabulary;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::lang::Lang;

pub(crate) use check::slashed;
pub use check::{Finding, Grouped, Rule, WholeNumbers, check};
pub use pieces::{Piece, pieces};
pub use typographer::{OPAQUE, Typographer};

/// Sets a text that is a block of its own: a title, a cell, a fact.
pub fn apply(lang: Lang, text: &str) -> Cow<'_, str> {
    Typographer::new(lang).text(text)
}

/// Every character that a writer may have typed as a space, ordinary or not.
pub(crate) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\t' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// The text without one space at its beginning.
pub(crate) fn skip_space(text: &str) -> &str {
    text.strip_prefix(is_space).unwrap_or(text)
}

/// The digits at the beginning of a text, and the rest.
pub(crate) fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

/// Letters and digits, and the sign that stands for a word that is not text.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '\u{fffc}'
}
