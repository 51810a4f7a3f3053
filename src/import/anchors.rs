//! Where the places of an old page are on the new one, by every name that a link may use for them: [`Anchors`]. Owns how
//! tools name headings ([`Naming`]).

use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use super::template;
use crate::document::Document;
use crate::path;
use crate::site::anchors as site;

/// Where an anchor of an old page is on the new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It was the title: the whole page.
    Title,
    /// It is above the first heading, where no link can lead.
    Beginning,
    /// It is a heading, or below one; its id.
    Heading(String),
}

/// The places of one page.
pub(super) struct Anchors {
    known: HashMap<String, Place>,
    headings: site::Anchors,
}

/// What a page has that links can name, before its new ids are known.
#[derive(Default)]
pub(super) struct Named {
    /// The title, if it was a heading, and the anchors in it.
    pub title: Option<(String, Vec<String>)>,
    /// The anchors, with the number of the heading that each leads to, from 0; `None` if it is above the first.
    pub anchors: Vec<(String, Option<usize>)>,
    /// The words of each heading.
    pub headings: Vec<String>,
}

impl Anchors {
    /// The places of a page whose new words are known. What the page itself says comes before the names that its tool
    /// made, and these before those of other tools.
    pub(super) fn new<L>(named: &Named, document: &Document<L>, naming: Option<Naming>) -> Self {
        let ids: Vec<&str> = document.anchors().iter().map(|(id, _)| *id).collect();
        let place = |number: Option<usize>| {
            let id = number.and_then(|number| ids.get(number).or(ids.last()));
            id.map_or(Place::Beginning, |id| Place::Heading((*id).to_owned()))
        };
        let mut known = HashMap::<String, Place>::new();
        let mut add = |name: String, place: Place| {
            known.entry(name).or_insert(place);
        };
        for anchor in named.title.iter().flat_map(|(_, anchors)| anchors) {
            add(anchor.clone(), Place::Title);
        }
        for (anchor, number) in &named.anchors {
            add(anchor.clone(), place(*number));
        }
        for naming in naming.into_iter().chain(Naming::ALL) {
            let mut names = Names::default();
            if let Some((title, _)) = &named.title {
                add(names.of(naming, title), Place::Title);
            }
            for (number, words) in named.headings.iter().enumerate() {
                add(names.of(naming, words), place(Some(number)));
            }
        }
        Self { known, headings: site::Anchors::of(document) }
    }

    /// The place that a link names.
    pub(super) fn find(&self, fragment: &str) -> Option<Place> {
        let decoded = percent_decode_str(fragment).decode_utf8_lossy();
        let names = [fragment, &decoded, &decoded.to_lowercase()];
        let known = names.iter().find_map(|name| self.known.get(*name)).cloned();
        known.or_else(|| self.headings.find(fragment).map(|id| Place::Heading(id.to_owned())))
    }
}

/// How a tool makes the name of a heading from its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Naming {
    /// GitHub, Hugo, Docusaurus and Jekyll: letters with their accents, and a hyphen for each space.
    Github,
    /// Python-Markdown, which `MkDocs` uses: letters without their accents, `_1` for the second of a name.
    Python,
    /// The same with accents, as its settings can say.
    PythonUnicode,
    /// kramdown: from the first ASCII letter on, ASCII only.
    Kramdown,
    /// Pandoc: from the first letter on, with dots.
    Pandoc,
    /// markdown-it: every character, and a hyphen for spaces.
    MarkdownIt,
    /// A hyphen for everything that is neither a letter nor a digit.
    Hyphens,
}

impl Naming {
    const ALL: [Self; 7] = [
        Self::Github,
        Self::Python,
        Self::PythonUnicode,
        Self::Kramdown,
        Self::Pandoc,
        Self::MarkdownIt,
        Self::Hyphens,
    ];

