//! Long lists in parts: a number of entries to a page, and the links between the pages.

use super::entries::Group;
use super::links::PageContext;
use super::view::{LetterView, PaginationView};
use crate::path::UrlPath;
use crate::site::Reserved;

/// The most entries on one page.
pub(super) const PER_PAGE: usize = 100;

/// How many pages a list takes; an empty one takes one page too.
pub(super) fn count(total: usize) -> usize {
    total.div_ceil(PER_PAGE).max(1)
}

/// The entries of one page, from 1.
pub(super) fn part<T>(all: &[T], number: usize) -> &[T] {
    let start = ((number - 1) * PER_PAGE).min(all.len());
    &all[start..(start + PER_PAGE).min(all.len())]
}

/// The ways to the neighbouring pages; `None` if a list has one page.
pub(super) fn pagination(from: PageContext<'_>, list: &UrlPath, number: usize, total: usize) -> Option<PaginationView> {
    let pages = count(total);
    let to = |number: usize| from.to(&Reserved::further(list, number));
    (pages > 1).then(|| PaginationView {
        previous: (number > 1).then(|| to(number - 1)),
        next: (number < pages).then(|| to(number + 1)),
        page: number,
        total: pages,
    })
}

/// The way to each group of the whole list, on whatever page it begins; empty if there is only one.
pub(super) fn letters(from: PageContext<'_>, list: &UrlPath, number: usize, groups: &[Group]) -> Vec<LetterView> {
    if groups.len() < 2 {
        return Vec::new();
    }
    let mut before = 0;
    let letter = |group: &Group| {
        let page = before / PER_PAGE + 1;
        before += group.ids.len();
        let page = if page == number { String::new() } else { from.to(&Reserved::further(list, page)) };
        LetterView { heading: group.heading.clone(), href: format!("{page}#{}", group.id()) }
    };
    groups.iter().map(letter).collect()
}
