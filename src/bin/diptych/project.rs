//! A site on the disk: its content and the theme it names, read into a [`Workspace`] and kept up to date with the disk.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use diptych::diagnostic::{Diagnostic, Diagnostics, KnownNames, Place, Severity, catalog};
use diptych::edits;
use diptych::lang::Lang;
use diptych::machine;
use diptych::output::disk::{digest, program};
use diptych::output::inputs::Inputs;
use diptych::path::{ContentPath, PathPart};
use diptych::render::theme::ThemeFiles;
use diptych::report::Files;
use diptych::schema::{self, Config, config, web};
use diptych::source::disk::ReadError;
use diptych::source::{FileChange, FileState, Sources, disk};
use diptych::workspace::{Changes, Options, Ready, ThemeSources, Workspace};

use crate::args::Source;
use crate::language::pick;
use crate::timings::Timings;

/// A site that is read from the disk, and read again as it changes there.
pub(crate) struct Project {
    source: Source,
    lang: Lang,
    /// The site's own theme and those that it extends, the lowest first, without the default one.
    theme: Arc<Vec<ThemeFiles>>,
    /// The folders that were read or looked for: when they change, so does the site.
    folders: BTreeSet<PathBuf>,
    /// Everything that is known about the site.
    pub workspace: Workspace,
}

/// Which files of a site changed on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Changed {
    /// These files, links and folders are new, gone or different. Their names begin with the folders of the project as
    /// they were given. A folder stands for everything below it.
    Paths(BTreeSet<PathBuf>),
    /// Anything may have changed.
    Everything,
}

/// A site as it was read, with its mistakes.
#[derive(Clone)]
pub(crate) struct State {
    pub content: PathBuf,
    pub sources: Arc<Sources>,
    pub theme: Arc<Vec<ThemeFiles>>,
    pub config: Arc<Config>,
    pub ready: Option<Ready>,
    pub mistakes: Arc<[Diagnostic]>,
}

/// The files of a site as they were read, and what the command line says of it.
pub(crate) struct SiteFiles {
    source: Source,
    lang: Lang,
    options: Options,
    sources: Sources,
    /// The mistakes found when the files were read.
    mistakes: Diagnostics,
    theme: ThemeSources,
    folders: BTreeSet<PathBuf>,
}

/// Reads a site.
pub(crate) fn load(source: &Source, lang: Lang, timings: &mut Timings) -> anyhow::Result<Project> {
    Ok(read_site(source, lang, timings)?.open(timings))
}

/// Reads the files of a site, without parsing them yet.
pub(crate) fn read_site(source: &Source, lang: Lang, timings: &mut Timings) -> anyhow::Result<SiteFiles> {
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
    let (sources, mistakes) = read(&source.content, lang)?;
    let mut folders = BTreeSet::from([source.content.clone()]);
    let theme = theme(source, &sources, lang, &mut folders)?;
    timings.done("read");
    Ok(SiteFiles { source: source.clone(), lang, options, sources, mistakes, theme, folders })
}

impl SiteFiles {
    /// The site that the files are.
    pub(crate) fn open(self, timings: &mut Timings) -> Project {
        let Self { source, lang, options, sources, mistakes, theme, folders } = self;
        let layers = Arc::new(theme.layers.clone());
        let workspace = Workspace::open(options, sources, mistakes, theme, &mut |stage| timings.done(stage));
        Project { source, lang, theme: layers, folders, workspace }
    }

    /// The SHA-256 of everything that an output is made from: the program, every file, the theme, the command line.
    /// `None` if one of them cannot be read; opening the site says what is wrong.
    pub(crate) fn inputs(&self, precompress: bool) -> Option<[u8; 32]> {
        let mut inputs = Inputs::new(&program()?);
        inputs.add("options", format!("{:?}", (&self.options, precompress)).as_bytes());
        inputs.add("met when read", format!("{:?}", (&self.mistakes, &self.theme.mistakes)).as_bytes());
        inputs.add("texts", &self.sources.texts().size().to_le_bytes());
        for (path, text) in self.sources.texts() {
            inputs.add(path.as_str(), text.as_bytes());
        }
        let content = disk::open(&self.source.content).ok()?;
        inputs.add("assets", &self.sources.assets().len().to_le_bytes());
        for (path, asset) in self.sources.assets() {
            inputs.add(path.as_str(), format!("{asset:?}").as_bytes());
            inputs.add(path.as_str(), &digest(&content.file(path).ok()?).ok()?);
        }
        for layer in &self.theme.layers {
            inputs.add("theme", &layer.files.len().to_le_bytes());
            for (path, bytes) in &layer.files {
                inputs.add(path.as_str(), bytes);
            }
        }
        Some(inputs.finish())
    }

