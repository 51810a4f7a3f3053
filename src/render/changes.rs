//! Recent changes, from the records' own dates and notes of change: a page for each language, and Atom feeds of
//! everything and of each section. If a note says what changed, it replaces the summary.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::entries;
use super::html::{escape, text};
use super::index::reserved;
use super::links::PageContext;
use super::meta::PageKind;
use super::theme::Theme;
use super::view::{ChangesView, EntryView, FactView, GroupView, ValueView};
use crate::format::Date;
use crate::lang::Lang;
use crate::path::UrlPath;
use crate::schema::TypeId;
use crate::site::{Record, RecordId, Site};

/// How many changes the page lists, and how many the feed.
const ON_PAGE: usize = 100;
const IN_FEED: usize = 50;

/// The page of recent changes.
pub(super) fn page(site: &Site, theme: &Theme, lang: Lang) -> ChangesView {
    let url = &site.reserved.get(lang).changes;
    let from = PageContext::new(site, theme, url, lang);
    let mut groups = Vec::<GroupView>::new();
    for (date, id) in recent(site, None, lang, ON_PAGE) {
        let heading = date.month_heading(lang);
        let Some(entry) = entry(from, date, id) else { continue };
        match groups.last_mut().filter(|group| group.heading.as_ref() == Some(&heading)) {
            Some(group) => group.entries.push(entry),
            None => {
                let id = Some(format!("_group-{}", crate::path::slug(&heading)));
                groups.push(GroupView { heading: Some(heading), id, entries: vec![entry] });
            }
        }
    }
    let page = reserved(site, theme, PageKind::Changes, "changes_title", lang, |lang| &site.reserved.get(lang).changes);
    ChangesView { page, groups }
}

/// The records changed last, as entries with the date of the change; for the home page.
pub(super) fn latest(from: PageContext<'_>, count: usize) -> Vec<EntryView> {
    let recent = recent(from.site, None, from.lang, count).into_iter();
    recent.filter_map(|(date, id)| entry(from, date, id)).collect()
}

fn entry(from: PageContext<'_>, date: Date, id: RecordId) -> Option<EntryView> {
    let name = if from.site.record(id).base.modified_on.is_some() { "modified_on" } else { "published_on" };
    let value = ValueView {
        kind: "date",
        html: text(from.lang, &date.long(from.lang)),
        datetime: Some(date.to_string()),
        ..ValueView::default()
    };
    let label = from.theme.strings(from.lang).get(name).to_owned();
    let facts = vec![FactView { name: name.to_owned(), label, show: "glance", values: vec![value] }];
    let mut entry = entries::with_facts(from, id, facts)?;
    entry.summary_html =
        note(from.site.record(id), date, from.lang).map(|note| text(from.lang, &note)).unwrap_or_default();
    Some(entry)
}

