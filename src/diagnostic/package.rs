//! What can be wrong with a package for translators, or with what is to go into one.

use crate::lang::Lang;

/// Why the two languages of a record cannot be compared passage by passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untranslatable {
    /// There is no page to translate from.
    NoSource,
    /// A file of the record cannot be read, which is a mistake of its own.
    Unreadable,
    /// Its passages are not in the units of its outline. Both are read from the same files, so the program is at fault.
    OutOfStep,
}

/// Why a file is not a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is another kind of file.
    Other,
    /// It is damaged, from this byte of its text on.
    Damaged(usize),
    /// It declares a document type, by which a small file can become a huge one.
    Doctype,
    /// It is larger than any package.
    TooLarge,
    /// It is a version of the format that Diptych does not write.
    Version(String),
}

/// Where a package belongs that cannot be imported.
#[derive(Clone, Copy, Debug)]
pub enum Elsewhere<'a> {
    /// To another site, of this name.
    Site(&'a str),
    /// To a record that is not, or no longer, one to translate.
    Record {
        /// The record.
        id: &'a str,
        /// The language that is translated from.
        from: Lang,
        /// Why it is not.
        why: Untranslatable,
    },
}

/// What is wrong with the marks of a translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkFault {
    /// It is not there.
    Missing,
    /// It is there twice, or begins without an end.
    Unpaired,
    /// No passage has it.
    Unknown,
    /// The passage cannot be written as it is.
    Unwritable,
}
