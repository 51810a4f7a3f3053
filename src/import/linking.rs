//! Where the links and pictures of an old page lead in the new site.

use std::collections::BTreeMap;

use super::anchors::Place;
use super::language;
use super::moving::Moving;
use super::note::{Link, Lost, Note};
use super::tool::Tool;
use crate::path::{self, ContentPath};
use crate::source::asset::AssetKinds;

impl Moving {
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
        let mut lost = |why: Lost, link: Link| {
            notes.push(Note::Link(why, written.to_owned()));
            link
        };
        if matches!(written, "" | "#" | "#top") {
            return lost(Lost::OwnBeginning, Link::Words);
        }
        let (target, fragment) =
            written.split_once('#').map_or((written, None), |(path, fragment)| (path, Some(fragment)));
        let fragment = fragment.filter(|fragment| !fragment.is_empty());
        if target.is_empty() {
            return match fragment.and_then(|fragment| self.drafts[side].anchors.find(fragment)) {
                Some(Place::Heading(id)) => Link::To(format!("#{id}")),
                Some(Place::Title | Place::Beginning) => lost(Lost::OwnBeginning, Link::Words),
                None => lost(Lost::OwnPlace, Link::Words),
            };
        }
        if self.addresses.is_elsewhere(written) {
            let is_kept = ["http://", "https://", "mailto:", "tel:"]
                .iter()
                .any(|scheme| written.to_lowercase().starts_with(scheme));
            return if is_kept { Link::To(written.replace(' ', "%20")) } else { lost(Lost::Kind, Link::Words) };
        }
        if let Some(found) = self.addresses.find_in_language(&self.pages, side, target) {
            let record = self.record_of[&found];
            // Links of `MkDocs` leave out the language of a page.
            let is_neutral =
                self.tool == Tool::Mkdocs && language::marked(&self.pages[found].path, &|_| false).lang.is_none();
            let is_other = self.pages[found].lang != page.lang && !is_neutral;
            if record == at && is_other {
                return lost(Lost::Version, Link::Version);
            }
            let Some(own) = *self.found[record].sides.get(page.lang) else {
                return lost(Lost::Language, Link::Words);
            };
            if self.is_draft(record) {
                return lost(Lost::Draft, Link::Words);
            }
            let id = &self.plan.pages[record].id;
            if is_other {
                lost(Lost::OtherSide, Link::Words);
            }
            let Some(fragment) = fragment else { return Link::To(id.clone()) };
            // The headings of a page that was taken as plain words are words.
            let place = self.drafts[own].anchors.find(fragment).filter(|_| !self.taken.contains_key(&own));
            return match place {
                Some(Place::Heading(heading)) => Link::To(format!("{id}#{heading}")),
                Some(Place::Title) => Link::To(id.clone()),
                Some(Place::Beginning) => lost(Lost::Beginning, Link::To(id.clone())),
                None => lost(Lost::Place, Link::To(id.clone())),
            };
        }
        match self.addresses.file(page, target) {
            Some(file) if self.may_publish(file) => {
                let link = Link::To(copied(file, copies));
                if fragment.is_some() { lost(Lost::InFile, link) } else { link }
            }
            Some(_) => lost(Lost::File, Link::Words),
            None if self.addresses.on_old_site(written).is_some() => {
                lost(Lost::OldSite, Link::To(written.replace(' ', "%20")))
            }
            None => lost(Lost::Target, Link::Words),
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
        let file = self.addresses.file(&self.pages[side], written).filter(|file| self.may_publish(file));
        let is_old = file.is_none() && self.addresses.on_old_site(written).is_some();
        if is_old || self.addresses.is_elsewhere(written) {
            let shown: String = written.chars().take(200).collect();
            notes.push(Note::Picture(shown));
            let is_kept = written.starts_with("http://") || written.starts_with("https://");
            return if is_kept { Link::To(written.replace(' ', "%20")) } else { Link::Words };
        }
        match file {
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
