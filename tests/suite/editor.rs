//! What the editor reads, over real HTTP: records, checks and previews of unsaved words; and who may write.

use serde_json::{Value, json};

use crate::preview::Preview;
use crate::project::{Project, Tree};

/// A site in which French is behind.
fn outdated() -> Project {
    let project = Project::minimal();
    assert_eq!(project.run(&["confirm", "--all"]).code, 0);
    project.change("content/partners/manitoba.en.md", "The provincial", "The new provincial");
    project
}

fn record<'a>(all: &'a Value, id: &str) -> &'a Value {
    all.as_array().unwrap().iter().find(|record| record["id"] == id).unwrap_or_else(|| panic!("{id} in {all:#}"))
}

fn names(mistakes: &Value) -> Vec<&str> {
    mistakes.as_array().unwrap().iter().map(|mistake| mistake["name"].as_str().unwrap()).collect()
}

#[test]
fn every_pair_is_listed_with_its_state() {
    let project = outdated();
    project.write("content/partners/draft.en.md", "---\ntitle: Draft\nsummary: S.\n---\n");
    project.write("content/partners/draft.yaml", "state: draft\n");
    project.write("content/agreements/exchange-of-service.yaml", "parties: [nobody]\nreview_by: 2020-01-31\n");
    let preview = Preview::with(&project, &["--as-of", "2026-01-31"]);
    let all = preview.get("/_diptych/api/records").json();
    let manitoba = record(&all, "partners/manitoba");
    assert_eq!(manitoba["type"], "partner");
    assert_eq!(manitoba["title"], json!({ "en": "Manitoba", "fr": "Manitoba" }));
    assert_eq!((&manitoba["state"], &manitoba["side"]), (&json!("outdated"), &json!("fr")));
    assert_eq!((&manitoba["publication"], &manitoba["due"]), (&json!("published"), &Value::Null));
    let draft = record(&all, "partners/draft");
    assert_eq!(
        (&draft["publication"], &draft["state"], &draft["side"]),
        (&json!("draft"), &json!("missing"), &json!("fr"))
    );
    let agreement = record(&all, "agreements/exchange-of-service");
    assert_eq!((agreement["mistakes"].as_u64(), agreement["errors"].as_u64()), (Some(2), Some(1)));
    assert_eq!(agreement["due"], json!({ "what": "review", "on": "2020-01-31" }));
    assert!(record(&all, "_index")["type"].is_null(), "landing pages can be edited too");
}

#[test]
fn a_page_that_no_record_type_publishes_is_listed_as_not_published() {
    let project = outdated();
    project.write("content/elsewhere/page.en.md", "---\ntitle: Elsewhere\nsummary: S.\n---\n");
    project.write("content/elsewhere/page.yaml", "review_by: 2020-01-31\n");
    let all = Preview::with(&project, &["--as-of", "2026-01-31"]).get("/_diptych/api/records").json();
    let page = record(&all, "elsewhere/page");
    assert_eq!((&page["publication"], &page["due"]), (&json!("unpublished"), &Value::Null));
    assert_eq!(record(&all, "_index")["publication"], "published");
}

#[test]
fn a_record_is_given_with_its_files_sections_and_mistakes() {
    let project = outdated();
    let preview = Preview::start(&project);
    let record = preview.get("/_diptych/api/records/partners/manitoba").json();
    assert_eq!((&record["id"], &record["type"]), (&json!("partners/manitoba"), &json!("partner")));
    let sections = record["sections"].as_array().unwrap();
    let summary = sections.iter().find(|section| section["key"] == "summary").unwrap();
    assert_eq!((&summary["state"], &summary["side"]), (&json!("outdated"), &json!("fr")));
    assert_eq!(summary["changes"][0]["lang"], "en");
    let title = sections.iter().find(|section| section["key"] == "title").unwrap();
    assert_eq!((&title["state"], &title["side"], &title["changes"]), (&json!("equal"), &Value::Null, &json!([])));
    assert_eq!(names(&record["mistakes"]), ["outdated-twin"]);
    assert_eq!(preview.get("/_diptych/api/records/partners/nobody").status, 404);
    assert_eq!(preview.get("/_diptych/api/records/../site").status, 404);
}

