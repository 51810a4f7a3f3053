//! Names are not paths, and each path has one owner: whatever a name in the content says, nothing is written outside
//! the site or over another of its files, and `check` reports it exactly as a build does.

use std::fs;

use diptych::output::disk::{Place, Staging};

use crate::project::{Project, Run};

const ABOUT: &str = "content/pages/about.en.md";

/// What `check` reports, which must be what a build reports, with and without compressed siblings; and no build writes.
fn told(project: &Project) -> Vec<String> {
    let mistakes = project.run(&["check", "--format", "json"]).mistakes();
    for build in [&["build", "--format", "json"][..], &["build", "--precompress", "--format", "json"]] {
        let run = project.run(build);
        assert_eq!(run.mistakes(), mistakes, "{build:?}");
        assert_eq!(run.code, i32::from(mistakes.iter().any(|line| line.starts_with("error"))), "{mistakes:?}");
    }
    assert!(!project.path("public").exists() || mistakes.iter().all(|line| !line.starts_with("error")));
    mistakes
}

/// The names of the mistakes, without those that only follow.
fn names(project: &Project) -> Vec<String> {
    told(project).iter().map(|line| line.split(' ').nth(1).unwrap().to_owned()).collect()
}

fn with_alias(alias: &str) -> Project {
    let project = Project::minimal();
    project.change(ABOUT, "summary:", &format!("aliases: [{alias:?}]\nsummary:"));
    project
}

#[test]
fn an_old_address_never_takes_the_place_of_anything() {
    for (alias, name) in [
        ("/", "bad-alias"),
        ("/index.html", "duplicate-address"),
        ("/en/", "duplicate-address"),
        ("/en", "duplicate-address"),
        ("/en/index.html", "duplicate-address"),
        ("/404.html", "duplicate-address"),
        ("/_headers", "path-file-and-folder"),
        ("/_redirects/old.html", "path-file-and-folder"),
        ("/sitemap.xml", "path-taken"),
        ("/en/feed.xml", "path-taken"),
        ("/data/partners.json", "path-taken"),
        ("/data/partners.en.csv", "path-taken"),
        ("/data/partners/csc.json", "path-taken"),
        ("/data/partners.json/old/", "path-file-and-folder"),
        ("/data/partners.json.gz", "path-of-sibling"),
        ("/en/index.html.gz", "path-of-sibling"),
        ("/en/about-this-site/index.html.gz/old/", "path-of-sibling"),
        ("/en/about-this-site/", "duplicate-address"),
        ("/fr/ententes/", "duplicate-address"),
        ("/en/agreements/status/", "duplicate-address"),
        ("/en/agreements/expiring/12-months/", "duplicate-address"),
        ("/en/partners/Manitoba/", "path-case"),
        ("/EN/", "path-case"),
        ("/Data/Partners.json", "path-case"),
        ("/en/partners/manitoba/index.html/old/", "path-file-and-folder"),
        ("/theme/style.css", "path-reserved"),
        ("/search/", "path-reserved"),
        ("/search/x", "path-reserved"),
        ("/Theme/x/", "path-reserved"),
        ("/_worker.js", "path-reserved"),
        ("/web.config", "path-reserved"),
        ("/old/con/", "bad-output-path"),
        ("/old/aux.html", "bad-output-path"),
        ("/old./", "bad-output-path"),
        (&format!("/{}/", "a".repeat(250)), "bad-output-path"),
        (&"/a".repeat(600), "bad-output-path"),
        ("/../x/", "bad-alias"),
        ("/.htaccess", "bad-alias"),
        ("/a\\..\\b/", "bad-alias"),
        ("C:/x/", "bad-alias"),
    ] {
        assert_eq!(names(&with_alias(alias)), [name], "{alias}");
    }
}

#[test]
fn an_old_address_that_nothing_has_is_free() {
    for alias in [
        "/en/old/",
        "/old.html",
        "/data/old.csv",
        "/assets/old.pdf",
        "/index.php",
        "/en/agreements/page/",
        "/fr/année-à-venir/",
        "/fr/%C3%A0-l’étude.html",
    ] {
        assert_eq!(names(&with_alias(alias)), Vec::<String>::new(), "{alias}");
    }
}

#[test]
fn both_owners_of_a_path_are_named() {
    let project = with_alias("/en/partners/manitoba/");
    let message = project.run(&["check"]).stderr;
    for place in ["content/pages/about.en.md:3:11", "content/partners/manitoba.en.md:2:8", "the other page"] {
        assert!(message.contains(place), "{message}");
    }
}

