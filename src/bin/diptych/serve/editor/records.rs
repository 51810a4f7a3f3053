//! `GET /_diptych/api/records` and `/records/ID`: what there is to edit and its state, `/site`: what it can say.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use diptych::diagnostic::{Diagnostic, Severity};
use diptych::edits::files_of;
use diptych::format::Date;
use diptych::lang::{Lang, PerLang};
use diptych::layout::{self, ContentKind, LANDING};
use diptych::pairs::status::Changed;
use diptych::pairs::{self, sections};
use diptych::parse;
use diptych::path::{ContentPath, UrlPath};
use diptych::report;
use diptych::schema::{Field, FieldKind, Schema, TypeId};
use diptych::site::Site;
use diptych::site::candidate::Standing;
use diptych::workspace::{Workspace, Written};
use serde_json::{Value, json};

use super::drafts::mistakes_of;
use super::store::{LARGEST, Refused, path_of, version};
use super::{Desk, PREFIX, answer};
use crate::pairs::SurveyedPairs;
use crate::renamed;

/// Whether a mistake is in one of a record's files.
pub(super) fn is_of(mistake: &Diagnostic, id: &str) -> bool {
    ContentKind::of(&mistake.place.file).id() == Some(id)
}

/// Everything that can be edited, by id.
pub(super) async fn list(State(desk): State<Arc<Desk>>) -> Response {
    desk.blocking(|desk| {
        let project = desk.project();
        let mut mistakes = BTreeMap::<&str, [usize; 2]>::new();
        for mistake in project.workspace.mistakes().iter() {
            if let Some(id) = ContentKind::of(&mistake.place.file).id() {
                mistakes.entry(id).or_default()[usize::from(mistake.severity != Severity::Error)] += 1;
            }
        }
        let schema = project.workspace.schema();
        let rows = project.workspace.standings().map(|written| {
            let [errors, others] = mistakes.get(written.id).copied().unwrap_or_default();
            let mut row = row(&written, schema, desk.day);
            row["mistakes"] = json!(errors + others);
            row["errors"] = json!(errors);
            row
        });
        answer::ok(&Value::Array(rows.collect()))
    })
    .await
}

/// One line of the list, without its mistakes.
fn row(written: &Written<'_>, schema: &Schema, day: Option<Date>) -> Value {
    let Written { id, files, .. } = written;
    let fact = |name: &str| files.facts.as_ref().and_then(|facts| facts.facts.get(name)?.scalar());
    let date = |name| fact(name).and_then(|text| text.trim().parse::<Date>().ok());
    let title = files.sides.as_ref().map(|_, side| side.as_ref().and_then(|side| side.front.get("title")?.scalar()));
    let publication = match written.standing {
        Standing::Draft(_) => "draft",
        Standing::Published { archived: true, .. } => "archived",
        Standing::Published { archived: false, .. } | Standing::Home | Standing::Landing(_) => "published",
        Standing::Nothing => "unpublished",
    };
    let dates = [("review", date("review_by")), ("expired", date("expires_on"))];
    let next = dates.iter().filter_map(|(what, on)| Some((what, (*on)?))).min_by_key(|(_, on)| on.to_string());
    let is_over = |on: Date| publication == "published" && day.is_some_and(|day| on.certainly_before(day));
    let due = |(what, on): (&&str, Date)| json!({ "what": what, "on": on.to_string() });
    let state = state(written);
    json!({
        "id": id,
        "type": kind(written, schema),
        "title": title,
        "state": state.name(),
        "side": state.side(),
        "publication": publication,
        "due": next.filter(|(_, on)| is_over(*on)).map(due),
        "next": next.map(due),
        "owner": fact("owner"),
        "words": report::state_words(state),
    })
}

/// The state of a record's sides, drafts too.
fn state(written: &Written<'_>) -> pairs::State {
    let missing = |lang| written.files.sides.get(lang).is_none() && !*written.files.unparsable.words.get(lang);
    match written.pair {
        Some(pair) => pair.state,
        None => {
            Lang::BOTH.into_iter().find(|lang| missing(*lang)).map_or(pairs::State::Unconfirmed, pairs::State::Missing)
        }
    }
}

/// The name of a record's type; landing pages have none.
fn kind<'a>(written: &Written<'_>, schema: &'a Schema) -> Option<&'a str> {
    if layout::folder_of_landing(written.id).is_some() {
        return None;
    }
    let folder = written.id.split_once('/')?.0;
    schema.by_folder(folder).map(|kind| schema.get(kind).name.as_str())
}

/// One record: its files as they are on the disk at this moment, its sections, its mistakes.
pub(super) async fn one(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let written = request.uri().path().strip_prefix(PREFIX).and_then(|path| path.strip_prefix("records/"));
    let id = percent_encoding::percent_decode_str(written.unwrap_or_default()).decode_utf8_lossy().into_owned();
    desk.blocking(move |desk| match record(desk, &id) {
        Ok(Some(record)) => answer::ok(&record),
        Ok(None) => answer::not_here(&id, whereabouts(desk, &id), desk.lang),
        Err(why) => answer::refused(&why, desk.lang),
    })
    .await
}

