//! A page of HTML, or of Markdown rendered to HTML, as a tree of elements and texts: [`Node`]. Owns `html5ever`.
//!
//! Everything an old page says goes through this one tree, whichever way it was written, so that no second reader of
//! HTML can lose what the first one keeps.

use html5ever::tendril::TendrilSink as _;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use super::said;

/// An element, a text or a comment.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// An element.
    Element(Element),
    /// A text, its references to characters read.
    Text(String),
    /// A note among writers.
    Comment(String),
}

/// An element.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Element {
    /// Its name in lower case.
    pub name: String,
    /// Its attributes.
    pub attributes: Vec<(String, String)>,
    /// What is in it.
    pub children: Vec<Node>,
}

/// What components of JSX are called in the tree, and the attribute that keeps the name of each: HTML has names of its own
/// for some (`<Link>`, `<Image>`), and knows no capitals.
pub(super) const COMPONENT: &str = "mdx-component";
/// See [`COMPONENT`].
pub(super) const COMPONENT_NAME: &str = "mdx-name";

/// Elements deeper than this are taken for their words alone.
const DEEPEST: usize = 200;

impl Element {
    /// Its opening tag, as somebody wrote it: also `<your name here>`, which only looks like an element.
    pub(super) fn opening(&self) -> String {
        let attribute = |(name, value): &(String, String)| match value.as_str() {
            "" => format!(" {name}"),
            value => format!(" {name}=\"{value}\""),
        };
        let written = self.attributes.iter().filter(|(name, _)| name != COMPONENT_NAME);
        format!("<{}{}>", self.written_name(), written.map(attribute).collect::<String>())
    }

    /// Its name as somebody wrote it: components have capitals.
    pub(super) fn written_name(&self) -> &str {
        self.get(COMPONENT_NAME).unwrap_or(&self.name)
    }

    /// Whether no reader of the old page saw it.
    fn is_hidden(&self) -> bool {
        let style = self.get("style").unwrap_or_default().to_lowercase();
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
        let is_found = self.get("hidden").is_some_and(|hidden| hidden.eq_ignore_ascii_case("until-found"));
        self.get("hidden").is_some() && !is_found
            || ["display:none", "visibility:hidden"].iter().any(|rule| style.contains(rule))
    }

    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Whether the element is of a class.
    pub(super) fn has_class(&self, class: &str) -> bool {
        self.classes().any(|own| own == class)
    }

    /// The classes of the element.
    pub(super) fn classes(&self) -> impl Iterator<Item = &str> {
        self.get("class").unwrap_or_default().split_whitespace()
    }
}

impl Node {
    /// The element, if it is one.
    pub(super) fn element(&self) -> Option<&Element> {
        match self {
            Self::Element(element) => Some(element),
            Self::Text(_) | Self::Comment(_) => None,
        }
    }
}

/// Reads a page or a part of one, as a browser would. If that makes a tree of far more elements than were written, only
/// the words are taken: in HTML, what is never closed begins again in each paragraph, so a tree can grow with the
/// square of its page.
pub(super) fn parse(html: &str) -> Vec<Node> {
    /// The least that is parsed at a time, in bytes.
    const PIECE: usize = 1 << 12;
    let most = MOST_NODES + html.len();
    let mut parser = parse_document(RcDom::default(), ParseOpts::default());
    let (mut rest, mut looked_at) = (html, 0);
    while !rest.is_empty() {
        let end = (PIECE.max(html.len() - rest.len()) / 4 + PIECE).min(rest.len());
        let end = (end..rest.len()).find(|at| rest.is_char_boundary(*at)).unwrap_or(rest.len());
        parser.process(rest[..end].into());
        rest = &rest[end..];
        if !rest.is_empty() || looked_at > 0 {
            looked_at = count(&parser.tokenizer.sink.sink.document, most);
        }
        if looked_at > most {
            return vec![Node::Text(without_tags(html))];
        }
    }
    children(&parser.finish().document, 0)
}

/// How many nodes a tree may have, besides one for each byte.
const MOST_NODES: usize = 100_000;

