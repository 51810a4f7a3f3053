//! Creates a record: its facts and both sides, with every field of its type and what it is for, as comments in the
//! reader's language: [`new`].

use std::fmt::Write as _;

use super::draft::Draft;
use super::{Plan, Refusal, request, trial};
use crate::diagnostic::Severity;
use crate::lang::{Lang, PerLang};
use crate::parse::{facts_path, words_path};
use crate::path;
use crate::schema::{Field, FieldKind, RecordType, Schema};
use crate::workspace::Workspace;
use crate::yaml;

/// A record that is wanted.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// The name of its type, or the folder of the type's records.
    pub kind: &'a str,
    /// The last part of its id.
    pub slug: &'a str,
    /// Its titles, as far as they are known.
    pub titles: PerLang<Option<String>>,
    /// The language of the comments.
    pub lang: Lang,
}

/// Plans to create a record. It is a draft, so that the site still builds while it is filled in.
pub fn new(workspace: &mut Workspace, wanted: &New<'_>) -> Result<Plan, Refusal> {
    let kind = request::kind(workspace, wanted.kind)?;
    let id = request::free_id(workspace, kind.folder.as_str(), wanted.slug)?;
    let is_own_folder = id.split('/').next() == Some(kind.folder.as_str());
    if !is_own_folder {
        let folder = &kind.folder;
        return Err(Refusal::Request(PerLang {
            en: format!("{id} is not in {folder}, the folder of the type {}", kind.name),
            fr: format!("{id} ne se trouve pas dans {folder}, le dossier du type {}", kind.name),
        }));
    }
    let mut draft = Draft::new(workspace.sources());
    let scaffold = Scaffold { schema: workspace.schema(), kind, lang: wanted.lang };
    draft.create(facts_path(&id), scaffold.facts());
    for lang in Lang::BOTH {
        draft.create(words_path(&id, lang), scaffold.words(lang, wanted.titles.get(lang).as_deref()));
    }
    let mut plan = draft.plan();
    let label = kind.label.clone();
    let ((), mut mistakes) = trial::try_out(workspace, &plan, |_| ());
    mistakes.retain(|mistake| mistake.severity == Severity::Error && mistake.name != "unfilled");
    if !mistakes.is_empty() {
        return Err(Refusal::Content { mistakes, texts: trial::texts(&plan) });
    }
    plan.notes.push(PerLang {
        en: format!("{id}: a new record ({}), a draft as long as its facts say “Publication: Draft” (state: draft)", label.en),
        fr: format!(
            "{id} : une nouvelle fiche ({}), à l’état d’ébauche tant que ses faits disent « Publication : Ébauche » (state: draft)",
            label.fr
        ),
    });
    Ok(plan)
}

/// What the files of a new record say.
struct Scaffold<'a> {
    schema: &'a Schema,
    kind: &'a RecordType,
    /// The language of the comments.
    lang: Lang,
}

