//! References that cannot be intended: to the record itself, to one record twice in the same list, and in a circle.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Diagnostics, Place, catalog};
use crate::schema::{Field, FieldKind, Schema, TypeId};
use crate::site::names::NameTable;
use crate::site::{Fact, Record, RecordId, Value};

/// Checks the references in the facts of one record.
pub(super) fn of_record(names: NameTable<'_>, record: &Record) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    check(names, record, &names.schema.get(record.kind).fields, &record.facts, &mut diagnostics);
    diagnostics
}

fn check(names: NameTable<'_>, record: &Record, fields: &[Field], facts: &[Fact], diagnostics: &mut Diagnostics) {
    for fact in facts {
        let field = &fields[fact.field];
        let place = || Place::new(&record.file, fact.span);
        let mut said = BTreeSet::new();
        let mut reported = BTreeSet::new();
        for value in &fact.values {
            match (value, &field.kind) {
                (Value::Reference(target), _) => {
                    let name = names.name(*target);
                    if *name == *record.id {
                        diagnostics.push(catalog::reference_to_itself(place(), &field.name));
                    } else if !said.insert(target) && reported.insert(target) {
                        diagnostics.push(catalog::reference_repeated(place(), &field.name, name));
                    }
                }
                (Value::Group(inner), FieldKind::Group(fields)) => check(names, record, fields, inner, diagnostics),
                _ => {}
            }
        }
    }
}

/// Checks that no record leads back to itself by a field such as the minister responsible. These are the fields with
/// one value whose inverse has another name: they do not relate equals.
pub(super) fn circles(schema: &Schema, records: &[Arc<Record>]) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for (kind, of) in schema.iter() {
        for (at, field) in of.fields.iter().enumerate() {
            let leads_up = field.inverse.as_ref().is_some_and(|inverse| *inverse != field.label) && !field.many;
            if leads_up && matches!(field.kind, FieldKind::Reference(_)) {
                circles_of(records, kind, at, &field.name, &mut diagnostics);
            }
        }
    }
    diagnostics
}

fn circles_of(records: &[Arc<Record>], kind: TypeId, field: usize, name: &str, diagnostics: &mut Diagnostics) {
    let fact = |at: usize| {
        let record = &records[at];
        Fact::of(&record.facts, field).filter(|_| record.kind == kind)
    };
    let next = |at: usize| match fact(at)?.values.first()? {
        Value::Reference(RecordId(target)) => Some(*target),
        _ => None,
    };
    // The record from which each one was reached first.
    let mut reached_from = vec![usize::MAX; records.len()];
    for start in 0..records.len() {
        let mut path = Vec::new();
        let mut at = Some(start);
        while let Some(here) = at.filter(|here| reached_from[*here] == usize::MAX) {
            reached_from[here] = start;
            path.push(here);
            at = next(here);
        }
        let Some(begin) = at.and_then(|here| path.iter().position(|passed| *passed == here)) else { continue };
        let circle = &path[begin..];
        // A reference to the record itself is reported with that record.
        let (true, Some(fact)) = (circle.len() > 1, fact(circle[0])) else { continue };
        let ids = circle.iter().chain([&circle[0]]).map(|at| records[*at].id.as_str());
        let place = Place::new(&records[circle[0]].file, fact.span);
        diagnostics.push(catalog::references_in_circle(place, name, &ids.collect::<Vec<_>>()));
    }
}
