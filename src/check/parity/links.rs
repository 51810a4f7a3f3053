//! Links out of the site and to files. Each language may lead to its own version of an address. Email addresses and
//! telephone numbers are `contacts`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::contacts::is_contact;
use super::{Difference, Pair, Rule, failed};
use crate::diagnostic::Span;
use crate::lang::{Lang, PerLang};
use crate::pairs::content::LinkTarget;
use crate::pairs::outline::{Kind, Unit};
use crate::path::composed;

/// A link, where it is, and whether the other side has it.
struct Said<'a> {
    address: Cow<'a, str>,
    span: Span,
    /// The paragraph, item or cell, and its number in the section.
    unit: (usize, &'a Unit),
    matched: bool,
    /// Whether it did not take: then it is reported where it is, and counts only as a match for the other side.
    failed: bool,
}

/// Compares where the links of two sections lead.
pub(super) fn compare(at: usize, pair: &Pair<'_>, differences: &mut Vec<Difference>) {
    let mut said = PerLang::from_fn(|lang| {
        let units = pair.units(lang).enumerate();
        let links = units.flat_map(|unit| unit.1.content.links.iter().map(move |link| (unit, link)));
        let said = links.filter_map(|(unit, link)| match &link.target {
            LinkTarget::Address(address) | LinkTarget::File(address) => {
                Some(Said { address: composed(address), span: link.span, unit, matched: false, failed: false })
            }
            LinkTarget::Page(_) | LinkTarget::Image(_) => None,
        });
        let failed = pair.units(lang).enumerate().flat_map(|unit| {
            let text = unit.1.content.text.as_str();
            let links = &unit.1.content.links;
            // An address in the text that is a link by itself is among those already.
            let is_bare = |address: &str| links.iter().any(|link| link.bare && is_at(&link.target, address));
            let addresses = failed::addresses(text).into_iter().map(move |address| &text[address]);
            addresses.filter(move |address| !is_bare(address)).map(move |address| Said {
                address: Cow::Borrowed(address),
                span: unit.1.span,
                unit,
                matched: false,
                failed: true,
            })
        });
        said.chain(failed).filter(|said| !is_contact(&said.address)).collect::<Vec<_>>()
    });
    let mut values = PerLang::from_fn(|lang| addresses_as_values(pair, lang));
    other_version(at, pair, &values, differences);
    other_numbers(at, true, &mut values, differences);
    if said.en.is_empty() && said.fr.is_empty() {
        return;
    }
    other_version(at, pair, &said, differences);
    // The same address, then the same except for its language, then another page of the same site: first in the same
    // place, so that what is left over is what the other side lacks.
    pair_by(&mut said, |said| Some(said.address.trim_end_matches('/').to_owned()));
    pair_by(&mut said, |said| Some(plain(&said.address)));
    let site = |said: &Said<'_>| host(&plain(&said.address)).to_owned();
    let are_in_step = pair.units(Lang::En).count() == pair.units(Lang::Fr).count();
    other_numbers(at, are_in_step, &mut said, differences);
    if are_in_step {
        pair_by(&mut said, |said| Some((said.unit.0, site(said))));
        pair_by(&mut said, |said| Some(said.unit.0));
    }
    pair_by(&mut said, |said| Some(site(said)));
    pair_by(&mut said, |_| Some(()));
    let left =
        said.as_ref().map(|_, said| said.iter().filter(|said| !said.matched && !said.failed).collect::<Vec<_>>());
    // A link that is twice on one side is a matter of style.
    let known = said.as_ref().map(|_, said| said.iter().map(|said| plain(&said.address)).collect::<Vec<_>>());
    let left = left.map(|lang, left| {
        left.into_iter().filter(|said| !known.get(lang.other()).contains(&plain(&said.address))).collect::<Vec<_>>()
    });
    if left.en.is_empty() && left.fr.is_empty() {
        return;
    }
    let more = if left.en.is_empty() { Lang::Fr } else { Lang::En };
    let mut spans = pair.spans();
    for lang in Lang::BOTH {
        *spans.get_mut(lang) = left.get(lang).first().map_or(*spans.get(lang), |said| said.span);
    }
    let found = left.map(|_, left| left.into_iter().map(|said| &*said.address).collect::<Vec<_>>().join(", "));
    differences.push(Difference::new(Rule::Links, at, more, spans, found));
}

