//! Mistakes of a pair: sides that no longer say the same, differences between them, and what changes are called.

use super::{both, did_you_mean, error, name_list, nearest, warning};
use crate::diagnostic::{Correction, Diagnostic, Place, Severity};
use crate::lang::{Lang, PerLang};
use crate::pairs::What;
use crate::pairs::outline::Kind;
use crate::typography;

/// A file of confirmations that cannot be read.
pub fn lock_unreadable(place: Place) -> Diagnostic {
    error(
        "lock-unreadable",
        place,
        both!(
            "the list of confirmed pairs cannot be read from here on",
            "la liste des paires confirmées est illisible à partir d’ici"
        ),
        both!(
            "If the changes of two people were merged here, remove only the marks <<<<<<<, ======= and >>>>>>> and keep the lines of both: no line depends on another. Then run “diptych status”. If the file is damaged in another way, restore an earlier version.",
            "Si les modifications de deux personnes se rencontrent ici, supprimez seulement les marques <<<<<<<, ======= et >>>>>>> et gardez les lignes de l’une et de l’autre : aucune ne dépend d’une autre. Lancez ensuite « diptych status ». Si le fichier est abîmé autrement, reprenez-en une version antérieure."
        ),
    )
}

/// A section that changed on one side only. `behind` is the language of the other side.
pub fn outdated_twin(
    place: Place,
    behind: Lang,
    section: &PerLang<String>,
    what: &PerLang<String>,
    id: &str,
    severity: Severity,
) -> Diagnostic {
    let (en, fr) = (&what.en, &what.fr);
    let PerLang { en: name_en, fr: name_fr } = section;
    let message = match behind {
        Lang::En => both!(
            "the English version is behind the French one: {name_en}: {en}",
            "la version anglaise est en retard sur la française : {name_fr} : {fr}"
        ),
        Lang::Fr => both!(
            "the French version is behind the English one: {name_en}: {en}",
            "la version française est en retard sur l’anglaise : {name_fr} : {fr}"
        ),
    };
    with(severity, warning("outdated-twin", place, message, confirm_help(id)))
}

/// Both sides changed since they were confirmed.
pub fn both_changed(place: Place, id: &str, severity: Severity) -> Diagnostic {
    let message = both!(
        "both versions have changed since someone confirmed that they say the same thing",
        "les deux versions ont changé depuis que quelqu’un a confirmé qu’elles disent la même chose"
    );
    with(severity, warning("outdated-twin", place, message, confirm_help(id)))
}

fn confirm_help(id: &str) -> PerLang<String> {
    both!(
        "Compare the two versions; when they say the same thing, run: diptych confirm {id}",
        "Comparez les deux versions; lorsqu’elles disent la même chose, lancez : diptych confirm {id}"
    )
}

pub(super) fn with(severity: Severity, mut mistake: Diagnostic) -> Diagnostic {
    mistake.severity = severity;
    mistake
}

/// What happened, in a few words.
pub fn change(what: What) -> PerLang<String> {
    let words = |en: &str, fr: &str| PerLang { en: en.to_owned(), fr: fr.to_owned() };
    match what {
        What::SectionAdded => words("section added", "section ajoutée"),
        What::SectionRemoved => words("section removed", "section supprimée"),
        What::SectionMoved => words("section moved", "section déplacée"),
        What::HeadingRenamed => words("heading renamed", "intertitre modifié"),
        What::LevelChanged => words("level of the heading changed", "niveau de l’intertitre modifié"),
        What::ValueChanged => words("text changed", "texte modifié"),
        What::NumberChanged => words("number changed", "nombre modifié"),
        What::LinkChanged => words("link changed", "lien modifié"),
        What::CodeChanged => words("code changed", "code modifié"),
        What::Added(kind) => unit(kind, "added", "ajouté"),
        What::Removed(kind) => unit(kind, "removed", "supprimé"),
        What::Moved(kind) => unit(kind, "moved", "déplacé"),
        What::Rewritten(kind) => match kind {
            Kind::Row | Kind::Code | Kind::Term | Kind::Break => unit(kind, "changed", "modifié"),
            Kind::Heading(_)
            | Kind::Paragraph
            | Kind::Item
            | Kind::NumberedItem
            | Kind::InnerItem
            | Kind::Quote
            | Kind::Footnote
            | Kind::Value => unit(kind, "rewritten", "reformulé"),
        },
    }
}

