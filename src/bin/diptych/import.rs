//! `diptych import`: reads the folder of an existing site, has it turned into one of ours, and writes that.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, bail};
use diptych::import::{self, OldSite, Sums, Wishes};
use diptych::lang::Lang;
use diptych::layout::SETTINGS;
use diptych::output::disk::{NewFolder, WriteError};
use diptych::source::disk::{self, Folder, LARGEST_TEXT};
use diptych::source::encoding;

use crate::Outcome;
use crate::args::Import;
use crate::build::InWords as _;
use crate::console;
use crate::init;
use crate::language::pick;

/// No larger file is copied.
const LARGEST_COPY: u64 = 1 << 40;

/// Moves an existing site in.
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
            format!("{shown} lies in the content of a site ({site}); name a new folder outside of it with --into"),
            format!(
                "{shown} se trouve dans le contenu d’un site ({site}); nommez un nouveau dossier hors de celui-ci avec --into"
            )
        ));
    }
    let from = args.folder.display();
    let folder = Folder::open(&args.folder).with_context(|| {
        pick(lang, format!("{from} cannot be read as a folder"), format!("{from} ne peut pas être lu comme dossier"))
    })?;
    let (old, unread) = read(&args.folder, &folder);
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
            format!("there is no page in {from}: no file ends in .md or .html"),
            format!("il n’y a aucune page dans {from} : aucun fichier ne se termine par .md ou .html")
        ));
    }
    let told = |error: WriteError| error.in_words(lang);
    let content = Path::new("content");
    let mut site = NewFolder::begin(&args.into).map_err(told)?;
    for (path, text) in &new.texts {
        site.write(&content.join(path.as_str()), text.as_bytes()).map_err(told)?;
    }
    for (path, from) in &new.copies {
        let bytes =
            folder.read_real(Path::new(from), LARGEST_COPY).map_err(|why| anyhow::anyhow!("{from}: {why:?}"))?;
        site.write(&content.join(path.as_str()), &bytes).map_err(told)?;
    }
    let mut report = new.report;
    for (at, line) in unread.iter().enumerate() {
        if at == 0 {
            report.push_str(pick(lang, "\n## Files that could not be read\n\n", "\n## Fichiers illisibles\n\n"));
        }
        report.extend(["- `", line, "`\n"]);
    }
    site.write(Path::new("import-report.md"), report.as_bytes()).map_err(told)?;
    site.write(Path::new(".gitignore"), b"/public\n").map_err(told)?;
    site.finish().map_err(told)?;
    console::say(&summary(new.sums, &shown.to_string(), lang))?;
    Ok(Outcome::Clean)
}

fn summary(sums: Sums, shown: &str, lang: Lang) -> String {
    let Sums { pages, pairs, alone, to_look_at } = sums;
    match lang {
        Lang::En => format!(
            "{pages} pages moved in: {pairs} pairs, {alone} in one language only; {to_look_at} need a hand. \
             Read {shown}/import-report.md, then: cd {shown} && diptych serve"
        ),
        Lang::Fr => format!(
            "{pages} pages importées : {pairs} paires, {alone} dans une seule langue; {to_look_at} demandent une \
             intervention. Lisez {shown}/import-report.md, puis : cd {shown} && diptych serve"
        ),
    }
}

/// The old site, and what of it could not be read.
fn read(path: &Path, folder: &Folder) -> (OldSite, Vec<String>) {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut old = OldSite { name, ..OldSite::default() };
    let walk = folder.walk();
    let mut unread: Vec<String> = walk.refused.iter().map(|(path, _)| path.as_str().to_owned()).collect();
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
            Err(_) => unread.push(path),
        }
    }
    (old, unread)
}

/// A text in whichever encoding it is: UTF-16 says so itself, and what is no UTF-8 either is most often in the encoding of
/// Windows.
fn decoded(bytes: Vec<u8>) -> String {
    if let Some(order) = encoding::marked_order(&bytes) {
        return encoding::utf16(&bytes, order);
    }
    match String::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(error) => error.as_bytes().iter().map(|byte| encoding::windows_1252(*byte)).collect(),
    }
}
