//! The new site, made and checked until nothing prevents building it: [`moved`].

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::addresses::{self, Addresses};
use super::convert::{self, Draft};
use super::front::{self, Front};
use super::linking::new_file;
use super::marks::marked_words;
use super::note::Note;
use super::page::{self, OldPage};
use super::pairing::{self, Found};
use super::plan::{self, Plan};
use super::settings::{SiteNames, put};
use super::tool::Tool;
use super::{NewSite, OldSite, Sums, Wishes, docusaurus, report, settings};
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::lang::Lang;
use crate::layout;
use crate::parse;
use crate::path::ContentPath;
use crate::source::{Asset, Sources};
use crate::workspace::{Options, ThemeSources, Workspace};

/// What is known about the old site, and what was decided about the new one.
pub(super) struct Moving {
    pub pages: Vec<OldPage>,
    pub found: Vec<Found>,
    pub plan: Plan,
    pub drafts: Vec<Draft>,
    pub addresses: Addresses,
    pub tool: Tool,
    pub settings: Front,
    /// What the settings call the site.
    pub names: SiteNames,
    /// The name of the folder.
    pub name: String,
    /// The record, by page, that each page is a version of.
    pub record_of: BTreeMap<usize, usize>,
    /// Pages that are imported as plain words because their markup had a mistake; and which.
    pub taken: BTreeMap<usize, String>,
    /// Pages whose old addresses caused mistakes.
    without_aliases: BTreeSet<usize>,
    /// Records that are drafts, and why.
    held_back: BTreeMap<usize, String>,
    /// Files that are not published, because of a mistake in them.
    pub refused: BTreeSet<String>,
}

/// The result of one attempt.
#[derive(Default)]
pub(super) struct Made {
    pub texts: BTreeMap<ContentPath, String>,
    pub copies: BTreeMap<ContentPath, String>,
    /// What could not be imported from each page.
    pub notes: BTreeMap<usize, Vec<Note>>,
    /// The languages in which the site has no name of its own.
    pub unnamed: Vec<Lang>,
    /// The words of each page.
    bodies: BTreeMap<usize, String>,
}

/// After this many attempts, everything that has a mistake becomes a draft.
const ATTEMPTS: usize = 6;

/// Makes the new site.
pub(super) fn moved(old: &OldSite, wishes: &Wishes, types: &BTreeMap<String, String>) -> NewSite {
    let mut moving = Moving::read(old, wishes, types);
    let mut made = moving.make(types);
    for _ in 0..ATTEMPTS {
        let mistakes = mistakes(&made, old);
        if mistakes.is_empty() || !moving.give_way(&mistakes) {
            break;
        }
        made = moving.make(types);
    }
    for (side, notes) in &mut made.notes {
        notes.extend(convert::lost(&moving.drafts[*side], &made.bodies[side], notes).map(Note::Words));
    }
    let to_look_at = made.notes.values().filter(|notes| notes.iter().any(Note::needs_a_hand)).count();
    let pairs = moving.found.iter().filter(|found| found.sides.en.is_some() && found.sides.fr.is_some()).count();
    let sums = Sums { pages: moving.pages.len(), pairs, alone: moving.pages.len() - 2 * pairs, to_look_at };
    let report = report::report(&moving, &made, old, sums, wishes.lang);
    NewSite { texts: made.texts, copies: made.copies, report, sums }
}

/// What prevents building the new site.
fn mistakes(made: &Made, old: &OldSite) -> Vec<Diagnostic> {
    let mut sources = Sources::default();
    for (path, text) in &made.texts {
        sources.add_text(path.clone(), text.clone().into_bytes());
    }
    for (path, from) in &made.copies {
        sources.add_asset(path.clone(), Asset::unseen(1));
        if let Some(text) = old.texts.get(from) {
            sources.add_drawing(path.clone(), text.clone().into_bytes());
        }
    }
    let workspace = Workspace::open(Options::default(), sources, [], ThemeSources::default(), &mut |_| {});
    workspace.mistakes().iter().filter(|mistake| mistake.severity == Severity::Error).cloned().collect()
}

