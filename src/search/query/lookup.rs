//! Looks the words of a question up in the dictionary: [`Index::look_up`].

use tantivy::postings::TermInfo;

use super::super::analysis::{fold, form_of, stem_end, stem_of};
use super::super::answer::Origin;
use super::parse::{Asked, Question};
use super::{Index, Pause};

/// A word of the question and what it may stand for.
#[derive(Clone, Debug)]
pub(super) struct Sought {
    pub(super) asked: Asked,
    /// Words of the index, the likeliest first.
    pub(super) variants: Vec<Variant>,
    /// Whether the index has the word itself, in one form or another.
    pub(super) known: bool,
    /// Whether it has it in the very form asked for, accents aside, or one that the unfinished word may become.
    pub(super) seen: bool,
}

/// A word of the index in all its forms.
#[derive(Clone, Debug)]
pub(super) struct Variant {
    pub(super) stem: String,
    /// The form to name it by.
    pub(super) form: String,
    pub(super) forms: Vec<Form>,
    /// How sure it is that this word is meant.
    pub(super) weight: f32,
    /// Letters by which it differs from the word asked for.
    pub(super) distance: usize,
    /// Why it may be meant.
    pub(super) origin: Origin,
    /// The further words of a phrase, which must be in the same document.
    pub(super) with: Vec<Self>,
}

impl Sought {
    /// Whether nothing in the index stands for it, and that is a loss.
    pub(super) fn is_unknown(&self) -> bool {
        self.variants.is_empty() && !self.asked.optional
    }
}

/// One form of a word.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub(super) info: TermInfo,
    /// How near it is to the form asked for; 1 for that form itself.
    pub(super) nearness: f32,
    /// The form asked for, accents aside.
    pub(super) same: bool,
}

/// The same letters, other accents.
const OTHER_ACCENTS: f32 = 0.95;
/// Another form of the same word.
pub(super) const OTHER_FORM: f32 = 0.55;
/// A word that begins like the unfinished one.
const LONGER: f32 = 0.6;
/// Letters from which on an unfinished word is completed, and words that it is completed to.
const FEWEST_LETTERS: usize = 3;
const MOST_COMPLETIONS: usize = 6;
/// A stem may be shorter than the word by this many letters.
const SHORTER_STEM: usize = 3;
/// Forms of a stem as short as this are of one word only where one is the plural of the other: *fils* is no form of *file*.
const SHORT_STEM: usize = 3;
/// A piece counts this much beside its compound.
pub(super) const PIECE: f32 = 0.3;

impl Index {
    /// Looks up every word, in all its forms.
    pub(super) fn look_up(&self, question: &Question) -> Result<Vec<Sought>, Pause> {
        let found: Vec<_> = question.words.iter().map(|asked| self.look_up_one(asked)).collect();
        let mut sought: Vec<Sought> = found.into_iter().collect::<Result<_, _>>()?;
        Self::look_up_compounds(&mut sought);
        self.join_apart(&mut sought)?;
        Ok(sought)
    }

    fn look_up_one(&self, asked: &Asked) -> Result<Sought, Pause> {
        let mut variants: Vec<Variant> = self.variant(&asked.stem, &asked.form, &asked.folded)?.into_iter().collect();
        let as_typed = variants.iter().any(|variant| variant.forms.iter().any(|form| form.same));
        let mut seen = as_typed;
        if asked.unfinished && !as_typed && asked.folded.chars().count() >= FEWEST_LETTERS {
            let completions = self.completions(asked)?;
            seen |= !completions.is_empty();
            variants.extend(completions);
        }
        let known = !variants.is_empty();
        Ok(Sought { asked: asked.clone(), variants, known, seen })
    }

    /// The word with a stem, if the index has it.
    pub(super) fn variant(&self, stem: &str, form: &str, folded: &str) -> Result<Option<Variant>, Pause> {
        let mut forms = Vec::new();
        let mut best = (0.0, 0, String::new());
        // What holds a digit is written in many ways, and has no endings.
        let is_short = stem.len() <= SHORT_STEM && !stem.bytes().any(|byte| byte.is_ascii_digit());
        self.walk(&format!("{stem}\0"), &stem_end(stem), |key, info| {
            let other = form_of(key);
            let other_folded = fold(&other);
            let same = other_folded == folded;
            if !same && is_short && !is_plural(&other_folded, folded) {
                return;
            }
            let nearness = if other == form {
                1.0
            } else if same {
                OTHER_ACCENTS
            } else {
                OTHER_FORM
            };
            if (nearness, info.doc_freq) > (best.0, best.1) {
                best = (nearness, info.doc_freq, other);
            }
            forms.push(Form { info: info.clone(), nearness, same });
        })?;
        let named = best.2;
        Ok((!forms.is_empty()).then(|| Variant {
            stem: stem.to_owned(),
            form: named,
            forms,
            weight: 1.0,
            distance: 0,
            origin: Origin::Word,
            with: Vec::new(),
        }))
    }

    /// Words that begin with an unfinished one, the most frequent first.
    fn completions(&self, asked: &Asked) -> Result<Vec<Variant>, Pause> {
        let letters: Vec<char> = asked.folded.chars().collect();
        let shared: String = letters[..FEWEST_LETTERS.max(letters.len().saturating_sub(SHORTER_STEM))].iter().collect();
        let mut variants: Vec<Variant> = Vec::new();
        self.walk(&shared, &format!("{shared}\u{10ffff}"), |key, info| {
            let form = form_of(key);
            if !fold(&form).starts_with(&*asked.folded) || stem_of(key) == asked.stem {
                return;
            }
            let form_found = Form { info: info.clone(), nearness: 1.0, same: false };
            match variants.last_mut().filter(|variant| variant.stem == stem_of(key)) {
                Some(variant) => variant.forms.push(form_found),
                None => variants.push(Variant {
                    stem: stem_of(key).to_owned(),
                    form,
                    forms: vec![form_found],
                    weight: LONGER,
                    distance: 0,
                    origin: Origin::Word,
                    with: Vec::new(),
                }),
            }
        })?;
        variants.sort_by_key(|variant| std::cmp::Reverse(variant.documents()));
        variants.truncate(MOST_COMPLETIONS);
        Ok(variants)
    }

    /// Calls `found` with every key of the dictionary from `start` up to `end`.
    pub(super) fn walk(&self, start: &str, end: &str, mut found: impl FnMut(&str, &TermInfo)) -> Result<(), Pause> {
        let Some(terms) = &self.terms else { return Ok(()) };
        let mut stream = terms.range().ge(start).lt(end).into_stream()?;
        while let Some((key, info)) = stream.next() {
            if let Ok(key) = std::str::from_utf8(key) {
                found(key, info);
            }
        }
        Ok(())
    }
}

/// Whether one folded form is the other with the sign of a plural.
fn is_plural(a: &str, b: &str) -> bool {
    let (one, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    many.strip_prefix(one).is_some_and(|ending| matches!(ending, "s" | "x" | "es"))
}

impl Variant {
    /// In how many documents its forms are.
    pub(super) fn documents(&self) -> u32 {
        let own = self.forms.iter().map(|form| form.info.doc_freq).sum();
        self.with.iter().map(Self::documents).fold(own, u32::min)
    }
}