#[test]
fn sections_are_side_by_side_by_their_headings() {
    let project = Project::minimal();
    project.write("content/partners/manitoba.en.md", "---\ntitle: M\nsummary: S.\n---\n## One\n\nA.\n\n## Two\n\nB.\n");
    project.write("content/partners/manitoba.fr.md", "---\ntitle: M\nsummary: S.\n---\n## Un\n\nA.\n");
    let preview = Preview::start(&project);
    let record = preview.get("/_diptych/api/records/partners/manitoba").json();
    let sections = record["sections"].as_array().unwrap();
    let [.., one, two] = sections.as_slice() else { panic!("{sections:?}") };
    assert_eq!((&one["key"], &one["title"]), (&json!("one"), &json!({ "en": "One", "fr": "Un" })));
    assert_eq!((&two["key"], &two["title"]), (&json!("two"), &json!({ "en": "Two", "fr": null })));
    assert_eq!((&two["state"], &two["side"]), (&json!("missing"), &json!("fr")));
}

#[test]
fn a_record_is_read_from_the_disk_at_that_moment() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    for number in 0..20 {
        let words = format!("---\ntitle: M\nsummary: S.\n---\n[x](nowhere) {number}\n");
        project.write("content/partners/manitoba.en.md", &words);
        let record = preview.get("/_diptych/api/records/partners/manitoba").json();
        assert_eq!(record["files"]["en"]["text"], words);
        assert!(names(&record["mistakes"]).contains(&"broken-link"), "{record:#}");
    }
}

#[test]
fn a_file_that_is_missing_is_null_and_one_that_is_no_text_has_no_text() {
    let project = Project::minimal();
    project.write("content/partners/odd.en.md", b"caf\xe9");
    let preview = Preview::start(&project);
    let files = preview.get("/_diptych/api/records/partners/odd").json()["files"].clone();
    assert_eq!((&files["facts"], &files["fr"]), (&Value::Null, &Value::Null));
    assert!(files["en"]["text"].is_null() && files["en"]["version"].is_string(), "{files}");
    assert!(files["en"]["why"].as_str().unwrap().contains("not UTF-8"), "{files}");
    std::fs::remove_file(project.path("content/partners/manitoba.fr.md")).unwrap();
    std::fs::create_dir(project.path("content/partners/manitoba.fr.md")).unwrap();
    let files = preview.get("/_diptych/api/records/partners/manitoba").json()["files"].clone();
    assert!(files["en"]["text"].is_string() && files["en"]["why"].is_null(), "{files}");
    assert!(files["fr"]["text"].is_null() && files["fr"]["why"].as_str().unwrap().contains("a folder"), "{files}");
}

#[test]
fn files_beside_a_record_are_named_with_their_mistakes_and_removed_as_a_plan() {
    let project = Project::minimal();
    let words = |picture: &str| format!("---\ntitle: Manitoba\nsummary: The provincial government.\n---\n{picture}\n");
    project.write("content/partners/manitoba.en.md", words("![A map](map.svg)"));
    project.write("content/partners/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<script/></svg>");
    project.write("content/partners/alone.pdf", "%PDF");
    project.write("content/pages/elsewhere.pdf", "%PDF");
    let preview = Preview::start(&project);
    let record = preview.get("/_diptych/api/records/partners/manitoba").json();
    let beside = json!([{ "path": "partners/alone.pdf", "used": false }, { "path": "partners/map.svg", "used": true }]);
    assert_eq!(record["beside"], beside);
    let told = names(&record["mistakes"]);
    assert!(told.contains(&"unsafe-svg") && told.contains(&"unused-asset"), "{told:?}");
    let remove = |file: &str, dry: bool| post(&preview, "remove", &json!({ "file": file, "dry_run": dry }));
    let (status, told) = remove("partners/map.svg", false);
    let error = told["error"].as_str().unwrap();
    assert!(status == 409 && error.contains("partners/manitoba.en.md (line 5)"), "{told:#}");
    assert_eq!(remove("partners/manitoba.en.md", false).0, 409, "no page is removed like that");
    assert_eq!(remove("../site.yaml", false).0, 409);
    let (status, plan) = remove("partners/alone.pdf", true);
    assert_eq!((status, &plan["steps"][0]["does"]), (200, &json!("remove")), "{plan:#}");
    assert!(project.path("content/partners/alone.pdf").exists(), "only shown");
    assert_eq!(remove("partners/alone.pdf", false).0, 200);
    assert!(!project.path("content/partners/alone.pdf").exists());
    project.write("content/partners/manitoba.en.md", words("No picture."));
    assert_eq!(remove("partners/map.svg", false).0, 200, "a file with a mistake can go too");
}

