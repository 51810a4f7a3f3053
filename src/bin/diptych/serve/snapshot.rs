//! The site at one moment, with its mistakes: [`Snapshot`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use diptych::diagnostic::Diagnostic;
use diptych::lang::Lang;
use diptych::layout::ContentKind;
use diptych::machine;
use diptych::output::{self, Artifact};
use diptych::path::ContentPath;
use diptych::render;
use diptych::report::{self, Files};
use diptych::schema::Config;
use diptych::source::disk::ReadError;
use diptych::workspace::Ready;
use serde_json::json;

use super::editor;
use crate::args::Source;
use crate::console;
use crate::language::pick;
use crate::project::{Project, State};
use crate::timings::Timings;

/// What every page of the preview loads: it reloads the page and shows mistakes over it.
const PREVIEW: &str = "<script type=\"module\" src=\"/_diptych/preview.js\"></script>";

/// A site at one moment.
pub(super) struct Snapshot {
    /// Grows with every snapshot.
    pub generation: u64,
    state: State,
    lang: Lang,
    /// The last site without mistakes: this snapshot's own, or an earlier one's.
    good: Option<Arc<Good>>,
    messages: String,
    /// Why the site cannot be read: `state` is what was last read.
    unreadable: Option<String>,
    /// The files that changed since the previous snapshot.
    fresh: BTreeSet<ContentPath>,
}

/// A site that can be shown.
pub(super) struct Good {
    generation: u64,
    ready: Ready,
}

