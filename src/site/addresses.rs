//! The address of every page.

use std::collections::HashSet;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::Alias;
use super::candidate::{WrittenRecord, WrittenSide};
use crate::diagnostic::{Diagnostics, Place, Span, catalog};
use crate::lang::{Lang, PerLang};
use crate::path::{self, UrlPath};
use crate::schema::{LIST_PARTS, Schema, TypeId};

/// The addresses of the pages that no file stands for.
#[derive(Clone, Debug)]
pub struct Reserved {
    /// The home page.
    pub home: UrlPath,
    /// The A to Z index.
    pub index: UrlPath,
    /// The results page of the search.
    pub search: UrlPath,
    /// The page of recent changes.
    pub changes: UrlPath,
    /// The feed of the same.
    pub feed: UrlPath,
    /// The page about open data.
    pub data: UrlPath,
}

impl Reserved {
    /// Below a section: the part of its list that expires soon.
    const EXPIRING: PerLang<[&'static str; 2]> =
        PerLang { en: [LIST_PARTS.en[1], "12-months"], fr: [LIST_PARTS.fr[1], "12-mois"] };

    /// Below a section: the address of the part of its list that expires soon.
    pub(crate) fn expiring(section: &UrlPath, lang: Lang) -> UrlPath {
        super::lists::below(section, &Self::EXPIRING.get(lang)[..])
    }

    /// Below a section: the address of all of it as one document.
    pub(crate) fn document(section: &UrlPath, lang: Lang) -> UrlPath {
        super::lists::below(section, &[LIST_PARTS.get(lang)[2]])
    }

    /// A further page of a list that begins at an address.
    pub fn further(list: &UrlPath, number: usize) -> UrlPath {
        if number > 1 { UrlPath::new(format!("{list}{}/{number}/", LIST_PARTS.en[0])) } else { list.clone() }
    }

    /// The addresses of a language.
    pub fn new(lang: Lang) -> Self {
        let code = lang.code();
        let (search, changes, data) = match lang {
            Lang::En => ("search", "changes", "data"),
            Lang::Fr => ("recherche", "modifications", "donnees"),
        };
        Self {
            home: UrlPath::page([code]),
            index: UrlPath::page([code, "a-z"]),
            search: UrlPath::page([code, search]),
            changes: UrlPath::page([code, changes]),
            feed: UrlPath::new(format!("{code}/feed.xml")),
            data: UrlPath::page([code, data]),
        }
    }
}

/// The address of a section's landing page.
pub fn section(schema: &Schema, kind: TypeId, lang: Lang) -> UrlPath {
    UrlPath::page([lang.code(), schema.get(kind).slug.get(lang)])
}

/// The addresses that a record asks for. Whether it gets them depends on the other records: [`assign`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressRequest {
    /// The address of each side.
    sides: PerLang<Option<UrlPath>>,
    /// The addresses for the notice in place of a missing side: the first free one is used.
    notices: PerLang<Option<[UrlPath; 2]>>,
    /// Old addresses.
    aliases: PerLang<Vec<Alias>>,
}

/// The addresses of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordAddresses {
    /// The address of each side, or of the notice that replaces a missing one.
    pub urls: PerLang<UrlPath>,
    /// Old addresses that lead to each side.
    pub aliases: PerLang<Vec<Alias>>,
}

/// The addresses that a published record asks for: made from its titles unless it names them itself.
pub fn request(schema: &Schema, id: &str, kind: TypeId, written: &WrittenRecord) -> (AddressRequest, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let mut request = AddressRequest::default();
    let slug_of_section = |lang| schema.get(kind).slug.get(lang);
    for lang in Lang::BOTH {
        if let Some(side) = written.sides.get(lang) {
            let url = side_url(id, side, lang, slug_of_section(lang), &mut diagnostics);
            *request.sides.get_mut(lang) = Some(url);
            *request.aliases.get_mut(lang) = aliases(side, &mut diagnostics);
        }
    }
    for lang in Lang::BOTH {
        // A notice has the last part of the other side's address.
        if let (None, Some(other)) = (request.sides.get(lang), request.sides.get(lang.other())) {
            let last = other.as_str().trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
            let page = |last: &str| UrlPath::page([lang.code(), slug_of_section(lang), last]);
            *request.notices.get_mut(lang) = Some([page(&last), page(&format!("{last}-{}", lang.other()))]);
        }
    }
    (request, diagnostics)
}

