//! Words between quotation marks must be side by side: [`Index::documents_with`].

use super::super::answer::Origin;
use super::lookup::Sought;
use super::{Index, Pause};

impl Index {
    /// The documents, in order, in which the words of a phrase (index into `sought`, distance from the first) follow each
    /// other.
    pub(super) fn documents_with(&self, phrase: &[(usize, u32)], sought: &[Sought]) -> Result<Vec<u32>, Pause> {
        let words: Vec<_> = phrase.iter().map(|&(word, distance)| self.starts(&sought[word], distance)).collect();
        let mut words = words.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter();
        let mut starts = words.next().unwrap_or_default();
        for other in words {
            starts.retain(|start| other.binary_search(start).is_ok());
        }
        let mut documents: Vec<u32> = starts.into_iter().map(|(document, _)| document).collect();
        documents.dedup();
        Ok(documents)
    }

    /// Documents that have the word and where the phrase would have to start in each, `distance` words earlier; in order.
    fn starts(&self, word: &Sought, distance: u32) -> Result<Vec<(u32, u32)>, Pause> {
        let mut starts = Vec::new();
        let variants = word.variants.iter().filter(|variant| variant.origin == Origin::Word && variant.with.is_empty());
        let forms = variants.flat_map(|variant| &variant.forms).filter(|form| form.same);
        let lists: Vec<_> = forms.map(|form| self.places_of(&form.info)).collect();
        for list in lists {
            for (document, positions) in list? {
                let there = positions.iter().filter_map(|position| position.checked_sub(distance));
                starts.extend(there.map(|start| (document, start)));
            }
        }
        starts.sort_unstable();
        Ok(starts)
    }
}
