//! Facts as a list in Markdown: all that a record's page shows of them, in the order of the type.

use super::words::{self, autolink, escape, indent, link};
use crate::format;
use crate::render::links::PageContext;
use crate::schema::{Field, FieldKind, Show};
use crate::site::{Fact, Record, Site, Value};

/// The facts of a record in the order of its type, with what the type says where one is missing.
pub(super) fn of_record(from: PageContext<'_>, record: &Record) -> String {
    let fields = &from.site.schema.get(record.kind).fields;
    let facts = record.facts_in(from.lang);
    let said = |(at, field): (usize, &Field)| match facts.binary_search_by_key(&at, |fact| fact.field) {
        Ok(found) => Some(line(from, field, facts[found])),
        Err(_) => {
            let words = field.when_missing.as_ref()?.get(from.lang);
            Some(labelled(from, field.label.get(from.lang), &escape(words)))
        }
    };
    let shown = fields.iter().enumerate().filter(|(_, field)| field.show != Show::Data);
    shown.filter_map(said).collect::<Vec<_>>().join("\n")
}

/// An item that says what it is about, as the language writes it.
pub(super) fn labelled(from: PageContext<'_>, label: &str, value: &str) -> String {
    let label = format!("**{}**", escape(label));
    format!("- {}", from.theme.strings(from.lang).fill("labelled", &[("label", &label), ("value", value)]))
}

fn line(from: PageContext<'_>, field: &Field, fact: &Fact) -> String {
    let label = field.label.get(from.lang);
    let above = || labelled(from, label, "").trim_end().to_owned();
    let values: Vec<String> =
        fact.values.iter().map(|value| self::value(from, field, value.in_lang(from.lang))).collect();
    match values.as_slice() {
        [value] if !value.contains('\n') => labelled(from, label, value),
        [value] if matches!(field.kind, FieldKind::Group(_)) => format!("{}\n  {}", above(), indent(value, "  ")),
        [value] => format!("{}\n\n  {}", above(), indent(value, "  ")),
        values => {
            let items = values.iter().map(|value| format!("\n  - {}", indent(value, "    ")));
            above() + &items.collect::<String>()
        }
    }
}

fn value(from: PageContext<'_>, field: &Field, value: &Value) -> String {
    let lang = from.lang;
    match (value, &field.kind) {
        (Value::Text(text), _) => escape(text),
        (Value::Markdown(document), _) => words::of(from, document),
        (Value::Number(quantity), FieldKind::Number(unit)) => {
            escape(&quantity.write(unit.as_ref().map(|unit| unit.get(lang)), lang))
        }
        (Value::Boolean(yes), _) => from.theme.strings(lang).get(if *yes { "yes" } else { "no" }).to_owned(),
        (Value::Date(date), _) => date.long(lang),
        (Value::Choice(at), FieldKind::Choice(choices)) => escape(choices[*at].label.get(lang)),
        (Value::Reference(id), _) => from.to_record(*id).map(|to| link(&to.title, &to.href)).unwrap_or_default(),
        (Value::Url(url) | Value::Email(url), _) => autolink(url),
        (Value::Phone(phone), _) => link(&phone.write(lang), &phone.href()),
        (Value::Language(code), _) => escape(format::language_name(code, lang).unwrap_or(code)),
        (Value::File(path, size), _) => {
            let words = format!("{} ({})", path.file_name(), format::file_size(*size, lang));
            link(&words, &from.to(&Site::asset_url(path)))
        }
        (Value::Group(facts), FieldKind::Group(fields)) => {
            let lines: Vec<String> = facts.iter().map(|fact| line(from, &fields[fact.field], fact)).collect();
            match lines.as_slice() {
                // A list of one is none.
                [line] => line.trim_start_matches("- ").to_owned(),
                lines => lines.join("\n"),
            }
        }
        _ => String::new(),
    }
}
