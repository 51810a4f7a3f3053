//! Mistakes in files: front matter, names and folders.

use super::{both, did_you_mean, error, warning};
use crate::diagnostic::{Diagnostic, KnownNames, Place};
use crate::lang::Lang;

/// What a page begins with in place of a line `---`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TopLine {
    /// A dash that a word processor has made of the hyphens.
    Dash,
    /// More or fewer than three hyphens, or three after a space.
    Hyphens,
    /// Empty lines above it.
    Blank,
    /// Anything else.
    Other,
}

/// A page of words without a front matter.
pub fn front_matter_missing(place: Place, top: TopLine) -> Diagnostic {
    let help = match top {
        TopLine::Dash => both!(
            "Write the first line with three hyphens: ---. A word processor has made a dash of them.",
            "Écrivez la première ligne avec trois traits d’union : ---. Un traitement de texte en a fait un tiret."
        ),
        TopLine::Hyphens => both!(
            "Write the first line with three hyphens and nothing before them: ---.",
            "Écrivez la première ligne avec trois traits d’union, sans rien devant : ---."
        ),
        TopLine::Blank => both!(
            "Remove the empty lines above ---: it must be the first line of the file.",
            "Supprimez les lignes vides au-dessus de --- : ce doit être la première ligne du fichier."
        ),
        TopLine::Other => both!(
            "Begin the file with a line ---, then title: and summary:, then a line ---.",
            "Commencez le fichier par une ligne ---, puis title: et summary:, puis une ligne ---."
        ),
    };
    error(
        "front-matter-missing",
        place,
        both!(
            "the page does not begin with its title and summary",
            "la page ne commence pas par son titre et son résumé"
        ),
        help,
    )
}

/// A front matter that never closes. `is_odd` if the place is a line that was probably meant to close it.
pub fn front_matter_unclosed(place: Place, is_odd: bool) -> Diagnostic {
    if is_odd {
        return error(
            "front-matter-unclosed",
            place,
            both!(
                "this line does not close the block at the top of the page",
                "cette ligne ne ferme pas le bloc en tête de page"
            ),
            both!(
                "Write three hyphens and nothing before them: ---.",
                "Écrivez trois traits d’union, sans rien devant : ---."
            ),
        );
    }
    error(
        "front-matter-unclosed",
        place,
        both!(
            "the block at the top of the page is opened with --- and never closed",
            "le bloc en tête de page s’ouvre par --- et ne se ferme jamais"
        ),
        both!("Add a line --- after the last field.", "Ajoutez une ligne --- après le dernier champ."),
    )
}

/// A Markdown file whose name does not say its language.
pub fn language_missing(place: Place, stem: &str) -> Diagnostic {
    error(
        "language-missing",
        place,
        both!("the file’s name does not say its language", "le nom du fichier n’indique pas sa langue"),
        both!("Rename it to {stem}.en.md or {stem}.fr.md.", "Renommez-le {stem}.en.md ou {stem}.fr.md."),
    )
}

/// A page in a folder named for a language, which is not a type's folder: `fr/treaty.md`.
pub fn folder_of_language(place: Place, name: &str, lang: Lang) -> Diagnostic {
    let right = format!("{}.{lang}.md", name.split('.').next().unwrap_or(name));
    error(
        "language-missing",
        place,
        both!(
            "pages are in the folders of their types, not in a folder for each language",
            "les pages se trouvent dans le dossier de leur type, et non dans un dossier par langue"
        ),
        both!(
            "Move it to the folder of its type and name it {right}: pages/{right}.",
            "Déplacez-la dans le dossier de son type et nommez-la {right} : pages/{right}."
        ),
    )
}

/// A page in a language that is neither English nor French.
pub fn other_language(place: Place, stem: &str, code: &str) -> Diagnostic {
    error(
        "language-missing",
        place,
        both!(
            "pages are in English and French; “{code}” in the name of this file is another language",
            "les pages sont en français et en anglais; « {code} », dans le nom de ce fichier, est une autre langue"
        ),
        both!(
            "Keep it outside the content folder, or publish it as a file that a page links to, such as {stem}.{code}.pdf.",
            "Gardez-la hors du dossier du contenu, ou publiez-la sous forme de fichier auquel une page renvoie, comme {stem}.{code}.pdf."
        ),
    )
}

/// A page whose name says both languages: `treaty.fr.en.md`.
pub fn two_languages(place: Place, name: &str) -> Diagnostic {
    error(
        "misnamed-file",
        place,
        both!("the file’s name says two languages", "le nom du fichier indique deux langues"),
        both!(
            "Keep the language that it is written in: {name}.en.md or {name}.fr.md.",
            "Gardez celle dans laquelle il est écrit : {name}.en.md ou {name}.fr.md."
        ),
    )
}

/// Two files of one record whose names differ by a capital. `right` is the name that this one should have.
pub fn names_of_a_pair_differ(place: Place, right: &str) -> Diagnostic {
    error(
        "misnamed-file",
        place,
        both!(
            "the names of the files of this record differ by a capital, so they are two records",
            "les noms des fichiers de cette fiche diffèrent par une majuscule : ils forment donc deux fiches"
        ),
        both!("Rename this one to {right}.", "Renommez celui-ci {right}."),
    )
}

