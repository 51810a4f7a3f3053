//! The preview, over real HTTP: pages, redirects, the mistakes, and a change that reaches the browser.

use std::time::Duration;

use crate::preview::Preview;
use crate::project::Project;

#[test]
fn pages_files_and_the_index_are_served_on_this_machine_only() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    assert!(preview.address.starts_with("127.0.0.1:"), "{}", preview.address);
    let page = preview.get("/fr/ententes/echange-de-services/");
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(page.body.contains("Échange de services") && page.body.contains("/_diptych/preview.js"));
    assert_eq!(preview.get("/en/partners/?from=mail").status, 200);
    let style = page.body.split("href=\"").find(|rest| rest.contains("style.")).unwrap();
    let style = format!("/{}", style.split('"').next().unwrap().trim_start_matches("../"));
    assert_eq!((preview.get(&style).status, preview.get(&style).header("content-type")), (200, "text/css"));
    let manifest = preview.get("/search/en.json");
    assert_eq!((manifest.status, manifest.header("content-type")), (200, "application/json"));
    assert_eq!(preview.get("/_diptych/preview.js").status, 200);
    assert!(!project.path("public").exists(), "nothing is written");
}

#[test]
fn the_style_of_the_preview_changes_nothing_of_the_pages() {
    let project = Project::minimal();
    let style = Preview::start(&project).get("/_diptych/preview.css").body;
    let rules = style.lines().filter(|line| line.contains('{') && !line.starts_with(['}', '@']));
    let selectors: Vec<&str> = rules.flat_map(|line| line.split(" {").next().unwrap().split(", ")).collect();
    assert!(selectors.len() > 5);
    assert!(selectors.iter().all(|selector| selector.starts_with("#diptych-")), "{selectors:?}");
}

#[test]
fn an_address_without_its_last_slash_is_sent_on() {
    let project = Project::minimal();
    let answer = Preview::start(&project).get("/en/partners/manitoba");
    assert_eq!((answer.status, answer.header("location")), (308, "/en/partners/manitoba/"));
}

#[test]
fn an_address_that_does_not_exist_is_answered_in_both_languages() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    for path in
        ["/nothing", "/en/nothing/", "/../Cargo.toml", "/%2e%2e/%2e%2e/etc/passwd", "/content/site.yaml", "/%ff"]
    {
        let answer = preview.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.body.contains("Page not found") && answer.body.contains("Page introuvable"), "{path}");
    }
}

#[test]
fn a_change_reaches_the_browser_that_waits_for_it() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let first = preview.state("/_diptych/next");
    assert_eq!(first["mistakes"], serde_json::json!([]));
    let next = format!("/_diptych/next?generation={}", first["generation"]);
    let second = std::thread::scope(|scope| {
        let waiting = scope.spawn(|| preview.state(&next));
        std::thread::sleep(Duration::from_millis(200));
        assert!(!waiting.is_finished(), "the browser is answered when there is something to say");
        project.change("content/partners/manitoba.en.md", "The provincial", "The good provincial");
        waiting.join().unwrap()
    });
    assert_ne!(second["generation"], first["generation"]);
    assert!(preview.get("/en/partners/manitoba/").body.contains("The good provincial government."));
}

#[test]
fn mistakes_are_shown_over_the_last_good_site_until_they_are_corrected() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let mut state = preview.state("/_diptych/next");
    let mut after = |change: &dyn Fn()| {
        change();
        state = preview.state(&format!("/_diptych/next?generation={}", state["generation"]));
        state.clone()
    };
    let facts = "content/agreements/exchange-of-service.yaml";
    let broken = after(&|| project.change(facts, "manitoba", "manitobba"));
    assert_eq!(broken["errors"], true);
    assert_eq!(broken["title"], "1 error, 0 warnings");
    assert_eq!(broken["mistakes"][0]["name"], "unknown-reference");
    assert!(broken["text"].as_str().unwrap().contains("Did you mean “manitoba”?"));
    assert!(preview.get("/en/partners/manitoba/").body.contains("Exchange of service"), "the last good site is served");
    let corrected = after(&|| project.change(facts, "manitobba", "manitoba"));
    assert_eq!((&corrected["errors"], &corrected["mistakes"]), (&serde_json::json!(false), &serde_json::json!([])));
}

#[test]
fn a_site_that_starts_with_mistakes_shows_them_and_appears_when_they_are_corrected() {
    let project = Project::minimal();
    project.write("content/agreements/exchange-of-service.yaml", "parties: [nobody]\n");
    let preview = Preview::start(&project);
    let answer = preview.get("/en/");
    assert_eq!(answer.status, 500);
    assert!(
        answer.body.contains("unknown-reference") && answer.body.contains("/_diptych/preview.js"),
        "{}",
        answer.body
    );
    let generation = preview.state("/_diptych/next")["generation"].clone();
    project.write("content/agreements/exchange-of-service.yaml", "parties: [csc]\n");
    preview.state(&format!("/_diptych/next?generation={generation}"));
    assert_eq!(preview.get("/en/").status, 200);
}

#[test]
fn a_new_file_and_a_new_folder_are_noticed() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let generation = preview.state("/_diptych/next")["generation"].clone();
    project.write("content/pages/more/help.en.md", "---\ntitle: Help\nsummary: Help.\n---\n");
    let first = preview.state(&format!("/_diptych/next?generation={generation}"));
    project.write("content/pages/more/help.fr.md", "---\ntitle: Aide\nsummary: Aide.\n---\n");
    let mut state = first;
    while state["errors"] == true || preview.get("/fr/aide/").status != 200 {
        state = preview.state(&format!("/_diptych/next?generation={}", state["generation"]));
    }
}

