//! Files put together to records: which facts and words belong to one id, of which type, and in which state.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostics, Place, Span, catalog};
use crate::format::Date;
use crate::lang::{Lang, PerLang};
use crate::parse::{Parsed, ParsedFacts, ParsedWords, UnparsableFiles};
use crate::path::ContentPath;
use crate::schema::{Config, Policies, Schema, TypeId};
use crate::yaml::Node;

/// The name of a landing page among the files of its folder, and of the home page at the top.
pub(super) const LANDING: &str = "_index";

/// A record whose files are known and whose facts and words are not yet read.
pub(super) struct Candidate {
    pub id: String,
    pub kind: TypeId,
    pub archived: bool,
    /// Whether the record may stand in one language.
    pub alone: bool,
    pub facts: Option<ParsedFacts>,
    pub words: PerLang<Option<ParsedWords>>,
}

impl Candidate {
    /// The file that stands for the record: its facts, or the first side it has.
    pub(super) fn file(&self) -> ContentPath {
        let words = Lang::BOTH.into_iter().find_map(|lang| self.words.get(lang).as_ref());
        let facts = self.facts.as_ref().map(|facts| &facts.path);
        facts.or(words.map(|words| &words.path)).cloned().unwrap_or_else(|| ContentPath::new(self.id.as_str()))
    }
}

/// The files of a content folder by what they are.
pub(super) struct Gathered {
    /// The records to be published, by id.
    pub records: Vec<Candidate>,
    /// The ids of drafts.
    pub drafts: BTreeSet<String>,
    pub sections: BTreeMap<TypeId, PerLang<Option<ParsedWords>>>,
    pub home: PerLang<Option<ParsedWords>>,
    /// The files that cannot be understood.
    pub unread: UnparsableFiles,
}

/// Puts the files together.
pub(super) fn gather(config: &Config, schema: &Schema, parsed: Parsed) -> (Gathered, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let mut by_id = BTreeMap::<String, (Option<ParsedFacts>, PerLang<Option<ParsedWords>>)>::new();
    for facts in parsed.facts {
        let id = facts.id.clone();
        by_id.entry(id).or_default().0 = Some(facts);
    }
    for words in parsed.words {
        let (id, lang) = (words.id.clone(), words.lang);
        *by_id.entry(id).or_default().1.get_mut(lang) = Some(words);
    }

    let mut gathered = Gathered {
        records: Vec::new(),
        drafts: BTreeSet::new(),
        sections: BTreeMap::new(),
        home: PerLang::default(),
        unread: parsed.unread,
    };
    for (id, (facts, words)) in by_id {
        if id == LANDING {
            twin(config.policies, &id, &words, &gathered.unread, &mut diagnostics);
            gathered.home = words;
            continue;
        }
        let folder = id.split('/').next().unwrap_or_default();
        let Some(kind) = schema.by_folder(folder).filter(|_| id.contains('/')) else {
            let place = Place::new(&first_file(facts.as_ref(), &words), Span::START);
            diagnostics.push(catalog::folder_without_type(place, folder, schema.folders()));
            continue;
        };
        if id == format!("{folder}/{LANDING}") {
            twin(config.policies, &id, &words, &gathered.unread, &mut diagnostics);
            if let Some(facts) = facts {
                diagnostics.push(catalog::unread_file(Place::new(&facts.path, Span::START)));
            }
            gathered.sections.insert(kind, words);
            continue;
        }
        let state = facts.as_ref().and_then(|facts| Some((&facts.path, facts.facts.get("state")?)));
        let state = state.map_or("published", |(file, node)| match node.scalar() {
            Some(state @ ("draft" | "published" | "archived")) => state,
            written => {
                let place = Place::new(file, node.span);
                diagnostics.push(catalog::unknown_state(place, written.unwrap_or_default()));
                "published"
            }
        });
        if state == "draft" {
            gathered.drafts.insert(id);
            continue;
        }
        let archived = state == "archived";
        if let Some(facts) = facts.as_ref().filter(|_| words.en.is_none() && words.fr.is_none()) {
            if !gathered.unread.any(&id) {
                diagnostics.push(catalog::facts_without_words(Place::new(&facts.path, Span::START), &id));
            }
            continue;
        }
        let policies = config.policies.for_type(schema.get(kind).policies);
        let alone = alone(policies, &id, facts.as_ref(), &words, &gathered.unread, &mut diagnostics);
        gathered.records.push(Candidate { id, kind, archived, alone, facts, words });
    }
    (gathered, diagnostics)
}

/// Tells of a record with only one side, unless it says itself why it stands alone; whether it may.
fn alone(
    policies: Policies,
    id: &str,
    facts: Option<&ParsedFacts>,
    words: &PerLang<Option<ParsedWords>>,
    unread: &UnparsableFiles,
    diagnostics: &mut Diagnostics,
) -> bool {
    let Some((file, node)) = facts.and_then(|facts| Some((&facts.path, facts.facts.get("alone")?))) else {
        twin(policies, id, words, unread, diagnostics);
        return policies.missing_twin.is_none();
    };
    let place = Place::new(file, node.span);
    let text = |key| node.get(key).and_then(Node::scalar).map(str::trim).filter(|text| !text.is_empty());
    let side: Option<Lang> = text("side").and_then(|code| code.parse().ok());
    let day: Option<Date> = text("on").and_then(|date| date.parse().ok());
    let known = node.mapping().is_some_and(|entries| entries.len() == 3);
    let (Some(side), Some(_), Some(_), true) = (side, text("reason"), day, known) else {
        diagnostics.push(catalog::alone_incomplete(place));
        return false;
    };
    match (words.get(side), words.get(side.other())) {
        (Some(_), Some(_)) => diagnostics.push(catalog::alone_with_twin(place)),
        (None, Some(_)) => diagnostics.push(catalog::alone_other_side(place, side.other())),
        _ => {}
    }
    true
}

/// Tells of a page with only one side, as the site's policy has it.
fn twin(
    policies: Policies,
    id: &str,
    words: &PerLang<Option<ParsedWords>>,
    unread: &UnparsableFiles,
    diagnostics: &mut Diagnostics,
) {
    let (present, missing) = match (&words.en, &words.fr) {
        (Some(present), None) => (present, Lang::Fr),
        (None, Some(present)) => (present, Lang::En),
        _ => return,
    };
    if unread.words(id, missing) {
        return;
    }
    if let Some(severity) = policies.missing_twin {
        let place = Place::new(&present.path, Span::START);
        diagnostics.push(catalog::missing_twin(place, missing, id, severity));
    }
}

fn first_file(facts: Option<&ParsedFacts>, words: &PerLang<Option<ParsedWords>>) -> ContentPath {
    let words = words.en.as_ref().or(words.fr.as_ref()).map(|words| &words.path);
    facts.map(|facts| &facts.path).or(words).cloned().unwrap_or_else(|| ContentPath::new(""))
}
