//! Mistakes in how a file is written: YAML, front matter, names and folders.

use super::{both, did_you_mean, error, warning};
use crate::diagnostic::{Diagnostic, KnownNames, Place};
use crate::lang::PerLang;

/// Text that is no YAML. `reason` is the parser's own.
pub fn yaml_syntax(place: Place, reason: &str) -> Diagnostic {
    let (why, help) = yaml_slip(reason).unwrap_or_else(|| yaml_reason(reason));
    let (en, fr) = (why.en, why.fr);
    error("yaml-syntax", place, both!("the YAML cannot be read: {en}", "le YAML est illisible : {fr}"), help)
}

/// The parser's reasons in words of a writer, and what to do about each.
fn yaml_reason(reason: &str) -> (PerLang<String>, PerLang<String>) {
    let has = |part: &str| reason.contains(part);
    if has("quoted scalar") {
        (
            both!("a quotation mark opens and never closes", "un guillemet s’ouvre et ne se referme pas"),
            both!(
                "Close the text with the same quotation mark that opens it.",
                "Refermez le texte avec le même guillemet que celui qui l’ouvre."
            ),
        )
    } else if has("after quotes") {
        (
            both!(
                "a text goes on after its quotation marks are closed",
                "un texte continue après la fermeture de ses guillemets"
            ),
            both!(
                "Put the whole text between the other kind of straight marks: title: '\"Quick\" start'.",
                "Mettez le texte entier entre l’autre sorte de guillemets droits : title: '\"Premiers\" pas'."
            ),
        )
    } else if has("after brackets") {
        (
            both!(
                "a value that begins with [ or {{ is read as a list, and text follows the list",
                "une valeur qui commence par [ ou {{ est lue comme une liste, et du texte suit la liste"
            ),
            both!(
                "Put the whole value between straight quotation marks: title: \"[Draft] report\".",
                "Mettez la valeur entière entre guillemets droits : title: \"[Ébauche] rapport\"."
            ),
        )
    } else if has("no space after") {
        (
            both!("a space is missing after a colon", "il manque une espace après un deux-points"),
            both!(
                "Write the name, a colon, a space and the value: kind: treaty.",
                "Écrivez le nom, un deux-points, une espace et la valeur : kind: treaty."
            ),
        )
    } else if has("tab") {
        (
            both!("there is a tab where spaces are needed", "une tabulation se trouve là où il faut des espaces"),
            both!("Indent with spaces, two for each level.", "Décalez avec des espaces, deux par niveau."),
        )
    } else if has("mapping values are not allowed") || has("illegal placement of ':'") {
        (
            both!("there is a colon inside a text", "un deux-points se trouve à l’intérieur d’un texte"),
            both!(
                "Put the whole text between straight quotation marks: title: \"Agreements: an overview\".",
                "Mettez le texte entier entre guillemets droits : title: \"Ententes : un aperçu\"."
            ),
        )
    } else if has("simple key expect") || has("expected ':'") {
        (
            both!("a name is not followed by a colon", "un nom n’est pas suivi d’un deux-points"),
            both!(
                "Write the name, a colon, a space and the value: kind: treaty.",
                "Écrivez le nom, un deux-points, une espace et la valeur : kind: treaty."
            ),
        )
    } else if has("','") || has("flow") || has("bracket") {
        (
            both!(
                "a list in [brackets] or {{braces}} is not closed",
                "une liste entre [crochets] ou {{accolades}} n’est pas fermée"
            ),
            both!(
                "Separate the items with commas and close the list with ] or }}.",
                "Séparez les éléments par des virgules et fermez la liste avec ] ou }}."
            ),
        )
    } else if has("indentation") || has("did not find expected") || has("block") {
        (
            both!("this line is not aligned with the ones above", "cette ligne n’est pas alignée sur les précédentes"),
            both!(
                "Names of one level start in the same column; what belongs to a name is two spaces further in.",
                "Les noms d’un même niveau commencent dans la même colonne; ce qui dépend d’un nom est décalé de deux espaces."
            ),
        )
    } else if has("unexpected character") || has("scalar cannot start") {
        (
            both!(
                "a value begins with a sign that has a meaning in YAML",
                "une valeur commence par un signe réservé du YAML"
            ),
            both!("Put the value between straight quotation marks.", "Mettez la valeur entre guillemets droits."),
        )
    } else {
        (
            both!("something is out of place here", "quelque chose n’est pas à sa place ici"),
            both!(
                "Compare the line with the same line of another record; quote texts that hold : or #.",
                "Comparez la ligne avec celle d’une autre fiche; mettez entre guillemets les textes qui contiennent : ou #."
            ),
        )
    }
}

