//! Facts as a list in Markdown: all that a record's page shows of them, in the order of the type.

use super::words::{self, autolink, escape, indent, link};
use crate::format;
use crate::render::links::PageContext;
use crate::schema::{Field, FieldKind, Show};
use crate::site::{Fact, Record, Said, Site, Value};

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
    let values: Vec<String> = fact.values.iter().map(|value| self::value(from, field, value)).collect();
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
    let Some(said) = Said::of(field, value, lang) else { return String::new() };
    match said {
        Said::Text(text) => escape(text),
        Said::Markdown(document) => words::of(from, document),
        Said::Number(quantity, unit) => escape(&quantity.write(unit.map(|unit| unit.get(lang)), lang)),
        Said::Money(money) => escape(&money.write(lang)),
        Said::Boolean(yes) => from.theme.strings(lang).get(if yes { "yes" } else { "no" }).to_owned(),
        Said::Date(date) => date.long(lang),
        Said::Choice(choice) => escape(choice.label.get(lang)),
        Said::Reference(id) => from.to_record(id).map(|to| link(&to.title, &to.href)).unwrap_or_default(),
        Said::Url(url) | Said::Email(url) => autolink(url),
        Said::Phone(phone) => link(&phone.write(lang), &phone.href()),
        Said::Language(code) => escape(format::language_name(code, lang).unwrap_or(code)),
        Said::File(path, size) => {
            let words = format!("{} ({})", path.file_name(), format::file_size(size, lang));
            link(&words, &from.to(&Site::asset_url(path)))
        }
        Said::Group(fields, facts) => {
            let lines: Vec<String> = facts.iter().map(|fact| line(from, &fields[fact.field], fact)).collect();
            match lines.as_slice() {
                // A list of one is none.
                [line] => line.trim_start_matches("- ").to_owned(),
                lines => lines.join("\n"),
            }
        }
    }
}