#[test]
fn two_pages_never_have_one_address() {
    for (title, name) in [
        ("Correctional Service of Canada", "duplicate-address"),
        ("« Correctional ✻ Service » of Canada!", "duplicate-address"),
    ] {
        let project = Project::minimal();
        project.change("content/partners/manitoba.en.md", "title: Manitoba", &format!("title: \"{title}\""));
        assert_eq!(names(&project), [name], "{title}");
    }
    // A free page where a section is, where a page of the program is, and where a part of a list is.
    for slug in ["partners", "search", "a-z"] {
        let project = Project::minimal();
        project.change(ABOUT, "summary:", &format!("slug: {slug}\nsummary:"));
        assert_eq!(told(&project), [format!("error duplicate-address {ABOUT}:3:7")], "{slug}");
    }
    let project = Project::minimal();
    project.change("content/agreements/exchange-of-service.en.md", "summary:", "slug: status\nsummary:");
    assert_eq!(names(&project), ["duplicate-address"], "the page of a facet, which more records would bring");
}

#[test]
fn a_section_never_takes_the_place_of_a_page_of_the_program() {
    for (from, to) in [("slug: {en: partners,", "slug: {en: search,"), ("slug: {en: partners,", "slug: {en: a-z,")] {
        let project = Project::minimal();
        project.change("content/types/partner.yaml", from, to);
        let told = told(&project);
        assert!(told.iter().any(|line| line.contains("content/types/partner.yaml:5:7")), "{told:?}");
    }
}

#[test]
fn the_folder_of_a_type_is_a_plain_name() {
    for folder in [
        "../../../package",
        "..",
        ".",
        "/etc",
        "a/b",
        "a\\\\b",
        "..\\\\..\\\\x",
        "C:",
        "C:\\\\x",
        "con",
        "NUL.txt",
        "lpt1",
        "end.",
        ".hidden",
        "a:b",
        "a*b",
        "a\\u0000b",
        "a\\nb",
        "a\\u202Eb",
        "a|b",
        "\\\\\\\\server\\\\share",
    ] {
        let project = Project::minimal();
        project.write("package.json", "{}");
        let before = fs::read_dir(project.path("..")).unwrap().count();
        let kind = format!(
            "type: evil\nfolder: \"{folder}\"\nname: {{en: Evil, fr: Mal}}\nplural: {{en: Evils, fr: Maux}}\nslug: {{en: evils, fr: maux}}\n"
        );
        project.write("content/types/evil.yaml", kind);
        // A character that cannot be seen is a mistake of its own.
        let mut told = told(&project);
        told.retain(|line| !line.starts_with("error control-character"));
        assert_eq!(told, ["error bad-name content/types/evil.yaml:2:9"], "{folder}");
        assert_eq!(fs::read_to_string(project.path("package.json")).unwrap(), "{}");
        assert!(fs::read_dir(project.path("..")).unwrap().count() <= before + 8, "nothing came beside the project");
    }
}

#[test]
fn files_with_names_that_no_system_holds_are_told_by_name() {
    for name in [
        "aux.en.md",
        "a:b.en.md",
        "a?.en.md",
        "a\\b.en.md",
        "a\u{202e}b.en.md",
        "a\u{1b}[31mb.en.md",
        "a\nb.en.md",
        "<b>.en.md",
    ] {
        let project = Project::minimal();
        let page = "---\ntitle: Help\nsummary: Help.\n---\n";
        project.write(&format!("content/pages/{name}"), page);
        project.write(&format!("content/pages/{}", name.replace(".en.", ".fr.")), page.replace("Help", "Aide"));
        let run = project.run(&["check"]);
        assert_eq!(run.code, 1, "{name:?}");
        assert_eq!(run.stderr.matches("error[bad-file-name]").count(), 2, "{name:?}: {}", run.stderr);
        assert!(!run.stderr.contains(['\u{1b}', '\u{202e}']), "nothing of a name acts on a terminal: {:?}", run.stderr);
    }
}

#[test]
fn a_name_that_is_no_text_is_a_mistake_and_no_reading_error() {
    let project = Project::minimal();
    let name: std::ffi::OsString = std::os::unix::ffi::OsStringExt::from_vec(b"caf\xe9.en.md".to_vec());
    fs::write(project.path("content/pages").join(name), "---\ntitle: Coffee\nsummary: Coffee.\n---\n").unwrap();
    assert!(names(&project).contains(&"bad-file-name".to_owned()));
}

#[test]
fn two_files_that_some_systems_take_for_one_are_told() {
    let project = Project::minimal();
    project.change(ABOUT, "This is an example.", "[One](annex.pdf), [two](Annex.pdf)");
    for file in ["annex.pdf", "Annex.pdf"] {
        project.write(&format!("content/pages/{file}"), file);
    }
    assert_eq!(names(&project), ["path-case", "names-differ-by-case"]);
}

#[test]
fn a_long_title_gives_a_short_address_and_a_long_slug_is_told() {
    let project = Project::minimal();
    project.change(ABOUT, "title: About this site", &format!("title: About {}", "this site ".repeat(34)));
    let site = project.build();
    let page = site.pages().find(|(path, _)| path.starts_with("en/about-this")).unwrap().0.to_owned();
    assert!(page.len() < 120 && page.contains("site-this/index.html") || page.contains("site/index.html"), "{page}");
    let project = Project::minimal();
    project.change(ABOUT, "summary:", &format!("slug: {}\nsummary:", "a".repeat(300)));
    assert_eq!(told(&project), [format!("error bad-output-path {ABOUT}:3:7")]);
}

