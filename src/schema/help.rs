//! What each setting, each part of a type and each fact that every record may have is for, in both languages: [`of`]. For
//! editors, which show it beside what is written.

use crate::lang::PerLang;

/// Where a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum In {
    /// In `site.yaml`.
    Settings,
    /// In a type.
    Type,
    /// In a field of a type.
    Field,
    /// In the facts of any record.
    Facts,
    /// Among the policies.
    Policies,
}

/// What a name is for.
pub(super) fn of(place: In, name: &str) -> Option<PerLang<&'static str>> {
    let known = HELP.iter().find(|(own, key, ..)| *own == place && *key == name);
    known.map(|(_, _, en, fr)| PerLang { en: *en, fr: *fr })
}

const HELP: &[(In, &str, &str, &str)] = &[
    (In::Settings, "name", "The site’s name in both languages.", "Le nom du site dans les deux langues."),
    (
        In::Settings,
        "description",
        "What the site is, in a sentence or two.",
        "Ce qu’est le site, en une phrase ou deux.",
    ),
    (
        In::Settings,
        "base_url",
        "The address at which the site stands, such as https://www.example.org/.",
        "L’adresse du site, par exemple https://www.example.org/.",
    ),
    (
        In::Settings,
        "theme",
        "The name of a theme: default, or a folder in themes/ beside the content.",
        "Le nom d’un thème : default, ou un dossier de themes/ à côté du contenu.",
    ),
    (
        In::Settings,
        "menu",
        "The sections of the menu, by the folders of their records.",
        "Les sections du menu, par les dossiers de leurs fiches.",
    ),
    (
        In::Settings,
        "feedback",
        "Where readers’ reports of a problem go: an e-mail address or the address of a form.",
        "Où vont les signalements des lecteurs : une adresse de courriel ou celle d’un formulaire.",
    ),
    (
        In::Settings,
        "assets",
        "Kinds of file that are published besides the usual ones, each with its reason.",
        "Les sortes de fichiers publiés en plus des habituelles, chacune avec sa raison.",
    ),
    (
        In::Settings,
        "policies",
        "How strict the checks are: error, warning or allow.",
        "La rigueur des vérifications : error, warning ou allow.",
    ),
    (
        In::Settings,
        "keep",
        "Files and folders of the output that belong to others and stay.",
        "Les fichiers et dossiers du site produit qui appartiennent à d’autres et restent.",
    ),
    (In::Type, "type", "The type’s name, such as agreement.", "Le nom du type, par exemple agreement."),
    (In::Type, "folder", "The folder of its records.", "Le dossier de ses fiches."),
    (In::Type, "name", "What one record is called.", "Comment s’appelle une fiche."),
    (In::Type, "plural", "What several are called.", "Comment s’appellent plusieurs fiches."),
    (
        In::Type,
        "slug",
        "The section’s part of an address in each language; empty for free pages.",
        "La partie de l’adresse propre à la section, dans chaque langue; vide pour les pages libres.",
    ),
    (
        In::Type,
        "fields",
        "What its records can say, in the order shown.",
        "Ce que ses fiches peuvent dire, dans l’ordre d’affichage.",
    ),
    (
        In::Type,
        "date_order",
        "Dates that follow each other: a later one may not come first.",
        "Les dates qui se suivent : une date ultérieure ne peut pas précéder.",
    ),
    (
        In::Type,
        "list",
        "The fields shown of each record in lists.",
        "Les champs montrés pour chaque fiche dans les listes.",
    ),
    (
        In::Type,
        "status",
        "The choice shown as a label beside the title.",
        "Le choix montré comme étiquette à côté du titre.",
    ),
    (
        In::Type,
        "group_by",
        "The field whose values are the headings of the list.",
        "Le champ dont les valeurs sont les intertitres de la liste.",
    ),
    (
        In::Type,
        "card",
        "The fields shown where a record stands on another one’s page.",
        "Les champs montrés quand une fiche figure dans la page d’une autre.",
    ),
    (
        In::Type,
        "schema_org",
        "What the records are to search engines.",
        "Ce que sont les fiches pour les moteurs de recherche.",
    ),
    (
        In::Type,
        "glossary",
        "What its records explain: terms, or short_forms only. A page leads there from the first use, and spells a short form out.",
        "Ce que ses fiches expliquent : terms (termes et sigles), ou short_forms (sigles seulement). Une page y mène dès le premier emploi, et développe le sigle.",
    ),
    (In::Type, "policies", "Other policies for records of this type.", "D’autres règles pour les fiches de ce type."),
    (In::Field, "kind", "What the values are.", "La nature des valeurs."),
    (In::Field, "label", "What readers see before the value.", "Ce que les lecteurs voient devant la valeur."),
    (In::Field, "help", "What writers are told about it.", "Ce qu’on en dit aux rédacteurs."),
    (In::Field, "required", "Whether every record must say it.", "Si chaque fiche doit l’indiquer."),
    (In::Field, "many", "Whether it may have several values.", "S’il peut avoir plusieurs valeurs."),
    (
        In::Field,
        "localized",
        "Whether it is written in each language, with the words.",
        "S’il s’écrit dans chaque langue, avec les mots.",
    ),
    (
        In::Field,
        "facet",
        "Whether lists and search can be narrowed down by it.",
        "Si l’on peut restreindre les listes et la recherche par ce champ.",
    ),
    (
        In::Field,
        "inverse",
        "The heading under which the other record’s page lists this one.",
        "L’intertitre sous lequel la page de l’autre fiche énumère celle-ci.",
    ),
    (In::Field, "to", "The types that a reference leads to.", "Les types auxquels mène un renvoi."),
    (
        In::Field,
        "choices",
        "The values of a choice, with their labels.",
        "Les valeurs d’un choix, avec leurs étiquettes.",
    ),
    (In::Field, "fields", "The fields of a group.", "Les champs d’un groupe."),
    (In::Field, "unit", "What a number counts.", "Ce qu’un nombre compte."),
    (
        In::Field,
        "min",
        "The least: of a number, of the number of values, or of the characters of a text.",
        "Le minimum : d’un nombre, du nombre de valeurs ou des caractères d’un texte.",
    ),
    (
        In::Field,
        "max",
        "The greatest: of a number, of the number of values, or of the characters of a text.",
        "Le maximum : d’un nombre, du nombre de valeurs ou des caractères d’un texte.",
    ),
    (
        In::Field,
        "pattern",
        "What a text must look like, as a regular expression.",
        "La forme qu’un texte doit avoir, en expression rationnelle.",
    ),
    (
        In::Field,
        "when_missing",
        "What readers are told where a record does not say it.",
        "Ce qu’on dit aux lecteurs quand une fiche ne l’indique pas.",
    ),
    (
        In::Field,
        "show",
        "Where it is on the page: top, glance (beside the words), page (below them), card (whom to ask), timeline (a group with dates), or data (not on the page).",
        "Où il se trouve dans la page : top (en haut), glance (à côté des mots), page (sous les mots), card (à qui s’adresser), timeline (un groupe daté) ou data (pas dans la page).",
    ),
    (
        In::Facts,
        "state",
        "draft until it is ready, archived when it is kept for reference only.",
        "draft tant qu’elle n’est pas prête, archived quand elle n’est conservée que pour référence.",
    ),
    (In::Facts, "published_on", "When it was first published.", "Quand elle a été publiée pour la première fois."),
    (
        In::Facts,
        "modified_on",
        "When it last changed, as readers are told.",
        "Quand elle a changé pour la dernière fois, comme on le dit aux lecteurs.",
    ),
    (In::Facts, "review_by", "When someone must look at it again.", "Quand il faut la revoir."),
    (In::Facts, "expires_on", "When it no longer holds.", "Quand elle cesse de valoir."),
    (In::Facts, "owner", "Who answers for it: the name of a record.", "Qui en répond : le nom d’une fiche."),
    (
        In::Facts,
        "alone",
        "Why there is one language only: which side, for what reason, since when.",
        "Pourquoi il n’y a qu’une langue : quelle version, pour quelle raison, depuis quand.",
    ),
    (
        In::Facts,
        "changes",
        "What changed for readers, and when: [{on: 2026-01-31, en: …, fr: …}].",
        "Ce qui a changé pour les lecteurs, et quand : [{on: 2026-01-31, en: …, fr: …}].",
    ),
    (In::Policies, "missing_twin", "A page in one language only.", "Une page dans une seule langue."),
    (
        In::Policies,
        "outdated_twin",
        "A side that changed after both were confirmed.",
        "Une version modifiée après la confirmation des deux.",
    ),
    (
        In::Policies,
        "change_without_note",
        "A confirmed page that changed in substance without a note for its readers; allowed unless it is set.",
        "Une page confirmée qui a changé sur le fond sans note pour ses lecteurs; permis à moins d’indication contraire.",
    ),
    (
        In::Policies,
        "outdated_notice",
        "Whether readers of a side that is behind are told: show or hide.",
        "Si l’on avertit les lecteurs d’une version en retard : show ou hide.",
    ),
    (
        In::Policies,
        "parity",
        "Sides that differ in what can be counted.",
        "Des versions qui diffèrent dans ce qui se compte.",
    ),
    (
        In::Policies,
        "typography",
        "Text that is not written as its language writes it.",
        "Un texte qui ne suit pas les usages de sa langue.",
    ),
    (
        In::Policies,
        "unmarked_language",
        "A passage in the other language that is not marked as such.",
        "Un passage dans l’autre langue qui n’est pas signalé.",
    ),
    (In::Policies, "raw_html", "HTML in a page.", "Du HTML dans une page."),
    (In::Policies, "markdown", "Markdown that did not take effect.", "Du Markdown resté sans effet."),
];
