//! The editor's search page, over real HTTP: why a result is where it is, how the questions that are tests are
//! answered, and how a question is added to them.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::preview::{Answer, Preview};
use crate::project::{Project, Tree};

const FILE: &str = "content/search-tests.yaml";
const TESTS: &str = "/_diptych/api/search/tests";

fn asked(preview: &Preview, lang: &str, question: &str) -> Value {
    let question = question.replace(' ', "+");
    let answer = preview.get(&format!("/_diptych/api/search?lang={lang}&ask={question}"));
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

fn add(preview: &Preview, headers: &str, test: &Value) -> Answer {
    preview.send(&format!("POST {TESTS}"), headers, test.to_string())
}

/// Adds to the file as it is at this moment.
fn add_now(preview: &Preview, test: &Value) -> Answer {
    let version = preview.get(TESTS).json()["file"]["version"].clone();
    match version.as_str() {
        Some(version) => add(preview, &format!("If-Match: \"{version}\"\r\n"), test),
        None => add(preview, "If-None-Match: *\r\n", test),
    }
}

fn test(ask: &str, want: &[&str]) -> Value {
    json!({ "lang": "en", "ask": ask, "want": want })
}

fn text(project: &Project) -> String {
    std::fs::read_to_string(project.path(FILE)).unwrap()
}

#[test]
fn an_answer_says_why_each_page_is_where_it_is() {
    let project = Project::minimal();
    project.write("content/words.yaml", "en:\n- {say: jail, also: [custody], one_way: true}\n");
    let preview = Preview::start(&project);
    let found = asked(&preview, "en", "jail exchange zzyzx");
    assert_eq!(found["answer"]["missing"], json!(["zzyzx"]));
    let first = &found["answer"]["results"][0];
    assert_eq!(first["id"], "agreements/exchange-of-service");
    let words = first["explanation"]["words"].as_array().unwrap();
    let said = |word: &str| words.iter().find(|found| found["word"] == word).unwrap();
    assert_eq!((&said("jail")["found"], &said("jail")["by"]), (&json!("custody"), &json!("synonym")));
    assert_eq!((&said("exchange")["found"], &said("exchange")["by"]), (&json!("exchange"), &json!("word")));
    assert!(said("exchange")["in"].as_array().unwrap().contains(&json!("title")), "{first:#}");
    assert!(said("jail")["in"].as_array().unwrap().contains(&json!("heading")), "{first:#}");
    assert_eq!(first["explanation"]["lacks"], json!(["zzyzx"]));
    let corrected = asked(&preview, "fr", "corectionnel");
    assert_eq!(corrected["answer"]["corrected"], "correctionnel");
    assert_eq!(corrected["answer"]["results"][0]["explanation"]["words"][0]["by"], "spelling");
}

#[test]
fn a_question_is_asked_in_a_language() {
    let preview = Preview::start(&Project::minimal());
    for query in ["", "?ask=exchange", "?lang=de&ask=exchange"] {
        assert_eq!(preview.get(&format!("/_diptych/api/search{query}")).status, 400, "{query}");
    }
    assert_eq!(asked(&preview, "en", "")["answer"]["results"], json!([]));
}

#[test]
fn an_answer_says_of_which_state_of_the_site_it_is() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let found = asked(&preview, "en", "manitoba");
    assert_eq!((&found["generation"], &found["site"]), (&found["index"], &found["index"]));
    project.change("content/partners/manitoba.en.md", "The provincial", "The northern provincial");
    // A new index alone makes no new state, so a page asks until it is ready.
    let deadline = Instant::now() + Duration::from_mins(1);
    loop {
        let found = asked(&preview, "en", "northern");
        assert!(found["index"].as_u64() <= found["site"].as_u64(), "{found:#}");
        if found["answer"]["results"][0]["id"] == "partners/manitoba" {
            assert_eq!(found["index"], found["site"]);
            break;
        }
        assert!(Instant::now() < deadline, "the newer site is searched");
        std::thread::sleep(Duration::from_millis(50));
    }
    project.change("content/agreements/exchange-of-service.yaml", "manitoba", "manitobba");
    preview.reports("unknown-reference");
    let found = asked(&preview, "en", "northern");
    assert!(found["site"].as_u64() < found["generation"].as_u64(), "an earlier site is searched: {found:#}");
}

#[test]
fn every_test_is_listed_with_the_places_of_its_pages() {
    let project = Project::minimal();
    let tests = "# Ours\n- {lang: fr, ask: garde, want: [agreements/exchange-of-service]}\n\
                 - {lang: en, ask: manitoba, want: [partners/manitoba, partners/csc]}\n- {lang: en, ask: csc, want: [partners/nobody]}\n";
    project.write(FILE, tests);
    let preview = Preview::start(&project);
    let listed = preview.get(TESTS).json();
    assert_eq!((&listed["file"]["path"], &listed["first"]), (&json!("search-tests.yaml"), &json!(3)));
    let [garde, manitoba, nobody] = listed["tests"].as_array().unwrap().as_slice() else { panic!("{listed:#}") };
    assert_eq!((&garde["lang"], &garde["line"], &garde["passes"]), (&json!("fr"), &json!(2), &json!(true)));
    assert_eq!(
        manitoba["want"],
        json!([
            { "id": "partners/manitoba", "place": 1, "known": true },
            { "id": "partners/csc", "place": null, "known": true },
        ])
    );
    assert_eq!(
        (&manitoba["passes"], &nobody["passes"], &nobody["want"][0]["known"]),
        (&json!(false), &json!(false), &json!(false))
    );
}

