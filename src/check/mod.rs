//! What can only be judged once the site is whole: [`check`]. Rules read the [`Site`] and change nothing.

use crate::diagnostic::Diagnostics;
use crate::format::Date;
use crate::site::Site;

mod dates;

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
