//! Links the first use of each term on a page to its record in the glossary: [`Glossary::mark`].

use std::collections::BTreeSet;
use std::mem;
use std::sync::Arc;

use super::{Glossary, tokens};
use crate::diagnostic::Span;
use crate::document::{Block, BlockKind, Document, Element, Inline, InlineKind, plain_text};
use crate::lang::Lang;
use crate::site::{PageRef, Record, RecordId, Target};

impl Glossary {
    /// Marks the first use of each term in the words of a page. A short form is spelled out; `own` is the record that the
    /// page is about, which is not a term on its own page.
    pub fn mark(&self, document: &mut Document<Target>, lang: Lang, own: Option<RecordId>, records: &[Arc<Record>]) {
        if self.sides.get(lang).is_empty() {
            return;
        }
        let known = own.into_iter().collect();
        let mut marker = Marker { glossary: self, records, lang, known, key: String::new() };
        marker.blocks(&mut document.blocks);
        for footnote in &mut document.footnotes {
            marker.blocks(&mut footnote.blocks);
        }
    }
}

struct Marker<'a> {
    glossary: &'a Glossary,
    records: &'a [Arc<Record>],
    lang: Lang,
    /// The terms that have occurred so far.
    known: BTreeSet<RecordId>,
    key: String,
}

impl Marker<'_> {
    fn blocks(&mut self, blocks: &mut [Block<Target>]) {
        for block in blocks {
            match &mut block.kind {
                BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => self.inlines(inlines),
                BlockKind::List { items, .. } => items.iter_mut().for_each(|item| self.blocks(&mut item.blocks)),
                BlockKind::Table(table) => {
                    table.rows.iter_mut().flatten().for_each(|cell| self.blocks(cell));
                }
                BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } | BlockKind::Details { blocks, .. } => {
                    self.blocks(blocks);
                }
                BlockKind::Definitions(definitions) => {
                    definitions.iter_mut().flat_map(|own| &mut own.details).for_each(|detail| self.blocks(detail));
                }
                BlockKind::Heading { .. } | BlockKind::Code { .. } | BlockKind::Rule => {}
            }
        }
    }

    /// Marks terms in inlines. A term may extend over the end of a line, which is therefore part of the text here.
    fn inlines(&mut self, inlines: &mut Vec<Inline<Target>>) {
        let mut text = String::new();
        let mut from = Span::START;
        let mut done = Vec::with_capacity(inlines.len());
        for mut inline in mem::take(inlines) {
            if text.is_empty() {
                from = inline.span;
            }
            match &mut inline.kind {
                InlineKind::Text(own) if text.is_empty() => text = mem::take(own),
                InlineKind::Text(own) => text.push_str(own),
                InlineKind::SoftBreak => text.push('\n'),
                kind => {
                    self.text(mem::take(&mut text), from, &mut done);
                    self.other(kind);
                    done.push(inline);
                }
            }
        }
        self.text(text, from, &mut done);
        *inlines = done;
    }

    fn other(&mut self, kind: &mut InlineKind<Target>) {
        match kind {
            InlineKind::Emphasis(inner) | InlineKind::Strong(inner) => self.inlines(inner),
            InlineKind::Link { target: Target::Page { page: PageRef::Record(id), .. }, .. } => {
                self.known.insert(*id);
            }
            InlineKind::Element { element: Element::Abbreviation { title }, inlines } if !title.is_empty() => {
                let short = plain_text(inlines);
                let words = tokens::tokens(&short);
                let form = (!words.is_empty()).then(|| self.glossary.find(self.lang, &words, 0, &mut self.key));
                self.known.extend(form.flatten().map(|form| form.term));
            }
            // What leads somewhere already, is no word of the page, or was struck out.
            InlineKind::Text(_)
            | InlineKind::Code(_)
            | InlineKind::Address { .. }
            | InlineKind::Image { .. }
            | InlineKind::Strikethrough(_)
            | InlineKind::Element { .. }
            | InlineKind::Link { .. }
            | InlineKind::Foreign { .. }
            | InlineKind::FootnoteReference(_)
            | InlineKind::SoftBreak
            | InlineKind::HardBreak => {}
        }
    }

    /// Adds a text, marking terms that have not occurred yet.
    fn text(&mut self, text: String, span: Span, out: &mut Vec<Inline<Target>>) {
        if text.is_empty() {
            return;
        }
        let mut done = 0;
        let tokens = tokens::tokens(&text);
        let mut at = 0;
        let mut push = |kind| out.push(Inline { span, kind });
        while at < tokens.len() {
            let Some(form) = self.glossary.find(self.lang, &tokens, at, &mut self.key) else {
                at += 1;
                continue;
            };
            let range = tokens[at].range.start..tokens[at + form.words.len() - 1].range.end;
            at += form.words.len();
            if !self.known.insert(form.term) {
                continue;
            }
            if done < range.start {
                push(InlineKind::Text(text[done..range.start].to_owned()));
            }
            let words = vec![Inline { span, kind: InlineKind::Text(text[range.clone()].to_owned()) }];
            let long = self.records[form.term.0].side(self.lang).map(|side| &side.title);
            let words = match long.filter(|long| form.short && **long != text[range.clone()]).cloned() {
                Some(title) => {
                    let element = Element::Abbreviation { title };
                    vec![Inline { span, kind: InlineKind::Element { element, inlines: words } }]
                }
                None => words,
            };
            push(InlineKind::Link { target: Target::Term(form.term), inlines: words });
            done = range.end;
        }
        if done == 0 {
            push(InlineKind::Text(text));
        } else if done < text.len() {
            push(InlineKind::Text(text[done..].to_owned()));
        }
    }
}
