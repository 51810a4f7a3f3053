//! Lines as vCard (RFC 6350) and iCalendar (RFC 5545) write them: [`content_line`] folds, [`escaped`] escapes a text.

/// A line has no more octets than this, its end not counted.
const LONGEST: usize = 75;

/// Adds a line: a name with its parameters, and a value. A longer one continues on the next line, after a space; no
/// character is split.
pub fn content_line(name: &str, value: &str, out: &mut String) {
    let line = format!("{name}:{value}");
    let mut room = LONGEST;
    for c in line.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = LONGEST - 1;
        }
        out.push(c);
        room -= c.len_utf8();
    }
    out.push_str("\r\n");
}

/// A text in which no character begins another value or ends the line.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_folded_between_characters() {
        let mut out = String::new();
        content_line("NOTE", &"é".repeat(100), &mut out);
        let lines: Vec<&str> = out.split_terminator("\r\n").collect();
        assert!(lines.len() > 2 && lines.iter().all(|line| line.len() <= LONGEST), "{lines:?}");
        assert!(lines[1..].iter().all(|line| line.starts_with(' ')), "{lines:?}");
        assert_eq!(out.replace("\r\n ", ""), format!("NOTE:{}\r\n", "é".repeat(100)));
    }

    #[test]
    fn no_text_begins_another_value_or_line() {
        assert_eq!(escaped("a, b; c\\d\r\nEND:VCARD"), "a\\, b\\; c\\\\d\\nEND:VCARD");
    }
}
