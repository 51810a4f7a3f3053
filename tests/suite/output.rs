//! What the output folder holds: all of the site or nothing new, the same bytes on every machine, and never somebody
//! else's files.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::project::{Project, Run, Tree, program};

const MISTAKE: &str = "-- content/agreements/exchange-of-service.yaml --\nparties: [nobody]\n";

#[test]
fn a_build_says_how_much_it_wrote_and_where() {
    let run = Project::minimal().run(&["build", "--out", "site"]);
    assert_eq!(run.code, 0);
    assert!(run.stderr.ends_with(" files written to site\n"), "{}", run.stderr);
    assert_eq!(run.stdout, "");
}

#[test]
fn a_failed_build_leaves_the_last_good_site_as_it_was() {
    let project = Project::minimal();
    let good = project.build();
    let project = project.with(MISTAKE);
    let run = project.run(&["build"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.ends_with("Nothing was written; the last good site stays as it was.\n"), "{}", run.stderr);
    project.output().assert_same(&good, "a build with mistakes");
    assert_eq!(leftovers(&project), Vec::<String>::new(), "nothing is left beside it");
}

#[test]
fn a_mistake_that_shows_only_while_pages_are_rendered_leaves_the_last_good_site_too() {
    let project = Project::minimal();
    let good = project.build();
    let template = "{% extends \"default/record.html\" %}\n{% block main %}{{ page.nothing.at_all }}{% endblock %}\n";
    project.write("themes/own/theme.yaml", "name: own\ncontract: 1\nextends: default\n");
    project.write("themes/own/templates/record.html", template);
    let run = project.run(&["build", "--theme", "own"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("error[theme-template]"), "{}", run.stderr);
    assert!(run.stderr.contains("themes/own/templates/record.html:2:"), "{}", run.stderr);
    project.output().assert_same(&good, "a build with a broken template");
}

#[test]
fn check_writes_nothing() {
    let project = Project::minimal();
    assert_eq!(project.run(&["check"]).code, 0);
    let entries = fs::read_dir(project.path("")).unwrap().count();
    assert_eq!(entries, 1, "only the content folder is there");
}

#[test]
fn a_page_that_is_gone_from_the_content_is_gone_from_the_output() {
    let project = Project::minimal();
    assert!(project.build().0.contains_key("en/about-this-site/index.html"));
    let project = project.with("-- content/pages/about.en.md (absent) --\n-- content/pages/about.fr.md (absent) --\n");
    assert!(!project.build().0.contains_key("en/about-this-site/index.html"));
}

#[test]
fn a_site_with_settings_only_is_a_site() {
    let settings = "name: {en: Nothing yet, fr: Rien encore}\ndescription: {en: Soon., fr: Bientôt.}\nmenu: []\n";
    let project = Project::empty().with(&format!("-- content/site.yaml --\n{settings}"));
    let site = project.build();
    assert!(site.text("en/index.html").contains("Nothing yet") && site.text("fr/index.html").contains("Rien encore"));
    let run = project.run(&["search", "zebras", "--lang", "en", "--format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.contains("\"total\":0"), "{}", run.stdout);
}

#[test]
fn a_page_in_one_language_only_does_not_unsettle_the_other_index() {
    let project = Project::minimal();
    project.settings("policies: {missing_twin: allow}");
    for record in ["agreements/exchange-of-service", "partners/csc", "partners/manitoba", "pages/about"] {
        fs::remove_file(project.path(&format!("content/{record}.fr.md"))).unwrap();
    }
    let site = project.build();
    assert!(site.0.contains_key("fr/index.html") && !site.0.contains_key("fr/ententes/echange-de-services/index.html"));
    assert_eq!(project.run(&["search", "manitoba", "--lang", "fr"]).code, 0);
}

#[test]
fn an_asset_is_in_the_output_once_a_page_links_to_it() {
    let project = Project::minimal();
    project.write("content/partners/carte du Manitoba.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    assert!(!project.build().paths().iter().any(|path| path.ends_with("Manitoba.svg")));
    let words = "---\ntitle: Manitoba\nsummary: La province.\n---\n[Carte](<carte du Manitoba.svg>)\n";
    project.write("content/partners/manitoba.fr.md", words);
    let site = project.build();
    let page = site.text("fr/partenaires/manitoba/index.html");
    assert!(page.contains("href=\"../../../assets/partners/carte%20du%20Manitoba.svg\""), "{page}");
    assert!(site.0.contains_key("assets/partners/carte du Manitoba.svg"));
}

#[test]
fn a_folder_with_files_of_another_origin_is_never_touched() {
    let project = Project::minimal();
    project.write("public/thesis.docx", "years of work");
    let run = project.run(&["build"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("public holds files that are not a site built by Diptych"), "{}", run.stderr);
    assert_eq!(project.output().paths(), ["thesis.docx"]);
}

#[test]
fn a_disk_that_cannot_be_written_is_told_with_the_path() {
    let project = Project::minimal();
    project.write("occupied", "a file where a folder is needed");
    let run = project.run(&["build", "--out", "occupied/site"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("occupied"), "{}", run.stderr);
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
}

#[test]
fn equal_input_gives_equal_bytes_with_any_number_of_threads_and_from_any_folder() {
    let project = many(40);
    let first = project.build();
    for threads in ["1", "2", "7"] {
        let out = format!("threads-{threads}");
        let run = Run::of(project.command(&["build", "--out", &out]).env("RAYON_NUM_THREADS", threads));
        assert_eq!(run.code, 0, "{}", run.stderr);
        Tree::read(&project.path(&out)).assert_same(&first, &format!("{threads} threads"));
    }
    let elsewhere = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let mut command = program(elsewhere.path());
    command.args(["build", "--out", "un dossier/site", "--content"]).arg(project.path("content"));
    let run = Run::of(command.env("LC_ALL", "fr_CA.UTF-8").env("TZ", "Pacific/Apia"));
    assert_eq!(run.code, 0, "{}", run.stderr);
    Tree::read(&elsewhere.path().join("un dossier/site")).assert_same(&first, "another folder, language and time zone");
}

#[test]
fn a_reader_at_any_moment_sees_a_whole_site() {
    let project = many(60);
    project.build();
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut reads = 0;
            while !ended.load(Ordering::Relaxed) {
                for page in ["index.html", "en/index.html", "fr/ententes/index.html", "search/en.json"] {
                    let text = fs::read_to_string(project.path("public").join(page));
                    assert!(text.is_ok_and(|text| text.ends_with(['\n', '}', '>'])), "{page} is there and whole");
                }
                reads += 1;
            }
            reads
        });
        for nth in 0..4 {
            project.settings(&format!("feedback: {{email: site-{nth}@example.org}}"));
            assert_eq!(project.run(&["build"]).code, 0);
        }
        ended.store(true, Ordering::Relaxed);
        assert!(reader.join().unwrap() > 3, "the site was read while it was replaced");
    });
}

/// The minimal site with so many more agreements.
pub(crate) fn many(count: usize) -> Project {
    let project = Project::minimal();
    for nth in 0..count {
        let page =
            |title: &str| format!("---\ntitle: {title} {nth}\nsummary: {title}.\n---\n## Custody\n\nMany words.\n");
        project.write(&format!("content/agreements/a{nth}.yaml"), "parties: [csc, manitoba]\n");
        project.write(&format!("content/agreements/a{nth}.en.md"), page("Agreement"));
        project.write(&format!("content/agreements/a{nth}.fr.md"), page("Entente"));
    }
    project
}

/// What is in the work folder beside the output, except what belongs there between builds.
pub(crate) fn leftovers(project: &Project) -> Vec<String> {
    let names = |folder: &str| -> Vec<String> {
        let entries = fs::read_dir(project.path(folder)).into_iter().flatten();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    let usual = [".gitignore", "README.txt", "lock", "remarks", "spare", "stamp"];
    let beside = names("").into_iter().filter(|name| name.starts_with(".public.diptych-"));
    beside.chain(names(".public.diptych").into_iter().filter(|name| !usual.contains(&name.as_str()))).collect()
}
