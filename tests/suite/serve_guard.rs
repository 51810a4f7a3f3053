//! Who gets answers from the preview, over raw connections: only a browser that was sent to this address.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use crate::preview::{Answer, Preview};
use crate::project::Project;

/// Asks for the home page with these headers.
fn with(preview: &Preview, headers: &[(&str, &str)]) -> Answer {
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    preview.ask(&format!("GET /en/ HTTP/1.1\r\n{headers}"))
}

#[test]
fn the_preview_answers_to_the_names_of_this_machine_with_its_port_and_to_no_other() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let port = preview.port();
    for name in ["127.0.0.1", "localhost", "LocalHost", "[::1]"] {
        assert_eq!(with(&preview, &[("Host", &format!("{name}:{port}"))]).status, 200, "{name}");
    }
    let other = if port == 4000 { 4001 } else { 4000 };
    let hosts = [
        format!("rebound.example:{port}"),
        format!("localhost.rebound.example:{port}"),
        format!("127.0.0.1.rebound.example:{port}"),
        format!("127.0.0.1:{other}"),
        format!("127.0.0.2:{port}"),
        format!("2130706433:{port}"),
        format!("localhost.:{port}"),
        format!("user@127.0.0.1:{port}"),
        format!("127.0.0.1:{port}:{port}"),
        format!("127.0.0.1:0{port}"),
        format!("127.0.0.1:{port}, rebound.example"),
        "127.0.0.1".to_owned(),
        "localhost".to_owned(),
        format!(":{port}"),
        String::new(),
    ];
    for host in hosts {
        let answer = with(&preview, &[("Host", &host)]);
        assert!(matches!(answer.status, 400 | 403), "“{host}” gets {}", answer.status);
        assert!(!answer.body.contains("Partnerships"), "“{host}” reads the page");
    }
}

#[test]
fn every_address_of_the_preview_is_guarded_alike() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    for path in
        ["/", "/en/", "/nothing", "/_diptych/next", "/_diptych/help/", "/_diptych/preview.js", "/search/en.json"]
    {
        let answer = preview.ask(&format!("GET {path} HTTP/1.1\r\nHost: rebound.example:{}\r\n", preview.port()));
        assert_eq!(answer.status, 403, "{path}");
        assert!(answer.body.contains("answers only at its own address"), "{}", answer.body);
    }
}

#[test]
fn a_request_without_a_host_or_with_two_is_refused() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    assert_eq!(with(&preview, &[]).status, 403);
    assert_eq!(preview.ask("GET /en/ HTTP/1.0\r\n").status, 403);
    assert_eq!(with(&preview, &[("Host", &preview.address), ("Host", &preview.address)]).status, 403);
    assert_eq!(with(&preview, &[("Host", &preview.address), ("Host", "rebound.example")]).status, 403);
}

#[test]
fn a_whole_address_in_a_request_has_to_name_the_same_host() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let address = &preview.address;
    let asked = |target: &str, host: &str| preview.ask(&format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n")).status;
    assert_eq!(asked(&format!("http://{address}/en/"), address), 200);
    assert_eq!(asked("http://rebound.example/en/", address), 403);
    assert_eq!(asked(&format!("http://{address}/en/"), "rebound.example"), 403);
    assert_eq!(asked(&format!("https://{address}/en/"), address), 403);
    assert_eq!(asked(&format!("http://user@{address}/en/"), address), 403);
}

#[test]
fn a_page_of_another_site_reads_nothing() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let own = format!("http://{}", preview.address);
    let port = preview.port();
    assert_eq!(with(&preview, &[("Host", &preview.address), ("Origin", &own)]).status, 200);
    let origins = [
        "https://other.example".to_owned(),
        "null".to_owned(),
        "http://127.0.0.1".to_owned(),
        format!("https://127.0.0.1:{port}"),
        format!("http://localhost:{port}"),
        format!("{own}.other.example"),
    ];
    for origin in origins {
        let answer = with(&preview, &[("Host", &preview.address), ("Origin", &origin)]);
        assert_eq!(answer.status, 403, "{origin}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
    }
    let twice = [("Host", preview.address.as_str()), ("Origin", own.as_str()), ("Origin", "https://other.example")];
    assert_eq!(with(&preview, &twice).status, 403);
}

