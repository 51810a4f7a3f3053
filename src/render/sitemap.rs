//! The list of all pages for search engines: `sitemap.xml`.

use std::fmt::Write as _;

use super::html::escape;
use crate::lang::{Lang, PerLang};
use crate::path::UrlPath;
use crate::site::Site;

/// The site map, with every page's sides; `None` where the site has no `base_url`, since its addresses are absolute.
pub fn sitemap(site: &Site) -> Option<String> {
    let base = site.config.base_url.as_ref()?;
    let mut xml = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    ));
    let mut pair = |sides: PerLang<Option<&UrlPath>>, modified: Option<String>| {
        for url in [sides.en, sides.fr].into_iter().flatten() {
            xml.push_str("<url><loc>");
            escape(&url.absolute(base), &mut xml);
            xml.push_str("</loc>");
            if let Some(modified) = &modified {
                let _ = write!(xml, "<lastmod>{modified}</lastmod>");
            }
            if let PerLang { en: Some(_), fr: Some(_) } = sides {
                for (lang, side) in sides.iter().filter_map(|(lang, side)| side.map(|side| (lang, side))) {
                    let _ = write!(xml, "<xhtml:link rel=\"alternate\" hreflang=\"{lang}\" href=\"");
                    escape(&side.absolute(base), &mut xml);
                    xml.push_str("\"/>");
                }
            }
            xml.push_str("</url>\n");
        }
    };
    let both = |url: &dyn Fn(Lang) -> UrlPath| PerLang::from_fn(url);
    let pages: [&dyn Fn(Lang) -> UrlPath; 4] = [
        &|lang| site.home.get(lang).url.clone(),
        &|lang| site.reserved.get(lang).index.clone(),
        &|lang| site.reserved.get(lang).changes.clone(),
        &|lang| site.reserved.get(lang).data.clone(),
    ];
    for sides in pages.map(both) {
        pair(PerLang { en: Some(&sides.en), fr: Some(&sides.fr) }, None);
    }
    for section in &site.sections {
        pair(PerLang { en: Some(&section.sides.en.url), fr: Some(&section.sides.fr.url) }, None);
    }
    for record in &site.records {
        let sides = PerLang::from_fn(|lang| record.side(lang).map(|side| &side.url));
        pair(sides, record.base.modified_on.map(|(date, _)| date.to_string()));
    }
    xml.push_str("</urlset>\n");
    Some(xml)
}