    /// The settings of the site, ignoring the mistakes in them.
    pub(crate) fn config(&self) -> Config {
        let (schema, _) = schema::load::load(&self.sources);
        config::load(&self.sources, &schema).0
    }

    /// The site without parsing it, because its mistakes are known.
    pub(crate) fn known(self, mistakes: Vec<Diagnostic>) -> State {
        State {
            config: Arc::new(self.config()),
            content: self.source.content,
            sources: Arc::new(self.sources),
            theme: Arc::new(self.theme.layers),
            ready: None,
            mistakes: Arc::from(mistakes),
        }
    }
}

/// The content folder that a path means: the folder itself, or `content` in it if that is the one with settings.
pub(crate) fn content_folder(named: PathBuf) -> PathBuf {
    let inner = named.join("content");
    let is_site = !disk::is_there(&named.join(config::FILE)) && disk::is_there(&inner.join(config::FILE));
    if is_site { inner } else { named }
}

/// Completes a change that was interrupted, then reads the content folder.
pub(crate) fn read(content: &Path, lang: Lang) -> anyhow::Result<(Sources, Diagnostics)> {
    edits::disk::recover(content).map_err(|error| anyhow::anyhow!(error.message(lang)))?;
    disk::read(content).map_err(|error| {
        let is_misnamed = matches!(error.source.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory);
        let error = anyhow::Error::new(error);
        if is_misnamed {
            let advice =
                pick(lang, "name the content folder with --content", "indiquez le dossier de contenu avec --content");
            return error.context(advice);
        }
        error
    })
}

impl Project {
    /// The site as it is now.
    pub(crate) fn state(&self) -> State {
        State::of(&self.workspace, self.source.content.clone(), Arc::clone(&self.theme))
    }

    /// Runs something on the site as it would be with other texts, and takes them back.
    pub(crate) fn with_texts<R>(
        &mut self,
        texts: Vec<(ContentPath, Option<Vec<u8>>)>,
        look: impl FnOnce(&Workspace, &State) -> R,
    ) -> R {
        let (content, theme) = (self.source.content.clone(), Arc::clone(&self.theme));
        self.workspace.with_texts(texts, |workspace| look(workspace, &State::of(workspace, content, theme)))
    }

    /// Reads again what changed on the disk; says which files of the content did.
    pub(crate) fn update(&mut self, changed: &Changed, timings: &mut Timings) -> anyhow::Result<BTreeSet<ContentPath>> {
        let files = match changed {
            Changed::Paths(paths) => self.read_paths(paths),
            Changed::Everything => None,
        };
        let files = match files {
            Some(files) => files,
            None => self.read_everything()?,
        };
        timings.done("read");
        let mut changes = Changes { files, theme: None };
        if self.concerns_theme(changed, &changes.files) {
            let mut sources = Sources::default();
            let settings = ContentPath::new(config::FILE);
            let fresh = changes.files.iter().find(|change| change.path == settings);
            let text = match fresh.map(|change| &change.state) {
                Some(FileState::Text(bytes)) => Some(bytes.clone()),
                Some(_) => None,
                None => self.workspace.sources().text(&settings).map(|text| text.as_bytes().to_vec()),
            };
            if let Some(text) = text {
                sources.add_text(settings, text);
            }
            let mut folders = BTreeSet::from([self.source.content.clone()]);
            let theme = theme(&self.source, &sources, self.lang, &mut folders)?;
            self.folders = folders;
            if theme.layers != *self.theme || !theme.mistakes.is_empty() {
                self.theme = Arc::new(theme.layers.clone());
                changes.theme = Some(theme);
            }
        }
        let paths = changes.files.iter().map(|change| change.path.clone()).collect();
        self.workspace.apply(changes, &mut |stage| timings.done(stage));
        Ok(paths)
    }

