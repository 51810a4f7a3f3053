//! A site's own theme on top of the default one: words, templates, files; and what is reported when it is broken.

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
fn a_template_can_replace_a_part_of_the_one_it_is_over() {
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
    assert!(site.text(style).trim_end().ends_with("body{--own:1}"), "a site's own style comes last");
    assert!(site.text("en/index.html").contains(style));
    project.change("themes/own/templates/site.css", "--own: 1", "--own: 2");
    assert!(!project.build().0.contains_key(style), "a changed style has a new address");
}

#[test]
fn a_style_sheet_loads_fonts_and_pictures_of_its_theme_by_their_own_names() {
    let site = with_theme(
        "-- themes/own/static/fonts/own.woff2 --\nwOF2\n-- themes/own/templates/site.css --\n\
         @font-face { font-family: Own; src: url( 'fonts/own.woff2' ) format(\"woff2\") }\n\
         .a { background: url(data:image/gif;base64,R0lGODlhAQABAAAAACw=) }\n",
    )
    .build();
    let font = *site.paths().iter().find(|path| path.starts_with("theme/fonts/own.")).unwrap();
    let style = site.text(site.paths().iter().find(|path| path.starts_with("theme/style.")).unwrap());
    assert!(style.contains(&format!("url( '{}' )", font.trim_start_matches("theme/"))), "{style}");
    assert!(style.contains("url(data:image/gif;base64,"), "what stands in the rules stays");
    assert!(
        site.text("en/index.html").contains("font-src &#39;self&#39;")
            || site.text("en/index.html").contains("font-src 'self'")
    );
}

