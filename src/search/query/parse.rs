//! From what a reader typed to the words that are sought: [`parse`].

use super::super::analysis::{Analyser, Role, fold, words};

/// A question, understood.
#[derive(Debug, Default)]
pub(super) struct Question {
    pub(super) words: Vec<Asked>,
    /// Words too common to be sought, folded.
    pub(super) common: Vec<String>,
    /// Words between quotation marks, as indices into `words` and the distance of each from the first.
    pub(super) phrases: Vec<Vec<(usize, u32)>>,
    /// All of it, as [`plain`] writes it.
    pub(super) whole: String,
    /// The same while it may go on; otherwise nothing.
    pub(super) typed: String,
}

/// A word of the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// As typed, in lower case.
    pub(super) form: String,
    pub(super) folded: String,
    pub(super) stem: String,
    /// Where it was typed.
    pub(super) from: usize,
    pub(super) to: usize,
    /// The last word, which may go on.
    pub(super) unfinished: bool,
    /// A compound, joined; this many words after it are its pieces.
    pub(super) pieces: usize,
    /// Counts when found and is no loss when not: a piece of a compound that is known as a whole.
    pub(super) optional: bool,
    /// How people ask rather than what they ask about.
    pub(super) light: bool,
}

impl Asked {
    /// Whether a page that lacks it lacks something.
    pub(super) fn counts(&self) -> bool {
        !self.optional && !self.light
    }
}

/// What is longer is no question; the rest of it is not read.
const MOST_BYTES: usize = 1000;
/// Words that are sought; each costs a reader two files.
const MOST_WORDS: usize = 16;

/// Reads a question.
pub(super) fn parse(analyser: &Analyser, text: &str, typing: bool) -> Question {
    let text = &text[..text.floor_char_boundary(MOST_BYTES)];
    let all = read(analyser, text, typing, false);
    // A question of nothing but common words is about titles.
    let mut question = if all.words.is_empty() { read(analyser, text, typing, true) } else { all };
    if question.words.iter().all(|asked| asked.light) {
        question.words.iter_mut().for_each(|asked| asked.light = false);
    }
    question.whole = plain(text.trim());
    if question.words.iter().any(|asked| asked.unfinished) {
        question.typed = plain(text.trim_start());
    }
    // A word of which there is one letter has just been begun: no page lacks it.
    if let Some((last, others)) = question.words.split_last_mut() {
        let is_begun = last.unfinished && last.form.chars().count() == 1 && last.form.chars().all(char::is_alphabetic);
        last.optional |= is_begun && others.iter().any(Asked::counts);
    }
    question
}

/// A text without capitals, accents and the difference between apostrophes.
pub(super) fn plain(text: &str) -> String {
    fold(&text.to_lowercase()).chars().map(|c| if c == '’' { '\'' } else { c }).collect()
}

