//! Whatever a request to the preview holds, the next one is answered, nothing outside the content is revealed, and
//! nothing there is written.

use std::io::{Read, Write};
use std::time::Duration;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::preview::Preview;
use crate::project::{Project, Tree, tries};

const METHODS: &[&str] = &["GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", "get", "PROPFIND", "", "CONNECT"];

/// Addresses of everything that answers, and ways around it.
const ADDRESSES: &[&str] = &[
    "/",
    "/_diptych/",
    "/_diptych/next?generation=",
    "/_diptych/edit/",
    "/_diptych/search",
    "/_diptych/help/",
    "/_diptych/api/site",
    "/_diptych/api/records/",
    "/_diptych/api/files/",
    "/_diptych/api/search?lang=en&q=",
    "/_diptych/api/search/tests",
    "/_diptych/api/check",
    "/_diptych/api/render",
    "/_diptych/api/confirm",
    "/_diptych/api/new",
    "/_diptych/api/move",
    "/_diptych/api/remove",
    "/en/",
    "/search/en/",
    "http://example.org/",
    "*",
];

const PIECES: &[&str] = &[
    "partners/manitoba",
    "partners/manitoba.en.md",
    "site.yaml",
    "types/partner.yaml",
    "pairs.lock",
    "assets/a.png",
    "secret.txt",
    "..",
    "/",
    "../",
    "%2e%2e%2f",
    "..%5c",
    "%00",
    "%ff",
    "%",
    "\\",
    "C:",
    "con.en.md",
    ".diptych",
    ".git/config",
    "é",
    "?",
    "&",
    "#",
    " ",
    "=",
    "18446744073709551616",
    "-1",
    "\"",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "null",
    "\"id\"",
    "\"to\"",
    "\"path\"",
    "\"text\"",
    "\"type\"",
    "\"lang\"",
    "\"en\"",
    "\"files\"",
    "{\"id\":\"partners/manitoba\"}",
    "{\"id\":\"../../secret\",\"to\":\"partners/x\"}",
    "{\"files\":{\"partners/manitoba.en.md\":\"---\\ntitle: [\"}}",
    "---\ntitle: T\nsummary: S\n---\n",
    "\r\n",
    "\0",
    "🙂",
];

const HEADERS: &[&str] = &[
    "Host: {host}\r\n",
    "Host: {host}\r\n",
    "Host: {host}\r\n",
    "Host: example.org\r\n",
    "Origin: http://{host}\r\n",
    "Origin: null\r\n",
    "X-Diptych-Token: {token}\r\n",
    "X-Diptych-Token: {token}\r\n",
    "X-Diptych-Token: \r\n",
    "If-None-Match: *\r\n",
    "If-Match: \"0\"\r\n",
    "If-Match: *\r\n",
    "Content-Type: application/json\r\n",
    "Content-Type: text/plain\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Content-Length: 5\r\n",
    "Content-Length: 18446744073709551616\r\n",
    "Range: bytes=0-,5-1\r\n",
    "Accept-Language: fr\r\n",
    "Expect: 100-continue\r\n",
    "Upgrade: h2c\r\nConnection: upgrade\r\n",
    ": \r\n",
    "no header\r\n",
];

#[derive(Clone, Debug)]
struct Request {
    line: String,
    headers: Vec<&'static str>,
    body: Vec<u8>,
    /// Whether the length of the body is given correctly.
    is_honest: bool,
}

fn pieces(most: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![6 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => any::<String>()];
    prop::collection::vec(piece, 0..most).prop_map(|pieces| pieces.concat())
}

fn request() -> impl Strategy<Value = Request> {
    let address = (prop::sample::select(ADDRESSES), pieces(4)).prop_map(|(start, rest)| format!("{start}{rest}"));
    let line =
        (prop::sample::select(METHODS), address).prop_map(|(method, address)| format!("{method} {address} HTTP/1.1"));
    let line = prop_oneof![12 => line, 1 => any::<String>()];
    let headers = prop::collection::vec(prop::sample::select(HEADERS), 0..6);
    let body =
        prop_oneof![5 => pieces(8).prop_map(String::into_bytes), 1 => prop::collection::vec(any::<u8>(), 0..200)];
    (line, headers, body, any::<bool>()).prop_map(|(line, headers, body, is_honest)| Request {
        line,
        headers,
        body,
        is_honest,
    })
}

/// What comes back within a moment, if anything does.
fn answer(preview: &Preview, token: &str, request: &Request) -> Vec<u8> {
    let mut stream = preview.connect();
    stream.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    let headers: String = request.headers.concat().replace("{host}", &preview.address).replace("{token}", token);
    let length = if request.is_honest { format!("Content-Length: {}\r\n", request.body.len()) } else { String::new() };
    let head = format!("{}\r\n{headers}{length}Connection: close\r\n\r\n", request.line);
    // A server that has read enough may end the connection first.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&request.body));
    let _ = stream.shutdown(std::net::Shutdown::Write);
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    bytes
}

#[test]
fn no_request_stops_the_preview_or_leads_out_of_the_content() {
    const SECRET: &str = "what lies beside the content";
    let project = Project::minimal();
    project.write("secret.txt", SECRET);
    project.link("content/partners/way-out.en.md", "../../secret.txt");
    let preview = Preview::start(&project);
    let token = preview.token();
    let mut runner = TestRunner::deterministic();
    for nth in 0..tries(1500) {
        let request = request().new_tree(&mut runner).unwrap().current();
        let answer = answer(&preview, &token, &request);
        let told = String::from_utf8_lossy(&answer);
        assert!(!told.contains(SECRET), "{request:?}: {told}");
        if nth % 100 == 0 {
            assert_eq!(preview.get("/_diptych/next").status, 200, "{request:?}");
        }
    }
    let outside: Vec<String> = Tree::read(&project.path(""))
        .paths()
        .into_iter()
        .filter(|path| !path.starts_with("content/") && !path.starts_with(".diptych/"))
        .map(str::to_owned)
        .collect();
    assert_eq!(outside, ["secret.txt"]);
    assert_eq!(std::fs::read_to_string(project.path("secret.txt")).unwrap(), SECRET);
    let (code, said) = preview.end("-TERM");
    assert_eq!(code, Some(0), "{said:?}");
    assert!(!said.iter().any(|line| line.contains("panicked")), "{said:#?}");
}
