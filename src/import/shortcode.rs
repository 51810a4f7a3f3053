//! The shortcodes of Hugo whose result is known: [`result`].

use std::sync::LazyLock;

use pulldown_cmark::{Event, Parser};
use regex::{Captures, Regex};

use super::{pattern, said};

static ARGUMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?:(?<name>[\w-]+)\s*=\s*)?(?:"(?<double>(?:[^"\\]|\\.)*)"|'(?<single>[^']*)'|`(?<raw>[^`]*)`|(?<bare>[^\s"'`=]+))"#,
    )
});

/// Shortcodes that are around a note.
const NOTES: [&str; 12] = [
    "note",
    "tip",
    "info",
    "warning",
    "caution",
    "important",
    "danger",
    "alert",
    "callout",
    "notice",
    "hint",
    "admonition",
];

/// The result of a shortcode, as it is written between its signs. Words that it gives no place are added to `dropped`.
pub(super) fn result(written: &str, dropped: &mut Vec<String>) -> Option<String> {
    let written = written.trim().trim_end_matches('/');
    let (name, rest) = written.split_once(char::is_whitespace).unwrap_or((written, ""));
    let mut arguments = Arguments::read(rest);
    let known = match name {
        "ref" | "relref" => arguments.take("path", Some(0)),
        "figure" => figure(&mut arguments),
        // A block of its own: Markdown reads all lines up to the next empty one as its HTML.
        "youtube" => arguments.take("id", Some(0)).map(|id| frame(&format!("https://www.youtube.com/watch?v={id}"))),
        "vimeo" => arguments.take("id", Some(0)).map(|id| frame(&format!("https://vimeo.com/{id}"))),
        "toc" => Some(String::new()),
        name if NOTES.contains(&name) => Some(note(name, &mut arguments)),
        name if name.strip_prefix('/').is_some_and(|name| NOTES.contains(&name)) => Some("\n\n</div>\n\n".to_owned()),
        _ => None,
    };
    if known.is_some() {
        dropped.extend(arguments.unused());
    }
    known
}

fn frame(address: &str) -> String {
    format!("\n\n<iframe src=\"{}\"></iframe>\n\n", quoted(address))
}

fn note(name: &str, arguments: &mut Arguments) -> String {
    let is_kind = |kind: &String| NOTES.contains(&kind.as_str());
    let kind = arguments.take_if("type", Some(0), is_kind).unwrap_or_else(|| name.to_owned());
    let title = arguments.take("title", None).or_else(|| arguments.take("heading", None));
    let title = title.map(|title| format!("**{title}**\n\n"));
    format!("\n\n<div class=\"admonition {kind}\">\n\n{}", title.unwrap_or_default())
}

/// A picture with its title, its caption, and whose it is. Hugo reads the last two as Markdown.
fn figure(arguments: &mut Arguments) -> Option<String> {
    let source = arguments.take("src", Some(0))?;
    let mut words = |name: &str| arguments.take(name, None).filter(|words| !words.trim().is_empty());
    let (alt, title, caption, by) = (words("alt"), words("title"), words("caption"), words("attr"));
    let (link, by_link) = (words("link"), words("attrlink"));
    let plain = caption.as_deref().map(without_marks);
    let is_alt = |words: &Option<String>| alt.is_none() && words.is_some();
    let alt_of_caption = is_alt(&plain);
    let alt_of_title = !alt_of_caption && is_alt(&title);
    let text = alt.clone().or_else(|| plain.clone()).or_else(|| title.clone()).unwrap_or_default();
    let image = format!("<img src=\"{}\" alt=\"{}\">", quoted(&source), quoted(&text));
    let image = link.map_or(image.clone(), |link| format!("<a href=\"{}\">{image}</a>", quoted(&link)));
    // A caption that is said as the description of the picture has no marks that could be lost.
    let is_shown = |words: &String| *words != text;
    let title = title.filter(|title| !alt_of_title && is_shown(title));
    let title = title.map(|title| format!("<strong>{}</strong>", title.replace('&', "&amp;").replace('<', "&lt;")));
    let by = match (by, by_link) {
        (Some(by), Some(link)) => Some(format!("[{by}](<{link}>)")),
        (None, Some(link)) => Some(format!("<{link}>")),
        (by, None) => by,
    };
    let said: Vec<String> = [title, caption.filter(is_shown), by].into_iter().flatten().collect();
    Some(format!("\n\n<figure>\n\n{image}\n\n<figcaption>\n\n{}\n\n</figcaption>\n\n</figure>\n\n", said.join(" ")))
}

