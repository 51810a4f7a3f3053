//! What to write in Markdown for signs that have a meaning in other tools: [`instead`].

use super::both;
use crate::lang::PerLang;

/// What to write in place of what has a meaning in another tool.
pub(super) fn instead(written: &str) -> PerLang<String> {
    let begins = |signs: &[&str]| signs.iter().any(|sign| written.starts_with(sign));
    let name = written.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    let name = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if begins(&[":::", "!!!", "???"]) || begins(&["{"]) && ["info", "note", "tip", "warning", "panel"].contains(&name) {
        both!(
            "For a note, write “> [!NOTE]” and the words on the lines below, each after “> ”.",
            "Pour une note, écrivez « > [!NOTE] », puis les mots sur les lignes suivantes, chacune après « > »."
        )
    } else if matches!(name, "toc" | "toc2") {
        both!(
            "Remove it: “On this page” is made from the headings.",
            "Supprimez-le : « Sur cette page » se fait à partir des intertitres."
        )
    } else if begins(&["![[", "[cid:"]) {
        both!("Write ![what it shows](file) for a picture.", "Écrivez ![ce qu’elle montre](fichier) pour une image.")
    } else if begins(&["[["]) {
        both!("Write [](folder/page) for a link.", "Écrivez [](dossier/page) pour un lien.")
    } else if begins(&["{!", "<<<", "@include", "!include"]) {
        both!(
            "Write the words of that file here: no other file is put in.",
            "Écrivez ici le texte de ce fichier : aucun autre fichier n’est inséré."
        )
    } else if begins(&["\\(", "\\["]) {
        both!(
            "Write the formula in words and signs: x² + y.",
            "Écrivez la formule avec des mots et des signes : x² + y."
        )
    } else if begins(&["*["]) {
        both!(
            "Write <abbr title=\"…\">, or add a term to the glossary.",
            "Écrivez <abbr title=\"…\">, ou ajoutez un terme au glossaire."
        )
    } else if begins(&["^["]) {
        both!("Write [^1], and a line “[^1]: …” below.", "Écrivez [^1], et une ligne « [^1]: … » plus bas.")
    } else if begins(&[":"]) && matches!(name, "ref" | "doc" | "term" | "numref" | "download" | "any") {
        both!("For a link, write [words](folder/page).", "Pour un lien, écrivez [mots](dossier/page).")
    } else if begins(&[":"]) {
        both!("Type the character itself.", "Tapez le caractère lui-même.")
    } else if written.contains('|') && written.starts_with('[') {
        both!("Write [words](address).", "Écrivez [mots](adresse).")
    } else if begins(&["%%", "{# ", "{#-", "{/*"]) {
        both!(
            "For a note to other writers, write <!-- the note -->.",
            "Pour une note aux autres rédacteurs, écrivez <!-- la note -->."
        )
    } else if begins(&["h1.", "h2.", "h3.", "h4.", "h5.", "h6.", "== ", "=== ", "==== ", "===== ", "====== "]) {
        both!("Begin a heading with ## and a space.", "Commencez un intertitre par ## et une espace.")
    } else if begins(&["''"]) {
        both!(
            "Write **words** for bold, *words* for italics.",
            "Écrivez **mots** pour le gras, *mots* pour l’italique."
        )
    } else if begins(&["==", "^^"]) {
        both!(
            "Remove the signs; to stress the words, write **words**.",
            "Supprimez les signes; pour mettre les mots en évidence, écrivez **mots**."
        )
    } else if begins(&["++"]) {
        both!(
            "For a key, write <kbd>Ctrl</kbd>; otherwise, remove the signs.",
            "Pour une touche, écrivez <kbd>Ctrl</kbd>; sinon, supprimez les signes."
        )
    } else if begins(&["{++", "{--", "{~~", "{>>", "{=="]) {
        both!(
            "Write the words as they are to be read, without the marks of the revision.",
            "Écrivez les mots tels qu’ils doivent être lus, sans les marques de révision."
        )
    } else if begins(&["^"]) {
        both!("Write <sup>…</sup>.", "Écrivez <sup>…</sup>.")
    } else if begins(&["~"]) {
        both!("Write <sub>…</sub>, or ~~…~~ to strike it out.", "Écrivez <sub>…</sub>, ou ~~…~~ pour le barrer.")
    } else if begins(&["{#"]) {
        both!(
            "An id goes at the end of a heading: ## Heading {{#id}}.",
            "Un identifiant se place à la fin d’un intertitre : ## Intertitre {{#id}}."
        )
    } else if begins(&["{{", "{%", "<%", "[%", "${", "{props.", "{page.", "{site.", "{this.", "{frontmatter."]) {
        both!(
            "Write the words that it stood for: no code is run here.",
            "Écrivez les mots que ce code remplaçait : aucun code n’est exécuté ici."
        )
    } else if begins(&["{:", "{.", "{ ."]) || begins(&["{"]) && written.contains('=') {
        both!(
            "Remove it: the theme decides how the page looks.",
            "Supprimez-le : c’est le thème qui décide de l’apparence de la page."
        )
    } else {
        both!(
            "Write it in Markdown, or remove it. If it is text, put it between backquotes (`).",
            "Écrivez-le en Markdown, ou supprimez-le. S’il s’agit de texte, mettez-le entre accents graves (`)."
        )
    }
}
