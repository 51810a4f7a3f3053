//! Inverted references: what refers to each record, by field and by words ([`Relations`]).

use std::collections::BTreeSet;

use super::{Backlink, Fact, Record, RecordId, Value};
use crate::lang::{Lang, PerLang};
use crate::schema::{Field, FieldKind, Schema};

/// Which records refer to each record.
#[derive(Debug, Default)]
pub struct Relations {
    backlinks: Vec<Vec<Backlink>>,
    mentions: Vec<PerLang<Vec<RecordId>>>,
}

impl Relations {
    /// Inverts the references of all records. Each record comes with what the words of its sides link to.
    pub fn new<'a>(schema: &Schema, records: &[(&'a Record, &'a PerLang<Vec<RecordId>>)]) -> Self {
        let mut backlinks = vec![BTreeSet::<Backlink>::new(); records.len()];
        let mut related = vec![BTreeSet::<RecordId>::new(); records.len()];
        for (at, (record, _)) in records.iter().enumerate() {
            let from = RecordId(at);
            for Outgoing { field, target, inverse } in outgoing(schema, record) {
                related[at].insert(target);
                if inverse && target != from {
                    related[target.0].insert(from);
                    backlinks[target.0].insert(Backlink { kind: record.kind, field, from });
                }
            }
        }
        let mut mentions = vec![PerLang::<BTreeSet<RecordId>>::default(); records.len()];
        for (at, (_, linked)) in records.iter().enumerate() {
            for lang in Lang::BOTH {
                for target in linked.get(lang).iter().filter(|target| target.0 != at) {
                    mentions[target.0].get_mut(lang).insert(RecordId(at));
                }
            }
        }
        let unrelated = |(mentions, related): (PerLang<BTreeSet<RecordId>>, BTreeSet<RecordId>)| {
            mentions.map(|_, ids| ids.difference(&related).copied().collect())
        };
        Self {
            mentions: mentions.into_iter().zip(related).map(unrelated).collect(),
            backlinks: backlinks.into_iter().map(|own| own.into_iter().collect()).collect(),
        }
    }

    /// The records that refer to a record in a field, by field of theirs, then by id.
    pub fn backlinks(&self, id: RecordId) -> &[Backlink] {
        self.backlinks.get(id.0).map_or(&[], Vec::as_slice)
    }

    /// The records whose words link to a record in a language, and that no field of either names.
    pub fn mentions(&self, id: RecordId, lang: Lang) -> &[RecordId] {
        self.mentions.get(id.0).map_or(&[], |mentions| mentions.get(lang))
    }
}

/// A reference in the facts of a record.
#[derive(Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// The field, by its path of positions.
    field: Vec<usize>,
    target: RecordId,
    /// Whether the target's page lists the record.
    inverse: bool,
}

/// Every reference in the facts of a record.
pub fn outgoing(schema: &Schema, record: &Record) -> Vec<Outgoing> {
    let mut all = Vec::new();
    let own = [&record.sides.en, &record.sides.fr].into_iter().flatten().flat_map(|side| &side.facts);
    let fields = &schema.get(record.kind).fields;
    references(fields, record.facts.iter().chain(own), &mut Vec::new(), &mut |field, path, target| {
        all.push(Outgoing { field: path.to_vec(), target, inverse: field.inverse.is_some() });
    });
    all
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
