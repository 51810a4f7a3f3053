//! What the manual says about each command: its purpose and its options, as on the command line.

use std::fmt::Write as _;

use clap::{Arg, Command};
use diptych::lang::{Lang, PerLang};

use super::page::{Page, code, escaped};
use crate::help;
use crate::language::pick;

/// A page for each command.
pub(super) fn pages() -> Vec<Page> {
    let mut sides = PerLang::from_fn(help::command);
    for lang in Lang::BOTH {
        sides.get_mut(lang).build();
    }
    let names: Vec<String> = sides.en.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    names.iter().map(|name| page(name, &sides)).collect()
}

fn page(name: &str, sides: &PerLang<Command>) -> Page {
    let command = PerLang::from_fn(|lang| sides.get(lang).find_subcommand(name));
    let about =
        |lang: Lang| command.get(lang).and_then(Command::get_about).map(ToString::to_string).unwrap_or_default();
    Page {
        id: format!("commands/{name}"),
        facts: None,
        title: format!("diptych {name}"),
        summary: PerLang::from_fn(|lang| format!("{}.", about(lang))),
        slug: Some(name.to_owned()),
        keywords: Vec::new(),
        body: PerLang::from_fn(|lang| command.get(lang).map(|command| options(command, lang)).unwrap_or_default()),
    }
}

fn options(command: &Command, lang: Lang) -> String {
    let mut out = format!("## {}\n\n", pick(lang, "How it is written", "Comment l’écrire"));
    arguments(command, lang, &mut out);
    for inner in command.get_subcommands() {
        let about = inner.get_about().map(ToString::to_string).unwrap_or_default();
        let name = format!("diptych {} {}", command.get_name(), inner.get_name());
        let _ = write!(out, "\n## {name}\n\n{}.\n\n", escaped(&about));
        arguments(inner, lang, &mut out);
    }
    out
}

fn arguments(command: &Command, lang: Lang, out: &mut String) {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.split_once(": ").map_or(usage.as_str(), |(_, usage)| usage);
    out.push_str(&code("sh", usage));
    let is_own =
        |arg: &&Arg| !arg.is_hide_set() && !matches!(arg.get_id().as_str(), "help" | "version" | "aide" | "version_fr");
    for arg in command.get_arguments().filter(is_own) {
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(out, "`{arg}`\n: {}{}\n", escaped(&help), escaped(&values(arg, lang)));
    }
}

/// What clap adds to its English help; the French texts say it themselves.
fn values(arg: &Arg, lang: Lang) -> String {
    if lang == Lang::Fr || !arg.get_action().takes_values() {
        return String::new();
    }
    let mut out = String::new();
    let default: Vec<String> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    if !default.is_empty() {
        let _ = write!(out, " [default: {}]", default.join(", "));
    }
    let possible: Vec<String> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if !possible.is_empty() {
        let _ = write!(out, " [possible values: {}]", possible.join(", "));
    }
    out
}
