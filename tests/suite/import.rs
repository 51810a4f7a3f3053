//! An existing site is imported: whatever made it, the new site builds, its versions are found, and no word is lost
//! silently.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use diptych::diagnostic::Severity;
use diptych::import::{self, NewSite, OldSite, Wishes};
use diptych::lang::Lang;
use diptych::path::ContentPath;
use diptych::source::{Asset, Sources};
use diptych::workspace::{Options, ThemeSources, Workspace};
use proptest::prelude::*;

use crate::project::Project;
use crate::sections::sections;

/// Old sites, each as its tool expects it.
const SITES: [(&str, &str, usize); 6] = [
    ("Hugo", include_str!("import/hugo.txt"), 3),
    ("Jekyll", include_str!("import/jekyll.txt"), 3),
    ("Eleventy", include_str!("import/eleventy.txt"), 2),
    ("MkDocs", include_str!("import/mkdocs.txt"), 2),
    ("HTML", include_str!("import/html.txt"), 2),
    ("Docusaurus", include_str!("import/docusaurus.txt"), 4),
];

fn old(files: &str) -> OldSite {
    let mut old = OldSite { name: "old-site".to_owned(), ..OldSite::default() };
    for (path, text) in sections(files).1 {
        if import::is_read(&path) {
            old.texts.insert(path, text);
        } else {
            old.files.insert(path);
        }
    }
    old
}

fn moved(old: &OldSite) -> NewSite {
    let types = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/types");
    let types: BTreeMap<String, String> = fs::read_dir(types)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap()))
        .collect();
    import::import(old, &Wishes { pair: None, kind: None, lang: Lang::En }, &types).unwrap()
}

/// What forbids building the new site.
fn errors(new: &NewSite) -> Vec<String> {
    let mut sources = Sources::default();
    for (path, text) in &new.texts {
        sources.add_text(path.clone(), text.clone().into_bytes());
    }
    for path in new.copies.keys() {
        sources.add_asset(path.clone(), Asset::unseen(1));
    }
    let workspace = Workspace::open(Options::default(), sources, [], ThemeSources::default(), &mut |_| {});
    let errors = workspace.mistakes().iter().filter(|mistake| mistake.severity == Severity::Error);
    errors.map(|mistake| format!("{} {}: {}", mistake.name, mistake.place.file, mistake.message.en)).collect()
}

/// The words that neither the new site nor the report has. Names of fields and elements do not count.
fn lost(old: &OldSite, new: &NewSite) -> BTreeSet<String> {
    let words = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
        words.filter(|word| !word.chars().any(|c| c.is_ascii_digit())).map(str::to_lowercase).collect()
    };
    let mut kept = words(&new.report);
    kept.extend(new.texts.values().flat_map(|text| words(text)));
    let tag =
        regex::Regex::new(r"(?s)<script.*?</script>|<style.*?</style>|<[^>]*>|(?m)^[\w-]+\s*[:=]|\]\([^)]*\)|\w+=")
            .unwrap();
    let pages = old
        .texts
        .iter()
        .filter(|(path, _)| !path.contains("layouts/") && (path.ends_with(".md") || path.ends_with(".html")));
    let said: BTreeSet<String> = pages.flat_map(|(_, text)| words(&tag.replace_all(text, " "))).collect();
    let technical = [
        "layout",
        "permalink",
        "true",
        "false",
        "figure",
        "notice",
        "relref",
        "redirect",
        "nbsp",
        "warning",
        "relative_url",
        "classes",
    ];
    said.difference(&kept).filter(|word| !technical.contains(&word.as_str())).cloned().collect()
}

#[test]
fn every_layout_moves_in_whole_and_builds() {
    for (tool, files, pairs) in SITES {
        let old = old(files);
        let new = moved(&old);
        assert_eq!(new.sums.pairs, pairs, "{tool}: {:?}\n{}", new.sums, new.report);
        assert_eq!(errors(&new), Vec::<String>::new(), "{tool}");
        assert_eq!(lost(&old, &new), BTreeSet::new(), "{tool}:\n{}", new.report);
        assert!(!new.report.contains("taken as plain words"), "{tool}:\n{}", new.report);
    }
}

