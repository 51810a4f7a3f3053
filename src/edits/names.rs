//! Every place of the content that names a record: [`naming`]. References in facts, words and groups, with their folder or
//! without, links by id or by path, links in values, and names in the settings.

use super::splice::Splice;
use crate::diagnostic::{Place, Span};
use crate::lang::Lang;
use crate::layout::{self, WrittenLink};
use crate::parse::destinations::{Destination, destinations};
use crate::parse::front_matter;
use crate::path::ContentPath;
use crate::schema::{Field, FieldKind, RecordType, Schema, TypeId};
use crate::site::candidate::WrittenRecord;
use crate::workspace::Workspace;
use crate::yaml::{self, Entry, Node, Value};

/// A place that names a record.
pub(super) struct Naming {
    /// The place.
    pub place: Place,
    /// How it names the record.
    pub how: How,
}

/// How a place names a record.
pub(super) enum How {
    /// By a value: `csc` or `partners/csc`.
    Value {
        /// What is written.
        written: String,
        /// The types that the field takes; empty for any.
        types: Vec<TypeId>,
        /// The entry whose list the value is an item of, and which one.
        list: Option<(Entry, usize)>,
    },
    /// By a link, whose destination is at these bytes.
    Link { destination: Span, written: String },
    /// By links in a value of Markdown.
    Inside { written: Vec<String> },
}

/// Every place that names the record of an id, its own files among them.
pub(super) fn naming(workspace: &Workspace, id: &str) -> Vec<Naming> {
    let mut found = Vec::new();
    for (own, written) in workspace.written() {
        Finder { workspace, id, found: &mut found }.record(own, written);
    }
    Finder { workspace, id, found: &mut found }.settings();
    found
}

/// The files outside of records whose values may name one.
const SETTINGS: [&str; 3] = [layout::SETTINGS, layout::SEARCH_TESTS, layout::WORDS];

struct Finder<'a> {
    workspace: &'a Workspace,
    id: &'a str,
    found: &'a mut Vec<Naming>,
}

