//! Addresses that the last build had and this one lacks: [`lost`]. What was where is read from the open data of each
//! record in the output ([`Published`]), which says it for good, whatever the theme makes of a page.

use serde_json::Value;

use super::Plan;
use crate::diagnostic::{Diagnostic, Place, Span, catalog};
use crate::lang::{Lang, PerLang};
use crate::path::{ContentPath, OutputPath, UrlPath};
use crate::schema::config;
use crate::site::Site;

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

/// Whether any page of an output is not in a plan, so that its addresses are worth looking at.
pub fn lacks_pages<'a>(plan: &Plan, mut before: impl Iterator<Item = &'a OutputPath>) -> bool {
    before.any(|path| path.as_str().ends_with("/index.html") && !plan.contains_key(path))
}

/// The addresses of records at which there is nothing any more.
pub fn lost(site: &Site, plan: &Plan, before: &[Published]) -> Vec<Diagnostic> {
    let mut lost = Vec::new();
    for Published { id, urls } in before {
        let record =
            site.records.binary_search_by(|record| record.id.as_str().cmp(id)).ok().map(|at| &site.records[at]);
        for (lang, url) in urls.iter() {
            let Some(url) = url.as_ref().filter(|url| !plan.contains_key(url.file().as_str())) else { continue };
            let side = record.and_then(|record| record.side(lang));
            let place = match side {
                Some(side) => Place::new(&side.file, side.address_span),
                None => Place::new(&ContentPath::new(config::FILE), Span::START),
            };
            lost.push(catalog::lost_address(place, url.as_str(), id, side.is_some()));
        }
    }
    lost
}
