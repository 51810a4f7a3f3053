//! What comes back: [`Answer`], and its JSON, the same for the command line and the browser.

use std::fmt::Write;

#[cfg(not(target_arch = "wasm32"))]
use super::layout::Field;
use crate::lang::Lang;

/// An answer to a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// The language of the index that answered.
    pub lang: Option<Lang>,
    /// Pages that have every word.
    pub total: usize,
    /// Pages after them, that have only some.
    pub partial: usize,
    /// Those that were asked for, best first.
    pub results: Vec<SearchResult>,
    /// What the pages found can be narrowed by.
    pub filters: Vec<FilterCounts>,
    /// The question as it was understood, if a word had to be corrected.
    pub corrected: Option<String>,
    /// Words that no page has, nor another word for them.
    pub missing: Vec<String>,
    /// Words that no page has as they were typed.
    pub unknown: Vec<String>,
}

/// A page that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchResult {
    /// The record's id.
    pub id: String,
    /// The page's address from the site's root.
    pub url: String,
    /// The record's type.
    pub kind: String,
    /// The page's title.
    pub title: String,
    /// The passage that matches: HTML with no element but `<mark>`.
    pub excerpt: String,
    /// The section that matches best, unless the page as a whole does.
    pub section: Option<ResultSection>,
    /// How well it matches; comparable within one answer only.
    pub score: f32,
    /// The page's language.
    pub lang: Lang,
    /// What is worth saying of its state, and when it last changed, as readers write it; may be empty.
    pub status: String,
    /// See `status`.
    pub date: String,
    /// Why it was found, where its words do not show it.
    pub why: Option<Why>,
    /// Address and title of the same page in the other language.
    pub twin: Option<(String, String)>,
    /// Why it is where it is, if that was asked.
    pub explanation: Option<Explanation>,
}

/// Why a page was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// By what.
    pub by: By,
    /// What was asked for: a word, or the whole question.
    pub word: String,
    /// What the page has instead, or what it is called.
    pub text: String,
}

/// By what a page was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The question is its title.
    Title,
    /// The question is one of its keywords: it is also called that.
    Keyword,
    /// The site says that two words mean the same.
    Synonym,
    /// The other language's word for it was asked for.
    Translation,
}

/// The section of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultSection {
    /// Its id on the page.
    pub anchor: Option<String>,
    /// Its heading.
    pub heading: String,
}

/// Why a result is where it is. What only people who look after a site read is told natively alone: a visitor's
/// browser need not carry it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explanation {
    /// Each word of the question that the page has.
    pub words: Vec<FoundWord>,
    /// The part of the question, weighed by rarity, that the page holds.
    pub coverage: f32,
    /// What words that are in one section add.
    pub section: f32,
    /// What the title adds.
    pub title: f32,
    /// What reading the page adds: words side by side, a title, heading or keyword that is the question.
    #[cfg(not(target_arch = "wasm32"))]
    pub reading: f32,
    /// Words of the question that the page lacks.
    #[cfg(not(target_arch = "wasm32"))]
    pub lacks: Vec<String>,
}

/// A word of a question as a page has it.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundWord {
    /// As it was asked for.
    pub word: String,
    /// The form in which it was found.
    pub found: String,
    /// What it adds.
    pub score: f32,
    /// Why the word found may be meant.
    #[cfg(not(target_arch = "wasm32"))]
    pub origin: Origin,
    /// Where on the page it is.
    #[cfg(not(target_arch = "wasm32"))]
    pub fields: Vec<Field>,
}

/// Why a word of the index may be meant by one of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is that word, or begins like it.
    Word,
    /// It is written nearly like it.
    Spelling,
    /// The site says that both mean the same.
    Synonym,
    /// It is what the other language's word is called here.
    Translation,
}

/// A filter with the number of pages for each value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterCounts {
    /// `type`, or the name of the field.
    pub name: String,
    /// What readers call it.
    pub label: String,
    /// Values with pages, in the order of the index.
    pub values: Vec<ValueCount>,
}

/// A value of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueCount {
    /// Its key.
    pub key: String,
    /// What readers call it.
    pub label: String,
    /// Pages that choosing it would show.
    pub count: usize,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Answer {
    /// The answer as JSON, as `search.js` hands it on.
    pub fn to_json(&self) -> String {
        let mut json = Json(String::with_capacity(4096));
        json.object(|json| {
            json.key("total").number(self.total);
            json.key("partial").number(self.partial);
            json.key("results").array(&self.results, SearchResult::write);
            json.key("filters").array(&self.filters, FilterCounts::write);
            json.key("corrected").maybe(self.corrected.as_deref(), Json::text);
            json.key("missing").array(&self.missing, |word, json| json.text(word));
            json.key("unknown").array(&self.unknown, |word, json| json.text(word));
        });
        json.0
    }
}

