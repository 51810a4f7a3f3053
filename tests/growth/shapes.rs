//! What the test takes in ever larger numbers, each laid over the minimal site.

use diptych::pairs::confirm::Request;
use diptych::path::ContentPath;
use diptych::source::Sources;
use diptych::workspace::confirm::Which;
use diptych::workspace::{Options, ThemeSources, Workspace};

use crate::sections::sections;

/// Files by their path in the content folder.
pub(crate) type Files = Vec<(String, String)>;

/// Something that a site can have any number of.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    /// The number to begin with.
    pub(crate) size: usize,
    /// Whether all pages and the index are made, which cost much on any site; else only the page that holds the shape.
    pub(crate) whole: bool,
    pub(crate) files: fn(usize) -> Files,
}

impl Shape {
    /// The minimal site as it is.
    pub(crate) const NOTHING: Self = Self { name: "nothing", size: 0, whole: false, files: |_| Vec::new() };
    /// The same with all pages and its index.
    pub(crate) const WHOLE: Self = Self { whole: true, ..Self::NOTHING };
}

macro_rules! shapes {
    ($($name:literal, $size:literal $($index:ident)?, $files:expr;)*) => {
        &[$(Shape { name: $name, size: $size, whole: shapes!(@ $($index)?), files: $files }),*]
    };
    (@ whole) => { true };
    (@) => { false };
}

/// Headings and what leads to them, and what is in lines.
pub(crate) const LINES: &[Shape] = shapes! {
    "headings of one name", 600 whole, |n| page("## A\n\n".repeat(n));
    "headings of one name and their numbers", 200, |n| page(format!("{}{}", "## A\n\n".repeat(n), each(n, |i| format!("## A {i}\n\n"))));
    "headings of one id", 57, |n| page("## A {#a}\n\n".repeat(n));
    "headings and links to them", 300, |n| page(each(n, |i| format!("## H {i}\n\n[x](#h-{i})\n\n")));
    "links to headings of another page", 300, |n| with(page(each(n, |i| format!("[x](pages/b#h-{i})\n\n"))), both("pages/b", |_| each(n, |i| format!("## H {i}\n\n"))));
    "links to headings that are not there", 37, |n| page(each(n, |i| format!("## H {i}\n\n[x](#k-{i})\n\n")));
    "headings that skip a level", 46, |n| page("## A\n\n##### B\n\n".repeat(n));
    "HTML on one line", 25, |n| page("<b>x</b> ".repeat(n));
    "HTML on many lines", 15, |n| page("<b>x</b>\n\n".repeat(n));
    "HTML that never ends", 4000, |n| page("<a ".repeat(n));
    "comments", 2000, |n| page("<!-- x -->\n\n".repeat(n));
    "comments that never end", 4000, |n| page("x <!-- ".repeat(n));
    "emphasis that never ends", 2000, |n| page("*a _b ".repeat(n));
    "strong and plain emphasis mixed", 700, |n| page("**a *b ***c* ".repeat(n));
    "brackets that never close", 20000, |n| page("[".repeat(n));
    "pictures that never close", 5000, |n| page("![a".repeat(n));
    "links without an end", 1000, |n| page("[a](b".repeat(n));
    "links without an end in angles", 2000, |n| page("[a](<b".repeat(n));
    "brackets and parentheses", 1000, |n| page("[](".repeat(n));
    "signs that never close", 400, |n| page(["{{ ", "{%", "{x=", "[[a", "^[a", "](", "]", "] (", ")[", "[a](b", "(http://", "<a b=x", "&a", "@)", "==a", "`a"].map(|sign| sign.repeat(n)).join("\n\n"));
    "scripts", 2000, |n| page(format!("{}\n", "<script></script>".repeat(n)));
    "signs in a title", 2000, |n| vec![("pages/a.en.md".to_owned(), format!("---\ntitle: {}\nsummary: x\n---\n", "<a&b`*".repeat(n)))];
    "round brackets", 40000, |n| page("(".repeat(n));
    "back quotes in growing runs", 2000, |n| page(each(n, |i| format!("{} x ", "`".repeat(i % 60 + 1))));
    "back quotes that never close", 2000, |n| page("a `b ``c ".repeat(n));
    "entities", 700, |n| page("&amp; &#233; &nope; ".repeat(n));
    "escapes", 2000, |n| page("\\[^1] \\* ".repeat(n));
    "links elsewhere", 1000, |n| page(each(n, |i| format!("[a](https://example.org/{i}) ")));
    "addresses in angles", 900, |n| page(each(n, |i| format!("<https://example.org/{i}> ")));
    "bare addresses", 300, |n| page(each(n, |i| format!("https://example.org/{i} a@b.ca www.x.ca ")));
    "named links and their targets", 1000, |n| page(each(n, |i| format!("[a][r{i}] ")) + "\n\n" + &each(n, |i| format!("[r{i}]: https://example.org/{i}\n")));
    "pictures", 1000, |n| with(page("![a](a.png) ".repeat(n)), vec![("pages/a.png".to_owned(), String::new())]);
    "strikes", 1000, |n| page("~~a ~b ".repeat(n));
    "hard line ends", 1000, |n| page("a\\\nb  \n".repeat(n));
    "passages in French", 1000, |n| page("[la sécurité](lang:fr) ".repeat(n));
};

