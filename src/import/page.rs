//! One old page, read: [`OldPage`].

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::addresses::CANONICAL;
use super::front::{self, Front};
use super::language::{self, Marked};
use super::template::Templates;
use super::tree::{self, Element, Node};
use super::{dialect, footnotes, lists, mdx, note::Note, said};
use crate::diagnostic::Severity;
use crate::lang::Lang;
use crate::layout;
use crate::parse::markdown::{At, Rules, Source, parse};
use crate::path::ContentPath;

/// An old page in one language.
pub(super) struct OldPage {
    /// Where it is in the old folder.
    pub path: String,
    /// The same without what names the language.
    pub neutral: String,
    /// Its language.
    pub lang: Lang,
    /// Its front matter, and what its head says (`description`, `modified`).
    pub front: Front,
    /// Its words.
    pub nodes: Vec<Node>,
    /// Its template code.
    pub templates: Templates,
    /// What could not be imported so far.
    pub notes: Vec<Note>,
}

/// Whether a file is a page, by its ending.
pub(super) fn is_page(path: &str) -> bool {
    is_markdown(path) || is_html(path)
}

fn is_markdown(path: &str) -> bool {
    [".md", ".markdown", ".mdown", ".mdx"].iter().any(|ending| path.to_lowercase().ends_with(ending))
}

pub(super) fn is_html(path: &str) -> bool {
    [".html", ".htm", ".xhtml"].iter().any(|ending| path.to_lowercase().ends_with(ending))
}

/// Whether a file may be a page, in a format that is not read here.
pub(super) fn is_unread(path: &str) -> bool {
    const ENDINGS: [&str; 22] = [
        "adoc", "asciidoc", "asp", "aspx", "doc", "docx", "erb", "hbs", "ipynb", "jsp", "liquid", "mustache", "njk",
        "odt", "org", "php", "pug", "qmd", "rmd", "rst", "textile", "vue",
    ];
    let ending =
        path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// Folders of old tools that hold no pages.
const TOOLS: [&str; 14] = [
    "_layouts",
    "_includes",
    "_sass",
    "_data",
    "layouts",
    "themes",
    "archetypes",
    "node_modules",
    "_site",
    "partials",
    "shortcodes",
    "overrides",
    "assets",
    "static",
];

/// Whether a file belongs to the old tool: templates, themes.
pub(super) fn is_of_tool(path: &str) -> bool {
    let mut folders = path.split('/').rev().skip(1);
    folders.any(|folder| TOOLS.contains(&folder)) && is_html(path) || path.contains("node_modules/")
}

impl OldPage {
    /// Reads a page. `is_there` knows the other pages by their paths; `is_mdx` is whether Markdown contains JSX on this
    /// site.
    pub(super) fn read(
        path: &str,
        text: &str,
        settings: &Front,
        is_mdx: bool,
        is_there: &dyn Fn(&str) -> bool,
    ) -> (Self, bool) {
        let split = front::split(text);
        let (mut front, mut notes) = (split.front, Vec::new());
        notes.extend(split.unread.map(|unread| Note::LeftOut(unread.trim().to_owned())));
        notes.extend(front::unended(split.body).map(|fields| Note::Front(fields.to_owned())));
        let mut templates = Templates::default();
        let mut nodes = if is_markdown(path) {
            let body = if is_mdx || path.to_lowercase().ends_with(".mdx") || mdx::imports(split.body) {
                mdx::plain(split.body, &front, &mut templates)
            } else {
                templates.take(split.body, true, &front, settings)
            };
            let plain = dialect::plain(&body);
            notes.extend(plain.left_out.into_iter().map(Note::LeftOut));
            let text = without_other_tools(&plain.text, &mut templates, &mut notes);
            body_of(tree::parse(&html(&text)), &mut notes, false, &mut front)
        } else {
            let body = templates.take(split.body, false, &front, settings);
            body_of(tree::parse(&body), &mut notes, true, &mut front)
        };
        notes.extend(templates.dropped.iter().cloned().map(Note::LeftOut));
        notes.extend(tree::take_hidden(&mut nodes).into_iter().map(Note::Hidden));
        lists::of_word(&mut nodes);
        tree::read_maps(&mut nodes);
        notes.extend(said::elsewhere(&nodes).into_iter().map(|words| Note::LeftOut(templates.filled(&words))));
        notes.extend(footnotes::take(&mut nodes).into_iter().map(Note::LeftOut));
        let Marked { lang, neutral } = language::marked(path, is_there);
        let said =
            ["lang", "language", "locale"].into_iter().find_map(|name| layout::language(front.get(name)?.as_str()?));
        let known = lang.or(said);
        let guessed = || language::guess(&tree::text(&nodes));
        let page = Self {
            path: path.to_owned(),
            neutral,
            lang: known.or_else(guessed).unwrap_or(Lang::En),
            front,
            nodes,
            templates,
            notes,
        };
        (page, known.is_some())
    }

    /// The text of a field above the page.
    pub(super) fn field(&self, name: &str) -> Option<String> {
        front::text(self.front.get(name)?).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    }
}

/// Markdown as HTML.
fn html(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    let whole = with_all_cells(&with_braces(markdown), options);
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, Parser::new_ext(&whole, options));
    html
}

