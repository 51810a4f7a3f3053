//! Where the links and pictures of an old page lead in the new site.

use std::collections::BTreeMap;

use super::moving::Moving;
use super::note::{Link, Note};
use crate::lang::Lang;
use crate::path::{self, ContentPath};
use crate::source::asset::AssetKinds;

impl Moving {
    /// Whether links can lead to a record in a language.
    pub(super) fn is_published(&self, at: usize, lang: Lang) -> bool {
        self.found[at].sides.get(lang).is_some() && !self.is_draft(at)
    }

    pub(super) fn link(
        &self,
        at: usize,
        side: usize,
        written: &str,
        notes: &mut Vec<Note>,
        copies: &mut BTreeMap<ContentPath, String>,
    ) -> Link {
        let written = written.trim();
        let page = &self.pages[side];
        let mut words = || {
            notes.push(Note::Link(written.to_owned()));
            Link::Words
        };
        if matches!(written, "" | "#" | "#top") {
            return Link::Words;
        }
        let (target, fragment) =
            written.split_once('#').map_or((written, None), |(path, fragment)| (path, Some(fragment)));
        let fragment = fragment.filter(|fragment| !fragment.is_empty());
        let decoded = |fragment: &str| percent_encoding::percent_decode_str(fragment).decode_utf8_lossy().into_owned();
        let heading = |of: usize, fragment: &str| {
            let anchors = &self.drafts[of].anchors;
            anchors
                .get(fragment)
                .or_else(|| anchors.get(&decoded(fragment)))
                .or_else(|| anchors.get(&decoded(fragment).to_lowercase()))
        };
        if target.is_empty() {
            return match fragment.and_then(|fragment| heading(side, fragment)) {
                Some(Some(id)) if !self.taken.contains_key(&side) => Link::To(format!("#{id}")),
                _ => words(),
            };
        }
        if self.addresses.is_elsewhere(written) {
            let is_kept = ["http://", "https://", "mailto:", "tel:"]
                .iter()
                .any(|scheme| written.to_lowercase().starts_with(scheme));
            return if is_kept { Link::To(written.replace(' ', "%20")) } else { words() };
        }
        if let Some(found) = self.addresses.find_in_language(&self.pages, side, target) {
            let record = self.record_of[&found];
            let is_other_version = record == at && self.pages[found].lang != page.lang;
            if is_other_version || !self.is_published(record, page.lang) {
                return words();
            }
            let own = self.found[record].sides.get(page.lang).unwrap_or(found);
            let id = match fragment.and_then(|fragment| heading(own, fragment)) {
                Some(Some(heading)) if !self.taken.contains_key(&own) => format!("#{heading}"),
                _ => String::new(),
            };
            return Link::To(format!("{}{id}", self.plan.pages[record].id));
        }
        match self.addresses.file(page, target).filter(|file| self.may_publish(file)) {
            Some(file) => Link::To(copied(file, copies)),
            None => words(),
        }
    }

    pub(super) fn picture(
        &self,
        side: usize,
        written: &str,
        notes: &mut Vec<Note>,
        copies: &mut BTreeMap<ContentPath, String>,
    ) -> Link {
        let written = written.trim();
        if self.addresses.is_elsewhere(written) || written.starts_with("//") {
            let shown: String = written.chars().take(200).collect();
            notes.push(Note::Picture(shown));
            let is_kept = written.starts_with("http://") || written.starts_with("https://");
            return if is_kept { Link::To(written.replace(' ', "%20")) } else { Link::Words };
        }
        match self.addresses.file(&self.pages[side], written).filter(|file| self.may_publish(file)) {
            Some(file) => Link::To(copied(file, copies)),
            None => {
                notes.push(Note::Picture(written.to_owned()));
                Link::Words
            }
        }
    }

    pub(super) fn may_publish(&self, file: &str) -> bool {
        AssetKinds::default().fault(file).is_none() && !self.refused.contains(file)
    }
}

/// Where a file of the old folder goes in the new one.
pub(super) fn new_file(from: &str) -> ContentPath {
    let parts: Vec<String> = from
        .split('/')
        .map(|part| match part.rsplit_once('.') {
            Some((stem, ending)) => format!("{}.{}", named(stem), ending.to_lowercase()),
            None => named(part),
        })
        .collect();
    ContentPath::new(format!("files/{}", parts.join("/")))
}

fn named(part: &str) -> String {
    let slug = path::short_slug(part);
    if slug.is_empty() { "file".to_owned() } else { slug }
}

/// Copies a file, and returns the path that leads to it from every page.
fn copied(from: &str, copies: &mut BTreeMap<ContentPath, String>) -> String {
    let to = new_file(from);
    copies.insert(to.clone(), from.to_owned());
    format!("/{to}")
}