/// The name that a record has by now, and one that was perhaps meant.
fn whereabouts(desk: &Desk, id: &str) -> (Option<String>, Option<String>) {
    let nearest = desk.project().workspace.expect(id).err().and_then(|unknown| unknown.nearest);
    // What was renamed a moment ago may not be read yet.
    let snapshot = desk.current.borrow().clone();
    let is_there = |path: &ContentPath| {
        path_of(path.as_str(), &snapshot.config().assets).is_ok() && matches!(desk.store.read(path), Ok(Some(_)))
    };
    let is_record = |id: &String| Lang::BOTH.into_iter().any(|lang| is_there(&parse::words_path(id, lang)));
    (renamed::now(&desk.content, id).filter(is_record), nearest)
}

/// The paths of a record's files.
struct Paths {
    facts: ContentPath,
    words: PerLang<ContentPath>,
}

fn record(desk: &Desk, id: &str) -> Result<Option<Value>, Refused> {
    let paths = Paths { facts: parse::facts_path(id), words: PerLang::from_fn(|lang| parse::words_path(id, lang)) };
    let snapshot = desk.current.borrow().clone();
    let all = [&paths.facts, &paths.words.en, &paths.words.fr];
    if all.iter().any(|path| path_of(path.as_str(), &snapshot.config().assets).is_err()) {
        return Ok(None);
    }
    // A landing page has no facts; nor has what is at the top.
    let has_facts = matches!(ContentKind::of(&paths.facts), ContentKind::Facts { .. });
    let mut bytes = Vec::new();
    for path in all {
        let is_read = has_facts || *path != paths.facts;
        bytes.push(match desk.store.read(path) {
            _ if !is_read => Ok(None),
            Err(why @ (Refused::Folder | Refused::Kind | Refused::TooLarge)) => Err(answer::why(&why, desk.lang)),
            read => Ok(read?),
        });
    }
    if bytes.iter().all(|bytes| matches!(bytes, Ok(None))) {
        return Ok(None);
    }
    // A file that cannot be edited here says why.
    let file = |path: &ContentPath, bytes: &Result<Option<Vec<u8>>, String>| {
        let (text, version, why) = match bytes {
            Ok(bytes) => {
                let bytes = bytes.as_ref()?;
                let text = std::str::from_utf8(bytes).ok();
                (text, Some(version(bytes)), text.is_none().then(|| answer::no_text(desk.lang)))
            }
            Err(why) => (None, None, Some(why.as_str())),
        };
        Some(json!({ "path": path.as_str(), "text": text, "version": version, "why": why }))
    };
    let files = json!({
        "facts": file(&paths.facts, &bytes[0]),
        "en": file(&paths.words.en, &bytes[1]),
        "fr": file(&paths.words.fr, &bytes[2]),
    });
    // What the disk says now may be newer than what is known.
    let texts = all.into_iter().cloned().zip(bytes).filter(|(path, _)| has_facts || *path != paths.facts);
    let texts = texts.filter_map(|(path, bytes)| Some((path, bytes.ok()?))).collect();
    let seen = desk.project().with_texts(texts, |workspace, site| {
        let beside = files_of(workspace, id);
        let is_asked = |mistake: &Diagnostic| is_of(mistake, id) || beside.contains_key(&mistake.place.file);
        let mistakes = mistakes_of(site, is_asked, desk.lang);
        Seen { mistakes, beside, ..seen(workspace, id) }
    });
    let Seen { kind, rows, changes, url, mistakes, beside, pair } = seen;
    let beside: Vec<Value> =
        beside.iter().map(|(path, is_used)| json!({ "path": path.as_str(), "used": is_used })).collect();
    let surveyed = SurveyedPairs::of_one(id, pair);
    let status = crate::pairs::of(&desk.content, &surveyed, &changes, None);
    let changes = status.records.first().map(|entry| entry.sections.as_slice()).unwrap_or_default();
    let sections: Vec<Value> = rows.iter().map(|row| section(row, changes, desk.lang)).collect();
    Ok(Some(json!({
        "id": id,
        "type": kind,
        "files": files,
        "paths": { "facts": paths.facts.as_str(), "en": paths.words.en.as_str(), "fr": paths.words.fr.as_str() },
        "state": status.records.first().map(|entry| entry.state.name()),
        "side": status.records.first().and_then(|entry| entry.state.side()),
        "since": status.records.first().and_then(|entry| entry.since.clone()),
        "sections": sections,
        "mistakes": mistakes,
        "beside": beside,
        "url": url,
    })))
}

