//! YAML as a tree that knows where everything is: [`parse`] makes a [`Node`]. Owns `saphyr-parser`.
//!
//! A scalar stays the text that was written: the field's kind in the schema decides what it means. So a postal code is
//! never a number, `no` is a language, and `1.10` keeps its zero. `serde_yaml` reads what needs no places (themes); it
//! does not say where a value is.

use std::collections::{BTreeMap, HashMap};

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError};

use crate::diagnostic::{Diagnostics, Place, Slip, Span, catalog};
use crate::lang::Lang;
use crate::path::{ContentPath, composed};
use crate::source::{is_control, meant_by_control};

mod further;
mod merge;
mod slips;
mod writing;

pub use merge::merge_conflict;
pub use writing::{in_curly_quotes, quoted, scalar};

/// A value and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Where the value is in its file.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// A text, number, date or any other single value, as written.
    Scalar(String),
    /// A list.
    Sequence(Vec<Node>),
    /// Keys with values, in the order written.
    Mapping(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key is.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The single value, if it is one.
    pub fn scalar(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// The keys and values, if it is a mapping.
    pub fn mapping(&self) -> Option<&[Entry]> {
        match &self.value {
            Value::Mapping(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value of a key, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.mapping()?.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// What is said here in a language, if something is said once for each: `{en: …, fr: …}`. There may be more beside
    /// the languages, as in a note of change, which has a date.
    pub fn in_language(&self, lang: Lang) -> Option<Option<&Self>> {
        let is_per_language = Lang::BOTH.iter().any(|lang| self.get(lang.code()).is_some());
        is_per_language.then(|| self.get(lang.code()))
    }

    /// The items of a list; a single value counts as a list of one, nothing as an empty list.
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::Sequence(items) => items,
            Value::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }
}

/// How a place that is still to be filled in begins: `[TO FILL: who answers]`. Each may be in a file of either
/// language.
pub const TO_FILL: [&str; 3] = ["[TO FILL", "[À REMPLIR", "[A REMPLIR"];

/// Whether a text begins with a place that is still to be filled in.
pub fn is_to_fill(text: &str) -> bool {
    TO_FILL.iter().any(|beginning| text.starts_with(beginning))
}

/// The entries of a mapping by key, for looking up as many keys as a file may declare.
pub struct ByKey<'n> {
    entries: &'n [Entry],
    positions: HashMap<&'n str, usize>,
}

impl<'n> ByKey<'n> {
    /// Up to this many entries, a linear search is faster than sorting.
    const FEW: usize = 12;

    /// Takes the entries of one mapping.
    pub fn new(entries: &'n [Entry]) -> Self {
        let many = if entries.len() > Self::FEW { entries } else { &[] };
        Self { entries, positions: many.iter().enumerate().map(|(at, entry)| (entry.key.as_str(), at)).collect() }
    }

    /// The entry of a key.
    pub fn get(&self, key: &str) -> Option<&'n Entry> {
        if self.positions.is_empty() {
            return self.entries.iter().find(|entry| entry.key == key);
        }
        self.positions.get(key).map(|at| &self.entries[*at])
    }
}

/// Parses one YAML document. `text` is a part of `file` that begins at byte `offset`. A document with nothing in it is
/// an empty mapping; `None` if it cannot be understood, which the diagnostics then explain.
pub fn parse(file: &ContentPath, text: &str, offset: u32) -> (Option<Node>, Diagnostics) {
    // Between the marks of a merge, nothing else is certain. Pages with front matter were searched as a whole.
    if offset == 0
        && let Some(conflict) = merge_conflict(file, text)
    {
        return (None, [conflict].into_iter().collect());
    }
    let (node, mut diagnostics) = one_pass(file, text, offset);
    if node.is_none() {
        further::slips(file, text, offset, &mut diagnostics);
    }
    (node, diagnostics)
}

fn one_pass(file: &ContentPath, text: &str, offset: u32) -> (Option<Node>, Diagnostics) {
    let mut loader =
        Loader { file, text, offset, bytes: ByteOffsets::of(text), depth: 0, diagnostics: Diagnostics::default() };
    let node = match loader.document(&mut Parser::new_from_str(text)) {
        // Without one name that is followed by a colon and a space, the whole text is one value.
        Ok(Some(Node { value: Value::Scalar(_), span })) => {
            let first = text.find(|c: char| !c.is_whitespace()).unwrap_or_default();
            let whole = Span { start: span.start - offset, end: span.end - offset };
            let (slip, range) = slips::find(text, first).unwrap_or((Slip::NoNames, whole.range()));
            loader.diagnostics.push(catalog::yaml_syntax(loader.place(Span::new(range)), slip));
            None
        }
        Ok(node) => node,
        Err(Stop::Syntax(error)) => {
            let at = loader.bytes.get(error.marker()).min(text.len());
            let place = loader.place(Span::new(at..at));
            loader.diagnostics.push(match (error.info(), slips::find(text, at)) {
                // The parser looks up an alias before it reports that there is one.
                (reason, _) if reason.contains("unknown anchor") => catalog::yaml_alias(place),
                (_, Some((slip @ Slip::ColonInBraces, range))) => {
                    catalog::yaml_syntax(loader.place(Span::new(range)), slip)
                }
                _ if let Some(open) = slips::open_bracket(text, at) => {
                    catalog::yaml_syntax(loader.place(Span::new(open..open + 1)), Slip::OpenBracket)
                }
                (_, Some((slip, range))) => catalog::yaml_syntax(loader.place(Span::new(range)), slip),
                (reason, None) => catalog::yaml_syntax(place, slips::of_parser(reason)),
            });
            None
        }
        Err(Stop::Refused) => None,
    };
    (node, loader.diagnostics)
}

/// Why loading stopped.
enum Stop {
    /// The text is not YAML.
    Syntax(ScanError),
    /// The text is YAML that Diptych does not accept; a diagnostic says so.
    Refused,
}

impl From<ScanError> for Stop {
    fn from(error: ScanError) -> Self {
        Self::Syntax(error)
    }
}

struct Loader<'a> {
    file: &'a ContentPath,
    text: &'a str,
    offset: u32,
    bytes: ByteOffsets,
    /// How many lists and mappings the value being read is nested in.
    depth: usize,
    diagnostics: Diagnostics,
}

