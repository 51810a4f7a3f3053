//! Headings: their levels, and the ids that writers give them as `## Words {#id}`.

use std::ops::Range;

use super::{Inlines, Reader};
use crate::diagnostic::{Untaken, catalog};
use crate::document::{BlockKind, InlineKind, RawLink, plain_text};
use crate::path;

impl Reader<'_, '_, '_> {
    pub(super) fn heading(
        &mut self,
        level: pulldown_cmark::HeadingLevel,
        mut inlines: Inlines,
        range: &Range<usize>,
    ) -> Option<BlockKind<RawLink>> {
        let span = self.span(range);
        let mut level = level as u8;
        if level == 1 {
            let is_underlined = !self.written[range.clone()].starts_with('#');
            self.report(span, |place| catalog::heading_level_one(place, is_underlined));
            level = 2;
        } else if level > self.shared.last_level + 1 {
            let (found, expected) = (level, self.shared.last_level + 1);
            self.report(span, |place| catalog::heading_skipped(place, found, expected));
        }
        let written = &self.written[range.clone()];
        if level == 2 && !written.starts_with('#') && is_prose(written) {
            self.did_not_take(range, &Untaken::Underlined);
        }
        self.shared.last_level = level;
        let id = chosen_id(&mut inlines);
        let words = plain_text(&inlines);
        if words.trim().is_empty() {
            self.report(span, catalog::heading_empty);
            return None;
        }
        let id = id.map(|id| {
            if path::is_slug(&id) {
                return id;
            }
            let proposal = path::slug(&id);
            self.report(span, |place| catalog::bad_heading_id(place, &id, &proposal));
            proposal
        });
        let id = match id.filter(|id| !id.is_empty()) {
            None => self.shared.heading_ids.make(path::slug(&words)),
            Some(id) => {
                let (settled, is_taken) = self.shared.heading_ids.choose(&id);
                if is_taken {
                    self.report(span, |place| catalog::duplicate_heading_id(place, &id));
                }
                settled
            }
        };
        Some(BlockKind::Heading { level, id, inlines })
    }
}

/// Whether underlined words are a sentence, or the lines of a block like the front matter, rather than a heading.
fn is_prose(written: &str) -> bool {
    let words = written.trim_end().trim_end_matches(['-', '=']).trim_end();
    let is_field =
        || words.split_once(": ").is_some_and(|(name, _)| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
    words.ends_with(['.', '!', ':', ';', ',', '…']) || is_field()
}

/// Removes the id at the end of a heading from its words. Other braces are words: `GET /collections/{id}`.
fn chosen_id(inlines: &mut Inlines) -> Option<String> {
    let last = inlines.last_mut()?;
    let InlineKind::Text(text) = &mut last.kind else { return None };
    let start = text.rfind("{#")?;
    let id = text[start..].trim_end().strip_prefix("{#")?.strip_suffix('}')?;
    if id.is_empty() || id.contains(|c: char| c.is_whitespace() || matches!(c, '{' | '}')) {
        return None;
    }
    let id = id.to_owned();
    let kept = text[..start].trim_end().len();
    let cut = text.len() - kept;
    text.truncate(kept);
    // A heading without escapes ends where its text does.
    last.span.end = last.span.end.saturating_sub(u32::try_from(cut).unwrap_or(0)).max(last.span.start);
    if text.is_empty() {
        inlines.pop();
    }
    Some(id)
}
