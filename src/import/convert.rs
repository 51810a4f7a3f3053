//! Converts one old page: its title, its summary, its words, and what was lost of them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::anchors::{self, Anchors, Named, Names, Naming};
use super::front;
use super::line::{is_nothing, shows_something};
use super::marks::{at_line_starts, escaped, marked_place, marked_words};
use super::note::{Link, Note};
use super::page::OldPage;
use super::said;
use super::settings::SiteNames;
use super::template;
use super::tree::{self, Node};
use super::words::Writer;
use crate::diagnostic::Span;
use crate::document::{Document, RawLink};
use crate::lang::Lang;
use crate::pairs::outline;
use crate::parse::{self, markdown};
use crate::path::ContentPath;

/// A converted page before its links are known.
pub(super) struct Draft {
    /// The title.
    pub title: String,
    /// The name of the file, if it is the title for want of another one.
    pub file: Option<String>,
    /// What the page says in a sentence.
    pub summary: String,
    /// The words, without the heading that repeats the title.
    nodes: Vec<Node>,
    /// By how many levels headings go down.
    lower: u8,
    /// The heading that was the title, and the anchors in it.
    heading: Option<(String, Vec<String>)>,
    /// How the old tool named headings.
    naming: Option<Naming>,
    /// Where links to places of the page lead.
    pub anchors: Anchors,
}

/// The field above a page that holds its title.
fn title_field(page: &OldPage) -> Option<(&'static str, String)> {
    let text = |name: &'static str| page.field(name).map(|title| (name, title));
    let hero = || Some(("hero", front::text(page.front.get("hero")?.get("name")?)?));
    text("title").or_else(|| text("heroText")).or_else(hero)
}

/// Text of one line with marked places in it, as it stands above a page.
fn with_places(text: &str, lang: Lang, places: &[String]) -> String {
    let part = |part: template::Part<'_>| match part {
        template::Part::Words(words) => words.to_owned(),
        template::Part::Place(number) => marked_words(lang, places.get(number).map_or("", String::as_str)),
    };
    template::parts(text).into_iter().map(part).collect()
}

/// Reads what a page is called, what it says first, and what its anchors are.
pub(super) fn draft(page: &OldPage, naming: Option<Naming>, names: &SiteNames) -> Draft {
    let mut nodes = page.nodes.clone();
    let heading = tree::first(&nodes, "h1").map(|heading| one_line(&tree::text(&heading.children)));
    let field = title_field(page).map(|(_, title)| one_line(&tree::text(&tree::parse(&title))));
    let field = field.filter(|title| !title.is_empty());
    let repeats = heading
        .as_ref()
        .is_some_and(|heading| !heading.is_empty() && field.as_ref().is_none_or(|title| bare(title) == bare(heading)));
    let mut title_anchors = Vec::new();
    if repeats {
        remove_heading(&mut nodes, &mut title_anchors);
    }
    let lower = u8::from(tree::first(&nodes, "h1").is_some());
    let title = field.or_else(|| heading.clone().filter(|heading| !heading.is_empty() && repeats));
    let head = page.field("head_title").map(|title| one_line(&title));
    let own = super::pairing::without_index(&page.neutral);
    let home = || names.of.get(page.lang).clone().filter(|_| own != page.neutral && !own.contains('/'));
    let title = title.or(head).filter(|title| !title.is_empty()).or_else(home);
    let file = title.is_none().then(|| super::plan::readable(own.rsplit('/').next().unwrap_or_default()));
    let title = with_places(&title.or_else(|| file.clone()).unwrap_or_default(), page.lang, &page.templates.places);
    let summary = summary(page, &nodes);
    let heading = heading.filter(|_| repeats).map(|heading| (anchors::words(&heading), title_anchors));
    let anchors = Anchors::new(&Named::default(), &Document::<RawLink>::default(), None);
    let mut draft = Draft { title, file, summary, nodes, lower, heading, naming, anchors };
    let written = write(page, &draft, &mut |_, _| Link::Words, &mut |_, _| Link::Words);
    let mut named = Named { title: draft.heading.clone(), ..written.named };
    let mut headings = 0;
    ids_below(&draft.nodes, false, &mut headings, &mut named.anchors);
    draft.anchors = Anchors::new(&named, &parsed(&written.text), naming);
    draft
}

