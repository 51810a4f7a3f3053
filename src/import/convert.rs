//! Converts one old page: its title, its summary, its words, and what was lost of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::front;
use super::marks::{at_line_starts, escaped, marked_place};
use super::note::{Link, Note};
use super::page::OldPage;
use super::template;
use super::tree::{self, Node};
use super::words::Writer;
use crate::diagnostic::Span;
use crate::document::{Document, RawLink, plain_text};
use crate::lang::Lang;
use crate::pairs::outline;
use crate::parse::{self, markdown};
use crate::path::{self, ContentPath};

/// A converted page before its links are known.
pub(super) struct Draft {
    /// The title.
    pub title: String,
    /// What the page says in a sentence.
    pub summary: String,
    /// The words, without the heading that repeats the title.
    nodes: Vec<Node>,
    /// By how many levels headings go down.
    lower: u8,
    /// The heading that each anchor of the old page leads to; `None` if it leads to the top.
    pub anchors: HashMap<String, Option<String>>,
}

/// Reads what a page is called, what it says first, and what its anchors are.
pub(super) fn draft(page: &OldPage) -> Draft {
    let mut nodes = page.nodes.clone();
    let heading = tree::first(&nodes, "h1").map(|heading| one_line(&tree::text(&heading.children)));
    let field = page.field("title").map(|title| one_line(&tree::text(&tree::parse(&title))));
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
    let name = super::plan::readable(page.neutral.rsplit('/').next().unwrap_or_default());
    let title = title.or(head).filter(|title| !title.is_empty()).unwrap_or(name);
    let title = template::parts(&title)
        .into_iter()
        .filter_map(|part| if let template::Part::Words(words) = part { Some(words) } else { None })
        .collect::<String>();
    let summary = summary(page, &nodes);
    let mut draft = Draft { title, summary, nodes, lower, anchors: HashMap::new() };
    let written = write(page, &draft, &mut |_, _| Link::Words, &mut |_, _| Link::Words);
    let mut anchors: HashMap<String, Option<String>> = HashMap::new();
    let document = parsed(&written.text);
    let headings = document.anchors();
    let ids: Vec<&str> = headings.iter().map(|(id, _)| *id).collect();
    let mut counts = HashMap::<String, usize>::new();
    if let Some(heading) = heading.filter(|_| repeats) {
        anchors.insert(as_github(&heading, &mut counts), None);
    }
    anchors.extend(title_anchors.into_iter().map(|anchor| (anchor, None)));
    for (id, inlines) in &headings {
        let words = plain_text(inlines);
        let id = Some((*id).to_owned());
        for anchor in [as_github(&words, &mut counts), path::slug(&words)] {
            anchors.entry(anchor).or_insert_with(|| id.clone());
        }
    }
    for (anchor, number) in written.anchors {
        let id = number.and_then(|number| ids.get(number).or(ids.last())).map(|id| (*id).to_owned());
        anchors.entry(anchor).or_insert(id);
    }
    draft.anchors = anchors;
    draft
}

/// The anchor that GitHub gives a heading.
fn as_github(words: &str, counts: &mut HashMap<String, usize>) -> String {
    let kept = words.trim().to_lowercase();
    let kept: String = kept.chars().filter(|c| c.is_alphanumeric() || "-_ ".contains(*c)).collect();
    let anchor = kept.replace(' ', "-");
    let count = counts.entry(anchor.clone()).or_default();
    *count += 1;
    if *count > 1 { format!("{anchor}-{}", *count - 1) } else { anchor }
}

/// Markdown, with notes of what could not be taken.
pub(super) struct Written {
    /// The words.
    pub text: String,
    /// What could not be taken.
    pub notes: Vec<Note>,
    anchors: Vec<(String, Option<usize>)>,
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
        anchors: Vec::new(),
        loose: 0,
        headings: 0,
        ids: BTreeSet::new(),
        foreign: None,
        in_link: false,
    };
    let text = writer.page(&draft.nodes);
    let Writer { notes, anchors, .. } = writer;
    Written { text, notes, anchors }
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
    let says = |text: &String| text.chars().filter(|c| c.is_alphabetic()).count() > 2;
    let field =
        ["description", "summary", "excerpt", "lead"].into_iter().find_map(|name| page.field(name).filter(says));
    if let Some(field) = field {
        return one_line(&tree::text(&tree::parse(&field)));
    }
    let paragraphs = tree::elements(nodes).into_iter().filter(|element| element.name == "p");
    let text = paragraphs.map(|paragraph| one_line(&tree::text(&paragraph.children)));
    let text = text.map(|text| {
        let words = template::parts(&text).into_iter().filter_map(|part| match part {
            template::Part::Words(words) => Some(words.to_owned()),
            template::Part::Place(_) => None,
        });
        one_line(&words.collect::<String>())
    });
    match text.into_iter().find(|text| text.split(' ').count() > 3) {
        Some(text) => first_sentence(&text),
        None => match page.lang {
            Lang::En => "[TO FILL: what this page says, in a sentence]".to_owned(),
            Lang::Fr => "[À REMPLIR\u{a0}: ce que dit cette page, en une phrase]".to_owned(),
        },
    }
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

/// Fields above a page that are imported, or that only mean something to the old tool.
const TAKEN: [&str; 31] = [
    "title",
    "description",
    "summary",
    "excerpt",
    "lead",
    "date",
    "lastmod",
    "last_modified_at",
    "updated",
    "dateUpdated",
    "dateModified",
    "modified",
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
    let left = page.front.iter().filter(|(name, _)| !TAKEN.contains(&name.as_str()) && !name.starts_with("alternate_"));
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
