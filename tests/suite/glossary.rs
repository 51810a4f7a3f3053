//! The glossary: where a page first uses a term or a short form, it links to it or spells it out.

use crate::project::Project;

/// A site with a glossary and the words of a page in each language.
fn page(en: &str, fr: &str) -> Project {
    let project = Project::minimal().with(
        "-- content/types/term.yaml --\n\
         type: term\nfolder: glossary\nname: {en: Term, fr: Terme}\nplural: {en: Glossary, fr: Glossaire}\n\
         slug: {en: glossary, fr: glossaire}\nschema_org: DefinedTerm\nglossary: terms\n\
         -- content/glossary/mou.en.md --\n---\ntitle: Memorandum of understanding\nshort_title: MOU\nsummary: A text that binds nobody.\n---\n\
         -- content/glossary/mou.fr.md --\n---\ntitle: Protocole d'entente\nshort_title: PE\nsummary: Un texte qui ne lie personne.\n---\n\
         -- content/glossary/agreement.en.md --\n---\ntitle: Bilateral agreement\nsummary: It has two parties.\n---\n\
         -- content/glossary/agreement.fr.md --\n---\ntitle: Entente bilatérale\nsummary: Elle a deux parties.\n---\n\
         -- content/glossary/crown.en.md --\n---\ntitle: Crown\ninline_title: Crown\nsummary: The state.\n---\nThe Crown signs a bilateral agreement.\n\
         -- content/glossary/crown.fr.md --\n---\ntitle: Couronne\ninline_title: Couronne\nsummary: L’État.\n---\nLa Couronne signe une entente bilatérale.\n",
    );
    project.write("content/pages/about.en.md", format!("---\ntitle: About\nsummary: S.\n---\n{en}\n"));
    project.write("content/pages/about.fr.md", format!("---\ntitle: À propos\nsummary: S.\n---\n{fr}\n"));
    project
}

/// The words of the page in English and French, without what is around them.
fn words(en: &str, fr: &str) -> [String; 2] {
    let site = page(en, fr).build();
    ["en/about/index.html", "fr/a-propos/index.html"].map(|path| {
        let rest = site.text(path).split_once("data-words>").unwrap().1;
        let rest = rest.split_once("<div class=\"prose\" data-words>").map_or(rest, |(_, rest)| rest);
        rest.split("</div>").next().unwrap().trim().to_owned()
    })
}

fn english(words: &str) -> String {
    self::words(words, "").into_iter().next().unwrap()
}

fn french(words: &str) -> String {
    self::words("", words).into_iter().next_back().unwrap()
}

const MOU: &str = "<a href=\"../glossary/memorandum-of-understanding/\" class=\"term\">\
                   <abbr title=\"Memorandum of understanding\">MOU</abbr></a>";

#[test]
fn a_short_form_is_spelled_out_where_a_page_uses_it_first() {
    assert_eq!(english("An MOU is no treaty. The MOU ends."), format!("<p>An {MOU} is no treaty. The MOU ends.</p>"));
    let pe = french("Le PE prend fin; l'autre PE reste.");
    let link = "<a href=\"../glossaire/protocole-d-entente/\" class=\"term\"><abbr title=\"Protocole d’entente\">PE</abbr></a>";
    assert!(pe.starts_with(&format!("<p>Le {link} prend fin")) && pe.matches("abbr title").count() == 1, "{pe}");
}

#[test]
fn a_term_leads_to_its_page_in_singular_and_plural_over_the_end_of_a_line() {
    let link = "<a href=\"../glossary/bilateral-agreement/\" class=\"term\">";
    for (written, shown) in [
        ("All bilateral\nagreements end.", "All {}bilateral\nagreements</a> end."),
        ("Bilateral agreements, all of them.", "{}Bilateral agreements</a>, all of them."),
        ("It is *bilateral agreement* one.", "It is <em>{}bilateral agreement</a></em> one."),
    ] {
        assert_eq!(english(written), format!("<p>{}</p>", shown.replace("{}", link)));
    }
    let link = "<a href=\"../glossaire/entente-bilaterale/\" class=\"term\">";
    assert_eq!(french("Les ententes bilatérales"), format!("<p>Les {link}ententes bilatérales</a></p>"));
    assert_eq!(french("l'entente bilatérale"), format!("<p>l’{link}entente bilatérale</a></p>"));
    assert!(!french("Des protocoles d’entente").contains("title="));
    assert!(french("Des protocoles d’entente").contains(">protocoles d’entente</a>"));
}