/// A unit and what happened to it. The participle agrees with the French noun.
fn unit(kind: Kind, en: &str, fr: &str) -> PerLang<String> {
    let (name, nom, ending) = match kind {
        Kind::Item | Kind::NumberedItem | Kind::InnerItem => ("list item", "élément de liste", ""),
        Kind::Row => ("table row", "ligne de tableau", "e"),
        Kind::Code => ("code", "code", ""),
        Kind::Term => ("term", "terme", ""),
        Kind::Footnote => ("footnote", "note", "e"),
        Kind::Break => ("break", "séparation", "e"),
        // A heading and a value have changes of their own.
        Kind::Paragraph | Kind::Quote | Kind::Heading(_) | Kind::Value => ("paragraph", "paragraphe", ""),
    };
    both!("{name} {en}", "{nom} {fr}{ending}")
}

/// What a part of a page without a heading is called.
pub fn opening() -> PerLang<&'static str> {
    PerLang { en: "opening", fr: "introduction" }
}

/// What a field of the words is called.
pub fn field(name: &str) -> PerLang<String> {
    let words = |en: &str, fr: &str| PerLang { en: en.to_owned(), fr: fr.to_owned() };
    match name {
        "title" => words("title", "titre"),
        "short_title" => words("short title", "titre abrégé"),
        "inline_title" => words("title inside a sentence", "titre dans une phrase"),
        "summary" => words("summary", "résumé"),
        "changes" => words("notes of change", "notes de modification"),
        name => words(name, name),
    }
}

/// What the footnotes of a page are called.
pub fn footnotes() -> PerLang<&'static str> {
    PerLang { en: "footnotes", fr: "notes" }
}

/// A statement that a record is in one language, in which something is missing or wrong.
pub fn alone_incomplete(place: Place) -> Diagnostic {
    error(
        "alone-incomplete",
        place,
        both!(
            "“alone” does not say which version exists, why it is alone, and since when",
            "« alone » ne dit pas quelle version est seule, pourquoi, et depuis quand"
        ),
        both!(
            "Write alone: {{side: fr, reason: The only authentic text is in French., on: 2026-01-31}}.",
            "Écrivez alone: {{side: fr, reason: Le seul texte authentique est en français., on: 2026-01-31}}."
        ),
    )
}

/// A statement that a record is in one language, while it has both.
pub fn alone_with_twin(place: Place) -> Diagnostic {
    warning(
        "alone-with-twin",
        place,
        both!(
            "“alone” says only one version exists, but both do",
            "« alone » indique qu’une seule version existe, mais les deux existent"
        ),
        both!("Remove “alone”.", "Supprimez « alone »."),
    )
}

/// A statement that names the wrong side.
pub fn alone_other_side(place: Place, there: Lang) -> Diagnostic {
    let code = there.code();
    error(
        "alone-other-side",
        place,
        both!("“alone” names the version that is missing", "« alone » nomme la version qui manque"),
        both!(
            "The version that exists is {code}: write side: {code}.",
            "La version présente est {code} : écrivez side: {code}."
        ),
    )
}

/// A note of change in which something is missing or unknown.
pub fn note_incomplete(place: Place) -> Diagnostic {
    error(
        "note-incomplete",
        place,
        both!(
            "a note of change has a day and what changed in both languages, and nothing else",
            "une note de modification comporte un jour et ce qui a changé dans les deux langues, rien d’autre"
        ),
        both!(
            "Write - {{on: 2026-01-31, en: What changed., fr: Ce qui a changé.}}.",
            "Écrivez - {{on: 2026-01-31, en: What changed., fr: Ce qui a changé.}}."
        ),
    )
}

/// A confirmed record that changed in substance, without a note for its readers.
pub fn change_without_note(place: Place, section: &PerLang<String>, id: &str, severity: Severity) -> Diagnostic {
    let PerLang { en, fr } = section;
    let message = both!(
        "this page has changed since it was confirmed ({en}), and no note tells its readers",
        "cette page a changé depuis sa confirmation ({fr}), et aucune note ne l’indique aux lecteurs"
    );
    let help = both!(
        "Add to {id}.yaml what changed for them: changes: [{{on: 2026-01-31, en: …, fr: …}}]. If nothing did, run: diptych confirm {id} --even-so",
        "Ajoutez à {id}.yaml ce qui a changé pour eux : changes: [{{on: 2026-01-31, en: …, fr: …}}]. Si rien n’a changé, lancez : diptych confirm {id} --even-so"
    );
    with(severity, warning("change-without-note", place, message, help))
}

