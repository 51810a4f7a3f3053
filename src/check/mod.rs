//! The checks of a record once it is read: its sides against each other ([`pair`]) and its facts ([`record`]). Rules
//! change nothing.

use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::format::Date;
use crate::pairs::{Confirmed, PairTexts};
use crate::schema::{Policies, Schema};
use crate::site::names::NameTable;
use crate::site::{Record, Site};
use crate::source::Sources;

mod assets;
mod dates;
mod foreign;
mod names;
mod parity;
mod references;
pub mod twins;
mod unfilled;
mod writing;

pub use assets::forbidden;
pub(crate) use unfilled::places as places_to_fill;

pub use parity::{Figure, Rule, acceptable, figures};

/// Checks the facts of a record. Dates in the past are reported if `as_of` gives the day of the build; no clock is
/// read.
pub fn record(names: NameTable<'_>, record: &Record, as_of: Option<Date>) -> Diagnostics {
    let mut diagnostics = dates::order(names.schema, record);
    diagnostics.extend(references::of_record(names, record));
    if let Some(day) = as_of {
        diagnostics.extend(dates::overdue(record, day));
    }
    diagnostics
}

/// Checks where the references of all records lead in the end.
pub fn circles(schema: &Schema, records: &[Arc<Record>]) -> Diagnostics {
    references::circles(schema, records)
}

/// Checks the files that a site publishes beside its pages.
pub fn assets(site: &Site, sources: &Sources) -> Diagnostics {
    assets::check(site, sources)
}

/// Checks the settings of the site and of its types.
pub fn settings(sources: &Sources) -> Diagnostics {
    unfilled::in_settings(sources)
}

/// Checks the names of all files.
pub fn names(sources: &Sources) -> Diagnostics {
    names::check(sources)
}

/// Checks the sides of a record against each other and each by itself, as their writers wrote them. Differences that
/// were accepted when they were confirmed are not reported.
pub fn pair(full: &PairTexts<'_>, policies: Policies, confirmed: Option<&Confirmed>, sources: &Sources) -> Diagnostics {
    let mut diagnostics = parity::check(full, policies, confirmed, sources);
    diagnostics.extend(writing::check(full, policies, sources));
    diagnostics.extend(foreign::check(full, policies, sources));
    diagnostics.extend(unfilled::in_pair(full, sources));
    diagnostics
}
