//! Mistakes in the site's settings and record types.

use super::{both, did_you_mean, error, name_list, nearest, sure, warning};
use crate::diagnostic::{Correction, Diagnostic, KnownNames, Place};
use crate::schema::FieldKind;

/// No `site.yaml`.
pub fn site_missing(place: Place) -> Diagnostic {
    error(
        "site-missing",
        place,
        both!("the content folder has no site.yaml", "le dossier de contenu n’a pas de site.yaml"),
        both!(
            "Name the right folder with --content, or start a new site with “diptych init”.",
            "Indiquez le bon dossier avec --content, ou commencez un site avec « diptych init »."
        ),
    )
}

/// An unknown setting.
pub fn unknown_setting(place: Place, key: &str, known: &[&str]) -> Diagnostic {
    let list = name_list(known.iter().copied());
    error(
        "unknown-setting",
        place,
        both!("“{key}” means nothing here", "« {key} » n’a pas de sens ici"),
        did_you_mean(
            nearest(key, known.iter().copied()),
            both!("What can be here: {list}.", "Ce qui peut se trouver ici : {list}."),
        ),
    )
    .with_fix(sure(key, known.iter().copied()).map(|meant| Correction::of(key, meant)))
}

/// A setting that must be there and is not.
pub fn missing_setting(place: Place, key: &str) -> Diagnostic {
    error(
        "missing-setting",
        place,
        both!("“{key}” is missing here", "il manque « {key} » ici"),
        both!("Add a line “{key}: …”.", "Ajoutez une ligne « {key}: … »."),
    )
}

/// Something other than names with values where those are needed.
pub fn expected_mapping(place: Place) -> Diagnostic {
    error(
        "expected-fields",
        place,
        both!("names with values are needed here", "il faut ici des noms suivis de valeurs"),
        both!("Write lines such as “kind: treaty”.", "Écrivez des lignes comme « kind: treaty »."),
    )
}

/// Something other than a text where one is needed.
pub fn expected_text(place: Place) -> Diagnostic {
    error(
        "expected-text",
        place,
        both!("a text is needed here", "il faut un texte ici"),
        both!("Write one line of text.", "Écrivez une ligne de texte."),
    )
}

/// Something other than yes or no where that is needed.
pub fn expected_boolean(place: Place) -> Diagnostic {
    error(
        "expected-true-or-false",
        place,
        both!("“true” or “false” is needed here", "il faut « true » (oui) ou « false » (non) ici"),
        both!("Write true for yes, false for no.", "Écrivez true pour oui, false pour non."),
    )
}

/// Something other than a number where one is needed.
pub fn expected_number(place: Place) -> Diagnostic {
    error(
        "expected-number",
        place,
        both!("a number is needed here", "il faut un nombre ici"),
        both!("Write digits, with a point for decimals.", "Écrivez des chiffres, avec un point pour les décimales."),
    )
}

/// Something other than a text in both languages where that is needed.
pub fn expected_both_languages(place: Place) -> Diagnostic {
    error(
        "expected-both-languages",
        place,
        both!("this is needed in both languages", "il faut ceci dans les deux langues"),
        both!("Write {{en: …, fr: …}}.", "Écrivez {{en: …, fr: …}}."),
    )
}

/// A base address that is not a web address.
pub fn bad_base_url(place: Place, written: &str) -> Diagnostic {
    error(
        "bad-base-url",
        place,
        both!("“{written}” is not the address of a website", "« {written} » n’est pas l’adresse d’un site Web"),
        both!(
            "Write it whole: https://example.org/. What follows the name of the server is made of letters a to z, digits, slashes and - . _ ~.",
            "Écrivez-la en entier : https://example.org/. Ce qui suit le nom du serveur est formé des lettres a à z, de chiffres, de barres obliques et des signes - . _ ~."
        ),
    )
}

/// A menu entry that is not a section.
pub fn unknown_section(place: Place, written: &str, folders: &KnownNames) -> Diagnostic {
    let list = folders.list();
    error(
        "unknown-section",
        place,
        both!("the site has no section “{written}”", "le site n’a pas de section « {written} »"),
        did_you_mean(
            folders.nearest(written),
            both!(
                "The sections are the folders of the types: {list}.",
                "Les sections sont les dossiers des types : {list}."
            ),
        ),
    )
}

