//! A page of the manual as a text for a terminal: [`of`].

use diptych::document::{Block, BlockKind, CellPart, Inline, InlineKind, Table, cell_parts, plain_text};
use diptych::lang::Lang;
use diptych::site::{PageRef, RecordId, Site, Target};

/// The longest line, in characters.
const WIDTH: usize = 96;

/// A record's page in a language, or the part of it below a heading.
pub(super) fn of(site: &Site, record: RecordId, heading: Option<&str>, lang: Lang, colour: bool) -> Option<String> {
    let side = site.record(record).side(lang)?;
    let mut writer = Writer { site, lang, colour, out: String::new() };
    let document = site.words(&side.file, lang);
    let mut blocks = document.blocks.as_slice();
    if let Some(heading) = heading {
        let is_it = |block: &Block<Target>| matches!(&block.kind, BlockKind::Heading { id, .. } if id == heading);
        let is_heading = |block: &Block<Target>| matches!(block.kind, BlockKind::Heading { .. });
        blocks = &blocks[blocks.iter().position(is_it)?..];
        let end = blocks.iter().skip(1).position(is_heading).map_or(blocks.len(), |at| at + 1);
        blocks = &blocks[..end];
    } else {
        writer.strong(&side.title);
        writer.paragraph(&side.summary, "", "");
        writer.out.push('\n');
    }
    writer.blocks(blocks, "");
    Some(format!("{}\n", writer.out.trim_end()))
}

/// Blocks of a page of the manual, as they are below its heading.
#[cfg(test)]
pub(super) fn of_blocks(site: &Site, blocks: &[Block<Target>], lang: Lang) -> String {
    let mut writer = Writer { site, lang, colour: false, out: String::new() };
    writer.blocks(blocks, "");
    writer.out
}

struct Writer<'a> {
    site: &'a Site,
    lang: Lang,
    colour: bool,
    out: String,
}

