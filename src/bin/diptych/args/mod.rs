//! What can be typed on the command line. Types only; no behaviour.

use std::path::PathBuf;

use clap::builder::{PathBufValueParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};
use diptych::format::{Date, Months};
use diptych::import::PairBy;
use diptych::lang::Lang;
use diptych::layout;

mod pairs;
mod published;
mod records;

pub(crate) use pairs::{Confirm, PackageFormat, Pairs, Translate, TranslateExport, TranslateImport, TranslateStep};
pub(crate) use published::{Diff, Verify};
pub(crate) use records::{Change, Fix, Move, New, Remove};

/// Builds bilingual (English and French) knowledge bases from Markdown and YAML.
#[derive(Debug, Parser)]
#[command(
    name = "diptych",
    version,
    propagate_version = true,
    disable_help_subcommand = true,
    after_help = "“diptych help NAME” explains a command, a setting, a field or a mistake. The whole manual, with the first ten \
                  minutes, is at /_diptych/help/ of what “diptych serve” shows."
)]
pub(crate) struct Args {
    /// The language of messages (for `search`, the language to search in): en or fr
    #[arg(long = "lang", global = true, value_name = "LANG", value_parser = lang)]
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
    /// Open the editor in the browser: both languages side by side
    Edit(Serve),
    /// Ask the search index of a built site
    Search(Search),
    /// Show the state of every pair: equal, outdated, missing, not confirmed
    Status(Pairs),
    /// Record that the two versions of a record say the same
    Confirm(Confirm),
    /// Send pages to translators, and import what comes back
    Translate(Translate),
    /// Create a record: its facts and both versions
    New(New),
    /// Give a record another name or folder: everything that refers to it follows
    Move(Move),
    /// Remove a record, once nothing refers to it
    Remove(Remove),
    /// Correct the mistakes that say what to write instead
    Fix(Fix),
    /// Compare a published folder with the list of its files
    Verify(Verify),
    /// Show what publishing a new build in place of an old one changes
    Diff(Diff),
    /// Start a new site
    Init(Init),
    /// Write JSON Schemas, by which editors complete and check YAML
    Schema(Schema),
    /// Write the completions of a shell to standard output
    Completions(Completions),
    /// Write the manual pages
    Man(Man),
    /// Import an existing site of Markdown or HTML pages
    Import(Import),
    /// Explain a command, a setting, a field or a mistake
    Help(Help),
}

impl Command {
    /// The day that a command looks at what falls due on; without one, it is today. `build` never asks what day it is.
    pub(crate) fn as_of_mut(&mut self) -> Option<&mut Option<Date>> {
        match self {
            Self::Check(check) => Some(&mut check.source.as_of),
            Self::Serve(serve) | Self::Edit(serve) => Some(&mut serve.source.as_of),
            Self::Status(status) => Some(&mut status.as_of),
            Self::Build(_)
            | Self::Search(_)
            | Self::Confirm(_)
            | Self::Translate(_)
            | Self::New(_)
            | Self::Move(_)
            | Self::Remove(_)
            | Self::Fix(_)
            | Self::Verify(_)
            | Self::Diff(_)
            | Self::Init(_)
            | Self::Schema(_)
            | Self::Completions(_)
            | Self::Man(_)
            | Self::Import(_)
            | Self::Help(_) => None,
        }
    }
}