/// The note of change of a date, if there is one.
fn note(record: &Record, date: Date, lang: Lang) -> Option<String> {
    let of_date = record.base.changes.iter().filter(|note| note.on == date);
    let words: Vec<&str> = of_date.filter_map(|note| note.text.get(lang).as_deref()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The records with a date that have a side in a language, of one type if one is asked for; the latest first, then in
/// alphabetical order.
fn recent(site: &Site, kind: Option<TypeId>, lang: Lang, count: usize) -> Vec<(Date, RecordId)> {
    let ids: Vec<RecordId> = match kind {
        Some(kind) => site.records_of(kind).map(|(id, _)| id).collect(),
        None => site.ids().collect(),
    };
    let dated = ids.into_iter().filter(|id| site.record(*id).side(lang).is_some());
    let mut dated: Vec<(Date, RecordId)> =
        dated.filter_map(|id| changed(site.record(id)).map(|date| (date, id))).collect();
    // Of one day, changes with a note for readers come first.
    let has_note = |date: Date, id| site.record(id).base.changes.first().is_some_and(|note| note.on == date);
    let order = |date: Date, id| (std::cmp::Reverse(date), !has_note(date, id));
    // Which records of a day are listed depends on no language.
    dated.sort_by_key(|(date, id)| (order(*date, *id), *id));
    dated.truncate(count);
    dated.sort_by_key(|(date, id)| (order(*date, *id), site.rank(*id, lang)));
    dated
}

fn changed(record: &Record) -> Option<Date> {
    record.base.modified_on.or(record.base.published_on).map(|(date, _)| date)
}

/// The address of the feed of a language, or of the one of a section.
pub fn feed_url(site: &Site, kind: Option<TypeId>, lang: Lang) -> UrlPath {
    let section = kind.and_then(|kind| site.section(kind)).map(|section| &section.sides.get(lang).url);
    section.map_or_else(|| site.reserved.get(lang).feed.clone(), |url| UrlPath::new(format!("{url}feed.xml")))
}

/// The feed of a language, of everything or of a section; `None` if the site has no `base_url`, since a feed's
/// addresses are absolute.
pub fn feed(site: &Site, theme: &Theme, kind: Option<TypeId>, lang: Lang) -> Option<String> {
    let base = site.config.base_url.as_ref()?;
    let section = kind.and_then(|kind| site.section(kind)).map(|section| section.sides.get(lang));
    let strings = theme.strings(lang);
    let recent = recent(site, kind, lang, IN_FEED);
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(xml, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">");
    let name = site.config.name.get(lang);
    let about = section.map_or(strings.get("changes_title"), |section| &section.title);
    let title = strings.fill("feed_title", &[("site", name), ("title", about)]);
    element("title", &title, &mut xml);
    element("subtitle", section.map_or(site.config.description.get(lang), |section| &section.summary), &mut xml);
    // No record has this id.
    let own = kind.map_or_else(|| lang.code().to_owned(), |kind| format!("{}/", site.schema.get(kind).folder));
    element("id", &id(base, &own, lang), &mut xml);
    link("self", "application/atom+xml", &feed_url(site, kind, lang).absolute(base), &mut xml);
    let page = section.map_or(&site.reserved.get(lang).changes, |section| &section.url);
    link("alternate", "text/html", &page.absolute(base), &mut xml);
    // A feed must say when it was changed; one without entries never was.
    let updated = recent.first().map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |(date, _)| date.midnight());
    element("updated", &updated, &mut xml);
    xml.push_str("<author>");
    element("name", name, &mut xml);
    xml.push_str("</author>\n");
    for (date, record) in recent {
        let record = site.record(record);
        let Some(side) = record.side(lang) else { continue };
        xml.push_str("<entry>\n");
        element("title", &side.title, &mut xml);
        element("id", &id(base, &record.id, lang), &mut xml);
        link("alternate", "text/html", &side.url.absolute(base), &mut xml);
        element("updated", &date.midnight(), &mut xml);
        if let Some((published, _)) = record.base.published_on {
            element("published", &published.midnight(), &mut xml);
        }
        xml.push_str("<category term=\"");
        escape(&site.schema.get(record.kind).name, &mut xml);
        xml.push_str("\" label=\"");
        escape(site.schema.get(record.kind).label.get(lang), &mut xml);
        xml.push_str("\"/>\n");
        element("summary", note(record, date, lang).as_ref().unwrap_or(&side.summary), &mut xml);
        xml.push_str("</entry>\n");
    }
    xml.push_str("</feed>\n");
    Some(xml)
}

fn element(name: &str, text: &str, xml: &mut String) {
    let _ = write!(xml, "<{name}>");
    escape(text, xml);
    let _ = writeln!(xml, "</{name}>");
}

fn link(rel: &str, kind: &str, href: &str, xml: &mut String) {
    let _ = write!(xml, "<link rel=\"{rel}\" type=\"{kind}\" href=\"");
    escape(href, xml);
    xml.push_str("\"/>\n");
}

/// An id that stays when the page's title and address change: a version 8 UUID made from the site, the record's id and
/// the language.
pub(super) fn id(base: &str, record: &str, lang: Lang) -> String {
    let digest = Sha256::digest(format!("{base}\n{record}\n{lang}"));
    let mut bytes: Vec<u8> = digest.iter().copied().take(16).collect();
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = |range: std::ops::Range<usize>| -> String {
        bytes[range].iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    };
    format!("urn:uuid:{}-{}-{}-{}-{}", hex(0..4), hex(4..6), hex(6..8), hex(8..10), hex(10..16))
}
