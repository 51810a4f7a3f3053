//! Words as HTML: [`words`] for a page's words, [`text`] for a line. Escapes everything; lets nothing through.

use super::links::PageContext;
use crate::document::{
    Alignment, Block, BlockKind, CellPart, Definition, Document, Element, Inline, InlineKind, Item, Table, cell_parts,
    plain_text,
};
use crate::lang::Lang;
use crate::site::{Landing, RecordId, Target};
use crate::typography::{Piece, pieces};

/// A line of plain text.
pub(super) fn text(lang: Lang, text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    write_text(lang, text, &mut html);
    html
}

/// The words of a fact, whose ids begin with `scope`: a page has several of them, and a page has words of its own.
pub(super) fn fact(from: PageContext<'_>, document: &Document<Target>, name: &str) -> String {
    let start = document.blocks.first().map_or(0, |block| block.span.start);
    scoped(from, document, format!("{}_{name}-{start}-", from.scope()))
}

fn scoped(from: PageContext<'_>, document: &Document<Target>, scope: String) -> String {
    let mut writer = Writer {
        from,
        lang: Some(from.lang),
        out: String::new(),
        document,
        notes: Vec::new(),
        scope,
        opens: true,
        has_picture: false,
    };
    writer.blocks(&document.blocks);
    writer.footnotes();
    writer.out
}

/// The words of a landing page or home page.
pub(super) fn landing(from: PageContext<'_>, landing: &Landing) -> String {
    let file = landing.file.as_ref();
    file.map(|file| words(from, from.site.words(file, from.lang), None)).unwrap_or_default()
}

/// The words of a page, in which the first use of each glossary term links to it. Headings have their ids; footnotes
/// follow at the end. `own` is the record that the page is about.
pub(super) fn words(from: PageContext<'_>, mut document: Document<Target>, own: Option<RecordId>) -> String {
    from.site.mark_terms(&mut document, from.lang, own);
    scoped(from, &document, from.scope())
}

/// The words of a heading without links, for "On this page".
pub(super) fn heading(from: PageContext<'_>, inlines: &[Inline<Target>]) -> String {
    let mut html = String::new();
    let mut plain = String::new();
    for inline in inlines {
        match &inline.kind {
            // A link without words of its own takes the name of its target.
            InlineKind::Link { target, inlines } if inlines.is_empty() => {
                plain.push_str(from.resolve(target).name(ends_sentence(&plain)));
            }
            _ => plain.push_str(&plain_text(std::slice::from_ref(inline))),
        }
    }
    write_text(from.lang, &plain, &mut html);
    html
}

/// Adds text with its raised letters; every character with a meaning in HTML is escaped.
fn write_text(lang: Lang, text: &str, out: &mut String) {
    for piece in pieces(lang, text) {
        match piece {
            Piece::Plain(text) => escape(text, out),
            Piece::Superscript(text) => {
                out.push_str("<sup>");
                escape(text, out);
                out.push_str("</sup>");
            }
        }
    }
}

/// Adds text with every character escaped that has a meaning in HTML, inside quotation marks too.
pub(super) fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"')) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

struct Writer<'a> {
    from: PageContext<'a>,
    /// The language of the passage being written; `None` if it is neither English nor French.
    lang: Option<Lang>,
    out: String,
    document: &'a Document<Target>,
    /// How often each footnote has been referred to so far.
    notes: Vec<usize>,
    /// What every id begins with.
    scope: String,
    /// Whether what comes next begins a sentence.
    opens: bool,
    /// Whether there was a picture.
    has_picture: bool,
}

