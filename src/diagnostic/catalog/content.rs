//! Mistakes in what a record says: its fields, values, references, dates, sides and address.

use super::{both, did_you_mean, error, name_list, nearest, warning};
use crate::diagnostic::{Correction, Diagnostic, KnownNames, Place, Severity, Span, foreign_keys};
use crate::lang::{Lang, PerLang};
use crate::path::ContentPath;

/// A field that nobody declared. `page` is the id of the record if the field is one of the record itself, not of a
/// group in it.
pub fn unknown_field(place: Place, name: &str, kind: &str, known: &KnownNames, page: Option<&str>) -> Diagnostic {
    let list = known.list();
    // At the top of a page the name alone is another one; what it says is the same.
    let is_words = place.file.as_str().ends_with(".md");
    let renamed =
        foreign_keys::field(name).filter(|field| is_words && matches!(*field, "summary" | "title" | "short_title"));
    let elsewhere = page.filter(|_| known.sure(name).is_none()).and_then(|id| foreign_keys::advice(name, id));
    error(
        "unknown-field",
        place,
        both!("“{name}” is not a field of the type “{kind}”", "« {name} » n’est pas un champ du type « {kind} »"),
        elsewhere.unwrap_or_else(|| {
            let all = both!("What can be here: {list}.", "Ce qui peut se trouver ici : {list}.");
            did_you_mean(known.nearest(name), all)
        }),
    )
    .with_fix(known.sure(name).or(renamed).map(|meant| Correction::of(name, meant)))
}

/// A field of the words that is among the facts.
pub fn field_belongs_in_words(place: Place, name: &str, stem: &str) -> Diagnostic {
    error(
        "field-in-wrong-file",
        place,
        both!(
            "“{name}” contains text, so it must be written in both languages",
            "« {name} » contient du texte : il s’écrit dans les deux langues"
        ),
        both!(
            "Move it to the top block of {stem}.en.md and {stem}.fr.md.",
            "Déplacez-le dans le bloc en tête de {stem}.en.md et de {stem}.fr.md."
        ),
    )
}

/// A field of the facts that is among the words.
pub fn field_belongs_in_facts(place: Place, name: &str, stem: &str) -> Diagnostic {
    error(
        "field-in-wrong-file",
        place,
        both!(
            "“{name}” is the same in both languages, so it is written once",
            "« {name} » est le même dans les deux langues; il s’écrit donc une seule fois"
        ),
        both!("Move the line to {stem}.yaml.", "Déplacez la ligne dans {stem}.yaml."),
    )
}

/// A required field that is missing. `help` is what the type says of the field.
pub fn missing_field(place: Place, name: &str, label: &PerLang<String>, help: Option<&PerLang<String>>) -> Diagnostic {
    let (en, fr) = (&label.en, &label.fr);
    let message = both!("“{name}” ({en}) is missing", "il manque « {name} » ({fr})");
    let advice =
        help.map_or_else(PerLang::default, |help| PerLang { en: format!(" {}", help.en), fr: format!(" {}", help.fr) });
    let (en, fr) = (advice.en, advice.fr);
    error("missing-field", place, message, both!("Add a line “{name}: …”.{en}", "Ajoutez une ligne « {name}: … ».{fr}"))
}

/// A field with no value.
pub fn empty_field(place: Place, name: &str) -> Diagnostic {
    error(
        "empty-field",
        place,
        both!("“{name}” has no value", "« {name} » n’a pas de valeur"),
        both!("Write the value, or remove the line.", "Écrivez la valeur, ou supprimez la ligne."),
    )
}

/// Several values where there can be one.
pub fn too_many_values(place: Place, name: &str) -> Diagnostic {
    error(
        "too-many-values",
        place,
        both!("“{name}” takes one value, not a list", "« {name} » prend une seule valeur, et non une liste"),
        both!("Keep one value, without square brackets.", "Gardez une valeur, sans crochets."),
    )
}

/// Several values where a list needs its brackets.
pub fn list_without_brackets(place: Place, values: &[&str]) -> Diagnostic {
    let list = values.join(", ");
    error(
        "list-without-brackets",
        place,
        both!("several values are written as one", "ce sont plusieurs valeurs en une seule"),
        both!("Write [{list}].", "Écrivez [{list}]."),
    )
}

