//! The same words on both sides, in the language of one of them: the other one was not translated. Names, works and what is
//! quoted read the same in both languages and are not reported.

use std::ops::Range;

use super::links::says_so;
use super::{Difference, Pair, Rule};
use crate::check::foreign;
use crate::diagnostic::Span;
use crate::lang::{Lang, PerLang, words};
use crate::pairs::content::{Link, LinkTarget, Run};
use crate::pairs::language::{Counts, common, language};
use crate::pairs::outline::{Outline, Unit};

/// Fewer words may be a name.
const FEWEST: usize = 4;

/// What is asked of the whole pair.
pub(super) struct Context<'a> {
    /// All that each side says.
    pub outlines: PerLang<&'a Outline>,
    /// The file of each side.
    pub texts: PerLang<&'a str>,
    /// Whether long passages are reported by another rule.
    pub leaves_long: bool,
}

/// A sentence, a cell, the words of a link or picture.
struct Piece<'a> {
    unit: &'a Unit,
    range: Range<usize>,
}

impl<'a> Piece<'a> {
    fn text(&self) -> &'a str {
        &self.unit.content.text[self.range.clone()]
    }
}

/// Compares the words of two sections.
pub(super) fn compare(at: usize, pair: &Pair<'_>, context: &Context<'_>, differences: &mut Vec<Difference>) {
    let pieces = PerLang::from_fn(|lang| pair.prose(lang).flat_map(pieces).collect::<Vec<_>>());
    if pieces.en.is_empty() || pieces.fr.is_empty() {
        return;
    }
    for lang in Lang::BOTH {
        let mut twins: Vec<&str> = pieces.get(lang.other()).iter().map(Piece::text).collect();
        twins.sort_unstable();
        let is_left = |piece: &&Piece<'_>| {
            twins.binary_search(&piece.text()).is_ok()
                && written_in(&own_words(piece, pair, lang, context)) == Some(lang.other())
                && !is_meant(lang, piece, context)
        };
        let Some(first) = pieces.get(lang).iter().find(is_left) else { continue };
        // A page that is in the other language as a whole is reported once.
        if language(context.outlines.get(lang)) == Some(lang.other()) {
            continue;
        }
        let twin = pieces.get(lang.other()).iter().find(|twin| twin.text() == first.text());
        let mut spans = pair.spans();
        *spans.get_mut(lang) = span(first);
        if let Some(twin) = twin {
            *spans.get_mut(lang.other()) = span(twin);
        }
        let mut found = PerLang::default();
        *found.get_mut(lang.other()) = beginning(first.text());
        differences.push(Difference::new(Rule::Untranslated, at, lang, spans, found));
    }
}

/// The parts of a unit that may be left untranslated by themselves.
fn pieces(unit: &Unit) -> Vec<Piece<'_>> {
    let text = unit.content.text.as_str();
    let mut ranges = Vec::new();
    let mut start = 0;
    for (at, pair) in text.as_bytes().windows(2).enumerate() {
        if matches!(pair, [b'.' | b'!' | b'?' | b'|', b' ' | b'\n']) && start <= at {
            ranges.push(start..at + 1);
            start = at + 2;
        }
    }
    ranges.push(start..text.len());
    // Words of links and pictures: what is written in one piece, and what is between such pieces.
    let mut end = 0;
    for run in &unit.content.runs {
        ranges.extend([end..run.range.start, run.range.clone()]);
        end = run.range.end;
    }
    ranges.push(end..text.len());
    let is_marked = |range: &Range<usize>| {
        let meets = |run: &Range<usize>| run.start < range.end && range.start < run.end;
        unit.content.runs.iter().any(|run| run.foreign.is_some() && meets(&run.range))
    };
    let ranges = ranges.into_iter().filter(|range| !range.is_empty()).map(|range| trimmed(text, range));
    let has_words = |range: &Range<usize>| {
        text.as_bytes()[range.clone()].iter().filter(|byte| **byte == b' ').nth(FEWEST - 2).is_some()
    };
    let ranges = ranges.filter(|range| has_words(range) && !is_marked(range));
    ranges.map(|range| Piece { unit, range }).collect()
}

/// A range without the marks and spaces around its words.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let is_around = |c: char| !c.is_alphanumeric() && !matches!(c, '“' | '”' | '«' | '»' | '"');
    let piece = &text[range.clone()];
    let start = range.start + (piece.len() - piece.trim_start_matches(is_around).len());
    start..start + piece.trim_matches(is_around).len()
}

/// The one language in which a passage is surely written: it has one of that language's small words and none of the other's,
/// and is no name.
fn written_in(text: &str) -> Option<Lang> {
    if text.contains(['@', '_', '\\']) || text.contains("://") || text.contains("www.") {
        return None;
    }
    // "AU" is a country, but in a heading in capitals.
    let is_loud = !text.contains(char::is_lowercase);
    let mut small = PerLang { en: 0, fr: 0 };
    let (mut count, mut plain) = (0, 0);
    for word in words(text).map(|word| &text[word]) {
        count += 1;
        let is_sign = !is_loud && word.len() > 1 && !word.contains(char::is_lowercase);
        match small_word(word).filter(|_| !is_sign) {
            Some(lang) => *small.get_mut(lang) += 1,
            None => plain += usize::from(word.chars().count() > 2 && (is_loud || word.starts_with(char::is_lowercase))),
        }
    }
    let of = |lang: Lang| *small.get(lang) > 0 && *small.get(lang.other()) == 0;
    let lang = Lang::BOTH.into_iter().find(|lang| of(*lang))?;
    (count >= FEWEST && plain > 0 && !is_name(lang, text)).then_some(lang)
}

