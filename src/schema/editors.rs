//! JSON Schemas, by which editors with YAML support complete and check what is written, with help in both languages:
//! [`schemas`]. They are not a second check: they accept everything that the real one accepts, and leave to it what
//! they cannot know, such as which records exist.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::help::{self, Help, In};
use super::{
    Bounds, COMPARATORS, Explains, Field, FieldKind, RecordType, Schema, SchemaOrg, Show, Tone, config, load, policies,
};
use crate::diagnostic::catalog;
use crate::lang::PerLang;

/// A schema and the files of the content folder that it is for.
#[derive(Clone, Debug, PartialEq)]
pub struct EditorSchema {
    /// The schema.
    pub schema: Value,
    /// A pattern for the files: `agreements/**/*.yaml`.
    pub files: String,
}

/// The schemas of a site, by name: `site`, `type`, and `facts-` with the name of each type.
pub fn schemas(schema: &Schema) -> BTreeMap<String, EditorSchema> {
    let mut all = BTreeMap::new();
    let mut add = |name: String, schema: Value, files: String| {
        all.insert(name, EditorSchema { schema, files });
    };
    add("site".to_owned(), document(&settings(schema)), config::FILE.to_owned());
    add("type".to_owned(), document(&record_type(schema)), format!("{}/*.yaml", load::FOLDER));
    for (_, kind) in schema.iter() {
        add(format!("facts-{}", kind.name), document(&facts(schema, kind)), format!("{}/**/*.yaml", kind.folder));
    }
    all
}

/// The settings for Visual Studio Code and editors that read its settings: which schema is for which files. `folder` is
/// where the schemas are, `content` where the content is, both from the top of the workspace.
pub fn settings_of_editor(schemas: &BTreeMap<String, EditorSchema>, folder: &str, content: &str) -> Value {
    let all = schemas
        .iter()
        .map(|(name, own)| (format!("./{folder}/{name}.json"), Value::String(format!("{content}/{}", own.files))));
    json!({"yaml.schemas": Value::Object(all.collect())})
}

fn document(schema: &Value) -> Value {
    let mut whole = Map::from_iter([("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"))]);
    whole.extend(schema.as_object().cloned().unwrap_or_default());
    Value::Object(whole)
}

/// Adds help to a schema, in both languages.
fn helped(mut schema: Value, help: Option<PerLang<&str>>) -> Value {
    if let (Some(PerLang { en, fr }), Some(object)) = (help, schema.as_object_mut()) {
        object.insert("description".to_owned(), json!(format!("{en}\n\n{fr}")));
    }
    schema
}

/// An object with the names that may be in a place, each with the schema that `shape` gives it.
fn object<'a>(place: In, names: impl IntoIterator<Item = &'a str>, shape: impl Fn(&str) -> Value) -> Value {
    let properties =
        names.into_iter().map(|name| (name.to_owned(), helped(shape(name), help::of(place, name).map(Help::words))));
    json!({"type": "object", "properties": Value::Object(properties.collect()), "additionalProperties": false})
}

fn both_languages(one: &Value) -> Value {
    json!({
        "type": "object",
        "properties": {"en": one, "fr": one},
        "required": ["en", "fr"],
        "additionalProperties": false,
    })
}

/// A text: without quotation marks, it may be a number or a boolean to other YAML parsers, but is a text here.
fn text() -> Value {
    json!({"type": ["string", "number", "boolean"]})
}

fn texts() -> Value {
    both_languages(&text())
}

fn one_or_several(one: &Value) -> Value {
    json!({"anyOf": [one, {"type": "array", "items": one}]})
}

/// The policies with names of their own, and every warning by its name, which may be written with underscores.
fn policies_of(names: &[&str]) -> Value {
    let warnings = catalog::judged_by_site().flat_map(|name| [name.to_owned(), name.replace('-', "_")]);
    let all: Vec<String> = names.iter().map(|name| (*name).to_owned()).chain(warnings).collect();
    object(In::Policies, all.iter().map(String::as_str), |name| {
        let values: &[&str] =
            if name == "outdated_notice" { &["show", "hide"] } else { &["error", "warning", "allow"] };
        json!({"enum": values})
    })
}