#[test]
fn unsaved_words_are_checked_as_if_they_were_saved() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let before = (preview.now(), Tree::read(&project.path("")));
    let asked = |files: Value| {
        let answer = preview.send_bare("POST /_diptych/api/check", "", json!({ "files": files }).to_string());
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["mistakes"].clone()
    };
    let mistakes =
        asked(json!({ "partners/manitoba.en.md": "---\ntitle: M\nsummary: S.\n---\nSee [this](nowhere).\n" }));
    assert_eq!(names(&mistakes), ["broken-link"]);
    let mistake = &mistakes[0];
    assert_eq!((&mistake["file"], &mistake["line"]), (&json!("content/partners/manitoba.en.md"), &json!(5)));
    assert!(mistake["column"].is_u64() && mistake["end_column"].is_u64() && mistake["severity"] == "error");
    assert_eq!(
        asked(json!({ "agreements/exchange-of-service.yaml": "parties: [nobody]\n" }))[0]["name"],
        "unknown-reference"
    );
    let whole = json!({
        "partners/ontario.en.md": "---\ntitle: O\nsummary: S.\n---\n",
        "partners/ontario.fr.md": "---\ntitle: O\nsummary: S.\n---\n",
        "agreements/exchange-of-service.yaml": "parties: [ontario]\n",
    });
    assert_eq!(asked(whole), json!([]), "files are judged together");
    assert_eq!(asked(json!({})), json!([]));
    assert_eq!(preview.now()["generation"], before.0["generation"]);
    Tree::read(&project.path("")).assert_same(&before.1, "nothing was written");
    assert_eq!(preview.now()["mistakes"], json!([]), "nothing stays");
    let outside = preview.send_bare("POST /_diptych/api/check", "", r#"{"files":{"../x.md":""}}"#);
    assert_eq!(outside.status, 403);
    assert_eq!(preview.send_bare("POST /_diptych/api/check", "", "no json").status, 400);
}

#[test]
fn a_page_of_unsaved_words_is_rendered_and_nothing_stays() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let page = preview.get("/fr/partenaires/manitoba/").body;
    let render = |id: &str, lang: &str, files: Value| {
        let asked = json!({ "id": id, "lang": lang, "files": files });
        preview.send_bare("POST /_diptych/api/render", "", asked.to_string())
    };
    let words = "---\ntitle: Manitoba\nsummary: S.\n---\nTout nouveau.\n";
    let answer = render("partners/manitoba", "fr", json!({ "partners/manitoba.fr.md": words }));
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(answer.body.contains("Tout nouveau.") && answer.body.contains("<html lang=\"fr"), "{}", answer.body);
    assert_eq!(preview.get("/fr/partenaires/manitoba/").body, page);
    let broken = render(
        "partners/manitoba",
        "en",
        json!({ "partners/manitoba.en.md": "---\ntitle: M\nsummary: S.\n---\n[Words](nowhere)\n" }),
    );
    assert!(broken.status == 200 && broken.body.contains("Words"), "mistakes do not hide the page: {}", broken.body);
    assert_eq!(render("partners/nobody", "en", json!({})).status, 404);
    assert_eq!(render("partners/manitoba", "en", json!({ "../x.md": "" })).status, 403);
    assert_eq!(render("partners/manitoba", "de", json!({})).status, 400);
}

