//! The rules of the house (`.github/CONTRIBUTING.md`), as far as a program can watch over them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Lines that a file may have; a test may have more, since it is read case by case.
const LONGEST: usize = 500;

/// Uses of a room that is further down in `src/lib.rs`, each with its reason.
const UPWARD: [(&str, &str, &str); 3] = [
    ("diagnostic", "check", "messages name the rules of a pair"),
    ("diagnostic", "pairs", "messages name what changed in a pair"),
    ("diagnostic", "schema", "messages name the kinds of fields"),
];

/// Libraries that more than one room uses, each with its reason. Every other one has an owner.
const SHARED: [(&str, &str); 18] = [
    ("flate2", "packs of the index and of confirmed words, and compressed siblings in the output"),
    ("getrandom", "the secrets of the preview; an older version satisfies the linker of the engine"),
    ("include_dir", "the default theme in the library; the starter and the manual in the binary"),
    ("jiff", "dates, and the day it is on this machine"),
    ("percent_encoding", "addresses are encoded where they are written and decoded where they are read"),
    ("pulldown_cmark", "reads the Markdown of a site, and that of old ones as HTML"),
    ("rayon", "a map over pages, whose results keep their order"),
    ("regex", "patterns of the record types, of typography, and of what other tools write"),
    ("rustix", "opens what is in a folder and nothing else, and puts a site in its place in one step"),
    ("serde", "derives what boundary types write and read"),
    ("serde_json", "what other programs read: messages, answers, structured data"),
    (
        "serde_yaml",
        "reads what needs no places: themes, the list of confirmed pairs, old sites, help; writes what is imported",
    ),
    ("sha2", "files that never change under their name hold a digest in it"),
    ("similar", "compares versions of a page, and shows what a change does to a file"),
    ("tantivy", "its errors pass through the output"),
    ("tempfile", "files that take their place in one step, and a repository without settings"),
    ("unicode_normalization", "words of the search, and names that some systems take for one"),
    ("zip", "packs a site for whoever hosts it, and documents for translators"),
];

#[test]
fn every_file_opens_with_what_it_is() {
    let opening = |path: &str| match path.rsplit('.').next() {
        Some("rs") => Some("//! "),
        Some("html") => Some("{#"),
        Some("css" | "c") => Some("/*"),
        Some("js" | "mjs") => Some("//"),
        Some("sh" | "py") => Some("#!"),
        _ if path.starts_with(".ci/") || path == "tests/run" => Some("#!"),
        _ => None,
    };
    for (path, text) in texts(&["src", "tests", "themes", ".ci"]) {
        // The style of a component is described where its template is.
        let Some(opening) = opening(&path).filter(|_| !(path.ends_with(".css") && path.contains("/components/")))
        else {
            continue;
        };
        assert!(text.starts_with(opening), "{path} opens with “{opening}” and a sentence that says what it owns");
        if opening == "#!" {
            let says = |line: &str| line.starts_with("# ") || line.starts_with("\"\"\"");
            assert!(text.lines().nth(1).is_some_and(says), "{path} says what it does");
        }
    }
}

#[test]
fn nothing_is_left_for_later() {
    let forbidden =
        ["todo!(", "unimplemented!(", "dbg!(", "FIXME", "TODO", "XXX", "#[allow(", "#![allow(", "#[ignore]"];
    for (path, text) in texts(&["src", "tests", "themes", ".ci"]).filter(|(path, _)| !path.ends_with("tidy.rs")) {
        for word in forbidden {
            assert!(!text.contains(word), "{path} has {word}");
        }
    }
}

#[test]
fn no_file_names_the_machine_it_was_written_on() {
    let paths = ["/work/", "/tmp/", "/root/", "/home/", "127.0.0.1:8", "localhost:8"];
    for (path, text) in texts(&[
        "src",
        "tests",
        "themes",
        "content",
        ".ci",
        ".cargo",
        ".github",
        "README.md",
        "Cargo.toml",
        "Cargo.lock",
    ])
    .filter(|(path, _)| !path.ends_with("tidy.rs"))
    {
        for name in paths {
            assert!(!text.contains(name), "{path} names {name}");
        }
    }
    let lock = fs::read_to_string(Path::new(ROOT).join("Cargo.lock")).unwrap();
    for source in lock.lines().filter(|line| line.starts_with("source")) {
        assert!(source.contains("github.com/rust-lang/crates.io-index"), "{source}");
    }
}

#[test]
fn no_file_is_too_long_to_read() {
    for (path, text) in texts(&["src"]).filter(|(path, _)| path.ends_with(".rs") && !path.ends_with("tests.rs")) {
        let lines = text.split("#[cfg(test)]\nmod tests {").next().unwrap().lines().count();
        assert!(lines <= LONGEST, "{path} has {lines} lines; split it by noun");
    }
}