/// The same mistake with the place on the other side that changed.
pub fn changed_here(mistake: Diagnostic, place: Place) -> Diagnostic {
    mistake.with_related(place, both!("this changed", "ceci a changé"))
}

/// What to call a section that no longer exists, by its place among the sections.
pub fn section_that_was(number: usize) -> PerLang<String> {
    both!("section {number} at the time", "section {number} à l’époque")
}

/// Two sides that say the same.
pub fn state_equal() -> PerLang<&'static str> {
    PerLang { en: "equal", fr: "équivalentes" }
}

/// Two sides that nobody has confirmed.
pub fn state_unconfirmed() -> PerLang<&'static str> {
    PerLang { en: "not confirmed yet", fr: "pas encore confirmées" }
}

/// A side that is missing.
pub fn state_missing(lang: Lang) -> PerLang<&'static str> {
    match lang {
        Lang::En => PerLang { en: "no English version", fr: "pas de version anglaise" },
        Lang::Fr => PerLang { en: "no French version", fr: "pas de version française" },
    }
}

/// A side that is behind.
pub fn state_behind(lang: Lang) -> PerLang<&'static str> {
    match lang {
        Lang::En => PerLang { en: "English is behind", fr: "l’anglais est en retard" },
        Lang::Fr => PerLang { en: "French is behind", fr: "le français est en retard" },
    }
}

/// Two sides that each changed.
pub fn state_both() -> PerLang<&'static str> {
    PerLang { en: "both versions changed", fr: "les deux versions ont changé" }
}

/// How many words are to be translated.
pub fn status_words(count: usize) -> PerLang<String> {
    match count {
        1 => both!("1 word to translate", "1 mot à traduire"),
        count => both!("{count} words to translate", "{count} mots à traduire"),
    }
}

/// Records that are not listed.
pub fn status_more(count: usize) -> PerLang<String> {
    both!("… and {count} more that are not confirmed yet", "… et {count} autres qui ne sont pas encore confirmées")
}

/// A record that is not published yet, in the list of pairs.
pub fn status_draft(id: &str) -> PerLang<String> {
    both!("{id}  draft", "{id}  ébauche")
}

/// A record that someone must look at.
pub fn status_due(id: &str, what: &str, date: &PerLang<String>) -> PerLang<String> {
    let (en, fr) = (&date.en, &date.fr);
    match what {
        "expired" => both!("{id}  expired on {en}", "{id}  a expiré le {fr}"),
        "expiry" => both!("{id}  expires on {en}", "{id}  expire le {fr}"),
        _ => both!("{id}  to be reviewed by {en}", "{id}  à revoir avant le {fr}"),
    }
}

/// The name of the calendar of a site.
pub fn calendar_name(site: &PerLang<String>) -> PerLang<String> {
    let (en, fr) = (&site.en, &site.fr);
    both!("{en}: reviews and expiry dates", "{fr} : révisions et échéances")
}

/// A review, as an event of a calendar.
pub fn calendar_review(title: &PerLang<String>) -> PerLang<String> {
    let (en, fr) = (&title.en, &title.fr);
    both!("To be reviewed by today: {en}", "À revoir au plus tard aujourd’hui : {fr}")
}

/// The expiry of a record, as an event of a calendar.
pub fn calendar_expiry(title: &PerLang<String>) -> PerLang<String> {
    let (en, fr) = (&title.en, &title.fr);
    both!("Expires today: {en}", "Prend fin aujourd’hui : {fr}")
}

/// The last line of a status.
pub fn status_summary(equal: usize, outdated: usize, missing: usize, unconfirmed: usize) -> PerLang<String> {
    both!(
        "{equal} equal, {outdated} outdated, {missing} missing a version, {unconfirmed} not confirmed",
        "{equal} à jour, {outdated} en retard, {missing} sans version, {unconfirmed} à confirmer"
    )
}

