//! What is read of old pages: their encoding, their summaries, titles, days and lists.

use super::{has, has_not, html, moved, page, page_of, told};

#[test]
fn a_summary_has_the_marked_places_of_its_sentence() {
    let (page, _) =
        page("content/a.en.md", "---\ntitle: A\n---\nThe permit costs {{< param \"fee.x\" >}} per year. More.\n");
    has(&page, &["summary: 'The permit costs [TO FILL: {{< param \"fee.x\" >}}] per year.'"]);
    let new = moved(&[(
        "fr/a.md",
        "# Soins {{ site.x | y }}\n\nDes soins à {{ site.x }} pour {{ patients | length }} patients.\n",
    )]);
    has(
        &page_of(&new, "pages/a.fr.md").replace('\u{a0}', " "),
        &[
            "Des soins à [À REMPLIR : {{ site.x }}] pour [À REMPLIR : {{ patients | length }}] patients.",
            "title: 'Soins [À REMPLIR : {{ site.x | y }}]'",
        ],
    );
    let (page, _) =
        super::page("docs/en/intro.mdx", "---\ntitle: Intro\n---\nAllow <Icon name=\"x\" /> three more words here.\n");
    has(&page, &["summary: 'Allow [TO FILL: Icon] three more words here.'"]);
    let (page, _) = super::page(
        "docs/en/a.md",
        "# A\n\n![The picture](img/a.png)\n\nGo to the end of it. ![The picture](img/a.png)\n",
    );
    has(&page, &["summary: Go to the end of it.\n"]);
    let (page, _) = super::page("docs/en/a.md", "# A\n\nPress the round ![key](img/a.png) to go on.\n");
    has(&page, &["summary: Press the round key to go on.\n"]);
}

#[test]
fn lists_with_letters_are_told() {
    for (list, numbers) in [
        ("<ol type=\"a\"><li>First</li><li>Second</li></ol>", "a, b, c"),
        ("<ol type=\"I\"><li>First</li></ol>", "I, II, III"),
        ("<ol style=\"list-style-type: lower-alpha\"><li>First</li></ol>", "a, b, c"),
        ("<ol class=\"lst-lwr-alph\"><li>First</li></ol>", "a, b, c"),
        ("<ol reversed><li>First</li><li>Second</li></ol>", "3, 2, 1"),
        ("<table><tr><td>x<td><ol type=\"i\"><li>First</li></ol></table>", "i, ii, iii"),
    ] {
        let (_, report) = html(&format!("{list}<p>See (b).</p>"));
        has(&report, &["a list with other numbers", &format!("{numbers} (`First"), "1 needs a hand"]);
    }
    has_not(&html("<ol start=\"3\"><li>Third</li></ol>").1, &["other numbers"]);
}

#[test]
fn paragraphs_of_word_leave_no_marks() {
    let item = |class: &str, level: u8, mark: &str, words: &str| {
        format!(
            "<p class={class} style='mso-list:l0 level{level} lfo1'><![if !supportLists]><span style='mso-list:Ignore'>{mark}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span><![endif]>{words}<o:p></o:p></p>\n"
        )
    };
    let list = [
        item("MsoListParagraphCxSpFirst", 1, "·", "Bullet words"),
        item("MsoListParagraphCxSpMiddle", 2, "o", "Inner words"),
        item("MsoListParagraphCxSpLast", 1, "·", "Last words"),
    ]
    .concat();
    let numbers =
        item("MsoListParagraph", 1, "1.", "Numbered <b>words</b>") + &item("MsoListParagraph", 1, "2.", "More words");
    let (page, report) = html(&format!(
        "<p class=MsoNormal>Words here.<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>{list}<p class=MsoNormal>Between <st1:place>Ottawa</st1:place>.</p>{numbers}"
    ));
    assert_eq!(
        page,
        "Words here.\n\n- Bullet words\n  - Inner words\n- Last words\n\nBetween Ottawa.\n\n1. Numbered **words**\n2. More words"
    );
    has_not(&report, &["supportLists", "o:p", "st1"]);
    let (page, _) =
        html("<p>A</p><v:shape id=\"x\"><v:imagedata src=\"i.png\" o:title=\"Drawn words\"></v:imagedata></v:shape>");
    has(&page, &["[TO FILL: `v:shape Drawn words i.png`]"]);
}

