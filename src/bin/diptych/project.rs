//! A site on the disk: its content and the theme it names, read and ready for the pipeline.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use diptych::diagnostic::{Diagnostic, Diagnostics, Place, catalog};
use diptych::lang::Lang;
use diptych::path::{ContentPath, PathPart};
use diptych::pipeline::{self, Options, Ready};
use diptych::render::theme::ThemeFiles;
use diptych::report::Files;
use diptych::schema::{config, web};
use diptych::source::{Sources, disk};

use crate::args::Source;
use crate::language::pick;
use crate::timings::Timings;

/// What was read, and what came of it.
pub(crate) struct Project {
    pub content: PathBuf,
    pub sources: Sources,
    /// The site's own theme and what it extends, the lowest first, but for the default one.
    pub theme: Vec<ThemeFiles>,
    pub ready: Option<Ready>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a site and prepares it.
pub(crate) fn load(source: &Source, lang: Lang, timings: &mut Timings) -> anyhow::Result<Project> {
    let base_url = source.base_url.as_deref().map(|written| {
        web::base_url(written).with_context(|| {
            pick(
                lang,
                format!("--base-url {written}: write the whole address, such as https://example.org/"),
                format!("--base-url {written} : écrivez l’adresse entière, par exemple https://example.org/"),
            )
        })
    });
    let options = Options { base_url: base_url.transpose()?, as_of: source.as_of };
    let (sources, read) = disk::read(&source.content).with_context(|| {
        pick(lang, "name the content folder with --content", "indiquez le dossier de contenu avec --content")
    })?;
    let mut diagnostics = Diagnostics::default();
    diagnostics.extend(read);
    let theme = diagnostics.absorb(theme(source, &sources, lang)?);
    timings.done("read");
    let (ready, prepared) = pipeline::prepare(&sources, theme.clone(), &options, &mut |stage| timings.done(stage));
    diagnostics.extend(prepared);
    let ready = ready.filter(|_| !diagnostics.has_errors());
    let diagnostics = diagnostics.into_sorted();
    Ok(Project { content: source.content.clone(), sources, theme, ready, diagnostics })
}

impl Project {
    /// The same mistakes as a text, a table or an array, by whatever `write` makes of them.
    pub(crate) fn report(&self, write: impl FnOnce(&[Diagnostic], &Files<'_>) -> String) -> String {
        self.report_of(&self.diagnostics, write)
    }

    /// Writes mistakes that were met in this project's files.
    pub(crate) fn report_of(
        &self,
        diagnostics: &[Diagnostic],
        write: impl FnOnce(&[Diagnostic], &Files<'_>) -> String,
    ) -> String {
        let theme = |path: &ContentPath| {
            self.theme.iter().find_map(|theme| {
                let inner = path.as_str().strip_prefix(theme.folder.as_str())?.strip_prefix('/')?;
                theme.files.get(&ContentPath::new(inner))
            })
        };
        let text = |path: &ContentPath| match self.sources.text(path) {
            Some(text) => Some(text.to_owned()),
            None => theme(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned()),
        };
        let is_theme = |path: &ContentPath| {
            let mut folders = self.theme.iter().map(|theme| theme.folder.as_str()).chain(["themes/default"]);
            self.sources.text(path).is_none() && folders.any(|folder| path.as_str().starts_with(folder))
        };
        let name = |path: &ContentPath| {
            if is_theme(path) { path.to_string() } else { shown(&self.content.join(path.as_str())) }
        };
        write(diagnostics, &Files { text: &text, name: &name })
    }

    /// The folders whose changes change the site.
    pub(crate) fn folders(&self) -> Vec<PathBuf> {
        let theme = self.theme.iter().map(|theme| PathBuf::from(&theme.folder));
        std::iter::once(self.content.clone()).chain(theme).collect()
    }
}

/// The files of the theme that the command line or `site.yaml` names; the default theme is a part of the program. The
/// settings name a folder in `themes/` beside the content, the command line any folder.
fn theme(source: &Source, sources: &Sources, lang: Lang) -> anyhow::Result<(Vec<ThemeFiles>, Diagnostics)> {
    let mut diagnostics = Diagnostics::default();
    let site = match source.content.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let themes = site.join("themes");
    let theme = match &source.theme {
        Some(name) if name == "default" => return Ok((Vec::new(), diagnostics)),
        Some(name) => {
            let candidates = [PathBuf::from(name), themes.join(name)];
            candidates.iter().find_map(|folder| read_theme(folder, &mut diagnostics)).with_context(|| {
                pick(
                    lang,
                    format!("there is no theme “{name}”; write default, or the path of a theme’s folder"),
                    format!("il n’y a pas de thème « {name} »; écrivez default, ou le chemin du dossier d’un thème"),
                )
            })?
        }
        None => {
            let Some((name, span)) = config::theme_name(sources).filter(|(name, _)| name.as_str() != "default") else {
                return Ok((Vec::new(), diagnostics));
            };
            let place = Place::new(&ContentPath::new(config::FILE), span);
            match theme_beside(&themes, site, &name, place, &mut diagnostics) {
                Some(theme) => theme,
                None => return Ok((Vec::new(), diagnostics)),
            }
        }
    };
    let layers = diagnostics.absorb(below(theme, site));
    Ok((layers, diagnostics))
}

fn read_theme(folder: &Path, diagnostics: &mut Diagnostics) -> Option<ThemeFiles> {
    let shown = shown(folder);
    let files = diagnostics.absorb(disk::read_theme(folder, &shown).ok()?);
    Some(ThemeFiles { folder: shown, files })
}

/// The theme of a name in a folder of themes; tells where there is none, or where it lies outside of `within`.
fn theme_beside(
    themes: &Path,
    within: &Path,
    name: &PathPart,
    place: Place,
    diagnostics: &mut Diagnostics,
) -> Option<ThemeFiles> {
    let folder = themes.join(name.as_str());
    let is_there = disk::open(&folder).is_ok();
    if is_there && !disk::is_inside(&folder, within) {
        diagnostics.push(catalog::link_outside(place));
        return None;
    }
    let theme = read_theme(&folder, diagnostics);
    if theme.is_none() {
        diagnostics.push(catalog::theme_unknown(place, name.as_str()));
    }
    theme
}

/// A theme and what it extends, the lowest first: themes beside it, then those of the site.
fn below(theme: ThemeFiles, site: &Path) -> (Vec<ThemeFiles>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let mut layers = vec![theme];
    while let Some((top, name)) = layers.last().and_then(|top| Some((top, top.extends()?))) {
        if name.as_str() == "default" {
            break;
        }
        let place = top.manifest_place();
        let beside = Path::new(&top.folder).parent().unwrap_or(Path::new("")).to_owned();
        let here = if beside.as_os_str().is_empty() { PathBuf::from(".") } else { beside };
        let (themes, within) = match disk::open(&here.join(name.as_str())) {
            Ok(_) => (here.clone(), here),
            Err(_) => (site.join("themes"), site.to_owned()),
        };
        if layers.iter().any(|layer| layer.name() == name.as_str()) {
            diagnostics.push(catalog::theme_unknown(place, name.as_str()));
            break;
        }
        match theme_beside(&themes, &within, &name, place, &mut diagnostics) {
            Some(next) => layers.push(next),
            None => break,
        }
    }
    layers.reverse();
    (layers, diagnostics)
}

/// A path as people write it.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}