/// Addresses that are the value of a field: `url: {en: …, fr: …}`.
fn addresses_as_values<'a>(pair: &Pair<'a>, lang: Lang) -> Vec<Said<'a>> {
    let units = pair.units(lang).enumerate().filter(|(_, unit)| unit.mark.kind == Kind::Value);
    let addresses = units.filter_map(|unit| {
        let text = unit.1.content.text.trim();
        let is_address = (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(' ');
        is_address.then(|| Said { address: composed(text), span: unit.1.span, unit, matched: false, failed: false })
    });
    addresses.collect()
}

/// Reports links with the same address but for its numbers, or in the same place of the same site, whose numbers differ:
/// `report-2023.pdf`, `report-2024.pdf`; `form-101.html`, `formulaire-102.html`.
fn other_numbers(at: usize, are_in_step: bool, said: &mut PerLang<Vec<Said<'_>>>, differences: &mut Vec<Difference>) {
    let is_left = |said: &Said<'_>| !said.matched && !said.failed;
    if !said.en.iter().any(is_left) || !said.fr.iter().any(is_left) {
        return;
    }
    // A list may be in another order.
    pair_by(said, |said| Some((site_words(&said.address), numbers(&said.address)?)));
    for (own, twin) in pairs_by(said, |said| without_numbers(&said.address)) {
        tell(at, own, twin, said, differences);
    }
    if !are_in_step {
        return;
    }
    let place = |said: &Said<'_>| numbers(&said.address).map(|_| (said.unit.0, site_words(&said.address)));
    for (own, twin) in pairs_by(said, place) {
        let [own_numbers, twin_numbers] = [&said.en[own], &said.fr[twin]].map(|said| numbers(&said.address));
        let sizes = [&own_numbers, &twin_numbers].map(|numbers| numbers.as_ref().map(Vec::len));
        if sizes[0] == sizes[1] && own_numbers != twin_numbers {
            tell(at, own, twin, said, differences);
        }
    }
}

/// Reports two links that lead to different items.
fn tell(at: usize, own: usize, twin: usize, said: &mut PerLang<Vec<Said<'_>>>, differences: &mut Vec<Difference>) {
    let (own, twin) = (&mut said.en[own], &mut said.fr[twin]);
    (own.matched, twin.matched) = (true, true);
    let spans = PerLang { en: own.span, fr: twin.span };
    let found = PerLang { en: own.address.to_string(), fr: twin.address.to_string() };
    differences.push(Difference::new(Rule::Links, at, Lang::En, spans, found));
}

