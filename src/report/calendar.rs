//! When records are due for review and when they expire, as a calendar (RFC 5545): [`calendar`].
//!
//! Who owns a page and when its review is due concerns the people who maintain it, not its readers. So the output has
//! no calendar; `diptych status --format ics` writes one, for one owner if wanted, to be put where only those concerned
//! read it.

use crate::diagnostic::catalog;
use crate::format::{Date, content_line, escaped};
use crate::lang::{Lang, PerLang};
use crate::workspace::Workspace;

/// The dates of the records that `wanted` names by id. The same records give the same bytes: an event carries the date on
/// which its page last changed, not the time of this run.
pub fn calendar(workspace: &Workspace, wanted: impl Fn(&str) -> bool, lang: Lang) -> String {
    let config = workspace.config();
    let mut out = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Diptych//Diptych//EN\r\n".to_owned();
    content_line("X-WR-CALNAME", &escaped(catalog::calendar_name(&config.name).get(lang)), &mut out);
    let host = config.base_url.as_deref().and_then(|url| url.split('/').nth(2)).unwrap_or("diptych.invalid");
    for (id, written) in workspace.written().filter(|(id, _)| wanted(id)) {
        let Some(facts) = written.facts.as_ref().map(|facts| &facts.facts) else { continue };
        let text = |name: &str| facts.get(name)?.scalar().map(str::trim);
        let date = |name: &str| text(name)?.parse::<Date>().ok();
        if matches!(text("state"), Some("draft" | "archived")) {
            continue;
        }
        let title = |lang: Lang| {
            let side = written.sides.get(lang).as_ref().or(written.sides.get(lang.other()).as_ref());
            side.and_then(|side| side.front.get("title")?.scalar()).unwrap_or(id).trim().to_owned()
        };
        let title = PerLang::from_fn(title);
        for (name, summary) in
            [("review_by", catalog::calendar_review(&title)), ("expires_on", catalog::calendar_expiry(&title))]
        {
            let Some(on) = date(name) else { continue };
            let changed = date("modified_on").or_else(|| date("published_on")).unwrap_or(on);
            let mut line = |name: &str, value: &str| content_line(name, value, &mut out);
            line("BEGIN", "VEVENT");
            line("UID", &escaped(&format!("{name}/{id}@{host}")));
            line("DTSTAMP", &changed.stamp());
            line("DTSTART;VALUE=DATE", &on.last_day());
            line("SUMMARY", &escaped(summary.get(lang)));
            line("DESCRIPTION", &escaped(id));
            if let Some(owner) = text("owner") {
                line("CATEGORIES", &escaped(owner));
            }
            line("TRANSP", "TRANSPARENT");
            line("END", "VEVENT");
        }
    }
    out.push_str("END:VCALENDAR\r\n");
    out
}
