//! Reads record types from `types/*.yaml`: [`load`].

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use regex::Regex;

use super::policies;
use super::reader::Reader;
use super::{
    Bounds, Choice, Explains, Field, FieldKind, LIST_PARTS, Named, RecordType, Schema, SchemaOrg, Show, Tone, TypeId,
    TypeSource,
};
use crate::diagnostic::{Diagnostic, Diagnostics, KnownNames, Place, Span, catalog};
use crate::format::Unit;
use crate::lang::{Lang, PerLang};
use crate::path::{self, ContentPath, PathPart};
use crate::source::Sources;
use crate::yaml::{self, Node};

pub use crate::layout::TYPES as FOLDER;

/// Fields that every record may have in its facts; types cannot declare them again.
pub const BASE_FACTS: [&str; 8] =
    ["state", "published_on", "modified_on", "review_by", "expires_on", "owner", "alone", "changes"];

/// Fields of every page of words; types cannot declare them again.
pub const BASE_WORDS: [&str; 8] =
    ["title", "summary", "short_title", "inline_title", "slug", "keywords", "aliases", "parity"];

/// What a type can say.
pub(super) const TYPE_KEYS: [&str; 15] = [
    "type",
    "folder",
    "name",
    "plural",
    "slug",
    "fields",
    "date_order",
    "list",
    "status",
    "group_by",
    "card",
    "schema_org",
    "glossary",
    "document",
    "policies",
];
/// What a field of a type can say.
pub(super) const FIELD_KEYS: [&str; 17] = [
    "kind",
    "label",
    "help",
    "required",
    "many",
    "localized",
    "facet",
    "inverse",
    "to",
    "choices",
    "fields",
    "unit",
    "min",
    "max",
    "pattern",
    "show",
    "when_missing",
];

/// Reads all types. A type with a mistake in it is read as far as it goes, so that its records can be checked too.
pub fn load(sources: &Sources) -> (Schema, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let mut files: Vec<(&ContentPath, Node)> = Vec::new();
    for (path, text) in sources.texts() {
        if path.folder() == FOLDER {
            files.extend(diagnostics.absorb(yaml::parse(path, text, 0)).map(|node| (path, node)));
        }
    }
    // Names first: a field may refer to a type that is in a later file.
    files.sort_by(|a, b| name_of(&a.1).cmp(name_of(&b.1)));
    let names = TypeNames::of(files.iter().map(|(_, node)| name_of(node)));
    let mut types: Vec<RecordType> = Vec::new();
    let (mut by_name, mut by_folder) = (HashMap::<String, usize>::new(), HashMap::<String, usize>::new());
    for (path, node) in &files {
        let mut reader = Reader::new(path);
        let mut read = record_type(&mut reader, node, &names);
        let others = [by_name.get(&read.name), by_folder.get(read.folder.as_str())];
        if let Some(other) = others.into_iter().flatten().min() {
            let place = reader.place(node.get("type").map_or(node.span, |node| node.span));
            reader.report(catalog::duplicate_type(place, &types[*other].name));
            // Its pages would only want the addresses of those of the first one.
            read.slug = PerLang::default();
        }
        by_name.entry(read.name.clone()).or_insert(types.len());
        by_folder.entry(read.folder.to_string()).or_insert(types.len());
        diagnostics.extend(reader.diagnostics);
        types.push(read);
    }
    (Schema::new(types), diagnostics)
}

fn name_of(node: &Node) -> &str {
    node.get("type").and_then(Node::scalar).unwrap_or_default()
}

/// The names of all types, which are known before any of them is read.
struct TypeNames {
    by_name: HashMap<String, TypeId>,
    known: KnownNames,
}

impl TypeNames {
    fn of<'a>(names: impl Iterator<Item = &'a str> + Clone) -> Self {
        let mut by_name = HashMap::new();
        for (at, name) in names.clone().enumerate() {
            by_name.entry(name.to_owned()).or_insert(TypeId(at));
        }
        Self { by_name, known: KnownNames::new(names) }
    }
}

