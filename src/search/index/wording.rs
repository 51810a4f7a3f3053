//! What else the words of a site are called, ready for its index: [`Wording`].

use std::collections::{BTreeMap, HashSet};

use super::super::analysis::{Analyser, fold};
use super::super::thesaurus::{self, content_words, key_of};
use super::terms::TermPair;
use crate::lang::Lang;
use crate::schema::wording::{Synonym, Written};

/// The synonyms of a language and of the other one, and the words of both.
#[derive(Clone, Copy, Default)]
pub struct Wording<'a> {
    /// What the site says means the same.
    pub synonyms: &'a [Synonym],
    /// What it says means the same in the other language.
    pub foreign: &'a [Synonym],
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
        let mut table = BTreeMap::<String, Vec<String>>::new();
        for (from, to) in ways(self.synonyms, &Analyser::new(lang)) {
            table.entry(from).or_default().push(to);
        }
        thesaurus::write(table.iter())
    }

    /// The table of the other language's words, and of those that are its synonyms for them: « espion » is on no English
    /// page, and « renseignement », which it means, is called *intelligence* there.
    pub(super) fn pairs(&self, lang: Lang) -> Vec<u8> {
        let foreign = Analyser::new(lang.other());
        let mut table = BTreeMap::<String, Vec<String>>::new();
        for pair in self.pairs {
            table.entry(pair.stem(lang.other()).to_owned()).or_default().push(pair.form(lang).to_owned());
        }
        let mut by_synonyms = BTreeMap::<String, Vec<String>>::new();
        for (from, to) in ways(self.foreign, &foreign).into_iter().filter(|(from, _)| !table.contains_key(from)) {
            let words = to.split(' ').map(|word| table.get(&foreign.stem(&fold(word)))?.first().map(String::as_str));
            let translated = by_synonyms.entry(from).or_default();
            if let Some(words) = words.collect::<Option<Vec<_>>>()
                && translated.len() < MOST_BY_SYNONYMS
                && !translated.contains(&words.join(" "))
            {
                translated.push(words.join(" "));
            }
        }
        by_synonyms.retain(|_, translated| !translated.is_empty());
        table.append(&mut by_synonyms);
        thesaurus::write(table.iter())
    }
}

/// The most translations of a word by its synonyms.
const MOST_BY_SYNONYMS: usize = 3;

/// From what each synonym leads to what, as it is looked for.
fn ways(synonyms: &[Synonym], analyser: &Analyser) -> Vec<(String, String)> {
    let read = |written: &Written| (key_of(analyser, &written.text), content_words(analyser, &written.text).join(" "));
    let mut ways = Vec::new();
    let mut added = HashSet::new();
    for Synonym { say, also, one_way } in synonyms {
        let (say, also) = (read(say), also.iter().map(read).collect::<Vec<_>>());
        let mut add = |(from, _): &(String, String), (to, phrase): &(String, String)| {
            let is_new = !from.is_empty() && !phrase.is_empty() && from != to;
            if is_new && added.insert((from.clone(), phrase.clone())) {
                ways.push((from.clone(), phrase.clone()));
            }
        };
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
    ways
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
