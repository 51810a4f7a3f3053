//! The walk over the runs of a block: what was set before, and which quotation marks are open.

use std::borrow::Cow;

use super::quotes::Quotes;
use super::setting;
use crate::lang::Lang;

/// What stands for an [opaque](Typographer::opaque) run in the text that follows another.
pub const OPAQUE: &str = "\u{fffc}";

/// Sets one block of text after another, run by run.
///
/// Markup splits a block into runs: `"See *the Act*"` arrives as three, and its quotation marks open in one and close
/// in another. The typographer remembers what came before. What comes after also matters at the end of a run, so give
/// it to [`text_before`](Self::text_before) if it is known:
///
/// | at the end of a run | with what follows | without |
/// | --- | --- | --- |
/// | a space | may become no-break, or go, for the sake of the next character | stays as it is typed |
/// | `:` in French | no-break space before it, unless a word follows at once | the same: it ends a word |
/// | `«` or an opening `"` | its space is set with it; a space at the beginning of the next run goes | the same |
/// | `"` or `'` after a space | opens, unless a space follows | opens, unless a quotation is open |
/// | `--` | as inside a run | stays as it is typed |
#[derive(Debug)]
pub struct Typographer {
    lang: Lang,
    quotes: Quotes,
    /// The end of what was set in this block.
    before: String,
    /// The end of what was set, the run, and the beginning of what follows, while a run is set.
    window: String,
}

impl Typographer {
    /// Begins a block.
    pub fn new(lang: Lang) -> Self {
        Self { lang, quotes: Quotes::default(), before: String::new(), window: String::new() }
    }

    /// The language that it sets.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Sets the next run of the block, without knowing what follows it.
    pub fn text<'a>(&mut self, run: &'a str) -> Cow<'a, str> {
        self.text_before(run, "")
    }

    /// Sets the next run of the block. What follows is the text of the next run as it was typed, [`OPAQUE`] before one
    /// without text, or empty at the end of the block; a few words of it suffice.
    pub fn text_before<'a>(&mut self, run: &'a str, following: &str) -> Cow<'a, str> {
        let set = if self.before.is_empty() && following.is_empty() {
            setting::set(self.lang, run, 0..run.len(), &mut self.quotes)
        } else {
            self.window.clear();
            self.window.push_str(&self.before);
            self.window.push_str(run);
            self.window.push_str(&following[..following.floor_char_boundary(CONTEXT)]);
            let start = self.before.len();
            setting::set(self.lang, &self.window, start..start + run.len(), &mut self.quotes)
        };
        let set = set.map_or(Cow::Borrowed(run), Cow::Owned);
        self.remember(&set);
        set
    }

    /// Skips what is not text but counts as a word in the sentence: code, an image, a passage in another language that
    /// has a typographer of its own.
    pub fn opaque(&mut self) {
        self.remember(OPAQUE);
    }

    /// Skips a line break that the writer asked for.
    pub fn line_break(&mut self) {
        self.remember("\n");
    }

    fn remember(&mut self, set: &str) {
        if set.len() >= CONTEXT {
            self.before.clear();
            self.before.push_str(&set[set.ceil_char_boundary(set.len() - CONTEXT)..]);
        } else {
            self.before.push_str(set);
            let surplus = self.before.len().saturating_sub(CONTEXT);
            self.before.drain(..self.before.ceil_char_boundary(surplus));
        }
    }
}

/// How many bytes around a run are looked at: longer than the longest word of the [vocabulary](super::vocabulary), a
/// grouped number or the usual address.
const CONTEXT: usize = 96;
