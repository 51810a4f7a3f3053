//! Mistakes in a theme: its files, its words, its colours.

use super::{both, did_you_mean, error, warning};
use crate::diagnostic::{Diagnostic, KnownNames, Place};
use crate::lang::{Lang, PerLang};

/// A theme that does not exist.
pub fn theme_unknown(place: Place, name: &str, known: &KnownNames) -> Diagnostic {
    error(
        "theme-unknown",
        place,
        both!("there is no theme “{name}”", "il n’y a pas de thème « {name} »"),
        did_you_mean(
            known.nearest(name).filter(|nearest| *nearest != name),
            both!(
                "Write default, or the name of a folder in themes/.",
                "Écrivez default, ou le nom d’un dossier de themes/."
            ),
        ),
    )
}

/// A theme file that cannot be understood. `reason` is the parser's own.
pub fn theme_unreadable(place: Place, reason: &str) -> Diagnostic {
    let PerLang { en, fr } = in_both(reason);
    error(
        "theme-unreadable",
        place,
        both!("this file of the theme cannot be read: {en}", "ce fichier du thème est illisible : {fr}"),
        both!(
            "Compare it with the same file of the default theme.",
            "Comparez-le avec le même fichier du thème par défaut."
        ),
    )
}

/// A theme written for another version of the program.
pub fn theme_contract(place: Place, written: u32, known: u32) -> Diagnostic {
    error(
        "theme-contract",
        place,
        both!(
            "this theme is written for version {written} of the views; this program has version {known}",
            "ce thème est écrit pour la version {written} des vues; ce programme a la version {known}"
        ),
        both!(
            "Update the theme, or use the program it was written for.",
            "Mettez le thème à jour, ou employez le programme pour lequel il a été écrit."
        ),
    )
}

/// A template with a mistake in it. `reason` is the template engine's own.
pub fn theme_template(place: Place, reason: &str) -> Diagnostic {
    let PerLang { en, fr } = in_both(reason);
    error(
        "theme-template",
        place,
        both!("this template does not work: {en}", "ce gabarit ne fonctionne pas : {fr}"),
        both!(
            "Correct it at the place shown; themes/README.md lists what templates may use.",
            "Corrigez-le à l’endroit indiqué; themes/README.md énumère ce que les gabarits peuvent employer."
        ),
    )
}

