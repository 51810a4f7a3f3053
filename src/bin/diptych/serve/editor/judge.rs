//! `POST /_diptych/api/confirm`: a person says that both sides of a pair, or of some of its sections, say the same.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use diptych::diagnostic::catalog;
use diptych::lang::Lang;
use diptych::layout::LOCK;
use diptych::pairs::confirm::{Objection, Request as Judgement};
use diptych::parse;
use diptych::workspace::confirm::Which;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Desk, answer, read_json};
use crate::clock;
use crate::confirm::write;
use crate::console;

#[derive(Deserialize)]
struct Asked {
    id: String,
    #[serde(default)]
    sections: Option<Vec<String>>,
    #[serde(default)]
    even_so: bool,
}

/// Records what is confirmed, or answers with the objections.
pub(super) async fn confirm(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    if desk.read_only {
        return answer::read_only(desk.lang);
    }
    let asked: Asked = match read_json(&desk, request).await {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    desk.blocking(move |desk| judge(desk, asked)).await
}

/// An objection to confirming, with what can be done about it in the editor.
fn against(objection: &Objection, lang: Lang) -> String {
    let Objection::ChangedAlone { row, lang: changed } = objection else {
        return catalog::objection(objection).get(lang).clone();
    };
    format!("{}.", catalog::changed_in_one_language(row, *changed).get(lang))
}

fn judge(desk: &Desk, Asked { id, sections, even_so }: Asked) -> Response {
    desk.store.exclusively(|| {
        let mut project = desk.project();
        // What was saved a moment ago is what is confirmed.
        let words = Lang::BOTH.map(|lang| parse::words_path(&id, lang));
        let own = words.iter().map(|path| path.as_str().to_owned()).chain([parse::facts_path(&id).to_string()]);
        let paths: BTreeSet<_> = own.chain([LOCK.to_owned()]).map(|path| desk.content.join(path)).collect();
        if let Err(error) = Desk::read_again(&mut project, paths) {
            return answer::error(StatusCode::INTERNAL_SERVER_ERROR, &console::in_words(&error, desk.lang));
        }
        let workspace = &project.workspace;
        if let Some(mistake) = workspace.lock_mistakes().first() {
            let against = mistake.message.get(desk.lang);
            return answer::with_status(StatusCode::CONFLICT, &json!({ "error": against, "against": [against] }));
        }
        let on = desk.day.or_else(clock::today).map(|day| day.to_string());
        let request = Judgement { sections: sections.unwrap_or_default(), even_so, on, on_everything: false };
        let plan = match workspace.confirm(&Which::Ids(vec![id.clone()]), &request) {
            Ok(plan) => plan,
            Err(unknown) if unknown.is_draft => return answer::is_draft(desk.lang),
            Err(_) => return answer::unknown(&id, desk.lang),
        };
        if let Some(objections) = plan.refused.get(&id) {
            let words = |objection| against(objection, desk.lang);
            let against: Vec<String> = objections.iter().map(words).collect();
            let error = catalog::not_confirmed(&id).get(desk.lang).clone();
            return answer::with_status(StatusCode::CONFLICT, &json!({ "error": error, "against": against }));
        }
        if let Err(error) = write(&desk.content, workspace, &plan, desk.lang) {
            return answer::error(StatusCode::INTERNAL_SERVER_ERROR, &console::in_words(&error, desk.lang));
        }
        let recorded = plan.recorded.get(&id);
        let sections: Vec<&str> =
            recorded.into_iter().flat_map(|recorded| &recorded.sections).map(|row| row.key.as_str()).collect();
        let accepted = recorded.into_iter().flat_map(|recorded| &recorded.accepted);
        let accepted: Vec<Value> = accepted.map(|mistake| json!(mistake.message.get(desk.lang))).collect();
        answer::ok(&json!({ "id": id, "sections": sections, "accepted": accepted }))
    })
}
