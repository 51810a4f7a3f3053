//! What can be typed on the command line. Types only; no behaviour.

use std::path::PathBuf;

use clap::builder::{PathBufValueParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};
use diptych::format::Date;
use diptych::lang::Lang;

/// Builds bilingual (English and French) knowledge bases from Markdown and YAML.
#[derive(Debug, Parser)]
#[command(name = "diptych", version, propagate_version = true)]
pub(crate) struct Args {
    /// The language of messages (for `search`, the language to search in): en or fr
    #[arg(long = "lang", global = true, value_name = "LANG")]
    pub lang_of_messages: Option<Lang>,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Build the site
    Build(Build),
    /// Report every mistake in the content, writing nothing
    Check(Check),
    /// Preview the site, rebuilding on every change
    Serve(Serve),
    /// Ask the search index of a built site
    Search(Search),
    /// Show how the two sides of every record stand: equal, outdated, missing, unconfirmed
    Status(Pairs),
    /// Record that the two sides of records say the same
    Confirm(Confirm),
    /// Start a new site
    Init(Init),
}

/// Where a site comes from.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Source {
    /// The folder of Markdown and YAML
    #[arg(long, value_name = "DIR", default_value = "content", value_parser = content())]
    pub content: PathBuf,

    /// A theme's name or folder, in place of the one that site.yaml names
    #[arg(long, value_name = "NAME or DIR")]
    pub theme: Option<String>,

    /// The address of the site's root, in place of the one in site.yaml
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,

    /// The day (2026-11-21) for reviews that are due and records that expire; without it, check and serve take today
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,

    /// Print what each stage took
    #[arg(long)]
    pub timings: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Build {
    #[command(flatten)]
    pub source: Source,

    /// The folder to write; what changed is written, and appears in one step
    #[arg(long, value_name = "DIR", default_value = "public")]
    pub out: PathBuf,

    /// Write a compressed sibling (.gz) of every file that gains by it, for servers that send them as they are
    #[arg(long)]
    pub precompress: bool,

    /// How mistakes are written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub source: Source,

    /// The folder of the last build, whose addresses must not be lost
    #[arg(long, value_name = "DIR", default_value = "public")]
    pub out: PathBuf,

    /// What fails the check besides errors
    #[arg(long, value_name = "KIND")]
    pub deny: Option<Deny>,

    /// How mistakes are written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub source: Source,

    /// The port to listen on; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 4000)]
    pub port: u16,

    /// The address to listen on, such as 0.0.0.0 for all of them; without it, only this machine can read the preview
    #[arg(long, value_name = "ADDR")]
    pub host: Option<String>,

    /// Compare the files every half second, where the system does not report changes: on network drives, for example
    #[arg(long)]
    pub poll: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Search {
    /// What to look for
    #[arg(required = true, value_name = "WORDS")]
    pub words: Vec<String>,

    /// The folder of a built site
    #[arg(long, value_name = "DIR", default_value = "public")]
    pub out: PathBuf,

    /// The most results to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,

    /// Narrow the results: a filter and a key, such as type=agreement
    #[arg(long, value_name = "NAME=KEY")]
    pub filter: Vec<String>,

    /// Say why each result stands where it stands
    #[arg(long)]
    pub explain: bool,

    /// How results are written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: AnswerFormat,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Pairs {
    /// The folder of Markdown and YAML
    #[arg(long, value_name = "DIR", default_value = "content", value_parser = content())]
    pub content: PathBuf,

    /// The day (2026-11-21) on which reviews that are due and records that expired are looked for, in place of today
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,

    /// How the pairs are listed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: AnswerFormat,

    /// Print what each stage took
    #[arg(long)]
    pub timings: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Confirm {
    /// The records, such as agreements/exchange-of-service
    #[arg(required_unless_present = "all", value_name = "ID")]
    pub ids: Vec<String>,

    /// Confirm every pair, for a first adoption
    #[arg(long, conflicts_with = "ids")]
    pub all: bool,

    /// The day to write beside the confirmation (2026-11-21), in place of today
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,

    /// The folder of Markdown and YAML
    #[arg(long, value_name = "DIR", default_value = "content", value_parser = content())]
    pub content: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Init {
    /// The folder of the new site
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// What fails a check besides errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    /// Any warning
    Warnings,
}

/// How mistakes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// One JSON array on standard output
    Json,
    /// Annotations of GitHub Actions, on standard output
    Github,
    /// A SARIF log on standard output
    Sarif,
}

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnswerFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

/// The content folder, also where the folder of its site is named.
fn content() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().map(crate::project::content_folder)
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write a date such as 2026-11-21".to_owned())
}
