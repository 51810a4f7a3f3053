//! The tree of an old page as Markdown: [`Writer`].
//!
//! Our own, because no library keeps every word and writes Markdown as Diptych reads it: links that become other links or
//! words, headings that close up, notes, definitions, footnotes, tables whose cells hold lists, and a list of all that
//! could not be taken.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::template::{self, Part};
use super::tree::{self, Element, Node};
use crate::diagnostic::Severity;
use crate::lang::Lang;
use crate::parse::markdown::{self, At, Source};
use crate::path::ContentPath;

/// What became of a link or picture.
pub(super) enum Link {
    /// It leads there.
    To(String),
    /// It leads nowhere any more: its words stay.
    Words,
}

/// Something of a page that could not be taken as it was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Note {
    /// Template code, now a marked place.
    Template(String),
    /// An element that is shown elsewhere (film, frame, form), now a marked place.
    Embedded(String),
    /// What has no place in the new page, as it stood.
    LeftOut(String),
    /// A link that leads nowhere, whose words stay.
    Link(String),
    /// A picture that is not among the files, now a marked place.
    Picture(String),
    /// A field above the page that has no place.
    Field(String, String),
    /// Words that the new page lacks.
    Words(String),
    /// The page as a whole was taken as plain words, because of this mistake.
    Plain(String),
    /// The record is a draft, because of this mistake.
    Draft(String),
    /// An old address that cannot lead here.
    Address(String),
}

impl Note {
    /// What the note names of the old page.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Template(what)
            | Self::Embedded(what)
            | Self::LeftOut(what)
            | Self::Link(what)
            | Self::Picture(what)
            | Self::Words(what)
            | Self::Plain(what)
            | Self::Draft(what)
            | Self::Address(what) => what.clone(),
            Self::Field(name, value) => format!("{name} {value}"),
        }
    }

    /// Whether somebody has to look at the page because of it.
    pub(super) fn needs_a_hand(&self) -> bool {
        !matches!(self, Self::LeftOut(_) | Self::Field(..) | Self::Link(_) | Self::Address(_))
    }
}

/// Writes the words of one page.
pub(super) struct Writer<'a> {
    /// The page's language.
    pub lang: Lang,
    /// The template code of the page.
    pub templates: &'a template::Templates,
    /// What becomes of links.
    pub link: &'a mut dyn FnMut(&str, &mut Vec<Note>) -> Link,
    /// What becomes of pictures.
    pub picture: &'a mut dyn FnMut(&str, &mut Vec<Note>) -> Link,
    /// What could not be taken.
    pub notes: Vec<Note>,
    /// By how much headings go down, so that the title is the only one of the first level.
    pub lower: u8,
    /// The level of the heading before.
    pub last_level: u8,
    /// The anchors that lead to headings, and before the headings; with the number of headings before them.
    pub anchors: Vec<(String, usize)>,
    /// How many headings were written.
    pub headings: usize,
}

/// Where inlines stand: what would end a line there is written otherwise.
#[derive(Clone, Copy, PartialEq)]
enum In {
    Paragraph,
    Line,
    Cell,
}

