//! Mistakes in a page's Markdown: headings, links, pictures, footnotes.

use super::{both, did_you_mean, error, warning};
use crate::diagnostic::{Correction, Diagnostic, KnownNames, Place};

/// A heading of level 1 in the words, by the sign # before it or by a line of = under it.
pub fn heading_level_one(place: Place, is_underlined: bool) -> Diagnostic {
    if is_underlined {
        return error(
            "heading-level-one",
            place,
            both!(
                "the line of = turns these words into a heading at the same level as the page’s title",
                "la ligne de = fait de ces mots un intertitre du même niveau que le titre de la page"
            ),
            both!(
                "Remove that line. If this is a heading, begin it with ##.",
                "Supprimez cette ligne. S’il s’agit d’un intertitre, commencez-le par ##."
            ),
        );
    }
    error(
        "heading-level-one",
        place,
        both!(
            "a heading with one # is at the same level as the page’s title",
            "un intertitre précédé d’un seul # est du même niveau que le titre de la page"
        ),
        both!(
            "Begin headings with ##; the title goes in the block at the top.",
            "Commencez les intertitres par ##; le titre se trouve dans le bloc en tête de page."
        ),
    )
    .with_fix(Some(Correction::of_opening("#", "##")))
}

/// A heading of level 1 that says what the title says; `written` is its line.
pub fn heading_repeats_title(place: Place, written: &str) -> Diagnostic {
    error(
        "heading-level-one",
        place,
        both!("this heading repeats the title of the page", "cet intertitre répète le titre de la page"),
        both!(
            "Remove it: the page already begins with its title.",
            "Supprimez-le : la page commence déjà par son titre."
        ),
    )
    .with_fix(Some(Correction::of_opening(written, "")))
}

/// A heading that skips a level.
pub fn heading_skipped(place: Place, found: u8, expected: u8) -> Diagnostic {
    let (found, expected) = ("#".repeat(found.into()), "#".repeat(expected.into()));
    warning(
        "heading-skipped",
        place,
        both!("this heading skips a level ({found})", "cet intertitre saute un niveau ({found})"),
        both!(
            "Write {expected}: readers who listen to a page go from level to level.",
            "Écrivez {expected} : les personnes qui écoutent une page passent d’un niveau au suivant."
        ),
    )
    .with_fix(Some(Correction::of_opening(found, expected)))
}

/// A heading without words.
pub fn heading_empty(place: Place) -> Diagnostic {
    error(
        "heading-empty",
        place,
        both!("a heading has no words", "un intertitre n’a pas de mots"),
        both!("Write the heading or remove the line.", "Écrivez l’intertitre ou supprimez la ligne."),
    )
}

/// A heading id that cannot be in an address.
pub fn bad_heading_id(place: Place, id: &str, proposal: &str) -> Diagnostic {
    error(
        "bad-heading-id",
        place,
        both!("“{id}” cannot be used in an address", "« {id} » ne peut pas figurer dans une adresse"),
        both!("Write {{#{proposal}}}.", "Écrivez {{#{proposal}}}."),
    )
}

/// A heading id that is twice on the page.
pub fn duplicate_heading_id(place: Place, id: &str) -> Diagnostic {
    error(
        "duplicate-heading-id",
        place,
        both!("the page already has a heading “#{id}”", "la page a déjà un intertitre « #{id} »"),
        both!("Give each heading an id of its own.", "Donnez à chaque intertitre son propre identifiant."),
    )
}

/// The language of a foreign passage that is not a language code.
pub fn bad_foreign_lang(place: Place, code: &str) -> Diagnostic {
    error(
        "bad-language-code",
        place,
        both!("“{code}” is not the code of a language", "« {code} » n’est pas le code d’une langue"),
        both!(
            "Write a code such as fr, es or iu: [passage](lang:fr).",
            "Écrivez un code comme en, es ou iu : [passage](lang:en)."
        ),
    )
}

/// A reference to a footnote that is not there.
pub fn footnote_missing(place: Place, label: &str) -> Diagnostic {
    error(
        "footnote-missing",
        place,
        both!("the page has no footnote “{label}”", "la page n’a pas de note « {label} »"),
        both!(
            "Add a line “[^{label}]: …” at the end of the page.",
            "Ajoutez une ligne « [^{label}]: … » à la fin de la page."
        ),
    )
}

/// A footnote with a space before its colon.
pub fn footnote_parted(place: Place, label: &str) -> Diagnostic {
    error(
        "footnote-parted",
        place,
        both!(
            "a space before the colon keeps this from being a footnote",
            "l’espace avant le deux-points empêche que ce soit une note"
        ),
        both!("Write “[^{label}]:” without a space.", "Écrivez « [^{label}]: » sans espace."),
    )
}

/// A footnote that nothing refers to.
pub fn footnote_unused(place: Place, label: &str) -> Diagnostic {
    warning(
        "footnote-unused",
        place,
        both!(
            "nothing refers to the footnote “{label}”; it is not shown",
            "rien ne renvoie à la note « {label} »; elle n’est pas affichée"
        ),
        both!("Refer to it with [^{label}], or remove it.", "Renvoyez-y avec [^{label}], ou supprimez-la."),
    )
}

