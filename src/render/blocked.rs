//! What a template puts into pages and their content security policy blocks: [`look`].
//!
//! A browser only says so to those who open its console. Expressions of the template language are passed over: what they
//! print is not known before a page is made, and the views hold nothing of the kind.

use std::ops::Range;

use crate::diagnostic::catalog::Blocked;

/// Elements that load what an attribute names, and that attribute.
const LOADING: [(&str, &str); 12] = [
    ("script", "src"),
    ("img", "src"),
    ("img", "srcset"),
    ("source", "src"),
    ("source", "srcset"),
    ("video", "src"),
    ("video", "poster"),
    ("audio", "src"),
    ("track", "src"),
    ("embed", "src"),
    ("object", "data"),
    ("link", "href"),
];

/// Links that load nothing.
const NAMING: [&str; 6] = ["canonical", "alternate", "author", "license", "me", "help"];

/// Finds what would be blocked in a template, in order.
pub(super) fn look(template: &str) -> Vec<(Blocked, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = template[at..].find(['<', '{']) {
        at += step;
        if let Some(end) = end_of_expression(template, at) {
            at = end;
        } else if let Some(tag) = Tag::read(template, at) {
            found.extend(tag.blocked());
            at = tag.end;
        } else {
            at += 1;
        }
    }
    found
}

/// Where the expression, tag or comment of the template language that begins here ends.
fn end_of_expression(template: &str, at: usize) -> Option<usize> {
    let (_, close) =
        [("{{", "}}"), ("{%", "%}"), ("{#", "#}")].into_iter().find(|(open, _)| template[at..].starts_with(open))?;
    Some(template[at..].find(close).map_or(template.len(), |length| at + length + close.len()))
}

/// A start tag and its attributes, in small letters, with the places of their names.
struct Tag {
    name: String,
    place: Range<usize>,
    attributes: Vec<(String, String, Range<usize>)>,
    end: usize,
}

impl Tag {
    fn read(template: &str, at: usize) -> Option<Self> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_' | '@' | '.');
        let word = |at: usize| at + template[at..].find(|c| !is_part(c)).unwrap_or(template.len() - at);
        let end_of_name = word(at + 1);
        let name =
            template.get(at + 1..end_of_name).filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))?;
        let mut tag =
            Self { name: name.to_ascii_lowercase(), place: at..end_of_name, attributes: Vec::new(), end: end_of_name };
        while let Some(next) = template[tag.end..].chars().next() {
            let start = tag.end;
            if next == '>' {
                tag.end += 1;
                break;
            }
            if let Some(end) = end_of_expression(template, start) {
                tag.end = end;
                continue;
            }
            let end = word(start);
            if end == start {
                tag.end += next.len_utf8();
                continue;
            }
            let (value, after) = value(template, end);
            tag.attributes.push((template[start..end].to_ascii_lowercase(), value.to_ascii_lowercase(), start..end));
            tag.end = after;
        }
        Some(tag)
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, ..)| own == name).map(|(_, value, _)| value.trim())
    }

    fn blocked(&self) -> Vec<(Blocked, Range<usize>)> {
        let mut found = Vec::new();
        let is_data = self.attribute("type").is_some_and(|kind| !kind.contains("javascript") && kind != "module");
        match self.name.as_str() {
            "script" if self.attribute("src").is_none() && !is_data => {
                found.push((Blocked::Script, self.place.clone()));
            }
            "style" => found.push((Blocked::Style, self.place.clone())),
            "iframe" | "frame" => found.push((Blocked::Elsewhere, self.place.clone())),
            _ => {}
        }
        let rel = self.attribute("rel").unwrap_or_default();
        let only_names = self.name == "link" && rel.split_whitespace().all(|rel| NAMING.contains(&rel));
        for (name, value, place) in &self.attributes {
            let is_elsewhere = value.trim_start().starts_with("//") || value.contains("://");
            let loads = !only_names && LOADING.contains(&(self.name.as_str(), name.as_str()));
            let blocked = match name.as_str() {
                "style" => Blocked::Style,
                _ if name.starts_with("on") && name.len() > 3 => Blocked::Script,
                "href" | "action" if value.trim_start().starts_with("javascript:") => Blocked::Script,
                _ if loads && is_elsewhere => Blocked::Elsewhere,
                _ => continue,
            };
            found.push((blocked, place.clone()));
        }
        found
    }
}

/// The value of the attribute whose name ends at `at`, and where it ends.
fn value(template: &str, at: usize) -> (&str, usize) {
    let Some(rest) = template[at..].trim_start().strip_prefix('=') else { return ("", at) };
    let rest = rest.trim_start();
    let start = template.len() - rest.len();
    let (from, close): (usize, &[char]) = match rest.chars().next() {
        Some('"') => (start + 1, &['"']),
        Some('\'') => (start + 1, &['\'']),
        _ => (start, &[' ', '\t', '\n', '\r', '>']),
    };
    let mut end = from;
    while let Some(step) = template[end..].find(|c| c == '{' || close.contains(&c)) {
        end += step;
        match end_of_expression(template, end) {
            Some(after) => end = after,
            None if template[end..].starts_with('{') => end += 1,
            None => return (&template[from..end], end + usize::from(from > start)),
        }
    }
    (&template[from..], template.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(template: &str) -> Vec<(Blocked, &str)> {
        look(template).into_iter().map(|(blocked, place)| (blocked, &template[place])).collect()
    }

    #[test]
    fn scripts_styles_and_what_is_elsewhere_are_found() {
        let template = "<script>alert(1)</script>\n<p STYLE='color:red' onclick=\"x(1 > 0)\">a</p><style>\n\
                        <img alt=x src=https://example.org/a.png><a href=\"javascript:x()\"><iframe src=\"a\">";
        assert_eq!(
            found(template),
            [
                (Blocked::Script, "<script"),
                (Blocked::Style, "STYLE"),
                (Blocked::Script, "onclick"),
                (Blocked::Style, "<style"),
                (Blocked::Elsewhere, "src"),
                (Blocked::Script, "href"),
                (Blocked::Elsewhere, "<iframe"),
            ]
        );
    }

    #[test]
    fn what_pages_may_have_is_left_alone() {
        for template in [
            "<script src=\"{{ asset(name=\"js/a.js\", root=page.root) }}\"></script>",
            "<script type=\"application/ld+json\">{}</script><a href=\"https://example.org/\" class=\"on\">",
            "<link rel=\"canonical\" href=\"https://example.org/\"><link rel=\"stylesheet\" href=\"{{ a }}\">",
            "{{ <styled style={x} onclick={y} /> }}{# <script> #}{% if a %}<p one=\"1\">{% endif %} a < b <",
            "<img src=\"{{ page.root }}a.png\" alt=\"style=x\">",
        ] {
            assert_eq!(found(template), [], "{template}");
        }
    }
}
