//! A theme's templates, words, style and files: [`Theme`]. Owns `tera`.
//!
//! A site's own theme is a layer over the one it extends, and so on down to the default one: its templates, strings and
//! files replace those of the same name, and what it does not have comes from below. `{% extends "default/record.html"
//! %}` reaches the one it replaces.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use include_dir::{Dir, include_dir};
use serde::{Deserialize, Serialize};
use tera::{Context, ErrorKind, Kwargs, State, Tera};

use super::blocked;
use super::contrast::Pairing;
use super::theme_files::{STYLESHEET, files};
use super::view::{CONTRACT, PageView};
use crate::diagnostic::{Diagnostic, Diagnostics, KnownNames, Place, Span, catalog};
use crate::format;
use crate::lang::{Lang, PerLang};
use crate::path::{ContentPath, PathPart, UrlPath};
use crate::yaml;

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The templates that pages are rendered with.
const TEMPLATES: [&str; 13] = [
    "changes.html",
    "choice.html",
    "data.html",
    "document.html",
    "facet.html",
    "home.html",
    "index.html",
    "list.html",
    "not-found.html",
    "notice.html",
    "record.html",
    "redirect.html",
    "search.html",
];

/// The files of a theme, as they are on the disk or in the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeFiles {
    /// The theme's folder, as a writer would name it; messages show it before the file's path.
    pub folder: String,
    /// The files by their path in the theme.
    pub files: BTreeMap<ContentPath, Vec<u8>>,
}

impl ThemeFiles {
    /// The default theme, which is part of the program.
    pub fn default_theme() -> Self {
        let mut files = BTreeMap::new();
        let mut folders = vec![&DEFAULT];
        while let Some(folder) = folders.pop() {
            folders.extend(folder.dirs());
            for file in folder.files() {
                let parts: Vec<_> = file.path().components().map(|part| part.as_os_str().to_string_lossy()).collect();
                files.insert(ContentPath::new(parts.join("/")), file.contents().to_vec());
            }
        }
        Self { folder: "themes/default".to_owned(), files }
    }

    /// The theme's name: that of its folder.
    pub fn name(&self) -> &str {
        self.folder.rsplit('/').next().unwrap_or(&self.folder)
    }

    /// The theme that this one extends, if any; what cannot be a folder's name is reported when the theme is loaded.
    pub fn extends(&self) -> Option<PathPart> {
        PathPart::new(&manifest(self).0?.extends?).ok()
    }

    /// A place in the file that names what the theme extends.
    pub fn manifest_place(&self) -> Place {
        self.place("theme.yaml", Span::START)
    }

    /// Where it is written which theme this one extends.
    pub fn extends_place(&self) -> Place {
        self.place_of("theme.yaml", "extends", |entry| entry.value.span)
    }

    /// Where a key or its value is in one of its YAML files; the beginning of the file if it is not found.
    fn place_of(&self, path: &str, key: &str, span: impl FnOnce(&yaml::Entry) -> Span) -> Place {
        let place = self.place(path, Span::START);
        let text = self.files.get(&ContentPath::new(path)).map(|bytes| String::from_utf8_lossy(bytes));
        let node = text.and_then(|text| yaml::parse(&place.file, &text, 0).0);
        let entries = node.as_ref().and_then(yaml::Node::mapping).unwrap_or_default();
        Place { span: entries.iter().find(|entry| entry.key == key).map_or(Span::START, span), ..place }
    }

    /// A place in one of its files.
    pub(super) fn place(&self, path: &str, span: Span) -> Place {
        Place::new(&ContentPath::new(format!("{}/{path}", self.folder)), span)
    }

    /// Whether one of its templates uses the words of a key.
    fn says(&self, key: &str) -> bool {
        let mention = format!("strings.{key}");
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        self.below("templates").any(|(_, bytes)| {
            let text = String::from_utf8_lossy(bytes);
            text.match_indices(&mention).any(|(at, _)| ends(&text[at + mention.len()..]))
        })
    }

    /// The files below one of its folders, by their names in it.
    pub(super) fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        let strip = move |path: &'a ContentPath| path.as_str().strip_prefix(folder)?.strip_prefix('/');
        self.files.iter().filter_map(move |(path, bytes)| Some((strip(path)?, bytes.as_slice())))
    }
}

/// What `theme.yaml` says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    #[expect(dead_code, reason = "the name is for those who read the file")]
    name: String,
    contract: u32,
    #[serde(default)]
    extends: Option<String>,
    /// Which of its colours are used on which.
    #[serde(default)]
    contrast: Vec<Pairing>,
}

/// A theme's words in one language, by key.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Strings(BTreeMap<String, String>);

