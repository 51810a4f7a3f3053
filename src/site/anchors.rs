//! The headings of a page as links name them: [`Anchors`].
//!
//! A writer names a heading by its id. Links that come from other tools name it in their way: accents kept, punctuation
//! dropped or turned into hyphens, numbers from 1 if two headings are alike. All tools agree on the letters and digits,
//! so a heading is found by these if only one has them.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use percent_encoding::percent_decode_str;

use crate::diagnostic::KnownNames;
use crate::document::{Document, plain_text};
use crate::path;

/// The ids of a page's headings, and their other names.
#[derive(Clone, Debug, Default)]
pub struct Anchors {
    ids: KnownNames,
    /// GitHub's names for headings that are not found by their letters alone, each with its id.
    synonyms: BTreeMap<String, String>,
    /// The letters of each id, and the id, in alphabetical order; made when a link is not an id.
    by_letters: OnceLock<Vec<(String, String)>>,
}

impl PartialEq for Anchors {
    /// Whether the same names lead to the same headings; what is derived from them does not count.
    fn eq(&self, other: &Self) -> bool {
        (&self.ids, &self.synonyms) == (&other.ids, &other.synonyms)
    }
}

impl Eq for Anchors {}

impl Anchors {
    /// The headings of a document, wherever they are in it.
    pub fn of<L>(document: &Document<L>) -> Self {
        let headings = document.anchors();
        let mut anchors = Self { ids: KnownNames::new(headings.iter().map(|(id, _)| *id)), ..Self::default() };
        let mut times = HashMap::<String, usize>::new();
        for (id, words) in headings {
            let name = as_github(&plain_text(words));
            let before = times.entry(name.clone()).and_modify(|times| *times += 1).or_default();
            let name = if *before == 0 { name } else { format!("{name}-{before}") };
            if !anchors.ids.contains(&name) && anchors.by_letters(&name) != Some(id) {
                anchors.synonyms.entry(name).or_insert_with(|| id.to_owned());
            }
        }
        // Headings are seldom looked up by another name.
        anchors.by_letters = OnceLock::new();
        anchors
    }

    /// The ids.
    pub fn ids(&self) -> &KnownNames {
        &self.ids
    }

    /// The id of the heading that a link names.
    pub fn find(&self, written: &str) -> Option<&str> {
        if let Some(id) = self.ids.get(written) {
            return Some(id);
        }
        let name = percent_decode_str(written).decode_utf8_lossy().to_lowercase();
        self.synonyms.get(&name).map(String::as_str).or_else(|| self.by_letters(&name))
    }

    /// The only id that has the letters and digits of a name.
    fn by_letters(&self, name: &str) -> Option<&str> {
        let wanted = letters(name);
        let ids = self.by_letters.get_or_init(|| {
            let mut ids: Vec<_> = self.ids.iter().map(|id| (letters(id), id.to_owned())).collect();
            ids.sort_unstable();
            ids
        });
        let first = ids.partition_point(|(letters, _)| *letters < wanted);
        let mut same = ids[first..].iter().take_while(|(letters, _)| *letters == wanted);
        let (_, id) = same.next().filter(|_| !wanted.is_empty() && same.next().is_none())?;
        Some(id)
    }
}

fn letters(name: &str) -> String {
    path::slug(name).replace('-', "")
}

/// The name that GitHub gives a heading: its letters, digits, hyphens and underscores in small letters, its spaces as
/// hyphens.
fn as_github(words: &str) -> String {
    let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::markdown::{At, Source, parse};
    use crate::path::ContentPath;

    fn find(text: &str, written: &str) -> Option<String> {
        let file = ContentPath::new("a.fr.md");
        let document = parse(&Source { file: &file, at: At::Offset(0), rules: None }, text).0;
        Anchors::of(&document).find(written).map(str::to_owned)
    }

    #[test]
    fn names_as_other_tools_give_them_lead_to_the_heading() {
        let text = "## Licences réciproques\n\n## What’s new?\n\n## A & B\n";
        assert_eq!(find(text, "licences-reciproques").as_deref(), Some("licences-reciproques"));
        assert_eq!(find(text, "licences-réciproques").as_deref(), Some("licences-reciproques"));
        assert_eq!(find(text, "licences-r%C3%A9ciproques").as_deref(), Some("licences-reciproques"));
        assert_eq!(find(text, "Licences-Réciproques").as_deref(), Some("licences-reciproques"));
        assert_eq!(find(text, "whats-new").as_deref(), Some("what-s-new"));
        assert_eq!(find(text, "a--b").as_deref(), Some("a-b"));
        assert_eq!(find(text, "licences"), None);
    }

    #[test]
    fn the_second_of_two_headings_is_number_one_elsewhere() {
        let text = "## Overview\n\n## Overview\n\n## Overview 2\n";
        assert_eq!(find(text, "overview").as_deref(), Some("overview"));
        assert_eq!(find(text, "overview-1").as_deref(), Some("overview-3"));
        assert_eq!(find(text, "overview-2").as_deref(), Some("overview-2"));
    }

    #[test]
    fn headings_inside_quotations_lists_and_details_are_found() {
        let text = "> ## Inner\n\n- ### Item\n\n<details>\n<summary>S</summary>\n\n## Hidden\n\n</details>\n";
        for id in ["inner", "item", "hidden"] {
            assert_eq!(find(text, id).as_deref(), Some(id));
        }
    }

    #[test]
    fn a_heading_with_an_id_of_its_own_keeps_the_name_that_its_words_make() {
        assert_eq!(find("## Long words {#short}\n", "long-words").as_deref(), Some("short"));
    }
}
