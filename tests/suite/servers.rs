//! The same folder on any server: rules for the well-known ones, policies, redirects, compressed siblings, feedback.

use std::io::Read as _;

use crate::project::{Project, shipped};

const ALIAS: &str = "aliases: [en/old-page, en/old/file.html]\ntitle:";

fn with_alias() -> Project {
    let project = Project::minimal();
    project.change("content/pages/about.en.md", "title:", ALIAS);
    project
}

/// What a page's own policy says.
fn policy(page: &str) -> Option<&str> {
    page.split("http-equiv=\"Content-Security-Policy\" content=\"").nth(1)?.split('"').next()
}

#[test]
fn every_page_and_every_server_has_the_same_policy() {
    let site = shipped();
    let unescape = |text: &str| text.replace("&#x27;", "'").replace("&#39;", "'");
    let policies: std::collections::BTreeSet<String> = site
        .pages()
        .map(|(path, page)| unescape(policy(page).unwrap_or_else(|| panic!("{path} has no policy"))))
        .collect();
    assert_eq!(policies.len(), 1, "{policies:?}");
    let policy = policies.first().unwrap();
    assert!(!policy.contains("unsafe-inline"), "{policy}");
    for rules in ["_headers", ".htaccess", ".server/nginx.conf"] {
        assert!(site.text(rules).contains(policy.as_str()), "{rules} says something else");
    }
}

#[test]
fn no_page_needs_what_the_policy_forbids() {
    for (path, page) in shipped().pages() {
        assert!(!page.contains("<style") && !page.contains(" style=\""), "{path} has a style of its own");
        for script in page.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap();
            assert!(tag.contains(" src=") || tag.contains("application/ld+json"), "{path}: <script{tag}>");
        }
    }
}

#[test]
fn an_old_address_redirects_on_every_server() {
    let site = with_alias().build();
    assert!(site.text("en/old-page/index.html").contains("../about-this-site/"), "a page for servers without rules");
    assert!(site.text("_redirects").contains("/en/old-page/ /en/about-this-site/ 301\n"));
    let apache = site.text(".htaccess");
    assert!(apache.contains("RewriteRule ^en/old-page/?$ %{ENV:BASE}en/about-this-site/ [R=301,L,NE]"), "{apache}");
    assert!(apache.contains("RewriteRule ^en/old/file\\.html$ %{ENV:BASE}en/about-this-site/"), "{apache}");
    let nginx = site.text(".server/nginx.conf");
    assert!(nginx.contains("location = /en/old-page { return 301 /en/about-this-site/$is_args$args; }"), "{nginx}");
    assert!(nginx.contains("location = /en/old-page/ { return 301 /en/about-this-site/$is_args$args; }"), "{nginx}");
}

#[test]
fn an_old_address_of_any_site_redirects_with_its_spaces_accents_and_question() {
    let project = Project::minimal();
    let aliases = "aliases: ['/a%20b/', /d%C3%A9but.html, '/wiki/Name_(place)', '/article,12.html', '/?p=12', \
                   '/index.php?id=7&lang=en', /index.php]\ntitle:";
    project.change("content/pages/about.en.md", "title:", aliases);
    let site = project.build();
    let to = "en/about-this-site/";
    let files = site.paths();
    for file in ["a b/index.html", "début.html", "wiki/Name_(place)/index.html", "article,12.html", "index.php"] {
        assert!(files.contains(&file), "{file} leads on where a server has no rules");
    }
    let apache = site.text(".htaccess");
    for rule in [
        format!("  RewriteRule ^a\\x20b/?$ %{{ENV:BASE}}{to} [R=301,L,NE]\n"),
        format!("  RewriteRule ^début\\.html$ %{{ENV:BASE}}{to} [R=301,L,NE]\n"),
        format!(
            "  RewriteCond %{{QUERY_STRING}} (^|&)p=12(&|$)\n  RewriteRule ^$ %{{ENV:BASE}}{to} [R=301,L,NE,QSD]\n"
        ),
        format!(
            "  RewriteCond %{{QUERY_STRING}} (^|&)id=7&lang=en(&|$)\n  RewriteRule ^index\\.php$ %{{ENV:BASE}}{to} [R=301,L,NE,QSD]\n  \
             RewriteRule ^index\\.php$ %{{ENV:BASE}}{to} [R=301,L,NE]\n"
        ),
    ] {
        assert!(apache.contains(&rule), "{rule} in {apache}");
    }
    let nginx = site.text(".server/nginx.conf");
    for rule in [
        format!("location = \"/a b/\" {{ return 301 /{to}$is_args$args; }}\n"),
        format!("location = \"/début.html\" {{ return 301 /{to}$is_args$args; }}\n"),
        format!("location = / {{ if ($args ~ \"(^|&)p=12(&|$)\") {{ return 301 /{to}; }} }}\n"),
        format!(
            "location = /index.php {{ if ($args ~ \"(^|&)id=7&lang=en(&|$)\") {{ return 301 /{to}; }} return 301 /{to}$is_args$args; }}\n"
        ),
    ] {
        assert!(nginx.contains(&rule), "{rule} in {nginx}");
    }
    let hosts = site.text("_redirects");
    assert!(hosts.contains("/a%20b/ /en/about-this-site/ 301\n"), "{hosts}");
    assert!(!hosts.contains("p=12"), "hosts write it in ways of their own, or not at all");
}

