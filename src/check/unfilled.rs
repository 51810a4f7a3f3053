//! Places that are still to be filled in: `[TO FILL: who answers]`, « [À REMPLIR : qui répond] ».
//!
//! In a page, code is an example and does not count. In a file of facts or settings even a comment counts: it can ask
//! for a date or an address, for which the value itself has no room.

use std::ops::Range;

use crate::diagnostic::{Diagnostics, Place, Span, catalog};
use crate::pairs::PairTexts;
use crate::pairs::outline::Kind;
use crate::path::ContentPath;
use crate::schema::{config, load};
use crate::source::Sources;
use crate::yaml::TO_FILL;

/// Reports the places in both sides of a record and in its facts.
pub(super) fn in_pair(full: &PairTexts<'_>, sources: &Sources) -> Diagnostics {
    let mut diagnostics = in_file(&ContentPath::new(format!("{}.yaml", full.id)), sources);
    for (lang, words) in full.words.iter() {
        let Some(words) = words else { continue };
        let units = full.outlines.get(lang).units_of_words();
        let waiting = units.filter(|unit| unit.mark.kind != Kind::Code && waits(&unit.content.text));
        for span in waiting.map(|unit| unit.span) {
            let written = sources.text(&words.path).and_then(|text| text.get(span.range())).unwrap_or_default();
            diagnostics.extend(report(&words.path, written, span.start));
        }
    }
    diagnostics
}

/// Reports the places in the settings of the site and in its types.
pub(super) fn in_settings(sources: &Sources) -> Diagnostics {
    let is_settings = |path: &ContentPath| path.as_str() == config::FILE || path.as_str().starts_with(load::FOLDER);
    let settings = sources.texts().keys().filter(|path| is_settings(path));
    settings.flat_map(|path| in_file(path, sources)).collect()
}

fn in_file(path: &ContentPath, sources: &Sources) -> Diagnostics {
    report(path, sources.text(path).unwrap_or_default(), 0)
}

fn report(path: &ContentPath, text: &str, from: u32) -> Diagnostics {
    let spans = places(text).into_iter().map(|range| Span::new(range).shifted(from));
    spans.map(|span| catalog::unfilled(Place::new(path, span))).collect()
}

/// Whether there is such a place in a text: its final length is not known yet.
pub(super) fn waits(text: &str) -> bool {
    !places(text).is_empty()
}

/// Where such places are in a text, from bracket to bracket.
pub(crate) fn places(text: &str) -> Vec<Range<usize>> {
    let begins = |start: usize| TO_FILL.iter().find(|beginning| text[start..].starts_with(**beginning));
    // The bracket that closed the previous place often closes this one too; and if there was none, there is none.
    let mut close = Some(0);
    let starts = text.match_indices('[').filter_map(|(start, _)| Some((start, begins(start)?)));
    let mut places = unmarked(text);
    for (start, beginning) in starts {
        if close.is_some_and(|close| close <= start) {
            close = text[start..].find(']').map(|length| start + length);
        }
        places.push(start..close.map_or(start + beginning.len(), |close| close + 1));
    }
    places.sort_by_key(|place| place.start);
    places
}

/// How people begin a note in brackets about what they do not know yet. Longer instructions to insert something belong
/// to forms that readers fill in.
const WAITING: [&str; 32] = [
    "insert date]",
    "insert here]",
    "insert image]",
    "insert link]",
    "insert name]",
    "insert number]",
    "insert text]",
    "insert title]",
    "insérer ici]",
    "insérer la date]",
    "insérer le lien]",
    "insérer le nom]",
    "insérer le texte]",
    "insérer le titre]",
    "to be completed",
    "to be confirmed",
    "to be determined",
    "to be announced",
    "to come]",
    "à compléter",
    "a completer",
    "à confirmer",
    "à déterminer",
    "à préciser",
    "à venir",
    "tbd]",
    "tbc]",
    "tba]",
    "date]",
    "xx]",
    "xxx]",
    "placeholder",
];

/// Places that are not marked as such: `[insert date]`, « [à compléter] », `TBD`.
fn unmarked(text: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    for (start, _) in text.match_indices('[') {
        let inner = &text[start + 1..];
        let Some(end) = inner.find([']', '[', '\n']).filter(|end| inner[*end..].starts_with(']')) else { continue };
        let said = inner[..=end].to_lowercase();
        let is_link = inner[end + 1..].starts_with(['(', '[', ':']);
        if !is_link && WAITING.iter().any(|beginning| said.starts_with(beginning)) {
            places.push(start..start + 1 + end + 1);
        }
    }
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/');
    for (start, _) in text.match_indices('T').filter(|(start, _)| text[*start..].starts_with("TB")) {
        let end = start + "TBD".len();
        let is_begun = text[..start].ends_with(|c: char| is_part(c) || matches!(c, '[' | '('));
        let is_word = matches!(text.as_bytes().get(end - 1), Some(b'D' | b'C')) && !text[end..].starts_with(is_part);
        if is_word && !is_begun {
            places.push(start..end);
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        places(text).into_iter().map(|place| &text[place]).collect()
    }

    #[test]
    fn a_place_goes_from_bracket_to_bracket() {
        assert_eq!(found("[TO FILL: a], b [TO FILL]"), ["[TO FILL: a]", "[TO FILL]"]);
        assert_eq!(found("x [À REMPLIR : qui] [TO FILL: a]"), ["[À REMPLIR : qui]", "[TO FILL: a]"]);
    }

    #[test]
    fn what_people_write_for_what_they_do_not_know_is_a_place() {
        assert_eq!(found("By [insert date], [À compléter] TBD."), ["[insert date]", "[À compléter]", "TBD"]);
        assert_eq!(found("[TBD] in [date]"), ["[TBD]", "[date]"]);
        assert_eq!(found("[Insert a page](help) [date](x) [1] TBDs A-TBD [see]"), [""; 0]);
    }

    #[test]
    fn a_place_without_its_second_bracket_is_its_beginning() {
        assert_eq!(found("[TO FILL: a] [TO FILL: b"), ["[TO FILL: a]", "[TO FILL"]);
        assert_eq!(found("[TO FILL [TO FILL: a]"), ["[TO FILL [TO FILL: a]", "[TO FILL: a]"]);
    }
}
