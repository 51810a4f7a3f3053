//! A document as Markdown: [`of`]. Text means what it says: every sign that would be a mark is escaped where it would be
//! one, and nowhere else, so that it stays good to read.

use std::fmt::Write as _;

use crate::document::{
    Alignment, Block, BlockKind, CellPart, Document, Element, Inline, InlineKind, Item, Table, cell_parts,
};
use crate::render::links::PageContext;
use crate::site::Target;

/// The words of a page in the Markdown that Diptych reads; footnotes at the end.
pub(super) fn of(from: PageContext<'_>, document: &Document<Target>) -> String {
    let mut words = blocks(from, &document.blocks);
    for (at, footnote) in document.footnotes.iter().enumerate() {
        let _ = write!(words, "\n\n[^{}]: {}", at + 1, indent(&blocks(from, &footnote.blocks), "    "));
    }
    words.trim_start_matches('\n').to_owned()
}

/// Lines below a first one that is indented already.
pub(super) fn indent(lines: &str, by: &str) -> String {
    let mut out = String::with_capacity(lines.len());
    for (at, line) in lines.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
            if !line.is_empty() {
                out.push_str(by);
            }
        }
        out.push_str(line);
    }
    out
}

/// A link with plain words.
pub(super) fn link(words: &str, href: &str) -> String {
    format!("[{}]({})", escape(words), destination(href))
}

/// An address as its own link text. Markdown takes only an absolute one between angle brackets.
pub(super) fn autolink(address: &str) -> String {
    let is_whole = address.contains(':') || address.contains('@');
    let is_plain = !address.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>'));
    if is_whole && is_plain { format!("<{address}>") } else { link(address, address) }
}

/// A line of plain text.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    write_text(text, Line::Whole, &mut out);
    out
}

fn destination(href: &str) -> String {
    if href.is_empty() || href.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '\\')) {
        let href = href.replace('\\', "%5C").replace('<', "%3C").replace('>', "%3E").replace(['\n', '\r'], "%20");
        format!("<{href}>")
    } else {
        href.to_owned()
    }
}

/// Where a line of text is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    /// A block with lines of its own.
    Lines,
    /// A heading or a title: one line.
    Whole,
    /// A cell of a table: one line in which a bar ends the cell.
    Cell,
}

/// Adds text in which no sign is a mark.
fn write_text(text: &str, line: Line, out: &mut String) {
    let chars: Vec<char> = text.chars().collect();
    for (at, c) in chars.iter().copied().enumerate() {
        let before = at.checked_sub(1).map_or_else(|| out.chars().next_back(), |before| Some(chars[before]));
        let after = chars.get(at + 1).copied();
        let opens_line = before.is_none_or(|before| before == '\n');
        let is_mark = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' => true,
            '_' => !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)),
            '|' => line == Line::Cell,
            '&' => is_entity(&chars[at + 1..]),
            // A link may follow, which it would make a picture.
            '!' => after.is_none(),
            '#' => opens_line || line == Line::Whole && after.is_none(),
            '+' | '-' | '>' | '=' | ':' => opens_line,
            '.' | ')' => is_number_of_item(out, after),
            _ => false,
        };
        if is_mark {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
}

/// Whether what follows an ampersand makes it a character's name.
fn is_entity(rest: &[char]) -> bool {
    let name = rest.iter().take_while(|c| c.is_ascii_alphanumeric() || **c == '#').count();
    name > 0 && rest.get(name) == Some(&';')
}

/// Whether a text ends in a number that opens its line, so that a sign after it would make it an item of a list.
fn is_number_of_item(out: &str, after: Option<char>) -> bool {
    // A longer number opens no item, so that nothing before it is looked at, however long the line is.
    let digits = out.bytes().rev().take(10).take_while(u8::is_ascii_digit).count();
    let opens_line = out.len() == digits || out.as_bytes()[out.len() - digits - 1] == b'\n';
    (1..=9).contains(&digits) && opens_line && after.is_none_or(char::is_whitespace)
}

fn blocks(from: PageContext<'_>, all: &[Block<Target>]) -> String {
    let mut out = String::new();
    let mut marks = Marks::default();
    for (at, block) in all.iter().enumerate() {
        if at > 0 {
            // Nothing separates the words of a tight item from what follows them.
            let is_tight = matches!(all[at - 1].kind, BlockKind::Plain(_))
                && matches!(block.kind, BlockKind::List { .. } | BlockKind::Plain(_));
            out.push_str(if is_tight { "\n" } else { "\n\n" });
        }
        if !matches!(block.kind, BlockKind::List { .. }) {
            marks = Marks::default();
        }
        out.push_str(&self::block(from, block, &mut marks));
    }
    out
}