#[test]
fn two_pages_cannot_have_one_old_address_with_its_question() {
    let project = Project::minimal();
    for (page, alias) in
        [("pages/about.en.md", "/?p=12"), ("partners/manitoba.en.md", "/?p=12"), ("partners/manitoba.fr.md", "/?p=13")]
    {
        project.change(&format!("content/{page}"), "title:", &format!("aliases: ['{alias}']\ntitle:"));
    }
    let run = project.run(&["check"]);
    assert_eq!(run.stderr.matches("error[duplicate-address]").count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains("another page already has the address /?p=12"), "{}", run.stderr);
}

#[test]
fn what_could_end_a_rule_of_a_server_is_no_old_address() {
    for alias in ["/a;b/", "/a$b/", "/a{b}/", "/a\\b/", "/?x=$y", "/?x={y}", "/?", "/a\u{7f}b/", "/a*b/", "/a:b/"] {
        let project = Project::minimal();
        let written = serde_json::to_string(alias).unwrap();
        project.change("content/pages/about.en.md", "title:", &format!("aliases: [{written}]\ntitle:"));
        let run = project.run(&["check"]);
        assert!(run.stderr.contains("error[bad-alias]"), "{alias}: {}", run.stderr);
    }
}

#[test]
fn a_site_in_a_folder_has_rules_for_that_folder() {
    let project = with_alias();
    let run = project.run(&["build", "--base-url", "https://example.org/kb/"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let site = project.output();
    assert!(site.text("_redirects").contains("/kb/en/old-page/ /kb/en/about-this-site/ 301\n"));
    assert!(site.text(".htaccess").contains("ErrorDocument 404 /kb/404.html"));
    let nginx = site.text(".server/nginx.conf");
    assert!(nginx.contains("error_page 404 /kb/404.html;") && nginx.contains("error_page 403 =404 /kb/404.html;"));
}

#[test]
fn apache_knows_a_page_again_that_it_compressed_itself() {
    let site = with_alias().build();
    let rule = "  RequestHeader edit* If-None-Match \"-gzip\\\"\" \"\\\"\"\n";
    assert!(site.text(".htaccess").contains(rule), "{}", site.text(".htaccess"));
}

#[test]
fn a_longer_query_leads_on_before_a_shorter_one_that_it_holds() {
    let project = Project::minimal();
    let add = |file: &str, alias: &str| project.change(file, "title:", &format!("aliases: ['{alias}']\ntitle:"));
    add("content/pages/about.en.md", "/index.php?id=7");
    add("content/partners/csc.en.md", "/index.php?id=7&lang=en");
    let site = project.build();
    for file in [".htaccess", ".server/nginx.conf"] {
        let rules = site.text(file);
        let at = |rule: &str| rules.find(rule).unwrap_or_else(|| panic!("{rule} in {rules}"));
        assert!(at("(^|&)id=7&lang=en(&|$)") < at("(^|&)id=7(&|$)"), "{file}");
    }
}

#[test]
fn apache_needs_to_allow_nothing_but_file_info() {
    let site = with_alias().build();
    let rules = [".htaccess", "assets/.htaccess", "data/.htaccess"].map(|file| site.text(file)).concat();
    let of_file_info = [
        "AddType",
        "AddOutputFilterByType",
        "ErrorDocument",
        "ForceType",
        "Header",
        "RemoveEncoding",
        "RemoveType",
        "RequestHeader",
        "Rewrite",
        "SetHandler",
    ];
    for line in rules.lines().map(str::trim_start).filter(|line| !line.starts_with(['<', '#'])) {
        assert!(of_file_info.iter().any(|directive| line.starts_with(directive)), "{line}");
    }
}

#[test]
fn only_files_whose_names_change_with_their_bytes_are_kept_for_good() {
    let headers = shipped().text("_headers");
    let kept: Vec<&str> = headers.split("\n/kb/").skip(1).map(|rule| rule.split('\n').next().unwrap()).collect();
    let immutable =
        |rule: &&str| headers.contains(&format!("/kb/{rule}\n  Cache-Control: public, max-age=31536000, immutable"));
    let kept: Vec<&str> = kept.into_iter().filter(immutable).collect();
    assert_eq!(kept, ["theme/*", "search/en-*", "search/fr-*", "search/engine-*"]);
    for path in shipped().paths().into_iter().filter(|path| path.starts_with("theme/")) {
        let hashed = path.split('.').any(|part| part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert!(hashed, "{path} would be kept for good under a name that stays");
    }
}

#[test]
fn precompressed_siblings_hold_the_same_bytes() {
    let project = Project::minimal().with(
        "\
-- content/pages/about.en.md --
---
title: About this site
summary: What this site is.
---
[Figures](figures.csv), [notes](notes.txt) and [the annex](annex.pdf).
-- content/pages/about.fr.md --
---
title: À propos de ce site
summary: Ce qu’est ce site.
---
[Chiffres](figures.csv), [notes](notes.txt) et [annexe](annex.pdf).
",
    );
    for file in ["figures.csv", "notes.txt", "annex.pdf"] {
        project.write(&format!("content/pages/{file}"), "a,b,c\n".repeat(200));
    }
    let plain = project.build();
    let run = project.run(&["build", "--precompress"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let site = project.output();
    let siblings: Vec<&str> = site.paths().into_iter().filter(|path| path.ends_with(".gz")).collect();
    for file in ["en/index.html", "assets/pages/figures.csv", "assets/pages/notes.txt"] {
        assert!(siblings.contains(&format!("{file}.gz").as_str()), "{file} in {siblings:?}");
    }
    assert!(!siblings.iter().any(|sibling| sibling.contains(".pdf")), "a PDF is compressed already: {siblings:?}");
    for sibling in siblings {
        let path = sibling.strip_suffix(".gz").unwrap();
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(site.0[sibling].as_slice()).read_to_end(&mut bytes).unwrap();
        assert!(bytes == plain.0[path], "{sibling} holds something else than {path}");
    }
    assert_eq!(project.run(&["build", "--precompress"]).code, 0);
    project.output().assert_same(&site, "compressed twice");
}

#[test]
fn feedback_is_absent_until_a_site_says_where_it_goes() {
    let site = Project::minimal().build();
    assert!(!site.text("en/index.html").contains("Report a problem"));
}

#[test]
fn feedback_by_mail_opens_a_message_about_the_page() {
    let project = Project::minimal();
    project.change(
        "content/site.yaml",
        "theme:",
        "base_url: https://example.org/\nfeedback: {email: web@example.org}\ntheme:",
    );
    let site = project.build();
    for path in ["fr/index.html", "fr/ententes/echange-de-services/index.html"] {
        let page = site.text(path);
        assert!(page.contains("Signaler un problème ou une erreur sur cette page"), "{path}");
        assert!(
            page.contains("href=\"mailto:web@example.org?subject=")
                && page.contains("&amp;body=https%3A//example.org/fr/"),
            "{path}:\n{page}"
        );
        assert_eq!(page.matches("Signaler un problème").count(), 1, "{path} asks once");
    }
}

#[test]
fn feedback_by_form_is_allowed_to_its_endpoint_alone() {
    let project = Project::minimal();
    project.change(
        "content/site.yaml",
        "theme:",
        "feedback: {endpoint: \"https://forms.example.org/in?site=kb\"}\ntheme:",
    );
    let site = project.build();
    let page = site.text("en/index.html");
    assert!(page.contains("method=\"post\"") && page.contains("value=\"outdated\""), "{page}");
    assert!(policy(page).unwrap().contains("https://forms.example.org"), "{page}");
    assert!(site.text("_headers").contains("form-action 'self' https://forms.example.org;"));
}