impl Writer<'_> {
    /// The Markdown of a page.
    pub(super) fn page(&mut self, nodes: &[Node]) -> String {
        let mut text = self.blocks(nodes).join("\n\n");
        if !text.is_empty() {
            text.push('\n');
        }
        text
    }

    /// Each block of what stands in an element.
    fn blocks(&mut self, nodes: &[Node]) -> Vec<String> {
        let mut blocks = Vec::new();
        let mut line: Vec<&Node> = Vec::new();
        for node in nodes {
            match node {
                Node::Element(element) if !is_line(element) => {
                    self.paragraph(&mut line, &mut blocks);
                    self.block(element, &mut blocks);
                }
                Node::Comment(words) => {
                    let words = words.trim();
                    if !words.is_empty() && !words.contains("--") && line.iter().all(|node| is_blank(node)) {
                        blocks.push(format!("<!-- {words} -->"));
                    } else if !words.is_empty() {
                        self.notes.push(Note::LeftOut(words.to_owned()));
                    }
                }
                node => line.push(node),
            }
        }
        self.paragraph(&mut line, &mut blocks);
        blocks
    }

    fn paragraph(&mut self, line: &mut Vec<&Node>, blocks: &mut Vec<String>) {
        let nodes: Vec<Node> = std::mem::take(line).into_iter().cloned().collect();
        let text = self.inlines(&nodes, In::Paragraph);
        let text = text.trim_matches([' ', '\n']).trim_end_matches('\\').trim_end();
        if !text.is_empty() {
            blocks.push(at_line_starts(text));
        }
    }

    fn block(&mut self, element: &Element, blocks: &mut Vec<String>) {
        self.anchor(element);
        match element.name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(element, blocks),
            "ul" | "ol" | "menu" => blocks.extend(self.list(element)),
            "table" => self.table(element, blocks),
            "dl" => blocks.extend(self.definitions(element)),
            "pre" => blocks.push(code_block(element)),
            "blockquote" => {
                let inner = self.blocks(&element.children).join("\n\n");
                let kind = element.classes().find_map(|class| class.strip_prefix("markdown-alert-"));
                push_quote(kind.map(str::to_owned), &inner, blocks);
            }
            "hr" => blocks.push("---".to_owned()),
            "div" if element.has_class("footnote-definition") => {
                let label = element.get("id").unwrap_or_default().to_owned();
                let inner: Vec<Node> = element.children.iter().filter(|node| !is_footnote_label(node)).cloned().collect();
                let inner = self.blocks(&inner).join("\n\n");
                blocks.push(format!("[^{label}]: {}", hung(&inner, "    ")));
            }
            "div" | "aside" | "section" if alert(element).is_some() => {
                let inner = self.blocks(&element.children).join("\n\n");
                push_quote(alert(element).map(str::to_owned), &inner, blocks);
            }
            "details" => {
                let is_summary = |node: &&Node| node.element().is_some_and(|inner| inner.name == "summary");
                let summary = element.children.iter().find(is_summary).and_then(Node::element);
                let summary = summary.map(|summary| self.inlines(&summary.children, In::Line)).unwrap_or_default();
                let rest: Vec<Node> = element.children.iter().filter(|node| !is_summary(node)).cloned().collect();
                let inner = self.blocks(&rest).join("\n\n");
                let summary = summary.trim();
                let inner = Some(inner).filter(|inner| !inner.is_empty());
                if understood("details") {
                    blocks.push(format!("<details>\n<summary>{summary}</summary>"));
                    blocks.extend(inner);
                    blocks.push("</details>".to_owned());
                } else {
                    blocks.extend(Some(summary).filter(|words| !words.is_empty()).map(|words| format!("**{words}**")));
                    blocks.extend(inner);
                }
            }
            "iframe" | "video" | "audio" | "embed" | "object" | "form" => {
                let words = self.blocks(&element.children);
                if element.name == "form" {
                    self.notes.push(Note::Embedded("form".to_owned()));
                } else {
                    blocks.push(self.embedded(element));
                }
                blocks.extend(words);
            }
            name if tree::WORDLESS.contains(&name) => {
                let code = tree::text(&element.children);
                if !code.trim().is_empty() {
                    self.notes.push(Note::LeftOut(format!("<{name}> {}", code.trim())));
                }
            }
            name => {
                // A part of a page without a meaning of its own, or an element of another tool.
                let is_foreign = name.contains('-') || !PARTS.contains(&name);
                if is_foreign && tree::text(&element.children).trim().is_empty() {
                    blocks.push(self.embedded(element));
                } else if is_foreign {
                    self.notes.push(Note::LeftOut(format!("<{name}>")));
                }
                blocks.extend(self.blocks(&element.children));
            }
        }
    }

    fn heading(&mut self, element: &Element, blocks: &mut Vec<String>) {
        let words = self.inlines(&element.children, In::Line);
        let words = words.trim().replace('{', "\\{").trim_end_matches('#').trim_end().to_owned();
        if words.is_empty() || tree::text(&element.children).trim().is_empty() {
            blocks.extend(Some(words).filter(|words| !words.is_empty()));
            return;
        }
        let level = element.name.as_bytes().get(1).map_or(2, |level| level - b'0');
        let level = (level + self.lower).clamp(2, self.last_level + 1).min(6);
        self.last_level = level;
        self.headings += 1;
        blocks.push(format!("{} {words}", "#".repeat(usize::from(level))));
    }

    /// Remembers what other pages may call this place.
    fn anchor(&mut self, element: &Element) {
        for name in ["id", "name"] {
            if let Some(id) = element.get(name).filter(|id| !id.is_empty()) {
                self.anchors.push((id.to_owned(), self.headings));
            }
        }
    }

    fn list(&mut self, element: &Element) -> Option<String> {
        let start: Option<u64> = (element.name == "ol")
            .then(|| element.get("start").and_then(|start| start.parse().ok()).unwrap_or(1));
        let (mut items, mut number, mut loose) = (Vec::new(), start, false);
        for node in &element.children {
            let inner = match node {
                Node::Element(item) if item.name == "li" => {
                    self.anchor(item);
                    &item.children[..]
                }
                node if is_blank(node) => continue,
                node => std::slice::from_ref(node),
            };
            let tick = tree::first(inner, "input").filter(|input| input.get("type") == Some("checkbox"));
            let tick = tick.map(|input| if input.get("checked").is_some() { "[x] " } else { "[ ] " });
            let blocks = self.blocks(inner);
            loose |= inner.iter().filter_map(Node::element).filter(|inner| inner.name == "p").count() > 0;
            let marker = number.map_or("- ".to_owned(), |number| format!("{number}. "));
            number = number.map(|number| number + 1);
            let tight = |blocks: &[String]| {
                let is_list = |block: &String| block.starts_with("- ") || block.starts_with("1. ");
                blocks.len() == 2 && is_list(&blocks[1])
            };
            let text = blocks.join(if tight(&blocks) { "\n" } else { "\n\n" });
            let indent = " ".repeat(marker.len());
            items.push(format!("{marker}{}{}", tick.unwrap_or_default(), hung(&text, &indent)));
        }
        (!items.is_empty()).then(|| items.join(if loose { "\n\n" } else { "\n" }))
    }

    fn definitions(&mut self, element: &Element) -> Option<String> {
        let mut lines = Vec::new();
        let mut has_term = false;
        for inner in element.children.iter().filter_map(Node::element) {
            let group = if inner.name == "div" { inner.children.iter().filter_map(Node::element).collect() } else { vec![inner] };
            for inner in group {
                self.anchor(inner);
                if inner.name == "dt" {
                    let term = self.inlines(&inner.children, In::Line).trim().to_owned();
                    if !term.is_empty() {
                        if !lines.is_empty() {
                            lines.push(String::new());
                        }
                        lines.push(at_line_starts(&term));
                        has_term = true;
                    }
                } else {
                    let blocks = self.blocks(&inner.children).join("\n\n");
                    if !has_term {
                        lines.push(blocks);
                    } else if !blocks.is_empty() {
                        lines.push(format!(": {}", hung(&blocks, "  ")));
                    }
                }
            }
        }
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    fn table(&mut self, element: &Element, blocks: &mut Vec<String>) {
        let mut rows: Vec<(bool, Vec<String>, Vec<&'static str>)> = Vec::new();
        let mut spans: Vec<usize> = Vec::new();
        for part in tree_rows(element) {
            if part.name == "caption" {
                let caption = self.inlines(&part.children, In::Line).trim().to_owned();
                blocks.extend(Some(caption).filter(|caption| !caption.is_empty()));
                continue;
            }
            let (mut cells, mut alignments, mut head) = (Vec::new(), Vec::new(), true);
            for cell in part.children.iter().filter_map(Node::element) {
                // A cell that reaches down from a row above takes a place here.
                while spans.get(cells.len()).is_some_and(|rows| *rows > 0) {
                    spans[cells.len()] -= 1;
                    cells.push(String::new());
                    alignments.push("---");
                }
                self.anchor(cell);
                head &= cell.name == "th";
                let number = |name| cell.get(name).and_then(|n: &str| n.parse().ok()).unwrap_or(1_usize).clamp(1, 100);
                let (across, down) = (number("colspan"), number("rowspan"));
                let words = self.cell(&cell.children);
                for at in 0..across {
                    let column = cells.len();
                    spans.resize(spans.len().max(column + 1), 0);
                    spans[column] = down - 1;
                    cells.push(if at == 0 { words.clone() } else { String::new() });
                    alignments.push(alignment(cell));
                }
            }
            rows.push((head, cells, alignments));
        }
        let columns = rows.iter().map(|(_, cells, _)| cells.len()).max().unwrap_or_default();
        rows.retain(|(_, cells, _)| cells.iter().any(|cell| !cell.is_empty()));
        if rows.is_empty() {
            return;
        }
        if columns == 1 {
            // A frame around words, not a table.
            blocks.extend(rows.into_iter().flat_map(|(_, cells, _)| cells).map(|cell| at_line_starts(&cell)));
            return;
        }
        let line = |mut cells: Vec<String>| {
            cells.resize(columns, String::new());
            format!("| {} |", cells.join(" | "))
        };
        let mut rows = rows.into_iter();
        let Some((_, head, mut alignments)) = rows.next() else { return };
        alignments.resize(columns, "---");
        let mut lines = vec![line(head), format!("| {} |", alignments.join(" | "))];
        lines.extend(rows.map(|(_, cells, _)| line(cells)));
        blocks.push(lines.join("\n"));
    }

    /// What stands in a cell, in one line.
    fn cell(&mut self, nodes: &[Node]) -> String {
        let mut lines = Vec::new();
        self.cell_lines(nodes, "", &mut lines);
        lines.join(line_break()).trim().to_owned()
    }

    fn cell_lines(&mut self, nodes: &[Node], bullet: &str, lines: &mut Vec<String>) {
        let mut line: Vec<Node> = Vec::new();
        let flush = |this: &mut Self, line: &mut Vec<Node>, lines: &mut Vec<String>| {
            let words = this.inlines(&std::mem::take(line), In::Cell).trim().to_owned();
            if !words.is_empty() {
                lines.push(format!("{bullet}{words}"));
            }
        };
        for node in nodes {
            match node {
                Node::Element(element) if !is_line(element) => {
                    flush(self, &mut line, lines);
                    self.anchor(element);
                    match element.name.as_str() {
                        "li" => self.cell_lines(&element.children, "• ", lines),
                        "pre" => lines.extend(tree::text(&element.children).lines().map(|line| in_cell(&code(line)))),
                        "iframe" | "video" | "audio" | "embed" | "object" => lines.push(in_cell(&self.embedded(element))),
                        name if tree::WORDLESS.contains(&name) => {}
                        _ => self.cell_lines(&element.children, bullet, lines),
                    }
                }
                Node::Comment(words) => self.notes.push(Note::LeftOut(words.trim().to_owned())),
                node => line.push(node.clone()),
            }
        }
        flush(self, &mut line, lines);
    }

    fn embedded(&mut self, element: &Element) -> String {
        let source = element.get("src").or_else(|| element.get("data")).or_else(|| element.get("url"));
        let inner = tree::elements(&element.children).into_iter().find_map(|inner| inner.get("src"));
        let source = source.or(inner).unwrap_or_default();
        let title = element.get("title").unwrap_or_default();
        let what = format!("{} {title} {source}", element.name);
        let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
        self.notes.push(Note::Embedded(what.clone()));
        marked_place(self.lang, &what)
    }

    /// The words of a line.
    fn inlines(&mut self, nodes: &[Node], place: In) -> String {
        let mut pieces: Vec<Piece> = Vec::new();
        for node in nodes {
            match node {
                Node::Text(text) => pieces.extend(self.text(text, place)),
                Node::Comment(words) if words.trim().is_empty() => {}
                Node::Comment(words) => self.notes.push(Note::LeftOut(words.trim().to_owned())),
                Node::Element(element) => self.inline(element, place, &mut pieces),
            }
        }
        join(pieces)
    }

    fn text(&mut self, text: &str, within: In) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for part in template::parts(text) {
            match part {
                Part::Words(words) => pieces.push(Piece::Plain(escaped(&folded(words, within)))),
                Part::Place(number) => {
                    let code = self.templates.places.get(number).cloned().unwrap_or_default();
                    self.notes.push(Note::Template(code.clone()));
                    pieces.push(Piece::Place(code));
                }
            }
        }
        // Code after code is one place.
        let mut merged: Vec<Piece> = Vec::new();
        for piece in pieces {
            if let Piece::Place(code) = &piece {
                let gap = matches!(merged.last(), Some(Piece::Plain(gap)) if gap.trim().is_empty());
                let at = merged.len().checked_sub(1 + usize::from(gap));
                if let Some(Piece::Place(before)) = at.and_then(|at| merged.get_mut(at)) {
                    before.push(' ');
                    before.push_str(code);
                    if gap {
                        merged.pop();
                    }
                    continue;
                }
            }
            merged.push(piece);
        }
        let finish = |piece: Piece| match piece {
            Piece::Place(code) => {
                let marked = marked_place(self.lang, &code);
                Piece::Plain(if within == In::Cell { in_cell(&marked) } else { marked })
            }
            piece => piece,
        };
        merged.into_iter().map(finish).collect()
    }

    fn inline(&mut self, element: &Element, within: In, pieces: &mut Vec<Piece>) {
        self.anchor(element);
        let name = element.name.as_str();
        match name {
            "em" | "i" | "cite" | "dfn" | "var" => {
                let words = self.inlines(&element.children, within);
                pieces.push(Piece::Marked("*", words));
            }
            "strong" | "b" => {
                let words = self.inlines(&element.children, within);
                pieces.push(Piece::Marked("**", words));
            }
            "del" | "s" | "strike" => {
                let words = self.inlines(&element.children, within);
                pieces.push(Piece::Marked("~~", words));
            }
            "code" | "samp" | "tt" => {
                let text = tree::text(&element.children);
                let text = code(&text);
                pieces.push(Piece::Plain(if within == In::Cell { in_cell(&text) } else { text }));
            }
            "br" => pieces.push(Piece::Plain(match within {
                In::Paragraph => "\\\n".to_owned(),
                In::Line => " ".to_owned(),
                In::Cell => line_break().to_owned(),
            })),
            "a" => self.anchor_element(element, within, pieces),
            "img" => pieces.extend(self.image(element, within)),
            "sup" if element.has_class("footnote-reference") => {
                let target = tree::first(&element.children, "a").and_then(|a| a.get("href")).unwrap_or_default();
                pieces.push(Piece::Plain(format!("[^{}]", target.trim_start_matches('#'))));
            }
            "sub" | "sup" | "kbd" if understood(name) => {
                let words = self.inlines(&element.children, within);
                pieces.push(Piece::Plain(format!("<{name}>{words}</{name}>")));
            }
            "abbr" | "acronym" => {
                let words = self.inlines(&element.children, within);
                pieces.push(Piece::Plain(match element.get("title").filter(|title| !title.trim().is_empty()) {
                    Some(title) if !understood("abbr") => format!("{words} ({})", escaped(title.trim())),
                    Some(title) => {
                        let title = title.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
                        format!("<abbr title=\"{}\">{words}</abbr>", title.split_whitespace().collect::<Vec<_>>().join(" "))
                    }
                    None => words,
                }));
            }
            "q" => {
                let words = self.inlines(&element.children, within);
                let (open, close) = if self.lang == Lang::Fr { ("«\u{a0}", "\u{a0}»") } else { ("“", "”") };
                pieces.push(Piece::Plain(format!("{open}{words}{close}")));
            }
            "input" => {
                if let Some(words) = element.get("value").or_else(|| element.get("placeholder")) {
                    self.notes.push(Note::LeftOut(words.to_owned()));
                }
            }
            "svg" | "math" => {
                let words = tree::text(&element.children);
                self.notes.push(Note::LeftOut(format!("<{name}> {}", words.trim())));
            }
            name if tree::WORDLESS.contains(&name) => {}
            name => {
                let words = self.inlines(&element.children, within);
                let gap = if tree::is_inline(name) { "" } else { " " };
                pieces.push(Piece::Plain(format!("{gap}{words}{gap}")));
            }
        }
    }

    fn anchor_element(&mut self, element: &Element, within: In, pieces: &mut Vec<Piece>) {
        let words = self.inlines(&element.children, if within == In::Paragraph { In::Line } else { within });
        let Some(target) = element.get("href") else {
            pieces.push(Piece::Plain(words));
            return;
        };
        if let Some(title) = element.get("title").filter(|title| !words.contains(*title) && !title.trim().is_empty()) {
            self.notes.push(Note::LeftOut(title.to_owned()));
        }
        let target = self.filled(target);
        match (self.link)(&target, &mut self.notes) {
            Link::To(target) if words.trim().is_empty() => {
                // Nobody could see such a link.
                if target.contains("://") {
                    pieces.push(Piece::Plain(format!("[{}]({})", escaped(&target), destination(&target))));
                }
            }
            Link::To(target) => {
                let (before, words, after) = without_ends(&words);
                pieces.push(Piece::Plain(format!("{before}[{words}]({}){after}", destination(&target))));
            }
            Link::Words => pieces.push(Piece::Plain(words)),
        }
    }

    fn image(&mut self, element: &Element, within: In) -> Option<Piece> {
        let alt = element.get("alt").unwrap_or_default();
        let alt = self.inlines(&[Node::Text(alt.to_owned())], if within == In::Paragraph { In::Line } else { within });
        let alt = alt.trim();
        if let Some(title) = element.get("title").filter(|title| !title.trim().is_empty() && *title != alt) {
            self.notes.push(Note::LeftOut(title.to_owned()));
        }
        let source = self.filled(element.get("src")?);
        Some(Piece::Plain(match (self.picture)(&source, &mut self.notes) {
            Link::To(target) if target.contains("://") => {
                let words = if alt.is_empty() { escaped(&target) } else { alt.to_owned() };
                format!("[{words}]({})", destination(&target))
            }
            Link::To(target) => format!("![{alt}]({})", destination(&target)),
            Link::Words => {
                let text = format!("{}{}", marked_place(self.lang, &source), if alt.is_empty() { "" } else { " " });
                let text = if within == In::Cell { in_cell(&text) } else { text };
                format!("{text}{alt}")
            }
        }))
    }

    /// A target with template code in it as it stood.
    fn filled(&self, target: &str) -> String {
        let target = target.replace("%EF%B7%90", "\u{FDD0}").replace("%EF%B7%91", "\u{FDD1}");
        let part = |part: Part<'_>| match part {
            Part::Words(words) => words.to_owned(),
            Part::Place(number) => self.templates.places.get(number).cloned().unwrap_or_default(),
        };
        template::parts(&target).into_iter().map(part).collect()
    }
}

