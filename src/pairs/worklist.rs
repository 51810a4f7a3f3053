//! The status as a list of work: what is asked for ([`Asked`]), and whether any is left.

use super::State;
use super::status::{Due, Entry, Status};
use crate::lang::Lang;

/// Which records are asked for; all of them if nothing is named.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Their ids.
    pub ids: Vec<String>,
    /// Their state, by the names of [`State`].
    pub states: Vec<&'static str>,
    /// The language in which there is something to do.
    pub side: Option<Lang>,
    /// Who they belong to: an id, or its last part.
    pub owner: Option<String>,
}

impl Asked {
    fn wants(&self, entry: &Entry) -> bool {
        let side = match entry.state.side() {
            Some("both") => true,
            side => self.side.is_none_or(|lang| side == Some(lang.code())),
        };
        (self.ids.is_empty() || self.ids.contains(&entry.id))
            && (self.states.is_empty() || self.states.contains(&entry.state.name()))
            && (self.side.is_none() || side)
            && self.owner.as_ref().is_none_or(|owner| entry.owner.as_ref().is_some_and(|own| is_same(own, owner)))
    }
}

/// Whether two names of a record mean the same: the folder may be left out.
fn is_same(own: &str, asked: &str) -> bool {
    let last = |id: &str| id.rsplit('/').next().unwrap_or_default().to_owned();
    own == asked || last(own) == last(asked) && !(own.contains('/') && asked.contains('/'))
}

impl Status {
    /// Whether any record has this owner.
    pub fn has_owner(&self, asked: &str) -> bool {
        self.records.iter().filter_map(|entry| entry.owner.as_ref()).any(|own| is_same(own, asked))
    }

    /// Only what is asked for.
    pub fn only(mut self, asked: &Asked) -> Self {
        let by_record = !asked.ids.is_empty() || asked.owner.is_some();
        let kept: Vec<String> =
            self.records.iter().filter(|entry| asked.wants(entry)).map(|entry| entry.id.clone()).collect();
        let of_record = Asked { states: Vec::new(), side: None, ..asked.clone() };
        let owned: Vec<&str> =
            self.records.iter().filter(|entry| of_record.wants(entry)).map(|entry| entry.id.as_str()).collect();
        self.due.retain(|Due { id, .. }| !by_record || owned.contains(&id.as_str()));
        self.records.retain(|entry| kept.contains(&entry.id));
        self
    }

    /// Whether a side of any record is behind or missing without a reason, or was never confirmed.
    pub fn has_work(&self) -> bool {
        self.records.iter().any(|entry| match entry.state {
            State::Outdated(_) | State::Unconfirmed => true,
            State::Missing(_) => entry.reason.is_none(),
            State::Equal => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_may_be_named_without_its_folder() {
        assert!(is_same("csc", "partners/csc") && is_same("partners/csc", "csc") && is_same("csc", "csc"));
        assert!(!is_same("partners/csc", "contacts/csc") && !is_same("csc", "csis"));
    }
}
