//! Mistakes written out: [`text()`] for people, [`json`], [`github`] and [`sarif`] for programs. Pure; the binary prints.
//!
//! Names and values of the content reach a terminal in [`text()`] only as [`crate::terminal`] lets them.

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::lang::Lang;
use crate::path::ContentPath;

mod machine;
mod text;

pub use machine::{github, json, sarif};
pub use text::{summary, text};

/// Where the files of a report are found and how they are named.
pub struct Files<'a> {
    /// The text of a file, where it can be read.
    pub text: &'a dyn Fn(&ContentPath) -> Option<String>,
    /// The file's path as the reader of the report knows it.
    pub name: &'a dyn Fn(&ContentPath) -> String,
}

/// A place as people count: lines and characters, from 1.
struct Position {
    line: usize,
    column: usize,
}

impl Files<'_> {
    fn position(&self, place: &Place) -> Position {
        let text = (self.text)(&place.file).unwrap_or_default();
        let at = text.floor_char_boundary(place.span.range().start);
        let line_start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        Position { line: text[..at].matches('\n').count() + 1, column: text[line_start..at].chars().count() + 1 }
    }
}

/// What kind of message it is, in a reader's language.
fn severity_name(severity: Severity, lang: Lang) -> &'static str {
    match (severity, lang) {
        (Severity::Error, Lang::En) => "error",
        (Severity::Error, Lang::Fr) => "erreur",
        (Severity::Warning, Lang::En) => "warning",
        (Severity::Warning, Lang::Fr) => "avertissement",
    }
}

/// What is wrong and what to do, in one breath.
fn whole_message(diagnostic: &Diagnostic, lang: Lang) -> String {
    format!("{}. {}", diagnostic.message.get(lang), diagnostic.help.get(lang))
}
