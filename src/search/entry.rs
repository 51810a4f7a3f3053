//! What the index knows of one page in one language: [`Entry`].

/// One page in one language.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// The record's id, `agreements/exchange-of-service`; the same in both languages.
    pub id: String,
    /// The page's address from the site's root, without a leading slash: `en/agreements/exchange-of-service/`.
    pub url: String,
    /// The record's type: `agreement`. Its label is in the [`Filter`] named `type`.
    pub kind: String,
    /// The page's title.
    pub title: String,
    /// One sentence about the page.
    pub summary: String,
    /// Synonyms, acronyms, the short title.
    pub keywords: Vec<String>,
    /// Whether it is a page of the other language that has no side in this one. Its words are the other language's.
    pub foreign: bool,
    /// What it is worth saying of its state: `In force`. May be empty.
    pub status: String,
    /// When it last changed, as readers write a date. May be empty.
    pub date: String,
    /// Words under which it is found and that no reader sees.
    pub hidden: Vec<String>,
    /// Field name and the keys of its choices or the ids of its records.
    pub facets: Vec<(String, Vec<String>)>,
    /// In page order; the first may have no heading.
    pub sections: Vec<Section>,
    /// The same page in the other language.
    pub twin: Option<Twin>,
}

/// A heading and the text under it, down to the next heading.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// The heading's id on the page.
    pub anchor: Option<String>,
    /// The heading, as plain text.
    pub heading: String,
    /// The text, plain, as a reader sees it.
    pub text: String,
}

/// Stands in a text between two parts of which the first ends like no sentence, such as facts and items of a list. It is no
/// word, and found by none.
pub const PART: &str = " ·\n";

/// The type of a page that leads to others: a list, what changed, A to Z.
pub const OVERVIEW: &str = "list";

/// A page's other panel.
#[derive(Clone, Debug, Default)]
pub struct Twin {
    /// Its address from the site's root.
    pub url: String,
    /// Its title.
    pub title: String,
}

/// What results can be narrowed by: the type, or one facet.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// `type`, or the name of the field.
    pub name: String,
    /// What readers call it, in the language of the index.
    pub label: String,
    /// Each value's key and label, in the order in which they are offered.
    pub values: Vec<(String, String)>,
}