impl Moving {
    fn read(old: &OldSite, wishes: &Wishes, types: &BTreeMap<String, String>) -> Self {
        let paths = old.texts.keys().chain(&old.files).map(String::as_str);
        let tool = Tool::of(&paths);
        let settings = settings::of_old_site(&old.texts);
        let is_mdx = paths.clone().any(docusaurus::is_docusaurus);
        let is_page = |path: &&String| page::is_page(path) && !page::is_of_tool(path);
        let mut pages: Vec<(OldPage, bool)> = (old.texts.iter().filter(|(path, _)| is_page(path)))
            .map(|(path, text)| OldPage::read(path, text, &settings, is_mdx, &|path| old.texts.contains_key(path)))
            .collect();
        // If one version is in a folder of its own and the other at the top, hardly any page says which it is.
        let unmarked = |lang| pages.iter().filter(|(page, known)| !known && page.lang == lang).count();
        let (en, fr) = (unmarked(Lang::En), unmarked(Lang::Fr));
        let most = [(en, fr, Lang::En), (fr, en, Lang::Fr)].into_iter().find(|(most, few, _)| *most > 4 * few);
        for (page, known) in &mut pages {
            if let Some((_, _, lang)) = most.filter(|_| !*known) {
                page.lang = lang;
            }
            defaults(page, *known, &settings);
        }
        let mut pages: Vec<OldPage> = pages.into_iter().map(|(page, _)| page).collect();
        addresses::keep_own(&mut pages);
        let files: BTreeSet<String> =
            old.files.iter().chain(old.texts.keys().filter(|path| !page::is_page(path))).cloned().collect();
        let addresses = Addresses::new(&pages, &files, &settings, tool);
        let found = pairing::pair(&pages, wishes.pair.as_ref(), &addresses);
        let plan = plan::plan(&pages, &found, (tool, &settings), wishes, types);
        let naming = tool.naming(&settings);
        let lang = pages.first().map(|page| page.lang);
        let lang = lang.filter(|lang| pages.iter().all(|page| page.lang == *lang));
        let names = SiteNames::of(&settings, lang);
        let mut drafts: Vec<Draft> = pages.iter().map(|page| convert::draft(page, naming, &names)).collect();
        mark_titles(&mut pages, &mut drafts, &found, names.lang);
        let of = |(at, found): (usize, &Found)| {
            [found.sides.en, found.sides.fr].into_iter().flatten().map(move |side| (side, at)).collect::<Vec<_>>()
        };
        let record_of = found.iter().enumerate().flat_map(of).collect();
        let asked = wishes.kind.clone();
        let mut moving = Self {
            pages,
            found,
            plan,
            drafts,
            addresses,
            tool,
            settings,
            names,
            name: old.name.clone(),
            record_of,
            taken: BTreeMap::new(),
            without_aliases: BTreeSet::new(),
            held_back: BTreeMap::new(),
            refused: BTreeSet::new(),
        };
        if let Some(kind) = asked {
            moving.name_drafts(&kind, types);
        }
        moving
    }

    /// Records of a type that requires facts that no old page has are drafts from the beginning.
    fn name_drafts(&mut self, kind: &str, types: &BTreeMap<String, String>) {
        let declared = types.get(&format!("{kind}.yaml")).and_then(|text| front::settings("type.yaml", text));
        let fields = declared.as_ref().and_then(|declared| declared.get("fields")?.as_object());
        let required =
            fields.into_iter().flatten().filter(|(_, field)| field.get("required") == Some(&Value::Bool(true)));
        let required: Vec<&str> = required.map(|(name, _)| name.as_str()).collect();
        if !required.is_empty() {
            for at in 0..self.plan.pages.len() {
                if self.plan.pages[at].slugs.is_some() {
                    self.held_back.insert(at, required.join(", "));
                }
            }
        }
    }

