//! Today's date on this machine, for the commands that a person runs. `build` never asks: equal input gives equal
//! bytes.

use diptych::format::Date;

use crate::args::Command;

/// Gives today's date to a command that looks at due dates, unless it was given another one.
pub(crate) fn date(command: &mut Command) {
    if let Some(as_of) = command.as_of_mut() {
        *as_of = as_of.or_else(today);
    }
}

/// Today, where this machine is.
#[expect(clippy::disallowed_methods, reason = "the one place that asks for the date")]
pub(crate) fn today() -> Option<Date> {
    jiff::Zoned::now().date().to_string().parse().ok()
}