    /// What became of single files; `None` if a folder is among them.
    fn read_paths(&self, paths: &BTreeSet<PathBuf>) -> Option<Vec<FileChange>> {
        let sources = self.workspace.sources();
        let folder = disk::open(&self.source.content).ok()?;
        let mut files = Vec::new();
        for path in paths {
            let Some(inner) = disk::path_in(&self.source.content, path) else { continue };
            match disk::read_one(&folder, &inner) {
                Some(change) => files.push(change),
                None => {
                    let is_folder = |known: &ContentPath| {
                        known.as_str().strip_prefix(inner.as_str()).is_some_and(|rest| rest.starts_with('/'))
                    };
                    let mut known = sources.texts().keys().chain(sources.assets().keys());
                    if disk::is_there(path) || known.any(is_folder) {
                        return None;
                    }
                    if sources.is_known(&inner) {
                        files.push(FileChange { path: inner, state: FileState::Gone, mistakes: Vec::new() });
                    }
                }
            }
        }
        Some(files)
    }

    /// What became of all files since they were last read.
    fn read_everything(&self) -> anyhow::Result<Vec<FileChange>> {
        let (sources, mistakes) = read(&self.source.content, self.lang)?;
        let mut all: BTreeSet<ContentPath> = sources.differences(self.workspace.sources());
        let mistakes: Vec<Diagnostic> = mistakes.into_iter().collect();
        all.extend(mistakes.iter().map(|mistake| mistake.place.file.clone()));
        let change = |path: ContentPath| {
            let state = sources.state(&path);
            let mistakes = mistakes.iter().filter(|mistake| mistake.place.file == path).cloned().collect();
            FileChange { path, state, mistakes }
        };
        Ok(all.into_iter().map(change).collect())
    }

    /// Whether the theme must be read again.
    fn concerns_theme(&self, changed: &Changed, files: &[FileChange]) -> bool {
        let in_content = |path: &PathBuf| disk::path_in(&self.source.content, path).is_some();
        let outside = match changed {
            Changed::Everything => true,
            Changed::Paths(paths) => paths.iter().any(|path| !in_content(path)),
        };
        outside || files.iter().any(|change| change.path.as_str() == config::FILE)
    }

    /// The folders whose changes change the site.
    pub(crate) fn folders(&self) -> &BTreeSet<PathBuf> {
        &self.folders
    }
}

impl State {
    fn of(workspace: &Workspace, content: PathBuf, theme: Arc<Vec<ThemeFiles>>) -> Self {
        Self {
            content,
            sources: Arc::clone(workspace.sources()),
            theme,
            config: Arc::clone(workspace.config()),
            ready: workspace.ready(),
            mistakes: Arc::clone(workspace.mistakes()),
        }
    }

    /// Whether a mistake prevents building.
    pub(crate) fn has_errors(&self) -> bool {
        self.mistakes.iter().any(|mistake| mistake.severity == Severity::Error)
    }

    /// Mistakes in this project's files, in the format that `write` produces.
    pub(crate) fn report(
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
            if is_theme(path) { path.to_string() } else { shown_file(&self.content, path) }
        };
        write(diagnostics, &Files { text: &text, name: &name })
    }
}

/// The files of the theme that the command line or `site.yaml` names; the default theme is part of the program. The
/// settings name a folder in `themes/` beside the content, the command line any folder.
fn theme(
    source: &Source,
    sources: &Sources,
    lang: Lang,
    folders: &mut BTreeSet<PathBuf>,
) -> anyhow::Result<ThemeSources> {
    let mut diagnostics = Diagnostics::default();
    let site = match source.content.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let themes = site.join("themes");
    let theme = match &source.theme {
        Some(name) if name == "default" => return Ok(ThemeSources::default()),
        Some(name) => {
            let candidates = [PathBuf::from(name), themes.join(name)];
            let mut found = None;
            for folder in &candidates {
                if found.is_none() {
                    found = read_theme(folder, folders, &mut diagnostics)?;
                }
            }
            found.with_context(|| {
                pick(
                    lang,
                    format!("there is no theme “{name}”; write default, or the path of a theme’s folder"),
                    format!("il n’y a pas de thème « {name} »; écrivez default, ou le chemin du dossier d’un thème"),
                )
            })?
        }
        None => {
            let Some((name, span)) = config::theme_name(sources).filter(|(name, _)| name.as_str() != "default") else {
                return Ok(ThemeSources::default());
            };
            let place = Place::new(&ContentPath::new(config::FILE), span);
            match theme_beside(&themes, site, &name, place, folders, &mut diagnostics)? {
                Some(theme) => theme,
                None => return Ok(ThemeSources { layers: Vec::new(), mistakes: diagnostics.into_iter().collect() }),
            }
        }
    };
    let layers = diagnostics.absorb(below(theme, site, folders)?);
    Ok(ThemeSources { layers, mistakes: diagnostics.into_iter().collect() })
}

