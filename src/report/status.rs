//! The status of the pairs written out: [`status_text`] for people, [`status_json`] for programs, [`status_csv`] for those
//! who plan the work.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::diagnostic::catalog;
use crate::lang::{Lang, PerLang};
use crate::pairs::status::{Changed, Entry, Status};
use crate::pairs::{Behind, State};
use crate::terminal::visible_line;

/// The status for people. Records whose sides are equal are only counted; so are those that nobody has confirmed,
/// if there are many. `colour` writes escape codes for a terminal.
pub fn status_text(status: &Status, lang: Lang, colour: bool) -> String {
    const LONGEST: usize = 20;
    let mut out = String::new();
    for entry in status.records.iter().filter(|entry| matches!(entry.state, State::Outdated(_) | State::Missing(_))) {
        entry_text(entry, lang, colour, &mut out);
    }
    let unconfirmed: Vec<&Entry> = status.records.iter().filter(|entry| entry.state == State::Unconfirmed).collect();
    for entry in unconfirmed.iter().take(LONGEST) {
        entry_text(entry, lang, colour, &mut out);
    }
    if unconfirmed.len() > LONGEST {
        out.push_str(catalog::status_more(unconfirmed.len() - LONGEST).get(lang));
        out.push('\n');
    }
    for draft in &status.drafts {
        out.push_str(catalog::status_draft(&visible_line(draft)).get(lang));
        out.push('\n');
    }
    for due in &status.due {
        let date = PerLang::from_fn(|lang| due.on.long(lang));
        out.push_str(catalog::status_due(&visible_line(&due.id), due.what, &date).get(lang));
        out.push('\n');
    }
    if !out.is_empty() {
        out.push('\n');
    }
    let [(_, equal), (_, outdated), (_, missing), (_, unconfirmed)] = status.counts();
    out.push_str(catalog::status_summary(equal, outdated, missing, unconfirmed).get(lang));
    out.push('\n');
    out
}

/// `{records: [{id, state, side, sections, since, …}], due: […]}`. Sections have their name on the side that
/// changed; `changes` says for each on which side it changed, how, and which words, if they are known.
pub fn status_json(status: &Status, lang: Lang) -> String {
    let records: Vec<Value> = status.records.iter().map(|entry| record(entry, lang)).collect();
    let due: Vec<Value> = status
        .due
        .iter()
        .map(|due| json!({"id": due.id, "what": due.what, "on": due.on.to_string(), "overdue": due.overdue}))
        .collect();
    format!("{:#}\n", json!({"records": records, "drafts": status.drafts, "due": due}))
}

/// A table: one line for each record. `words` is how many are to be translated.
pub fn status_csv(status: &Status, lang: Lang) -> String {
    let mut table = "id,state,side,owner,since,confirmed_on,words,sections,reads\n".to_owned();
    for entry in &status.records {
        let mut sections: Vec<&str> = entry.sections.iter().map(|changed| changed.name.get(lang).as_str()).collect();
        sections.dedup();
        let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
        let cells = [
            entry.id.clone(),
            entry.state.name().to_owned(),
            entry.state.side().unwrap_or_default().to_owned(),
            entry.owner.clone().unwrap_or_default(),
            entry.since.clone().unwrap_or_default(),
            entry.confirmed_on.clone().unwrap_or_default(),
            number(entry.words.map(|words| words as u64)),
            sections.join("; "),
            number(entry.reads),
        ];
        table.push_str(&cells.map(|cell| quoted(&cell)).join(","));
        table.push('\n');
    }
    table
}

