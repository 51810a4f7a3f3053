//! Mistakes in the files that a site publishes beside its pages: kinds that something runs, drawings that do more than draw.

use super::{both, error};
use crate::diagnostic::{Diagnostic, Place};

/// A file of a kind that browsers or servers run. `ending` is the one that makes it so.
pub fn asset_active(place: Place, name: &str, ending: &str) -> Diagnostic {
    error(
        "asset-active",
        place,
        both!(
            "“{name}” is not published: a .{ending} file can run as a program in a browser or on a server",
            "« {name} » n’est pas publié : un fichier .{ending} peut s’exécuter comme un programme dans un navigateur ou sur un serveur"
        ),
        both!(
            "Publish it as a PDF, a picture, a table (.csv) or an archive (.zip). The name may have only one ending.",
            "Publiez-le en PDF, en image, en tableau (.csv) ou en archive (.zip). Le nom ne doit comporter qu’une extension."
        ),
    )
}

/// A file that starts a program when it is opened.
pub fn asset_program(place: Place, name: &str, ending: &str) -> Diagnostic {
    error(
        "asset-program",
        place,
        both!(
            "“{name}” is not published: a .{ending} file can start a program when it is opened",
            "« {name} » n’est pas publié : un fichier .{ending} peut lancer un programme quand on l’ouvre"
        ),
        both!(
            "Publish it inside an archive (.zip), convert it, or link to where the program is published.",
            "Publiez-le dans une archive (.zip), convertissez-le ou mettez un lien vers l’endroit où le programme est publié."
        ),
    )
}

/// A file of a kind that is not known to be safe.
pub fn asset_unknown(place: Place, name: &str, ending: &str) -> Diagnostic {
    error(
        "asset-unknown",
        place,
        both!(
            "“{name}” is not published: .{ending} is not a kind of file that is known to be safe",
            "« {name} » n’est pas publié : .{ending} n’est pas un type de fichier reconnu comme sûr"
        ),
        both!(
            "Publish it as a PDF, a picture, a table or an archive, or allow the kind in site.yaml, with the reason: assets: {{allow: [{{ending: {ending}, reason: …}}]}}.",
            "Publiez-le en PDF, en image, en tableau ou en archive, ou permettez ce type dans site.yaml, avec la raison : assets: {{allow: [{{ending: {ending}, reason: …}}]}}."
        ),
    )
}

/// A file whose name does not say what kind of file it is.
pub fn asset_without_ending(place: Place, name: &str) -> Diagnostic {
    error(
        "asset-without-ending",
        place,
        both!(
            "“{name}” is not published: its name has no ending that says what kind of file it is",
            "« {name} » n’est pas publié : son nom n’a pas d’extension qui indique le type du fichier"
        ),
        both!("Add the ending, such as .pdf or .csv.", "Ajoutez l’extension, par exemple .pdf ou .csv."),
    )
}

/// A setting that allows what is not an ending.
pub fn bad_asset_ending(place: Place, written: &str) -> Diagnostic {
    error(
        "bad-asset-ending",
        place,
        both!("“{written}” is not the ending of a file’s name", "« {written} » n’est pas l’extension d’un fichier"),
        both!(
            "Write letters and digits only, such as ics.",
            "Écrivez seulement des lettres et des chiffres, par exemple ics."
        ),
    )
}

/// A setting that allows what browsers or servers run.
pub fn asset_ending_forbidden(place: Place, ending: &str) -> Diagnostic {
    error(
        "asset-ending-forbidden",
        place,
        both!(
            "files that end in .{ending} can start programs when they are opened; no site can allow them",
            "les fichiers .{ending} peuvent lancer des programmes quand on les ouvre; aucun site ne peut les permettre"
        ),
        both!(
            "Publish such files inside an archive (.zip), convert them, or link to where the program is published.",
            "Publiez ces fichiers dans une archive (.zip), convertissez-les ou mettez un lien vers l’endroit où le programme est publié."
        ),
    )
}

/// A text that is not a media type, or is one that browsers run.
pub fn bad_media_type(place: Place, written: &str) -> Diagnostic {
    error(
        "bad-media-type",
        place,
        both!(
            "“{written}” is not a media type that files can safely be sent as",
            "« {written} » n’est pas un type de média sous lequel on peut envoyer des fichiers sans danger"
        ),
        both!(
            "Write one such as text/calendar, or leave the line out: the files are then saved and not opened.",
            "Écrivez-en un comme text/calendar, ou supprimez la ligne : les fichiers sont alors enregistrés plutôt qu’ouverts."
        ),
    )
}

/// What a drawing must not have in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SvgFault<'a> {
    /// It is not XML, for the parser's own reason.
    Unreadable(&'a str),
    /// It does not begin as a drawing.
    NoDrawing,
    /// An element that does something other than draw.
    Element(&'a str),
    /// An attribute of the same kind.
    Attribute(&'a str),
    /// Something that is loaded from elsewhere.
    Outside(&'a str),
    /// A declaration or an instruction to programs.
    Instruction,
}

/// A drawing (SVG) that does something other than draw.
pub fn unsafe_svg(place: Place, fault: SvgFault<'_>) -> Diagnostic {
    let message = match fault {
        SvgFault::Unreadable(reason) => {
            both!("this drawing cannot be read: {reason}", "ce dessin est illisible : {reason}")
        }
        SvgFault::NoDrawing => both!(
            "this file does not begin with the element svg of SVG (http://www.w3.org/2000/svg)",
            "ce fichier ne commence pas par l’élément svg de SVG (http://www.w3.org/2000/svg)"
        ),
        SvgFault::Element(name) => both!(
            "the element “{name}” does not draw; a drawing must contain nothing that can run or change",
            "l’élément « {name} » ne dessine pas; un dessin ne doit rien contenir qui s’exécute ou change"
        ),
        SvgFault::Attribute(name) => both!(
            "the attribute “{name}” does not describe a drawing; it may run a script",
            "l’attribut « {name} » ne décrit pas un dessin; il peut exécuter un script"
        ),
        SvgFault::Outside(target) => {
            let target: String = target.chars().filter(|c| !c.is_control()).take(60).collect();
            both!(
                "this drawing loads something from outside the file (“{target}”)",
                "ce dessin va chercher quelque chose hors du fichier (« {target} »)"
            )
        }
        SvgFault::Instruction => both!(
            "a declaration (<!DOCTYPE …>) or instruction (<?…?>) does not belong in a published drawing",
            "une déclaration (<!DOCTYPE …>) ou une instruction (<?…?>) n’a pas sa place dans un dessin publié"
        ),
    };
    error(
        "unsafe-svg",
        place,
        message,
        both!(
            "Save it as “plain SVG” in your drawing program, or publish it as a picture (.png).",
            "Enregistrez-le en « SVG simple » dans votre logiciel de dessin, ou publiez-le en image (.png)."
        ),
    )
}