/// What is in quotation marks in a text.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        open = match (open, c) {
            (Some((start, end)), c) if c == end => {
                found.push(start..at);
                None
            }
            (None, '“') => Some((at, '”')),
            (None, '«') => Some((at, '»')),
            (None, '"') => Some((at, '"')),
            (open, _) => open,
        };
    }
    found
}

/// The language that alone has a small word.
fn small_word(word: &str) -> Option<Lang> {
    const MORE: PerLang<&[&str]> = PerLang {
        en: &[
            "about", "after", "all", "any", "at", "be", "because", "before", "can", "could", "each", "every", "for",
            "how", "into", "our", "should", "than", "them", "then", "there", "those", "we", "what", "when", "where",
            "why", "your",
        ],
        fr: &[
            "afin", "ainsi", "après", "avant", "cet", "ceux", "chaque", "chez", "dont", "elles", "entre", "lors",
            "notre", "nos", "selon", "tous", "toutes", "vos", "votre", "être",
        ],
    };
    if let Some((lang, _)) = common(word.as_bytes()) {
        return Some(lang);
    }
    let lower = word.to_lowercase();
    Lang::BOTH.into_iter().find(|lang| MORE.get(*lang).contains(&lower.as_str()))
}

/// Whether a passage begins as the names of laws and bodies do, which French writes in small letters.
fn is_name(lang: Lang, text: &str) -> bool {
    let names: &[&str] = match lang {
        Lang::En => &["An Act ", "Act "],
        Lang::Fr => &[
            "Accord",
            "Agence",
            "Alliance",
            "Association",
            "Banque",
            "Bureau",
            "Centre",
            "Charte",
            "Code",
            "Comité",
            "Commission",
            "Conseil",
            "Convention",
            "Cour",
            "Direction",
            "Décret",
            "Fondation",
            "Fédération",
            "Groupe",
            "Institut",
            "Loi",
            "Ministère",
            "Musée",
            "Office",
            "Organisation",
            "Programme",
            "Règlement",
            "Régie",
            "Réseau",
            "Secrétariat",
            "Service",
            "Société",
            "Traité",
            "Tribunal",
            "Union",
            "Université",
            "École",
        ],
    };
    let text = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let articles = ["La ", "Le ", "Les ", "L’", "L'"];
    let bare = articles.iter().find_map(|article| text.strip_prefix(article)).unwrap_or(text);
    names.iter().any(|name| bare.starts_with(name))
}

/// A passage without what is in quotation marks and without the names of works: what is in italics, and the words of a link to
/// an address that both sides lead to.
fn own_words(piece: &Piece<'_>, pair: &Pair<'_>, lang: Lang, context: &Context<'_>) -> String {
    let content = &piece.unit.content;
    let twins = || pair.units(lang.other()).flat_map(|unit| &unit.content.links);
    let is_shared =
        |link: &&Link| matches!(link.target, LinkTarget::Address(_)) && twins().any(|twin| twin.target == link.target);
    let shared: Vec<&Link> = content.links.iter().filter(is_shared).collect();
    let is_italic = |run: &Run| {
        let before = context.texts.get(lang).get(..run.span.range().start).unwrap_or_default();
        let opens = before.strip_suffix(['*', '_']).is_some_and(|before| {
            before.chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '’' | '\''))
        });
        opens && content.text_of(run).starts_with(char::is_alphanumeric)
    };
    let is_name = |run: &&Run| {
        let start = run.span.range().start;
        is_italic(run) || shared.iter().any(|link| link.span.range().contains(&start))
    };
    let mut left_out = quotations(&content.text);
    left_out.extend(content.runs.iter().filter(is_name).map(|run| run.range.clone()));
    left_out.sort_by_key(|range| range.start);
    let mut words = String::new();
    let mut at = piece.range.start;
    for range in left_out {
        let (start, end) = (range.start.max(at), range.end.min(piece.range.end));
        if start < end {
            words.push_str(&content.text[at..start]);
            at = end;
        }
    }
    words.push_str(&content.text[at..piece.range.end]);
    words
}

/// Whether what is the same on both sides is a term in the other language, is said to be in it, or is so long that the
/// rule for unmarked passages reports it.
fn is_meant(lang: Lang, piece: &Piece<'_>, context: &Context<'_>) -> bool {
    let content = &piece.unit.content;
    let mut runs =
        content.runs.iter().filter(|run| run.range.start < piece.range.end && piece.range.start < run.range.end);
    // A term in the other language is put in parentheses behind one's own.
    let in_parentheses = piece.range.start > 1 && content.text[..piece.range.start].ends_with('(');
    in_parentheses
        || says_so(lang, &content.text)
        || runs.any(|run| {
            context.leaves_long && foreign::passage(lang, content.text_of(run), &mut Counts::default()).is_some()
        })
}

/// Where a piece is in the file, or the unit that it is in.
fn span(piece: &Piece<'_>) -> Span {
    super::figures::place(piece.unit, &piece.range)
}

/// The first words of a text, which may be long.
fn beginning(text: &str) -> String {
    const MOST: usize = 10;
    let words: Vec<&str> = text.split_whitespace().collect();
    let more = if words.len() > MOST { " …" } else { "" };
    format!("{}{more}", words[..words.len().min(MOST)].join(" "))
}