/// What an answer carries besides its bytes.
pub(super) type Headers = Vec<(&'static str, String)>;

/// What is found at an address.
pub(super) enum Found {
    /// A page and its status.
    Page(u16, String),
    /// A file, with the headers of its answer.
    File(Headers, Vec<u8>),
    /// A file of the search index.
    Index(String),
    /// A file that is copied from the content.
    Asset {
        /// The headers of its answer.
        headers: Headers,
        file: PathBuf,
        /// The folder that it must be in.
        content: PathBuf,
    },
    /// A page whose address lacks the last slash.
    Folder,
}

/// The most mistakes that are printed for people at once.
const SHOWN: usize = 30;

/// The most mistakes that are sent to a browser at once: an imported site may have thousands, and must still be
/// editable.
const TOLD: usize = 200;

impl Snapshot {
    /// The site as a project has it now. If it has mistakes, the last good one is still shown. `fresh` are the files
    /// that changed since the last snapshot.
    pub(super) fn new(
        project: &Project,
        source: &Source,
        lang: Lang,
        (last, fresh): (Option<&Self>, BTreeSet<ContentPath>),
        timings: &Timings,
    ) -> Self {
        let state = project.state();
        let generation = last.map_or(1, |last| last.generation + 1);
        let before = last.and_then(|last| last.good.clone());
        let good = state.ready.clone().map(|ready| Arc::new(Good { generation, ready }));
        let mut messages = shown(&state, lang);
        if source.timings {
            messages.push_str(&timings.table());
        }
        Self { generation, state, lang, good: good.or(before), messages, unreadable: None, fresh }
    }

    /// The last snapshot, with the reason why the site cannot be read.
    pub(super) fn unreadable(last: &Self, source: &Source, lang: Lang, error: &anyhow::Error) -> Self {
        let folder = source.content.display();
        let why = match error.downcast_ref::<ReadError>() {
            Some(error) => {
                let why = machine::message(&error.source);
                format!("{}{}{}", error.path.display(), pick(lang, ": ", " : "), why.get(lang))
            }
            None => console::in_words(error, lang),
        };
        let message = pick(
            lang,
            format!(
                "the site cannot be read ({why}); the preview shows it as it was, and reads {folder} again as soon as it can"
            ),
            format!(
                "le site ne peut pas être lu ({why}); l’aperçu le montre tel qu’il était et relira {folder} dès que possible"
            ),
        );
        Self {
            generation: last.generation + 1,
            state: last.state.clone(),
            lang,
            good: last.good.clone(),
            messages: format!("{}{message}\n", pick(lang, "error: ", "erreur : ")),
            unreadable: Some(message),
            fresh: BTreeSet::new(),
        }
    }

    /// The mistakes, for the terminal.
    pub(super) fn messages(&self) -> &str {
        &self.messages
    }

    /// The settings of the site.
    pub(super) fn config(&self) -> &Config {
        &self.state.config
    }

    /// What a file of the content says.
    pub(super) fn text(&self, path: &ContentPath) -> Option<&str> {
        self.state.sources.text(path)
    }

    /// The last site without mistakes.
    pub(super) fn good(&self) -> Option<&Arc<Good>> {
        self.good.as_ref()
    }

    /// The mistakes, for the page at an address: all are counted, and the first ones are sent ([`Self::first`]).
    /// `index` is the generation whose search index is served, if there is one yet.
    pub(super) fn to_json(&self, index: Option<u64>, page: Option<&str>) -> String {
        let record = page.and_then(|address| editor::record_at(&self.good.as_ref()?.ready.site, address));
        let is_here =
            |mistake: &Diagnostic| record.is_some() && ContentKind::of(&mistake.place.file).id() == record.as_deref();
        let (mistakes, here, total) = match &self.unreadable {
            Some(message) => (self.unreadable_site(message), 0, 1),
            None => {
                let first = self.state.report(&self.first(is_here), |all, files| report::json(all, files, self.lang));
                let mistakes = &self.state.mistakes;
                let here = mistakes.iter().filter(|mistake| is_here(mistake)).count();
                (serde_json::from_str(&first).unwrap_or_default(), here, mistakes.len())
            }
        };
        let title = pick(self.lang, "The site cannot be read", "Le site ne peut pas être lu");
        let summary = || report::summary(&self.state.mistakes, self.lang);
        json!({
            "generation": self.generation,
            "index": index,
            "site": self.good.as_ref().map_or(0, |good| good.generation),
            "record": record,
            "lang": self.lang,
            "title": if self.unreadable.is_some() { title.to_owned() } else { summary() },
            "errors": self.unreadable.is_some() || self.state.has_errors(),
            "here": here,
            "total": total,
            "mistakes": mistakes,
            "text": self.unreadable.as_ref().unwrap_or(&self.messages),
        })
        .to_string()
    }

    /// The mistakes that someone who has just saved a file looks for first, at most as many as a browser can show:
    /// those of the page in view, those of the files that changed, then the most serious ones.
    fn first(&self, is_here: impl Fn(&Diagnostic) -> bool) -> Vec<Diagnostic> {
        let mut first: Vec<&Diagnostic> = self.state.mistakes.iter().collect();
        first.sort_by_cached_key(|mistake| {
            (!is_here(mistake), !self.fresh.contains(&mistake.place.file), mistake.severity)
        });
        first.into_iter().take(TOLD).cloned().collect()
    }

    /// The mistake that says that the site cannot be read.
    fn unreadable_site(&self, message: &str) -> serde_json::Value {
        json!([{
            "name": "unreadable-site",
            "severity": "error",
            "file": self.state.content.to_string_lossy(),
            "line": 1,
            "column": 1,
            "message": message,
            "help": pick(
                self.lang,
                "Fix what prevents it; if the folder is gone, put it back.",
                "Réglez ce qui fait obstacle; si le dossier a disparu, remettez-le à sa place.",
            ),
        }])
    }

    /// What is at an address of the preview.
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
                    Found::Page(500, page(self.lang, &self.state.report(&[*mistake], write)))
                }
            };
        }
        let plan = &good.ready.plan;
        if let Some(content) = plan.get(name.as_str()) {
            return self.make(good, &name, content, 200);
        }
        if plan.contains_key(format!("{name}/index.html").as_str()) {
            return Found::Folder;
        }
        if let Some(found) = self.draft(good, &name) {
            return found;
        }
        if name.starts_with("search/") {
            return Found::Index(name);
        }
        self.not_found()
    }

    /// The page of a draft, marked as what it is: no build writes it.
    fn draft(&self, good: &Good, name: &str) -> Option<Found> {
        let Ready { site, theme, .. } = &good.ready;
        let sides = site.draft_ids().flat_map(|id| Lang::BOTH.map(|lang| (id, lang)));
        let mut files = sides.filter_map(|(id, lang)| Some((id, lang, site.record(id).side(lang)?.url.file())));
        let (id, lang, file) = files.find(|(.., file)| name == file || *file == format!("{name}/index.html"))?;
        if name != file {
            return Some(Found::Folder);
        }
        Some(match render::page(site, theme, &render::Page::Record(id, lang)) {
            Ok(html) => Found::Page(200, with_preview(&self.marked(&html))),
            Err(mistake) => {
                let text = self.state.report(&[*mistake], |all, files| report::text(all, files, self.lang, false));
                Found::Page(500, page(self.lang, &text))
            }
        })
    }

    /// A page with the words, at its top, that it is a draft.
    fn marked(&self, html: &str) -> String {
        let words = pick(
            self.lang,
            "Draft: this page is not published. Its files say state: draft.",
            "Ébauche : cette page n’est pas publiée. Ses fichiers disent state: draft.",
        );
        let mark = format!(
            "<link rel=\"stylesheet\" href=\"/_diptych/preview.css\"><p id=\"diptych-draft\" role=\"note\" lang=\"{}\">{words}</p>",
            self.lang
        );
        let body = html.find("<body").and_then(|at| Some(at + html[at..].find('>')? + 1)).unwrap_or_default();
        format!("{}{mark}{}", &html[..body], &html[body..])
    }

    /// The page for an address that does not exist.
    pub(super) fn not_found(&self) -> Found {
        let Some(good) = &self.good else { return Found::Page(404, String::new()) };
        match good.ready.plan.get("404.html") {
            Some(content) => self.make(good, "404.html", content, 404),
            None => Found::Page(404, String::new()),
        }
    }

    fn make(&self, good: &Good, name: &str, content: &Artifact, status: u16) -> Found {
        let made = match content {
            Artifact::Asset(asset) => {
                let content = self.state.content.clone();
                return Found::Asset { headers: good.headers(name), file: content.join(asset.as_str()), content };
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
                let text = self.state.report(&[*mistake], |all, files| report::text(all, files, self.lang, false));
                Found::Page(500, page(self.lang, &text))
            }
        }
    }

    /// Shown while the site has never been without mistakes.
    fn no_site_yet(&self) -> String {
        let sentence = pick(
            self.lang,
            "The site appears here as soon as these mistakes are corrected.",
            "Le site s’affiche ici dès que ces erreurs sont corrigées.",
        );
        page(self.lang, &format!("{sentence}\n\n{}", self.messages))
    }
}

