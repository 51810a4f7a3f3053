//! Adds a question to `search-tests.yaml`: [`add_question`].

use std::borrow::Cow;

use super::splice::{self, Splice, line_break};
use crate::lang::{Lang, PerLang};
use crate::layout::SEARCH_TESTS;
use crate::output::questions::FIRST;
use crate::path::{ContentPath, composed};
use crate::schema::wording::{self, Question};
use crate::source::lines::{line_end, line_start};
use crate::source::{Sources, is_control};
use crate::yaml::{self, Node, Value};

/// A question to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewQuestion {
    /// The language that it is asked in.
    pub lang: Lang,
    /// What is asked.
    pub ask: String,
    /// The ids of the pages that must answer it.
    pub want: Vec<String>,
}

/// The file with the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddedQuestion {
    /// What the file says now.
    pub text: String,
    /// The line of the question, from 1.
    pub line: usize,
}

/// What makes two questions the same: language, what is asked, pages.
type Said = (Lang, String, Vec<String>);

/// The text of `search-tests.yaml` with one more question, after the last one of its language and written like it. The
/// rest stays, byte for byte.
///
/// # Errors
/// Why it cannot be added.
pub fn add_question(present: &str, new: &NewQuestion) -> Result<AddedQuestion, PerLang<String>> {
    let words = new.ask.replace(is_control, " ");
    let ask = composed(&words).split_whitespace().collect::<Vec<_>>().join(" ");
    let NewQuestion { lang, want, .. } = new;
    if ask.is_empty() {
        return Err(both("write a question first", "écrivez d’abord une question"));
    }
    if want.is_empty() || want.len() > FIRST {
        return Err(PerLang {
            en: format!("choose the pages that must be among the first {FIRST}, at most {FIRST} of them"),
            fr: format!("choisissez les pages qui doivent être parmi les {FIRST} premières, au plus {FIRST}"),
        });
    }
    let text = present.trim_start_matches('\u{feff}');
    let mark = &present[..present.len() - text.len()];
    let before = read(text);
    let is_same = |question: &&Question| question.lang == *lang && fold(&question.ask.text) == fold(&ask);
    if let Some(same) = before.iter().find(is_same) {
        let line = line_of(text, same);
        return Err(PerLang {
            en: format!("this question is a test already, on line {line} of {SEARCH_TESTS}"),
            fr: format!("cette question est déjà un test, à la ligne {line} de {SEARCH_TESTS}"),
        });
    }
    let said = (*lang, ask, want.clone());
    let list = yaml::parse(&ContentPath::new(SEARCH_TESTS), text, 0).0;
    let splice = list.and_then(|list| place(text, &list, &said)).ok_or_else(not_understood)?;
    let text = splice::apply(text, vec![splice]);
    // Read again: it must say what it said before, and the new question.
    let mut after = read(&text);
    let at = after.iter().position(|question| said_by(question) == said).ok_or_else(not_understood)?;
    let line = line_of(&text, &after.remove(at));
    if !after.iter().map(said_by).eq(before.iter().map(said_by)) {
        return Err(not_understood());
    }
    Ok(AddedQuestion { text: format!("{mark}{text}"), line })
}

