//! Values as each language writes them: dates, quantities, money, file sizes, lists, telephone numbers, names of
//! languages, and the order of words.
//!
//! Every value is parsed once into a type that cannot hold a wrong one, and written by a pure function of the
//! [`Lang`](crate::lang::Lang). The result is plain text with no-break spaces in place; where French raises letters
//! (`1er`), [`typography::pieces`](crate::typography::pieces) finds them when HTML is written, so that the search index
//! and the page share one string.
//!
//! Large libraries do most of this for the French of France or disagree with the federal style guides (`1 décembre`,
//! `4:30 p.m.`, U+202F between digits), so the small tables here are our own. The hard parts come from libraries: the
//! calendar from [`jiff`] and the order of words from [`icu_collator`].

mod collation;
mod content_line;
mod date;
mod file_size;
mod language;
mod list;
mod money;
mod number;
mod phone;
mod quantity;

pub use collation::Collator;
pub use content_line::{content_line, escaped};
pub(crate) use date::MONTHS;
pub use date::{Date, DateError, Months};
pub use file_size::file_size;
pub use language::{language_code, language_name};
pub use list::conjunction;
pub use money::{Amount, AmountError, Currency, Money};
pub use number::{Number, NumberError, count, percent, plural};
pub use phone::{Phone, PhoneError};
pub use quantity::{EmptyRange, Quantity, Range, Unit};

/// Joins what must not be separated at the end of a line.
pub(crate) const NO_BREAK_SPACE: char = '\u{a0}';
/// A hyphen at which no line ends.
pub(crate) const NO_BREAK_HYPHEN: char = '\u{2011}';

/// A text with a capital at its beginning, as headings have it.
pub(crate) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[cfg(test)]
mod tests;
