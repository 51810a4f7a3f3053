//! Sides that are behind the other one: [`outdated`] tells them, [`behind`] lists those whose readers are told.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, Span, catalog};
use crate::lang::{Lang, PerLang};
use crate::pairs::status::change_name;
use crate::pairs::{Behind, Change, Pair, Pairs, State, What};
use crate::schema::{Config, Policies, Schema};

/// The policies for a record, by the type whose folder it stands in.
pub(super) fn policies(id: &str, config: &Config, schema: &Schema) -> Policies {
    let folder = id.split('/').next().unwrap_or_default();
    let kind = schema.by_folder(folder);
    kind.map_or(config.policies, |kind| config.policies.for_type(schema.get(kind).policies))
}

/// Tells of every section that changed on one side only, at its counterpart on the other.
pub fn outdated(pairs: &Pairs, config: &Config, schema: &Schema) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for (id, pair) in &pairs.records {
        let State::Outdated(behind) = pair.state else { continue };
        let Some(severity) = policies(id, config, schema).outdated_twin else { continue };
        match behind {
            Behind::Both => {
                let file = pair.files.en.as_ref().or(pair.files.fr.as_ref());
                diagnostics.extend(file.map(|file| catalog::both_changed(Place::new(file, Span::START), id, severity)));
            }
            Behind::Side(lang) => {
                let twins = pair.counterparts(lang.other());
                let told = pair.changes.get(lang.other()).iter();
                diagnostics.extend(told.filter_map(|change| tell(id, pair, lang, change, &twins, severity)));
            }
        }
    }
    diagnostics
}

fn tell(
    id: &str,
    pair: &Pair,
    behind: Lang,
    change: &Change,
    twins: &[Option<usize>],
    severity: Severity,
) -> Option<Diagnostic> {
    let leading = behind.other();
    let twin = change.now.and_then(|now| twins.get(now).copied().flatten());
    let twin = twin.and_then(|twin| pair.outlines.get(behind).sections.get(twin));
    let place = Place::new(pair.files.get(behind).as_ref()?, twin.map_or(Span::START, |twin| twin.span));
    let (section, what) = (change_name(pair, leading, change), what(&change.what));
    let mistake = catalog::outdated_twin(place, behind, &section, &what, id, severity);
    let changed = change.now.and_then(|now| pair.outlines.get(leading).sections.get(now));
    let place = changed.zip(pair.files.get(leading).as_ref()).map(|(section, file)| Place::new(file, section.span));
    Some(match place {
        Some(place) => catalog::changed_here(mistake, place),
        None => mistake,
    })
}

/// What happened in a section, in each language of messages.
fn what(what: &[What]) -> PerLang<String> {
    PerLang::from_fn(|lang| {
        let words: Vec<&str> = what.iter().map(|what| *catalog::change(*what).get(lang)).collect();
        words.join(", ")
    })
}

/// The records of which readers are told that one side is behind, and which one it is.
pub fn behind(pairs: &Pairs, config: &Config, schema: &Schema) -> BTreeMap<String, Lang> {
    let behind = pairs.records.iter().filter_map(|(id, pair)| Some((id, pair.state.behind()?)));
    behind.filter(|(id, _)| policies(id, config, schema).outdated_notice).map(|(id, lang)| (id.clone(), lang)).collect()
}