/// How many nodes are below one; not much more than `most` of them are counted.
fn count(handle: &Handle, most: usize) -> usize {
    let (mut open, mut counted) = (vec![handle.clone()], 0);
    while let Some(node) = open.pop() {
        counted += 1;
        if counted > most {
            break;
        }
        open.extend(node.children.borrow().iter().cloned());
    }
    counted
}

/// The words between the tags.
fn without_tags(html: &str) -> String {
    html.split('<').enumerate().fold(String::with_capacity(html.len()), |mut words, (at, part)| {
        words.push_str(if at == 0 { part } else { part.split_once('>').map_or("", |(_, after)| after) });
        words.push(' ');
        words
    })
}

fn children(handle: &Handle, depth: usize) -> Vec<Node> {
    let mut nodes = Vec::new();
    for child in handle.children.borrow().iter() {
        match &child.data {
            NodeData::Text { contents } => nodes.push(Node::Text(contents.borrow().to_string())),
            NodeData::Comment { contents } => nodes.push(Node::Comment(contents.to_string())),
            NodeData::Element { name, attrs, template_contents, .. } => {
                if depth > DEEPEST {
                    let mut text = String::new();
                    collect(child, &mut text);
                    nodes.push(Node::Text(text));
                    continue;
                }
                let attributes = attrs.borrow();
                let attributes = attributes.iter().map(|a| (a.name.local.to_string(), a.value.to_string()));
                let attributes = attributes.collect();
                let inner = template_contents.borrow().as_ref().map(|inner| children(inner, depth + 1));
                let children = inner.unwrap_or_else(|| children(child, depth + 1));
                nodes.push(Node::Element(Element { name: name.local.to_string(), attributes, children }));
            }
            NodeData::Document | NodeData::Doctype { .. } | NodeData::ProcessingInstruction { .. } => {}
        }
    }
    nodes
}

/// The words below a node, without recursion: such trees can be too deep for the stack.
fn collect(handle: &Handle, text: &mut String) {
    let mut open = vec![handle.clone()];
    while let Some(node) = open.pop() {
        if let NodeData::Text { contents } = &node.data {
            text.push(' ');
            text.push_str(&contents.borrow());
        }
        open.extend(node.children.borrow().iter().rev().cloned());
    }
}

/// The elements of a tree in their order, each before what is in it.
pub(super) fn elements(nodes: &[Node]) -> Vec<&Element> {
    let mut found = Vec::new();
    let mut open: Vec<&Node> = nodes.iter().rev().collect();
    while let Some(node) = open.pop() {
        if let Node::Element(element) = node {
            found.push(element);
            open.extend(element.children.iter().rev());
        }
    }
    found
}

/// The first element of a name.
pub(super) fn first<'a>(nodes: &'a [Node], name: &str) -> Option<&'a Element> {
    elements(nodes).into_iter().find(|element| element.name == name)
}

/// Elements that hold no words for readers.
pub(super) const WORDLESS: [&str; 6] = ["script", "style", "template", "head", "noscript", "canvas"];

/// Removes what was hidden from a tree; returns its words.
pub(super) fn take_hidden(nodes: &mut Vec<Node>) -> Vec<String> {
    let mut hidden = Vec::new();
    nodes.retain_mut(|node| {
        let Node::Element(element) = node else { return true };
        if element.is_hidden() {
            let words = text(&element.children).split_whitespace().collect::<Vec<_>>().join(" ");
            hidden.extend(Some(words).filter(|words| !words.is_empty()));
            hidden.extend(said::all(std::slice::from_ref(node)).into_iter().flat_map(|(_, words)| words));
            return false;
        }
        hidden.append(&mut take_hidden(&mut element.children));
        true
    });
    hidden
}

