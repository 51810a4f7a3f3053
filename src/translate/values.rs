//! A text as a value of YAML, in the style in which the value is written now: [`value`].

use crate::path::ContentPath;
use crate::yaml;

/// What is to be written in place of `raw` so that the value says `text`. `indent` is how far the lines of the value's
/// key are indented, `in_brackets` whether it is in a list in brackets.
pub(super) fn value(text: &str, raw: &str, indent: usize, in_brackets: bool) -> String {
    let candidates = match raw.chars().next() {
        Some('\'') => vec![format!("'{}'", text.replace('\'', "''")), yaml::quoted(text)],
        Some('"') => vec![yaml::quoted(text)],
        Some('|' | '>') if !in_brackets => vec![block(text, raw, indent), yaml::quoted(text)],
        _ => vec![text.to_owned(), yaml::quoted(text)],
    };
    let says = |candidate: &&String| {
        let whole = if in_brackets {
            format!("[{candidate}, z]")
        } else {
            format!("{0}k: {candidate}\n{0}z: z\n", " ".repeat(indent))
        };
        let (node, _) = yaml::parse(&ContentPath::new("value.yaml"), &whole, 0);
        let node = node.as_ref();
        let read = if in_brackets { node.map(|node| &node.items()[0]) } else { node.and_then(|node| node.get("k")) };
        let is_alone =
            node.is_some_and(|node| if in_brackets { node.items().len() == 2 } else { node.get("z").is_some() });
        is_alone && read.and_then(yaml::Node::scalar) == Some(crate::path::composed(text).as_ref())
    };
    let last = candidates.last().cloned().unwrap_or_default();
    candidates.iter().find(says).cloned().unwrap_or(last)
}

/// A text over several lines, indented as the present one is.
fn block(text: &str, raw: &str, indent: usize) -> String {
    let header = raw.lines().next().unwrap_or_default().trim_end();
    let header = if text.trim_end().contains('\n') { header.replacen('>', "|", 1) } else { header.to_owned() };
    let line = raw.lines().skip(1).find(|line| !line.trim().is_empty());
    let own = line.map_or(indent + 2, |line| line.len() - line.trim_start().len());
    let mut block = header;
    for line in text.trim_end_matches('\n').split('\n') {
        block.push('\n');
        if !line.is_empty() {
            block.push_str(&" ".repeat(own));
            block.push_str(line);
        }
    }
    if raw.ends_with('\n') {
        block.push('\n');
    }
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_keeps_its_style_as_far_as_it_can_say_the_text() {
        assert_eq!(value("Échange de services", "Exchange", 0, false), "Échange de services");
        assert_eq!(value("Note: see", "Exchange", 0, false), "\"Note: see\"");
        assert_eq!(value("l’entente d'abord", "'x'", 0, false), "'l’entente d''abord'");
        assert_eq!(value("a \"b\"", "\"x\"", 0, false), "\"a \\\"b\\\"\"");
        assert_eq!(value("garde, surveillance", "custody", 0, true), "\"garde, surveillance\"");
        assert_eq!(value("garde", "custody", 0, true), "garde");
        assert_eq!(value("no", "yes", 0, false), "no", "the field's kind says what it is");
        assert_eq!(value("Un.\n\nDeux.\n", "|\n  One.\n", 0, false), "|\n  Un.\n\n  Deux.\n");
        assert_eq!(value("Un.\n", ">\n    One.\n", 2, false), ">\n    Un.\n");
        assert_eq!(value("# non", "x", 0, false), "\"# non\"");
    }
}
