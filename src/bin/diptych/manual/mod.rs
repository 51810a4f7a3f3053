//! The manual: a site in both languages that Diptych builds about itself, for browsers (`/_diptych/help/`) and for
//! terminals (`diptych help NAME`).
//!
//! What people write is in `content/`, an ordinary content folder. What the program knows about itself is added when
//! the manual is opened, so that it is written once: commands from the command line ([`commands`]), settings and fields
//! from what editors are given ([`settings`]), mistakes from the tests that provoke and correct them ([`mistakes`]).
//! Opening takes a fraction of a second, and happens when somebody asks.

use diptych::diagnostic::KnownNames;
use diptych::document::BlockKind;
use diptych::lang::Lang;
use diptych::path::ContentPath;
use diptych::site::{Record, RecordId, Site};
use diptych::source::Sources;
use diptych::workspace::{Options, Ready, ThemeSources, Workspace};
use include_dir::{Dir, include_dir};

use crate::args::Help;
use crate::language::pick;
use crate::{Outcome, console, help};

mod commands;
mod mistakes;
mod page;
mod settings;
mod text;

use page::Page;

/// What is written by hand.
static CONTENT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/bin/diptych/manual/content");

/// The manual as a site.
pub(crate) struct Manual {
    workspace: Workspace,
}

/// A place in the manual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    record: RecordId,
    /// The heading, if a page is about several things.
    heading: Option<String>,
}

impl Manual {
    pub(crate) fn open() -> Self {
        let (sources, mistakes) = Sources::from_files(files());
        let workspace = Workspace::open(Options::default(), sources, mistakes, ThemeSources::default(), &mut |_| ());
        Self { workspace }
    }

    /// The site that the manual is; a test holds that it has no mistakes.
    pub(crate) fn ready(&self) -> Option<Ready> {
        self.workspace.as_far_as_it_goes()
    }

    /// The places that a name means: a command, a setting, a field, a kind of field, a mistake, a guide.
    pub(crate) fn find(&self, name: &str) -> Vec<Entry> {
        let asked = plain(name);
        let Some(site) = self.workspace.site() else { return Vec::new() };
        let own = site.ids().filter(|id| is_called(site.record(*id), &asked));
        let own: Vec<Entry> = own.map(|record| Entry { record, heading: None }).collect();
        if !own.is_empty() {
            return own;
        }
        Self::headings(site).filter(|(heading, _)| *heading == asked).map(|(_, entry)| entry).collect()
    }

    /// The rules of a family of mistakes, which share one page: its headings are their names.
    fn headings(site: &Site) -> impl Iterator<Item = (String, Entry)> {
        let families = site.ids().filter(|id| site.record(*id).id.starts_with("mistakes/"));
        families.flat_map(move |record| {
            let id = &site.record(record).id;
            let file = ContentPath::new(format!("{id}.en.md"));
            let family = format!("{}-", name_of(site.record(record)));
            let headings = site.words(&file, Lang::En).blocks.into_iter().filter_map(move |block| match block.kind {
                BlockKind::Heading { id, .. } if id.starts_with(&family) => Some(id),
                _ => None,
            });
            headings.map(move |id| (id.clone(), Entry { record, heading: Some(id) }))
        })
    }

    /// The name that was probably meant.
    fn meant(&self, name: &str) -> Option<String> {
        let site = self.workspace.site()?;
        let own = site.ids().flat_map(|id| names_of(site.record(id)));
        let known = KnownNames::new(own.chain(Self::headings(site).map(|(heading, _)| heading)));
        known.nearest(&plain(name)).map(str::to_owned)
    }

    /// The address of a place in a language, from the root of the manual.
    pub(crate) fn address(&self, entry: &Entry, lang: Lang) -> Option<String> {
        let url = self.workspace.site()?.record(entry.record).side(lang)?.url.as_str().to_owned();
        Some(entry.heading.iter().fold(url, |url, heading| format!("{url}#{heading}")))
    }

    /// A place as a text for a terminal.
    fn text(&self, entry: &Entry, lang: Lang, colour: bool) -> Option<String> {
        text::of(self.workspace.site()?, entry.record, entry.heading.as_deref(), lang, colour)
    }
}

/// The normal form of a name that is asked for, however it was written.
fn plain(name: &str) -> String {
    let name = name.trim().trim_end_matches(':').to_lowercase().replace(['_', ' '], "-");
    name.strip_prefix("diptych-").map_or(name.clone(), str::to_owned)
}

/// Whether a name means a page.
fn is_called(record: &Record, asked: &str) -> bool {
    names_of(record).any(|name| plain(&name) == asked)
}

/// The names of a page: its own, those of settings inside it, and that of a guide in its address.
fn names_of(record: &Record) -> impl Iterator<Item = String> {
    let folder = record.id.split('/').next().unwrap_or_default();
    let sides = Lang::BOTH.into_iter().filter_map(move |lang| record.side(lang));
    let inner = sides.clone().filter(move |_| folder == settings::FOLDER).flat_map(|side| side.keywords.clone());
    let guides = sides.filter(move |_| folder == "guides").filter_map(|side| side.url.as_str().split('/').nth_back(1));
    [name_of(record).to_owned()].into_iter().chain(inner).chain(guides.map(str::to_owned))
}

/// A page's own name: the last part of its id, for a setting without where it is written.
fn name_of(record: &Record) -> &str {
    let (folder, name) = record.id.split_once('/').unwrap_or_default();
    match name.split_once('-') {
        Some((_, name)) if folder == settings::FOLDER => name,
        _ => name,
    }
}

