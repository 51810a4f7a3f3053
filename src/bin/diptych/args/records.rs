//! The arguments of the commands that change records: `new`, `move`, `remove`, `fix`.

use std::path::PathBuf;

use super::content;

#[derive(Debug, clap::Args)]
pub(crate) struct New {
    /// The type of the record, such as agreement
    #[arg(value_name = "TYPE")]
    pub kind: String,

    /// The name of its files, such as exchange-of-service
    #[arg(value_name = "SLUG")]
    pub slug: String,

    /// Its title in English
    #[arg(long, value_name = "TITLE")]
    pub title_en: Option<String>,

    /// Its title in French
    #[arg(long, value_name = "TITLE")]
    pub title_fr: Option<String>,

    #[command(flatten)]
    pub change: Change,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Move {
    /// The record, such as agreements/exchange-of-service
    #[arg(value_name = "OLD")]
    pub old: String,

    /// Its new id, its new name in the same folder, or a folder with a slash after it
    #[arg(value_name = "NEW")]
    pub new: String,

    #[command(flatten)]
    pub change: Change,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Remove {
    /// The record, such as agreements/exchange-of-service
    #[arg(value_name = "ID")]
    pub id: String,

    /// The record that its addresses, and everything that refers to it, lead to from now on
    #[arg(long, value_name = "ID")]
    pub redirect_to: Option<String>,

    #[command(flatten)]
    pub change: Change,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Fix {
    /// Only mistakes of these names, such as heading-skipped, or of a family, such as typography
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,

    #[command(flatten)]
    pub change: Change,
}

/// A change to the content that the program makes.
#[derive(Debug, clap::Args)]
pub(crate) struct Change {
    /// The folder of Markdown and YAML
    #[arg(long, value_name = "DIR", default_value = "content", value_parser = content())]
    pub content: PathBuf,

    /// Show what would change, line by line, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}