/// Feedback with no address, or with two.
pub fn feedback_one_way(place: Place) -> Diagnostic {
    error(
        "feedback-one-way",
        place,
        both!(
            "feedback needs an email address, or the address of what receives the form (endpoint)",
            "la rétroaction demande une adresse courriel, ou l’adresse de ce qui reçoit le formulaire (endpoint)"
        ),
        both!(
            "Write {{email: …}} or {{endpoint: …}}, or remove the line for a site without feedback.",
            "Écrivez {{email: …}} ou {{endpoint: …}}, ou supprimez la ligne pour un site sans rétroaction."
        ),
    )
}

/// An address for feedback by mail that is not an email address.
pub fn bad_feedback_email(place: Place, written: &str) -> Diagnostic {
    error(
        "bad-feedback-email",
        place,
        both!("“{written}” is not an email address", "« {written} » n’est pas une adresse courriel"),
        both!("Write one address: web@example.org.", "Écrivez une seule adresse : web@example.org."),
    )
}

/// An address for feedback by form that is not a web address.
pub fn bad_feedback_endpoint(place: Place, written: &str) -> Diagnostic {
    error(
        "bad-feedback-endpoint",
        place,
        both!("“{written}” is not a web address", "« {written} » n’est pas une adresse Web"),
        both!(
            "Write the whole address of what receives the form: https://forms.example.org/feedback.",
            "Écrivez l’adresse entière de ce qui reçoit le formulaire : https://forms.example.org/retroaction."
        ),
    )
}

/// An unknown policy.
pub fn unknown_policy(place: Place, written: &str) -> Diagnostic {
    error(
        "unknown-policy",
        place,
        both!("“{written}” is not a policy", "« {written} » n’est pas une règle"),
        both!("Write error, warning or allow.", "Écrivez error (erreur), warning (avertissement) ou allow (permis)."),
    )
}

/// A policy for a mistake that a site cannot judge for itself.
pub fn policy_without_rule(place: Place, key: &str, known: &[&str]) -> Diagnostic {
    let written = key.replace('_', "-");
    error(
        "policy-without-rule",
        place,
        both!(
            "“{key}” is not a mistake that a site can judge for itself",
            "« {key} » n’est pas une erreur dont un site peut décider lui-même"
        ),
        did_you_mean(
            nearest(&written, known.iter().copied()),
            both!(
                "Name a warning as diptych check does, such as unused-asset; an error always stops the build.",
                "Nommez un avertissement comme le fait diptych check, par exemple unused-asset; une erreur empêche toujours la construction."
            ),
        ),
    )
}

/// An unknown policy for the readers' notice.
pub fn unknown_notice_policy(place: Place, written: &str) -> Diagnostic {
    error(
        "unknown-policy",
        place,
        both!("“{written}” is not a policy for this notice", "« {written} » n’est pas une règle pour cet avis"),
        both!("Write show or hide.", "Écrivez show (montrer) ou hide (cacher)."),
    )
}

/// Two types with one name or one folder.
pub fn duplicate_type(place: Place, name: &str) -> Diagnostic {
    error(
        "duplicate-type",
        place,
        both!(
            "the type “{name}” already has this name or folder",
            "le type « {name} » porte déjà ce nom ou ce dossier"
        ),
        both!(
            "Give each type a name and a folder of its own.",
            "Donnez à chaque type un nom et un dossier qui lui sont propres."
        ),
    )
}

/// A field with the name of one that every record has.
pub fn reserved_field(place: Place, name: &str) -> Diagnostic {
    error(
        "reserved-field",
        place,
        both!("every record already has a field “{name}”", "chaque fiche a déjà un champ « {name} »"),
        both!("Remove the field here, or give it another name.", "Supprimez ce champ, ou donnez-lui un autre nom."),
    )
}

/// A date order that names something else.
pub fn not_a_date_field(place: Place, name: &str) -> Diagnostic {
    error(
        "not-a-date-field",
        place,
        both!("“{name}” is not a date of this type", "« {name} » n’est pas une date de ce type"),
        both!("Name fields of kind date.", "Nommez des champs « date »."),
    )
}

/// A list that names a field the type does not have.
pub fn unknown_list_field(place: Place, name: &str, known: &KnownNames) -> Diagnostic {
    let list = known.list();
    error(
        "unknown-list-field",
        place,
        both!("this type has no field “{name}”", "ce type n’a pas de champ « {name} »"),
        did_you_mean(known.nearest(name), both!("Its fields are: {list}.", "Ses champs sont : {list}.")),
    )
}

