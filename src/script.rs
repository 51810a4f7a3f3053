//! Scripts as browsers get them, without the comments of those who wrote them: [`without_comments`].

/// What is being read.
#[derive(Clone, Copy, PartialEq)]
enum Within {
    Code,
    /// A text, by the mark that ends it: `"`, `'`, or `/` for a pattern.
    Text(char),
    /// A set of characters in a pattern, where a slash is one of them.
    Set,
    Template,
}

/// Leaves out lines that are only comments, and empty ones. Licences (`/*!`) stay, and a script that is not understood
/// stays whole.
pub fn without_comments(script: &[u8]) -> Vec<u8> {
    let without = std::str::from_utf8(script).ok().and_then(read);
    without.map_or_else(|| script.to_vec(), String::into_bytes)
}

fn read(script: &str) -> Option<String> {
    let mut out = String::with_capacity(script.len());
    let mut within = Within::Code;
    // The braces that are open in the code of each unfinished template.
    let mut templates: Vec<usize> = Vec::new();
    let mut at = 0;
    // Whether there is only white space before this on the line.
    let mut begins_line = true;
    while let Some(c) = script[at..].chars().next() {
        let rest = &script[at..];
        if within == Within::Code && begins_line {
            let words = rest.trim_start();
            let start = at + rest.len() - words.len();
            if let Some(length) = whole_lines(words) {
                at = start + length;
                continue;
            }
            // Empty lines are removed; the indentation of other lines stays.
            if let Some(last) = rest[..start - at].rfind('\n') {
                at += last + 1;
                continue;
            }
        }
        let next = at + c.len_utf8();
        let mut end = next;
        match within {
            Within::Code => match c {
                '"' | '\'' => within = Within::Text(c),
                '`' => within = Within::Template,
                '/' if rest.starts_with("//") => end = at + rest.find('\n').unwrap_or(rest.len()),
                '/' if rest.starts_with("/*") => end = at + rest.find("*/")? + 2,
                '/' if begins_pattern(&script[..at]) => within = Within::Text('/'),
                '{' => {
                    if let Some(open) = templates.last_mut() {
                        *open += 1;
                    }
                }
                '}' => match templates.last_mut() {
                    Some(0) => {
                        templates.pop();
                        within = Within::Template;
                    }
                    Some(open) => *open -= 1,
                    None => {}
                },
                _ => {}
            },
            Within::Template if rest.starts_with("${") => {
                end += 1;
                templates.push(0);
                within = Within::Code;
            }
            Within::Template if c == '`' => within = Within::Code,
            Within::Text(_) | Within::Set if c == '\n' => return None,
            Within::Text('/') if c == '[' => within = Within::Set,
            Within::Set if c == ']' => within = Within::Text('/'),
            Within::Text(mark) if c == mark => within = Within::Code,
            _ => {}
        }
        if c == '\\' && within != Within::Code {
            end += script[next..].chars().next().map_or(0, char::len_utf8);
        }
        out.push_str(&script[at..end]);
        begins_line = out.ends_with('\n') || begins_line && c.is_whitespace();
        at = end;
    }
    (within == Within::Code && templates.is_empty()).then_some(out)
}

/// The length of a comment that ends with its line, including the end of the line.
fn whole_lines(text: &str) -> Option<usize> {
    let line = |text: &str| text.find('\n').map_or(text.len(), |end| end + 1);
    if text.starts_with("//") {
        return Some(line(text));
    }
    let comment = text.strip_prefix("/*").filter(|comment| !comment.starts_with('!'))?;
    let end = "/*".len() + comment.find("*/")? + "*/".len();
    let after = end + line(&text[end..]);
    text[end..after].trim().is_empty().then_some(after)
}

/// Whether a slash after some code begins a pattern rather than divides.
fn begins_pattern(before: &str) -> bool {
    const WORDS: [&str; 8] = ["return", "typeof", "case", "in", "of", "do", "else", "await"];
    let before = before.trim_end();
    let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    match before.chars().next_back() {
        Some(')' | ']' | '}' | '"' | '\'' | '`') => false,
        Some(c) if is_of_word(c) => {
            let word = before.rsplit(|c| !is_of_word(c)).next().unwrap_or_default();
            WORDS.contains(&word)
        }
        None | Some(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    fn shipped(script: &str) -> String {
        String::from_utf8(without_comments(script.as_bytes())).unwrap()
    }

    #[test]
    fn lines_of_comments_go_and_all_else_stays() {
        let script =
            "// What it does.\n\n/** More\n * of it. */\nconst a = 1; // why\n\n  // inner\n  go(a / 2 / 3);\n";
        assert_eq!(shipped(script), "const a = 1; // why\n  go(a / 2 / 3);\n");
        assert_eq!(shipped("/*! Licence */\na()\n"), "/*! Licence */\na()\n");
    }

    #[test]
    fn what_only_looks_like_a_comment_stays() {
        for script in [
            "const a = `\n// text\n${b ? `\n/* more */\n` : {}}\n\n// text\n`;\n",
            "const a = '/* no';\nconst b = \"// no\";\n",
            "const a = /[/*\"]\\//.test(b);\nreturn /'`/;\n",
            "a = b\n/* no */ + c;\n",
        ] {
            assert_eq!(shipped(script), script);
        }
    }

    #[test]
    fn a_script_that_is_not_understood_stays_as_it_is() {
        for script in ["// a\nconst b = 'c\n", "// a\n`b", "// a\n/* b"] {
            assert_eq!(shipped(script), script);
        }
    }
}
