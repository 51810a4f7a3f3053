//! `diptych init`: writes a new site, small and sound, in both languages. Owns the starter's files.

use std::fs;

use anyhow::{Context as _, bail};
use diptych::lang::Lang;
use diptych::output::disk::create_new;
use include_dir::{Dir, include_dir};

use crate::Outcome;
use crate::args::Init;
use crate::console;
use crate::language::pick;

/// Home pages, settings and a first record of the main types.
static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/bin/diptych/starter");

/// The record types that Diptych ships.
static TYPES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content/types");

/// The record types that Diptych ships, by the names of their files.
pub(crate) fn types() -> impl Iterator<Item = (String, String)> {
    TYPES.files().filter_map(|file| {
        let name = file.path().file_name()?.to_str()?.to_owned();
        Some((name, file.contents_utf8()?.to_owned()))
    })
}

/// Writes a new site.
#[expect(clippy::disallowed_methods, reason = "looks whether the folder is free before anything is written")]
pub(crate) fn init(args: &Init, lang: Lang) -> anyhow::Result<Outcome> {
    let folder = &args.folder;
    let shown = folder.display();
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        bail!(pick(
            lang,
            format!("{shown} is not empty; name a new folder"),
            format!("{shown} n’est pas vide; nommez un nouveau dossier")
        ));
    }
    let mut folders = vec![(&STARTER, folder.join("content")), (&TYPES, folder.join("content/types"))];
    while let Some((dir, target)) = folders.pop() {
        for file in dir.files() {
            let name = file.path().file_name().context("a file of the starter has no name")?;
            create_new(&target.join(name), file.contents())?;
        }
        for inner in dir.dirs() {
            let name = inner.path().file_name().context("a folder of the starter has no name")?;
            folders.push((inner, target.join(name)));
        }
    }
    create_new(&folder.join(".gitignore"), b"/public\n")?;
    console::say(&pick(
        lang,
        format!("A new site stands in {shown}. See it with: cd {shown} && diptych serve"),
        format!("Un nouveau site se trouve dans {shown}. Pour le voir : cd {shown} && diptych serve"),
    ))?;
    Ok(Outcome::Clean)
}
