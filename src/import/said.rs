//! The words that elements hold in attributes, which only some readers of the old page met: [`of`], [`elsewhere`].

use super::tree::{self, Element, Node};

/// Attributes of HTML whose values are words.
const WORDS: [&str; 22] = [
    "abbr",
    "alt",
    "aria-description",
    "aria-label",
    "aria-placeholder",
    "aria-roledescription",
    "aria-valuetext",
    "attr",
    "caption",
    "content",
    "data-caption",
    "data-content",
    "data-original-title",
    "data-title",
    "data-tooltip",
    "description",
    "label",
    "placeholder",
    "summary",
    "text",
    "title",
    "tooltip",
];

/// Attributes of other elements whose values are never words.
const TECHNICAL: [&str; 35] = [
    "align",
    "class",
    "color",
    "colour",
    "default",
    "defaultvalue",
    "dir",
    "groupid",
    "height",
    "hidden",
    "href",
    "icon",
    "id",
    "is",
    "key",
    "kind",
    "lang",
    "language",
    "loading",
    "name",
    "position",
    "querystring",
    "ref",
    "rel",
    "role",
    "size",
    "slot",
    "src",
    "style",
    "target",
    "theme",
    "to",
    "type",
    "url",
    "variant",
];

/// Whether the value of an attribute is words, also of one of Word (`o:title`).
fn is_words(name: &str) -> bool {
    WORDS.contains(&name.rsplit(':').next().unwrap_or(name))
}

/// Whether the value of an attribute of an element that HTML does not have says nothing to readers.
pub(super) fn is_technical(name: &str) -> bool {
    let name = name.to_lowercase();
    let is_event = name.starts_with('@') || name.starts_with("on") || name.starts_with("v-on");
    is_event || name == tree::COMPONENT_NAME || name.starts_with("xmlns") || TECHNICAL.contains(&name.as_str())
}

/// The words in the attributes of an element.
pub(super) fn of(element: &Element) -> Vec<String> {
    words(element, tree::is_foreign(&element.name) && !element.name.contains(':'))
}

fn words(element: &Element, any: bool) -> Vec<String> {
    let is_field = element.name == "input"
        && !matches!(element.get("type"), Some("hidden" | "checkbox" | "radio" | "color" | "range"));
    let is_said = |name: &str| if any { !is_technical(name) } else { is_words(name) || name == "value" && is_field };
    let words = element.attributes.iter().filter(|(name, _)| is_said(name)).map(|(_, value)| value.trim());
    words.filter(|words| words.chars().any(char::is_alphabetic)).map(str::to_owned).collect()
}

/// The elements of a tree with words in their attributes. The parts of a drawing or a formula have names that HTML does
/// not know, and values that are no words.
pub(super) fn all(nodes: &[Node]) -> Vec<(&Element, Vec<String>)> {
    with_drawings(nodes).into_iter().map(|(element, words, _)| (element, words)).collect()
}

/// The same, and whether each element is a part of a drawing.
fn with_drawings(nodes: &[Node]) -> Vec<(&Element, Vec<String>, bool)> {
    let mut found = Vec::new();
    let mut open: Vec<(&Node, bool)> = nodes.iter().rev().map(|node| (node, false)).collect();
    while let Some((node, is_drawn)) = open.pop() {
        let Some(element) = node.element() else { continue };
        let words = if is_drawn { words(element, false) } else { of(element) };
        if !words.is_empty() {
            found.push((element, words, is_drawn));
        }
        let is_drawn = is_drawn || matches!(element.name.as_str(), "svg" | "math");
        open.extend(element.children.iter().rev().map(|node| (node, is_drawn)));
    }
    found
}

/// Elements that are replaced by a marked place, which says what is in their attributes.
pub(super) const SHOWN: [&str; 6] = ["iframe", "video", "audio", "embed", "object", "form"];

/// Parts of such elements, which show nothing themselves.
pub(super) const OF_SHOWN: [&str; 4] = ["track", "source", "param", "embed"];

/// The words in attributes that have no place on the new page: those that only reach readers who point at an element,
/// listen to it or have not filled it in.
pub(super) fn elsewhere(nodes: &[Node]) -> Vec<String> {
    let mut found = Vec::new();
    for (element, all, is_drawn) in with_drawings(nodes) {
        let name = element.name.as_str();
        let is_reported = SHOWN.contains(&name)
            || OF_SHOWN.contains(&name)
            || tree::is_foreign(name) && !name.contains(':') && !is_drawn;
        for words in all.into_iter().filter(|_| !is_reported) {
            let has_place = match name {
                "abbr" | "acronym" => element.get("title").is_some_and(|title| title.trim() == words),
                "img" => [element.get("alt"), element.get("title")].iter().flatten().any(|own| own.trim() == words),
                _ => false,
            };
            if !has_place && !tree::text(&element.children).contains(&words) {
                found.push(words);
            }
        }
    }
    found
}