impl Scaffold<'_> {
    fn facts(&self) -> String {
        let name = self.kind.label.get(self.lang);
        let mut text = match self.lang {
            Lang::En => format!(
                "# {name}. Facts have no language: they are written here, once. Remove the next line when both versions are ready.\n"
            ),
            Lang::Fr => format!(
                "# {name}. Les faits n’ont pas de langue : ils figurent ici une seule fois. Supprimez la ligne suivante quand les deux versions sont prêtes.\n"
            ),
        };
        text.push_str("state: draft\n");
        for field in self.kind.fields.iter().filter(|field| !field.localized) {
            self.field(&mut text, field, self.lang);
        }
        text.push_str(match self.lang {
            Lang::En => "\n# Every record may also say:\n# review_by: 2027-01-31      when it must be reviewed\n# expires_on: 2027-01-31     when it expires\n# modified_on: 2026-01-31    shown to readers, under “Changed recently”\n# changes: [{on: 2026-01-31, en: …, fr: …}]    what changed, for readers\n# owner: …                   who answers for it: the name of a record\n",
            Lang::Fr => "\n# Toute fiche peut aussi indiquer :\n# review_by: 2027-01-31      quand il faudra la revoir\n# expires_on: 2027-01-31     quand elle expirera\n# modified_on: 2026-01-31    montré aux lecteurs, sous « Modifié récemment »\n# changes: [{on: 2026-01-31, en: …, fr: …}]    ce qui a changé, pour les lecteurs\n# owner: …                   qui en répond : le nom d’une fiche\n",
        });
        text
    }

    fn words(&self, side: Lang, title: Option<&str>) -> String {
        let mut text = "---\n".to_owned();
        let to_fill = |what: PerLang<&str>| to_fill(side, what.get(side));
        let title_or_place = title.map_or_else(|| to_fill(PerLang { en: "the title", fr: "le titre" }), yaml::scalar);
        let _ = writeln!(text, "title: {title_or_place}");
        let summary =
            to_fill(PerLang { en: "what the page says, in a sentence", fr: "ce que dit la page, en une phrase" });
        let _ = writeln!(text, "summary: {summary}");
        let slug = title.map(path::short_slug).filter(|slug| !slug.is_empty());
        let last = match self.lang {
            Lang::En => "the last part of the page’s address; it stays when the title changes",
            Lang::Fr => "la dernière partie de l’adresse de la page; elle reste quand le titre change",
        };
        match slug {
            Some(slug) => {
                let _ = writeln!(text, "# slug: {last}\nslug: {slug}");
            }
            None => {
                let _ = writeln!(text, "# slug: …   {last}");
            }
        }
        let _ = writeln!(
            text,
            "{}",
            match self.lang {
                Lang::En => "# keywords: [ ]   other words under which people look for it",
                Lang::Fr => "# keywords: [ ]   d’autres mots par lesquels on la cherche",
            }
        );
        for field in self.kind.fields.iter().filter(|field| field.localized) {
            self.field(&mut text, field, side);
        }
        text.push_str("---\n\n");
        text
    }

    /// A field with what it is for: as a line to be filled in if it is required, else as a comment.
    fn field(&self, text: &mut String, field: &Field, side: Lang) {
        let label = field.label.get(self.lang);
        let required = match self.lang {
            _ if !field.required => "",
            Lang::En => ", required",
            Lang::Fr => ", obligatoire",
        };
        let colon = match self.lang {
            Lang::En => ":",
            Lang::Fr => "\u{a0}:",
        };
        let _ = writeln!(text, "\n# {label}{required}{colon} {}", self.meaning(field));
        for line in field.help.iter().flat_map(|help| help.get(self.lang).lines()) {
            let _ = writeln!(text, "# {line}");
        }
        let place = || to_fill(side, field.label.get(side));
        match (&field.kind, field.required) {
            (FieldKind::Group(fields), required) => {
                let mark = if required { "" } else { "# " };
                let _ = writeln!(text, "{mark}{}:", field.name);
                let first = if field.many { "- " } else { "  " };
                for (at, inner) in fields.iter().enumerate() {
                    let lead = if at == 0 { first } else { "  " };
                    let value = if required && inner.required {
                        value(inner, &inner_place(field, inner, side))
                    } else {
                        String::new()
                    };
                    // In a required list, optional fields are comments.
                    let out = if required && !inner.required { "# " } else { mark };
                    let _ = writeln!(
                        text,
                        "{out}{lead}{}: {}",
                        inner.name,
                        if value.is_empty() { example(inner) } else { value }
                    );
                }
            }
            (_, true) => {
                let _ = writeln!(text, "{}: {}", field.name, value(field, &place()));
            }
            (_, false) => {
                let _ = writeln!(text, "# {}: {}", field.name, value(field, &example(field)));
            }
        }
    }

    /// What can be written in a field.
    fn meaning(&self, field: &Field) -> String {
        let folders = |types: &[crate::schema::TypeId]| -> String {
            let folders: Vec<&str> = types.iter().map(|kind| self.schema.get(*kind).folder.as_str()).collect();
            folders.join(", ")
        };
        let one = match (&field.kind, self.lang) {
            (FieldKind::Text, Lang::En) => "a line of text".to_owned(),
            (FieldKind::Text, Lang::Fr) => "une ligne de texte".to_owned(),
            (FieldKind::Markdown, Lang::En) => "paragraphs".to_owned(),
            (FieldKind::Markdown, Lang::Fr) => "des paragraphes".to_owned(),
            (FieldKind::Number(_), Lang::En) => "13, {more_than: 300} or {from: 80, to: 120}".to_owned(),
            (FieldKind::Number(_), Lang::Fr) => "13, {more_than: 300} ou {from: 80, to: 120}".to_owned(),
            (FieldKind::Money, Lang::En) => "250000 CAD, $250,000 or {about: 250000 CAD}".to_owned(),
            (FieldKind::Money, Lang::Fr) => "250000 CAD, 250 000 $ ou {about: 250000 CAD}".to_owned(),
            (FieldKind::Boolean, Lang::En) => "true or false".to_owned(),
            (FieldKind::Boolean, Lang::Fr) => "true (oui) ou false (non)".to_owned(),
            (FieldKind::Date, Lang::En) => "a day, a month or a year".to_owned(),
            (FieldKind::Date, Lang::Fr) => "un jour, un mois ou une année".to_owned(),
            (FieldKind::Choice(choices), lang) => {
                let each = choices.iter().map(|choice| format!("{} ({})", choice.key, choice.label.get(lang)));
                each.collect::<Vec<_>>().join(", ")
            }
            (FieldKind::Reference(types), Lang::En) => format!("the name of a file in {}", folders(types)),
            (FieldKind::Reference(types), Lang::Fr) => format!("le nom d’un fichier de {}", folders(types)),
            (FieldKind::Url, Lang::En) => "a web address".to_owned(),
            (FieldKind::Url, Lang::Fr) => "une adresse Web".to_owned(),
            (FieldKind::Email, Lang::En) => "an email address".to_owned(),
            (FieldKind::Email, Lang::Fr) => "une adresse de courriel".to_owned(),
            (FieldKind::Phone, Lang::En) => "a telephone number".to_owned(),
            (FieldKind::Phone, Lang::Fr) => "un numéro de téléphone".to_owned(),
            (FieldKind::Language, Lang::En) => "the code of a language".to_owned(),
            (FieldKind::Language, Lang::Fr) => "le code d’une langue".to_owned(),
            (FieldKind::File, Lang::En) => "the name of a file beside this one".to_owned(),
            (FieldKind::File, Lang::Fr) => "le nom d’un fichier placé à côté".to_owned(),
            (FieldKind::Group(fields), lang) => {
                let each = fields.iter().map(|field| format!("{} ({})", field.name, field.label.get(lang)));
                each.collect::<Vec<_>>().join(", ")
            }
        };
        match self.lang {
            _ if !field.many => one,
            Lang::En => format!("{one}; there may be several"),
            Lang::Fr => format!("{one}; il peut y en avoir plusieurs"),
        }
    }
}