fn text<'a>(new: &'a NewSite, path: &str) -> &'a str {
    let found = new.texts.iter().find(|(own, _)| own.as_str() == path);
    found.unwrap_or_else(|| panic!("{path} among {:#?}", new.texts.keys())).1
}

#[test]
fn links_pictures_headings_and_old_addresses_become_ours() {
    let new = moved(&old(SITES[0].1));
    let page = text(&new, "guides/apply.fr.md");
    assert!(page.starts_with("---\ntitle: Faire une demande\n"), "{page}");
    assert!(page.contains("- /fr/guides/présenter-une-demande/"), "{page}");
    assert!(page.contains("[les conditions](guides/conditions#qui-est-admissible)"), "{page}");
    assert!(page.contains("![Le formulaire](/files/static/img/form.png)"), "{page}");
    assert!(page.contains("> [!WARNING]"), "{page}");
    assert!(page.contains("[À REMPLIR\u{a0}: `{{< compteur"), "{page}");
    assert!(!page.contains("# Faire une demande"), "the title stands once: {page}");
    assert_eq!(new.copies.values().collect::<Vec<_>>(), ["static/img/form.png"]);
}

#[test]
fn html_becomes_markdown_and_its_frame_is_left_out() {
    let new = moved(&old(SITES[4].1));
    let page = text(&new, "pages/permits.en.md");
    assert!(page.contains("summary: What permits cost and how long they take."), "{page}");
    assert!(page.contains("| Permit | Fee |"), "{page}");
    assert!(page.contains("Term\n: What it means."), "{page}");
    assert!(!page.contains("Government menu"), "{page}");
    assert!(new.report.contains("Government menu"), "{}", new.report);
    assert!(page.contains("- /permits-e.html"), "{page}");
}

#[test]
fn cells_that_a_row_has_beyond_its_head_go_on_in_the_last_one() {
    let row = "| State | Meaning |\n|---|---|\n| sent | `[Blocked | No such number]` or nil | see below |\n| held | in transit |\n";
    let site = format!("-- en/states.md --\n# States\n\n{row}-- fr/states.md --\n# États\n\n{row}");
    let page = text(&moved(&old(&site)), "pages/states.en.md").to_owned();
    assert!(page.contains("| sent | `[Blocked \\| No such number]` or nil \\| see below |"), "{page}");
    assert!(page.contains("| held | in transit |"), "{page}");
}

#[test]
fn words_that_no_tool_shows_are_kept_or_told() {
    let page = "---\ntitle: Use\n---\n## GET /forms/{id}\n\n## Steps {#steps}\n\nSend <your name here> to us.\n\n[unused]: https://example.org \"Spare words\"\n";
    let old = old(&format!("-- en/use.md --\n{page}-- fr/use.md --\n{}", page.replace("title: Use", "title: Usage")));
    let new = moved(&old);
    assert_eq!(lost(&old, &new), BTreeSet::new(), "{}", new.report);
    let page = new.texts.iter().find(|(path, _)| path.as_str().ends_with("use.en.md")).unwrap().1;
    let text = page.replace('\\', "");
    assert!(text.contains("GET /forms/{id}") && text.contains("## Steps"), "{text}");
    for told in ["your name here", "Spare words"] {
        assert!(new.report.contains(told), "{told}: {}", new.report);
    }
}

#[test]
fn an_old_address_of_a_landing_page_leads_to_it() {
    let page = |words: &str| format!("---\ntitle: {words}\naliases: [/old-{words}/]\n---\n{words}.\n");
    let site = format!(
        "-- content/en/grants/_index.md --\n{}-- content/fr/grants/_index.md --\n{}\
        -- content/en/grants/a.md --\n# A\n-- content/fr/grants/a.md --\n# A\n",
        page("Grants"),
        page("Subventions")
    );
    let new = moved(&old(&site));
    assert!(!new.report.contains("an old address that cannot lead here"), "{}", new.report);
    for (lang, old) in [("en", "/old-Grants/"), ("fr", "/old-Subventions/")] {
        let page = &new.texts[&ContentPath::new(format!("_index.{lang}.md"))];
        assert!(page.contains(old), "{page}");
    }
}