#[test]
fn a_template_of_the_themes_own_may_say_words_of_its_own() {
    let project = with_theme(
        "-- themes/own/templates/home.html --\n{% extends \"default/home.html\" %}\n\
         {% block main %}<p>{{ strings.own_welcome }}</p>{% endblock %}\n\
         -- themes/own/strings/en.yaml --\nown_welcome: Welcome\n-- themes/own/strings/fr.yaml --\nown_welcome: Bienvenue\n",
    );
    let run = project.run(&["check", "--format", "json"]);
    assert!(!run.mistakes().iter().any(|mistake| mistake.contains("theme-string")), "{:?}", run.mistakes());
    assert!(project.build().text("fr/index.html").contains("<p>Bienvenue</p>"));
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

#[test]
fn a_theme_can_extend_one_that_extends_another() {
    let project = with_theme("-- themes/own/strings/en.yaml --\nskip_to_content: Skip it\nhome: Start\n");
    let files = "-- themes/top/theme.yaml --\nname: top\ncontract: 1\nextends: own\n-- themes/top/strings/en.yaml --\nhome: Top\n\
                 -- themes/top/templates/home.html --\n{% extends \"own/home.html\" %}\n{% block below %}<p>above it all</p>{% endblock %}\n\
                 -- themes/own/templates/home.html --\n{% extends \"default/home.html\" %}\n{% block above %}<p>between</p>{% endblock %}\n";
    let project = project.with(files);
    project.change("content/site.yaml", "theme: own", "theme: top");
    let site = project.build();
    let home = site.text("en/index.html");
    assert!(
        home.contains("<p>above it all</p>") && home.contains("<p>between</p>") && home.contains("Skip it"),
        "{home}"
    );
    assert!(site.text("en/partners/index.html").contains(">Top</a>"), "the uppermost word counts");
}

#[test]
fn themes_that_extend_each_other_in_a_circle_are_told() {
    let project = with_theme("-- themes/other/theme.yaml --\nname: other\ncontract: 1\nextends: own\n");
    project.change("themes/own/theme.yaml", "extends: default", "extends: other");
    let run = project.run(&["check"]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("error[theme-unknown]") && run.stderr.contains("themes/other/theme.yaml"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_example_theme_changes_what_it_says_and_nothing_else() {
    let project = Project::minimal();
    let harbour = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/harbour");
    let run = project.run(&["build", "--theme", harbour]);
    assert_eq!((run.code, run.stderr.contains("warning")), (0, false), "{}", run.stderr);
    let site = project.output();
    let home = site.text("fr/index.html");
    assert!(home.contains("Que voulez-vous savoir?") && home.contains("harbour-footer"), "words and footer:\n{home}");
    assert!(home.contains("<circle cx=\"16\""), "the mark");
    assert!(site.text("fr/a-z/index.html").contains("harbour-new"), "a template");
    let style = site.paths().into_iter().find(|path| path.starts_with("theme/style.")).unwrap().to_owned();
    assert!(site.text(&style).contains("--band:#173f74"), "colours");
    assert!(home.contains("Langue") || home.contains("langue"), "all other words stay");
}

#[test]
fn the_manual_of_themes_names_every_view_and_template_and_every_group_of_words() {
    let file = |path: &str| std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let manual = file("themes/README.md");
    let views = ["mod", "document", "list", "record"].map(|part| file(&format!("src/render/view/{part}.rs"))).concat();
    // Only the views that a template gets as a whole have a line in the table at the top of the file.
    let lines = views.lines().filter_map(|line| line.strip_prefix("//! | `"));
    let mut seen = 0;
    for line in lines {
        let mut parts = line.split('`');
        let (template, view) = (parts.next().unwrap(), line.split("[`").nth(1).unwrap().split('`').next().unwrap());
        assert!(manual.contains(&format!("`{template}`")), "themes/README.md does not name {template}");
        assert!(manual.contains(&format!("`{view}`")), "themes/README.md does not name {view}");
        assert!(views.contains(&format!("pub struct {view} ")), "no view is called {view}");
        seen += 1;
    }
    let templates =
        walkdir::WalkDir::new(format!("{}/themes/default/templates", env!("CARGO_MANIFEST_DIR"))).max_depth(1);
    let names = templates.into_iter().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let bases = ["base.html", "both.html"];
    let own: Vec<String> = names.filter(|name| name.ends_with(".html") && !bases.contains(&name.as_str())).collect();
    assert_eq!(own.len(), seen, "each of {own:?} has a view");
    for group in file("themes/default/strings/en.yaml").split("\n\n# ").skip(1) {
        let group = group.lines().next().unwrap();
        assert!(manual.contains(group), "themes/README.md does not name the words “{group}”");
    }
}

/// The style sheet of a site whose theme has these rules of its own.
fn style_with(rules: &str) -> String {
    let site = with_theme(&format!("-- themes/own/templates/site.css --\n{rules}\n")).build();
    let style = *site.paths().iter().find(|path| path.starts_with("theme/style.")).unwrap();
    site.text(style).to_owned()
}

fn told_of_colours(rules: &str) -> Vec<String> {
    let project = with_theme(&format!("-- themes/own/templates/site.css --\n{rules}\n"));
    let mistakes = project.run(&["check", "--format", "json"]).mistakes();
    mistakes.into_iter().filter(|line| line.contains("contrast") || line.contains("colour")).collect()
}

#[test]
fn a_colour_for_the_light_alone_gets_one_for_the_dark() {
    let style = style_with(":root { --accent: #1d4f91 }");
    let derived = style.split("--accent:light-dark(#1d4f91,#").nth(1).map(|rest| &rest[..6]);
    let channels = derived.map(|hex| [0, 2, 4].map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()));
    let [red, green, blue] = channels.unwrap_or_else(|| panic!("{style}"));
    assert!(blue > green && green > red, "it is a blue: {channels:?}");
    assert!(green > 0x80, "and a light one: {channels:?}");
    assert!(style.contains("@media screen{@supports"), "paper and old browsers keep what was written");
}

#[test]
fn colours_for_both_are_left_as_they_are() {
    for rules in [
        ":root { --accent: light-dark(#1d4f91, #9dc1f5) }",
        ":root { --accent: #1d4f91 }\n@media (prefers-color-scheme: dark) { :root { --accent: #9dc1f5 } }",
        ":root { --hinge: #e2725b; --sans: Arial; --s1: 1rem }",
    ] {
        assert!(!style_with(rules).contains("@media screen{@supports"), "{rules}");
        assert_eq!(told_of_colours(rules), [""; 0], "{rules}");
    }
}

#[test]
fn a_colour_that_cannot_be_read_is_told_once_in_each_appearance() {
    let site = "warning contrast-low themes/own/templates/site.css:1:9";
    assert_eq!(told_of_colours(":root { --accent: light-dark(#ddd, #333) }"), [site, site]);
    assert_eq!(told_of_colours(":root { --panel: light-dark(#888, #1b2225) }"), [site], "the ground was changed");
    assert_eq!(
        told_of_colours(":root { --edge: light-dark(#8a8a8a, #87949a) }"),
        [""; 0],
        "an edge needs less than a text"
    );
    assert_eq!(told_of_colours("@media print { :root { --accent: #ddd } }"), [""; 0]);
}

#[test]
fn whatever_hue_a_site_takes_the_dark_one_can_be_read() {
    for colour in ["#7a1f5c", "#004d00", "#8a3b00", "#222", "navy", "hsl(300 90% 20%)"] {
        let rules = format!(":root {{ --accent: {colour}; --band: {colour} }}");
        assert_eq!(told_of_colours(&rules), [""; 0], "{colour}");
    }
}
