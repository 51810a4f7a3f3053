//! Remembers, in the folder beside the content, where renamed records went, so that pages of the editor opened under
//! the old name lead there.

use std::path::Path;

use anyhow::anyhow;
use diptych::edits::{self, Plan, Renamed, renamed};
use diptych::lang::Lang;
use diptych::output::disk::OwnFolder;

/// Remembers what a plan renamed.
pub(crate) fn remember(content: &Path, plan: &Plan, lang: Lang) -> anyhow::Result<()> {
    let later = Renamed::by(plan);
    if later.is_empty() {
        return Ok(());
    }
    let write = |own: &OwnFolder| {
        let mut all = read(own);
        all.extend(later);
        own.write(renamed::FILE, all.write().as_bytes())
    };
    let written = edits::disk::exclusively(content, write).map_err(|error| anyhow!(error.message(lang)))?;
    written.map_err(|error| anyhow!(error.message(lang)))
}

/// The name that a record has by now, as far as it is known here.
pub(crate) fn now(content: &Path, id: &str) -> Option<String> {
    let own = edits::disk::own_folder(content).ok()??;
    read(&own).now(id).map(str::to_owned)
}

/// What is remembered; empty if it cannot be read.
fn read(own: &OwnFolder) -> Renamed {
    let bytes = own.read(renamed::FILE, renamed::LARGEST).ok().flatten().unwrap_or_default();
    Renamed::read(&String::from_utf8_lossy(&bytes))
}
