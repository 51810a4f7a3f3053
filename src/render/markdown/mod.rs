//! Pages as Markdown, for programs and people who read text: [`page`], beside the HTML of home pages, sections and
//! records; and [`list`], where such programs begin (`llms.txt`, <https://llmstxt.org>).
//!
//! A page says in Markdown what it says in HTML, without the menu and the footer. It is read away from the site, so its
//! links are absolute where the site has a `base_url`; they lead to the Markdown of other pages.

use super::links::PageContext;
use super::theme::Theme;
use super::{Page, open_data, record};
use crate::document::Document;
use crate::lang::Lang;
use crate::path::UrlPath;
use crate::schema::TypeId;
use crate::site::{Base, Landing, Record, RecordId, Side, Site, Target};
use words::{escape, link};

mod facts;
mod words;

/// A section with more records than this has only its own page in the list of a language; that page names them all.
const LISTED: usize = 100;

/// The address of the list of pages in a language, or of the one that leads to both.
pub fn list_url(site: &Site, lang: Option<Lang>) -> UrlPath {
    let home = lang.map(|lang| site.reserved.get(lang).home.as_str()).unwrap_or_default();
    UrlPath::new(format!("{home}llms.txt"))
}

/// A page that is also published as Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkdownPage {
    /// A home page.
    Home(Lang),
    /// A section.
    Section(TypeId, Lang),
    /// One side of a record.
    Record(RecordId, Lang),
}

impl MarkdownPage {
    /// The page in HTML.
    pub fn html(self) -> Page {
        match self {
            Self::Home(lang) => Page::Home(lang),
            Self::Section(kind, lang) => {
                Page::List(super::ListPage { kind, filter: super::ListFilter::All, number: 1 }, lang)
            }
            Self::Record(id, lang) => Page::Record(id, lang),
        }
    }
}

/// The pages that are also published as Markdown, with the addresses of their HTML.
pub fn pages(site: &Site) -> impl Iterator<Item = (&UrlPath, MarkdownPage)> {
    Lang::BOTH.into_iter().flat_map(move |lang| {
        let home = std::iter::once((&site.reserved.get(lang).home, MarkdownPage::Home(lang)));
        let sections = site.sections.iter();
        let sections =
            sections.map(move |section| (&section.sides.get(lang).url, MarkdownPage::Section(section.kind, lang)));
        let url = move |id| site.record(id).side(lang).map(|side| &side.url);
        let records = site.ids().filter_map(move |id| Some((url(id)?, MarkdownPage::Record(id, lang))));
        home.chain(sections).chain(records)
    })
}

/// A page as Markdown; `None` where the site has no such section or side.
pub fn page(site: &Site, theme: &Theme, page: MarkdownPage) -> Option<String> {
    match page {
        MarkdownPage::Home(lang) => Some(home(site, theme, lang)),
        MarkdownPage::Section(kind, lang) => section(site, theme, kind, lang),
        MarkdownPage::Record(id, lang) => record_page(site, theme, id, lang, super::side_words(site, id, lang)),
    }
}

fn home(site: &Site, theme: &Theme, lang: Lang) -> String {
    let landing = site.home.get(lang);
    let from = PageContext::new(site, theme, &landing.url, lang).as_markdown();
    let mut text = Text::opening(&landing.title, &landing.summary);
    text.block(of_landing(from, landing));
    text.heading(theme.strings(lang).get("home_sections"));
    text.block(
        site.sections_in_order().map(|section| entry(from, section.sides.get(lang))).collect::<Vec<_>>().join("\n"),
    );
    text.details(from, None, &landing.url, Some(&site.home.get(lang.other()).url));
    text.0
}