/// A page that was saved by another program. `page` is the file that it should be.
pub fn other_format(place: Place, page: &str) -> Diagnostic {
    error(
        "misnamed-file",
        place,
        both!(
            "this is a file of another program; a page is a text file that ends in .md",
            "ce fichier vient d’un autre logiciel; une page est un fichier texte qui finit par .md"
        ),
        both!(
            "Copy its words into a new file {page}, below a title and a summary, and remove this one.",
            "Copiez-en le texte dans un nouveau fichier {page}, sous un titre et un résumé, puis supprimez celui-ci."
        ),
    )
}

/// A record in a folder that no type claims, or in none.
pub fn folder_without_type(place: Place, folder: Option<&str>, known: &KnownNames) -> Diagnostic {
    let list = known.list();
    let Some(folder) = folder else {
        return error(
            "folder-without-type",
            place,
            both!("this page is not in a folder", "cette page ne se trouve dans aucun dossier"),
            both!("Move the file to one of: {list}.", "Déplacez le fichier dans un de ces dossiers : {list}."),
        );
    };
    error(
        "folder-without-type",
        place,
        both!("no record type uses the folder “{folder}”", "aucun type de fiche n’utilise le dossier « {folder} »"),
        did_you_mean(
            known.nearest(folder),
            both!("Move the file to one of: {list}.", "Déplacez le fichier dans un de ces dossiers : {list}."),
        ),
    )
}

/// A site with records and without a type: none of them is published. `like_types` is a folder whose name differs by a capital.
pub fn no_types(place: Place, like_types: Option<&str>) -> Diagnostic {
    let help = match like_types {
        Some(folder) => both!(
            "Rename the folder {folder}/ to types/, in small letters.",
            "Renommez le dossier {folder}/ en types/, en minuscules."
        ),
        None => both!(
            "Put the folder types/ back. It has a file for each kind of page; “diptych help types” shows one.",
            "Remettez le dossier types/ en place. Il contient un fichier par sorte de page; « diptych help types » en montre un."
        ),
    };
    error(
        "folder-without-type",
        place,
        both!(
            "there is no folder types/, so no page in a folder is published",
            "il n’y a pas de dossier types/ : aucune page qui se trouve dans un dossier n’est publiée"
        ),
        help,
    )
}

/// Facts without words in either language.
pub fn facts_without_words(place: Place, stem: &str) -> Diagnostic {
    error(
        "facts-without-words",
        place,
        both!("these facts have no page in either language", "ces faits n’ont de page dans aucune langue"),
        both!(
            "Write {stem}.en.md and {stem}.fr.md, or remove this file.",
            "Écrivez {stem}.en.md et {stem}.fr.md, ou supprimez ce fichier."
        ),
    )
}

/// A link that leads out of the folder that it is in.
pub fn link_outside(place: Place) -> Diagnostic {
    error(
        "link-outside",
        place,
        both!(
            "this is a link to something outside the folder; it is not read",
            "ceci est un lien vers quelque chose qui se trouve hors du dossier; il n’est pas lu"
        ),
        both!(
            "Put a copy of the file or folder here in place of the link.",
            "Mettez ici une copie du fichier ou du dossier à la place du lien."
        ),
    )
}

/// A link that leads back to itself or to a folder that it is in.
pub fn link_circle(place: Place) -> Diagnostic {
    error(
        "link-circle",
        place,
        both!(
            "this is a link that leads back to where it is; it is not read",
            "ceci est un lien qui ramène là où il se trouve; il n’est pas lu"
        ),
        both!("Remove the link.", "Supprimez le lien."),
    )
}

/// A file with the same name as another one, except for how its accents are stored.
pub fn same_name_twice(place: Place) -> Diagnostic {
    error(
        "same-name-twice",
        place,
        both!(
            "two files here have the same name, with its accents stored in two ways; only one of them is read",
            "deux fichiers portent ici le même nom, dont les accents sont enregistrés de deux façons; un seul est lu"
        ),
        both!("Remove or rename one of the two.", "Supprimez ou renommez l’un des deux."),
    )
}

/// A file of words or facts whose name is nearly right. `meant` is its path with the right name.
pub fn misnamed_file(place: Place, meant: &str) -> Diagnostic {
    error(
        "misnamed-file",
        place,
        both!("a file of this name is not read", "un fichier de ce nom n’est pas lu"),
        both!("Rename it to {meant}.", "Renommez-le {meant}."),
    )
}

/// A pipe, a socket or a device.
pub fn special_file(place: Place) -> Diagnostic {
    error(
        "special-file",
        place,
        both!(
            "this is a pipe, a socket or a device and not a file; it is not read",
            "ceci est un tube, une interface de connexion ou un périphérique, et non un fichier; ce n’est pas lu"
        ),
        both!("Remove it from the folder.", "Retirez-le du dossier."),
    )
}