/// Lists, tables and the like, and footnotes.
pub(crate) const BLOCKS: &[Shape] = shapes! {
    "paragraphs", 500, |n| page("A few words.\n\n".repeat(n));
    "long paragraph", 700 whole, |n| page("A few words. ".repeat(n));
    "list", 2000, |n| page("- a\n".repeat(n));
    "lists in lists", 300, |n| page("- a\n  - b\n    - c\n      - d\n\n".repeat(n));
    "list that goes ever deeper", 400, |n| page(each(n, |i| format!("{}- a\n", "  ".repeat(i % 60))));
    "quotes in quotes", 9000, |n| page(format!("{}a", "> ".repeat(n)));
    "quotes in quotes, line by line", 100, |n| page(each(n, |_| format!("{}a\n\n", "> ".repeat(60))));
    "numbered lists", 800, |n| page("1. a\n2) b\n\n".repeat(n));
    "tasks", 1000, |n| page("- [x] a\n".repeat(n));
    "rows of a table", 800, |n| page(format!("| a | b |\n|---|---|\n{}", "| c | 1 |\n".repeat(n)));
    "columns of a table", 2000, |n| page(format!("{}|\n{}|\n{}|\n", "| a ".repeat(n), "|---".repeat(n), "| b ".repeat(n)));
    "tables", 400, |n| page("| a | b |\n|---|---|\n| c | d |\n\n".repeat(n));
    "rows shorter than their table", 300, |n| page(format!("{}|\n{}|\n{}", "| a ".repeat(40), "|---".repeat(40), "| b |\n".repeat(n)));
    "terms", 800, |n| page("a\n: b\n\n".repeat(n));
    "code", 1000, |n| page("```\na\n```\n\n".repeat(n));
    "code that never ends", 7000, |n| page(format!("```\n{}", "a\n".repeat(n)));
    "notes", 800, |n| page("> [!NOTE]\n> a\n\n".repeat(n));
    "rules", 4000, |n| page("***\n\n".repeat(n));
    "footnotes", 400, |n| page(each(n, |i| format!("a[^{i}] ")) + "\n\n" + &each(n, |i| format!("[^{i}]: b\n\n")));
    "references to one footnote", 300, |n| page(format!("{}\n\n[^1]: b\n", "a[^1] ".repeat(n)));
    "footnotes that are not there", 25, |n| page(each(n, |i| format!("a[^{i}] ")));
    "footnotes that never close", 1000, |n| page("a[^b ".repeat(n));
    "footnotes that never close, without a space", 3000, |n| page("[^b".repeat(n));
    "footnotes nobody refers to", 74, |n| page(each(n, |i| format!("[^{i}]: b\n\n")));
};