/// A section with all of its records, on however many pages its list is.
fn section(site: &Site, theme: &Theme, kind: TypeId, lang: Lang) -> Option<String> {
    let section = site.section(kind)?;
    let landing = section.sides.get(lang);
    let from = PageContext::new(site, theme, &landing.url, lang).as_markdown();
    let mut text = Text::opening(&landing.title, &landing.summary);
    text.block(of_landing(from, landing));
    text.heading(site.schema.get(kind).plural.get(lang));
    text.block(records(from, site.listed(kind, lang)));
    text.details(from, None, &landing.url, Some(&section.sides.get(lang.other()).url));
    Some(text.0)
}

/// The page of a record's side that says these words, as Markdown.
pub fn record_page(
    site: &Site,
    theme: &Theme,
    id: RecordId,
    lang: Lang,
    mut words: Document<Target>,
) -> Option<String> {
    let record = site.record(id);
    let side = record.side(lang)?;
    let from = PageContext::new(site, theme, &side.url, lang).as_markdown();
    let mut text = Text::opening(&side.title, &side.summary);
    for notice in notices(site, record, id, lang) {
        text.block(format!("**{}**", escape(theme.strings(lang).get(notice))));
    }
    text.block(facts::of_record(from, record));
    site.mark_terms(&mut words, lang, Some(id));
    text.block(words::of(from, &words));
    for (heading, ids) in record::referring(from, id) {
        let ids = site.sorted(ids, lang);
        if ids.iter().any(|id| from.side(*id).is_some()) {
            text.heading(heading);
            text.block(records(from, &ids));
        }
    }
    let other = record.side(lang.other()).map(|side| &side.url);
    text.details(from, Some(&record.base), &side.url, other);
    Some(text.0)
}

/// The notices at the top of a page, as keys of the theme's strings.
fn notices(site: &Site, record: &Record, id: RecordId, lang: Lang) -> impl Iterator<Item = &'static str> {
    let archived = record.base.archived.then_some("archived");
    let outdated = (site.stale_sides.get(&id) == Some(&lang)).then_some("outdated");
    archived.into_iter().chain(outdated)
}

fn of_landing(from: PageContext<'_>, landing: &Landing) -> String {
    let Some(file) = &landing.file else { return String::new() };
    let mut words = from.site.words(file, from.lang);
    from.site.mark_terms(&mut words, from.lang, None);
    words::of(from, &words)
}

fn records(from: PageContext<'_>, ids: &[RecordId]) -> String {
    let sides = ids.iter().filter_map(|id| from.side(*id));
    let entry = |(side, _): (&Side, Lang)| item(&link(&side.title, &from.to(&side.url)), &side.summary);
    sides.map(entry).collect::<Vec<_>>().join("\n")
}

fn entry(from: PageContext<'_>, landing: &Landing) -> String {
    item(&link(&landing.title, &from.to(&landing.url)), &landing.summary)
}

/// An item of a list, as the convention has it.
fn item(link: &str, about: &str) -> String {
    if about.is_empty() { format!("- {link}") } else { format!("- {link}: {}", escape(about)) }
}

/// The pages of a language by their sections, or the way to both languages: `llms.txt`.
pub fn list(site: &Site, theme: &Theme, lang: Option<Lang>) -> String {
    match lang {
        Some(lang) => list_in(site, theme, lang),
        None => list_of_lists(site, theme),
    }
}

fn list_in(site: &Site, theme: &Theme, lang: Lang) -> String {
    let (url, strings) = (list_url(site, Some(lang)), theme.strings(lang));
    let from = PageContext::new(site, theme, &url, lang).as_markdown();
    let mut text = Text::opening(site.config.name.get(lang), site.config.description.get(lang));
    let other = list_url(site, Some(lang.other()));
    let home = site.home.get(lang);
    let ways = [entry(from, home), item(&link(strings.get("switch_to"), &from.file(&other)), "")];
    text.block(ways.join("\n"));
    for section in site.sections_in_order() {
        let landing = section.sides.get(lang);
        let ids = site.listed(section.kind, lang);
        text.heading(&landing.title);
        text.block(entry(from, landing));
        if ids.len() <= LISTED {
            text.line(&records(from, ids));
        }
    }
    let free = site.free_pages.get(lang);
    if !free.is_empty() {
        text.heading(strings.get("about_this_site"));
        // No page of their own names them.
        text.block(records(from, free));
    }
    let data: Vec<String> = open_data::types(site).map(|kind| downloads(from, kind)).collect();
    if !data.is_empty() {
        text.heading(strings.get("data_title"));
        text.block(data.join("\n"));
    }
    text.0
}

