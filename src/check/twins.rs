//! What changed since a pair was confirmed ([`changed`]): sides that are behind the other one, and changes without a
//! note for readers.

use crate::diagnostic::{Diagnostic, Place, Severity, Span, catalog};
use crate::lang::{Lang, PerLang};
use crate::pairs::sections::Row;
use crate::pairs::status::change_name;
use crate::pairs::{Pair, State, What};
use crate::schema::Policies;

/// Reports what changed since a pair was confirmed.
pub fn changed(id: &str, pair: &Pair, policies: Policies) -> Vec<Diagnostic> {
    let mut reported = outdated(id, pair, policies);
    reported.extend(unnoted(id, pair, policies));
    reported
}

/// Reports every section that changed on one side only, at its counterpart on the other, and reports once that others
/// changed on both.
fn outdated(id: &str, pair: &Pair, policies: Policies) -> Vec<Diagnostic> {
    let (State::Outdated(_), Some(severity)) = (pair.state, policies.outdated_twin) else { return Vec::new() };
    let rows = pair.rows();
    let mut reported: Vec<Diagnostic> = rows.iter().filter_map(|row| report(id, pair, row, severity)).collect();
    let both = |row: &Row| row.changes.en.is_some() && row.changes.fr.is_some();
    // If nothing is behind by itself, the sections were arranged differently.
    if reported.is_empty() || rows.iter().any(both) {
        let file = pair.files.en.as_ref().or(pair.files.fr.as_ref());
        reported.extend(file.map(|file| catalog::both_changed(Place::new(file, Span::START), id, severity)));
    }
    reported
}

/// Reports once a record that changed in substance since it was confirmed, if its notes of change did not change. Notes
/// are sections of the pair, so that what was confirmed knows them and no date has to be compared.
fn unnoted(id: &str, pair: &Pair, policies: Policies) -> Option<Diagnostic> {
    let (State::Outdated(_), Some(severity)) = (pair.state, policies.change_without_note) else { return None };
    let rows = pair.rows();
    let has_changed = |row: &&Row| row.changes.en.is_some() || row.changes.fr.is_some();
    let (notes, others): (Vec<&Row>, Vec<&Row>) =
        rows.iter().filter(has_changed).partition(|row| row.is_field() && row.is_called("changes"));
    let changed = others.first().filter(|_| notes.is_empty())?;
    let change = |lang: Lang| pair.changes.get(lang).get((*changed.changes.get(lang))?);
    let lang = Lang::BOTH.into_iter().find(|lang| change(*lang).is_some())?;
    let section = change(lang)?.now.and_then(|at| pair.outlines.get(lang).sections.get(at));
    let place = Place::new(pair.files.get(lang).as_ref()?, section.map_or(Span::START, |section| section.span));
    Some(catalog::change_without_note(place, &change_name(Some(changed), change(lang)?), id, severity))
}

fn report(id: &str, pair: &Pair, row: &Row, severity: Severity) -> Option<Diagnostic> {
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
        let words: Vec<String> = what.iter().map(|what| catalog::change(*what).get(lang).clone()).collect();
        words.join(", ")
    })
}