/// A cell of a table. What a spreadsheet would take for a formula begins with an apostrophe.
fn quoted(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if guard.is_empty() && !cell.contains([',', '"', '\n', '\r']) {
        return cell.to_owned();
    }
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

/// What happened in the section, for programs.
pub fn change_json(changed: &Changed, lang: Lang) -> Value {
    let words = changed
        .edits
        .iter()
        .map(|edit| json!({"before": edit.before, "removed": edit.removed, "added": edit.added, "after": edit.after}));
    json!({
        "section": changed.name.get(lang),
        "lang": changed.lang,
        "counterpart": changed.counterpart.as_ref().map(|name| name.get(lang)),
        "what": changed.what.iter().map(|what| catalog::change(*what).get(lang).clone()).collect::<Vec<_>>(),
        "words": words.collect::<Vec<_>>(),
    })
}

fn record(entry: &Entry, lang: Lang) -> Value {
    let changes: Vec<Value> = entry.sections.iter().map(|changed| change_json(changed, lang)).collect();
    let names = entry.sections.iter().map(|changed| changed.name.get(lang).as_str());
    let mut known = BTreeSet::new();
    let sections: Vec<&str> = names.filter(|name| known.insert(*name)).collect();
    let mut record = json!({
        "id": entry.id,
        "state": entry.state.name(),
        "side": entry.state.side(),
        "sections": sections,
        "since": entry.since,
        "confirmed_on": entry.confirmed_on,
        "owner": entry.owner,
        "words": entry.words,
        "changes": changes,
    });
    if let Value::Object(record) = &mut record {
        record.extend(entry.reads.map(|reads| ("reads".to_owned(), json!(reads))));
        record.extend(entry.reason.as_ref().map(|reason| ("reason".to_owned(), json!(reason))));
    }
    record
}

/// What is said of a record's state.
pub fn state_words(state: State) -> PerLang<&'static str> {
    match state {
        State::Equal => catalog::state_equal(),
        State::Unconfirmed => catalog::state_unconfirmed(),
        State::Missing(lang) => catalog::state_missing(lang),
        State::Outdated(Behind::Side(lang)) => catalog::state_behind(lang),
        State::Outdated(Behind::Both) => catalog::state_both(),
    }
}

fn entry_text(entry: &Entry, lang: Lang, colour: bool, out: &mut String) {
    let paint =
        |code: &str, text: &str| if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() };
    let _ = write!(out, "{}  {}", paint("1", &visible_line(&entry.id)), state_words(entry.state).get(lang));
    if let Some(since) = &entry.since {
        let _ = write!(out, " ({since})");
    }
    if let Some(words) = entry.words.filter(|words| *words > 0) {
        let _ = write!(out, " ({})", catalog::status_words(words).get(lang));
    }
    if let Some(owner) = &entry.owner {
        let _ = write!(out, " ({})", visible_line(owner));
    }
    if let Some(reason) = &entry.reason {
        let _ = write!(out, " ({})", visible_line(reason));
    }
    out.push('\n');
    for changed in &entry.sections {
        let what: Vec<String> = changed.what.iter().map(|what| catalog::change(*what).get(lang).clone()).collect();
        let twin = changed.counterpart.as_ref().filter(|twin| twin.get(lang) != changed.name.get(lang));
        let twin = twin.map(|twin| format!(" → {}", visible_line(twin.get(lang)))).unwrap_or_default();
        let _ =
            writeln!(out, "  {}  {}{twin}: {}", changed.lang, visible_line(changed.name.get(lang)), what.join(", "));
        for edit in &changed.edits {
            let [before, removed, added, after] =
                [&edit.before, &edit.removed, &edit.added, &edit.after].map(|words| visible_line(words).into_owned());
            let removed = if removed.is_empty() { removed } else { paint("31", &format!("[-{removed}-]")) };
            let added = if added.is_empty() { added } else { paint("32", &format!("{{+{added}+}}")) };
            let parts = [&before, &removed, &added, &after];
            let parts: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
            let _ = writeln!(out, "      … {} …", parts.join(" "));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_where_it_must_be_and_never_a_formula() {
        assert_eq!(quoted("What it covers"), "What it covers");
        assert_eq!(quoted("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
    }
}