/// The links of both sides that are left over and have the same key, in pairs.
fn pairs_by<K: Ord>(said: &PerLang<Vec<Said<'_>>>, key: impl Fn(&Said<'_>) -> Option<K>) -> Vec<(usize, usize)> {
    let is_left = |(_, said): &(usize, &Said<'_>)| !said.matched && !said.failed;
    let mut free = BTreeMap::<K, Vec<usize>>::new();
    for (at, said) in said.fr.iter().enumerate().rev().filter(is_left) {
        if let Some(key) = key(said) {
            free.entry(key).or_default().push(at);
        }
    }
    let en = said.en.iter().enumerate().filter(is_left);
    en.filter_map(|(at, said)| Some((at, free.get_mut(&key(said)?)?.pop()?))).collect()
}

/// The path of an address after its host, and the rest, in plain characters.
fn path(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = if address.contains("://") { rest.find(['/', '?', '#']).map_or("", |at| &rest[at..]) } else { rest };
    let mut plain = String::with_capacity(path.len());
    let mut left = path;
    while let Some((before, after)) = left.split_once('%') {
        plain.push_str(before);
        // The digits of an escape are no number of the address.
        let is_escape = after.len() > 1 && after.as_bytes()[..2].iter().all(u8::is_ascii_hexdigit);
        plain.push(if is_escape { 'é' } else { '%' });
        left = if is_escape { &after[2..] } else { after };
    }
    plain.push_str(left);
    plain
}

/// The numbers in the path of an address, in order. They have no language, unless one is part of a name that a machine
/// made up.
fn numbers(address: &str) -> Option<Vec<String>> {
    let path = path(address);
    let last = path.trim_end_matches('/').rfind('/').map_or(0, |at| at + 1);
    // A file that names its language may be in a folder of its own.
    let is_of_language =
        path[last..].contains(|c: char| c.is_ascii_digit()) && plain(&path[last..]).len() < path.len() - last;
    let mut numbers = Vec::new();
    let mut folders = path.split('/').peekable();
    while let Some(folder) = folders.next() {
        let is_last = folders.peek().is_none_or(|next| next.is_empty());
        // Folders that a wiki makes up: `/6/64/`.
        if folder.len() == 1 && folders.next_if(|next| next.len() == 2 && next.starts_with(folder)).is_some() {
            continue;
        }
        for part in folder.split(|c: char| !c.is_alphanumeric()) {
            let digits = digits_of(part)?;
            // Numbers that Windows gives to languages.
            let has_language = matches!(digits, "1033" | "1036" | "3084" | "4105");
            let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
            if !digits.is_empty() && !has_language && (is_last || is_year || !is_of_language) {
                numbers.push(digits.to_owned());
            }
        }
    }
    numbers.sort_unstable();
    (!numbers.is_empty()).then_some(numbers)
}

/// The digits of a part of an address; `None` if a machine has made it up.
fn digits_of(part: &str) -> Option<&str> {
    let digits = part.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let (begin, digits) = (&part[..part.len() - digits.len()], &digits[..digits.len() - end.len()]);
    let is_mixed = begin.get(1..).is_some_and(|rest| rest.contains(|c: char| c.is_ascii_uppercase()))
        && begin.contains(char::is_lowercase);
    let is_made_up = !digits.is_empty() && (end.len() > LONGEST_END || is_mixed) || digits.len() > LONGEST_NUMBER;
    (!is_made_up).then_some(digits)
}

/// How many letters may follow a number in the name of a page: `imm5444e.pdf`.
const LONGEST_END: usize = 2;

/// The most digits of a number that people give.
const LONGEST_NUMBER: usize = 9;

/// An address without its language and its numbers, if there are any.
fn without_numbers(address: &str) -> Option<String> {
    numbers(address)?;
    let mut bare = String::new();
    for c in plain(address).chars() {
        let is_digit = c.is_ascii_digit();
        if !is_digit || !bare.ends_with('#') {
            bare.push(if is_digit { '#' } else { c });
        }
    }
    Some(bare)
}

/// The words of the name of a site, which may have another order in each language: `laws-lois`, `lois-laws`.
fn site_words(address: &str) -> Vec<String> {
    let plain = plain(address);
    let mut words: Vec<String> = host(&plain).split(['.', '-']).map(str::to_owned).collect();
    words.sort_unstable();
    words
}

/// Whether a link leads to what an address says.
fn is_at(target: &LinkTarget, address: &str) -> bool {
    matches!(target, LinkTarget::Address(target) if target.contains(address) || address.contains(target.as_str()))
}

/// Matches links of both sides that have the same key; those without one stay as they are.
fn pair_by<K: Ord>(said: &mut PerLang<Vec<Said<'_>>>, key: impl Fn(&Said<'_>) -> Option<K>) {
    let mut free = BTreeMap::<K, Vec<usize>>::new();
    for (at, said) in said.fr.iter().enumerate().rev().filter(|(_, said)| !said.matched) {
        if let Some(key) = key(said) {
            free.entry(key).or_default().push(at);
        }
    }
    let PerLang { en, fr } = said;
    for own in en.iter_mut().filter(|said| !said.matched) {
        if let Some(at) = key(own).and_then(|key| free.get_mut(&key)?.pop()) {
            own.matched = true;
            fr[at].matched = true;
        }
    }
}

/// The parts of an address that name a language.
const MARKS: PerLang<&[&str]> = PerLang {
    en: &["en", "eng", "english", "en-ca", "en_ca", "e", "anglais"],
    fr: &["fr", "fra", "fre", "french", "francais", "fr-ca", "fr_ca", "f"],
};