/// The ids of all elements, also of those that leave no trace in Markdown, such as a row of a table. Each leads to the
/// heading before it; headings in a table are words.
fn ids_below(nodes: &[Node], in_table: bool, headings: &mut usize, ids: &mut Vec<(String, Option<usize>)>) {
    for element in nodes.iter().filter_map(Node::element) {
        let name = element.name.as_str();
        let is_heading = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") && !in_table;
        if is_heading && !tree::text(&element.children).trim().is_empty() {
            *headings += 1;
        }
        let own = ["id", "name"].into_iter().filter_map(|name| element.get(name)).filter(|id| !id.is_empty());
        ids.extend(own.map(|id| (id.to_owned(), headings.checked_sub(1))));
        ids_below(&element.children, in_table || name == "table", headings, ids);
    }
}

/// Markdown, with notes of what could not be taken.
pub(super) struct Written {
    /// The words.
    pub text: String,
    /// What could not be taken.
    pub notes: Vec<Note>,
    named: Named,
}

/// Writes the words of a page.
pub(super) fn write(
    page: &OldPage,
    draft: &Draft,
    link: &mut dyn FnMut(&str, &mut Vec<Note>) -> Link,
    picture: &mut dyn FnMut(&str, &mut Vec<Note>) -> Link,
) -> Written {
    let mut writer = Writer {
        lang: page.lang,
        templates: &page.templates,
        link,
        picture,
        notes: Vec::new(),
        lower: draft.lower,
        last_level: 1,
        named: Named::default(),
        loose: 0,
        naming: draft.naming,
        names: Names::default(),
        ids: BTreeSet::new(),
        marks: BTreeSet::new(),
        switches: Vec::new(),
        foreign: None,
        in_link: false,
    };
    // A title that was a heading had the first of the names that the tool made.
    if let (Some(naming), Some((title, _))) = (draft.naming, &draft.heading) {
        writer.names.of(naming, title);
    }
    let text = writer.page(&draft.nodes);
    let Writer { notes, named, .. } = writer;
    Written { text, notes, named }
}

/// The words of a page without any markup.
pub(super) fn plain(page: &OldPage, draft: &Draft) -> String {
    let text = tree::text(&draft.nodes);
    let line = |line: &str| {
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        at_line_starts(&escaped(&words))
    };
    let part = |part: template::Part<'_>| match part {
        template::Part::Words(words) => {
            words.lines().map(line).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n\n")
        }
        template::Part::Place(number) => {
            marked_place(page.lang, page.templates.places.get(number).map_or("", String::as_str))
        }
    };
    let text = template::parts(&text).into_iter().map(part).filter(|part| !part.is_empty()).collect::<Vec<_>>();
    format!("{}\n", text.join("\n\n"))
}

fn parsed(text: &str) -> Document<RawLink> {
    let file = ContentPath::new("page.md");
    let source = markdown::Source { file: &file, at: markdown::At::Offset(Span::START.start), rules: None };
    markdown::parse(&source, text).0
}

/// The words of the old page that the new one lacks and no note names.
pub(super) fn lost(draft: &Draft, text: &str, notes: &[Note]) -> Option<String> {
    let mut known = BTreeMap::<String, usize>::new();
    let mut add = |text: &str| {
        for word in words(text) {
            *known.entry(word).or_default() += 1;
        }
    };
    add(&said(text));
    add(text_of_comments(text).as_str());
    add(&draft.title);
    for note in notes {
        add(&note.words());
    }
    let mut old = String::new();
    for part in template::parts(&tree::text(&draft.nodes)) {
        if let template::Part::Words(words) = part {
            old.push_str(words);
            old.push(' ');
        }
    }
    let mut missing = Vec::new();
    let attributes = said::all(&draft.nodes).into_iter().flat_map(|(_, said)| said).map(|said| anchors::words(&said));
    for word in attributes.flat_map(|said| words(&said)).filter(|word| !known.contains_key(word)) {
        if !missing.contains(&word) {
            missing.push(word);
        }
    }
    for word in words(&old) {
        match known.get_mut(&word).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None => missing.push(word),
        }
    }
    (!missing.is_empty()).then(|| missing.join(" "))
}

