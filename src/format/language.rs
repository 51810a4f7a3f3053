//! The names of languages: "French", « français ».

use crate::lang::{Lang, PerLang};
use crate::path::slug;

/// The name of the language that a BCP 47 tag (`fr`, `pt-BR`, `iu-Latn`) begins with, or nothing if it is not known
/// here.
pub fn language_name(tag: &str, lang: Lang) -> Option<&'static str> {
    let primary = tag.split('-').next()?.to_ascii_lowercase();
    let index = NAMES.binary_search_by_key(&primary.as_str(), |(code, _)| code).ok()?;
    Some(NAMES[index].1.get(lang))
}

/// The code of the language that has this name in English or French; capitals and accents do not count.
pub fn language_code(name: &str) -> Option<&'static str> {
    let name = slug(name);
    let is_called = |(_, names): &&(&str, PerLang<&str>)| slug(names.en) == name || slug(names.fr) == name;
    NAMES.iter().find(is_called).map(|(code, _)| *code)
}

/// The official languages of Canada's partners, the larger languages of the world, and languages of Indigenous
/// peoples of Canada with the names that its governments use. In the order of the codes.
const NAMES: &[(&str, PerLang<&str>)] = &[
    ("af", PerLang { en: "Afrikaans", fr: "afrikaans" }),
    ("am", PerLang { en: "Amharic", fr: "amharique" }),
    ("ar", PerLang { en: "Arabic", fr: "arabe" }),
    ("atj", PerLang { en: "Atikamekw", fr: "atikamekw" }),
    ("az", PerLang { en: "Azerbaijani", fr: "azéri" }),
    ("bg", PerLang { en: "Bulgarian", fr: "bulgare" }),
    ("bla", PerLang { en: "Blackfoot", fr: "pied-noir" }),
    ("bn", PerLang { en: "Bengali", fr: "bengali" }),
    ("bs", PerLang { en: "Bosnian", fr: "bosniaque" }),
    ("ca", PerLang { en: "Catalan", fr: "catalan" }),
    ("chp", PerLang { en: "Denesuline", fr: "déné" }),
    ("cr", PerLang { en: "Cree", fr: "cri" }),
    ("crg", PerLang { en: "Michif", fr: "mitchif" }),
    ("cs", PerLang { en: "Czech", fr: "tchèque" }),
    ("cy", PerLang { en: "Welsh", fr: "gallois" }),
    ("da", PerLang { en: "Danish", fr: "danois" }),
    ("de", PerLang { en: "German", fr: "allemand" }),
    ("dgr", PerLang { en: "Tlicho", fr: "tlicho" }),
    ("el", PerLang { en: "Greek", fr: "grec" }),
    ("en", PerLang { en: "English", fr: "anglais" }),
    ("es", PerLang { en: "Spanish", fr: "espagnol" }),
    ("et", PerLang { en: "Estonian", fr: "estonien" }),
    ("eu", PerLang { en: "Basque", fr: "basque" }),
    ("fa", PerLang { en: "Persian", fr: "persan" }),
    ("fi", PerLang { en: "Finnish", fr: "finnois" }),
    ("fr", PerLang { en: "French", fr: "français" }),
    ("ga", PerLang { en: "Irish", fr: "irlandais" }),
    ("gd", PerLang { en: "Scottish Gaelic", fr: "gaélique écossais" }),
    ("gwi", PerLang { en: "Gwich’in", fr: "gwich’in" }),
    ("hai", PerLang { en: "Haida", fr: "haïda" }),
    ("he", PerLang { en: "Hebrew", fr: "hébreu" }),
    ("hi", PerLang { en: "Hindi", fr: "hindi" }),
    ("hr", PerLang { en: "Croatian", fr: "croate" }),
    ("ht", PerLang { en: "Haitian Creole", fr: "créole haïtien" }),
    ("hu", PerLang { en: "Hungarian", fr: "hongrois" }),
    ("hy", PerLang { en: "Armenian", fr: "arménien" }),
    ("id", PerLang { en: "Indonesian", fr: "indonésien" }),
    ("ikt", PerLang { en: "Inuinnaqtun", fr: "inuinnaqtun" }),
    ("is", PerLang { en: "Icelandic", fr: "islandais" }),
    ("it", PerLang { en: "Italian", fr: "italien" }),
    ("iu", PerLang { en: "Inuktitut", fr: "inuktitut" }),
    ("ja", PerLang { en: "Japanese", fr: "japonais" }),
    ("ka", PerLang { en: "Georgian", fr: "géorgien" }),
    ("kk", PerLang { en: "Kazakh", fr: "kazakh" }),
    ("km", PerLang { en: "Khmer", fr: "khmer" }),
    ("ko", PerLang { en: "Korean", fr: "coréen" }),
    ("la", PerLang { en: "Latin", fr: "latin" }),
    ("lo", PerLang { en: "Lao", fr: "lao" }),
    ("lt", PerLang { en: "Lithuanian", fr: "lituanien" }),
    ("lv", PerLang { en: "Latvian", fr: "letton" }),
    ("mic", PerLang { en: "Mi’kmaq", fr: "mi’kmaq" }),
    ("mk", PerLang { en: "Macedonian", fr: "macédonien" }),
    ("mn", PerLang { en: "Mongolian", fr: "mongol" }),
    ("moe", PerLang { en: "Innu", fr: "innu" }),
    ("moh", PerLang { en: "Mohawk", fr: "mohawk" }),
    ("ms", PerLang { en: "Malay", fr: "malais" }),
    ("mt", PerLang { en: "Maltese", fr: "maltais" }),
    ("my", PerLang { en: "Burmese", fr: "birman" }),
    ("nb", PerLang { en: "Norwegian Bokmål", fr: "norvégien bokmål" }),
    ("ne", PerLang { en: "Nepali", fr: "népalais" }),
    ("nl", PerLang { en: "Dutch", fr: "néerlandais" }),
    ("nn", PerLang { en: "Norwegian Nynorsk", fr: "norvégien nynorsk" }),
    ("no", PerLang { en: "Norwegian", fr: "norvégien" }),
    ("oj", PerLang { en: "Ojibwe", fr: "ojibwé" }),
    ("pa", PerLang { en: "Punjabi", fr: "pendjabi" }),
    ("pl", PerLang { en: "Polish", fr: "polonais" }),
    ("ps", PerLang { en: "Pashto", fr: "pachto" }),
    ("pt", PerLang { en: "Portuguese", fr: "portugais" }),
    ("qu", PerLang { en: "Quechua", fr: "quechua" }),
    ("ro", PerLang { en: "Romanian", fr: "roumain" }),
    ("ru", PerLang { en: "Russian", fr: "russe" }),
    ("rw", PerLang { en: "Kinyarwanda", fr: "kinyarwanda" }),
    ("scs", PerLang { en: "North Slavey", fr: "esclave du Nord" }),
    ("si", PerLang { en: "Sinhala", fr: "singhalais" }),
    ("sk", PerLang { en: "Slovak", fr: "slovaque" }),
    ("sl", PerLang { en: "Slovenian", fr: "slovène" }),
    ("so", PerLang { en: "Somali", fr: "somali" }),
    ("sq", PerLang { en: "Albanian", fr: "albanais" }),
    ("sr", PerLang { en: "Serbian", fr: "serbe" }),
    ("sv", PerLang { en: "Swedish", fr: "suédois" }),
    ("sw", PerLang { en: "Swahili", fr: "swahili" }),
    ("ta", PerLang { en: "Tamil", fr: "tamoul" }),
    ("te", PerLang { en: "Telugu", fr: "télougou" }),
    ("th", PerLang { en: "Thai", fr: "thaï" }),
    ("ti", PerLang { en: "Tigrinya", fr: "tigrigna" }),
    ("tl", PerLang { en: "Tagalog", fr: "tagalog" }),
    ("tr", PerLang { en: "Turkish", fr: "turc" }),
    ("uk", PerLang { en: "Ukrainian", fr: "ukrainien" }),
    ("ur", PerLang { en: "Urdu", fr: "ourdou" }),
    ("uz", PerLang { en: "Uzbek", fr: "ouzbek" }),
    ("vi", PerLang { en: "Vietnamese", fr: "vietnamien" }),
    ("xsl", PerLang { en: "South Slavey", fr: "esclave du Sud" }),
    ("yi", PerLang { en: "Yiddish", fr: "yiddish" }),
    ("zh", PerLang { en: "Chinese", fr: "chinois" }),
    ("zu", PerLang { en: "Zulu", fr: "zoulou" }),
];
