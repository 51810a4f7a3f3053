//! Old addresses: what servers are told of them, and that each leads to one page ([`ambiguous`]).
//!
//! An old address can end in a question (`/index.php?id=12`), which no file can answer. Apache and nginx are told of it.
//! Hosts that read `_redirects` write it in ways of their own or not at all, so that it is left out there.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use crate::diagnostic::catalog::{self, Claimant};
use crate::diagnostic::{Diagnostics, Place};
use crate::path::UrlPath;
use crate::site::{Alias, Side, Site};

/// Every old address with the page it leads to. One that asks comes before the one that does not, which would answer for
/// it too.
fn all(site: &Site) -> Vec<(&Alias, &Side)> {
    let sides = site.records.iter().flat_map(|record| [&record.sides.en, &record.sides.fr]).flatten();
    let mut all: Vec<_> = sides.flat_map(|side| side.aliases.iter().map(move |alias| (alias, side))).collect();
    all.sort_by_key(|(alias, side)| (&alias.url, alias.question.is_none(), alias.question.as_deref(), &side.url));
    all
}

/// Addresses with a question that two pages want. Of those without one, `claims` knows, since they are files.
pub(super) fn ambiguous(site: &Site) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let mut taken = HashMap::new();
    for (alias, side) in all(site) {
        let Some(question) = &alias.question else { continue };
        let place = Place::new(&side.file, alias.span);
        let first = taken.entry((&alias.url, question)).or_insert_with(|| place.clone());
        if *first != place {
            let (address, first) = (alias.written(), Some(first.clone()));
            diagnostics.push(catalog::duplicate_address(place, Claimant::OldAddress, &address, first));
        }
    }
    diagnostics
}

/// Lines of `_redirects`. A host that prefers a file to a rule sends the page that leads on. `301!`, which would put the
/// rule first there, makes others refuse the whole site.
pub(super) fn hosts(site: &Site, base: &str) -> String {
    let all = all(site).into_iter().filter(|(alias, _)| alias.question.is_none());
    all.fold(String::new(), |mut out, (alias, side)| {
        let _ = writeln!(out, "{} {} 301", alias.url.absolute(base), side.url.absolute(base));
        out
    })
}

/// Directives for Apache's `mod_rewrite`, where `BASE` is the folder that the site stands in.
pub(super) fn apache(site: &Site) -> String {
    all(site).into_iter().fold(String::new(), |mut out, (alias, side)| {
        // The question is answered: it is not sent on.
        let flags = match &alias.question {
            Some(question) => {
                let _ = writeln!(out, "  RewriteCond %{{QUERY_STRING}} ^{}$", literal(question));
                "R=301,L,NE,QSD"
            }
            None => "R=301,L,NE",
        };
        let (old, new) = (pattern(&alias.url), side.url.absolute(""));
        let _ = writeln!(out, "  RewriteRule ^{old}$ %{{ENV:BASE}}{new} [{flags}]");
        out
    })
}

/// Locations of nginx, one for each path, which it knows decoded.
pub(super) fn nginx(site: &Site, base: &str) -> String {
    let mut locations = BTreeMap::<String, String>::new();
    for (alias, side) in all(site) {
        let new = side.url.absolute(base);
        let rule = match &alias.question {
            Some(question) => format!("if ($args = \"{question}\") {{ return 301 {new}; }}"),
            None => format!("return 301 {new};"),
        };
        let old = format!("{base}{}", alias.url);
        // The folder itself lies outside of the location that the rules are read in.
        let bare = old.strip_suffix('/').filter(|bare| bare.len() >= base.len()).map(str::to_owned);
        for path in bare.into_iter().chain([old]) {
            let rules = locations.entry(path).or_default();
            rules.push_str(if rules.is_empty() { "" } else { " " });
            rules.push_str(&rule);
        }
    }
    locations.into_iter().fold(String::new(), |mut out, (path, rules)| {
        let is_plain = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte));
        let path = if is_plain { path } else { format!("\"{path}\"") };
        let _ = writeln!(out, "location = {path} {{ {rules} }}");
        out
    })
}

/// An old address as a regular expression, with and without its last slash.
fn pattern(old: &UrlPath) -> String {
    match old.as_str().strip_suffix('/') {
        Some(page) => format!("{}/?", literal(page)),
        None => literal(old.as_str()),
    }
}

/// A regular expression for a text and nothing else, in which no space ends an argument.
fn literal(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        match c {
            ' ' => out.push_str("\\x20"),
            '.' | '+' | '*' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '^' | '$' | '|' | '\\' => out.extend(['\\', c]),
            _ => out.push(c),
        }
        out
    })
}