/// A status field that is not a single choice.
pub fn status_not_a_choice(place: Place) -> Diagnostic {
    error(
        "status-not-a-choice",
        place,
        both!(
            "the status must be a field of kind choice with one value",
            "l’état doit être un champ « choice » à une seule valeur"
        ),
        both!("Name such a field, or remove the line.", "Nommez un tel champ, ou supprimez la ligne."),
    )
}

/// An unknown kind of field.
pub fn unknown_field_kind(place: Place, written: &str) -> Diagnostic {
    let names = FieldKind::NAMES;
    let list = name_list(names);
    error(
        "unknown-field-kind",
        place,
        both!("“{written}” is not a kind of field", "« {written} » n’est pas une sorte de champ"),
        did_you_mean(nearest(written, names), both!("The kinds are: {list}.", "Les sortes sont : {list}.")),
    )
}

/// An unknown type.
pub fn unknown_type(place: Place, written: &str, known: &KnownNames) -> Diagnostic {
    let list = known.list();
    error(
        "unknown-type",
        place,
        both!("there is no record type “{written}”", "il n’y a pas de type de fiche « {written} »"),
        did_you_mean(known.nearest(written), both!("The types are: {list}.", "Les types sont : {list}.")),
    )
}

/// A pattern that is not a regular expression.
pub fn bad_pattern(place: Place) -> Diagnostic {
    error(
        "bad-pattern",
        place,
        both!("this pattern is not a regular expression", "ce modèle n’est pas une expression régulière"),
        both!(
            "Correct it or remove the line; [0-9]{{4}} means four digits.",
            "Corrigez-le ou supprimez la ligne; [0-9]{{4}} signifie quatre chiffres."
        ),
    )
}

/// A highest value below the lowest one.
pub fn bounds_reversed(place: Place, min: f64, max: f64) -> Diagnostic {
    error(
        "bounds-reversed",
        place,
        both!(
            "the highest value, {max}, is below the lowest one, {min}",
            "la valeur maximale, {max}, est inférieure à la valeur minimale, {min}"
        ),
        both!("Exchange them: min: {max}, max: {min}.", "Inversez-les : min: {max}, max: {min}."),
    )
}

/// An unknown tone.
pub fn unknown_tone(place: Place, written: &str) -> Diagnostic {
    let list = name_list(crate::schema::Tone::ALL.map(crate::schema::Tone::name));
    error(
        "unknown-tone",
        place,
        both!("“{written}” is not a tone", "« {written} » n’est pas un ton"),
        both!("The tones are: {list}.", "Les tons sont : {list}."),
    )
}

/// A slug that is not lowercase ASCII. `proposal` is one that would do.
pub fn bad_slug(place: Place, written: &str, proposal: &str) -> Diagnostic {
    let advice = if proposal.is_empty() {
        both!(
            "Use the letters a to z, digits and hyphens.",
            "Employez les lettres a à z, des chiffres et des traits d’union."
        )
    } else {
        both!("Write {proposal}.", "Écrivez {proposal}.")
    };
    error(
        "bad-slug",
        place,
        both!(
            "“{written}” cannot be used in an address: only a to z, digits and single hyphens can",
            "« {written} » ne peut pas figurer dans une adresse : seuls a à z, les chiffres et les traits d’union simples le peuvent"
        ),
        advice,
    )
}

/// A list grouped by a field whose values cannot be headings.
pub fn group_by_not_a_choice(place: Place) -> Diagnostic {
    error(
        "group-by-not-a-choice",
        place,
        both!(
            "a list can be grouped by a choice or a reference only",
            "une liste ne peut être groupée que selon un choix ou un renvoi"
        ),
        both!(
            "Name a field of kind choice or reference that is not localized, or remove the line.",
            "Nommez un champ « choice » ou « reference » commun aux deux langues, ou supprimez la ligne."
        ),
    )
}

/// A name of schema.org that Diptych does not write.
pub fn unknown_schema_org(place: Place, written: &str) -> Diagnostic {
    let names = crate::schema::SchemaOrg::ALL.map(crate::schema::SchemaOrg::name);
    let list = name_list(names);
    error(
        "unknown-schema-org",
        place,
        both!(
            "“{written}” is not among the names of schema.org that can be used here",
            "« {written} » n’est pas parmi les noms de schema.org permis ici"
        ),
        did_you_mean(
            nearest(written, names),
            both!(
                "The names are: {list}. Without the line, search engines get no type.",
                "Les noms sont : {list}. Sans cette ligne, les moteurs de recherche ne reçoivent aucun type."
            ),
        ),
    )
}

