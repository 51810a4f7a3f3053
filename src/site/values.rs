//! What fields say: nodes of YAML read by the kind that the schema gives each field.

use std::collections::BTreeSet;

use super::links::Resolver;
use super::{Fact, RecordId, Value, amounts, meant};
use crate::diagnostic::{Diagnostic, Place, Span, catalog, sure};
use crate::format::{self, Date, DateError};
use crate::lang::{Lang, PerLang};
use crate::layout;
use crate::parse::markdown;
use crate::path::slug;
use crate::schema::{Choice, Field, FieldKind, Named, TypeId};
use crate::typography;
use crate::yaml::{self, Entry, Node};

/// Which of a type's fields a file may say.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Those without a language.
    Facts,
    /// Those of one language.
    Words,
    /// All of them: inside a group.
    Group,
}

/// Reads the fields of a record or group from the entries of a mapping. Entries that are none of these fields are
/// passed over: what may be beside them is the caller's to know.
pub(super) fn facts(
    resolver: &mut Resolver<'_>,
    fields: &[Field],
    entries: &[Entry],
    part: Part,
    owner: &Place,
) -> Vec<Fact> {
    let mut facts = Vec::new();
    let by_key = yaml::ByKey::new(entries);
    let unknown = || entries.iter().filter(|entry| fields.iter().all(|field| field.name != entry.key));
    for (at, field) in fields.iter().enumerate() {
        let stands_here = match part {
            Part::Facts => !field.localized,
            Part::Words => field.localized,
            Part::Group => true,
        };
        if !stands_here {
            continue;
        }
        match by_key.get(&field.name) {
            Some(entry) => {
                let values = values(resolver, field, entry, part);
                if !values.is_empty() {
                    facts.push(Fact { field: at, span: entry.key_span, values });
                }
            }
            None if field.required && !is_misspelt(&field.name, unknown()) && !is_called(field, unknown()) => {
                let mistake = catalog::missing_field(owner.clone(), &field.name, &field.label, field.help.as_ref());
                resolver.diagnostics.push(mistake);
            }
            None => {}
        }
    }
    facts
}

/// Whether a name is among others with a slip in it. It is reported as that, and not as missing.
pub(super) fn is_misspelt<'e>(name: &str, mut unknown: impl Iterator<Item = &'e Entry>) -> bool {
    unknown.any(|entry| sure(&entry.key, [name]).is_some())
}

/// Whether a field is among others under the name that pages have for it.
fn is_called<'e>(field: &Field, mut unknown: impl Iterator<Item = &'e Entry>) -> bool {
    let labels = [&field.label.en, &field.label.fr].map(|label| slug(label));
    unknown.any(|entry| labels.contains(&slug(&entry.key)))
}

fn values(resolver: &mut Resolver<'_>, field: &Field, entry: &Entry, part: Part) -> Vec<Value> {
    let node = &entry.value;
    if node.items().is_empty() {
        let place = resolver.place(entry.key_span);
        resolver.diagnostics.push(catalog::empty_field(place, &field.name));
        return Vec::new();
    }
    if let (false, yaml::Value::Sequence(items)) = (field.many, &node.value) {
        let place = resolver.place(items.get(1).map_or(node.span, |second| second.span));
        resolver.diagnostics.push(catalog::too_many_values(place, &field.name));
        return Vec::new();
    }
    let parts: Vec<Vec<&str>> = node.items().iter().map(|item| in_one_text(resolver, field, item)).collect();
    if parts.iter().any(|parts| parts.len() > 1) {
        let place = resolver.place(node.span);
        resolver.diagnostics.push(catalog::list_without_brackets(place, &parts.concat()));
        return Vec::new();
    }
    // A localized field inside a group of the facts is written for both languages on the spot.
    let on_the_spot = part == Part::Group && field.localized && resolver.lang.is_none();
    let values: Vec<Value> = node
        .items()
        .iter()
        .filter_map(|item| if on_the_spot { per_lang(resolver, field, item) } else { value(resolver, field, item) })
        .collect();
    repeated(resolver, field, node);
    #[expect(clippy::cast_precision_loss, reason = "no list has 2^52 items")]
    if field.many
        && !matches!(field.kind, FieldKind::Number(_) | FieldKind::Money)
        && !field.bounds.allow(node.items().len() as f64)
    {
        let place = resolver.place(entry.key_span);
        let what = PerLang { en: "the number of values", fr: "le nombre de valeurs" };
        resolver.diagnostics.push(catalog::out_of_bounds(place, &what, field.bounds));
    }
    values
}

