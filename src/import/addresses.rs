//! Where old pages and files were, by every address that a link may use for them: [`Addresses`].

use std::collections::{BTreeSet, HashMap};

use percent_encoding::percent_decode_str;

use super::front::{self, Front};
use super::language::{self, Marked};
use super::page::OldPage;
use super::pairing::without_index;
use super::tool::Tool;
use crate::lang::Lang;

/// The pages of an old site by their addresses.
pub(super) struct Addresses {
    pages: HashMap<String, Vec<usize>>,
    /// The same by paths that name no language: Hugo looks for `rules.md` in the language of the page.
    neutral: HashMap<String, Vec<usize>>,
    /// The pages of a Hugo site by the last part of such a path: a name that only one of them has needs no folder.
    names: HashMap<String, Vec<usize>>,
    files: HashMap<String, String>,
    /// Files whose paths name a language, by the same paths without it.
    translated: HashMap<(Lang, String), String>,
    /// Folders that were at the root of the site.
    roots: Vec<String>,
    /// Where the old site was, as [`without_scheme`] writes it.
    base: BTreeSet<String>,
}

impl Addresses {
    /// Takes the pages and the other files of an old site.
    pub(super) fn new(pages: &[OldPage], files: &BTreeSet<String>, settings: &Front, tool: Tool) -> Self {
        let mut roots: BTreeSet<String> = BTreeSet::from([String::new()]);
        let paths = pages.iter().map(|page| &page.path).chain(files);
        for path in paths {
            let mut folders = path.split('/').collect::<Vec<_>>();
            folders.pop();
            for (at, folder) in folders.iter().enumerate() {
                if matches!(*folder, "content" | "docs" | "src" | "static" | "public" | "assets") || at == 0 {
                    roots.insert(format!("{}/", folders[..=at].join("/")));
                }
            }
        }
        let named = ["baseURL", "base_url", "url", "site_url", "baseurl"].into_iter();
        let named = named.filter_map(|name| front::text(settings.get(name)?)).filter(|url| url.contains("://"));
        let said = pages.iter().filter_map(|page| host(&page.field(CANONICAL)?).map(str::to_owned));
        let base = named.chain(said).map(|url| without_scheme(&url).trim_end_matches('/').to_owned());
        let translated = files.iter().filter_map(|path| {
            let Marked { lang, neutral } = language::marked(path, &|_| false);
            Some(((lang?, format!("{neutral}{}", ending(path)).to_lowercase()), path.clone()))
        });
        let mut all = Self {
            pages: HashMap::new(),
            neutral: HashMap::new(),
            names: HashMap::new(),
            files: files.iter().map(|path| (path.to_lowercase(), path.clone())).collect(),
            translated: translated.collect(),
            roots: roots.into_iter().collect(),
            base: base.filter(|url| !url.is_empty()).collect(),
        };
        for (at, page) in pages.iter().enumerate() {
            let mut names = tool.addresses(page, settings);
            let stem = language::without_ending(&page.path);
            names.extend([page.path.clone(), stem.to_owned(), without_index(stem)]);
            names.extend(
                page.field("slug").map(|slug| format!("{}/{slug}", stem.rsplit_once('/').map_or("", |(f, _)| f))),
            );
            for name in names {
                let known = all.pages.entry(key(&name)).or_default();
                if !known.contains(&at) {
                    known.push(at);
                }
            }
            let short = without_index(&page.neutral);
            for name in BTreeSet::from([&page.neutral, &short]) {
                all.neutral.entry(key(name)).or_default().push(at);
            }
            if tool == Tool::Hugo {
                all.names.entry(key(short.rsplit('/').next().unwrap_or_default())).or_default().push(at);
            }
        }
        all
    }

