//! The list that a person works through after an import: [`report`].

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use percent_encoding::percent_decode_str;

use super::marks::code;
use super::moving::{Made, Moving};
use super::note::{Lost, Note};
use super::page;
use super::pairing::How;
use super::settings::is_settings;
use super::{OldSite, Sums};
use crate::lang::Lang;

/// The report in Markdown.
pub(super) fn report(moving: &Moving, made: &Made, old: &OldSite, sums: Sums, lang: Lang) -> String {
    let mut report = Report { moving, made, old, lang, everywhere: BTreeMap::new(), text: String::new() };
    for note in made.notes.values().flatten() {
        *report.everywhere.entry(note).or_default() += 1;
    }
    report.sums(sums);
    report.unnamed();
    report.pages("Pages that need a hand", "Pages qui demandent une intervention", true);
    report.pairs();
    report.shared_notes();
    report.pages("Pages that are ready", "Pages prêtes", false);
    report.unused_files(old);
    report.text
}

/// Line numbers are given for up to this many notes on one page.
const MOST_LINES: usize = 500;

/// A report while it is written.
struct Report<'a> {
    moving: &'a Moving,
    made: &'a Made,
    old: &'a OldSite,
    lang: Lang,
    /// On how many pages each note is.
    everywhere: BTreeMap<&'a Note, usize>,
    text: String,
}

impl Report<'_> {
    fn say(&self, en: &'static str, fr: &'static str) -> &'static str {
        if self.lang == Lang::En { en } else { fr }
    }

    fn heading(&mut self, en: &'static str, fr: &'static str) {
        let heading = self.say(en, fr);
        let _ = writeln!(self.text, "\n## {heading}\n");
    }

    fn sums(&mut self, sums: Sums) {
        let Sums { pages, pairs, alone, to_look_at } = sums;
        let untouched = pages - to_look_at;
        let counted = |count: usize, one: &str, many: &str| {
            // In French zero is singular.
            let is_one = count == 1 || count == 0 && self.lang == Lang::Fr;
            format!("{count} {}", if is_one { one } else { many })
        };
        let _ = match self.lang {
            Lang::En => writeln!(
                self.text,
                "# What was moved in\n\n\
                 - {}: {}, and {} in one language only.\n\
                 - {}; {}, listed first below.\n\
                 - Every page is listed below with the file that it was made from.",
                counted(pages, "page was found", "pages were found"),
                counted(pairs, "pair", "pairs"),
                counted(alone, "page", "pages"),
                counted(untouched, "page is ready", "pages are ready"),
                counted(to_look_at, "needs a hand", "need a hand"),
            ),
            Lang::Fr => writeln!(
                self.text,
                "# Ce qui a été importé\n\n\
                 - {} : {}, et {} dans une seule langue.\n\
                 - {}; {} en premier ci-dessous.\n\
                 - Chaque page figure ci-dessous avec le fichier dont elle provient.",
                counted(pages, "page trouvée", "pages trouvées"),
                counted(pairs, "paire", "paires"),
                counted(alone, "page", "pages"),
                counted(untouched, "page est prête", "pages sont prêtes"),
                counted(to_look_at, "demande une intervention et vient", "demandent une intervention et viennent"),
            ),
        };
    }

    /// The languages in which the site has no name.
    fn unnamed(&mut self) {
        for own in &self.made.unnamed {
            let _ = match self.lang {
                Lang::En => writeln!(
                    self.text,
                    "- **The site has no name in {}**: give it one in `content/site.yaml`.",
                    if *own == Lang::En { "English" } else { "French" }
                ),
                Lang::Fr => writeln!(
                    self.text,
                    "- **Le site n’a pas de nom en {}** : donnez-lui-en un dans `content/site.yaml`.",
                    if *own == Lang::En { "anglais" } else { "français" }
                ),
            };
        }
    }

    /// Whether a note is reported once for all pages: it is the same on many, such as a menu.
    fn is_shared(&self, note: &Note) -> bool {
        matches!(note, Note::LeftOut(_) | Note::Hidden(_)) && self.everywhere.get(note).is_some_and(|count| *count > 2)
    }

    /// The pages that need a hand, or those that do not, each with its notes.
    fn pages(&mut self, en: &'static str, fr: &'static str, need_a_hand: bool) {
        let heading = self.say(en, fr);
        let _ = writeln!(self.text, "\n## {heading}");
        let mut any = false;
        for (at, planned) in self.moving.plan.pages.iter().enumerate() {
            let sides = self.moving.found[at].sides;
            for side in [sides.en, sides.fr].into_iter().flatten() {
                let notes = self.made.notes.get(&side).map(Vec::as_slice).unwrap_or_default();
                if notes.iter().any(Note::needs_a_hand) != need_a_hand {
                    continue;
                }
                any = true;
                let page = &self.moving.pages[side];
                let from = self.say("From", "Provenance :");
                let _ = writeln!(self.text, "\n### {}.{}.md\n\n{from} `{}`\n", planned.id, page.lang, page.path);
                // With very many notes, their lines are not looked up.
                let text = self.old.texts.get(&page.path).filter(|_| notes.len() <= MOST_LINES);
                let text = text.map(String::as_str).unwrap_or_default();
                for note in notes {
                    if self.is_shared(note) {
                        continue;
                    }
                    let line = line_of(note, text).map(|line| format!("{} {line}", self.say("line", "ligne")));
                    let line = line.map(|line| line + self.say(": ", " : ")).unwrap_or_default();
                    let _ = writeln!(self.text, "- {line}{}", worded(note, self.lang));
                }
            }
        }
        if !any {
            let none = self.say("None.", "Aucune.");
            let _ = writeln!(self.text, "\n{none}");
        }
    }

    /// How the versions of each page were found, the least certain first.
    fn pairs(&mut self) {
        self.heading("How the versions were found", "Comment les versions ont été associées");
        let Moving { found, plan, pages, .. } = self.moving;
        let mut how: Vec<_> = found.iter().enumerate().collect();
        how.sort_by_key(|(_, found)| std::cmp::Reverse(found.how));
        for (at, found) in how {
            let path = |side: Option<usize>| side.map_or("—", |side| pages[side].path.as_str());
            let (en, fr) = (path(found.sides.en), path(found.sides.fr));
            let _ = writeln!(self.text, "- `{}`: {} (`{en}`, `{fr}`)", plan.pages[at].id, way(found.how, self.lang));
        }
    }

    fn shared_notes(&mut self) {
        let shared: Vec<(&Note, usize)> = self
            .everywhere
            .iter()
            .filter(|(note, _)| self.is_shared(note))
            .map(|(note, count)| (*note, *count))
            .collect();
        if shared.is_empty() {
            return;
        }
        self.heading("Left out of several pages", "Laissé de côté dans plusieurs pages");
        for (note, count) in shared {
            let _ = writeln!(self.text, "- ({count} ×) {}", worded(note, self.lang));
        }
    }

    /// The files that no page was made from and none uses.
    fn unused_files(&mut self, old: &OldSite) {
        let pages = self.moving.pages.iter().map(|page| page.path.as_str());
        let used: BTreeSet<&str> = self.made.copies.values().map(String::as_str).chain(pages).collect();
        let files = old.texts.keys().chain(&old.files);
        let unused: Vec<&String> = files.filter(|path| !used.contains(path.as_str())).collect();
        if unused.is_empty() {
            return;
        }
        self.heading("Files that were not taken", "Fichiers non repris");
        for path in unused {
            let reason = if page::is_page(path) {
                self.say("a template", "un gabarit")
            } else if page::is_unread(path) {
                self.say(
                    "it may be a page, but only Markdown and HTML are read",
                    "c’est peut-être une page, mais seuls Markdown et HTML sont lus",
                )
            } else if is_settings(path) {
                self.say("settings of the old site", "des réglages de l’ancien site")
            } else {
                self.say("no page that was taken uses it", "aucune page reprise ne l’utilise")
            };
            let _ = writeln!(self.text, "- `{path}`: {reason}");
        }
    }
}

