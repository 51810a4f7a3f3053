//! Compares tables of the same shape cell by cell, to find figures that two cells have swapped.

use super::figures::{place, rule};
use super::numerals;
use super::values::{Found, values};
use super::{Difference, Pair, Rule};
use crate::lang::{Lang, PerLang};
use crate::pairs::outline::{CELL_BORDER, Kind, Unit};

/// A cell of a row and where its text begins in that of the row.
struct Cell<'a> {
    unit: &'a Unit,
    start: usize,
    text: &'a str,
    found: Vec<Found>,
}

/// Compares the tables of two sections, unless a difference in their figures has been reported already.
pub(super) fn compare(at: usize, pair: &Pair<'_>, differences: &mut Vec<Difference>) {
    let is_reported = |difference: &Difference| difference.section == at && difference.rule >= Rule::Numbers;
    if differences.iter().any(is_reported) {
        return;
    }
    let rows = PerLang::from_fn(|lang| {
        let rows = pair.units(lang).filter(|unit| unit.mark.kind == Kind::Row);
        rows.map(|row| cells(lang, row)).collect::<Vec<_>>()
    });
    let sizes = rows.as_ref().map(|_, rows| rows.iter().map(Vec::len).collect::<Vec<_>>());
    if sizes.en != sizes.fr {
        return;
    }
    let is_moved = are_in_alphabetical_order(&rows);
    for (en, fr) in rows.en.iter().zip(&rows.fr) {
        if is_moved && !has_same_name(en, fr) {
            continue;
        }
        for (column, (own, twin)) in en.iter().zip(fr).enumerate().skip(1) {
            if !differ(own, twin) || !is_elsewhere(own, column, &rows.fr) || !is_elsewhere(twin, column, &rows.en) {
                continue;
            }
            let spans = PerLang { en: span(own), fr: span(twin) };
            let found = PerLang { en: own.text.to_owned(), fr: twin.text.to_owned() };
            let rule = own.found.first().map_or(Rule::Numbers, |found| rule(&found.value));
            return differences.push(Difference::new(rule, at, Lang::En, spans, found));
        }
    }
}

fn cells(lang: Lang, row: &Unit) -> Vec<Cell<'_>> {
    let mut start = 0;
    let cells = row.content.cells.iter().map(|end| {
        let text = &row.content.text[start..*end];
        let cell = Cell { unit: row, start, text, found: values(lang, text) };
        start = end + CELL_BORDER.len();
        cell
    });
    cells.collect()
}

/// Whether both cells have figures, and none in common.
fn differ(own: &Cell<'_>, twin: &Cell<'_>) -> bool {
    let has = |found: &Found| twin.found.iter().any(|twin| twin.value == found.value);
    !own.found.is_empty() && !twin.found.is_empty() && !own.found.iter().any(has)
}

/// Whether another row of the other side has the figures of a cell in the same column.
fn is_elsewhere(cell: &Cell<'_>, column: usize, rows: &[Vec<Cell<'_>>]) -> bool {
    let values = |cell: &Cell<'_>| cell.found.iter().map(|found| found.value.clone()).collect::<Vec<_>>();
    rows.iter().filter_map(|row| row.get(column)).any(|twin| values(twin) == values(cell))
}

/// Whether the rows of a table may be in another order, as each language's alphabet has it.
fn are_in_alphabetical_order(rows: &PerLang<Vec<Vec<Cell<'_>>>>) -> bool {
    let names = |rows: &[Vec<Cell<'_>>]| {
        let names = rows.iter().skip(1).filter_map(|row| Some(row.first()?.text.to_lowercase()));
        names.collect::<Vec<_>>().is_sorted()
    };
    names(&rows.en) && names(&rows.fr)
}

/// Whether the first cells of two rows surely name the same thing.
fn has_same_name(en: &[Cell<'_>], fr: &[Cell<'_>]) -> bool {
    let (Some(own), Some(twin)) = (en.first(), fr.first()) else { return false };
    let said = |lang, cell: &Cell<'_>| numerals::read(lang, cell.text).map(|(what, _)| what).collect::<Vec<_>>();
    let words = said(Lang::En, own);
    let values = |cell: &Cell<'_>| cell.found.iter().map(|found| found.value.clone()).collect::<Vec<_>>();
    own.text == twin.text
        || !words.is_empty() && words == said(Lang::Fr, twin)
        || !own.found.is_empty() && values(own) == values(twin)
}

fn span(cell: &Cell<'_>) -> crate::diagnostic::Span {
    place(cell.unit, &(cell.start..cell.start + cell.text.len()))
}
