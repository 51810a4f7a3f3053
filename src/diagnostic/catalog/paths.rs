//! Mistakes in names and paths: what systems do not accept, and what two owners want.

use super::{both, error, warning};
use crate::diagnostic::{Diagnostic, Place};
use crate::lang::PerLang;
use crate::path::{LONGEST_PART, LONGEST_PATH, PartFault, PathFault, is_invisible};

/// What a path of the output comes from, and so what can be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claimant {
    /// A page, whose slug or title gives the path.
    Page,
    /// An old address of a page.
    OldAddress,
    /// A file of the content or of a theme, whose name gives the path.
    File,
    /// A record type, whose folder, slug or labels give the path.
    Type,
}

impl Claimant {
    fn advice(self) -> PerLang<String> {
        match self {
            Self::Page => both!(
                "Give this page another address with a line “slug: …”.",
                "Donnez une autre adresse à cette page avec une ligne « slug: … »."
            ),
            Self::OldAddress => {
                both!("Correct this old address, or remove it.", "Corrigez cette ancienne adresse, ou supprimez-la.")
            }
            Self::File => both!("Rename this file or its folder.", "Renommez ce fichier ou son dossier."),
            Self::Type => both!(
                "Give the type another folder, slug or label.",
                "Donnez au type un autre dossier (folder), une autre adresse (slug) ou un autre libellé (label)."
            ),
        }
    }
}

/// A setting that should name a file or folder, but cannot.
pub fn bad_name(place: Place, written: &str, fault: PartFault) -> Diagnostic {
    let (name, why) = (shown(written), why(fault));
    let (en, fr) = (why.en, why.fr);
    error(
        "bad-name",
        place,
        both!(
            "“{name}” cannot name a file or folder: {en}",
            "« {name} » ne peut pas nommer un fichier ou un dossier : {fr}"
        ),
        both!(
            "Write a single name in letters, digits and hyphens, such as agreements.",
            "Écrivez un seul nom formé de lettres, de chiffres et de traits d’union, par exemple ententes."
        ),
    )
}

/// A theme that is not named by its folder's name.
pub fn bad_theme_name(place: Place, written: &str, fault: PartFault) -> Diagnostic {
    let (name, why) = (shown(written), why(fault));
    let (en, fr) = (why.en, why.fr);
    error(
        "bad-theme-name",
        place,
        both!("“{name}” cannot be the name of a theme: {en}", "« {name} » ne peut pas être le nom d’un thème : {fr}"),
        both!(
            "Write the name of a folder in themes/. Only --theme takes the path of a folder elsewhere.",
            "Écrivez le nom d’un dossier de themes/. Seule l’option --theme accepte le chemin d’un dossier situé ailleurs."
        ),
    )
}

/// A file of the content whose name, or whose folder's name, some systems do not accept.
pub fn bad_file_name(place: Place, name: &str, fault: PartFault) -> Diagnostic {
    let (name, why) = (shown(name), why(fault));
    let (en, fr) = (why.en, why.fr);
    error(
        "bad-file-name",
        place,
        both!(
            "“{name}” cannot be the name of a file or folder on every system: {en}",
            "« {name} » ne peut pas être le nom d’un fichier ou d’un dossier sur tous les systèmes : {fr}"
        ),
        both!(
            "Rename it in letters, digits and hyphens, such as annual-report.pdf.",
            "Renommez-le avec des lettres, des chiffres et des traits d’union, par exemple rapport-annuel.pdf."
        ),
    )
}

/// Two names in the content that Windows and macOS treat as one. `other` is the one that comes first.
pub fn names_differ_by_case(place: Place, name: &str, other: &str) -> Diagnostic {
    let (name, other) = (shown(name), shown(other));
    warning(
        "names-differ-by-case",
        place,
        both!(
            "Windows and macOS treat “{name}” and “{other}” as the same name",
            "Windows et macOS confondent les noms « {name} » et « {other} »"
        ),
        both!(
            "Write the name in the same way everywhere, preferably in small letters.",
            "Écrivez le nom partout de la même façon, de préférence en minuscules."
        ),
    )
}

/// What the last build had at an address that is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost<'a> {
    /// The page that the place is in.
    Page,
    /// A page of this record, which no longer has one in the language.
    Record(&'a str),
    /// A page of which only the address is known.
    Written,
    /// Only a redirect to another page.
    Former,
    /// A file that pages link to.
    File,
}