/// One value as a field takes it.
fn value(field: &Field, one: &str) -> String {
    if field.many { format!("[{one}]") } else { one.to_owned() }
}

/// A value of the kind that a field has.
fn example(field: &Field) -> String {
    match &field.kind {
        FieldKind::Text | FieldKind::Markdown | FieldKind::Reference(_) | FieldKind::Group(_) => "…".to_owned(),
        FieldKind::Number(_) => "13".to_owned(),
        FieldKind::Money => "250000 CAD".to_owned(),
        FieldKind::Boolean => "true".to_owned(),
        FieldKind::Date => "2026-01-31".to_owned(),
        FieldKind::Choice(choices) => choices.first().map(|choice| choice.key.clone()).unwrap_or_default(),
        FieldKind::Url => "https://www.example.org/".to_owned(),
        FieldKind::Email => "desk@example.org".to_owned(),
        FieldKind::Phone => "613-555-0100".to_owned(),
        FieldKind::Language => "fr".to_owned(),
        FieldKind::File => "annex.pdf".to_owned(),
    }
}

/// The place of a field of a group. Among facts, words are written once for each language.
fn inner_place(group: &Field, inner: &Field, side: Lang) -> String {
    let place = |lang| to_fill(lang, inner.label.get(lang));
    if inner.localized && !group.localized {
        format!("{{en: {}, fr: {}}}", place(Lang::En), place(Lang::Fr))
    } else {
        place(side)
    }
}

/// A place that `check` reports until it is filled in.
fn to_fill(lang: Lang, what: &str) -> String {
    yaml::scalar(&match lang {
        Lang::En => format!("[TO FILL: {what}]"),
        Lang::Fr => format!("[À REMPLIR\u{a0}: {what}]"),
    })
}
