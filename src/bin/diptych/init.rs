//! `diptych init`: writes a new site, small and sound, in both languages. Owns the starter's files.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use diptych::lang::Lang;
use diptych::layout;
use diptych::output::disk::{NewFolder, create_new};
use diptych::path::ContentPath;
use diptych::source::Sources;
use diptych::source::disk::is_there;
use include_dir::{Dir, include_dir};

use crate::args::{Host, Init};
use crate::language::pick;
use crate::{Outcome, console, schema};

/// Home pages, settings and a first record of the main types. Comments are there in both languages: [`in_language`].
static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/bin/diptych/starter");

/// The record types that Diptych ships.
static TYPES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content/types");

/// Workflows that check every change and publish the site, with comments in either language.
const WORKFLOWS: [(Host, Lang, &str, &str); 4] = [
    (Host::Github, Lang::En, ".github/workflows/site.yml", include_str!("workflows/github.en.yml")),
    (Host::Github, Lang::Fr, ".github/workflows/site.yml", include_str!("workflows/github.fr.yml")),
    (Host::Gitlab, Lang::En, ".gitlab-ci.yml", include_str!("workflows/gitlab.en.yml")),
    (Host::Gitlab, Lang::Fr, ".gitlab-ci.yml", include_str!("workflows/gitlab.fr.yml")),
];

/// What version control ignores in a new site: everything that is generated.
pub(crate) const IGNORED: &[u8] = b"/public\n/public.zip\n/.public.diptych\n/.diptych\n";

/// The file by which a folder is known to hold a site.
const SETTINGS: &str = "content/site.yaml";

/// The record types that Diptych ships, by the names of their files.
pub(crate) fn types() -> impl Iterator<Item = (String, String)> {
    TYPES.files().filter_map(|file| {
        let name = file.path().file_name()?.to_str()?.to_owned();
        Some((name, file.contents_utf8()?.to_owned()))
    })
}

/// Writes a new site, or adds a workflow to an existing one.
pub(crate) fn init(args: &Init, lang: Lang) -> anyhow::Result<Outcome> {
    let folder = &args.folder;
    let shown = folder.display();
    if let Some((path, text)) = workflow(args.with, lang).filter(|_| is_there(&folder.join(SETTINGS))) {
        let file = folder.join(&path);
        let shown = file.display();
        if is_there(&file) {
            bail!(pick(lang, format!("{shown} already exists"), format!("{shown} existe déjà")));
        }
        create_new(&file, &text)?;
        console::say(&pick(
            lang,
            format!(
                "Added {shown}. The one-time setup is described at the top of that file. Nothing else was changed."
            ),
            format!("Ajout de {shown}; ce qu’il faut régler une fois figure au début. Rien d’autre n’a été modifié."),
        ))?;
        return Ok(Outcome::Clean);
    }
    make(folder, args.with, lang)?;
    console::say(&pick(
        lang,
        format!("Created a new site in {shown}. See it with: cd {shown} && diptych serve"),
        format!("Un nouveau site se trouve dans {shown}. Pour le voir : cd {shown} && diptych serve"),
    ))?;
    Ok(Outcome::Clean)
}

/// Writes a new site into a folder that is new or empty, with a workflow for its host.
pub(crate) fn make(folder: &Path, with: Option<Host>, lang: Lang) -> anyhow::Result<()> {
    let shown = folder.display();
    let files = files(with, lang)?;
    if !is_free(folder, &files) {
        bail!(pick(
            lang,
            format!("{shown} is not empty; name a new folder"),
            format!("{shown} n’est pas vide; nommez un nouveau dossier")
        ));
    }
    let mut site = NewFolder::begin(folder)?;
    for (path, bytes) in files {
        site.write(&path, &bytes)?;
    }
    Ok(site.finish()?)
}

/// The files of a new site, by their paths in its folder.
fn files(with: Option<Host>, lang: Lang) -> anyhow::Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut files = Vec::new();
    let mut folders = vec![(&STARTER, PathBuf::from("content")), (&TYPES, PathBuf::from("content/types"))];
    while let Some((dir, target)) = folders.pop() {
        for file in dir.files() {
            let name = file.path().file_name().context("a file of the starter has no name")?;
            let text = file.contents_utf8().context("a file of the starter is not text")?;
            files.push((target.join(name), in_language(text, lang).into_bytes()));
        }
        for inner in dir.dirs() {
            let name = inner.path().file_name().context("a folder of the starter has no name")?;
            folders.push((inner, target.join(name)));
        }
    }
    let of_type = |file: &include_dir::File<'_>| {
        let path = format!("{}/{}", layout::TYPES, file.path().file_name()?.to_string_lossy());
        Some((ContentPath::new(path), file.contents().to_vec()))
    };
    let (types, _) = Sources::from_files(TYPES.files().filter_map(of_type));
    let for_editors = schema::of_new_site(&types).into_iter();
    files.extend(for_editors.map(|(path, text)| (PathBuf::from(path), text.into_bytes())));
    files.extend(workflow(with, lang));
    files.push((PathBuf::from(".gitignore"), IGNORED.to_vec()));
    Ok(files)
}

/// The workflow for a host, with its path in the folder of a site.
fn workflow(with: Option<Host>, lang: Lang) -> Option<(PathBuf, Vec<u8>)> {
    let (.., path, text) = WORKFLOWS.iter().find(|(host, own, ..)| Some(*host) == with && *own == lang)?;
    let text = text.replace("DIPTYCH-VERSION", env!("CARGO_PKG_VERSION"));
    Some((PathBuf::from(path), text.into_bytes()))
}

/// A text with the comments of one language: in the starter each begins with its language, as in `#en `.
fn in_language(text: &str, lang: Lang) -> String {
    let comment = |lang: Lang| format!("#{lang} ");
    let lines = text.split_inclusive('\n').filter(|line| !line.starts_with(&comment(lang.other())));
    lines.map(|line| line.strip_prefix(&comment(lang)).map_or(line.to_owned(), |words| format!("# {words}"))).collect()
}

/// Whether a new site can be written into a folder: it holds only hidden files, such as a repository, and none of the
/// site's files except as an interrupted run left them.
#[expect(clippy::disallowed_methods, reason = "looks whether the folder is free before anything is written")]
fn is_free(folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut visible = entries.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    let is_link = |path: &Path| fs::symlink_metadata(folder.join(path)).is_ok_and(|meta| meta.is_symlink());
    let may_be_written = |path: &Path, bytes: &[u8]| match fs::symlink_metadata(folder.join(path)) {
        Ok(meta) => meta.is_file() && fs::read(folder.join(path)).is_ok_and(|own| own == bytes),
        Err(_) => !path.ancestors().skip(1).filter(|above| *above != Path::new("")).any(is_link),
    };
    visible.next().is_none() && files.iter().all(|(path, bytes)| may_be_written(path, bytes))
}
