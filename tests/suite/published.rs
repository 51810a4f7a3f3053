//! `diptych verify` and `diptych diff`: what an operator learns about a folder that is published or is about to be.

use std::fs;

use serde_json::{Value, json};

use crate::project::{Project, Run};

fn verify(project: &Project, more: &[&str]) -> (i32, Value) {
    let run = project.run(&[&["verify", "public", "--format", "json"], more].concat());
    (run.code, serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stderr)))
}

fn diff(project: &Project) -> (i32, Value) {
    let run = project.run(&["diff", "old", "public", "--format", "json"]);
    (run.code, serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stderr)))
}

/// A built site, and another copy of it in `old`.
fn two_builds() -> Project {
    let project = Project::minimal();
    project.build();
    assert_eq!(project.run(&["build", "--out", "old"]).code, 0);
    project
}

fn assert_refused(run: &Run, told: &str) {
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains(told), "{told}: {}", run.stderr);
    assert_eq!(run.stdout, "");
}

#[test]
fn a_folder_as_it_was_built_is_whole() {
    let project = Project::minimal();
    let files = project.build().0.len() - 1;
    let run = project.run(&["verify", "public"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    assert_eq!(run.stderr, format!("public: all {files} files are as they were built\n"));
    let french = project.run(&["verify", "public", "--lang", "fr"]);
    assert_eq!(french.stderr, format!("public : les {files} fichiers sont tels qu’ils ont été construits\n"));
    let (code, found) = verify(&project, &[]);
    assert_eq!((code, &found["whole"], &found["files"]), (0, &json!(true), &json!(files)));
    assert_eq!(found["manifest"].as_str().unwrap().len(), 64);
}

#[test]
fn compressed_siblings_belong_to_the_site() {
    let project = Project::minimal();
    assert_eq!(project.run(&["build", "--precompress"]).code, 0);
    assert_eq!(verify(&project, &[]).0, 0);
    project.write("public/en/index.html.gz", "something else");
    assert_eq!(verify(&project, &[]).1["changed"], json!(["en/index.html.gz"]));
}

#[test]
fn what_is_missing_changed_or_foreign_is_told_file_by_file_in_one_run() {
    let project = Project::minimal();
    project.build();
    fs::remove_file(project.path("public/en/index.html")).unwrap();
    project.change("public/fr/index.html", "</html>", "</html >");
    project.write("public/404.html", "");
    project.write("public/shell.php", "");
    project.write("public/uploads/deep/a.pdf", "%PDF");
    project.write("public/fr/.DS_Store", "");
    let (code, found) = verify(&project, &[]);
    assert_eq!((code, &found["whole"]), (1, &json!(false)));
    assert_eq!(found["missing"], json!(["en/index.html"]));
    assert_eq!(found["changed"], json!(["404.html", "fr/index.html"]));
    assert_eq!(found["foreign"], json!(["shell.php", "uploads/"]));
    let run = project.run(&["verify", "public"]);
    let lines = "missing     en/index.html\nchanged     404.html\nchanged     fr/index.html\n\
                 foreign     shell.php\nforeign     uploads/\n";
    assert_eq!((run.code, run.stdout.as_str()), (1, lines));
    assert!(run.stderr.starts_with("public is not as it was built: "), "{}", run.stderr);
    let french = project.run(&["verify", "public", "--lang", "fr"]);
    assert!(french.stdout.starts_with("manquant    en/index.html\nmodifié     404.html\n"), "{}", french.stdout);
    let kept = verify(&project, &["--keep", "shell.php", "--keep", "uploads/"]).1;
    assert_eq!((&kept["foreign"], &kept["missing"]), (&json!([]), &found["missing"]));
}

#[test]
fn a_file_of_the_same_size_and_time_that_holds_other_bytes_is_changed() {
    let project = Project::minimal();
    project.build();
    let path = project.path("public/en/index.html");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    let text = fs::read_to_string(&path).unwrap().replace("Partnerships", "PARTNERSHIPS");
    fs::write(&path, text).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    assert_eq!(verify(&project, &[]).1["changed"], json!(["en/index.html"]));
}

#[cfg(unix)]
#[test]
fn what_is_in_place_of_a_file_or_folder_is_never_followed_nor_waited_for() {
    let project = Project::minimal();
    project.build();
    fs::rename(project.path("public/fr"), project.path("elsewhere")).unwrap();
    project.link("public/fr", "../elsewhere");
    fs::rename(project.path("public/en/index.html"), project.path("same.html")).unwrap();
    project.link("public/en/index.html", "../../same.html");
    fs::remove_file(project.path("public/404.html")).unwrap();
    project.pipe("public/404.html");
    fs::remove_file(project.path("public/index.html")).unwrap();
    fs::create_dir(project.path("public/index.html")).unwrap();
    let (code, found) = verify(&project, &[]);
    assert_eq!(code, 1);
    assert_eq!(found["changed"], json!(["404.html", "en/index.html", "index.html"]));
    assert_eq!(found["foreign"], json!(["fr"]));
    let missing = found["missing"].as_array().unwrap();
    assert!(missing.iter().all(|path| path.as_str().unwrap().starts_with("fr/")) && missing.len() > 3, "{missing:?}");
}

#[test]
fn a_list_that_no_build_wrote_is_refused_and_nothing_outside_the_folder_is_read() {
    let project = Project::minimal();
    project.build();
    let list = fs::read_to_string(project.path("public/.diptych")).unwrap();
    let told = "is not a list of files as a build writes it";
    for bad in [
        list.replace(" en/index.html\n", " ../../etc/passwd\n"),
        list.replace(" en/index.html\n", " /etc/passwd\n"),
        list.replace(" en/index.html\n", " en/./index.html\n"),
        list.replace("format 1", "format 2"),
        list.replace("files ", "files 1"),
        list[..list.len() / 2].to_owned(),
        format!("{list}{}", list.lines().last().unwrap()),
        "notes of my own".to_owned(),
        String::new(),
    ] {
        assert_ne!(bad, list);
        project.write("public/.diptych", &bad);
        assert_refused(&project.run(&["verify", "public"]), told);
        assert_refused(&project.run(&["diff", "public", "public"]), told);
    }
    fs::remove_file(project.path("public/.diptych")).unwrap();
    fs::create_dir(project.path("public/.diptych")).unwrap();
    assert_refused(&project.run(&["verify", "public"]), told);
    fs::remove_dir(project.path("public/.diptych")).unwrap();
    assert_refused(&project.run(&["verify", "public"]), "public has no list of its files (.diptych)");
    assert_refused(&project.run(&["verify", "public", "--lang", "fr"]), "n’a pas de liste de ses fichiers");
    assert_refused(&project.run(&["verify", "nowhere"]), "cannot read nowhere");
    assert_refused(&project.run(&["verify", "content/site.yaml"]), "cannot read content/site.yaml");
    assert_refused(&project.run(&["verify", "public", "--keep", "../x"]), "“../x” is not a path inside the folder");
}

#[test]
fn a_copy_of_the_list_kept_elsewhere_finds_a_list_that_was_changed_with_the_files() {
    let project = Project::minimal();
    project.build();
    fs::copy(project.path("public/.diptych"), project.path("list")).unwrap();
    assert_eq!(verify(&project, &["--manifest", "list"]).0, 0);
    project.settings("feedback: {email: other@example.org}");
    project.build();
    assert_eq!(verify(&project, &[]).0, 0);
    let (code, found) = verify(&project, &["--manifest", "list"]);
    let changed = found["changed"].as_array().unwrap();
    assert!(code == 1 && changed.contains(&json!(".diptych")) && changed.contains(&json!("en/index.html")), "{found}");
}

#[test]
fn a_build_that_did_not_end_is_not_whole() {
    let project = Project::minimal();
    project.build();
    let list = fs::read_to_string(project.path("public/.diptych")).unwrap();
    let (first, rest) = list.split_at(list.find("files ").unwrap());
    let (files, rest) = rest.split_once('\n').unwrap();
    project.write("public/.diptych", format!("{first}{files}\nunfinished\n{rest}"));
    let run = project.run(&["verify", "public"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("did not end; build the site again"), "{}", run.stderr);
}

#[test]
fn names_in_a_folder_do_nothing_to_a_terminal() {
    let project = Project::minimal();
    project.build();
    project.write("public/a\u{1b}[31mb\nerror: c", "");
    let run = project.run(&["verify", "public"]);
    assert_eq!(run.code, 1);
    assert_eq!(run.stdout, "foreign     a␛[31mb␊error: c\n");
}

#[test]
fn a_deploy_that_changes_nothing_says_so() {
    let project = two_builds();
    let run = project.run(&["diff", "old", "public"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    assert_eq!(run.stderr, "Nothing changes: the two are the same.\n");
    let french = project.run(&["diff", "old", "public", "--lang", "fr"]);
    assert_eq!(french.stderr, "Rien ne change : les deux sont identiques.\n");
    assert_eq!(diff(&project).1["differs"], json!(false));
}

#[test]
fn a_page_that_changes_in_one_language_only_is_named_with_its_pair() {
    let project = two_builds();
    let page = "content/partners/csc.en.md";
    let text = fs::read_to_string(project.path(page)).unwrap();
    project.write(page, format!("{text}\nMore words in English.\n"));
    project.build();
    let (code, found) = diff(&project);
    assert_eq!(code, 1, "{found:#}");
    let unequal = found["unequal"].as_array().unwrap();
    assert_eq!(unequal.len(), 1, "{found:#}");
    let address = unequal[0]["address"].as_str().unwrap();
    assert!(address.starts_with("en/partners/"), "{found:#}");
    assert_eq!((&unequal[0]["lang"], &unequal[0]["change"]), (&json!("en"), &json!("changed")));
    assert!(found["en"]["changed"].as_array().unwrap().contains(&json!(address)));
    assert_eq!((&found["fr"]["changed"], &found["lost"]), (&json!([]), &json!([])));
    let run = project.run(&["diff", "old", "public"]);
    let twin = unequal[0]["twin"].as_str().unwrap();
    assert!(run.stdout.contains(&format!("  {address} changes; {twin} does not\n")), "{}", run.stdout);
    let french = project.run(&["diff", "old", "public", "--lang", "fr"]);
    assert!(french.stdout.contains(&format!("  {address} est modifiée; {twin} ne l’est pas\n")), "{}", french.stdout);
    let page = "content/partners/csc.fr.md";
    let text = fs::read_to_string(project.path(page)).unwrap();
    project.write(page, format!("{text}\nPlus de mots en français.\n"));
    project.build();
    let (code, found) = diff(&project);
    assert_eq!((code, &found["unequal"]), (0, &json!([])), "{found:#}");
}

#[test]
fn a_new_look_or_setting_changes_no_page_and_no_pair() {
    let project = two_builds();
    project.settings("feedback: {email: other@example.org}");
    project.build();
    let (code, found) = diff(&project);
    assert_eq!((code, &found["differs"], &found["unequal"]), (0, &json!(true), &json!([])), "{found:#}");
}

#[test]
fn an_address_is_lost_unless_it_leads_on_and_a_page_that_moved_is_no_new_text() {
    let project = two_builds();
    let pages = |found: &Value, lang: &str, kind: &str| found[lang][kind].as_array().unwrap().len();
    let plan = project.run(&["move", "partners/csc", "partners/other-name"]);
    assert_eq!(plan.code, 0, "{}", plan.stderr);
    for side in ["en", "fr"] {
        let path = format!("content/partners/other-name.{side}.md");
        let text = fs::read_to_string(project.path(&path)).unwrap();
        project.write(&path, text.replacen("---\n", &format!("---\nslug: other-{side}\n"), 1));
    }
    let run = project.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let (code, found) = diff(&project);
    assert_eq!(code, 1, "{found:#}");
    let lost = found["lost"].as_array().unwrap();
    let lost_pages: Vec<&str> =
        lost.iter().filter_map(|address| address.as_str()).filter(|a| a.ends_with('/')).collect();
    assert_eq!(lost_pages.len(), 2, "{found:#}");
    assert_eq!((pages(&found, "en", "new"), pages(&found, "fr", "new")), (1, 1), "{found:#}");
    for (side, address) in ["en", "fr"].into_iter().zip(lost_pages) {
        let path = format!("content/partners/other-name.{side}.md");
        let text = fs::read_to_string(project.path(&path)).unwrap();
        project.write(&path, text.replacen("---\n", &format!("---\naliases: [/{address}]\n"), 1));
    }
    let run = project.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let (_, found) = diff(&project);
    assert!(
        found["lost"].as_array().unwrap().iter().all(|address| !address.as_str().unwrap().ends_with('/')),
        "{found:#}"
    );
    let gone = found["en"]["gone"].as_array().unwrap();
    assert_eq!((gone.len(), &gone[0]["leads_to"]), (1, &json!("en/partners/other-en/")), "{found:#}");
    assert_eq!(found["unequal"], json!([]), "{found:#}");
}

#[test]
fn a_page_that_goes_in_one_language_is_unequal() {
    let project = two_builds();
    project.settings("policies: {missing_twin: allow, parity: allow, lost_address: allow}");
    fs::remove_file(project.path("content/partners/csc.fr.md")).unwrap();
    let run = project.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let (code, found) = diff(&project);
    let unequal = found["unequal"].as_array().unwrap();
    assert!(code == 1 && unequal.iter().any(|pair| pair["lang"] == "fr" && pair["change"] == "gone"), "{found:#}");
}

#[test]
fn a_folder_that_was_changed_since_it_was_built_is_not_compared() {
    let project = two_builds();
    let page = "content/partners/csc.en.md";
    let text = fs::read_to_string(project.path(page)).unwrap();
    project.write(page, format!("{text}\nMore words in English.\n"));
    project.build();
    let listed = diff(&project).1["en"]["changed"][0].as_str().unwrap().to_owned();
    project.write(&format!("old/{listed}index.html"), "put here by hand");
    assert_refused(&project.run(&["diff", "old", "public"]), "“diptych verify old” lists all such files");
}

#[test]
fn folders_whose_lists_are_the_same_and_whose_files_are_not_are_not_called_the_same() {
    let project = two_builds();
    assert_eq!(project.run(&["diff", "old", "public"]).code, 0);
    let page = fs::read_to_string(project.path("old/en/index.html")).unwrap();
    project.write("old/en/index.html", format!("{page}<script>alert(1)</script>"));
    for folders in [["old", "public"], ["public", "old"]] {
        let run = project.run(&[&["diff"][..], &folders].concat());
        assert_refused(&run, "“diptych verify old” lists all such files");
    }
    fs::remove_dir_all(project.path("old/fr")).unwrap();
    project.write("old/en/index.html", page);
    assert_refused(&project.run(&["diff", "old", "public"]), "“diptych verify old” lists all such files");
}
