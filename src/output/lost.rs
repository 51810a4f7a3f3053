//! Addresses that the last build had and this one lacks: [`lost`]. Which record was where is read from its open data in
//! the output ([`Published`]), which does not depend on the theme. Pages without open data are known by their
//! addresses: those below a list count as parts of it, unless they also exist as Markdown, as written pages do. The
//! record of such a page is known if the page leads to the other version, and that is still at its address.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Plan;
use crate::diagnostic::catalog::Lost;
use crate::diagnostic::{Diagnostic, Place, Span, catalog};
use crate::lang::{Lang, PerLang};
use crate::path::{ContentPath, OutputPath, UrlPath};
use crate::render::markdown_url;
use crate::schema::config;
use crate::site::{Record, Side, Site};
use crate::source::picture::is_picture;

/// Where the pages of a record were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    id: String,
    urls: PerLang<Option<UrlPath>>,
}

impl Published {
    /// Reads the open data of a record, as any build has written it.
    pub fn read(json: &[u8]) -> Option<Self> {
        let json: Value = serde_json::from_slice(json).ok()?;
        let url = |lang: Lang| {
            let url = json[lang.code()]["url"].as_str()?;
            // Whatever the site's own address was then.
            let path = url.find(&format!("/{lang}/"))?;
            Some(UrlPath::new(&url[path + 1..]))
        };
        Some(Self { id: json["id"].as_str()?.to_owned(), urls: PerLang::from_fn(url) })
    }

    /// Whether a file of an output holds the open data of a record.
    pub fn is_at(path: &OutputPath) -> bool {
        path.as_str().strip_prefix("data/").is_some_and(|rest| rest.contains('/') && rest.ends_with(".json"))
    }
}

/// Whether any file of an output that may be an address is missing from a plan, so that its addresses are worth
/// checking.
pub fn lacks_addresses<'a>(plan: &Plan, mut before: impl Iterator<Item = &'a OutputPath>) -> bool {
    before.any(|path| (is_page(path) || is_document(path)) && !plan.contains_key(path))
}

fn is_page(path: &OutputPath) -> bool {
    path.as_str().ends_with(".html")
}

/// Whether it is a file that readers open and whose address they keep, unlike a picture, which they see on a page.
fn is_document(path: &OutputPath) -> bool {
    let name = path.as_str().strip_prefix("assets/").unwrap_or_default();
    !name.is_empty() && !name.starts_with('.') && !name.ends_with(".gz") && !is_picture(name)
}

/// The addresses at which there is nothing any more: of records by their open data, of all other pages that were written,
/// of files, and former ones. `before` are the files of the last build, and `read` gives their bytes.
pub fn lost<'a>(
    site: &Site,
    plan: &Plan,
    before: impl Iterator<Item = &'a OutputPath> + Clone,
    read: impl Fn(&OutputPath) -> Option<Vec<u8>>,
) -> Vec<Diagnostic> {
    let settings = || Place::new(&ContentPath::new(config::FILE), Span::START);
    let mut lost = Vec::new();
    let mut reported = BTreeSet::new();
    for path in before.clone().filter(|path| Published::is_at(path)) {
        let Some(Published { id, urls }) = read(path).and_then(|json| Published::read(&json)) else { continue };
        let record =
            site.records.binary_search_by(|record| record.id.as_str().cmp(&id)).ok().map(|at| &site.records[at]);
        for (lang, url) in urls.iter() {
            let Some(url) = url.as_ref().filter(|url| !plan.contains_key(url.file().as_str())) else { continue };
            reported.insert(url.file());
            let side = record.and_then(|record| record.side(lang));
            lost.push(match side {
                Some(side) => {
                    catalog::lost_address(Place::new(&side.file, side.address_span), url.as_str(), Lost::Page)
                }
                None => catalog::lost_address(settings(), url.as_str(), Lost::Record(&id)),
            });
        }
    }
    let files: BTreeSet<&str> = before.clone().map(OutputPath::as_str).collect();
    // The addresses whose pages are lost, in their order: what is below one is part of it.
    let mut above = None::<UrlPath>;
    for path in before.filter(|path| !plan.contains_key(path.as_str()) && !reported.contains(path.as_str())) {
        let url = UrlPath::new(path.as_str().strip_suffix("index.html").unwrap_or(path.as_str()));
        let what = if is_document(path) {
            Lost::File
        } else if !is_page(path) {
            continue;
        } else {
            let html = read(path).unwrap_or_default();
            if leads_on(&html) {
                Lost::Former
            } else if files.contains(markdown_url(&url).as_str()) || !is_part_of_list(site, &url, above.as_ref()) {
                above = Some(url.clone());
                if let Some(side) = still_there(site, &url, &String::from_utf8_lossy(&html)) {
                    let place = Place::new(&side.file, side.address_span);
                    lost.push(catalog::lost_address(place, url.as_str(), Lost::Page));
                    continue;
                }
                Lost::Written
            } else {
                continue;
            }
        };
        lost.push(catalog::lost_address(settings(), url.as_str(), what));
    }
    lost
}

/// The side of a record that was at an address: the one whose other version is still where the old page leads for the
/// other language.
fn still_there<'s>(site: &'s Site, url: &UrlPath, html: &str) -> Option<&'s Side> {
    let lang = Lang::BOTH.into_iter().find(|lang| url.as_str().starts_with(&format!("{lang}/")))?;
    let other = lang.other();
    let (mark, folder) = (format!("hreflang=\"{other}\""), format!("/{other}/"));
    let tags = html.split('<').map(|tag| tag.split('>').next().unwrap_or_default());
    let targets = tags.filter(|tag| tag.contains(&mark)).filter_map(|tag| {
        tag.split("href=\"").find_map(|href| {
            let href = href.split('"').next()?;
            Some(&href[href.find(&folder)? + 1..])
        })
    });
    let targets: BTreeSet<&str> = targets.collect();
    let is_other = |record: &Record| record.side(other).is_some_and(|side| targets.contains(side.url.as_str()));
    site.records.iter().find(|record| is_other(record))?.side(lang)
}

/// Whether a page follows from others, as a part of a list does: it comes and goes with them. `above` is the last lost page.
fn is_part_of_list(site: &Site, url: &UrlPath, above: Option<&UrlPath>) -> bool {
    let mut lists = site.sections.iter().flat_map(|section| Lang::BOTH.map(|lang| &section.sides.get(lang).url));
    let is_below = |list: &UrlPath| url.as_str().starts_with(list.as_str());
    above.is_some_and(is_below) || lists.any(is_below)
}

/// Whether a page only leads to another one.
fn leads_on(html: &[u8]) -> bool {
    html.windows(REFRESH.len()).any(|part| part == REFRESH)
}

const REFRESH: &[u8] = b"http-equiv=\"refresh\"";
