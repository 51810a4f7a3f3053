//! Mistakes written out: [`text()`] for people, [`json`], [`github`] and [`sarif`] for programs; the status of the pairs
//! ([`status_text`]); and what falls due, as a [`calendar()`]. Pure; the binary prints.
//!
//! Names and values of the content reach a terminal in [`text()`] only as [`crate::terminal`] lets them.

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::Lang;
use crate::path::ContentPath;

mod calendar;
mod causes;
mod lines;
mod machine;
mod status;
mod sums;
mod text;

pub use calendar::calendar;
pub use machine::{github, json, sarif};
pub use status::{change_json, state_words, status_csv, status_json, status_text};
pub use sums::{summary, sums};
pub use text::text;

/// Where the files of a report are found and how they are named.
pub struct Files<'a> {
    /// The text of a file, if it can be read. It is called once for each file of a report.
    pub text: &'a dyn Fn(&ContentPath) -> Option<Cow<'a, str>>,
    /// The file's path as the reader of the report knows it.
    pub name: &'a dyn Fn(&ContentPath) -> String,
}

/// What kind of message it is, in a reader's language.
fn severity_name(severity: Severity, lang: Lang) -> &'static str {
    match (severity, lang) {
        (Severity::Error, Lang::En) => "error",
        (Severity::Error, Lang::Fr) => "erreur",
        (Severity::Warning, Lang::En) => "warning",
        (Severity::Warning, Lang::Fr) => "avertissement",
        (Severity::Info, Lang::En) => "note",
        (Severity::Info, Lang::Fr) => "remarque",
    }
}

/// What is wrong and what to do, in one text.
fn whole_message(diagnostic: &Diagnostic, lang: Lang) -> String {
    format!("{}. {}", diagnostic.message.get(lang), diagnostic.help.get(lang))
}