#[test]
fn rooms_use_only_rooms_above_them() {
    let lib = fs::read_to_string(Path::new(ROOT).join("src/lib.rs")).unwrap();
    let rooms: Vec<&str> = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert!(rooms.len() > 10, "src/lib.rs names the rooms: {rooms:?}");
    let rank = |room: &str| rooms.iter().position(|other| *other == room);
    let mut unused: BTreeSet<(&str, &str)> = UPWARD.iter().map(|(from, to, _)| (*from, *to)).collect();
    for (path, text) in rust_code() {
        let Some(own) = rank(room(&path)) else { continue };
        for used in text.split("crate::").skip(1) {
            let used = used.split(|c: char| !c.is_ascii_lowercase() && c != '_').next().unwrap();
            let Some(other) = rank(used).filter(|other| *other > own) else { continue };
            unused.remove(&(rooms[own], rooms[other]));
            let known = UPWARD.iter().any(|(from, to, _)| (*from, *to) == (rooms[own], rooms[other]));
            assert!(known, "{path} uses {used}, which is below {} in src/lib.rs", rooms[own]);
        }
    }
    assert!(unused.is_empty(), "UPWARD allows what nothing does: {unused:?}");
}

#[test]
fn each_library_is_used_in_one_room() {
    let manifest = fs::read_to_string(Path::new(ROOT).join("Cargo.toml")).unwrap();
    let mut users = BTreeMap::<String, BTreeSet<String>>::new();
    // Libraries of the browser's engine only satisfy the linker.
    let generator = manifest.split("[target.'cfg(target_arch").next().unwrap();
    let generator = generator.split("[dev-dependencies]").next().unwrap();
    for section in generator.split("dependencies]\n").skip(1) {
        let lines = section.lines().take_while(|line| !line.starts_with('['));
        for name in lines.filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.replace('-', "_")) {
            users.insert(name, BTreeSet::new());
        }
    }
    for (path, text) in rust_code() {
        for (_, users) in users.iter_mut().filter(|(library, _)| uses(&text, library)) {
            users.insert(room(&path).to_owned());
        }
    }
    let one_owner = |library: &&(&str, &str)| users.get(library.0).is_none_or(|users| users.len() < 2);
    let unused: Vec<_> = SHARED.iter().filter(one_owner).collect();
    assert!(unused.is_empty(), "SHARED allows what nothing does: {unused:?}");
    users.retain(|library, users| users.len() != 1 && SHARED.iter().all(|(name, _)| name != library));
    assert!(users.is_empty(), "give each of these libraries one owner, or say in SHARED why not: {users:#?}");
}

#[test]
fn a_library_is_used_only_by_the_module_that_owns_it() {
    let manifest = fs::read_to_string(Path::new(ROOT).join("Cargo.toml")).unwrap();
    let mut owners = 0;
    for (path, text) in texts(&["src"]).filter(|(path, _)| path.ends_with(".rs")) {
        let lines = text.lines().map_while(|line| line.strip_prefix("//!"));
        let head = lines.map(str::trim).collect::<Vec<_>>().join(" ");
        let owned = head.split("Owns ").skip(1).flat_map(|words| words.split(". ").next().unwrap().split('`'));
        for name in owned.skip(1).step_by(2).filter(|name| manifest.contains(&format!("\n{name} = "))) {
            let library = name.replace('-', "_");
            let folder = path.strip_suffix("mod.rs").unwrap_or(&path);
            for (user, _) in rust_code().filter(|(_, code)| uses(code, &library)) {
                assert!(user.starts_with(folder), "{path} owns {name}, which {user} uses");
            }
            owners += 1;
        }
    }
    assert!(owners > 15, "{owners} libraries have an owner");
}

#[test]
fn every_wording_of_a_mistake_is_there_in_both_languages() {
    let mut wordings = 0;
    for (path, text) in texts(&["src/diagnostic"]).filter(|(path, _)| path.ends_with(".rs")) {
        for words in text.split("both!(").skip(1).filter(|words| words.trim_start().starts_with('"')) {
            let (en, rest) = literal(words);
            let (fr, _) = literal(rest.trim_start().trim_start_matches(','));
            assert!(!en.trim().is_empty() && !fr.trim().is_empty(), "{path}: “{en}”, « {fr} »");
            for (lang, words) in [("English", &en), ("French", &fr)] {
                assert!(words.trim_end() == words, "{path}: {lang}: {words}");
            }
            assert!(!fr.contains('“') && !fr.contains(" n'") && !fr.contains("l'"), "{path}: French marks in « {fr} »");
            wordings += 1;
        }
    }
    assert!(wordings > 150, "{wordings} wordings were read");
}