/// Reports a choice or language that a list has again. References are compared where it is known what they name.
fn repeated(resolver: &mut Resolver<'_>, field: &Field, node: &Node) {
    if !field.many || !matches!(field.kind, FieldKind::Choice(_) | FieldKind::Language) {
        return;
    }
    let mut said = BTreeSet::new();
    for item in node.items() {
        if let Some(text) = item.scalar().filter(|text| !said.insert(text.trim())) {
            report(resolver, item.span, |place| catalog::value_repeated(place, &field.name, text.trim()));
        }
    }
}

/// The values that a text holds: several where it was meant as a list, since names and codes have no spaces or commas.
/// A title in the place of a name has them too; of a list, something is known.
fn in_one_text<'n>(resolver: &Resolver<'_>, field: &Field, node: &'n Node) -> Vec<&'n str> {
    let is_known: &dyn Fn(&&str) -> bool = match &field.kind {
        FieldKind::Reference(types) => {
            &|part| resolver.names.known_in(Some(types)).contains(part) || part.contains('/')
        }
        FieldKind::Choice(choices) => &|part| choices.position(part).is_some(),
        FieldKind::Language => &|part| format::language_name(part, Lang::En).is_some(),
        FieldKind::Text
        | FieldKind::Markdown
        | FieldKind::Number(_)
        | FieldKind::Money
        | FieldKind::Boolean
        | FieldKind::Date
        | FieldKind::Url
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::File
        | FieldKind::Group(_) => return Vec::new(),
    };
    let Some(text) = node.scalar().filter(|text| field.many && !yaml::is_to_fill(text)) else {
        return Vec::new();
    };
    let parts = text.split([',', ';', '•', ' ', '\n', '\u{a0}']).map(str::trim);
    let parts: Vec<&str> =
        parts.filter(|part| !part.is_empty() && !matches!(*part, "and" | "et" | "&" | "-" | "*")).collect();
    // A link of Markdown names one record.
    let is_list = parts.len() > 1 && !text.contains("](") && parts.iter().any(is_known);
    if is_list { parts } else { vec![text] }
}

fn per_lang(resolver: &mut Resolver<'_>, field: &Field, node: &Node) -> Option<Value> {
    let side = |resolver: &mut Resolver<'_>, lang: Lang| {
        let own = node.get(lang.code())?;
        resolver.lang = Some(lang);
        let value = value(resolver, field, own);
        resolver.lang = None;
        value
    };
    let complete = node
        .mapping()
        .is_some_and(|entries| entries.len() == 2 && Lang::BOTH.iter().all(|lang| node.get(lang.code()).is_some()));
    if !complete {
        report(resolver, node.span, catalog::expected_both_languages);
        return None;
    }
    let (en, fr) = (side(resolver, Lang::En), side(resolver, Lang::Fr));
    Some(Value::PerLang(Box::new(PerLang { en: en?, fr: fr? })))
}