    /// The address without the site's own root; `None` if it leads out of the site.
    fn local<'a>(&self, written: &'a str) -> Option<&'a str> {
        // Docusaurus does not check addresses that begin with `pathname://`; `@site/` is the root of the site's folder.
        let written = written.strip_prefix("pathname://").unwrap_or(written);
        let written = written.strip_prefix("@site").filter(|rest| rest.starts_with('/')).unwrap_or(written);
        if let Some(rest) = self.on_old_site(written) {
            return Some(if rest.is_empty() { "/" } else { rest });
        }
        let has_scheme = written.split_once(':').is_some_and(|(scheme, _)| {
            scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        });
        (!has_scheme && !written.starts_with("//")).then_some(written)
    }

    /// What an address that names the old site has after the name.
    pub(super) fn on_old_site<'a>(&self, written: &'a str) -> Option<&'a str> {
        let whole = without_scheme(written);
        if whole.len() == written.len() {
            return None;
        }
        let is_end = |rest: &&str| rest.is_empty() || rest.starts_with(['/', '?', '#']);
        let rest = |base: &String| {
            let (start, rest) = whole.split_at_checked(base.len())?;
            start.eq_ignore_ascii_case(base).then_some(rest).filter(is_end)
        };
        self.base.iter().find_map(rest)
    }

    /// Whether what is written leads out of the old site.
    pub(super) fn is_elsewhere(&self, written: &str) -> bool {
        self.local(written).is_none()
    }

    /// Every path that an address written on a page may mean.
    fn meant(&self, page: &OldPage, written: &str) -> Vec<String> {
        let Some(local) = self.local(written) else { return Vec::new() };
        let path = local.split(['#', '?']).next().unwrap_or_default();
        let path = percent_decode_str(path).decode_utf8_lossy().replace('\\', "/");
        if path.is_empty() {
            return Vec::new();
        }
        let folder = page.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let stem = language::without_ending(&page.path);
        // Relative to the file, to the page's own folder, and to a root of the site.
        let mut meant: Vec<String> = if path.starts_with('/') {
            Vec::new()
        } else {
            [folder, stem].iter().filter_map(|base| joined(base, &path)).collect()
        };
        meant.extend(self.roots.iter().filter_map(|root| joined(root, path.trim_start_matches('/'))));
        meant
    }

    /// The page that an address written on another one leads to, preferring one in the same language.
    pub(super) fn find(&self, pages: &[OldPage], at: usize, written: &str) -> Option<usize> {
        let page = &pages[at];
        let meant = self.meant(page, written);
        let known = meant.iter().find_map(|meant| under(&self.pages, meant))?;
        let own = known.iter().find(|other| pages[**other].lang == page.lang);
        own.or(known.first()).copied()
    }

    /// The same, where a link may leave out the language and, on a Hugo site, the folder.
    pub(super) fn find_in_language(&self, pages: &[OldPage], at: usize, written: &str) -> Option<usize> {
        let page = &pages[at];
        self.find(pages, at, written).or_else(|| {
            let meant = self.meant(page, written);
            let named = || {
                let name = written.split(['#', '?']).next().filter(|name| !name.contains('/'))?;
                let known = under(&self.names, name)?;
                known.iter().all(|other| pages[*other].neutral == pages[known[0]].neutral).then_some(known)
            };
            let known = meant.iter().find_map(|meant| under(&self.neutral, meant)).or_else(named)?;
            known.iter().find(|other| pages[**other].lang == page.lang).copied()
        })
    }

    /// The files of the old folder.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        let mut files: Vec<&str> = self.files.values().map(String::as_str).collect();
        files.sort_unstable();
        files.into_iter()
    }

    /// The file that an address written on a page leads to. Where a tool keeps a file in each language, it is the one in
    /// the language of the page, unless the address names a language; where that language has none, the other one's.
    pub(super) fn file(&self, page: &OldPage, written: &str) -> Option<&str> {
        let meant: Vec<String> = self.meant(page, written).into_iter().map(|path| path.to_lowercase()).collect();
        let own = |path: &String| {
            let marked = language::marked(path, &|_| false);
            let same = || self.files.get(path);
            let neutral = format!("{}{}", marked.neutral, ending(path));
            match marked.lang {
                Some(lang) if lang != page.lang => same(),
                // A path in the folder of the language can name it again: `fr/map.fr.png`.
                lang => self
                    .beside(path, page.lang)
                    .or_else(|| same().filter(|_| lang.is_some()))
                    .or_else(|| self.translated.get(&(page.lang, neutral)))
                    .or_else(same),
            }
        };
        let of_other = |path: &String| {
            let neutral = format!("{}{}", language::marked(path, &|_| false).neutral, ending(path));
            let other = page.lang.other();
            self.beside(path, other).or_else(|| self.translated.get(&(other, neutral)))
        };
        meant.iter().find_map(own).or_else(|| meant.iter().find_map(of_other)).map(String::as_str)
    }

    /// The file in a language beside one without: `map.fr.png` beside `map.png`.
    fn beside(&self, path: &str, lang: Lang) -> Option<&String> {
        let stem = language::without_ending(path);
        let codes = [lang.code().to_owned(), format!("{lang}-ca"), format!("{lang}_ca")];
        codes.iter().find_map(|code| self.files.get(&format!("{stem}.{code}{}", ending(path))))
    }
}

/// The field above a page that holds the address that the page itself says it has.
pub(super) const CANONICAL: &str = "canonical";

/// Takes the addresses away that several pages say they have: such a page names another one.
pub(super) fn keep_own(pages: &mut [OldPage]) {
    let mut times = HashMap::<String, usize>::new();
    for url in pages.iter().filter_map(|page| page.field(CANONICAL)) {
        *times.entry(url).or_default() += 1;
    }
    for page in pages {
        if page.field(CANONICAL).is_none_or(|url| times.get(&url) != Some(&1)) {
            page.front.remove(CANONICAL);
        }
    }
}

/// The ending of a file, with its dot.
fn ending(path: &str) -> &str {
    &path[language::without_ending(path).len()..]
}

/// An address of the web without what may differ where the site is the same: `https://www.`.
fn without_scheme(url: &str) -> &str {
    let rest = ["https://", "http://", "//"].iter().find_map(|scheme| {
        let start = url.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme))?;
        Some(&url[start.len()..])
    });
    rest.map_or(url, |rest| rest.strip_prefix("www.").unwrap_or(rest))
}

/// The site that an address of the web names.
fn host(url: &str) -> Option<&str> {
    let start = url.len() - without_scheme(url).len();
    (start > 0).then(|| &url[..start + url[start..].find(['/', '?', '#']).unwrap_or(url.len() - start)])
}

/// What an address of the web has after the name of its site.
pub(super) fn path_of(url: &str) -> &str {
    host(url).map_or(url, |host| &url[host.len()..])
}

/// What is known by an address, with or without the ending of a file.
fn under<'a>(known: &'a HashMap<String, Vec<usize>>, address: &str) -> Option<&'a Vec<usize>> {
    known.get(&key(address)).or_else(|| known.get(&key(language::without_ending(address))))
}

/// The normal form of an address, however it is written.
fn key(address: &str) -> String {
    let address = address.trim_matches('/').to_lowercase();
    let address = address.strip_suffix("index.html").unwrap_or(&address);
    address.trim_end_matches('/').strip_suffix(".html").unwrap_or(address.trim_end_matches('/')).to_owned()
}

fn joined(base: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
