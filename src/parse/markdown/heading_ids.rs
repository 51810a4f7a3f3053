//! The ids of a page's headings, each given once: [`HeadingIds`].
//!
//! An id goes first to a heading whose writer chose it, then to the first heading whose words give it. Only then do the
//! others get a number, one that no such id has. So of “Overview”, “Overview” and “Overview 2”, the second is
//! `overview-3`, in whatever order they come, and a link to `#overview-2` leads where its writer meant. If no two
//! headings of a page are alike, every id follows from the words.

use std::collections::{HashMap, HashSet};

use crate::document::{Block, BlockKind, Document};

/// The ids that the headings read so far ask for, in the order of the text.
#[derive(Default)]
pub(super) struct HeadingIds {
    wanted: Vec<Wanted>,
    chosen: HashSet<String>,
}

struct Wanted {
    id: String,
    chosen: bool,
}

impl HeadingIds {
    /// Adds an id that a writer chose. Returns a placeholder until [`settle`](Self::settle), and whether another
    /// heading was given the same id.
    pub(super) fn choose(&mut self, id: &str) -> (String, bool) {
        let is_new = self.chosen.insert(id.to_owned());
        (self.add(id.to_owned(), true), !is_new)
    }

    /// Adds an id made from a heading's words. Returns a placeholder until [`settle`](Self::settle).
    pub(super) fn make(&mut self, id: String) -> String {
        self.add(if id.is_empty() { "section".to_owned() } else { id }, false)
    }

    /// Ids can only be given once all are known: until then, a heading holds its number.
    fn add(&mut self, id: String, chosen: bool) -> String {
        self.wanted.push(Wanted { id, chosen });
        (self.wanted.len() - 1).to_string()
    }

    /// Gives every heading of the document its id.
    pub(super) fn settle<L>(self, document: &mut Document<L>) {
        let mut ids = self.given();
        let footnotes = document.footnotes.iter_mut().map(|footnote| &mut footnote.blocks);
        for blocks in std::iter::once(&mut document.blocks).chain(footnotes) {
            replace(blocks, &mut ids);
        }
    }

    fn given(self) -> Vec<String> {
        let mut owners = HashMap::<&str, usize>::new();
        for chosen in [true, false] {
            for (at, wanted) in self.wanted.iter().enumerate().filter(|(_, wanted)| wanted.chosen == chosen) {
                owners.entry(&wanted.id).or_insert(at);
            }
        }
        // Ids with an added number never equal each other: the part before the number differs.
        let mut numbers = HashMap::<&str, usize>::new();
        let given = self.wanted.iter().enumerate().map(|(at, Wanted { id, .. })| {
            if owners.get(id.as_str()) == Some(&at) {
                return id.clone();
            }
            let number = numbers.entry(id).or_insert(1);
            loop {
                *number += 1;
                let numbered = format!("{id}-{number}");
                if !owners.contains_key(numbered.as_str()) {
                    return numbered;
                }
            }
        });
        given.collect()
    }
}

fn replace<L>(blocks: &mut [Block<L>], ids: &mut [String]) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading { id, .. } => {
                if let Some(given) = id.parse().ok().and_then(|number: usize| ids.get_mut(number)) {
                    *id = std::mem::take(given);
                }
            }
            BlockKind::List { items, .. } => items.iter_mut().for_each(|item| replace(&mut item.blocks, ids)),
            BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } | BlockKind::Details { blocks, .. } => {
                replace(blocks, ids);
            }
            BlockKind::Table(table) => {
                let cells = table.head.iter_mut().chain(table.rows.iter_mut().flatten());
                cells.for_each(|cell| replace(cell, ids));
            }
            BlockKind::Definitions(definitions) => {
                let details = definitions.iter_mut().flat_map(|definition| &mut definition.details);
                details.for_each(|blocks| replace(blocks, ids));
            }
            BlockKind::Paragraph(_) | BlockKind::Plain(_) | BlockKind::Code { .. } | BlockKind::Rule => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ids of headings; an id that a writer chose comes after `#`.
    fn given(headings: &[&str]) -> Vec<String> {
        let mut ids = HeadingIds::default();
        for heading in headings {
            match heading.strip_prefix('#') {
                Some(id) => drop(ids.choose(id)),
                None => drop(ids.make(crate::path::slug(heading))),
            }
        }
        ids.given()
    }

    #[test]
    fn headings_that_differ_have_the_ids_that_their_words_make() {
        assert_eq!(given(&["Overview", "Overview 2", "#part"]), ["overview", "overview-2", "part"]);
    }

    #[test]
    fn headings_of_one_name_are_numbered_from_the_second() {
        assert_eq!(given(&["A", "A", "A"]), ["a", "a-2", "a-3"]);
        assert_eq!(given(&["…", "?"]), ["section", "section-2"]);
    }

    #[test]
    fn no_number_takes_the_id_of_another_heading_wherever_that_one_is() {
        assert_eq!(given(&["Overview", "Overview", "Overview 2"]), ["overview", "overview-3", "overview-2"]);
        assert_eq!(given(&["Overview 2", "Overview", "Overview"]), ["overview-2", "overview", "overview-3"]);
        assert_eq!(given(&["A", "A", "A 2", "A 2", "A"]), ["a", "a-3", "a-2", "a-2-2", "a-4"]);
    }

    #[test]
    fn an_id_that_a_writer_chose_is_theirs_even_where_it_comes_last() {
        assert_eq!(given(&["A", "A", "#a"]), ["a-2", "a-3", "a"]);
        assert_eq!(given(&["A", "A", "#a-2"]), ["a", "a-3", "a-2"]);
        assert_eq!(given(&["#a", "#a"]), ["a", "a-2"]);
    }

    #[test]
    fn every_heading_of_a_page_has_an_id_of_its_own() {
        let names = ["a", "a", "a 2", "a 2 2", "a-2", "#a-2", "#a", "#a-3", "a", "a 3"];
        for skip in 0..names.len() {
            for take in 0..names.len() {
                let headings: Vec<&str> = names.iter().cycle().skip(skip).take(take).copied().collect();
                let ids = given(&headings);
                assert_eq!(ids.iter().collect::<HashSet<_>>().len(), headings.len(), "{headings:?}: {ids:?}");
            }
        }
    }
}
