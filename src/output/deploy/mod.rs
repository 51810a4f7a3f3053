//! What readers notice when one output replaces another: [`compare`].
//!
//! Pure: the manifests say which files differ, and only those are asked for. A page is *changed* if its own content
//! differs; if only what is around it differs (a theme, a menu), it is merely counted. A pair is *unequal* if what was
//! written for the page itself changed in one language only. A list that shows another title, or the next page in the
//! alphabet, does not count.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use percent_encoding::percent_decode_str;
use rayon::prelude::*;
use serde_json::Value;

use super::lost::Published;
use super::manifest::Manifest;
use crate::lang::{Lang, PerLang};
use crate::path::{OutputPath, UrlPath};

mod page;

use page::Page;

/// Which of the two outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one that is published.
    Old,
    /// The one that is to replace it.
    New,
}

/// What a deploy changes. Addresses are those of pages and files, from the site's root; every list is in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deploy {
    /// The pages of each language.
    pub pages: PerLang<Pages>,
    /// Other files that people link to: documents, pictures, open data, feeds.
    pub files: Files,
    /// Addresses, of pages, of files and of redirects, at which there is nothing any more.
    pub lost: Vec<String>,
    /// Pairs that changed in one language only.
    pub unequal: Vec<Unequal>,
    /// Whether any file at all differs.
    pub differs: bool,
}

/// What happens to the pages of a language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// Those at addresses where there was no page.
    pub new: Vec<String>,
    /// Those that say something else.
    pub changed: Vec<String>,
    /// Those that are no longer there, each with the address that it leads to now.
    pub gone: Vec<(String, Option<String>)>,
    /// How many say the same and look different.
    pub restyled: usize,
}

/// What happens to other files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// Those that were not there.
    pub new: Vec<String>,
    /// Those that hold something else.
    pub changed: Vec<String>,
    /// Those that are no longer there.
    pub gone: Vec<String>,
}

/// A pair that a deploy changes in one language only.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unequal {
    /// The address of the page that changes.
    pub address: String,
    /// The language in which it changes.
    pub lang: Lang,
    /// What happens to it.
    pub change: Change,
    /// The address of the other one, if there is one.
    pub twin: Option<String>,
}

/// What happens to a page's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It was not there.
    New,
    /// It says something else.
    Changed,
    /// It is no longer there.
    Gone,
}

/// Folders and files whose addresses nobody links to: names in them change with their content, or servers read them.
fn is_internal(path: &str) -> bool {
    path.starts_with("theme/")
        || path.starts_with("search/")
        || path.split('/').any(|part| part.starts_with(['.', '_']))
}

/// Gives the bytes of a file of one of the outputs.
pub type Read<'a, E> = dyn Fn(Which, &OutputPath) -> Result<Vec<u8>, E> + Sync + 'a;

/// What changes when the site of one manifest replaces that of another.
pub fn compare<E: Send>(old: &Manifest, new: &Manifest, read: &Read<'_, E>) -> Result<Deploy, E> {
    let sites = Sites { old: Site::of(old, Which::Old, new, read)?, new: Site::of(new, Which::New, old, read)? };
    let mut deploy = Deploy { differs: old.files != new.files, ..Deploy::default() };
    let is_sibling = |path: &OutputPath, of: &Manifest| {
        path.as_str().strip_suffix(".gz").is_some_and(|plain| of.files.contains_key(plain))
    };
    let paths: BTreeSet<&OutputPath> = old.files.keys().chain(new.files.keys()).collect();
    for path in paths {
        let (before, after) = (old.files.get(path), new.files.get(path));
        if before == after || is_internal(path.as_str()) || is_sibling(path, old) || is_sibling(path, new) {
            continue;
        }
        if after.is_none() {
            deploy.lost.push(address(path.as_str()));
        }
        match page_lang(path.as_str()) {
            Some(lang) => sites.sort_in(path.as_str(), deploy.pages.get_mut(lang)),
            None => {
                let Files { new, changed, gone } = &mut deploy.files;
                let list = match (before, after) {
                    (None, _) => new,
                    (_, None) => gone,
                    _ => changed,
                };
                list.push(address(path.as_str()));
            }
        }
    }
    deploy.unequal = sites.unequal();
    Ok(deploy)
}

