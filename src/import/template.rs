//! Template code in old pages: its result if that is known, otherwise a marked place: [`Templates`].
//!
//! Code is found in the source before Markdown or HTML is read, because either would break it up. A sign that no text
//! has takes its place ([`mark`]) until the words are written.

use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use regex::{Captures, Regex};

use super::front::Front;
use super::{pattern, shortcode};

/// The template code of one page.
#[derive(Default)]
pub(super) struct Templates {
    /// The code in each marked place, in order.
    pub places: Vec<String>,
    /// Code that was left out because it says nothing to readers.
    pub dropped: Vec<String>,
}

const OPEN: char = '\u{FDD0}';
const CLOSE: char = '\u{FDD1}';

/// The sign of the marked place of a number.
pub(super) fn mark(number: usize) -> String {
    format!("{OPEN}{number}{CLOSE}")
}

/// A source without any of our signs in it.
pub(super) fn without_marks(source: &str) -> String {
    source.replace([OPEN, CLOSE], "\u{FFFD}")
}

/// A part of a text: words, or the number of a marked place.
#[derive(Debug, PartialEq)]
pub(super) enum Part<'a> {
    Words(&'a str),
    Place(usize),
}

/// Takes a text apart at its marked places.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(OPEN) {
        let after = &rest[start + OPEN.len_utf8()..];
        let Some(end) = after.find(CLOSE) else { break };
        if start > 0 {
            parts.push(Part::Words(&rest[..start]));
        }
        parts.extend(after[..end].parse().ok().map(Part::Place));
        rest = &after[end + CLOSE.len_utf8()..];
    }
    if !rest.is_empty() {
        parts.push(Part::Words(rest));
    }
    parts
}

static CODE: LazyLock<Regex> = LazyLock::new(|| {
    let forms = [
        r"\{%-?\s*raw\s*-?%\}(?<raw>[\s\S]*?)\{%-?\s*endraw\s*-?%\}",
        r"\{%-?\s*comment\s*-?%\}(?<note>[\s\S]*?)\{%-?\s*endcomment\s*-?%\}",
        r"\{%-?\s*highlight\s+(?<language>[\w+-]+)[^%]*%\}(?<code>[\s\S]*?)\{%-?\s*endhighlight\s*-?%\}",
        r"\{\{/\*[\s\S]*?\*/\}\}",
        r"\{\{[<%](?<short>[\s\S]*?)[%>]\}\}",
        r"\{\{(?<value>[\s\S]*?)\}\}",
        r"\{%(?<tag>[\s\S]*?)%\}",
        r"<\?php[\s\S]*?\?>",
        r"<%[\s\S]*?%>",
    ];
    pattern(&forms.join("|"))
});

impl Templates {
    /// The same source with a sign in place of template code that nobody here can run. With `markdown`, what is in code
    /// is an example and stays.
    pub(super) fn take(&mut self, source: &str, markdown: bool, front: &Front, settings: &Front) -> String {
        let source = without_marks(source);
        let code = if markdown { code_ranges(&source) } else { Vec::new() };
        let mut text = String::with_capacity(source.len());
        let mut end = 0;
        for found in CODE.captures_iter(&source) {
            let Some(whole) = found.get(0) else { continue };
            let at = code.partition_point(|range| range.end <= whole.start());
            if code.get(at).is_some_and(|range| range.start <= whole.start()) {
                continue;
            }
            text.push_str(&source[end..whole.start()]);
            let is_line = source[..whole.start()].chars().rev().take_while(|c| *c != '\n').all(char::is_whitespace);
            text.push_str(&self.meaning(&found, is_line, front, settings));
            end = whole.end();
        }
        text.push_str(&source[end..]);
        text
    }

    /// The sign of a new marked place.
    pub(super) fn place(&mut self, code: String) -> String {
        self.places.push(code);
        mark(self.places.len() - 1)
    }

    /// A text with the template code in it as it was.
    pub(super) fn filled(&self, text: &str) -> String {
        let part = |part: Part<'_>| match part {
            Part::Words(words) => words.to_owned(),
            Part::Place(number) => self.places.get(number).cloned().unwrap_or_default(),
        };
        parts(text).into_iter().map(part).collect()
    }

    fn meaning(&mut self, found: &Captures<'_>, is_line: bool, front: &Front, settings: &Front) -> String {
        let named = |name: &str| found.name(name).map(|part| part.as_str());
        if let Some(raw) = named("raw") {
            return raw.to_owned();
        }
        if let Some(code) = named("code") {
            let language = named("language").unwrap_or_default();
            return format!("\n```{language}\n{}\n```\n", code.trim_matches('\n'));
        }
        if let Some(short) = named("short") {
            if let Some(known) = shortcode::result(short, &mut self.dropped) {
                return known;
            }
        } else if let Some(value) = named("value") {
            if let Some(known) = variable(value, front, settings) {
                return known;
            }
        } else if let Some(tag) = named("tag") {
            let words: Vec<&str> = tag.trim_matches(['-', ' ', '\n']).split_whitespace().collect();
            if let ["link" | "post_url", path, ..] = words.as_slice() {
                return format!("/{}", path.trim_start_matches('/'));
            }
        }
        let whole = found.get(0).map(|part| part.as_str()).unwrap_or_default().to_owned();
        if named("note").is_some() || whole.starts_with("{{/*") {
            self.dropped.push(whole);
            return String::new();
        }
        let sign = self.place(whole);
        // Without lines of its own, it would hide what is below it from Markdown.
        if is_line { format!("{sign}\n") } else { sign }
    }
}

