//! Every part of a theme by example, in both languages, on one page: for those who make or change a theme. The preview
//! shows it; no build writes it.

use std::fmt::Write as _;

use regex::{Captures, Regex};
use serde::Deserialize;
use serde_json::Value as Json;

use super::html::escape;
use super::index::reserved;
use super::meta::PageKind;
use super::theme::Theme;
use crate::diagnostic::Diagnostic;
use crate::lang::{Lang, PerLang};
use crate::site::Site;

/// An example of a component, as its `examples.yaml` has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    /// What the example shows.
    name: String,
    /// The component's arguments, the same in both languages or by language.
    #[serde(default)]
    args: Json,
    /// What is between its tags.
    #[serde(default)]
    body: Json,
}

/// The page of all examples.
pub fn page(site: &Site, theme: &Theme) -> Result<String, Box<Diagnostic>> {
    let mut out = String::from("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Components</title>");
    let _ = write!(
        out,
        "<link rel=\"stylesheet\" href=\"/{}\"></head>\n<body class=\"page\"><main class=\"frame\">",
        theme.stylesheet()
    );
    out.push_str("<h1>Components</h1>\n");
    let pages = PerLang::from_fn(|lang| {
        reserved(site, theme, PageKind::Index, "index_title", lang, |lang| &site.reserved.get(lang).index)
    });
    let mut number = 0;
    for (name, yaml) in theme.examples() {
        let examples: Vec<Example> =
            serde_yaml::from_slice(yaml).map_err(|error| Box::new(theme.example_mistake(name, &error.to_string())))?;
        let _ = writeln!(out, "<section aria-labelledby=\"component-{name}\"><h2 id=\"component-{name}\">{name}</h2>");
        for example in &examples {
            out.push_str("<h3>");
            escape(&example.name, &mut out);
            out.push_str("</h3>\n");
            for lang in Lang::BOTH {
                number += 1;
                let body = in_lang(&example.body, lang).as_str();
                let html = theme.component(
                    lang,
                    &name.replace('-', "_"),
                    in_lang(&example.args, lang),
                    pages.get(lang),
                    body,
                )?;
                let _ =
                    writeln!(out, "<div lang=\"{lang}\" class=\"example\">\n{}\n</div>", with_own_ids(&html, number));
            }
        }
        out.push_str("</section>\n");
    }
    out.push_str("</main></body></html>\n");
    Ok(out)
}

/// A value that is given once, or by language.
fn in_lang(value: &Json, lang: Lang) -> &Json {
    match value {
        Json::Object(sides) if sides.len() == 2 && sides.contains_key("en") && sides.contains_key("fr") => {
            &sides[lang.code()]
        }
        value => value,
    }
}

/// Examples of one component have the same ids; on one page each needs its own.
fn with_own_ids(html: &str, number: usize) -> String {
    let ids = Regex::new(
        "(?P<before> (?:id|for|aria-labelledby|aria-describedby|aria-controls)=\"|href=\"#)(?P<id>[^\"]+)\"",
    );
    let own = |found: &Captures<'_>| format!("{}{}-{number}\"", &found["before"], &found["id"]);
    ids.map_or_else(|_| html.to_owned(), |ids| ids.replace_all(html, own).into_owned())
}
