//! A plan in the making: [`Draft`] collects what is to be done to each file and turns it into one step.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::splice::{self, Splice};
use super::{Plan, Step};
use crate::lang::PerLang;
use crate::path::ContentPath;
use crate::source::Sources;

/// What is to be done to the files of a site.
#[derive(Clone)]
pub(super) struct Draft {
    sources: Arc<Sources>,
    splices: BTreeMap<ContentPath, Vec<Splice>>,
    created: BTreeMap<ContentPath, String>,
    moved: BTreeMap<ContentPath, ContentPath>,
    removed: BTreeSet<ContentPath>,
    pub(super) notes: Vec<PerLang<String>>,
}

impl Draft {
    pub(super) fn new(sources: &Arc<Sources>) -> Self {
        Self {
            sources: Arc::clone(sources),
            splices: BTreeMap::new(),
            created: BTreeMap::new(),
            moved: BTreeMap::new(),
            removed: BTreeSet::new(),
            notes: Vec::new(),
        }
    }

    pub(super) fn splice(&mut self, file: &ContentPath, splice: Splice) {
        self.splices.entry(file.clone()).or_default().push(splice);
    }

    pub(super) fn extend(&mut self, file: &ContentPath, splices: impl IntoIterator<Item = Splice>) {
        splices.into_iter().for_each(|splice| self.splice(file, splice));
    }

    pub(super) fn create(&mut self, path: ContentPath, text: String) {
        self.created.insert(path, text);
    }

    pub(super) fn rename(&mut self, from: ContentPath, to: ContentPath) {
        self.moved.insert(from, to);
    }

    pub(super) fn remove(&mut self, path: ContentPath) {
        self.removed.insert(path);
    }

    /// How many passages change, and in how many files.
    pub(super) fn passages(&self) -> (usize, usize) {
        (self.splices.values().map(Vec::len).sum(), self.splices.len())
    }

    /// The plan, without steps that change nothing.
    pub(super) fn plan(&self) -> Plan {
        let after = |path: &ContentPath, before: &str| {
            splice::apply(before, self.splices.get(path).cloned().unwrap_or_default())
        };
        let text = |path: &ContentPath| self.sources.texts().get(path);
        let mut steps: Vec<Step> = Vec::new();
        for (from, to) in &self.moved {
            let text = text(from).map(|before| (Arc::clone(before), after(from, before)));
            steps.push(Step::Move { from: from.clone(), to: to.clone(), text });
        }
        for (path, text) in &self.created {
            steps.push(Step::Create { path: path.clone(), text: text.clone() });
        }
        for path in self.splices.keys() {
            let Some(before) = text(path).filter(|_| !self.moved.contains_key(path)) else { continue };
            let after = after(path, before);
            if after != **before && !self.removed.contains(path) {
                steps.push(Step::Edit { path: path.clone(), before: Arc::clone(before), after });
            }
        }
        for path in &self.removed {
            let before = text(path).map(Arc::clone);
            steps.push(Step::Remove { path: path.clone(), before });
        }
        Plan { steps, notes: self.notes.clone() }
    }
}