/// A date that is written as in a sentence, or without its zeros; `date` is how facts write it.
pub fn date_in_words(place: Place, written: &str, date: &str) -> Diagnostic {
    error(
        "date-in-words",
        place,
        both!("in facts, this date is written in figures", "les faits écrivent cette date en chiffres"),
        both!(
            "Write {date}: each page shows it as its language does.",
            "Écrivez {date} : chaque page l’affiche à la manière de sa langue."
        ),
    )
    .with_fix(Some(Correction::of(written, date)))
}

/// A fiscal year where a day, a month or a year is needed; `year` is its first one.
pub fn fiscal_year(place: Place, written: &str, year: u16) -> Diagnostic {
    error(
        "impossible-date",
        place,
        both!("“{written}” is a fiscal year, not a date", "« {written} » est un exercice financier, et non une date"),
        both!("Write the day that it begins on: {year}-04-01.", "Écrivez le jour où il commence : {year}-04-01."),
    )
}

/// A value that a list has twice.
pub fn value_repeated(place: Place, field: &str, value: &str) -> Diagnostic {
    warning(
        "value-repeated",
        place,
        both!("“{field}” has “{value}” more than once", "« {field} » contient « {value} » plus d’une fois"),
        both!("Keep one of them.", "N’en gardez qu’une mention."),
    )
}

/// A value between quotation marks that mean nothing in YAML.
pub fn curly_quotes(place: Place, inner: &str) -> Diagnostic {
    error(
        "curly-quotes",
        place,
        both!(
            "these quotation marks are curly, so they count as part of the value",
            "ces guillemets ne sont pas droits; ils font donc partie de la valeur"
        ),
        both!(
            "Write {inner} without them, or between straight ones.",
            "Écrivez {inner} sans eux, ou entre guillemets droits."
        ),
    )
}

/// A number with a comparator that nobody knows.
pub fn unknown_comparator(place: Place, written: &str, known: &[&str]) -> Diagnostic {
    let list = name_list(known.iter().copied());
    error(
        "unknown-comparator",
        place,
        both!("“{written}” does not say how a number is meant", "« {written} » ne dit pas comment entendre un nombre"),
        did_you_mean(
            nearest(written, known.iter().copied()),
            both!("Write one of: {list}.", "Écrivez l’un de ceux-ci : {list}."),
        ),
    )
}

/// A range whose first number is not the smaller one.
pub fn empty_range(place: Place) -> Diagnostic {
    error(
        "empty-range",
        place,
        both!(
            "the first number of a range must be smaller than the second",
            "le premier nombre d’un intervalle doit être plus petit que le second"
        ),
        both!("Exchange the two numbers.", "Échangez les deux nombres."),
    )
}

/// A day, month or year that is not in the calendar. `last` is the last day of that month, where the day is wrong.
pub fn impossible_date(place: Place, written: &str, last: Option<u8>) -> Diagnostic {
    let help = match last {
        Some(last) => both!("That month has {last} days.", "Ce mois compte {last} jours."),
        None => both!("Months go from 01 to 12.", "Les mois vont de 01 à 12."),
    };
    error("impossible-date", place, both!("there is no date “{written}”", "la date « {written} » n’existe pas"), help)
}

/// Two dates in the wrong order.
pub fn dates_out_of_order(
    place: Place,
    names: (&str, &str),
    dates: &PerLang<(String, String)>,
    first: Place,
) -> Diagnostic {
    let (earlier, later) = names;
    let ((en_earlier, en_later), (fr_earlier, fr_later)) = (&dates.en, &dates.fr);
    error(
        "dates-out-of-order",
        place,
        both!(
            "“{later}” ({en_later}) is before “{earlier}” ({en_earlier})",
            "« {later} » ({fr_later}) précède « {earlier} » ({fr_earlier})"
        ),
        both!("Correct one of the two dates.", "Corrigez l’une des deux dates."),
    )
    .with_related(first, both!("“{earlier}” is here", "« {earlier} » se trouve ici"))
}

/// A choice that nobody declared.
pub fn unknown_choice(place: Place, written: &str, known: &KnownNames) -> Diagnostic {
    let list = known.list();
    error(
        "unknown-choice",
        place,
        both!("“{written}” is not among the choices", "« {written} » ne figure pas parmi les choix"),
        did_you_mean(known.nearest(written), both!("The choices are: {list}.", "Les choix sont : {list}.")),
    )
    .with_fix(known.sure(written).map(|meant| Correction::of(written, meant)))
}

