//! Where each old page goes: its section, its id, its addresses: [`Plan`].

use std::collections::{BTreeMap, BTreeSet};

use super::Wishes;
use super::front::{self, Front};
use super::page::OldPage;
use super::pairing::{Found, without_index};
use super::tool::Tool;
use crate::format::capitalized;
use crate::lang::{Lang, PerLang};
use crate::layout::LANDING;
use crate::path;

/// What the new site consists of.
pub(super) struct Plan {
    /// The sections, by their folder.
    pub sections: BTreeMap<String, Section>,
    /// The pages, in the order in which their versions were found.
    pub pages: Vec<Planned>,
}

/// A folder of records with a type of its own.
pub(super) struct Section {
    /// What it is called.
    pub name: PerLang<String>,
    /// Its part of the addresses.
    pub slug: PerLang<String>,
    /// Whether the type is one that Diptych ships.
    pub is_shipped: bool,
}

/// Where one page goes.
pub(super) struct Planned {
    /// The id.
    pub id: String,
    /// The last part of each address; `None` for landing pages.
    pub slugs: Option<PerLang<String>>,
}

/// More pages than this at the top get a section of their own: free pages are listed nowhere.
const MOST_FREE: usize = 8;

/// Addresses that Diptych gives to pages of its own.
const RESERVED: [&str; 9] =
    ["search", "changes", "data", "a-z", "recherche", "modifications", "donnees", "types", "root"];

/// Plans the new site.
pub(super) fn plan(
    pages: &[OldPage],
    found: &[Found],
    (tool, settings): (Tool, &Front),
    wishes: &Wishes,
    types: &BTreeMap<String, String>,
) -> Plan {
    let lead = |found: &Found| found.sides.en.or(found.sides.fr);
    let place = |at: usize| tool.place(&pages[at].neutral);
    let is_index = |at: usize| tool.is_landing(&pages[at].neutral);
    let folders: Vec<Vec<&str>> = found.iter().filter_map(lead).map(|at| folders(place(at))).collect();
    let all = shared(&folders);
    let shared = folders.first().map_or(0, |first| tool.above_content(&first[..all], settings));
    let inner = |at: usize| folders_from(place(at), shared);
    let at_top = found.iter().filter_map(lead).filter(|at| inner(*at).is_empty() && !is_index(*at));
    let top = if at_top.count() > MOST_FREE { "documents" } else { "pages" };
    let asked = wishes.kind.as_ref().and_then(|kind| types.get(&format!("{kind}.yaml")));
    let asked = asked.and_then(|text| front::text(front::settings("type.yaml", text)?.get("folder")?));
    let mut plan = Plan { sections: BTreeMap::new(), pages: Vec::new() };
    let mut taken = BTreeSet::new();
    let mut slugs = PerLang::<BTreeSet<String>>::default();
    for found in found {
        let Some(at) = lead(found) else { continue };
        let folders = inner(at);
        let index = is_index(at);
        if index && folders.is_empty() && taken.insert(LANDING.to_owned()) {
            plan.pages.push(Planned { id: LANDING.to_owned(), slugs: None });
            continue;
        }
        let section = match (&asked, folders.first()) {
            (Some(folder), _) => folder.clone(),
            (None, Some(folder)) => section_folder(folder),
            (None, None) => top.to_owned(),
        };
        plan.sections.entry(section.clone()).or_insert_with(|| {
            let (name, slug) = names_of_section(pages, found, tool, &section, shared);
            Section { name, slug, is_shipped: asked.is_some() || section == "pages" }
        });
        if index
            && folders.len() == 1
            && section != "pages"
            && asked.is_none()
            && taken.insert(format!("{section}/{LANDING}"))
        {
            // The folder's own page has the best name for the section.
            if let Some(section) = plan.sections.get_mut(&section) {
                for lang in Lang::BOTH {
                    if let Some(title) = found.sides.get(lang).and_then(|side| pages[side].field("title")) {
                        *section.name.get_mut(lang) = title;
                    }
                }
            }
            plan.pages.push(Planned { id: format!("{section}/{LANDING}"), slugs: None });
            continue;
        }
        let parent = folders.last().copied().unwrap_or_default();
        let own =
            unique(&short_name(&pages[at]), parent, &mut |candidate| taken.insert(format!("{section}/{candidate}")));
        let side_slugs = PerLang::from_fn(|lang| {
            let wanted = found.sides.get(lang).map_or_else(|| own.clone(), |side| short_name(&pages[side]));
            let wanted = if RESERVED.contains(&wanted.as_str()) { format!("{wanted}-page") } else { wanted };
            let known = slugs.get_mut(lang);
            unique(&wanted, parent, &mut |candidate| known.insert(format!("{section}/{candidate}")))
        });
        plan.pages.push(Planned { id: format!("{section}/{own}"), slugs: Some(side_slugs) });
    }
    plan.part_free_pages();
    plan
}

