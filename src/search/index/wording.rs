//! What else the words of a site are called, ready for its index: [`Wording`].

use std::collections::{BTreeMap, BTreeSet};

use super::super::analysis::{Analyser, fold};
use super::super::thesaurus::{self, content_words, key_of};
use super::terms::TermPair;
use crate::lang::Lang;
use crate::schema::wording::{Synonym, Written};

/// The synonyms of a language, and the words of both.
#[derive(Clone, Copy, Default)]
pub struct Wording<'a> {
    /// What the site says means the same.
    pub synonyms: &'a [Synonym],
    /// What each language calls the same.
    pub pairs: &'a [TermPair],
}

/// Why a synonym says nothing.
pub enum Idle<'a> {
    /// Both are forms of one word.
    SameWord(&'a Written, &'a Written),
    /// It was said before.
    Repeated(&'a Written, &'a Written, &'a Written),
}

impl Wording<'_> {
    /// The table of synonyms.
    pub(super) fn synonyms(&self, lang: Lang) -> Vec<u8> {
        let analyser = Analyser::new(lang);
        let mut table = BTreeMap::<String, Vec<String>>::new();
        let mut said = BTreeMap::<String, BTreeSet<String>>::new();
        let mut add = |(key, _): &(String, String), (other, phrase): &(String, String)| {
            let is_new = !key.is_empty() && !phrase.is_empty() && key != other;
            if is_new && said.entry(key.clone()).or_default().insert(phrase.clone()) {
                table.entry(key.clone()).or_default().push(phrase.clone());
            }
        };
        let ready =
            |written: &Written| (key_of(&analyser, &written.text), content_words(&analyser, &written.text).join(" "));
        for Synonym { say, also, one_way } in self.synonyms {
            let (say, also): (_, Vec<_>) = (ready(say), also.iter().map(ready).collect());
            for other in &also {
                add(&say, other);
            }
            if !one_way {
                for from in &also {
                    add(from, &say);
                    for to in &also {
                        add(from, to);
                    }
                }
            }
        }
        thesaurus::write(table.iter())
    }

    /// The table of the other language's words.
    pub(super) fn pairs(&self, lang: Lang) -> Vec<u8> {
        let mut table = BTreeMap::<String, Vec<String>>::new();
        for pair in self.pairs {
            table.entry(pair.stem(lang.other()).to_owned()).or_default().push(pair.form(lang).to_owned());
        }
        thesaurus::write(table.iter())
    }
}

/// The synonyms of a language that say nothing new.
pub fn idle(synonyms: &[Synonym], lang: Lang) -> Vec<Idle<'_>> {
    let analyser = Analyser::new(lang);
    let mut idle = Vec::new();
    let mut said = BTreeMap::<(String, String), &Written>::new();
    for Synonym { say, also, .. } in synonyms {
        for other in also {
            let (from, to) = (key_of(&analyser, &say.text), key_of(&analyser, &other.text));
            if from == to || fold(&say.text) == fold(&other.text) {
                idle.push(Idle::SameWord(say, other));
                continue;
            }
            // A pair that is said once each way is a circle, and means what saying it once without a way means.
            let pair = if from < to { (from, to) } else { (to, from) };
            match said.get(&pair) {
                Some(before) => idle.push(Idle::Repeated(say, other, before)),
                None => {
                    said.insert(pair, other);
                }
            }
        }
    }
    idle
}
