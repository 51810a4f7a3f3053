//! Old addresses: the redirect rules for each kind of server, and the check that no two pages share one ([`ambiguous`]).
//!
//! An old address can have a query (`/index.php?id=12`). No file can answer it, so only Apache and nginx redirect it. Hosts
//! that read `_redirects` match queries in ways of their own or not at all: those rules are left out there.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use crate::diagnostic::catalog::{self, Claimant};
use crate::diagnostic::{Diagnostics, Place};
use crate::lang::Lang;
use crate::path::UrlPath;
use crate::site::{Alias, Destination, Site};

/// The old addresses that are wanted, each with the page it leads to. One with a query comes before the one without,
/// and a longer query before a shorter one, which would match it too: a parameter that is added to an address, to count
/// its readers for example, does not change where it leads.
fn all(site: &Site, is_wanted: impl Fn(&Alias) -> bool) -> Vec<(&Alias, Destination<'_>)> {
    let pages = Lang::BOTH.into_iter().flat_map(|lang| site.destinations(lang).map(|(_, page)| page));
    let aliases = pages.flat_map(|page| page.aliases.iter().map(move |alias| (alias, page)));
    let mut all: Vec<_> = aliases.filter(|(alias, _)| is_wanted(alias)).collect();
    all.sort_by_key(|(alias, page)| {
        (&alias.url, Reverse(alias.query.as_deref().map(str::len)), alias.query.as_deref(), page.url)
    });
    all
}

/// Reports addresses with a query that two pages want. Those without one are files, which `claims` checks.
pub(super) fn ambiguous(site: &Site) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let mut taken = HashMap::new();
    for (alias, page) in all(site, |alias| alias.query.is_some()) {
        let place = Place::new(page.file, alias.span);
        let first = taken.entry((&alias.url, &alias.query)).or_insert_with(|| place.clone());
        if *first != place {
            let (address, first) = (alias.to_string(), Some(first.clone()));
            diagnostics.push(catalog::duplicate_address(place, Claimant::OldAddress, &address, first));
        }
    }
    diagnostics
}

/// Lines of `_redirects`. A host that prefers a file to a rule sends the page that redirects. `301!`, which would put
/// the rule first there, makes other hosts refuse the whole site.
pub(super) fn hosts(site: &Site, base: &str) -> String {
    all(site, |alias| alias.query.is_none()).into_iter().fold(String::new(), |mut out, (alias, page)| {
        let _ = writeln!(out, "{} {} 301", alias.url.absolute(base), page.url.absolute(base));
        out
    })
}

/// Directives for Apache's `mod_rewrite`, where `BASE` is the path of the site's folder.
pub(super) fn apache(site: &Site) -> String {
    all(site, |_| true).into_iter().fold(String::new(), |mut out, (alias, page)| {
        // `QSD`: the query is answered here, and not passed on.
        let flags = match &alias.query {
            Some(query) => {
                let _ = writeln!(out, "  RewriteCond %{{QUERY_STRING}} (^|&){}(&|$)", literal(query));
                "R=301,L,NE,QSD"
            }
            None => "R=301,L,NE",
        };
        let (old, new) = (pattern(&alias.url), page.url.absolute(""));
        let _ = writeln!(out, "  RewriteRule ^{old}$ %{{ENV:BASE}}{new} [{flags}]");
        out
    })
}

/// Locations of nginx, one for each path. It compares paths decoded.
pub(super) fn nginx(site: &Site, base: &str) -> String {
    let mut locations = BTreeMap::<String, String>::new();
    for (alias, page) in all(site, |_| true) {
        let new = page.url.absolute(base);
        let rule = match &alias.query {
            Some(query) => format!("if ($args ~ \"(^|&){}(&|$)\") {{ return 301 {new}; }}", literal(query)),
            None => format!("return 301 {new}$is_args$args;"),
        };
        let old = format!("{base}{}", alias.url);
        // The site's own folder without its slash is outside the location that includes these rules.
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

/// A regular expression that matches exactly a text, written so that no space ends an argument.
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