fn value(resolver: &mut Resolver<'_>, field: &Field, node: &Node) -> Option<Value> {
    let to_fill = node.scalar().filter(|text| yaml::is_to_fill(text));
    match (&field.kind, to_fill) {
        (FieldKind::Text, Some(place)) => Some(Value::Text(place.to_owned())),
        (FieldKind::Markdown, _) => {
            let text = scalar(resolver, field, node)?;
            let lines = resolver.names.text(resolver.file).and_then(|file| yaml::lines_of(file, node.span, text));
            let at = lines.as_deref().map_or(markdown::At::Value(node.span), markdown::At::Lines);
            let source = markdown::Source { file: resolver.file, at, rules: Some(resolver.names.rules) };
            let parsed = markdown::parse(&source, text);
            let document = resolver.diagnostics.absorb(parsed);
            Some(Value::Markdown(resolver.document(document)))
        }
        // A place that waits for words is reported as that, and no other mistake.
        (_, Some(_)) => None,
        (FieldKind::Number(_), None) => amounts::number(resolver, field, node).map(Value::Number),
        (FieldKind::Money, None) => amounts::money(resolver, field, node).map(Value::Money),
        (FieldKind::Group(fields), None) => group(resolver, field, fields, node),
        (FieldKind::Text, None) => {
            let text = scalar(resolver, field, node)?;
            self::text(resolver, field, node, text)
        }
        (FieldKind::Date, None) => {
            let text = unquoted(resolver, field, node)?;
            date(resolver, field, node, text).map(Value::Date)
        }
        (FieldKind::Choice(choices), None) => {
            let text = unquoted(resolver, field, node)?;
            choice(resolver, choices, node, text)
        }
        (FieldKind::Reference(types), None) => {
            let text = unquoted(resolver, field, node)?;
            reference(resolver, types, node, text).map(Value::Reference)
        }
        (FieldKind::File, None) => {
            let text = unquoted(resolver, field, node)?;
            file(resolver, node, text)
        }
        (FieldKind::Url, None) => {
            let url = formed(resolver, field, node, |text| {
                (is_url(text) && layout::corrected_address(text).is_none()).then(|| text.to_owned())
            })?;
            let place = resolver.place(node.span);
            resolver.elsewhere(&url, place);
            Some(Value::Url(url))
        }
        (FieldKind::Boolean, None) => formed(resolver, field, node, |text| text.parse().ok().map(Value::Boolean)),
        (FieldKind::Email, None) => {
            formed(resolver, field, node, |text| is_email(text).then(|| Value::Email(text.to_owned())))
        }
        (FieldKind::Phone, None) => formed(resolver, field, node, |text| text.parse().ok().map(Value::Phone)),
        (FieldKind::Language, None) => formed(resolver, field, node, |text| {
            format::language_name(text, Lang::En).map(|_| Value::Language(text.to_owned()))
        }),
    }
}

/// The text of a value that is to be one.
fn scalar<'n>(resolver: &mut Resolver<'_>, field: &Field, node: &'n Node) -> Option<&'n str> {
    let text = node.scalar().map(str::trim).filter(|text| !text.is_empty());
    if text.is_none() {
        report(resolver, node.span, |place| catalog::wrong_value(place, &field.kind, None));
    }
    text
}

/// The text of a value that is no words: one in curly quotation marks is a mistake.
fn unquoted<'n>(resolver: &mut Resolver<'_>, field: &Field, node: &'n Node) -> Option<&'n str> {
    let text = scalar(resolver, field, node)?;
    (!is_curly(resolver, node, text)).then_some(text)
}

/// Reads a value that has a certain form, and reports one of another form.
fn formed<T>(
    resolver: &mut Resolver<'_>,
    field: &Field,
    node: &Node,
    read: impl FnOnce(&str) -> Option<T>,
) -> Option<T> {
    let text = unquoted(resolver, field, node)?;
    let value = read(text);
    if value.is_none() {
        wrong(resolver, field, node, text);
    }
    value
}

/// Reports a value between curly quotation marks.
fn is_curly(resolver: &mut Resolver<'_>, node: &Node, text: &str) -> bool {
    let inner = yaml::in_curly_quotes(text);
    if let Some(inner) = inner {
        report(resolver, node.span, |place| catalog::curly_quotes(place, inner));
    }
    inner.is_some()
}