#[test]
fn the_figures_of_one_side_are_given_as_the_other_writes_them() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let asked = json!({ "lang": "en", "text": "1,200 people since July 18, 2022", "to": "Depuis le 18 juillet 2022" });
    let answer = preview.send_bare("POST /_diptych/api/figures", "", asked.to_string());
    let figures = json!([
        { "said": "1,200", "written": "1 200", "is_there": false },
        { "said": "July 18, 2022", "written": "18 juillet 2022", "is_there": true },
    ]);
    assert_eq!((answer.status, &answer.json()["figures"]), (200, &figures));
    assert_eq!(preview.send_bare("POST /_diptych/api/figures", "", r#"{"lang":"de","text":""}"#).status, 400);
}

#[test]
fn a_draft_can_be_looked_at() {
    let project = Project::minimal();
    project.write("content/partners/draft.en.md", "---\ntitle: Draft\nsummary: S.\n---\nNot yet.\n");
    project.write("content/partners/draft.fr.md", "---\ntitle: Ébauche\nsummary: S.\n---\nPas encore.\n");
    project.write("content/partners/draft.yaml", "state: draft\n");
    let preview = Preview::start(&project);
    let page = preview.send_bare("POST /_diptych/api/render", "", r#"{"id":"partners/draft","lang":"fr"}"#);
    assert!(page.status == 200 && page.body.contains("Pas encore."), "{} {}", page.status, page.body);
    let facts = std::fs::read_to_string(project.path("content/partners/draft.yaml")).unwrap();
    assert_eq!(facts, "state: draft\n", "nothing stays");
}

/// Every request that writes, with a body that it accepts.
const WRITES: [(&str, &str); 6] = [
    ("PUT /_diptych/api/files/partners/manitoba.en.md", ""),
    ("POST /_diptych/api/confirm", r#"{"id":"partners/manitoba"}"#),
    ("POST /_diptych/api/new", r#"{"type":"partner","slug":"ontario"}"#),
    ("POST /_diptych/api/move", r#"{"id":"partners/manitoba","to":"partners/other"}"#),
    ("POST /_diptych/api/remove", r#"{"id":"pages/about"}"#),
    ("POST /_diptych/api/build", ""),
];

#[test]
fn only_a_page_of_the_editor_can_write() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let before = Tree::read(&project.path(""));
    let token = preview.token();
    assert!(token.len() >= 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit()), "{token}");
    let port = preview.port();
    for (write, body) in WRITES {
        let matches = "If-None-Match: *\r\n";
        for wrong in [
            String::new(),
            "X-Diptych-Token: \r\n".to_owned(),
            format!("X-Diptych-Token: {}\r\n", "0".repeat(32)),
            format!("X-Diptych-Token: {token}0\r\n"),
            format!("X-Diptych-Token: {token}\r\nX-Diptych-Token: {token}\r\n"),
            format!("X-Diptych-Token: {token}\r\nOrigin: https://other.example\r\n"),
            format!("X-Diptych-Token: {token}\r\nOrigin: null\r\n"),
            format!("X-Diptych-Token: {token}\r\nOrigin: http://localhost:{port}\r\n"),
            format!("X-Diptych-Token: {token}\r\nSec-Fetch-Site: cross-site\r\n"),
        ] {
            let answer = preview.send_bare(write, &format!("{wrong}{matches}"), body);
            assert_eq!(answer.status, 403, "{write} with {wrong}");
        }
    }
    for method in ["POST", "DELETE", "PATCH", "OPTIONS"] {
        let answer = preview.send(&format!("{method} /_diptych/api/files/partners/manitoba.en.md"), "", "");
        assert_eq!(answer.status, 405, "{method}");
    }
    assert_eq!(preview.send("POST /en/", "", "").status, 405);
    Tree::read(&project.path("")).assert_same(&before, "nothing was written");
}

#[test]
fn with_read_only_everything_is_answered_and_nothing_is_written() {
    let project = Project::minimal();
    let preview = Preview::with(&project, &["--read-only"]);
    let before = Tree::read(&project.path(""));
    for (write, body) in WRITES {
        assert_eq!(preview.send(write, "If-None-Match: *\r\n", body).status, 403, "{write}");
    }
    assert_eq!(preview.send_bare("POST /_diptych/api/check", "", r#"{"files":{}}"#).status, 200);
    Tree::read(&project.path("")).assert_same(&before, "nothing was written");
}

/// Asks for something to be done.
fn post(preview: &Preview, what: &str, asked: &Value) -> (u16, Value) {
    let answer = preview.send(&format!("POST /_diptych/api/{what}"), "", asked.to_string());
    (answer.status, answer.json())
}

#[test]
fn a_pair_is_confirmed_as_it_is_on_the_disk_or_what_speaks_against_it_is_told() {
    let project = outdated();
    let preview = Preview::start(&project);
    let (status, told) = post(&preview, "confirm", &json!({ "id": "partners/manitoba" }));
    assert_eq!(status, 409, "{told:#}");
    assert_eq!(told["against"].as_array().unwrap().len(), 1, "{told:#}");
    project.change("content/partners/manitoba.fr.md", "Le gouvernement", "Le nouveau gouvernement");
    let (status, told) = post(&preview, "confirm", &json!({ "id": "partners/manitoba" }));
    assert_eq!((status, &told["sections"]), (200, &json!(["summary"])), "{told:#}");
    project.change("content/partners/manitoba.en.md", "The new", "The newest");
    let asked = json!({ "id": "partners/manitoba", "sections": ["summary"] });
    assert_eq!(post(&preview, "confirm", &asked).0, 200, "a section that is named is confirmed alone");
    let run = project.run(&["status", "partners/manitoba", "--format", "json"]);
    let run = if run.code == 0 { run } else { project.run(&["status", "--format", "json"]) };
    let status: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(record(&status["records"], "partners/manitoba")["state"], "equal");
    assert_eq!(post(&preview, "confirm", &json!({ "id": "partners/nobody" })).0, 404);
    assert_eq!(preview.send("POST /_diptych/api/confirm", "", "{}").status, 400);
}

#[test]
fn a_draft_is_not_confirmed_and_is_told_from_a_record_that_is_not_there() {
    let project = Project::minimal();
    project.write("content/partners/manitoba.yaml", "state: draft\n");
    let preview = Preview::start(&project);
    let (status, told) = post(&preview, "confirm", &json!({ "id": "partners/manitoba" }));
    let words = told["error"].as_str().unwrap();
    assert!(status == 409 && words.starts_with("This is a draft") && words.contains("“Published”"), "{told:#}");
}

#[test]
fn a_record_that_was_renamed_is_found_under_each_of_its_old_names() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let sought = |id: &str| preview.get(&format!("/_diptych/api/records/{id}"));
    let to = json!({ "id": "partners/manitoba", "to": "partners/prairie", "dry_run": false });
    assert_eq!(post(&preview, "move", &to).0, 200);
    assert_eq!(
        (sought("partners/manitoba").status, &sought("partners/manitoba").json()["moved_to"]),
        (404, &json!("partners/prairie"))
    );
    assert_eq!(project.run(&["move", "partners/prairie", "partners/red-river"]).code, 0);
    let found = || sought("partners/manitoba").json()["moved_to"] == "partners/red-river";
    assert!(found(), "also where it was renamed in a terminal, and more than once");
    preview.until("a name that was not typed right leads to the nearest one", |_, _| {
        sought("partners/red-rivr").json()["nearest"] == "partners/red-river"
    });
    // Nothing in the folder of a foreign tree can lead to a record that does not exist.
    project.write(".diptych/renamed", "partners/manitoba\t../../outside\npartners/x\n\u{0}\tpartners/csc\n");
    assert_eq!(sought("partners/manitoba").json()["moved_to"], Value::Null);
}

#[test]
fn records_are_made_renamed_and_removed_as_a_plan_first() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let before = Tree::read(&project.path("content"));
    let new = |dry: bool| {
        let title = json!({ "en": "Ontario", "fr": "Ontario" });
        post(&preview, "new", &json!({ "type": "partner", "slug": "ontario", "title": title, "dry_run": dry }))
    };
    let (status, plan) = new(true);
    assert_eq!((status, plan["steps"].as_array().map(Vec::len)), (200, Some(3)), "{plan:#}");
    Tree::read(&project.path("content")).assert_same(&before, "a plan is only shown");
    assert_eq!(new(false).0, 200);
    assert!(project.path("content/partners/ontario.fr.md").exists());
    let (status, told) = new(false);
    assert!(status == 409 && !told["against"].as_array().unwrap().is_empty(), "{told:#}");
    let (status, told) = post(&preview, "remove", &json!({ "id": "partners/manitoba", "dry_run": false }));
    assert_eq!(status, 409, "an agreement names it: {told:#}");
    let renamed = json!({ "id": "partners/manitoba", "to": "partners/prairie", "dry_run": false });
    let (status, told) = post(&preview, "move", &renamed);
    assert_eq!(status, 200, "{told:#}");
    let facts = std::fs::read_to_string(project.path("content/agreements/exchange-of-service.yaml")).unwrap();
    assert!(facts.contains("parties: [csc, prairie]"), "{facts}");
    assert_eq!(post(&preview, "remove", &json!({ "id": "pages/about", "dry_run": false })).0, 200);
    assert!(!project.path("content/pages/about.en.md").exists());
}

#[test]
fn another_name_of_this_machine_reads_and_writes_nothing() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let token = preview.token();
    for request in ["GET /_diptych/", "GET /_diptych/api/records", "PUT /_diptych/api/files/partners/manitoba.en.md"] {
        let head = format!(
            "{request} HTTP/1.1\r\nHost: rebound.example:{}\r\nX-Diptych-Token: {token}\r\nIf-None-Match: *\r\n",
            preview.port()
        );
        let answer = preview.ask(&head);
        assert!(answer.status == 403 && !answer.body.contains(&token), "{request}");
    }
}

#[test]
fn the_token_is_only_on_the_editor_s_pages() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let token = preview.token();
    for path in ["/_diptych/", "/_diptych/edit/partners/manitoba"] {
        let page = preview.get(path);
        assert!(page.body.contains(&token), "{path}");
        let policy = page.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(page.header("cache-control"), "no-store");
    }
    for path in ["/", "/en/", "/en/partners/manitoba/", "/nothing", "/_diptych/next", "/_diptych/editor.js"] {
        assert!(!preview.get(path).body.contains(&token), "{path}");
    }
    assert_ne!(Preview::start(&project).token(), token);
}

#[test]
fn a_page_of_the_site_gains_one_script_and_nothing_else() {
    let project = Project::minimal();
    let built = project.build();
    let preview = Preview::start(&project);
    let script = "<script type=\"module\" src=\"/_diptych/preview.js\"></script>";
    for path in ["en/index.html", "fr/partenaires/manitoba/index.html"] {
        let served = preview.get(&format!("/{}", path.trim_end_matches("index.html"))).body;
        assert_eq!(served.matches("/_diptych/").count(), 1, "{path}");
        assert_eq!(served.replace(script, ""), built.text(path), "{path}");
    }
}

#[test]
fn publishing_builds_packs_and_says_what_changes_in_each_language() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let first = preview.send("POST /_diptych/api/build", "", "");
    assert_eq!(first.status, 200, "{}", first.body);
    let first = first.json();
    assert!(first["changes"]["fr"]["added"].as_array().unwrap().contains(&json!("fr/index.html")));
    // As a person would write it, on Windows too, of which wine sees a disk `Z:`.
    let here = |name: &str| std::path::PathBuf::from(name.trim_start_matches("Z:").replace('\\', "/"));
    let folder = here(first["folder"].as_str().unwrap());
    assert_eq!(folder, std::fs::canonicalize(project.path("public")).unwrap());
    let packed = std::fs::read(here(first["zip"].as_str().unwrap())).unwrap();
    assert!(packed.starts_with(b"PK") && packed.len() > 1000);
    project.change("content/partners/manitoba.en.md", "The provincial", "The new provincial");
    let second = preview.send("POST /_diptych/api/build", "", "").json();
    let changed = second["changes"]["en"]["changed"].as_array().unwrap();
    assert!(changed.contains(&json!("en/partners/manitoba/index.html")), "{second:#}");
    assert_eq!(second["changes"]["en"]["added"], json!([]));
    assert!(
        !second["changes"]["fr"]["changed"].as_array().unwrap().contains(&json!("fr/partenaires/manitoba/index.html"))
    );
    project.write("content/agreements/exchange-of-service.yaml", "parties: [nobody]\n");
    let built = Tree::read(&folder);
    let refused = preview.send("POST /_diptych/api/build", "", "");
    assert_eq!(refused.status, 409);
    assert!(names(&refused.json()["mistakes"]).contains(&"unknown-reference"));
    Tree::read(&folder).assert_same(&built, "the last site stays");
}