#[test]
fn another_site_may_lead_a_person_to_a_page_but_not_build_it_into_its_own() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let fetched = |site: &str, mode: &str, dest: &str| {
        let headers = [
            ("Host", preview.address.as_str()),
            ("Sec-Fetch-Site", site),
            ("Sec-Fetch-Mode", mode),
            ("Sec-Fetch-Dest", dest),
        ];
        with(&preview, &headers).status
    };
    for (mode, dest) in [("navigate", "document"), ("no-cors", "script"), ("cors", "empty"), ("navigate", "iframe")] {
        assert_eq!(fetched("same-origin", mode, dest), 200, "the preview's own {dest}");
    }
    assert_eq!(fetched("none", "navigate", "document"), 200, "typed by a person");
    for site in ["cross-site", "same-site", "something-new"] {
        assert_eq!(fetched(site, "navigate", "document"), 200, "a link on a {site} page");
        for (mode, dest) in [
            ("no-cors", "script"),
            ("no-cors", "image"),
            ("no-cors", "style"),
            ("cors", "empty"),
            ("navigate", "iframe"),
            ("navigate", "object"),
            ("websocket", "empty"),
        ] {
            assert_eq!(fetched(site, mode, dest), 403, "{site} {mode} {dest}");
        }
    }
}

#[test]
fn every_answer_forbids_other_sites_to_load_or_frame_it() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let refused = |host: &str| preview.ask(&format!("GET /en/ HTTP/1.1\r\nHost: {host}\r\n"));
    for answer in
        [preview.get("/en/"), preview.get("/nothing"), preview.get("/_diptych/next"), refused("rebound.example")]
    {
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(answer.header("x-frame-options"), "SAMEORIGIN");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'self'"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[test]
fn the_preview_is_only_read() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"] {
        for path in ["/en/", "/_diptych/next", "/nothing"] {
            let answer = preview.ask(&format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", preview.address));
            assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"), "{method} {path}");
        }
    }
    let tunnel = preview.ask(&format!("CONNECT {0} HTTP/1.1\r\nHost: {0}\r\n", preview.address));
    assert_eq!(tunnel.status, 405);
}

#[test]
fn head_gives_the_head_of_the_same_answer() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    for path in ["/en/", "/nothing", "/_diptych/preview.js"] {
        let (whole, head) =
            (preview.get(path), preview.ask(&format!("HEAD {path} HTTP/1.1\r\nHost: {}\r\n", preview.address)));
        assert_eq!((head.status, head.body.as_str()), (whole.status, ""), "{path}");
        assert_eq!(head.header("content-length"), whole.header("content-length"), "{path}");
    }
}

#[test]
fn refusals_are_worded_in_the_language_of_messages() {
    let project = Project::minimal();
    let preview = Preview::with(&project, &["--lang", "fr"]);
    let refused = preview.ask("GET / HTTP/1.1\r\nHost: rebound.example\r\n");
    assert!(refused.body.contains("L’aperçu ne répond qu’à sa propre adresse."), "{}", refused.body);
    assert_eq!(refused.header("content-type"), "text/plain; charset=utf-8");
}

#[test]
fn addresses_and_heads_of_any_length_are_answered_and_not_kept() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    assert_eq!(preview.get(&format!("/{}", "a".repeat(9000))).status, 414);
    let long = format!("GET / HTTP/1.1\r\nHost: {}\r\nX-Long: {}\r\n", preview.address, "a".repeat(1 << 20));
    // The connection may be closed before everything was sent.
    assert!(preview.try_ask(&long, Duration::from_secs(20)).map_or(431, |answer| answer.status) == 431);
    assert_eq!(preview.get("/en/").status, 200);
}