/// Words, figures and marks, all on one line.
pub(crate) const TYPOGRAPHY: &[Shape] = shapes! {
    "amounts", 31, |n| page("12 345,67 $ ".repeat(n));
    "amounts in the other language", 25, |n| page("$12,345.67 ".repeat(n));
    "figures", 900, |n| page("1 ".repeat(n));
    "sentences on one line", 20000, |n| page("It is so. ".repeat(n));
    "figures in groups of three", 1000, |n| page("123 456 ".repeat(n));
    "characters that nobody sees", 500, |n| page("\u{200d}\u{200b}\u{202e}".repeat(n));
    "brackets behind an address", 4000, |n| page(format!("https://x.y/{}", ")".repeat(n)));
    "hosts that are none", 1000, |n| page("(www.a..".repeat(n));
    "figures joined by full stops", 3000, |n| page("1.".repeat(n));
    "figures joined by hyphens", 2000, |n| page("1-".repeat(n));
    "figures and letters", 2000, |n| page("1a".repeat(n));
    "letters joined by full stops", 2000 whole, |n| page("a.".repeat(n));
    "letters joined by @", 3000, |n| page("a@".repeat(n));
    "one long number", 10000, |n| page("1".repeat(n));
    "one long word", 40000 whole, |n| page("a".repeat(n));
    "spaces", 20000, |n| page(format!("a{}b", " \u{a0}".repeat(n)));
    "times", 18, |n| page("16h30 4:30 pm ".repeat(n));
    "dates", 12, |n| page("juillet 31, 2016 1 décembre July 31, 2016 ".repeat(n));
    "telephone numbers", 200, |n| page("(613) 992-4211 1-800-622-6232 ".repeat(n));
    "ordinals", 26, |n| page("1er 2e XXIe no 5 2ème ".repeat(n));
    "Roman numerals", 40000, |n| page("I".repeat(n));
    "marks that open", 800, |n| page("« “ ‘ \"a ".repeat(n));
    "marks that close", 1000, |n| page("a » ” ’ b\" ".repeat(n));
    "single marks, then double ones", 1000, |n| page("‘a ".repeat(n) + &"\"b ".repeat(n) + &"c» ".repeat(n));
    "marks and dashes", 400, |n| page("a--b ... 'c' d-".repeat(n));
    "accents of their own", 2000, |n| page("e\u{301}\u{302}".repeat(n));
    "spaces without width", 3000, |n| page("a\u{200b}\u{ad}".repeat(n));
    "emphasis and marks", 1000, |n| page("*«* a **:** ".repeat(n));
    "words of the other language", 300, |n| page("la sécurité du public est dans tous les cas. The protection of society is it. ".repeat(n));
    "places to fill", 18, |n| page("[TO FILL: a] ".repeat(n));
    "places to fill that never close", 15, |n| page("[TO FILL: ".repeat(n));
};

