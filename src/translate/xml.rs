//! XML that came from anybody, as a tree: [`parse`]. Names lose their prefixes; a document type is refused, so that no
//! entity is ever expanded.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

use super::Unreadable;

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name without a prefix.
    pub name: String,
    /// Its attributes, their names without prefixes.
    pub attributes: Vec<(String, String)>,
    /// What it holds.
    pub children: Vec<Child>,
    /// Where it begins and ends in the text.
    pub range: std::ops::Range<usize>,
}

/// What an element holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Child {
    /// An element.
    Element(Element),
    /// A text.
    Text(String),
}

/// Deeper than any package.
const DEEPEST: usize = 128;

/// More elements than in any package.
const MOST: usize = 1 << 20;

impl Element {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Its elements.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// Its first element of a name.
    pub(super) fn element(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// All elements of a name below it, in order; none inside of another one of them.
    pub(super) fn all<'e>(&'e self, name: &str, found: &mut Vec<&'e Self>) {
        for element in self.elements() {
            if element.name == name {
                found.push(element);
            } else {
                element.all(name, found);
            }
        }
    }
}

/// Bytes as text: UTF-8, or UTF-16 with its mark, as some tools write it.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Unreadable> {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16(&units).map_err(|_| Unreadable::Damaged(0))
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] | rest => {
            String::from_utf8(rest.to_vec()).map_err(|error| Unreadable::Damaged(error.utf8_error().valid_up_to()))
        }
    }
}

/// Reads a document; its root holds the document's element.
pub(super) fn parse(text: &str) -> Result<Element, Unreadable> {
    let mut reader = Reader::from_str(text);
    let mut stack = vec![Element::default()];
    let mut count = 0;
    loop {
        let start = at(reader.buffer_position());
        let event = reader.read_event().map_err(|_| Unreadable::Damaged(start.min(text.len())))?;
        let damaged = || Unreadable::Damaged(start);
        match event {
            Event::Eof => break,
            Event::DocType(_) => return Err(Unreadable::Doctype),
            Event::Start(tag) => {
                count += 1;
                if stack.len() > DEEPEST || count > MOST {
                    return Err(Unreadable::TooLarge);
                }
                stack.push(element(&tag, start).ok_or_else(damaged)?);
            }
            Event::Empty(tag) => {
                count += 1;
                if count > MOST {
                    return Err(Unreadable::TooLarge);
                }
                let mut element = element(&tag, start).ok_or_else(damaged)?;
                element.range.end = at(reader.buffer_position());
                push(&mut stack, Child::Element(element));
            }
            Event::End(_) => {
                let mut element = stack.pop().filter(|_| !stack.is_empty()).ok_or_else(damaged)?;
                element.range.end = at(reader.buffer_position());
                push(&mut stack, Child::Element(element));
            }
            Event::Text(part) => {
                add(&mut stack, &part);
            }
            Event::CData(part) => {
                add(&mut stack, &part);
            }
            Event::GeneralRef(name) => {
                let sign = match name.strip_prefix('#') {
                    Some(number) => character(number).map(String::from),
                    None => resolve_xml_entity(&name).map(str::to_owned),
                };
                add(&mut stack, &sign.ok_or_else(damaged)?);
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    let root = stack.pop().filter(|_| stack.is_empty()).ok_or(Unreadable::Damaged(text.len()))?;
    if root.elements().next().is_some() { Ok(root) } else { Err(Unreadable::Other) }
}

fn at(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

fn character(number: &str) -> Option<char> {
    let code = match number.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|c| *c != '\0')
}

fn element(tag: &BytesStart<'_>, start: usize) -> Option<Element> {
    let name = tag.local_name().into_inner().to_owned();
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        let name = attribute.key.local_name().into_inner().to_owned();
        attributes.push((name, quick_xml::escape::unescape(&attribute.value).ok()?.into_owned()));
    }
    Some(Element { name, attributes, children: Vec::new(), range: start..start })
}

fn push(stack: &mut [Element], child: Child) {
    if let Some(open) = stack.last_mut() {
        open.children.push(child);
    }
}

fn add(stack: &mut [Element], part: &str) {
    let Some(open) = stack.last_mut() else { return };
    match open.children.last_mut() {
        Some(Child::Text(text)) => text.push_str(part),
        _ => open.children.push(Child::Text(part.to_owned())),
    }
}

/// A text inside of XML. Signs that XML cannot hold are left out.
pub(super) fn text(text: &str) -> String {
    let sound: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r')).collect();
    quick_xml::escape::escape(sound.as_str()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_could_do_harm_with_is_refused() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>";
        assert_eq!(parse(bomb), Err(Unreadable::Doctype));
        assert_eq!(parse("<x>&b;</x>"), Err(Unreadable::Damaged(3)));
        assert_eq!(parse(&"<x>".repeat(1_000)), Err(Unreadable::TooLarge));
        assert!(matches!(parse("<x><y></x>"), Err(Unreadable::Damaged(_))));
        assert!(matches!(parse("<x>"), Err(Unreadable::Damaged(_))));
        assert_eq!(parse("words"), Err(Unreadable::Other));
        assert_eq!(parse(""), Err(Unreadable::Other));
    }

    #[test]
    fn a_tree_knows_where_its_elements_are() {
        let text = "<?xml version='1.0'?><a:x n='1 &lt; 2'>é &amp; <!-- no --><y/>&#233;<![CDATA[<]]></a:x>";
        let root = parse(text).unwrap();
        let x = root.element("x").unwrap();
        assert_eq!(x.attribute("n"), Some("1 < 2"));
        assert_eq!(x.children[0], Child::Text("é & ".to_owned()));
        assert_eq!(x.children[2], Child::Text("é<".to_owned()));
        assert_eq!(&text[x.element("y").unwrap().range.clone()], "<y/>");
    }

    #[test]
    fn texts_of_other_encodings_are_read() {
        let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain("é".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(decode(&wide).as_deref(), Ok("é"));
        assert_eq!(decode("\u{feff}é".as_bytes()).as_deref(), Ok("é"));
        assert!(decode(b"\xe9").is_err());
    }
}
