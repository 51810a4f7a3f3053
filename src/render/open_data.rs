//! Open data: every type as a table in each language and as JSON with both, every record as JSON.
//!
//! Tables are CSV by RFC 4180 in UTF-8 with a byte order mark, without which spreadsheets mistake UTF-8 for something
//! else; JSON has none. Where a spreadsheet would see a formula, an apostrophe is put before it. That also happens
//! inside a cell, after a sign at which a program that expects another form of table would begin a new cell.

use std::collections::HashSet;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::links::PageContext;
use super::meta::PageKind;
use super::theme::Theme;
use super::view::{ColumnView, DataTypeView, DataView, DownloadView};
use super::{index, index_entries, lists};
use crate::diagnostic::Span;
use crate::format;
use crate::lang::{Lang, PerLang};
use crate::path::UrlPath;
use crate::schema::{Field, RecordType, TypeId};
use crate::site::{Fact, Record, RecordId, Said, Site, Value};

/// The address of a type's table.
pub fn csv_url(site: &Site, kind: TypeId, lang: Lang) -> UrlPath {
    UrlPath::new(format!("data/{}.{lang}.csv", site.schema.get(kind).folder))
}

/// The address of a type's JSON.
pub fn json_url(site: &Site, kind: TypeId) -> UrlPath {
    UrlPath::new(format!("data/{}.json", site.schema.get(kind).folder))
}

/// The address of a record's JSON.
pub fn record_url(site: &Site, id: RecordId) -> UrlPath {
    UrlPath::new(format!("data/{}.json", site.record(id).id))
}

/// The types that have data: those with a list.
pub fn types(site: &Site) -> impl Iterator<Item = TypeId> {
    site.lists.iter().map(|list| list.kind)
}

/// The page about open data.
pub(super) fn page(site: &Site, theme: &Theme, lang: Lang) -> DataView {
    let url = &site.reserved.get(lang).data;
    let from = PageContext::new(site, theme, url, lang);
    let data_type = |kind: TypeId| {
        let of = site.schema.get(kind);
        let column = |(name, label): (&str, &str)| ColumnView {
            name: name.to_owned(),
            label: label.to_owned(),
            kind: of.fields.find(name).map(|field| field.kind.name()),
        };
        DataTypeView {
            kind: lists::kind_view(from, of, kind),
            id: format!("_data-{}", of.name),
            total: site.list(kind).map_or(0, |list| list.records.get(lang).len()),
            downloads: downloads(from, kind),
            columns: columns(of, theme, lang).iter().map(|(name, label)| column((name, label))).collect(),
        }
    };
    let page = index::reserved(site, theme, PageKind::Data, "data_title", lang, |lang| &site.reserved.get(lang).data);
    let example = types(site).find_map(|kind| site.records_of(kind).next());
    let example = example.map(|(id, _)| record_url(site, id).to_string());
    DataView { page, example, types: types(site).map(data_type).collect() }
}

/// The downloads of a type's data.
pub(super) fn downloads(from: PageContext<'_>, kind: TypeId) -> Vec<DownloadView> {
    let download = |format: &'static str, url: &UrlPath, bytes: usize| DownloadView {
        format,
        href: from.to(url),
        size: format::file_size(bytes as u64, from.lang),
    };
    let site = from.site;
    vec![
        download("CSV", &csv_url(site, kind, from.lang), csv(site, from.theme, kind, from.lang).len()),
        download("JSON", &json_url(site, kind), json_of_type(site, kind).len()),
    ]
}