/// Differences between the two sides, and since they were confirmed.
pub(crate) const SIDES: &[Shape] = shapes! {
    "unlike numbers", 82, |n| parity(each(n, |i| format!("{} a ", 2 * i + 1)), each(n, |i| format!("{} a ", 2 * i)));
    "unlike numbers in a row", 97, |n| parity(each(n, |i| format!("{}, ", 200_000 + i)), "a ".repeat(n));
    "numbers in words", 48, |n| parity(each(n, |i| format!("{} a ", 201 + i % 99)), "deux cent un deux cents ".repeat(n));
    "unlike dates", 100, |n| parity(each(n, |i| format!("July 1, {} ", 1000 + i % 9000)), "juin ".repeat(n));
    "months and years", 92, |n| parity("24 months ".repeat(n), "trois ans 3 ".repeat(n));
    "unlike references", 75, |n| parity(each(n, |i| format!("section {i} and ")), "cet article ".repeat(n));
    "unlike links", 11, |n| parity("[a](partners/csc) ".repeat(n) + &each(n, |i| format!("[a](partners/x{i}) ")), "[a](partners/csc) ".repeat(n) + &each(n, |i| format!("[a](partners/y{i}) ")));
    "unlike headings", 200, |n| parity("## A\n\n".repeat(n), "## A\n\n### B\n\n".repeat(n));
    "unlike fields", 38, |n| parity_facts(each(n, |i| format!("a{i}: 1\n")), each(n, |i| format!("a{i}: 2\n")));
    "unlike code", 500, |n| parity("`a` b\n\n".repeat(n), "a\n\n".repeat(n));
    "allowances", 64, |n| parity(each(n, |i| format!("<!-- parity-numbers: because -->\n\n## A\n\n{i} x\n\n")), "## A\n\n".repeat(n));
    "allowances of one section", 2000, |n| parity("<!-- parity-numbers: because -->\n\n".repeat(n) + "1", "a");
    "allowances and code", 100, |n| parity("<!-- parity-numbers: because -->\n\n```\na\n```\n\n".repeat(n), "```\na\n```\n\n".repeat(n));
    "allowances that never close", 40000, |n| parity("<!-- parity ".repeat(n) + "-->\n\na", "a");
    "allowances that allow nothing", 80, |n| parity("<!-- parity-nope: because -->\n\na\n\n".repeat(n), "a\n\n".repeat(n));
    "sections that all changed", 19, |n| since(each(n, |i| format!("## A {i}\n\nOne {i}.\n\n")), each(n, |i| format!("## B {i}\n\nTwo {i}.\n\n")));
    "sections the other way round", 58, |n| since(each(n, |i| format!("## A {i}\n\nOne.\n\n")), each(n, |i| format!("## A {}\n\nOne.\n\n", n - i)));
    "sections of one name that changed", 300, |n| since("## A\n\nOne.\n\n".repeat(n), each(n, |i| format!("## A\n\nTwo {i}.\n\n")));
    "sections that are half alike", 30, |n| since(each(n, |i| format!("## A {i}\n\nOne {i}.\n\nTwo.\n\nThree.\n\n")), each(n, |i| format!("## B {i}\n\nOne {i} x.\n\nTwo.\n\nThree.\n\n")));
    "sections that are gone", 100, |n| since(each(n, |i| format!("## A {i}\n\nOne.\n\n")), "a");
    "paragraphs that all changed", 93, |n| since(each(n, |i| format!("One {}.\n\n", letters(i))), each(n, |i| format!("Two {}.\n\n", letters(i))));
    "paragraphs the other way round", 97, |n| since(each(n, |i| format!("One {}.\n\n", letters(i))), each(n, |i| format!("One {}.\n\n", letters(n - i))));
    "paragraphs with other numbers", 200, |n| since(each(n, |i| format!("One {i}.\n\n")), each(n, |i| format!("One {}.\n\n", i + 1)));
    "paragraphs with one mended word", 6, |n| since(each(n, |i| format!("## A {i}\n\nThe agrement {i} holds.\n\n")), each(n, |i| format!("## A {i}\n\nThe agreement {i} holds.\n\n")));
    "long word that changed", 20000, |n| since(format!("One {}b.", "a".repeat(n)), format!("One {}c.", "a".repeat(n)));
};