/// An allowance for an unknown rule.
pub fn allowance_unknown(place: Place, name: &str, known: &[&str]) -> Diagnostic {
    let list = name_list(known.iter().copied());
    error(
        "allowance-unknown",
        place,
        both!(
            "“{name}” is not a rule that can be allowed to differ",
            "« {name} » n’est pas une règle à laquelle on peut déroger"
        ),
        did_you_mean(
            nearest(name, known.iter().copied()),
            both!("Write one of: {list}.", "Écrivez l’une de celles-ci : {list}."),
        ),
    )
}

/// An allowance that does not say why.
pub fn allowance_without_reason(place: Place) -> Diagnostic {
    error(
        "allowance-without-reason",
        place,
        both!(
            "this allowed difference does not say why it is right",
            "cette différence permise ne dit pas pourquoi elle est voulue"
        ),
        both!("Write the reason after the colon.", "Écrivez la raison après le deux-points."),
    )
}

/// An allowance of a difference that is not there.
pub fn allowance_unused(place: Place) -> Diagnostic {
    warning(
        "allowance-unused",
        place,
        both!(
            "this exception is no longer needed; the two versions match",
            "cette exception n’est plus nécessaire; les deux versions concordent"
        ),
        both!("Remove this note.", "Supprimez cette note."),
    )
}

/// Text that does not follow the typography of its language.
pub fn typography(
    place: Place,
    rule: typography::Rule,
    written: &str,
    replacement: Option<&str>,
    severity: Severity,
) -> Diagnostic {
    let help = match replacement {
        Some(right) => {
            both!("Write “{right}” in place of “{written}”.", "Écrivez « {right} » au lieu de « {written} ».")
        }
        None => both!("Write it as this language does.", "Écrivez-le comme le veut cette langue."),
    };
    let fix = replacement.map(|right| Correction::of(written, right));
    let mistake = warning(rule.name(), place, rule.message().map(|_, message| message.to_owned()), help);
    with(severity, mistake).with_fix(fix)
}

/// A page that is mostly in the other language.
pub fn page_in_other_language(place: Place, lang: Lang, severity: Severity) -> Diagnostic {
    let message = match lang {
        Lang::En => both!("this French page is mostly English", "cette page française est en grande partie en anglais"),
        Lang::Fr => both!("this English page is mostly French", "cette page anglaise est en grande partie en français"),
    };
    let help = both!(
        "Translate it, or mark what belongs in the other language: [the passage](lang:{lang}).",
        "Traduisez-la, ou marquez ce qui est à sa place dans l’autre langue : [le passage](lang:{lang})."
    );
    with(severity, warning("unmarked-language", place, message, help))
}

/// What can be done about a passage in the other language.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    /// Whether the other side has the same words, so that this one was not translated.
    pub is_copied: bool,
    /// Whether a passage can be marked there.
    pub takes_marks: bool,
}

/// A passage in another language that is not marked.
pub fn unmarked_language(place: Place, lang: Lang, kept: Kept, severity: Severity) -> Diagnostic {
    let message = match lang {
        Lang::En if !kept.takes_marks => both!("this passage is in English", "ce passage est en anglais"),
        Lang::Fr if !kept.takes_marks => both!("this passage is in French", "ce passage est en français"),
        Lang::En => both!(
            "this passage is in English and not marked as such",
            "ce passage est en anglais et n’est pas marqué comme tel"
        ),
        Lang::Fr => both!(
            "this passage is in French and not marked as such",
            "ce passage est en français et n’est pas marqué comme tel"
        ),
    };
    let help = match (kept.is_copied, kept.takes_marks) {
        (true, true) => both!(
            "Translate it: the other version has the same words. If it is right as it is, write [the passage](lang:{lang}).",
            "Traduisez-le : l’autre version a les mêmes mots. Si c’est voulu, écrivez [le passage](lang:{lang})."
        ),
        (true, false) => both!(
            "Translate it: the other version has the same words.",
            "Traduisez-le : l’autre version a les mêmes mots."
        ),
        (false, true) => both!(
            "Write [the passage](lang:{lang}), so that it is read aloud in the right language.",
            "Écrivez [le passage](lang:{lang}), pour qu’il soit lu à voix haute dans la bonne langue."
        ),
        (false, false) => {
            both!("Write it in the language of this version.", "Écrivez-le dans la langue de cette version.")
        }
    };
    with(severity, warning("unmarked-language", place, message, help))
}
