//! What the manual says about each mistake: the cases in `tests/mistakes/`, which prove that the program reports it and
//! finds nothing wrong once it is corrected.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use diptych::diagnostic::catalog;
use diptych::lang::{Lang, PerLang};
use include_dir::{Dir, include_dir};

use super::page::{Page, code};
use crate::language::pick;

static CASES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tests/mistakes");

/// At most this many messages of a case are shown.
const SHOWN: usize = 3;

/// A mistake as a test provokes it.
struct Case<'a> {
    name: String,
    is_error: bool,
    /// What it is, and why it is a mistake.
    why: PerLang<&'a str>,
    /// Files and commands: a path with marks in parentheses, and a text.
    parts: Vec<(&'a str, &'a str)>,
    said: PerLang<&'a str>,
}

/// A page for each mistake, or for a family of them.
pub(super) fn pages() -> Vec<Page> {
    let mut by_name = BTreeMap::<String, Vec<Case<'_>>>::new();
    let mut files: Vec<_> = CASES.files().collect();
    files.sort_by_key(|file| file.path());
    for file in files {
        let stem = file.path().file_stem().unwrap_or_default().to_string_lossy().replace('_', "-");
        if let Some(case) = file.contents_utf8().and_then(|text| Case::read(&stem, text)) {
            by_name.entry(case.name.clone()).or_default().push(case);
        }
    }
    let judged: BTreeSet<&str> = catalog::judged_by_site().collect();
    by_name.into_iter().map(|(name, cases)| page(&name, &cases, judged.contains(name.as_str()))).collect()
}

impl<'a> Case<'a> {
    fn read(stem: &str, text: &'a str) -> Option<Self> {
        let mut parts = Vec::new();
        let (opening, mut rest) = text.split_once("\n-- ")?;
        loop {
            let (heading, after) = rest.split_once(" --\n")?;
            match after.strip_prefix("-- ").map(|next| ("", next)).or_else(|| after.split_once("\n-- ")) {
                Some((text, next)) => {
                    parts.push((heading, text));
                    rest = next;
                }
                None => {
                    parts.push((heading, after));
                    break;
                }
            }
        }
        let (en, fr) = opening.split_once("\n\n")?;
        let said = |wanted| Some(parts.iter().find(|(heading, _)| *heading == wanted)?.1);
        let said = PerLang { en: said("said in English")?, fr: said("said in French")? };
        let named =
            |line: &'a str| line.strip_prefix("error[").or_else(|| line.strip_prefix("warning["))?.split_once("]: ");
        let names: Vec<&str> = said.en.lines().filter_map(named).map(|(name, _)| name).collect();
        let is_family = names.iter().all(|name| name.starts_with(&format!("{stem}-")));
        let name = if is_family || names.contains(&stem) { stem } else { *names.first()? };
        let is_error = said.en.contains(&format!("error[{name}"));
        Some(Self { name: name.to_owned(), is_error, why: PerLang { en: en.trim(), fr: fr.trim() }, parts, said })
    }

    /// The files that are corrected, before and after, and the commands.
    fn before(&self) -> Vec<Part<'a>> {
        let corrected: BTreeSet<&str> = self.after().iter().map(|part| part.name).collect();
        let mut before = BTreeMap::<&str, Part<'a>>::new();
        for part in self.parts.iter().map(|(heading, text)| Part::new(heading, text)) {
            // A file that a test writes later is the wrong one.
            if !part.is_right && corrected.contains(part.name) {
                before.insert(part.name, part);
            }
        }
        before.into_values().collect()
    }

    fn after(&self) -> Vec<Part<'a>> {
        let all = self.parts.iter().map(|(heading, text)| Part::new(heading, text));
        all.filter(|part| part.is_right).collect()
    }

    /// The messages that name the mistake, without the sum.
    fn messages(&self, lang: Lang) -> String {
        let mark = format!("[{}", self.name);
        let all = self.said.get(lang).split("\n\n").filter(|message| message.contains(&mark));
        all.take(SHOWN).collect::<Vec<_>>().join("\n\n")
    }
}