fn text_of_comments(text: &str) -> String {
    text.split("<!--").skip(1).filter_map(|part| part.split("-->").next()).collect::<Vec<_>>().join(" ")
}

/// Everything that a Markdown text says, as Diptych reads it.
fn said(text: &str) -> String {
    let file = ContentPath::new("pages/page.en.md");
    let Some(words) = parse::page(&file, &format!("---\n---\n{text}")) else { return String::new() };
    let mut said = String::new();
    for unit in outline::outline(&words).sections.iter().flat_map(|section| &section.units) {
        said.push_str(&unit.content.text);
        said.push(' ');
        said.push_str(&unit.content.code.join(" "));
        said.push(' ');
    }
    said
}

/// The words of a text, as a reader would count them.
pub(super) fn words(text: &str) -> Vec<String> {
    let text = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    text.map(str::to_lowercase).collect()
}

fn remove_heading(nodes: &mut Vec<Node>, anchors: &mut Vec<String>) -> bool {
    let mut at = 0;
    while at < nodes.len() {
        if let Node::Element(element) = &mut nodes[at] {
            if element.name == "h1" {
                let inner: Vec<Node> = element.children.clone();
                for named in tree::elements(&inner).into_iter().chain([&*element]) {
                    anchors.extend(["id", "name"].iter().filter_map(|name| named.get(name)).map(str::to_owned));
                }
                // Pictures in it stay.
                let pictures = tree::elements(&inner).into_iter().filter(|inner| inner.name == "img").cloned();
                let pictures: Vec<Node> = pictures.map(Node::Element).collect();
                nodes.splice(at..=at, pictures);
                return true;
            }
            if remove_heading(&mut element.children, anchors) {
                return true;
            }
        }
        at += 1;
    }
    false
}

/// The first sentence, or what the page says of itself.
fn summary(page: &OldPage, nodes: &[Node]) -> String {
    let field = SUMMARIES.iter().find_map(|name| page.field(name).filter(|text| says_something(text)));
    if let Some(field) = field {
        return one_line(&tree::text(&tree::parse(&field)));
    }
    let mut places = page.templates.places.clone();
    let paragraphs = tree::elements(nodes).into_iter().filter(|element| element.name == "p");
    let text = paragraphs.map(|paragraph| one_line(&spoken(&paragraph.children, &mut places))).collect::<Vec<_>>();
    let says = |text: &&String| anchors::words(text).split(' ').filter(|word| !word.is_empty()).count() > 3;
    match text.iter().find(says) {
        Some(text) => with_places(&first_sentence(text), page.lang, &places),
        None => marked_words(
            page.lang,
            match page.lang {
                Lang::En => "what this page says, in a sentence",
                Lang::Fr => "ce que dit cette page, en une phrase",
            },
        ),
    }
}

/// The words of a line without the descriptions of its pictures, and with the signs of marked places where the page has
/// such places.
fn spoken(nodes: &[Node], places: &mut Vec<String>) -> String {
    let mut said = String::new();
    for node in nodes {
        match node {
            Node::Text(words) => said.push_str(words),
            Node::Comment(_) => {}
            Node::Element(element) if element.name == "img" => {
                // Within a sentence, a picture is replaced by its description.
                let is_within = said.trim_end().ends_with(|c: char| !matches!(c, '.' | '!' | '?' | '…' | ':'));
                said.push_str(if is_within { element.get("alt").unwrap_or_default() } else { " " });
            }
            Node::Element(element) if is_nothing(element) => {}
            Node::Element(element) if shows_something(element) => {
                places.push(element.written_name().to_owned());
                said.push_str(&template::mark(places.len() - 1));
            }
            Node::Element(element) => {
                let is_whole = !tree::elements(&element.children)
                    .iter()
                    .any(|inner| inner.name == "img" || shows_something(inner));
                if is_whole {
                    said.push_str(&tree::text(std::slice::from_ref(node)));
                } else {
                    said.push_str(&spoken(&element.children, places));
                }
            }
        }
    }
    said
}

