//! What is above a page, in YAML, TOML or JSON, and the settings of old sites: [`split`], [`settings`]. Owns `toml`.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value};

use super::pattern;

/// What is above a page, by name and in its order.
pub(super) type Front = Map<String, Value>;

/// A page taken apart.
pub(super) struct Split<'a> {
    /// What is above the words.
    pub front: Front,
    /// The words.
    pub body: &'a str,
    /// What is above the words and cannot be understood.
    pub unread: Option<&'a str>,
}

/// Takes a page apart.
pub(super) fn split(text: &str) -> Split<'_> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let none = Split { front: Front::new(), body: text, unread: None };
    if text.starts_with('{') {
        // JSON ends with its first value.
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<Front>();
        return match values.next() {
            Some(Ok(front)) if !front.is_empty() => Split { front, body: &text[values.byte_offset()..], unread: None },
            _ => none,
        };
    }
    // Eleventy names another language after the sign.
    let first = text.lines().next().unwrap_or_default().trim_end();
    let (mark, read): (&str, fn(&str) -> Option<Front>) = match first {
        "---" | "---yaml" => ("---", yaml),
        "---json" => ("---", |source| serde_json::from_str(source).ok()),
        "---toml" => ("---", toml_map),
        "---js" | "---javascript" => ("---", |_| None),
        "+++" => ("+++", toml_map),
        _ => return none,
    };
    let mut at = text.find('\n').map_or(text.len(), |end| end + 1);
    let start = at;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == mark {
            let (source, body) = (&text[start..at], &text[at + line.len()..]);
            return match read(source) {
                Some(front) => Split { front, body, unread: None },
                None => Split { front: by_lines(source), body, unread: Some(source) },
            };
        }
        at += line.len();
    }
    none
}

static UNENDED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*(?:---|\+\+\+)[ \t]*\n((?:[\w-]+[ \t]*[:=][^\n]*(?:\n|$))+)"));

/// What a page begins with that looks like fields above it and is none, because nothing ends it or something is above it.
pub(super) fn unended(body: &str) -> Option<&str> {
    UNENDED.captures(body).and_then(|found| found.get(1)).map(|fields| fields.as_str().trim())
}

/// The settings of an old site, from a file whose name says that it holds them.
pub(super) fn settings(path: &str, text: &str) -> Option<Front> {
    match path.rsplit_once('.')?.1 {
        "yml" | "yaml" => yaml(text),
        "toml" => toml_map(text),
        "json" => serde_json::from_str(text).ok(),
        _ => None,
    }
}

fn yaml(source: &str) -> Option<Front> {
    if source.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Some(Front::new());
    }
    // Settings of MkDocs hold tags (`!!python/name:…`), which mean nothing here.
    let plain: String = source.lines().map(|line| format!("{}\n", without_tag(line))).collect();
    serde_yaml::from_str(&plain).ok()
}

fn without_tag(line: &str) -> String {
    match line.find(" !!python/").or_else(|| line.find(" !ENV")) {
        Some(at) => format!("{} ''", &line[..at]),
        None => line.to_owned(),
    }
}

fn toml_map(source: &str) -> Option<Front> {
    let table: toml::Table = toml::from_str(source).ok()?;
    Some(table.into_iter().map(|(key, value)| (key, from_toml(value))).collect())
}

fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Datetime(moment) => Value::String(moment.to_string()),
        toml::Value::Array(items) => items.into_iter().map(from_toml).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, from_toml(value))).collect(),
    }
}

/// What can be read line by line from a malformed block.
fn by_lines(source: &str) -> Front {
    let entry = |line: &str| {
        let (key, value) = line.split_once(':')?;
        let is_name = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
        let value = value.trim().trim_matches(['"', '\'']).trim();
        (is_name && !value.is_empty()).then(|| (key.to_owned(), Value::String(value.to_owned())))
    };
    source.lines().filter_map(entry).collect()
}

/// The text of a value: words, a number, a day.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Every text in a value.
pub(super) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(entries) => entries.values().flat_map(texts).collect(),
        value => text(value).into_iter().collect(),
    }
}

/// The day that a value begins with: `2019-04-15T17:02:49.676Z`.
pub(super) fn day(value: &Value) -> Option<String> {
    // Docusaurus has the day of the latest change in a field of its own.
    let value = value.get("date").unwrap_or(value);
    let text = text(value)?;
    let day = text.get(..10)?;
    day.parse::<crate::format::Date>().ok().map(|_| day.to_owned())
}

static DAY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|/)(?:(\d{4})-(\d{1,2})-(\d{1,2})[-_/. ]|(\d{4})/(\d{1,2})/(\d{1,2})/)"));

/// The day that the name of a file or its folders begin with: `2024-01-31-news.md`, `blog/2024/01/31/news.md`.
pub(super) fn day_in(path: &str) -> Option<String> {
    let found = DAY.captures_iter(path).last()?;
    let parts: Vec<&str> = found.iter().skip(1).flatten().map(|part| part.as_str()).collect();
    let [year, month, date] = parts.try_into().ok()?;
    day(&Value::String(format!("{year}-{month:0>2}-{date:0>2}")))
}
