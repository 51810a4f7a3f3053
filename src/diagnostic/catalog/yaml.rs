//! Mistakes in how YAML is written.

use super::{both, error, warning};
use crate::diagnostic::{Diagnostic, Place, Slip};
use crate::lang::PerLang;

/// Text that is not YAML.
pub fn yaml_syntax(place: Place, slip: Slip) -> Diagnostic {
    let (why, help) = yaml_slip(slip);
    let (en, fr) = (why.en, why.fr);
    error("yaml-syntax", place, both!("the YAML cannot be read: {en}", "le YAML est illisible : {fr}"), help)
}

#[expect(clippy::too_many_lines, reason = "a list of wordings, one after the other")]
fn yaml_slip(slip: Slip) -> (PerLang<String>, PerLang<String>) {
    match slip {
        Slip::OpenQuote => (
            both!("a quotation mark opens and never closes", "un guillemet s’ouvre et ne se referme pas"),
            both!(
                "Close the text with the same quotation mark that opens it.",
                "Refermez le texte avec le même guillemet que celui qui l’ouvre."
            ),
        ),
        Slip::AfterQuotes => (
            both!(
                "a text continues after its quotation marks are closed",
                "un texte continue après la fermeture de ses guillemets"
            ),
            both!(
                "Put the whole text between the other kind of straight marks: title: '\"Quick\" start'.",
                "Mettez le texte entier entre l’autre sorte de guillemets droits : title: '\"Premiers\" pas'."
            ),
        ),
        Slip::Apostrophe => (
            both!(
                "an apostrophe closes the text, which begins with the same mark",
                "une apostrophe ferme le texte, qui commence par le même signe"
            ),
            both!(
                "Put the text between straight double quotation marks: title: \"The country's laws\".",
                "Mettez le texte entre guillemets droits doubles : title: \"L'échange\"."
            ),
        ),
        Slip::AfterBrackets => (
            both!(
                "a value that begins with [ or {{ is read as a list, and text follows the list",
                "une valeur qui commence par [ ou {{ est lue comme une liste, et du texte suit la liste"
            ),
            both!(
                "Put the whole value between straight quotation marks: title: \"[Draft] report\".",
                "Mettez la valeur entière entre guillemets droits : title: \"[Ébauche] rapport\"."
            ),
        ),
        Slip::NoSpace => (
            both!("a space is missing after a colon", "il manque une espace après un deux-points"),
            both!(
                "Write the name, a colon, a space and the value: kind: treaty.",
                "Écrivez le nom, un deux-points, une espace et la valeur : kind: treaty."
            ),
        ),
        Slip::Tab => (
            both!("there is a tab where spaces are needed", "une tabulation se trouve là où il faut des espaces"),
            both!("Indent with spaces, two for each level.", "Décalez avec des espaces, deux par niveau."),
        ),
        Slip::TabAfterColon => (
            both!("a tab follows a colon", "une tabulation suit un deux-points"),
            both!(
                "Replace the tab with a space: kind: treaty.",
                "Remplacez la tabulation par une espace : kind: treaty."
            ),
        ),
        Slip::LanguagesNotIndented => (
            both!(
                "“en” and “fr” are in the same column as the name that they belong to",
                "« en » et « fr » sont dans la même colonne que le nom dont ils dépendent"
            ),
            both!(
                "Begin the lines “en: …” and “fr: …” two spaces further in.",
                "Commencez les lignes « en: … » et « fr: … » deux espaces plus loin."
            ),
        ),
        Slip::ColonInText => (
            both!("there is a colon inside a text", "un deux-points se trouve à l’intérieur d’un texte"),
            both!(
                "Put the whole text between straight quotation marks: title: \"Agreements: an overview\".",
                "Mettez le texte entier entre guillemets droits : title: \"Ententes : un aperçu\"."
            ),
        ),
        Slip::NoColon => (
            both!("a name is not followed by a colon", "un nom n’est pas suivi d’un deux-points"),
            both!(
                "Write the name, a colon, a space and the value: kind: treaty.",
                "Écrivez le nom, un deux-points, une espace et la valeur : kind: treaty."
            ),
        ),
        Slip::OpenBracket => (
            both!(
                "a list in [brackets] or {{braces}} is not closed",
                "une liste entre [crochets] ou {{accolades}} n’est pas fermée"
            ),
            both!(
                "Separate the items with commas and close the list with ] or }}.",
                "Séparez les éléments par des virgules et fermez la liste avec ] ou }}."
            ),
        ),
        Slip::TwoCommas => (
            both!("there is nothing between two commas of a list", "il n’y a rien entre deux virgules d’une liste"),
            both!("Remove one of the commas.", "Supprimez l’une des virgules."),
        ),
        Slip::Misaligned => (
            both!("this line is not aligned with the ones above", "cette ligne n’est pas alignée sur les précédentes"),
            both!(
                "Names of one level start in the same column; what belongs to a name is two spaces further in.",
                "Les noms d’un même niveau commencent dans la même colonne; ce qui dépend d’un nom est décalé de deux espaces."
            ),
        ),
        Slip::ReservedSign => (
            both!(
                "a value begins with a sign that has a meaning in YAML",
                "une valeur commence par un signe réservé du YAML"
            ),
            both!("Put the value between straight quotation marks.", "Mettez la valeur entre guillemets droits."),
        ),
        Slip::Other => (
            both!("something is out of place here", "quelque chose n’est pas à sa place ici"),
            both!(
                "Compare the line with the same line of another record; quote texts that contain : or #.",
                "Comparez la ligne avec celle d’une autre fiche; mettez entre guillemets les textes qui contiennent : ou #."
            ),
        ),
        Slip::OddSpace => (
            both!(
                "a space here is not an ordinary one: it comes from a word processor",
                "une espace n’est pas ordinaire ici : elle vient d’un traitement de texte"
            ),
            both!(
                "Delete it, and type the name, a colon, a space and the value: kind: treaty.",
                "Supprimez-la, puis tapez le nom, un deux-points, une espace et la valeur : kind: treaty."
            ),
        ),
        Slip::OtherColon => (
            both!("this sign only looks like a colon", "ce signe ressemble seulement à un deux-points"),
            both!("Type an ordinary colon and a space.", "Tapez un deux-points ordinaire et une espace."),
        ),
        Slip::Equals => (
            both!("a name is followed by = and not by a colon", "un nom est suivi de = et non d’un deux-points"),
            both!(
                "Write the name, a colon, a space and the value: kind: treaty.",
                "Écrivez le nom, un deux-points, une espace et la valeur : kind: treaty."
            ),
        ),
        Slip::ItemSign => (
            both!("a list item does not begin like this", "un élément de liste ne commence pas ainsi"),
            both!(
                "Begin each item with a hyphen and a space: - one.",
                "Commencez chaque élément par un trait d’union et une espace : - un."
            ),
        ),
        Slip::StrayWords => (
            both!(
                "there is no name and colon before these words",
                "aucun nom suivi d’un deux-points ne précède ces mots"
            ),
            both!(
                "If they continue the line above, begin the line with two spaces. Otherwise, write the name of their field and a colon before them.",
                "S’ils continuent la ligne précédente, commencez la ligne par deux espaces. Sinon, écrivez devant le nom de leur champ et un deux-points."
            ),
        ),
        Slip::OtherComment => (
            both!("this line is not a comment in YAML", "cette ligne n’est pas un commentaire en YAML"),
            both!(
                "Begin the comment with # and a space: # to check.",
                "Commencez le commentaire par # et une espace : # à vérifier."
            ),
        ),
        Slip::IndentedName => (
            both!(
                "this line begins with a space, so it continues the text above",
                "cette ligne commence par une espace; elle continue donc le texte qui précède"
            ),
            both!(
                "Begin the name in the same column as the one above.",
                "Commencez le nom dans la même colonne que celui qui précède."
            ),
        ),
        Slip::ColonInBraces => (
            both!("there is a colon inside a text", "un deux-points se trouve à l’intérieur d’un texte"),
            both!(
                "Put the text between straight quotation marks: {{en: \"Call: 9 to 5\", fr: \"Appel : de 9 h à 17 h\"}}.",
                "Mettez le texte entre guillemets droits : {{en: \"Call: 9 to 5\", fr: \"Appel : de 9 h à 17 h\"}}."
            ),
        ),
        Slip::CommaInBraces => (
            both!("the text before this ends at its comma", "le texte qui précède se termine à sa virgule"),
            both!(
                "Put the whole text between straight quotation marks: {{en: \"Mail, Ottawa\", fr: \"Courrier, Ottawa\"}}.",
                "Mettez tout le texte entre guillemets droits : {{en: \"Mail, Ottawa\", fr: \"Courrier, Ottawa\"}}."
            ),
        ),
        Slip::CharacterCode => (
            both!(
                "the code after this backslash is not that of a character",
                "le code qui suit cette barre oblique inverse ne désigne aucun caractère"
            ),
            both!(
                "Write the character itself, such as é or 🙂. Some programs write one as two codes, which YAML does not take.",
                "Écrivez le caractère lui-même, par exemple é ou 🙂. Certains programmes l’écrivent en deux codes, ce que YAML n’admet pas."
            ),
        ),
        Slip::Backslash => (
            both!("a \\ has a special meaning between \" marks", "un \\ a un sens entre des guillemets \""),
            both!("Put the text between ' marks instead.", "Mettez plutôt le texte entre des apostrophes droites (')."),
        ),
        Slip::Template => (
            both!(
                "this is code of another tool; nothing replaces it here",
                "ceci est du code d’un autre outil; rien ne le remplace ici"
            ),
            both!("Write the value itself.", "Écrivez la valeur elle-même."),
        ),
        Slip::Comparison => (
            both!("a value cannot begin with > or <", "une valeur ne peut pas commencer par > ou <"),
            both!(
                "Write {{more_than: 300}}, {{at_least: 300}}, {{less_than: 300}} or {{at_most: 300}}; a text goes between straight quotation marks.",
                "Écrivez {{more_than: 300}} (plus de), {{at_least: 300}} (au moins), {{less_than: 300}} (moins de) ou {{at_most: 300}} (au plus); un texte va entre guillemets droits."
            ),
        ),
        Slip::NoNames => (
            both!("it contains no name that is followed by a colon", "il ne contient aucun nom suivi d’un deux-points"),
            both!(
                "Write one fact per line: the name, a colon, a space and the value, such as kind: treaty.",
                "Écrivez un fait par ligne : le nom, un deux-points, une espace et la valeur, comme kind: treaty."
            ),
        ),
    }
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

/// Lists, quotations or values nested more deeply than anyone needs.
pub fn nested_too_deep(place: Place) -> Diagnostic {
    error(
        "nested-too-deep",
        place,
        both!("too many levels are nested here", "trop de niveaux s’emboîtent ici"),
        both!("Use fewer levels.", "Employez moins de niveaux."),
    )
}

/// A key that is twice in one mapping.
pub fn duplicate_key(place: Place, key: &str, first: Place) -> Diagnostic {
    error(
        "yaml-duplicate-key",
        place,
        both!("“{key}” is written twice", "« {key} » est écrit deux fois"),
        both!("Keep one of the two.", "Gardez l’un des deux."),
    )
    .with_related(first, both!("first written here", "écrit ici la première fois"))
}

/// A value that ends where a comment begins, though the comment may be meant as part of it.
pub fn yaml_comment(place: Place) -> Diagnostic {
    warning(
        "yaml-comment",
        place,
        both!(
            "in YAML, a comment begins here, so this is not part of the value",
            "en YAML, un commentaire commence ici; ceci ne fait donc pas partie de la valeur"
        ),
        both!(
            "Put the whole value between straight quotation marks: \"Agreement #5\". A comment goes on a line of its own.",
            "Mettez toute la valeur entre guillemets droits : \"Entente #5\". Un commentaire va sur une ligne à part."
        ),
    )
}
