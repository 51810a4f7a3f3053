//! The tree of an old page as Markdown: [`Writer`].
//!
//! It is our own, because no library keeps every word, writes Markdown as Diptych reads it, and lists what could not be
//! imported. That includes links that become other links or words, heading levels without gaps, notes, definitions,
//! footnotes, and tables whose cells hold lists.

use std::collections::BTreeSet;

use super::anchors::{Named, Names, Naming};
use super::line::{In, broken, is_nothing};
use super::marks::{alert, alignment, at_line_starts, code, code_block, hung, in_cell, line_break, marked_place};
use super::marks::{push_quote, understood};
use super::note::{Link, Note};
use super::said;
use super::template;
use super::tree::{self, Element, Node};
use crate::lang::Lang;

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
    /// By how many levels headings go down, so that only the title is at level 1.
    pub lower: u8,
    /// The level of the previous heading.
    pub last_level: u8,
    /// What links can name.
    pub named: Named,
    /// The index of the first anchor without words after it: from there on, they lead to the next heading.
    pub loose: usize,
    /// How the old tool named headings, and the names that it gave so far.
    pub naming: Option<Naming>,
    /// See `naming`.
    pub names: Names,
    /// The ids that headings were given.
    pub ids: BTreeSet<String>,
    /// The words of the links to the other version of the page.
    pub switches: Vec<String>,
    /// The anchors that mark their own place in the text, rather than an element of the page’s layout.
    pub marks: BTreeSet<String>,
    /// The language of the part that is being written, if it is not the page's.
    pub foreign: Option<String>,
    /// Whether the words of a link are being written: they cannot contain another link.
    pub in_link: bool,
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

    /// Each block of what is in an element.
    pub(super) fn blocks(&mut self, nodes: &[Node]) -> Vec<String> {
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
        let switches = self.switches.len();
        let text = broken(&self.inlines(&nodes, In::Paragraph));
        if self.is_switch(&nodes, switches) {
            self.notes.push(Note::LeftOut(tree::text(&nodes).split_whitespace().collect::<Vec<_>>().join(" ")));
        } else if !text.is_empty() {
            self.loose = self.named.anchors.len();
            let paragraphs = text.split("\n\n").map(|text| self.in_its_language(&nodes, at_line_starts(text)));
            blocks.push(paragraphs.collect::<Vec<_>>().join("\n\n"));
        }
    }

    fn block(&mut self, element: &Element, blocks: &mut Vec<String>) {
        self.anchor(element);
        let outer = self.foreign.clone();
        if let Some(code) = Self::language(element) {
            self.foreign = Some(code).filter(|code| !self.is_own(code));
        }
        let before = blocks.len();
        self.block_itself(element, blocks);
        self.foreign = outer;
        // Elements that only group others, or are between them, have no words of their own.
        let name = element.name.as_str();
        let is_heading = name.len() == 2 && name.starts_with('h') && name != "hr";
        if blocks.len() > before && !is_heading && name != "hr" && !PARTS.contains(&name) {
            self.loose = self.named.anchors.len();
        }
    }

    fn block_itself(&mut self, element: &Element, blocks: &mut Vec<String>) {
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
                let inner: Vec<Node> =
                    element.children.iter().filter(|node| !is_footnote_label(node)).cloned().collect();
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
            name if said::SHOWN.contains(&name) => {
                let place = self.embedded(element);
                blocks.push(place);
                blocks.extend(self.blocks(&element.children));
            }
            name if said::OF_SHOWN.contains(&name) => {}
            name if tree::WORDLESS.contains(&name) => self.leave_out_code(element),
            name => {
                if is_nothing(element) {
                    return;
                }
                // A part of a page without a meaning of its own, or an element of another tool.
                let is_foreign = name.contains('-') || !PARTS.contains(&name) && !name.contains(':');
                if is_foreign && tree::text(&element.children).trim().is_empty() {
                    blocks.push(self.embedded(element));
                } else if is_foreign {
                    self.notes.push(Note::LeftOut(self.templates.filled(&element.opening())));
                }
                blocks.extend(self.blocks(&element.children));
            }
        }
    }

    fn definitions(&mut self, element: &Element) -> Option<String> {
        let mut lines = Vec::new();
        let mut has_term = false;
        for inner in element.children.iter().filter_map(Node::element) {
            let group = if inner.name == "div" {
                inner.children.iter().filter_map(Node::element).collect()
            } else {
                vec![inner]
            };
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
        let mut merged_cells = Vec::new();
        for part in tree_rows(element) {
            if part.name == "caption" {
                let caption = self.inlines(&part.children, In::Line).trim().to_owned();
                blocks.extend(Some(caption).filter(|caption| !caption.is_empty()));
                continue;
            }
            let (mut cells, mut alignments, mut head) = (Vec::new(), Vec::new(), true);
            let mut merged = Vec::new();
            for cell in part.children.iter().filter_map(Node::element) {
                // A cell that extends down from a row above takes a place here.
                while spans.get(cells.len()).is_some_and(|rows| *rows > 0) {
                    spans[cells.len()] -= 1;
                    cells.push(String::new());
                    alignments.push("---");
                }
                self.anchor(cell);
                head &= cell.name == "th";
                let number = |name| cell.get(name).and_then(|n: &str| n.parse().ok()).unwrap_or(1_usize).clamp(1, 100);
                let (across, down) = (number("colspan"), number("rowspan"));
                let words = self.cell(cell);
                if across > 1 || down > 1 {
                    merged.push(words.clone());
                }
                for at in 0..across {
                    let column = cells.len();
                    spans.resize(spans.len().max(column + 1), 0);
                    spans[column] = down - 1;
                    cells.push(if at == 0 { words.clone() } else { String::new() });
                    alignments.push(alignment(cell));
                }
            }
            let is_inner = rows.iter().any(|(_, cells, _)| cells.iter().any(|cell| !cell.is_empty()));
            if head && is_inner && cells.len() > 1 {
                self.notes.push(Note::Heads(cells.join(" | ")));
            }
            merged_cells.append(&mut merged);
            rows.push((head, cells, alignments));
        }
        let columns = rows.iter().map(|(_, cells, _)| cells.len()).max().unwrap_or_default();
        rows.retain(|(_, cells, _)| cells.iter().any(|cell| !cell.is_empty()));
        if rows.is_empty() {
            return;
        }
        if columns == 1 {
            // A layout frame around words, not a table.
            blocks.extend(rows.into_iter().flat_map(|(_, cells, _)| cells).map(|cell| at_line_starts(&cell)));
            return;
        }
        if !merged_cells.is_empty() {
            self.notes.push(Note::Merged(merged_cells.join(" | ")));
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

    /// What is in a cell, in one line.
    fn cell(&mut self, cell: &Element) -> String {
        let mut lines = Vec::new();
        let outer = self.foreign.clone();
        if let Some(code) = Self::language(cell) {
            self.foreign = Some(code).filter(|code| !self.is_own(code));
        }
        self.cell_lines(&cell.children, "", &mut lines);
        self.foreign = outer;
        lines.join(line_break()).trim().to_owned()
    }

    fn cell_lines(&mut self, nodes: &[Node], bullet: &str, lines: &mut Vec<String>) {
        let mut line: Vec<Node> = Vec::new();
        let flush = |this: &mut Self, line: &mut Vec<Node>, lines: &mut Vec<String>| {
            let nodes = std::mem::take(line);
            let words = this.inlines(&nodes, In::Cell).trim().to_owned();
            if !words.is_empty() {
                let words = this.in_its_language(&nodes, words);
                lines.push(format!("{bullet}{words}"));
            }
        };
        for node in nodes {
            match node {
                Node::Element(element) if !is_line(element) => {
                    flush(self, &mut line, lines);
                    self.anchor(element);
                    match element.name.as_str() {
                        "ol" => {
                            self.note_numbering(element);
                            let start = element.get("start").and_then(|start| start.parse().ok()).unwrap_or(1_u64);
                            let is_item = |node: &&Node| node.element().is_some_and(|inner| inner.name == "li");
                            for (number, item) in (start..).zip(element.children.iter().filter(is_item)) {
                                let Some(item) = item.element() else { continue };
                                self.anchor(item);
                                self.cell_lines(&item.children, &format!("{number}. "), lines);
                            }
                            let rest: Vec<Node> =
                                element.children.iter().filter(|node| !is_item(node)).cloned().collect();
                            self.cell_lines(&rest, bullet, lines);
                        }
                        "li" => self.cell_lines(&element.children, "- ", lines),
                        "pre" => lines.extend(tree::text(&element.children).lines().map(|line| in_cell(&code(line)))),
                        name if said::SHOWN.contains(&name) => {
                            lines.push(in_cell(&self.embedded(element)));
                            self.cell_lines(&element.children, bullet, lines);
                        }
                        name if said::OF_SHOWN.contains(&name) => {}
                        name if tree::WORDLESS.contains(&name) => self.leave_out_code(element),
                        _ => self.cell_lines(&element.children, bullet, lines),
                    }
                }
                Node::Comment(words) => self.notes.push(Note::LeftOut(words.trim().to_owned())),
                node => line.push(node.clone()),
            }
        }
        flush(self, &mut line, lines);
    }

    /// A place for what another tool shows where an element is, with all words in its attributes.
    pub(super) fn embedded(&mut self, element: &Element) -> String {
        let parts: Vec<&Element> = tree::elements(&element.children)
            .into_iter()
            .filter(|inner| said::OF_SHOWN.contains(&inner.name.as_str()) || tree::is_foreign(&inner.name))
            .collect();
        let source = address(element).or_else(|| parts.iter().find_map(|inner| address(inner))).map(str::to_owned);
        let words = std::iter::once(element).chain(parts).flat_map(said::of);
        let all = std::iter::once(element.written_name().to_owned()).chain(words).chain(source);
        let what = self.templates.filled(&all.collect::<Vec<_>>().join(" "));
        let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
        self.notes.push(Note::Embedded(what.clone()));
        marked_place(self.lang, &what)
    }

    /// Tells what is in an element that holds no words for readers.
    pub(super) fn leave_out_code(&mut self, element: &Element) {
        let code = tree::text(&element.children);
        if !code.trim().is_empty() {
            self.notes.push(Note::LeftOut(format!("<{}> {}", element.name, self.templates.filled(code.trim()))));
        }
    }
}

/// Where an element finds what it shows.
fn address(element: &Element) -> Option<&str> {
    ["src", "data", "url"].into_iter().find_map(|name| element.get(name))
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

pub(super) fn is_blank(node: &Node) -> bool {
    matches!(node, Node::Text(text) if text.chars().all(|c| c.is_ascii_whitespace()))
}

/// Whether an element is in a line, and nothing in it breaks the line.
fn is_line(element: &Element) -> bool {
    let holds_blocks = || {
        tree::elements(&element.children)
            .into_iter()
            .any(|inner| !tree::is_inline(&inner.name) && inner.name != "option")
    };
    if tree::is_foreign(&element.name) {
        let is_block = |inner: &Element| !tree::is_inline(&inner.name) && !tree::is_foreign(&inner.name);
        return !tree::elements(&element.children).into_iter().any(is_block);
    }
    tree::is_inline(&element.name)
        && (matches!(element.name.as_str(), "a" | "svg" | "math" | "select") || !holds_blocks())
}

/// Elements that only group what is in them.
pub(super) const PARTS: [&str; 30] = [
    "html",
    "body",
    "div",
    "p",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "nav",
    "aside",
    "figure",
    "figcaption",
    "center",
    "address",
    "hgroup",
    "fieldset",
    "legend",
    "summary",
    "span",
    "font",
    "strong",
    "em",
    "b",
    "i",
    "u",
    "small",
    "label",
    "li",
    "dd",
];