/// A type's table in a language: a line for each record that has a side in it, in alphabetical order.
pub fn csv(site: &Site, theme: &Theme, kind: TypeId, lang: Lang) -> String {
    let of = site.schema.get(kind);
    let mut out = String::from("\u{feff}");
    row(columns(of, theme, lang).iter().map(|(_, label)| label.as_str()), &mut out);
    for id in site.list(kind).map(|list| list.records.get(lang)).into_iter().flatten() {
        let record = site.record(*id);
        let Some(side) = record.side(lang) else { continue };
        let iso =
            |date: &Option<(format::Date, _)>| date.as_ref().map(|(date, _)| date.to_string()).unwrap_or_default();
        let base = &record.base;
        let mut cells = vec![
            record.id.clone(),
            side.title.clone(),
            side.summary.clone(),
            absolute(site, &side.url),
            iso(&base.published_on),
            iso(&base.modified_on),
            iso(&base.expires_on),
        ];
        let facts = record.facts_in(lang);
        cells.extend((0..of.fields.len()).map(|at| {
            let fact = facts.binary_search_by_key(&at, |fact| fact.field).ok().map(|found| facts[found]);
            fact.map(|fact| text_of(site, theme, lang, &of.fields[at], fact)).unwrap_or_default()
        }));
        row(cells.iter().map(String::as_str), &mut out);
    }
    out
}

/// The columns of a type's table: the name in the schema and the column's header.
fn columns(of: &RecordType, theme: &Theme, lang: Lang) -> Vec<(String, String)> {
    let own = ["id", "title", "summary", "address", "published_on", "modified_on", "expires_on"];
    let own = own.map(|name| {
        let key = match name {
            "published_on" | "modified_on" => name.to_owned(),
            _ => format!("column_{name}"),
        };
        (name.to_owned(), theme.strings(lang).get(&key).to_owned())
    });
    let fields = of.fields.iter().map(|field| (field.name.clone(), field.label.get(lang).clone()));
    let mut all: Vec<(String, String)> = own.into_iter().chain(fields).collect();
    // Two columns with the same header could not be told apart.
    let mut heads = HashSet::new();
    for (name, head) in &mut all {
        if heads.contains(head) {
            *head = format!("{head} ({name})");
        }
        heads.insert(head.clone());
    }
    all
}

fn row<'a>(cells: impl Iterator<Item = &'a str>, out: &mut String) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        write_cell(cell, out);
    }
    out.push_str("\r\n");
}

/// A cell that no spreadsheet reads as a formula, whether it separates cells at commas, semicolons or tabs, and whether
/// or not it understands the quotation marks. A negative number, which only looks like a formula, is left alone.
fn write_cell(cell: &str, out: &mut String) {
    let quoted = cell.contains([',', '"', '\r', '\n']);
    if quoted {
        out.push('"');
    }
    let mut begins = true;
    for (at, c) in cell.char_indices() {
        if begins && is_formula(&cell[at..]) {
            out.push('\'');
        }
        begins = matches!(c, ';' | '\t' | '\r' | '\n');
        out.push(c);
        if c == '"' {
            out.push('"');
        }
    }
    if quoted {
        out.push('"');
    }
}

/// Whether a cell that began here would be a formula. Spaces and quotation marks before the sign are skipped, as some
/// spreadsheets do; the wide forms of the signs count as the signs.
fn is_formula(cell: &str) -> bool {
    let passed = |c: char| c == '"' || c.is_whitespace() && !matches!(c, '\t' | '\r' | '\n');
    let text = cell.trim_start_matches(passed);
    if !text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n']) {
        return false;
    }
    let end = text.find([';', '\t', '\r', '\n']).unwrap_or(text.len());
    let is_number = text[..end]
        .trim_end()
        .strip_prefix(['-', '+'])
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'));
    !is_number
}

fn text_of(site: &Site, theme: &Theme, lang: Lang, field: &Field, fact: &Fact) -> String {
    let values = fact.values.iter().map(|value| text(site, theme, lang, field, value));
    values.collect::<Vec<_>>().join("; ")
}

