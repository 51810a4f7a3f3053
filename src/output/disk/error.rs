//! Why an output cannot be written, in both languages: [`WriteError`].

use std::io;
use std::path::{Path, PathBuf};

use super::own::OwnError;
use crate::lang::{Lang, PerLang};
use crate::output::path::MANIFEST;
use crate::path::OutputPath;
use crate::terminal::visible_line;

/// The most names that a message lists.
const MOST_NAMES: usize = 10;

/// Why an output cannot be written. None of these loses anything of the existing site.
#[derive(Debug)]
pub enum WriteError {
    /// The disk failed.
    Io {
        /// What could not be written.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file that is copied into the site cannot be read.
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The output folder holds something other than a site built by Diptych.
    NotOurs(PathBuf),
    /// The list of what the last build put into the output is damaged, so that nobody knows which files are the site's.
    Unlisted(PathBuf),
    /// The output is a link that leads nowhere.
    DeadLink(PathBuf),
    /// The output has files that no build wrote and no setting keeps.
    Foreign {
        /// The output folder.
        out: PathBuf,
        /// Their paths in it.
        files: Vec<String>,
    },
    /// The site has a file in a place that the settings keep for others.
    Kept {
        /// The site's file.
        path: OutputPath,
        /// What the settings keep.
        kept: OutputPath,
    },
    /// Two files of the site would be at one place.
    Twice(OutputPath),
    /// One file of the site would be in another, as in a folder.
    FileInFile {
        /// The file that would have to be a folder.
        file: OutputPath,
        /// The file that would be in it.
        inner: OutputPath,
    },
    /// A file of the site would be at a path that cannot be written.
    BadPath {
        /// The place.
        path: String,
        /// Whether the output reserves it; otherwise it leads elsewhere, or some system does not accept it.
        is_own: bool,
    },
    /// A file of the output was changed while the site was being built.
    ChangedMeanwhile(PathBuf),
    /// The work folder was removed while the site was being built.
    WorkRemoved(PathBuf),
    /// A work folder, or a file in one, is not what Diptych makes there.
    NotOwn(OwnError),
}

impl From<OwnError> for WriteError {
    fn from(error: OwnError) -> Self {
        match error {
            OwnError::Io(path, source) => Self::Io { path, source },
            other => Self::NotOwn(other),
        }
    }
}

impl WriteError {
    /// What is wrong and what to do, in a language of messages. Why the disk failed is in `source`.
    pub fn message(&self, lang: Lang) -> String {
        self.both().get(lang).clone()
    }

    fn both(&self) -> PerLang<String> {
        match self {
            Self::Io { path, .. } => {
                both(format!("cannot write {}", path.display()), format!("impossible d’écrire {}", path.display()))
            }
            Self::Read { path, .. } => {
                both(format!("cannot read {}", path.display()), format!("impossible de lire {}", path.display()))
            }
            Self::NotOurs(out) => both(
                format!(
                    "{} holds files that are not a site built by Diptych; name an empty folder with --out",
                    out.display()
                ),
                format!(
                    "{} contient des fichiers qui ne forment pas un site produit par Diptych; indiquez un dossier vide avec --out",
                    out.display()
                ),
            ),
            Self::Unlisted(out) => {
                let list = out.join(MANIFEST);
                let (out, list) = (out.display(), list.display());
                both(
                    format!(
                        "{list}, the list of the site’s files, was cut off or changed, so nothing was written; restore the list, or, if nothing in {out} is still needed, delete that folder and build again"
                    ),
                    format!(
                        "{list}, la liste des fichiers du site, a été tronquée ou modifiée; rien n’a donc été écrit : rétablissez la liste ou, si rien dans {out} ne doit être conservé, supprimez ce dossier et relancez la construction"
                    ),
                )
            }
            Self::DeadLink(out) => both(
                format!(
                    "{} is a link that leads nowhere; create the folder that it should lead to, or name another one with --out",
                    out.display()
                ),
                format!(
                    "{} est un lien qui ne mène nulle part; créez le dossier auquel il doit mener, ou indiquez-en un autre avec --out",
                    out.display()
                ),
            ),
            Self::Foreign { out, files } => foreign(out, files),
            Self::Kept { path, kept } => both(
                format!(
                    "“{kept}” is listed under “keep” in site.yaml, but the site itself has a file at {path}; take “{kept}” off the list, or keep something narrower"
                ),
                format!(
                    "« {kept} » figure sous « keep » dans site.yaml, mais le site a lui-même un fichier à l’endroit {path}; retirez « {kept} » de la liste, ou conservez quelque chose de plus précis"
                ),
            ),
            Self::Twice(path) => both(
                format!("two files of the site would be written to {path}"),
                format!("deux fichiers du site se trouveraient au même endroit, {path}"),
            ),
            Self::FileInFile { file, inner } => both(
                format!("the site would need {file} both as a file and as the folder of {inner}"),
                format!("le site aurait besoin de {file} à la fois comme fichier et comme dossier de {inner}"),
            ),
            Self::BadPath { path, is_own } => bad_path(path, *is_own),
            Self::NotOwn(error) => error.both(),
            Self::ChangedMeanwhile(file) => both(
                format!("{} was changed while the site was being built; build again", file.display()),
                format!("{} a été modifié pendant la construction du site; relancez la construction", file.display()),
            ),
            Self::WorkRemoved(folder) => both(
                format!("{} was removed while the site was being built; build again", folder.display()),
                format!(
                    "{} a été supprimé pendant la construction du site; relancez la construction",
                    folder.display()
                ),
            ),
        }
    }
}

impl std::fmt::Display for WriteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } | Self::Read { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Turns a disk error into one about writing `path`.
pub(super) fn failed(path: &Path) -> impl FnOnce(io::Error) -> WriteError + '_ {
    move |source| WriteError::Io { path: path.to_owned(), source }
}

fn both(en: String, fr: String) -> PerLang<String> {
    PerLang { en, fr }
}

fn foreign(out: &Path, files: &[String]) -> PerLang<String> {
    let mut list: String = files.iter().take(MOST_NAMES).map(|file| format!("\n{}", visible_line(file))).collect();
    if files.len() > MOST_NAMES {
        list.push_str("\n…");
    }
    let out = out.display();
    both(
        format!(
            "{out} holds what Diptych did not put there, and building would remove it:{list}\n\
             To keep it, list it under “keep” in site.yaml (keep: [name, folder/name]); else move it away. Nothing was changed."
        ),
        format!(
            "{out} contient ce que Diptych n’y a pas mis et que la construction supprimerait :{list}\n\
             Pour le conserver, inscrivez-le sous « keep » dans site.yaml (keep: [nom, dossier/nom]); sinon, déplacez-le. Rien n’a été modifié."
        ),
    )
}

fn bad_path(path: &str, is_own: bool) -> PerLang<String> {
    let path = path.escape_debug();
    let (en, fr) = if is_own {
        ("the output keeps this name for itself", "ce nom est réservé au dossier du site")
    } else {
        (
            "it leads out of the output folder, or some system cannot hold its name",
            "il mène hors du dossier du site, ou certains systèmes n’admettent pas son nom",
        )
    };
    both(
        format!("no file of the site can be written at “{path}”: {en}"),
        format!("aucun fichier du site ne peut être écrit à l’endroit « {path} » : {fr}"),
    )
}