/// Where a file is found: a page at its folder.
fn address(path: &str) -> String {
    match path.strip_suffix("index.html") {
        Some(folder) if folder.ends_with('/') => folder.to_owned(),
        _ => path.to_owned(),
    }
}

/// The language of a page; `None` for a file that is not a page, or a page that belongs to both.
fn page_lang(path: &str) -> Option<Lang> {
    let (first, rest) = path.split_once('/')?;
    first.parse().ok().filter(|_| rest.ends_with(".html"))
}

/// One of the outputs, as far as it differs from the other.
struct Site<'a> {
    manifest: &'a Manifest,
    pages: HashMap<&'a str, Page>,
    /// What the open data says of the record of a page, in the page's language.
    data: HashMap<String, String>,
}

impl<'a> Site<'a> {
    fn of<E: Send>(manifest: &'a Manifest, which: Which, other: &Manifest, read: &Read<'_, E>) -> Result<Self, E> {
        let differing = manifest.files.iter().filter(|(path, entry)| other.files.get(*path) != Some(*entry));
        let differing: Vec<&'a OutputPath> = differing.map(|(path, _)| path).collect();
        let pages = differing.par_iter().filter_map(|path| {
            let lang = page_lang(path.as_str())?;
            Some(read(which, path).map(|html| (path.as_str(), Page::read(&html, lang))))
        });
        let pages = pages.collect::<Result<_, E>>()?;
        let data = differing.par_iter().filter(|path| Published::is_at(path));
        let data: Vec<Value> = data
            .map(|path| read(which, path).map(|json| serde_json::from_slice(&json).unwrap_or_default()))
            .collect::<Result<_, E>>()?;
        let mut site = Self { manifest, pages, data: HashMap::new() };
        for mut record in data {
            for lang in Lang::BOTH {
                let Some(side) = record[lang.code()].as_object_mut() else { continue };
                // Words for the search need no translation, and an address is not part of what a page says.
                side.remove("keywords");
                let url = side.remove("url");
                if let Some(path) = url.as_ref().and_then(Value::as_str).and_then(|url| site.find("", url)) {
                    site.data.insert(path, Value::Object(std::mem::take(side)).to_string());
                }
            }
        }
        Ok(site)
    }

