//! Mistakes in how a page's words are marked up: words that would be lost, and HTML.

use super::{both, error, warning};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::lang::PerLang;

/// Words that are in no part of the page.
pub fn lost_words(place: Place, words: &str) -> Diagnostic {
    error(
        "lost-words",
        place,
        both!(
            "these words are not shown on the page: “{words}”",
            "ces mots ne s’affichent pas sur la page : « {words} »"
        ),
        both!(
            "Write them as a sentence of their own, or remove them.",
            "Écrivez-les dans une phrase à part, ou supprimez-les."
        ),
    )
}

/// Cells of a row for which the table's head has no column.
pub fn cells_too_many(place: Place) -> Diagnostic {
    error(
        "cells-too-many",
        place,
        both!(
            "this row has more cells than the table’s header row; what is here is not shown",
            "cette rangée a plus de cellules que l’en-tête du tableau; ce qui se trouve ici n’est pas affiché"
        ),
        both!(
            "Add a column to the header row and to the line below it. A | that is not the end of a cell is written \\|.",
            "Ajoutez une colonne à l’en-tête et à la ligne qui le suit. Un | qui ne termine pas une cellule s’écrit \\|."
        ),
    )
}

/// A second footnote of the same label.
pub fn footnote_twice(place: Place, label: &str, first: Place) -> Diagnostic {
    error(
        "footnote-twice",
        place,
        both!(
            "there is already a footnote “{label}”; this one is not shown",
            "il y a déjà une note « {label} »; celle-ci n’est pas affichée"
        ),
        both!(
            "Give it a label of its own here and where the text refers to it.",
            "Donnez-lui son propre nom, ici et là où le texte y renvoie."
        ),
    )
    .with_related(first, both!("the first one is here", "la première se trouve ici"))
}

/// A comment that nothing closes.
pub fn comment_unclosed(place: Place) -> Diagnostic {
    error(
        "comment-unclosed",
        place,
        both!(
            "a comment opens with <!-- and never closes; nothing below it is shown",
            "un commentaire s’ouvre par <!-- et ne se referme pas; rien de ce qui suit n’est affiché"
        ),
        both!("Write --> where the comment ends.", "Écrivez --> là où le commentaire se termine."),
    )
}

/// HTML inside Markdown; `tag` is the name of an element, empty if there is none.
pub fn raw_html(place: Place, tag: &str, severity: Severity) -> Diagnostic {
    let message = match tag {
        "" => both!(
            "HTML does not belong in a page’s words; it is left out",
            "le HTML n’a pas sa place dans les mots d’une page; il est laissé de côté"
        ),
        tag => both!(
            "HTML does not belong in a page’s words; the tag <{tag}> is left out",
            "le HTML n’a pas sa place dans les mots d’une page; la balise <{tag}> est laissée de côté"
        ),
    };
    Diagnostic { severity, ..error("raw-html", place, message, in_markdown(tag)) }
}

/// How to say in Markdown what an element of HTML says.
fn in_markdown(tag: &str) -> PerLang<String> {
    match tag {
        "b" | "strong" => both!("Write **words** instead.", "Écrivez plutôt **mots**."),
        "i" | "em" | "cite" | "dfn" | "var" => both!("Write *words* instead.", "Écrivez plutôt *mots*."),
        "s" | "del" | "strike" => both!("Write ~~words~~ instead.", "Écrivez plutôt ~~mots~~."),
        "code" | "samp" | "tt" => both!("Write `words` instead.", "Écrivez plutôt `mots`."),
        "pre" => both!(
            "Put lines of three backquotes (```) around it.",
            "Mettez-le entre deux lignes de trois accents graves (```)."
        ),
        "a" => both!(
            "Write [words](address) instead. A heading has an id of its own: ## Heading {{#id}}.",
            "Écrivez plutôt [mots](adresse). Un intertitre porte son propre identifiant : ## Intertitre {{#id}}."
        ),
        "img" | "figure" | "picture" => {
            both!("Write ![what it shows](file) instead.", "Écrivez plutôt ![ce que l’image montre](fichier).")
        }
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => both!("Write ## Heading instead.", "Écrivez plutôt ## Intertitre."),
        "p" | "div" | "section" | "article" | "main" | "header" | "footer" | "center" => both!(
            "Remove the tags; a blank line separates two paragraphs.",
            "Supprimez les balises; une ligne vide sépare deux paragraphes."
        ),
        "ul" | "ol" | "li" | "menu" => both!(
            "Begin each item with “- ” or “1. ” on a line of its own.",
            "Commencez chaque élément par « - » ou « 1. » suivi d’une espace, sur sa propre ligne."
        ),
        "dl" | "dt" | "dd" => both!(
            "Write the term on a line, and below it “: ” and what it means.",
            "Écrivez le terme sur une ligne et, dessous, « : » suivi d’une espace et de sa définition."
        ),
        "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption" | "colgroup" | "col" => both!(
            "Write a table with | between the cells and a line | --- | --- | under its head.",
            "Écrivez un tableau avec | entre les cellules et une ligne | --- | --- | sous l’en-tête."
        ),
        "blockquote" => both!("Begin the lines with “> ”.", "Commencez les lignes par « > »."),
        "hr" => both!("Write --- on a line of its own.", "Écrivez --- sur sa propre ligne."),
        "u" | "span" | "font" | "small" | "big" | "mark" | "ins" => {
            both!("Remove the tags; the words stay.", "Supprimez les balises; les mots restent.")
        }
        "iframe" | "video" | "audio" | "object" | "embed" => {
            both!("Link to it instead: [words](address).", "Créez plutôt un lien vers ce contenu : [mots](adresse).")
        }
        "summary" => both!(
            "A <summary> goes in a <details>, once, on a line of its own.",
            "Un <summary> se trouve dans un <details>, une seule fois, sur sa propre ligne."
        ),
        "details" => both!("Begin a line with <details>.", "Commencez une ligne par <details>."),
        _ => both!(
            "Say it in Markdown. To show a < sign, write \\< or put the text between backquotes (`).",
            "Dites-le en Markdown. Pour montrer un signe <, écrivez \\< ou mettez le texte entre accents graves (`)."
        ),
    }
}

