//! The arguments of `verify` and `diff`.

use std::path::PathBuf;

use super::AnswerFormat;

#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    /// The published folder
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,

    /// A copy of the list (.diptych) that was kept elsewhere, instead of the folder's own
    #[arg(long, value_name = "FILE")]
    pub manifest: Option<PathBuf>,

    /// What others may have put there, as “keep” in site.yaml lists it; may be repeated
    #[arg(long, value_name = "PATH")]
    pub keep: Vec<String>,

    /// How results are written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: AnswerFormat,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Diff {
    /// The folder of the site as it is published
    #[arg(value_name = "OLD")]
    pub old: PathBuf,

    /// The folder of the site as it will be
    #[arg(value_name = "NEW")]
    pub new: PathBuf,

    /// How results are written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: AnswerFormat,
}
