//! Records in lists.

use super::links::From;
use super::view::{EntryView, GroupView};
use super::{facts, html};
use crate::path;
use crate::site::RecordId;

/// A record as an entry of a list.
pub(super) fn entry(from: From<'_>, id: RecordId) -> Option<EntryView> {
    let record = from.site.record(id);
    let (side, lang) = from.side(id)?;
    Some(EntryView {
        title_html: html::text(lang, &side.title),
        href: from.to(&side.url),
        summary_html: html::text(lang, &side.summary),
        kind: from.site.schema.get(record.kind).label.get(from.lang).clone(),
        status: facts::status(from.site, record, from.lang),
        facts: facts::for_lists(from, record),
    })
}

/// Records as entries, in the alphabetical order of the page's language.
pub(super) fn entries(from: From<'_>, ids: impl IntoIterator<Item = RecordId>) -> Vec<EntryView> {
    from.site.sorted(ids, from.lang).into_iter().filter_map(|id| entry(from, id)).collect()
}

/// Up to this many records stand in one list; more are grouped by their first letter.
const ONE_LIST: usize = 50;

/// Records as one list, or by first letter where they are many.
pub(super) fn groups(from: From<'_>, ids: impl IntoIterator<Item = RecordId>) -> Vec<GroupView> {
    let ids = from.site.sorted(ids, from.lang);
    if ids.is_empty() {
        return Vec::new();
    }
    if ids.len() <= ONE_LIST {
        return vec![GroupView { heading: None, id: None, entries: entries(from, ids) }];
    }
    by_letter(from, ids)
}

/// Records by the first letter of their titles.
pub(super) fn by_letter(from: From<'_>, ids: impl IntoIterator<Item = RecordId>) -> Vec<GroupView> {
    let mut groups = Vec::<GroupView>::new();
    for id in from.site.sorted(ids, from.lang) {
        let Some((side, _)) = from.side(id) else { continue };
        let letter = letter(&side.title);
        let Some(entry) = entry(from, id) else { continue };
        match groups.last_mut().filter(|group| group.heading.as_ref() == Some(&letter)) {
            Some(group) => group.entries.push(entry),
            None => {
                let id = format!("_letter-{}", letter.to_lowercase().replace("0-9", "0"));
                groups.push(GroupView { heading: Some(letter), id: Some(id), entries: vec![entry] });
            }
        }
    }
    groups
}

/// The letter under which a title is looked for: « Échange » stands under E, figures stand together.
fn letter(title: &str) -> String {
    match path::slug(title).chars().next() {
        Some(letter) if letter.is_ascii_alphabetic() => letter.to_ascii_uppercase().to_string(),
        _ => "0-9".to_owned(),
    }
}