impl SearchResult {
    fn write(&self, json: &mut Json) {
        json.object(|json| {
            json.key("id").text(&self.id);
            json.key("url").text(&self.url);
            json.key("title").text(&self.title);
            json.key("type").text(&self.kind);
            json.key("excerpt").text(&self.excerpt);
            json.key("section").maybe(self.section.as_ref(), |json, section| {
                json.object(|json| {
                    json.key("anchor").maybe(section.anchor.as_deref(), Json::text);
                    json.key("heading").text(&section.heading);
                });
            });
            json.key("score").thousandths(self.score);
            json.key("lang").text(self.lang.code());
            json.key("status").text(&self.status);
            json.key("date").text(&self.date);
            json.key("why").maybe(self.why.as_ref(), |json, why| {
                json.object(|json| {
                    json.key("by").text(why.by.name());
                    json.key("word").text(&why.word);
                    json.key("text").text(&why.text);
                });
            });
            json.key("twin").maybe(self.twin.as_ref(), |json, (url, title)| {
                json.object(|json| {
                    json.key("url").text(url);
                    json.key("title").text(title);
                });
            });
            if let Some(explanation) = &self.explanation {
                json.key("explanation");
                explanation.write(json);
            }
        });
    }
}

impl By {
    fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Keyword => "keyword",
            Self::Synonym => "synonym",
            Self::Translation => "translation",
        }
    }
}

impl Explanation {
    fn write(&self, json: &mut Json) {
        json.object(|json| {
            json.key("words").array(&self.words, FoundWord::write);
            json.key("coverage").thousandths(self.coverage);
            json.key("section").thousandths(self.section);
            json.key("title").thousandths(self.title);
            #[cfg(not(target_arch = "wasm32"))]
            {
                json.key("reading").thousandths(self.reading);
                json.key("lacks").array(&self.lacks, |word, json| json.text(word));
            }
        });
    }
}

impl FoundWord {
    fn write(&self, json: &mut Json) {
        json.object(|json| {
            json.key("word").text(&self.word);
            json.key("found").text(&self.found);
            json.key("score").thousandths(self.score);
            #[cfg(not(target_arch = "wasm32"))]
            {
                json.key("by").text(self.origin.name());
                json.key("in").array(&self.fields, |field, json| json.text(field.name()));
            }
        });
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Origin {
    fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Spelling => "spelling",
            Self::Synonym => "synonym",
            Self::Translation => "translation",
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Field {
    fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Keywords => "keywords",
            Self::Summary => "summary",
            Self::Heading => "heading",
            Self::Body => "text",
        }
    }
}

impl FilterCounts {
    fn write(&self, json: &mut Json) {
        json.object(|json| {
            json.key("name").text(&self.name);
            json.key("label").text(&self.label);
            json.key("values").array(&self.values, |value, json| {
                json.object(|json| {
                    json.key("key").text(&value.key);
                    json.key("label").text(&value.label);
                    json.key("count").number(value.count);
                    json.key("chosen").raw(if value.chosen { "true" } else { "false" });
                });
            });
        });
    }
}

/// Writes JSON. A derived serializer would cost the browser four times as many bytes.
struct Json(String);

impl Json {
    fn object(&mut self, write: impl FnOnce(&mut Self)) {
        self.0.push('{');
        write(self);
        self.0.push('}');
    }

    fn array<T>(&mut self, items: &[T], mut write: impl FnMut(&T, &mut Self)) {
        self.0.push('[');
        for (nth, item) in items.iter().enumerate() {
            if nth > 0 {
                self.0.push(',');
            }
            write(item, self);
        }
        self.0.push(']');
    }

    fn key(&mut self, key: &str) -> &mut Self {
        if !self.0.ends_with('{') {
            self.0.push(',');
        }
        self.text(key);
        self.0.push(':');
        self
    }

    fn maybe<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        match value {
            Some(value) => write(self, value),
            None => self.raw("null"),
        }
    }

    fn raw(&mut self, json: &str) {
        self.0.push_str(json);
    }

    fn number(&mut self, number: usize) {
        // Writing to a string does not fail.
        let _ = write!(self.0, "{number}");
    }

    fn thousandths(&mut self, number: f32) {
        let all = (number.max(0.0) * 1000.0 + 0.5) as usize;
        let _ = write!(self.0, "{}.{:03}", all / 1000, all % 1000);
    }

    fn text(&mut self, text: &str) {
        self.0.push('"');
        for c in text.chars() {
            match c {
                '"' => self.raw("\\\""),
                '\\' => self.raw("\\\\"),
                '\n' => self.raw("\\n"),
                _ if c < ' ' => self.raw(" "),
                _ => self.0.push(c),
            }
        }
        self.0.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_escapes_what_would_end_a_string() {
        let mut json = Json(String::new());
        json.text("a \"b\" \\ \n \u{1} é");
        assert_eq!(json.0, r#""a \"b\" \\ \n   é""#);
    }

    #[test]
    fn an_empty_answer_is_whole_json() {
        let json = Answer::default().to_json();
        assert_eq!(
            json,
            r#"{"total":0,"partial":0,"results":[],"filters":[],"corrected":null,"missing":[],"unknown":[]}"#
        );
    }
}
