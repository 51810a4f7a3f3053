//! The page of the preview that shows how every pair stands: what `diptych status` prints, as a table.

use std::fmt::Write as _;

use diptych::diagnostic::catalog;
use diptych::lang::Lang;
use diptych::pairs::State;
use diptych::pairs::status::{Changed, Entry, Status, state_words};

use crate::language::pick;

/// The page's address.
pub(super) const ADDRESS: &str = "/_diptych/status";

/// The page's body.
pub(super) fn body(status: &Status, lang: Lang) -> String {
    let [(_, equal), (_, outdated), (_, missing), (_, unconfirmed)] = status.counts();
    let mut html = format!(
        "<main id=\"diptych-status\"><h1>{}</h1><p>{}</p>",
        pick(lang, "Pairs", "Paires"),
        escaped(catalog::status_summary(equal, outdated, missing, unconfirmed).get(lang))
    );
    let shown: Vec<&Entry> = status.records.iter().filter(|entry| entry.state != State::Equal).collect();
    if !shown.is_empty() {
        let heads =
            pick(lang, ["Record", "State", "Since", "What changed"], ["Fiche", "État", "Depuis", "Ce qui a changé"]);
        html.push_str("<table><thead><tr>");
        for head in heads {
            let _ = write!(html, "<th scope=\"col\">{head}</th>");
        }
        html.push_str("</tr></thead><tbody>");
        for entry in shown {
            let since = entry.since.as_deref().unwrap_or_default();
            let state = state_words(entry.state);
            let _ = write!(
                html,
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{since}</td><td>",
                escaped(&entry.id),
                escaped(state.get(lang))
            );
            if !entry.sections.is_empty() {
                html.push_str("<ul>");
                entry.sections.iter().for_each(|changed| section(changed, lang, &mut html));
                html.push_str("</ul>");
            }
            html.push_str("</td></tr>");
        }
        html.push_str("</tbody></table>");
    }
    if !status.drafts.is_empty() {
        html.push_str("<ul>");
        for draft in &status.drafts {
            let _ = write!(html, "<li>{}</li>", escaped(catalog::status_draft(draft).get(lang)));
        }
        html.push_str("</ul>");
    }
    if !status.due.is_empty() {
        html.push_str("<ul>");
        for due in &status.due {
            let date = diptych::lang::PerLang::from_fn(|lang| due.on.long(lang));
            let _ = write!(
                html,
                "<li>{}</li>",
                escaped(catalog::status_due(&due.id, due.what == "expired", &date).get(lang))
            );
        }
        html.push_str("</ul>");
    }
    html.push_str("</main>");
    html
}

fn section(changed: &Changed, lang: Lang, html: &mut String) {
    let what: Vec<&str> = changed.what.iter().map(|what| *catalog::change(*what).get(lang)).collect();
    let _ = write!(
        html,
        "<li><span lang=\"{0}\">{1}</span> ({0}): {2}",
        changed.lang,
        escaped(changed.name.get(lang)),
        escaped(&what.join(", "))
    );
    for edit in &changed.edits {
        let _ = write!(html, "<p lang=\"{}\">… {} ", changed.lang, escaped(&edit.before));
        if !edit.removed.is_empty() {
            let _ = write!(html, "<del>{}</del> ", escaped(&edit.removed));
        }
        if !edit.added.is_empty() {
            let _ = write!(html, "<ins>{}</ins> ", escaped(&edit.added));
        }
        let _ = write!(html, "{} …</p>", escaped(&edit.after));
    }
    html.push_str("</li>");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
