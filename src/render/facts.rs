//! Facts as views: each value as the page's language writes it.

use super::html;
use super::links::PageContext;
use super::view::{FactView, StatusView, ValueView};
use crate::format;
use crate::lang::Lang;
use crate::schema::{Field, FieldKind, Show};
use crate::site::{Fact, Record, Said, Site, Value};

/// The facts of a record's page in its language, in the order of its type, with what the type says where one is
/// missing. The status, and what is not shown as a fact, are elsewhere.
pub(super) fn of_record(from: PageContext<'_>, record: &Record) -> Vec<FactView> {
    let kind = from.site.schema.get(record.kind);
    let facts = record.facts_in(from.lang);
    let among_facts = |(at, field): &(usize, &Field)| {
        let is_shown = match field.show {
            Show::Top | Show::Glance | Show::Page => true,
            // In a document, where records follow one another, none is shown whole inside another.
            Show::Card => from.is_document(),
            _ => false,
        };
        Some(*at) != kind.status && is_shown
    };
    let said = |(at, field): (usize, &Field)| match facts.binary_search_by_key(&at, |fact| fact.field) {
        Ok(found) => Some(view(from, &kind.fields, facts[found])),
        Err(_) => field.when_missing.as_ref().map(|words| missing(from.lang, field, words.get(from.lang))),
    };
    kind.fields.iter().enumerate().filter(among_facts).filter_map(said).collect()
}

/// What a type says instead of a missing fact.
fn missing(lang: Lang, field: &Field, words: &str) -> FactView {
    let value = ValueView { kind: "missing", html: html::text(lang, words), ..ValueView::default() };
    FactView {
        name: field.name.clone(),
        label: field.label.get(lang).clone(),
        show: field.show.name(),
        values: vec![value],
    }
}

/// The facts that a type shows in lists.
pub(super) fn for_lists(from: PageContext<'_>, record: &Record) -> Vec<FactView> {
    let kind = from.site.schema.get(record.kind);
    of_fields(from, record, kind.list.iter().copied().filter(|field| Some(*field) != kind.status))
}

/// The facts that a type shows when one of its records is a card on another one's page: those that the type names for
/// it, or those for lists.
pub(super) fn for_cards(from: PageContext<'_>, record: &Record) -> Vec<FactView> {
    let kind = from.site.schema.get(record.kind);
    if kind.card.is_empty() { for_lists(from, record) } else { of_fields(from, record, kind.card.iter().copied()) }
}

/// The facts shown where a record refers to another one, on that one's page: since when it is valid, then what lists
/// show. References are left out, since the page itself is among them.
pub(super) fn for_relations(from: PageContext<'_>, record: &Record) -> Vec<FactView> {
    let kind = from.site.schema.get(record.kind);
    let position = |name: &String| kind.fields.position(name);
    let mut shown: Vec<usize> = kind.date_order.iter().filter_map(position).collect();
    let is_reference = |field: usize| matches!(kind.fields[field].kind, FieldKind::Reference(_));
    for field in kind.list.iter().copied().filter(|field| Some(*field) != kind.status && !is_reference(*field)) {
        if !shown.contains(&field) {
            shown.push(field);
        }
    }
    of_fields(from, record, shown)
}

/// What a record says of the given fields, in their order.
fn of_fields(from: PageContext<'_>, record: &Record, fields: impl IntoIterator<Item = usize>) -> Vec<FactView> {
    let kind = from.site.schema.get(record.kind);
    let facts = record.facts_in(from.lang);
    let said = fields.into_iter().filter_map(|field| {
        let at = facts.binary_search_by_key(&field, |fact| fact.field).ok()?;
        Some(facts[at])
    });
    said.map(|fact| view(from, &kind.fields, fact)).collect()
}

/// What a record's status field says, if its type names one.
pub(super) fn status(site: &Site, record: &Record, lang: Lang) -> Option<StatusView> {
    let kind = site.schema.get(record.kind);
    let at = kind.status?;
    let (FieldKind::Choice(choices), Value::Choice(chosen)) = (&kind.fields[at].kind, record.fact(at)?) else {
        return None;
    };
    let choice = &choices[*chosen];
    Some(StatusView {
        label: kind.fields[at].label.get(lang).clone(),
        text: choice.label.get(lang).clone(),
        key: choice.key.clone(),
        tone: choice.tone.name(),
    })
}

pub(super) fn view(from: PageContext<'_>, fields: &[Field], fact: &Fact) -> FactView {
    let field = &fields[fact.field];
    FactView {
        name: field.name.clone(),
        label: field.label.get(from.lang).clone(),
        show: field.show.name(),
        values: fact.values.iter().map(|value| self::value(from, field, value)).collect(),
    }
}

fn value(from: PageContext<'_>, field: &Field, value: &Value) -> ValueView {
    let lang = from.lang;
    let kind = field.kind.name();
    let text = |text: &str| ValueView { kind, html: html::text(lang, text), ..ValueView::default() };
    let link = |words: &str, href: String| ValueView { href: Some(href), ..text(words) };
    let Some(said) = Said::of(field, value, lang) else { return ValueView::default() };
    match said {
        Said::Text(words) => text(words),
        Said::Markdown(words) => ValueView { kind, html: html::fact(from, words, &field.name), ..ValueView::default() },
        Said::Number(quantity, unit) => text(&quantity.write(unit.map(|unit| unit.get(lang)), lang)),
        Said::Money(money) => text(&money.write(lang)),
        Said::Boolean(yes) => text(from.theme.strings(lang).get(if yes { "yes" } else { "no" })),
        Said::Date(date) => ValueView { datetime: Some(date.to_string()), ..text(&date.long(lang)) },
        Said::Choice(choice) => text(choice.label.get(lang)),
        Said::Reference(id) => match from.to_record(id) {
            Some(target) => {
                let hreflang = target.hreflang.map(|lang| lang.code().to_owned());
                ValueView { hreflang, ..link(&target.title, target.href) }
            }
            None => ValueView::default(),
        },
        // A long address may break after each of its parts.
        Said::Url(url) => {
            let mut html = String::new();
            html::escape(shown_url(url), &mut html);
            ValueView { html: html.replace('/', "/<wbr>"), ..link("", url.to_owned()) }
        }
        Said::Email(address) => link(address, format!("mailto:{address}")),
        Said::Phone(phone) => link(&phone.write(lang), phone.href()),
        Said::Language(code) => text(format::language_name(code, lang).unwrap_or(code)),
        Said::File(path, size) => {
            let ending = path.file_name().rsplit_once('.').map_or("", |(_, ending)| ending).to_uppercase();
            let words = format!("{} ({ending}, {})", path.file_name(), format::file_size(size, lang));
            link(&words, from.to(&Site::asset_url(path)))
        }
        Said::Group(fields, facts) => ValueView {
            kind,
            facts: facts.iter().map(|fact| view(from, fields, fact)).collect(),
            ..ValueView::default()
        },
    }
}

/// An address without the parts that every address has.
fn shown_url(url: &str) -> &str {
    let short = url.split_once("://").map_or(url, |(_, rest)| rest);
    short.strip_suffix('/').unwrap_or(short)
}