/// Where in a list the question is inserted, and as what text.
fn place(text: &str, list: &Node, (lang, ask, want): &Said) -> Option<Splice> {
    let want: Vec<Cow<'_, str>> = want.iter().map(|id| yaml::scalar(id).into()).collect();
    let (ask, want, end_of_line) = (yaml::scalar(ask), want.join(", "), line_break(text));
    let in_braces = format!("{{lang: {lang}, ask: {ask}, want: [{want}]}}");
    let items = match &list.value {
        Value::Sequence(items) => items,
        // Nothing but comments.
        Value::Mapping(entries) if entries.is_empty() => {
            let lead = if text.is_empty() || text.ends_with('\n') { "" } else { end_of_line };
            return Some(Splice::new(text.len()..text.len(), format!("{lead}- {in_braces}{end_of_line}")));
        }
        _ => return None,
    };
    let opening = list.span.range().start;
    let is_in_brackets = text[opening..].starts_with('[');
    let is_of_lang = |item: &&Node| item.get("lang").and_then(Node::scalar) == Some(lang.code());
    let Some(near) = items.iter().rev().find(is_of_lang).or(items.last()) else {
        return is_in_brackets.then(|| Splice::new(opening + 1..opening + 1, in_braces));
    };
    let (start, end) = (near.span.range().start, end(text, near));
    let lead = &text[line_start(text, start)..start];
    if is_in_brackets {
        let has_its_line = lead.trim().is_empty();
        let between = if has_its_line { format!(",{end_of_line}{lead}") } else { ", ".to_owned() };
        // A comment after an item stays after it.
        return Some(if has_its_line && text[end..line_end(text, end)].contains('#') {
            Splice::new(start..start, format!("{in_braces}{between}"))
        } else {
            Splice::new(end..end, format!("{between}{in_braces}"))
        });
    }
    let item = if text[start..].starts_with('{') {
        in_braces
    } else {
        let indent = " ".repeat(lead.chars().count());
        format!("lang: {lang}{end_of_line}{indent}ask: {ask}{end_of_line}{indent}want: [{want}]")
    };
    let end = line_end(text, end.saturating_sub(1).max(start));
    let break_before = if text[..end].ends_with('\n') { "" } else { end_of_line };
    Some(Splice::new(end..end, format!("{break_before}{lead}{item}{end_of_line}")))
}

/// Where an item ends, its brace included.
fn end(text: &str, item: &Node) -> usize {
    let span = item.span.range();
    if !text[span.start..].starts_with('{') {
        return span.end;
    }
    let mut at = span.end;
    loop {
        match text[at..].chars().next() {
            Some('}') => return at + 1,
            Some('#') => at = line_end(text, at),
            Some(c) if c.is_whitespace() || c == ',' => at += c.len_utf8(),
            _ => return span.end,
        }
    }
}

fn read(text: &str) -> Vec<Question> {
    let mut sources = Sources::default();
    sources.add_text(ContentPath::new(SEARCH_TESTS), text.as_bytes().to_vec());
    wording::questions(&sources).0
}

fn said_by(question: &Question) -> Said {
    let want = question.want.iter().map(|id| id.text.clone()).collect();
    (question.lang, question.ask.text.clone(), want)
}

/// The line of a question, from 1.
fn line_of(text: &str, question: &Question) -> usize {
    text[..question.ask.span.range().start].matches('\n').count() + 1
}

/// A question regardless of capitals.
fn fold(ask: &str) -> String {
    ask.to_lowercase()
}

fn both(en: &str, fr: &str) -> PerLang<String> {
    PerLang { en: en.to_owned(), fr: fr.to_owned() }
}

