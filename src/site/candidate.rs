//! What the files of one id are: a record of some type, a draft, a landing page, the home page ([`standing`]).

use std::sync::Arc;

use super::anchors::Anchors;
use crate::diagnostic::{Diagnostics, Place, Span, catalog};
use crate::document::{LinkUse, RawLink};
use crate::format::Date;
use crate::lang::{Lang, PerLang};
use crate::layout::LANDING;
use crate::parse::{ParsedFacts, ParsedRecord, ParsedWords, Unparsable};
use crate::path::ContentPath;
use crate::schema::{Config, Policies, Schema, TypeId};
use crate::yaml::{self, Node};

/// What the files of one id say. The words below the front matter are left out: they are parsed again when a page is
/// made, so a large site does not need to keep them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrittenRecord {
    /// The facts.
    pub facts: Option<Arc<ParsedFacts>>,
    /// The sides.
    pub sides: PerLang<Option<WrittenSide>>,
    /// The files that cannot be understood.
    pub unparsable: Unparsable,
}

/// What the files of one id are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The home page.
    Home,
    /// The landing page of a type's section.
    Landing(TypeId),
    /// A record that is published.
    Published {
        /// Its type.
        kind: TypeId,
        /// Whether it is kept for reference only.
        archived: bool,
        /// Whether it may have one side only.
        alone: bool,
    },
    /// A record of a type that is not published yet: it is checked, and shown only in the preview.
    Draft(TypeId),
    /// Nothing that can be published; a mistake says why.
    Nothing,
}

impl Standing {
    /// The type of a published record.
    pub fn published(self) -> Option<TypeId> {
        match self {
            Self::Published { kind, .. } => Some(kind),
            Self::Home | Self::Landing(_) | Self::Draft(_) | Self::Nothing => None,
        }
    }

    /// The type of a record, published or not.
    pub fn record(self) -> Option<TypeId> {
        match self {
            Self::Draft(kind) => Some(kind),
            standing => standing.published(),
        }
    }

    /// Whether it is a draft.
    pub fn is_draft(self) -> bool {
        matches!(self, Self::Draft(_))
    }
}

/// One side as it was written, without its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenSide {
    /// The file.
    pub path: ContentPath,
    /// The block at the top of the page.
    pub front: Node,
    /// The headings as links name them.
    pub headings: Arc<Anchors>,
    /// The links and pictures, in order.
    pub links: Vec<(RawLink, LinkUse)>,
}

impl WrittenSide {
    fn new(words: ParsedWords) -> Self {
        let ParsedWords { path, front, body, .. } = words;
        let headings = Arc::new(Anchors::of(&body));
        let links = body.links().into_iter().map(|(link, used)| (link.clone(), used)).collect();
        Self { path, front, headings, links }
    }
}

impl WrittenRecord {
    /// Keeps the parts of a parsed record that other stages need.
    pub fn new(parsed: ParsedRecord) -> Self {
        let ParsedRecord { facts, words, unparsable } = parsed;
        Self { facts: facts.map(Arc::new), sides: words.map(|_, words| words.map(WrittenSide::new)), unparsable }
    }

    /// The file to name for the record as a whole: its facts, or its first side.
    pub fn file(&self) -> Option<&ContentPath> {
        let side = Lang::BOTH.into_iter().find_map(|lang| self.sides.get(lang).as_ref());
        self.facts.as_ref().map(|facts| &facts.path).or(side.map(|side| &side.path))
    }
}

/// Says what the files of an id are.
pub fn standing(id: &str, written: &WrittenRecord, config: &Config, schema: &Schema) -> (Standing, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let WrittenRecord { facts, sides, unparsable } = written;
    if id == LANDING {
        one_side(config.policies, id, written, &mut diagnostics);
        return (Standing::Home, diagnostics);
    }
    let folder = id.split('/').next().unwrap_or_default();
    let Some(kind) = schema.by_folder(folder).filter(|_| id.contains('/')) else {
        // Files that cannot be understood have a mistake already; a site without types is reported once.
        if let Some(file) = written.file().filter(|_| !schema.folders().is_empty()) {
            let place = Place::new(file, Span::START);
            let folder = Some(folder).filter(|_| id.contains('/'));
            diagnostics.push(catalog::folder_without_type(place, folder, schema.folders()));
        }
        return (Standing::Nothing, diagnostics);
    };
    if id.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) == Some(LANDING) {
        one_side(config.policies, id, written, &mut diagnostics);
        if let Some(facts) = facts {
            diagnostics.push(catalog::unread_file(Place::new(&facts.path, Span::START)));
        }
        return (Standing::Landing(kind), diagnostics);
    }
    let state = facts.as_ref().and_then(|facts| Some((&facts.path, facts.facts.get("state")?)));
    let state = state.map_or("published", |(file, node)| {
        let place = || Place::new(file, node.span);
        let written = node.scalar().unwrap_or_default();
        let inner = yaml::in_curly_quotes(written);
        if let Some(inner) = inner {
            diagnostics.push(catalog::curly_quotes(place(), inner));
        }
        match inner.unwrap_or(written) {
            state @ ("draft" | "published" | "archived") => state,
            _ => {
                if inner.is_none() {
                    diagnostics.push(catalog::unknown_state(place(), written));
                }
                "published"
            }
        }
    });
    if state == "draft" {
        return (Standing::Draft(kind), diagnostics);
    }
    if sides.en.is_none() && sides.fr.is_none() {
        if let Some(facts) = facts.as_ref().filter(|_| !unparsable.any()) {
            diagnostics.push(catalog::facts_without_words(Place::new(&facts.path, Span::START), id));
        }
        return (Standing::Nothing, diagnostics);
    }
    let policies = config.policies.for_type(&schema.get(kind).policies);
    let alone = alone(policies, id, written, &mut diagnostics);
    (Standing::Published { kind, archived: state == "archived", alone }, diagnostics)
}

/// Reports a record with only one side, unless the record says why; returns whether it may have only one.
fn alone(policies: Policies, id: &str, written: &WrittenRecord, diagnostics: &mut Diagnostics) -> bool {
    let facts = written.facts.as_ref();
    let Some((file, node)) = facts.and_then(|facts| Some((&facts.path, facts.facts.get("alone")?))) else {
        one_side(policies, id, written, diagnostics);
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
    match (written.sides.get(side), written.sides.get(side.other())) {
        (Some(_), Some(_)) => diagnostics.push(catalog::alone_with_twin(place)),
        (None, Some(_)) => diagnostics.push(catalog::alone_other_side(place, side.other())),
        _ => {}
    }
    true
}

/// Reports a page with only one side, as the site's policy says.
fn one_side(policies: Policies, id: &str, written: &WrittenRecord, diagnostics: &mut Diagnostics) {
    let (present, missing) = match (&written.sides.en, &written.sides.fr) {
        (Some(present), None) => (present, Lang::Fr),
        (None, Some(present)) => (present, Lang::En),
        _ => return,
    };
    if *written.unparsable.words.get(missing) {
        return;
    }
    if let Some(severity) = policies.missing_twin {
        let place = Place::new(&present.path, Span::START);
        diagnostics.push(catalog::missing_twin(place, missing, id, severity));
    }
}
