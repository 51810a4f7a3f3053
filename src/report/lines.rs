//! Places as people count them: [`Texts`] knows the lines of every file of a report.
//!
//! Each file is read once and its lines are noted, so that the thousandth mistake of a file costs no more than the first,
//! on whatever line it is and however long that line is.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::Files;
use crate::diagnostic::Place;
use crate::path::ContentPath;

/// A place as people count: lines and characters, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// The files of a report, each read when it is first needed.
pub(super) struct Texts<'f, 'a> {
    files: &'f Files<'a>,
    read: RefCell<BTreeMap<ContentPath, Option<Rc<Lines<'a>>>>>,
}

impl<'f, 'a> Texts<'f, 'a> {
    pub(super) fn new(files: &'f Files<'a>) -> Self {
        Self { files, read: RefCell::default() }
    }

    /// The file's path as the reader of the report knows it.
    pub(super) fn name(&self, file: &ContentPath) -> String {
        (self.files.name)(file)
    }

    /// The lines of a file, if it can be read.
    pub(super) fn lines(&self, file: &ContentPath) -> Option<Rc<Lines<'a>>> {
        if let Some(read) = self.read.borrow().get(file) {
            return read.clone();
        }
        let lines = (self.files.text)(file).map(|text| Rc::new(Lines::of(text)));
        self.read.borrow_mut().insert(file.clone(), lines.clone());
        lines
    }

    /// Where a place begins; at the beginning of a file that cannot be read.
    pub(super) fn position(&self, place: &Place) -> Position {
        self.position_of(place, place.span.range().start)
    }

    /// Where a place ends.
    pub(super) fn end(&self, place: &Place) -> Position {
        self.position_of(place, place.span.range().end)
    }

    fn position_of(&self, place: &Place, at: usize) -> Position {
        self.lines(&place.file).map_or(Position { line: 1, column: 1 }, |lines| lines.position(at))
    }
}

/// A text and where its lines begin.
pub(super) struct Lines<'a> {
    pub(super) text: Cow<'a, str>,
    starts: Vec<usize>,
    /// How many characters come before each of the [`STEP`]s of the text.
    characters: Vec<usize>,
}

/// At most this many bytes are read to count characters.
const STEP: usize = 256;

impl<'a> Lines<'a> {
    fn of(text: Cow<'a, str>) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut count = 0;
        let characters = text.as_bytes().chunks(STEP).map(|part| {
            let before = count;
            count += beginnings(part);
            before
        });
        let characters = characters.collect();
        Self { text, starts, characters }
    }

    /// The line of a byte, from 0.
    fn line_at(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at) - 1
    }

    /// The number of a byte's line, from 1, and where that line is, without its end.
    pub(super) fn line(&self, at: usize) -> (usize, Range<usize>) {
        let line = self.line_at(at);
        let start = self.starts[line];
        let end = self.starts.get(line + 1).map_or(self.text.len(), |next| next - 1);
        let text = &self.text[start..end];
        (line + 1, start..start + text.trim_end_matches('\r').len())
    }

    /// The position of a byte, or of the character that it is part of.
    pub(super) fn position(&self, at: usize) -> Position {
        let at = self.text.floor_char_boundary(at);
        let line = self.line_at(at);
        let column = self.characters_before(at) - self.characters_before(self.starts[line]) + 1;
        Position { line: line + 1, column }
    }

    fn characters_before(&self, at: usize) -> usize {
        // The end of a text may be the end of its last step.
        let step = (at / STEP).min(self.characters.len().saturating_sub(1));
        let before = self.characters.get(step).copied().unwrap_or_default();
        before + beginnings(&self.text.as_bytes()[step * STEP..at])
    }
}

/// How many characters begin among these bytes.
fn beginnings(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The position, found by counting from the beginning.
    fn by_counting(text: &str, at: usize) -> Position {
        let at = text.floor_char_boundary(at);
        let line_start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        Position { line: text[..at].matches('\n').count() + 1, column: text[line_start..at].chars().count() + 1 }
    }

    #[test]
    fn every_byte_of_a_text_has_the_position_that_counting_gives() {
        for text in ["", "\n", "a\n", "é\r\n« x »\n\n🙂", &"é".repeat(STEP), &"a\n".repeat(STEP), &"a".repeat(STEP)]
        {
            let lines = Lines::of(Cow::Borrowed(text));
            for at in 0..=text.len() + 2 {
                assert_eq!(lines.position(at), by_counting(text, at), "{at} of {text:?}");
            }
        }
    }

    #[test]
    fn a_line_is_given_without_its_end() {
        let lines = Lines::of(Cow::Borrowed("one\r\ntwo"));
        assert_eq!(lines.line(1), (1, 0..3));
        assert_eq!(lines.line(8), (2, 5..8));
    }
}