/// Deeper than anyone writes, and far from the end of the stack.
const MAX_DEPTH: usize = 64;

type Events<'input> = Parser<'input, saphyr_parser::StrInput<'input>>;

impl Loader<'_> {
    fn place(&self, span: Span) -> Place {
        Place::new(self.file, span.shifted(self.offset))
    }

    fn document(&mut self, events: &mut Events<'_>) -> Result<Option<Node>, Stop> {
        let mut node = None;
        while let Some(event) = events.next_event() {
            let (event, span) = event?;
            match event {
                Event::StreamEnd => break,
                Event::DocumentStart(_) if node.is_some() => {
                    let at = self.bytes.span(&span);
                    self.diagnostics.push(catalog::yaml_documents(self.place(at)));
                    return Err(Stop::Refused);
                }
                Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
                event => node = Some(self.node(event, &span, events)?),
            }
        }
        Ok(Some(match node {
            Some(Node { value: Value::Null, span }) => Node { span, value: Value::Mapping(Vec::new()) },
            Some(node) => node,
            None => Node { span: Span::START.shifted(self.offset), value: Value::Mapping(Vec::new()) },
        }))
    }

    /// Reports a character that no page can hold and that an escape such as `\x07` names. One that is in the text
    /// itself is reported where the file is read.
    fn no_control_by_escape(&mut self, text: &str, written: Span) {
        let by_escape =
            |c: &char| is_control(*c) && !self.text.get(written.range()).is_some_and(|raw| raw.contains(*c));
        if let Some(c) = text.chars().find(by_escape) {
            self.diagnostics.push(catalog::control_character(self.place(written), c, meant_by_control(c)));
        }
    }

    /// Reports a comment after a value if it may be part of the value: `Agreement #5`. In front matter, any comment may
    /// be; among facts, where people do write comments, only one that begins without a space.
    fn no_words_in_comment(&mut self, end: u32) {
        let rest = &self.text[end as usize..];
        let behind = rest.trim_start_matches([' ', '\t']);
        if behind.len() == rest.len() || !behind.starts_with('#') {
            return;
        }
        // Only checked now, since a line may contain thousands of values.
        let comment = behind.lines().next().unwrap_or_default();
        let joined = |comment: &str| comment.starts_with(|c: char| !c.is_whitespace() && c != '#');
        if comment.strip_prefix('#').is_some_and(|said| self.offset > 0 || joined(said)) {
            let at = end as usize + rest.len() - behind.len();
            let place = self.place(Span::new(at..at + comment.trim_end().len()));
            self.diagnostics.push(catalog::yaml_comment(place));
        }
    }

    fn node(&mut self, event: Event<'_>, at: &saphyr_parser::Span, events: &mut Events<'_>) -> Result<Node, Stop> {
        let start = self.bytes.span(at);
        if self.depth > MAX_DEPTH {
            self.diagnostics.push(catalog::nested_too_deep(self.place(start)));
            return Err(Stop::Refused);
        }
        self.depth += 1;
        let (end, value) = match event {
            Event::Scalar(text, style, ..) => {
                self.no_control_by_escape(&text, start);
                let is_plain = style == ScalarStyle::Plain;
                let null = is_plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                if is_plain && !text.is_empty() {
                    self.no_words_in_comment(start.end);
                }
                (start.end, if null { Value::Null } else { Value::Scalar(composed(&text).into_owned()) })
            }
            // A place that is still to be filled in looks like a list, but is a text.
            Event::SequenceStart(..) if is_to_fill(&self.text[start.start as usize..]) => {
                let (end, _) = self.sequence(start, events)?;
                let written = &self.text[start.start as usize..end as usize];
                (end, Value::Scalar(composed(written).into_owned()))
            }
            Event::SequenceStart(..) => self.sequence(start, events)?,
            Event::MappingStart(..) => self.mapping(start, events)?,
            _ => {
                self.diagnostics.push(catalog::yaml_alias(self.place(start)));
                return Err(Stop::Refused);
            }
        };
        self.depth -= 1;
        Ok(Node { span: Span { start: start.start, end }.shifted(self.offset), value })
    }

    fn sequence(&mut self, start: Span, events: &mut Events<'_>) -> Result<(u32, Value), Stop> {
        let (mut items, mut end) = (Vec::new(), start.end);
        while let Some(event) = events.next_event() {
            let (event, span) = event?;
            if event == Event::SequenceEnd {
                // A list in brackets ends after its bracket, any other with its last item. The parser counts the rest
                // of the bracket's line as part of it.
                if start.end > start.start {
                    end = self.bytes.span(&span).start + 1;
                }
                break;
            }
            let item = self.node(event, &span, events)?;
            end = item.span.end - self.offset;
            items.push(item);
        }
        Ok((end, Value::Sequence(items)))
    }

    /// Reports a name between braces that has no value, because a text was meant to hold its comma, or because no space
    /// follows its colon.
    fn in_braces(&mut self, name: &str, key: Span) -> bool {
        let (start, end) = ((key.start - self.offset) as usize, (key.end - self.offset) as usize);
        if !self.text[..start].trim_end().ends_with(['{', ',']) || self.text[end..].trim_start().starts_with(':') {
            return false;
        }
        let is_joined = name.split_once(':').is_some_and(|(name, _)| matches!(name, "en" | "fr" | "on"));
        let slip = if is_joined { Slip::NoSpace } else { Slip::CommaInBraces };
        self.diagnostics.push(catalog::yaml_syntax(Place::new(self.file, key), slip));
        true
    }

    fn mapping(&mut self, start: Span, events: &mut Events<'_>) -> Result<(u32, Value), Stop> {
        let (mut entries, mut end) = (Vec::<Entry>::new(), start.end);
        let mut seen = BTreeMap::new();
        while let Some(event) = events.next_event() {
            let (event, span) = event?;
            if event == Event::MappingEnd {
                break;
            }
            let key = self.node(event, &span, events)?;
            let Value::Scalar(name) = key.value else {
                self.diagnostics.push(catalog::yaml_key(Place::new(self.file, key.span)));
                return Err(Stop::Refused);
            };
            let written = &self.text[(key.span.start - self.offset) as usize..(key.span.end - self.offset) as usize];
            if let Some(odd) = slips::odd_space_around(&name, written) {
                let place = Place::new(self.file, Span::new(odd).shifted(key.span.start));
                self.diagnostics.push(catalog::yaml_syntax(place, Slip::OddSpace));
                return Err(Stop::Refused);
            }
            let Some(event) = events.next_event() else { break };
            let (event, span) = event?;
            let value = self.node(event, &span, events)?;
            if value.value == Value::Null && self.in_braces(&name, key.span) {
                return Err(Stop::Refused);
            }
            if value.value == Value::Null {
                let behind = (key.span.end - self.offset) as usize;
                if self.text[behind..].starts_with(": #") {
                    self.no_words_in_comment(key.span.end - self.offset + 1);
                }
            }
            end = value.span.end.max(key.span.end) - self.offset;
            if let Some(first) = seen.insert(name.clone(), key.span) {
                let places = (Place::new(self.file, key.span), Place::new(self.file, first));
                self.diagnostics.push(catalog::duplicate_key(places.0, &name, places.1));
            } else {
                entries.push(Entry { key: name, key_span: key.span, value });
            }
        }
        if let Some(span) = slips::languages_not_indented(&entries) {
            self.diagnostics.push(catalog::yaml_syntax(Place::new(self.file, span), Slip::LanguagesNotIndented));
            return Err(Stop::Refused);
        }
        Ok((end, Value::Mapping(entries)))
    }
}