impl Writer<'_> {
    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape(value, &mut self.out);
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn line(&mut self, name: &str, attributes: &[(&str, &str)], inlines: &[Inline<Target>]) {
        self.open(name, attributes);
        self.inlines(inlines);
        self.close(name);
    }

    fn blocks(&mut self, blocks: &[Block<Target>]) {
        for (at, block) in blocks.iter().enumerate() {
            if at > 0 {
                self.out.push('\n');
            }
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block<Target>) {
        self.opens = true;
        match &block.kind {
            BlockKind::Heading { level, id, inlines } => {
                let id = format!("{}{id}", self.scope);
                self.line(self.heading_level(*level), &[("id", &id)], inlines);
            }
            BlockKind::Paragraph(inlines) => self.line("p", &[], inlines),
            BlockKind::Plain(inlines) => self.inlines(inlines),
            BlockKind::List { start, items } => self.list(*start, items),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Code { language, text } => {
                self.open("pre", &[("tabindex", "0")]);
                let class = format!("language-{language}");
                let attributes = [("class", class.as_str())];
                self.open("code", if language.is_empty() { &[] } else { &attributes });
                escape(text, &mut self.out);
                self.close("code");
                self.close("pre");
            }
            BlockKind::Quote(blocks) => {
                self.open("blockquote", &[]);
                self.blocks(blocks);
                self.close("blockquote");
            }
            BlockKind::Alert { kind, blocks } => {
                self.open("div", &[("class", &format!("alert alert-{}", kind.name()))]);
                self.open("p", &[("class", "alert-title")]);
                let title = self.from.theme.strings(self.from.lang).get(alert_key(*kind)).to_owned();
                escape(&title, &mut self.out);
                self.close("p");
                self.blocks(blocks);
                self.close("div");
            }
            BlockKind::Definitions(definitions) => {
                self.open("dl", &[]);
                for Definition { term, details } in definitions {
                    self.opens = true;
                    self.line("dt", &[], term);
                    for detail in details {
                        self.open("dd", &[]);
                        self.blocks(detail);
                        self.close("dd");
                    }
                }
                self.close("dl");
            }
            BlockKind::Details { summary, blocks } => {
                self.open("details", &[]);
                if !summary.is_empty() {
                    self.line("summary", &[], summary);
                }
                self.blocks(blocks);
                self.close("details");
            }
            BlockKind::Rule => self.out.push_str("<hr>"),
        }
    }

    /// The element of a heading: in a document, those of its records are one level further down.
    fn heading_level(&self, level: u8) -> &'static str {
        match level + self.from.levels_down() {
            ..=2 => "h2",
            3 => "h3",
            4 => "h4",
            5 => "h5",
            _ => "h6",
        }
    }

    fn list(&mut self, start: Option<u64>, items: &[Item<Target>]) {
        let name = if start.is_some() { "ol" } else { "ul" };
        let first = start.filter(|start| *start != 1).map(|start| start.to_string());
        let tasks = items.iter().any(|item| item.done.is_some());
        let mut attributes = Vec::new();
        attributes.extend(first.as_deref().map(|first| ("start", first)));
        attributes.extend(tasks.then_some(("class", "tasks")));
        self.open(name, &attributes);
        for item in items {
            self.out.push('\n');
            self.open("li", &[]);
            if let Some(done) = item.done {
                let key = if done { "task_done" } else { "task_open" };
                let label = self.from.theme.strings(self.from.lang).get(key).to_owned();
                let class = if done { "task task-done" } else { "task" };
                self.open("span", &[("class", class), ("role", "img"), ("aria-label", &label)]);
                self.close("span");
                self.out.push(' ');
            }
            self.blocks(&item.blocks);
            self.close("li");
        }
        self.out.push('\n');
        self.close(name);
    }

    fn table(&mut self, table: &Table<Target>) {
        // A wide table scrolls by itself; the keyboard must reach it and a reader must hear what it is.
        let label = table.head.iter().map(|cell| cell_text(cell)).collect::<Vec<_>>().join(", ");
        self.open("div", &[("class", "table"), ("role", "region"), ("tabindex", "0"), ("aria-label", &label)]);
        self.out.push_str("<table><thead><tr>");
        for (at, cell) in table.head.iter().enumerate() {
            // An empty corner cell is not a header.
            let (name, scope) = if cell.is_empty() { ("td", None) } else { ("th", Some(("scope", "col"))) };
            self.cell(name, scope, table.alignments.get(at), cell);
        }
        self.out.push_str("</tr></thead><tbody>");
        for row in &table.rows {
            self.out.push_str("<tr>");
            for (at, cell) in row.iter().enumerate() {
                let heads = at == 0 && table.head.first().is_some_and(Vec::is_empty) && !cell.is_empty();
                let (name, scope) = if heads { ("th", Some(("scope", "row"))) } else { ("td", None) };
                self.cell(name, scope, table.alignments.get(at), cell);
            }
            self.out.push_str("</tr>");
        }
        self.out.push_str("</tbody></table>");
        self.close("div");
    }

    fn cell(
        &mut self,
        name: &str,
        scope: Option<(&str, &str)>,
        alignment: Option<&Alignment>,
        blocks: &[Block<Target>],
    ) {
        let class = match alignment {
            Some(Alignment::Right) => Some(("class", "right")),
            Some(Alignment::Center) => Some(("class", "center")),
            _ => None,
        };
        let attributes: Vec<_> = scope.into_iter().chain(class).collect();
        self.open(name, &attributes);
        self.blocks(blocks);
        self.close(name);
    }

    fn inlines(&mut self, inlines: &[Inline<Target>]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline<Target>) {
        match &inline.kind {
            InlineKind::Text(text) => {
                match self.lang {
                    Some(lang) => write_text(lang, text, &mut self.out),
                    None => escape(text, &mut self.out),
                }
                if !text.trim().is_empty() {
                    self.opens = ends_sentence(text);
                }
            }
            InlineKind::Code(text) => {
                self.opens = false;
                self.open("code", &[]);
                escape(text, &mut self.out);
                self.close("code");
            }
            InlineKind::Emphasis(inlines) => self.line("em", &[], inlines),
            InlineKind::Strong(inlines) => self.line("strong", &[], inlines),
            InlineKind::Strikethrough(inlines) => self.line("s", &[], inlines),
            InlineKind::Element { element, inlines } => self.element(element, inlines),
            InlineKind::Address { target, text } => {
                self.opens = false;
                let href = self.from.resolve(target).href;
                self.open("a", &[("href", &href)]);
                escape(text, &mut self.out);
                self.close("a");
            }
            InlineKind::Link { target, inlines } => self.link(target, inlines),
            InlineKind::Image { target, alt } => {
                self.picture(target, alt);
            }
            InlineKind::Foreign { lang, inlines } => {
                let around = self.lang;
                self.lang = lang.split('-').next().and_then(|code| code.parse().ok());
                self.line("span", &[("lang", lang)], inlines);
                self.lang = around;
            }
            InlineKind::FootnoteReference(at) => self.reference(*at),
            InlineKind::SoftBreak => self.out.push('\n'),
            InlineKind::HardBreak => self.out.push_str("<br>"),
        }
    }

    /// A picture, with its dimensions, so that nothing moves when it loads. The first one of a page may be in view at
    /// once; the others are loaded when readers come near.
    fn picture(&mut self, target: &Target, alt: &str) {
        let href = self.from.resolve(target).href;
        let mut attributes = vec![("src", href.as_str()), ("alt", alt)];
        let asset = if let Target::Asset(path) = target { self.from.site.sources.assets().get(path) } else { None };
        let dimensions = asset.and_then(|asset| asset.dimensions);
        let dimensions = dimensions.map(|size| (size.width.to_string(), size.height.to_string()));
        if let Some((width, height)) = &dimensions {
            attributes.extend([("width", width.as_str()), ("height", height.as_str())]);
        }
        // Paper does not wait for readers to come near.
        if !self.from.is_document() && (self.has_picture || !self.scope.is_empty()) {
            attributes.push(("loading", "lazy"));
        }
        attributes.push(("decoding", "async"));
        self.has_picture = true;
        self.open("img", &attributes);
    }

    fn element(&mut self, element: &Element, inlines: &[Inline<Target>]) {
        match element {
            Element::Superscript => self.line("sup", &[], inlines),
            Element::Subscript => self.line("sub", &[], inlines),
            Element::Keyboard => {
                // The label of a key has no language, so no letters are raised in it.
                let around = self.lang.take();
                self.line("kbd", &[], inlines);
                self.lang = around;
            }
            Element::Abbreviation { title } => {
                let attributes = [("title", title.as_str())];
                self.line("abbr", if title.is_empty() { &[] } else { &attributes }, inlines);
            }
        }
    }

    fn link(&mut self, target: &Target, inlines: &[Inline<Target>]) {
        let mut link = self.from.resolve(target);
        if let Target::Heading(id) = target {
            link.href = format!("#{}{id}", self.scope);
        }
        let mut attributes = vec![("href", link.href.as_str())];
        attributes.extend(matches!(target, Target::Term(_)).then_some(("class", "term")));
        attributes.extend(link.hreflang.map(|lang| ("hreflang", lang.code())));
        attributes.extend(link.address.as_deref().map(|address| ("data-address", address)));
        if inlines.is_empty() {
            self.open("a", &attributes);
            let lang = link.hreflang.unwrap_or(self.from.lang);
            if link.hreflang.is_some() {
                self.open("span", &[("lang", lang.code())]);
            }
            write_text(lang, link.name(self.opens), &mut self.out);
            self.opens = false;
            if link.hreflang.is_some() {
                self.close("span");
            }
            self.close("a");
        } else {
            self.line("a", &attributes, inlines);
        }
    }

    fn reference(&mut self, at: usize) {
        self.notes.resize(self.document.footnotes.len(), 0);
        self.notes[at] += 1;
        let number = (at + 1).to_string();
        let label = format!("{} {number}", self.from.theme.strings(self.from.lang).get("footnote"));
        self.open("sup", &[("class", "footnote-ref")]);
        let id = self.reference_id(at, self.notes[at]);
        let href = format!("#{}_note-{number}", self.scope);
        self.open("a", &[("href", &href), ("id", &id), ("aria-label", &label)]);
        self.out.push_str(&number);
        self.close("a");
        self.close("sup");
    }

    fn reference_id(&self, at: usize, nth: usize) -> String {
        let (scope, number) = (&self.scope, at + 1);
        if nth == 1 { format!("{scope}_ref-{number}") } else { format!("{scope}_ref-{number}-{nth}") }
    }

    fn footnotes(&mut self) {
        if self.document.footnotes.is_empty() {
            return;
        }
        let strings = self.from.theme.strings(self.from.lang);
        let title = format!("{}_notes", self.scope);
        self.open("section", &[("class", "footnotes"), ("aria-labelledby", &title)]);
        let level = self.heading_level(2);
        self.open(level, &[("id", &title)]);
        escape(strings.get("footnotes"), &mut self.out);
        self.close(level);
        self.open("ol", &[]);
        for (at, footnote) in self.document.footnotes.iter().enumerate() {
            self.open("li", &[("id", &format!("{}_note-{}", self.scope, at + 1))]);
            self.blocks(&footnote.blocks);
            for nth in 1..=footnote.references {
                self.out.push(' ');
                let href = format!("#{}", self.reference_id(at, nth));
                let label = format!("{} {}", strings.get("footnote_back"), at + 1);
                self.open("a", &[("href", &href), ("class", "footnote-back"), ("aria-label", &label)]);
                self.out.push('↩');
                self.close("a");
            }
            self.close("li");
        }
        self.close("ol");
        self.close("section");
    }
}

/// Whether a new sentence begins after these words.
fn ends_sentence(words: &str) -> bool {
    words.trim_end().chars().next_back().is_none_or(|last| matches!(last, '.' | '!' | '?' | '…'))
}

/// The words of a cell of the header row, which name a table for those who listen to it.
fn cell_text(cell: &[Block<Target>]) -> String {
    let words = cell_parts(cell).map(|part| match part {
        CellPart::Words(inlines) => plain_text(inlines),
        CellPart::List(items) => items.iter().map(|item| cell_text(&item.blocks)).collect::<Vec<_>>().join(" "),
    });
    words.collect::<Vec<_>>().join(" ")
}

fn alert_key(kind: crate::document::AlertKind) -> &'static str {
    use crate::document::AlertKind;
    match kind {
        AlertKind::Note => "alert_note",
        AlertKind::Tip => "alert_tip",
        AlertKind::Important => "alert_important",
        AlertKind::Warning => "alert_warning",
        AlertKind::Caution => "alert_caution",
    }
}