/// Filters that do not change a path.
const KEEPING: [&str; 9] =
    ["", "relative_url", "absolute_url", "url", "relURL", "absURL", "escape", "safe", "relLangURL"];

/// The value of a Liquid, Nunjucks or Hugo variable: a text, a path, a field of the page or of the site.
fn variable(written: &str, front: &Front, settings: &Front) -> Option<String> {
    let written = written.trim_matches(['-', ' ', '\n']);
    let (name, filters) = written.split_once('|').unwrap_or((written, ""));
    let filters: Vec<&str> =
        filters.split('|').map(|f| f.split([':', ' ']).find(|w| !w.is_empty()).unwrap_or("")).collect();
    if !filters.iter().all(|filter| KEEPING.contains(filter)) {
        return None;
    }
    let name = name.trim();
    let text = [('"', '"'), ('\'', '\'')].into_iter().find_map(|(a, b)| name.strip_prefix(a)?.strip_suffix(b));
    if let Some(text) = text {
        return Some(text.to_owned());
    }
    let of = |fields: &Front, path: &str| {
        let mut parts = path.split('.');
        let mut value = fields.get(parts.next()?)?;
        for part in parts {
            value = value.get(part)?;
        }
        super::front::text(value)
    };
    if let Some(field) = name.strip_prefix("site.") {
        // The address of the site's root: links below it are looked for from the top.
        if matches!(field, "baseurl" | "url" | "BaseURL" | "github.url") {
            return Some(String::new());
        }
        return of(settings, field);
    }
    match name {
        ".Site.BaseURL" | "base_url" | "site_url" => Some(String::new()),
        ".Title" => of(front, "title"),
        _ => of(front, name.strip_prefix("page.").or_else(|| name.strip_prefix(".Params."))?),
    }
}

/// Where code is in Markdown.
fn code_ranges(source: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = None;
    for (event, range) in Parser::new_ext(source, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Code(_) => ranges.push(range),
            Event::Start(Tag::CodeBlock(_)) => start = Some(range),
            Event::End(TagEnd::CodeBlock) => ranges.extend(start.take()),
            _ => {}
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(source: &str) -> (String, Vec<String>) {
        let mut templates = Templates::default();
        let mut front = Front::new();
        front.insert("title".to_owned(), "Scope".into());
        let text = templates.take(source, true, &front, &Front::new());
        (text, templates.places)
    }

    #[test]
    fn what_a_page_says_of_itself_takes_the_place_of_its_variable() {
        assert_eq!(taken("On {{ page.title }}, [all]({{ '/a/b' | relative_url }}).").0, "On Scope, [all](/a/b).");
        assert_eq!(taken("[a]({% link pages/a.md %}) [b]({{< ref \"b.md\" >}})").0, "[a](/pages/a.md) [b](b.md)");
    }

    #[test]
    fn code_that_nobody_can_run_is_a_marked_place() {
        let (text, places) = taken("See {% include x.html %} and {{< odd a=\"b\" >}}.");
        assert_eq!(places, ["{% include x.html %}", "{{< odd a=\"b\" >}}"]);
        assert_eq!(parts(&text).len(), 5);
    }

    #[test]
    fn an_example_in_code_stays() {
        let source = "`{{ a }}` and\n\n```\n{% b %}\n```\n";
        assert_eq!(taken(source), (source.to_owned(), Vec::new()));
    }

    #[test]
    fn a_note_of_a_shortcode_keeps_its_words() {
        assert!(taken("{{% notice warning %}}\nMind.\n{{% /notice %}}").0.contains("admonition warning"));
        assert!(
            taken("{{< callout type=\"tip\" title=\"Mind the gap\" >}}a{{< /callout >}}")
                .0
                .contains("**Mind the gap**")
        );
    }

    #[test]
    fn a_film_leaves_the_markdown_of_the_next_line_as_it_is() {
        assert!(taken("{{< youtube a1 >}}\n[a](b.md)").0.contains("</iframe>\n\n\n[a](b.md)"));
    }
}
