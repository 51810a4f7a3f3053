//! Mistakes for programs: a JSON array, GitHub's annotations, SARIF.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::lines::Texts;
use super::{Files, whole_message};
use crate::diagnostic::{Diagnostic, Place, Severity, Span};
use crate::lang::Lang;

/// One array of `{name, severity, file, line, column, end_line, end_column, message, help}`, with `related: {file,
/// line, column, message}` if another place belongs to a mistake, and a `fix` if the correction is certain: [`fix`].
/// Lines and columns (in characters) begin at 1; the end is the place after the last character.
pub fn json(diagnostics: &[Diagnostic], files: &Files<'_>, lang: Lang) -> String {
    let texts = Texts::new(files);
    let array: Vec<Value> = diagnostics
        .iter()
        .map(|diagnostic| {
            let position = texts.position(&diagnostic.place);
            let end = texts.end(&diagnostic.place);
            let mut mistake = json!({
                "name": diagnostic.name,
                "severity": diagnostic.severity.name(),
                "file": texts.name(&diagnostic.place.file),
                "line": position.line,
                "column": position.column,
                "end_line": end.line,
                "end_column": end.column,
                "message": diagnostic.message.get(lang),
                "help": diagnostic.help.get(lang),
            });
            if let Some((place, words)) = &diagnostic.related {
                let position = texts.position(place);
                mistake["related"] = json!({
                    "file": texts.name(&place.file),
                    "line": position.line,
                    "column": position.column,
                    "message": words.get(lang),
                });
            }
            if let Some(fix) = fix(diagnostic, &texts) {
                mistake["fix"] = fix;
            }
            mistake
        })
        .collect();
    format!("{:#}\n", Value::Array(array))
}

/// The correction of a mistake: `[{line, column, end_line, end_column, start, end, text}]`, a passage of its file and
/// the text that replaces it. `start` and `end` are bytes of the file's text, after any byte order mark.
fn fix(diagnostic: &Diagnostic, texts: &Texts<'_, '_>) -> Option<Value> {
    let fix = diagnostic.fix.as_ref()?;
    let file = &diagnostic.place.file;
    let lines = texts.lines(file)?;
    let range = fix.range(&lines.text, diagnostic.place.span)?;
    let position = |at: usize| texts.position(&Place::new(file, Span::new(at..at)));
    let (start, end) = (position(range.start), position(range.end));
    Some(json!([{
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "start": range.start,
        "end": range.end,
        "text": fix.instead,
    }]))
}

/// Commands that GitHub shows beside the lines of a change.
pub fn github(diagnostics: &[Diagnostic], files: &Files<'_>, lang: Lang) -> String {
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let texts = Texts::new(files);
    let lines: Vec<String> = diagnostics
        .iter()
        .map(|diagnostic| {
            let position = texts.position(&diagnostic.place);
            format!(
                "::{} file={},line={},col={},title={}::{}\n",
                match diagnostic.severity {
                    Severity::Info => "notice",
                    severity => severity.name(),
                },
                property(&texts.name(&diagnostic.place.file)),
                position.line,
                position.column,
                property(diagnostic.name),
                data(&whole_message(diagnostic, lang)),
            )
        })
        .collect();
    lines.concat()
}

/// What is not encoded in the path of an address. A colon would make the first part look like a scheme.
const IN_PATHS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The address of a file: relative to where the program ran, as its path was.
fn uri(path: &str) -> String {
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    format!("{scheme}{}", utf8_percent_encode(path, IN_PATHS))
}

/// A SARIF 2.1.0 log, for code-scanning services.
pub fn sarif(diagnostics: &[Diagnostic], files: &Files<'_>, lang: Lang) -> String {
    let mut names: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.name).collect();
    names.sort_unstable();
    names.dedup();
    let texts = Texts::new(files);
    let results: Vec<Value> = diagnostics
        .iter()
        .map(|diagnostic| {
            let position = texts.position(&diagnostic.place);
            json!({
                "ruleId": diagnostic.name,
                "level": match diagnostic.severity { Severity::Info => "note", severity => severity.name() },
                "message": {"text": whole_message(diagnostic, lang)},
                "locations": [{"physicalLocation": {
                    "artifactLocation": {"uri": uri(&texts.name(&diagnostic.place.file))},
                    "region": {"startLine": position.line, "startColumn": position.column},
                }}],
            })
        })
        .collect();
    let rule = |name| json!({"id": name, "help": {"text": format!("diptych help {name}")}});
    let rules: Vec<Value> = names.into_iter().map(rule).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "diptych", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}
