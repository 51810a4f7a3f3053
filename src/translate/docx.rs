//! Packages for a word processor: [`write()`], [`read`]. A document with one table: a row for each passage, with its
//! reference, its words, its translation, and what is worth knowing of it. Owns how packages are packed.
//!
//! A translator types into the third column. What a word processor does on saving does no harm: words are read whatever
//! runs they are cut into, tracked changes as if they were accepted, comments and formatting not at all.

use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::words::{Piece, Words};
use super::xml::{self, Child, Element, text};
use super::{Address, LARGEST, Package, Passage, Returned, ReturnedPassage, State, Unreadable, mark_label};
use crate::diagnostic::{Span, catalog};
use crate::lang::Lang;
use crate::path::ContentPath;

/// What the line begins with that says where a document belongs.
const SIGN: &str = "diptych 1 / ";

const TYPES: &str = include_str!("parts/content_types.xml");

const RELATIONS: &str = include_str!("parts/relations.xml");

const DOCUMENT_RELATIONS: &str = include_str!("parts/document_relations.xml");

const STYLES: &str = include_str!("parts/styles.xml");

/// The widths of the columns, in twentieths of a point.
const WIDTHS: [u32; 4] = [1_300, 5_000, 5_000, 3_000];

/// Writes a package.
pub(super) fn write(package: &Package) -> Vec<u8> {
    let parts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/document.xml", &document(package)),
        ("word/styles.xml", STYLES),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // The same day for all packages: equal content gives equal bytes.
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (name, part) in parts {
        // Writing to memory does not fail.
        let _ = zip.start_file(name, options);
        let _ = zip.write_all(part.as_bytes());
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn document(package: &Package) -> String {
    let Address { site, id, from, to } = &package.address;
    let guide = catalog::package_guide();
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"
        .to_owned();
    paragraph(Some("Heading1"), id, *to, &mut out);
    paragraph(Some("Note"), guide.get(*to), *to, &mut out);
    paragraph(Some("Reference"), &format!("{SIGN}{from}-{to} / {id} / {site}"), *to, &mut out);
    for note in &package.notes {
        paragraph(Some("Note"), note, *to, &mut out);
    }
    out.push_str("<w:tbl><w:tblPr><w:tblW w:w=\"14300\" w:type=\"dxa\"/><w:tblBorders>");
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        let _ = write!(out, "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"A6A6A6\"/>");
    }
    out.push_str("</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    for width in WIDTHS {
        let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
    }
    out.push_str("</w:tblGrid>");
    let heads = catalog::package_columns(*from, *to);
    out.push_str("<w:tr><w:trPr><w:tblHeader/></w:trPr>");
    for (head, width) in heads.get(*to).iter().zip(WIDTHS) {
        cell(width, true, &mut out, |out| paragraph(Some("Note"), head, *to, out));
    }
    out.push_str("</w:tr>");
    for section in &package.sections {
        let _ =
            write!(out, "<w:tr><w:tc><w:tcPr><w:tcW w:w=\"14300\" w:type=\"dxa\"/><w:gridSpan w:val=\"4\"/></w:tcPr>");
        paragraph(Some("Heading2"), &section.title, *from, &mut out);
        out.push_str("</w:tc></w:tr>");
        section.passages.iter().for_each(|passage| row(passage, *from, *to, &mut out));
    }
    out.push_str(
        "</w:tbl><w:p/><w:sectPr><w:pgSz w:w=\"15840\" w:h=\"12240\" w:orient=\"landscape\"/>\
         <w:pgMar w:top=\"720\" w:right=\"720\" w:bottom=\"720\" w:left=\"720\" w:header=\"360\" \
         w:footer=\"360\" w:gutter=\"0\"/>\
         </w:sectPr></w:body></w:document>",
    );
    out
}

fn row(passage: &Passage, from: Lang, to: Lang, out: &mut String) {
    out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
    cell(WIDTHS[0], true, out, |out| paragraph(Some("Reference"), &passage.reference.to_string(), to, out));
    cell(WIDTHS[1], true, out, |out| words(&passage.source, from, out));
    cell(WIDTHS[2], false, out, |out| words(&passage.target, to, out));
    cell(WIDTHS[3], true, out, |out| {
        let state = catalog::package_state(passage.state == State::New, passage.state == State::Same);
        paragraph(Some("Note"), state.get(to), to, out);
        if let Some(before) = &passage.before {
            paragraph(Some("Note"), catalog::package_before(before).get(to), to, out);
        }
        if !passage.changes.is_empty() {
            paragraph(Some("Note"), catalog::package_changed(&passage.changes).get(to), to, out);
        }
        for note in &passage.notes {
            paragraph(Some("Note"), note, to, out);
        }
        for (number, mark) in &passage.marks {
            paragraph(Some("Note"), &format!("{{{number}}} = {}", mark_label(mark)), to, out);
        }
    });
    out.push_str("</w:tr>");
}

fn cell(width: u32, is_given: bool, out: &mut String, fill: impl FnOnce(&mut String)) {
    let _ = write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
    if is_given {
        out.push_str("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F2F2F2\"/>");
    }
    out.push_str("</w:tcPr>");
    fill(out);
    out.push_str("</w:tc>");
}

fn paragraph(style: Option<&str>, words: &str, lang: Lang, out: &mut String) {
    out.push_str("<w:p>");
    if let Some(style) = style {
        let _ = write!(out, "<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>");
    }
    run("", words, lang, out);
    out.push_str("</w:p>");
}

fn run(style: &str, words: &str, lang: Lang, out: &mut String) {
    let _ = write!(
        out,
        "<w:r><w:rPr>{style}<w:lang w:val=\"{lang}-CA\"/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>",
        text(words)
    );
}

fn words(words: &Words, lang: Lang, out: &mut String) {
    out.push_str("<w:p>");
    for piece in &words.pieces {
        let style = if matches!(piece, Piece::Text(_)) { "" } else { "<w:rStyle w:val=\"Mark\"/>" };
        let own = Words { pieces: vec![piece.clone()] };
        run(style, &own.written(), lang, out);
    }
    out.push_str("</w:p>");
}

/// Reads a package that came back.
pub(super) fn read(file: &ContentPath, bytes: &[u8]) -> Result<Returned, Unreadable> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged(0))?;
    let main = part(&mut zip, "_rels/.rels").ok().and_then(|relations| main_part(&relations));
    let main = main.unwrap_or_else(|| "word/document.xml".to_owned());
    let root = part(&mut zip, &main)?;
    let mut paragraphs = Vec::new();
    root.all("p", &mut paragraphs);
    let address = paragraphs.into_iter().find_map(|paragraph| address(&said(paragraph))).ok_or(Unreadable::Other)?;
    let mut rows = Vec::new();
    root.all("tr", &mut rows);
    let (mut written, mut passages) = (String::new(), Vec::new());
    for (at, row) in rows.into_iter().enumerate() {
        let is_gone = row.element("trPr").is_some_and(|about| about.element("del").is_some());
        let mut cells = Vec::new();
        row.all("tc", &mut cells);
        let [reference, _, target, ..] = &cells[..] else { continue };
        let reference: String = said(reference).split_whitespace().collect();
        let target = said(target);
        // The first row says what the columns are. Elsewhere a translation beside a damaged reference is reported, not
        // lost.
        let is_passage = reference.contains('.') || at > 0 && !target.trim().is_empty();
        if is_gone || !is_passage {
            continue;
        }
        let start = written.len();
        let line = target.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = write!(written, "{reference} | {line}");
        let span = Span::new(start..written.len());
        written.push('\n');
        passages.push(ReturnedPassage { reference, target: Words::read(&target), span });
    }
    Ok(Returned { file: file.clone(), text: written, address, passages })
}

