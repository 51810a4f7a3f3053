//! How YAML writes a text: [`scalar`], [`quoted`]; and what it reads as part of one: [`in_curly_quotes`].

/// What is between curly quotation marks, which YAML reads as part of the value.
pub fn in_curly_quotes(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(['“', '”', '„', '«', '‘', '’'])?.strip_suffix(['”', '“', '»', '’', '‘'])?;
    Some(inner.trim())
}

/// A text as a value on one line, also in a list in brackets: in quotation marks if it needs them.
pub fn scalar(text: &str) -> String {
    let is_plain = text.starts_with(|c: char| c.is_alphabetic() || c == '/')
        && !text.contains(['#', ':', '"', '\\', '[', ']', '{', '}', ',', '\n', '\t'])
        && text.trim() == text
        && !matches!(text.to_lowercase().as_str(), "null" | "true" | "false" | "yes" | "no");
    if is_plain {
        return text.to_owned();
    }
    quoted(&text.replace(char::is_control, " "))
}

/// A text as a value in quotation marks. Invisible characters become spaces, except line ends and tabs.
pub fn quoted(text: &str) -> String {
    let mut quoted = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