fn not_understood() -> PerLang<String> {
    PerLang {
        en: format!("{SEARCH_TESTS} cannot be understood as a list of questions; correct it first"),
        fr: format!("{SEARCH_TESTS} ne peut pas être compris comme une liste de questions; corrigez-le d’abord"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(lang: Lang, ask: &str) -> NewQuestion {
        NewQuestion { lang, ask: ask.to_owned(), want: vec!["laws/act".to_owned()] }
    }

    fn with(present: &str, lang: Lang) -> String {
        add_question(present, &new(lang, "who pays")).unwrap().text
    }

    #[test]
    fn a_question_goes_behind_the_last_one_of_its_language_and_every_other_byte_stays() {
        let present = "\u{feff}# Ours\r\n- {lang: en, ask: one, want: [a]}   # why\r\n# French\r\n- {lang: fr, ask: \"un\", want: [a]}";
        let en = "\u{feff}# Ours\r\n- {lang: en, ask: one, want: [a]}   # why\r\n\
                  - {lang: en, ask: who pays, want: [laws/act]}\r\n# French\r\n- {lang: fr, ask: \"un\", want: [a]}";
        assert_eq!(with(present, Lang::En), en);
        let fr = format!("{present}\r\n- {{lang: fr, ask: who pays, want: [laws/act]}}\r\n");
        assert_eq!(with(present, Lang::Fr), fr);
        let added = add_question(present, &new(Lang::Fr, "who pays")).unwrap();
        assert_eq!(added.line, 5);
    }

    #[test]
    fn it_is_written_as_its_neighbour_is() {
        let block = "- lang: en\n  ask: one\n  want:\n    - a\n    - b  # last\n\n# end\n";
        assert_eq!(
            with(block, Lang::En),
            "- lang: en\n  ask: one\n  want:\n    - a\n    - b  # last\n- lang: en\n  ask: who pays\n  want: [laws/act]\n\n# end\n"
        );
        assert_eq!(
            with("  -   {lang: en, ask: one, want: [a]}\n", Lang::Fr),
            "  -   {lang: en, ask: one, want: [a]}\n  -   {lang: fr, ask: who pays, want: [laws/act]}\n"
        );
        assert_eq!(
            with("[{lang: en, ask: one, want: [a]}, {lang: fr, ask: un, want: [a] }]\n", Lang::En),
            "[{lang: en, ask: one, want: [a]}, {lang: en, ask: who pays, want: [laws/act]}, {lang: fr, ask: un, want: [a] }]\n"
        );
        assert_eq!(
            with("[\n  {lang: en, ask: one, want: [a]}, # mine\n  {lang: fr, ask: un, want: [a]}\n]\n", Lang::En),
            "[\n  {lang: en, ask: who pays, want: [laws/act]},\n  {lang: en, ask: one, want: [a]}, # mine\n  {lang: fr, ask: un, want: [a]}\n]\n"
        );
        assert_eq!(
            with("[\n  {lang: en, ask: one, want: [a]},\n]\n", Lang::Fr),
            "[\n  {lang: en, ask: one, want: [a]},\n  {lang: fr, ask: who pays, want: [laws/act]},\n]\n"
        );
    }

    #[test]
    fn a_file_with_no_question_gets_its_first_one() {
        let item = "- {lang: en, ask: who pays, want: [laws/act]}";
        assert_eq!(with("", Lang::En), format!("{item}\n"));
        assert_eq!(with("\u{feff}", Lang::En), format!("\u{feff}{item}\n"));
        assert_eq!(with("# Ask\r\n# here", Lang::En), format!("# Ask\r\n# here\r\n{item}\r\n"));
        assert_eq!(with("---\n", Lang::En), format!("---\n{item}\n"));
        assert_eq!(with("[] # none\n", Lang::En), "[{lang: en, ask: who pays, want: [laws/act]}] # none\n");
    }

    #[test]
    fn whatever_is_asked_is_read_as_it_was_asked() {
        let present = "- {lang: en, ask: one, want: [a]}\n";
        for ask in [
            "what: is it?",
            "\"five eyes\" [x]",
            "17(1)(b)",
            "#1, or {2}",
            "no",
            "~",
            "l’été – où?",
            "a\\b",
            "- x",
            "2015",
        ] {
            let added = add_question(present, &new(Lang::Fr, ask)).unwrap();
            assert_eq!(read(&added.text)[1].ask.text, ask);
        }
        let spaced = add_question(present, &new(Lang::Fr, "  a\tb\n c\u{7}d ")).unwrap();
        assert_eq!(read(&spaced.text)[1].ask.text, "a b c d");
    }

    #[test]
    fn what_cannot_be_added_is_refused_with_the_reason() {
        let refused = |present: &str, new: &NewQuestion| add_question(present, new).unwrap_err().en;
        let present = "# x\n- {lang: en, ask: Who pays, want: [a]}\n";
        assert!(refused(present, &new(Lang::En, "who  pays ")).contains("on line 2"));
        assert!(add_question(present, &new(Lang::Fr, "who pays")).is_ok());
        assert!(refused(present, &new(Lang::En, " \n")).contains("write a question"));
        let many = NewQuestion { want: vec!["a".to_owned(); 4], ..new(Lang::En, "x") };
        assert!(refused(present, &many).contains("at most 3"));
        assert!(refused(present, &NewQuestion { want: Vec::new(), ..many }).contains("choose"));
        for broken in ["- {lang: en, ask: [", "en: x\n", "{}\n", "~\n", "- a\n...\n- b\n", "- &a {lang: en}\n- *a\n"] {
            let reported = add_question(broken, &new(Lang::En, "x"));
            assert!(
                reported.as_ref().is_err_and(|reported| reported.en.contains("correct it first")),
                "{broken}: {reported:?}"
            );
        }
    }
}