/// Turns the areas of maps into links with their words.
pub(super) fn read_maps(nodes: &mut [Node]) {
    for node in nodes {
        let Node::Element(element) = node else { continue };
        let words = ["alt", "aria-label", "title", "href"].into_iter().find_map(|name| element.get(name));
        let words = words.filter(|words| element.name == "area" && !words.trim().is_empty());
        let Some(words) = words.map(str::to_owned) else {
            read_maps(&mut element.children);
            continue;
        };
        let mut link = std::mem::take(element);
        "a".clone_into(&mut link.name);
        link.children = vec![Node::Text(words)];
        let (name, children) = ("p".to_owned(), vec![Node::Element(link)]);
        *element = Element { name, attributes: Vec::new(), children };
    }
}

/// The words of a tree, including the descriptions of pictures.
pub(super) fn text(nodes: &[Node]) -> String {
    let mut text = String::new();
    // `None` is the gap after an element that is apart.
    let mut open: Vec<Option<&Node>> = nodes.iter().rev().map(Some).collect();
    while let Some(node) = open.pop() {
        let Some(node) = node else {
            text.push(' ');
            continue;
        };
        match node {
            Node::Text(words) => text.push_str(words),
            Node::Comment(_) => {}
            Node::Element(element) if WORDLESS.contains(&element.name.as_str()) => {}
            // Numbers that stand for footnotes are not words.
            Node::Element(element)
                if element.has_class("footnote-reference") || element.has_class("footnote-definition-label") => {}
            Node::Element(element) => {
                if stands_apart(&element.name) {
                    text.push(' ');
                    open.push(None);
                }
                if element.name == "img" {
                    text.push_str(element.get("alt").unwrap_or_default());
                }
                open.extend(element.children.iter().rev().map(Some));
            }
        }
    }
    text
}

/// Whether the words of an element are never one with those beside it.
pub(super) fn stands_apart(name: &str) -> bool {
    !is_inline(name) || matches!(name, "br" | "button" | "input" | "label" | "output" | "select")
}

/// Whether HTML has no such element: a component of some tool, or a name between signs.
pub(super) fn is_foreign(name: &str) -> bool {
    const BLOCKS: [&str; 80] = [
        "address",
        "applet",
        "area",
        "article",
        "aside",
        "audio",
        "base",
        "blockquote",
        "body",
        "canvas",
        "caption",
        "center",
        "col",
        "colgroup",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "embed",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frame",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "iframe",
        "legend",
        "li",
        "link",
        "main",
        "map",
        "menu",
        "meta",
        "meter",
        "nav",
        "noframes",
        "noscript",
        "object",
        "ol",
        "optgroup",
        "option",
        "p",
        "param",
        "picture",
        "pre",
        "progress",
        "script",
        "search",
        "section",
        "source",
        "style",
        "summary",
        "table",
        "tbody",
        "td",
        "template",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "track",
        "ul",
        "video",
    ];
    !is_inline(name) && !BLOCKS.contains(&name)
}

/// Whether an element is in a line of text.
pub(super) fn is_inline(name: &str) -> bool {
    const INLINE: [&str; 42] = [
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "button", "cite", "code", "data", "del", "dfn", "em",
        "font", "i", "img", "input", "ins", "kbd", "label", "mark", "output", "q", "s", "samp", "select", "small",
        "span", "strike", "strong", "sub", "sup", "svg", "time", "tt", "u", "var", "wbr", "ruby", "math",
    ];
    INLINE.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_that_grows_with_the_square_of_its_page_gives_its_words_alone() {
        let html: String = (0..5_000).map(|at| format!("<p><font color=c{at}>word{at} ")).collect();
        let nodes = parse(&html);
        let [Node::Text(words)] = &nodes[..] else { panic!("{} nodes", nodes.len()) };
        assert!(words.contains("word0 ") && words.contains("word4999 ") && !words.contains("font"));
    }

    #[test]
    fn a_long_page_is_read_in_pieces_as_in_one() {
        let html: String =
            (0..2_000).map(|at| format!("<p>Né &amp; r\u{e9}sum\u{e9} <b>n° {at}</b>\r\n</p>")).collect();
        let dom = parse_document(RcDom::default(), ParseOpts::default()).one(&*html);
        assert!(parse(&html) == children(&dom.document, 0));
    }
}
