//! Words that stand for other words: [`Thesaurus`]. One file holds what the site says means the same, another what the
//! words of the other language are called in this one; both are small tables of phrases.
//!
//! A phrase is looked for by its *key*: the stems of its words, without those that are in every passage, in their order.

#[cfg(not(target_arch = "wasm32"))]
use super::analysis::{Analyser, Role, fold, words};
use super::bytes::Reader;
use super::pack::Damage;

/// A table as it lies in its file.
pub(crate) struct Thesaurus<'a>(Vec<(&'a str, Vec<&'a str>)>);

impl<'a> Thesaurus<'a> {
    pub(crate) fn read(payload: &'a [u8]) -> Result<Self, Damage> {
        let mut bytes = Reader(payload);
        let entry = |bytes: &mut Reader<'a>| {
            let key = bytes.text()?;
            let count = bytes.number()?;
            Ok((key, (0..count).map(|_| bytes.text()).collect::<Result<Vec<_>, Damage>>()?))
        };
        Ok(Self((0..bytes.number()?).map(|_| entry(&mut bytes)).collect::<Result<_, Damage>>()?))
    }

    /// What the first word stands for that is like one.
    pub(crate) fn find_like(&self, is_like: impl Fn(&str) -> bool) -> &[&'a str] {
        self.0.iter().find(|(key, _)| is_like(key)).map_or(&[], |(_, alternatives)| alternatives)
    }

    /// What a phrase stands for: phrases of lower-case words, parted by spaces.
    pub(crate) fn find(&self, key: &str) -> &[&'a str] {
        self.0.binary_search_by_key(&key, |(key, _)| key).map_or(&[], |at| &self.0[at].1)
    }
}

/// The words of a phrase that say something, lower-case.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn content_words(analyser: &Analyser, phrase: &str) -> Vec<String> {
    let read = |with_stops: bool| {
        let mut found = Vec::new();
        words(phrase, |word| {
            if word.role != Role::Joined && (with_stops || !analyser.is_stop(&fold(word.form))) {
                found.push(word.form.to_owned());
            }
        });
        found
    };
    let content = read(false);
    if content.is_empty() { read(true) } else { content }
}

/// Writes what [`Thesaurus::read`] reads.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn write<'a>(entries: impl ExactSizeIterator<Item = (&'a String, &'a Vec<String>)>) -> Vec<u8> {
    let mut bytes = super::bytes::Writer::default();
    bytes.number(entries.len());
    for (key, alternatives) in entries {
        bytes.text(key);
        bytes.number(alternatives.len());
        for alternative in alternatives {
            bytes.text(alternative);
        }
    }
    bytes.0
}

/// The key of a phrase.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn key_of(analyser: &Analyser, phrase: &str) -> String {
    let stems: Vec<String> = content_words(analyser, phrase).iter().map(|word| analyser.stem(&fold(word))).collect();
    stems.join(" ")
}
