//! `POST /_diptych/api/check`, `/render` and `/figures`: the real checks and the real page of unsaved words, and the
//! figures of one side for the writer of the other. Nothing is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use diptych::check::{self, Figure};
use diptych::diagnostic::Diagnostic;
use diptych::lang::Lang;
use diptych::output::{self, Artifact};
use diptych::parse;
use diptych::path::ContentPath;
use diptych::render::Page;
use diptych::report;
use diptych::schema::Config;
use diptych::workspace::{Ready, Workspace};
use diptych::yaml;
use serde::Deserialize;
use serde_json::{Value, json};

use super::store::{Refused, path_of};
use super::{Desk, answer, read_json};
use crate::language::pick;
use crate::project::State as Site;

/// Texts in place of those on the disk, by path, as a request brings them.
type Written = BTreeMap<String, String>;

/// The same, as a workspace takes them.
type Texts = Vec<(ContentPath, Option<Vec<u8>>)>;

#[derive(Deserialize)]
struct Check {
    files: Written,
}

#[derive(Deserialize)]
struct Render {
    id: String,
    lang: Lang,
    #[serde(default)]
    files: Written,
}

/// The mistakes that files would have.
pub(super) async fn mistakes(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let Check { files } = match read_json(&desk, request).await {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    desk.blocking_until(move |desk, answered| {
        let texts = match overlay(files, desk.current.borrow().config()) {
            Ok(texts) => texts,
            Err(why) => return drop(answered.send(answer::refused(&why, desk.lang))),
        };
        let paths: Vec<ContentPath> = texts.iter().map(|(path, _)| path.clone()).collect();
        // The texts on the disk are restored after the answer.
        desk.project().with_texts(texts, |_, site| {
            let mistakes = mistakes_of(site, |mistake| paths.contains(&mistake.place.file), desk.lang);
            drop(answered.send(answer::ok(&json!({ "mistakes": mistakes }))));
        });
    })
    .await
}

/// A page as it would be.
pub(super) async fn render(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let Render { id, lang, files } = match read_json(&desk, request).await {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    desk.blocking_until(move |desk, answered| {
        let texts = match overlay(files, desk.current.borrow().config()) {
            Ok(texts) => texts,
            Err(why) => return drop(answered.send(answer::refused(&why, desk.lang))),
        };
        let mut project = desk.project();
        let texts = published(texts, &id, &project.workspace);
        project.with_texts(texts, |workspace, site| drop(answered.send(rendered(desk, workspace, site, (&id, lang)))));
    })
    .await
}

/// A page, or why there is none.
fn rendered(desk: &Desk, workspace: &Workspace, site: &Site, (id, lang): (&str, Lang)) -> Response {
    if !workspace.standings().any(|written| written.id == id) {
        return answer::unknown(id, desk.lang);
    }
    match page(workspace, id, lang) {
        Ok(Some(html)) => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response(),
        Ok(None) => {
            let words = pick(
                desk.lang,
                "There is no page to show yet: the mistakes of its files come first.",
                "Il n’y a pas encore de page à montrer : corrigez d’abord les erreurs de ses fichiers.",
            );
            let own = |mistake: &Diagnostic| super::records::is_of(mistake, id);
            let value = json!({ "error": words, "mistakes": mistakes_of(site, own, desk.lang) });
            answer::with_status(StatusCode::UNPROCESSABLE_ENTITY, &value)
        }
        Err(mistake) => {
            let value = site.report(&[*mistake], |all, files| report::json(all, files, desk.lang));
            let value: Value = serde_json::from_str(&value).unwrap_or_default();
            answer::with_status(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "mistakes": value }))
        }
    }
}

#[derive(Deserialize)]
struct Figures {
    lang: Lang,
    text: String,
    #[serde(default)]
    to: String,
}

/// The numbers and dates of a text, as the other language writes them, and whether a text in that language has them.
pub(super) async fn figures(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let Figures { lang, text, to } = match read_json(&desk, request).await {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    let figures = check::figures(lang, &text, &to).into_iter().map(|figure| {
        let Figure { said, written, is_there } = figure;
        json!({ "said": said, "written": written, "is_there": is_there })
    });
    answer::ok(&json!({ "figures": figures.collect::<Vec<_>>() }))
}

/// The files of a request.
fn overlay(files: Written, config: &Config) -> Result<Texts, Refused> {
    let one = |(path, text): (String, String)| Ok((path_of(&path, &config.assets)?, Some(text.into_bytes())));
    files.into_iter().map(one).collect()
}

/// The same files, with a draft as the page that it will be.
fn published(mut texts: Texts, id: &str, workspace: &Workspace) -> Texts {
    let path = parse::facts_path(id);
    let known = || workspace.sources().text(&path).map(|text| text.as_bytes().to_vec());
    let own = texts.iter().position(|(own, _)| *own == path);
    let Some(text) = own.map_or_else(known, |at| texts[at].1.clone()) else { return texts };
    let Ok(text) = String::from_utf8(text) else { return texts };
    let facts = yaml::parse(&path, &text, 0).0;
    let Some(state) = facts.as_ref().and_then(|facts| facts.get("state")).filter(|s| s.scalar() == Some("draft"))
    else {
        return texts;
    };
    let mut text = text;
    text.replace_range(state.span.range(), "published");
    texts.retain(|(own, _)| *own != path);
    texts.push((path, Some(text.into_bytes())));
    texts
}

/// Some of a site's mistakes, as `check --format json` gives them.
pub(super) fn mistakes_of(site: &Site, is_asked: impl Fn(&Diagnostic) -> bool, lang: Lang) -> Value {
    let asked: Vec<Diagnostic> = site.mistakes.iter().filter(|mistake| is_asked(mistake)).cloned().collect();
    let text = site.report(&asked, |all, files| report::json(all, files, lang));
    serde_json::from_str(&text).unwrap_or_default()
}

/// The page of a record or landing page in a language, even if mistakes elsewhere prevent building the site.
fn page(workspace: &Workspace, id: &str, lang: Lang) -> Result<Option<String>, Box<Diagnostic>> {
    let Some(Ready { site, theme, plan }) = workspace.as_far_as_it_goes() else { return Ok(None) };
    let Some(url) = super::records::url(&site, id, lang) else { return Ok(None) };
    let Some(artifact) = plan.get(url.file().as_str()) else { return Ok(None) };
    if !matches!(artifact, Artifact::Page(page) if *page != Page::NotFound) {
        return Ok(None);
    }
    let bytes = output::make(&site, &theme, artifact)?;
    Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
}