/// The open data of a type.
fn downloads(from: PageContext<'_>, kind: TypeId) -> String {
    let name = from.site.schema.get(kind).plural.get(from.lang);
    let files =
        [("CSV", open_data::csv_url(from.site, kind, from.lang)), ("JSON", open_data::json_url(from.site, kind))];
    let item = |(form, url): &(&str, UrlPath)| item(&link(&format!("{name} ({form})"), &from.file(url)), "");
    files.iter().map(item).collect::<Vec<_>>().join("\n")
}

fn list_of_lists(site: &Site, theme: &Theme) -> String {
    let root = UrlPath::default();
    let name = &site.config.name;
    let mut text = Text::opening(&format!("{} / {}", name.en, name.fr), "");
    let [en, fr] = Lang::BOTH.map(|lang| escape(site.config.description.get(lang)));
    text.block(format!("> {en}\n>\n> {fr}"));
    for lang in Lang::BOTH {
        let from = PageContext::new(site, theme, &root, lang).as_markdown();
        // What the other language calls this one is its own name.
        text.heading(theme.strings(lang.other()).get("switch_to"));
        let way = link(name.get(lang), &from.file(&list_url(site, Some(lang))));
        text.block(item(&way, site.config.description.get(lang)));
    }
    text.0
}

/// A text that is being written, block by block.
struct Text(String);

impl Text {
    /// The title, and what the page is about as a quotation, as the convention has it.
    fn opening(title: &str, summary: &str) -> Self {
        let mut text = Self(format!("# {}\n", escape(title)));
        if !summary.is_empty() {
            text.block(format!("> {}", escape(summary)));
        }
        text
    }

    fn block(&mut self, block: impl AsRef<str>) {
        let block = block.as_ref();
        if !block.is_empty() {
            self.0.push('\n');
            self.line(block);
        }
    }

    /// Adds lines to the block before.
    fn line(&mut self, line: &str) {
        if !line.is_empty() {
            self.0.push_str(line);
            self.0.push('\n');
        }
    }

    fn heading(&mut self, heading: &str) {
        self.block(format!("## {}", escape(heading)));
    }

    /// The page's address in HTML, the other language, its dates and its notes of change.
    fn details(&mut self, from: PageContext<'_>, base: Option<&Base>, own: &UrlPath, other: Option<&UrlPath>) {
        let strings = from.theme.strings(from.lang);
        let mut lines = vec![facts::labelled(from, strings.get("column_address"), &words::autolink(&from.file(own)))];
        lines.extend(other.map(|other| item(&link(strings.get("switch_to"), &from.to(other)), "")));
        for (label, date) in base.into_iter().flat_map(|base| {
            [
                ("published_on", base.published_on),
                ("modified_on", base.modified_on),
                ("column_expires_on", base.expires_on),
            ]
        }) {
            lines.extend(date.map(|(date, _)| facts::labelled(from, strings.get(label), &date.long(from.lang))));
        }
        self.heading(strings.get("page_details"));
        self.block(lines.join("\n"));
        let notes = base.into_iter().flat_map(|base| &base.changes).filter_map(|note| {
            let words = note.text.get(from.lang).as_ref()?;
            Some(facts::labelled(from, &note.on.long(from.lang), &escape(words)))
        });
        let notes: Vec<String> = notes.collect();
        if !notes.is_empty() {
            self.heading(strings.get("notes"));
            self.block(notes.join("\n"));
        }
    }
}
