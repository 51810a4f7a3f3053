//! What a record names by a path from where its files lie: pages and files beside it. Owns [`Beside`].

use std::collections::BTreeSet;

use crate::diagnostic::Span;
use crate::lang::Lang;
use crate::layout::WrittenLink;
use crate::parse::destinations::destinations;
use crate::parse::front_matter;
use crate::path::ContentPath;
use crate::schema::{Field, FieldKind};
use crate::site::candidate::WrittenRecord;
use crate::workspace::Workspace;
use crate::yaml::Entry;

/// A record or landing page in its folder.
pub(super) struct Beside<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) id: &'a str,
    pub(super) record: &'a WrittenRecord,
}

impl<'a> Beside<'a> {
    /// All records and landing pages.
    pub(super) fn all(workspace: &'a Workspace) -> impl Iterator<Item = Self> {
        workspace.written().map(move |(id, record)| Self { workspace, id, record })
    }

    /// The files that are copied into the site and that it names.
    pub(super) fn assets(&self) -> BTreeSet<ContentPath> {
        let assets = self.workspace.sources().assets();
        let named = self.relative().into_iter().filter_map(|(file, _, written)| self.target(&file, &written));
        named.filter(|path| assets.contains_key(path)).collect()
    }

    /// Everything in the record's files that is written as a path from where they lie.
    pub(super) fn relative(&self) -> Vec<(ContentPath, Span, String)> {
        let mut found = Vec::new();
        let schema = self.workspace.schema();
        let kind = schema.by_folder(self.id.split('/').next().unwrap_or_default()).map(|kind| schema.get(kind));
        let mut entries = |file: &ContentPath, entries: &[Entry]| {
            if let Some(kind) = kind {
                files(file, &kind.fields, entries, &mut found);
            }
        };
        if let Some(facts) = &self.record.facts {
            entries(&facts.path, facts.facts.mapping().unwrap_or_default());
        }
        for side in Lang::BOTH.into_iter().filter_map(|lang| self.record.sides.get(lang).as_ref()) {
            entries(&side.path, side.front.mapping().unwrap_or_default());
        }
        for side in Lang::BOTH.into_iter().filter_map(|lang| self.record.sides.get(lang).as_ref()) {
            let is_relative = |written: &str| {
                matches!(WrittenLink::parse(written), WrittenLink::Local { path, .. } if !path.starts_with('/'))
                    && self.target(&side.path, written).is_some()
            };
            if !side.links.iter().any(|(link, _)| is_relative(&link.0)) {
                continue;
            }
            let text = self.workspace.sources().text(&side.path).unwrap_or_default();
            let start = front_matter::body_start(text).unwrap_or(text.len());
            for found_there in destinations(&text[start..]).into_iter().filter(|found| is_relative(&found.target)) {
                let range = found_there.range.start + start..found_there.range.end + start;
                found.push((side.path.clone(), Span::new(range.clone()), text[range].to_owned()));
            }
        }
        found
    }

    /// The file that a path means, be it an asset or a page.
    pub(super) fn target(&self, file: &ContentPath, written: &str) -> Option<ContentPath> {
        let path = written.split('#').next().unwrap_or_default();
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        let assets = self.workspace.sources().assets();
        let mut asset = [path, &*decoded].into_iter().filter_map(|path| file.join(path));
        let page = || path.ends_with(".md").then(|| file.join(path)).flatten();
        asset.rfind(|path| assets.contains_key(path)).or_else(page)
    }
}

/// The values that name files, in groups too.
fn files(file: &ContentPath, fields: &[Field], entries: &[Entry], found: &mut Vec<(ContentPath, Span, String)>) {
    for entry in entries {
        let Some(field) = fields.iter().find(|field| field.name == entry.key) else { continue };
        match &field.kind {
            FieldKind::File => {
                let items = entry.value.items().iter().filter_map(|item| Some((item.span, item.scalar()?.trim())));
                found.extend(items.map(|(span, written)| (file.clone(), span, written.to_owned())));
            }
            FieldKind::Group(inner) => {
                for item in entry.value.items() {
                    files(file, inner, item.mapping().unwrap_or_default(), found);
                }
            }
            FieldKind::Text
            | FieldKind::Markdown
            | FieldKind::Number(_)
            | FieldKind::Money
            | FieldKind::Boolean
            | FieldKind::Date
            | FieldKind::Choice(_)
            | FieldKind::Reference(_)
            | FieldKind::Url
            | FieldKind::Email
            | FieldKind::Phone
            | FieldKind::Language => {}
        }
    }
}
