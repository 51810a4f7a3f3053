//! The preview, over real HTTP: pages, redirects, the mistakes, and a change that reaches the browser.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::project::Project;

#[test]
fn pages_files_and_the_index_are_served_on_this_machine_only() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    assert!(preview.address.starts_with("127.0.0.1:"), "{}", preview.address);
    let page = preview.get("/fr/ententes/echange-de-services/");
    assert_eq!((page.status, page.kind.as_str()), (200, "text/html; charset=utf-8"));
    assert!(page.body.contains("Échange de services") && page.body.contains("/_diptych/preview.js"));
    assert_eq!(preview.get("/en/partners/?from=mail").status, 200);
    let style = page.body.split("href=\"").find(|rest| rest.contains("style.")).unwrap();
    let style = format!("/{}", style.split('"').next().unwrap().trim_start_matches("../"));
    assert_eq!((preview.get(&style).status, preview.get(&style).kind.as_str()), (200, "text/css"));
    let manifest = preview.get("/search/en.json");
    assert_eq!((manifest.status, manifest.kind.as_str()), (200, "application/json"));
    assert_eq!(preview.get("/_diptych/preview.js").status, 200);
    assert!(!project.path("public").exists(), "nothing is written");
}

#[test]
fn the_style_of_the_preview_changes_nothing_of_the_pages() {
    let project = Project::minimal();
    let style = Preview::start(&project).get("/_diptych/preview.css").body;
    let rules = style.lines().filter(|line| line.contains('{') && !line.starts_with('}'));
    let selectors: Vec<&str> = rules.flat_map(|line| line.split(" {").next().unwrap().split(", ")).collect();
    assert!(selectors.len() > 5);
    assert!(selectors.iter().all(|selector| selector.starts_with("#diptych-")), "{selectors:?}");
}

#[test]
fn an_address_without_its_last_slash_is_sent_on() {
    let project = Project::minimal();
    let answer = Preview::start(&project).get("/en/partners/manitoba");
    assert_eq!((answer.status, answer.location.as_str()), (308, "/en/partners/manitoba/"));
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
fn mistakes_are_shown_over_the_last_good_site_until_they_are_mended() {
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
    let mended = after(&|| project.change(facts, "manitobba", "manitoba"));
    assert_eq!((&mended["errors"], &mended["mistakes"]), (&serde_json::json!(false), &serde_json::json!([])));
}

#[test]
fn a_site_that_starts_with_mistakes_shows_them_and_appears_when_they_are_mended() {
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

/// A preview that runs until it is dropped.
pub(crate) struct Preview {
    process: Child,
    address: String,
}

impl Preview {
    pub(crate) fn start(project: &Project) -> Self {
        let mut process = project.command(&["serve", "--port", "0"]).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let address = lines
            .by_ref()
            .find_map(|line| Some(line.unwrap().split_once("http://")?.1.trim_end_matches('/').to_owned()))
            .expect("the preview says where it is");
        // What it says later is read too, so that it never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Self { process, address }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let mut answer = Answer {
            status,
            kind: String::new(),
            location: String::new(),
            head: head.to_owned(),
            body: body.to_owned(),
        };
        answer.kind = answer.header("content-type");
        answer.location = answer.header("location");
        answer
    }

    /// What the browser learns of the site.
    fn state(&self, path: &str) -> serde_json::Value {
        serde_json::from_str(&self.get(path).body).unwrap()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    kind: String,
    location: String,
    head: String,
    pub(crate) body: String,
}

impl Answer {
    /// What a header says; nothing where it is not there.
    pub(crate) fn header(&self, name: &str) -> String {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned()).unwrap_or_default()
    }
}
