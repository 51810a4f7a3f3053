//! Puts the footnotes of HTML into the tree in the form that those of Markdown have: [`take`].
//!
//! Whatever tool wrote them, they are a raised link to an element further down that holds a note. An element that no
//! such link leads to, or that holds more than a note, stays where it is.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::{self, Element, Node};

/// Turns footnotes into those of Markdown, at the end of the page. Returns the words that were left out.
pub(super) fn take(nodes: &mut Vec<Node>) -> Vec<String> {
    let mut taking = Taking { notes: notes(nodes), ..Taking::default() };
    if taking.notes.is_empty() {
        return Vec::new();
    }
    taking.walk(nodes);
    nodes.append(&mut taking.taken);
    taking.left_out
}

#[derive(Default)]
struct Taking {
    /// The ids of notes.
    notes: BTreeSet<String>,
    /// Those that were taken.
    done: BTreeSet<String>,
    /// The notes.
    taken: Vec<Node>,
    /// The words that were left out.
    left_out: Vec<String>,
}

/// The ids of elements that are notes: a reference comes before each.
fn notes(nodes: &[Node]) -> BTreeSet<String> {
    let mut referred = BTreeMap::<&str, usize>::new();
    let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
    for (at, element) in tree::elements(nodes).into_iter().enumerate() {
        if let Some(id) = reference(element) {
            referred.entry(id).or_insert(at);
        }
        for id in ids(element).into_iter().filter(|id| seen.insert(*id)) {
            if referred.contains_key(id) && is_note(element) {
                found.insert(id.to_owned());
            }
        }
    }
    found
}

/// The id that a reference to a note leads to.
fn reference(element: &Element) -> Option<&str> {
    if element.has_class("footnote-reference") {
        return None;
    }
    let link = match element.name.as_str() {
        "sup" => only_child(element).filter(|inner| inner.name == "a")?,
        "a" => {
            let words = tree::text(&element.children);
            let is_raised = only_child(element).is_some_and(|inner| inner.name == "sup");
            let is_bracketed = words.trim().starts_with('[') && words.trim().ends_with(']');
            let is_named = element.get("role") == Some("doc-noteref") || is_bracketed;
            (is_raised || is_named).then_some(element)?
        }
        _ => return None,
    };
    let words = tree::text(&link.children);
    let mark = words.split_whitespace().next_back()?.trim_matches(['[', ']', '(', ')']);
    let is_mark = (1..=3).contains(&mark.chars().count());
    link.get("href")?.strip_prefix('#').filter(|id| is_mark && !id.is_empty())
}

fn is_blank(node: &Node) -> bool {
    matches!(node, Node::Text(text) if text.trim().is_empty())
}

/// The only element that is in another one, with no words beside it.
fn only_child(element: &Element) -> Option<&Element> {
    let mut children = element.children.iter().filter(|node| !is_blank(node));
    let only = children.next()?.element()?;
    children.next().is_none().then_some(only)
}

/// The ids of a block: its own, and those of anchors that it begins with.
fn ids(element: &Element) -> Vec<&str> {
    if !matches!(element.name.as_str(), "p" | "li" | "dd" | "div" | "aside") || element.has_class("footnote-definition")
    {
        return Vec::new();
    }
    let first = element.children.iter().find(|node| !is_blank(node)).and_then(Node::element);
    let first = first.filter(|first| matches!(first.name.as_str(), "a" | "sup" | "span"));
    let inner = first.and_then(only_child).filter(|inner| inner.name == "a");
    let named = [Some(element), first, inner].into_iter().flatten();
    named.flat_map(|named| ["id", "name"].into_iter().filter_map(|name| named.get(name))).collect()
}

