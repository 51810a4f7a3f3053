//! Which old pages are two versions of one: [`pair`].
//!
//! From the surest sign to the weakest: a key that both name; the same path except for the language; each naming the
//! other. Then, in folders that correspond: the same leading number, the same name, and last the content that does not
//! depend on the language (addresses, pictures, code, numbers, names). How each pair was found is in the report.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::PairBy;
use super::addresses::Addresses;
use super::front;
use super::page::OldPage;
use super::tree;
use crate::lang::{Lang, PerLang};
use crate::path;

/// How a pair was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    /// Both name the same key.
    Key,
    /// The paths are the same except for the language.
    Path,
    /// One names the other.
    Link,
    /// Both names begin with the same number.
    Number,
    /// The names are the same.
    Name,
    /// Both hold the same addresses, pictures, code and numbers.
    Likeness,
    /// There is one version only.
    Alone,
}

/// A page in both languages, or in one.
pub(super) struct Found {
    /// The versions, by position among the pages.
    pub sides: PerLang<Option<usize>>,
    /// How they were found to belong together.
    pub how: How,
}

struct Pairing<'a> {
    pages: &'a [OldPage],
    free: BTreeSet<usize>,
    found: Vec<Found>,
}

/// Fields by which tools name the versions of a page.
const KEYS: [&str; 12] = [
    "translationKey",
    "translationkey",
    "translation_key",
    "translation-key",
    "translationId",
    "translation_id",
    "ref",
    "lang-ref",
    "lang_ref",
    "i18n_key",
    "page_id",
    "key",
];

/// Pairs the pages.
pub(super) fn pair(pages: &[OldPage], by: Option<&PairBy>, addresses: &Addresses) -> Vec<Found> {
    let mut pairing = Pairing { pages, free: (0..pages.len()).collect(), found: Vec::new() };
    match by {
        Some(PairBy::Key(name)) => pairing.by(How::Key, |page| page.field(name)),
        Some(PairBy::Suffix | PairBy::Folders) => {}
        None => KEYS.iter().for_each(|name| pairing.by(How::Key, |page| page.field(name))),
    }
    if !matches!(by, Some(PairBy::Key(_))) {
        pairing.by(How::Path, |page| Some(page.neutral.to_lowercase()));
        pairing.by(How::Path, |page| Some(without_index(&page.neutral.to_lowercase())));
        pairing.by_naming(addresses);
    }
    if matches!(by, None | Some(PairBy::Folders)) {
        // The pairs found show which folders correspond, and those lead to more pairs.
        for _ in 0..3 {
            let before = pairing.found.len();
            pairing.by_folder();
            if pairing.found.len() == before {
                break;
            }
        }
    }
    let alone = std::mem::take(&mut pairing.free).into_iter().map(|at| {
        let mut sides = PerLang::default();
        *sides.get_mut(pages[at].lang) = Some(at);
        Found { sides, how: How::Alone }
    });
    let mut found: Vec<Found> = std::mem::take(&mut pairing.found).into_iter().chain(alone).collect();
    let path = |found: &Found| found.sides.en.or(found.sides.fr).map(|at| pages[at].path.as_str());
    found.sort_by(|a, b| path(a).cmp(&path(b)));
    found
}

/// A path in which the page of a folder is named by the folder.
pub(super) fn without_index(neutral: &str) -> String {
    let (folder, name) = neutral.rsplit_once('/').unwrap_or(("", neutral));
    let is_index =
        matches!(name.to_lowercase().as_str(), "index" | "_index" | "readme" | "home" | "accueil" | "default");
    if is_index { folder.to_owned() } else { neutral.to_owned() }
}