/// An address that the last build had and at which there is nothing any more.
pub fn lost_address(place: Place, old: &str, what: Lost<'_>) -> Diagnostic {
    let message = match what {
        Lost::Page => both!(
            "this page was at /{old} in the last build, and nothing is at that address any more",
            "cette page se trouvait à /{old} dans le dernier site construit, et il n’y a plus rien à cette adresse"
        ),
        Lost::Record(id) => both!(
            "the last build had a page of {id} at /{old}, and nothing is at that address any more",
            "le dernier site construit avait une page de {id} à /{old}, et il n’y a plus rien à cette adresse"
        ),
        Lost::Written => both!(
            "the last build had a page at /{old}, and nothing is at that address any more",
            "le dernier site construit avait une page à /{old}, et il n’y a plus rien à cette adresse"
        ),
        Lost::Former => both!(
            "in the last build, the former address /{old} led to a page, and nothing is at that address any more",
            "dans le dernier site construit, l’ancienne adresse /{old} menait à une page, et il n’y a plus rien à cette adresse"
        ),
        Lost::File => both!(
            "the last build had a file at /{old}, and nothing is at that address any more",
            "le dernier site construit avait un fichier à /{old}, et il n’y a plus rien à cette adresse"
        ),
    };
    let help = match what {
        Lost::File => both!(
            "Put the file back and link to it, or add its address to the page that readers should find: aliases: [/{old}].",
            "Remettez le fichier en place avec un lien vers lui, ou ajoutez son adresse à la page que les lecteurs doivent trouver : aliases: [/{old}]."
        ),
        Lost::Page | Lost::Record(_) | Lost::Written | Lost::Former => both!(
            "Add it to the page that readers should find: aliases: [/{old}].",
            "Ajoutez-la à la page que les lecteurs doivent trouver : aliases: [/{old}]."
        ),
    };
    warning("lost-address", place, message, help)
}

/// A file of the output whose path some systems do not accept.
pub fn bad_output_path(place: Place, claimant: Claimant, path: &str, fault: PathFault<'_>) -> Diagnostic {
    let shown_path = shown(path);
    let message = match fault {
        PathFault::Part(part, fault) => {
            let (part, why) = (shown(part), why(fault));
            let (en, fr) = (why.en, why.fr);
            both!(
                "“{part}” cannot be a part of the address /{shown_path}: {en}",
                "« {part} » ne peut pas faire partie de l’adresse /{shown_path} : {fr}"
            )
        }
        PathFault::Long => {
            let bytes = path.len();
            both!(
                "the address /{shown_path} is too long: {bytes} bytes, and some systems accept no more than {LONGEST_PATH}",
                "l’adresse /{shown_path} est trop longue : {bytes} octets, alors que certains systèmes en acceptent au plus {LONGEST_PATH}"
            )
        }
    };
    error("bad-output-path", place, message, claimant.advice())
}

/// Two pages at one address.
pub fn duplicate_address(place: Place, claimant: Claimant, address: &str, other: Option<Place>) -> Diagnostic {
    if claimant == Claimant::OldAddress && other.as_ref().is_some_and(|other| other.file == place.file) {
        return error(
            "duplicate-address",
            place,
            both!("this is the address that the page has now", "c’est l’adresse que la page a maintenant"),
            both!(
                "Remove it: only addresses that the page had before are listed here.",
                "Retirez-la : seules les adresses que la page avait avant figurent ici."
            ),
        );
    }
    let advice = match claimant {
        Claimant::Page => both!(
            "Give this page another one with a line “slug: …”.",
            "Donnez-en une autre à cette page avec une ligne « slug: … »."
        ),
        claimant => claimant.advice(),
    };
    let mistake = error(
        "duplicate-address",
        place,
        both!("another page already has the address /{address}", "une autre page a déjà l’adresse /{address}"),
        advice,
    );
    match other {
        Some(other) => mistake.with_related(other, both!("the other page", "l’autre page")),
        None => mistake,
    }
}

/// A path that two owners want. `other` is the place of the one that has it; what Diptych writes itself has none.
pub fn path_taken(place: Place, claimant: Claimant, path: &str, other: Option<Place>) -> Diagnostic {
    let mistake = error(
        "path-taken",
        place,
        both!("the site already has a file /{path}", "le site a déjà un fichier /{path}"),
        claimant.advice(),
    );
    with_other(mistake, other)
}

