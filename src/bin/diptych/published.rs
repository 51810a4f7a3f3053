//! `diptych verify` and `diptych diff`: published folders, examined without any content.
//!
//! Results go to standard output, a line for each file or page; a summary goes to standard error. Both exit with 1 if
//! somebody has to look: a folder that is not what was built, an address that is lost, a pair that is unequal.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{anyhow, bail};
use diptych::format::count as in_digits;
use diptych::lang::{Lang, PerLang};
use diptych::machine;
use diptych::output::deploy::{self, Change, Deploy, Unequal, Which};
use diptych::output::disk::{self, Differences};
use diptych::output::manifest::{self, Entry, Manifest, Mark, hex};
use diptych::output::path::MANIFEST;
use diptych::path::OutputPath;
use diptych::source::disk::{Folder, Refusal, read_file};
use diptych::terminal::visible_line;
use serde_json::{Value, json};

use crate::Outcome;
use crate::args::{AnswerFormat, Diff, Verify};
use crate::console;
use crate::language::pick;

/// Compares a published folder with its manifest.
pub(crate) fn verify(args: &Verify, lang: Lang) -> anyhow::Result<Outcome> {
    let keep = args.keep.iter().map(|path| kept(path, lang)).collect::<anyhow::Result<Vec<_>>>()?;
    let (bytes, manifest) = match &args.manifest {
        None => {
            let site = Site::open(&args.folder, lang)?;
            (site.mark, site.manifest)
        }
        Some(file) => {
            let bytes = read_file(file, manifest::LARGEST).map_err(|error| unreadable(file, &error.source, lang))?;
            let manifest = listed(&bytes, file, lang)?;
            (bytes, manifest)
        }
    };
    let found = disk::verify(&args.folder, &manifest, &keep)?;
    // A list that somebody else wrote is a change too, even if all files are as they should be.
    let own = Folder::open(&args.folder).map_err(Refusal::Io);
    let own = own.and_then(|folder| folder.read_real(Path::new(MANIFEST), manifest::LARGEST));
    let is_own_listed = own.is_ok_and(|own| own == bytes);
    let is_whole = found == Differences::default() && is_own_listed && !manifest.unfinished;
    match args.format {
        AnswerFormat::Json => {
            let changed = paths(&found.changed).chain((!is_own_listed).then_some(MANIFEST));
            let result = json!({
                "folder": args.folder.to_string_lossy(),
                "whole": is_whole,
                "files": manifest.files.len(),
                "manifest": hex(&Entry::of(&bytes).digest),
                "unfinished": manifest.unfinished,
                "missing": paths(&found.missing).collect::<Vec<_>>(),
                "changed": changed.collect::<Vec<_>>(),
                "foreign": found.foreign,
                "unreadable": paths(&found.unreadable).collect::<Vec<_>>(),
            });
            console::out_json(&format!("{result:#}\n"))?;
        }
        AnswerFormat::Text => {
            console::out(&found_in_words(&found, is_own_listed, lang), false)?;
        }
    }
    console::say(&summary(args, &manifest, &found, is_whole, lang))?;
    if !found.unreadable.is_empty() {
        bail!(pick(
            lang,
            "files that cannot be read cannot be compared; run this as a user who can read them all",
            "les fichiers illisibles ne peuvent pas être comparés; lancez la commande en tant qu’utilisateur qui peut tous les lire"
        ));
    }
    Ok(if is_whole { Outcome::Clean } else { Outcome::Mistakes })
}

fn paths(paths: &[OutputPath]) -> impl Iterator<Item = &str> {
    paths.iter().map(OutputPath::as_str)
}

fn kept(path: &str, lang: Lang) -> anyhow::Result<OutputPath> {
    OutputPath::new(path.trim_end_matches('/')).map_err(|_| {
        anyhow!(pick(
            lang,
            format!("“{path}” is not a path inside the folder; write it as “keep” in site.yaml does, such as .git or files/uploads"),
            format!("« {path} » n’est pas un chemin dans le dossier; écrivez-le comme sous « keep » dans site.yaml, par exemple .git ou files/uploads"),
        ))
    })
}