    /// Imports what has a mistake in a simpler way. Returns whether anything was changed.
    fn give_way(&mut self, mistakes: &[Diagnostic]) -> bool {
        let mut changed = false;
        // One thing at a time: the other mistakes of a page may be gone with the first.
        let mut met = BTreeSet::new();
        for mistake in mistakes.iter().filter(|mistake| met.insert(mistake.place.file.as_str())) {
            let file = mistake.place.file.as_str();
            let why = format!("{}: {}", mistake.name, mistake.message.en);
            if let Some(from) = self.file_of(file) {
                changed |= self.refused.insert(from);
                continue;
            }
            let stem = file.strip_suffix(".yaml").map(|id| (id, None));
            let words =
                Lang::BOTH.into_iter().find_map(|lang| Some((file.strip_suffix(&format!(".{lang}.md"))?, Some(lang))));
            let Some((id, lang)) = words.or(stem) else { continue };
            let Some(at) = self.plan.pages.iter().position(|planned| planned.id == id) else { continue };
            let side = lang.and_then(|lang| *self.found[at].sides.get(lang));
            let is_address = ["alias", "address", "path"].iter().any(|word| mistake.name.contains(word));
            if let Some(side) = side {
                if is_address && self.without_aliases.insert(side) {
                    changed = true;
                    continue;
                }
                if let Entry::Vacant(free) = self.taken.entry(side) {
                    free.insert(why);
                    changed = true;
                    continue;
                }
            }
            changed |= self.held_back.insert(at, why).is_none();
        }
        changed
    }

    /// The old file of a file of the new site.
    fn file_of(&self, file: &str) -> Option<String> {
        file.strip_prefix("files/")?;
        let known = self.addresses.files().find(|from| new_file(from).as_str() == file)?;
        Some(known.to_owned())
    }

    fn make(&self, types: &BTreeMap<String, String>) -> Made {
        let mut made = Made::default();
        for (at, planned) in self.plan.pages.iter().enumerate() {
            for lang in Lang::BOTH {
                let Some(side) = *self.found[at].sides.get(lang) else { continue };
                let text = self.words(at, side, &mut made);
                made.texts.insert(parse::words_path(&planned.id, lang), text);
            }
            let facts = self.facts(at);
            if !facts.is_empty() && planned.slugs.is_some() {
                made.texts.insert(parse::facts_path(&planned.id), facts);
            }
        }
        self.settings_and_types(&mut made, types);
        made
    }

    /// One file of words.
    fn words(&self, at: usize, side: usize, made: &mut Made) -> String {
        let (page, draft) = (&self.pages[side], &self.drafts[side]);
        let mut copies = BTreeMap::new();
        let mut link = |written: &str, notes: &mut Vec<Note>| self.link(at, side, written, notes, &mut copies);
        let mut pictures = BTreeMap::new();
        let mut picture = |written: &str, notes: &mut Vec<Note>| self.picture(side, written, notes, &mut pictures);
        let taken = self.taken.get(&side);
        let (body, mut notes) = if taken.is_some() {
            (convert::plain(page, draft), Vec::new())
        } else {
            let written = convert::write(page, draft, &mut link, &mut picture);
            (written.text, written.notes)
        };
        copies.append(&mut pictures);
        if taken.is_none() {
            made.copies.extend(copies);
        }
        notes.extend(page.notes.iter().cloned());
        notes.extend(convert::fields_left(page));
        notes.extend(taken.map(|why| Note::Plain(why.clone())));
        notes.extend(self.held_back.get(&at).map(|why| Note::Draft(why.clone())));
        let mut front = String::new();
        put(&mut front, "title", draft.title.clone().into());
        put(&mut front, "summary", draft.summary.clone().into());
        let planned = &self.plan.pages[at];
        if let Some(slugs) = &planned.slugs {
            put(&mut front, "slug", slugs.get(page.lang).clone().into());
        }
        for (name, listed) in [("keywords", convert::keywords(page)), ("aliases", self.aliases(at, side, &mut notes))] {
            if !listed.is_empty() {
                put(&mut front, name, listed.into());
            }
        }
        notes.sort();
        notes.dedup();
        made.bodies.insert(side, body.clone());
        made.notes.insert(side, notes);
        if body.trim().is_empty() { format!("---\n{front}---\n") } else { format!("---\n{front}---\n\n{body}") }
    }