/// An attribute of an element that is understood without it.
pub fn html_attribute(place: Place, tag: &str, attribute: &str, severity: Severity) -> Diagnostic {
    let help = match tag {
        "abbr" => both!(
            "Only “title” can be used here: <abbr title=\"…\">.",
            "Seul « title » peut se trouver ici : <abbr title=\"…\">."
        ),
        tag => both!("Write <{tag}> alone.", "Écrivez <{tag}> sans rien d’autre."),
    };
    let message = both!(
        "“{attribute}” in the tag <{tag}> is left out",
        "« {attribute} » dans la balise <{tag}> est laissé de côté"
    );
    Diagnostic { severity, ..error("html-attribute", place, message, help) }
}

/// An element that nothing closes.
pub fn html_unclosed(place: Place, tag: &str) -> Diagnostic {
    error(
        "html-unclosed",
        place,
        both!(
            "<{tag}> opens here and does not close in the same part of the page",
            "<{tag}> s’ouvre ici et ne se referme pas dans la même partie de la page"
        ),
        both!("Write </{tag}> where it ends.", "Écrivez </{tag}> là où cela se termine."),
    )
}

/// The end of an element that was not opened.
pub fn html_unopened(place: Place, tag: &str) -> Diagnostic {
    error(
        "html-unopened",
        place,
        both!("</{tag}> closes what was not opened here", "</{tag}> referme ce qui n’a pas été ouvert ici"),
        both!(
            "Write <{tag}> where it begins, or remove this tag.",
            "Écrivez <{tag}> là où cela commence, ou supprimez cette balise."
        ),
    )
}

/// A part that readers open, without the line that says what it contains.
pub fn details_without_summary(place: Place) -> Diagnostic {
    error(
        "details-without-summary",
        place,
        both!(
            "nothing says what readers find when they open this part",
            "rien ne dit ce qu’on trouve en ouvrant cette partie"
        ),
        both!(
            "Write <summary>a few words</summary> on the line after <details>.",
            "Écrivez <summary>quelques mots</summary> sur la ligne qui suit <details>."
        ),
    )
}

/// The title of a link, which browsers show only to readers with a mouse; pages leave it out.
pub fn link_title(place: Place, severity: Severity) -> Diagnostic {
    let message = both!(
        "the words in quotation marks after this address are not shown",
        "les mots entre guillemets après cette adresse ne sont pas affichés"
    );
    let help = both!(
        "Put it in the link’s words or in the text, and remove it here.",
        "Mettez-le dans les mots du lien ou dans le texte, et supprimez-le ici."
    );
    Diagnostic { severity, ..warning("link-title", place, message, help) }
}

/// What follows the language of a block of code.
pub fn code_info(place: Place, words: &str, severity: Severity) -> Diagnostic {
    let message = both!(
        "what follows the code’s language is not shown: “{words}”",
        "ce qui suit le langage du code n’est pas affiché : « {words} »"
    );
    let help = both!(
        "Write it in the text above the code, and only the language after the backquotes.",
        "Écrivez-le dans le texte au-dessus du code; après les accents graves, seulement le langage."
    );
    Diagnostic { severity, ..warning("code-info", place, message, help) }
}

/// A further line that says where a reference leads.
pub fn reference_twice(place: Place, label: &str) -> Diagnostic {
    error(
        "reference-twice",
        place,
        both!(
            "another line already says where “[{label}]” leads; this one has no effect",
            "une autre ligne dit déjà où mène « [{label}] »; celle-ci est sans effet"
        ),
        both!(
            "Give it a name of its own here and where the text refers to it, or remove it.",
            "Donnez-lui son propre nom, ici et là où le texte y renvoie, ou supprimez-la."
        ),
    )
}

/// A line that says where a reference leads, and nothing refers to it.
pub fn reference_unused(place: Place, label: &str, severity: Severity) -> Diagnostic {
    let message = both!(
        "no link uses “[{label}]”; this line is not shown",
        "rien ne renvoie à « [{label}] »; cette ligne n’est pas affichée"
    );
    let help = both!(
        "Refer to it with [words][{label}], or remove it. If it is text, write \\[ in place of [.",
        "Renvoyez-y avec [mots][{label}], ou supprimez-la. S’il s’agit de texte, écrivez \\[ au lieu de [."
    );
    Diagnostic { severity, ..warning("reference-unused", place, message, help) }
}
