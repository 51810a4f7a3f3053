//! A site on the disk: its content and the theme it names, read and ready for the pipeline.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use diptych::diagnostic::{Diagnostic, Diagnostics, Place, catalog};
use diptych::lang::Lang;
use diptych::path::ContentPath;
use diptych::pipeline::{self, Options, Ready};
use diptych::render::theme::ThemeFiles;
use diptych::report::Files;
use diptych::schema::config;
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
        config::base_url(written).with_context(|| {
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
            Some(text) => Some(Cow::Borrowed(text)),
            None => theme(path).map(|bytes| String::from_utf8_lossy(bytes)),
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

/// The files of the theme that the command line or `site.yaml` names; the default theme is a part of the program.
fn theme(source: &Source, sources: &Sources, lang: Lang) -> anyhow::Result<(Vec<ThemeFiles>, Diagnostics)> {
    let mut diagnostics = Diagnostics::default();
    let named = config::theme_name(sources);
    let name = source.theme.clone().or_else(|| named.as_ref().map(|(name, _)| name.clone()));
    let Some(name) = name.filter(|name| name != "default") else { return Ok((Vec::new(), diagnostics)) };
    let site = match source.content.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let candidates = match &source.theme {
        Some(_) => vec![PathBuf::from(&name), site.join("themes").join(&name)],
        None => vec![site.join("themes").join(&name), site.join(&name)],
    };
    if let Some(theme) = candidates.iter().find_map(|folder| read_theme(folder)) {
        let layers = diagnostics.absorb(below(theme, &site.join("themes")));
        return Ok((layers, diagnostics));
    }
    match named.filter(|_| source.theme.is_none()) {
        Some((name, span)) => {
            diagnostics.push(catalog::theme_unknown(Place::new(&ContentPath::new(config::FILE), span), &name));
            Ok((Vec::new(), diagnostics))
        }
        None => bail!(pick(
            lang,
            format!("there is no theme “{name}”; write default, or the path of a theme’s folder"),
            format!("il n’y a pas de thème « {name} »; écrivez default, ou le chemin du dossier d’un thème"),
        )),
    }
}

fn read_theme(folder: &Path) -> Option<ThemeFiles> {
    let files = disk::read_all(folder).ok()?.into_iter().collect();
    Some(ThemeFiles { folder: shown(folder), files })
}

/// A theme and what it extends, the lowest first: themes beside it, then those of the site.
fn below(theme: ThemeFiles, themes: &Path) -> (Vec<ThemeFiles>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let mut layers = vec![theme];
    while let Some((top, name)) = layers.last().and_then(|top| Some((top, top.extends()?))) {
        if name == "default" {
            break;
        }
        let beside = Path::new(&top.folder).parent().map(|folder| folder.join(&name));
        let folders = beside.into_iter().chain([themes.join(&name)]);
        let is_new = |theme: &ThemeFiles| layers.iter().all(|layer| layer.name() != theme.name());
        match folders.into_iter().find_map(|folder| read_theme(&folder)).filter(is_new) {
            Some(next) => layers.push(next),
            None => {
                diagnostics.push(catalog::theme_unknown(top.manifest_place(), &name));
                break;
            }
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