    /// The addresses that led to a page, except the one that it has now.
    fn aliases(&self, at: usize, side: usize, notes: &mut Vec<Note>) -> Vec<String> {
        let page = &self.pages[side];
        let all = self.tool.addresses(page, &self.settings);
        let own = self.address(at, page.lang);
        let mut aliases: Vec<String> = Vec::new();
        // The root of the old site is also the root of the new one.
        for written in all.into_iter().filter(|written| !written.trim_matches('/').is_empty()) {
            let alias = crate::site::addresses::alias(&written, Span::START);
            let Some(alias) = alias.filter(|_| !self.without_aliases.contains(&side)) else {
                notes.push(Note::Address(written));
                continue;
            };
            let alias = format!("/{alias}");
            if alias.trim_matches('/') != own.trim_matches('/')
                && !alias.trim_matches('/').is_empty()
                && !aliases.contains(&alias)
            {
                aliases.push(alias);
            }
        }
        aliases
    }

    fn address(&self, at: usize, lang: Lang) -> String {
        let planned = &self.plan.pages[at];
        let folder = planned.id.split('/').next().unwrap_or_default();
        let section = self.plan.sections.get(folder).map_or("", |section| section.slug.get(lang).as_str());
        let section = if folder == "pages" { "" } else { section };
        let slug = planned.slugs.as_ref().map_or("", |slugs| slugs.get(lang).as_str());
        [lang.code(), section, slug].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
    }

    pub(super) fn is_draft(&self, at: usize) -> bool {
        let sides = self.found[at].sides;
        let says = |name: &str, value: bool| {
            let mut sides = [sides.en, sides.fr].into_iter().flatten();
            sides.any(|side| self.pages[side].front.get(name).and_then(Value::as_bool) == Some(value))
        };
        self.held_back.contains_key(&at) || says("draft", true) || says("published", false)
    }

    fn facts(&self, at: usize) -> String {
        let sides = self.found[at].sides;
        let day = |names: &[&str]| {
            let sides = [sides.en, sides.fr].into_iter().flatten();
            sides
                .flat_map(|side| names.iter().filter_map(move |name| front::day(self.pages[side].front.get(*name)?)))
                .next()
        };
        let mut facts = String::new();
        if self.is_draft(at) {
            put(&mut facts, "state", "draft".into());
        }
        let in_name =
            || [sides.en, sides.fr].into_iter().flatten().find_map(|side| front::day_in(&self.pages[side].path));
        let days = [
            ("published_on", day(&convert::PUBLISHED).or_else(in_name)),
            ("modified_on", day(&convert::CHANGED)),
            ("expires_on", day(&convert::EXPIRES)),
        ];
        for (name, day) in days.into_iter().filter_map(|(name, day)| Some((name, day?))) {
            put(&mut facts, name, day.into());
        }
        facts
    }
}

/// Marks the titles that were made from the name of a file in the other language: files are named in the main language
/// of a site, unless each version has a name of its own.
fn mark_titles(pages: &mut [OldPage], drafts: &mut [Draft], found: &[Found], main: Lang) {
    for found in found {
        for lang in Lang::BOTH.into_iter().filter(|lang| *lang != main) {
            let Some(side) = *found.sides.get(lang) else { continue };
            let name = |side: usize| pages[side].neutral.rsplit('/').next().unwrap_or_default().to_lowercase();
            let has_own = found.sides.get(main).is_some_and(|other| name(other) != name(side));
            if let Some(file) = drafts[side].file.clone().filter(|_| !has_own) {
                drafts[side].title = marked_words(lang, &file);
                pages[side].notes.push(Note::Title(file));
            }
        }
    }
}

/// Adds what the settings of Jekyll say about all pages of a folder; a page that is known to be in a language stays in
/// it.
fn defaults(page: &mut OldPage, known: bool, settings: &Front) {
    for entry in settings.get("defaults").and_then(Value::as_array).into_iter().flatten() {
        let scope =
            entry.get("scope").and_then(|scope| scope.get("path")?.as_str()).unwrap_or_default().trim_matches('/');
        let inside = scope.is_empty()
            || page.path.strip_prefix(scope).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        for (name, value) in entry.get("values").and_then(Value::as_object).into_iter().flatten().filter(|_| inside) {
            if name == "lang"
                && !known
                && let Some(lang) = value.as_str().and_then(layout::language)
            {
                page.lang = lang;
            }
            page.front.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }
}
