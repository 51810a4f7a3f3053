//! What a person works down after a site has moved in: [`report`].

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::moving::{Made, Moving};
use super::note::Note;
use super::page;
use super::pairing::How;
use super::{OldSite, Sums};
use crate::lang::Lang;

/// The report in Markdown.
pub(super) fn report(moving: &Moving, made: &Made, old: &OldSite, sums: Sums, lang: Lang) -> String {
    let mut text = String::new();
    let say = |en: &'static str, fr: &'static str| if lang == Lang::En { en } else { fr };
    let _ = writeln!(text, "# {}\n", say("What was moved in", "Ce qui a été importé"));
    let Sums { pages, pairs, alone, to_look_at } = sums;
    let untouched = pages - to_look_at;
    let _ = match lang {
        Lang::En => writeln!(
            text,
            "- {pages} pages were found: {pairs} pairs, and {alone} pages in one language only.\n\
             - {untouched} pages are ready; {to_look_at} need a hand, listed first below.\n\
             - Every page stands below with the file that it was made of."
        ),
        Lang::Fr => writeln!(
            text,
            "- {pages} pages trouvées : {pairs} paires, et {alone} pages dans une seule langue.\n\
             - {untouched} pages sont prêtes; {to_look_at} demandent une intervention et viennent en premier ci-dessous.\n\
             - Chaque page figure ci-dessous avec le fichier dont elle provient."
        ),
    };
    // What stands on many pages alike, such as a menu, is said once.
    let mut everywhere = BTreeMap::<&Note, usize>::new();
    for note in made.notes.values().flatten() {
        *everywhere.entry(note).or_default() += 1;
    }
    let shared = |note: &Note| {
        matches!(note, Note::LeftOut(_) | Note::Hidden(_)) && everywhere.get(note).is_some_and(|count| *count > 2)
    };
    let section = |text: &mut String, heading: &str, wanted: bool| {
        let _ = writeln!(text, "\n## {heading}");
        let mut any = false;
        for (at, planned) in moving.plan.pages.iter().enumerate() {
            let sides = moving.found[at].sides;
            for side in [sides.en, sides.fr].into_iter().flatten() {
                let notes = made.notes.get(&side).map(Vec::as_slice).unwrap_or_default();
                if notes.iter().any(Note::needs_a_hand) != wanted {
                    continue;
                }
                any = true;
                let page = &moving.pages[side];
                let _ = writeln!(text, "\n### {}.{}.md\n", planned.id, page.lang);
                let _ = writeln!(text, "{} `{}`\n", say("From", "Provenance :"), page.path);
                for note in notes.iter().filter(|note| !shared(note)) {
                    let _ = writeln!(text, "- {}", worded(note, lang));
                }
            }
        }
        if !any {
            let _ = writeln!(text, "\n{}", say("None.", "Aucune."));
        }
    };
    section(&mut text, say("Pages that need a hand", "Pages qui demandent une intervention"), true);
    let _ = writeln!(text, "\n## {}\n", say("How the versions were found", "Comment les versions ont été associées"));
    let mut how: Vec<_> = moving.found.iter().enumerate().collect();
    how.sort_by_key(|(_, found)| std::cmp::Reverse(found.how));
    for (at, found) in how {
        let path = |side: Option<usize>| side.map_or("—", |side| moving.pages[side].path.as_str());
        let (en, fr) = (path(found.sides.en), path(found.sides.fr));
        let _ = writeln!(text, "- `{}`: {} (`{en}`, `{fr}`)", moving.plan.pages[at].id, way(found.how, lang));
    }
    let shared: BTreeSet<&Note> = everywhere.keys().copied().filter(|note| shared(note)).collect();
    if !shared.is_empty() {
        let _ = writeln!(text, "\n## {}\n", say("Left out of several pages", "Laissé de côté dans plusieurs pages"));
        for note in shared {
            let _ = writeln!(text, "- ({} ×) {}", everywhere[note], worded(note, lang));
        }
    }
    section(&mut text, say("Pages that are ready", "Pages prêtes"), false);
    let used: BTreeSet<&str> =
        made.copies.values().map(String::as_str).chain(moving.pages.iter().map(|page| page.path.as_str())).collect();
    let unused: Vec<&String> =
        old.texts.keys().chain(&old.files).filter(|path| !used.contains(path.as_str())).collect();
    if !unused.is_empty() {
        let _ = writeln!(text, "\n## {}\n", say("Files that were not taken", "Fichiers non repris"));
        let reason = |path: &str| {
            if page::is_page(path) {
                say("a template", "un gabarit")
            } else if page::is_unread(path) {
                say(
                    "it may be a page, but only Markdown and HTML are read",
                    "c’est peut-être une page, mais seuls Markdown et HTML sont lus",
                )
            } else {
                say("no page that was taken uses it", "aucune page reprise ne l’utilise")
            }
        };
        for path in unused {
            let _ = writeln!(text, "- `{path}`: {}", reason(path));
        }
    }
    text
}

fn way(how: How, lang: Lang) -> &'static str {
    let (en, fr) = match how {
        How::Key => ("both name the same key", "les deux nomment la même clé"),
        How::Path => ("the paths are the same but for the language", "les chemins ne diffèrent que par la langue"),
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

fn worded(note: &Note, lang: Lang) -> String {
    let quoted = |what: &str| {
        let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
        let longest = what.split(|c| c != '`').map(str::len).max().unwrap_or_default();
        let fence = "`".repeat(longest + 1);
        let gap = if what.starts_with('`') || what.ends_with('`') { " " } else { "" };
        format!("{fence}{gap}{what}{gap}{fence}")
    };
    let (en, fr, what) = match note {
        Note::Template(what) => {
            ("template code, now a marked place:", "code de gabarit, devenu un endroit à remplir :", what)
        }
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
        Note::Link(what) => (
            "a link that leads to no page that was taken; its words stay:",
            "un lien qui ne mène à aucune page reprise; ses mots restent :",
            what,
        ),
        Note::Picture(what) => {
            ("a picture that is not in the folder:", "une image qui n’est pas dans le dossier :", what)
        }
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