/// What is known of a record.
struct Seen {
    kind: Option<String>,
    rows: Vec<sections::Row>,
    pair: Option<Arc<pairs::Pair>>,
    changes: Arc<diptych::source::Sources>,
    url: PerLang<Option<String>>,
    mistakes: Value,
    /// The files beside it, and whether it names them.
    beside: BTreeMap<ContentPath, bool>,
}

fn seen(workspace: &Workspace, id: &str) -> Seen {
    let written = workspace.standings().find(|written| written.id == id);
    let parsed = workspace.parsed(id);
    let outlines = pairs::outlines(&parsed);
    let pair = workspace.pairs().records.get(id).cloned();
    let url = |lang| workspace.site().and_then(|site| Some(format!("/{}", url(site, id, lang)?.as_str())));
    Seen {
        kind: written.and_then(|written| kind(&written, workspace.schema()).map(str::to_owned)),
        rows: sections::sections(&outlines, pair.as_deref(), workspace.lock().records.get(id)),
        pair,
        changes: Arc::clone(workspace.sources()),
        url: PerLang::from_fn(url),
        mistakes: Value::Null,
        beside: BTreeMap::new(),
    }
}

/// A section as a row, with the reported changes of either side.
fn section(row: &sections::Row, changes: &[Changed], lang: Lang) -> Value {
    let changes = Lang::BOTH.into_iter().filter_map(|side| {
        let at = (*row.changes.get(side))?;
        let changed = changes.iter().filter(|changed| changed.lang == side).nth(at)?;
        Some(report::change_json(changed, lang))
    });
    json!({
        "key": row.key,
        "field": row.is_field(),
        "title": row.title,
        "state": row.state.name(),
        "side": row.state.side(),
        "changes": changes.collect::<Vec<_>>(),
    })
}

/// The address of a record's or landing page's side.
pub(super) fn url(site: &Site, id: &str, lang: Lang) -> Option<UrlPath> {
    match layout::folder_of_landing(id) {
        Some("") => return Some(site.home.get(lang).url.clone()),
        Some(folder) => {
            let section = site.section(site.schema.by_folder(folder)?)?;
            return Some(section.sides.get(lang).url.clone());
        }
        None => {}
    }
    let record = site.record(site.names.id(id)?);
    record.side(lang).map(|side| side.url.clone()).or_else(|| record.placeholder_url.get(lang).clone())
}

/// The record whose page has an address.
pub(in crate::serve) fn at(site: &Site, address: &str) -> Option<String> {
    let has =
        |id: &str| Lang::BOTH.into_iter().any(|lang| url(site, id, lang).is_some_and(|url| url.as_str() == address));
    let landings = site.schema.iter().map(|(_, kind)| format!("{}/{LANDING}", kind.folder));
    let mut all = site.records.iter().map(|record| record.id.clone()).chain(landings).chain([LANDING.to_owned()]);
    all.find(|id| has(id))
}

/// What the site's records can say.
pub(super) async fn site(State(desk): State<Arc<Desk>>) -> Response {
    desk.blocking(|desk| {
        let project = desk.project();
        let (config, schema) = (project.workspace.config(), project.workspace.schema());
        let types: Vec<Value> = schema.iter().map(|(id, _)| kind_json(schema, id)).collect();
        answer::ok(&json!({
            "name": config.name,
            "content": desk.content.to_string_lossy(),
            "content_id": desk.store.id(),
            "read_only": desk.read_only,
            "largest": LARGEST,
            "lang": desk.lang,
            "types": types,
        }))
    })
    .await
}

fn kind_json(schema: &Schema, id: TypeId) -> Value {
    let kind = schema.get(id);
    json!({
        "name": kind.name,
        "folder": kind.folder.as_str(),
        "label": kind.label,
        "plural": kind.plural,
        "fields": kind.fields.iter().map(|field| field_json(schema, field)).collect::<Vec<_>>(),
    })
}

fn field_json(schema: &Schema, field: &Field) -> Value {
    let mut value = json!({
        "name": field.name,
        "kind": field.kind.name(),
        "label": field.label,
        "help": field.help,
        "required": field.required,
        "many": field.many,
        "localized": field.localized,
    });
    match &field.kind {
        FieldKind::Choice(choices) => {
            let choices = choices.iter().map(|choice| json!({ "key": choice.key, "label": choice.label }));
            value["choices"] = choices.collect();
        }
        FieldKind::Reference(types) => {
            value["to"] = types.iter().map(|kind| json!(schema.get(*kind).name)).collect();
        }
        FieldKind::Group(fields) => {
            value["fields"] = fields.iter().map(|field| field_json(schema, field)).collect();
        }
        FieldKind::Text
        | FieldKind::Markdown
        | FieldKind::Number(_)
        | FieldKind::Money
        | FieldKind::Boolean
        | FieldKind::Date
        | FieldKind::Url
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Language
        | FieldKind::File => {}
    }
    value
}