impl Writer<'_> {
    /// A line that stands out.
    fn strong(&mut self, words: &str) {
        let (on, off) = if self.colour { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
        self.out.extend([on, words, off, "\n"]);
    }

    fn blocks(&mut self, blocks: &[Block<Target>], indent: &str) {
        for block in blocks {
            self.block(block, indent);
        }
    }

    fn block(&mut self, block: &Block<Target>, indent: &str) {
        match &block.kind {
            BlockKind::Heading { inlines, .. } => {
                let words = self.words(inlines);
                self.strong(&format!("{indent}{words}"));
                self.out.push('\n');
            }
            BlockKind::Paragraph(inlines) => {
                let words = self.words(inlines);
                self.paragraph(&words, indent, indent);
                self.out.push('\n');
            }
            BlockKind::Plain(inlines) => {
                let words = self.words(inlines);
                self.paragraph(&words, indent, indent);
            }
            BlockKind::Code { text, .. } => {
                for line in text.lines() {
                    self.out += format!("{indent}    {line}").trim_end();
                    self.out.push('\n');
                }
                self.out.push('\n');
            }
            BlockKind::List { start, items } => {
                for (number, item) in (start.unwrap_or(0)..).zip(items) {
                    let mark = if start.is_some() { format!("{number}. ") } else { "- ".to_owned() };
                    self.hung(&item.blocks, indent, &mark);
                }
                self.end_list();
            }
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    let term = self.words(&definition.term);
                    self.strong(&format!("{indent}{term}"));
                    for blocks in &definition.details {
                        self.blocks(blocks, &format!("{indent}    "));
                    }
                }
                self.end_list();
            }
            BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } => self.blocks(blocks, &format!("{indent}  | ")),
            BlockKind::Details { summary, blocks } => {
                let words = self.words(summary);
                self.paragraph(&words, indent, indent);
                self.blocks(blocks, &format!("{indent}  "));
            }
            BlockKind::Table(table) => self.table(table, indent),
            BlockKind::Rule => self.out.push('\n'),
        }
    }

    /// Blocks whose first line begins with a mark.
    fn hung(&mut self, blocks: &[Block<Target>], indent: &str, mark: &str) {
        let start = self.out.len();
        let inner = format!("{indent}{}", " ".repeat(mark.chars().count()));
        self.blocks(blocks, &inner);
        let at = start + indent.len();
        if self.out.len() >= at + mark.len() {
            self.out.replace_range(at..at + mark.len(), mark);
        }
    }

    /// One empty line after a list, whatever its last item is.
    fn end_list(&mut self) {
        self.out.truncate(self.out.trim_end_matches('\n').len());
        self.out.push_str("\n\n");
    }

    /// Columns side by side; the last one takes what is left of the line.
    fn table(&mut self, table: &Table<Target>, indent: &str) {
        let rows: Vec<Vec<String>> = std::iter::once(&table.head)
            .chain(&table.rows)
            .map(|row| row.iter().map(|cell| self.cell(cell)).collect())
            .collect();
        let columns = table.head.len();
        let width = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
        };
        for row in &rows {
            let mut line = indent.to_owned();
            for (column, cell) in row.iter().take(columns.saturating_sub(1)).enumerate() {
                let gap = width(column) + 2 - cell.chars().count();
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', gap));
            }
            let hang = " ".repeat(line.chars().count());
            self.paragraph(row.get(columns.saturating_sub(1)).map_or("", String::as_str), &line, &hang);
        }
        self.out.push('\n');
    }

    /// A cell is one line.
    fn cell(&self, cell: &[Block<Target>]) -> String {
        let words = cell_parts(cell).map(|part| match part {
            CellPart::Words(inlines) => self.words(inlines),
            CellPart::List(items) => {
                items.iter().map(|item| format!("• {}", self.cell(&item.blocks))).collect::<Vec<_>>().join(" ")
            }
        });
        words.collect::<Vec<_>>().join(" ")
    }

    /// Words in lines of a readable length. No line breaks at a no-break space.
    fn paragraph(&mut self, words: &str, first: &str, rest: &str) {
        let mut line = first.to_owned();
        let mut is_empty = true;
        for word in words.split([' ', '\n']).filter(|word| !word.is_empty()) {
            if !is_empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
                self.out += line.trim_end();
                self.out.push('\n');
                rest.clone_into(&mut line);
                is_empty = true;
            }
            if !is_empty {
                line.push(' ');
            }
            line += word;
            is_empty = false;
        }
        self.out += line.trim_end();
        self.out.push('\n');
    }

    fn words(&self, inlines: &[Inline<Target>]) -> String {
        inlines.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&self, inline: &Inline<Target>) -> String {
        match &inline.kind {
            InlineKind::Link { target, inlines } => self.link(target, &self.words(inlines)),
            InlineKind::Emphasis(inlines)
            | InlineKind::Strong(inlines)
            | InlineKind::Strikethrough(inlines)
            | InlineKind::Element { inlines, .. }
            | InlineKind::Foreign { inlines, .. } => self.words(inlines),
            InlineKind::Text(_)
            | InlineKind::Code(_)
            | InlineKind::Address { .. }
            | InlineKind::Image { .. }
            | InlineKind::FootnoteReference(_)
            | InlineKind::SoftBreak
            | InlineKind::HardBreak => plain_text(std::slice::from_ref(inline)),
        }
    }

    /// A link says where it leads: to a page of the manual by the name that shows it.
    fn link(&self, target: &Target, words: &str) -> String {
        match target {
            Target::Page { page: PageRef::Record(record), .. } => {
                let record = self.site.record(*record);
                let title = record.side(self.lang).map_or("", |side| side.title.as_str());
                let shown = if words.is_empty() { title } else { words };
                match record.id.split_once('/') {
                    Some((folder, name)) if folder != super::settings::FOLDER => {
                        format!("{shown} (diptych help {name})")
                    }
                    _ => shown.to_owned(),
                }
            }
            Target::Page { page: PageRef::Section(kind), .. } if words.is_empty() => {
                self.site.section(*kind).map_or("", |section| &section.sides.get(self.lang).title).to_owned()
            }
            Target::External(address) if address != words => format!("{words} ({address})"),
            Target::Page { .. } | Target::Heading(_) | Target::Term(_) | Target::Asset(_) | Target::External(_) => {
                words.to_owned()
            }
        }
    }
}