fn record_type(reader: &mut Reader<'_>, node: &Node, names: &TypeNames) -> RecordType {
    let entries = reader.mapping(node);
    reader.known_keys(entries, &TYPE_KEYS);
    let text = |reader: &mut Reader<'_>, key| {
        let node = reader.required(node, key)?;
        reader.text(node)
    };
    let name = text(reader, "type").unwrap_or_default();
    let folder = text(reader, "folder").unwrap_or_default();
    name_is_plain(reader, node.get("type"), &name);
    let folder = folder_of(reader, node, &folder);
    let texts = |reader: &mut Reader<'_>, key| {
        let node = reader.required(node, key)?;
        reader.texts(node)
    };
    let label = texts(reader, "name").unwrap_or_default();
    let plural = texts(reader, "plural").unwrap_or_default();
    let slug = slugs(reader, node);
    let fields = node.get("fields").map(|node| fields(reader, node, names)).unwrap_or_default();
    reserved_names(reader, node, &fields);
    let date_order = date_order(reader, node, &fields);
    let positions = |reader: &mut Reader<'_>, key| {
        let items = node.get(key).map(Node::items).unwrap_or_default();
        items.iter().filter_map(|item| position(reader, item, &fields)).collect()
    };
    let (list, card) = (positions(reader, "list"), positions(reader, "card"));
    let status = node.get("status").and_then(|item| {
        let is_choice = |field: &Field| matches!(field.kind, FieldKind::Choice(_)) && !field.many;
        position_of_fit(reader, node, item, &fields, is_choice, catalog::status_not_a_choice)
    });
    let group_by = node.get("group_by").and_then(|item| {
        let groups =
            |field: &Field| matches!(field.kind, FieldKind::Choice(_) | FieldKind::Reference(_)) && !field.localized;
        position_of_fit(reader, node, item, &fields, groups, catalog::group_by_not_a_choice)
    });
    let schema_org = node.get("schema_org");
    let schema_org =
        schema_org.and_then(|node| reader.one_of(node, &SchemaOrg::ALL, SchemaOrg::name, catalog::unknown_schema_org));
    let glossary = node.get("glossary");
    let glossary =
        glossary.and_then(|node| reader.one_of(node, &Explains::ALL, Explains::name, catalog::unknown_glossary));
    let document = node.get("document").and_then(|node| document(reader, node));
    facet_labels(reader, node, &fields);
    let source = source_of(reader, node);
    let policies = node.get("policies").map(|node| policies::of_type(reader, node)).unwrap_or_default();
    RecordType {
        name,
        folder,
        label,
        plural,
        slug,
        fields,
        date_order,
        list,
        status,
        group_by,
        card,
        schema_org,
        glossary,
        document,
        policies,
        source,
        known_facts: OnceLock::new(),
        known_words: OnceLock::new(),
    }
}

/// Reports fields with the names of those that every record has.
fn reserved_names(reader: &mut Reader<'_>, node: &Node, fields: &Named<Field>) {
    for (field, node) in fields.iter().zip(node.get("fields").and_then(Node::mapping).unwrap_or_default()) {
        if BASE_FACTS.contains(&field.name.as_str()) || BASE_WORDS.contains(&field.name.as_str()) {
            let place = reader.place(node.key_span);
            reader.report(catalog::reserved_field(place, &field.name));
        }
    }
}

/// The dates of a record in the order in which they must follow one another.
fn date_order(reader: &mut Reader<'_>, node: &Node, fields: &Named<Field>) -> Vec<String> {
    let is_date = |name: &str| {
        ["published_on", "modified_on", "review_by", "expires_on"].contains(&name)
            || fields.find(name).is_some_and(|field| matches!(field.kind, FieldKind::Date))
    };
    let mut order = Vec::new();
    for item in node.get("date_order").map(Node::items).unwrap_or_default() {
        let Some(name) = reader.text(item) else { continue };
        if is_date(&name) {
            order.push(name);
        } else {
            let place = reader.place(item.span);
            reader.report(catalog::not_a_date_field(place, &name));
        }
    }
    order
}

