//! The lists of an old page as Markdown ([`Writer::list`]), and the paragraphs of Word that are lists ([`of_word`]).

use std::sync::LazyLock;

use regex::Regex;

use super::marks::hung;
use super::note::Note;
use super::pattern;
use super::tree::{self, Element, Node};
use super::words::{Writer, is_blank};

impl Writer<'_> {
    /// The items of a list, each with what is in it.
    pub(super) fn list(&mut self, element: &Element) -> Option<String> {
        let start: Option<u64> =
            (element.name == "ol").then(|| element.get("start").and_then(|start| start.parse().ok()).unwrap_or(1));
        let (mut items, mut number, mut loose) = (Vec::new(), start, false);
        self.note_numbering(element);
        for node in &element.children {
            let inner = match node {
                Node::Element(item) if item.name == "li" => {
                    self.anchor(item);
                    &item.children[..]
                }
                node if is_blank(node) => continue,
                node => std::slice::from_ref(node),
            };
            let tick = tree::first(inner, "input").filter(|input| input.get("type") == Some("checkbox"));
            let tick = tick.map(|input| if input.get("checked").is_some() { "[x] " } else { "[ ] " });
            let switches = self.switches.len();
            let blocks = self.blocks(inner);
            if blocks.is_empty() && self.switches.len() > switches {
                continue;
            }
            loose |= inner.iter().filter_map(Node::element).filter(|inner| inner.name == "p").count() > 0;
            let marker = number.map_or("- ".to_owned(), |number| format!("{number}. "));
            number = number.map(|number| number + 1);
            let tight = |blocks: &[String]| {
                let is_list = |block: &String| block.starts_with("- ") || block.starts_with("1. ");
                blocks.len() == 2 && is_list(&blocks[1])
            };
            let text = blocks.join(if tight(&blocks) { "\n" } else { "\n\n" });
            let indent = " ".repeat(marker.len());
            items.push(format!("{marker}{}{}", tick.unwrap_or_default(), hung(&text, &indent)));
        }
        (!items.is_empty()).then(|| items.join(if loose { "\n\n" } else { "\n" }))
    }

    /// Reports that a list had other numbers than it has now: words of the page may name them.
    pub(super) fn note_numbering(&mut self, element: &Element) {
        if let Some(numbers) = numbering(element) {
            let words = tree::text(&element.children);
            let words: Vec<&str> = words.split_whitespace().take(8).collect();
            self.notes.push(Note::Numbers(numbers.to_owned(), words.join(" ")));
        }
    }
}

/// How a list is numbered, if not by figures from its start upwards. The templates of Canada.ca have short names.
fn numbering(list: &Element) -> Option<&'static str> {
    const NAMED: [(&str, [&str; 4]); 4] = [
        ("a, b, c", ["lower-alpha", "lower-latin", "lwr-alph", "loweralpha"]),
        ("A, B, C", ["upper-alpha", "upper-latin", "upr-alph", "upperalpha"]),
        ("i, ii, iii", ["lower-roman", "lwr-rmn", "lwr-roman", "lowerroman"]),
        ("I, II, III", ["upper-roman", "upr-rmn", "upr-roman", "upperroman"]),
    ];
    if list.name != "ol" {
        return None;
    }
    let items = list.children.iter().filter_map(Node::element).filter(|item| item.name == "li");
    let style =
        [list.get("style"), list.get("class")].into_iter().flatten().collect::<Vec<_>>().join(" ").to_lowercase();
    let by_style =
        || NAMED.iter().find(|(_, names)| names.iter().any(|name| style.contains(name))).map(|(kind, _)| *kind);
    let kind = list.get("type").or_else(|| items.clone().find_map(|item| item.get("type")));
    let by_type =
        NAMED.iter().map(|(kind, _)| *kind).find(|own| kind.is_some_and(|kind| own.split(',').next() == Some(kind)));
    let is_reversed = list.get("reversed").is_some().then_some("3, 2, 1");
    let has_own = || items.clone().skip(1).any(|item| item.get("value").is_some()).then_some("1, 5, 2");
    by_type.or_else(by_style).or(is_reversed).or_else(has_own)
}

/// What Word writes before the words of an item.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^[\s\u{a0}]*(?:([·•§▪◦o\u{f0b7}\u{f0a7}–-])|(\d{1,3}|[A-Za-z]{1,4})[.)])(?:[\s\u{a0}]+|$)")
});
static LEVEL: LazyLock<Regex> = LazyLock::new(|| pattern(r"mso-list:\s*\S+\s+level(\d)"));