impl Plan {
    /// Gives free pages other addresses than sections: `blog.md` is often beside `blog/`.
    fn part_free_pages(&mut self) {
        let sections = self.sections.iter().filter(|(folder, _)| *folder != "pages");
        let taken: Vec<&PerLang<String>> = sections.map(|(_, section)| &section.slug).collect();
        let free = self.pages.iter_mut().filter(|planned| planned.id.starts_with("pages/"));
        for slugs in free.filter_map(|planned| planned.slugs.as_mut()) {
            for lang in Lang::BOTH {
                while taken.iter().any(|slug| slug.get(lang) == slugs.get(lang)) {
                    slugs.get_mut(lang).push_str("-page");
                }
            }
        }
    }
}

/// The name of a section and its part of the addresses, from its folder in each language.
fn names_of_section(
    pages: &[OldPage],
    found: &Found,
    tool: Tool,
    folder: &str,
    shared: usize,
) -> (PerLang<String>, PerLang<String>) {
    let names = PerLang::from_fn(|lang| {
        let side = (*found.sides.get(lang)).or(found.sides.en).or(found.sides.fr).filter(|_| folder != "documents");
        let named = side.and_then(|side| folders_of_side(pages, side, found, tool, shared));
        named.unwrap_or_else(|| if folder == "documents" { "Documents".to_owned() } else { folder.to_owned() })
    });
    let slugs = names.as_ref().map(|_, name| free(path::short_slug(name), folder));
    (names.map(|_, name| readable(&name)), slugs)
}

/// The last part of a page's address: the one that it names itself, or the name of its file.
fn short_name(page: &OldPage) -> String {
    let named = page.field("slug").or_else(|| {
        let url = page.field("permalink").or_else(|| page.field("url"))?;
        let last = url.trim_matches('/').rsplit('/').next()?.to_owned();
        (!last.contains([':', '{'])).then(|| last.trim_end_matches(".html").to_owned())
    });
    let own = without_index(&page.neutral);
    let last = own.rsplit('/').next().unwrap_or_default().trim_start_matches('_');
    path::short_slug(&named.unwrap_or_else(|| last.to_owned()))
}

fn folders(neutral: &str) -> Vec<&str> {
    let mut folders: Vec<&str> = neutral.split('/').collect();
    folders.pop();
    folders
}

fn folders_from(neutral: &str, shared: usize) -> Vec<&str> {
    folders(neutral).into_iter().skip(shared).collect()
}

/// How many folders all pages have in common.
fn shared(folders: &[Vec<&str>]) -> usize {
    let Some(first) = folders.first() else { return 0 };
    let same = |own: &Vec<&str>| own.iter().zip(first).take_while(|(a, b)| a == b).count();
    folders.iter().map(same).min().unwrap_or_default()
}

/// The folder of a side as its language names it.
fn folders_of_side(pages: &[OldPage], at: usize, found: &Found, tool: Tool, shared: usize) -> Option<String> {
    let folders = |at: usize| folders(tool.place(&pages[at].neutral));
    let lead = found.sides.en.or(found.sides.fr)?;
    // A side whose folders are nested differently says nothing about names.
    let own = if folders(at).len() == folders(lead).len() { folders(at) } else { folders(lead) };
    own.get(shared).map(|name| (*name).to_owned())
}

fn section_folder(folder: &str) -> String {
    let slug = path::short_slug(folder.trim_start_matches('_'));
    if slug.is_empty() { "documents".to_owned() } else { free(slug, "documents") }
}

fn free(slug: String, otherwise: &str) -> String {
    match slug.as_str() {
        "" => otherwise.to_owned(),
        name if RESERVED.contains(&name) || name == "glossary" => format!("{name}-pages"),
        _ => slug,
    }
}

/// A folder's name as a heading: `user-guide` is “User guide”.
pub(super) fn readable(name: &str) -> String {
    let words = name.trim_matches(['_', '-', ' ']).replace(['-', '_'], " ");
    capitalized(&words)
}

/// A name that is not taken yet: with its folder before it, or a number after it.
fn unique(wanted: &str, parent: &str, take: &mut dyn FnMut(&str) -> bool) -> String {
    let wanted = if wanted.is_empty() { "page" } else { wanted };
    if take(wanted) {
        return wanted.to_owned();
    }
    let with_folder = path::short_slug(&format!("{parent}-{wanted}"));
    if take(&with_folder) {
        return with_folder;
    }
    let mut number = 2;
    loop {
        let numbered = format!("{wanted}-{number}");
        if take(&numbered) {
            return numbered;
        }
        number += 1;
    }
}