/// What the parsers of YAML and of templates say most often, and the same in French.
const REASONS: [(&str, &str); 56] = [
    ("Found invalid field of `loop`:", "`loop` n’a pas ce champ :"),
    ("missing field", "il manque"),
    ("unknown field", "nom inconnu :"),
    ("expected one of", "les noms possibles sont"),
    ("invalid type: sequence", "une liste ne convient pas"),
    ("invalid type: map", "des noms avec des valeurs ne conviennent pas"),
    ("invalid type: integer", "un nombre ne convient pas :"),
    ("invalid type: string", "un texte ne convient pas :"),
    ("expected a string", "il faut un texte"),
    ("mapping values are not allowed in this context", "un deux-points se trouve à l’intérieur d’un texte"),
    ("found character that cannot start any token", "un signe ne peut pas commencer une valeur"),
    ("while scanning for the next token", "à la lecture de ce qui suit"),
    ("found unexpected end of stream", "le fichier finit avant que tout soit fermé,"),
    ("did not find expected key", "il manque un nom"),
    ("did not find expected ',' or ']'", "il manque une virgule ou ]"),
    ("did not find expected ',' or '}'", "il manque une virgule ou }"),
    ("did not find expected '-' indicator", "il manque un trait d’union"),
    ("while scanning a quoted scalar", "dans le texte entre guillemets"),
    ("while parsing a block mapping", "dans le groupe de noms"),
    ("while parsing a block collection", "dans la liste"),
    ("while parsing a flow sequence", "dans la liste entre crochets"),
    ("while parsing a flow mapping", "dans le groupe entre accolades"),
    ("duplicate entry with key", "nom écrit deux fois :"),
    ("at line", "à la ligne"),
    (" column ", ", colonne "),
    ("Unknown filter", "filtre inconnu :"),
    ("Unknown function", "fonction inconnue :"),
    ("Unknown test", "test inconnu :"),
    ("Unknown template", "gabarit inconnu :"),
    ("Unknown tag", "balise inconnue"),
    ("Unexpected end of input", "le texte finit avant que tout soit fermé"),
    ("Found ", "on y trouve "),
    (" but expected ", " au lieu de "),
    ("Circular include detected for template", "le gabarit s’inclut lui-même :"),
    ("is inheriting from", "se fonde sur"),
    ("which doesn't exist or isn't loaded", "qui n’existe pas"),
    ("is not defined in any parent template", "n’existe dans aucun des gabarits prolongés"),
    ("is not defined", "n’existe pas"),
    ("is not registered", "n’existe pas"),
    ("Available fields:", "Les champs possibles sont :"),
    ("Field ", "le champ "),
    ("Block ", "le bloc "),
    ("Filter ", "le filtre "),
    ("Variable ", "la variable "),
    ("Tried to render a variable that is undefined", "une variable n’existe pas"),
    ("Tried to escape an undefined value", "une valeur n’existe pas"),
    ("Cannot index into an undefined value", "une valeur n’existe pas, ni donc ce qu’elle contiendrait"),
    ("Cannot slice an undefined value", "une valeur n’existe pas, ni donc une partie d’elle"),
    ("Index expression is undefined", "ce qui est entre crochets n’existe pas"),
    ("Cannot compare ", "on ne peut comparer "),
    ("` with `", "` à `"),
    ("Math operations can only be done on numbers, found ", "on ne calcule qu’avec des nombres, et non avec "),
    ("Spread operator requires a map, found ", "après « ... », il faut des noms avec des valeurs, et non "),
    ("Spread operator requires an array, found ", "après « ... », il faut une liste, et non "),
    (
        "Only `index`, `index0`, `first`, `last` and `length` exist",
        "Il n’a que `index`, `index0`, `first`, `last` et `length`",
    ),
    ("Function calls are only allowed at the first element of a chain", "une fonction ne se place qu’au début"),
];

/// A parser's own reason in both languages, as far as it is known.
fn in_both(reason: &str) -> PerLang<String> {
    let en = reason.strip_prefix("error: ").unwrap_or(reason).to_owned();
    let fr = REASONS.iter().fold(en.clone(), |words, (en, fr)| words.replace(en, fr));
    let (first, more) = fr.split_once('\n').unwrap_or((&fr, ""));
    if !has_english(first) {
        return PerLang { en, fr };
    }
    // A reason that is not known in French is better read in English than not at all.
    let original = en.lines().next().unwrap_or_default();
    let fr = format!("l’explication n’existe qu’en anglais, « {original} »");
    PerLang { en, fr: if more.is_empty() { fr } else { format!("{fr}\n{more}") } }
}

/// Whether a reason still has words that only English has.
fn has_english(reason: &str) -> bool {
    const WORDS: [&str; 18] = [
        "the", "of", "is", "not", "did", "while", "found", "expected", "must", "cannot", "could", "with", "for", "and",
        "or", "entry", "key", "at",
    ];
    reason.split(|c: char| !c.is_alphabetic()).any(|word| WORDS.contains(&word))
}

/// Something that browsers block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocked {
    /// A script that is written in the page.
    Script,
    /// A style that is written in the page.
    Style,
    /// A file of another site, or a page inside the page.
    Elsewhere,
}