fn text(site: &Site, theme: &Theme, lang: Lang, field: &Field, value: &Value) -> String {
    let Some(said) = Said::of(field, value, lang) else { return String::new() };
    match said {
        Said::Text(text) | Said::Url(text) | Said::Email(text) => text.to_owned(),
        Said::Markdown(document) => index_entries::plain(site, lang, document),
        Said::Number(quantity, _) => quantity.write(None, lang),
        Said::Money(money) => money.write(lang),
        Said::Boolean(yes) => theme.strings(lang).get(if yes { "yes" } else { "no" }).to_owned(),
        Said::Date(date) => date.to_string(),
        Said::Choice(choice) => choice.label.get(lang).clone(),
        Said::Reference(id) => index_entries::title(site, id, lang),
        Said::Phone(phone) => phone.write(lang),
        Said::Language(code) => format::language_name(code, lang).unwrap_or(code).to_owned(),
        Said::File(path, _) => absolute(site, &Site::asset_url(path)),
        Said::Group(fields, facts) => {
            let part = |fact: &Fact| {
                let field = &fields[fact.field];
                let words =
                    [("label", field.label.get(lang).as_str()), ("value", &text_of(site, theme, lang, field, fact))];
                theme.strings(lang).fill("labelled", &words)
            };
            facts.iter().map(part).collect::<Vec<_>>().join(", ")
        }
    }
}

/// A type's records with both languages.
pub fn json_of_type(site: &Site, kind: TypeId) -> String {
    let of = site.schema.get(kind);
    let mut out = format!("{{\"type\":{},\"name\":{},\"records\":[\n", json!(of.name), json!(of.label));
    for (at, (id, _)) in site.records_of(kind).enumerate() {
        if at > 0 {
            out.push_str(",\n");
        }
        out.push_str(&json_of_record(site, id));
    }
    out.push_str("\n]}\n");
    out
}

/// A record with both languages.
pub fn json_of_record(site: &Site, id: RecordId) -> String {
    let record = site.record(id);
    let of = site.schema.get(record.kind);
    let base = &record.base;
    let date = |date: Option<(format::Date, Span)>| date.map(|(date, _)| date.to_string());
    let side = |lang| side_json(site, &of.fields, record, lang);
    let json = RecordJson {
        archived: base.archived,
        changes: base.changes.iter().map(|note| NoteJson { on: note.on, text: &note.text }).collect(),
        en: side(Lang::En),
        expires_on: date(base.expires_on),
        fields: fields_json(site, &of.fields, &record.facts, None),
        fr: side(Lang::Fr),
        id: &record.id,
        modified_on: date(base.modified_on),
        owner: base.owner.map(|owner| site.record(owner).id.as_str()),
        published_on: date(base.published_on),
        review_by: date(base.review_by),
        kind: &of.name,
    };
    serde_json::to_string(&json).unwrap_or_default()
}

#[derive(Serialize)]
struct RecordJson<'a> {
    archived: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<NoteJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    en: Option<SideJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_on: Option<String>,
    fields: FieldsJson<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fr: Option<SideJson<'a>>,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    review_by: Option<String>,
    #[serde(rename = "type")]
    kind: &'a str,
}

#[derive(Serialize)]
struct NoteJson<'a> {
    on: format::Date,
    #[serde(flatten)]
    text: &'a PerLang<Option<String>>,
}

#[derive(Serialize)]
struct SideJson<'a> {
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    fields: FieldsJson<'a>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    keywords: &'a [String],
    summary: &'a str,
    title: &'a str,
    url: String,
}

/// The values of fields by their names.
type FieldsJson<'a> = BTreeMap<&'a str, Json>;

fn side_json<'a>(site: &Site, fields: &'a [Field], record: &'a Record, lang: Lang) -> Option<SideJson<'a>> {
    let side = record.side(lang)?;
    Some(SideJson {
        fields: fields_json(site, fields, &side.facts, Some(lang)),
        keywords: &side.keywords,
        summary: &side.summary,
        title: &side.title,
        url: absolute(site, &side.url),
    })
}

fn fields_json<'a>(site: &Site, fields: &'a [Field], facts: &[Fact], lang: Option<Lang>) -> FieldsJson<'a> {
    let fact = |fact: &Fact| {
        let field = &fields[fact.field];
        let mut values = fact.values.iter().map(|value| json_of(site, field, value, lang));
        let value = if field.many { Json::Array(values.collect()) } else { values.next().unwrap_or_default() };
        (field.name.as_str(), value)
    };
    facts.iter().map(fact).collect()
}

