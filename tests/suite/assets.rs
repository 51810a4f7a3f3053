//! No code from content: only files that nothing runs are published, drawings only draw, and all are sent as what they
//! are, with a policy under which nothing would run if one slipped through.

use crate::preview::Preview;
use crate::project::{Project, Run};

const ABOUT: &str = "content/pages/about.en.md";

/// The minimal site with one page that links to a file of this name.
fn linking_to(name: &str, bytes: &[u8]) -> Project {
    let project = Project::minimal();
    project.change(ABOUT, "This is an example.", &format!("The [file](<{name}>)."));
    project.write(&format!("content/pages/{name}"), bytes);
    project
}

fn mistakes(project: &Project) -> Vec<String> {
    let told = project.run(&["check", "--format", "json"]).mistakes();
    assert_eq!(project.run(&["build", "--format", "json"]).mistakes(), told);
    told
}

#[test]
fn what_runs_is_a_mistake_where_it_is_linked_to_and_is_not_published() {
    for name in [
        "x.html",
        "x.HTM",
        "x.xhtml",
        "x.svgz",
        "x.js",
        "x.mjs",
        "x.wasm",
        "x.php",
        "x.PHP7",
        "x.phtml",
        "x.cgi",
        "x.xml",
        "x.xsl",
        "x.kml",
        "x.shtml",
        "x.css",
        "x.php.pdf",
        "x.cgi.csv",
        "x.html.gz",
        "x.pdf.html",
        "x.var.txt",
        "x.hta",
    ] {
        let project = linking_to(name, b"<script>x</script>");
        assert_eq!(mistakes(&project), [format!("error asset-active {ABOUT}:5:5")], "{name}");
        assert!(!project.path("public").exists());
    }
    for (name, told) in [("x.exe", "asset-program"), ("x.ics", "asset-unknown"), ("NOTES", "asset-without-ending")] {
        assert_eq!(mistakes(&linking_to(name, b"x")), [format!("error {told} {ABOUT}:5:5")], "{name}");
    }
}

#[test]
fn every_way_to_publish_a_file_is_watched() {
    let project = linking_to("x.html", b"x");
    project.change(
        ABOUT,
        "The [file](<x.html>).",
        "![a](x.html)\n\n- [b](x.html)\n\n| [c](x.html) |\n|---|\n\nnote[^1]\n\n[^1]: [d](x.html)",
    );
    project.change("content/_index.fr.md", "Commencez", "[e](pages/x.html) Commencez");
    project.change("content/agreements/exchange-of-service.yaml", "signed_on", "annex: ../pages/x.html\nsigned_on");
    project.change(
        "content/agreements/exchange-of-service.fr.md",
        "services:",
        "note: \"[f](../pages/x.html)\"\nservices:",
    );
    let told = mistakes(&project);
    let of =
        |file: &str| told.iter().filter(|line| line.starts_with("error asset-active ") && line.contains(file)).count();
    assert_eq!((of(ABOUT), of("_index.fr.md"), of("service.yaml"), of("service.fr.md")), (4, 1, 1, 1), "{told:#?}");
}

#[test]
fn what_nobody_links_to_is_left_out_as_before() {
    let project = Project::minimal();
    project.write("content/pages/x.html", "x");
    assert_eq!(mistakes(&project), ["warning unused-asset content/pages/x.html:1:1"]);
}

