//! Notes of change: how a record changed in substance, and on which day ([`read`]).

use super::links::Resolver;
use super::resolve::date_field;
use super::{values, words};
use crate::diagnostic::{Span, catalog};
use crate::format::Date;
use crate::lang::{Lang, PerLang};
use crate::yaml::{self, Node};

/// A note for readers about what changed in a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The day, as far as it is known.
    pub on: Date,
    /// Where the date is in the record's facts.
    pub span: Span,
    /// What changed, in each language that the record has.
    pub text: PerLang<Option<String>>,
}

/// Reads the notes of a record, `[{on: 2026-01-31, en: …, fr: …}]`, the latest first. A note says what changed in each
/// language that the record has: readers of one get as much as those of the other.
pub(super) fn read(resolver: &mut Resolver<'_>, node: &Node, sides: PerLang<bool>) -> Vec<Note> {
    if node.items().is_empty() {
        let place = resolver.place(node.span);
        resolver.diagnostics.push(catalog::empty_field(place, "changes"));
    }
    let mut notes: Vec<Note> = node.items().iter().filter_map(|item| note(resolver, item, sides)).collect();
    notes.sort_by_key(|note| std::cmp::Reverse(note.on));
    notes
}

fn note(resolver: &mut Resolver<'_>, node: &Node, sides: PerLang<bool>) -> Option<Note> {
    let text = PerLang::from_fn(|lang: Lang| words::line(node.get(lang.code())?, lang));
    let has_words = |lang: Lang| text.get(lang).is_some() || !sides.get(lang) && node.get(lang.code()).is_none();
    let known = |entry: &yaml::Entry| matches!(entry.key.as_str(), "on" | "en" | "fr");
    let complete =
        node.mapping().is_some_and(|entries| entries.iter().all(known)) && Lang::BOTH.into_iter().all(has_words);
    let on = node.get("on").filter(|_| complete).and_then(|on| Some((on, on.scalar()?.trim())));
    let Some((on, written)) = on else {
        let place = resolver.place(node.span);
        resolver.diagnostics.push(catalog::note_incomplete(place));
        return None;
    };
    values::date(resolver, &date_field(), on, written).map(|date| Note { on: date, span: on.span, text })
}