/// One line for each file that is not as it should be.
fn found_in_words(found: &Differences, is_own_listed: bool, lang: Lang) -> String {
    let own = (!is_own_listed).then_some(MANIFEST);
    let changed: Vec<&str> = own.into_iter().chain(paths(&found.changed)).collect();
    let lists = [
        (pick(lang, "missing", "manquant"), paths(&found.missing).collect()),
        (pick(lang, "changed", "modifié"), changed),
        (pick(lang, "foreign", "étranger"), found.foreign.iter().map(String::as_str).collect()),
        (pick(lang, "unreadable", "illisible"), paths(&found.unreadable).collect()),
    ];
    let mut out = String::new();
    for (word, files) in lists {
        for file in files {
            let _ = writeln!(out, "{word:<10}  {}", visible_line(file));
        }
    }
    out
}

/// The state of the folder, and what to do about it.
fn summary(args: &Verify, manifest: &Manifest, found: &Differences, is_whole: bool, lang: Lang) -> String {
    let folder = args.folder.display();
    let number = in_digits(manifest.files.len(), lang);
    if is_whole {
        return match (manifest.files.len(), lang) {
            (1, Lang::En) => format!("{folder}: the 1 file is as it was built"),
            (_, Lang::En) => format!("{folder}: all {number} files are as they were built"),
            (0 | 1, Lang::Fr) => format!("{folder} : {number} fichier, tel qu’il a été construit"),
            (_, Lang::Fr) => format!("{folder} : les {number} fichiers sont tels qu’ils ont été construits"),
        };
    }
    if manifest.unfinished {
        return pick(
            lang,
            format!("{folder}: a build that was writing here did not end; build the site again"),
            format!("{folder} : une construction qui écrivait ici ne s’est pas terminée; reconstruisez le site"),
        );
    }
    let whole = manifest.files.len() - found.missing.len() - found.changed.len() - found.unreadable.len();
    let whole = in_digits(whole, lang);
    pick(
        lang,
        format!(
            "{folder} is not as it was built: {whole} of {number} files are; publish the last build again, and find out who changed it"
        ),
        format!(
            "{folder} n’est pas tel qu’il a été construit : {whole} fichiers sur {number} le sont; publiez de nouveau le dernier site construit et cherchez qui l’a modifié"
        ),
    )
}

/// A folder with a site in it.
struct Site {
    folder: Folder,
    mark: Vec<u8>,
    manifest: Manifest,
}

impl Site {
    fn open(path: &Path, lang: Lang) -> anyhow::Result<Self> {
        let folder = Folder::open(path).map_err(|error| unreadable(path, &error, lang))?;
        let file = path.join(MANIFEST);
        let mark = folder.read_real(Path::new(MANIFEST), manifest::LARGEST).map_err(|refusal| match refusal {
            Refusal::Io(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let path = path.display();
                anyhow!(pick(
                    lang,
                    format!(
                        "{path} has no list of its files ({MANIFEST}); it holds no site built by Diptych, or its hidden files were not copied"
                    ),
                    format!(
                        "{path} n’a pas de liste de ses fichiers ({MANIFEST}); ce dossier ne contient pas de site produit par Diptych, ou ses fichiers cachés n’ont pas été copiés"
                    ),
                ))
            }
            Refusal::Io(error) => unreadable(&file, &error, lang),
            _ => not_a_list(&file, lang),
        })?;
        let manifest = listed(&mark, &file, lang)?;
        Ok(Self { folder, mark, manifest })
    }
}

/// The files that a manifest lists.
fn listed(bytes: &[u8], file: &Path, lang: Lang) -> anyhow::Result<Manifest> {
    match Mark::read(bytes) {
        Mark::Manifest(manifest) => Ok(manifest),
        Mark::Bare | Mark::Damaged | Mark::Foreign => Err(not_a_list(file, lang)),
    }
}

fn not_a_list(file: &Path, lang: Lang) -> anyhow::Error {
    let file = file.display();
    anyhow!(pick(
        lang,
        format!(
            "{file} is not a list of files as a build writes it, or is damaged; publish the site again, this file included"
        ),
        format!(
            "{file} n’est pas une liste de fichiers telle que l’écrit une construction, ou elle est endommagée; publiez le site de nouveau, ce fichier compris"
        ),
    ))
}

fn unreadable(path: &Path, error: &std::io::Error, lang: Lang) -> anyhow::Error {
    let (path, PerLang { en, fr }) = (path.display(), machine::message(error));
    anyhow!(pick(lang, format!("cannot read {path}: {en}"), format!("impossible de lire {path} : {fr}")))
}

