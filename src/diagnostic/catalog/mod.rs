//! Every mistake that Diptych names: its stable name, its severity and its wording in both languages.
//!
//! One function for each mistake. Call sites pass what they have; nothing else words a mistake, except the rules of
//! [`crate::typography`]. The message says what is wrong, the help what to do, both in words of a writer's work.

use super::known_names::{name_list, nearest, sure};
use super::{Correction, Diagnostic, Place, Severity};
use crate::lang::PerLang;

mod assets;
mod characters;
mod confirm;
mod content;
mod edits;
mod files;
mod judged;
mod kinds;
mod links;
mod markdown;
mod other_tools;
mod pairs;
mod parity;
mod paths;
mod pictures;
mod schema;
mod search;
mod theme;
mod translate;
mod untaken;
mod yaml;

pub use assets::*;
pub use characters::*;
pub use confirm::*;
pub use content::*;
pub use edits::*;
pub use files::*;
pub use judged::*;
pub use kinds::*;
pub use links::*;
pub use markdown::*;
pub use pairs::*;
pub use parity::*;
pub use paths::*;
pub use pictures::*;
pub use schema::*;
pub use search::*;
pub use theme::*;
pub use translate::*;
pub use untaken::*;
pub use yaml::*;

/// The same words in both languages, English first; both may name values in braces.
macro_rules! both {
    ($en:literal, $fr:literal $(,)?) => {
        $crate::lang::PerLang { en: format!($en), fr: format!($fr) }
    };
}
use both;

fn error(name: &'static str, place: Place, message: PerLang<String>, help: PerLang<String>) -> Diagnostic {
    Diagnostic {
        name,
        severity: Severity::Error,
        place,
        message: brief(message),
        help: brief(help),
        related: None,
        fix: None,
    }
}

fn warning(name: &'static str, place: Place, message: PerLang<String>, help: PerLang<String>) -> Diagnostic {
    Diagnostic { severity: Severity::Warning, ..error(name, place, message, help) }
}

/// No message is longer, in bytes: a thousand mistakes may quote the same value, and nobody reads more.
const LONGEST: usize = 2_000;

fn brief(words: PerLang<String>) -> PerLang<String> {
    words.map(|_, mut words| {
        if words.len() > LONGEST {
            words.truncate(words.floor_char_boundary(LONGEST));
            words.shrink_to_fit();
            words.push('…');
        }
        words
    })
}

impl Diagnostic {
    /// The same mistake with another place that belongs to it.
    fn with_related(mut self, place: Place, words: PerLang<String>) -> Self {
        self.related = Some((place, words));
        self
    }

    /// The same mistake with its correction, where that is certain.
    fn with_fix(mut self, fix: Option<Correction>) -> Self {
        self.fix = fix;
        self
    }
}

/// What to do about an unknown name: the nearest known one, or else the given advice.
fn did_you_mean(suggestion: Option<&str>, otherwise: PerLang<String>) -> PerLang<String> {
    match suggestion {
        Some(name) => both!("Did you mean “{name}”?", "Vouliez-vous dire « {name} »?"),
        None => otherwise,
    }
}