/// What people write in place of what YAML needs, as `yaml::slips` names it.
fn yaml_slip(reason: &str) -> Option<(PerLang<String>, PerLang<String>)> {
    Some(match reason {
        "odd space" => (
            both!(
                "a space here is not an ordinary one: it comes from a word processor",
                "une espace n’est pas ordinaire ici : elle vient d’un traitement de texte"
            ),
            both!(
                "Delete it, and type the name, a colon, a space and the value: kind: treaty.",
                "Supprimez-la, puis tapez le nom, un deux-points, une espace et la valeur : kind: treaty."
            ),
        ),
        "other colon" => (
            both!("this sign only looks like a colon", "ce signe ressemble seulement à un deux-points"),
            both!("Type an ordinary colon and a space.", "Tapez un deux-points ordinaire et une espace."),
        ),
        "equals" => (
            both!("a name is followed by = and not by a colon", "un nom est suivi de = et non d’un deux-points"),
            both!(
                "Write the name, a colon, a space and the value: kind: treaty.",
                "Écrivez le nom, un deux-points, une espace et la valeur : kind: treaty."
            ),
        ),
        "item sign" => (
            both!("an item of a list does not begin so", "un élément de liste ne commence pas ainsi"),
            both!(
                "Begin each item with a hyphen and a space: - one.",
                "Commencez chaque élément par un trait d’union et une espace : - un."
            ),
        ),
        "stray words" => (
            both!("no name and colon stand before these words", "aucun nom suivi d’un deux-points ne précède ces mots"),
            both!(
                "Write the name of their field and a colon before them, or remove the line.",
                "Écrivez devant le nom de leur champ et un deux-points, ou supprimez la ligne."
            ),
        ),
        "no names" => (
            both!("it holds no name that is followed by a colon", "il ne contient aucun nom suivi d’un deux-points"),
            both!(
                "Write one fact per line: the name, a colon, a space and the value, such as kind: treaty.",
                "Écrivez un fait par ligne : le nom, un deux-points, une espace et la valeur, comme kind: treaty."
            ),
        ),
        _ => return None,
    })
}

/// A second YAML document in one file.
pub fn yaml_documents(place: Place) -> Diagnostic {
    error(
        "yaml-documents",
        place,
        both!("a line “---” splits this file in two", "une ligne « --- » coupe ce fichier en deux"),
        both!(
            "Remove the line: a file of facts is one block.",
            "Supprimez la ligne : un fichier de faits forme un seul bloc."
        ),
    )
}

/// A YAML alias.
pub fn yaml_alias(place: Place) -> Diagnostic {
    error(
        "yaml-alias",
        place,
        both!(
            "a value that begins with * refers to another value",
            "une valeur qui commence par * renvoie à une autre valeur"
        ),
        both!(
            "Write the value out, or put it between quotation marks if the * belongs to the text.",
            "Écrivez la valeur au long, ou mettez-la entre guillemets si l’astérisque fait partie du texte."
        ),
    )
}

/// A YAML key that is a list or a mapping.
pub fn yaml_key(place: Place) -> Diagnostic {
    error(
        "yaml-key",
        place,
        both!("a name is missing before the colon", "il manque un nom avant le deux-points"),
        both!("Write the field’s name first: kind: treaty.", "Écrivez d’abord le nom du champ : kind: treaty."),
    )
}

/// Lists, quotations or values inside one another beyond all use.
pub fn nested_too_deep(place: Place) -> Diagnostic {
    error(
        "nested-too-deep",
        place,
        both!("too many levels lie inside one another here", "trop de niveaux s’emboîtent ici"),
        both!("Say it with fewer levels.", "Dites-le avec moins de niveaux."),
    )
}