/// Shows what a deploy changes.
pub(crate) fn diff(args: &Diff, lang: Lang) -> anyhow::Result<Outcome> {
    let (old, new) = (Site::open(&args.old, lang)?, Site::open(&args.new, lang)?);
    let read = |which, path: &OutputPath| {
        let (site, folder) = if which == Which::Old { (&old, &args.old) } else { (&new, &args.new) };
        match site.folder.read_real(Path::new(path.as_str()), site.manifest.files[path].size) {
            Ok(bytes) if Entry::of(&bytes) == site.manifest.files[path] => Ok(bytes),
            Err(Refusal::Io(error)) if machine::has_failed(&error) => {
                Err(unreadable(&folder.join(path.as_str()), &error, lang))
            }
            _ => Err(not_as_built(folder, path, lang)),
        }
    };
    for (site, folder) in [(&old, &args.old), (&new, &args.new)] {
        let found = disk::verify(folder, &site.manifest, &[])?;
        let [missing, changed, unread] = [&found.missing, &found.changed, &found.unreadable];
        if let Some(other) = missing.iter().chain(changed).chain(unread).next() {
            return Err(not_as_built(folder, other, lang));
        }
    }
    let deploy = deploy::compare(&old.manifest, &new.manifest, &read)?;
    match args.format {
        AnswerFormat::Json => console::out_json(&format!("{:#}\n", as_json(&deploy)))?,
        AnswerFormat::Text => console::out(&in_words(&deploy, lang), false)?,
    };
    let is_sound = deploy.lost.is_empty() && deploy.unequal.is_empty();
    for line in verdict(&deploy, lang).lines() {
        console::say(line)?;
    }
    Ok(if is_sound { Outcome::Clean } else { Outcome::Mistakes })
}

/// The error for a folder whose files do not match its list: what readers get would not be what is compared.
fn not_as_built(folder: &Path, path: &OutputPath, lang: Lang) -> anyhow::Error {
    let (file, folder) = (folder.join(path.as_str()), folder.display());
    let file = file.display();
    anyhow!(pick(
        lang,
        format!(
            "{file} is not what was built, so nothing can be said about it; “diptych verify {folder}” lists all such files"
        ),
        format!(
            "{file} n’est pas ce qui a été construit; on ne peut donc rien en dire. « diptych verify {folder} » énumère tous ces fichiers"
        ),
    ))
}

fn as_json(deploy: &Deploy) -> Value {
    let pages = |lang: Lang| {
        let pages = deploy.pages.get(lang);
        let gone = pages.gone.iter().map(|(address, to)| json!({"address": address, "leads_to": to}));
        json!({
            "new": pages.new, "changed": pages.changed, "gone": gone.collect::<Vec<_>>(), "restyled": pages.restyled,
        })
    };
    let unequal = deploy.unequal.iter().map(|Unequal { address, lang, change, twin }| {
        let change = match change {
            Change::New => "new",
            Change::Changed => "changed",
            Change::Gone => "gone",
        };
        json!({"address": address, "lang": lang.code(), "change": change, "twin": twin})
    });
    json!({
        "differs": deploy.differs,
        "en": pages(Lang::En),
        "fr": pages(Lang::Fr),
        "files": {"new": deploy.files.new, "changed": deploy.files.changed, "gone": deploy.files.gone},
        "lost": deploy.lost,
        "unequal": unequal.collect::<Vec<_>>(),
    })
}