fn settings(schema: &Schema) -> Value {
    let sections: Vec<&str> =
        schema.iter().filter(|(_, kind)| !kind.is_free()).map(|(_, kind)| kind.folder.as_str()).collect();
    let mut settings = object(In::Settings, config::KEYS, |name| match name {
        "name" | "description" => texts(),
        "base_url" => json!({"type": "string", "pattern": "^https?://"}),
        "theme" => json!({"type": "string", "default": "default"}),
        "menu" => json!({"type": "array", "items": {"enum": sections}, "uniqueItems": true}),
        "feedback" => json!({
            "type": "object",
            "properties": {"email": {"type": "string"}, "endpoint": {"type": "string", "pattern": "^https://"}},
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": false,
        }),
        "assets" => json!({
            "type": "object",
            "properties": {"allow": {"type": "array", "items": {
                "type": "object",
                "properties": {"ending": {"type": "string"}, "type": {"type": "string"}, "reason": {"type": "string"}},
                "required": ["ending", "reason"],
                "additionalProperties": false,
            }}, "picture_kilobytes": {"type": "integer", "minimum": 0, "default": 500}},
            "additionalProperties": false,
        }),
        "policies" => policies_of(&policies::KEYS),
        "keep" => one_or_several(&json!({"type": "string"})),
        "keep_confirmed" | "markdown_pages" => json!({"type": "boolean"}),
        _ => json!({}),
    });
    settings["required"] = json!(["name", "description", "menu"]);
    settings
}

fn record_type(schema: &Schema) -> Value {
    let mut own = object(In::Type, load::TYPE_KEYS, |name| match name {
        "type" | "folder" | "status" | "group_by" => json!({"type": "string"}),
        "name" | "plural" => texts(),
        "slug" => both_languages(&json!({"type": ["string", "null"]})),
        "fields" => json!({"$ref": "#/definitions/fields"}),
        "date_order" | "list" | "card" => one_or_several(&json!({"type": "string"})),
        "document" => json!({"type": ["boolean", "integer"], "minimum": 1, "default": false}),
        "glossary" => json!({"enum": Explains::ALL.map(Explains::name)}),
        "schema_org" => json!({"enum": SchemaOrg::ALL.map(SchemaOrg::name)}),
        "policies" => policies_of(&policies::TYPE_KEYS),
        _ => json!({}),
    });
    own["required"] = json!(["type", "folder", "name", "plural", "slug"]);
    own["definitions"] = json!({
        "fields": {"type": ["object", "null"], "additionalProperties": {"$ref": "#/definitions/field"}},
        "field": field_of_type(schema),
    });
    own
}