/// A link to a record that is not there; `meant` is the record that has this path, title or address.
pub fn broken_link(place: Place, written: &str, meant: Option<&str>, known: &KnownNames) -> Diagnostic {
    let elsewhere = meant.or_else(|| known.in_folder(written));
    error(
        "broken-link",
        place,
        both!(
            "this link leads nowhere: there is no page “{written}”",
            "ce lien ne mène nulle part : il n’y a pas de page « {written} »"
        ),
        did_you_mean(
            elsewhere.or_else(|| known.nearest(written)),
            both!(
                "Name the page by its folder and file: agreements/exchange-of-service.",
                "Nommez la page par son dossier et son fichier : agreements/exchange-of-service."
            ),
        ),
    )
    .with_fix(elsewhere.or_else(|| known.sure(written)).map(|meant| Correction::of_last(written, meant)))
}

/// An address of another site, or of a person, without what it begins with, or with that mistyped; `whole` is the whole address.
pub fn link_without_scheme(place: Place, written: &str, whole: &str) -> Diagnostic {
    let message = if whole.ends_with(written) {
        both!(
            "“{written}” is taken for a page of this site: the beginning of the address is missing",
            "« {written} » est pris pour une page de ce site : il manque le début de l’adresse"
        )
    } else {
        both!(
            "“{written}”: the beginning of this address is mistyped",
            "« {written} » : le début de cette adresse est mal écrit"
        )
    };
    error("link-without-scheme", place, message, both!("Write {whole}.", "Écrivez {whole}."))
        .with_fix(Some(Correction::of_last(written, whole)))
}

/// A link to a record that is not published.
pub fn link_to_draft(place: Place, written: &str) -> Diagnostic {
    error(
        "link-to-draft",
        place,
        both!("this link leads to “{written}”, which is a draft", "ce lien mène à « {written} », qui est une ébauche"),
        both!(
            "Publish that record, or remove the link for now.",
            "Publiez cette fiche, ou retirez le lien pour le moment."
        ),
    )
}

/// A link to a record that has no side in this language.
pub fn link_to_missing_side(place: Place, written: &str) -> Diagnostic {
    error(
        "link-to-missing-side",
        place,
        both!("“{written}” has no page in this language", "« {written} » n’a pas de page dans cette langue"),
        both!("Write its other version, or remove the link.", "Rédigez son autre version, ou retirez le lien."),
    )
}

/// A link to a heading that is not there.
pub fn dead_heading(place: Place, fragment: &str, page: &str, known: &KnownNames) -> Diagnostic {
    let list = known.list();
    let otherwise = if list.is_empty() {
        both!(
            "The page has no headings; link to the page itself.",
            "La page n’a pas d’intertitres; créez un lien vers la page elle-même."
        )
    } else {
        both!("Its headings are: {list}.", "Ses intertitres sont : {list}.")
    };
    error(
        "dead-heading",
        place,
        both!(
            "“{page}” has no heading “#{fragment}” in this language",
            "« {page} » n’a pas d’intertitre « #{fragment} » dans cette langue"
        ),
        did_you_mean(known.nearest(fragment), otherwise),
    )
    .with_fix(known.sure(fragment).map(|meant| Correction::of_last(format!("#{fragment}"), format!("#{meant}"))))
}

/// A link to an asset that is not there.
pub fn missing_asset(place: Place, written: &str, known: &KnownNames) -> Diagnostic {
    error(
        "missing-asset",
        place,
        both!("there is no file “{written}”", "il n’y a pas de fichier « {written} »"),
        did_you_mean(
            known.nearest(written),
            both!(
                "Put the file beside this page, or correct its name; capitals count.",
                "Placez le fichier à côté de cette page, ou corrigez son nom; les majuscules comptent."
            ),
        ),
    )
}

/// A link to an address of the output. `id` is the page that has it.
pub fn link_to_address(place: Place, written: &str, id: Option<&str>) -> Diagnostic {
    let help = match id {
        Some(id) => both!(
            "Write {id}: a name stays right when an address changes.",
            "Écrivez {id} : un nom reste juste quand une adresse change."
        ),
        None => both!("Name the page by its folder and file.", "Nommez la page par son dossier et son fichier."),
    };
    error(
        "link-to-address",
        place,
        both!(
            "this link names an address of the site instead of a page: “{written}”",
            "ce lien donne une adresse du site au lieu d’une page : « {written} »"
        ),
        help,
    )
}

/// A link that a browser would run or that nobody can follow. `beginning` is how it begins: `javascript:`.
pub fn unsafe_link(place: Place, beginning: &str) -> Diagnostic {
    error(
        "unsafe-link",
        place,
        both!("a link cannot begin with “{beginning}”", "un lien ne peut pas commencer par « {beginning} »"),
        both!(
            "Link to a page, a file, or an address that begins with https:, mailto: or tel:.",
            "Créez un lien vers une page, un fichier ou une adresse qui commence par https:, mailto: ou tel:."
        ),
    )
}