/// An address without the parts that name a language.
fn plain(address: &str) -> String {
    let lower = address.to_lowercase();
    let parts = lower.split_inclusive(is_border);
    parts.filter(|part| language_of(part.trim_end_matches(is_border)).is_none()).collect()
}

fn is_border(c: char) -> bool {
    matches!(c, '/' | '.' | '?' | '=' | '&' | '-' | '_' | '#' | ':')
}

fn language_of(part: &str) -> Option<Lang> {
    Lang::BOTH.into_iter().find(|lang| MARKS.get(*lang).contains(&part))
}

fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default().trim_start_matches("www.")
}

/// The one language that an address names, in its host, path or query. A single letter counts only at the end of a
/// name: `page_e.html`.
fn language(address: &str) -> Option<Lang> {
    let lower = address.to_lowercase();
    let mut found = None;
    let whole_parts = lower.split(['/', '?', '&', '#', ':', '.', '=']);
    let endings = lower.split(['/', '?', '&', '#']).map(|part| {
        let stem = part.rsplit_once('.').map_or(part, |(stem, _)| stem);
        stem.rsplit_once(['-', '_']).map_or("", |(_, end)| end)
    });
    for (part, is_whole) in whole_parts.map(|part| (part, true)).chain(endings.map(|part| (part, false))) {
        let Some(lang) = language_of(part).filter(|_| !is_whole || part.len() > 1) else { continue };
        if found.is_some_and(|found| found != lang) {
            return None;
        }
        found = Some(lang);
    }
    found
}

/// Links to the other language's version of an address, to which that language leads too.
fn other_version(at: usize, pair: &Pair<'_>, said: &PerLang<Vec<Said<'_>>>, differences: &mut Vec<Difference>) {
    for lang in Lang::BOTH {
        if said.get(lang).is_empty() {
            continue;
        }
        let twin = said.get(lang.other());
        // The label beside an address may say so.
        let labels = pair.units(lang).filter(|unit| unit.content.group.is_some() && says_so(lang, &unit.content.text));
        let labelled: BTreeSet<u32> = labels.filter_map(|unit| unit.content.group).collect();
        let wrong = |own: &&Said<'_>| {
            let is_other = language(&own.address) == Some(lang.other());
            is_other
                && !own.failed
                && !says_so(lang, &own.unit.1.content.text)
                && own.unit.1.content.group.is_none_or(|group| !labelled.contains(&group))
                && twin.iter().any(|twin| twin.address == own.address)
        };
        let mut wrong = said.get(lang).iter().filter(wrong).peekable();
        let Some(first) = wrong.peek() else { continue };
        let mut spans = pair.spans();
        *spans.get_mut(lang) = first.span;
        if let Some(same) = twin.iter().find(|twin| twin.address == first.address) {
            *spans.get_mut(lang.other()) = same.span;
        }
        let mut found = PerLang::default();
        *found.get_mut(lang) = wrong.map(|said| &*said.address).collect::<Vec<_>>().join(", ");
        differences.push(Difference::new(Rule::LinkLanguage, at, lang, spans, found));
    }
}

/// Whether a text says itself that it leads to the other language: "in French only", « en anglais ».
pub(super) fn says_so(lang: Lang, text: &str) -> bool {
    let words: &[&str] = match lang {
        Lang::En => &["French", "Français", "français"],
        Lang::Fr => &["anglais", "English", "Anglais"],
    };
    words.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_language_in_its_host_its_path_or_its_question() {
        for address in [
            "https://example.org/en/page",
            "https://en.example.org/x",
            "https://x.org/page-en.html",
            "https://x.org/p_e.asp",
            "https://x.org/?lang=eng",
        ] {
            assert_eq!(language(address), Some(Lang::En), "{address}");
        }
        for address in
            ["https://example.org/page", "https://example.org/e/", "https://x.org/en/fr", "https://x.org/men"]
        {
            assert_eq!(language(address), None, "{address}");
        }
        assert_eq!(plain("https://x.org/en/page-e.html"), plain("https://x.org/fr/page-f.html"));
    }
}
