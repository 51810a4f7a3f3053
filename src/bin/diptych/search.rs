//! `diptych search`: asks the index in an output folder, through the code that the browser runs.

use std::fmt::Write as _;

use anyhow::Context as _;
use diptych::lang::Lang;
use diptych::machine;
use diptych::search::reader::{Error, Reader};
use diptych::search::{Answer, Field, FoundWord, Options, Origin, SearchResult};
use diptych::source::disk::{self, ReadError};
use diptych::terminal::visible_line;

use crate::Outcome;
use crate::args::{AnswerFormat, Search};
use crate::console;
use crate::language::pick;

/// The most bytes of a file of an index.
const LARGEST_INDEX: u64 = 256 << 20;

/// Asks and prints.
pub(crate) fn search(args: &Search, lang: Lang) -> anyhow::Result<Outcome> {
    let filters = args.filter.iter().map(|written| {
        let (name, key) = written.split_once('=').with_context(|| {
            pick(lang, "write a filter as type=agreement", "écrivez un filtre comme type=agreement")
        })?;
        Ok((name.to_owned(), key.to_owned()))
    });
    let options = Options {
        limit: args.limit,
        filters: filters.collect::<anyhow::Result<_>>()?,
        explain: args.explain,
        ..Options::default()
    };
    let file = |path: &str| disk::read_file(&args.out.join(path), LARGEST_INDEX).map_err(|error| error.source);
    let reader = Reader::open(lang, file).map_err(|error| match error {
        Error::Io(path, source) if machine::has_failed(&source) => {
            anyhow::Error::new(ReadError { path: args.out.join(path), source })
        }
        error => {
            let out = args.out.display();
            anyhow::Error::new(error).context(pick(
                lang,
                format!("{out} holds no search index; build the site first, or name its folder with --out"),
                format!("{out} ne contient pas d’index de recherche; construisez d’abord le site, ou indiquez son dossier avec --out"),
            ))
        }
    })?;
    let answer = reader.ask(&args.words.join(" "), &options)?;
    match args.format {
        AnswerFormat::Json => console::out_json(&format!("{}\n", answer.to_json()))?,
        AnswerFormat::Text => console::out(&text(&answer, lang), false)?,
    };
    Ok(Outcome::Clean)
}

fn text(answer: &Answer, lang: Lang) -> String {
    let mut out = match (answer.total, lang) {
        (total @ 1, _) | (total @ 0, Lang::Fr) => format!("{total} page\n"),
        (total, _) => format!("{total} pages\n"),
    };
    if let Some(corrected) = &answer.corrected {
        out.push_str(&pick(lang, format!("Did you mean: {corrected}\n"), format!("Vouliez-vous dire : {corrected}\n")));
    }
    for (at, result) in answer.results.iter().enumerate() {
        out.push_str(&self::result(at + 1, result, lang));
    }
    out
}

fn result(number: usize, result: &SearchResult, lang: Lang) -> String {
    let anchor = result.section.as_ref().and_then(|section| section.anchor.as_deref());
    let address = anchor.map_or_else(|| result.url.clone(), |anchor| format!("{}#{anchor}", result.url));
    let section = result.section.as_ref().map_or_else(String::new, |section| format!(" › {}", section.heading));
    let title = format!("{}{section}", result.title);
    let (title, address, excerpt) = (visible_line(&title), visible_line(&address), plain(&result.excerpt));
    let mut out = format!("\n{number}. {title}\n   {address}\n   {}\n", visible_line(&excerpt));
    if let Some(explanation) = &result.explanation {
        let colon = pick(lang, ":", "\u{a0}:");
        for word in &explanation.words {
            let FoundWord { word, found, score, origin, fields } = word;
            let by = origin_name(*origin, lang).map(|name| format!("{name}; ")).unwrap_or_default();
            let fields: Vec<&str> = fields.iter().map(|field| field_name(*field, lang)).collect();
            let _ = writeln!(out, "   | {word} → {found} ({by}{}){colon} {score:.2}", fields.join(", "));
        }
        if !explanation.lacks.is_empty() {
            let lacks = explanation.lacks.join(", ");
            let _ = writeln!(out, "   | {}{colon} {lacks}", pick(lang, "not on the page", "absent de la page"));
        }
        let parts = [
            (explanation.section, pick(lang, "together in one section", "ensemble dans une section")),
            (explanation.title, pick(lang, "in the title or keywords", "dans le titre ou les mots-clés")),
            (
                explanation.reading,
                pick(
                    lang,
                    "side by side, or a title that is the question",
                    "côte à côte, ou un titre qui est la question",
                ),
            ),
        ];
        for (score, what) in parts.iter().filter(|(score, _)| *score > 0.0) {
            let _ = writeln!(out, "   | {what}{colon} {score:.2}");
        }
    }
    out
}

/// Why a word that was found may be the one meant, if it differs from the question's.
fn origin_name(origin: Origin, lang: Lang) -> Option<&'static str> {
    match origin {
        Origin::Word => None,
        Origin::Spelling => Some(pick(lang, "corrected", "corrigé")),
        Origin::Synonym => Some(pick(lang, "synonym", "synonyme")),
        Origin::Translation => Some(pick(lang, "other language", "autre langue")),
    }
}

fn field_name(field: Field, lang: Lang) -> &'static str {
    match field {
        Field::Title => pick(lang, "title", "titre"),
        Field::Keywords => pick(lang, "keywords", "mots-clés"),
        Field::Summary => pick(lang, "summary", "résumé"),
        Field::Heading => pick(lang, "heading", "intertitre"),
        Field::Body => pick(lang, "text", "texte"),
    }
}

/// An excerpt for a terminal: `<mark>` becomes brackets.
fn plain(html: &str) -> String {
    html.replace("<mark>", "[")
        .replace("</mark>", "]")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