/// Reads a theme; `None` if there is no such folder.
fn read_theme(
    folder: &Path,
    folders: &mut BTreeSet<PathBuf>,
    diagnostics: &mut Diagnostics,
) -> Result<Option<ThemeFiles>, ReadError> {
    folders.insert(folder.to_owned());
    let shown = shown(folder);
    match disk::read_theme(folder, &shown) {
        Ok(read) => Ok(Some(ThemeFiles { folder: shown, files: diagnostics.absorb(read) })),
        Err(error) if machine::has_failed(&error.source) => Err(error),
        Err(_) => Ok(None),
    }
}

/// The theme of a name in a folder of themes; reports if there is none, or if it is outside `within`.
fn theme_beside(
    themes: &Path,
    within: &Path,
    name: &PathPart,
    place: Place,
    folders: &mut BTreeSet<PathBuf>,
    diagnostics: &mut Diagnostics,
) -> Result<Option<ThemeFiles>, ReadError> {
    let folder = themes.join(name.as_str());
    let is_there = disk::open(&folder).is_ok();
    if is_there && !disk::is_inside(&folder, within) {
        diagnostics.push(catalog::link_outside(place));
        return Ok(None);
    }
    let theme = read_theme(&folder, folders, diagnostics)?;
    if theme.is_none() {
        diagnostics.push(catalog::theme_unknown(place, name.as_str(), &KnownNames::new(names_of_themes(themes))));
    }
    Ok(theme)
}

/// The names of themes that can be meant: the default theme and the folders of a folder of themes.
fn names_of_themes(themes: &Path) -> BTreeSet<String> {
    disk::folders_in(themes).into_iter().chain(["default".to_owned()]).collect()
}

/// A theme and what it extends, the lowest first: themes beside it, then those of the site.
fn below(
    theme: ThemeFiles,
    site: &Path,
    folders: &mut BTreeSet<PathBuf>,
) -> Result<(Vec<ThemeFiles>, Diagnostics), ReadError> {
    let mut diagnostics = Diagnostics::default();
    let mut layers = vec![theme];
    while let Some((top, name)) = layers.last().and_then(|top| Some((top, top.extends()?))) {
        if name.as_str() == "default" {
            break;
        }
        let place = top.extends_place();
        let beside = Path::new(&top.folder).parent().unwrap_or(Path::new("")).to_owned();
        let here = if beside.as_os_str().is_empty() { PathBuf::from(".") } else { beside };
        let (themes, within) = match disk::open(&here.join(name.as_str())) {
            Ok(_) => (here.clone(), here),
            Err(_) => (site.join("themes"), site.to_owned()),
        };
        if layers.iter().any(|layer| layer.name() == name.as_str()) {
            diagnostics.push(catalog::theme_unknown(place, name.as_str(), &KnownNames::new(names_of_themes(&themes))));
            break;
        }
        match theme_beside(&themes, &within, &name, place, folders, &mut diagnostics)? {
            Some(next) => layers.push(next),
            None => break,
        }
    }
    layers.reverse();
    Ok((layers, diagnostics))
}

/// A file of the content as it is named in messages.
pub(crate) fn shown_file(content: &Path, path: &ContentPath) -> String {
    shown(&content.join(path.as_str()))
}

/// A path as people write it, with the slashes that every system understands.
fn shown(path: &Path) -> String {
    // A backslash is part of a name on systems where it does not separate folders.
    let text = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}