/// The words of Markdown.
fn without_marks(markdown: &str) -> String {
    let words = Parser::new(markdown).map(|event| match event {
        Event::Text(words) | Event::Code(words) => words.into_string(),
        Event::SoftBreak | Event::HardBreak => " ".to_owned(),
        _ => String::new(),
    });
    words.collect()
}

fn quoted(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;")
}

/// The arguments of a shortcode: each has a name or a position, and is used once.
struct Arguments(Vec<Option<(Option<String>, String)>>);

impl Arguments {
    fn read(written: &str) -> Self {
        let argument = |found: Captures<'_>| {
            let value = ["double", "single", "raw", "bare"].into_iter().find_map(|form| found.name(form));
            let value = value.map(|value| value.as_str().to_owned()).unwrap_or_default();
            let value = if found.name("double").is_some() { value.replace("\\\"", "\"") } else { value };
            Some((found.name("name").map(|name| name.as_str().to_owned()), value))
        };
        Self(ARGUMENT.captures_iter(written).map(argument).collect())
    }

    fn take(&mut self, name: &str, position: Option<usize>) -> Option<String> {
        self.take_if(name, position, |_| true)
    }

    fn take_if(&mut self, name: &str, position: Option<usize>, is_meant: impl Fn(&String) -> bool) -> Option<String> {
        let is_named = |argument: &Option<(Option<String>, String)>| {
            argument.as_ref().is_some_and(|(own, _)| own.as_deref() == Some(name))
        };
        let at = self.0.iter().position(is_named).or_else(|| {
            let is_free = |(_, argument): &(usize, &Option<(Option<String>, String)>)| {
                argument.as_ref().is_some_and(|(own, _)| own.is_none())
            };
            self.0.iter().enumerate().filter(is_free).nth(position?).map(|(at, _)| at)
        })?;
        if !self.0[at].as_ref().is_some_and(|(_, value)| is_meant(value)) {
            return None;
        }
        self.0[at].take().map(|(_, value)| value)
    }

    /// What was not used and may be words.
    fn unused(self) -> impl Iterator<Item = String> {
        self.0.into_iter().flatten().filter_map(|(name, value)| {
            let is_said = name.as_ref().is_none_or(|name| !said::is_technical(name));
            (is_said && value.chars().any(char::is_alphabetic))
                .then(|| name.map_or(value.clone(), |name| format!("{name}=\"{value}\"")))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_argument_with_words_is_lost() {
        let mut dropped = Vec::new();
        let figure = r#"figure src="p.png" alt="Seen" title="A & B" caption="The *main* \"dock\"" attr="By [Ann](https://q.org)" note="More" class="wide""#;
        let html = result(figure, &mut dropped).unwrap();
        for part in ["alt=\"Seen\"", "<strong>A &amp; B</strong> The *main* \"dock\" By [Ann](https://q.org)"] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert_eq!(dropped, ["note=\"More\""]);
        let html = result("figure src=a.png caption=`A *b*`", &mut dropped).unwrap();
        assert!(html.contains("alt=\"A b\"") && html.contains("\nA *b*\n"), "{html}");
        let html = result("figure src=a.png caption=\"A b\"", &mut dropped).unwrap();
        assert!(html.contains("alt=\"A b\"") && !html.contains("\nA b\n"), "{html}");
    }
}