/// Whether Diptych understands an element that stands in Markdown: the reader of Markdown is asked, so that the two cannot
/// disagree.
fn understood(name: &str) -> bool {
    static KNOWN: LazyLock<BTreeMap<&str, bool>> = LazyLock::new(|| {
        let sample = |name: &str| match name {
            "br" => "a<br>b".to_owned(),
            "details" => "<details>\n<summary>a</summary>\n\nb\n\n</details>".to_owned(),
            "abbr" => "<abbr title=\"a b\">ab</abbr>".to_owned(),
            name => format!("a<{name}>b</{name}>"),
        };
        let file = ContentPath::new("sample.en.md");
        let source = Source { file: &file, at: At::Offset(0), raw_html: Some(Severity::Error) };
        let reads = |name: &str| markdown::parse(&source, &sample(name)).1.is_empty();
        ["br", "sub", "sup", "kbd", "abbr", "details"].into_iter().map(|name| (name, reads(name))).collect()
    });
    KNOWN.get(name).copied().unwrap_or_default()
}

/// What parts two lines of a cell.
fn line_break() -> &'static str {
    if understood("br") { "<br>" } else { " " }
}

/// A piece of a line.
enum Piece {
    /// As it stands.
    Plain(String),
    /// Words between two marks.
    Marked(&'static str, String),
    /// Template code.
    Place(String),
}

/// The pieces in a line, with marks only where Markdown takes them for marks.
fn join(pieces: Vec<Piece>) -> String {
    let mut line = String::new();
    let mut rest = pieces.into_iter().peekable();
    while let Some(piece) = rest.next() {
        match piece {
            Piece::Plain(words) => line.push_str(&words),
            Piece::Place(code) => line.push_str(&code),
            Piece::Marked(mark, mut words) => {
                // Two of the same side by side are one.
                while let Some(Piece::Marked(next, more)) = rest.peek() {
                    if *next != mark {
                        break;
                    }
                    words.push_str(more);
                    rest.next();
                }
                let next = match rest.peek() {
                    Some(Piece::Plain(next) | Piece::Marked(_, next)) => next.chars().next(),
                    Some(Piece::Place(_)) | None => None,
                };
                push_marked(&mut line, mark, &words, next);
            }
        }
    }
    line
}

fn push_marked(line: &mut String, mark: &str, words: &str, next: Option<char>) {
    let is_word = |c: char| c.is_alphanumeric();
    let (before, mut inner, after) = without_ends(words);
    let mut after = after.to_owned();
    let mut lead = String::new();
    // A mark beside a sign and a word is no mark: the sign stands outside.
    if after.is_empty() && next.is_some_and(is_word) {
        while let Some(last) = inner.chars().next_back().filter(|last| !is_word(*last)) {
            inner = &inner[..inner.len() - last.len_utf8()];
            after.insert(0, last);
        }
        if inner.ends_with('\\') {
            inner = &inner[..inner.len() - 1];
            after.insert(0, '\\');
        }
    }
    if before.is_empty() && line.chars().next_back().is_some_and(is_word) {
        while let Some(first) = inner.chars().next().filter(|first| !is_word(*first)) {
            inner = &inner[first.len_utf8()..];
            lead.push(first);
        }
    }
    line.push_str(before);
    line.push_str(&lead);
    if inner.is_empty() {
        line.push_str(&after);
        return;
    }
    // A mark must not run into one that stands there already.
    let clash = line.ends_with(mark.chars().next().unwrap_or_default()) || inner.contains("\n\n");
    if clash {
        line.push_str(inner);
    } else {
        line.push_str(mark);
        line.push_str(inner);
        line.push_str(mark);
    }
    line.push_str(&after);
}

/// The spaces before and after words.
fn without_ends(words: &str) -> (&str, &str, &str) {
    let start = words.len() - words.trim_start().len();
    let end = words.trim_end().len().max(start);
    (&words[..start], &words[start..end], &words[end..])
}

/// A place that somebody has to look at, as `check` tells it.
pub(super) fn marked_place(lang: Lang, what: &str) -> String {
    let what = what.split_whitespace().collect::<Vec<_>>().join(" ").replace(']', "\u{fe58}").replace('[', "(");
    let what = what.replace('\u{fe58}', ")");
    match lang {
        Lang::En => format!("[TO FILL: {}]", code(&what)),
        Lang::Fr => format!("[À REMPLIR\u{a0}: {}]", code(&what)),
    }
}

/// Text to be shown as it is.
fn code(text: &str) -> String {
    let text = text.replace('\n', " ");
    let text = text.trim();
    if text.is_empty() {
        return String::new();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{gap}{text}{gap}{fence}")
}

fn code_block(element: &Element) -> String {
    let text = tree::text(&element.children);
    let inner = tree::first(&element.children, "code");
    let classes = || element.classes().chain(inner.into_iter().flat_map(Element::classes));
    let language = classes().find_map(|class| {
        class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-")).or_else(|| class.strip_prefix("brush:"))
    });
    let language: String =
        language.unwrap_or_default().chars().filter(|c| c.is_alphanumeric() || "+-#_.".contains(*c)).collect();
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default().max(2);
    let fence = "`".repeat(longest + 1);
    format!("{fence}{language}\n{}\n{fence}", text.trim_matches('\n').trim_end())
}

/// The kind of note that an element of another tool is.
fn alert(element: &Element) -> Option<&'static str> {
    let is_note = element.classes().any(|class| {
        matches!(class, "admonition" | "alert" | "callout" | "notice" | "note" | "markdown-alert" | "custom-block")
    });
    let kind = element.classes().find_map(|class| {
        Some(match class.trim_start_matches("alert-").to_lowercase().as_str() {
            "note" | "info" | "abstract" | "question" | "quote" | "example" | "seealso" | "secondary" => "note",
            "tip" | "hint" | "success" => "tip",
            "important" | "primary" => "important",
            "warning" | "attention" => "warning",
            "caution" | "danger" | "error" | "failure" | "bug" => "caution",
            _ => return None,
        })
    });
    if is_note { Some(kind.unwrap_or("note")) } else { None }
}

fn push_quote(kind: Option<String>, inner: &str, blocks: &mut Vec<String>) {
    if inner.is_empty() {
        return;
    }
    let quoted = |text: &str| {
        let line = |line: &str| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
        text.lines().map(line).collect::<Vec<_>>().join("\n")
    };
    blocks.push(match kind {
        Some(kind) => format!("> [!{}]\n{}", kind.to_uppercase(), quoted(inner)),
        None => quoted(inner),
    });
}

/// A text whose further lines stand below its first one.
fn hung(text: &str, indent: &str) -> String {
    let mut lines = text.lines();
    let mut hung = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        hung.push('\n');
        if !line.is_empty() {
            hung.push_str(indent);
            hung.push_str(line);
        }
    }
    hung
}