/// Which field an entry of a list names.
fn position(reader: &mut Reader<'_>, item: &Node, fields: &Named<Field>) -> Option<usize> {
    let name = reader.text(item)?;
    let at = fields.position(&name);
    if at.is_none() {
        let place = reader.place(item.span);
        reader.report(catalog::unknown_list_field(place, &name, fields.names()));
    }
    at
}

/// The same, where only some fields are of use; `mistake` is what is reported of any other. A field that the `record_type`
/// declares by mistake may be of use once it is corrected.
fn position_of_fit(
    reader: &mut Reader<'_>,
    record_type: &Node,
    item: &Node,
    fields: &Named<Field>,
    fits: impl Fn(&Field) -> bool,
    mistake: fn(Place) -> Diagnostic,
) -> Option<usize> {
    let at = position(reader, item, fields)?;
    if fits(&fields[at]) {
        return Some(at);
    }
    let declared = record_type.get("fields").and_then(|all| all.get(&fields[at].name));
    if declared.is_some_and(|declared| reader.is_mistaken(declared)) {
        return None;
    }
    let place = reader.place(item.span);
    reader.report(mistake(place));
    None
}

/// Up to how many records a section is one document, where the type does not say.
const MOST_IN_DOCUMENT: usize = 500;

/// Whether the section is one document: yes, no, or up to how many records.
fn document(reader: &mut Reader<'_>, node: &Node) -> Option<usize> {
    match node.scalar().and_then(|written| written.parse::<u16>().ok()).filter(|most| *most > 0) {
        Some(most) => Some(usize::from(most)),
        None => reader.boolean(node)?.then_some(MOST_IN_DOCUMENT),
    }
}

/// Reports a name that no file or folder can have; whether it is one.
fn name_is_plain(reader: &mut Reader<'_>, node: Option<&Node>, written: &str) -> Option<PathPart> {
    match PathPart::new(written) {
        Ok(name) => Some(name),
        Err(fault) => {
            // What is missing altogether is reported as such.
            if let Some(node) = node.filter(|_| !written.is_empty()) {
                let place = reader.place(node.span);
                reader.report(catalog::bad_name(place, written, fault));
            }
            None
        }
    }
}

/// A type's folder. If its name cannot be one, the type has the name of its own file, so that its other mistakes are
/// reported.
fn folder_of(reader: &mut Reader<'_>, node: &Node, written: &str) -> PathPart {
    name_is_plain(reader, node.get("folder"), written).unwrap_or_else(|| {
        let file = reader.file().file_name();
        PathPart::new(file.rsplit_once('.').map_or(file, |(stem, _)| stem)).unwrap_or_default()
    })
}

fn source_of(reader: &Reader<'_>, node: &Node) -> TypeSource {
    let span = |node: Option<&Node>| node.map_or(Span::START, |node| node.span);
    let entries = node.get("fields").and_then(Node::mapping).unwrap_or_default();
    TypeSource {
        file: reader.file().clone(),
        folder: span(node.get("folder")),
        slug: span(node.get("slug")),
        document: span(node.get("document")),
        labels: entries.iter().map(|entry| entry.value.get("label").map_or(entry.key_span, |node| node.span)).collect(),
    }
}

/// Reports facets whose labels would give the same address, or one that every list uses itself.
fn facet_labels(reader: &mut Reader<'_>, node: &Node, fields: &[Field]) {
    let entries = node.get("fields").and_then(Node::mapping).unwrap_or_default();
    let mut taken = PerLang::from_fn(|lang| HashSet::from(LIST_PARTS.get(lang).map(str::to_owned)));
    for (field, entry) in fields.iter().zip(entries).filter(|(field, _)| field.facet) {
        for lang in Lang::BOTH {
            let label = field.label.get(lang);
            if !taken.get_mut(lang).insert(path::short_slug(label)) {
                let at = entry.value.get("label").map_or(entry.key_span, |label| label.span);
                let place = reader.place(at);
                reader.report(catalog::facet_label_taken(place, label));
            }
        }
    }
}

