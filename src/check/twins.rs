//! Sides that are behind the other one: [`outdated`].

use crate::diagnostic::{Diagnostic, Place, Severity, Span, catalog};
use crate::lang::PerLang;
use crate::pairs::sections::Row;
use crate::pairs::status::change_name;
use crate::pairs::{Pair, State, What};
use crate::schema::Policies;

/// Reports every section that changed on one side only, at its counterpart on the other, and once that others changed on
/// both.
pub fn outdated(id: &str, pair: &Pair, policies: Policies) -> Vec<Diagnostic> {
    let (State::Outdated(_), Some(severity)) = (pair.state, policies.outdated_twin) else { return Vec::new() };
    let rows = pair.rows();
    let mut told: Vec<Diagnostic> = rows.iter().filter_map(|row| tell(id, pair, row, severity)).collect();
    let both = |row: &Row| row.changes.en.is_some() && row.changes.fr.is_some();
    // Where nothing is behind by itself, the sections were put together otherwise.
    if told.is_empty() || rows.iter().any(both) {
        let file = pair.files.en.as_ref().or(pair.files.fr.as_ref());
        told.extend(file.map(|file| catalog::both_changed(Place::new(file, Span::START), id, severity)));
    }
    told
}

fn tell(id: &str, pair: &Pair, row: &Row, severity: Severity) -> Option<Diagnostic> {
    let leading = row.changed_alone()?;
    let behind = leading.other();
    let change = pair.changes.get(leading).get((*row.changes.get(leading))?)?;
    let section = |lang| row.now.get(lang).and_then(|at| pair.outlines.get(lang).sections.get(at));
    let place = Place::new(pair.files.get(behind).as_ref()?, section(behind).map_or(Span::START, |twin| twin.span));
    let (name, what) = (change_name(Some(row), change), what(&change.what));
    let mistake = catalog::outdated_twin(place, behind, &name, &what, id, severity);
    let place =
        section(leading).zip(pair.files.get(leading).as_ref()).map(|(section, file)| Place::new(file, section.span));
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