    fn name(self, words: &str) -> String {
        let lower = words.trim().to_lowercase();
        let kept = |keep: &dyn Fn(char) -> bool| lower.chars().filter(|c| keep(*c)).collect::<String>();
        let hyphens = |text: String, runs: bool| {
            let is_gap = |c: char| c.is_whitespace() || runs && c == '-';
            let mut name = String::with_capacity(text.len());
            for c in text.trim().chars() {
                if !is_gap(c) {
                    name.push(c);
                } else if !runs || !name.ends_with('-') {
                    name.push('-');
                }
            }
            name
        };
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-' || c.is_whitespace();
        match self {
            Self::Github => hyphens(kept(&is_word), false),
            Self::Python => {
                let ascii: String = lower.chars().filter_map(without_accent).collect();
                hyphens(ascii.chars().filter(|c| is_word(*c)).collect(), true)
            }
            Self::PythonUnicode => hyphens(kept(&is_word), true),
            Self::Kramdown => {
                let plain = kept(&|c| c.is_ascii_alphanumeric() || c == ' ' || c == '-');
                section(hyphens(plain.trim_start_matches(|c: char| !c.is_ascii_alphabetic()).to_owned(), false))
            }
            Self::Pandoc => {
                let plain = kept(&|c| is_word(c) || c == '.');
                section(hyphens(plain.trim_start_matches(|c: char| !c.is_alphabetic()).to_owned(), true))
            }
            Self::MarkdownIt => hyphens(lower, true),
            Self::Hyphens => path::slug(words),
        }
    }

    /// What is between the name and the number of a further heading of that name.
    fn mark(self) -> char {
        match self {
            Self::Python | Self::PythonUnicode => '_',
            Self::Github | Self::Kramdown | Self::Pandoc | Self::MarkdownIt | Self::Hyphens => '-',
        }
    }
}

/// The name of a heading without any letter.
fn section(name: String) -> String {
    if name.is_empty() { "section".to_owned() } else { name }
}

/// A character in ASCII, if that is the same without its accent: « œ » is not.
fn without_accent(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c);
    }
    let plain = path::slug(c.encode_utf8(&mut [0; 4]));
    let mut plain = plain.chars();
    let first = plain.next().filter(|_| c.is_alphanumeric() && !"øłđħŧıð".contains(c))?;
    plain.next().is_none().then_some(first)
}

/// The names that the headings of a page were given so far.
#[derive(Default)]
pub(super) struct Names {
    times: HashMap<(Naming, String), usize>,
}

impl Names {
    /// The name of the next heading.
    pub(super) fn of(&mut self, naming: Naming, words: &str) -> String {
        let name = naming.name(words);
        let times = self.times.entry((naming, name.clone())).or_default();
        *times += 1;
        if *times > 1 { format!("{name}{}{}", naming.mark(), *times - 1) } else { name }
    }
}

/// The words of a heading without template code.
pub(super) fn words(text: &str) -> String {
    let words = template::parts(text).into_iter().filter_map(|part| match part {
        template::Part::Words(words) => Some(words),
        template::Part::Place(_) => None,
    });
    words.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_has_the_name_that_each_tool_gives_it() {
        let of = |naming: Naming, words: &str| Names::default().of(naming, words);
        let words = "2. L’été & l’œuf_1 à 3.5";
        assert_eq!(of(Naming::Github, words), "2-lété--lœuf_1-à-35");
        assert_eq!(of(Naming::Python, words), "2-lete-luf_1-a-35");
        assert_eq!(of(Naming::PythonUnicode, words), "2-lété-lœuf_1-à-35");
        assert_eq!(of(Naming::Kramdown, words), "lt--luf1--35");
        assert_eq!(of(Naming::Pandoc, words), "lété-lœuf_1-à-3.5");
        assert_eq!(of(Naming::MarkdownIt, words), "2.-l’été-&-l’œuf_1-à-3.5");
        assert_eq!(of(Naming::Hyphens, words), "2-l-ete-l-oeuf-1-a-3-5");
    }

    #[test]
    fn the_second_heading_of_a_name_has_a_number_after_the_mark_of_the_tool() {
        let mut names = Names::default();
        let mut of = |naming| names.of(naming, "Rules");
        assert_eq!([of(Naming::Python), of(Naming::Python), of(Naming::Python)], ["rules", "rules_1", "rules_2"]);
        assert_eq!([of(Naming::Github), of(Naming::Github)], ["rules", "rules-1"]);
    }
}
