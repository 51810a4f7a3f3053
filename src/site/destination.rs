//! The pages that old addresses lead to: [`Destination`].

use super::{Alias, Landing, PageRef, RecordId, Side, Site};
use crate::lang::Lang;
use crate::path::{ContentPath, UrlPath};

/// A page that somebody has written in one language, as far as its old addresses need it.
#[derive(Clone, Copy, Debug)]
pub struct Destination<'a> {
    /// The file of its words.
    pub file: &'a ContentPath,
    /// The title.
    pub title: &'a str,
    /// The page's address.
    pub url: &'a UrlPath,
    /// The old addresses that lead to it.
    pub aliases: &'a [Alias],
}

impl Site {
    /// The home page or the landing page of a section; `None` for records.
    pub fn landing(&self, page: PageRef, lang: Lang) -> Option<&Landing> {
        match page {
            PageRef::Home => Some(self.home.get(lang)),
            PageRef::Section(kind) => self.section(kind).map(|section| &**section.sides.get(lang)),
            PageRef::Record(_) => None,
        }
    }

    /// A page as a destination; `None` if nobody has written it in this language.
    pub fn destination(&self, page: PageRef, lang: Lang) -> Option<Destination<'_>> {
        match page {
            PageRef::Home | PageRef::Section(_) => of_landing(self.landing(page, lang)?),
            PageRef::Record(id) => self.record(id).side(lang).map(of_side),
        }
    }

    /// Every destination of a language: the home page, the sections, then the published records.
    pub fn destinations(&self, lang: Lang) -> impl Iterator<Item = (PageRef, Destination<'_>)> {
        let sections = self.sections.iter().map(|section| PageRef::Section(section.kind));
        let records = (0..self.records.len()).map(|at| PageRef::Record(RecordId(at)));
        let pages = std::iter::once(PageRef::Home).chain(sections).chain(records);
        pages.filter_map(move |page| Some((page, self.destination(page, lang)?)))
    }
}

fn of_landing(landing: &Landing) -> Option<Destination<'_>> {
    let Landing { title, url, file, aliases, .. } = landing;
    Some(Destination { file: file.as_ref()?, title, url, aliases })
}

fn of_side(side: &Side) -> Destination<'_> {
    let Side { file, title, url, aliases, .. } = side;
    Destination { file, title, url, aliases }
}