/// The files of the manual: what is written by hand, with what the program adds.
fn files() -> Vec<(ContentPath, Vec<u8>)> {
    let mut files = page::read(&CONTENT);
    for page in commands::pages().into_iter().chain(settings::pages()).chain(mistakes::pages()) {
        let Page { id, facts, .. } = &page;
        if let Some(facts) = facts {
            files.insert(format!("{id}.yaml"), facts.clone());
        }
        for lang in Lang::BOTH {
            let path = format!("{id}.{lang}.md");
            let written = files.remove(&path).unwrap_or_default();
            files.insert(path, page.words(lang, &written));
        }
    }
    files.into_iter().map(|(path, text)| (ContentPath::new(path), text.into_bytes())).collect()
}

/// `diptych help`: the overview of the commands, or what the manual says about names.
pub(crate) fn explain(args: &Help, lang: Lang) -> anyhow::Result<Outcome> {
    let colour = console::out_takes_colours();
    if args.names.is_empty() {
        console::out(&help::overview(lang, colour), colour)?;
        return Ok(Outcome::Clean);
    }
    let manual = Manual::open();
    let mut reported = String::new();
    for name in &args.names {
        let entries = manual.find(name);
        if entries.is_empty() {
            anyhow::bail!(unknown(name, manual.meant(name).as_deref(), lang));
        }
        for text in entries.iter().filter_map(|entry| manual.text(entry, lang, colour)) {
            if !reported.is_empty() {
                reported.push('\n');
            }
            reported.push_str(&text);
        }
    }
    console::out(&reported, colour)?;
    Ok(Outcome::Clean)
}

/// Refuses names that are not in the manual, with the name that was probably meant.
pub(crate) fn are_known(names: &[String], lang: Lang) -> anyhow::Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    let manual = Manual::open();
    match names.iter().find(|name| manual.find(name).is_empty()) {
        Some(name) => anyhow::bail!(unknown(name, manual.meant(name).as_deref(), lang)),
        None => Ok(()),
    }
}

fn unknown(name: &str, meant: Option<&str>, lang: Lang) -> String {
    let (en, fr) = match meant {
        Some(meant) => (format!("did you mean “{meant}”?"), format!("vouliez-vous dire « {meant} »?")),
        None => (
            "name a command, a setting, a field or a mistake, such as unknown-reference".to_owned(),
            "nommez une commande, un réglage, un champ ou une erreur, par exemple unknown-reference".to_owned(),
        ),
    };
    pick(
        lang,
        format!("the manual has nothing under “{name}”; {en}"),
        format!("le manuel n’a rien sous « {name} »; {fr}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use diptych::diagnostic::catalog;
    use diptych::parse::markdown::{At, Source, parse};
    use diptych::schema::help::In;
    use diptych::site::Target;

    #[test]
    fn the_manual_is_a_site_without_mistakes() {
        let manual = Manual::open();
        let reported: Vec<String> = manual
            .workspace
            .mistakes()
            .iter()
            .map(|mistake| {
                let text = manual.workspace.sources().text(&mistake.place.file).unwrap_or_default();
                let passage = text.get(mistake.place.span.range()).unwrap_or_default();
                format!("{} {}: {} ({passage})", mistake.name, mistake.place.file, mistake.message.en)
            })
            .collect();
        assert!(reported.is_empty(), "{} mistakes:\n{}", reported.len(), reported.join("\n"));
    }

    #[test]
    fn every_command_setting_field_and_mistake_has_its_place_in_both_languages() {
        let manual = Manual::open();
        let commands = help::command(Lang::En);
        let commands = commands.get_subcommands().map(|command| command.get_name().to_owned());
        let settings = In::ALL.into_iter().flat_map(In::names).map(|name| (*name).to_owned());
        let judged = catalog::judged_by_site().map(str::to_owned);
        for name in commands.chain(settings).chain(judged) {
            let entries = manual.find(&name);
            assert!(!entries.is_empty(), "the manual has no place for {name}");
            for lang in Lang::BOTH {
                for entry in &entries {
                    let text = manual.text(entry, lang, false).unwrap_or_default();
                    assert!(text.lines().count() > 2, "{name} in {lang}: {text}");
                    assert!(manual.address(entry, lang).is_some_and(|url| url.starts_with(lang.code())), "{name}");
                }
            }
        }
    }

    #[test]
    fn a_list_in_a_cell_is_in_the_line_of_its_row() {
        let (table, _) = parse(
            &Source { file: &ContentPath::new("x.md"), at: At::Offset(0), rules: None },
            "| one | two |\n|---|---|\n| a | <ul><li>b</li><li>c</li></ul> |\n",
        );
        let table = table.map_links(|_, _| None::<Target>);
        let manual = Manual::open();
        let text = text::of_blocks(manual.workspace.site().unwrap(), &table.blocks, Lang::En);
        assert!(text.contains("a    • b • c\n"), "{text}");
    }

    #[test]
    fn names_are_found_however_they_are_written() {
        let manual = Manual::open();
        for (one, other) in [
            ("unknown_reference", "unknown-reference"),
            ("Base_URL:", "base_url"),
            ("diptych build", "build"),
            (" parity-numbers ", "parity-numbers"),
            ("more_than", "number"),
            ("hebergement", "hosting"),
        ] {
            assert_eq!(manual.find(one), manual.find(other));
            assert!(!manual.find(one).is_empty(), "{one}");
        }
        assert!(manual.find("status").len() > 1, "a command and a line of a type");
        assert_eq!(manual.meant("unknwon-reference").as_deref(), Some("unknown-reference"));
    }
}
