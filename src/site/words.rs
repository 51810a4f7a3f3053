//! One side of a record, or a landing page, from its front matter and its links.

use super::candidate::WrittenSide;
use super::links::Resolver;
use super::values::{self, Part};
use super::{Alias, Landing, Side, addresses};
use crate::diagnostic::{Span, catalog, foreign_keys};
use crate::lang::Lang;
use crate::path::UrlPath;
use crate::schema::RecordType;
use crate::schema::load::{BASE_FACTS, BASE_WORDS};
use crate::typography;
use crate::yaml::Node;

/// Reads one side of a record, all but its words; their links are checked.
pub(super) fn side(
    resolver: &mut Resolver<'_>,
    kind: &RecordType,
    (id, written): (&str, &WrittenSide),
    lang: Lang,
    url: UrlPath,
    aliases: Vec<Alias>,
) -> Side {
    let front = &written.front;
    let entries = front.mapping().unwrap_or_default();
    for entry in entries {
        let name = entry.key.as_str();
        let field = kind.fields.find(name);
        if BASE_WORDS.contains(&name) || field.is_some_and(|field| field.localized) {
            continue;
        }
        let place = resolver.place(entry.key_span);
        resolver.diagnostics.push(if field.is_some() || BASE_FACTS.contains(&name) {
            catalog::field_belongs_in_facts(place, name, id)
        } else {
            catalog::unknown_field(place, name, &kind.name, kind.known_words(), Some(id))
        });
    }
    let owner = resolver.place(entries.first().map_or(Span::START, |entry| entry.key_span));
    check_links(resolver, written);
    Side {
        title: required_text(resolver, lang, front, "title"),
        short_title: text(resolver, lang, front, "short_title"),
        inline_title: text(resolver, lang, front, "inline_title"),
        summary: required_text(resolver, lang, front, "summary"),
        keywords: texts(resolver, lang, front, "keywords"),
        url,
        address_span: front.get("slug").or(front.get("title")).map_or(Span::START, |node| node.span),
        aliases,
        facts: values::facts(resolver, &kind.fields, entries, Part::Words, &owner),
        file: written.path.clone(),
    }
}

/// Reads a landing page or a home page, all but its words; their links are checked.
pub(super) fn landing(resolver: &mut Resolver<'_>, written: &WrittenSide, lang: Lang, url: UrlPath) -> Landing {
    let front = &written.front;
    for entry in front.mapping().unwrap_or_default() {
        let known = ["title", "summary", "keywords", "aliases"];
        if !known.contains(&entry.key.as_str()) {
            let place = resolver.place(entry.key_span);
            resolver.diagnostics.push(catalog::unknown_setting(place, &entry.key, &known));
        }
    }
    check_links(resolver, written);
    Landing {
        title: required_text(resolver, lang, front, "title"),
        summary: required_text(resolver, lang, front, "summary"),
        keywords: texts(resolver, lang, front, "keywords"),
        url,
        aliases: addresses::aliases(written, &mut resolver.diagnostics),
        file: Some(written.path.clone()),
    }
}

fn check_links(resolver: &mut Resolver<'_>, written: &WrittenSide) {
    for (link, used) in &written.links {
        resolver.link(link, *used, &written.headings);
    }
}

fn required_text(resolver: &mut Resolver<'_>, lang: Lang, front: &Node, key: &str) -> String {
    let entries = front.mapping().unwrap_or_default();
    let is_called = || entries.iter().any(|entry| foreign_keys::field(&entry.key) == Some(key));
    if front.get(key).is_none() && !values::is_misspelt(key, entries.iter()) && !is_called() {
        let place = resolver.place(entries.first().map_or(Span::START, |first| first.key_span));
        resolver.diagnostics.push(catalog::missing_words(place, key));
    }
    text(resolver, lang, front, key).unwrap_or_default()
}

fn text(resolver: &mut Resolver<'_>, lang: Lang, front: &Node, key: &str) -> Option<String> {
    let node = front.get(key)?;
    let text = line(node, lang);
    if text.is_none() {
        let place = resolver.place(node.span);
        resolver.diagnostics.push(catalog::expected_text(place));
    }
    text
}

fn texts(resolver: &mut Resolver<'_>, lang: Lang, front: &Node, key: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for node in front.get(key).map(Node::items).unwrap_or_default() {
        match line(node, lang) {
            Some(text) => texts.push(text),
            None => {
                let place = resolver.place(node.span);
                resolver.diagnostics.push(catalog::expected_text(place));
            }
        }
    }
    texts
}

/// A text on one line, whatever lines it was written on, with typography set.
pub(super) fn line(node: &Node, lang: Lang) -> Option<String> {
    let words: Vec<&str> = node.scalar()?.split_ascii_whitespace().collect();
    (!words.is_empty()).then(|| typography::apply(lang, &words.join(" ")).into_owned())
}
