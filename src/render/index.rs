//! Pages that no file stands for: A to Z, and the results page.

use super::entries::{self, Group};
use super::frame::frame;
use super::links::PageContext;
use super::meta::{PageKind, PageMeta};
use super::pagination;
use super::theme::Theme;
use super::view::{IndexView, LetterView, PageView, SearchView};
use crate::lang::{Lang, PerLang};
use crate::path::{self, UrlPath};
use crate::site::{RecordId, Reserved, Site};

/// Up to this many pages are in one index; beyond that, every letter has pages of its own.
const ONE_INDEX: usize = 300;

/// A part of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IndexPage {
    /// The letter, by position; `None` for the whole index, or the list of its letters.
    pub letter: Option<usize>,
    /// Which of the letter's pages, from 1.
    pub number: usize,
}

/// Every page of a language's index, with its address.
pub(super) fn pages(site: &Site, lang: Lang) -> Vec<(UrlPath, IndexPage)> {
    let root = site.reserved.get(lang).index.clone();
    let mut pages = vec![(root.clone(), IndexPage { letter: None, number: 1 })];
    let (groups, total) = groups(site, lang);
    if total > ONE_INDEX {
        for (at, group) in groups.iter().enumerate() {
            let url = letter_url(site, group, lang);
            for number in 1..=pagination::count(group.ids.len()) {
                pages.push((Reserved::further(&url, number), IndexPage { letter: Some(at), number }));
            }
        }
    }
    pages
}

/// One page of a language's index.
pub(super) fn index(site: &Site, theme: &Theme, page: IndexPage, lang: Lang) -> IndexView {
    let root = &site.reserved.get(lang).index;
    let (groups, total) = groups(site, lang);
    let letter = page.letter.and_then(|at| groups.get(at));
    let first = letter.map_or_else(|| root.clone(), |letter| letter_url(site, letter, lang));
    let url = Reserved::further(&first, page.number);
    let from = PageContext::new(site, theme, &url, lang);
    let strings = theme.strings(lang);
    let title = match letter {
        None => strings.get("index_title").to_owned(),
        Some(letter) => strings.fill("narrowed", &[("list", strings.get("index_title")), ("value", &letter.heading)]),
    };
    // The letters of one language are not those of the other: the switch leads to the whole index.
    let sides = PerLang::from_fn(|side| Some(if side == lang { &url } else { &site.reserved.get(side).index }));
    let about = PageMeta {
        kind: PageKind::Index,
        title: &title,
        head_title: None,
        description: site.config.description.get(lang),
        sides,
        section: None,
        above: None,
        noindex: false,
        record: None,
    };
    let whole = total <= ONE_INDEX;
    let letters = groups.iter().map(|group| LetterView {
        heading: group.heading.clone(),
        href: if whole { format!("#{}", group.id()) } else { from.to(&letter_url(site, group, lang)) },
    });
    let letters = letters.collect();
    let pagination = letter.and_then(|letter| pagination::pagination(from, &first, page.number, letter.ids.len()));
    let shown = match letter {
        Some(letter) => {
            vec![Group { heading: String::new(), ids: pagination::part(&letter.ids, page.number).to_vec() }]
        }
        None if whole => groups,
        None => Vec::new(),
    };
    let entry = |id| entries::with_facts(from, id, Vec::new());
    IndexView { page: frame(from, &about), letters, groups: entries::views(shown, entry), pagination }
}

/// The results page of the search.
pub(super) fn search(site: &Site, theme: &Theme, lang: Lang) -> SearchView {
    SearchView {
        page: reserved(site, theme, PageKind::Search, "search_title", lang, |lang| &site.reserved.get(lang).search),
    }
}

/// The frame of a page that no file stands for; its title is among the theme's words.
pub(super) fn reserved<'a>(
    site: &'a Site,
    theme: &'a Theme,
    kind: PageKind,
    title: &str,
    lang: Lang,
    url: impl Fn(Lang) -> &'a UrlPath,
) -> PageView {
    let about = PageMeta {
        kind,
        title: theme.strings(lang).get(title),
        head_title: None,
        description: site.config.description.get(lang),
        sides: PerLang::from_fn(|lang| Some(url(lang))),
        section: None,
        above: None,
        noindex: false,
        record: None,
    };
    frame(PageContext::new(site, theme, url(lang), lang), &about)
}

/// Every page of a language by first letter, and how many there are.
fn groups(site: &Site, lang: Lang) -> (Vec<Group>, usize) {
    let rank = site.order.rank.get(lang);
    let mut order = vec![RecordId(0); rank.len()];
    for (id, place) in rank.iter().enumerate() {
        order[*place] = RecordId(id);
    }
    order.retain(|id| site.record(*id).side(lang).is_some());
    let total = order.len();
    (entries::by_letter(site, lang, &order), total)
}

fn letter_url(site: &Site, letter: &Group, lang: Lang) -> UrlPath {
    UrlPath::new(format!("{}{}/", site.reserved.get(lang).index, path::slug(&letter.heading)))
}