#[test]
fn a_question_is_added_as_a_test_and_every_other_byte_stays() {
    let project = Project::minimal();
    let before = "\u{feff}# Ours\r\n- {lang: en, ask: manitoba, want: [partners/manitoba]}   # sure\r\n\r\n# The end";
    project.write(FILE, before);
    let preview = Preview::start(&project);
    let added = add_now(&preview, &test("who: \"they\" are", &["partners/csc", "agreements/_index"]));
    assert_eq!((added.status, &added.json()["line"]), (200, &json!(3)), "{}", added.body);
    let line = "- {lang: en, ask: \"who: \\\"they\\\" are\", want: [partners/csc, agreements/_index]}\r\n";
    assert_eq!(text(&project), before.replace("# sure\r\n", &format!("# sure\r\n{line}")));
    preview.until("the test is listed", |preview, _| {
        let tests = preview.get(TESTS).json()["tests"].clone();
        tests.as_array().unwrap().iter().any(|test| test["ask"] == "who: \"they\" are")
    });
    assert_eq!(preview.get(TESTS).json()["file"]["version"], added.json()["version"]);
}

#[test]
fn the_first_test_makes_the_file() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    assert_eq!(preview.get(TESTS).json()["file"]["version"], Value::Null);
    let added =
        add_now(&preview, &json!({ "lang": "fr", "ask": "échange", "want": ["agreements/exchange-of-service"] }));
    assert_eq!(added.status, 200, "{}", added.body);
    assert_eq!(text(&project), "- {lang: fr, ask: échange, want: [agreements/exchange-of-service]}\n");
    assert_eq!(project.run(&["check"]).code, 0);
}

#[test]
fn a_test_is_added_only_to_the_file_that_its_writer_knows() {
    let project = Project::minimal();
    project.write(FILE, "- {lang: en, ask: manitoba, want: [partners/manitoba]}\n");
    let preview = Preview::start(&project);
    let version = preview.get(TESTS).json()["file"]["version"].as_str().unwrap().to_owned();
    project.write(FILE, "# Theirs\n");
    let new = test("csc", &["partners/csc"]);
    let refused = add(&preview, &format!("If-Match: \"{version}\"\r\n"), &new);
    assert_eq!((refused.status, &refused.json()["text"]), (412, &json!("# Theirs\n")));
    assert_eq!(add(&preview, "If-None-Match: *\r\n", &new).status, 412);
    assert_eq!(add(&preview, "", &new).status, 428);
    assert_eq!(text(&project), "# Theirs\n");
    let known = refused.json()["version"].as_str().unwrap().to_owned();
    assert_eq!(add(&preview, &format!("If-Match: \"{known}\"\r\n"), &new).status, 200);
    assert_eq!(text(&project), "# Theirs\n- {lang: en, ask: csc, want: [partners/csc]}\n");
}

#[test]
fn what_cannot_be_a_test_is_refused_with_the_reason_and_nothing_is_written() {
    let project = Project::minimal();
    project.write(FILE, "- {lang: en, ask: Manitoba, want: [partners/manitoba]}\n");
    let preview = Preview::start(&project);
    let before = Tree::read(&project.path(""));
    let refusals = [
        (test("manitoba", &["partners/manitoba"]), "already, on line 1"),
        (test(" ", &["partners/manitoba"]), "write a question"),
        (test("csc", &[]), "at most 3"),
        (test("csc", &["partners/nobody"]), "no page partners/nobody"),
    ];
    for (new, reason) in refusals {
        let refused = add_now(&preview, &new);
        assert_eq!(refused.status, 409, "{}", refused.body);
        assert!(refused.json()["error"].as_str().unwrap().contains(reason), "{}", refused.body);
    }
    assert_eq!(add_now(&preview, &json!({ "lang": "de", "ask": "x", "want": [] })).status, 400);
    Tree::read(&project.path("")).assert_same(&before, "nothing was written");
}

#[test]
fn a_file_that_is_no_list_of_questions_is_left_as_it_is() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let new = test("csc", &["partners/csc"]);
    preview.get(TESTS);
    for (bytes, status) in [(&b"en: [\n"[..], 409), (b"- caf\xe9\n", 422)] {
        project.write(FILE, bytes);
        assert_eq!(add_now(&preview, &new).status, status);
        assert_eq!(std::fs::read(project.path(FILE)).unwrap(), bytes);
    }
}

#[test]
fn only_the_editors_own_pages_add_a_test() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let new = test("csc", &["partners/csc"]).to_string();
    let post = format!("POST {TESTS}");
    assert_eq!(preview.send_bare(&post, "If-None-Match: *\r\n", &new).status, 403);
    let other = "If-None-Match: *\r\nOrigin: http://elsewhere.example\r\n";
    assert_eq!(preview.send(&post, other, &new).status, 403);
    assert!(!project.path(FILE).exists());
    let reading = Preview::with(&project, &["--read-only"]);
    assert_eq!(reading.send(&post, "If-None-Match: *\r\n", &new).status, 403);
    assert_eq!(reading.get(TESTS).status, 200);
    assert!(!project.path(FILE).exists());
}

#[test]
fn a_site_that_was_never_whole_has_nothing_to_search() {
    let project = Project::minimal();
    project.write("content/agreements/exchange-of-service.yaml", "parties: [nobody]\n");
    let preview = Preview::start(&project);
    for path in ["/_diptych/api/search?lang=en&ask=x", TESTS] {
        let refused = preview.get(path);
        assert_eq!(refused.status, 409, "{path}");
        assert!(refused.json()["error"].as_str().unwrap().contains("correct its mistakes"), "{}", refused.body);
    }
}

#[test]
fn the_page_is_one_of_the_editors() {
    let preview = Preview::start(&Project::minimal());
    let page = preview.get("/_diptych/search");
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    let policy = page.header("content-security-policy");
    assert!(policy.contains("script-src 'self';") && !policy.contains("unsafe"), "{policy}");
}