/// Braces at the end of a heading hold its attributes only if they look like that: `{#id}`, and not `GET /pages/{id}`.
fn with_braces(markdown: &str) -> String {
    let mut whole = String::with_capacity(markdown.len());
    let mut is_code = false;
    for line in markdown.split_inclusive('\n') {
        let words = line.trim();
        is_code ^= words.starts_with("```") || words.starts_with("~~~");
        let inner =
            words.strip_suffix('}').and_then(|words| words.rsplit_once('{')).map(|(_, inner)| inner.trim_start());
        let is_attribute = inner.is_none_or(|inner| inner.starts_with(['#', '.', ':']) || inner.contains('='));
        match line.rfind('}').filter(|_| !is_code && !is_attribute) {
            Some(at) => whole.extend([&line[..at], "&#125;", &line[at + 1..]]),
            None => whole.push_str(line),
        }
    }
    whole
}

/// Markdown without what would be shown as it is written, and reported, here: code of other tools becomes a marked
/// place, and signs around words are removed. What no tool shows on a page (lines for links that nothing uses, words
/// after the language of a code block) is left out.
fn without_other_tools(markdown: &str, templates: &mut Templates, notes: &mut Vec<Note>) -> String {
    let file = ContentPath::new("page.en.md");
    let rules = Some(Rules { raw_html: None, markdown: Some(Severity::Warning) });
    let source = Source { file: &file, at: At::Offset(0), rules };
    let (mut text, mut end) = (String::with_capacity(markdown.len()), 0);
    for reported in parse(&source, markdown).1.into_sorted() {
        let range = reported.place.span.range();
        let passage = &markdown[range.clone()];
        match reported.name {
            "reference-unused" | "code-info" => notes.push(Note::LeftOut(passage.trim().to_owned())),
            "markdown-other-tool" if range.start >= end => {
                text.push_str(&markdown[end..range.start]);
                end = range.end;
                if let Some(words) = between_signs(passage) {
                    notes.push(Note::Signs(passage.to_owned()));
                    text.push_str(words);
                } else if passage.starts_with("[/") {
                    notes.push(Note::LeftOut(passage.to_owned()));
                } else {
                    // A sign at the beginning of a line applies to the whole line.
                    let begins_line = markdown[..range.start].ends_with('\n') || range.start == 0;
                    if begins_line && !passage.contains(char::is_alphabetic) {
                        end += markdown[end..].find('\n').unwrap_or(markdown.len() - end);
                    }
                    text.push_str(&templates.place(markdown[range.start..end].trim().to_owned()));
                }
            }
            _ => {}
        }
    }
    text.push_str(&markdown[end..]);
    text
}

/// The words between two signs that other tools use to mark words: `==words==`.
fn between_signs(passage: &str) -> Option<&str> {
    let mut signs = ["==", "++", "^^", "'''", "''"].into_iter();
    let words = signs.find_map(|sign| passage.strip_prefix(sign)?.strip_suffix(sign))?;
    words.contains(char::is_alphanumeric).then_some(words.trim())
}

/// Markdown drops the cells that a row has beyond its header row. Here they are joined to its last cell: usually a bar
/// in a piece of code was meant as a character.
fn with_all_cells(markdown: &str, options: Options) -> String {
    let (mut row, mut last, mut bars) = (0..0, 0, Vec::new());
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        match event {
            Event::Start(Tag::TableRow) => (row, last) = (range.clone(), range.start),
            Event::Start(Tag::TableCell) => last = range.end,
            Event::End(TagEnd::TableRow) => bars.extend(bars_beyond(markdown, last, row.end)),
            _ => {}
        }
    }
    let mut whole = markdown.to_owned();
    bars.into_iter().rev().for_each(|bar| whole.insert(bar, '\\'));
    whole
}

