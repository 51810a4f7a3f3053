//! Sides that are behind the other one: [`outdated`].

use crate::diagnostic::{Diagnostic, Place, Severity, Span, catalog};
use crate::lang::{Lang, PerLang};
use crate::pairs::status::change_name;
use crate::pairs::{Behind, Change, Pair, State, What};
use crate::schema::Policies;

/// Reports every section of a record that changed on one side only, at its counterpart on the other.
pub fn outdated(id: &str, pair: &Pair, policies: Policies) -> Vec<Diagnostic> {
    let (State::Outdated(behind), Some(severity)) = (pair.state, policies.outdated_twin) else { return Vec::new() };
    match behind {
        Behind::Both => {
            let file = pair.files.en.as_ref().or(pair.files.fr.as_ref());
            file.map(|file| catalog::both_changed(Place::new(file, Span::START), id, severity)).into_iter().collect()
        }
        Behind::Side(lang) => {
            let twins = pair.counterparts(lang.other());
            let changes = pair.changes.get(lang.other()).iter();
            changes.filter_map(|change| tell(id, pair, lang, change, &twins, severity)).collect()
        }
    }
}

fn tell(
    id: &str,
    pair: &Pair,
    behind: Lang,
    change: &Change,
    twins: &[Option<usize>],
    severity: Severity,
) -> Option<Diagnostic> {
    let leading = behind.other();
    let twin = change.now.and_then(|now| twins.get(now).copied().flatten());
    let twin = twin.and_then(|twin| pair.outlines.get(behind).sections.get(twin));
    let place = Place::new(pair.files.get(behind).as_ref()?, twin.map_or(Span::START, |twin| twin.span));
    let (section, what) = (change_name(pair, leading, change), what(&change.what));
    let mistake = catalog::outdated_twin(place, behind, &section, &what, id, severity);
    let changed = change.now.and_then(|now| pair.outlines.get(leading).sections.get(now));
    let place = changed.zip(pair.files.get(leading).as_ref()).map(|(section, file)| Place::new(file, section.span));
    Some(match place {
        Some(place) => catalog::changed_here(mistake, place),
        None => mistake,
    })
}

/// What happened in a section, in each language of messages.
fn what(what: &[What]) -> PerLang<String> {
    PerLang::from_fn(|lang| {
        let words: Vec<&str> = what.iter().map(|what| *catalog::change(*what).get(lang)).collect();
        words.join(", ")
    })
}