fn folder(neutral: &str) -> &str {
    neutral.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn name(neutral: &str) -> &str {
    neutral.rsplit('/').next().unwrap_or_default()
}

impl Pairing<'_> {
    fn take(&mut self, en: usize, fr: usize, how: How) {
        if self.free.remove(&en) & self.free.remove(&fr) {
            self.found.push(Found { sides: PerLang { en: Some(en), fr: Some(fr) }, how });
        }
    }

    /// Pairs pages by a key that exactly one English and one French page have.
    fn by(&mut self, how: How, key: impl Fn(&OldPage) -> Option<String>) {
        let mut of = BTreeMap::<String, PerLang<Vec<usize>>>::new();
        for at in &self.free {
            if let Some(key) = key(&self.pages[*at]) {
                of.entry(key).or_default().get_mut(self.pages[*at].lang).push(*at);
            }
        }
        for sides in of.into_values() {
            if let ([en], [fr]) = (sides.en.as_slice(), sides.fr.as_slice()) {
                self.take(*en, *fr, how);
            }
        }
    }

    /// Pairs pages if one names the other in its front matter or head, or if each links to the other.
    fn by_naming(&mut self, addresses: &Addresses) {
        // A bare name is one in the other language's folder.
        let mut beside = HashMap::<(Lang, &str, &str), usize>::new();
        for at in &self.free {
            let page = &self.pages[*at];
            beside.insert((page.lang, folder(&page.neutral), name(&page.neutral)), *at);
        }
        let other = |at: usize, written: &str| {
            let page = &self.pages[at];
            let bare = super::language::without_ending(written.trim_matches('/'));
            let named = beside.get(&(page.lang.other(), folder(&page.neutral), bare)).copied();
            let named = named.or_else(|| addresses.find(self.pages, at, written))?;
            (self.pages[named].lang != self.pages[at].lang && self.free.contains(&named)).then_some(named)
        };
        let (mut named, mut linked) = (BTreeSet::new(), HashMap::<usize, BTreeSet<usize>>::new());
        for at in self.free.iter().copied() {
            let page = &self.pages[at];
            let fields = page.front.iter().filter(|(name, _)| !matches!(name.as_str(), "aliases" | "redirect_from"));
            for text in fields.flat_map(|(_, value)| front::texts(value)).filter(|text| !text.contains('\n')) {
                named.extend(other(at, &text).map(|other| (at, other)));
            }
            for link in tree::elements(&page.nodes).into_iter().filter(|element| element.name == "a") {
                let Some(other) = link.get("href").and_then(|href| other(at, href)) else { continue };
                // A link with the name of the language leads to the version in it.
                let words = tree::text(&link.children).trim().to_lowercase();
                let names =
                    |words: &str| crate::layout::language(words.trim_matches(['(', ')', '[', ']', ' '])).is_some();
                let is_switch = link.get("hreflang").is_some() || names(&words) || link.get("title").is_some_and(names);
                if is_switch {
                    named.insert((at, other));
                }
                linked.entry(at).or_default().insert(other);
            }
        }
        let both: Vec<(usize, usize)> =
            self.free.iter().flat_map(|at| linked.get(at).into_iter().flatten().map(move |o| (*at, *o))).collect();
        let mutual = both.into_iter().filter(|(at, other)| {
            linked.get(other).is_some_and(|back| back.contains(at) && back.len() == 1) && linked[at].len() == 1
        });
        named.extend(mutual.collect::<Vec<_>>());
        // A page that names two pages, or is named by two, is not paired this way.
        let mut partners = HashMap::<usize, BTreeSet<usize>>::new();
        for (a, b) in &named {
            partners.entry(*a).or_default().insert(*b);
            partners.entry(*b).or_default().insert(*a);
        }
        for (a, b) in named {
            if partners[&a].len() == 1 && partners[&b].len() == 1 {
                let (en, fr) = if self.pages[a].lang == Lang::En { (a, b) } else { (b, a) };
                self.take(en, fr, How::Link);
            }
        }
    }

    /// For each English folder the French one, if the names are the same or most pairs say so.
    fn folders(&self) -> BTreeSet<(String, String)> {
        let free = |lang| self.free.iter().map(|at| &self.pages[*at]).filter(move |page| page.lang == lang);
        let en: BTreeSet<&str> = free(Lang::En).map(|page| folder(&page.neutral)).collect();
        let fr: BTreeSet<&str> = free(Lang::Fr).map(|page| folder(&page.neutral)).collect();
        let mut folders: BTreeSet<(String, String)> =
            en.iter().filter(|folder| fr.contains(*folder)).map(|f| ((*f).to_owned(), (*f).to_owned())).collect();
        for found in &self.found {
            if let PerLang { en: Some(en), fr: Some(fr) } = found.sides {
                folders
                    .insert((folder(&self.pages[en].neutral).to_owned(), folder(&self.pages[fr].neutral).to_owned()));
            }
        }
        for (a, b) in en.iter().flat_map(|a| fr.iter().map(move |b| (*a, *b))) {
            let same_parent = folder(a) == folder(b) || folders.contains(&(folder(a).to_owned(), folder(b).to_owned()));
            if same_parent && number(name(a)).is_some() && number(name(a)) == number(name(b)) {
                folders.insert((a.to_owned(), b.to_owned()));
            }
        }
        folders
    }

    fn by_folder(&mut self) {
        for (en, fr) in self.folders() {
            let inside = |page: &OldPage| match page.lang {
                Lang::En => folder(&page.neutral) == en,
                Lang::Fr => folder(&page.neutral) == fr,
            };
            self.by(How::Number, |page| number(name(&page.neutral)).filter(|_| inside(page)));
            self.by(How::Name, |page| Some(path::slug(name(&page.neutral))).filter(|_| inside(page)));
            self.by_likeness(&inside);
        }
    }

    /// Pairs pages that are most alike to each other.
    fn by_likeness(&mut self, inside: &dyn Fn(&OldPage) -> bool) {
        let of = |lang| {
            let own = self.free.iter().copied().filter(|at| self.pages[*at].lang == lang && inside(&self.pages[*at]));
            own.map(|at| (at, Marks::of(&self.pages[at]))).collect::<Vec<_>>()
        };
        let (en, fr) = (of(Lang::En), of(Lang::Fr));
        if en.is_empty() || fr.is_empty() {
            return;
        }
        let mut commonness = HashMap::<&str, f64>::new();
        for mark in en.iter().chain(&fr).flat_map(|(_, marks)| &marks.held) {
            *commonness.entry(mark).or_default() += 1.0;
        }
        let mut scores = Vec::new();
        for (a, (_, own)) in en.iter().enumerate() {
            for (b, (_, other)) in fr.iter().enumerate() {
                scores.push((own.likeness(other, &commonness), a, b));
            }
        }
        scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        let (mut taken_en, mut taken_fr) = (HashSet::new(), HashSet::new());
        for (score, a, b) in scores {
            if score < LIKE || taken_en.contains(&a) || taken_fr.contains(&b) {
                continue;
            }
            taken_en.insert(a);
            taken_fr.insert(b);
            self.take(en[a].0, fr[b].0, How::Likeness);
        }
    }
}

