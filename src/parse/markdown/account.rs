//! Which bytes of a document have been dealt with: [`Account`]. The rest are words that no reader of the page would
//! see, whichever construct swallowed them, and they are reported.

use std::ops::Range;

use super::Shared;
use crate::diagnostic::catalog;

/// The ranges that were read into the document, that are a sign with a meaning, or that a mistake reports.
#[derive(Debug, Default)]
pub(super) struct Account(Vec<Range<usize>>);

impl Account {
    /// Adds a range.
    pub(super) fn add(&mut self, range: Range<usize>) {
        match self.0.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end.max(last.end),
            _ => self.0.push(range),
        }
    }

    /// The ranges of a text that are left over and hold words, from the first word to the last of each line.
    fn left_over(mut self, text: &str) -> Vec<Range<usize>> {
        self.0.sort_unstable_by_key(|range| range.start);
        let mut left = Vec::new();
        let mut end = 0;
        for range in self.0.into_iter().chain(std::iter::once(text.len()..text.len())) {
            if range.start > end {
                words(text, end..range.start, &mut left);
            }
            end = end.max(range.end);
        }
        left
    }
}

/// Adds the words in a range of a text, line by line.
fn words(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let mut at = range.start;
    for line in text.get(range).unwrap_or_default().split_inclusive('\n') {
        let without = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        let start = at + line.len() - without.len();
        let words = without.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !words.is_empty() {
            found.push(start..start + words.len());
        }
        at += line.len();
    }
}

impl Shared<'_> {
    /// Reports the words that are in no part of the document and in no mistake.
    pub(super) fn lost_words(&mut self) {
        if self.source.rules.is_none() {
            return;
        }
        for range in std::mem::take(&mut self.account).left_over(self.whole) {
            let start = self.whole[..range.start].rfind('\n').map_or(0, |end| end + 1);
            let line = start..start + self.whole[start..].lines().next().unwrap_or_default().trim_end().len();
            // If several lines say where one reference leads, the parser keeps the first.
            let label = self.whole[line.clone()].trim_start().strip_prefix('[').and_then(|line| line.split_once("]:"));
            if let Some(label) = label.map(|(label, _)| label.to_owned()).filter(|label| !label.starts_with('^')) {
                self.report(self.span(&line), |place| catalog::reference_twice(place, &label));
                continue;
            }
            let words = self.whole[range.clone()].to_owned();
            self.report(self.span(&range), |place| catalog::lost_words(place, &words));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_nobody_dealt_with_are_left_over() {
        let text = "one two - three\n> four ** five";
        let mut account = Account::default();
        account.add(8..16);
        account.add(0..3);
        assert_eq!(
            account.left_over(text).into_iter().map(|range| &text[range]).collect::<Vec<_>>(),
            ["two", "four ** five"]
        );
    }
}
