//! Packages as XLIFF 1.2: [`write()`], [`read`].
//!
//! One file for one record, a group for each section, a unit for each passage. Marks are `<g>` and `<x/>`, which hold a
//! number and what the mark looks like, and nothing that could be changed. What the source said before is in
//! `<alt-trans>` as a previous version.

use std::fmt::Write as _;

use super::words::{Piece, Words};
use super::xml::{self, Child, Element, text};
use super::{Address, Package, Passage, Returned, ReturnedPassage, State, Unreadable, mark_label};
use crate::diagnostic::{Span, catalog};
use crate::lang::Lang;
use crate::path::ContentPath;

/// The names of the languages in packages: tools of translators know the variety.
fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en-CA",
        Lang::Fr => "fr-CA",
    }
}

/// Writes a package.
pub(super) fn write(package: &Package) -> Vec<u8> {
    let Address { site, id, from, to } = &package.address;
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n\
         <file original=\"{}\" product-name=\"{}\" datatype=\"x-markdown\" \
         source-language=\"{}\" target-language=\"{}\">\n\
         <header>\n<tool tool-id=\"diptych\" tool-name=\"Diptych\"/>\n",
        text(id),
        text(site),
        tag(*from),
        tag(*to)
    );
    for note in &package.notes {
        let _ = writeln!(out, "<note from=\"facts\">{}</note>", text(note));
    }
    out.push_str("</header>\n<body>\n");
    for section in &package.sections {
        let _ = writeln!(
            out,
            "<group id=\"{}\" resname=\"{}\" restype=\"x-section\">",
            text(&section.key),
            text(&section.title)
        );
        section.passages.iter().for_each(|passage| unit(passage, *from, *to, &mut out));
        out.push_str("</group>\n");
    }
    out.push_str("</body>\n</file>\n</xliff>\n");
    out.into_bytes()
}

fn unit(passage: &Passage, from: Lang, to: Lang, out: &mut String) {
    let state = match passage.state {
        State::New => "needs-translation",
        State::Changed => "needs-review-translation",
        State::Same => "translated",
    };
    let approved = if passage.state == State::Same { "yes" } else { "no" };
    let _ = writeln!(
        out,
        "<trans-unit id=\"{}\" restype=\"x-{}\" approved=\"{approved}\">",
        text(&passage.reference.to_string()),
        passage.kind.name()
    );
    let _ = writeln!(out, "<source xml:lang=\"{}\">{}</source>", tag(from), inline(passage, &passage.source));
    let _ = writeln!(
        out,
        "<target xml:lang=\"{}\" state=\"{state}\">{}</target>",
        tag(to),
        inline(passage, &passage.target)
    );
    if !passage.changes.is_empty() {
        let changes = catalog::package_changed(&passage.changes);
        let _ = writeln!(out, "<note from=\"changes\">{}</note>", text(changes.get(to)));
    }
    for note in &passage.notes {
        let _ = writeln!(out, "<note from=\"glossary\">{}</note>", text(note));
    }
    if let Some(before) = &passage.before {
        let _ = writeln!(
            out,
            "<alt-trans alttranstype=\"previous-version\">\n<source xml:lang=\"{}\">{}</source>\n\
             <target xml:lang=\"{}\">{}</target>\n</alt-trans>",
            tag(from),
            text(before),
            tag(to),
            inline(passage, &passage.target)
        );
    }
    out.push_str("</trans-unit>\n");
}

fn inline(passage: &Passage, words: &Words) -> String {
    let mut out = String::new();
    let sign = |number: &u32| {
        let mark = passage.marks.get(number);
        let (kind, label) = mark.map(|mark| (mark.kind.name(), mark_label(mark))).unwrap_or_default();
        format!("id=\"{number}\" ctype=\"{kind}\" equiv-text=\"{}\"", text(&label))
    };
    for piece in &words.pieces {
        let _ = match piece {
            Piece::Text(words) => write!(out, "{}", text(words)),
            Piece::Open(mark) => write!(out, "<g {}>", sign(mark)),
            Piece::Close(_) => write!(out, "</g>"),
            Piece::Alone(mark) => write!(out, "<x {}/>", sign(mark)),
        };
    }
    out
}

/// Reads a package that came back.
pub(super) fn read(file: &ContentPath, bytes: &[u8]) -> Result<Returned, Unreadable> {
    let written = xml::decode(bytes)?;
    let root = xml::parse(&written)?;
    let xliff = root.element("xliff").ok_or(Unreadable::Other)?;
    match xliff.attribute("version") {
        Some("1.2" | "1.1") => {}
        version => return Err(Unreadable::Version(version.unwrap_or_default().to_owned())),
    }
    let files: Vec<&Element> = xliff.elements().filter(|element| element.name == "file").collect();
    let [only] = files[..] else { return Err(Unreadable::Other) };
    let lang =
        |name: &str| only.attribute(name).and_then(|tag| tag.get(..2)?.to_ascii_lowercase().parse::<Lang>().ok());
    let from = lang("source-language").ok_or(Unreadable::Other)?;
    let address = Address {
        site: only.attribute("product-name").unwrap_or_default().to_owned(),
        id: only.attribute("original").unwrap_or_default().to_owned(),
        from,
        to: lang("target-language").unwrap_or(from.other()),
    };
    let mut units = Vec::new();
    only.all("trans-unit", &mut units);
    let passage = |unit: &&Element| {
        let mut pieces = Vec::new();
        if let Some(target) = unit.element("target") {
            gather(target, &mut pieces);
        }
        ReturnedPassage {
            reference: unit.attribute("id").unwrap_or_default().to_owned(),
            target: Words { pieces }.tidied(),
            span: Span::new(unit.range.clone()),
        }
    };
    let passages = units.iter().map(passage).collect();
    Ok(Returned { file: file.clone(), address, passages, text: written })
}

/// A mark that is not Diptych's: no passage has one of this number.
const FOREIGN: u32 = u32::MAX;

fn gather(element: &Element, pieces: &mut Vec<Piece>) {
    for child in &element.children {
        let inner = match child {
            Child::Text(text) => {
                pieces.push(Piece::Text(text.clone()));
                continue;
            }
            Child::Element(inner) => inner,
        };
        let number = |name: &str| inner.attribute(name).and_then(|id| id.parse().ok()).unwrap_or(FOREIGN);
        match inner.name.as_str() {
            "g" => {
                let id = number("id");
                pieces.push(Piece::Open(id));
                gather(inner, pieces);
                pieces.push(Piece::Close(id));
            }
            "x" => pieces.push(Piece::Alone(number("id"))),
            // Some tools take pairs apart.
            "bx" => pieces.push(Piece::Open(number(if inner.attribute("rid").is_some() { "rid" } else { "id" }))),
            "ex" => pieces.push(Piece::Close(number(if inner.attribute("rid").is_some() { "rid" } else { "id" }))),
            // Segments and terms that tools mark.
            "mrk" => gather(inner, pieces),
            _ => pieces.push(Piece::Alone(FOREIGN)),
        }
    }
}