/// Where a site comes from.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Source {
    /// The folder of Markdown and YAML
    #[arg(long, value_name = "DIR", default_value = "content", value_parser = content())]
    pub content: PathBuf,

    /// A theme's name or folder, instead of the one that site.yaml names
    #[arg(long, value_name = "NAME or DIR")]
    pub theme: Option<String>,

    /// The address of the site's root, instead of the one in site.yaml
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,

    /// The day (2026-11-21) for reviews that are due and records that expire; without it, check and serve use today
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,

    /// Print how long each stage took
    #[arg(long)]
    pub timings: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Build {
    #[command(flatten)]
    pub source: Source,

    /// The folder to write to; only what changed is written, and appears in one step
    #[arg(long, value_name = "DIR", default_value = "public")]
    pub out: PathBuf,

    /// Write a compressed sibling (.gz) of every file that gets smaller, for servers that send them as they are
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

    /// The port to listen on; 0 for any free one
    #[arg(long, value_name = "N", default_value_t = 4000)]
    pub port: u16,

    /// The address to listen on, such as 0.0.0.0 for all of them; without it, only this machine can read the preview
    #[arg(long, value_name = "ADDR")]
    pub host: Option<String>,

    /// Change nothing: the editor shows everything and saves nothing
    #[arg(long)]
    pub read_only: bool,

    /// Compare the files every half second, if the system does not report changes: on network drives, for example
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

    /// Say why each result is where it is
    #[arg(long)]
    pub explain: bool,

    /// How results are written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: AnswerFormat,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Init {
    /// The folder of the new site
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,

    /// Write a workflow that checks every change and publishes the site: github or gitlab
    #[arg(long, value_name = "HOST")]
    pub with: Option<Host>,
}

/// Where a site's files are kept and its checks run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Host {
    /// GitHub Actions and Pages
    Github,
    /// GitLab CI and Pages
    Gitlab,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Schema {
    /// Write this one to standard output: site, type, or facts- and the name of a type
    #[arg(value_name = "NAME")]
    pub name: Option<String>,

    /// The folder to write all of them to [default: .schemas beside the content]
    #[arg(long, value_name = "DIR", conflicts_with = "name")]
    pub out: Option<PathBuf>,

    /// The folder of Markdown and YAML
    #[arg(long, value_name = "DIR", default_value = "content")]
    pub content: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Completions {
    /// The shell: bash, elvish, fish, powershell or zsh
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Man {
    /// The folder to write a page for each command to; without it, the page of the program goes to standard output
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Import {
    #[arg(
        value_name = "FOLDER",
        help = "The folder of the existing site: Hugo, Jekyll, Eleventy, MkDocs or plain pages"
    )]
    pub folder: PathBuf,

    /// The new or empty folder of the site to be made
    #[arg(long, value_name = "DIR", default_value = "diptych-site")]
    pub into: PathBuf,

    /// How the two versions of a page are found: folders, suffix, or key:NAME; without it, in every way
    #[arg(long, value_name = "HOW", value_parser = pair_by)]
    pub pair: Option<PairBy>,

    /// The record type that all pages become, such as report
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Help {
    /// What to explain, such as build, menu or unknown-reference; without it, all commands are listed
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
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

/// The state of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PairState {
    /// Nothing has changed since they were confirmed
    Equal,
    /// A side has changed since
    Outdated,
    /// A side is missing
    Missing,
    /// Nobody has confirmed them
    Unconfirmed,
}

impl PairState {
    /// The name of the state.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Outdated => "outdated",
            Self::Missing => "missing",
            Self::Unconfirmed => "unconfirmed",
        }
    }
}

/// A period of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Period {
    /// The month
    Month,
    /// The three months from January, April, July or October
    Quarter,
    /// The year
    Year,
}

impl Period {
    /// How long it is.
    pub(crate) fn months(self) -> Months {
        match self {
            Self::Month => Months::MONTH,
            Self::Quarter => Months::QUARTER,
            Self::Year => Months::YEAR,
        }
    }
}

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// A table for spreadsheets
    Csv,
    /// Review and expiry dates for a calendar
    Ics,
}

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnswerFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

/// The content folder, also if the folder of its site is named.
fn content() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().map(crate::project::content_folder)
}

fn pair_by(text: &str) -> Result<PairBy, String> {
    match text.split_once(':') {
        None if text == "folders" => Ok(PairBy::Folders),
        None if text == "suffix" => Ok(PairBy::Suffix),
        Some(("key", name)) if !name.is_empty() => Ok(PairBy::Key(name.to_owned())),
        _ => Err("write folders, suffix, or key:NAME".to_owned()),
    }
}

/// A language as people write it: `fr`, `FR`, `fr-CA`, `fr_CA.UTF-8`, `français`.
pub(crate) fn lang(text: &str) -> Result<Lang, String> {
    layout::language(text).ok_or_else(|| "the languages are en and fr".to_owned())
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write a date such as 2026-11-21".to_owned())
}