/// Facts, front matter and other YAML.
pub(crate) const FACTS: &[Shape] = shapes! {
    "facts that no type has", 71, |n| facts(each(n, |i| format!("field_{i}: 1\n")));
    "fields of a type and their facts", 200 whole, |n| fields(n, |_| "kind: text".to_owned(), |i| format!("v{i}"));
    "fields that are required and missing", 100, |n| with(fields(n, |_| "kind: text, required: true".to_owned(), |i| format!("v{i}")), facts("signed_on: 2015-06-30\n".to_owned()));
    "fields with a misspelt name", 48, |n| with(fields(n, |_| "kind: text".to_owned(), |i| format!("v{i}")), facts(each(n, |i| format!("fold_{i}: v\n"))));
    "fields that narrow lists down", 700 whole, |n| fields(n, |_| "kind: boolean, facet: true".to_owned(), |_| "true".to_owned());
    "fields in the words", 96 whole, |n| with(fields(n, |_| "kind: text, localized: true".to_owned(), |i| format!("v{i}")), fronts(each(n, |i| format!("field_{i}: v\n"))));
    "choices and those that are there", 200 whole, |n| choices(n, |i| format!("c{i}"));
    "choices and those that are not", 75, |n| choices(n, |i| format!("k{i}"));
    "values of one fact", 57 whole, |n| facts(format!("parties: [{}csc]\n", "manitoba, ".repeat(n)));
    "groups", 75 whole, |n| facts(format!("parties: [csc]\nsteps:\n{}", "  - office: csc\n".repeat(n)));
    "groups with an unknown field", 85, |n| facts(format!("parties: [csc]\nsteps:\n{}", each(n, |i| format!("  - {{office: csc, rule{i}: x}}\n"))));
    "keys that stand twice", 88, |n| facts("signed_on: 2015-06-30\n".repeat(n));
    "front matter nobody knows", 57, |n| fronts(each(n, |i| format!("kayword{i}: v\n")));
    "keywords", 1000 whole, |n| fronts(format!("keywords: [{}]\n", each(n, |i| format!("word {i}, "))));
    "old addresses", 100 whole, |n| fronts(format!("aliases: [{}]\n", each(n, |i| format!("/old/{i}/, "))));
    "old addresses that are no good", 54, |n| fronts(format!("aliases: [{}]\n", each(n, |i| format!("/old/{i}?/, "))));
    "long title", 800, |n| vec![("pages/a.en.md".to_owned(), format!("---\ntitle: {}\nsummary: x\n---\n", "word ".repeat(n)))];
    "long value on many lines", 8000, |n| facts(format!("number: >\n{}", "  AB-12\n".repeat(n)));
    "long value between quotes", 30000, |n| facts(format!("number: \"{}\"\n", "a\\n".repeat(n)));
    "comments in YAML", 10000, |n| facts("# a comment\n".repeat(n) + "parties: [csc]\n");
    "YAML that goes ever deeper", 500_000, |n| facts("[".repeat(n));
    "YAML in brackets", 900, |n| facts(format!("parties: [{}\n", "{a: b}, ".repeat(n)));
    "YAML that breaks at its end", 20000, |n| facts(format!("parties: [csc]\n{}: [", "# [\n".repeat(n)));
    "places to fill in facts", 100, |n| facts("# [TO FILL: \n".repeat(n) + "parties: [csc]\n");
};

/// Records, types and assets.
pub(crate) const FILES: &[Shape] = shapes! {
    "records", 4 whole, |n| records(n, |_, _| String::new());
    "records of one title", 47, |n| (0..n).flat_map(|i| ["en", "fr"].map(|lang| (format!("partners/p{i}.{lang}.md"), words("One", "")))).collect();
    "records that refer to one", 64 whole, |n| records(n, |i, lang| format!("[](partners/csc) [](agreements/{lang}{i})")).into_iter().filter(|(path, _)| !path.ends_with("fr.md") || n > 0).collect();
    "facts that refer to one", 4 whole, |n| with(records(n, |_, _| String::new()), (0..n).map(|i| (format!("agreements/r{i}.yaml"), format!("parties: [csc, manitoba]\nexpires_on: 2026-0{}-01\n", i % 9 + 1))).collect());
    "facts that refer to what is not there", 62, |n| with(records(n, |_, _| String::new()), (0..n).map(|i| (format!("agreements/r{i}.yaml"), format!("parties: [partnr-{i}]\nowner: agreemnts/s{i}\n"))).collect());
    "values that narrow a list down", 4 whole, |n| with(records(n, |_, _| String::new()), (0..n).flat_map(|i| with(partner(i), vec![(format!("agreements/r{i}.yaml"), format!("parties: [p{i}]\n"))])).collect());
    "records that mention one another", 4 whole, |n| records(n, |i, _| format!("[](agreements/r{}) [](agreements/r0)", (i + 1) % n)).into_iter().collect();
    "free pages", 4 whole, |n| (0..n).flat_map(|i| ["en", "fr"].map(|lang| (format!("pages/p{i}.{lang}.md"), words(&format!("Page {i}"), "a")))).collect();
    "drafts", 82, |n| with(records(n, |_, _| String::new()), (0..n).map(|i| (format!("agreements/r{i}.yaml"), "state: draft\n".to_owned())).collect());
    "links to pages that are not there", 128, |n| with((0..n).flat_map(partner).collect(), page(each(n, |i| format!("[a](partnrs/{i}q) "))));
    "links to one page that is not there", 128, |n| with((0..n).flat_map(partner).collect(), page("[a](partnrs/p1q) ".repeat(n)));
    "files that nobody uses", 200, |n| (0..n).map(|i| (format!("pages/f{i}.pdf"), String::new())).collect();
    "files and links to others", 16, |n| with(page(each(n, |i| format!("[a](g{i}.pdf) "))), (0..n).map(|i| (format!("pages/f{i}.pdf"), String::new())).collect());
    "types", 4 whole, |n| types(n);
    "types and records of none", 48, |n| with(types(n), (0..n).map(|i| (format!("x{i}/a.en.md"), words("A", "a"))).collect());
    "types that refer to types that are not there", 60, |n| types_to(n);
    "pages in one language", 100, |n| (0..n).map(|i| (format!("partners/p{i}.en.md"), words(&format!("P {i}"), "a"))).collect();
    "settings that mean nothing", 100, |n| vec![("site.yaml".to_owned(), minimal()[0].1.clone() + &each(n, |i| format!("thema{i}: x\n")))];
};