/// From this likeness on, two pages count as versions of one.
const LIKE: f64 = 0.25;

/// The number that a name begins with.
fn number(name: &str) -> Option<String> {
    let digits: String = name.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let digits = digits.trim_matches('.').to_owned();
    (!digits.is_empty() && digits.len() < name.len()).then_some(digits)
}

/// The content of a page that no translation changes.
struct Marks {
    held: BTreeSet<String>,
    headings: usize,
    words: usize,
}

impl Marks {
    fn of(page: &OldPage) -> Self {
        let mut marks = BTreeSet::new();
        let mut headings = 0;
        for element in tree::elements(&page.nodes) {
            match element.name.as_str() {
                "a" => marks.extend(element.get("href").filter(|href| href.contains("://")).map(str::to_owned)),
                "img" => marks.extend(element.get("src").and_then(|src| src.rsplit('/').next()).map(str::to_owned)),
                "code" | "pre" => marks.extend(Some(tree::text(&element.children)).filter(|code| code.len() > 1)),
                "h1" | "h2" | "h3" | "h4" => headings += 1,
                _ => {}
            }
        }
        let text = tree::text(&page.nodes);
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        for word in &words {
            let is_name = word.chars().filter(|c| c.is_uppercase()).count() > 1;
            let is_number = word.chars().all(|c| c.is_ascii_digit()) && word.len() > 1;
            if is_name || is_number {
                marks.insert((*word).to_owned());
            }
        }
        let title = format!("{} {}", name(&page.neutral), page.field("title").unwrap_or_default());
        // Many words begin alike in both languages.
        for word in path::slug(&title).split('-').filter(|word| word.len() > 3) {
            marks.insert(format!("title {}", word.chars().take(5).collect::<String>()));
        }
        for name in ["image", "date", "thumb", "layout", "weight", "order", "nav_order"] {
            marks.extend(page.field(name).map(|value| format!("{name} {value}")));
        }
        Self { held: marks, headings, words: words.len() }
    }

    /// From 0 to 1: how much of what either has is in both; rare things weigh more.
    fn likeness(&self, other: &Self, commonness: &HashMap<&str, f64>) -> f64 {
        let weight = |mark: &String| 1.0 / commonness.get(mark.as_str()).copied().unwrap_or(1.0);
        let shared: f64 = self.held.intersection(&other.held).map(weight).sum();
        let all: f64 = self.held.union(&other.held).map(weight).sum();
        let close = |a: usize, b: usize| {
            let (small, large) = (a.min(b), a.max(b));
            f64::from(u32::try_from(small + 1).unwrap_or(u32::MAX))
                / f64::from(u32::try_from(large + 1).unwrap_or(u32::MAX))
        };
        let shape = close(self.headings, other.headings) * close(self.words, other.words);
        // Marks that both have weigh little, since at least two pages have each of them.
        let held = if all > 0.0 { (2.0 * shared / (all + shared)).min(1.0) } else { 0.0 };
        0.7 * held + 0.3 * shape
    }
}