/// Gives every record its addresses, in the order of the records. `output`, which knows every file of the site, checks
/// that no two are the same.
pub fn assign<'a>(schema: &Schema, requests: impl Iterator<Item = &'a AddressRequest> + Clone) -> Vec<RecordAddresses> {
    let mut taken = HashSet::<UrlPath>::new();
    for lang in Lang::BOTH {
        let Reserved { home, index, search, changes, feed, data } = Reserved::new(lang);
        taken.extend([home, index, search, changes, feed, data]);
        for (kind, of) in schema.iter().filter(|(_, kind)| !kind.is_free()) {
            let url = section(schema, kind, lang);
            let facets = super::lists::facet_fields(&of.fields);
            taken.extend(facets.map(|(_, field)| super::lists::facet_url(&url, field, lang)));
            taken.insert(Reserved::document(&url, lang));
            taken.insert(url);
        }
    }
    let sides = requests.clone().flat_map(|request| [&request.sides.en, &request.sides.fr]).flatten();
    taken.extend(sides.cloned());
    let record = |request: &AddressRequest| {
        let mut urls = request.sides.as_ref().map(|_, side| side.clone().unwrap_or_default());
        // Nobody names the address of a notice, so it gives way to any other page.
        for lang in Lang::BOTH {
            if let Some([first, second]) = request.notices.get(lang) {
                let url = if taken.contains(first) { second } else { first };
                taken.insert(url.clone());
                *urls.get_mut(lang) = url.clone();
            }
        }
        RecordAddresses { urls, aliases: request.aliases.clone() }
    };
    requests.map(record).collect()
}

impl AddressRequest {
    /// The addresses that a draft would have. It has them only in the preview, so no other page has to give way to it.
    pub fn of_draft(&self) -> RecordAddresses {
        let urls = self.sides.as_ref().map(|_, side| side.clone().unwrap_or_default());
        RecordAddresses { urls, aliases: self.aliases.clone() }
    }
}

fn side_url(id: &str, side: &WrittenSide, lang: Lang, section: &str, diagnostics: &mut Diagnostics) -> UrlPath {
    let slug_node = side.front.get("slug");
    let title_node = side.front.get("title");
    let place = Place::new(&side.path, slug_node.or(title_node).map_or(Span::START, |node| node.span));
    let slug = match slug_node.and_then(|node| node.scalar()) {
        Some(written) => {
            if !path::is_slug(written) {
                diagnostics.push(catalog::bad_slug(place.clone(), written, &path::short_slug(written)));
            }
            path::slug(written)
        }
        None => path::short_slug(title_node.and_then(|node| node.scalar()).unwrap_or_default()),
    };
    if slug.is_empty() {
        // A page without a title is a mistake of its own.
        if title_node.is_some_and(|node| node.scalar().is_some()) {
            diagnostics.push(catalog::no_slug(place));
        }
        let last = id.rsplit('/').next().unwrap_or_default();
        return UrlPath::page([lang.code(), section, last]);
    }
    UrlPath::page([lang.code(), section, &slug])
}

/// The old addresses that a file of words lists.
pub(super) fn aliases(side: &WrittenSide, diagnostics: &mut Diagnostics) -> Vec<Alias> {
    let mut aliases = Vec::<Alias>::new();
    let mut taken = HashSet::new();
    for node in side.front.get("aliases").map(crate::yaml::Node::items).unwrap_or_default() {
        let written = node.scalar().unwrap_or_default();
        match alias(written, node.span) {
            None => {
                let sign = sign_in_the_way(written);
                diagnostics.push(catalog::bad_alias(Place::new(&side.path, node.span), written, sign));
            }
            Some(alias) if !taken.insert((alias.url.clone(), alias.query.clone())) => {
                diagnostics.push(catalog::value_repeated(Place::new(&side.path, node.span), "aliases", written));
            }
            Some(alias) => aliases.push(alias),
        }
    }
    aliases
}

/// An old address, with its accents or as browsers encode them: a file if its last part has an ending, else a page.
/// What follows a question mark is its query.
pub fn alias(written: &str, span: Span) -> Option<Alias> {
    let (path, query) = match written.split_once('?') {
        Some((path, query)) => (path, Some(utf8_percent_encode(query, QUERY).to_string())),
        None => (written, None),
    };
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    // Servers' rules have it between quotation marks, where these would have another meaning.
    let is_inert = |text: &str| text.chars().all(|c| !c.is_control() && !"\"$\\{}<>#^`|".contains(c));
    if query.as_ref().is_some_and(|query| query.is_empty() || !is_inert(query)) {
        return None;
    }
    if decoded.trim_matches('/').is_empty() && query.is_some() {
        return Some(Alias { url: UrlPath::default(), query, span });
    }
    let parts: Vec<&str> = decoded.trim_matches('/').split('/').collect();
    // Letters of every language, since old addresses were made from titles; and the signs that files can have on all
    // systems.
    let sound = |part: &&str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.chars().all(|c| c.is_alphanumeric() || "-._~’' (),+&@=!".contains(c))
    };
    if !parts.iter().all(sound) {
        return None;
    }
    let is_file = parts.last().is_some_and(|last| last.contains('.')) && !decoded.ends_with('/');
    let url = if is_file { UrlPath::new(parts.join("/")) } else { UrlPath::page(parts) };
    Some(Alias { url, query, span })
}

/// The first sign that an old address must not have, if it would be valid without such signs.
fn sign_in_the_way(written: &str) -> Option<char> {
    let may_stand = |c: &char| c.is_alphanumeric() || c.is_control() || "/?%-._~’' (),+&@=!".contains(*c);
    let without: String = written.chars().filter(may_stand).collect();
    let is_one = || written.starts_with('/') && alias(&without, Span::START).is_some();
    written.chars().find(|c| !may_stand(c)).filter(|_| is_one())
}

/// What browsers encode in a query.
const QUERY: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>');
