//! The correction of a mistake, where it is certain: [`Correction`].

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Span;

/// What to write instead of a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// What is written.
    written: String,
    /// What to write instead.
    pub instead: String,
    /// Where it is written in the place of the mistake.
    whereabouts: Whereabouts,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Whereabouts {
    Opening,
    Only,
    Last,
}

impl Correction {
    /// The passage is in the place once: a name, perhaps in quotation marks.
    pub fn of(written: impl Into<String>, instead: impl Into<String>) -> Self {
        Self { written: written.into(), instead: instead.into(), whereabouts: Whereabouts::Only }
    }

    /// The place begins with the passage: the signs before a heading.
    pub fn of_opening(written: impl Into<String>, instead: impl Into<String>) -> Self {
        Self { whereabouts: Whereabouts::Opening, ..Self::of(written, instead) }
    }

    /// The passage is the last such one in the place: where a link leads, after its words.
    pub fn of_last(written: impl Into<String>, instead: impl Into<String>) -> Self {
        Self { whereabouts: Whereabouts::Last, ..Self::of(written, instead) }
    }

    /// The bytes of a file that are to be replaced, for a mistake at `place`. `None` if the passage is not written
    /// there as it was understood: with escapes, say, or by a label.
    pub fn range(&self, text: &str, place: Span) -> Option<Range<usize>> {
        let passage = text.get(place.range())?;
        let at = match self.whereabouts {
            Whereabouts::Opening => passage.starts_with(&self.written).then_some(0),
            Whereabouts::Only => {
                let mut found = passage.match_indices(&self.written).map(|(at, _)| at);
                found.next().filter(|_| found.next().is_none())
            }
            Whereabouts::Last => passage.rfind(&self.written),
        }?;
        let start = place.range().start + at;
        (!self.written.is_empty()).then_some(start..start + self.written.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_is_sure_of_its_place_or_has_none() {
        let text = "parties: \"csc, csc\" [scc](scc)";
        let range = |correction: Correction, place: &str| {
            let at = text.find(place).unwrap();
            correction.range(text, Span::new(at..at + place.len()))
        };
        assert_eq!(range(Correction::of("parties", "x"), "parties"), Some(0..7));
        assert_eq!(range(Correction::of("csc", "x"), "\"csc, csc\""), None);
        assert_eq!(range(Correction::of_last("scc", "x"), "[scc](scc)"), Some(26..29));
        assert_eq!(range(Correction::of_opening("scc", "x"), "[scc](scc)"), None);
    }
}