/// Spaces as a reader sees them.
fn folded(text: &str, within: In) -> String {
    let mut folded = String::with_capacity(text.len());
    let is_space = |c: char| c.is_ascii_whitespace();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !is_space(c) {
            folded.push(c);
            continue;
        }
        let mut has_line = c == '\n';
        while let Some(next) = chars.next_if(|next| is_space(*next)) {
            has_line |= next == '\n';
        }
        folded.push(if has_line && within == In::Paragraph { '\n' } else { ' ' });
    }
    folded
}

/// Words whose signs mean nothing in Markdown.
pub(super) fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    let chars: Vec<char> = words.chars().collect();
    for (at, c) in chars.iter().copied().enumerate() {
        let before = at.checked_sub(1).map(|before| chars[before]);
        let after = chars.get(at + 1).copied();
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_sign = match c {
            '\\' => after.is_none_or(|after| after.is_ascii_punctuation()),
            '*' | '`' | '[' | ']' | '<' => true,
            '_' => !(is_word(before) && is_word(after)),
            '&' => after.is_some_and(|after| after.is_ascii_alphanumeric() || after == '#'),
            '~' => before == Some('~') || after == Some('~'),
            '|' => true,
            '(' => before.is_none() || before == Some(']'),
            ':' => before.is_none(),
            _ => false,
        };
        if is_sign {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

/// Text that a cell of a table can hold.
fn in_cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// Lines that begin no block of their own.
pub(super) fn at_line_starts(text: &str) -> String {
    let line = |line: &str| {
        let line = line.trim_start_matches(' ');
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let is_number = digits > 0 && digits < 10 && line[digits..].starts_with(['.', ')']);
        if is_number {
            format!("{}\\{}", &line[..digits], &line[digits..])
        } else if line.starts_with(['#', '>', '+', '=', '~', ':', '-']) {
            format!("\\{line}")
        } else {
            line.to_owned()
        }
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

fn destination(target: &str) -> String {
    let is_plain = target.chars().all(|c| !c.is_whitespace() && !"()<>\\".contains(c));
    if is_plain { target.to_owned() } else { format!("<{}>", target.replace(['<', '>', '\n'], "")) }
}

fn alignment(cell: &Element) -> &'static str {
    let style = cell.get("style").or_else(|| cell.get("align")).unwrap_or_default();
    match () {
        () if style.contains("right") => "---:",
        () if style.contains("center") => ":---:",
        () if style.contains("left") => ":---",
        () => "---",
    }
}

/// The rows and the caption of a table, but not those of a table in it.
fn tree_rows(element: &Element) -> Vec<&Element> {
    let mut rows = Vec::new();
    for inner in element.children.iter().filter_map(Node::element) {
        match inner.name.as_str() {
            "tr" | "caption" => rows.push(inner),
            "thead" | "tbody" | "tfoot" => rows.extend(tree_rows(inner)),
            _ => {}
        }
    }
    rows
}

fn is_footnote_label(node: &Node) -> bool {
    node.element().is_some_and(|element| element.has_class("footnote-definition-label"))
}

fn is_blank(node: &Node) -> bool {
    matches!(node, Node::Text(text) if text.chars().all(|c| c.is_ascii_whitespace()))
}

/// Whether an element stands in a line, and nothing in it breaks the line.
fn is_line(element: &Element) -> bool {
    let holds_blocks = || {
        tree::elements(&element.children).into_iter().any(|inner| !tree::is_inline(&inner.name) && inner.name != "option")
    };
    tree::is_inline(&element.name) && (matches!(element.name.as_str(), "a" | "svg" | "math" | "select") || !holds_blocks())
}

/// Elements that only group what stands in them.
const PARTS: [&str; 30] = [
    "html", "body", "div", "p", "section", "article", "main", "header", "footer", "nav", "aside", "figure",
    "figcaption", "center", "address", "hgroup", "fieldset", "legend", "summary", "span", "font", "strong", "em", "b",
    "i", "u", "small", "label", "li", "dd",
];