fn way(how: How, lang: Lang) -> &'static str {
    let (en, fr) = match how {
        How::Key => ("both name the same key", "les deux nomment la même clé"),
        How::Path => ("the paths are the same except for the language", "les chemins ne diffèrent que par la langue"),
        How::Link => ("one names the other", "l’une nomme l’autre"),
        How::Number => ("the same number in front", "le même numéro en tête"),
        How::Name => ("the same name", "le même nom"),
        How::Likeness => (
            "they hold the same addresses, pictures, code and numbers; **compare them**",
            "elles contiennent les mêmes adresses, images, extraits de code et nombres; **comparez-les**",
        ),
        How::Alone => ("**one language only**", "**une seule langue**"),
    };
    if lang == Lang::En { en } else { fr }
}

/// The line of an old page on which the words of a note begin, if they are found there literally.
fn line_of(note: &Note, text: &str) -> Option<usize> {
    let words = match note {
        Note::Signs(words) | Note::Merged(words) | Note::Heads(words) | Note::Numbers(_, words) => words.clone(),
        Note::Field(name, _) => {
            return text.lines().position(|line| line.trim_start().starts_with(&**name)).map(|at| at + 1);
        }
        note => note.words(),
    };
    let first = words.lines().map(str::trim).find(|line| !line.is_empty())?;
    let decoded = percent_decode_str(first).decode_utf8_lossy();
    text.find(first).or_else(|| text.find(&*decoded)).map(|at| text[..at].matches('\n').count() + 1)
}

