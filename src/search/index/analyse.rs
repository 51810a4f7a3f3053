//! From an entry to the words of its documents: [`analyse`].

use super::super::Entry;
use super::super::analysis::{Role, normalized, written_words};
use super::super::layout::Field;
use super::keys::Keys;

/// A page, ready to be written.
#[derive(Default)]
pub(super) struct Analysed {
    /// The words of each document, as the tokenizer in [`super::write`] reads them.
    pub(super) documents: Vec<String>,
    pub(super) sections: usize,
    /// Words of running text.
    pub(super) length: usize,
    pub(super) title_words: usize,
}

/// Ends a word. No form holds it.
pub(super) const END: u8 = 0x7f;
/// The farthest that positions leap at once.
const LEAP: u32 = 100;

/// Analyses one page.
pub(super) fn analyse(keys: &mut Keys, entry: &Entry) -> Analysed {
    let mut page = Analysed { sections: entry.sections.len(), ..Analysed::default() };
    let mut line = Line { keys, text: String::new(), position: 0 };
    page.title_words = line.add(&entry.title, Field::Title);
    page.documents.push(line.take());
    for keyword in entry.keywords.iter().chain(&entry.hidden) {
        line.add(keyword, Field::Keywords);
        // Keywords are no sentence: a phrase does not run on from one into the next.
        line.position += LEAP;
    }
    page.documents.push(line.take());
    page.length += line.add(&entry.summary, Field::Summary);
    page.documents.push(line.take());
    for section in &entry.sections {
        line.add(&section.heading, Field::Heading);
        page.documents.push(line.take());
        page.length += line.add(&section.text, Field::Body);
        page.documents.push(line.take());
    }
    page
}

/// The words of one document: for each the leap of its position as a character, its key, and [`END`].
struct Line<'a> {
    keys: &'a mut Keys,
    text: String,
    /// Positions counted since the last word that was kept.
    position: u32,
}

impl Line<'_> {
    /// Adds a text, and gives how many words it has.
    fn add(&mut self, text: &str, field: Field) -> usize {
        let text = normalized(text);
        let running = matches!(field, Field::Body | Field::Summary);
        let mut count = 0;
        let start = self.position;
        let mut last = None;
        let mut end = 0;
        written_words(&text, &mut |word| {
            end = word.position + 1;
            let (key, is_stop) = self.keys.of(word.form);
            if running && is_stop {
                return;
            }
            count += usize::from(word.role != Role::Joined);
            let leap = match last {
                Some(last) => word.position - last,
                None => start + word.position + 1,
            };
            last = Some(word.position);
            self.text.push(char::from(1 + leap.min(LEAP) as u8));
            self.text.push_str(key);
            self.text.push(char::from(END));
        });
        self.position = match last {
            Some(last) => end - last - 1,
            None => start + end,
        };
        count
    }

    fn take(&mut self) -> String {
        self.position = 0;
        std::mem::take(&mut self.text)
    }
}