    /// The file of this output that a link on a page leads to. For an absolute address, the part that fits is the
    /// site's own.
    fn find(&self, page: &str, link: &str) -> Option<String> {
        let link = link.split(['?', '#']).next().unwrap_or_default();
        let link = percent_decode_str(link).decode_utf8().ok()?;
        let absolute = link.split_once("://").map(|(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
        let absolute = absolute.or_else(|| link.strip_prefix('/'));
        let file = |address: &str| {
            Some(UrlPath::new(address).file()).filter(|file| self.manifest.files.contains_key(file.as_str()))
        };
        if let Some(mut rest) = absolute {
            loop {
                match (file(rest), rest.split_once('/')) {
                    (Some(file), _) => return Some(file),
                    (None, Some((_, inner))) => rest = inner,
                    (None, None) => return None,
                }
            }
        }
        let mut parts: Vec<&str> = page.split('/').collect();
        parts.pop();
        for part in link.split('/') {
            match part {
                "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        file(&parts.join("/")).or_else(|| file(&format!("{}/", parts.join("/"))))
    }

    /// A page to be read, among those that differ.
    fn page(&self, path: &str) -> Option<&Page> {
        self.pages.get(path).filter(|page| page.leads_to.is_none())
    }

    /// Where a redirect leads.
    fn target(&self, path: &str) -> Option<String> {
        self.find(path, self.pages.get(path)?.leads_to.as_deref()?)
    }
}

struct Sites<'a> {
    old: Site<'a>,
    new: Site<'a>,
}

impl Sites<'_> {
    /// Puts a page that differs into the list that it belongs to.
    fn sort_in(&self, path: &str, pages: &mut Pages) {
        match (self.old.page(path), self.new.page(path)) {
            (None, None) => {}
            (None, Some(_)) => pages.new.push(address(path)),
            (Some(_), None) => pages.gone.push((address(path), self.new.target(path).map(|path| address(&path)))),
            (Some(old), Some(new)) if old.words != new.words => pages.changed.push(address(path)),
            (Some(_), Some(_)) => pages.restyled += 1,
        }
    }

    /// The pairs in which one side changes.
    fn unequal(&self) -> Vec<Unequal> {
        let moved: BTreeMap<String, &str> = self
            .old
            .pages
            .keys()
            .filter_map(|path| Some((self.new.target(path)?, *path)))
            .filter(|(to, from)| self.old.page(from).is_some() && !self.old.manifest.files.contains_key(to.as_str()))
            .collect();
        let paths: BTreeSet<&str> = self.old.pages.keys().chain(self.new.pages.keys()).copied().collect();
        let mut unequal = BTreeSet::new();
        for path in paths {
            let Some(lang) = page_lang(path) else { continue };
            let Some(change) = self.change(path, &moved) else { continue };
            let (site, page) = match (self.new.page(path), self.old.page(path)) {
                (Some(page), _) => (&self.new, page),
                (None, Some(page)) => (&self.old, page),
                (None, None) => continue,
            };
            if !page.is_listed {
                continue;
            }
            let twin = page.twins.iter().find_map(|link| site.find(path, link));
            let twin_change = twin.as_deref().and_then(|twin| self.change(twin, &moved));
            let is_unequal = match (change, &twin, twin_change) {
                // A translation that comes later makes a pair equal; a page of one language has nothing to differ from.
                (Change::New, twin, _) => twin.is_none(),
                (_, None, _) => false,
                (change, Some(_), twin_change) => twin_change != Some(change),
            };
            if is_unequal {
                let twin = twin.map(|twin| address(&twin));
                unequal.insert(Unequal { address: address(path), lang, change, twin });
            }
        }
        unequal.into_iter().collect()
    }

    /// What happens to the page's own words. A page that moved is compared with what it was at its old address.
    fn change(&self, path: &str, moved: &BTreeMap<String, &str>) -> Option<Change> {
        let from = moved.get(path).copied().unwrap_or(path);
        match (self.old.page(from), self.new.page(path)) {
            (None, None) => None,
            (None, Some(_)) => Some(Change::New),
            (Some(_), None) => self.new.target(path).is_none().then_some(Change::Gone),
            (Some(old), Some(new)) => {
                let data = self.old.data.get(from).zip(self.new.data.get(path));
                (old.own != new.own || data.is_some_and(|(old, new)| old != new)).then_some(Change::Changed)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::manifest::Entry;

    type Files = BTreeMap<&'static str, String>;

    fn page(twin: &str, words: &str) -> String {
        let link =
            if twin.is_empty() { String::new() } else { format!("<a rel=alternate hreflang=xx href={twin}>x</a>") };
        format!("<title>T</title>{link}<main><div data-words>{words}</div></main>")
    }

    fn en(twin: &str, words: &str) -> String {
        page(twin, words).replace("=xx", "=fr")
    }

    fn fr(twin: &str, words: &str) -> String {
        page(twin, words).replace("=xx", "=en")
    }

    fn redirect(to: &str) -> String {
        format!("<meta name=robots content=noindex><meta http-equiv=refresh content=\"0; url={to}\">")
    }

    fn manifest(files: &Files) -> Manifest {
        let entry = |(path, text): (&&str, &String)| (OutputPath::new(path).unwrap(), Entry::of(text.as_bytes()));
        Manifest { files: files.iter().map(entry).collect(), ..Manifest::default() }
    }

    fn deploy(old: &Files, new: &Files) -> Deploy {
        let read = |which, path: &OutputPath| {
            let files = if which == Which::Old { old } else { new };
            Ok::<_, std::convert::Infallible>(files[path.as_str()].clone().into_bytes())
        };
        compare(&manifest(old), &manifest(new), &read).unwrap_or_else(|never| match never {})
    }

    fn site() -> Files {
        [
            ("en/a/index.html", en("../../fr/b/", "Old words.")),
            ("fr/b/index.html", fr("../../en/a/", "Vieux mots.")),
            ("en/former/index.html", redirect("../a/")),
            ("assets/x.pdf", "PDF".to_owned()),
            ("theme/a.123.css", "a {}".to_owned()),
        ]
        .into()
    }

    #[test]
    fn equal_outputs_change_nothing_and_are_not_read() {
        let manifest = manifest(&site());
        let read = |_, path: &OutputPath| Err(path.clone());
        assert_eq!(compare(&manifest, &manifest, &read), Ok(Deploy::default()));
    }

    #[test]
    fn a_page_that_changed_in_one_language_makes_its_pair_unequal() {
        let mut new = site();
        new.insert("en/a/index.html", en("../../fr/b/", "New words."));
        let found = deploy(&site(), &new);
        assert_eq!(found.pages.en.changed, ["en/a/"]);
        assert_eq!(found.pages.fr, Pages::default());
        let unequal =
            Unequal { address: "en/a/".into(), lang: Lang::En, change: Change::Changed, twin: Some("fr/b/".into()) };
        assert_eq!(found.unequal, [unequal]);
        new.insert("fr/b/index.html", fr("../../en/a/", "Nouveaux mots."));
        assert_eq!(deploy(&site(), &new).unequal, []);
    }

    #[test]
    fn a_new_look_changes_no_words_and_no_pair() {
        let mut new = site();
        new.insert(
            "en/a/index.html",
            en("../../fr/b/", "Old words.").replace("<main>", "<header>New</header><main class=x>"),
        );
        new.insert("theme/b.456.css", String::new());
        new.remove("theme/a.123.css");
        let found = deploy(&site(), &new);
        assert_eq!(found.pages.en, Pages { restyled: 1, ..Pages::default() });
        assert!(found.unequal.is_empty() && found.lost.is_empty() && found.differs);
    }

    #[test]
    fn an_address_is_lost_unless_something_leads_on_from_it() {
        let mut new = site();
        let old = new.remove("en/a/index.html").unwrap();
        new.remove("en/former/index.html");
        new.remove("assets/x.pdf");
        new.insert("fr/b/index.html", fr("../../en/c/", "Vieux mots."));
        new.insert("en/c/index.html", old);
        let found = deploy(&site(), &new);
        assert_eq!(found.lost, ["assets/x.pdf", "en/a/", "en/former/"]);
        assert_eq!(found.files.gone, ["assets/x.pdf"]);
        new.insert("en/a/index.html", redirect("../c/"));
        let found = deploy(&site(), &new);
        assert_eq!(found.lost, ["assets/x.pdf", "en/former/"]);
        assert_eq!(found.pages.en.new, ["en/c/"]);
        assert_eq!(found.pages.en.gone, [("en/a/".to_owned(), Some("en/c/".to_owned()))]);
        assert_eq!(found.unequal, [], "a page that moved says what it said");
    }

    #[test]
    fn a_page_that_comes_or_goes_in_one_language_is_unequal_and_a_late_translation_is_not() {
        let mut old = site();
        old.insert("en/a/index.html", en("", "Old words."));
        old.remove("fr/b/index.html");
        assert_eq!(deploy(&old, &site()).unequal, []);
        let found = deploy(&site(), &old).unequal;
        assert_eq!((found.len(), found[0].lang, found[0].change), (1, Lang::Fr, Change::Gone));
        old.insert("en/new/index.html", en("", "Only in English."));
        let found = deploy(&site(), &old).unequal;
        assert!(
            found.iter().any(|pair| pair.address == "en/new/" && pair.change == Change::New && pair.twin.is_none())
        );
    }

    #[test]
    fn facts_that_are_written_in_each_language_count_as_words_of_the_page() {
        let record = |services: &str| {
            format!(
                r#"{{"id": "a", "en": {{"url": "https://x.org/kb/en/a/", "services": "{services}"}}, "fr": {{"url": "/fr/b/"}}}}"#
            )
        };
        let with = |services: &str, facts: &str| {
            let mut site = site();
            site.insert("data/t/a.json", record(services));
            site.insert(
                "en/a/index.html",
                en("../../fr/b/", "Old words.").replace("</main>", &format!("{facts}</main>")),
            );
            site.insert("fr/b/index.html", fr("../../en/a/", "Vieux mots.").replace("</main>", "x</main>"));
            site
        };
        let found = deploy(&with("one", "one"), &with("two", "two"));
        assert_eq!(found.unequal.len(), 1);
        assert_eq!(deploy(&with("one", "one"), &with("one", "two")).unequal, []);
    }
}
