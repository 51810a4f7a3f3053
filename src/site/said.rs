//! A value together with what its field says about it: [`Said`]. Code that shows values matches every kind, so the
//! compiler finds all the places for a new one.

use super::{Fact, RecordId, Target, Value};
use crate::document::Document;
use crate::format::{Date, Money, Phone, Quantity, Unit};
use crate::lang::{Lang, PerLang};
use crate::path::ContentPath;
use crate::schema::{Choice, Field, FieldKind, Named};

/// What a field says, once.
#[derive(Clone, Copy, Debug)]
pub enum Said<'a> {
    /// A line of text.
    Text(&'a str),
    /// Markdown.
    Markdown(&'a Document<Target>),
    /// A number, and what it counts.
    Number(&'a Quantity, Option<&'a PerLang<Unit>>),
    /// An amount of money.
    Money(&'a Money),
    /// Yes or no.
    Boolean(bool),
    /// A date.
    Date(Date),
    /// One of the field's choices.
    Choice(&'a Choice),
    /// A published record.
    Reference(RecordId),
    /// A web address.
    Url(&'a str),
    /// An email address.
    Email(&'a str),
    /// A telephone number.
    Phone(&'a Phone),
    /// A language's BCP 47 code.
    Language(&'a str),
    /// An asset and its size in bytes.
    File(&'a ContentPath, u64),
    /// The fields of a group, and what they say.
    Group(&'a Named<Field>, &'a [Fact]),
}

impl<'a> Said<'a> {
    /// What a value of a field says in a language; `None` if the value is not of the field's kind, which never happens
    /// for a value that was read by its field.
    pub fn of(field: &'a Field, value: &'a Value, lang: Lang) -> Option<Self> {
        Some(match (value, &field.kind) {
            (Value::PerLang(sides), _) => return Self::of(field, sides.get(lang), lang),
            (Value::Text(text), _) => Self::Text(text),
            (Value::Markdown(document), _) => Self::Markdown(document),
            (Value::Number(quantity), FieldKind::Number(unit)) => Self::Number(quantity, unit.as_ref()),
            (Value::Money(money), _) => Self::Money(money),
            (Value::Boolean(yes), _) => Self::Boolean(*yes),
            (Value::Date(date), _) => Self::Date(*date),
            (Value::Choice(at), FieldKind::Choice(choices)) => Self::Choice(&choices[*at]),
            (Value::Reference(id), _) => Self::Reference(*id),
            (Value::Url(url), _) => Self::Url(url),
            (Value::Email(address), _) => Self::Email(address),
            (Value::Phone(phone), _) => Self::Phone(phone),
            (Value::Language(code), _) => Self::Language(code),
            (Value::File(path, size), _) => Self::File(path, *size),
            (Value::Group(facts), FieldKind::Group(fields)) => Self::Group(fields, facts),
            (Value::Number(_) | Value::Choice(_) | Value::Group(_), _) => return None,
        })
    }
}
