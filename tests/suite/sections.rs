//! Several files in one text, each below a line `-- path --`: the format of the test cases.

/// What is before the first heading of a text, and each heading with what follows it.
pub(crate) fn sections(text: &str) -> (String, Vec<(String, String)>) {
    let (mut before, mut sections) = (String::new(), Vec::<(String, String)>::new());
    for line in text.split_inclusive('\n') {
        let heading = line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
        match (heading, sections.last_mut()) {
            (Some(heading), _) => sections.push((heading.to_owned(), String::new())),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => before.push_str(line),
        }
    }
    (before, sections)
}