/// The files of the minimal site, by their path in the content folder, with every page as Markdown too.
pub(crate) fn minimal() -> Files {
    let files = sections(include_str!("../suite/minimal.txt")).1.into_iter();
    let mut files: Files =
        files.map(|(path, text)| (path.strip_prefix("content/").unwrap().to_owned(), text)).collect();
    files[0].1.push_str("markdown_pages: true\n");
    files
}

/// The parts of a text, one for each number.
fn each(n: usize, part: impl Fn(usize) -> String) -> String {
    (0..n).map(part).collect()
}

/// A number in letters: a word like any other.
fn letters(mut n: usize) -> String {
    let mut word = String::from("w");
    while n > 0 {
        word.push(char::from(b'a' + u8::try_from(n % 26).unwrap()));
        n /= 26;
    }
    word
}

fn with(mut files: Files, more: Files) -> Files {
    files.extend(more);
    files
}

fn words(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\nsummary: What stands here.\n---\n{body}\n")
}

/// A pair of pages.
fn both(id: &str, body: impl Fn(&str) -> String) -> Files {
    let title = id.rsplit('/').next().unwrap();
    ["en", "fr"].map(|lang| (format!("{id}.{lang}.md"), words(title, &body(lang)))).to_vec()
}

/// A page that says the same in both languages.
fn page(body: impl AsRef<str>) -> Files {
    both("pages/long", |_| body.as_ref().to_owned())
}

/// A pair whose sides are compared.
fn parity(en: impl AsRef<str>, fr: impl AsRef<str>) -> Files {
    let site = minimal()[0].1.replace("parity: allow", "parity: warning");
    let pages = both("pages/long", |lang| if lang == "en" { en.as_ref().to_owned() } else { fr.as_ref().to_owned() });
    with(pages, vec![("site.yaml".to_owned(), site)])
}

fn parity_facts(en: String, fr: String) -> Files {
    let mut files = parity("", "");
    for (path, more) in [("pages/long.en.md", en), ("pages/long.fr.md", fr)] {
        files.push((path.to_owned(), format!("---\ntitle: A\nsummary: b\n{more}---\n")));
    }
    files
}

/// A page that said something else when it was confirmed.
fn since(old: impl AsRef<str>, new: impl AsRef<str>) -> Files {
    let confirmed = with(minimal(), page(old));
    let (sources, _) =
        Sources::from_files(confirmed.into_iter().map(|(path, text)| (ContentPath::new(path), text.into_bytes())));
    let workspace = Workspace::open(Options::default(), sources, [], ThemeSources::default(), &mut |_| ());
    let request = Request { even_so: true, ..Request::default() };
    let lock = workspace.confirm(&Which::All, &request).unwrap().lock;
    with(page(new), vec![("pairs.lock".to_owned(), lock.write())])
}

