//! What a page of an output says, read from its HTML in one pass: [`Page`].
//!
//! A theme decides how pages are made, so only a few tags have a meaning here: `main` without its navigation is what
//! readers came for, `data-words` marks what was written for this page alone, and `hreflang` leads to the other
//! language.

use std::borrow::Cow;

use crate::lang::Lang;
use crate::output::manifest::Entry;

/// What a page says, as far as the comparison of two builds needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// Where it redirects to, as its link is written; `None` if it is a page to be read.
    pub(super) leads_to: Option<String>,
    /// Whether search engines should list it; they should not list notices and tools.
    pub(super) is_listed: bool,
    /// The SHA-256 of what readers find in it.
    pub(super) words: [u8; 32],
    /// The SHA-256 of what was written for this page alone.
    pub(super) own: [u8; 32],
    /// The links to it in the other language, as they are written.
    pub(super) twins: Vec<String>,
}

/// A piece of HTML.
enum Piece<'a> {
    Text(&'a str),
    Tag(Tag<'a>),
}

/// A tag, with what follows its name.
#[derive(Clone, Copy)]
struct Tag<'a> {
    name: &'a str,
    is_end: bool,
    rest: &'a str,
}

impl Page {
    /// Reads a page in a language. Whatever the bytes are, it takes one pass.
    pub(super) fn read(html: &[u8], lang: Lang) -> Self {
        let html = String::from_utf8_lossy(html);
        let mut page = Self { leads_to: None, is_listed: true, words: [0; 32], own: [0; 32], twins: Vec::new() };
        let (mut words, mut own) = (String::new(), String::new());
        let mut inside = Inside::default();
        for piece in Pieces(&html) {
            match piece {
                Piece::Text(text) => {
                    for text in text.split_whitespace() {
                        inside.add(&mut words, &mut own, text);
                    }
                }
                Piece::Tag(tag) => {
                    page.note(&tag, lang, &mut own);
                    inside.pass(&tag);
                    if let Some(target) = tag.target() {
                        inside.add(&mut words, &mut own, &target);
                    }
                }
            }
        }
        page.words = Entry::of(words.as_bytes()).digest;
        page.own = Entry::of(own.as_bytes()).digest;
        page
    }

    /// What the head of a page says about it, and its links to the other language.
    fn note(&mut self, tag: &Tag<'_>, lang: Lang, own: &mut String) {
        if tag.is("meta") {
            let content = tag.attribute("content").unwrap_or_default();
            let says = |attribute: &str, value: &str| {
                tag.attribute(attribute).is_some_and(|own| own.trim().eq_ignore_ascii_case(value))
            };
            if says("http-equiv", "refresh") {
                let url = content.split_once("url=").or_else(|| content.split_once("URL="));
                self.leads_to = url.map(|(_, url)| url.trim().to_owned());
            } else if says("name", "robots") {
                self.is_listed &= !content.contains("noindex");
            } else if says("name", "description") {
                own.push_str(&content);
                own.push('\n');
            }
        } else if let Some(language) = tag.attribute("hreflang")
            && language.eq_ignore_ascii_case(lang.other().code())
            && tag.attribute("rel").is_some_and(|rel| rel.split_whitespace().any(|rel| rel == "alternate"))
        {
            self.twins.extend(tag.attribute("href").map(Cow::into_owned));
        }
    }
}

/// In which elements a piece is, by how many of each kind are open.
#[derive(Default)]
struct Inside {
    main: usize,
    nav: usize,
    title: usize,
    /// The name of the element that holds the page's own words, and how many of that name are open in it.
    own: Option<(String, usize)>,
}

impl Inside {
    fn pass(&mut self, tag: &Tag<'_>) {
        let step = |count: &mut usize| *count = if tag.is_end { count.saturating_sub(1) } else { *count + 1 };
        match &mut self.own {
            Some((name, open)) if tag.is(name) => {
                step(open);
                if *open == 0 {
                    self.own = None;
                }
            }
            None if !tag.is_end && tag.attribute("data-words").is_some_and(|words| words.is_empty()) => {
                self.own = Some((tag.name.to_owned(), 1));
            }
            _ => {}
        }
        if tag.is("main") {
            step(&mut self.main);
        } else if tag.is("nav") {
            step(&mut self.nav);
        } else if tag.is("title") {
            step(&mut self.title);
        }
    }

    fn add(&self, words: &mut String, own: &mut String, text: &str) {
        let add = |to: &mut String| {
            to.push_str(text);
            to.push(' ');
        };
        if self.main > 0 && self.nav == 0 {
            add(words);
        }
        if self.own.is_some() || self.title > 0 {
            add(own);
        }
    }
}