/// The signs of the next list; two lists in a row have different ones, or they were one.
#[derive(Default)]
struct Marks {
    is_second: bool,
}

fn block(from: PageContext<'_>, block: &Block<Target>, marks: &mut Marks) -> String {
    match &block.kind {
        BlockKind::Heading { level, inlines, .. } => {
            format!("{} {}", "#".repeat(usize::from(*level)), line(from, inlines, Line::Whole))
        }
        BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => line(from, inlines, Line::Lines),
        BlockKind::List { start, items } => {
            let list = list(from, *start, items, marks.is_second);
            marks.is_second = !marks.is_second;
            list
        }
        BlockKind::Table(table) => self::table(from, table),
        BlockKind::Code { language, text } => {
            let fence = "`".repeat(longest_run(text).max(2) + 1);
            format!("{fence}{language}\n{}\n{fence}", text.strip_suffix('\n').unwrap_or(text))
        }
        BlockKind::Quote(inner) => quote(&blocks(from, inner)),
        BlockKind::Alert { kind, blocks: inner } => {
            quote(&format!("[!{}]\n{}", kind.name().to_uppercase(), blocks(from, inner)))
        }
        BlockKind::Definitions(definitions) => {
            let definition = |definition: &crate::document::Definition<Target>| {
                let details =
                    definition.details.iter().map(|detail| format!("\n: {}", indent(&blocks(from, detail), "  ")));
                line(from, &definition.term, Line::Whole) + &details.collect::<String>()
            };
            definitions.iter().map(definition).collect::<Vec<_>>().join("\n\n")
        }
        // What a reader opens on a page is open here.
        BlockKind::Details { summary, blocks: inner } if summary.is_empty() => blocks(from, inner),
        BlockKind::Details { summary, blocks: inner } => {
            format!("**{}**\n\n{}", line(from, summary, Line::Whole), blocks(from, inner))
        }
        BlockKind::Rule => "---".to_owned(),
    }
}

fn quote(lines: &str) -> String {
    let line = |line: &str| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
    lines.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

fn list(from: PageContext<'_>, start: Option<u64>, items: &[Item<Target>], is_second: bool) -> String {
    let is_loose =
        items.iter().flat_map(|item| &item.blocks).any(|block| matches!(block.kind, BlockKind::Paragraph(_)));
    let item = |(at, item): (u64, &Item<Target>)| {
        let mark = match (start, is_second) {
            (None, false) => "-".to_owned(),
            (None, true) => "*".to_owned(),
            (Some(start), false) => format!("{}.", start.saturating_add(at)),
            (Some(start), true) => format!("{})", start.saturating_add(at)),
        };
        let done = match item.done {
            Some(true) => "[x] ",
            Some(false) => "[ ] ",
            None => "",
        };
        let words = blocks(from, &item.blocks);
        format!("{mark} {done}{}", indent(&words, &" ".repeat(mark.len() + 1))).trim_end().to_owned()
    };
    (0..).zip(items).map(item).collect::<Vec<_>>().join(if is_loose { "\n\n" } else { "\n" })
}

fn table(from: PageContext<'_>, table: &Table<Target>) -> String {
    let row = |cells: &[Vec<Block<Target>>]| {
        cells.iter().fold("|".to_owned(), |row, cell| row + " " + &self::cell(from, cell) + " |")
    };
    let rule = table.alignments.iter().fold("|".to_owned(), |rule, alignment| {
        rule + match alignment {
            Alignment::None => " --- |",
            Alignment::Left => " :-- |",
            Alignment::Center => " :-: |",
            Alignment::Right => " --: |",
        }
    });
    let mut rows = vec![row(&table.head), rule];
    rows.extend(table.rows.iter().map(|cells| row(cells)));
    rows.join("\n")
}

/// A cell is one line: what is below each other on a page is parted by line ends that Markdown takes there.
fn cell(from: PageContext<'_>, all: &[Block<Target>]) -> String {
    let words = |part| match part {
        CellPart::Words(inlines) => line(from, inlines, Line::Cell),
        CellPart::List(items) => {
            let items = items.iter().map(|item| format!("• {}", cell(from, &item.blocks)));
            items.collect::<Vec<_>>().join("<br>")
        }
    };
    cell_parts(all).map(words).collect::<Vec<_>>().join("<br>")
}

fn line(from: PageContext<'_>, inlines: &[Inline<Target>], line: Line) -> String {
    let mut writer = Writer { from, line, out: String::new(), opens: true };
    writer.inlines(inlines);
    writer.out
}

struct Writer<'a> {
    from: PageContext<'a>,
    line: Line,
    out: String,
    /// Whether what comes next begins a sentence.
    opens: bool,
}