fn read(analyser: &Analyser, text: &str, typing: bool, with_stops: bool) -> Question {
    let mut question = Question::default();
    let mut start = 0;
    let mut quoted = false;
    let marks: Vec<(usize, char)> = text.char_indices().filter(|&(_, c)| is_quote(c)).collect();
    let ends = marks.iter().map(|&(at, c)| (at, at + c.len_utf8())).chain([(text.len(), text.len())]);
    for (nth, (end, next)) in ends.enumerate() {
        let first = question.words.len();
        // A mark that is never closed quotes nothing.
        let phrase = quoted && nth < marks.len();
        let mut places = Vec::new();
        words(&text[start..end], |word| {
            let folded = fold(word.form).into_owned();
            if question.words.len() >= MOST_WORDS {
                return;
            }
            if !with_stops && analyser.is_stop(&folded) {
                question.common.push(folded);
                return;
            }
            if phrase && word.role == Role::Joined {
                return;
            }
            places.push(word.position);
            let to = start + word.to;
            question.words.push(Asked {
                form: word.form.to_owned(),
                stem: analyser.stem(&folded),
                light: analyser.is_light(&folded),
                folded,
                from: start + word.from,
                to,
                unfinished: typing && to == text.len(),
                pieces: usize::from(word.role == Role::Joined),
                optional: false,
            });
            if word.role == Role::Piece
                && let Some(joined) = question.words[first..].iter_mut().rev().find(|asked| asked.pieces > 0)
            {
                joined.pieces += 1;
            }
        });
        // Of a compound of common words, such as `a-t-il`, nothing is left.
        let read = question.words.split_off(first);
        question.words.extend(read.into_iter().filter(|asked| asked.pieces != 1));
        if phrase && places.len() > 1 {
            let from = places[0];
            question.phrases.push(places.iter().enumerate().map(|(nth, &at)| (first + nth, at - from)).collect());
        }
        start = next;
        quoted = !quoted;
    }
    for asked in &mut question.words {
        asked.pieces = asked.pieces.saturating_sub(1);
    }
    question
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '«' | '»' | '„' | '\u{ff02}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    fn question(text: &str) -> Question {
        parse(&Analyser::new(Lang::En), text, true)
    }

    fn forms(text: &str) -> Vec<String> {
        question(text).words.into_iter().map(|asked| asked.form).collect()
    }

    #[test]
    fn common_words_are_not_sought_unless_there_are_no_others() {
        assert_eq!(forms("the exchange of service"), ["exchange", "service"]);
        assert_eq!(forms("to be or"), ["to", "be", "or"]);
        assert_eq!(forms("?! …"), [""; 0]);
    }

    #[test]
    fn a_whole_sentence_is_asked_by_the_words_that_say_what_about() {
        let english = forms("Who do I write to about a delegation visit?");
        assert_eq!(english, ["write", "delegation", "visit"]);
        let question = parse(&Analyser::new(Lang::Fr), "Quelles ententes le SCC a-t-il avec les provinces?", true);
        let french: Vec<_> = question.words.into_iter().map(|asked| asked.form).collect();
        assert_eq!(french, ["ententes", "scc", "provinces"]);
    }

    #[test]
    fn quoted_words_are_a_phrase_with_their_gaps() {
        let question = question("treaty \"transfer of offenders\" act");
        assert_eq!(question.phrases, [vec![(1, 0), (2, 2)]]);
        assert_eq!(question.words.len(), 4);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_quotes_nothing() {
        assert!(question("\"transfer offenders").phrases.is_empty());
        assert_eq!(question("« transfer offenders »").phrases.len(), 1);
    }

    #[test]
    fn only_the_last_word_may_go_on() {
        let last = |text| question(text).words.iter().map(|asked| asked.unfinished).collect::<Vec<_>>();
        assert_eq!(last("transfer offen"), [false, true]);
        assert_eq!(last("transfer offender "), [false, false]);
    }

    #[test]
    fn no_page_lacks_a_word_of_which_there_is_one_letter() {
        let counts = |text| question(text).words.iter().map(Asked::counts).collect::<Vec<_>>();
        assert_eq!(counts("correctional s"), [true, false]);
        assert_eq!(counts("correctional s "), [true, true], "it goes no further");
        assert_eq!(counts("annex 9"), [true, true]);
        assert_eq!(counts("s"), [true]);
    }

    #[test]
    fn what_is_typed_is_kept_as_titles_are_compared_with_it() {
        assert_eq!(question(" L’Échan").typed, "l'echan");
        assert_eq!(question("l’échange ").typed, "");
    }

    #[test]
    fn a_compound_knows_its_pieces() {
        let words = question("e-mail treaty").words;
        assert_eq!(words.iter().map(|asked| asked.pieces).collect::<Vec<_>>(), [2, 0, 0, 0]);
    }

    #[test]
    fn endless_text_is_cut() {
        assert!(question(&"é ".repeat(9000)).words.len() <= MOST_WORDS);
        assert!(question(&"\"".repeat(9000)).words.is_empty());
    }
}
