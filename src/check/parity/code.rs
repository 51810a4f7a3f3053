//! Code on both sides: it has no language, except in its comments and in the words that it shows.

use std::collections::BTreeSet;

use super::{Difference, Pair, Rule};
use crate::check::unfilled;
use crate::diagnostic::Span;
use crate::lang::{Lang, PerLang};
use crate::pairs::content::OBJECT;
use crate::pairs::outline::{Kind, Unit};

/// Compares the code of two sections: blocks with each other, pieces in sentences by what only one side has.
pub(super) fn compare(at: usize, pair: &Pair<'_>, differences: &mut Vec<Difference>) {
    let blocks =
        PerLang::from_fn(|lang| pair.units(lang).filter(|unit| unit.mark.kind == Kind::Code).collect::<Vec<_>>());
    if blocks.en.len() != blocks.fr.len() {
        let more = if blocks.en.len() > blocks.fr.len() { Lang::En } else { Lang::Fr };
        let mut spans = pair.spans();
        for lang in Lang::BOTH {
            *spans.get_mut(lang) = blocks.get(lang).last().map_or(*spans.get(lang), |unit| unit.span);
        }
        let known: BTreeSet<Vec<String>> = blocks.get(more.other()).iter().map(|block| meaning(block)).collect();
        let lonely = blocks.get(more).iter().find(|block| !known.contains(&meaning(block)));
        let mut found = PerLang::default();
        if let Some(block) = lonely {
            *spans.get_mut(more) = block.span;
            *found.get_mut(more) = first_line(block);
        }
        if !found.get(more).is_empty() {
            differences.push(Difference::new(Rule::Code, at, more, spans, found));
        }
    } else if let Some((spans, found)) = blocks
        .en
        .iter()
        .zip(&blocks.fr)
        .find_map(|(en, fr)| Some((PerLang { en: en.span, fr: fr.span }, differing(en, fr)?)))
    {
        differences.push(Difference::new(Rule::Code, at, Lang::En, spans, found));
    }
    pieces(at, pair, differences);
}

/// The first line in which two blocks differ in more than comments, shown words and space.
fn differing(en: &Unit, fr: &Unit) -> Option<PerLang<String>> {
    let (own, other) = (lines(en), lines(fr));
    let split = own.iter().zip(&other).take_while(|((own, _), (other, _))| own == other).count();
    if split == own.len() && split == other.len() {
        return None;
    }
    let line = |lines: &[(String, &str)]| lines.get(split).map(|(_, line)| line.trim().to_owned()).unwrap_or_default();
    Some(PerLang { en: line(&own), fr: line(&other) })
}

fn first_line(block: &Unit) -> String {
    block
        .content
        .code
        .iter()
        .skip(1)
        .map(|line| line.trim())
        .find(|line| !line.is_empty())
        .unwrap_or_default()
        .to_owned()
}

/// The lines of a block without what has a language: comments, what is in quotation marks, space.
fn meaning(block: &Unit) -> Vec<String> {
    lines(block).into_iter().map(|(meaning, _)| meaning).collect()
}

/// The lines of a block that have a meaning, each with its text as written.
fn lines(block: &Unit) -> Vec<(String, &str)> {
    let mut in_comment = None;
    // The first piece is the name of the language.
    let lines = block.content.code.iter().skip(1).map(|line| (stripped(line, &mut in_comment), line.as_str()));
    lines.filter(|(meaning, _)| !meaning.is_empty()).collect()
}

/// Comments that go over several lines, with what ends them.
const COMMENTS: [(&str, &str); 2] = [("/*", "*/"), ("<!--", "-->")];

