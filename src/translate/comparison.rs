//! A record's two languages passage by passage ([`Comparison`]): what each says, where its translation is or would
//! be, and what the section was when both were exported. Packages are written from it, and read against it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::build::{Builder, agrees, sides};
use super::side::{self, Kind, Passage, Spot};
use super::words::{Mark, MarkKind, Words};
use super::{Extent, Reference, Untranslatable};
use crate::lang::Lang;
use crate::layout::WrittenLink;
use crate::pairs::history::Edit;
use crate::pairs::kept::Kept;
use crate::pairs::sections::{Row, sections};
use crate::pairs::{self, Behind, State};
use crate::parse::{front_matter, words_path};
use crate::path::{self, ContentPath};
use crate::source::lines::line_start;
use crate::workspace::Workspace;

/// A record in both languages.
pub struct Comparison {
    /// The record.
    pub id: String,
    /// The language that is translated from.
    pub from: Lang,
    /// The language that is translated to.
    pub to: Lang,
    /// The state of the two sides.
    pub state: State,
    /// The sections of the source.
    pub parts: Vec<Part>,
    /// The passages of all sections, in order.
    pub pairs: Vec<Pair>,
    /// What is put in as a whole, once each of its passages is translated.
    pub groups: Vec<Group>,
    /// The files and what they say; the page of the translation may be missing.
    pub(super) files: Files,
    /// What a heading's id in the source is in the translation, by page and id.
    anchors: BTreeMap<(String, String), String>,
}

/// The files of a record and what they say.
pub(super) struct Files {
    pub source: Arc<str>,
    pub target: (ContentPath, Option<Arc<str>>),
    pub facts: Option<(ContentPath, Arc<str>)>,
}

/// A section of the source.
pub struct Part {
    /// What it is called, and where it is on each side.
    pub row: Row,
    /// What it says in short.
    pub digest: String,
    /// Its passages.
    pub passages: Range<usize>,
    /// Whether something that changed in it has no counterpart in the translation, so that people must see to it.
    pub is_beyond: bool,
}

/// A passage and its translation.
pub struct Pair {
    /// Its number in its section, from 1.
    pub number: usize,
    /// What it is.
    pub kind: Kind,
    /// What it says.
    pub words: Words,
    /// What the translation says, where there is one.
    pub present: Option<Words>,
    /// What the source said when it was confirmed, where that is known and another text.
    pub before: Option<String>,
    /// The words by which it differs from that.
    pub changes: Vec<Edit>,
    /// Whether the source says what it said when it was confirmed.
    pub is_as_it_was: bool,
    /// The group that it is put in with.
    pub group: Option<usize>,
    /// The source's marks, and those that only the translation has, by number.
    pub marks: BTreeMap<u32, Mark>,
    pub(super) source: Passage,
    pub(super) target: Option<Passage>,
    /// The translation's own marks, by number.
    pub(super) own: BTreeMap<u32, Mark>,
}

/// A piece of the source that is put into the translation as a whole, with its words translated.
pub struct Group {
    /// The piece.
    pub(super) source: Range<usize>,
    /// What it takes the place of; empty where it is put in.
    pub(super) replaces: Range<usize>,
    /// Whether a blank line comes before it.
    pub(super) is_apart: bool,
    /// Its passages.
    pub pairs: Vec<usize>,
}

impl Part {
    /// Whether it is to be translated into a language.
    fn is_due(&self, to: Lang) -> bool {
        match self.row.state {
            State::Outdated(Behind::Side(lang)) | State::Missing(lang) => lang == to,
            State::Outdated(Behind::Both) => true,
            State::Equal | State::Unconfirmed => false,
        }
    }
}

