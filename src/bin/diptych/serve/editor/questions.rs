//! `GET /_diptych/api/search`: the answer to a question, and why each result is where it is; `/search/tests`: the
//! questions of `search-tests.yaml` with their results; `POST` adds one.
//!
//! All of them use the index that the preview serves, which may be from an earlier state of the site: the answer holds
//! the numbers of both states.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use diptych::edits::{NewQuestion, add_question};
use diptych::lang::Lang;
use diptych::layout::SEARCH_TESTS;
use diptych::output::questions::{FIRST, places};
use diptych::path::{ContentPath, composed};
use diptych::search::Options;
use diptych::search::reader::Error;
use serde::Deserialize;
use serde_json::{Value, json};

use super::store::{Condition, Written, version};
use super::{Desk, answer, files, read_json};
use crate::language::pick;
use crate::serve::index::Files;
use crate::serve::snapshot::Snapshot;

#[derive(Deserialize)]
struct New {
    lang: Lang,
    ask: String,
    want: Vec<String>,
}

/// Answers a question as the results page does.
pub(super) async fn ask(State(desk): State<Arc<Desk>>, Query(given): Query<Vec<(String, String)>>) -> Response {
    let value = |name: &str| given.iter().rev().find(|(given, _)| given == name).map(|(_, value)| value.clone());
    let Some(lang) = value("lang").and_then(|lang| lang.parse::<Lang>().ok()) else {
        return answer::malformed(desk.lang);
    };
    let question = value("ask").unwrap_or_default();
    let look = move |_: &Snapshot, files: &Files| {
        let options = Options { explain: true, ..Options::default() };
        let answer = files.reader(lang)?.ask(&composed(&question), &options)?;
        let answer: Value = serde_json::from_str(&answer.to_json()).unwrap_or_default();
        Ok(json!({ "answer": answer }))
    };
    desk.blocking(move |desk| desk.searching(look)).await
}

/// Every test, in the order of the file.
pub(super) async fn list(State(desk): State<Arc<Desk>>) -> Response {
    desk.blocking(|desk| {
        let file = ContentPath::new(SEARCH_TESTS);
        let present = match desk.store.read(&file) {
            Ok(present) => present.as_deref().map(version),
            Err(why) => return answer::refused(&why, desk.lang),
        };
        desk.searching(|snapshot, files| {
            let mut tests = tests(snapshot, files, &file)?;
            tests.sort_by_key(|test| test["line"].as_u64());
            Ok(json!({ "file": { "path": SEARCH_TESTS, "version": present }, "first": FIRST, "tests": tests }))
        })
    })
    .await
}

fn tests(snapshot: &Snapshot, files: &Files, file: &ContentPath) -> Result<Vec<Value>, Error> {
    let text = snapshot.text(file).unwrap_or_default();
    let mut tests = Vec::new();
    for lang in Lang::BOTH {
        let mut questions = snapshot.config().questions.iter().filter(|question| question.lang == lang).peekable();
        if questions.peek().is_none() {
            continue;
        }
        let reader = files.reader(lang)?;
        let known: BTreeSet<String> = reader.ids()?.into_iter().collect();
        for question in questions {
            let ids: Vec<&str> = question.want.iter().map(|id| id.text.as_str()).collect();
            let places = places(&reader, &question.ask.text, &ids)?;
            let passes = places.iter().all(|place| place.is_some_and(|place| place <= FIRST));
            let want = ids.iter().zip(places);
            let want = want.map(|(id, place)| json!({ "id": id, "place": place, "known": known.contains(*id) }));
            let before = text.get(..question.ask.span.range().start).unwrap_or_default();
            tests.push(json!({
                "lang": lang,
                "ask": question.ask.text,
                "line": before.matches('\n').count() + 1,
                "passes": passes,
                "want": want.collect::<Vec<_>>(),
            }));
        }
    }
    Ok(tests)
}

/// Adds a question to the file, if the file is still the version that the page knows.
pub(super) async fn add(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    if desk.read_only {
        return answer::read_only(desk.lang);
    }
    let condition = files::condition(request.headers());
    let New { lang, ask, want } = match read_json(&desk, request).await {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    let Some(condition) = condition else { return answer::which_version(desk.lang) };
    desk.blocking(move |desk| desk.add_question(&NewQuestion { lang, ask, want }, &condition)).await
}

impl Desk {
    /// Answers from the index that is served.
    fn searching(&self, look: impl FnOnce(&Snapshot, &Files) -> Result<Value, Error>) -> Response {
        let snapshot = self.current.borrow().clone();
        let Some(good) = snapshot.good() else { return answer::against(self.nothing_to_search()) };
        let files = self.index.files(good);
        match look(&snapshot, &files) {
            Ok(mut found) => {
                found["generation"] = json!(snapshot.generation);
                found["site"] = json!(good.generation());
                found["index"] = json!(files.generation);
                answer::ok(&found)
            }
            Err(error) => answer::error(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
        }
    }

    fn add_question(&self, new: &NewQuestion, condition: &Condition) -> Response {
        let snapshot = self.current.borrow().clone();
        let Some(good) = snapshot.good() else { return answer::against(self.nothing_to_search()) };
        let known = match self.index.files(good).reader(new.lang).and_then(|reader| reader.ids()) {
            Ok(known) => known,
            Err(error) => return answer::error(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
        };
        if let Some(id) = new.want.iter().find(|id| !known.contains(id)) {
            return answer::against(&pick(
                self.lang,
                format!("The search knows no page {id} in this language."),
                format!("La recherche ne connaît pas de page {id} dans cette langue."),
            ));
        }
        let file = ContentPath::new(SEARCH_TESTS);
        let present = match self.store.read(&file) {
            Ok(present) => present,
            Err(why) => return answer::refused(&why, self.lang),
        };
        let is_other =
            |present: Option<&[u8]>| answer::with_status(StatusCode::PRECONDITION_FAILED, &answer::of_file(present));
        if !condition.holds(present.as_deref().map(version).as_deref()) {
            return is_other(present.as_deref());
        }
        let Ok(text) = std::str::from_utf8(present.as_deref().unwrap_or_default()) else {
            return answer::not_text(self.lang);
        };
        let added = match add_question(text, new) {
            Ok(added) => added,
            Err(why) => return answer::against(why.get(self.lang)),
        };
        let versions = present.as_deref().map(|bytes| vec![version(bytes)]);
        let as_read = Condition { is_absent: versions.is_none(), versions };
        match self.store.write(&file, added.text.as_bytes(), &as_read) {
            Ok(Written::Saved(version)) => answer::ok(&json!({ "version": version, "line": added.line })),
            Ok(Written::IsOther(present)) => is_other(present.as_deref()),
            Err(why) => answer::refused(&why, self.lang),
        }
    }

    fn nothing_to_search(&self) -> &'static str {
        pick(
            self.lang,
            "There is no site to search yet: correct its mistakes first.",
            "Il n’y a pas encore de site où chercher : corrigez d’abord ses erreurs.",
        )
    }
}
