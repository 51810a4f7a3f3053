//! Words between quotation marks stand side by side: [`Index::documents_with`].

use std::collections::{BTreeMap, BTreeSet};

use super::super::answer::Origin;
use super::lookup::Sought;
use super::{Index, Pause};

impl Index {
    /// The documents in which the words of a phrase (index into `sought`, distance from the first) follow each other.
    pub(super) fn documents_with(&self, phrase: &[(usize, u32)], sought: &[Sought]) -> Result<BTreeSet<u32>, Pause> {
        let words: Vec<_> = phrase.iter().map(|&(word, distance)| self.starts(&sought[word], distance)).collect();
        let mut words = words.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter();
        let Some(mut starts) = words.next() else { return Ok(BTreeSet::new()) };
        for other in words {
            starts.retain(|document, at| {
                let there = other.get(document);
                at.retain(|start| there.is_some_and(|there| there.contains(start)));
                !at.is_empty()
            });
        }
        Ok(starts.into_keys().collect())
    }

    /// Where the phrase would have to start in each document that has the word, `distance` words later.
    fn starts(&self, word: &Sought, distance: u32) -> Result<BTreeMap<u32, BTreeSet<u32>>, Pause> {
        let mut starts: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        let forms =
            word.variants.iter().filter(|variant| variant.origin == Origin::Word).flat_map(|variant| &variant.forms);
        let forms: Vec<_> = forms.filter(|form| form.same).collect();
        let lists: Vec<_> = forms.iter().map(|form| self.places_of(&form.info)).collect();
        for list in lists {
            for (document, positions) in list? {
                let there = positions.iter().filter_map(|position| position.checked_sub(distance));
                starts.entry(document).or_default().extend(there);
            }
        }
        Ok(starts)
    }
}