#[test]
fn pages_are_read_in_whichever_encoding_they_are() {
    let project = Project::empty();
    let page = |words: &str| format!("# {words}\r\n\r\nLe café de l’été.\r\n");
    let utf_16 = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.into_iter().chain(page("Seize").encode_utf16().flat_map(bytes)).collect()
    };
    project.write("old/fr/little.md", utf_16([0xff, 0xfe], u16::to_le_bytes));
    project.write("old/fr/big.md", utf_16([0xfe, 0xff], u16::to_be_bytes));
    project.write("old/fr/bare-little.md", utf_16([0xff, 0xfe], u16::to_le_bytes).split_off(2));
    project.write("old/fr/bare-big.md", utf_16([0xfe, 0xff], u16::to_be_bytes).split_off(2));
    project.write("old/fr/mac.md", page("Seize").replace("\r\n", "\r"));
    project.write("old/fr/marked.md", format!("\u{feff}---\r\ntitle: Seize\r\n---\r\n{}", page("Seize")));
    let windows = page("Seize").replace('’', "\u{92}");
    project
        .write("old/fr/windows.md", windows.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect::<Vec<u8>>());
    let run = project.run(&["import", "old", "--into", "new"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for name in ["little", "big", "bare-little", "bare-big", "marked", "windows", "mac"] {
        let page = fs::read_to_string(project.path(&format!("new/content/pages/{name}.fr.md"))).unwrap();
        assert!(page.starts_with("---\ntitle: Seize\n"), "{name}: {page}");
        assert!(page.ends_with("---\n\nLe café de l’été.\n"), "{name}: {page}");
    }
}

#[test]
fn the_program_writes_a_site_that_builds_and_never_writes_over_one() {
    let project = Project::empty();
    for (path, text) in sections(SITES[0].1).1 {
        project.write(&format!("old/{path}"), text);
    }
    let run = project.run(&["import", "old", "--into", "new"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("new/import-report.md"), "{}", run.stderr);
    assert!(fs::read_to_string(project.path("new/import-report.md")).unwrap().contains("content/en/guides/apply.md"));
    let build = project.run(&["build", "--content", "new/content"]);
    assert_eq!(build.code, 0, "{}", build.stderr);
    let again = project.run(&["import", "old", "--into", "new"]);
    assert_eq!(again.code, 2, "{}", again.stderr);
    assert!(again.stderr.contains("is not empty"), "{}", again.stderr);
    let none = project.run(&["import", "new/content/types", "--into", "other"]);
    assert_eq!(none.code, 2);
    assert!(!project.path("other").exists());
}

/// Pieces of pages as people write them, sound and not.
const PIECES: [&str; 51] = [
    "# Heading {#own}\n",
    "### Deep heading\n",
    "Plain *words* and **strong:**ones, `code | bar`.\n",
    "| a | b |\n|---|---|\n| one<br>two | `x|y` |\n",
    "| a | b |\n|---|---|\n| one | `left | over` and | more |\n| two | three\n",
    "<table><tr><td colspan=2><ul><li>in<li>cell</ul></td></tr><tr><td>a</td><td>b</td></tr></table>\n",
    "<div><p>Block <span>words</span></p><ul><li>one<p>two</p></li></ul></div>\n",
    "<a href=\"#nowhere\">anchor</a> [gone](missing.md) [there](other.md#own)\n",
    "![picture](gone.png) <img src=\"https://example.org/x.png\" alt=\"\">\n",
    "{% include thing.html title=\"inner\" %}\n",
    "{{ site.nothing }} between {{< unknown >}}\n",
    "!!! note \"Said\"\n    Inside the note.\n",
    "::: warning\nIn a container\n:::\n",
    "- item\n\n  ```\n  code\n  ```\n- [ ] task\n",
    "1. first\n   - inner\n2) other\n",
    "> [!TIP]\n> quoted\n>\n> > twice\n",
    "Term\n: Definition\n",
    "A line\n: « that goes on »\n",
    "Footnote[^a] and [^missing].\n\n[^a]: The note.\n",
    "<details><summary>More</summary>\n\nHidden *words*\n\n</details>\n",
    "H<sub>2</sub>O and E=mc<sup>2</sup> <kbd>Ctrl</kbd> <abbr title=\"Hyper\">HT</abbr>\n",
    "***\n",
    "<script>let hidden = 1;</script><style>p{}</style>\n",
    "<iframe src=\"https://example.org/film\"></iframe>\n",
    "<custom-thing><b>inside</b></custom-thing>\n",
    "Text with [brackets] and <angle> & ampersand; 1. 2) # + - = ~ : | \\ _a_b_ {x}\n",
    "{: .class }\n\n[TOC]\n\n*[HTML]: Hypertext\n",
    "====\n\nSetext\n======\n\nother\n-----\n",
    "<!-- a note -- among writers --> after\n",
    "[TO FILL: x](y) [^x]: z\n[ref]: https://example.org\n",
    "<h2><a name=\"x\"></a></h2><p></p><h4>Four</h4>\n",
    "**a**b**c** _d_e *f*g* ** h**\n",
    "\u{a0}\u{200b}\u{fdd0}7\u{fdd1} odd\n",
    "<javascript:alert(1)> [x](javascript:alert) [y](data:text/html,x) [z](<a b>)\n",
    "<p>Unclosed <b>bold <i>both</b> rest\n",
    "import Thing from './thing';\nexport const list = [\n\n  'one'];\n\n",
    "{/* a remark */} and {value.inner}, {`told`} {unclosed\n",
    "<Tabs>\n  <TabItem value=\"first\" label=\"Second\">\n\n    Inner words\n\n  </TabItem>\n</Tabs>\n",
    "Some <Highlight color=\"red\">marked</Highlight> words <Icon/> and <Link to=\"/there\">linked</Link>\n",
    "<p hidden>Hidden words</p><p style=\"display:none\">Other <b>ones</b></p>\n",
    "<p lang=\"fr\">Le mot <b>gras</b><br><br>et <i lang=\"en\">the word</i></p> <span lang=\"iu\">ᐃᓄᒃᑎᑐᑦ</span>\n",
    "<p>Raised<sup><a href=\"#note\">1</a></sup></p><ol><li id=\"note\">The <b>note</b> <a href=\"#back\">return to it</a></li></ol>\n",
    "<b>Line<br></b>after<br />\n<br>twice <label>Label</label><select><option>first<option>second</select>\n",
    "<table><tr><th rowspan=2>Head<th>Other</tr><tr><th>Second</tr><tr><td><ol><li>in<li>cell</ol><td lang=fr>mot</tr></table>\n",
    "## Numbered {: #first .big }\n\nWords{: #second } and {: #third}\n{ #fourth .x }\n",
    "<form aria-label=\"Searching\"><input placeholder=\"Typed\"><x-badge text=\"Beside\"></x-badge></form>\n",
    "{{< figure src=\"x.png\" alt=\"Seen\" title=\"Titled\" caption=\"The *main* one\" attr=\"By Ann\" other=\"Spoken\" >}}\n",
    "<p class=MsoListParagraph>·&nbsp; Bullet<o:p></o:p></p><p class=MsoListParagraph>a) Lettered</p>\n",
    "<map><area href=\"#own\" alt=\"Pointed\"></map> [Français](../fr/page.md) [English](../en/page.md)\n",
    "<ol type=\"a\"><li>lettered<li value=\"7\">seventh</ol> <o:p></o:p> [away](other.html#gone) [top](#top)\n",
    "<Card title=\"Carded\" items={[\"listed\"]}/> <p data-x={said(\"computed\")}>inside</p>\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_page_says_the_new_site_builds_and_no_word_is_lost(
        en in prop::collection::vec(0..PIECES.len(), 0..7),
        fr in prop::collection::vec(0..PIECES.len(), 0..7),
    ) {
        let page = |pieces: &[usize]| pieces.iter().map(|at| PIECES[*at]).collect::<Vec<_>>().join("\n");
        let mut old = OldSite { name: "old".to_owned(), ..OldSite::default() };
        old.texts.insert("en/page.md".to_owned(), page(&en));
        old.texts.insert("fr/page.md".to_owned(), page(&fr));
        old.texts.insert("en/other.html".to_owned(), page(&fr));
        old.texts.insert("fr/other.html".to_owned(), page(&en));
        old.texts.insert("en/components.mdx".to_owned(), page(&en));
        old.texts.insert("fr/components.mdx".to_owned(), page(&fr));
        let new = moved(&old);
        prop_assert_eq!(errors(&new), Vec::<String>::new());
        let lost = lost(&old, &new);
        prop_assert!(lost.is_empty(), "{:?}\n{}\n{:#?}", lost, new.report, new.texts);
    }
}

#[test]
fn a_page_whose_name_some_system_keeps_for_itself_moves_in_under_another() {
    let project = Project::empty();
    for name in ["aux", "con", "nul", "com1", "plain"] {
        project.write(&format!("old/en/{name}.md"), format!("# Page {name}\n\nWords in English.\n"));
        project.write(&format!("old/fr/{name}.md"), format!("# Page {name}\n\nMots en français.\n"));
    }
    assert_eq!(project.run(&["import", "old", "--into", "new"]).code, 0);
    let run = project.run(&["check", "--content", "new/content"]);
    assert!(!run.stderr.contains("[bad-file-name]"), "{}", run.stderr);
    let built = project.run(&["build", "--content", "new/content", "--out", "site"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
}

#[test]
fn no_site_moves_into_the_content_of_another() {
    let project = Project::minimal();
    project.write("old/en/page.md", "# Page\n\nWords.\n");
    let run = project.run(&["import", "old", "--into", "content/new"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("is inside the content of a site"), "{}", run.stderr);
    assert!(!project.path("content/new").exists());
}

/// The report of a site, and one of its pages, after the import.
fn moved_in(files: &[(&str, &str)], page: &str) -> (String, String) {
    let project = Project::empty();
    for (path, text) in files {
        project.write(&format!("old/{path}"), text);
    }
    assert_eq!(project.run(&["import", "old", "--into", "new"]).code, 0);
    let read = |path: &str| fs::read_to_string(project.path(path)).unwrap_or_default();
    (read("new/import-report.md"), read(&format!("new/content/{page}")))
}

#[test]
fn what_is_not_taken_is_told_with_its_line() {
    let source = "---\ntitle: Guide\nweight: 3\n---\nWords.\n\n{% include box.html %}\n\n<span title=\"Said on pointing\">x</span>\n";
    let (report, _) = moved_in(&[("en/guide.md", source), ("fr/guide.md", "# Guide\n\nMots.\n")], "pages/guide.en.md");
    assert!(report.contains("- line 3: a field without a place here: `weight: 3`"), "{report}");
    assert!(report.contains("- line 7: code of the old tool"), "{report}");
    assert!(report.contains("- line 9: left out: `Said on pointing`"), "{report}");
}

#[test]
fn titles_of_notes_stay_on_the_page() {
    let hugo = "{{< callout type=\"tip\" title=\"Mind the gap\" >}}\nSlowly.\n{{< /callout >}}\n";
    let (_, page) = moved_in(&[("en/a.md", hugo), ("fr/a.md", "Mots.\n")], "pages/a.en.md");
    assert!(page.contains("> **Mind the gap**"), "{page}");
    let aside = "<Aside type=\"caution\" title=\"Watch out\">Slowly.</Aside>\n";
    let (_, page) = moved_in(&[("en/b.mdx", aside), ("fr/b.mdx", "Mots.\n")], "pages/b.en.md");
    assert!(page.contains("> [!CAUTION]") && page.contains("**Watch out**"), "{page}");
}

#[test]
fn a_page_keeps_the_language_that_it_says_it_is_in() {
    let config = "title: Site\ndefaults:\n  - scope: {path: \"\"}\n    values: {lang: en}\n";
    let files = [
        ("_config.yml", config),
        ("about.md", "---\ntitle: About\nref: about\nlang: en\n---\nWords.\n"),
        ("apropos.md", "---\ntitle: À propos\nref: about\nlang: fr\n---\nMots.\n"),
    ];
    let (report, page) = moved_in(&files, "pages/about.fr.md");
    assert!(page.contains("title: À propos"), "{report}");
}

#[test]
fn json_above_a_page_of_eleventy_is_read() {
    let json = "---json\n{\"title\": \"Named in JSON\", \"description\": \"What it says.\"}\n---\nWords.\n";
    let (_, page) = moved_in(&[("en/a.md", json), ("fr/a.md", "# A\n\nMots.\n")], "pages/a.en.md");
    assert!(page.contains("title: Named in JSON\nsummary: What it says."), "{page}");
}