impl Comparison {
    /// Compares the languages of a record.
    pub fn of(workspace: &Workspace, id: &str, to: Lang, kept: &Kept) -> Result<Self, Untranslatable> {
        let from = to.other();
        let parsed = workspace.parsed(id);
        if parsed.unparsable.any() {
            return Err(Untranslatable::Unreadable);
        }
        let text = |path: &ContentPath| workspace.sources().texts().get(path).map(Arc::clone);
        let source_words = parsed.words.get(from).as_ref().ok_or(Untranslatable::NoSource)?;
        let target_path = words_path(id, to);
        let files = Files {
            source: text(&source_words.path).ok_or(Untranslatable::NoSource)?,
            target: (target_path.clone(), text(&target_path)),
            facts: parsed.facts.as_ref().and_then(|facts| Some((facts.path.clone(), text(&facts.path)?))),
        };
        let outlines = pairs::outlines(&parsed);
        let confirmed = workspace.lock().records.get(id);
        let pair = match workspace.pair(id) {
            Some(pair) => pair.clone(),
            None => pairs::compare(&parsed, outlines.clone(), confirmed),
        };
        let confirmed = confirmed.map(|confirmed| confirmed.fitting(outlines.as_ref()));
        let rows = sections(&outlines, Some(&pair), confirmed.as_deref());
        let sides = sides(workspace, id, &parsed, &files, from);
        if !(agrees(&sides.source, outlines.get(from)) && agrees(&sides.target, outlines.get(to))) {
            return Err(Untranslatable::OutOfStep);
        }
        let mut comparison = Self {
            id: id.to_owned(),
            from,
            to,
            state: pair.state,
            parts: Vec::new(),
            pairs: Vec::new(),
            groups: Vec::new(),
            files,
            anchors: BTreeMap::new(),
        };
        let mut builder = Builder {
            comparison: &mut comparison,
            sides: &sides,
            outlines: &outlines,
            confirmed: confirmed.as_deref(),
            kept,
            last: None,
        };
        for row in &rows {
            builder.row(row);
        }
        if comparison.files.target.1.is_none() {
            comparison.whole_page();
        }
        comparison.find_anchors(workspace);
        Ok(comparison)
    }

    /// A page that is not there yet is put in as a whole.
    fn whole_page(&mut self) {
        let in_page = |pair: &Pair| !matches!(&pair.source.place, Spot::Value(value) if value.in_facts);
        let pairs: Vec<usize> = (0..self.pairs.len()).filter(|at| in_page(&self.pairs[*at])).collect();
        for at in &pairs {
            self.pairs[*at].group = Some(0);
        }
        let source = 0..self.files.source.len();
        self.groups = vec![Group { source, replaces: 0..0, is_apart: false, pairs }];
    }

    /// The sections that are to be translated; all of them where there is no translation.
    pub fn wanted(&self, extent: Extent) -> impl Iterator<Item = &Part> {
        let is_whole = extent == Extent::Whole || self.state == State::Missing(self.to);
        self.parts.iter().filter(move |part| is_whole || part.is_due(self.to))
    }

