//! Mistakes in the pictures of a page: nobody describes them, browsers do not show them, or they take too long to load.

use super::{both, error, warning};
use crate::diagnostic::{Diagnostic, Place};
use crate::lang::PerLang;
use crate::layout::DECORATIVE;

/// A picture that is not a file of the site.
pub fn image_elsewhere(place: Place) -> Diagnostic {
    error(
        "image-elsewhere",
        place,
        both!("a picture must be a file of the site", "une image doit être un fichier du site"),
        both!(
            "Put the file beside this page and name it here.",
            "Placez le fichier à côté de cette page et nommez-le ici."
        ),
    )
}

/// A picture without a description, with its address as it was written.
pub fn image_without_words(place: Place, written: &str) -> Diagnostic {
    let address = written.split('#').next().unwrap_or_default();
    warning(
        "image-without-words",
        place,
        both!("nothing says what this picture shows", "rien ne dit ce que montre cette image"),
        both!(
            "Describe it between the brackets, for people who do not see it. If it is only decorative, write ![]({address}#{DECORATIVE}).",
            "Décrivez-la entre les crochets, pour les personnes qui ne la voient pas. Si elle ne fait qu’orner la page, écrivez ![]({address}#{DECORATIVE})."
        ),
    )
}

/// A picture that is marked as an ornament and also described.
pub fn decorative_with_words(place: Place) -> Diagnostic {
    warning(
        "decorative-with-words",
        place,
        both!(
            "this picture has a description, but is marked as only decorative",
            "cette image est décrite, et signalée comme un simple ornement"
        ),
        both!(
            "Take “#{DECORATIVE}” out if the picture says something; otherwise, leave the brackets empty.",
            "Supprimez « #{DECORATIVE} » si l’image dit quelque chose; sinon, laissez les crochets vides."
        ),
    )
}

/// A file that is on a page as a picture and that browsers cannot show.
pub fn image_unreadable(place: Place, name: &str) -> Diagnostic {
    warning(
        "image-unreadable",
        place,
        both!(
            "“{name}” is not a picture that browsers can show, or a part of the file is missing",
            "« {name} » n’est pas une image que les navigateurs peuvent montrer, ou il manque une partie du fichier"
        ),
        both!(
            "Copy it here again, or save it as PNG, JPEG, WebP, AVIF, GIF or SVG, under a name with that ending. To offer a file, make it a link, without the exclamation mark.",
            "Copiez-la ici de nouveau, ou enregistrez-la en PNG, JPEG, WebP, AVIF, GIF ou SVG, sous un nom qui porte cette extension. Pour offrir un fichier, faites-en un lien, sans le point d’exclamation."
        ),
    )
}

/// A picture that is larger, in bytes, than the site wants one to be; sizes as each language writes them, and its width and
/// height.
pub fn image_heavy(
    place: Place,
    name: &str,
    size: &PerLang<String>,
    limit: &PerLang<String>,
    pixels: Option<(u32, u32)>,
) -> Diagnostic {
    /// More than twice the width of a column of text, for sharp screens.
    const ENOUGH: u32 = 1600;
    let too_wide = pixels.filter(|(width, _)| *width > ENOUGH).map_or_else(PerLang::default, |(width, height)| {
        both!(
            " It has {width} × {height} pixels; a width of {ENOUGH} is enough.",
            " Elle compte {width} × {height} pixels; une largeur de {ENOUGH} suffit."
        )
    });
    let (size_en, size_fr, limit_en, limit_fr) = (&size.en, &size.fr, &limit.en, &limit.fr);
    let (wide_en, wide_fr) = (&too_wide.en, &too_wide.fr);
    warning(
        "image-heavy",
        place,
        both!(
            "the picture “{name}” is {size_en}; the limit is {limit_en}",
            "l’image « {name} » pèse {size_fr}; la limite est de {limit_fr}"
        ),
        both!(
            "Readers wait for it. Save it smaller, a photograph as WebP or JPEG.{wide_en} The limit is a setting: assets: {{picture_kilobytes: …}}.",
            "Les lecteurs doivent l’attendre. Enregistrez-la en plus petit, une photographie en WebP ou en JPEG.{wide_fr} La limite est un réglage : assets: {{picture_kilobytes: …}}."
        ),
    )
}

/// A picture with so many pixels, however small the file, that showing it takes more memory than readers have to spare.
pub fn image_of_many_pixels(place: Place, name: &str, (width, height): (u32, u32)) -> Diagnostic {
    warning(
        "image-heavy",
        place,
        both!(
            "the picture “{name}” has {width} × {height} pixels, more than phones can show",
            "l’image « {name} » compte {width} × {height} pixels, plus que n’en peuvent montrer les téléphones"
        ),
        both!(
            "Save it smaller: a width of 1600 is enough for a page.",
            "Enregistrez-la en plus petit : une largeur de 1600 suffit pour une page."
        ),
    )
}
