//! References turned round: what refers to each record, by field and by words.

use std::collections::BTreeSet;

use super::{Backlink, Fact, Record, RecordId, Value};
use crate::lang::{Lang, PerLang};
use crate::schema::{Field, FieldKind, Schema};

/// Sets the backlinks and mentions of every record. `linked` holds what each record's words link to.
pub(super) fn set(schema: &Schema, records: &mut [Record], linked: &[PerLang<Vec<RecordId>>]) {
    let mut backlinks = vec![BTreeSet::<Backlink>::new(); records.len()];
    let mut related = vec![BTreeSet::<RecordId>::new(); records.len()];
    for (at, record) in records.iter().enumerate() {
        let from = RecordId(at);
        let own = [&record.sides.en, &record.sides.fr].into_iter().flatten().flat_map(|side| &side.facts);
        let fields = &schema.get(record.kind).fields;
        let mut path = Vec::new();
        references(fields, record.facts.iter().chain(own), &mut path, &mut |field, path, target: RecordId| {
            related[at].insert(target);
            if field.inverse.is_some() && target != from {
                related[target.0].insert(from);
                let backlink = Backlink { kind: record.kind, field: path.to_vec(), from };
                backlinks[target.0].insert(backlink);
            }
        });
    }
    let mut mentions = vec![PerLang::<BTreeSet<RecordId>>::default(); records.len()];
    for (at, links) in linked.iter().enumerate() {
        for lang in Lang::BOTH {
            for target in links.get(lang).iter().filter(|target| target.0 != at) {
                mentions[target.0].get_mut(lang).insert(RecordId(at));
            }
        }
    }
    for (at, (record, mentions)) in records.iter_mut().zip(mentions).enumerate() {
        record.mentions = mentions.map(|_, ids| ids.difference(&related[at]).copied().collect());
        record.backlinks = std::mem::take(&mut backlinks[at]).into_iter().collect();
    }
}

/// Calls `found` for every reference in facts, with the path of positions that leads to its field.
fn references<'a>(
    fields: &[Field],
    facts: impl Iterator<Item = &'a Fact>,
    path: &mut Vec<usize>,
    found: &mut dyn FnMut(&Field, &[usize], RecordId),
) {
    for fact in facts {
        let field = &fields[fact.field];
        path.push(fact.field);
        for value in &fact.values {
            match (value, &field.kind) {
                (Value::Reference(target), _) => found(field, path, *target),
                (Value::Group(inner), FieldKind::Group(fields)) => references(fields, inner.iter(), path, found),
                _ => {}
            }
        }
        path.pop();
    }
}
