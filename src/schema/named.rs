//! Things that have an order and are found by name: [`Named`] fields and choices.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::OnceLock;

use super::{Choice, Field};
use crate::diagnostic::KnownNames;
use crate::lang::PerLang;

/// Something with a name.
pub trait Name {
    /// The name in files.
    fn name(&self) -> &str;

    /// What pages call it.
    fn label(&self) -> &PerLang<String>;
}

impl Name for Field {
    fn name(&self) -> &str {
        &self.name
    }

    fn label(&self) -> &PerLang<String> {
        &self.label
    }
}

impl Name for Choice {
    fn name(&self) -> &str {
        &self.key
    }

    fn label(&self) -> &PerLang<String> {
        &self.label
    }
}

/// A list, in the order declared, in which a name is found at once however long it is.
#[derive(Clone, Debug)]
pub struct Named<T> {
    all: Vec<T>,
    positions: HashMap<String, usize>,
    known: OnceLock<KnownNames>,
}

impl<T: Name> Named<T> {
    /// The position of the one with a name; the first of several.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.positions.get(name).copied()
    }

    /// The one of a name.
    pub fn find(&self, name: &str) -> Option<&T> {
        self.position(name).map(|at| &self.all[at])
    }

    /// All names.
    pub fn names(&self) -> &KnownNames {
        self.known.get_or_init(|| known(&[], &self.all, &[]))
    }
}

/// The names of some things, which may also be written as pages call them, among other names.
pub(super) fn known<'a, T: Name + 'a>(
    before: &[&str],
    all: impl IntoIterator<Item = &'a T>,
    behind: &[&str],
) -> KnownNames {
    let all: Vec<&T> = all.into_iter().collect();
    let labels = all.iter().enumerate().flat_map(|(at, one)| {
        let PerLang { en, fr } = one.label();
        [en, fr].map(|label| (before.len() + at, label.as_str()))
    });
    let names = before.iter().copied().chain(all.iter().map(|one| one.name())).chain(behind.iter().copied());
    KnownNames::new(names).with_labels(labels)
}

impl<T: Name> From<Vec<T>> for Named<T> {
    fn from(all: Vec<T>) -> Self {
        let mut positions = HashMap::with_capacity(all.len());
        for (at, one) in all.iter().enumerate() {
            positions.entry(one.name().to_owned()).or_insert(at);
        }
        Self { all, positions, known: OnceLock::new() }
    }
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self { all: Vec::new(), positions: HashMap::new(), known: OnceLock::new() }
    }
}

impl<T> Deref for Named<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.all
    }
}

impl<'a, T> IntoIterator for &'a Named<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.iter()
    }
}