#[test]
fn what_nests_too_deep_for_a_disk_is_told_with_its_place() {
    let project = Project::minimal();
    let folder = "long-name-of-a-folder/".repeat(44);
    project.write(&format!("content/pages/{folder}x.pdf"), "x");
    project.change(ABOUT, "This is an example.", &format!("[Annex]({folder}x.pdf)"));
    assert_eq!(names(&project), ["bad-output-path"]);
}

#[test]
fn a_theme_is_a_folder_of_the_themes() {
    for name in ["../elsewhere", "/etc", "..", "a/b", "themes/own", "a\\\\b", ".hidden"] {
        let project = Project::minimal();
        project.write("elsewhere/theme.yaml", "name: elsewhere\ncontract: 1\nextends: default\n");
        project.change("content/site.yaml", "theme: default", &format!("theme: \"{name}\""));
        assert_eq!(names(&project), ["bad-theme-name"], "{name}");

        let project = Project::minimal();
        project.write("themes/own/theme.yaml", format!("name: own\ncontract: 1\nextends: \"{name}\"\n"));
        project.change("content/site.yaml", "theme: default", "theme: own");
        assert!(names(&project).contains(&"bad-theme-name".to_owned()), "{name}");
    }
}

#[test]
fn a_file_of_a_theme_gives_way_to_none() {
    let project = Project::minimal();
    project.write("themes/own/theme.yaml", "name: own\ncontract: 1\nextends: default\n");
    project.change("content/site.yaml", "theme: default", "theme: own");
    project.write("themes/own/static/style.css", "a { color: red }");
    assert_eq!(names(&project), ["path-taken"]);
    fs::remove_file(project.path("themes/own/static/style.css")).unwrap();
    project.write("themes/own/static/con.svg", "<svg/>");
    assert_eq!(told(&project), ["error bad-output-path themes/own/static/con.svg:1:1"]);
}

#[test]
fn the_output_takes_no_path_outside_of_itself_whatever_asks() {
    let project = Project::minimal();
    let place = Place::take(&project.path("public"), &|| ()).unwrap();
    let staging = Staging::begin(place, &[], false, None).unwrap();
    for path in
        ["../escaped", "/escaped", "en/../../escaped", "C:escaped", "en\\escaped", "en//escaped", "a\nb", "nul", ""]
    {
        assert!(staging.write(path, b"x").is_err(), "{path:?}");
    }
    staging.write("en/index.html", b"x").unwrap();
    staging.publish().unwrap();
    let found = walkdir::WalkDir::new(project.path("")).into_iter().flatten();
    assert_eq!(found.filter(|entry| entry.file_name().to_string_lossy().contains("escaped")).count(), 0);
}

#[test]
fn an_address_of_the_site_is_inert_in_every_rule() {
    for base in [
        "https://a.example/x;y/",
        "https://a.example/{x}/",
        "https://a.example/\"x/",
        "https://a.example/x y/",
        "https://a.example/$x/",
    ] {
        let project = Project::minimal();
        project.change("content/site.yaml", "theme:", &format!("base_url: '{base}'\ntheme:"));
        assert_eq!(names(&project), ["bad-base-url"], "{base}");
        let run: Run = Project::minimal().run(&["build", "--base-url", base]);
        assert_eq!(run.code, 2, "{base}: {}", run.stderr);
    }
}

#[test]
fn an_old_address_that_servers_cannot_be_told_says_which_sign_it_is() {
    for (alias, sign) in
        [("/a;jsessionid=1", Some(";")), ("/a[1].pdf", Some("[")), ("/a$b", Some("$")), ("/a/../b", None)]
    {
        let project = Project::minimal();
        project.change(ABOUT, "summary:", &format!("aliases: [{alias:?}]\nsummary:"));
        for (lang, words) in [("en", "cannot be part of an address"), ("fr", "ne peut pas faire partie d’une adresse")]
        {
            let said = project.run(&["check", "--lang", lang]).stderr;
            assert!(said.contains("[bad-alias]") && said.contains(words) == sign.is_some(), "{said}");
            assert!(
                sign.is_none_or(|sign| said.contains(&format!("“{sign}”")) || said.contains(&format!("« {sign} »"))),
                "{said}"
            );
        }
    }
}

#[test]
fn an_old_address_is_no_file_that_crawlers_and_hosts_read_for_the_whole_site() {
    for name in ["robots.txt", "favicon.ico", "CNAME", "sw.js", "ads.txt/x"] {
        let project = Project::minimal();
        project.change(ABOUT, "summary:", &format!("aliases: [/{name}]\nsummary:"));
        let mistakes = told(&project);
        assert!(mistakes.iter().any(|line| line.starts_with("error path-reserved ")), "{name}: {mistakes:?}");
    }
}
