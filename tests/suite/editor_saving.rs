//! Saving in the editor, over real HTTP: no written word is ever lost, and nothing outside the content is written.

use serde_json::{Value, json};

use crate::preview::{Answer, Preview};
use crate::project::{Project, Tree};

const PAGE: &str = "partners/manitoba.en.md";

/// Saves a file whose version is known.
fn save(preview: &Preview, path: &str, version: &str, text: impl AsRef<[u8]>) -> Answer {
    preview.send(&format!("PUT /_diptych/api/files/{path}"), &format!("If-Match: \"{version}\"\r\n"), text)
}

/// Saves a file that is not there yet.
fn create(preview: &Preview, path: &str, text: impl AsRef<[u8]>) -> Answer {
    preview.send(&format!("PUT /_diptych/api/files/{path}"), "If-None-Match: *\r\n", text)
}

/// A file of a record as it is on the disk.
fn file(preview: &Preview, id: &str, which: &str) -> Value {
    preview.get(&format!("/_diptych/api/records/{id}")).json()["files"][which].clone()
}

fn text(project: &Project, path: &str) -> String {
    std::fs::read_to_string(project.path("content").join(path)).unwrap()
}

#[test]
fn a_page_is_saved_with_the_version_that_was_read() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let opened = file(&preview, "partners/manitoba", "en");
    assert_eq!(opened["path"], PAGE);
    assert_eq!(opened["text"], text(&project, PAGE));
    let version = opened["version"].as_str().unwrap();
    assert!(version.len() >= 16 && version.bytes().all(|byte| byte.is_ascii_hexdigit()), "{version}");
    let words = text(&project, PAGE).replace("The provincial", "The good provincial");
    let saved = save(&preview, PAGE, version, &words);
    assert_eq!((saved.status, saved.header("content-type")), (200, "application/json"));
    assert_eq!(text(&project, PAGE), words);
    let now = file(&preview, "partners/manitoba", "en");
    assert_eq!(now["version"], saved.json()["version"]);
    preview.shows("/en/partners/manitoba/", "The good provincial government.");
}

#[test]
fn a_page_that_was_opened_on_another_site_is_answered_nothing() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let site = preview.get("/_diptych/api/site").json();
    let own = format!("X-Diptych-Content: {}\r\n", site["content_id"].as_str().unwrap());
    let other = "X-Diptych-Content: 0123456789abcdef\r\n";
    let before = text(&project, PAGE);
    let version = file(&preview, "partners/manitoba", "en")["version"].as_str().unwrap().to_owned();
    let put = |path: &str, headers: &str| preview.send(&format!("PUT /_diptych/api/files/{path}"), headers, "words");
    for answer in [
        put(PAGE, &format!("If-Match: \"{version}\"\r\n{other}")),
        put("partners/new.en.md", &format!("If-None-Match: *\r\n{other}")),
        preview.send("GET /_diptych/api/records/partners/manitoba", other, ""),
        preview.send("POST /_diptych/api/confirm", other, "{\"id\": \"partners/manitoba\"}"),
    ] {
        assert_eq!(answer.status, 421, "{}", answer.body);
        assert!(answer.json()["error"].as_str().unwrap().contains("Another site"), "{}", answer.body);
    }
    assert_eq!(text(&project, PAGE), before);
    assert!(!project.path("content/partners/new.en.md").exists());
    assert_eq!(put(PAGE, &format!("If-Match: \"{version}\"\r\n{own}")).status, 200);
}

#[test]
fn a_file_that_is_another_one_by_now_is_not_written_over() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let version = file(&preview, "partners/manitoba", "en")["version"].clone();
    let version = version.as_str().unwrap();
    project.write("content/partners/manitoba.en.md", "---\ntitle: Theirs\nsummary: S.\n---\n");
    let refused = save(&preview, PAGE, version, "mine");
    assert_eq!(refused.status, 412);
    assert_eq!(refused.json()["text"], "---\ntitle: Theirs\nsummary: S.\n---\n");
    assert_eq!(text(&project, PAGE), "---\ntitle: Theirs\nsummary: S.\n---\n");
    let known = refused.json()["version"].as_str().unwrap().to_owned();
    assert_eq!(save(&preview, PAGE, &known, "merged").status, 200);
    assert_eq!(text(&project, PAGE), "merged");
}

