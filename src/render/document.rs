//! A section as one document, to read through or to print: what the section says, then each of its records whole, with
//! numbered headings. Links between its records stay inside it ([`PageContext::within`]).

use super::frame::frame;
use super::links::PageContext;
use super::meta::{PageKind, PageMeta};
use super::theme::Theme;
use super::view::{CitationView, ContentsView, DatedView, DocumentView, PartView};
use super::{facts, html, lists};
use crate::diagnostic::Span;
use crate::document::{BlockKind, Document, Inline, InlineKind};
use crate::format::Date;
use crate::lang::{Lang, PerLang};
use crate::path::UrlPath;
use crate::schema::TypeId;
use crate::site::{Base, Record, RecordId, Reserved, Site, Target};

/// Separates a number from its heading.
const EN_SPACE: char = '\u{2002}';

/// The number of heading levels that have a number, counting the records.
const NUMBERED: usize = 4;

/// The documents of a language, with their addresses.
pub(super) fn documents(site: &Site, lang: Lang) -> impl Iterator<Item = (UrlPath, TypeId)> {
    site.sections
        .iter()
        .filter(move |section| site.in_document(section.kind, lang).is_some())
        .map(move |section| (url(site, section.kind, lang), section.kind))
}

/// The address of a section's document.
pub(super) fn url(site: &Site, kind: TypeId, lang: Lang) -> UrlPath {
    Reserved::document(&lists::landing(site, kind, lang).url, lang)
}

/// The document of a section.
pub(super) fn view(site: &Site, theme: &Theme, kind: TypeId, lang: Lang) -> Option<DocumentView> {
    let ids = site.in_document(kind, lang)?;
    let landing = lists::landing(site, kind, lang);
    let url = url(site, kind, lang);
    let from = PageContext::new(site, theme, &url, lang).within(kind, None);
    let sides = PerLang::from_fn(|lang| site.in_document(kind, lang).map(|_| self::url(site, kind, lang)));
    let about = PageMeta {
        kind: PageKind::Document,
        title: &landing.title,
        head_title: Some(&theme.strings(lang).fill("document_title", &[("list", &landing.title)])),
        description: &landing.summary,
        sides: PerLang { en: sides.en.as_ref(), fr: sides.fr.as_ref() },
        section: Some(kind),
        above: None,
        // Each record has a page of its own, which is the one that search engines should find.
        noindex: true,
        record: None,
    };
    let mut contents = Vec::new();
    let part = |(at, id): (usize, &RecordId)| part(from.within(kind, Some(*id)), at + 1, *id, &mut contents);
    let parts: Vec<PartView> = ids.iter().enumerate().filter_map(part).collect();
    let modified = ids.iter().filter_map(|id| changed(&site.record(*id).base)).max();
    let publisher = site.config.name.get(lang);
    Some(DocumentView {
        page: frame(from, &about),
        kind: lists::kind_view(from, site.schema.get(kind), kind),
        summary_html: html::text(lang, &landing.summary),
        total: ids.len(),
        contents,
        introduction_html: html::landing(from, landing),
        parts,
        citation: cite(from, &landing.title, publisher, modified),
    })
}

/// A record in a document, with its headings numbered and added to the contents.
fn part(from: PageContext<'_>, number: usize, id: RecordId, contents: &mut Vec<ContentsView>) -> Option<PartView> {
    let record = from.site.record(id);
    let side = record.side(from.lang)?;
    let anchor = from.anchor(id)?;
    let mut words = from.site.words(&side.file, from.lang);
    let children = number_headings(from, &mut words, number, anchor);
    let title_html = html::text(from.lang, &side.title);
    contents.push(ContentsView {
        title_html: format!("{number}{EN_SPACE}{title_html}"),
        href: format!("#{anchor}"),
        children,
    });
    Some(PartView {
        id: anchor.to_owned(),
        number: number.to_string(),
        title_html,
        summary_html: html::text(from.lang, &side.summary),
        status: facts::status(from.site, record, from.lang),
        archived: record.base.archived,
        facts: facts::of_record(from, record),
        body_html: html::words(from, words, Some(id)),
        href: from.to(&side.url),
        address: from.address(&side.url),
    })
}

/// Writes its number before each heading: 2.1, 2.1.1. Returns the headings for the contents, two levels of them. A
/// skipped level has no number of its own.
fn number_headings(
    from: PageContext<'_>,
    words: &mut Document<Target>,
    part: usize,
    anchor: &str,
) -> Vec<ContentsView> {
    let mut counts = vec![part];
    let mut levels = Vec::<u8>::new();
    let mut contents = Vec::<ContentsView>::new();
    for block in &mut words.blocks {
        let BlockKind::Heading { level, id, inlines } = &mut block.kind else { continue };
        while levels.last().is_some_and(|above| *above > *level) {
            levels.pop();
        }
        if levels.last() != Some(level) {
            levels.push(*level);
        }
        counts.truncate(levels.len() + 1);
        if counts.len() == levels.len() + 1 {
            counts[levels.len()] += 1;
        } else {
            counts.push(1);
        }
        if counts.len() > NUMBERED {
            continue;
        }
        let number: Vec<String> = counts.iter().map(ToString::to_string).collect();
        let number = format!("{}{EN_SPACE}", number.join("."));
        inlines.insert(0, Inline { span: Span::START, kind: InlineKind::Text(number) });
        let entry = || ContentsView {
            title_html: html::heading(from, inlines),
            href: format!("#{anchor}.{id}"),
            children: Vec::new(),
        };
        match (counts.len(), contents.last_mut()) {
            (2, _) => contents.push(entry()),
            (3, Some(above)) => above.children.push(entry()),
            _ => {}
        }
    }
    contents
}

/// How to cite a record.
pub(super) fn of_record(from: PageContext<'_>, record: &Record, title: &str) -> CitationView {
    let owner = record.base.owner.and_then(|owner| from.to_record(owner)).map(|owner| owner.title);
    let publisher = owner.as_ref().unwrap_or(from.site.config.name.get(from.lang));
    cite(from, title, publisher, changed(&record.base))
}

fn cite(from: PageContext<'_>, title: &str, publisher: &str, date: Option<Date>) -> CitationView {
    CitationView {
        title_html: html::text(from.lang, title),
        publisher_html: html::text(from.lang, publisher),
        date: date.map(|date| DatedView {
            datetime: date.to_string(),
            date_html: html::text(from.lang, &date.long(from.lang)),
        }),
        address: from.site.config.base_url.as_ref().map(|base| from.url.absolute(base)),
    }
}

/// When a record was last changed, or published.
fn changed(base: &Base) -> Option<Date> {
    base.modified_on.or(base.published_on).map(|(date, _)| date)
}