/// Whether a block holds a note and nothing more.
fn is_note(element: &Element) -> bool {
    let is_more = |inner: &&Element| {
        matches!(inner.name.as_str(), "table" | "section" | "article" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
    };
    tree::text(&element.children).chars().any(char::is_alphabetic)
        && !tree::elements(&element.children).iter().any(is_more)
}

impl Taking {
    /// Takes the notes out of a part of the page. Returns whether there were any.
    fn walk(&mut self, nodes: &mut Vec<Node>) -> bool {
        let mut any = false;
        let mut kept: Vec<Node> = Vec::with_capacity(nodes.len());
        for node in std::mem::take(nodes) {
            let Node::Element(mut element) = node else {
                kept.push(node);
                continue;
            };
            if let Some(id) = reference(&element).filter(|id| self.notes.contains(*id)) {
                kept.push(Node::Element(as_reference(&element, id)));
                continue;
            }
            let is_open = |id: &&str| self.notes.contains(*id) && !self.done.contains(*id);
            let id = ids(&element).into_iter().find(is_open).map(str::to_owned);
            if let Some(id) = id.filter(|_| is_note(&element)) {
                any = true;
                if element.name == "dd" {
                    self.drop_term(&mut kept);
                }
                self.without_ways_back(&mut element.children, true);
                let mut note = Element { name: "div".to_owned(), ..Element::default() };
                note.attributes =
                    vec![("class".to_owned(), "footnote-definition".to_owned()), ("id".to_owned(), label(&id))];
                note.children = element.children;
                self.taken.push(Node::Element(note));
                self.done.insert(id);
                continue;
            }
            if self.walk(&mut element.children) {
                any = true;
                // An element that only held notes is removed with them.
                let is_heading = |name: &str| name.len() == 2 && name.starts_with('h');
                let rest: Vec<Node> = element
                    .children
                    .iter()
                    .filter(|node| !node.element().is_some_and(|inner| is_heading(&inner.name)))
                    .cloned()
                    .collect();
                if tree::text(&rest).trim().is_empty() && tree::first(&rest, "img").is_none() {
                    self.leave_out(&tree::text(&element.children));
                    continue;
                }
            }
            kept.push(Node::Element(element));
        }
        *nodes = kept;
        any
    }

    fn leave_out(&mut self, words: &str) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.chars().any(char::is_alphabetic) {
            self.left_out.push(words);
        }
    }

    /// The term before a note in a list of definitions only says its number.
    fn drop_term(&mut self, kept: &mut Vec<Node>) {
        let term = kept.iter().rposition(|node| node.element().is_some());
        let is_term = |at: &usize| kept[*at].element().is_some_and(|element| element.name == "dt");
        if let Some(at) = term.filter(is_term) {
            let term = kept.remove(at);
            self.leave_out(&tree::text(&[term]));
        }
    }

    /// Removes what leads back to the reference, and the number before the note.
    fn without_ways_back(&mut self, nodes: &mut Vec<Node>, mut first: bool) {
        let mut left_out = Vec::new();
        nodes.retain_mut(|node| match node {
            Node::Element(element) => {
                let link = if element.name == "a" { Some(&*element) } else { only_child(element) };
                let is_back = link.is_some_and(|link| link.name == "a" && is_way_back(link));
                let is_number = first && element.name == "sup" && is_number(&tree::text(&element.children));
                if is_back || is_number {
                    left_out.push(tree::text(&element.children));
                    return false;
                }
                self.without_ways_back(&mut element.children, first);
                first = false;
                true
            }
            Node::Text(words) => {
                if first && !words.trim().is_empty() {
                    first = false;
                    let start = words.trim_start();
                    let split = start.split_once(char::is_whitespace).filter(|(number, _)| is_number(number));
                    if let Some(rest) = split.map(|(_, rest)| rest.trim_start().to_owned()) {
                        *words = rest;
                    }
                }
                true
            }
            Node::Comment(_) => true,
        });
        for words in &left_out {
            self.leave_out(words);
        }
    }
}

/// Whether a link leads from a note back to where it is referred to.
fn is_way_back(link: &Element) -> bool {
    let words = tree::text(&link.children).trim().to_lowercase();
    let says_so = ["return to", "back to", "retour à", "retourner"].iter().any(|start| words.starts_with(start));
    let is_marked = link.get("role") == Some("doc-backlink") || link.get("rev") == Some("footnote");
    let is_sign = !words.chars().any(char::is_alphabetic);
    link.get("href").is_some_and(|href| href.starts_with('#')) && (says_so || is_marked || is_sign)
}

fn is_number(words: &str) -> bool {
    let number = words.trim().trim_matches(['[', ']', '(', ')', '.', ':', '\u{a0}']);
    (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

fn as_reference(element: &Element, id: &str) -> Element {
    let link = Element {
        name: "a".to_owned(),
        attributes: vec![("href".to_owned(), format!("#{}", label(id)))],
        children: Vec::new(),
    };
    let mut attributes = vec![("class".to_owned(), "footnote-reference".to_owned())];
    attributes.extend(element.get("id").map(|id| ("id".to_owned(), id.to_owned())));
    Element { name: "sup".to_owned(), attributes, children: vec![Node::Element(link)] }
}

/// An id as the name of a note.
fn label(id: &str) -> String {
    let label: String = id.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let label = label.trim_matches('-');
    if label.is_empty() { "note".to_owned() } else { label.to_owned() }
}
