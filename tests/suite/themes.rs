//! A site's own theme over the default one: words, templates, files; and what is said when it is broken.

use crate::project::Project;

/// A site with a theme of its own, which says what is given.
fn with_theme(files: &str) -> Project {
    let project =
        Project::minimal().with("-- themes/own/theme.yaml --\nname: own\ncontract: 1\nextends: default\n").with(files);
    project.change("content/site.yaml", "theme: default", "theme: own");
    project
}

#[test]
fn a_theme_that_extends_the_default_one_replaces_single_words() {
    let site = with_theme("-- themes/own/strings/fr.yaml --\nskip_to_content: Aller au texte\n").build();
    assert!(site.text("fr/index.html").contains("Aller au texte"));
    assert!(site.text("en/index.html").contains("Skip to main content"), "the rest stays");
}

#[test]
fn a_template_can_replace_a_part_of_the_one_it_stands_over() {
    let site = with_theme(
        "-- themes/own/templates/home.html --\n{% extends \"default/home.html\" %}\n\
         {% block main %}<p class=\"own\">Bienvenue</p>{% endblock %}\n",
    )
    .build();
    let home = site.text("fr/index.html");
    assert!(home.contains("<p class=\"own\">Bienvenue</p>") && home.contains("<header"), "{home}");
    assert!(site.text("fr/ententes/index.html").contains("Échange de services"), "other pages stay");
}

#[test]
fn files_and_styles_are_added_under_names_that_change_with_their_content() {
    let project = with_theme(
        "-- themes/own/static/mark.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n-- themes/own/templates/site.css --\n\
         body { --own: 1 }\n",
    );
    let site = project.build();
    let paths = site.paths();
    let named = |start: &str| paths.iter().find(|path| path.starts_with(start)).copied();
    assert!(named("theme/mark.").is_some_and(|path| path.ends_with(".svg")), "{paths:?}");
    let style = named("theme/style.").unwrap();
    assert!(site.text(style).trim_end().ends_with("body { --own: 1 }"), "a site's own style comes last");
    assert!(site.text("en/index.html").contains(style));
    project.change("themes/own/templates/site.css", "--own: 1", "--own: 2");
    assert!(!project.build().0.contains_key(style), "a changed style has a new address");
}

#[test]
fn a_theme_is_named_by_its_folder_or_its_path_also_on_the_command_line() {
    let project = with_theme("-- themes/own/strings/en.yaml --\nskip_to_content: Skip it\n");
    project.change("content/site.yaml", "theme: own", "theme: default");
    for name in ["own", "themes/own", "./themes/own"] {
        assert_eq!(project.run(&["build", "--theme", name]).code, 0, "{name}");
        assert!(project.output().text("en/index.html").contains("Skip it"), "{name}");
    }
    project.build();
    assert!(!project.output().text("en/index.html").contains("Skip it"));
}

#[test]
fn a_mistake_in_a_template_is_told_at_its_place() {
    let project =
        with_theme("-- themes/own/templates/home.html --\n{% extends \"default/home.html\" %}\n{% block main %}\n");
    let run = project.run(&["check"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("error[theme-template]"), "{}", run.stderr);
    assert!(run.stderr.contains(" --> themes/own/templates/home.html:"), "{}", run.stderr);
}

#[test]
fn a_mistake_that_shows_only_on_a_page_is_told_by_check_too() {
    let project = with_theme(
        "-- themes/own/templates/list.html --\n{% extends \"default/list.html\" %}\n{% block main %}\n{{ nothing.here }}{% endblock %}\n",
    );
    let run = project.run(&["check"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains(" --> themes/own/templates/list.html:3:"), "{}", run.stderr);
}
