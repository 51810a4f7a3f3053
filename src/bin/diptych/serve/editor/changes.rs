//! `POST /_diptych/api/new`, `/move` and `/remove`: creates, renames and removes records, with everything that refers
//! to them, and removes files; shown as a plan, or done.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use diptych::edits::{self, Plan, Refusal, disk, words};
use diptych::lang::PerLang;
use diptych::report::{self, Files};
use diptych::workspace::Workspace;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Desk, answer, read_json};
use crate::change::follow;
use crate::console;
use crate::project::{Changed, shown_file};
use crate::timings::Timings;

#[derive(Deserialize)]
struct New {
    #[serde(rename = "type")]
    kind: String,
    slug: String,
    #[serde(default)]
    title: Titles,
    #[serde(default)]
    dry_run: bool,
}

#[derive(Default, Deserialize)]
struct Titles {
    en: Option<String>,
    fr: Option<String>,
}

#[derive(Deserialize)]
struct Move {
    id: String,
    to: String,
    #[serde(default)]
    dry_run: bool,
}

#[derive(Deserialize)]
struct Remove {
    #[serde(flatten)]
    what: What,
    #[serde(default)]
    redirect_to: Option<String>,
    #[serde(default)]
    dry_run: bool,
}

/// What is removed: a record, or a file beside one.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum What {
    Id(String),
    File(String),
}

/// Creates a record.
pub(super) async fn new(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let New { kind, slug, title, dry_run } = match read_writing(&desk, request).await {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    let lang = desk.lang;
    let plan = move |workspace: &mut Workspace| {
        let titles = PerLang { en: title.en, fr: title.fr };
        edits::new(workspace, &edits::New { kind: &kind, slug: &slug, titles, lang })
    };
    desk.blocking(move |desk| carry_out(desk, dry_run, plan)).await
}

/// Gives a record another id.
pub(super) async fn rename(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let Move { id, to, dry_run } = match read_writing(&desk, request).await {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    let plan = move |workspace: &mut Workspace| edits::move_record(workspace, &id, &to);
    desk.blocking(move |desk| carry_out(desk, dry_run, plan)).await
}

/// Removes a record or a file.
pub(super) async fn remove(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let Remove { what, redirect_to, dry_run } = match read_writing(&desk, request).await {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    let plan = move |workspace: &mut Workspace| match &what {
        What::Id(id) => edits::remove_record(workspace, id, redirect_to.as_deref()),
        What::File(path) => edits::remove_file(workspace, path),
    };
    desk.blocking(move |desk| carry_out(desk, dry_run, plan)).await
}

/// What a request that writes asks for.
async fn read_writing<T: serde::de::DeserializeOwned>(desk: &Desk, request: Request) -> Result<T, Response> {
    if desk.read_only { Err(answer::read_only(desk.lang)) } else { read_json(desk, request).await }
}

/// Shows a plan or carries it out.
fn carry_out(desk: &Desk, dry_run: bool, plan: impl FnOnce(&mut Workspace) -> Result<Plan, Refusal>) -> Response {
    desk.store.exclusively(|| {
        let mut project = desk.project();
        // What was saved a moment ago counts.
        if let Err(error) = project.update(&Changed::Everything, &mut Timings::start()) {
            return answer::error(StatusCode::INTERNAL_SERVER_ERROR, &console::in_words(&error, desk.lang));
        }
        match plan(&mut project.workspace) {
            Ok(plan) => {
                if !dry_run && let Err(error) = disk::apply(&desk.content, &plan) {
                    return answer::against(&error.message(desk.lang));
                }
                if !dry_run {
                    follow(&desk.content, &plan, desk.lang);
                }
                let mut value = words::json(&plan, desk.lang);
                value["done"] = json!(!dry_run);
                answer::ok(&value)
            }
            Err(Refusal::Request(words)) => answer::against(words.get(desk.lang)),
            Err(Refusal::Content { mistakes, texts }) => {
                let sources = project.workspace.sources();
                let text = |path: &diptych::path::ContentPath| {
                    let text = texts.get(path).map(String::as_str).or_else(|| sources.text(path));
                    text.map(std::borrow::Cow::Borrowed)
                };
                let name = |path: &diptych::path::ContentPath| shown_file(&desk.content, path);
                let reported = report::json(&mistakes, &Files { text: &text, name: &name }, desk.lang);
                let reported: Value = serde_json::from_str(&reported).unwrap_or_default();
                let against: Vec<&String> = mistakes.iter().map(|mistake| mistake.message.get(desk.lang)).collect();
                answer::with_status(StatusCode::CONFLICT, &json!({ "against": against, "mistakes": reported }))
            }
        }
    })
}
