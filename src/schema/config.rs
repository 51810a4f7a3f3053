//! Reads the site's settings from `site.yaml`: [`load`].

use std::collections::BTreeMap;

use super::policies::{self, Policies, RulePolicies};
use super::reader::Reader;
use super::wording::{self, Question, Synonym};
use super::{Schema, TypeId, web};
use crate::diagnostic::{Diagnostics, Place, Span, catalog};
use crate::format::Date;
use crate::lang::PerLang;
use crate::path::{ContentPath, OutputPath, PathPart};
use crate::source::Sources;
use crate::source::asset::{self, AssetKinds};
use crate::yaml::{self, Node};

pub use crate::layout::SETTINGS as FILE;

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
    /// The kinds of file that are published beside the pages.
    pub assets: AssetKinds,
    /// The size in bytes above which a picture on a page is too heavy; 0 for no limit.
    pub heaviest_picture: u64,
    /// What to do about mistakes that a site may judge for itself.
    pub policies: Policies,
    /// What to do about single warnings.
    pub rules: RulePolicies,
    /// The files and folders that are kept in the output folder for others, relative to it, and where each is listed in
    /// the settings.
    pub keep: BTreeMap<OutputPath, Span>,
    /// Whether the words of confirmed pairs are kept beside the content folder, so that changes can be shown.
    pub keep_confirmed: bool,
    /// Whether pages are published as Markdown too, with a list of them for programs that read text.
    pub markdown_pages: bool,
    /// Words of each language that mean the same, for the search.
    pub synonyms: PerLang<Vec<Synonym>>,
    /// What the search must answer.
    pub questions: Vec<Question>,
    /// The day of the build, for due dates; it is given to a build and is in no file.
    pub as_of: Option<Date>,
}

impl Config {
    /// What is kept in the output, in order, without what is inside another kept folder.
    pub fn outermost_kept(&self) -> Vec<OutputPath> {
        let mut kept: Vec<OutputPath> = self.keep.keys().cloned().collect();
        kept.dedup_by(|inner, outer| inner.is_within(outer));
        kept
    }
}

/// What the settings can say.
pub(super) const KEYS: [&str; 11] = [
    "name",
    "description",
    "base_url",
    "theme",
    "menu",
    "feedback",
    "assets",
    "policies",
    "keep",
    "keep_confirmed",
    "markdown_pages",
];

/// How heavy a picture may be, in bytes, if the settings do not say: what a phone loads in a second or two.
const HEAVIEST_PICTURE: u64 = 500_000;

/// Where readers' reports go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Feedback {
    /// To an email address.
    Email(String),
    /// To a web address that receives a form.
    Endpoint(String),
}

/// The theme that the settings name, and where they do; a theme's files are read before the settings. A name that
/// cannot be a folder's is reported by [`load`] and ignored here.
pub fn theme_name(sources: &Sources) -> Option<(PathPart, Span)> {
    let file = ContentPath::new(FILE);
    let (node, _) = yaml::parse(&file, sources.text(&file)?, 0);
    let theme = node?.get("theme")?.clone();
    Some((PathPart::new(theme.scalar()?.trim()).ok()?, theme.span))
}

/// Reads the settings, as far as they go.
pub fn load(sources: &Sources, schema: &Schema) -> (Config, Diagnostics) {
    let file = ContentPath::new(FILE);
    let mut diagnostics = Diagnostics::default();
    let Some(text) = sources.text(&file) else {
        // That it cannot be read is reported for the file itself.
        if !sources.unreadable().contains(&file) {
            diagnostics.push(catalog::site_missing(Place::new(&file, Span::START)));
        }
        return (Config::default(), diagnostics);
    };
    let Some(node) = diagnostics.absorb(yaml::parse(&file, text, 0)) else {
        return (Config::default(), diagnostics);
    };
    let mut reader = Reader::new(&file);
    let mut config = config(&mut reader, &node, schema);
    diagnostics.extend(reader.diagnostics);
    config.synonyms = diagnostics.absorb(wording::synonyms(sources));
    config.questions = diagnostics.absorb(wording::questions(sources));
    (config, diagnostics)
}

fn config(reader: &mut Reader<'_>, node: &Node, schema: &Schema) -> Config {
    let entries = reader.mapping(node);
    reader.known_keys(entries, &KEYS);
    if let Some(theme) = node.get("theme") {
        // Only its form is checked: `theme_name` has read it already.
        let name = reader.text(theme).unwrap_or_default();
        if let Some(fault) = PathPart::new(&name).err().filter(|_| !name.is_empty()) {
            let place = reader.place(theme.span);
            reader.report(catalog::bad_theme_name(place, &name, fault));
        }
    }
    let (policies, rules) = node.get("policies").map(|node| policies::of_site(reader, node)).unwrap_or_default();
    Config {
        name: reader.required(node, "name").and_then(|node| reader.texts(node)).unwrap_or_default(),
        description: reader.required(node, "description").and_then(|node| reader.texts(node)).unwrap_or_default(),
        base_url: node.get("base_url").and_then(|node| {
            let written = reader.text(node)?;
            let url = web::base_url(&written);
            if url.is_none() {
                let place = reader.place(node.span);
                reader.report(catalog::bad_base_url(place, &written));
            }
            url
        }),
        menu: menu(reader, node, schema),
        feedback: node.get("feedback").and_then(|node| feedback(reader, node)),
        assets: node.get("assets").map(|node| assets(reader, node)).unwrap_or_default(),
        heaviest_picture: node
            .get("assets")
            .and_then(|node| heaviest_picture(reader, node))
            .unwrap_or(HEAVIEST_PICTURE),
        policies,
        rules,
        keep: node.get("keep").map(|node| keep(reader, node)).unwrap_or_default(),
        keep_confirmed: node.get("keep_confirmed").and_then(|node| reader.boolean(node)).unwrap_or(true),
        markdown_pages: node.get("markdown_pages").and_then(|node| reader.boolean(node)).unwrap_or(false),
        ..Config::default()
    }
}

