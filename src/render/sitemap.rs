//! The list of all pages for search engines: `sitemap.xml`. If a site has more addresses than one such file may hold,
//! that file is an index of parts, `sitemap-1.xml` and so on.

use std::fmt::Write as _;

use super::html::escape;
use crate::lang::{Lang, PerLang};
use crate::path::UrlPath;
use crate::site::{RecordId, Site};

/// The most addresses that a site map may hold, by its standard (sitemaps.org).
const MOST: usize = 50_000;

/// A page with its sides and the day on which it last changed.
struct Entry {
    sides: PerLang<Option<UrlPath>>,
    modified: Option<String>,
}

/// How many parts the site map has besides `sitemap.xml`; 0 if all addresses fit into that.
pub fn parts(site: &Site) -> usize {
    parts_of(generated(site).len() + site.records.len())
}

/// How many parts this many pages take, each with an address in both languages.
fn parts_of(pages: usize) -> usize {
    let total = 2 * pages;
    if total <= MOST { 0 } else { total.div_ceil(MOST) }
}

/// The address of a part, counted from 1.
pub fn part_url(number: usize) -> UrlPath {
    UrlPath::new(format!("sitemap-{number}.xml"))
}

/// `sitemap.xml`, with every page's sides or with its parts; `None` if the site has no `base_url`, since its addresses
/// are absolute.
pub fn sitemap(site: &Site) -> Option<String> {
    let base = site.config.base_url.as_ref()?;
    let parts = parts(site);
    if parts == 0 {
        return Some(url_set(base, entries(site, 0, usize::MAX)));
    }
    let mut xml = head("sitemapindex", "");
    for number in 1..=parts {
        xml.push_str("<sitemap><loc>");
        escape(&part_url(number).absolute(base), &mut xml);
        xml.push_str("</loc></sitemap>\n");
    }
    xml.push_str("</sitemapindex>\n");
    Some(xml)
}

/// A part of the site map, counted from 1.
pub fn part(site: &Site, number: usize) -> Option<String> {
    let base = site.config.base_url.as_ref()?;
    Some(url_set(base, entries(site, (number - 1) * MOST / 2, MOST / 2)))
}

/// Up to `most` pages, beginning with number `from`. Each has up to two addresses.
fn entries(site: &Site, from: usize, most: usize) -> impl Iterator<Item = Entry> {
    let record = |id: RecordId| {
        let record = site.record(id);
        Entry {
            sides: PerLang::from_fn(|lang| record.side(lang).map(|side| side.url.clone())),
            modified: record.base.modified_on.map(|(date, _)| date.to_string()),
        }
    };
    generated(site).into_iter().chain(site.ids().map(record)).skip(from).take(most)
}

/// The pages that belong to no record and are worth finding: home pages, sections, A to Z, changes, open data.
fn generated(site: &Site) -> Vec<Entry> {
    let both =
        |url: &dyn Fn(Lang) -> UrlPath| Entry { sides: PerLang::from_fn(|lang| Some(url(lang))), modified: None };
    let mut all = vec![
        both(&|lang| site.home.get(lang).url.clone()),
        both(&|lang| site.reserved.get(lang).index.clone()),
        both(&|lang| site.reserved.get(lang).changes.clone()),
        both(&|lang| site.reserved.get(lang).data.clone()),
    ];
    all.extend(site.sections.iter().map(|section| both(&|lang| section.sides.get(lang).url.clone())));
    all
}

fn url_set(base: &str, entries: impl Iterator<Item = Entry>) -> String {
    let mut xml = head("urlset", " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"");
    for Entry { sides, modified } in entries {
        for url in [&sides.en, &sides.fr].into_iter().flatten() {
            xml.push_str("<url><loc>");
            escape(&url.absolute(base), &mut xml);
            xml.push_str("</loc>");
            if let Some(modified) = &modified {
                let _ = write!(xml, "<lastmod>{modified}</lastmod>");
            }
            if let PerLang { en: Some(_), fr: Some(_) } = sides {
                for (lang, side) in sides.iter().filter_map(|(lang, side)| Some((lang, side.as_ref()?))) {
                    let _ = write!(xml, "<xhtml:link rel=\"alternate\" hreflang=\"{lang}\" href=\"");
                    escape(&side.absolute(base), &mut xml);
                    xml.push_str("\"/>");
                }
            }
            xml.push_str("</url>\n");
        }
    }
    xml.push_str("</urlset>\n");
    xml
}

fn head(element: &str, namespaces: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <{element} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"{namespaces}>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_no_room_in_one_file_is_split() {
        assert_eq!((parts_of(1), parts_of(25_000), parts_of(25_001), parts_of(60_000)), (0, 0, 2, 3));
    }
}
