//! The day it is on this machine, for the commands that a person runs. `build` never asks: equal input gives equal bytes.

use diptych::format::Date;

use crate::args::Command;

/// Gives a command that looks at what falls due today's date, where it was told no other one.
pub(crate) fn date(command: &mut Command) {
    if let Some(as_of) = command.as_of_mut() {
        *as_of = as_of.or_else(today);
    }
}

/// Today, where this machine is.
pub(crate) fn today() -> Option<Date> {
    jiff::Zoned::now().date().to_string().parse().ok()
}
