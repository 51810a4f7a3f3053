//! Records in lists.

use super::links::PageContext;
use super::view::{EntryView, FactView, GroupView};
use super::{facts, html};
use crate::lang::Lang;
use crate::path;
use crate::site::{RecordId, Site};

/// Up to this many records are in one list without headings; more are grouped by their first letter.
const ONE_LIST: usize = 50;

/// A record as an entry of a list.
pub(super) fn entry(from: PageContext<'_>, id: RecordId) -> Option<EntryView> {
    with_facts(from, id, facts::for_lists(from, from.site.record(id)))
}

/// A record as an entry that shows the given facts.
pub(super) fn with_facts(from: PageContext<'_>, id: RecordId, facts: Vec<FactView>) -> Option<EntryView> {
    let record = from.site.record(id);
    let (side, lang) = from.side(id)?;
    Some(EntryView {
        title_html: html::text(lang, &side.title),
        href: from.to(&side.url),
        summary_html: html::text(lang, &side.summary),
        kind: from.site.schema.get(record.kind).label.get(from.lang).clone(),
        status: facts::status(from.site, record, from.lang),
        facts,
        keys: None,
    })
}

/// Records as entries, in the alphabetical order of the page's language.
pub(super) fn entries(from: PageContext<'_>, ids: impl IntoIterator<Item = RecordId>) -> Vec<EntryView> {
    from.site.sorted(ids, from.lang).into_iter().filter_map(|id| entry(from, id)).collect()
}

/// Records under a heading of their list.
pub(super) struct Group {
    pub heading: String,
    pub ids: Vec<RecordId>,
}

impl Group {
    /// The group's id on the page: its letter, or what its heading says.
    pub(super) fn id(&self) -> String {
        format!("_group-{}", path::slug(&self.heading))
    }
}

/// Sorted records as one list, or by first letter if there are many.
pub(super) fn groups(from: PageContext<'_>, ids: &[RecordId], total: usize) -> Vec<Group> {
    if ids.is_empty() {
        Vec::new()
    } else if total <= ONE_LIST {
        vec![Group { heading: String::new(), ids: ids.to_vec() }]
    } else {
        by_letter(from.site, from.lang, ids)
    }
}

/// Sorted records by the first letter of their titles.
pub(super) fn by_letter(site: &Site, lang: Lang, ids: &[RecordId]) -> Vec<Group> {
    let mut groups = Vec::<Group>::new();
    for id in ids {
        let letter = site.order.letters.get(lang)[id.0].map_or_else(|| "0-9".to_owned(), String::from);
        match groups.last_mut().filter(|group| group.heading == letter) {
            Some(group) => group.ids.push(*id),
            None => groups.push(Group { heading: letter, ids: vec![*id] }),
        }
    }
    groups
}

/// Groups as views; `entry` turns each record into an entry.
pub(super) fn views(groups: Vec<Group>, mut entry: impl FnMut(RecordId) -> Option<EntryView>) -> Vec<GroupView> {
    let mut view = |group: Group| {
        let named = !group.heading.is_empty();
        GroupView {
            id: named.then(|| group.id()),
            entries: group.ids.iter().filter_map(|id| entry(*id)).collect(),
            heading: named.then_some(group.heading),
        }
    };
    groups.into_iter().map(&mut view).collect()
}