fn part(zip: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Element, Unreadable> {
    let entry = zip.by_name(name).map_err(|_| Unreadable::Other)?;
    // The size that a part claims is never trusted.
    let mut bytes = Vec::new();
    entry.take(LARGEST as u64 + 1).read_to_end(&mut bytes).map_err(|_| Unreadable::Damaged(0))?;
    if bytes.len() > LARGEST {
        return Err(Unreadable::TooLarge);
    }
    // Places in the parts of a document say nothing to anyone.
    xml::parse(&xml::decode(&bytes)?).map_err(|error| match error {
        Unreadable::Damaged(_) => Unreadable::Damaged(0),
        error => error,
    })
}

fn main_part(relations: &Element) -> Option<String> {
    let mut all = Vec::new();
    relations.all("Relationship", &mut all);
    let main = all.into_iter().find(|one| one.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument")));
    Some(main?.attribute("Target")?.trim_start_matches('/').to_owned())
}

fn address(line: &str) -> Option<Address> {
    let mut parts = line.trim().strip_prefix(SIGN)?.splitn(3, " / ");
    let (from, to) = parts.next()?.split_once('-')?;
    let (id, site) = (parts.next()?.to_owned(), parts.next()?.to_owned());
    Some(Address { site, id, from: from.parse().ok()?, to: to.parse().ok()? })
}

/// What a part of a document says, with its tracked changes accepted.
fn said(element: &Element) -> String {
    let mut words = String::new();
    gather(element, &mut words);
    words
}

fn gather(element: &Element, out: &mut String) {
    for inner in element.elements() {
        match inner.name.as_str() {
            "t" => {
                for child in &inner.children {
                    if let Child::Text(text) = child {
                        out.push_str(text);
                    }
                }
            }
            "tab" | "br" | "cr" | "ptab" => out.push(' '),
            "noBreakHyphen" => out.push('\u{2011}'),
            "del" | "moveFrom" | "rPr" | "pPr" | "tcPr" | "trPr" | "instrText" | "delText" | "Fallback" | "drawing"
            | "pict" | "object" => {}
            "p" => {
                gather(inner, out);
                out.push('\n');
            }
            _ => gather(inner, out),
        }
    }
}
