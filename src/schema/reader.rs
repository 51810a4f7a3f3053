//! Reads settings from YAML nodes, reporting every mistake at its place: [`Reader`].

use crate::diagnostic::{Diagnostic, Diagnostics, KnownNames, Place, Span, catalog};
use crate::lang::PerLang;
use crate::path::ContentPath;
use crate::yaml::{self, Entry, Node, Value};

/// Reads the nodes of one file and collects the mistakes in them.
pub struct Reader<'a> {
    file: &'a ContentPath,
    /// The mistakes found so far.
    pub diagnostics: Diagnostics,
    /// The unknown keys that look like known ones, and those: what is written under another name is not missing.
    mistyped: Vec<(Span, String)>,
}

impl<'a> Reader<'a> {
    /// A reader of one file's nodes.
    pub fn new(file: &'a ContentPath) -> Self {
        Self { file, diagnostics: Diagnostics::default(), mistyped: Vec::new() }
    }

    /// The file being read.
    pub fn file(&self) -> &ContentPath {
        self.file
    }

    /// A place in the file.
    pub fn place(&self, span: Span) -> Place {
        Place::new(self.file, span)
    }

    /// Whether a mistake was found inside a node.
    pub fn is_mistaken(&self, node: &Node) -> bool {
        let within = |span: Span| node.span.start <= span.start && span.end <= node.span.end;
        self.diagnostics.iter().any(|mistake| within(mistake.place.span))
    }

    /// Adds a mistake.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The entries of a mapping; reports a value that is not one.
    pub fn mapping<'n>(&mut self, node: &'n Node) -> &'n [Entry] {
        if let Value::Mapping(entries) = &node.value {
            return entries;
        }
        let place = self.place(node.span);
        self.report(catalog::expected_mapping(place));
        &[]
    }

    /// Reports keys that are not among the known ones.
    pub fn known_keys(&mut self, entries: &[Entry], known: &[&str]) {
        for entry in entries {
            if !known.contains(&entry.key.as_str()) {
                let known_names = KnownNames::new(known.iter().copied());
                let meant = known_names.nearest(&entry.key).map(|meant| (entry.key_span, meant.to_owned()));
                self.mistyped.extend(meant);
                let place = self.place(entry.key_span);
                self.report(catalog::unknown_setting(place, &entry.key, known));
            }
        }
    }

    /// The value of a key that must be there.
    pub fn required<'n>(&mut self, owner: &'n Node, key: &str) -> Option<&'n Node> {
        let node = owner.get(key).filter(|node| node.value != Value::Null);
        let is_mistyped =
            |entry: &Entry| self.mistyped.iter().any(|(span, meant)| *span == entry.key_span && meant == key);
        if node.is_none() && owner.mapping().is_some_and(|entries| !entries.iter().any(is_mistyped)) {
            let place = self.place(first_line_of(owner));
            self.report(catalog::missing_setting(place, key));
        }
        node
    }

    /// A line of text.
    pub fn text(&mut self, node: &Node) -> Option<String> {
        let text = node.scalar().map(str::trim).filter(|text| !text.is_empty());
        if text.is_none() {
            let place = self.place(node.span);
            self.report(catalog::expected_text(place));
        }
        text.map(str::to_owned)
    }

    /// One of the names of something; `unknown` makes the mistake if it is none of them.
    pub fn one_of<T: Copy>(
        &mut self,
        node: &Node,
        all: &[T],
        name: fn(T) -> &'static str,
        unknown: fn(Place, &str) -> Diagnostic,
    ) -> Option<T> {
        let written = self.text(node)?;
        if self.is_curly(node) {
            return None;
        }
        let known = all.iter().copied().find(|known| name(*known) == written);
        if known.is_none() {
            let place = self.place(node.span);
            self.report(unknown(place, &written));
        }
        known
    }

    /// Reports a value between curly quotation marks.
    fn is_curly(&mut self, node: &Node) -> bool {
        let inner = node.scalar().and_then(yaml::in_curly_quotes);
        if let Some(inner) = inner {
            let place = self.place(node.span);
            self.report(catalog::curly_quotes(place, inner));
        }
        inner.is_some()
    }

    /// Yes or no.
    pub fn boolean(&mut self, node: &Node) -> Option<bool> {
        if self.is_curly(node) {
            return None;
        }
        let value = match node.scalar() {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => None,
        };
        if value.is_none() {
            let place = self.place(node.span);
            self.report(catalog::expected_boolean(place));
        }
        value
    }

    /// A number.
    pub fn number(&mut self, node: &Node) -> Option<f64> {
        if self.is_curly(node) {
            return None;
        }
        let number = node.scalar().and_then(|text| text.parse().ok()).filter(|number: &f64| number.is_finite());
        if number.is_none() {
            let place = self.place(node.span);
            self.report(catalog::expected_number(place));
        }
        number
    }

    /// A value for each language, each read by `read`: `{en: …, fr: …}`.
    pub fn per_lang<T>(
        &mut self,
        node: &Node,
        mut read: impl FnMut(&mut Self, &Node) -> Option<T>,
    ) -> Option<PerLang<T>> {
        if node.mapping().is_none() {
            let place = self.place(node.span);
            self.report(catalog::expected_both_languages(place));
            return None;
        }
        let entries = self.mapping(node);
        self.known_keys(entries, &["en", "fr"]);
        let side = |reader: &mut Self, lang, read: &mut dyn FnMut(&mut Self, &Node) -> Option<T>| {
            let node = reader.required(node, lang)?;
            read(reader, node)
        };
        let (en, fr) = (side(self, "en", &mut read), side(self, "fr", &mut read));
        Some(PerLang { en: en?, fr: fr? })
    }

    /// A text for each language.
    pub fn texts(&mut self, node: &Node) -> Option<PerLang<String>> {
        self.per_lang(node, Self::text)
    }

    /// A text for each language, which may be empty.
    pub fn texts_or_empty(&mut self, node: &Node) -> Option<PerLang<String>> {
        let side = |lang| match node.get(lang) {
            Some(Node { value: Value::Null, .. }) => Some(String::new()),
            Some(Node { value: Value::Scalar(text), .. }) => Some(text.trim().to_owned()),
            _ => None,
        };
        let both = side("en").zip(side("fr")).map(|(en, fr)| PerLang { en, fr });
        if both.is_none() {
            let place = self.place(node.span);
            self.report(catalog::expected_both_languages(place));
        }
        both
    }
}

/// The place to point at when something is missing from a mapping: its first key.
fn first_line_of(owner: &Node) -> Span {
    owner.mapping().and_then(|entries| entries.first()).map_or(owner.span, |entry| entry.key_span)
}