/// Something in a template that browsers block.
pub fn theme_blocked(place: Place, what: Blocked) -> Diagnostic {
    let (message, help) = match what {
        Blocked::Script => (
            both!(
                "browsers do not run a script that is inside a page",
                "les navigateurs n’exécutent pas un script placé dans une page"
            ),
            both!(
                "Put it into a file in static/js/, and load that: <script src=\"{{{{ asset(name=\"js/…\", root=page.root) }}}}\">.",
                "Mettez-le dans un fichier de static/js/, et chargez celui-ci : <script src=\"{{{{ asset(name=\"js/…\", root=page.root) }}}}\">."
            ),
        ),
        Blocked::Style => (
            both!(
                "browsers ignore a style that is inside a page",
                "les navigateurs ignorent un style placé dans une page"
            ),
            both!(
                "Give the element a class, and its style to templates/site.css.",
                "Donnez une classe à l’élément, et son style à templates/site.css."
            ),
        ),
        Blocked::Elsewhere => (
            both!(
                "browsers load nothing from other sites into a page, and no page inside a page",
                "les navigateurs ne chargent rien d’autres sites dans une page, ni une page dans une page"
            ),
            both!(
                "Put the file into static/, and name it with asset(…); link to a page instead of showing it.",
                "Mettez le fichier dans static/, et nommez-le avec asset(…); faites un lien vers une page au lieu de l’afficher."
            ),
        ),
    };
    warning("theme-blocked", place, message, help)
}

/// A template of a site’s theme that replaces none, and that no other template includes.
pub fn theme_template_unknown(place: Place, name: &str, known: &KnownNames) -> Diagnostic {
    let list = known.list();
    warning(
        "theme-template-unknown",
        place,
        both!("no page uses the template “{name}”", "aucune page n’emploie le gabarit « {name} »"),
        did_you_mean(
            known.nearest(name),
            both!(
                "Give it the name of the template that it replaces: {list}.",
                "Donnez-lui le nom du gabarit qu’il remplace : {list}."
            ),
        ),
    )
}

/// A theme without a template that pages need.
pub fn theme_template_missing(place: Place, name: &str) -> Diagnostic {
    error(
        "theme-template-missing",
        place,
        both!("the theme has no template “{name}”", "le thème n’a pas de gabarit « {name} »"),
        both!(
            "Add it, or write “extends: default” in theme.yaml.",
            "Ajoutez-le, ou écrivez « extends: default » dans theme.yaml."
        ),
    )
}

/// A file that a style sheet loads and the theme does not have.
pub fn theme_file_missing(place: Place, name: &str, known: &KnownNames) -> Diagnostic {
    let list = known.list();
    error(
        "theme-file-missing",
        place,
        both!("the theme has no file “{name}” in static/", "le thème n’a pas de fichier « {name} » dans static/"),
        did_you_mean(known.nearest(name), both!("Its files are: {list}.", "Ses fichiers sont : {list}.")),
    )
}

/// Words that the theme has in one language only.
pub fn theme_string_missing(place: Place, key: &str, lang: Lang) -> Diagnostic {
    let message = match lang {
        Lang::En => {
            both!("the theme’s words “{key}” are missing in English", "les mots « {key} » du thème manquent en anglais")
        }
        Lang::Fr => {
            both!("the theme’s words “{key}” are missing in French", "les mots « {key} » du thème manquent en français")
        }
    };
    error(
        "theme-string-missing",
        place,
        message,
        both!("Add a line “{key}: …” to strings/{lang}.yaml.", "Ajoutez une ligne « {key}: … » à strings/{lang}.yaml."),
    )
}

/// Words of a theme that replace nothing.
pub fn theme_string_unknown(place: Place, key: &str, known: &KnownNames) -> Diagnostic {
    let list = known.list();
    warning(
        "theme-string-unknown",
        place,
        both!(
            "no template of the extended theme uses the words “{key}”",
            "aucun gabarit du thème étendu n’emploie les mots « {key} »"
        ),
        did_you_mean(known.nearest(key), both!("Its words are: {list}.", "Ses mots sont : {list}.")),
    )
}

/// How a page appears: as its reader, or the reader's device, has chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appearance {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Appearance {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Light, Self::Dark];
}