/// A value of `glossary` that means nothing.
pub fn unknown_glossary(place: Place, written: &str) -> Diagnostic {
    error(
        "unknown-glossary",
        place,
        both!("“{written}” is not a kind of glossary", "un glossaire de « {written} » n’existe pas"),
        both!(
            "Write “terms”, or “short_forms” to spell out short titles only.",
            "Écrivez « terms », ou « short_forms » pour ne développer que les titres abrégés."
        ),
    )
}

/// A place on the page that does not suit the field.
pub fn show_does_not_fit(place: Place, written: &str) -> Diagnostic {
    error(
        "show-does-not-fit",
        place,
        both!("this field cannot be shown as “{written}”", "ce champ ne peut pas être présenté comme « {written} »"),
        both!(
            "Write glance, page or data; card for a reference, top for a group or url, timeline for a group with a date.",
            "Écrivez glance, page ou data; card pour un renvoi, top pour un groupe ou url, timeline pour un groupe avec une date."
        ),
    )
}

/// A modifier that means nothing for a kind of field.
pub fn modifier_does_not_fit(place: Place, key: &str, kind: &FieldKind) -> Diagnostic {
    let (name, known) = (kind.name(), kind.modifiers());
    let list = name_list(known.iter().copied());
    let help = match key {
        "facet" => both!(
            "Remove the line: lists are filtered by choices, references, dates, languages and yes or no, in fields outside groups that are the same in both languages.",
            "Supprimez la ligne : les listes se filtrent par des choix, des renvois, des dates, des langues et des oui ou non, dans des champs hors des groupes et communs aux deux langues."
        ),
        _ if known.is_empty() => both!("Remove the line.", "Supprimez la ligne."),
        _ => both!(
            "Remove the line; a field of this kind can have: {list}.",
            "Supprimez la ligne; un champ de cette sorte peut avoir : {list}."
        ),
    };
    error(
        "modifier-does-not-fit",
        place,
        both!("“{key}” has no effect on this field ({name})", "« {key} » n’a pas d’effet sur ce champ ({name})"),
        help,
    )
}

/// A facet whose label leads to an address that is taken.
pub fn facet_label_taken(place: Place, label: &str) -> Diagnostic {
    error(
        "facet-label-taken",
        place,
        both!(
            "two filters in this list have the same label, “{label}”",
            "deux filtres de cette liste portent le libellé « {label} »"
        ),
        both!(
            "Rename one of them; “page” and “expiring” are used by every list.",
            "Renommez-en un; « page » et « échéance » sont pris par toutes les listes."
        ),
    )
}

/// Two choices with the same label.
pub fn choice_label_taken(place: Place, label: &str) -> Diagnostic {
    error(
        "choice-label-taken",
        place,
        both!(
            "another choice of this field already has the label “{label}”",
            "un autre choix de ce champ porte déjà le libellé « {label} »"
        ),
        both!(
            "Give each choice a label of its own: lists make an address of it.",
            "Donnez à chaque choix un libellé distinct : les listes en font une adresse."
        ),
    )
}

/// Two records that would have the same address in a filtered list.
pub fn facet_value_twice(place: Place, address: &str, other: &str) -> Diagnostic {
    error(
        "facet-value-twice",
        place,
        both!(
            "this page and {other} have the same web name, so the filter cannot tell them apart: /{address}",
            "cette page et {other} ont la même adresse courte; le filtre ne peut les distinguer : /{address}"
        ),
        both!("Change the “slug” of one.", "Changez le « slug » de l’une."),
    )
}

/// A section that has too many records for one document.
pub fn document_too_long(place: Place, records: usize, most: usize) -> Diagnostic {
    warning(
        "document-too-long",
        place,
        both!(
            "this section has {records} records; one document can hold {most}",
            "cette section compte {records} fiches; en un seul document, elle peut en compter {most}"
        ),
        both!(
            "It has no document until it has fewer, or until you write document: {records}. A very long one is slow to open and to print.",
            "Elle n’a pas de document tant qu’elle n’en compte pas moins, ou que vous n’écrivez pas document: {records}. Un très long document est lent à ouvrir et à imprimer."
        ),
    )
}