/// A value beyond the bounds of its field.
pub fn out_of_bounds(place: Place, what: &PerLang<&str>, bounds: crate::schema::Bounds) -> Diagnostic {
    let (en, fr) = (what.en, what.fr);
    let help = match (bounds.min, bounds.max) {
        (Some(min), Some(max)) => both!("It must be between {min} and {max}.", "Il faut rester entre {min} et {max}."),
        (Some(min), None) => both!("The minimum is {min}.", "Le minimum permis est de {min}."),
        (_, max) => {
            let max = max.unwrap_or_default();
            both!("The maximum is {max}.", "Le maximum permis est de {max}.")
        }
    };
    error(
        "out-of-bounds",
        place,
        both!("{en} is not what the type allows", "{fr} n’est pas ce que permet le type"),
        help,
    )
}

/// A text that does not have the form that its field asks for.
pub fn pattern_mismatch(place: Place, written: &str, help: Option<&PerLang<String>>) -> Diagnostic {
    error(
        "pattern-mismatch",
        place,
        both!(
            "“{written}” is not written the way this field asks",
            "« {written} » n’est pas écrit comme ce champ le demande"
        ),
        help.cloned().unwrap_or_else(|| {
            both!("Compare it with the same field of another record.", "Comparez avec le même champ d’une autre fiche.")
        }),
    )
}

/// A text that is not a state.
pub fn unknown_state(place: Place, written: &str) -> Diagnostic {
    let known = ["draft", "published", "archived"];
    error(
        "unknown-state",
        place,
        both!("“{written}” is not a state of a record", "« {written} » n’est pas un état de fiche"),
        did_you_mean(
            nearest(written, known),
            both!(
                "Write draft, published or archived.",
                "Écrivez draft (ébauche), published (publiée) ou archived (archivée)."
            ),
        ),
    )
}

/// A reference to a record that is not there.
pub fn unknown_reference<'a>(
    place: Place,
    written: &str,
    folders: impl IntoIterator<Item = &'a str>,
    meant: Option<&str>,
    known: &KnownNames,
) -> Diagnostic {
    let list = name_list(folders);
    error(
        "unknown-reference",
        place,
        both!("there is no record “{written}” in {list}", "il n’y a pas de fiche « {written} » dans {list}"),
        did_you_mean(
            meant.or_else(|| known.nearest(written)),
            both!(
                "Write the name of a file in that folder, without its ending.",
                "Écrivez le nom d’un fichier de ce dossier, sans sa terminaison."
            ),
        ),
    )
    .with_fix(meant.or_else(|| known.sure(written)).map(|meant| Correction::of(written, meant)))
}

/// A reference that could mean several records.
pub fn ambiguous_reference<'a>(
    place: Place,
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let list = name_list(candidates);
    error(
        "ambiguous-reference",
        place,
        both!("“{written}” can mean several records", "« {written} » peut désigner plusieurs fiches"),
        both!("Write one of: {list}.", "Écrivez l’une de celles-ci : {list}."),
    )
}

/// A reference to a record of another type than the field takes.
pub fn reference_of_wrong_type<'a>(
    place: Place,
    written: &str,
    folders: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let list = name_list(folders);
    error(
        "reference-of-wrong-type",
        place,
        both!(
            "“{written}” is there, but this field accepts records of {list}",
            "« {written} » existe, mais ce champ prend des fiches de {list}"
        ),
        both!("Name a record of {list}.", "Nommez une fiche de {list}."),
    )
}

/// A reference from a published record to a draft.
pub fn reference_to_draft(place: Place, written: &str) -> Diagnostic {
    error(
        "reference-to-draft",
        place,
        both!(
            "“{written}” is a draft, and this record is published",
            "« {written} » est une ébauche, et cette fiche est publiée"
        ),
        both!(
            "Publish that record, or make this one a draft too.",
            "Publiez cette autre fiche, ou faites aussi de celle-ci une ébauche."
        ),
    )
}

/// A record with only one side. `missing` is the language of the missing one.
pub fn missing_twin(place: Place, missing: Lang, stem: &str, severity: Severity) -> Diagnostic {
    let message = match missing {
        Lang::En => both!("this record has no English version", "cette fiche n’a pas de version anglaise"),
        Lang::Fr => both!("this record has no French version", "cette fiche n’a pas de version française"),
    };
    let mut mistake = error(
        "missing-twin",
        place,
        message,
        both!(
            "Write {stem}.{missing}.md, or set “state: draft” in {stem}.yaml until both versions are ready. If one language is right, say why there: alone: {{side: …, reason: …, on: …}}.",
            "Rédigez {stem}.{missing}.md, ou mettez « state: draft » dans {stem}.yaml jusqu’à ce que les deux versions soient prêtes. Si une seule langue convient, dites-y pourquoi : alone: {{side: …, reason: …, on: …}}."
        ),
    );
    mistake.severity = severity;
    mistake
}