/// Longer sentences are cut at a word.
const LONGEST_SUMMARY: usize = 300;

fn first_sentence(text: &str) -> String {
    let ends = text.match_indices(['.', '!', '?']).map(|(at, mark)| at + mark.len());
    let mut ends = ends.filter(|end| {
        let next = text[*end..].chars().find(|c| !c.is_whitespace());
        *end > 20 && text[*end..].starts_with(char::is_whitespace) && next.is_none_or(|c| !c.is_lowercase())
    });
    let sentence = ends.next().map_or(text, |end| &text[..end]);
    if sentence.len() <= LONGEST_SUMMARY {
        return sentence.trim_end_matches(':').trim_end().to_owned();
    }
    let cut = &sentence[..sentence.floor_char_boundary(LONGEST_SUMMARY)];
    format!("{}…", cut.rsplit_once(' ').map_or(cut, |(words, _)| words))
}

fn one_line(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title without the differences that do not matter.
fn bare(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Fields above a page that say what is on it. The first is taken.
const SUMMARIES: [&str; 5] = ["description", "summary", "excerpt", "lead", "tagline"];

fn says_something(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() > 2
}

/// Fields above a page that hold the day of its publication.
pub(super) const PUBLISHED: [&str; 7] =
    ["date", "publishDate", "publishdate", "published_at", "pubDate", "pubdate", "datePublished"];
/// Those that hold the day of its latest change.
pub(super) const CHANGED: [&str; 7] =
    ["lastmod", "last_modified_at", "last_update", "updated", "dateUpdated", "dateModified", "modified"];
/// Those that hold the day from which it no longer holds.
pub(super) const EXPIRES: [&str; 6] =
    ["expiryDate", "expirydate", "expiry_date", "unpublishdate", "unpublishDate", "expires_on"];

/// Other fields above a page that are imported, or that only mean something to the old tool.
const TAKEN: [&str; 21] = [
    "title",
    "canonical",
    "draft",
    "published",
    "keywords",
    "tags",
    "categories",
    "aliases",
    "redirect_from",
    "slug",
    "lang",
    "language",
    "locale",
    "permalink",
    "url",
    "layout",
    "translationKey",
    "translationkey",
    "translation_key",
    "lang-ref",
    "altLangPage",
];

/// The fields of a page that have no place here.
pub(super) fn fields_left(page: &OldPage) -> Vec<Note> {
    let used = SUMMARIES.iter().find(|name| page.field(name).is_some_and(|text| says_something(&text)));
    let is_taken = |name: &str, value: &Value| match name {
        name if SUMMARIES.contains(&name) => Some(&name) == used,
        name if [&PUBLISHED[..], &CHANGED, &EXPIRES].concat().contains(&name) => front::day(value).is_some(),
        "heroText" => title_field(page).is_some_and(|(own, _)| own == name),
        name => TAKEN.contains(&name) || name.starts_with("alternate_"),
    };
    let left = page.front.iter().filter(|(name, value)| !is_taken(name, value));
    let left = left.map(|(name, value)| (name, front::texts(value).join("; ")));
    left.filter(|(_, text)| !text.trim().is_empty())
        .map(|(name, text)| Note::Field(name.clone(), one_line(&text)))
        .collect()
}

/// Other words that lead to a page.
pub(super) fn keywords(page: &OldPage) -> Vec<String> {
    let mut keywords = Vec::new();
    for value in ["keywords", "tags", "categories"].iter().filter_map(|name| page.front.get(*name)) {
        let split = |text: String| -> Vec<String> { text.split(',').map(one_line).collect() };
        let all = match value {
            Value::Array(_) => front::texts(value),
            value => front::texts(value).into_iter().flat_map(split).collect(),
        };
        keywords.extend(all.into_iter().filter(|word| !word.is_empty()));
    }
    let mut seen = BTreeSet::new();
    keywords.retain(|word| seen.insert(word.to_lowercase()));
    keywords
}
