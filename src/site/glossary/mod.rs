//! The site's glossary: terms and short forms that are records, and where pages use them first ([`Glossary`]).
//!
//! A type says that its records explain words (`glossary: terms`, or only their short forms: `glossary: short_forms`).
//! A term is found by its title inside sentences and by its short title, in the language of the page. Writers can rely
//! on these rules:
//!
//! - A word in capitals (`CSC`, `MoU`) is found only with the same capitals; English may add an s.
//! - Any other term is found in the singular and the plural, in French of each word: « ententes bilatérales ».
//! - The first letter may be a capital or not, unless the title inside a sentence begins with one: `inline_title: Crown`.
//! - The longest term counts: nothing is looked for inside it.
//! - Headings, links, code, keys, passages in another language and struck-out text are left alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Record, RecordId, Side};
use crate::diagnostic::{Diagnostics, Place, Span, catalog};
use crate::lang::{Lang, PerLang};
use crate::schema::{Explains, Schema};

mod mark;
mod tokens;

use tokens::{Gap, Token};

/// The terms of a site by language.
#[derive(Clone, Debug, Default)]
pub struct Glossary {
    sides: PerLang<Forms>,
}

/// The forms of the terms by the key of their first word, those of the most words first.
type Forms = BTreeMap<String, Vec<Form>>;

/// A way to write a term.
#[derive(Clone, Debug)]
struct Form {
    term: RecordId,
    words: Vec<Word>,
    /// Whether the first letter may be capital or small.
    free: bool,
    /// Whether it is made of capitals only, and stands for something longer.
    short: bool,
}

/// A word of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    text: String,
    key: String,
    /// What is before it, except for the first word.
    before: String,
}

impl Glossary {
    /// The terms among records; `place` says where a record says something in a language. Two terms that are written
    /// alike are reported: a page can link to only one of them.
    pub fn new(
        schema: &Schema,
        records: &[Arc<Record>],
        place: impl Fn(&Record, Lang, &str) -> Option<Span>,
    ) -> (Self, Diagnostics) {
        let mut glossary = Self::default();
        let mut diagnostics = Diagnostics::default();
        for (at, record) in records.iter().enumerate() {
            let Some(explains) = schema.get(record.kind).glossary else { continue };
            for lang in Lang::BOTH {
                let Some(side) = record.side(lang) else { continue };
                for (name, text, free) in written(side) {
                    let form = Form::new(RecordId(at), text, free, lang);
                    let form = form.filter(|form| explains == Explains::Terms || name == "short_title" && form.short);
                    let Some(form) = form else { continue };
                    let forms = glossary.sides.get_mut(lang).entry(form.words[0].key.clone()).or_default();
                    let other = forms.iter().find(|other| other.term != form.term && other.is_like(&form));
                    if let Some(other) = other.and_then(|other| records[other.term.0].side(lang)) {
                        let place = Place::new(&side.file, place(record, lang, name).unwrap_or(Span::START));
                        diagnostics.push(catalog::term_twice(place, text, Place::new(&other.file, Span::START)));
                    } else if !forms.iter().any(|other| other.is_like(&form)) {
                        forms.push(form);
                    }
                }
            }
        }
        for lang in Lang::BOTH {
            let forms = glossary.sides.get_mut(lang);
            for forms in forms.values_mut() {
                forms.sort_by_key(|form| std::cmp::Reverse(form.words.len()));
            }
        }
        (glossary, diagnostics)
    }

    /// The form of a term that is at a position among the words of a text.
    fn find(&self, lang: Lang, tokens: &[Token<'_>], at: usize, key: &mut String) -> Option<&Form> {
        tokens::key(tokens[at].word, lang, key);
        let mut forms = self.sides.get(lang).get(key.as_str())?.iter();
        forms.find(|form| form.stands_at(tokens, at, lang, key))
    }
}

/// The short form of a side in capitals, which stands for its title.
pub fn short_form(side: &Side) -> Option<&str> {
    let short = side.short_title.as_deref()?;
    let words = tokens::tokens(short);
    (!words.is_empty() && words.iter().all(|token| tokens::is_acronym(token.word))).then_some(short)
}

/// The ways to write a term in a language: the name of the field, what it says, and whether its first letter is free.
fn written(side: &Side) -> impl Iterator<Item = (&'static str, &str, bool)> {
    let inline = side.inline_title.as_deref();
    let inline = inline.map(|title| ("inline_title", title, !title.starts_with(char::is_uppercase)));
    let short = side.short_title.as_deref().map(|title| ("short_title", title, true));
    [inline.unwrap_or(("title", &side.title, true))].into_iter().chain(short)
}

impl Form {
    fn new(term: RecordId, text: &str, free: bool, lang: Lang) -> Option<Self> {
        let word = |token: &Token<'_>| {
            let mut key = String::new();
            tokens::key(token.word, lang, &mut key);
            Word { text: token.word.to_owned(), key, before: token.before.written().to_owned() }
        };
        let words: Vec<Word> = tokens::tokens(text).iter().map(word).collect();
        let short = words.iter().all(|word| tokens::is_acronym(&word.text));
        (!words.is_empty()).then_some(Self { term, words, free, short })
    }

    /// Whether a text can be both.
    fn is_like(&self, other: &Self) -> bool {
        let pairs = || self.words.iter().zip(&other.words);
        self.words.len() == other.words.len()
            && pairs().enumerate().all(|(at, (a, b))| a.key == b.key && (at == 0 || a.before == b.before))
            && pairs().all(|(a, b)| tokens::is_acronym(&a.text) == tokens::is_acronym(&b.text))
    }

    fn stands_at(&self, tokens: &[Token<'_>], at: usize, lang: Lang, key: &mut String) -> bool {
        let Some(here) = tokens.get(at..at + self.words.len()) else { return false };
        let is_apart = |gap: Gap<'_>| !matches!(gap, Gap::Joint(_)) && (self.short || gap != Gap::Hyphen);
        let after = tokens.get(at + self.words.len()).is_none_or(|next| is_apart(next.before));
        after
            && is_apart(here[0].before)
            && self.words.iter().zip(here).enumerate().all(|(nth, (word, token))| {
                tokens::key(token.word, lang, key);
                let case = if tokens::is_acronym(&word.text) {
                    token.word.starts_with(&word.text)
                } else {
                    !tokens::is_acronym(token.word) && tokens::same_case(&word.text, token.word, self.free && nth == 0)
                };
                *key == word.key && case && (nth == 0 || word.before == token.before.written())
            })
    }
}