/// The section's slugs: both empty (free pages), or both fit for an address.
fn slugs(reader: &mut Reader<'_>, node: &Node) -> PerLang<String> {
    let Some(slug) = reader.required(node, "slug") else { return PerLang::default() };
    let slugs = reader.texts_or_empty(slug).unwrap_or_default();
    for text in [&slugs.en, &slugs.fr] {
        let free = slugs.en.is_empty() && slugs.fr.is_empty();
        if !free && !path::is_slug(text) {
            let place = reader.place(slug.span);
            reader.report(catalog::bad_slug(place, text, &path::slug(text)));
        }
    }
    slugs
}

fn fields(reader: &mut Reader<'_>, node: &Node, names: &TypeNames) -> Named<Field> {
    let entries = reader.mapping(node);
    entries.iter().map(|entry| field(reader, &entry.key, &entry.value, names)).collect::<Vec<_>>().into()
}

fn field(reader: &mut Reader<'_>, name: &str, node: &Node, names: &TypeNames) -> Field {
    let entries = reader.mapping(node);
    reader.known_keys(entries, &FIELD_KEYS);
    let flag = |reader: &mut Reader<'_>, key| node.get(key).and_then(|node| reader.boolean(node)).unwrap_or(false);
    let kind = reader.required(node, "kind").and_then(|kind| {
        let written = reader.text(kind)?;
        field_kind(reader, &written, kind, node, names)
    });
    let label = reader.required(node, "label").and_then(|node| reader.texts(node)).unwrap_or_default();
    let bound = |reader: &mut Reader<'_>, key| node.get(key).and_then(|node| reader.number(node));
    let pattern = node.get("pattern").and_then(|node| {
        let written = reader.text(node)?;
        let pattern = Regex::new(&format!("^(?:{written})$")).ok();
        if pattern.is_none() {
            let place = reader.place(node.span);
            reader.report(catalog::bad_pattern(place));
        }
        pattern
    });
    if let Some(kind) = &kind {
        modifiers(reader, kind, node);
    }
    let show = node.get("show").and_then(|node| {
        let written = reader.text(node)?;
        let show = Show::ALL.into_iter().find(|show| show.name() == written);
        let fits = show.is_some_and(|show| show.takes(kind.as_ref()));
        if !fits {
            let place = reader.place(node.span);
            reader.report(catalog::show_does_not_fit(place, &written));
        }
        show.filter(|_| fits)
    });
    let bounds = Bounds { min: bound(reader, "min"), max: bound(reader, "max") };
    if let (Some(min), Some(max), Some(node)) = (bounds.min, bounds.max, node.get("max"))
        && min > max
    {
        let place = reader.place(node.span);
        reader.report(catalog::bounds_reversed(place, min, max));
    }
    let kind = kind.unwrap_or(FieldKind::Text);
    let many = flag(reader, "many");
    Field {
        name: name.to_owned(),
        show: show.unwrap_or_else(|| Show::of(&kind, many)),
        kind,
        required: flag(reader, "required"),
        many,
        localized: flag(reader, "localized"),
        facet: flag(reader, "facet"),
        label,
        help: node.get("help").and_then(|node| reader.texts(node)),
        inverse: node.get("inverse").and_then(|node| reader.texts(node)),
        bounds,
        pattern,
        when_missing: node.get("when_missing").and_then(|node| reader.texts(node)),
    }
}

/// Reports modifiers that mean nothing for a kind of field: they would do nothing, in silence.
fn modifiers(reader: &mut Reader<'_>, kind: &FieldKind, node: &Node) {
    const OF_SOME_KINDS: [&str; 9] = ["facet", "unit", "inverse", "to", "choices", "fields", "pattern", "min", "max"];
    let is = |key: &str| node.get(key).and_then(Node::scalar) == Some("true");
    let misplaced = |entry: &&yaml::Entry| {
        let key = entry.key.as_str();
        match key {
            // The number of values of any field has bounds.
            "min" | "max" if is("many") => false,
            // Lists are narrowed down by what has no language.
            "facet" => is("facet") && (!kind.modifiers().contains(&key) || is("localized")),
            key => OF_SOME_KINDS.contains(&key) && !kind.modifiers().contains(&key),
        }
    };
    let misplaced: Vec<&yaml::Entry> = node.mapping().unwrap_or_default().iter().filter(misplaced).collect();
    let inner = match kind {
        FieldKind::Group(_) => node.get("fields").and_then(Node::mapping).unwrap_or_default(),
        _ => &[],
    };
    let facets = inner.iter().filter_map(|field| field.value.mapping()?.iter().find(|entry| entry.key == "facet"));
    for entry in misplaced.into_iter().chain(facets) {
        let place = reader.place(entry.key_span);
        reader.report(catalog::modifier_does_not_fit(place, &entry.key, kind));
    }
}