#[test]
fn days_in_names_and_days_of_expiry_are_facts() {
    let facts = |path: &str, front: &str| {
        let new = moved(&[("_config.yml", "title: x\n"), (path, &format!("---\n{front}\n---\nWords to read.\n"))]);
        let facts = new.texts.iter().find(|(path, _)| {
            path.as_str().ends_with(".yaml") && !path.as_str().contains("types/") && path.as_str() != "site.yaml"
        });
        (facts.map(|(_, text)| text.clone()).unwrap_or_default(), new.report)
    };
    assert_eq!(facts("_posts/2022-05-06-hello-en.md", "title: Hello").0, "published_on: 2022-05-06\n");
    assert_eq!(
        facts("_posts/2022-05-06-hello-en.md", "title: Hello\ndate: 2022-05-07 10:00").0,
        "published_on: 2022-05-07\n"
    );
    assert_eq!(facts("blog/2021-08-26-welcome/index.md", "title: W\nslug: welcome").0, "published_on: 2021-08-26\n");
    assert_eq!(facts("blog/2021/8/26/welcome.md", "title: W").0, "published_on: 2021-08-26\n");
    assert_eq!(facts("blog/2021/10/3-steps.md", "title: W").0, "");
    assert_eq!(facts("blog/2021-13-26-welcome.md", "title: W").0, "");
    let (text, report) = facts("a.md", "title: A\nexpiryDate: 2030-01-01\npublishDate: 2020-02-03T10:00:00Z");
    assert_eq!(text, "published_on: 2020-02-03\nexpires_on: 2030-01-01\n");
    has_not(&report, &["a field without a place"]);
}

#[test]
fn a_title_made_from_the_name_of_a_file_is_marked_in_the_other_language() {
    let new = moved(&[
        ("docs/north.en.md", "Words without a heading.\n"),
        ("docs/north.fr.md", "Des mots sans titre.\n"),
        ("docs/frais.fr.md", "---\nlang-ref: fees\n---\nDes mots sur les frais.\n"),
        ("docs/fees.en.md", "---\nlang-ref: fees\n---\nWords about the fees.\n"),
    ]);
    has(&page_of(&new, "pages/north.en.md"), &["title: North\n"]);
    has(&page_of(&new, "pages/north.fr.md"), &["[À REMPLIR\u{a0}: North]"]);
    has(&page_of(&new, "pages/fees.fr.md"), &["title: Frais\n"]);
    has(&told(&new, "pages/north.fr.md"), &["a title made from the name of the file, now a marked place: `North`"]);
    has(&new.report, &["1 needs a hand"]);
}

#[test]
fn the_name_of_a_site_is_that_of_its_settings_in_each_language() {
    let name = |settings: (&str, &str), home: &str| {
        let en = format!("---\ntitle: Home\n---\nWords of the home page {home}.\n");
        let fr = format!("---\ntitle: {home}\n---\nDes mots de la page.\n");
        let folder = if settings.0.starts_with("hugo") { "content/_index" } else { "docs/index" };
        let (en_path, fr_path) = (format!("{folder}.en.md"), format!("{folder}.fr.md"));
        let new = moved(&[settings, (&en_path, &en), (&fr_path, &fr)]);
        page_of(&new, "site.yaml").replace('\u{a0}', " ").split("description").next().unwrap_or_default().to_owned()
    };
    let mkdocs = "site_name: Trails\nplugins:\n  - i18n:\n      languages:\n        - {locale: en, default: true}\n        - {locale: fr, name: Français, site_name: Sentiers}\n";
    has(&name(("mkdocs.yml", mkdocs), "Accueil"), &["en: Trails", "fr: Sentiers"]);
    let hugo = "title = \"Trails\"\n[languages.fr]\ntitle = \"Sentiers\"\n";
    has(&name(("hugo.toml", hugo), "Accueil"), &["en: Trails", "fr: Sentiers"]);
    let unnamed = "site_name: Trails\nplugins:\n  i18n:\n    languages: [{locale: en, default: true}, {locale: fr, name: Français}]\n";
    has(&name(("mkdocs.yml", unnamed), "Les sentiers"), &["en: Trails", "fr: Les sentiers"]);
    has(&name(("mkdocs.yml", "site_name: Trails\n"), "Les sentiers"), &["en: Trails", "fr: Les sentiers"]);
    has(&name(("mkdocs.yml", "site_name: Trails\n"), "Accueil"), &["en: Trails", "[À REMPLIR : Trails]"]);
    has(
        &name(
            ("docusaurus.config.js", "module.exports = {themeConfig: {navbar: {title: 'Bar'}}, title: 'It\\'s well'}"),
            "Bien",
        ),
        &["en: It's well", "fr: Bien"],
    );
    let vue = moved(&[("README.md", "---\nhome: true\nheroText: Hero words\ntagline: Tag words of it\n---\n")]);
    has(&page_of(&vue, "_index.en.md"), &["title: Hero words", "summary: Tag words of it"]);
}

#[test]
fn line_ends_of_old_computers_are_line_ends() {
    let new = moved(&[("en/mac.md", "---\rtitle: Mac\r---\rMac words are here.\r\rMore of them.\r")]);
    has(&page_of(&new, "pages/mac.en.md"), &["title: Mac\n", "\n---\n\nMac words are here.\n\nMore of them.\n"]);
}

#[test]
fn fields_that_nothing_ends_are_told() {
    for source in [
        "---\ntitle: Open\nweight: 3\n\nWords of it.\n",
        "\n---\ntitle: Open\n---\nWords of it.\n",
        "+++\ntitle = \"Open\"\n\nWords.\n",
    ] {
        let (_, report) = page("en/a.md", source);
        has(&report, &["fields above the page that no line", "title", "1 needs a hand"]);
    }
    has_not(&page("en/a.md", "---\n\nWords: here.\n").1, &["fields above the page"]);
}
