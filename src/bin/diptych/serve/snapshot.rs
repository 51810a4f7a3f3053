//! The site at one moment, with its mistakes: [`Snapshot`].

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use diptych::diagnostic::Diagnostic;
use diptych::format::Date;
use diptych::lang::Lang;
use diptych::output::{self, Artifact};
use diptych::pipeline;
use diptych::render;
use diptych::report::{self, Files};
use diptych::source::disk;
use serde_json::json;

use crate::args::Source;
use crate::language::pick;
use crate::project::{self, Project};
use crate::timings::Timings;

/// What every page of the preview loads: it reloads the page and shows mistakes over it.
const PREVIEW: &str = "<script type=\"module\" src=\"/_diptych/preview.js\"></script>";

/// A site at one moment.
pub(super) struct Snapshot {
    /// Grows with every snapshot.
    pub generation: u64,
    project: Project,
    lang: Lang,
    as_of: Option<Date>,
    /// The last site without mistakes: this snapshot's own, or an earlier one's.
    good: Option<Arc<Good>>,
    messages: String,
}

/// A site that can be shown.
struct Good {
    ready: pipeline::Ready,
    index: OnceLock<BTreeMap<String, Vec<u8>>>,
}

/// What stands at an address.
pub(super) enum Found {
    /// A page and its status.
    Page(u16, String),
    /// A file, with the headers of its answer.
    File(Vec<(&'static str, String)>, Vec<u8>),
    /// A page whose address lacks the last slash.
    Folder,
}

impl Snapshot {
    /// Reads and prepares the site. Where it has mistakes, the last good one goes on being shown.
    pub(super) fn load(source: &Source, lang: Lang, last: Option<&Self>) -> anyhow::Result<Self> {
        let mut timings = Timings::start();
        let mut project = project::load(source, lang, &mut timings)?;
        let fresh = project.ready.take().map(|ready| Arc::new(Good { ready, index: OnceLock::new() }));
        let mut messages = project.report(|all, files| report::text(all, files, lang, false));
        if source.timings {
            messages.push_str(&timings.table());
        }
        let good = fresh.or_else(|| last.and_then(|last| last.good.clone()));
        let generation = last.map_or(1, |last| last.generation + 1);
        Ok(Self { generation, project, lang, as_of: source.as_of, good, messages })
    }

    /// The mistakes, for the terminal.
    pub(super) fn messages(&self) -> &str {
        &self.messages
    }

    /// The folders whose changes change the site.
    pub(super) fn folders(&self) -> Vec<PathBuf> {
        self.project.folders()
    }

    /// The mistakes, for the page.
    pub(super) fn to_json(&self) -> String {
        let mistakes = self.project.report(|all, files| report::json(all, files, self.lang));
        let text = self.project.report(|all, files| report::text(all, files, self.lang, false));
        let mistakes: serde_json::Value = serde_json::from_str(&mistakes).unwrap_or_default();
        json!({
            "generation": self.generation,
            "lang": self.lang,
            "title": report::summary(&self.project.diagnostics, self.lang),
            "close": pick(self.lang, "Hide", "Masquer"),
            "errors": self.project.diagnostics.iter().any(|d| d.severity == diptych::diagnostic::Severity::Error),
            "mistakes": mistakes,
            "text": text,
        })
        .to_string()
    }

    /// How every pair stands, as a page.
    pub(super) fn status(&self) -> String {
        let (survey, _) = pipeline::pairs(&self.project.sources, &mut |_| ());
        let status = crate::pairs::of(&self.project.content, &self.project.sources, &survey, self.as_of);
        whole(self.lang, &super::status::body(&status, self.lang))
    }

    /// What stands at an address of the preview.
    pub(super) fn find(&self, path: &str) -> Found {
        let Some(good) = &self.good else { return Found::Page(500, self.no_site_yet()) };
        let decoded = percent_encoding::percent_decode_str(path.trim_start_matches('/')).decode_utf8_lossy();
        let name = if decoded.is_empty() || decoded.ends_with('/') {
            format!("{decoded}index.html")
        } else {
            decoded.into_owned()
        };
        if name == EXAMPLES {
            return match render::examples::page(&good.ready.site, &good.ready.theme) {
                Ok(html) => Found::Page(200, with_preview(&html)),
                Err(mistake) => {
                    let write = |all: &[Diagnostic], files: &Files<'_>| report::text(all, files, self.lang, false);
                    Found::Page(500, page(self.lang, &self.project.report_of(&[*mistake], write)))
                }
            };
        }
        if let Some(content) = good.ready.plan.get(name.as_str()) {
            return self.make(good, &name, content, 200);
        }
        if good.ready.plan.contains_key(format!("{name}/index.html").as_str()) {
            return Found::Folder;
        }
        if let Some(bytes) = name.starts_with("search/").then(|| good.index().get(&name)).flatten() {
            return Found::File(good.headers(&name), bytes.clone());
        }
        match good.ready.plan.get("404.html") {
            Some(content) => self.make(good, "404.html", content, 404),
            None => Found::Page(404, String::new()),
        }
    }

    fn make(&self, good: &Good, name: &str, content: &Artifact, status: u16) -> Found {
        let made = match content {
            Artifact::Asset(asset) => {
                return match disk::read_asset(&self.project.content, asset) {
                    Ok(bytes) => Found::File(good.headers(name), bytes),
                    Err(error) => Found::Page(500, page(self.lang, &error.to_string())),
                };
            }
            content => output::make(&good.ready.site, &good.ready.theme, content),
        };
        match made {
            Ok(bytes) if name.ends_with(".html") => {
                let html = String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned();
                Found::Page(status, with_preview(&html))
            }
            Ok(bytes) => Found::File(good.headers(name), bytes.unwrap_or_default().into_owned()),
            Err(mistake) => {
                let text = self.project.report_of(&[*mistake], |all, files| report::text(all, files, self.lang, false));
                Found::Page(500, page(self.lang, &text))
            }
        }
    }

    /// Shown while the site has never been without mistakes.
    fn no_site_yet(&self) -> String {
        let sentence = pick(
            self.lang,
            "The site appears here as soon as these mistakes are mended.",
            "Le site s’affiche ici dès que ces erreurs sont corrigées.",
        );
        page(self.lang, &format!("{sentence}\n\n{}", self.messages))
    }
}

impl Good {
    /// What the answer with a file carries: the same as from other servers.
    fn headers(&self, name: &str) -> Vec<(&'static str, String)> {
        output::headers::of_file(&self.ready.site.config, name)
    }

    fn index(&self) -> &BTreeMap<String, Vec<u8>> {
        self.index.get_or_init(|| {
            let files = output::search(&self.ready.site, &self.ready.theme).unwrap_or_default();
            files.into_iter().map(|file| (file.path, file.bytes)).collect()
        })
    }
}

/// The page of the theme's parts by example.
const EXAMPLES: &str = "_diptych/components/index.html";

/// A page of the preview's own.
fn page(lang: Lang, text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    whole(lang, &format!("<pre>{text}</pre>"))
}

fn whole(lang: Lang, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"{lang}\"><meta charset=\"utf-8\"><title>Diptych</title>\
         <link rel=\"stylesheet\" href=\"/_diptych/preview.css\">{body}{PREVIEW}</html>"
    )
}

/// A page with the preview's script.
fn with_preview(html: &str) -> String {
    match html.rfind("</body>") {
        Some(at) => format!("{}{PREVIEW}{}", &html[..at], &html[at..]),
        None => format!("{html}{PREVIEW}"),
    }
}
