//! Rewrites Markdown with JSX in it, as Docusaurus uses it, as `CommonMark` with HTML in it: [`plain`].
//!
//! Imports, exports and comments are left out; expressions whose text is known are replaced by it, others become marked
//! places; components become elements, whose names [`COMPONENT_NAME`](tree::COMPONENT_NAME) keeps. Code is left alone.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::front::{self, Front};
use super::jsx::{Tag, braces_end, code_end, tag};
use super::marks::escaped;
use super::pattern;
use super::template::{self, Templates};
use super::{said, tree};

static ESM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"^(?:import\s+(?:['"][^'"\n]+['"]|(?:type\s+)?[\w$*{][^'".;]*?\bfrom\s*['"][^'"\n]+['"])|export\s+(?:default|const|let|var|function|class|async|type|interface|\*|\{)(?:\W|$))"#,
    )
});
static IMPORT: LazyLock<Regex> = LazyLock::new(|| pattern(r#"import\s+([\w$]+)\b[^'"]*?from\s*['"]([^'"\n]+)['"]"#));
static CALL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"^(?:require|useBaseUrl|withBaseUrl)\(\s*['"`]([^'"`$]+)['"`]\s*(?:,[^)]*)?\)(?:\.\w+)*$"#)
});
static MESSAGE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"^translate\(\s*\{[\s\S]*?\bmessage:\s*(?:'([^'\\]*)'|"([^"\\]*)"|`([^`$\\]*)`)"#));

/// Whether a page begins with imports: then it contains JSX, wherever it is.
pub(super) fn imports(source: &str) -> bool {
    let first = source.trim_start();
    first.starts_with("import") && ESM.is_match(first)
}

/// Rewrites a page. What is marked, and what is left out, is added to `templates`.
pub(super) fn plain(source: &str, front: &Front, templates: &mut Templates) -> String {
    let source = template::without_marks(source).replace("\r\n", "\n");
    let mut page = Page {
        source: &source,
        at: 0,
        out: String::with_capacity(source.len()),
        front,
        templates,
        imports: BTreeMap::new(),
        open: Vec::new(),
        outer: 0,
        base: None,
    };
    page.read();
    page.out
}

/// A page while it is rewritten.
struct Page<'a> {
    source: &'a str,
    at: usize,
    out: String,
    front: &'a Front,
    templates: &'a mut Templates,
    /// What files were imported as.
    imports: BTreeMap<String, String>,
    /// The open elements, and whether the tag of each separates blocks.
    open: Vec<(String, bool)>,
    /// How far the outermost of them is indented.
    outer: usize,
    /// How far the words in the innermost are indented. Markdown would take them for code.
    base: Option<usize>,
}

/// Elements whose words are not Markdown.
const VERBATIM: [&str; 4] = ["pre", "script", "style", "textarea"];

/// Elements that HTML never closes.
const VOID: [&str; 8] = ["br", "hr", "img", "input", "source", "track", "wbr", "col"];

impl<'a> Page<'a> {
    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    fn is_inside(&self) -> bool {
        self.open.iter().any(|(_, is_block)| *is_block)
    }

    fn read(&mut self) {
        let mut fence: Option<String> = None;
        let mut after_blank = true;
        while self.at < self.source.len() {
            let line_end = self.rest().find('\n').map_or(self.source.len(), |end| self.at + end + 1);
            let source = self.source;
            let line = &source[self.at..line_end];
            let words = line.trim();
            if fence.is_none() && after_blank && ESM.is_match(self.rest()) {
                self.module();
                continue;
            }
            after_blank = words.is_empty();
            let is_tag = fence.is_none() && is_tag_start(words);
            self.indent(line, is_tag);
            let mark = ['`', '~'].into_iter().find(|mark| words.starts_with(&mark.to_string().repeat(3)));
            let mark = mark.filter(|mark| *mark == '~' || !words.trim_start_matches('`').contains('`'));
            if let Some(open) = &fence {
                if words.starts_with(open.as_str()) && words.chars().all(|c| open.starts_with(c)) {
                    fence = None;
                }
                self.copy(line_end);
            } else if let Some(mark) = mark {
                fence = Some(words.chars().take_while(|c| *c == mark).collect());
                self.copy(line_end);
            } else if words.starts_with(":::") {
                self.copy(line_end);
            } else {
                self.line();
            }
        }
    }

    /// Writes the indentation of a line, without that of the tags around it.
    fn indent(&mut self, line: &str, is_tag: bool) {
        let own = line.len() - line.trim_start_matches([' ', '\t']).len();
        if !self.is_inside() || line.trim().is_empty() {
            return;
        }
        self.at += own;
        let own = if is_tag {
            self.outer
        } else {
            let base = *self.base.get_or_insert(own);
            own.saturating_sub(base.saturating_sub(self.outer))
        };
        self.out.push_str(&" ".repeat(own));
    }

    fn copy(&mut self, end: usize) {
        self.out.push_str(&self.source[self.at..end]);
        self.at = end;
    }

    /// Leaves out imports and exports: up to an empty line at which no bracket is open, or to the last import.
    fn module(&mut self) {
        let rest = self.rest();
        let (mut first_gap, mut end, mut depth, mut at) = (None, None, 0_i32, 0);
        for line in rest.split_inclusive('\n') {
            if line.trim().is_empty() {
                first_gap = first_gap.or(Some(at));
                if depth <= 0 {
                    end = Some(at);
                    break;
                }
            }
            depth += line.chars().map(|c| i32::from("([{".contains(c)) - i32::from(")]}".contains(c))).sum::<i32>();
            at += line.len();
            let goes_on = ["import", "export"].iter().any(|word| rest[at..].starts_with(word));
            if depth == 0 && line.starts_with("import") && ESM.is_match(line) && !goes_on {
                end = Some(at);
                break;
            }
        }
        // If the brackets never close, it ends at the first empty line.
        let end = end.or(Some(at).filter(|_| depth <= 0)).or(first_gap).unwrap_or(at);
        let code = &rest[..end];
        for found in IMPORT.captures_iter(code) {
            self.imports.insert(found[1].to_owned(), found[2].to_owned());
        }
        self.templates.dropped.push(code.trim().to_owned());
        self.at += end;
        if self.rest().starts_with('\n') {
            self.copy(self.at + 1);
        }
    }

    /// Rewrites up to the end of a line, or further if a tag, an expression or code continues.
    fn line(&mut self) {
        while let Some(c) = self.rest().chars().next() {
            match c {
                '\n' => {
                    self.copy(self.at + 1);
                    return;
                }
                '\\' => {
                    let next = self.rest().chars().nth(1).filter(|next| *next != '\n').map_or(0, char::len_utf8);
                    self.copy(self.at + 1 + next);
                }
                '`' => {
                    let run = self.rest().len() - self.rest().trim_start_matches('`').len();
                    let end = code_end(self.rest(), run).unwrap_or(run);
                    self.copy(self.at + end);
                }
                '{' => self.expression(),
                '<' => {
                    if self.markup() {
                        return;
                    }
                }
                c => self.copy(self.at + c.len_utf8()),
            }
        }
    }

    fn expression(&mut self) {
        // Formulas have braces of their own, and headings have ids in braces.
        let before = self.out.rsplit('\n').next().unwrap_or_default();
        let word = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let is_formula = before.ends_with(['^', '_', '}']) && before.contains('$') || word.ends_with('\\');
        let end = braces_end(self.rest()).filter(|_| !is_formula);
        let Some(end) = end.filter(|end| !matches!(self.rest()[1..*end].chars().next(), Some('#'))) else {
            let end = self.rest().find('}').filter(|_| self.rest().starts_with("{#")).unwrap_or(0);
            self.copy(self.at + end + 1);
            return;
        };
        let whole = self.rest()[..end].to_owned();
        self.at += end;
        let inner = whole[1..whole.len() - 1].trim();
        if inner.is_empty() {
            return;
        }
        if let Some(remark) = inner.strip_prefix("/*").and_then(|inner| inner.strip_suffix("*/")) {
            let remark = remark.trim();
            match remark.strip_prefix('#').filter(|id| !id.is_empty() && !id.contains(char::is_whitespace)) {
                Some(id) if before_is_heading(&self.out) => self.out.extend(["{#", id, "}"]),
                _ if remark.contains("*/") => self.marked(whole),
                _ => self.templates.dropped.push(whole),
            }
            return;
        }
        match self.known(inner) {
            Some(text) => self.out.push_str(&escaped(&text)),
            None => self.marked(whole),
        }
    }

    fn marked(&mut self, code: String) {
        let sign = self.templates.place(code);
        self.out.push_str(&sign);
    }

    /// The text that an expression gives, if that is evident.
    fn known(&self, code: &str) -> Option<String> {
        let code = code.trim();
        for mark in ['"', '\'', '`'] {
            let text = code.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
            if let Some(text) = text.filter(|text| !text.contains([mark, '\\']) && !text.contains("${")) {
                return Some(text.to_owned());
            }
        }
        if let Some(found) = CALL.captures(code) {
            return Some(found[1].to_owned());
        }
        if let Some(found) = MESSAGE.captures(code) {
            return found.iter().skip(1).flatten().next().map(|text| text.as_str().to_owned());
        }
        if let Some(field) = code.strip_prefix("frontMatter.") {
            return front::text(self.front.get(field)?);
        }
        let path = self.imports.get(code.strip_suffix(".src").unwrap_or(code))?;
        path.rsplit('/').next().is_some_and(|name| name.contains('.')).then(|| path.clone())
    }

    /// Rewrites what begins with `<`. Returns whether the line ended with it.
    fn markup(&mut self) -> bool {
        let rest = self.rest();
        if rest.starts_with("<!--") {
            let end = rest.find("-->").map_or(1, |end| end + 3);
            self.copy(self.at + end);
            return false;
        }
        if let Some(mark) = ["<>", "</>"].iter().find(|mark| rest.starts_with(**mark)) {
            self.at += mark.len();
            return false;
        }
        let Some(tag) = tag(rest) else {
            self.copy(self.at + 1);
            return false;
        };
        let name = tag.name.as_str();
        let closing = format!("</{name}>");
        if !tag.closes && !tag.is_whole && (VERBATIM.contains(&name) || name == "Head") {
            let end = rest.find(&closing).map_or(tag.end, |end| end + closing.len());
            if name == "Head" {
                self.templates.dropped.push(rest[..end].to_owned());
                self.at += end;
            } else {
                self.copy(self.at + end);
            }
            return false;
        }
        let line = self.out.rsplit('\n').next().unwrap_or_default();
        let begins_line = line.trim().is_empty();
        let inset = " ".repeat(if begins_line { line.len() } else { self.outer });
        let before = self.out.trim_end_matches([' ', '\t']);
        let is_first = before.is_empty() || before.ends_with("\n\n");
        let after = rest[tag.end..].split('\n').next().unwrap_or_default();
        let stands_free = match () {
            () if tag.closes => self.open.iter().rev().find(|(own, _)| own == name).is_some_and(|(_, block)| *block),
            () if is_component(name) || tree::is_inline(name) => is_first,
            () => true,
        };
        let is_alone = begins_line && after.trim().is_empty() && stands_free;
        let is_void = VOID.contains(&name);
        let is_block = BLOCKS.contains(&name) || is_alone && (!is_void || matches!(name, "img" | "hr"));
        self.at += tag.end;
        let written = self.element(&tag);
        if tag.closes {
            if let Some(at) = self.open.iter().rposition(|(own, _)| own == name) {
                self.open.truncate(at);
            }
        } else if !tag.is_whole && !is_void {
            if is_block && !self.is_inside() {
                self.outer = inset.len();
            }
            self.open.push((tag.name.clone(), is_block));
        }
        if !is_block {
            self.out.push_str(&written);
            if tag.closes && name == "summary" {
                self.out.push_str("\n\n");
            }
            return false;
        }
        // Beside a tag, Markdown reads HTML where JSX reads Markdown.
        self.base = None;
        self.out.truncate(self.out.trim_end_matches([' ', '\t']).len());
        self.out.push_str(if begins_line { "\n" } else { "\n\n" });
        self.out.extend([inset.as_str(), &written, "\n\n"]);
        self.at += after.len() - after.trim_start().len();
        if after.trim().is_empty() {
            self.at += usize::from(self.rest().starts_with('\n'));
            return true;
        }
        self.out.push_str(&inset);
        false
    }

    /// Tells the words in the attributes of a component whose other words have a place of their own.
    fn tell_unused(&mut self, tag: &Tag) {
        let used: &[&str] = match tag.name.as_str() {
            "Tabs" => &[],
            "TabItem" => &["label", "value"],
            "Details" => &["summary"],
            "Admonition" | "Aside" => &["type", "title"],
            "Translate" => &["id", "description"],
            _ => return,
        };
        let unused =
            tag.attributes.iter().filter(|(own, ..)| !used.contains(&own.as_str()) && !said::is_technical(own));
        let unused = unused.filter(|(_, words, _)| words.contains(char::is_alphabetic));
        self.templates.dropped.extend(unused.map(|(own, words, _)| format!("{own}=\"{words}\"")));
    }

    /// A tag as HTML.
    fn element(&mut self, tag: &Tag) -> String {
        self.tell_unused(tag);
        let value = |name: &str| {
            let found = tag.attributes.iter().find(|(own, ..)| own == name)?;
            if found.2 { self.known(&found.1) } else { Some(found.1.clone()) }
        };
        let strong =
            |words: Option<String>| words.map_or(String::new(), |words| format!("<strong>{}</strong>", text(&words)));
        let paragraph =
            |words: Option<String>| words.map_or(String::new(), |words| format!("<p>{}</p>", strong(Some(words))));
        let name = tag.name.as_str();
        if tag.closes {
            return match name {
                "Link" => "</a>".to_owned(),
                "Translate" => "</span>".to_owned(),
                "Tabs" | "TabItem" | "Admonition" | "Aside" => "</div>".to_owned(),
                "Details" => "</details>".to_owned(),
                "Image" | "Img" | "IdealImage" => String::new(),
                name if is_component(name) => format!("</{}>", tree::COMPONENT),
                name => format!("</{name}>"),
            };
        }
        match name {
            "Tabs" => return "<div>".to_owned(),
            "TabItem" => return format!("<div>{}", paragraph(value("label").or_else(|| value("value")))),
            "Details" => {
                let summary = value("summary").map(|words| format!("<summary>{}</summary>", text(&words)));
                return format!("<details>{}", summary.unwrap_or_default());
            }
            "Admonition" | "Aside" => {
                let kind = value("type").unwrap_or_else(|| "note".to_owned());
                return format!("<div class=\"admonition {}\">{}", attribute(&kind), paragraph(value("title")));
            }
            "Translate" => return "<span>".to_owned(),
            _ => {}
        }
        let html = match name {
            "Link" => "a",
            "Image" | "Img" | "IdealImage" => "img",
            name if is_component(name) => tree::COMPONENT,
            name => name,
        };
        let mut written = format!("<{html}");
        if html == tree::COMPONENT {
            written.extend([" ", tree::COMPONENT_NAME, "=\"", &attribute(name), "\""]);
            // What it shows is in a file of the old site.
            let file = self.imports.get(name).filter(|path| path.starts_with(['.', '@']) && path.contains(".md"));
            written.push_str(&file.map_or(String::new(), |file| format!(" url=\"{}\"", attribute(file))));
        }
        for (name, value, is_code) in &tag.attributes {
            let known = if *is_code { self.known(value) } else { Some(value.clone()) };
            let name = match (name.as_str(), html) {
                ("to", "a") => "href",
                ("img", "img") => "src",
                ("className", _) => "class",
                (name, _) => name,
            };
            let value = match known {
                Some(value) => value,
                None if html == tree::COMPONENT => format!("{{{value}}}"),
                None if name == "style" => value.replace(['{', '}', '"', '\''], ""),
                None if matches!(name, "href" | "src" | "alt" | "title") => {
                    self.templates.place(format!("{{{value}}}"))
                }
                None => {
                    if !said::is_technical(name) {
                        self.templates.dropped.push(format!("{name}={{{value}}}"));
                    }
                    continue;
                }
            };
            written.extend([" ", name, "=\"", &attribute(&value), "\""]);
        }
        written.push('>');
        if tag.is_whole && !VOID.contains(&html) {
            written.extend(["</", html, ">"]);
        }
        written
    }
}

/// Components that are blocks, however they are written.
const BLOCKS: [&str; 5] = ["Tabs", "TabItem", "Details", "Admonition", "Aside"];

fn is_component(name: &str) -> bool {
    name.starts_with(char::is_uppercase) || name.contains('.')
}

/// Whether a line begins with the tag of a block.
fn is_tag_start(words: &str) -> bool {
    let name = words.strip_prefix('<').map(|rest| rest.strip_prefix('/').unwrap_or(rest));
    let name = name.and_then(|name| name.split(|c: char| !c.is_ascii_alphanumeric() && c != '.').next());
    name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()) && !tree::is_inline(name))
}

fn before_is_heading(out: &str) -> bool {
    out.rsplit('\n').next().is_some_and(|line| line.trim_start().starts_with('#'))
}

/// A value between quotation marks, in one line.
fn attribute(value: &str) -> String {
    let value = value.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;");
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;")
}
