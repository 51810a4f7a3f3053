//! Reads what the site says about its search: `words.yaml`, words that mean the same, and `search-tests.yaml`, questions
//! with the pages that must answer them.

use super::reader::Reader;
use crate::diagnostic::{Diagnostics, Span, catalog};
use crate::lang::{Lang, PerLang};
use crate::layout::{SEARCH_TESTS, WORDS};
use crate::path::ContentPath;
use crate::source::Sources;
use crate::yaml::{self, Node};

/// A word or phrase and what else it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synonym {
    /// What a reader may search for.
    pub say: Written,
    /// What pages may say instead.
    pub also: Vec<Written>,
    /// Whether a search for `say` finds the others, but not the other way round.
    pub one_way: bool,
}

/// A question and the pages that must come first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The language that it is asked in.
    pub lang: Lang,
    /// What is asked.
    pub ask: Written,
    /// The ids of the pages.
    pub want: Vec<Written>,
}

/// A text and where it is in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The text.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// What an entry of `words.yaml` can say.
pub(super) const SYNONYM_KEYS: [&str; 3] = ["say", "also", "one_way"];

/// What an entry of `search-tests.yaml` can say.
pub(super) const QUESTION_KEYS: [&str; 3] = ["lang", "ask", "want"];

/// Reads the synonyms of each language.
pub fn synonyms(sources: &Sources) -> (PerLang<Vec<Synonym>>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let Some((file, node)) = parsed(WORDS, sources, &mut diagnostics) else {
        return (PerLang::default(), diagnostics);
    };
    let mut reader = Reader::new(&file);
    let entries = reader.mapping(&node);
    reader.known_keys(entries, &Lang::BOTH.map(Lang::code));
    let of_lang = |lang: Lang| {
        let items = node.get(lang.code()).map_or(&[][..], Node::items);
        if let Some(word) = items.iter().find(|item| item.scalar().is_some()) {
            let place = reader.place(word.span);
            reader.report(catalog::synonyms_without_names(place));
        }
        items.iter().filter(|item| item.scalar().is_none()).flat_map(|item| synonyms_of(&mut reader, item)).collect()
    };
    let synonyms = PerLang::from_fn(of_lang);
    diagnostics.extend(reader.diagnostics);
    (synonyms, diagnostics)
}

/// An entry: one word, or a group of words that share what else they are called.
fn synonyms_of(reader: &mut Reader<'_>, node: &Node) -> Vec<Synonym> {
    let entries = reader.mapping(node);
    reader.known_keys(entries, &SYNONYM_KEYS);
    let [say, also] =
        ["say", "also"].map(|name| reader.required(node, name).map_or_else(Vec::new, |node| all_written(reader, node)));
    let one_way = node.get("one_way").and_then(|node| reader.boolean(node)).unwrap_or(false);
    say.into_iter().map(|say| Synonym { say, also: also.clone(), one_way }).collect()
}

/// Reads the questions.
pub fn questions(sources: &Sources) -> (Vec<Question>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let Some((file, node)) = parsed(SEARCH_TESTS, sources, &mut diagnostics) else {
        return (Vec::new(), diagnostics);
    };
    let mut reader = Reader::new(&file);
    let questions = node.items().iter().filter_map(|item| question(&mut reader, item)).collect();
    diagnostics.extend(reader.diagnostics);
    (questions, diagnostics)
}

fn question(reader: &mut Reader<'_>, node: &Node) -> Option<Question> {
    let entries = reader.mapping(node);
    reader.known_keys(entries, &QUESTION_KEYS);
    let lang = reader.required(node, "lang").and_then(|node| {
        let lang = node.scalar().and_then(|code| code.parse().ok());
        if lang.is_none() {
            let place = reader.place(node.span);
            reader.report(catalog::search_test_language(place));
        }
        lang
    });
    let ask = reader.required(node, "ask").and_then(|node| written(reader, node));
    let want = reader.required(node, "want").map_or_else(Vec::new, |node| all_written(reader, node));
    Some(Question { lang: lang?, ask: ask?, want })
}

fn parsed(name: &str, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<(ContentPath, Node)> {
    let file = ContentPath::new(name);
    let node = diagnostics.absorb(yaml::parse(&file, sources.text(&file)?, 0))?;
    Some((file, node))
}

fn written(reader: &mut Reader<'_>, node: &Node) -> Option<Written> {
    Some(Written { text: reader.text(node)?, span: node.span })
}

fn all_written(reader: &mut Reader<'_>, node: &Node) -> Vec<Written> {
    node.items().iter().filter_map(|node| written(reader, node)).collect()
}