/// The facts of an agreement.
fn facts(yaml: String) -> Files {
    vec![("agreements/exchange-of-service.yaml".to_owned(), yaml)]
}

/// More front matter for both sides of an agreement.
fn fronts(yaml: impl AsRef<str>) -> Files {
    let side = |lang| {
        (
            format!("agreements/exchange-of-service.{lang}.md"),
            format!(
                "---\ntitle: A {lang}\nsummary: b\n{}---\n",
                yaml.as_ref().replace("/old/", &format!("/old-{lang}/"))
            ),
        )
    };
    ["en", "fr"].map(side).to_vec()
}

/// A type with many fields, and a record that has them all.
fn fields(n: usize, kind: impl Fn(usize) -> String, value: impl Fn(usize) -> String) -> Files {
    let fields = each(n, |i| format!("  field_{i}: {{{}, label: {{en: Field {i}, fr: Champ {i}}}}}\n", kind(i)));
    with(kind_of(&fields), facts(each(n, |i| format!("field_{i}: {}\n", value(i)))))
}

fn kind_of(fields: &str) -> Files {
    let agreement = "type: agreement\nfolder: agreements\nname: {en: Agreement, fr: Entente}\nplural: {en: Agreements, fr: Ententes}\nslug: {en: agreements, fr: ententes}\nfields:\n  signed_on: {kind: date, label: {en: Signed on, fr: Signature}}\n";
    vec![("types/agreement.yaml".to_owned(), format!("{agreement}{fields}"))]
}

fn choices(n: usize, written: impl Fn(usize) -> String) -> Files {
    let choices = each(n, |i| format!("      c{i}: {{en: Choice {i}, fr: Choix {i}}}\n"));
    let field = format!(
        "  kinds:\n    kind: choice\n    many: true\n    label: {{en: Kind, fr: Nature}}\n    choices:\n{choices}"
    );
    with(kind_of(&field), facts(format!("kinds: [{}]\n", each(n, |i| format!("{}, ", written(i))))))
}

/// Agreements without facts that need any.
fn records(n: usize, body: impl Fn(usize, &str) -> String) -> Files {
    let mut files =
        vec![("types/agreement.yaml".to_owned(), minimal()[1].1.replace("    required: true\n    facet", "    facet"))];
    for i in 0..n {
        files.extend(
            ["en", "fr"]
                .map(|lang| (format!("agreements/r{i}.{lang}.md"), words(&format!("Agreement {i}"), &body(i, lang)))),
        );
    }
    files
}

fn partner(i: usize) -> Files {
    ["en", "fr"].map(|lang| (format!("partners/p{i}.{lang}.md"), words(&format!("Partner {i}"), "a"))).to_vec()
}

fn types(n: usize) -> Files {
    (0..n).flat_map(|i| {
        let kind = format!("type: t{i}\nfolder: f{i}\nname: {{en: T {i}, fr: T {i}}}\nplural: {{en: T {i}, fr: T {i}}}\nslug: {{en: t{i}, fr: t{i}}}\nfields:\n  to: {{kind: reference, to: [t{}], label: {{en: To, fr: À}}}}\n", (i + 1) % n);
        let mut files = vec![(format!("types/t{i}.yaml"), kind), (format!("f{i}/a.yaml"), "to: a\n".to_owned())];
        files.extend(["en", "fr"].map(|lang| (format!("f{i}/a.{lang}.md"), words("A", "a"))));
        files
    }).collect()
}

fn types_to(n: usize) -> Files {
    let mut files = types(n);
    let fields = each(n, |i| format!("  to_{i}: {{kind: reference, to: [tt{i}], label: {{en: To {i}, fr: À {i}}}}}\n"));
    files.extend(kind_of(&fields));
    files
}