#[test]
fn the_words_of_the_theme_are_there_in_both_languages() {
    let keys = |lang: &str| {
        let text = fs::read_to_string(Path::new(ROOT).join(format!("themes/default/strings/{lang}.yaml"))).unwrap();
        let lines = text.lines().filter(|line| !line.starts_with(['#', ' ']));
        lines.filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(keys("en"), keys("fr"), "the same keys in the same order");
}

#[test]
fn every_test_that_the_threat_model_names_is_there() {
    let model = fs::read_to_string(Path::new(ROOT).join(".github/THREATS.md")).unwrap();
    let named: Vec<(&str, &str)> = model.split('`').filter_map(|code| code.split_once(".rs::")).collect();
    assert!(named.len() > 30, "{named:?}");
    for (file, test) in named {
        let code = fs::read_to_string(Path::new(ROOT).join(format!("{file}.rs"))).unwrap_or_default();
        let declared = code.find(&format!("fn {test}("));
        let is_test = |at: usize| code[..at].trim_end().ends_with("#[test]");
        assert!(declared.is_some_and(is_test), "{file}.rs has no test {test}, which .github/THREATS.md names");
    }
    for section in model.split("\n## ").filter(|section| section.starts_with("What ")) {
        let rows = section.lines().filter(|line| line.starts_with("| "));
        let unheld: Vec<&str> = rows.skip(2).filter(|row| !row.contains(".rs::")).collect();
        assert!(unheld.is_empty(), "no test holds this: {unheld:?}");
    }
}

/// The first string literal of a piece of Rust, and what follows it.
fn literal(text: &str) -> (String, &str) {
    let start = text.find('"').unwrap() + 1;
    let mut escaped = false;
    let end = text[start..].find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    let end = start + end.unwrap();
    (text[start..end].to_owned(), &text[end + 1..])
}

/// Whether code uses a library.
fn uses(code: &str, library: &str) -> bool {
    let path = format!("{library}::");
    let named = code.match_indices(&path).any(|(at, _)| !code[..at].ends_with(is_word));
    named || code.contains(&format!("use {library};"))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == ':'
}

/// The room of a file: the module of `src/lib.rs`, or the binary.
fn room(path: &str) -> &str {
    path.strip_prefix("src/").unwrap().split('/').next().unwrap().trim_end_matches(".rs")
}

/// The Rust files of `src` without their comments.
fn rust_code() -> impl Iterator<Item = (String, String)> {
    texts(&["src"]).filter(|(path, _)| path.ends_with(".rs")).map(|(path, text)| {
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        (path, code.collect::<Vec<_>>().join("\n"))
    })
}

/// The text files below some folders, by their path from the package's root.
fn texts(folders: &[&str]) -> impl Iterator<Item = (String, String)> + use<> {
    let folders: Vec<_> =
        folders.iter().map(|folder| Path::new(ROOT).join(folder)).filter(|path| path.exists()).collect();
    let entries = folders.into_iter().flat_map(|folder| walkdir::WalkDir::new(folder).sort_by_file_name());
    let files = entries.map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    files.filter_map(|entry| {
        let path = entry.path().strip_prefix(ROOT).unwrap().to_string_lossy().replace('\\', "/");
        let installed = path.contains("node_modules/") || path.ends_with("package-lock.json");
        (!installed).then(|| fs::read_to_string(entry.path()).ok()).flatten().map(|text| (path, text))
    })
}

#[test]
fn the_page_of_tests_says_what_there_is() {
    const MARK: &str = "<!-- The tests -->\n";
    let page = Path::new(ROOT).join(".github/TESTS.md");
    let written = fs::read_to_string(&page).unwrap();
    let (intro, listed) = written.split_once(MARK).unwrap();
    let mut inner = 0;
    let mut rows = Vec::new();
    for (path, text) in texts(&["src", "tests"]) {
        let count = match path.rsplit('.').next() {
            Some("rs") => text.matches("#[test]\n").count(),
            Some("mjs") if path.ends_with(".test.mjs") => {
                ["\ntest(", "  test(", "\non("].iter().map(|begin| text.matches(begin).count()).sum()
            }
            _ => 0,
        };
        if path.starts_with("src/") {
            inner += count;
        } else if count > 0 {
            rows.push(format!("| [{path}](../{path}) | {} | {count} |\n", opening_sentence(&text)));
        }
    }
    let cases = texts(&["tests/mistakes"]).count();
    let expected = format!(
        "{inner} tests are beside the code that they test, in `src/`. {cases} mistakes have a case in \
         `tests/mistakes/`, which is run in both languages, as it is and put right.\n\n\
         | file | holds | tests |\n| --- | --- | --- |\n{}",
        rows.concat()
    );
    if listed != expected && std::env::var_os("BLESS").is_some() {
        fs::write(&page, format!("{intro}{MARK}{expected}")).unwrap();
    } else {
        assert_eq!(listed, expected, "BLESS=1 cargo test the_page_of_tests writes it again");
    }
    let named = intro.split('`').skip(1).step_by(2).filter(|code| code.contains('/') && !code.contains(' '));
    for path in named {
        assert!(Path::new(ROOT).join(path).exists(), "{path}, which .github/TESTS.md names");
    }
}

/// The first sentence of a file's head.
fn opening_sentence(text: &str) -> String {
    let lines = text.lines().map_while(|line| line.strip_prefix("//!").or_else(|| line.strip_prefix("//")));
    let words = lines.map(str::trim).take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    let end = words.find(". ").unwrap_or(words.trim_end_matches('.').len());
    words[..end].replace("[`", "`").replace("`]", "`").replace('|', "\\|")
}
