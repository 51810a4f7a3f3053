//! The keys of words as they are written, remembered: [`Keys`].
//!
//! Text repeats its words, and the index looks each of them up. So what is remembered is found by the written word, with
//! its capitals, and in a table that holds short words itself.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::super::analysis::{Analyser, lower};
use super::super::hash::Hash;
use crate::lang::Lang;

/// So many words are remembered: more than a language uses, and a bound for what is no language.
const REMEMBERED: usize = 150_000;

/// The keys of one language.
pub(super) struct Keys {
    analyser: Analyser,
    /// Where the keys of short words are.
    seen: HashMap<Short, Place, BuildHasherDefault<Hash>>,
    /// The keys, one after the other.
    texts: String,
    /// The form of the word that is looked up.
    form: String,
}

/// A key among those that are remembered, and whether its word is too common to tell one passage from another.
#[derive(Clone, Copy)]
struct Place {
    start: u32,
    length: u16,
    stop: bool,
}

/// A word of at most 23 bytes, then its length.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Short([u64; 3]);

impl Short {
    fn of(word: &str) -> Option<Self> {
        let mut bytes = [0; 24];
        bytes.get_mut(..word.len()).filter(|_| word.len() < 24)?.copy_from_slice(word.as_bytes());
        bytes[23] = word.len() as u8;
        let (words, _) = bytes.as_chunks::<8>();
        Some(Self(std::array::from_fn(|at| u64::from_le_bytes(words[at]))))
    }
}

impl std::hash::Hash for Short {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for word in self.0 {
            word.hash(state);
        }
    }
}

impl Keys {
    pub(super) fn new(lang: Lang) -> Self {
        Self { analyser: Analyser::new(lang), seen: HashMap::default(), texts: String::new(), form: String::new() }
    }

    /// The key of a written word, and whether it is too common to tell one passage from another.
    pub(super) fn of(&mut self, written: &str) -> (&str, bool) {
        let Some(short) = Short::of(written) else {
            lower(written, &mut self.form);
            let key = self.analyser.key_of(&self.form);
            return (&key.text, key.stop);
        };
        let place = match self.seen.get(&short) {
            Some(place) => *place,
            None => self.learn(short, written),
        };
        let start = place.start as usize;
        (&self.texts[start..start + usize::from(place.length)], place.stop)
    }

    fn learn(&mut self, short: Short, written: &str) -> Place {
        if self.seen.len() == REMEMBERED {
            self.seen.clear();
            self.texts.clear();
        }
        lower(written, &mut self.form);
        let key = self.analyser.key(&self.form);
        let place = Place { start: self.texts.len() as u32, length: key.text.len() as u16, stop: key.stop };
        self.texts.push_str(&key.text);
        self.seen.insert(short, place);
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_the_key_of_its_form_however_long_and_however_often() {
        let mut keys = Keys::new(Lang::Fr);
        let mut analyser = Analyser::new(Lang::Fr);
        let long = "Interprovincialement".repeat(3);
        for written in ["Ententes", "ENTENTES", "ententes", "É", "Anticonstitutionnelleme", "œuvrâssiez", &long] {
            let mut form = String::new();
            lower(written, &mut form);
            for _ in 0..2 {
                assert_eq!(keys.of(written).0, &*analyser.key_of(&form).text, "{written}");
            }
        }
        assert!(keys.of("Les").1 && !keys.of("Ententes").1);
    }
}
