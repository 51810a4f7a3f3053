//! The address of every page. That no two have the same one is for `output` to see, which knows every file of the site.

use std::collections::BTreeSet;

use super::Alias;
use super::gather::{Candidate, Gathered};
use crate::diagnostic::{Diagnostics, Place, Span, catalog};
use crate::lang::{Lang, PerLang};
use crate::parse::ParsedWords;
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
    /// What was changed last.
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
pub(super) fn section(schema: &Schema, kind: TypeId, lang: Lang) -> UrlPath {
    UrlPath::page([lang.code(), schema.get(kind).slug.get(lang)])
}

/// The addresses of the records, in their order.
pub(super) struct Addresses {
    pub records: Vec<PerLang<UrlPath>>,
    pub aliases: Vec<PerLang<Vec<Alias>>>,
}

/// The addresses that something has.
type Taken = BTreeSet<UrlPath>;

/// Gives every page its address, made from its title unless it names one.
pub(super) fn assign(schema: &Schema, gathered: &Gathered) -> (Addresses, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let mut taken = Taken::new();
    for lang in Lang::BOTH {
        let Reserved { home, index, search, changes, feed, data } = Reserved::new(lang);
        taken.extend([home, index, search, changes, feed, data]);
        for (kind, of) in schema.iter().filter(|(_, kind)| !kind.is_free()) {
            let url = section(schema, kind, lang);
            let facets = super::lists::facet_fields(&of.fields);
            taken.extend(facets.map(|(_, field)| super::lists::facet_url(&url, field, lang)));
            taken.insert(url);
        }
    }
    let mut addresses = Addresses { records: Vec::new(), aliases: Vec::new() };
    for candidate in &gathered.records {
        let mut side = |lang, words: Option<&ParsedWords>| {
            words.map(|words| record(schema, candidate, words, lang, &mut diagnostics)).unwrap_or_default()
        };
        addresses.records.push(PerLang::from_fn(|lang| side(lang, candidate.words.get(lang).as_ref())));
    }
    taken.extend(addresses.records.iter().flat_map(|urls| [urls.en.clone(), urls.fr.clone()]));
    for (candidate, urls) in gathered.records.iter().zip(&mut addresses.records) {
        notice(schema, candidate, urls, &mut taken);
    }
    for candidate in &gathered.records {
        let mut side =
            |words: Option<&ParsedWords>| words.map(|words| aliases(words, &mut diagnostics)).unwrap_or_default();
        addresses.aliases.push(PerLang::from_fn(|lang| side(candidate.words.get(lang).as_ref())));
    }
    (addresses, diagnostics)
}

fn record(
    schema: &Schema,
    candidate: &Candidate,
    words: &ParsedWords,
    lang: Lang,
    diagnostics: &mut Diagnostics,
) -> UrlPath {
    let slug_node = words.front.get("slug");
    let title_node = words.front.get("title");
    let place = Place::new(&words.path, slug_node.or(title_node).map_or(Span::START, |node| node.span));
    let slug = match slug_node.and_then(|node| node.scalar()) {
        Some(written) => {
            if !path::is_slug(written) {
                diagnostics.push(catalog::bad_slug(place.clone(), written, &path::short_slug(written)));
            }
            path::slug(written)
        }
        None => path::short_slug(title_node.and_then(|node| node.scalar()).unwrap_or_default()),
    };
    let section = schema.get(candidate.kind).slug.get(lang);
    if slug.is_empty() {
        // A page without a title is told elsewhere.
        if title_node.is_some_and(|node| node.scalar().is_some()) {
            diagnostics.push(catalog::no_slug(place));
        }
        return UrlPath::page([lang.code(), section, candidate.id.rsplit('/').next().unwrap_or_default()]);
    }
    UrlPath::page([lang.code(), section, &slug])
}

/// The address of the notice that stands in place of a missing side: the other side's own last part, in this language's
/// section. Nobody names it, so it gives way to whatever has that address.
fn notice(schema: &Schema, candidate: &Candidate, urls: &mut PerLang<UrlPath>, taken: &mut Taken) {
    for lang in Lang::BOTH {
        let other = urls.get(lang.other()).as_str().trim_end_matches('/').to_owned();
        if candidate.words.get(lang).is_some() || other.is_empty() {
            continue;
        }
        let section = schema.get(candidate.kind).slug.get(lang);
        let last = other.rsplit('/').next().unwrap_or_default();
        let mut url = UrlPath::page([lang.code(), section, last]);
        if taken.contains(&url) {
            url = UrlPath::page([lang.code(), section, &format!("{last}-{}", lang.other())]);
        }
        taken.insert(url.clone());
        *urls.get_mut(lang) = url;
    }
}

fn aliases(words: &ParsedWords, diagnostics: &mut Diagnostics) -> Vec<Alias> {
    let mut aliases = Vec::new();
    for node in words.front.get("aliases").map(crate::yaml::Node::items).unwrap_or_default() {
        let written = node.scalar().unwrap_or_default();
        match alias(written) {
            None => diagnostics.push(catalog::bad_alias(Place::new(&words.path, node.span), written)),
            Some(url) => aliases.push(Alias { url, span: node.span }),
        }
    }
    aliases
}

/// An old address: a file where its last part has an ending, else a page.
fn alias(written: &str) -> Option<UrlPath> {
    let parts: Vec<&str> = written.trim_matches('/').split('/').collect();
    let sound = |part: &&str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
    };
    if !parts.iter().all(sound) {
        return None;
    }
    let is_file = parts.last().is_some_and(|last| last.contains('.')) && !written.ends_with('/');
    Some(if is_file { UrlPath::new(parts.join("/")) } else { UrlPath::page(parts) })
}