/// The lists of a deploy, each under its heading; empty ones are left out.
fn in_words(deploy: &Deploy, lang: Lang) -> String {
    let mut out = String::new();
    let (new, changed, gone) =
        (pick(lang, "new", "ajoutée"), pick(lang, "changed", "modifiée"), pick(lang, "gone", "retirée"));
    for side in Lang::BOTH {
        let pages = deploy.pages.get(side);
        let name = match (lang, side) {
            (Lang::En, Lang::En) => "Pages in English",
            (Lang::En, Lang::Fr) => "Pages in French",
            (Lang::Fr, Lang::En) => "Pages en anglais",
            (Lang::Fr, Lang::Fr) => "Pages en français",
        };
        let lines = [(new, &pages.new), (changed, &pages.changed)].into_iter();
        let lines = lines.flat_map(|(word, pages)| pages.iter().map(move |page| line(word, page)));
        let gone = pages.gone.iter().map(|(page, to)| match to {
            Some(to) => line(gone, &format!("{page} → {to}")),
            None => line(gone, page),
        });
        let restyled = (pages.restyled > 0).then(|| restyled(pages.restyled, lang));
        section(&mut out, name, lines.chain(gone).chain(restyled));
    }
    let (new, changed, gone) =
        (pick(lang, "new", "ajouté"), pick(lang, "changed", "modifié"), pick(lang, "gone", "retiré"));
    let files = [(new, &deploy.files.new), (changed, &deploy.files.changed), (gone, &deploy.files.gone)].into_iter();
    let files = files.flat_map(|(word, files)| files.iter().map(move |file| line(word, file)));
    section(&mut out, pick(lang, "Other files", "Autres fichiers"), files);
    let lost = pick(lang, "Addresses that lead nowhere now", "Adresses qui ne mènent plus nulle part");
    section(&mut out, lost, deploy.lost.iter().map(|address| format!("  {}", visible_line(address))));
    let unequal = pick(lang, "Pairs that change in one language only", "Paires modifiées dans une seule langue");
    section(&mut out, unequal, deploy.unequal.iter().map(|pair| unequal_in_words(pair, lang)));
    out
}

fn section(out: &mut String, heading: &str, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.collect();
    if !lines.is_empty() {
        let gap = if out.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{gap}{heading}\n{}", lines.join("\n"));
    }
}

fn line(word: &str, address: &str) -> String {
    format!("  {word:<8}  {}", visible_line(address))
}

fn restyled(count: usize, lang: Lang) -> String {
    let number = in_digits(count, lang);
    match (count, lang) {
        (1, Lang::En) => "  1 page says the same and looks different".to_owned(),
        (_, Lang::En) => format!("  {number} pages say the same and look different"),
        (0 | 1, Lang::Fr) => format!("  {number} page dit la même chose sous une autre présentation"),
        (_, Lang::Fr) => format!("  {number} pages disent la même chose sous une autre présentation"),
    }
}

fn unequal_in_words(pair: &Unequal, lang: Lang) -> String {
    let Unequal { address, change, twin, .. } = pair;
    let twin = twin.as_deref().unwrap_or_default();
    let words = match (change, lang) {
        (Change::New, Lang::En) => format!("{address} is new and has no version in the other language"),
        (Change::Changed, Lang::En) => format!("{address} changes; {twin} does not"),
        (Change::Gone, Lang::En) => format!("{address} is removed; {twin} stays"),
        (Change::New, Lang::Fr) => format!("{address} est ajoutée et n’a pas de version dans l’autre langue"),
        (Change::Changed, Lang::Fr) => format!("{address} est modifiée; {twin} ne l’est pas"),
        (Change::Gone, Lang::Fr) => format!("{address} est retirée; {twin} reste"),
    };
    format!("  {}", visible_line(&words))
}

/// What there is to do before the new site is published.
fn verdict(deploy: &Deploy, lang: Lang) -> String {
    let counted = |count: usize, one: &str, more: &str| {
        let word = if count == 1 { one } else { more };
        format!("{} {word}", in_digits(count, lang))
    };
    let mut found = Vec::new();
    if !deploy.lost.is_empty() {
        let count = deploy.lost.len();
        found.push(pick(
            lang,
            format!(
                "{}; list them under “aliases” of the pages that took their place",
                counted(count, "address is lost", "addresses are lost")
            ),
            format!(
                "{}; inscrivez-les sous « aliases » des pages qui les remplacent",
                counted(count, "adresse se perd", "adresses se perdent")
            ),
        ));
    }
    if !deploy.unequal.is_empty() {
        let count = deploy.unequal.len();
        found.push(pick(
            lang,
            format!(
                "{}; look at the other version of each",
                counted(count, "pair changes in one language only", "pairs change in one language only")
            ),
            format!(
                "{}; voyez l’autre version de chacune",
                counted(count, "paire change dans une seule langue", "paires changent dans une seule langue")
            ),
        ));
    }
    match (found.as_slice(), deploy.differs) {
        ([], false) => {
            pick(lang, "Nothing changes: the two are the same.", "Rien ne change : les deux sont identiques.")
                .to_owned()
        }
        ([], true) => pick(
            lang,
            "No address is lost, and both languages change together.",
            "Aucune adresse ne se perd, et les deux langues changent ensemble.",
        )
        .to_owned(),
        (found, _) => found.join("\n"),
    }
}