impl Strings {
    /// The words of a key; the key itself if the theme lacks them, which loading has reported.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.get(key).map_or(key, String::as_str)
    }

    /// The words of a key with every `{name}` in them filled in.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let words = self.get(key).to_owned();
        values.iter().fold(words, |words, (name, value)| words.replace(&format!("{{{name}}}"), value))
    }
}

/// A theme, ready to render.
pub struct Theme {
    tera: PerLang<Tera>,
    strings: PerLang<Strings>,
    stylesheet: UrlPath,
    files: BTreeMap<UrlPath, Vec<u8>>,
    /// The file of a theme that each of them comes from; those that are made from several have none.
    origins: BTreeMap<UrlPath, ContentPath>,
    examples: BTreeMap<String, Vec<u8>>,
    folder: String,
}

impl Theme {
    /// Puts a theme together from its layers: the themes that a site's own one extends, the lowest first, and that one
    /// last. The default theme is part of the program and is not among them.
    pub fn load(own: Vec<ThemeFiles>) -> (Option<Arc<Self>>, Diagnostics) {
        if own.is_empty() {
            static DEFAULT_THEME: LazyLock<(Option<Arc<Theme>>, Diagnostics)> =
                LazyLock::new(|| Theme::layered(Vec::new()));
            return DEFAULT_THEME.clone();
        }
        Self::layered(own)
    }

    fn layered(own: Vec<ThemeFiles>) -> (Option<Arc<Self>>, Diagnostics) {
        let mut diagnostics = Diagnostics::default();
        let mut manifests: Vec<_> = own.iter().map(|theme| diagnostics.absorb(manifest(theme))).collect();
        let stands_alone =
            manifests.first().is_some_and(|lowest| lowest.as_ref().is_some_and(|own| own.extends.is_none()));
        let mut layers = own;
        if !stands_alone {
            let default = ThemeFiles::default_theme();
            manifests.insert(0, diagnostics.absorb(manifest(&default)));
            layers.insert(0, default);
        }
        let pairings: Vec<Vec<Pairing>> =
            manifests.into_iter().map(|manifest| manifest.map(|own| own.contrast).unwrap_or_default()).collect();
        let strings = diagnostics.absorb(strings(&layers));
        let (files, assets, origins) = diagnostics.absorb(files(&layers, &pairings));
        let stylesheet = assets.get(STYLESHEET).cloned().unwrap_or_default();
        let tera = diagnostics.absorb(templates(&layers, &strings, assets));
        let mut examples = BTreeMap::new();
        for layer in &layers {
            let own = layer
                .below("templates/components")
                .filter_map(|(path, bytes)| Some((path.strip_suffix("/examples.yaml")?.to_owned(), bytes.to_vec())));
            examples.extend(own);
        }
        let folder = layers.last().map(|layer| layer.folder.clone()).unwrap_or_default();
        let theme = tera.map(|tera| Self { tera, strings, stylesheet, files, origins, examples, folder });
        (theme.map(Arc::new), diagnostics)
    }

    /// The examples of each component, by its folder.
    pub(super) fn examples(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.examples
    }

    /// Renders a component by itself.
    pub(super) fn component(
        &self,
        lang: Lang,
        name: &str,
        args: &serde_json::Value,
        page: &PageView,
        body: Option<&str>,
    ) -> Result<String, Box<Diagnostic>> {
        let mistake = |error: &tera::Error| Box::new(self.mistake(&format!("components/{name}"), error));
        let args = match args {
            serde_json::Value::Null => Context::new(),
            args => Context::from_serialize(args).map_err(|error| mistake(&error))?,
        };
        let mut implicits = Context::new();
        implicits.insert("strings", self.strings(lang));
        implicits.insert("page", page);
        let tera = self.tera.get(lang);
        tera.render_component_with_implicits(name, &args, &implicits, body, true).map_err(|error| mistake(&error))
    }

    /// Reports examples that cannot be read.
    pub(super) fn example_mistake(&self, component: &str, reason: &str) -> Diagnostic {
        let path = format!("{}/templates/components/{component}/examples.yaml", self.folder);
        catalog::theme_unreadable(Place::new(&ContentPath::new(path), Span::START), reason)
    }

    /// The theme's words in a language.
    pub fn strings(&self, lang: Lang) -> &Strings {
        self.strings.get(lang)
    }

    /// The address of the style sheet.
    pub fn stylesheet(&self) -> &UrlPath {
        &self.stylesheet
    }

    /// The files to be written beside the pages.
    pub fn files(&self) -> &BTreeMap<UrlPath, Vec<u8>> {
        &self.files
    }

    /// The file of a theme that one of them comes from; the style sheet is made from several.
    pub fn origin(&self, url: &UrlPath) -> Option<&ContentPath> {
        self.origins.get(url)
    }