/// A folder with the name of a file that is read.
pub fn folder_for_file(place: Place) -> Diagnostic {
    error(
        "special-file",
        place,
        both!(
            "this is a folder, and a file of this name is read here",
            "ceci est un dossier, alors que c’est un fichier de ce nom qui est lu à cet endroit"
        ),
        both!("Give the folder another name, or remove it.", "Donnez un autre nom au dossier, ou supprimez-le."),
    )
}

/// Why a file or folder of the content is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable<'a> {
    /// A link leads to nothing, or the file was removed while the content was read.
    Gone,
    /// The user may not read it.
    Forbidden,
    /// Another program has it open, and lets nobody else read it.
    InUse,
    /// The disk does not return it, for the system's own reason.
    Disk(&'a str),
}

/// A file or folder whose name is there, but which cannot be read.
pub fn file_unreadable(place: Place, why: Unreadable<'_>) -> Diagnostic {
    let (message, help) = match why {
        Unreadable::Gone => (
            both!(
                "there is nothing to read here: the file is gone, or it is a link to something that is not there",
                "il n’y a rien à lire ici : le fichier a disparu, ou c’est un lien vers quelque chose qui n’existe pas"
            ),
            both!(
                "Put the file or folder back, or remove the link.",
                "Remettez le fichier ou le dossier en place, ou supprimez le lien."
            ),
        ),
        Unreadable::Forbidden => (
            both!("you may not read this file or folder", "vous n’avez pas le droit de lire ce fichier ou ce dossier"),
            both!("Ask its owner for permission to read it.", "Demandez-en le droit de lecture à son propriétaire."),
        ),
        Unreadable::InUse => (
            both!(
                "another program has this file open, and lets nobody else read it",
                "un autre programme a ouvert ce fichier et ne laisse personne d’autre le lire"
            ),
            both!("Close it there, and try again.", "Fermez-le dans ce programme, puis réessayez."),
        ),
        Unreadable::Disk(reason) => (
            both!("this file or folder cannot be read: {reason}", "ce fichier ou ce dossier est illisible : {reason}"),
            both!(
                "Copy it here again from a version that can be read.",
                "Recopiez-le ici à partir d’une version lisible."
            ),
        ),
    };
    error("file-unreadable", place, message, help)
}

/// The most that a site can have of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The size of a text or drawing, in MiB.
    Text(u64),
    /// The number of files.
    Files(usize),
}

/// More than a site can have.
pub fn too_large(place: Place, limit: Limit) -> Diagnostic {
    let (message, help) = match limit {
        Limit::Text(most) => (
            both!(
                "this file is too large: more than {most} MiB",
                "ce fichier est trop volumineux : plus de {most} Mio"
            ),
            both!("Divide it into several, or make it smaller.", "Répartissez-le en plusieurs, ou réduisez-le."),
        ),
        Limit::Files(most) => (
            both!("there are more than {most} files here", "il y a plus de {most} fichiers ici"),
            both!(
                "Look for links that show the same folder again and again.",
                "Cherchez des liens qui font voir sans cesse le même dossier."
            ),
        ),
    };
    error("too-large", place, message, help)
}

/// A YAML file at a place where nothing reads it.
pub fn unread_file(place: Place) -> Diagnostic {
    warning(
        "unread-file",
        place,
        both!("nothing reads this file", "rien ne lit ce fichier"),
        both!(
            "Facts go beside their pages, in files that end in .yaml; types go in types/.",
            "Les faits se trouvent à côté de leurs pages et finissent par .yaml; les types se trouvent dans types/."
        ),
    )
}

/// Markdown at the top of the content, where there are no pages: a note to those who work on the site, or a page in the
/// wrong place.
pub fn unread_note(place: Place) -> Diagnostic {
    warning(
        "unread-file",
        place,
        both!("nothing reads this file", "rien ne lit ce fichier"),
        both!(
            "If it is a page, move it to the folder of its type and name it as in page.en.md. If it is a note to writers, keep it outside the content folder.",
            "S’il s’agit d’une page, déplacez-la dans le dossier de son type et nommez-la comme page.fr.md. S’il s’agit d’une note aux rédacteurs, gardez-la hors du dossier du contenu."
        ),
    )
}

/// A copy that a system or a program has made of a page.
pub fn copied_file(place: Place, original: &str) -> Diagnostic {
    error(
        "misnamed-file",
        place,
        both!(
            "by its name, this file is another version of {original}",
            "d’après son nom, ce fichier est une autre version de {original}"
        ),
        both!(
            "Remove it if it is one; otherwise give it a name of its own.",
            "Supprimez-le si c’en est une; sinon, donnez-lui un nom qui lui est propre."
        ),
    )
}

/// An asset that no page links to.
pub fn unused_asset(place: Place) -> Diagnostic {
    warning(
        "unused-asset",
        place,
        both!(
            "no page links to this file, so it is not published",
            "aucune page ne mène à ce fichier; il n’est donc pas publié"
        ),
        both!(
            "Link to it from a page, or remove it.",
            "Créez un lien vers ce fichier à partir d’une page, ou supprimez-le."
        ),
    )
}