#[test]
fn a_site_allows_more_with_its_reason() {
    let project = linking_to("dates.ICS", b"BEGIN:VCALENDAR");
    project.settings("assets:\n  allow:\n    - {ending: ics, reason: Readers take dates over into their calendars.}");
    let site = project.build();
    assert_eq!(site.text("assets/pages/dates.ICS"), "BEGIN:VCALENDAR");
    let headers = site.text("_headers");
    let rule = headers.split("/assets/*.ICS\n").nth(1).unwrap().split("\n/").next().unwrap();
    for line in ["sandbox;", "Content-Type: application/octet-stream", "Content-Disposition: attachment"] {
        assert!(rule.contains(line), "{line} in {rule}");
    }
    let apache = site.text("assets/.htaccess");
    assert!(apache.contains("\\.(ics)$") && apache.contains("ForceType application/octet-stream"), "{apache}");
    assert!(site.text(".server/nginx.conf").contains("location ~* \\.(ics)$"));

    project.settings("assets:\n  allow:\n    - {ending: .ics, type: text/calendar, reason: Readers take dates over.}");
    let headers = project.build().text("_headers").to_owned();
    assert!(
        headers.contains("Content-Type: text/calendar;charset=utf-8") && !headers.contains("Content-Disposition"),
        "{headers}"
    );
    for (setting, told) in [
        ("{ending: ics}", "missing-setting"),
        ("{ending: ics, reason: ''}", "expected-text"),
        ("{ending: html, reason: x}", "asset-ending-forbidden"),
        ("{ending: xml, reason: x}", "asset-ending-forbidden"),
        ("{ending: PHP8, reason: x}", "asset-ending-forbidden"),
        ("{ending: apk, reason: x}", "asset-ending-forbidden"),
        ("{ending: .ISO, reason: x}", "asset-ending-forbidden"),
        ("{ending: '*', reason: x}", "bad-asset-ending"),
        ("{ending: 'a|b', reason: x}", "bad-asset-ending"),
        ("{ending: ics, type: text/html, reason: x}", "bad-media-type"),
        ("{ending: ics, type: \"text/x;y\", reason: x}", "bad-media-type"),
        ("{ending: ics, type: image/svg+xml, reason: x}", "bad-media-type"),
    ] {
        let project = Project::minimal();
        project.settings(&format!("assets:\n  allow:\n    - {setting}"));
        assert!(mistakes(&project)[0].contains(told), "{setting}: {:?}", mistakes(&project));
    }
}

#[test]
fn drawings_that_do_more_than_draw_are_told_where_they_do() {
    let drawing = |inner: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">\n{inner}\n</svg>");
    for inner in [
        "<script>x</script>",
        "<g onload=\"x\"/>",
        "<foreignObject/>",
        "<image href=\"//example.org/x\"/>",
        "<style>@import 'x'</style>",
    ] {
        let project = linking_to("x.SVG", drawing(inner).as_bytes());
        let told = mistakes(&project);
        assert!(told.len() == 1 && told[0].starts_with("error unsafe-svg content/pages/x.SVG:2:"), "{inner}: {told:?}");
        assert!(!project.path("public").exists());
    }
    assert_eq!(mistakes(&linking_to("x.svg", b"\xff\xfe<\0s\0")), ["error not-utf8 content/pages/x.svg:1:1"]);
    assert_eq!(mistakes(&linking_to("x.svg", drawing("<path d=\"M0 0\"/>").as_bytes())), Vec::<String>::new());
}

#[test]
fn a_drawing_of_any_depth_is_told_or_let_in() {
    let deep =
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{}{}</svg>", "<g>".repeat(200_000), "</g>".repeat(200_000));
    let project = linking_to("x.svg", deep.as_bytes());
    let run: Run = project.run(&["check"]);
    assert!(run.code == 0 || run.stderr.contains("unsafe-svg"), "{} {}", run.code, run.stderr);
}

#[test]
fn the_preview_sends_a_file_as_the_servers_do_but_to_nobody_else() {
    let project = linking_to("x.pdf", b"%PDF");
    project.write("content/pages/y.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    project.change("content/pages/about.fr.md", "Voici un exemple.", "![Dessin](y.svg)");
    let preview = Preview::start(&project);
    let pdf = preview.get("/assets/pages/x.pdf");
    assert_eq!(pdf.header("content-type"), "application/pdf");
    assert!(pdf.header("content-security-policy").starts_with("default-src 'none';"));
    let svg = preview.get("/assets/pages/y.svg");
    assert_eq!(svg.header("content-type"), "image/svg+xml;charset=utf-8");
    assert!(svg.header("content-security-policy").starts_with("sandbox; default-src 'none';"));
    for answer in [pdf, svg, preview.get("/data/partners.json")] {
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        // The preview does not allow what a published site allows.
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }
}