    /// Renders a view with a template.
    pub(super) fn render(&self, lang: Lang, template: &str, view: &impl Serialize) -> Result<String, Box<Diagnostic>> {
        let context = Context::from_serialize(view).map_err(|error| Box::new(self.mistake(template, &error)))?;
        self.tera.get(lang).render(template, &context).map_err(|error| Box::new(self.mistake(template, &error)))
    }

    fn mistake(&self, template: &str, error: &tera::Error) -> Diagnostic {
        template_mistake(&self.folder, template, error)
    }
}

fn manifest(theme: &ThemeFiles) -> (Option<Manifest>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let place = theme.place("theme.yaml", Span::START);
    let bytes = theme.files.get(&ContentPath::new("theme.yaml")).map(Vec::as_slice).unwrap_or_default();
    let manifest = serde_yaml::from_slice::<Manifest>(bytes);
    let extended = manifest.as_ref().ok().and_then(|manifest| manifest.extends.as_deref());
    if let Some((name, Err(fault))) = extended.map(|name| (name, PathPart::new(name))) {
        diagnostics.push(catalog::bad_theme_name(place.clone(), name, fault));
    }
    let manifest = match manifest {
        Ok(manifest) if manifest.contract != CONTRACT => {
            diagnostics.push(catalog::theme_contract(place, manifest.contract, CONTRACT));
            Some(manifest)
        }
        Ok(manifest) => Some(manifest),
        Err(error) => {
            let at = error.location().map_or(0, |location| location.index());
            let place = theme.place("theme.yaml", Span::new(at..at));
            diagnostics.push(catalog::theme_unreadable(place, &error.to_string()));
            None
        }
    };
    (manifest, diagnostics)
}

/// The words of all layers. Every key has both languages.
fn strings(layers: &[ThemeFiles]) -> (PerLang<Strings>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let mut all = PerLang::<Strings>::default();
    for (at, layer) in layers.iter().enumerate() {
        let read = PerLang::from_fn(|lang| {
            let path = format!("strings/{lang}.yaml");
            let Some(bytes) = layer.files.get(&ContentPath::new(path.as_str())) else { return Strings::default() };
            serde_yaml::from_slice(bytes).unwrap_or_else(|error| {
                let at = error.location().map_or(0, |location| location.index());
                let place = layer.place(&path, Span::new(at..at));
                diagnostics.push(catalog::theme_unreadable(place, &error.to_string()));
                Strings::default()
            })
        });
        for lang in Lang::BOTH {
            let known = KnownNames::new(all.get(lang).0.keys().map(String::as_str));
            for key in read.get(lang).0.keys() {
                let place = || layer.place(&format!("strings/{}.yaml", lang.other()), Span::START);
                if at == 0 && !read.get(lang.other()).0.contains_key(key) {
                    diagnostics.push(catalog::theme_string_missing(place(), key, lang.other()));
                }
                let is_new = at > 0 && !all.get(lang).0.contains_key(key);
                // Its own new words are for its own templates, and for those of themes that extend it.
                let is_used = is_new && layers[at..].iter().any(|layer| layer.says(key));
                if is_used && !read.get(lang.other()).0.contains_key(key) {
                    diagnostics.push(catalog::theme_string_missing(place(), key, lang.other()));
                }
                if is_new && !is_used {
                    let place = layer.place_of(&format!("strings/{lang}.yaml"), key, |entry| entry.key_span);
                    diagnostics.push(catalog::theme_string_unknown(place, key, &known));
                }
            }
        }
        all.en.0.extend(read.en.0);
        all.fr.0.extend(read.fr.0);
    }
    (all, diagnostics)
}

/// The templates of all layers, once for each language, with that language's words.
fn templates(
    layers: &[ThemeFiles],
    strings: &PerLang<Strings>,
    assets: BTreeMap<String, UrlPath>,
) -> (Option<PerLang<Tera>>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let mut sources = Vec::new();
    for (at, layer) in layers.iter().enumerate() {
        let place = |name: &str, span| layer.place(&format!("templates/{name}"), span);
        let prefix = if at + 1 < layers.len() { format!("{}/", layer.name()) } else { String::new() };
        for (name, bytes) in layer.below("templates").filter(|(name, _)| name.ends_with(".html")) {
            match std::str::from_utf8(bytes) {
                Ok(text) => {
                    let blocked = blocked::look(text).into_iter();
                    diagnostics
                        .extend(blocked.map(|(what, at)| catalog::theme_blocked(place(name, Span::new(at)), what)));
                    sources.push((format!("{prefix}{name}"), text));
                }
                Err(_) => diagnostics.push(catalog::not_utf8(place(name, Span::START), None)),
            }
        }
    }
    let folder = layers.last().map(|layer| layer.folder.clone()).unwrap_or_default();
    let mut tera = Tera::new();
    tera.register_function("asset", asset_function(assets));
    tera.register_filter("number", number_filter);
    // The templates of lower layers keep their names with a folder; names without one fall back to them.
    let below = layers.iter().rev().skip(1).map(|layer| format!("{}/", layer.name()));
    let loaded = tera.set_fallback_prefixes(below.collect::<Vec<_>>()).and_then(|()| tera.add_raw_templates(sources));
    for (at, layer) in layers.iter().enumerate().skip(1) {
        diagnostics.extend(unused_templates(layer, &layers[..at], &layers[at..]));
    }
    if let Err(error) = loaded {
        let mistake = template_mistake(&folder, "", &error);
        let named = layers.iter().rev().find_map(|layer| mention(layer, &error.to_string()));
        diagnostics.push(match named {
            Some(place) if mistake.place.span == Span::START => Diagnostic { place, ..mistake },
            _ => mistake,
        });
        return (None, diagnostics);
    }
    for name in TEMPLATES.into_iter().filter(|name| !tera.contains_template(name)) {
        let place = Place::new(&ContentPath::new(format!("{folder}/templates")), Span::START);
        diagnostics.push(catalog::theme_template_missing(place, name));
    }
    let tera = PerLang::from_fn(|lang| {
        let mut tera = tera.clone();
        tera.global_context().insert("strings", strings.get(lang));
        tera
    });
    (Some(tera), diagnostics)
}

