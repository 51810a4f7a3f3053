//! Every mistake that Diptych names: its stable name, its gravity and its wording in both languages.
//!
//! One function for each mistake. Call sites pass what they have; nothing else in the program words a message. The
//! message says what is wrong, the help what to do, both in words of a writer's work.

use super::{Diagnostic, Place, Severity};
use crate::lang::PerLang;

mod assets;
mod content;
mod files;
mod links;
mod pairs;
mod paths;
mod schema;
mod theme;

pub use assets::*;
pub use content::*;
pub use files::*;
pub use links::*;
pub use pairs::*;
pub use paths::*;
pub use schema::*;
pub use theme::*;

/// The same words in both languages, English first; both may name values in braces.
macro_rules! both {
    ($en:literal, $fr:literal $(,)?) => {
        $crate::lang::PerLang { en: format!($en), fr: format!($fr) }
    };
}
use both;

fn error(name: &'static str, place: Place, message: PerLang<String>, help: PerLang<String>) -> Diagnostic {
    Diagnostic { name, severity: Severity::Error, place, message, help, related: None }
}

fn warning(name: &'static str, place: Place, message: PerLang<String>, help: PerLang<String>) -> Diagnostic {
    Diagnostic { name, severity: Severity::Warning, place, message, help, related: None }
}

impl Diagnostic {
    /// The same mistake with another place that belongs to it.
    fn with_related(mut self, place: Place, words: PerLang<String>) -> Self {
        self.related = Some((place, words));
        self
    }
}

/// The nearest of the known names, for "did you mean".
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = written.to_lowercase();
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&lower, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= (name.chars().count().max(lower.chars().count()) / 3).max(1))
        .min()
        .map(|(_, name)| name)
}

/// What to do about a name that nobody knows: the nearest known one, or else the given advice.
fn did_you_mean(suggestion: Option<&str>, otherwise: PerLang<String>) -> PerLang<String> {
    match suggestion {
        Some(name) => both!("Did you mean “{name}”?", "Vouliez-vous dire « {name} »?"),
        None => otherwise,
    }
}

/// "a, b, c" for messages: known names in the order given, cut where there are very many.
fn name_list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    let shown = names.iter().take(12).copied().collect::<Vec<_>>().join(", ");
    if names.len() > 12 { format!("{shown}, …") } else { shown }
}