/// The byte at which each character of a text begins: the parser counts in characters.
enum ByteOffsets {
    Ascii,
    Table(Vec<u32>),
}

impl ByteOffsets {
    fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self::Ascii;
        }
        let ends = std::iter::once(text.len());
        Self::Table(text.char_indices().map(|(at, _)| at).chain(ends).map(|at| Span::new(at..at).start).collect())
    }

    fn get(&self, marker: &Marker) -> usize {
        match self {
            Self::Ascii => marker.index(),
            Self::Table(table) => table.get(marker.index()).or(table.last()).map_or(0, |&at| at as usize),
        }
    }

    fn span(&self, span: &saphyr_parser::Span) -> Span {
        Span::new(self.get(&span.start)..self.get(&span.end))
    }
}

/// Where each line of a value begins in the value, and in its file, in bytes; blank lines are left out. `None` if the
/// lines in the file differ: they were folded, or have escapes.
pub fn lines_of(file: &str, span: Span, value: &str) -> Option<Vec<(u32, u32)>> {
    let offset = |at: usize| u32::try_from(at).ok();
    let written = file.get(span.range())?;
    let start = span.range().start;
    if !value.contains('\n') {
        return Some(vec![(0, offset(start + written.find(value)?)?)]);
    }
    let mut lines = Vec::new();
    let (mut at, mut from) = (0, 0);
    let mut behind = written.split_inclusive('\n').map(|line| {
        let begins = from;
        from += line.len();
        (begins, line.trim_end_matches(['\n', '\r']))
    });
    for line in value.split('\n') {
        let is_it = |line: &str, of_file: &str| {
            of_file.strip_suffix(line).is_some_and(|indent| indent.bytes().all(|byte| byte == b' '))
        };
        while !line.trim().is_empty() {
            let (begins, of_file) = behind.next()?;
            if is_it(line, of_file) {
                lines.push((offset(at)?, offset(start + begins + of_file.len() - line.len())?));
                break;
            }
            // The block's sign comes before the first line.
            if !lines.is_empty() && !of_file.trim().is_empty() {
                return None;
            }
        }
        at += line.len() + 1;
    }
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str) -> (Option<Node>, Vec<String>) {
        let (node, diagnostics) = parse(&ContentPath::new("a.yaml"), text, 0);
        let reported = diagnostics.into_sorted();
        (node, reported.into_iter().map(|d| format!("{} {:?}", d.name, d.place.span.range())).collect())
    }

    #[test]
    fn every_value_knows_where_it_is_also_behind_accents() {
        let text = "été: à voir\nparties: [scc, « x »]\n";
        let (node, reported) = load(text);
        let node = node.unwrap();
        assert!(reported.is_empty());
        let written = |node: &Node| &text[node.span.range()];
        assert_eq!(written(node.get("été").unwrap()), "à voir");
        let parties = node.get("parties").unwrap();
        assert_eq!(written(&parties.items()[1]), "« x »");
    }

    #[test]
    fn scalars_stay_as_written() {
        let (node, _) = load("a: 1.10\nb: no\nc: 2015-06\nd: ~\n");
        let node = node.unwrap();
        assert_eq!(node.get("a").unwrap().scalar(), Some("1.10"));
        assert_eq!(node.get("b").unwrap().scalar(), Some("no"));
        assert_eq!(node.get("c").unwrap().scalar(), Some("2015-06"));
        assert_eq!(node.get("d").unwrap().value, Value::Null);
    }

    #[test]
    fn a_key_that_is_there_twice_is_told_at_the_second_place() {
        assert_eq!(load("a: 1\na: 2\n").1, ["yaml-duplicate-key 5..6"]);
    }

    #[test]
    fn yaml_that_does_not_parse_is_told_where_it_stops() {
        let (node, reported) = load("title: \"open\nnext: 1\n");
        assert!(node.is_none());
        assert!(reported.len() == 1 && reported[0].starts_with("yaml-syntax"), "{reported:?}");
    }

    #[test]
    fn a_place_that_waits_for_words_is_a_text() {
        let (node, reported) = load("title: [TO FILL: who, and when]\nowner: [À REMPLIR : qui]\nlist: [a]\n");
        let node = node.unwrap();
        assert_eq!(reported, [""; 0]);
        assert_eq!(node.get("title").unwrap().scalar(), Some("[TO FILL: who, and when]"));
        assert_eq!(node.get("owner").unwrap().scalar(), Some("[À REMPLIR : qui]"));
        assert_eq!(node.get("list").unwrap().items().len(), 1);
    }

    #[test]
    fn an_empty_file_is_an_empty_mapping() {
        assert_eq!(load("").0.unwrap().value, Value::Mapping(Vec::new()));
        assert_eq!(load("# only a comment\n").0.unwrap().value, Value::Mapping(Vec::new()));
    }
}
