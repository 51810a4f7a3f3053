//! Fields of the words that one version alone has.

use crate::diagnostic::{Diagnostics, Place, catalog};
use crate::lang::Lang;
use crate::schema::Schema;
use crate::site::Record;

/// Reports fields that need not be said and are said in one language only. One that is required is reported as missing.
pub(super) fn one_sided(schema: &Schema, record: &Record) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let fields = &schema.get(record.kind).fields;
    for lang in Lang::BOTH {
        let (Some(own), Some(twin)) = (record.side(lang), record.side(lang.other())) else { continue };
        for fact in &own.facts {
            let field = &fields[fact.field];
            if field.required || twin.facts.iter().any(|other| other.field == fact.field) {
                continue;
            }
            let place = Place::new(&own.file, fact.span);
            diagnostics.push(catalog::field_on_one_side(place, &field.name, &field.label, lang, &twin.file));
        }
    }
    diagnostics
}