/// A place that still waits for words.
pub fn unfilled(place: Place) -> Diagnostic {
    warning(
        "unfilled",
        place,
        both!("this is still to be filled in", "ceci reste à remplir"),
        both!(
            "Write what is missing in its place, without brackets.",
            "Écrivez à sa place ce qui manque, sans crochets."
        ),
    )
}

/// A required line of the front matter that is missing.
pub fn missing_words(place: Place, name: &str) -> Diagnostic {
    let help = match name {
        "title" => both!(
            "Add a line “title: …” with the page’s title.",
            "Ajoutez une ligne « title: … » avec le titre de la page."
        ),
        _ => both!(
            "Add a line “summary: …”: one sentence that says what the page is about.",
            "Ajoutez une ligne « summary: … » : une phrase qui dit de quoi traite la page."
        ),
    };
    error("missing-field", place, both!("“{name}” is missing", "il manque « {name} »"), help)
}

/// A title from which no address can be made.
pub fn no_slug(place: Place) -> Diagnostic {
    error(
        "no-slug",
        place,
        both!("no address can be made from this title", "aucune adresse ne peut être tirée de ce titre"),
        both!(
            "Add a line “slug: …” with letters a to z, digits and hyphens.",
            "Ajoutez une ligne « slug: … » avec les lettres a à z, des chiffres et des traits d’union."
        ),
    )
}

/// An old address that cannot be used; `sign` is the character in it that is not allowed.
pub fn bad_alias(place: Place, written: &str, sign: Option<char>) -> Diagnostic {
    let help = match sign {
        Some(sign) => both!(
            "“{sign}” cannot be part of an address that is redirected: servers would take it for part of their own rules. Leave this address out; if it is still needed, ask the administrator of the server for a separate rule.",
            "« {sign} » ne peut pas faire partie d’une adresse redirigée : les serveurs y verraient un élément de leurs propres règles. Retirez cette adresse; si elle sert encore, demandez une règle particulière à la personne qui gère le serveur."
        ),
        None => both!(
            "Write what followed the site’s name: /en/old-page/.",
            "Écrivez ce qui suivait le nom du site : /fr/ancienne-page/."
        ),
    };
    error(
        "bad-alias",
        place,
        both!(
            "“{written}” is not an old address of this site",
            "« {written} » n’est pas une ancienne adresse de ce site"
        ),
        help,
    )
}

/// A date of review that has passed.
pub fn review_overdue(file: &ContentPath, span: Span, date: &PerLang<String>) -> Diagnostic {
    let (en, fr) = (&date.en, &date.fr);
    warning(
        "review-overdue",
        Place::new(file, span),
        both!("the review of this record is overdue: {en}", "la révision de cette fiche est en retard : {fr}"),
        both!("Review it, then set a new date.", "Relisez-la, puis repoussez la date."),
    )
}

/// A record past its last day.
pub fn record_expired(file: &ContentPath, span: Span, date: &PerLang<String>) -> Diagnostic {
    let (en, fr) = (&date.en, &date.fr);
    warning(
        "record-expired",
        Place::new(file, span),
        both!("this record has expired: {en}", "cette fiche est expirée : {fr}"),
        both!("Renew it, or set “state: archived”.", "Renouvelez-la, ou mettez « state: archived »."),
    )
}

/// A term that is written like another one.
pub fn term_twice(place: Place, written: &str, other: Place) -> Diagnostic {
    warning(
        "term-twice",
        place,
        both!(
            "two terms of the glossary are written “{written}”; pages link only to the other one",
            "deux termes du glossaire s’écrivent « {written} »; les pages ne mènent qu’à l’autre"
        ),
        both!(
            "Merge the two records, or write one of them differently inside sentences: inline_title.",
            "Réunissez les deux fiches en une seule, ou écrivez l’un des termes autrement dans les phrases : inline_title."
        ),
    )
    .with_related(other, both!("the other one", "l’autre"))
}