#[test]
fn capitals_count_as_the_title_inside_a_sentence_has_them() {
    assert!(english("The Crown signs.").contains("class=\"term\">Crown</a>"));
    for words in ["the crown of a tree", "a mou", "A BILATERAL AGREEMENT", "an MOUSE", "a bilateral and agreement"] {
        assert!(!english(words).contains("class=\"term\""), "{words}");
    }
    assert!(english("Two MOUs").contains(">MOUs</abbr>") && !french("Deux PEs").contains("abbr"));
}

#[test]
fn what_has_a_meaning_of_its_own_is_left_alone() {
    let left = "## The MOU\n\n[the MOU](partners/csc) `MOU` [un MOU](lang:fr) ~~MOU~~ <kbd>MOU</kbd>\n\n\
                ```\nMOU\n```\n\nmou@mou.org or csc.MOU.ca\n\nMOU\n: a text\n";
    let table = english("| MOU |\n|---|\n| a |\n");
    assert!(!table.contains("class=\"term\""), "{table}");
    let words = english(left);
    assert!(!words.contains("class=\"term\""), "{words}");
    assert!(
        english(&format!("{left}\nThe MOU.\n")).contains(&format!("The {MOU}.")),
        "the first use that can lead there"
    );
}

#[test]
fn what_a_writer_spelled_out_or_linked_needs_no_more() {
    for words in [
        "A memorandum of understanding (MOU) and an MOU",
        "<abbr title=\"Memorandum of understanding\">MOU</abbr> and MOU",
        "[a text](glossary/mou) and the MOU",
    ] {
        let shown = english(words);
        assert_eq!(
            shown.matches("memorandum-of-understanding/").count(),
            usize::from(!words.starts_with('<')),
            "{shown}"
        );
        assert!(!shown.contains(MOU), "{shown}");
    }
}

#[test]
fn a_term_is_none_on_its_own_page() {
    let site = page("", "").build();
    let crown = site.text("en/glossary/crown/index.html");
    assert!(crown.contains("The Crown signs a <a href=\"../bilateral-agreement/\" class=\"term\">"), "{crown}");
    assert!(crown.contains("\"@type\":\"DefinedTerm\""), "{crown}");
}

#[test]
fn landing_pages_lead_to_terms_too() {
    let project = page("", "");
    project.change("content/_index.en.md", "Start with", "An MOU. Start with");
    assert!(project.build().text("en/index.html").contains("title=\"Memorandum of understanding\">MOU</abbr>"));
}

#[test]
fn a_type_may_explain_its_short_forms_only() {
    let project = page("An MOU is a memorandum of understanding.", "");
    project.change("content/types/term.yaml", "glossary: terms", "glossary: short_forms");
    let site = project.build();
    let about = site.text("en/about/index.html");
    assert!(about.contains(MOU) && !about.contains("bilateral-agreement"), "{about}");
}

#[test]
fn a_short_form_finds_what_pages_say_in_full_and_the_other_way_round() {
    let project = page("Signed as a memorandum of understanding.", "Signé à titre de protocole d’entente.");
    project.write(
        "content/partners/manitoba.en.md",
        "---\ntitle: Manitoba\nsummary: The provincial government.\n---\nIt has an MOU.\n",
    );
    project.build();
    let found = |words: &str| {
        let run = project.run(&["search", words, "--lang", "en", "--format", "json"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    assert!(found("MOU").contains("\"pages/about\""), "{}", found("MOU"));
    assert!(found("memorandum of understanding").contains("\"partners/manitoba\""));
}

#[test]
fn two_terms_that_are_written_alike_are_told_at_the_second() {
    let project = page("", "");
    project.write("content/glossary/other.en.md", "---\ntitle: Other\nshort_title: MOU\nsummary: S.\n---\n");
    project.write("content/glossary/other.fr.md", "---\ntitle: Autre\nsummary: S.\n---\n");
    let mistakes = project.run(&["check", "--format", "json"]).mistakes();
    assert_eq!(mistakes, ["warning term-twice content/glossary/other.en.md:3:14"]);
}