fn json_of(site: &Site, field: &Field, value: &Value, lang: Option<Lang>) -> Json {
    if let Value::PerLang(sides) = value {
        let of = |lang| json_of(site, field, sides.get(lang), Some(lang));
        return json!({"en": of(Lang::En), "fr": of(Lang::Fr)});
    }
    // What differs by language is given in each language.
    let lang = lang.unwrap_or(Lang::En);
    let Some(said) = Said::of(field, value, lang) else { return Json::Null };
    match said {
        Said::Text(text) | Said::Url(text) | Said::Email(text) | Said::Language(text) => json!(text),
        Said::Markdown(document) => json!(index_entries::plain(site, lang, document)),
        Said::Number(quantity, _) => match quantity.name() {
            None => numbers(quantity),
            Some(name) => json!({ name: numbers(quantity) }),
        },
        Said::Money(money) => json!({
            money.quantity.name().unwrap_or("amount"): numbers(&money.quantity),
            "currency": money.currency.code(),
        }),
        Said::Boolean(yes) => json!(yes),
        Said::Date(date) => json!(date.to_string()),
        Said::Choice(choice) => json!(choice.key),
        Said::Reference(id) => json!(site.record(id).id),
        Said::Phone(phone) => json!(phone.href().trim_start_matches("tel:")),
        Said::File(path, size) => json!({"url": absolute(site, &Site::asset_url(path)), "bytes": size}),
        Said::Group(fields, facts) => json!(fields_json(site, fields, facts, Some(lang))),
    }
}

/// The number of a quantity, or both of a range, with all of their digits.
fn numbers(quantity: &format::Quantity) -> Json {
    let number = |number: &format::Number| serde_json::from_str::<Json>(&number.to_string()).unwrap_or_default();
    let mut numbers: Vec<Json> = quantity.numbers().map(number).collect();
    if numbers.len() == 1 { numbers.remove(0) } else { Json::Array(numbers) }
}

/// An absolute address if the site has a `base_url`, else one from the site's root.
fn absolute(site: &Site, url: &UrlPath) -> String {
    url.absolute(site.config.base_url.as_deref().unwrap_or("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> String {
        let mut out = String::new();
        write_cell(text, &mut out);
        out
    }

    #[test]
    fn cells_are_quoted_where_the_rfc_asks_for_it() {
        assert_eq!(cell("plain"), "plain");
        assert_eq!(cell("one, two"), "\"one, two\"");
        assert_eq!(cell("the “\"quoted\"” word"), "\"the “\"\"quoted\"\"” word\"");
        assert_eq!(cell("two\nlines"), "\"two\nlines\"");
    }

    #[test]
    fn no_cell_is_run_as_a_formula() {
        assert_eq!(cell("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(cell("@SUM(A1,A2)"), "\"'@SUM(A1,A2)\"");
        assert_eq!(cell("+1 613"), "'+1 613");
        assert_eq!(cell("-3.5"), "-3.5");
        assert_eq!(cell(" =1+1"), "' =1+1");
        assert_eq!(cell("＝1+1"), "'＝1+1");
    }

    #[test]
    fn no_part_of_a_cell_is_run_where_cells_are_parted_otherwise() {
        assert_eq!(cell("Entente;=cmd|x"), "Entente;'=cmd|x");
        assert_eq!(cell("a; -3; +4"), "a; -3; +4");
        for sign in ["=", "+", "-", "@", "＝", "＋", "－", "＠"] {
            for parting in [";", "\t", "\n", "\r\n", "; ", ";\u{a0}", ";\"", ";; ", "x;\t"] {
                let written = cell(&format!("a{parting}{sign}cmd|' /C calc'!A0"));
                for split in [";", "\t", "\n", "\r"] {
                    for part in written.split(split) {
                        let begins = part.trim_start_matches(|c: char| c == '"' || c.is_whitespace());
                        assert!(!begins.starts_with(sign), "{parting:?}{sign}: {written:?} begins a cell at {split:?}");
                    }
                }
            }
        }
    }
}
