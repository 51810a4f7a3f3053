//! From text to the words that are searched: the one analyser of index and query.
//!
//! [`words`] cuts text into words in their written (lower-case, accented) form; [`Analyser::key_of`] turns a form
//! into the key under which it is in the dictionary. The chain is: cut, lower-case, *fold accents, then stem*. In
//! that order a reader who types no accents reaches every accented word; the other way round a quarter of them are lost.
//!
//! Text is expected in Unicode normalisation form C: the index applies [`normalized`], a browser `String.normalize`.

mod cut;
mod fold;
mod key;
mod stop;

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use frostem::{Algorithm, Stemmer};

pub(crate) use self::cut::{Role, words};
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use self::cut::{lower, written_words};
pub(crate) use self::fold::fold;
pub(crate) use self::key::{form_of, key, stem_end, stem_of};
use super::hash::Hash;
use crate::lang::Lang;

/// Turns forms into keys, remembering those it has seen: text repeats its words.
pub(crate) struct Analyser {
    lang: Lang,
    stemmer: Stemmer,
    /// The forms seen, with the position of their key.
    seen: HashMap<Box<str>, usize, BuildHasherDefault<Hash>>,
    keys: Vec<Key>,
}

/// Words up to this long are never stemmed.
const SHORT: usize = 3;

/// The digits of a telephone number, and of a date.
const TELEPHONE: usize = 7;

/// So many forms are remembered: more than a language uses, and a bound for what is no language.
const REMEMBERED: usize = 100_000;

/// What the dictionary has for a form.
#[derive(Clone)]
pub(crate) struct Key {
    /// The stem, a separator, and what the form adds to it.
    pub(crate) text: Box<str>,
    /// A word too common to tell one passage from another.
    #[cfg_attr(
        target_arch = "wasm32",
        expect(dead_code, reason = "only the index leaves such words out by their key")
    )]
    pub(crate) stop: bool,
}

impl Analyser {
    pub(crate) fn new(lang: Lang) -> Self {
        let algorithm = match lang {
            Lang::En => Algorithm::English,
            Lang::Fr => Algorithm::French,
        };
        Self { lang, stemmer: Stemmer::new(algorithm), seen: HashMap::default(), keys: Vec::new() }
    }

    /// The key of a form.
    pub(crate) fn key_of(&mut self, form: &str) -> &Key {
        let at = match self.seen.get(form) {
            Some(at) => *at,
            None => self.learn(form),
        };
        &self.keys[at]
    }

    /// The key of a form, made anew.
    pub(crate) fn key(&self, form: &str) -> Key {
        let folded = fold(form);
        Key { text: key(&self.stem(&folded), form).into(), stop: stop::is_stop(self.lang, &folded) }
    }

    fn learn(&mut self, form: &str) -> usize {
        if self.keys.len() == REMEMBERED {
            self.seen.clear();
            self.keys.clear();
        }
        self.keys.push(self.key(form));
        self.seen.insert(form.into(), self.keys.len() - 1);
        self.keys.len() - 1
    }

    /// The stem of a folded form. What holds a digit is a name or a number, and has no endings. A short word keeps all of
    /// its letters: `cia` must not meet the « ci » of « ceux-ci ».
    pub(crate) fn stem(&self, folded: &str) -> String {
        if folded.bytes().any(|byte| byte.is_ascii_digit()) {
            return joined(folded);
        }
        if folded.len() <= SHORT {
            return folded.to_owned();
        }
        self.stemmer.stem(folded).into_owned()
    }

    /// Whether a folded form is too common to be looked for in running text.
    pub(crate) fn is_stop(&self, folded: &str) -> bool {
        stop::is_stop(self.lang, folded)
    }

    /// Whether a folded form is a word of asking, such as *please* or *want*.
    pub(crate) fn is_light(&self, folded: &str) -> bool {
        stop::is_light(self.lang, folded)
    }

    /// Whether a folded form denies what is beside it, such as *without*.
    pub(crate) fn is_negation(&self, folded: &str) -> bool {
        stop::is_negation(self.lang, folded)
    }
}

/// Names and numbers with their marks left out, so that `C-41` meets `c41`, `1,250,000` meets `1250000` and a telephone
/// number meets its digits. A decimal stays what it is, and so does the number of a section: 1.5 is not 15.
fn joined(folded: &str) -> String {
    let digits = folded.bytes().filter(u8::is_ascii_digit).count();
    let is_number = folded.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_of_telephone = digits >= TELEPHONE && folded.matches('.').count() > 1;
    if is_number && !is_of_telephone && folded.split('.').skip(1).any(|group| group.len() != 3) {
        return folded.to_owned();
    }
    folded.replace('.', "")
}

/// Text in the form that the analyser expects.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn normalized(text: &str) -> std::borrow::Cow<'_, str> {
    use std::borrow::Cow;

    use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

    // Nothing of the Latin blocks changes, nor does the punctuation that is usual.
    let is_usual = |c: char| c < '\u{300}' || ('\u{2010}'..='\u{2060}').contains(&c);
    if text.chars().all(is_usual) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

#[cfg(test)]
mod tests;
