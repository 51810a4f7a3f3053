//! The program opened by a double click, without arguments: the editor on the site beside it, or an offer to create
//! one.

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use crate::preview::Preview;
use crate::project::Project;

#[test]
fn the_editor_opens_on_the_site_that_lies_there() {
    let project = Project::minimal();
    let records = Preview::opened(&project, "").get("/_diptych/api/records");
    assert_eq!(records.status, 200);
    assert!(records.body.contains("agreements/exchange-of-service"), "{}", records.body);
}

#[test]
fn where_no_site_is_one_is_made_on_request_and_edited() {
    let project = Project::empty();
    fs::create_dir_all(project.path("somewhere/my-site")).unwrap();
    let opened = Preview::opened(&project, "somewhere");
    let page = opened.get("/").body;
    for words in ["Make your first site", "Créer un premier site", "lang=\"fr\""] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let token = page.split("diptych-token\" content=\"").nth(1).unwrap().split('"').next().unwrap();
    let start = |headers: &str| opened.send_bare("POST /_diptych/api/start", headers, "en");
    assert_eq!(start("").status, 403, "only the page may ask for it");
    assert!(!project.path("somewhere/my-site-2").exists());
    let made = start(&format!("X-Diptych-Token: {token}\r\n"));
    assert_eq!(made.status, 200, "{}", made.body);
    assert!(made.body.contains("my-site-2"), "what is there already stays: {}", made.body);
    assert!(project.path("somewhere/my-site-2/content/site.yaml").exists());
    let address = format!("Host: {}\r\n", opened.address);
    let ask = |path: &str| {
        (0..100).find_map(|_| {
            sleep(Duration::from_millis(100));
            let head = format!("GET {path} HTTP/1.1\r\n{address}");
            opened.try_ask(&head, Duration::from_secs(5)).ok().filter(|answer| answer.status == 200)
        })
    };
    let records = ask("/_diptych/api/records").expect("the editor takes the place of the offer");
    assert!(records.body.contains("agreements/"), "{}", records.body);
}