#[test]
fn a_file_that_is_gone_is_not_brought_back_unasked() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let version = file(&preview, "partners/manitoba", "en")["version"].clone();
    std::fs::remove_file(project.path("content").join(PAGE)).unwrap();
    let refused = save(&preview, PAGE, version.as_str().unwrap(), "mine");
    assert_eq!((refused.status, refused.json()), (412, json!({ "version": null, "text": null })));
    assert!(!project.path("content").join(PAGE).exists());
    assert_eq!(create(&preview, PAGE, "mine").status, 200);
    assert_eq!(text(&project, PAGE), "mine");
}

#[test]
fn a_new_file_is_written_only_where_there_is_none() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let words = "---\ntitle: Ontario\nsummary: S.\n---\n";
    assert_eq!(create(&preview, "partners/ontario.en.md", words).status, 200);
    assert_eq!(text(&project, "partners/ontario.en.md"), words);
    let refused = create(&preview, "partners/ontario.en.md", "other");
    assert_eq!((refused.status, refused.json()["text"].as_str()), (412, Some(words)));
    assert_eq!(text(&project, "partners/ontario.en.md"), words);
    assert_eq!(create(&preview, "pages/more/help.en.md", words).status, 200, "a folder that is not there is made");
}

#[test]
fn a_save_says_which_version_it_changes() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let before = text(&project, PAGE);
    let put = |headers: &str| preview.send(&format!("PUT /_diptych/api/files/{PAGE}"), headers, "mine").status;
    assert_eq!(put(""), 428);
    assert_eq!(put("If-None-Match: \"x\"\r\n"), 428);
    let version = file(&preview, "partners/manitoba", "en")["version"].as_str().unwrap().to_owned();
    for wrong in ["*", "\"\"", "\"0\"", &version, &format!("W/\"{version}\"")] {
        assert_eq!(put(&format!("If-Match: {wrong}\r\n")), 412, "{wrong}");
    }
    assert_eq!(put(&format!("If-Match: \"{version}\"\r\nIf-None-Match: *\r\n")), 412);
    assert_eq!(text(&project, PAGE), before);
}

#[test]
fn every_byte_is_saved_as_it_was_sent() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let words = "\u{feff}---\r\ntitle: Ontario\r\nsummary: \"S.\" # why\r\n---\r\nOne\rtwo \u{a0}\n\n\n";
    assert_eq!(create(&preview, "partners/ontario.en.md", words).status, 200);
    assert_eq!(text(&project, "partners/ontario.en.md"), words);
    assert_eq!(file(&preview, "partners/ontario", "en")["text"], words);
    assert_eq!(create(&preview, "partners/empty.en.md", "").status, 200);
    assert_eq!(text(&project, "partners/empty.en.md"), "");
}

#[test]
fn a_text_that_is_not_utf_8_is_refused_and_a_picture_is_not() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    for path in ["partners/x.en.md", "partners/x.yaml", "types/x.yaml"] {
        assert_eq!(create(&preview, path, b"caf\xe9").status, 422, "{path}");
        assert!(!project.path("content").join(path).exists());
    }
    assert_eq!(create(&preview, "partners/x.png", b"\x89PNG\r\n\xe9\0").status, 200);
    assert_eq!(std::fs::read(project.path("content/partners/x.png")).unwrap(), b"\x89PNG\r\n\xe9\0");
}

#[test]
fn a_picture_that_no_site_is_built_with_is_refused_in_the_words_of_its_mistake() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let svg = |inner: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\">{inner}</svg>");
    let answer = create(&preview, "partners/plan.svg", svg("<script>1</script>"));
    assert_eq!(answer.status, 422, "{}", answer.body);
    let told = answer.json()["error"].as_str().unwrap().to_owned();
    assert!(told.contains("“script” does not draw") && told.ends_with('.'), "{told}");
    assert!(!project.path("content/partners/plan.svg").exists());
    let version = create(&preview, "partners/plan.svg", svg("")).json()["version"].as_str().unwrap().to_owned();
    assert_eq!(save(&preview, "partners/plan.svg", &version, svg("<script/>")).status, 422);
    assert_eq!(std::fs::read_to_string(project.path("content/partners/plan.svg")).unwrap(), svg(""));
    assert_eq!(create(&preview, "partners/x.en.md", "no title").status, 200, "words are saved with all their mistakes");
}

