//! The arguments of the commands about pairs: `status`, `confirm`, `translate`.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use diptych::format::Date;
use diptych::lang::Lang;

use super::{Change, ListFormat, PairState, Period, content, date};

#[derive(Debug, clap::Args)]
pub(crate) struct Pairs {
    /// The folder of Markdown and YAML
    #[arg(long, value_name = "DIR", default_value = "content", value_parser = content())]
    pub content: PathBuf,

    /// The day (2026-11-21) to compare review and expiry dates with, instead of today
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,

    /// Only these records, such as agreements/exchange-of-service
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,

    /// Only pairs in this state; may be repeated
    #[arg(long, value_name = "STATE")]
    pub state: Vec<PairState>,

    /// Only pairs with something to do in this language: en or fr
    #[arg(long, value_name = "LANG")]
    pub side: Option<Lang>,

    /// Only records of this owner, such as partners/csc
    #[arg(long, value_name = "ID")]
    pub owner: Option<String>,

    /// Also what falls due until the end of this month, quarter or year
    #[arg(long, value_name = "PERIOD")]
    pub due: Option<Period>,

    /// Exit with 1 if a listed pair is outdated, not confirmed, or lacks a side without a reason
    #[arg(long)]
    pub exit_code: bool,

    /// How the pairs are listed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ListFormat,

    /// Print how long each stage took
    #[arg(long)]
    pub timings: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Confirm {
    /// The records, such as agreements/exchange-of-service
    #[arg(required_unless_present = "all", value_name = "ID")]
    pub ids: Vec<String>,

    /// Confirm every pair that can be, and list the others
    #[arg(long, conflicts_with_all = ["ids", "sections"])]
    pub all: bool,

    /// Only this section, by its heading in either language or its id (introduction, what-it-covers); may be repeated
    #[arg(long = "section", value_name = "NAME")]
    pub sections: Vec<String>,

    /// Also a pair that has errors, that is still to be filled in, or that has both versions in one language
    #[arg(long)]
    pub even_so: bool,

    /// Show what would be recorded, and write nothing
    #[arg(long)]
    pub dry_run: bool,

    /// The day to write beside the confirmation (2026-11-21), instead of today
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,

    /// The folder of Markdown and YAML
    #[arg(long, value_name = "DIR", default_value = "content", value_parser = content())]
    pub content: PathBuf,
}

#[derive(Debug, clap::Args)]
#[command(disable_help_subcommand = true)]
pub(crate) struct Translate {
    #[command(subcommand)]
    pub step: TranslateStep,
}

/// Export and import.
#[derive(Debug, Subcommand)]
pub(crate) enum TranslateStep {
    /// Write a package for each record whose translation is behind or missing
    Export(TranslateExport),
    /// Put the words of returned packages in their places: all of them, or none
    Import(TranslateImport),
}

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(crate) struct TranslateExport {
    /// The records, such as agreements/exchange-of-service; without them, every one that is behind or missing
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,

    /// The language to translate into: en or fr
    #[arg(long, value_name = "LANG")]
    pub to: Lang,

    /// Only records whose translation is behind
    #[arg(long, conflicts_with_all = ["ids", "missing"])]
    pub outdated: bool,

    /// Only records that have no translation
    #[arg(long, conflicts_with = "ids")]
    pub missing: bool,

    /// All sections, not only those that changed
    #[arg(long)]
    pub whole: bool,

    /// Put the words of the source where the translation goes, for tools that show nothing else
    #[arg(long)]
    pub prefilled: bool,

    /// The kind of package: xliff for translators’ tools, docx for a word processor
    #[arg(long, value_name = "FORMAT", default_value = "xliff")]
    pub format: PackageFormat,

    /// The folder for the packages, one file for each record
    #[arg(short, long, value_name = "DIR")]
    pub out: PathBuf,

    /// The folder of Markdown and YAML
    #[arg(long, value_name = "DIR", default_value = "content", value_parser = content())]
    pub content: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct TranslateImport {
    /// The returned packages
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,

    #[command(flatten)]
    pub change: Change,
}

/// The kinds of package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PackageFormat {
    /// XLIFF 1.2, for translators’ tools
    Xliff,
    /// A document for a word processor
    Docx,
}
