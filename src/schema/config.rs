//! Reads the site's settings from `site.yaml`: [`load`].

use super::policies::{self, Policies};
use super::reader::Reader;
use super::{Schema, TypeId};
use crate::diagnostic::{Diagnostics, Place, Span, catalog};
use crate::format::Date;
use crate::lang::PerLang;
use crate::path::ContentPath;
use crate::source::Sources;
use crate::yaml::{self, Node};

/// The file of settings.
pub const FILE: &str = "site.yaml";

/// The settings of a site.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The site's name.
    pub name: PerLang<String>,
    /// What the site is, in a sentence or two.
    pub description: PerLang<String>,
    /// The absolute address of the site's root, with a last slash.
    pub base_url: Option<String>,
    /// The sections of the menu.
    pub menu: Vec<TypeId>,
    /// Where readers' reports go.
    pub feedback: Option<Feedback>,
    /// What to do about mistakes that a site may judge for itself.
    pub policies: Policies,
    /// The day of the build, for what falls due; a build is told of it, no file says it.
    pub as_of: Option<Date>,
}

/// Where readers' reports go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Feedback {
    /// To an e-mail address.
    Email(String),
    /// To a web address that takes a form.
    Endpoint(String),
}

/// The theme that the settings name, and where they do; a theme's files are read before the settings are.
pub fn theme_name(sources: &Sources) -> Option<(String, Span)> {
    let file = ContentPath::new(FILE);
    let (node, _) = yaml::parse(&file, sources.text(&file)?, 0);
    let theme = node?.get("theme")?.clone();
    Some((theme.scalar()?.trim().to_owned(), theme.span))
}

/// Reads the settings, as far as they go.
pub fn load(sources: &Sources, schema: &Schema) -> (Config, Diagnostics) {
    let file = ContentPath::new(FILE);
    let mut diagnostics = Diagnostics::default();
    let Some(text) = sources.text(&file) else {
        diagnostics.push(catalog::site_missing(Place::new(&file, Span::START)));
        return (Config::default(), diagnostics);
    };
    let Some(node) = diagnostics.absorb(yaml::parse(&file, text, 0)) else {
        return (Config::default(), diagnostics);
    };
    let mut reader = Reader::new(&file);
    let config = config(&mut reader, &node, schema);
    diagnostics.extend(reader.diagnostics);
    (config, diagnostics)
}

fn config(reader: &mut Reader<'_>, node: &Node, schema: &Schema) -> Config {
    let entries = reader.mapping(node);
    reader.known_keys(entries, &["name", "description", "base_url", "theme", "menu", "feedback", "policies"]);
    if let Some(theme) = node.get("theme") {
        // Only its form: `theme_name` has read it already.
        reader.text(theme);
    }
    Config {
        name: reader.required(node, "name").and_then(|node| reader.texts(node)).unwrap_or_default(),
        description: reader.required(node, "description").and_then(|node| reader.texts(node)).unwrap_or_default(),
        base_url: node.get("base_url").and_then(|node| {
            let written = reader.text(node)?;
            let url = base_url(&written);
            if url.is_none() {
                let place = reader.place(node.span);
                reader.tell(catalog::bad_base_url(place, &written));
            }
            url
        }),
        menu: menu(reader, node, schema),
        feedback: node.get("feedback").and_then(|node| feedback(reader, node)),
        policies: node.get("policies").map_or_else(Policies::default, |node| policies::of_site(reader, node)),
        as_of: None,
    }
}

/// An absolute web address with a last slash; `None` where it is none.
pub fn base_url(written: &str) -> Option<String> {
    let rest = written.strip_prefix("https://").or_else(|| written.strip_prefix("http://"))?;
    let sound = !rest.is_empty() && !rest.starts_with('/') && !rest.contains(['?', '#', ' ', '"', '<', '>']);
    sound.then(|| if written.ends_with('/') { written.to_owned() } else { format!("{written}/") })
}

fn menu(reader: &mut Reader<'_>, node: &Node, schema: &Schema) -> Vec<TypeId> {
    let Some(menu) = reader.required(node, "menu") else { return Vec::new() };
    let mut types = Vec::new();
    for item in menu.items() {
        let Some(written) = reader.text(item) else { continue };
        match schema.by_folder(&written) {
            Some(id) if !schema.get(id).is_free() => types.push(id),
            _ => {
                let place = reader.place(item.span);
                reader.tell(catalog::unknown_section(place, &written, schema.section_folders()));
            }
        }
    }
    types
}

fn feedback(reader: &mut Reader<'_>, node: &Node) -> Option<Feedback> {
    let entries = reader.mapping(node);
    reader.known_keys(entries, &["email", "endpoint"]);
    match (node.get("email"), node.get("endpoint")) {
        (Some(email), None) => reader.text(email).map(Feedback::Email),
        (None, Some(endpoint)) => reader.text(endpoint).map(Feedback::Endpoint),
        _ => {
            let place = reader.place(node.span);
            reader.tell(catalog::feedback_one_way(place));
            None
        }
    }
}
