//! What `confirm` would record of a site, and the objections: [`Workspace::confirm`]. Changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::Workspace;
use crate::check;
use crate::diagnostic::{Diagnostic, KnownNames, Severity};
use crate::layout::ContentKind;
use crate::pairs::confirm::{Objection, Recorded, Request, Standing, judge};
use crate::pairs::kept::Kept;
use crate::pairs::{self, Lock, Pair, PairTexts, State};
use crate::path::ContentPath;

/// Which pairs are to be confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// These records.
    Ids(Vec<String>),
    /// Every pair that is not recorded as it is.
    All,
}

/// What would be recorded, and what would not.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// What is recorded, by id.
    pub recorded: BTreeMap<String, Recorded>,
    /// The objections to the others, by id.
    pub refused: BTreeMap<String, Vec<Objection>>,
    /// The confirmations of the site with what is recorded.
    pub lock: Lock,
}

/// What is recorded of a pair, or the objections to it.
type Judgement = Result<Recorded, Vec<Objection>>;

/// The objections that follow from the mistakes in a pair's files.
#[derive(Clone, Debug, Default)]
struct Against {
    errors: Vec<Diagnostic>,
    unfilled: BTreeSet<ContentPath>,
}

/// A record that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRecord {
    /// What was asked for.
    pub id: String,
    /// Whether there is a draft of this id: only published records are confirmed.
    pub is_draft: bool,
    /// The record that may be meant.
    pub nearest: Option<String>,
}

/// The id that may be meant: the only one of that name in any folder, or one that is nearly the same.
fn nearest<'a>(ids: impl Iterator<Item = &'a str>, id: &str) -> Option<String> {
    let known = KnownNames::new(ids);
    known.in_folder(id).or_else(|| known.nearest(id)).map(str::to_owned)
}

impl Plan {
    /// Keeps the words of what is recorded.
    pub fn keep(&self, workspace: &Workspace, kept: &mut Kept) {
        for (id, recorded) in &self.recorded {
            kept.keep(id, &recorded.confirmed, &pairs::outlines(&workspace.parsed(id)));
        }
        kept.retain(|id| self.lock.records.contains_key(id));
    }
}

impl Workspace {
    /// How the two sides of one record compare; `None` for drafts.
    pub fn pair(&self, id: &str) -> Option<&Pair> {
        Some(&self.entries.get(id)?.judged.as_ref()?.pair)
    }

    /// Fails if no file has an id, with the id that may have been meant.
    pub fn expect(&self, id: &str) -> Result<(), UnknownRecord> {
        if self.entries.contains_key(id) {
            return Ok(());
        }
        let nearest = nearest(self.entries.keys().map(|known| &**known), id);
        Err(UnknownRecord { id: id.to_owned(), is_draft: false, nearest })
    }

    /// Returns what confirming pairs would record, and the objections. If single records are asked for, the caller
    /// writes the plan only if nothing is refused.
    pub fn confirm(&self, which: &Which, request: &Request) -> Result<Plan, UnknownRecord> {
        let pairs = self.pairs();
        let chosen: Vec<&str> = match which {
            Which::Ids(ids) => ids.iter().map(String::as_str).collect(),
            Which::All => pairs.records.keys().map(String::as_str).collect(),
        };
        if let Some(id) = chosen.iter().find(|id| !pairs.records.contains_key(**id)) {
            return Err(UnknownRecord {
                id: (*id).to_owned(),
                is_draft: self.entries.get(*id).is_some_and(|entry| entry.role.standing.is_draft()),
                nearest: nearest(pairs.records.keys().map(String::as_str), id),
            });
        }
        let mut against = BTreeMap::<&str, Against>::new();
        for mistake in self.mistakes().iter() {
            let Some(id) = ContentKind::of(&mistake.place.file).id() else { continue };
            match mistake.name {
                "outdated-twin" => {}
                "unfilled" => {
                    against.entry(id).or_default().unfilled.insert(mistake.place.file.clone());
                }
                _ if mistake.severity == Severity::Error => {
                    against.entry(id).or_default().errors.push(mistake.clone());
                }
                _ => {}
            }
        }
        let judged: Vec<(&str, Option<Judgement>)> = chosen
            .into_par_iter()
            .map(|id| (id, self.judge_pair(id, which, request, against.get(id).cloned().unwrap_or_default(), &pairs)))
            .collect();
        let mut plan = Plan { lock: self.lock().clone(), ..Plan::default() };
        for (id, judgement) in judged {
            match judgement {
                Some(Ok(recorded)) => {
                    plan.lock.records.insert(id.to_owned(), recorded.confirmed.clone());
                    plan.recorded.insert(id.to_owned(), recorded);
                }
                Some(Err(objections)) => {
                    plan.refused.insert(id.to_owned(), objections);
                }
                None => {}
            }
        }
        // Removed records are forgotten; drafts are kept.
        let ids: BTreeSet<&str> = self.ids().collect();
        plan.lock.records.retain(|id, _| ids.contains(id.as_str()));
        Ok(plan)
    }

    /// The judgement of one pair; `None` if all pairs are asked for and this one needs none.
    fn judge_pair(
        &self,
        id: &str,
        which: &Which,
        request: &Request,
        Against { errors, unfilled }: Against,
        pairs: &pairs::Pairs,
    ) -> Option<Judgement> {
        let pair = pairs.records.get(id)?;
        let is_all = *which == Which::All;
        // A record that may have one side only is not a pair.
        if is_all && matches!(pair.state, State::Missing(_)) && errors.is_empty() {
            return None;
        }
        let parsed = self.parsed(id);
        let outlines = pairs::outlines(&parsed);
        let confirmed = self.lock().records.get(id);
        let differences = check::acceptable(&PairTexts::new(id, &parsed, &outlines), confirmed, self.sources());
        let standing = Standing { pair, outlines: &outlines, confirmed, errors, unfilled, differences };
        let judgement = judge(&standing, request);
        let is_known = |recorded: &Recorded| Some(&recorded.confirmed) == confirmed;
        match judgement {
            Ok(recorded) if is_all && is_known(&recorded) => None,
            // A pair that was confirmed as it is has been judged already.
            Err(_) if is_all && pair.state == State::Equal => None,
            judgement => Some(judgement),
        }
    }
}
