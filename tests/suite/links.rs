//! Every link of every page leads somewhere, wherever the folder is: the shipped site is crawled whole.

use std::collections::{BTreeMap, BTreeSet};

use crate::project::{Tree, shipped};

#[test]
fn every_link_of_the_shipped_site_leads_to_a_file_and_a_place_in_it() {
    let broken = broken_links(shipped());
    assert!(broken.is_empty(), "{} links:\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn every_page_can_be_reached_from_the_choice_of_language() {
    let site = shipped();
    let (mut reached, mut waiting) = (BTreeSet::new(), vec!["index.html".to_owned()]);
    while let Some(page) = waiting.pop() {
        if !reached.insert(page.clone()) || !page.ends_with(".html") {
            continue;
        }
        let links = links(site.text(&page)).into_iter();
        waiting.extend(links.filter(|link| !is_absolute(link)).filter_map(|link| resolve(&page, link)));
    }
    let pages = site.pages().filter(|(page, text)| *page != "404.html" && !text.contains("http-equiv=\"refresh\""));
    let lost: Vec<&str> = pages.map(|(page, _)| page).filter(|page| !reached.contains(*page)).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn no_page_asks_another_site_for_anything() {
    for (page, text) in shipped().pages() {
        for tag in text
            .split('<')
            .filter(|tag| ["script", "link rel=\"stylesheet\"", "img", "iframe"].iter().any(|t| tag.starts_with(t)))
        {
            assert!(!tag.contains("src=\"http") && !tag.contains("stylesheet\" href=\"http"), "{page}: {tag}");
        }
    }
}

#[test]
fn no_address_needs_encoding() {
    for path in shipped().paths() {
        let sound = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._/".contains(&byte));
        assert!(sound, "{path}");
    }
}

/// The links of a site that lead nowhere: to no file, to no place in it, or out of the folder.
fn broken_links(site: &Tree) -> Vec<String> {
    let ids: BTreeMap<&str, BTreeSet<&str>> =
        site.pages().map(|(page, text)| (page, attributes(text, "id").into_iter().collect())).collect();
    let mut broken = Vec::new();
    for (page, text) in site.pages() {
        for link in links(text) {
            // The page for addresses that do not exist is shown at any depth: its links start at the site's root.
            let inner = if page == "404.html" { link.strip_prefix("/kb/") } else { Some(link) };
            if is_absolute(link) && inner == Some(link) {
                continue;
            }
            let Some((path, fragment)) = inner.map(|link| link.split_once('#').unwrap_or((link, ""))) else {
                broken.push(format!("{page}: {link}"));
                continue;
            };
            let target = resolve(page, path).filter(|target| site.0.contains_key(target));
            let found = target.is_some_and(|target| {
                fragment.is_empty() || ids.get(target.as_str()).is_some_and(|ids| ids.contains(fragment))
            });
            if !found {
                broken.push(format!("{page}: {link}"));
            }
        }
    }
    broken
}

/// The file that a relative link in a page leads to; `None` where it leaves the site's folder.
pub(crate) fn resolve(page: &str, link: &str) -> Option<String> {
    let link = link.split(['#', '?']).next()?;
    if link.is_empty() {
        return Some(page.to_owned());
    }
    if link.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let is_folder = link.ends_with('/') || link.ends_with("..") || link == ".";
    if is_folder {
        parts.push("index.html");
    }
    Some(parts.join("/"))
}

/// Everything that a page leads to or loads.
fn links(text: &str) -> Vec<&str> {
    let mut links = ["href", "src", "action"].map(|name| attributes(text, name)).concat();
    links.extend(text.split("content=\"0; url=").skip(1).filter_map(|rest| rest.split('"').next()));
    links
}

fn is_absolute(link: &str) -> bool {
    ["https://", "http://", "mailto:", "tel:", "data:"].iter().any(|scheme| link.starts_with(scheme))
}

/// The values of an attribute in a page's tags.
fn attributes<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    let tags = text.split('<').skip(1).filter_map(|tag| tag.split('>').next());
    let mark = format!(" {name}=\"");
    tags.flat_map(|tag| tag.split(&*mark).skip(1)).filter_map(|rest| rest.split('"').next()).collect()
}
