//! Dates that contradict one another, and dates that have passed.

use crate::diagnostic::{Diagnostics, Place, Span, catalog};
use crate::format::Date;
use crate::lang::PerLang;
use crate::schema::Schema;
use crate::site::{Fact, Record, Value};

/// Reports dates that are in the wrong order. Dates known only to the year or month contradict each other if no choice
/// of days could put them in order.
pub(super) fn order(schema: &Schema, record: &Record) -> Diagnostics {
    let names = &schema.get(record.kind).date_order;
    let known: Vec<(&str, Date, Span)> = names
        .iter()
        .filter_map(|name| date_of(schema, record, name).map(|(date, span)| (name.as_str(), date, span)))
        .collect();
    let mut diagnostics = Diagnostics::default();
    for pair in known.windows(2) {
        let [(earlier, first, first_span), (later, second, second_span)] = pair else { continue };
        if second.certainly_before(*first) {
            let dates = PerLang::from_fn(|lang| (first.long(lang), second.long(lang)));
            let place = |span| Place::new(&record.file, span);
            diagnostics.push(catalog::dates_out_of_order(
                place(*second_span),
                (earlier, later),
                &dates,
                place(*first_span),
            ));
        }
    }
    diagnostics
}

/// Reports a record whose review is overdue or that has expired, on a given day.
pub(super) fn overdue(record: &Record, day: Date) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let long = |date: Date| PerLang::from_fn(|lang| date.long(lang));
    if let Some((date, span)) = record.base.review_by.filter(|(date, _)| date.certainly_before(day)) {
        diagnostics.push(catalog::review_overdue(&record.file, span, &long(date)));
    }
    if let Some((date, span)) =
        record.base.expires_on.filter(|(date, _)| date.certainly_before(day) && !record.base.archived)
    {
        diagnostics.push(catalog::record_expired(&record.file, span, &long(date)));
    }
    diagnostics
}

fn date_of(schema: &Schema, record: &Record, name: &str) -> Option<(Date, Span)> {
    match name {
        "published_on" => record.base.published_on,
        "modified_on" => record.base.modified_on,
        "review_by" => record.base.review_by,
        "expires_on" => record.base.expires_on,
        _ => {
            let at = schema.get(record.kind).fields.position(name)?;
            let fact = Fact::of(&record.facts, at)?;
            match fact.values.first()? {
                Value::Date(date) => Some((*date, fact.span)),
                _ => None,
            }
        }
    }
}