fn text(resolver: &mut Resolver<'_>, field: &Field, node: &Node, text: &str) -> Option<Value> {
    if field.pattern.as_ref().is_some_and(|pattern| !pattern.is_match(text)) {
        report(resolver, node.span, |place| catalog::pattern_mismatch(place, text, field.help.as_ref()));
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "no text has 2^52 characters")]
    if !field.many && !field.bounds.allow(text.chars().count() as f64) {
        let what = PerLang { en: "the number of characters", fr: "le nombre de caractères" };
        report(resolver, node.span, |place| catalog::out_of_bounds(place, &what, field.bounds));
        return None;
    }
    // What has no language (a number, a name) stays as it was written.
    Some(Value::Text(resolver.lang.map_or_else(|| text.to_owned(), |lang| typography::apply(lang, text).into_owned())))
}

/// Reads a date of a record's own (`modified_on`) or of a field.
pub(super) fn date(resolver: &mut Resolver<'_>, field: &Field, node: &Node, text: &str) -> Option<Date> {
    match text.parse::<Date>() {
        Ok(date) => Some(date),
        Err(_) if yaml::is_to_fill(text) || is_curly(resolver, node, text) => None,
        Err(error) => {
            report(resolver, node.span, |place| match error {
                _ if let Some(year) = fiscal_year(text) => catalog::fiscal_year(place, text, year),
                DateError::Shape => match Date::from_words(text) {
                    Some(date) => catalog::date_in_words(place, text, &date.to_string()),
                    None => catalog::wrong_value(place, &field.kind, None),
                },
                DateError::Month { .. } => catalog::impossible_date(place, text, None),
                DateError::Day { last } => catalog::impossible_date(place, text, Some(last)),
            });
            None
        }
    }
}

/// The first year of a fiscal year: `2024-25`, `2024-2025`.
fn fiscal_year(text: &str) -> Option<u16> {
    let (first, second) = text.split_once(['-', '–', '/'])?;
    let year: u16 = first.parse().ok().filter(|_| first.len() == 4)?;
    let next = (year + 1).to_string();
    (second == next || second.len() == 2 && next.ends_with(second) && second > "12").then_some(year)
}

fn choice(resolver: &mut Resolver<'_>, choices: &Named<Choice>, node: &Node, text: &str) -> Option<Value> {
    let at = choices.position(text);
    if at.is_none() {
        report(resolver, node.span, |place| catalog::unknown_choice(place, text, choices.names()));
    }
    at.map(Value::Choice)
}

fn file(resolver: &mut Resolver<'_>, node: &Node, text: &str) -> Option<Value> {
    let assets = resolver.names.assets;
    let found = resolver.file.join(text).and_then(|path| assets.get_key_value(&path));
    match found {
        Some((path, asset)) => {
            resolver.assets.push(path.clone());
            Some(Value::File(path.clone(), asset.size))
        }
        None if resolver.file.join(text).is_some_and(|path| resolver.names.unreadable.contains(&path)) => None,
        None => {
            let known = resolver.names.asset_names();
            report(resolver, node.span, |place| catalog::missing_asset(place, text, known));
            None
        }
    }
}

