//! The page in place of the side that a record lacks in a language: it says so, and leads to the existing side.

use super::frame::frame;
use super::html;
use super::links::PageContext;
use super::meta::{PageKind, PageMeta};
use super::theme::Theme;
use super::view::NoticeView;
use crate::lang::{Lang, PerLang};
use crate::site::{RecordId, Site};

/// The notice in a language in which the record has no side.
pub(super) fn view(site: &Site, theme: &Theme, id: RecordId, lang: Lang) -> Option<NoticeView> {
    let record = site.record(id);
    let url = record.placeholder_url.get(lang).as_ref()?;
    let there = record.side(lang.other())?;
    let from = PageContext::new(site, theme, url, lang);
    let kind = site.schema.get(record.kind);
    let about = PageMeta {
        kind: PageKind::Notice,
        title: theme.strings(lang).get("one_language_title"),
        head_title: None,
        description: theme.strings(lang).get("one_language"),
        // The notice itself is offered nowhere; it leads to the existing side.
        sides: PerLang::from_fn(|side| (side != lang).then_some(&there.url)),
        section: (!kind.is_free()).then_some(record.kind),
        above: None,
        noindex: true,
        record: None,
    };
    Some(NoticeView {
        page: frame(from, &about),
        lang: lang.other(),
        title_html: html::text(lang.other(), &there.title),
        href: from.to(&there.url),
    })
}
