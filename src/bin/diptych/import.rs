//! `diptych import`: reads the folder of an existing site, has it converted, and writes the new one.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, anyhow, bail};
use diptych::import::{self, OldSite, Sums, Wishes};
use diptych::lang::Lang;
use diptych::layout::SETTINGS;
use diptych::output::disk::NewFolder;
use diptych::source::disk::{self, Folder, LARGEST_TEXT, ReadError, Refusal};
use diptych::source::encoding;

use crate::Outcome;
use crate::args::Import;
use crate::console;
use crate::init;
use crate::language::pick;

/// No larger file is copied.
const LARGEST_COPY: u64 = 1 << 40;

/// Imports an existing site.
pub(crate) fn import(args: &Import, lang: Lang) -> anyhow::Result<Outcome> {
    let shown = args.into.display();
    if !NewFolder::is_free(&args.into) {
        bail!(pick(
            lang,
            format!("{shown} is not empty; name a new folder with --into"),
            format!("{shown} n’est pas vide; nommez un nouveau dossier avec --into")
        ));
    }
    let beside = std::path::absolute(&args.into).unwrap_or_else(|_| args.into.clone());
    if let Some(site) = beside.ancestors().skip(1).find(|above| disk::is_there(&above.join(SETTINGS))) {
        let site = site.display();
        bail!(pick(
            lang,
            format!("{shown} is inside the content of a site ({site}); name a new folder outside it with --into"),
            format!(
                "{shown} se trouve dans le contenu d’un site ({site}); nommez un nouveau dossier hors de celui-ci avec --into"
            )
        ));
    }
    let from = args.folder.display();
    let folder = Folder::open(&args.folder).with_context(|| {
        pick(lang, format!("{from} cannot be read as a folder"), format!("{from} ne peut pas être lu comme dossier"))
    })?;
    let (old, unread) = read(&args.folder, &folder)?;
    let wishes = Wishes { pair: args.pair.clone(), kind: args.kind.clone(), lang };
    let types: BTreeMap<String, String> = init::types().collect();
    let new = match import::import(&old, &wishes, &types) {
        Ok(new) => new,
        Err(known) => bail!(pick(
            lang,
            format!("there is no type {}; there are {}", args.kind.as_deref().unwrap_or_default(), known.join(", ")),
            format!("il n’y a pas de type {}; il y a {}", args.kind.as_deref().unwrap_or_default(), known.join(", "))
        )),
    };
    if new.sums.pages == 0 {
        bail!(pick(
            lang,
            format!("there are no pages in {from}: no file ends in .md or .html"),
            format!("il n’y a aucune page dans {from} : aucun fichier ne se termine par .md ou .html")
        ));
    }
    let content = Path::new("content");
    let mut site = NewFolder::begin(&args.into)?;
    for (path, text) in &new.texts {
        site.write(&content.join(path.as_str()), text.as_bytes())?;
    }
    for (path, from) in &new.copies {
        let bytes = folder.read_real(Path::new(from), LARGEST_COPY).map_err(|why| match why {
            Refusal::Io(source) => anyhow::Error::new(ReadError { path: args.folder.join(from), source }),
            _ => anyhow!(pick(
                lang,
                format!("{from} changed while it was read; run the command again"),
                format!("{from} a changé pendant la lecture; relancez la commande"),
            )),
        })?;
        site.write(&content.join(path.as_str()), &bytes)?;
    }
    let mut report = new.report;
    for (at, line) in unread.iter().enumerate() {
        if at == 0 {
            report.push_str(pick(lang, "\n## Files that could not be read\n\n", "\n## Fichiers illisibles\n\n"));
        }
        report.extend(["- `", line, "`\n"]);
    }
    site.write(Path::new("import-report.md"), report.as_bytes())?;
    site.write(Path::new(".gitignore"), init::IGNORED)?;
    site.finish()?;
    console::say(&summary(new.sums, &shown.to_string(), lang))?;
    Ok(Outcome::Clean)
}

fn summary(sums: Sums, shown: &str, lang: Lang) -> String {
    let Sums { pages, pairs, alone, to_look_at } = sums;
    let s = |count: usize| if count == 1 || (lang == Lang::Fr && count == 0) { "" } else { "s" };
    let (page, pair) = (s(pages), s(pairs));
    match lang {
        Lang::En => {
            let need = if to_look_at == 1 { "needs" } else { "need" };
            format!(
                "{pages} page{page} moved in: {pairs} pair{pair}, {alone} in one language only; {to_look_at} {need} a \
                 hand. Read {shown}/import-report.md, then: cd {shown} && diptych serve"
            )
        }
        Lang::Fr => {
            let ask = if to_look_at < 2 { "demande" } else { "demandent" };
            format!(
                "{pages} page{page} importée{page} : {pairs} paire{pair}, {alone} dans une seule langue; {to_look_at} \
                 {ask} une intervention. Lisez {shown}/import-report.md, puis : cd {shown} && diptych serve"
            )
        }
    }
}

/// The old site, and the files that could not be read. Fails if the machine does: what it could not read is not
/// missing.
fn read(from: &Path, folder: &Folder) -> Result<(OldSite, Vec<String>), ReadError> {
    let name = from.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut old = OldSite { name, ..OldSite::default() };
    let walk = folder.walk();
    let mut unread = Vec::new();
    for (path, why) in walk.refused {
        why.of_file(from.join(path.as_str()))?;
        unread.push(path.as_str().to_owned());
    }
    for file in walk.files {
        let path = file.real.to_string_lossy().replace('\\', "/");
        if path.contains("node_modules/") {
            continue;
        }
        if !import::is_read(&path) {
            old.files.insert(path);
            continue;
        }
        match folder.read_real(&file.real, LARGEST_TEXT) {
            Ok(bytes) => {
                old.texts.insert(path, decoded(bytes));
            }
            Err(why) => {
                why.of_file(from.join(&path))?;
                unread.push(path);
            }
        }
    }
    Ok((old, unread))
}

/// A text in any encoding: UTF-16 says so itself or shows it by its zeros, and what is not UTF-8 either is usually in the encoding of Windows.
fn decoded(bytes: Vec<u8>) -> String {
    if let Some(order) = encoding::marked_order(&bytes).or_else(|| encoding::unmarked_order(&bytes)) {
        return encoding::utf16(&bytes, order);
    }
    match String::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(error) => error.as_bytes().iter().map(|byte| encoding::windows_1252(*byte)).collect(),
    }
}
