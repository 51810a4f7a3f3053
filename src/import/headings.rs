//! The headings of an old page as Markdown, with the ids that they had: [`Writer::heading`].

use super::anchors;
use super::line::In;
use super::marks::has_place;
use super::tree::{self, Element};
use super::words::Writer;
use crate::path;

impl Writer<'_> {
    /// Writes a heading. Levels have no gaps, whatever the old page had.
    pub(super) fn heading(&mut self, element: &Element, blocks: &mut Vec<String>) {
        let before = self.named.anchors.len();
        let words = self.inlines(&element.children, In::Line);
        let words = words.trim().replace('{', "\\{").trim_end_matches('#').trim_end().to_owned();
        let words = self.in_its_language(&element.children, words);
        if words.is_empty() || tree::text(&element.children).trim().is_empty() {
            blocks.extend(Some(words).filter(|words| !words.is_empty()));
            return;
        }
        let level = element.name.as_bytes().get(1).map_or(2, |level| level - b'0');
        let level = (level + self.lower).clamp(2, self.last_level + 1).min(6);
        self.last_level = level;
        let said = anchors::words(&tree::text(&element.children));
        let own =
            self.own_id(element, before, &said, has_place(&words)).map(|id| format!(" {{#{id}}}")).unwrap_or_default();
        let number = self.named.headings.len();
        for (_, leads_to) in &mut self.named.anchors[self.loose..] {
            *leads_to = Some(number);
        }
        self.loose = self.named.anchors.len();
        self.named.headings.push(said);
        blocks.push(format!("{} {words}{own}", "#".repeat(usize::from(level))));
    }

    /// The id that a heading had on the old page, if the new page would give it another one: addresses that end in it
    /// are in use. It is the heading's own, that of an anchor in it or right above it, or the name that the tool made.
    fn own_id(&mut self, element: &Element, before: usize, said: &str, has_place: bool) -> Option<String> {
        let made = self.naming.map(|naming| self.names.of(naming, said));
        let (above, inside) = self.named.anchors[self.loose..].split_at(before - self.loose);
        let above = above.iter().rev().filter(|(id, _)| self.marks.contains(id));
        let anchors = inside.iter().chain(above).map(|(id, _)| id.clone());
        let slug = path::slug(said);
        let all = element.get("id").map(str::to_owned).into_iter().chain(anchors).chain(made);
        let all: Vec<String> = all.chain(has_place.then(|| slug.clone())).collect();
        // With a marked place in it, the new heading has other words.
        let known = if has_place { String::new() } else { slug };
        let id = all.into_iter().find(|id| path::is_slug(id) && (*id == known || !self.ids.contains(id)))?;
        (id != known && self.ids.insert(id.clone())).then_some(id)
    }

    /// Remembers the anchors by which other pages may link to this place.
    pub(super) fn anchor(&mut self, element: &Element) {
        for name in ["id", "name"] {
            if let Some(id) = element.get(name).filter(|id| !id.is_empty()) {
                self.named.anchors.push((id.to_owned(), self.named.headings.len().checked_sub(1)));
                if element.name == "a" || element.name == "section" {
                    self.marks.insert(id.to_owned());
                }
            }
        }
    }
}