#[test]
fn what_is_too_large_is_told_and_not_written() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    for path in ["partners/x.png", "partners/x.en.md"] {
        let answer = create(&preview, path, vec![b'a'; (16 << 20) + 1]);
        assert_eq!(answer.status, 413, "{path}");
        assert!(answer.body.contains("16 MB"), "{}", answer.body);
        assert!(!project.path("content").join(path).exists());
    }
}

#[test]
fn a_request_that_breaks_off_writes_nothing() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let before = Tree::read(&project.path("content"));
    let version = file(&preview, "partners/manitoba", "en")["version"].as_str().unwrap().to_owned();
    let mut stream = preview.connect();
    let head = format!(
        "PUT /_diptych/api/files/{PAGE} HTTP/1.1\r\nHost: {}\r\nX-Diptych-Token: {}\r\nIf-Match: \"{version}\"\r\n\
         Content-Length: 1000\r\n\r\nhalf",
        preview.address,
        preview.token()
    );
    std::io::Write::write_all(&mut stream, head.as_bytes()).unwrap();
    drop(stream);
    std::thread::sleep(std::time::Duration::from_millis(300));
    Tree::read(&project.path("content")).assert_same(&before, "nothing was written");
}

#[test]
fn only_files_of_the_content_folder_can_be_saved() {
    let project = Project::minimal();
    project.write("outside.md", "outside");
    project.write("elsewhere/inside.en.md", "elsewhere");
    project.link("content/partners/away.en.md", "../../outside.md");
    project.link("content/partners/nowhere.en.md", "../../nothing.md");
    project.link("content/away", "../elsewhere");
    let preview = Preview::start(&project);
    let before = Tree::read(&project.path(""));
    for path in [
        "../outside.md",
        "..%2Foutside.md",
        "%2e%2e/outside.md",
        "partners/../../outside.md",
        "partners/%2e%2e/%2e%2e/outside.md",
        "/etc/diptych.md",
        "%2Fetc/diptych.md",
        "partners/away.en.md",
        "partners/nowhere.en.md",
        "away/inside.en.md",
        "away/new.en.md",
        ".git/config.md",
        "partners/.hidden.md",
        "partners/x.md~",
        "partners//x.en.md",
        "partners/./x.en.md",
        "partners\\x.en.md",
        "partners/x.en.md/",
        "partners/a%00b.md",
        "partners/%ff.md",
        "partners",
        "pairs.lock",
        "partners/x.html",
        "partners/x.js",
        "partners/x.php.png",
        "partners/x",
    ] {
        let created = create(&preview, path, "new").status;
        let saved = save(&preview, path, "0", "new").status;
        assert_eq!((created, saved), (403, 403), "{path}");
    }
    Tree::read(&project.path("")).assert_same(&before, "nothing was written");
}

#[test]
fn a_link_inside_the_content_is_followed_and_stays() {
    let project = Project::minimal();
    project.link("content/partners/same.en.md", "manitoba.en.md");
    let preview = Preview::start(&project);
    let version = file(&preview, "partners/same", "en")["version"].as_str().unwrap().to_owned();
    assert_eq!(save(&preview, "partners/same.en.md", &version, "new").status, 200);
    assert_eq!(text(&project, PAGE), "new");
    assert!(std::fs::symlink_metadata(project.path("content/partners/same.en.md")).unwrap().is_symlink());
}

