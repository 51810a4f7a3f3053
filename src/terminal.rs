//! Text for a terminal: what would act on it is written visibly and does nothing. Pure.
//!
//! Names of files, titles and values come from people; an escape sequence among them could repaint what the program
//! said, and a mark that turns the direction of writing could make a line read as another one.

use std::borrow::Cow;

/// A text with its lines, and with nothing else in it that a terminal obeys: `␛` for an escape, `\u{202e}` for a mark
/// that turns the direction of writing.
pub fn visible(text: &str) -> Cow<'_, str> {
    let line = |text| replaced(text, |c| c != '\n' && c != '\t');
    // The line ends that some formats require do nothing; a carriage return alone overwrites its line.
    if !text.contains("\r\n") {
        return line(text);
    }
    Cow::Owned(text.split("\r\n").map(line).collect::<Vec<_>>().join("\r\n"))
}

/// The same for what has to stay on one line, such as the name of a file.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    replaced(text, |_| true)
}

/// A JSON text with the same value and nothing in it that a terminal obeys.
pub fn visible_json(json: &str) -> Cow<'_, str> {
    // Inside strings, JSON itself escapes the first 32; outside strings, none of the others can occur.
    if !json.contains(|c: char| acts(c) && c > ' ') {
        return Cow::Borrowed(json);
    }
    let escaped = |c: char| if acts(c) && c > ' ' { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
    Cow::Owned(json.chars().map(escaped).collect())
}

/// A text that was coloured by a renderer: colours stay, and nothing else that a terminal obeys.
pub fn painted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        out.push_str(&visible(&rest[..at]));
        let after = &rest[at + 1..];
        let code = after.strip_prefix('[').map_or(0, |code| {
            let numbers = code.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b';').count();
            if code[numbers..].starts_with('m') { numbers + 2 } else { 0 }
        });
        out.push_str(if code == 0 { "␛" } else { &rest[at..=at + code] });
        rest = &after[code..];
    }
    out.push_str(&visible(rest));
    out
}

fn replaced(text: &str, where_it_acts: impl Fn(char) -> bool) -> Cow<'_, str> {
    let is_replaced = |c: char| acts(c) && where_it_acts(c);
    if !text.contains(is_replaced) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match u32::from(c) {
            _ if !is_replaced(c) => out.push(c),
            // Unicode has a picture of each of these.
            code @ 0..32 => out.extend(char::from_u32(0x2400 + code)),
            0x7f => out.push('␡'),
            _ => out.extend(c.escape_unicode()),
        }
    }
    Cow::Owned(out)
}

/// Control characters, and marks that end a line or turn the direction of writing.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_seen_in_its_place() {
        assert_eq!(visible("a\u{1b}[2Jb\u{7}\u{7f}\rc"), "a␛[2Jb␇␡␍c");
        assert_eq!(visible("\u{9b}31m"), "\\u{9b}31m");
        assert_eq!(visible("entente\u{202e}fdp.exe"), "entente\\u{202e}fdp.exe");
    }

    #[test]
    fn lines_stay_lines_but_in_a_name() {
        assert_eq!(visible("a\n\tb"), "a\n\tb");
        assert_eq!(visible("a\r\nb\rc\r\n"), "a\r\nb␍c\r\n");
        assert_eq!(visible_line("a\nerror: b\t"), "a␊error: b␉");
    }

    #[test]
    fn the_signs_of_both_languages_are_left_alone() {
        let text = "« Échange\u{a0}» d’été\u{202f}; œuvre — ✓ 🙂";
        assert!(matches!(visible_line(text), Cow::Borrowed(_)));
    }

    #[test]
    fn json_keeps_its_value() {
        let value = serde_json::json!({"title": "a\u{1b}b\u{9b}c\u{202e}d\ne"});
        let shown = visible_json(&value.to_string()).into_owned();
        assert!(!shown.contains(acts), "{shown}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), value);
    }

    #[test]
    fn a_painted_text_keeps_its_colours_and_nothing_else() {
        assert_eq!(
            painted("\u{1b}[1;31merror\u{1b}[0m: a\u{1b}[2Jb\u{1b}]0;t\u{7}"),
            "\u{1b}[1;31merror\u{1b}[0m: a␛[2Jb␛]0;t␇"
        );
        assert_eq!(painted("\u{1b}"), "␛");
        assert_eq!(painted("\u{1b}[é"), "␛[é");
    }
}