impl<'a> Tag<'a> {
    fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// What it leads to or shows, which counts as much as words. Files of the theme do not count: their names change
    /// with it.
    fn target(&self) -> Option<Cow<'a, str>> {
        let target = self.attribute("href").or_else(|| self.attribute("src"))?;
        (!target.split('/').any(|part| part == "theme")).then_some(target)
    }

    /// The value of an attribute; empty if it has none.
    fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut rest = self.rest;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=' || c == '/').unwrap_or(rest.len());
            // A stray `=` is skipped, so that every iteration moves on.
            let (own, after) = rest.split_at(end.max(1));
            let after_space = after.trim_start();
            let (value, next) = match after_space.strip_prefix('=').map(str::trim_start) {
                None => ("", after),
                Some(value) => match value.chars().next().filter(|quote| ['"', '\''].contains(quote)) {
                    Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                    None => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
                },
            };
            if own.eq_ignore_ascii_case(name) {
                let has_references = value.contains("&amp;");
                return Some(if has_references { value.replace("&amp;", "&").into() } else { value.into() });
            }
            rest = next;
        }
    }
}

/// The pieces of a page. Comments, and what is in scripts and styles, are left out.
struct Pieces<'a>(&'a str);

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            let html = self.0;
            let Some(after) = html.strip_prefix('<') else {
                let end = html.find('<').unwrap_or(html.len());
                self.0 = &html[end..];
                return (end > 0).then_some(Piece::Text(&html[..end]));
            };
            if let Some(comment) = after.strip_prefix("!--") {
                self.0 = comment.split_once("-->").map_or("", |(_, rest)| rest);
                continue;
            }
            let (is_end, after) = after.strip_prefix('/').map_or((false, after), |after| (true, after));
            let name = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(after.len());
            let end = end_of_tag(after);
            self.0 = &after[(end + 1).min(after.len())..];
            if name == 0 || name > end {
                continue;
            }
            let tag = Tag { name: &after[..name], is_end, rest: &after[name..end] };
            if !is_end && (tag.is("script") || tag.is("style")) {
                let closing = if tag.is("script") { "</script" } else { "</style" };
                self.0 = self.0.find(closing).map_or("", |at| &self.0[at..]);
            }
            return Some(Piece::Tag(tag));
        }
    }
}

/// Where a tag ends: at the first `>` outside quotation marks.
fn end_of_tag(html: &str) -> usize {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><html lang="en"><head><title>Treaty</title>
        <meta name="description" content="What it says."><link rel="stylesheet" href="../theme/a.css"></head>
        <body><nav><a href="../../fr/traite/" rel="alternate" hreflang="fr">Français</a></nav>
        <main><h1>Treaty</h1><img src="../theme/x.1.svg" alt=""><div data-words><p>It is <a href="../b/">old</a>.</p></div>
        <nav>Next: B</nav><p>Listed below</p><script>let a = "<p>";</script></main><footer>2026</footer></body></html>"#;

    fn with(from: &str, to: &str) -> Page {
        assert!(PAGE.contains(from), "{from}");
        Page::read(PAGE.replace(from, to).as_bytes(), Lang::En)
    }

    #[test]
    fn words_are_what_is_in_main_and_own_words_what_was_written_for_the_page() {
        let page = Page::read(PAGE.as_bytes(), Lang::En);
        assert!(page.is_listed && page.leads_to.is_none());
        assert_eq!(page.twins, ["../../fr/traite/"]);
        for (from, to, words, own) in [
            ("2026", "2027", false, false),
            ("Next: B", "Next: C", false, false),
            ("x.1.svg", "x.2.svg", false, false),
            ("<!doctype html>", "<!doctype html><!-- a <main> -->", false, false),
            ("let a", "let b", false, false),
            ("<p>It is ", "<p class=\"new\">It\n  is ", false, false),
            ("Listed", "Shown", true, false),
            ("It is", "It was", true, true),
            ("../b/", "../c/", true, true),
            ("<title>Treaty", "<title>The treaty", false, true),
            ("What it says", "What it said", false, true),
        ] {
            let other = with(from, to);
            assert_eq!((other.words != page.words, other.own != page.own), (words, own), "{from} → {to}");
        }
    }

    #[test]
    fn what_leads_on_and_what_is_not_to_be_listed_is_known_by_its_head() {
        let page = with("<title>", "<meta http-equiv=Refresh content='0; url=../new/?a=1&amp;b'><title>");
        assert_eq!(page.leads_to.as_deref(), Some("../new/?a=1&b"));
        assert!(!with("<title>", "<meta name=\"robots\" content=\"noindex\"><title>").is_listed);
    }

    #[test]
    fn no_bytes_are_too_strange_to_be_read() {
        for html in [
            "<",
            "</",
            "<a",
            "<a href",
            "<a href=",
            "<a href=\"",
            "<!--",
            "<script>",
            "<a ===b>",
            "é<é é=é>",
            "<a \0='>",
        ] {
            Page::read(html.as_bytes(), Lang::Fr);
        }
        Page::read(b"\xff<a \xff=\xff>", Lang::Fr);
    }
}