fn worded(note: &Note, lang: Lang) -> String {
    let quoted = |what: &str| code(&what.split_whitespace().collect::<Vec<_>>().join(" "));
    let (en, fr, what) = match note {
        Note::Template(what) => {
            ("code of the old tool, now a marked place:", "code de l’ancien outil, devenu un endroit à remplir :", what)
        }
        Note::Signs(what) => (
            "signs of the old tool, taken away; the words stay:",
            "des signes de l’ancien outil, supprimés; les mots restent :",
            what,
        ),
        Note::Embedded(what) => (
            "shown from elsewhere, now a marked place:",
            "affiché depuis ailleurs, devenu un endroit à remplir :",
            what,
        ),
        Note::LeftOut(what) => ("left out:", "laissé de côté :", what),
        Note::Hidden(what) => {
            ("hidden on the old page, and left out:", "masqué dans l’ancienne page, et laissé de côté :", what)
        }
        Note::Merged(what) => (
            "merged cells, now one cell with the words and empty ones:",
            "cellules fusionnées, devenues une cellule qui a les mots et des cellules vides :",
            what,
        ),
        Note::Heads(what) => (
            "a further row of headings, now an ordinary row:",
            "une autre ligne d’en-têtes, devenue une ligne ordinaire :",
            what,
        ),
        Note::Link(lost, what) => {
            let (en, fr) = lost_link(*lost);
            (en, fr, what)
        }
        Note::Picture(what) => {
            ("a picture that is not in the folder:", "une image qui n’est pas dans le dossier :", what)
        }
        Note::Numbers(numbers, words) => {
            let said = if lang == Lang::En {
                "a list with other numbers, now 1, 2, 3; see whether words of the page name them:"
            } else {
                "une liste numérotée autrement, devenue 1, 2, 3; voyez si la page nomme ces numéros :"
            };
            return format!("{said} {numbers} ({})", quoted(words));
        }
        Note::Front(what) => (
            "fields above the page that no line with the same signs ends, now words of the page:",
            "des champs en tête de page qu’aucune ligne des mêmes signes ne termine, devenus des mots de la page :",
            what,
        ),
        Note::Title(what) => (
            "a title made from the name of the file, now a marked place:",
            "un titre tiré du nom du fichier, devenu un endroit à remplir :",
            what,
        ),
        Note::Words(what) => ("words that the new page lacks:", "mots qui manquent à la nouvelle page :", what),
        Note::Plain(what) => ("taken as plain words, because of", "reprise en texte simple, à cause de", what),
        Note::Draft(what) => ("a draft, because of", "une ébauche, à cause de", what),
        Note::Address(what) => {
            ("an old address that cannot lead here:", "une ancienne adresse qui ne peut pas mener ici :", what)
        }
        Note::Field(name, value) => {
            let said =
                if lang == Lang::En { "a field without a place here:" } else { "un champ sans équivalent ici :" };
            return format!("{said} {}", quoted(&format!("{name}: {value}")));
        }
    };
    format!("{} {}", if lang == Lang::En { en } else { fr }, quoted(what))
}

/// Why a link does not lead where it led.
fn lost_link(lost: Lost) -> (&'static str, &'static str) {
    match lost {
        Lost::Target => (
            "a link that leads to no page that was taken; its words stay:",
            "un lien qui ne mène à aucune page reprise; ses mots restent :",
        ),
        Lost::Place => (
            "a link to a place that the other page does not have; it leads to the page:",
            "un lien vers un endroit que l’autre page n’a pas; il mène à la page :",
        ),
        Lost::OwnPlace => (
            "a link to a place that this page does not have; its words stay:",
            "un lien vers un endroit que cette page n’a pas; ses mots restent :",
        ),
        Lost::Beginning => (
            "a link to a place without a heading above it; it leads to the beginning of the page:",
            "un lien vers un endroit qu’aucun titre ne précède; il mène au début de la page :",
        ),
        Lost::OwnBeginning => (
            "a link to the beginning of its own page; its words stay:",
            "un lien vers le début de sa propre page; ses mots restent :",
        ),
        Lost::Version => (
            "a link to the other version of the page; the site has one on every page:",
            "un lien vers l’autre version de la page; le site en a un sur chaque page :",
        ),
        Lost::OtherSide => (
            "a link to a page in the other language; it leads to the page in this one:",
            "un lien vers une page dans l’autre langue; il mène à la page dans celle-ci :",
        ),
        Lost::InFile => (
            "a link to a place in a file; it leads to the file:",
            "un lien vers un endroit d’un fichier; il mène au fichier :",
        ),
        Lost::Language => (
            "a link to a page that is only in the other language; its words stay:",
            "un lien vers une page qui n’existe que dans l’autre langue; ses mots restent :",
        ),
        Lost::Draft => (
            "a link to a page that is now a draft; its words stay:",
            "un lien vers une page qui est maintenant une ébauche; ses mots restent :",
        ),
        Lost::File => (
            "a link to a file that is not published here; its words stay:",
            "un lien vers un fichier qui n’est pas publié ici; ses mots restent :",
        ),
        Lost::OldSite => (
            "a link to a page of the old site that was not taken; it still leads there:",
            "un lien vers une page de l’ancien site qui n’a pas été reprise; il y mène encore :",
        ),
        Lost::Kind => (
            "a link of a kind that is not published; its words stay:",
            "un lien d’une sorte qui n’est pas publiée; ses mots restent :",
        ),
    }
}