/// Reports templates of a layer that neither replace another one nor are included by one: their names are wrong.
fn unused_templates(layer: &ThemeFiles, below: &[ThemeFiles], above: &[ThemeFiles]) -> Vec<Diagnostic> {
    let names = |layer: &'_ ThemeFiles| -> Vec<String> {
        let files = layer.below("templates").map(|(name, _)| name.to_owned());
        files.filter(|name| name.ends_with(".html") && !name.starts_with("components/")).collect()
    };
    let known = KnownNames::new(TEMPLATES.map(str::to_owned).into_iter().chain(below.iter().flat_map(names)));
    let is_taken_in = |name: &str| {
        let mentions = [format!("\"{name}\""), format!("'{name}'")];
        above.iter().flat_map(|layer| layer.below("templates")).any(|(_, bytes)| {
            let text = String::from_utf8_lossy(bytes);
            mentions.iter().any(|mention| text.contains(mention))
        })
    };
    let unused = names(layer).into_iter().filter(|name| !known.contains(name) && !is_taken_in(name));
    let place = |name: &str| layer.place(&format!("templates/{name}"), Span::START);
    unused.map(|name| catalog::theme_template_unknown(place(&name), &name, &known)).collect()
}

/// Where a template of a layer mentions the name in a message of Tera that has no place.
fn mention(layer: &ThemeFiles, message: &str) -> Option<Place> {
    let name = message.split(['`', '\'']).nth(1).filter(|name| !name.is_empty())?;
    let name = message.split("from '").nth(1).and_then(|rest| rest.split('\'').next()).unwrap_or(name);
    layer.below("templates").find_map(|(file, bytes)| {
        let at = std::str::from_utf8(bytes).ok()?.find(name)?;
        Some(layer.place(&format!("templates/{file}"), Span::new(at..at + name.len())))
    })
}

/// `asset(name="favicon.svg", root=page.root)`: the address of one of the theme's files.
fn asset_function(
    assets: BTreeMap<String, UrlPath>,
) -> impl Fn(Kwargs, &State) -> tera::TeraResult<String> + Sync + Send + 'static {
    move |kwargs, _| {
        let name: &str = kwargs.must_get("name")?;
        let root: &str = kwargs.must_get("root")?;
        match assets.get(name) {
            Some(url) => Ok(format!("{root}{url}")),
            None => Err(tera::Error::message(format!("the theme has no file static/{name}"))),
        }
    }
}

/// `{{ total | number(lang=page.lang) }}`: a whole number as a language writes it.
#[expect(clippy::needless_pass_by_value, reason = "the form of a filter is Tera's")]
fn number_filter(number: u64, kwargs: Kwargs, _: &State) -> tera::TeraResult<String> {
    let code: &str = kwargs.must_get("lang")?;
    let lang = code.parse::<Lang>().map_err(|error| tera::Error::message(error.to_string()))?;
    Ok(format::Number::from(number).write(lang))
}

fn template_mistake(folder: &str, template: &str, error: &tera::Error) -> Diagnostic {
    let (file, span, reason) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (report.filename().to_owned(), Span::new(report.span().range.clone()), report.message().to_owned())
        }
        _ => (template.to_owned(), Span::START, error.to_string()),
    };
    let (folder, file) = match file.strip_prefix("default/") {
        Some(file) => ("themes/default", file),
        None => (folder, file.as_str()),
    };
    let reason = reason.lines().next().unwrap_or_default();
    catalog::theme_template(Place::new(&ContentPath::new(format!("{folder}/templates/{file}")), span), reason)
}
