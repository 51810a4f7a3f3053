//! A page that the program adds to the manual: [`Page`], and the files that are written by hand: [`read`].

use std::collections::BTreeMap;

use diptych::lang::{Lang, PerLang};
use include_dir::{Dir, DirEntry};

/// A page about what the program knows of itself.
pub(super) struct Page {
    /// The id of its record.
    pub id: String,
    /// Its facts, as they are in a file.
    pub facts: Option<String>,
    /// Its title, the same in both languages: a name.
    pub title: String,
    /// What it is about.
    pub summary: PerLang<String>,
    /// The last part of its address, if the title does not give it.
    pub slug: Option<String>,
    /// Other names under which people look for it.
    pub keywords: Vec<String>,
    /// Markdown.
    pub body: PerLang<String>,
}

impl Page {
    /// The words of a side: what is written by hand first, which may be a whole page with its title and summary, then what
    /// is added.
    pub(super) fn words(&self, lang: Lang, written: &str) -> String {
        let body = self.body.get(lang);
        if written.starts_with("---\n") {
            return format!("{written}\n{body}");
        }
        let mut more = self.slug.iter().map(|slug| format!("slug: {slug}\n")).collect::<String>();
        if !self.keywords.is_empty() {
            more.extend(["keywords: ", &serde_json::Value::from(self.keywords.as_slice()).to_string(), "\n"]);
        }
        let (title, summary) = (quoted(&self.title), quoted(self.summary.get(lang)));
        format!("---\ntitle: {title}\nsummary: {summary}\n{more}---\n\n{written}\n{body}")
    }
}

/// A text as a value of YAML.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The files that are written by hand, by path.
pub(super) fn read(folder: &Dir<'_>) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut entries: Vec<&DirEntry<'_>> = folder.entries().iter().collect();
    while let Some(entry) = entries.pop() {
        match entry {
            DirEntry::Dir(inner) => entries.extend(inner.entries()),
            DirEntry::File(file) => {
                let path = file.path().to_string_lossy().replace('\\', "/");
                files.insert(path, file.contents_utf8().unwrap_or_default().to_owned());
            }
        }
    }
    files
}

/// A block of code that can contain others.
pub(super) fn code(language: &str, text: &str) -> String {
    let text = diptych::terminal::visible(text);
    format!("````{language}\n{}\n````\n\n", text.trim_end_matches('\n'))
}

/// Words escaped so that none of them is read as Markdown.
pub(super) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '[' | ']' | '<' | '>' | '*' | '_' | '#' | '`' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