/// The bars between a row's last cell and the words after it, if there are any.
fn bars_beyond(markdown: &str, last: usize, end: usize) -> Vec<usize> {
    let rest = markdown.get(last..end).unwrap_or_default();
    let words = rest.trim_end_matches(|c: char| c.is_whitespace() || c == '|');
    if words.trim_start_matches(|c: char| c.is_whitespace() || c == '|').is_empty() {
        return Vec::new();
    }
    // The bar that ends the last cell may count as part of it.
    let from = if markdown[..last].ends_with('|') { last - 1 } else { last };
    let bars = markdown[from..last + words.len()].match_indices('|').map(|(at, _)| from + at);
    bars.filter(|bar| !markdown[..*bar].ends_with('\\')).collect()
}

/// The part of an HTML page that is its own words; its frame is left out, and its head is read.
fn body_of(nodes: Vec<Node>, notes: &mut Vec<Note>, is_html: bool, front: &mut Front) -> Vec<Node> {
    if is_html {
        head(&nodes, front);
    }
    let Some(body) = tree::first(&nodes, "body") else { return nodes };
    if !is_html {
        return body.children.clone();
    }
    let main = |name: &str, role: &str| {
        let all = tree::elements(&body.children);
        all.into_iter().find(|inner| inner.name == name || inner.get("role") == Some(role)).cloned()
    };
    if let Some(main) = main("main", "main") {
        let frame = words_of(&tree::text(&body.children));
        let own = words_of(&tree::text(&main.children));
        let rest =
            frame.strip_suffix(own.as_str()).or_else(|| frame.split_once(own.as_str()).map(|(before, _)| before));
        let after = frame.split_once(own.as_str()).map_or("", |(_, after)| after);
        for part in [rest.unwrap_or_default(), after].into_iter().map(str::trim).filter(|part| !part.is_empty()) {
            notes.push(Note::LeftOut(part.to_owned()));
        }
        let mut words = said::elsewhere(&body.children);
        for own in said::elsewhere(&main.children) {
            words.iter().position(|words| *words == own).map(|at| words.remove(at));
        }
        notes.extend(words.into_iter().map(Note::LeftOut));
        // Links can name the element itself.
        return vec![Node::Element(main)];
    }
    let is_frame = |node: &&Node| {
        node.element().is_some_and(|element| matches!(element.name.as_str(), "header" | "nav" | "footer"))
    };
    for frame in body.children.iter().filter(is_frame).filter_map(Node::element) {
        let words = words_of(&tree::text(&frame.children));
        notes.extend(Some(words).filter(|words| !words.is_empty()).map(Note::LeftOut));
        notes.extend(said::elsewhere(&frame.children).into_iter().map(Note::LeftOut));
    }
    body.children.iter().filter(|node| !is_frame(node)).cloned().collect()
}

fn words_of(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the head of a page says: its title, what it is about, its days, its language, its other version.
fn head(nodes: &[Node], front: &mut Front) {
    let mut put = |name: &str, value: &str| {
        let value = value.trim();
        if !value.is_empty() && !front.contains_key(name) {
            front.insert(name.to_owned(), value.into());
        }
    };
    // A drawing has a title of its own.
    let drawn: Vec<&Element> = tree::elements(nodes)
        .into_iter()
        .filter(|element| element.name == "svg")
        .flat_map(|drawing| tree::elements(&drawing.children))
        .collect();
    for element in tree::elements(nodes) {
        if drawn.iter().any(|inner| std::ptr::eq(*inner, element)) {
            continue;
        }
        match element.name.as_str() {
            "html" => put("lang", element.get("lang").unwrap_or_default()),
            "title" => put("head_title", &tree::text(&element.children)),
            "link" if element.get("rel") == Some("alternate") && element.get("hreflang").is_some() => {
                put(
                    &format!("alternate_{}", element.get("hreflang").unwrap_or_default()),
                    element.get("href").unwrap_or_default(),
                );
            }
            "link" if element.get("rel") == Some("canonical") => {
                put(CANONICAL, element.get("href").unwrap_or_default());
            }
            "meta" => {
                let name = element.get("name").or_else(|| element.get("property")).unwrap_or_default().to_lowercase();
                let field = match name.as_str() {
                    "description" | "dcterms.description" => "description",
                    "keywords" | "dcterms.subject" => "keywords",
                    "dcterms.issued" | "article:published_time" => "date",
                    "dcterms.modified" | "article:modified_time" => "lastmod",
                    "og:url" => CANONICAL,
                    "author" | "dcterms.creator" | "og:title" | "og:description" | "og:site_name" => name.as_str(),
                    _ => continue,
                };
                put(field, element.get("content").unwrap_or_default());
            }
            _ => {}
        }
    }
}