#[test]
fn connections_that_ask_nothing_do_not_keep_others_out_for_long() {
    let project = Project::minimal();
    let preview = Preview::start(&project);
    let began = Instant::now();
    let idle: Vec<_> = (0..400)
        .map(|_| {
            let mut stream = preview.connect();
            // Half of a request.
            let _ = stream.write_all(b"GET /en/ HTTP/1.1\r\nHost: ");
            stream
        })
        .collect();
    assert_eq!(preview.get("/en/").status, 200);
    assert!(began.elapsed() < Duration::from_secs(39), "{:?}", began.elapsed());
    let mut first = &idle[0];
    first.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
    let mut rest = Vec::new();
    assert!(first.read_to_end(&mut rest).is_ok(), "the half request was given up");
}

#[test]
fn an_open_address_is_warned_of_and_read_only_with_its_token() {
    let project = Project::minimal();
    let preview = Preview::with(&project, &["--host", "0.0.0.0"]);
    let said = preview.greeting.join("\n");
    assert!(said.contains("Warning: other machines can reach this preview."), "{said}");
    let token = preview.question.strip_prefix("?token=").expect("the printed address brings the token");
    assert_eq!(token.len(), 32);
    let port = preview.port();
    let asked =
        |path: &str, headers: &str| preview.ask(&format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}"));
    let refused = asked("/en/", "");
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("with its token"), "{}", refused.body);
    for wrong in
        ["/en/?token=", "/en/?token=0", &format!("/en/?token={}", "0".repeat(32)), &format!("/en/?token={token}0")]
    {
        assert_eq!(asked(wrong, "").status, 403, "{wrong}");
    }
    let welcome = asked(&format!("/en/?a=1&token={token}"), "");
    assert_eq!((welcome.status, welcome.header("location")), (303, "/en/?a=1"), "the token leaves the address");
    let cookie = welcome.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap();
    assert_eq!(asked("/en/", &format!("Cookie: other=1; {cookie}\r\n")).status, 200);
    assert_eq!(asked("/en/", &format!("Cookie: {cookie}0\r\n")).status, 403);
    let host =
        |host: &str| preview.ask(&format!("GET /en/ HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookie}\r\n")).status;
    assert_eq!([host("192.0.2.7"), host("[2001:db8::1]"), host("localhost")], [200; 3], "any address of this machine");
    assert_eq!([host("rebound.example"), host("127.1"), host("[127.0.0.1]")], [403; 3], "no other name");
    let slashes = asked(&format!("//other.example/?token={token}"), "");
    assert_eq!(slashes.header("location"), "/other.example/", "it never leads away");
}

#[test]
fn two_previews_have_two_tokens() {
    let project = Project::minimal();
    let start = || Preview::with(&project, &["--host", "0.0.0.0"]).question.clone();
    assert_ne!(start(), start());
}

#[test]
fn an_address_of_this_machine_alone_needs_no_token() {
    let project = Project::minimal();
    for host in ["127.0.0.1", "localhost"] {
        let preview = Preview::with(&project, &["--host", host]);
        assert_eq!((preview.question.as_str(), preview.get("/en/").status), ("", 200), "{host}");
        assert!(!preview.greeting.join("\n").contains("Warning"));
    }
}

#[test]
fn an_address_that_cannot_be_served_is_explained() {
    let project = Project::minimal();
    let said = |args: &[&str]| {
        let run = project.run(args);
        assert_eq!(run.code, 2, "{}", run.stderr);
        run.stderr
    };
    assert!(said(&["serve", "--host", "192.0.2.7", "--port", "0"]).contains("name one of this machine with --host"));
    assert!(said(&["serve", "--host", "nobody.invalid"]).contains("--host nobody.invalid: write an address"));
    let taken = Preview::start(&project);
    let port = taken.port().to_string();
    assert!(said(&["serve", "--port", &port]).contains("is taken"));
    assert!(said(&["--lang", "fr", "serve", "--port", &port]).contains("est occupé"));
}