/// A file or the commands of a case.
struct Part<'a> {
    name: &'a str,
    text: &'a str,
    is_right: bool,
    /// Whether the file is not there.
    is_absent: bool,
    /// Whether it is something other than a text.
    is_special: bool,
}

impl<'a> Part<'a> {
    fn new(heading: &'a str, text: &'a str) -> Self {
        let has = |mark: &str| heading.contains(mark);
        Self {
            name: heading.split(" (").next().unwrap_or(heading),
            text,
            is_right: has(" (right)"),
            is_absent: has(" (absent)"),
            is_special: [" (folder)", " (link)", " (pipe)", " (size)"].into_iter().any(has),
        }
    }

    fn write(&self, out: &mut String, lang: Lang) {
        let Self { name, text, .. } = self;
        if *name == "command" {
            let lines: String = text.lines().map(|line| format!("diptych {line}\n")).collect();
            out.push_str(&code("sh", &lines));
            return;
        }
        let colon = pick(lang, ":", " :");
        if self.is_absent {
            let _ = writeln!(out, "{} `{name}`.\n", pick(lang, "There is no file", "Il n’y a pas de fichier"));
        } else if self.is_special {
            let _ = writeln!(out, "`{name}`\n");
        } else {
            let _ = write!(out, "`{name}`{colon}\n\n{}", code(language_of(name), text));
        }
    }
}

fn language_of(path: &str) -> &str {
    match path.rsplit('.').next() {
        Some("yaml") => "yaml",
        Some("md") => "markdown",
        Some("html") => "html",
        Some("css") => "css",
        _ => "text",
    }
}

fn page(name: &str, cases: &[Case<'_>], is_judged: bool) -> Page {
    let is_error = cases.iter().any(|case| case.is_error);
    let gravity = if is_error { "error" } else { "warning" };
    Page {
        id: format!("mistakes/{name}"),
        facts: Some(format!("gravity: {gravity}\n")),
        title: name.to_owned(),
        summary: PerLang::from_fn(|lang| {
            cases.first().map(|case| (*case.why.get(lang)).to_owned()).unwrap_or_default()
        }),
        slug: None,
        keywords: Vec::new(),
        body: PerLang::from_fn(|lang| body(name, cases, is_judged, lang)),
    }
}

fn body(name: &str, cases: &[Case<'_>], is_judged: bool, lang: Lang) -> String {
    let mut out = String::new();
    if is_judged {
        let policy = format!("`policies: {{{}: allow}}`", name.replace('-', "_"));
        out.push_str(&pick(
            lang,
            format!("Each site decides how strict this is, in `site.yaml`: {policy}, `warning` or `error`. See [](guides/types#policies).\n\n"),
            format!("Un site décide lui-même de la rigueur de cette règle, dans `site.yaml` : {policy}, `warning` ou `error`. Voir [](guides/types#policies).\n\n"),
        ));
    }
    for (at, case) in cases.iter().enumerate() {
        let heading = match at {
            0 => pick(lang, "An example", "Un exemple"),
            _ => pick(lang, "Another example", "Un autre exemple"),
        };
        let _ = writeln!(out, "## {heading}\n");
        if at > 0 {
            let _ = writeln!(out, "{}\n", case.why.get(lang));
        }
        case.before().iter().for_each(|part| part.write(&mut out, lang));
        let says = pick(lang, "Diptych says:", "Diptych signale :");
        let _ = write!(out, "{says}\n\n{}", code("text", &case.messages(lang)));
        let _ = writeln!(out, "## {}\n", pick(lang, "Put right", "La correction"));
        let after = case.after();
        let is_written = |name: &str| after.iter().any(|part| part.name == name && !part.is_absent);
        let shown = after.iter().filter(|part| !(part.is_absent && is_written(part.name)));
        shown.for_each(|part| part.write(&mut out, lang));
    }
    out
}