/// Two colours that are too much alike.
#[derive(Clone, Debug)]
pub struct LowContrast<'a> {
    /// Where.
    pub appearance: Appearance,
    /// The colour in front: its name, and what it is.
    pub front: (&'a str, &'a str),
    /// The colour behind it.
    pub back: (&'a str, &'a str),
    /// The contrast as each language writes it.
    pub measured: PerLang<String>,
    /// The contrast that is needed.
    pub least: PerLang<String>,
    /// The name of the colour to change.
    pub setting: &'a str,
    /// The nearest colour that would do, and whether it is lighter.
    pub better: Option<(&'a str, bool)>,
}

/// Colours of a theme that readers cannot tell apart well enough.
pub fn contrast_low(place: Place, low: &LowContrast<'_>) -> Diagnostic {
    let LowContrast { appearance, front, back, measured, least, setting, better } = low;
    let named = |(name, colour): (&str, &str)| {
        if name.starts_with('#') { name.to_owned() } else { format!("--{name} ({colour})") }
    };
    let (front, back) = (named(*front), named(*back));
    let (mode_en, mode_fr) = match appearance {
        Appearance::Light => ("light", "clair"),
        Appearance::Dark => ("dark", "sombre"),
    };
    let PerLang { en: measured_en, fr: measured_fr } = measured;
    let PerLang { en: least_en, fr: least_fr } = least;
    let help = match better {
        Some((colour, true)) => both!(
            "Write {colour} for --{setting} in the {mode_en}: the same hue, lighter.",
            "Écrivez {colour} pour --{setting} en mode {mode_fr} : la même teinte, plus claire."
        ),
        Some((colour, false)) => both!(
            "Write {colour} for --{setting} in the {mode_en}: the same hue, darker.",
            "Écrivez {colour} pour --{setting} en mode {mode_fr} : la même teinte, plus foncée."
        ),
        None => both!(
            "Make --{setting} much lighter or much darker in the {mode_en}.",
            "Rendez --{setting} beaucoup plus claire ou plus foncée en mode {mode_fr}."
        ),
    };
    warning(
        "contrast-low",
        place,
        both!(
            "in the {mode_en}, {front} on {back} has a contrast of {measured_en}; {least_en} is needed",
            "en mode {mode_fr}, {front} sur {back} a un contraste de {measured_fr}; il faut {least_fr}"
        ),
        help,
    )
}

/// A colour of a theme whose contrast cannot be measured.
pub fn colour_unmeasured(place: Place, name: &str, written: &str) -> Diagnostic {
    warning(
        "colour-unmeasured",
        place,
        both!(
            "“{written}” is not a colour that can be measured, so nothing says whether --{name} can be read",
            "« {written} » n’est pas une couleur qui se mesure; rien ne dit si --{name} est lisible"
        ),
        both!(
            "Write it as #1d4f91, rgb(29 79 145), hsl(214 67% 34%) or oklch(43% 0.12 256).",
            "Écrivez-la sous la forme #1d4f91, rgb(29 79 145), hsl(214 67% 34%) ou oklch(43% 0.12 256)."
        ),
    )
}

/// A colour that a theme uses on another, and that no style sheet defines.
pub fn theme_colour_unknown(place: Place, name: &str, known: &KnownNames) -> Diagnostic {
    let list = known.list();
    error(
        "theme-colour-unknown",
        place,
        both!("the theme has no colour “--{name}”", "le thème n’a pas de couleur « --{name} »"),
        did_you_mean(known.nearest(name), both!("It has: {list}.", "Il a : {list}.")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_in_french_or_as_the_parser_gives_it() {
        let fr = |reason: &str| in_both(reason).fr;
        let field = fr("Field `titel` is not defined. Available fields: title, lang");
        assert_eq!(field, "le champ `titel` n’existe pas. Les champs possibles sont : title, lang");
        assert_eq!(
            fr("Block `mian` is not defined in any parent template"),
            "le bloc `mian` n’existe dans aucun des gabarits prolongés"
        );
        let unknown = fr("error: the moon is not full\n  | here");
        assert_eq!(unknown, "l’explication n’existe qu’en anglais, « the moon is not full »\n  | here");
    }
}