/// An item of a list of Word.
struct Item {
    level: usize,
    /// The number before it; `None` if it has a sign.
    number: Option<String>,
    children: Vec<Node>,
}

/// Turns the paragraphs of Word that are items of lists into lists, and removes its conditions (`<![if …]>`).
pub(super) fn of_word(nodes: &mut Vec<Node>) {
    let is_condition = |words: &str| {
        let words = words.trim();
        (words.starts_with("[if ") && words.ends_with(']') && words.matches(']').count() == 1) || words == "[endif]"
    };
    nodes.retain(|node| !matches!(node, Node::Comment(words) if is_condition(words)));
    let (mut kept, mut items): (Vec<Node>, Vec<Item>) = (Vec::with_capacity(nodes.len()), Vec::new());
    for mut node in std::mem::take(nodes) {
        if let Node::Element(element) = &mut node {
            of_word(&mut element.children);
            if let Some(item) = item(element) {
                items.push(item);
                continue;
            }
        }
        if is_blank(&node) && !items.is_empty() {
            continue;
        }
        kept.append(&mut lists(std::mem::take(&mut items)));
        kept.push(node);
    }
    kept.append(&mut lists(items));
    *nodes = kept;
}

/// The item that a paragraph is, without its mark.
fn item(element: &Element) -> Option<Item> {
    let style = element.get("style").unwrap_or_default();
    let is_item = style.contains("mso-list:") || element.classes().any(|class| class.starts_with("MsoList"));
    if element.name != "p" || !is_item {
        return None;
    }
    let level = LEVEL.captures(style).and_then(|found| found[1].parse().ok()).unwrap_or(1);
    let mut children = element.children.clone();
    let words = tree::text(&children);
    let found = MARK.captures(&words)?;
    let number = found.get(2).map(|number| number.as_str().to_owned());
    // Spaces are counted as the tree has them, for the mark may be spread over elements.
    let mut left = words[..found.get(0)?.end()].chars().filter(|c| !c.is_whitespace()).count();
    drop_mark(&mut children, &mut left);
    Some(Item { level, number, children })
}

/// Removes the first characters that are not spaces, and the spaces around them.
fn drop_mark(nodes: &mut [Node], left: &mut usize) -> bool {
    for node in nodes {
        match node {
            Node::Text(words) => {
                let mut rest = words.as_str();
                while let Some(c) = rest.chars().next() {
                    if !c.is_whitespace() {
                        if *left == 0 {
                            *words = rest.to_owned();
                            return true;
                        }
                        *left -= 1;
                    }
                    rest = &rest[c.len_utf8()..];
                }
                words.clear();
            }
            Node::Element(element) => {
                if drop_mark(&mut element.children, left) {
                    return true;
                }
            }
            Node::Comment(_) => {}
        }
    }
    false
}

/// The lists that items are.
fn lists(items: Vec<Item>) -> Vec<Node> {
    let (mut lists, mut items) = (Vec::new(), items.into_iter().peekable());
    while items.peek().is_some() {
        lists.append(&mut nested(&mut items));
    }
    lists
}

/// Lists of the items up to the first of a lower level, those of a deeper level in the item before them.
fn nested(items: &mut std::iter::Peekable<std::vec::IntoIter<Item>>) -> Vec<Node> {
    let mut lists: Vec<Node> = Vec::new();
    let Some(level) = items.peek().map(|item| item.level) else { return lists };
    while let Some(item) = items.next_if(|item| item.level >= level) {
        let mut children = item.children;
        if items.peek().is_some_and(|next| next.level > item.level) {
            children.append(&mut nested(items));
        }
        let own = Node::Element(Element { name: "li".to_owned(), attributes: Vec::new(), children });
        let name = if item.number.is_some() { "ol" } else { "ul" };
        match lists.last_mut() {
            Some(Node::Element(list)) if list.name == name => list.children.push(own),
            _ => lists.push(Node::Element(Element {
                name: name.to_owned(),
                attributes: numbers(item.number.as_deref()),
                children: vec![own],
            })),
        }
    }
    lists
}

/// How a list begins whose first number is known.
fn numbers(first: Option<&str>) -> Vec<(String, String)> {
    let kind = match first {
        None => return Vec::new(),
        Some(first) if first.bytes().all(|byte| byte.is_ascii_digit()) => ("start", first),
        Some("i") => ("type", "i"),
        Some("I") => ("type", "I"),
        Some(first) if first.starts_with(char::is_lowercase) => ("type", "a"),
        Some(_) => ("type", "A"),
    };
    vec![(kind.0.to_owned(), kind.1.to_owned())]
}