#[test]
fn an_address_without_its_last_slash_never_leads_to_another_server() {
    let project = Project::minimal();
    let answer = Preview::start(&project).get("//en/partners/manitoba");
    assert_eq!((answer.status, answer.header("location")), (308, "/en/partners/manitoba/"));
}

#[test]
fn a_browser_that_says_no_generation_or_another_is_answered_at_once() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    for question in ["", "?generation=", "?generation=999", "?generation=x", "?generation=1&generation=7", "?other=1"] {
        assert_eq!(preview.state(&format!("/_diptych/next{question}"))["generation"], 1, "{question}");
    }
}

/// A page that links to files beside it.
const WITH_FILES: &str = "\
-- content/pages/help.en.md --
---
title: Help
summary: Help.
---
[Film](film.mp4), [figures](figures.csv) and a [drawing](drawing.svg).
-- content/pages/help.fr.md --
---
title: Aide
summary: Aide.
---
[Film](film.mp4), [chiffres](figures.csv) et [dessin](drawing.svg).
-- content/pages/figures.csv --
année;été
-- content/pages/drawing.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\"/>
";

#[test]
fn a_file_of_the_content_is_what_its_ending_says_and_does_nothing_at_the_preview_s_address() {
    let project = Project::minimal().with(WITH_FILES);
    project.write("content/pages/film.mp4", "<html><script>1</script>");
    let preview = Preview::start(&project);
    for (name, kind) in [
        ("film.mp4", "video/mp4"),
        ("figures.csv", "text/csv;charset=utf-8"),
        ("drawing.svg", "image/svg+xml;charset=utf-8"),
    ] {
        let answer = preview.get(&format!("/assets/pages/{name}"));
        assert_eq!((answer.status, answer.header("content-type")), (200, kind));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.header("content-security-policy").starts_with("sandbox"), "{name}");
    }
}

#[test]
fn a_film_is_sent_in_the_parts_that_are_asked_for() {
    let project = Project::minimal().with(WITH_FILES);
    project.write("content/pages/film.mp4", "0123456789");
    let preview = Preview::start(&project);
    let part = preview
        .ask(&format!("GET /assets/pages/film.mp4 HTTP/1.1\r\nHost: {}\r\nRange: bytes=2-4\r\n", preview.address));
    assert_eq!((part.status, part.body.as_str(), part.header("content-range")), (206, "234", "bytes 2-4/10"));
}

#[test]
fn a_large_file_is_never_held_in_memory() {
    let project = Project::minimal().with(WITH_FILES);
    // A file with a hole: it takes no room on the disk.
    std::fs::File::create(project.path("content/pages/film.mp4")).unwrap().set_len(3 << 30).unwrap();
    let preview = Preview::start(&project);
    let mut stream = preview.connect();
    std::io::Write::write_all(
        &mut stream,
        format!("GET /assets/pages/film.mp4 HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address).as_bytes(),
    )
    .unwrap();
    let mut beginning = vec![0; 4 << 20];
    std::io::Read::read_exact(&mut stream, &mut beginning).unwrap();
    assert!(preview.peak_memory() < 1 << 30, "{} bytes", preview.peak_memory());
}

#[test]
fn a_file_that_was_replaced_by_a_link_out_of_the_content_is_not_sent() {
    let project = Project::minimal().with(WITH_FILES);
    project.write("content/pages/film.mp4", "a film");
    project.write("secret.txt", "a secret");
    let preview = Preview::start(&project);
    std::fs::remove_file(project.path("content/pages/film.mp4")).unwrap();
    std::os::unix::fs::symlink(project.path("secret.txt"), project.path("content/pages/film.mp4")).unwrap();
    let answer = preview.get("/assets/pages/film.mp4");
    assert!(answer.status != 200 && !answer.body.contains("a secret"), "{}", answer.status);
}

#[test]
fn of_very_many_mistakes_those_of_the_page_and_of_what_was_just_saved_come_first() {
    let project = Project::minimal();
    for nth in 0..250 {
        project.write(&format!("content/aaa/{nth}.txt"), "Nobody links here.");
    }
    let preview = Preview::start(&project);
    let first = preview.state("/_diptych/next");
    assert_eq!((&first["total"], &first["here"]), (&serde_json::json!(250), &serde_json::json!(0)));
    assert_eq!(first["mistakes"].as_array().unwrap().len(), 200);
    project.write("content/zzz/last.txt", "Nor here.");
    let saved = preview.state(&format!("/_diptych/next?generation={}", first["generation"]));
    assert_eq!(saved["mistakes"][0]["file"], "content/zzz/last.txt", "{}", saved["mistakes"][0]);
    project.change("content/partners/manitoba.en.md", "The provincial", "[The](nowhere.md) provincial");
    preview.state(&format!("/_diptych/next?generation={}", saved["generation"]));
    let here = preview.state("/_diptych/next?page=en/partners/manitoba/");
    assert_eq!(here["record"], "partners/manitoba");
    assert!(here["here"].as_u64().unwrap() > 0 && here["mistakes"][0]["file"] == "content/partners/manitoba.en.md");
}