#[test]
fn nothing_but_content_is_left_in_the_content_folder() {
    let project = Project::minimal();
    project.write(".diptych/saving/saving-x", "left by a crash");
    let preview = Preview::start(&project);
    assert!(!project.path(".diptych/saving/saving-x").exists(), "cleared at the start");
    let before: Vec<String> = Tree::read(&project.path("content")).paths().into_iter().map(str::to_owned).collect();
    for number in 0..5 {
        let version = file(&preview, "partners/manitoba", "en")["version"].as_str().unwrap().to_owned();
        assert_eq!(save(&preview, PAGE, &version, format!("{number}")).status, 200);
    }
    assert_eq!(Tree::read(&project.path("content")).paths(), before);
    assert!(Tree::read(&project.path(".diptych")).paths().is_empty(), "nor beside it");
}

#[cfg(unix)]
#[test]
fn a_saved_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt as _;
    let project = Project::minimal();
    let path = project.path("content").join(PAGE);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o664)).unwrap();
    let preview = Preview::start(&project);
    let version = file(&preview, "partners/manitoba", "en")["version"].as_str().unwrap().to_owned();
    assert_eq!(save(&preview, PAGE, &version, "new").status, 200);
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o664);
}

#[test]
fn of_writers_at_the_same_time_each_knows_whether_its_words_are_in_the_file() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let version = file(&preview, "partners/manitoba", "en")["version"].as_str().unwrap().to_owned();
    let texts: Vec<String> = (0..8).map(|writer| format!("words of {writer}").repeat(1000)).collect();
    let answers: Vec<u16> = std::thread::scope(|scope| {
        let write = |text: &String| save(&preview, PAGE, &version, text).status;
        let writers: Vec<_> = texts.iter().map(|text| scope.spawn(move || write(text))).collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    let saved: Vec<usize> = (0..8).filter(|writer| answers[*writer] == 200).collect();
    assert_eq!(saved.len(), 1, "{answers:?}");
    assert!(answers.iter().all(|status| matches!(status, 200 | 412)), "{answers:?}");
    assert_eq!(text(&project, PAGE), texts[saved[0]]);
}

#[test]
fn a_server_that_is_killed_leaves_the_old_text_or_the_new_one() {
    let project = Project::minimal();
    let long = |number: usize| format!("version {number}\n").repeat(20_000);
    project.write(&format!("content/{PAGE}"), long(0));
    for round in 0..6 {
        let preview = Preview::start(&project);
        let token = preview.token();
        let known: Value = file(&preview, "partners/manitoba", "en");
        let mut version = known["version"].as_str().unwrap().to_owned();
        std::thread::scope(|scope| {
            let writing = scope.spawn(|| {
                for number in 1.. {
                    let headers = format!("X-Diptych-Token: {token}\r\nIf-Match: \"{version}\"\r\n");
                    let request = format!("PUT /_diptych/api/files/{PAGE}");
                    let sent = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                        preview.send_bare(&request, &headers, long(number)).json()["version"].clone()
                    }));
                    let Ok(Value::String(next)) = sent else { return };
                    version = next;
                }
            });
            std::thread::sleep(std::time::Duration::from_millis(60 + 37 * round));
            preview.kill();
            writing.join().unwrap();
        });
        let left = text(&project, PAGE);
        let number = left.lines().next().unwrap().strip_prefix("version ").unwrap().parse().unwrap();
        assert!(left == long(number), "the whole of version {number}");
    }
}

#[test]
fn a_name_longer_than_a_system_takes_is_refused_as_any_other_that_none_takes() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    for name in ["a".repeat(250), "b".repeat(236), "é".repeat(130)] {
        let path = format!("partners/{}.en.md", name.replace('é', "%C3%A9"));
        assert_eq!(create(&preview, &path, "words").status, 403, "{path}");
    }
}

#[test]
fn what_is_being_saved_goes_through_no_link() {
    let project = Project::minimal();
    project.write("victim/precious.txt", "precious");
    project.link(".diptych", "victim");
    let before = Tree::read(&project.path("victim"));
    let preview = Preview::start(&project);
    let refused = create(&preview, "partners/new.en.md", "words");
    assert_eq!(refused.status, 500);
    assert!(refused.body.contains("remove the link"), "{}", refused.body);
    Tree::read(&project.path("victim")).assert_same(&before, "the link is not followed");
    assert!(!project.path("content/partners/new.en.md").exists());
}