/// A key that stands twice in one mapping.
pub fn duplicate_key(place: Place, key: &str, first: Place) -> Diagnostic {
    error(
        "yaml-duplicate-key",
        place,
        both!("“{key}” is written twice", "« {key} » est écrit deux fois"),
        both!("Keep one of the two.", "Gardez l’un des deux."),
    )
    .with_related(first, both!("first written here", "écrit ici la première fois"))
}

/// A page of words without a front matter.
pub fn front_matter_missing(place: Place) -> Diagnostic {
    error(
        "front-matter-missing",
        place,
        both!(
            "the page does not begin with its title and summary",
            "la page ne commence pas par son titre et son résumé"
        ),
        both!(
            "Begin the file with a line ---, then title: and summary:, then a line ---.",
            "Commencez le fichier par une ligne ---, puis title: et summary:, puis une ligne ---."
        ),
    )
}

/// A front matter that never closes.
pub fn front_matter_unclosed(place: Place) -> Diagnostic {
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

/// A Markdown file whose name does not tell its language.
pub fn language_missing(place: Place, stem: &str) -> Diagnostic {
    error(
        "language-missing",
        place,
        both!("the file’s name does not say its language", "le nom du fichier n’indique pas sa langue"),
        both!("Rename it to {stem}.en.md or {stem}.fr.md.", "Renommez-le {stem}.en.md ou {stem}.fr.md."),
    )
}

/// A record in a folder that no type claims, or in none.
pub fn folder_without_type(place: Place, folder: Option<&str>, known: &KnownNames) -> Diagnostic {
    let list = known.list();
    let Some(folder) = folder else {
        return error(
            "folder-without-type",
            place,
            both!("this page lies in no folder", "cette page ne se trouve dans aucun dossier"),
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

/// A link that leads out of the folder it lies in.
pub fn link_outside(place: Place) -> Diagnostic {
    error(
        "link-outside",
        place,
        both!(
            "this is a link to something outside of the folder; it is not read",
            "ceci est un lien vers quelque chose qui se trouve hors du dossier; il n’est pas lu"
        ),
        both!(
            "Put a copy of the file or folder here in place of the link.",
            "Mettez ici une copie du fichier ou du dossier à la place du lien."
        ),
    )
}

/// A link that leads back to itself or to a folder that it lies in.
pub fn link_circle(place: Place) -> Diagnostic {
    error(
        "link-circle",
        place,
        both!(
            "this is a link that leads back to where it lies; it is not read",
            "ceci est un lien qui ramène là où il se trouve; il n’est pas lu"
        ),
        both!("Remove the link.", "Supprimez le lien."),
    )
}

/// A file of the same name as another one, but for how its accents are stored.
pub fn same_name_twice(place: Place) -> Diagnostic {
    error(
        "same-name-twice",
        place,
        both!(
            "two files here have the same name, its accents stored in two ways; only one of them is read",
            "deux fichiers portent ici le même nom, dont les accents sont enregistrés de deux façons; un seul est lu"
        ),
        both!("Remove or rename one of the two.", "Supprimez ou renommez l’un des deux."),
    )
}

/// A file of words or facts whose name is nearly right. `meant` is its path with the right one.
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

/// Why a file or folder of the content is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable<'a> {
    /// A link leads to nothing, or the file went while the content was read.
    Gone,
    /// The user may not read it.
    Forbidden,
    /// The disk does not give it, for the system's own reason.
    Disk(&'a str),
}

/// A file or folder that is there by its name and cannot be read.
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
            both!(
                "Ask whoever owns it for the permission to read it.",
                "Demandez-en le droit de lecture à son propriétaire."
            ),
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

/// How much of something a site can have at most.
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

/// Markdown at the top of the content, where no page lies: a note to those who work on the site, or a page in the wrong place.
pub fn unread_note(place: Place) -> Diagnostic {
    warning(
        "unread-file",
        place,
        both!("nothing reads this file", "rien ne lit ce fichier"),
        both!(
            "If it is a page, move it to the folder of its type and name it as in page.en.md. If it is a note to writers, keep it outside of the content folder.",
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
            "this file is named as a copy of {original}, and is not read",
            "ce fichier est nommé comme une copie de {original}, et n’est pas lu"
        ),
        both!(
            "Remove it if it is one; otherwise give it a name of its own that ends in .en.md or .fr.md.",
            "Supprimez-le si c’en est une; sinon, donnez-lui un nom à lui qui finit par .en.md ou .fr.md."
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