/// Finds the record that a name means. With no types given, any record will do.
pub(super) fn reference(resolver: &mut Resolver<'_>, types: &[TypeId], node: &Node, written: &str) -> Option<RecordId> {
    if is_curly(resolver, node, written) {
        return None;
    }
    let names = resolver.names;
    // Of two types that share a folder, which is a mistake of its own, either will do.
    let folder = |kind: TypeId| names.schema.get(kind).folder.as_str();
    let takers = || {
        let folders: BTreeSet<&str> = if types.is_empty() {
            names.schema.iter().map(|(kind, _)| folder(kind)).collect()
        } else {
            types.iter().map(|kind| folder(*kind)).collect()
        };
        folders.into_iter()
    };
    if let Some(id) = names.id(written) {
        if types.is_empty() || takers().any(|taken| taken == folder(names.kind(id))) {
            return Some(id);
        }
        report(resolver, node.span, |place| catalog::reference_of_wrong_type(place, written, takers()));
        return None;
    }
    let full = || {
        let folders = takers().filter(|_| !written.contains('/'));
        let whole = written.contains('/').then(|| written.to_owned());
        folders.map(|folder| format!("{folder}/{written}")).chain(whole)
    };
    let found = if types.is_empty() && !written.contains('/') {
        names.ids_of(written).to_vec()
    } else {
        full().filter_map(|id| names.id(&id)).collect::<Vec<RecordId>>()
    };
    match found.as_slice() {
        [one] => return Some(*one),
        [] => {}
        several => {
            let names = several.iter().map(|id| names.name(*id));
            report(resolver, node.span, |place| catalog::ambiguous_reference(place, written, names));
            return None;
        }
    }
    resolver.looked.unknown = true;
    if full().any(|id| names.is_unparsable(&id)) {
        return None;
    }
    if full().any(|id| names.is_draft(&id)) {
        report(resolver, node.span, |place| catalog::reference_to_draft(place, written));
        return None;
    }
    resolver.looked.addresses = true;
    let others = if written.contains('/') { &[][..] } else { names.ids_of(written) };
    if let [other] = others {
        let name = names.name(*other);
        report(resolver, node.span, |place| catalog::reference_of_wrong_type(place, name, takers()));
        return None;
    }
    let named = written.strip_suffix(')').and_then(|link| link.rsplit_once("](")).map_or(written, |(_, id)| id);
    let meant = names.meant(resolver.file, named);
    let meant = meant.filter(|id| takers().any(|folder| id.split('/').next() == Some(folder)));
    let known = names.known_in(if written.contains('/') { None } else { Some(types) });
    report(resolver, node.span, |place| catalog::unknown_reference(place, written, takers(), meant, &known));
    None
}

fn group(resolver: &mut Resolver<'_>, field: &Field, fields: &Named<Field>, node: &Node) -> Option<Value> {
    let Some(entries) = node.mapping() else {
        report(resolver, node.span, |place| catalog::wrong_value(place, &field.kind, None));
        return None;
    };
    for entry in entries.iter().filter(|entry| fields.position(&entry.key).is_none()) {
        report(resolver, entry.key_span, |place| {
            catalog::unknown_field(place, &entry.key, &field.name, fields.names(), None)
        });
    }
    let owner = resolver.place(entries.first().map_or(node.span, |first| first.key_span));
    let facts = facts(resolver, fields, entries, Part::Group, &owner);
    (!facts.is_empty()).then_some(Value::Group(facts))
}

/// Reports a value of the wrong kind, with what was meant where that is certain.
pub(super) fn wrong(resolver: &mut Resolver<'_>, field: &Field, node: &Node, text: &str) {
    let meant = meant::value(&field.kind, text);
    let meant = meant.as_deref().map(|meant| (text, meant));
    report(resolver, node.span, |place| catalog::wrong_value(place, &field.kind, meant));
}

pub(super) fn is_url(text: &str) -> bool {
    let parts = text.split_once("://");
    let rest = parts.filter(|(scheme, _)| ["https", "http"].iter().any(|known| scheme.eq_ignore_ascii_case(known)));
    rest.is_some_and(|(_, rest)| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.') && !rest.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>".contains(c))
    })
}

pub(super) fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| {
        let sign = |c: char| c.is_ascii_alphanumeric() || ".-_+'".contains(c);
        !name.is_empty()
            && name.chars().all(sign)
            && host.split('.').count() > 1
            && host
                .split('.')
                .all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
    })
}

pub(super) fn report(resolver: &mut Resolver<'_>, span: Span, mistake: impl FnOnce(Place) -> Diagnostic) {
    let place = resolver.place(span);
    resolver.diagnostics.push(mistake(place));
}