/// A path that would be a file and a folder.
pub fn path_file_and_folder(place: Place, claimant: Claimant, path: &str, other: Option<Place>) -> Diagnostic {
    let mistake = error(
        "path-file-and-folder",
        place,
        both!(
            "/{path} would be a file and also a folder with files in it",
            "/{path} serait à la fois un fichier et un dossier qui contient des fichiers"
        ),
        claimant.advice(),
    );
    with_other(mistake, other)
}

/// Two paths that some systems treat as one.
pub fn path_case(place: Place, claimant: Claimant, path: &str, other_path: &str, other: Option<Place>) -> Diagnostic {
    let mistake = error(
        "path-case",
        place,
        both!(
            "Windows and macOS treat /{path} and /{other_path} as the same file",
            "Windows et macOS confondent les fichiers /{path} et /{other_path}"
        ),
        claimant.advice(),
    );
    with_other(mistake, other)
}

/// A file in the place of the compressed form of another one.
pub fn path_of_sibling(place: Place, claimant: Claimant, path: &str, plain: &str, other: Option<Place>) -> Diagnostic {
    let mistake = error(
        "path-of-sibling",
        place,
        both!(
            "/{path} is reserved for the compressed form of /{plain}",
            "/{path} est réservé à la forme compressée de /{plain}"
        ),
        claimant.advice(),
    );
    with_other(mistake, other)
}

/// An old address in a folder, or under a name, that is not the site's own.
pub fn path_reserved(place: Place, claimant: Claimant, path: &str, name: &str) -> Diagnostic {
    error(
        "path-reserved",
        place,
        both!(
            "no page can be at /{path}: “{name}” is reserved for Diptych or the server",
            "aucune page ne peut se trouver à /{path} : « {name} » est réservé à Diptych ou au serveur"
        ),
        claimant.advice(),
    )
}

fn with_other(mistake: Diagnostic, other: Option<Place>) -> Diagnostic {
    match other {
        Some(other) => mistake.with_related(other, both!("the other one comes from here", "l’autre vient d’ici")),
        None => mistake,
    }
}

/// Why a name cannot be a part of a path.
fn why(fault: PartFault) -> PerLang<String> {
    match fault {
        PartFault::NoName => both!("it is empty or means another folder", "il est vide ou désigne un autre dossier"),
        PartFault::Forbidden(c) => {
            both!("some systems do not allow {c} in a name", "certains systèmes n’acceptent pas {c} dans un nom")
        }
        PartFault::Invisible(c) => {
            let code = format!("U+{:04X}", u32::from(c));
            both!("it contains an invisible character ({code})", "il contient un caractère invisible ({code})")
        }
        PartFault::End => {
            both!("it ends with a full stop or a space", "il se termine par un point ou une espace")
        }
        PartFault::Hidden => {
            both!("it begins with a full stop, which hides it", "il commence par un point, ce qui le masque")
        }
        PartFault::Device => {
            both!("Windows reserves this name for a device", "Windows réserve ce nom à un périphérique")
        }
        PartFault::Long => both!("it is longer than {LONGEST_PART} bytes", "il compte plus de {LONGEST_PART} octets"),
    }
}

/// A name as a message can show it: nothing in it acts on the reader's terminal or on the words around it.
fn shown(name: &str) -> String {
    const MOST: usize = 80;
    let mut shown: String = name.chars().take(MOST).map(|c| if is_invisible(c) { '\u{fffd}' } else { c }).collect();
    if name.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}

/// An entry of `keep` that is not a path in the output folder.
pub fn bad_kept_path(place: Place, written: &str) -> Diagnostic {
    error(
        "bad-kept-path",
        place,
        both!(
            "“{written}” is not the name of a file or folder in the output folder",
            "« {written} » n’est pas le nom d’un fichier ou d’un dossier du site produit"
        ),
        both!(
            "Write it as it is named from the top of the output folder, with “/” between the parts: CNAME, .git, files/uploads.",
            "Écrivez-le tel qu’il est nommé à partir du dossier du site produit, avec « / » entre les parties : CNAME, .git, files/uploads."
        ),
    )
}

/// An entry of `keep` that is a part of the site; `path` is what the site has there.
pub fn kept_of_site(place: Place, kept: &str, path: &str) -> Diagnostic {
    error(
        "bad-kept-path",
        place,
        both!(
            "“{kept}” cannot be kept for others: the site itself has {path}",
            "« {kept} » ne peut pas être conservé pour d’autres : le site a lui-même {path}"
        ),
        both!(
            "Take it off the list, or keep something narrower.",
            "Retirez-le de la liste, ou conservez quelque chose de plus précis."
        ),
    )
}