impl Finder<'_> {
    fn record(&mut self, own: &str, written: &WrittenRecord) {
        let schema = self.workspace.schema();
        let kind = schema.by_folder(own.split('/').next().unwrap_or_default()).map(|kind| schema.get(kind));
        if let Some(facts) = &written.facts {
            self.entries(&facts.path, facts.facts.mapping().unwrap_or_default(), kind);
        }
        for lang in Lang::BOTH {
            let Some(side) = written.sides.get(lang) else { continue };
            self.entries(&side.path, side.front.mapping().unwrap_or_default(), kind);
            if side.links.iter().any(|(link, _)| self.is_meant(&side.path, &link.0)) {
                self.body(&side.path);
            }
        }
    }

    /// The links of a page below its front matter.
    fn body(&mut self, path: &ContentPath) {
        let text = self.workspace.sources().text(path).unwrap_or_default();
        let Some(start) = front_matter::body_start(text) else { return };
        for Destination { link, range, target } in destinations(&text[start..]) {
            if self.is_meant(path, &target) {
                let shifted = |range: std::ops::Range<usize>| Span::new(range.start + start..range.end + start);
                let how =
                    How::Link { written: text[shifted(range.clone()).range()].to_owned(), destination: shifted(range) };
                self.found.push(Naming { place: Place::new(path, shifted(link)), how });
            }
        }
    }

    fn entries(&mut self, file: &ContentPath, entries: &[Entry], kind: Option<&RecordType>) {
        for entry in entries {
            match kind.and_then(|kind| kind.fields.find(&entry.key)) {
                Some(field) => self.field(file, field, entry),
                None if entry.key == "owner" => self.values(file, &[], entry),
                None => self.markdown(file, &entry.value),
            }
        }
    }

    fn field(&mut self, file: &ContentPath, field: &Field, entry: &Entry) {
        match &field.kind {
            FieldKind::Reference(types) => self.values(file, types, entry),
            FieldKind::Group(fields) => {
                for item in entry.value.items() {
                    for inner in item.mapping().unwrap_or_default() {
                        if let Some(field) = fields.find(&inner.key) {
                            self.field(file, field, inner);
                        }
                    }
                }
            }
            FieldKind::Markdown => self.markdown(file, &entry.value),
            FieldKind::Text
            | FieldKind::Number(_)
            | FieldKind::Money
            | FieldKind::Boolean
            | FieldKind::Date
            | FieldKind::Choice(_)
            | FieldKind::Url
            | FieldKind::Email
            | FieldKind::Phone
            | FieldKind::Language
            | FieldKind::File => {}
        }
    }

    /// The values of a reference.
    fn values(&mut self, file: &ContentPath, types: &[TypeId], entry: &Entry) {
        let is_list = matches!(entry.value.value, Value::Sequence(_));
        for (at, item) in entry.value.items().iter().enumerate() {
            let written = item.scalar().map(str::trim).unwrap_or_default();
            if means(self.workspace.schema(), types, written, self.id) {
                let list = is_list.then(|| (entry.clone(), at));
                let how = How::Value { written: written.to_owned(), types: types.to_vec(), list };
                self.found.push(Naming { place: Place::new(file, item.span), how });
            }
        }
    }

    /// Links in the single values of a node.
    fn markdown(&mut self, file: &ContentPath, node: &Node) {
        match &node.value {
            Value::Sequence(items) => items.iter().for_each(|item| self.markdown(file, item)),
            Value::Mapping(entries) => entries.iter().for_each(|entry| self.markdown(file, &entry.value)),
            Value::Scalar(text) if text.contains("](") || text.contains("]:") => {
                let meant = destinations(text).into_iter().filter(|found| self.is_meant(file, &found.target));
                let written: Vec<String> = meant.map(|found| text[found.range].to_owned()).collect();
                if !written.is_empty() {
                    self.found.push(Naming { place: Place::new(file, node.span), how: How::Inside { written } });
                }
            }
            Value::Scalar(_) | Value::Null => {}
        }
    }

    /// Whole ids among the settings.
    fn settings(&mut self) {
        for path in SETTINGS.map(ContentPath::new) {
            let Some(text) = self.workspace.sources().text(&path) else { continue };
            if let (Some(node), _) = yaml::parse(&path, text, 0) {
                self.whole(&path, &node);
            }
        }
    }

    fn whole(&mut self, file: &ContentPath, node: &Node) {
        match &node.value {
            Value::Sequence(items) => items.iter().for_each(|item| self.whole(file, item)),
            Value::Mapping(entries) => entries.iter().for_each(|entry| self.whole(file, &entry.value)),
            Value::Scalar(text) if text == self.id => {
                let how = How::Value { written: text.clone(), types: Vec::new(), list: None };
                self.found.push(Naming { place: Place::new(file, node.span), how });
            }
            Value::Scalar(_) | Value::Null => {}
        }
    }

    /// Whether a link in a file leads to the record.
    fn is_meant(&self, file: &ContentPath, written: &str) -> bool {
        let WrittenLink::Local { path, .. } = WrittenLink::parse(written) else { return false };
        layout::linked_id(file, path).as_deref() == Some(self.id)
            && !file.join(path).is_some_and(|path| self.workspace.sources().assets().contains_key(&path))
    }
}

/// Whether a value of a field that takes some types (any, if empty) names a record.
fn means(schema: &Schema, types: &[TypeId], written: &str, id: &str) -> bool {
    if written.contains('/') || written.is_empty() {
        return written == id;
    }
    folders(schema, types)
        .any(|folder| id.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) == Some(written))
}

fn folders<'a>(schema: &'a Schema, types: &'a [TypeId]) -> impl Iterator<Item = &'a str> {
    let taken = schema.iter().filter(|(kind, _)| types.is_empty() || types.contains(kind));
    taken.map(|(_, kind)| kind.folder.as_str())
}

/// Whether one of the values of an entry names a record already.
pub(super) fn has(workspace: &Workspace, entry: &Entry, types: &[TypeId], id: &str) -> bool {
    let written = entry.value.items().iter().filter_map(Node::scalar);
    written.map(str::trim).any(|written| means(workspace.schema(), types, written, id))
}