    /// What a section is called in the language that is translated from.
    pub fn title_of<'a>(&self, part: &'a Part) -> &'a str {
        part.row.title.get(self.from).as_deref().unwrap_or_default()
    }

    /// The section of a reference. Once a section has a translation, its key may be that of the other language.
    pub fn part(&self, reference: &Reference) -> Option<&Part> {
        let says_the_same = |part: &&Part| part.digest == reference.source;
        let by_key = self.parts.iter().find(|part| part.row.key == reference.section);
        let by_name = || self.parts.iter().filter(says_the_same).find(|part| part.row.is_called(&reference.section));
        by_key.filter(says_the_same).or_else(by_name).or(by_key)
    }

    /// The section that a passage is in.
    pub fn part_of(&self, pair: usize) -> Option<&Part> {
        self.parts.iter().find(|part| part.passages.contains(&pair))
    }

    /// What the translation of a passage says in short; a dash where there is none.
    pub fn digest_of(&self, pair: &Pair) -> String {
        match &pair.present {
            Some(present) => digest(&present.shape(|mark| pair.own.get(&mark))),
            None => "-".to_owned(),
        }
    }

    /// The passage of a number in a section, with its position.
    pub fn pair(&self, part: &Part, number: usize) -> Option<(usize, &Pair)> {
        let mut pairs = part.passages.clone().filter_map(|at| Some((at, self.pairs.get(at)?)));
        pairs.find(|(_, pair)| pair.number == number)
    }

    fn find_anchors(&mut self, workspace: &Workspace) {
        for mark in self.pairs.iter().flat_map(|pair| &pair.source.marks) {
            let MarkKind::Link { written, target } = &mark.kind else { continue };
            let Some((_, fragment)) = written.split_once('#') else { continue };
            let page = if target == "#" { &self.id } else { target };
            let key = (page.clone(), fragment.to_owned());
            if !self.anchors.contains_key(&key)
                && let Some(anchor) = anchor(workspace, page, self.from, fragment)
            {
                self.anchors.insert(key, anchor);
            }
        }
    }

    /// What is written for a mark of the source in the translation: a link leads to the page and the heading in its
    /// language.
    pub(super) fn carried(&self, mark: &Mark, own_headings: &BTreeMap<String, String>) -> (String, String) {
        let as_it_is = || (mark.open.clone(), mark.close.clone());
        let (written, is_image) = match &mark.kind {
            MarkKind::Link { written, .. } => (written, false),
            MarkKind::Image(written) => (written, true),
            _ => return as_it_is(),
        };
        let (WrittenLink::Local { .. } | WrittenLink::Heading(_)) = WrittenLink::parse(written) else {
            let is_reference = mark.close.starts_with(']') && !mark.close.starts_with("](");
            return if is_reference { inline(written, is_image) } else { as_it_is() };
        };
        let (path, fragment) = written.split_once('#').map_or((written.as_str(), None), |(p, f)| (p, Some(f)));
        let ending = format!(".{}.md", self.from);
        let path = match path.strip_suffix(&ending) {
            Some(stem) => format!("{stem}.{}.md", self.to),
            None => path.to_owned(),
        };
        let MarkKind::Link { target, .. } = &mark.kind else { return as_it_is() };
        let page = if target == "#" { &self.id } else { target };
        let fragment = fragment.map(|fragment| {
            let own = own_headings.get(fragment).filter(|_| page == &self.id);
            own.or_else(|| self.anchors.get(&(page.clone(), fragment.to_owned()))).map_or(fragment, String::as_str)
        });
        let new = fragment.map_or_else(|| path.clone(), |fragment| format!("{path}#{fragment}"));
        let is_inline = mark.close.starts_with("](") || mark.close.is_empty();
        if new == *written && is_inline {
            return as_it_is();
        }
        let (open, close) = inline(&new, is_image);
        if mark.close.is_empty() { (format!("{open}{close}"), String::new()) } else { (open, close) }
    }
}

/// A link whose address is written with it.
fn inline(written: &str, is_image: bool) -> (String, String) {
    let open = if is_image { "![" } else { "[" };
    let has_signs = written.contains([' ', '(', ')', '<', '>']);
    let close = if has_signs { format!("](<{written}>)") } else { format!("]({written})") };
    (open.to_owned(), close)
}

/// What a heading's id of a page is in the other language.
fn anchor(workspace: &Workspace, id: &str, from: Lang, fragment: &str) -> Option<String> {
    let outlines = pairs::outlines(&workspace.parsed(id));
    let confirmed = workspace.lock().records.get(id).map(|confirmed| confirmed.fitting(outlines.as_ref()));
    let rows = sections(&outlines, None, confirmed.as_deref());
    let section =
        |row: &Row, lang: Lang| outlines.get(lang).sections.get((*row.now.get(lang))?).and_then(|s| s.id.clone());
    rows.iter().find(|row| section(row, from).as_deref() == Some(fragment)).and_then(|row| section(row, from.other()))
}

/// What a text says, in sixteen signs.
pub(super) fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// The lines of the fields that a page does not take over from the other language.
pub(super) fn own_fields(path: &ContentPath, text: &str) -> Vec<Range<usize>> {
    let (front, _) = front_matter::parse(path, text);
    let entries = front.iter().flat_map(|(front, _)| front.mapping().unwrap_or_default());
    entries
        .filter(|entry| front_matter::is_own(&entry.key))
        .map(|entry| {
            let end = entry.value.span.range().end.max(entry.key_span.range().end);
            line_start(text, entry.key_span.range().start)..side::end_of_lines(text, end)
        })
        .collect()
}

/// The id that a heading gets.
pub(super) fn heading_id(words: &Words) -> String {
    path::slug(&words.text())
}
