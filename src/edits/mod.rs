//! Changes to the content that the program makes itself, as plans: to move, remove or create a record, to correct
//! mistakes, or to import what translators wrote.
//!
//! A function here takes what is known of a site and what is wanted, and returns a [`Plan`] or a [`Refusal`]; nothing is
//! written. The command line and the editor show a plan or hand it to [`disk::apply`], which does all of it or nothing.
//!
//! - **Every other byte stays.** What changes in a file are passages ([`splice::Splice`]); comments, order, quotation
//!   marks and line ends around them are never rewritten.
//! - **A plan makes no mistake.** It is tried on the workspace ([`trial`]) before it is returned: if the site would
//!   have an error that it does not have now, the plan is refused with that error. So even a way of naming a record
//!   that was forgotten here never breaks a site.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::lang::PerLang;
use crate::path::ContentPath;

mod addresses;
mod beside;
mod create;
pub mod disk;
mod draft;
mod file;
mod fix;
mod kept;
mod lists;
mod lock;
mod r#move;
mod names;
mod question;
mod remove;
pub mod renamed;
mod request;
mod splice;
mod translated;
mod trial;
pub mod words;

pub use create::{New, new};
pub use file::{files_of, record_of, remove_file};
pub use fix::fix;
pub use kept::Followed;
pub use r#move::move_record;
pub use question::{AddedQuestion, NewQuestion, add_question};
pub use remove::remove_record;
pub use renamed::Renamed;
pub use translated::{Translated, translated};

/// What is to be done to the content folder, all of it or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The files, each in one step.
    pub steps: Vec<Step>,
    /// What is worth knowing besides: addresses, files that stay behind.
    pub notes: Vec<PerLang<String>>,
}

/// What is to be done to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A file that does not exist yet.
    Create {
        /// The file.
        path: ContentPath,
        /// What it will say.
        text: String,
    },
    /// Another text in a file.
    Edit {
        /// The file.
        path: ContentPath,
        /// What it says.
        before: Arc<str>,
        /// What it will say.
        after: String,
    },
    /// Another name for a file.
    Move {
        /// The file.
        from: ContentPath,
        /// Its new name.
        to: ContentPath,
        /// What it says and will say; `None` for a file that is only copied into the site.
        text: Option<(Arc<str>, String)>,
    },
    /// A file that goes.
    Remove {
        /// The file.
        path: ContentPath,
        /// What it says; `None` for a file that is only copied into the site.
        before: Option<Arc<str>>,
    },
}

/// How many files, in words.
fn in_files(count: usize) -> PerLang<String> {
    PerLang {
        en: if count == 1 { "1 file".to_owned() } else { format!("{count} files") },
        fr: if count < 2 { format!("{count} fichier") } else { format!("{count} fichiers") },
    }
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// What is asked for cannot be: a record that does not exist, a name that cannot be one.
    Request(PerLang<String>),
    /// The content does not allow it.
    Content {
        /// The places, as mistakes.
        mistakes: Vec<Diagnostic>,
        /// The texts that the places refer to, if they are not those of the site.
        texts: BTreeMap<ContentPath, String>,
    },
}

impl Refusal {
    fn content(mistakes: Vec<Diagnostic>) -> Self {
        Self::Content { mistakes, texts: BTreeMap::new() }
    }
}
