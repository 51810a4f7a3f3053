//! What is shown of a page: [`PageText`], several of them to a file.

use super::bytes::Reader;
use super::pack::Damage;

/// A page as a result shows it.
pub(crate) struct PageText<'a> {
    pub(crate) id: &'a str,
    pub(crate) url: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) title: &'a str,
    pub(crate) summary: &'a str,
    pub(crate) status: &'a str,
    pub(crate) date: &'a str,
    /// Whether it is a page of the other language.
    pub(crate) foreign: bool,
    pub(crate) keywords: Vec<&'a str>,
    /// Anchor (empty if none), heading, text.
    pub(crate) sections: Vec<(&'a str, &'a str, &'a str)>,
    /// Address and title of the page in the other language; empty if there is none.
    pub(crate) twin: (&'a str, &'a str),
}

impl<'a> PageText<'a> {
    /// The `nth` page of a pack.
    pub(crate) fn read(payload: &'a [u8], nth: usize) -> Result<Self, Damage> {
        let mut pages = Reader(payload);
        for _ in 0..nth {
            pages.bytes()?;
        }
        let mut page = Reader(pages.bytes()?);
        Ok(Self {
            id: page.text()?,
            url: page.text()?,
            kind: page.text()?,
            title: page.text()?,
            summary: page.text()?,
            status: page.text()?,
            date: page.text()?,
            twin: (page.text()?, page.text()?),
            foreign: page.byte()? != 0,
            keywords: (0..page.number()?).map(|_| page.text()).collect::<Result<_, Damage>>()?,
            sections: (0..page.number()?)
                .map(|_| Ok((page.text()?, page.text()?, page.text()?)))
                .collect::<Result<_, Damage>>()?,
        })
    }
}

/// Appends what [`PageText::read`] reads.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn write(entry: &super::Entry, pack: &mut super::bytes::Writer) {
    let mut page = super::bytes::Writer::default();
    for text in [&entry.id, &entry.url, &entry.kind, &entry.title, &entry.summary, &entry.status, &entry.date] {
        page.text(text);
    }
    let twin = entry.twin.as_ref().map_or(("", ""), |twin| (&twin.url, &twin.title));
    page.text(twin.0);
    page.text(twin.1);
    page.0.push(u8::from(entry.foreign));
    page.number(entry.keywords.len());
    for keyword in &entry.keywords {
        page.text(keyword);
    }
    page.number(entry.sections.len());
    for section in &entry.sections {
        page.text(section.anchor.as_deref().unwrap_or_default());
        page.text(&section.heading);
        page.text(&section.text);
    }
    pack.bytes(&page.0);
}