fn stripped(line: &str, in_comment: &mut Option<&'static str>) -> String {
    let mut out = String::new();
    let mut rest = line;
    loop {
        if let Some(end) = *in_comment {
            match rest.split_once(end) {
                Some((_, after)) => (rest, *in_comment) = (after, None),
                None => break,
            }
        }
        let Some(c) = rest.chars().next() else { break };
        let begins_word = out.is_empty() || out.ends_with(char::is_whitespace);
        let to_the_end = rest.starts_with("//") && !out.ends_with(':')
            || begins_word && (rest.starts_with('#') || rest.starts_with("-- ") || rest.starts_with("%%"));
        if to_the_end {
            break;
        }
        if let Some((start, end)) = COMMENTS.into_iter().find(|(start, _)| rest.starts_with(start)) {
            *in_comment = Some(end);
            rest = &rest[start.len()..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        out.push(c);
        if matches!(c, '"' | '\'' | '`')
            && let Some((_, after)) = rest.split_once(c)
        {
            out.push(c);
            rest = after;
        }
    }
    out.retain(|c| !c.is_whitespace());
    out
}

/// Pieces of code in sentences that only one side has, and that the other does not have as plain words either.
fn pieces(at: usize, pair: &Pair<'_>, differences: &mut Vec<Difference>) {
    let inline = |lang| pair.units(lang).filter(|unit| unit.mark.kind != Kind::Code);
    let said = PerLang::from_fn(|lang| {
        let code = inline(lang).flat_map(pieces_of);
        code.filter(|(code, ..)| !code.is_empty()).collect::<Vec<_>>()
    });
    let only = PerLang::from_fn(|lang: Lang| {
        let twin = lang.other();
        let known: BTreeSet<&str> = said.get(twin).iter().map(|(code, ..)| *code).collect();
        let new: Vec<_> = said.get(lang).iter().filter(|(code, ..)| !known.contains(code)).copied().collect();
        if new.is_empty() {
            return new;
        }
        let words: BTreeSet<&str> = inline(twin)
            .flat_map(|unit| unit.content.text.split_whitespace())
            .map(|word| word.trim_matches(is_mark))
            .collect();
        new.into_iter().filter(|(code, ..)| !words.contains(code.trim_matches(is_mark))).collect()
    });
    // Words without a sign of code, and code on both sides that may be the same in translation, are names.
    if !only.en.is_empty() && !only.fr.is_empty() {
        let [en, fr] = [&only.en, &only.fr].map(|only| only.iter().filter(|(.., waits)| !waits));
        if let Some((own, twin)) =
            en.zip(fr).find(|(own, twin)| only.en.len() == only.fr.len() && differ(own.0, twin.0))
        {
            let (spans, found) = (PerLang { en: own.1, fr: twin.1 }, PerLang { en: own.0, fr: twin.0 });
            differences.push(Difference::new(Rule::Code, at, Lang::En, spans, found.map(|_, code| code.to_owned())));
        }
        return;
    }
    if only.en.is_empty() && only.fr.is_empty() {
        return;
    }
    let more = if only.en.is_empty() { Lang::Fr } else { Lang::En };
    // Words without any sign of code may have been marked up in another way.
    let is_code = |code: &str| code.contains(|c: char| !c.is_alphabetic() && !c.is_whitespace());
    let lonely = only.get(more).iter().filter(|(code, _, waits)| is_code(code) && !waits);
    let mut lonely = lonely.map(|(code, span, _)| (code, *span)).peekable();
    let mut spans = pair.spans();
    let Some((_, span)) = lonely.peek() else { return };
    *spans.get_mut(more) = *span;
    let mut found = PerLang::default();
    *found.get_mut(more) = lonely.map(|(code, _)| *code).collect::<Vec<_>>().join(", ");
    differences.push(Difference::new(Rule::Code, at, more, spans, found));
}

/// Whether two pieces of code in the same place are surely not one in translation: they have other numbers, are other
/// options (`--dry`, `--wet`), or give one command other words (`make all`, `make none`).
fn differ(own: &str, twin: &str) -> bool {
    let numbers = |code: &str| {
        let numbers = code.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
        let mut numbers: Vec<String> = numbers.map(str::to_owned).collect();
        numbers.sort_unstable();
        numbers
    };
    let (own, twin) = (without_words(own), without_words(twin));
    let is_same = own.split_whitespace().collect::<String>() == twin.split_whitespace().collect::<String>();
    if is_same {
        return false;
    }
    let (en, fr) = (numbers(&own), numbers(&twin));
    if en != fr && en.len() == fr.len() {
        return true;
    }
    let is_option = |code: &str| code.starts_with('-') && code.len() > 1;
    let first = |code: &str| code.split_whitespace().next().unwrap_or_default().to_owned();
    let is_command = |code: &str| {
        let is_name = |c: char| c.is_ascii_lowercase() || matches!(c, '-' | '_');
        code.contains(' ') && code.is_ascii() && first(code).chars().all(is_name)
    };
    is_option(&own) && is_option(&twin) || is_command(&own) && is_command(&twin) && first(&own) == first(&twin)
}

/// Code without what has a language: what is in quotation marks, and the names of what is to be put in (`<name>`).
fn without_words(code: &str) -> String {
    let mut out = String::new();
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        out.push(c);
        let close = match c {
            '"' | '\'' | '`' => c,
            '<' => '>',
            '{' => '}',
            '(' => ')',
            _ => continue,
        };
        if let Some((_, after)) = rest.split_once(close) {
            out.push(close);
            rest = after;
        }
    }
    out
}

/// The pieces of code in a unit, and whether each is where words are still to be filled in: that is reported by itself.
fn pieces_of(unit: &Unit) -> impl Iterator<Item = (&str, Span, bool)> {
    let content = &unit.content;
    let places = if content.code.is_empty() { Vec::new() } else { unfilled::places(&content.text) };
    let pieces = content.code.iter().zip(content.text.match_indices(OBJECT));
    pieces.map(move |(code, (at, _))| (code.trim(), unit.span, places.iter().any(|place| place.contains(&at))))
}

fn is_mark(c: char) -> bool {
    !c.is_alphanumeric()
}
