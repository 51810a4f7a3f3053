//! Mistakes in what a site says about its search: synonyms and questions.

use super::{both, did_you_mean, error, warning};
use crate::diagnostic::{Diagnostic, KnownNames, Place};

/// Two words that the search already treats as one.
pub fn synonym_same_word(place: Place, one: &str, other: &str) -> Diagnostic {
    warning(
        "synonym-same-word",
        place,
        both!(
            "search already treats “{one}” and “{other}” as one word",
            "la recherche tient déjà « {one} » et « {other} » pour un seul mot"
        ),
        both!(
            "Remove it: plurals, other endings and accents need no synonym.",
            "Supprimez-le : pluriels, autres terminaisons et accents n’ont pas besoin de synonyme."
        ),
    )
}

/// Two words that are listed as synonyms twice.
pub fn synonym_repeated(place: Place, one: &str, other: &str, before: Place) -> Diagnostic {
    warning(
        "synonym-repeated",
        place,
        both!(
            "“{one}” and “{other}” are listed as synonyms twice",
            "« {one} » et « {other} » sont donnés deux fois pour synonymes"
        ),
        both!(
            "Keep one of the two. Without one_way it holds in both directions.",
            "Gardez l’un des deux. Sans one_way, il vaut dans les deux sens."
        ),
    )
    .with_related(before, both!("it is said here first", "c’est dit une première fois ici"))
}

/// A synonym that leads to nothing: no page has any of its words.
pub fn synonym_unknown(place: Place, word: &str) -> Diagnostic {
    warning(
        "synonym-unknown",
        place,
        both!("no page of this language has “{word}”", "aucune page de cette langue ne contient « {word} »"),
        both!(
            "Write a word that the pages use, or remove the synonym.",
            "Écrivez un mot que les pages emploient, ou supprimez le synonyme."
        ),
    )
}

/// A question in a language that the site does not have.
pub fn search_test_language(place: Place) -> Diagnostic {
    error(
        "search-test-language",
        place,
        both!("this is neither en nor fr", "ce n’est ni en ni fr"),
        both!(
            "Write the language that the question is asked in: en or fr.",
            "Écrivez la langue dans laquelle la question est posée : en ou fr."
        ),
    )
}

/// A question that wants a page that is not there.
pub fn search_test_unknown_page(place: Place, id: &str, known: &KnownNames) -> Diagnostic {
    error(
        "search-test-unknown-page",
        place,
        both!(
            "search knows no page “{id}” in this language",
            "la recherche ne connaît pas de page « {id} » dans cette langue"
        ),
        did_you_mean(
            known.nearest(id),
            both!(
                "Write a page’s id: the path of its files without endings, such as agreements/treaty.",
                "Écrivez l’identifiant d’une page : le chemin de ses fichiers sans terminaison, par exemple agreements/treaty."
            ),
        ),
    )
}

/// A question that search does not answer as it should.
pub fn search_test_missed(place: Place, ask: &str, id: &str, found: &[String]) -> Diagnostic {
    let list = found.join(", ");
    let (instead_en, instead_fr) = match found {
        [] => ("nothing".to_owned(), "rien".to_owned()),
        _ => (list.clone(), list),
    };
    error(
        "search-test-missed",
        place,
        both!(
            "“{ask}” does not find {id} among the first three",
            "« {ask} » ne trouve pas {id} parmi les trois premiers résultats"
        ),
        both!(
            "It finds {instead_en}. Add what people say as a keyword of the page, or as a synonym in words.yaml.",
            "La recherche trouve : {instead_fr}. Ajoutez ce que les gens disent aux mots-clés de la page, ou aux synonymes de words.yaml."
        ),
    )
}

/// A list of words in `words.yaml`, with nothing that says which of them people use.
pub fn synonyms_without_names(place: Place) -> Diagnostic {
    error(
        "expected-fields",
        place,
        both!(
            "nothing says which of these words people say, and which ones pages say",
            "rien ne dit lequel de ces mots les gens disent, ni lesquels les pages emploient"
        ),
        both!(
            "Write an entry for each word: - say: jail, and below it, two spaces further in, also: [prison].",
            "Écrivez une entrée par mot : - say: prison, puis dessous, deux espaces plus loin, also: [pénitencier]."
        ),
    )
}