fn menu(reader: &mut Reader<'_>, node: &Node, schema: &Schema) -> Vec<TypeId> {
    let Some(menu) = reader.required(node, "menu") else { return Vec::new() };
    let mut types = Vec::new();
    for item in menu.items() {
        let Some(written) = reader.text(item) else { continue };
        let several: Vec<&str> = written.split([',', ' ']).filter(|part| !part.is_empty()).collect();
        if several.len() > 1 {
            let place = reader.place(item.span);
            reader.report(catalog::list_without_brackets(place, &several));
            continue;
        }
        match schema.by_folder(&written) {
            Some(id) if !schema.get(id).is_free() => types.push(id),
            _ => {
                let place = reader.place(item.span);
                reader.report(catalog::unknown_section(place, &written, schema.section_folders()));
            }
        }
    }
    types
}

/// Names of what is in the output for others. A folder may be written with a slash at the end.
fn keep(reader: &mut Reader<'_>, node: &Node) -> BTreeMap<OutputPath, Span> {
    let mut kept = BTreeMap::new();
    for item in node.items() {
        let Some(written) = reader.text(item) else { continue };
        match OutputPath::new(written.strip_suffix('/').unwrap_or(&written)) {
            Ok(path) => {
                kept.insert(path, item.span);
            }
            Err(_) => {
                let place = reader.place(item.span);
                reader.report(catalog::bad_kept_path(place, &written));
            }
        }
    }
    kept
}

fn feedback(reader: &mut Reader<'_>, node: &Node) -> Option<Feedback> {
    let entries = reader.mapping(node);
    reader.known_keys(entries, &["email", "endpoint"]);
    node.mapping()?;
    match (node.get("email"), node.get("endpoint")) {
        (Some(node), None) => {
            let written = reader.text(node)?;
            let email = web::email(&written);
            if email.is_none() {
                let place = reader.place(node.span);
                reader.report(catalog::bad_feedback_email(place, &written));
            }
            email.map(Feedback::Email)
        }
        (None, Some(node)) => {
            let written = reader.text(node)?;
            let endpoint = web::endpoint(&written);
            if endpoint.is_none() {
                let place = reader.place(node.span);
                reader.report(catalog::bad_feedback_endpoint(place, &written));
            }
            endpoint.map(Feedback::Endpoint)
        }
        _ => {
            let place = reader.place(node.span);
            reader.report(catalog::feedback_one_way(place));
            None
        }
    }
}

/// The weight of a picture that readers need not wait for: `{picture_kilobytes: 500}`.
fn heaviest_picture(reader: &mut Reader<'_>, node: &Node) -> Option<u64> {
    let node = node.get("picture_kilobytes")?;
    let kilobytes = node.scalar().and_then(|written| written.parse::<u32>().ok());
    if kilobytes.is_none() {
        let place = reader.place(node.span);
        reader.report(catalog::expected_number(place));
    }
    kilobytes.map(|kilobytes| u64::from(kilobytes) * 1_000)
}

/// The kinds of file that a site allows besides the safe ones: `{allow: [{ending: ics, type: text/calendar, reason: …}]}`.
fn assets(reader: &mut Reader<'_>, node: &Node) -> AssetKinds {
    let mut kinds = AssetKinds::default();
    let entries = reader.mapping(node);
    reader.known_keys(entries, &["allow", "picture_kilobytes"]);
    for item in node.get("allow").map(Node::items).unwrap_or_default() {
        let entries = reader.mapping(item);
        reader.known_keys(entries, &["ending", "type", "reason"]);
        let reason = reader.required(item, "reason").and_then(|node| reader.text(node));
        let ending = reader.required(item, "ending").and_then(|node| {
            let written = reader.text(node)?;
            let ending = written.strip_prefix('.').unwrap_or(&written).to_lowercase();
            let sound = (1..=16).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
            let place = reader.place(node.span);
            if !sound {
                reader.report(catalog::bad_asset_ending(place, &written));
            } else if asset::is_run(&ending) {
                reader.report(catalog::asset_ending_forbidden(place, &ending));
            } else {
                return Some(ending);
            }
            None
        });
        let media_type = item.get("type").and_then(|node| {
            let written = reader.text(node)?.to_lowercase();
            let part = |part: &str| {
                !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.+".contains(&byte))
            };
            let sound = written.split_once('/').is_some_and(|(family, sub)| part(family) && part(sub));
            if sound && !asset::is_active_type(&written) {
                return Some(written);
            }
            let place = reader.place(node.span);
            reader.report(catalog::bad_media_type(place, &written));
            None
        });
        if let (Some(ending), Some(_)) = (ending, reason) {
            kinds.allow(ending, media_type);
        }
    }
    kinds
}