fn field_kind(reader: &mut Reader<'_>, written: &str, at: &Node, node: &Node, names: &TypeNames) -> Option<FieldKind> {
    Some(match written {
        "text" => FieldKind::Text,
        "markdown" => FieldKind::Markdown,
        "number" => FieldKind::Number(node.get("unit").and_then(|node| reader.per_lang(node, unit))),
        "money" => FieldKind::Money,
        "boolean" => FieldKind::Boolean,
        "date" => FieldKind::Date,
        "choice" => {
            let choices = reader.required(node, "choices");
            FieldKind::Choice(choices.map(|node| self::choices(reader, node)).unwrap_or_default())
        }
        "reference" => {
            let targets = reader.required(node, "to");
            FieldKind::Reference(targets.map(|node| self::targets(reader, node, names)).unwrap_or_default())
        }
        "url" => FieldKind::Url,
        "email" => FieldKind::Email,
        "phone" => FieldKind::Phone,
        "language" => FieldKind::Language,
        "file" => FieldKind::File,
        "group" => {
            let inner = reader.required(node, "fields");
            FieldKind::Group(inner.map(|node| fields(reader, node, names)).unwrap_or_default())
        }
        _ => {
            let place = reader.place(at.span);
            reader.report(catalog::unknown_field_kind(place, written));
            return None;
        }
    })
}

fn unit(reader: &mut Reader<'_>, node: &Node) -> Option<Unit> {
    if node.mapping().is_none() {
        let word = reader.text(node)?;
        return Some(Unit { one: word.clone(), other: word });
    }
    let entries = reader.mapping(node);
    reader.known_keys(entries, &["one", "other"]);
    let one = reader.required(node, "one").and_then(|node| reader.text(node));
    let other = reader.required(node, "other").and_then(|node| reader.text(node));
    Some(Unit { one: one?, other: other? })
}

fn choices(reader: &mut Reader<'_>, node: &Node) -> Named<Choice> {
    let mut choices = Vec::new();
    let mut taken = PerLang::<HashSet<String>>::default();
    for entry in reader.mapping(node) {
        let entries = reader.mapping(&entry.value);
        reader.known_keys(entries, &["en", "fr", "tone"]);
        let side = |reader: &mut Reader<'_>, lang| {
            let node = reader.required(&entry.value, lang)?;
            reader.text(node)
        };
        let (en, fr) = (side(reader, "en"), side(reader, "fr"));
        let tone =
            entry.value.get("tone").and_then(|node| reader.one_of(node, &Tone::ALL, Tone::name, catalog::unknown_tone));
        let label = PerLang { en: en.unwrap_or_default(), fr: fr.unwrap_or_default() };
        let new = PerLang::from_fn(|lang| taken.get_mut(lang).insert(path::short_slug(label.get(lang))));
        if let Some(lang) = Lang::BOTH.into_iter().find(|lang| !new.get(*lang)) {
            let place = reader.place(entry.key_span);
            reader.report(catalog::choice_label_taken(place, label.get(lang)));
        }
        choices.push(Choice { key: entry.key.clone(), label, tone: tone.unwrap_or_default() });
    }
    choices.into()
}

fn targets(reader: &mut Reader<'_>, node: &Node, names: &TypeNames) -> Vec<TypeId> {
    let mut targets = Vec::new();
    for item in node.items() {
        let Some(written) = reader.text(item) else { continue };
        match names.by_name.get(&written) {
            Some(target) => targets.push(*target),
            None => {
                let place = reader.place(item.span);
                reader.report(catalog::unknown_type(place, &written, &names.known));
            }
        }
    }
    targets
}