impl Writer<'_> {
    fn inlines(&mut self, inlines: &[Inline<Target>]) {
        for inline in inlines {
            self.inline(&inline.kind);
        }
    }

    fn between(&mut self, before: &str, inlines: &[Inline<Target>], after: &str) {
        self.out.push_str(before);
        self.inlines(inlines);
        self.out.push_str(after);
    }

    fn inline(&mut self, inline: &InlineKind<Target>) {
        match inline {
            InlineKind::Text(text) => {
                write_text(text, self.line, &mut self.out);
                if let Some(last) = text.trim_end().chars().next_back() {
                    self.opens = matches!(last, '.' | '!' | '?' | '…');
                }
            }
            InlineKind::Code(text) => {
                self.opens = false;
                self.code(text);
            }
            InlineKind::Emphasis(inlines) => self.between("*", inlines, "*"),
            InlineKind::Strong(inlines) => self.between("**", inlines, "**"),
            InlineKind::Strikethrough(inlines) => self.between("~~", inlines, "~~"),
            InlineKind::Element { element: Element::Superscript, inlines } => self.between("<sup>", inlines, "</sup>"),
            InlineKind::Element { element: Element::Subscript, inlines } => self.between("<sub>", inlines, "</sub>"),
            InlineKind::Element { inlines, .. } | InlineKind::Foreign { inlines, .. } => self.inlines(inlines),
            InlineKind::Address { target, text } => {
                self.opens = false;
                let href = self.from.resolve(target).href;
                let is_same = href == *text || href.strip_prefix("mailto:") == Some(text);
                self.out.push_str(&if is_same { autolink(text) } else { link(text, &href) });
            }
            InlineKind::Link { target, inlines } => self.link(target, inlines),
            InlineKind::Image { target, alt } => {
                let href = self.from.resolve(target).href;
                self.out.push_str("![");
                write_text(alt, self.line, &mut self.out);
                let _ = write!(self.out, "]({})", destination(&href));
            }
            InlineKind::FootnoteReference(at) => {
                let _ = write!(self.out, "[^{}]", at + 1);
            }
            InlineKind::SoftBreak => self.out.push(if self.line == Line::Lines { '\n' } else { ' ' }),
            InlineKind::HardBreak => self.out.push_str(match self.line {
                Line::Lines => "\\\n",
                Line::Whole => " ",
                Line::Cell => "<br>",
            }),
        }
    }

    fn link(&mut self, target: &Target, inlines: &[Inline<Target>]) {
        let link = self.from.resolve(target);
        self.out.push('[');
        if inlines.is_empty() {
            write_text(link.name(self.opens), self.line, &mut self.out);
            self.opens = false;
        } else {
            self.inlines(inlines);
        }
        let _ = write!(self.out, "]({})", destination(&link.href));
    }

    /// Code, between more backticks than it holds in a row.
    fn code(&mut self, text: &str) {
        let sign = "`".repeat(longest_run(text) + 1);
        let text = if self.line == Line::Cell { text.replace('|', "\\|") } else { text.to_owned() };
        let is_flush = text.starts_with('`') || text.ends_with('`');
        let is_spaced = text.starts_with(' ') && text.ends_with(' ') && !text.trim().is_empty();
        let space = if is_flush || is_spaced { " " } else { "" };
        let _ = write!(self.out, "{sign}{space}{text}{space}{sign}");
    }
}

/// The longest row of backticks in a text.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;

    /// What a reader of Markdown takes for text, where it takes all of it for one paragraph of text.
    fn read_back(markdown: &str) -> Option<String> {
        let mut text = String::new();
        for event in Parser::new_ext(
            markdown,
            Options::ENABLE_GFM
                | Options::ENABLE_TABLES
                | Options::ENABLE_FOOTNOTES
                | Options::ENABLE_STRIKETHROUGH
                | Options::ENABLE_TASKLISTS
                | Options::ENABLE_DEFINITION_LIST,
        ) {
            match event {
                Event::Text(part) => text.push_str(&part),
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                _ => return None,
            }
        }
        Some(text)
    }

    proptest! {
        #[test]
        fn no_sign_of_a_text_is_a_mark(text in r"[-a1+*_#>=.):|~`<&;!\[\]\\\\ é«’]{0,24}") {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(read_back(&escape(&text)), Some(text));
        }
    }

    #[test]
    fn text_that_means_nothing_else_stays_as_it_is() {
        for text in ["R&D, snake_case, 3.5 (see 2.) and a-b", "« Où? »", "a | b", "1 > 0"] {
            assert_eq!(escape(text), text);
        }
        assert_eq!(escape("1. First"), "1\\. First");
        assert_eq!(escape("AT&amp;T *now*"), "AT\\&amp;T \\*now\\*");
        assert_eq!(destination("a (b).pdf"), "<a (b).pdf>");
    }
}
