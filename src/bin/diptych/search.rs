//! `diptych search`: asks the index in an output folder, through the code that the browser runs.

use std::fmt::Write as _;

use anyhow::Context as _;
use diptych::lang::Lang;
use diptych::search::reader::Reader;
use diptych::search::{Answer, Options, SearchResult};
use diptych::source::disk;
use diptych::terminal::visible_line;

use crate::Outcome;
use crate::args::{AnswerFormat, Search};
use crate::console;
use crate::language::pick;

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
    let file = |path: &str| disk::read_file(&args.out.join(path)).map_err(|error| error.source);
    let reader = Reader::open(lang, file).with_context(|| {
        let out = args.out.display();
        pick(
            lang,
            format!("{out} holds no search index; build the site first, or name its folder with --out"),
            format!("{out} ne contient pas d’index de recherche; construisez d’abord le site, ou indiquez son dossier avec --out"),
        )
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
        out.push_str(&self::result(at + 1, result));
    }
    out
}

fn result(number: usize, result: &SearchResult) -> String {
    let anchor = result.section.as_ref().and_then(|section| section.anchor.as_deref());
    let address = anchor.map_or_else(|| result.url.clone(), |anchor| format!("{}#{anchor}", result.url));
    let section = result.section.as_ref().map_or_else(String::new, |section| format!(" › {}", section.heading));
    let title = format!("{}{section}", result.title);
    let (title, address, excerpt) = (visible_line(&title), visible_line(&address), plain(&result.excerpt));
    let mut out = format!("\n{number}. {title}\n   {address}\n   {}\n", visible_line(&excerpt));
    if let Some(explanation) = &result.explanation {
        for (word, form, weight) in &explanation.words {
            let _ = writeln!(out, "   | {word} → {form}: {weight:.2}");
        }
    }
    out
}

/// An excerpt for a terminal: marks become brackets.
fn plain(html: &str) -> String {
    html.replace("<mark>", "[")
        .replace("</mark>", "]")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