impl Good {
    /// The snapshot that it belongs to.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    /// Every file of its search index.
    pub(super) fn index(&self) -> BTreeMap<String, Vec<u8>> {
        let files = output::search(&self.ready.site, &self.ready.theme).unwrap_or_default();
        files.into_iter().map(|file| (file.path, file.bytes)).collect()
    }

    /// The headers of a file: the same as from other servers, except that other sites may not use it.
    pub(super) fn headers(&self, name: &str) -> Headers {
        let mut headers = output::headers::of_file(&self.ready.site.config, name);
        headers.retain(|(name, _)| *name != "Access-Control-Allow-Origin");
        headers
    }
}

/// The mistakes for people, the most serious first if there are too many to read.
fn shown(state: &State, lang: Lang) -> String {
    let mut first: Vec<&Diagnostic> = state.mistakes.iter().collect();
    first.sort_by_key(|mistake| mistake.severity);
    let first: Vec<Diagnostic> = first.into_iter().take(SHOWN).cloned().collect();
    let mut text = state.report(&first, |all, files| report::text(all, files, lang, false));
    if state.mistakes.len() > SHOWN {
        let summary = report::summary(&state.mistakes, lang);
        text.push_str(&pick(
            lang,
            format!("{summary}; these are the first {SHOWN}, diptych check shows all\n"),
            format!("{summary}; voici les {SHOWN} premiers, diptych check les montre tous\n"),
        ));
    }
    text
}

/// The page of the theme's parts by example.
const EXAMPLES: &str = "_diptych/components/index.html";

/// A page that only the preview has.
fn page(lang: Lang, text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!doctype html><html lang=\"{lang}\"><meta charset=\"utf-8\"><title>Diptych</title>\
         <link rel=\"stylesheet\" href=\"/_diptych/preview.css\"><pre>{text}</pre>{PREVIEW}</html>"
    )
}

/// A page with the preview's script.
fn with_preview(html: &str) -> String {
    match html.rfind("</body>") {
        Some(at) => format!("{}{PREVIEW}{}", &html[..at], &html[at..]),
        None => format!("{html}{PREVIEW}"),
    }
}
