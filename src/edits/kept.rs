//! What a plan means for the words that were kept when pairs were confirmed ([`Followed`]): they are found by record
//! and by line of `pairs.lock`, and a plan can change both.

use std::collections::{BTreeMap, BTreeSet};

use super::{Plan, Step};
use crate::layout::{self, ContentKind};
use crate::pairs::kept::Kept;
use crate::pairs::lock::{self, Lock};
use crate::path::ContentPath;
use crate::source::Sources;

/// The records whose kept words are found in another place once a plan is carried out.
#[derive(Debug)]
pub struct Followed {
    before: Lock,
    after: Lock,
    /// The new id of each.
    ids: BTreeMap<String, String>,
}

impl Followed {
    /// What is found in another place; `None` if nothing is.
    pub fn of(plan: &Plan) -> Option<Self> {
        let (before, after) = plan.steps.iter().find_map(|step| match step {
            Step::Edit { path, before, after } if path.as_str() == layout::LOCK => Some((read(before), read(after))),
            _ => None,
        })?;
        let moved: BTreeMap<&str, &str> = plan.steps.iter().filter_map(moved).collect();
        let mut ids = BTreeMap::new();
        for (id, confirmed) in &before.records {
            let new = moved.get(id.as_str()).copied().unwrap_or(id);
            if after.records.get(new).is_some_and(|after| new != id || after != confirmed) {
                ids.insert(id.clone(), new.to_owned());
            }
        }
        (!ids.is_empty()).then_some(Self { before, after, ids })
    }

    /// The records, under their old ids and their new ones.
    pub fn ids(&self) -> BTreeSet<String> {
        self.ids.iter().flat_map(|(old, new)| [old.clone(), new.clone()]).collect()
    }

    /// Puts the words of the records where they are found from now on.
    pub fn put(&self, kept: &mut Kept) {
        for (old, new) in &self.ids {
            if let (Some(before), Some(after)) = (self.before.records.get(old), self.after.records.get(new)) {
                kept.follow((old, before), (new, after));
            }
        }
    }
}

fn read(text: &str) -> Lock {
    let mut sources = Sources::default();
    sources.add_text(ContentPath::new(layout::LOCK), text.as_bytes().to_vec());
    lock::read(&sources).0
}

/// The old and the new id of a record whose words move.
pub(super) fn moved(step: &Step) -> Option<(&str, &str)> {
    let Step::Move { from, to, .. } = step else { return None };
    let is_words = |path: &ContentPath| matches!(ContentKind::of(path), ContentKind::Words { .. });
    if is_words(from) && is_words(to) { Some((id(from)?, id(to)?)) } else { None }
}

fn id(path: &ContentPath) -> Option<&str> {
    ContentKind::of(path).id()
}