fn field_of_type(schema: &Schema) -> Value {
    let types: Vec<&str> = schema.iter().map(|(_, kind)| kind.name.as_str()).collect();
    let word = json!({"anyOf": [text(), {
        "type": "object",
        "properties": {"one": text(), "other": text()},
        "required": ["one", "other"],
        "additionalProperties": false,
    }]});
    let mut field = object(In::Field, load::FIELD_KEYS, |name| match name {
        "kind" => json!({"enum": FieldKind::NAMES}),
        "label" | "help" | "inverse" | "when_missing" => texts(),
        "required" | "many" | "localized" | "facet" => json!({"type": "boolean"}),
        "to" => one_or_several(&json!({"enum": types})),
        "choices" => json!({"type": "object", "additionalProperties": {
            "type": "object",
            "properties": {"en": text(), "fr": text(), "tone": {"enum": Tone::ALL.map(Tone::name)}},
            "required": ["en", "fr"],
            "additionalProperties": false,
        }}),
        "fields" => json!({"$ref": "#/definitions/fields"}),
        "unit" => both_languages(&word),
        "min" | "max" => json!({"type": "number"}),
        "pattern" => json!({"type": "string"}),
        "show" => json!({"enum": Show::ALL.map(Show::name)}),
        _ => json!({}),
    });
    field["required"] = json!(["kind", "label"]);
    let only = |kind: &str, needs: &str| json!({"if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]}, "then": {"required": [needs]}});
    field["allOf"] = json!([only("choice", "choices"), only("reference", "to"), only("group", "fields")]);
    field
}

fn facts(schema: &Schema, kind: &RecordType) -> Value {
    let mut facts = object(In::Facts, load::BASE_FACTS, |name| match name {
        "state" => json!({"enum": ["draft", "published", "archived"]}),
        "published_on" | "modified_on" | "review_by" | "expires_on" => to_fill_or(date()),
        "owner" => json!({"type": ["string", "number"]}),
        "alone" => json!({
            "type": "object",
            "properties": {"side": {"enum": ["en", "fr"]}, "reason": {"type": "string"}, "on": date()},
            "required": ["side", "reason", "on"],
            "additionalProperties": false,
        }),
        "changes" => one_or_several(&json!({
            "type": "object",
            "properties": {"on": to_fill_or(date()), "en": text(), "fr": text()},
            "required": ["on"],
            "additionalProperties": false,
        })),
        _ => json!({}),
    });
    // If a type requires no facts, the file may be empty or have only comments.
    facts["type"] = json!(["object", "null"]);
    let own: Vec<&Field> = kind.fields.iter().filter(|field| !field.localized).collect();
    for field in &own {
        facts["properties"][&field.name] = self::field(schema, field, false);
    }
    let required: Vec<&str> = own.iter().filter(|field| field.required).map(|field| field.name.as_str()).collect();
    if !required.is_empty() {
        facts["if"] = json!({"properties": {"state": {"const": "draft"}}, "required": ["state"]});
        facts["else"] = json!({"required": required});
    }
    facts["title"] = json!(format!("{} · {}", kind.label.en, kind.label.fr));
    facts
}

/// A field of facts. In a group, a localized field is written for both languages on the spot.
fn field(schema: &Schema, field: &Field, in_group: bool) -> Value {
    let one = value(schema, field);
    let one = if in_group && field.localized { both_languages(&one) } else { one };
    let mut own = if field.many {
        let mut list = json!({"type": "array", "items": one.clone()});
        if !matches!(field.kind, FieldKind::Number(_) | FieldKind::Money) {
            bound(&mut list, field.bounds, ["minItems", "maxItems"]);
        }
        json!({"anyOf": [one, list]})
    } else {
        one
    };
    own["title"] = json!(format!("{} · {}", field.label.en, field.label.fr));
    let help = field.help.as_ref().unwrap_or(&field.label);
    helped(own, Some(help.as_ref().map(|_, help| help.as_str())))
}

fn value(schema: &Schema, field: &Field) -> Value {
    to_fill_or(match &field.kind {
        FieldKind::Text => {
            let mut own = text();
            if let Some(pattern) = &field.pattern {
                own["pattern"] = json!(pattern.as_str());
            }
            if !field.many {
                bound(&mut own, field.bounds, ["minLength", "maxLength"]);
            }
            own
        }
        FieldKind::Markdown | FieldKind::File => json!({"type": "string"}),
        FieldKind::Number(_) => number(field.bounds),
        FieldKind::Money => money(),
        FieldKind::Boolean => json!({"type": "boolean"}),
        FieldKind::Date => date(),
        FieldKind::Choice(choices) => {
            let labels: Vec<String> =
                choices.iter().map(|choice| format!("{} · {}", choice.label.en, choice.label.fr)).collect();
            let keys: Vec<&str> = choices.iter().map(|choice| choice.key.as_str()).collect();
            json!({"enum": keys, "enumDescriptions": labels, "markdownEnumDescriptions": labels})
        }
        FieldKind::Url => json!({"type": "string", "pattern": "^https?://"}),
        FieldKind::Email => json!({"type": "string", "pattern": "@"}),
        FieldKind::Reference(_) | FieldKind::Phone => json!({"type": ["string", "number"]}),
        // For older YAML parsers, `no` (Norwegian) is false.
        FieldKind::Language => json!({"type": ["string", "boolean"]}),
        FieldKind::Group(fields) => {
            let properties: Map<String, Value> =
                fields.iter().map(|own| (own.name.clone(), self::field(schema, own, true))).collect();
            let required: Vec<&str> = fields.iter().filter(|own| own.required).map(|own| own.name.as_str()).collect();
            let mut group = json!({"type": "object", "properties": properties, "additionalProperties": false});
            if !required.is_empty() {
                group["required"] = json!(required);
            }
            group
        }
    })
}

fn date() -> Value {
    json!({"anyOf": [
        {"type": "integer", "minimum": 1000, "maximum": 9999},
        {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
    ]})
}

fn number(bounds: Bounds) -> Value {
    let mut plain = json!({"type": "number"});
    bound(&mut plain, bounds, ["minimum", "maximum"]);
    json!({"anyOf": [plain.clone(), {"type": "string", "pattern": "[0-9]"}, compared(&plain)]})
}

fn money() -> Value {
    let plain = json!({"type": "string", "pattern": "[0-9]"});
    json!({"anyOf": [plain.clone(), compared(&plain)]})
}

/// Values with a comparator.
fn compared(plain: &Value) -> Value {
    let of_each: Map<String, Value> = COMPARATORS.map(|name| (name.to_owned(), plain.clone())).into_iter().collect();
    json!({"type": "object", "properties": of_each, "minProperties": 1, "maxProperties": 2, "additionalProperties": false})
}

fn bound(schema: &mut Value, bounds: Bounds, [min, max]: [&str; 2]) {
    // A bound that is a whole number is written as one: lengths and counts have no other.
    #[expect(clippy::cast_possible_truncation, reason = "no length or count is above 2^53")]
    let written = |bound: f64| if bound.fract() == 0.0 { json!(bound as i64) } else { json!(bound) };
    for (name, bound) in [(min, bounds.min), (max, bounds.max)] {
        if let Some(bound) = bound {
            schema[name] = written(bound);
        }
    }
}

/// A place to fill in may be wherever a value may: `check` reports it.
fn to_fill_or(one: Value) -> Value {
    let place = json!({"type": "string", "pattern": "^\\[(TO FILL|À REMPLIR)"});
    match one {
        // Any text is accepted already; leaving it as it is keeps the editor's hints simple.
        one if one == text() || one == json!({"type": "string"}) => one,
        one => json!({"anyOf": [one, place]}),
    }
}