/// The change that makes a place name another record instead. `home` is the file that it will be in.
pub(super) fn renamed(workspace: &Workspace, naming: &Naming, id: &str, new: &str, home: &ContentPath) -> Vec<Splice> {
    let text = workspace.sources().text(&naming.place.file).unwrap_or_default();
    match &naming.how {
        How::Value { written, types, .. } => {
            let new = if written.contains('/') { new } else { short(workspace, types, id, new) };
            passage(text, naming.place.span, written, new)
        }
        How::Link { destination, written } => {
            vec![Splice::new(destination.range(), relinked(home, written, new))]
        }
        How::Inside { written } => {
            let raw = &text[naming.place.span.range()];
            let places = written.iter().flat_map(|one| raw.match_indices(one.as_str()).map(move |(at, _)| (at, one)));
            let is_link =
                |at: usize| raw[..at].ends_with("](") || raw[..at].ends_with("](<") || raw[..at].ends_with("]: ");
            let start = naming.place.span.range().start;
            let places = places.filter(|(at, _)| is_link(*at));
            let splice =
                |(at, one): (usize, &String)| Splice::new(start + at..start + at + one.len(), relinked(home, one, new));
            places.map(splice).collect()
        }
    }
}

/// Another text for a value, in the quotation marks that it has.
pub(super) fn passage(text: &str, span: Span, written: &str, new: &str) -> Vec<Splice> {
    let range = span.range();
    let raw = text.get(range.clone()).unwrap_or_default();
    // A value begins where its place does; a comment after it may say the same.
    let inner = raw.find(written).map(|at| range.start + at..range.start + at + written.len());
    vec![Splice::new(inner.unwrap_or(range), new)]
}

/// The name of a record without its folder, if the field allows that and no other record has the same name.
fn short<'a>(workspace: &Workspace, types: &[TypeId], id: &str, new: &'a str) -> &'a str {
    let Some((folder, name)) = new.split_once('/').filter(|(_, name)| !name.contains('/')) else { return new };
    let schema = workspace.schema();
    let is_there = |id: &str| workspace.written().any(|(known, _)| known == id);
    let mut others = folders(schema, types).filter(|other| *other != folder).map(|other| format!("{other}/{name}"));
    let fits = folders(schema, types).any(|taken| taken == folder);
    if fits && !others.any(|other| other != id && is_there(&other)) { name } else { new }
}

/// A link to the record `new`, in the form in which it was written: an id, or a path from the file it is in.
fn relinked(home: &ContentPath, written: &str, new: &str) -> String {
    let (path, fragment) = written.split_at(written.find('#').unwrap_or(written.len()));
    let Some(stem) = path.strip_suffix(".md") else {
        let start = path.len() - path.trim_start_matches('/').len();
        let end = path.trim_end_matches('/').len().max(start);
        return format!("{}{new}{}{fragment}", &path[..start], &path[end..]);
    };
    let lang = [".en", ".fr"].into_iter().find(|lang| stem.ends_with(lang)).unwrap_or_default();
    format!("{}{lang}.md{fragment}", path_to(home, path, new))
}

/// The path to a file of the content from another one, with `/` or `./` before it if `written` has it.
pub(super) fn path_to(home: &ContentPath, written: &str, target: &str) -> String {
    if written.starts_with('/') {
        return format!("/{target}");
    }
    let own: Vec<&str> = home.folder().split('/').filter(|part| !part.is_empty()).collect();
    let parts: Vec<&str> = target.split('/').collect();
    let shared = own.iter().zip(&parts[..parts.len() - 1]).take_while(|(own, part)| own == part).count();
    let up = "../".repeat(own.len() - shared);
    let here = if up.is_empty() && written.starts_with("./") { "./" } else { "" };
    format!("{here}{up}{}", parts[shared..].join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_keeps_the_form_in_which_it_was_written() {
        let home = ContentPath::new("agreements/a.en.md");
        let link = |written| relinked(&home, written, "partners/new");
        assert_eq!(link("partners/csc#who"), "partners/new#who");
        assert_eq!(link("/partners/csc/"), "/partners/new/");
        assert_eq!(link("../partners/csc.fr.md#who"), "../partners/new.fr.md#who");
        assert_eq!(link("/partners/csc.md"), "/partners/new.md");
        assert_eq!(relinked(&home, "./b.md", "agreements/c"), "./c.md");
        assert_eq!(relinked(&home, "b.en.md", "agreements/deep/c"), "deep/c.en.md");
    }
}