/// A link to a host that only some computers can reach.
pub fn link_out_of_reach(place: Place, host: &str) -> Diagnostic {
    warning(
        "link-out-of-reach",
        place,
        both!(
            "readers cannot reach “{host}”: it is the address of one computer, an internal network or a test site",
            "le public ne peut pas atteindre « {host} » : c’est l’adresse d’un ordinateur, d’un réseau interne ou d’un site d’essai"
        ),
        both!("Write the address that is open to the public.", "Écrivez l’adresse qui est ouverte au public."),
    )
}

/// What is wrong with an address elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Faulty {
    /// No site is named: `https://`.
    NoSite,
    /// No mailbox is named: `mailto:`.
    NoMailbox,
    /// No number is named: `tel:`.
    NoNumber,
    /// It holds the name and password of somebody.
    Password,
}

/// An address elsewhere that leads nowhere, or that gives everyone a password.
pub fn faulty_address(place: Place, why: Faulty) -> Diagnostic {
    let (message, help) = match why {
        Faulty::NoSite => (
            both!("this address names no site", "cette adresse ne nomme aucun site"),
            both!(
                "Write it whole: https://www.example.org/page.",
                "Écrivez-la en entier : https://www.example.org/page."
            ),
        ),
        Faulty::NoMailbox => (
            both!("this link names no email address", "ce lien ne nomme aucune adresse courriel"),
            both!("Write mailto:desk@example.org.", "Écrivez mailto:bureau@example.org."),
        ),
        Faulty::NoNumber => (
            both!("this link names no telephone number", "ce lien ne nomme aucun numéro de téléphone"),
            both!("Write tel:+1-613-555-0100.", "Écrivez tel:+1-613-555-0100."),
        ),
        Faulty::Password => (
            both!(
                "this address contains a name and a password: everyone would have them",
                "cette adresse contient un nom et un mot de passe : tout le monde les aurait"
            ),
            both!(
                "Remove what is between // and @, and change the password: it may have been read already.",
                "Supprimez ce qui se trouve entre // et @, et changez le mot de passe : on l’a peut-être déjà lu."
            ),
        ),
    };
    warning("faulty-address", place, message, help)
}

/// An address that a mail program or search engine has wrapped in its own; `whole` is the one inside.
pub fn wrapped_address(place: Place, written: &str, whole: &str) -> Diagnostic {
    warning(
        "wrapped-address",
        place,
        both!(
            "a mail program or search engine has put its own address around this one: readers would go through it",
            "un logiciel de courriel ou un moteur de recherche a mis sa propre adresse autour de celle-ci : on passerait par lui"
        ),
        both!("Write {whole}.", "Écrivez {whole}."),
    )
    .with_fix(Some(Correction::of_last(written, whole)))
}

/// A link without an address.
pub fn empty_link(place: Place) -> Diagnostic {
    error(
        "empty-link",
        place,
        both!("this link has no address", "ce lien n’a pas d’adresse"),
        both!("Write where it leads between the parentheses.", "Écrivez entre les parenthèses où il mène."),
    )
}

/// A link whose address is between quotation marks.
pub fn link_in_quotes(place: Place, written: &str, inner: &str) -> Diagnostic {
    error(
        "link-in-quotes",
        place,
        both!("these quotation marks are a part of the address", "ces guillemets font partie de l’adresse"),
        both!("Write it without them: {inner}", "Écrivez-la sans eux : {inner}"),
    )
    .with_fix(Some(Correction::of_last(written, inner)))
}

/// A link out of the site without words.
pub fn link_without_words(place: Place) -> Diagnostic {
    error(
        "link-without-words",
        place,
        both!("this link has no words", "ce lien n’a pas de mots"),
        both!("Write what it leads to between the brackets.", "Écrivez entre les crochets ce à quoi il mène."),
    )
}

/// A fact that names its own record.
pub fn reference_to_itself(place: Place, field: &str) -> Diagnostic {
    warning(
        "reference-to-itself",
        place,
        both!("“{field}” names the record that it is in", "« {field} » nomme la fiche même où il se trouve"),
        both!("Name another record, or remove it.", "Nommez une autre fiche, ou supprimez-la."),
    )
}

/// A list that names a record again.
pub fn reference_repeated(place: Place, field: &str, id: &str) -> Diagnostic {
    warning(
        "reference-repeated",
        place,
        both!("“{field}” names {id} more than once", "« {field} » nomme {id} plus d’une fois"),
        both!("Keep one of them.", "N’en gardez qu’une mention."),
    )
}

/// A field by which records lead to one another in a circle. `ids` ends with the first one.
pub fn references_in_circle(place: Place, field: &str, ids: &[&str]) -> Diagnostic {
    let circle = ids.join(" → ");
    warning(
        "references-in-circle",
        place,
        both!("“{field}” leads in a circle: {circle}", "« {field} » tourne en rond : {circle}"),
        both!(
            "One of these records must name another one, or none.",
            "L’une de ces fiches doit en nommer une autre, ou aucune."
        ),
    )
}
