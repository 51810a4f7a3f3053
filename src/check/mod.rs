//! What can only be judged once the site is whole: [`check`]. Rules read the [`Site`] and change nothing.

use crate::diagnostic::Diagnostics;
use crate::format::Date;
use crate::pairs::PairTexts;
use crate::schema::{Config, Schema};
use crate::site::Site;
use crate::source::Sources;

mod assets;
mod dates;
mod foreign;
mod names;
mod parity;
mod svg;
pub mod twins;
mod unfilled;
mod writing;

pub use parity::Rule;

/// Checks a site. Dates that lie in the past are told of where the day of the build is given; no clock is read.
pub fn check(site: &Site, as_of: Option<Date>) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for record in &site.records {
        diagnostics.extend(dates::order(site, record));
        if let Some(day) = as_of {
            diagnostics.extend(dates::overdue(record, day));
        }
    }
    diagnostics
}

/// Checks the files that a site publishes beside its pages.
pub fn assets(site: &Site, sources: &Sources) -> Diagnostics {
    assets::check(site, sources)
}

/// Checks what has no sides: the settings of the site and of its types, and the names of all files.
pub fn settings(sources: &Sources) -> Diagnostics {
    let mut diagnostics = unfilled::in_settings(sources);
    diagnostics.extend(names::check(sources));
    diagnostics
}

/// Checks the sides of a record against each other and each by itself, as their writers wrote them.
pub fn pair(full: &PairTexts<'_>, config: &Config, schema: &Schema, sources: &Sources) -> Diagnostics {
    let policies = twins::policies(full.id, config, schema);
    let mut diagnostics = parity::check(full, policies, sources);
    diagnostics.extend(writing::check(full, policies));
    diagnostics.extend(foreign::check(full, policies));
    diagnostics.extend(unfilled::in_pair(full, sources));
    diagnostics
}
