//! The result of reading the files of one id, without looking at any other page: [`Reading`].

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::check;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::lang::Lang;
use crate::pairs::{self, Lock, Pair, PairTexts, SpellingFix};
use crate::parse;
use crate::schema::{Config, Policies, Schema};
use crate::site::addresses::{self, AddressRequest};
use crate::site::candidate::{self, Standing, WrittenRecord};
use crate::source::Sources;

/// The result of reading the files of one id. It depends on their texts, on the policies of their type, and on what was
/// confirmed.
pub(super) struct Reading {
    /// What they say.
    pub(super) written: WrittenRecord,
    /// How the two sides compare; `None` for drafts and if no side can be read.
    pub(super) pair: Option<Arc<Pair>>,
    /// The policies that applied.
    pub(super) policies: Policies,
    /// The mistakes in each file and between the sides.
    pub(super) mistakes: Vec<Diagnostic>,
}

/// Reads the files of an id.
pub(super) fn read(id: &str, sources: &Sources, policies: Policies, lock: &Lock) -> Reading {
    let mut mistakes = Diagnostics::default();
    let rules = parse::Rules::of(&policies);
    let parsed = mistakes.absorb(parse::record(id, sources, Some(rules)));
    let has_words = parsed.words.en.is_some() || parsed.words.fr.is_some();
    let pair = has_words.then(|| {
        let outlines = pairs::outlines(&parsed);
        let confirmed = lock.records.get(id);
        mistakes.extend(check::pair(&PairTexts::new(id, &parsed, &outlines), policies, confirmed, sources));
        outlines
    });
    let pair = pair.filter(|_| !pairs::is_draft(&parsed));
    let pair = pair.map(|outlines| Arc::new(pairs::compare(&parsed, outlines, lock.records.get(id))));
    Reading { written: WrittenRecord::new(parsed), pair, policies, mistakes: mistakes.into_iter().collect() }
}

/// What the site makes of the files of an id, by its settings and types.
pub(super) struct Role {
    /// What they are.
    pub(super) standing: Standing,
    /// The addresses that a record asks for.
    pub(super) request: AddressRequest,
    /// The mistakes in that.
    pub(super) mistakes: Vec<Diagnostic>,
}

/// Says what the files of an id are to the site.
pub(super) fn role(id: &str, written: &WrittenRecord, config: &Config, schema: &Schema) -> Role {
    let mut mistakes = Diagnostics::default();
    let standing = mistakes.absorb(candidate::standing(id, written, config, schema));
    let request = standing.record().map(|kind| mistakes.absorb(addresses::request(schema, id, kind, written)));
    Role { standing, request: request.unwrap_or_default(), mistakes: mistakes.into_iter().collect() }
}

/// The state of a pair once it is known which of its changes only put a spelling right.
pub(super) struct Judged {
    /// The pair.
    pub(super) pair: Arc<Pair>,
    /// The changes that were left out, English first.
    pub(super) fixes: BTreeSet<(Lang, SpellingFix)>,
    /// The sides that are behind.
    pub(super) mistakes: Vec<Diagnostic>,
}
