//! Pictures on pages: their dimensions, when they load, their descriptions and their size.

use crate::project::Project;

const PAGE: &str = "content/agreements/exchange-of-service.en.md";
const HTML: &str = "en/agreements/exchange-of-service/index.html";

/// A drawing that says how large it is.
fn drawing(size: &str) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {size}/>")
}

/// The first bytes of a GIF of 320 by 240 pixels, and as many more as asked for.
fn gif(more: usize) -> Vec<u8> {
    [b"GIF89a\x40\x01\xf0\0\0\0\0".to_vec(), vec![0; more]].concat()
}

fn with_words(words: &str) -> Project {
    let project = Project::minimal();
    let text = format!("---\ntitle: Exchange of service\nsummary: A summary.\n---\n## Custody\n\n{words}\n");
    project.write(PAGE, text);
    project
}

#[test]
fn a_page_leaves_the_room_that_its_pictures_take() {
    let project = with_words("![A map](map.gif)\n\n![A chart](chart.svg)\n\n![](waves.svg#decorative)");
    project.write("content/agreements/map.gif", gif(0));
    project.write("content/agreements/chart.svg", drawing("viewBox=\"0 0 40 10\""));
    project.write("content/agreements/waves.svg", drawing("width=\"60\" height=\"20\""));
    let site = project.build();
    let page = site.text(HTML);
    let first = "map.gif\" alt=\"A map\" width=\"320\" height=\"240\" decoding=\"async\">";
    assert!(page.contains(first), "the first picture is loaded at once: {page}");
    let second = "chart.svg\" alt=\"A chart\" width=\"1600\" height=\"400\" loading=\"lazy\" decoding=\"async\">";
    assert!(page.contains(second), "the others when readers come near: {page}");
    assert!(page.contains("waves.svg\" alt=\"\" width=\"60\" height=\"20\""), "an ornament says nothing: {page}");
}

#[test]
fn another_picture_under_the_same_name_has_its_own_dimensions() {
    let project = with_words("![A map](map.gif)");
    project.write("content/agreements/map.gif", gif(0));
    assert!(project.build().text(HTML).contains("width=\"320\""));
    let mut other = gif(0);
    other[6] = 0x80;
    project.write("content/agreements/map.gif", other);
    assert!(project.build().text(HTML).contains("width=\"384\""), "of the same size in bytes");
}

#[test]
fn a_picture_without_words_is_told_on_each_side() {
    let project = with_words("![](map.svg)");
    project.write("content/agreements/map.svg", drawing("width=\"60\" height=\"20\""));
    let french = project.path("content/agreements/exchange-of-service.fr.md");
    let text = std::fs::read_to_string(&french).unwrap();
    std::fs::write(french, text + "\n![](map.svg)\n").unwrap();
    let mistakes = project.run(&["check", "--format", "json"]).mistakes();
    assert_eq!(mistakes.iter().filter(|line| line.contains("image-without-words")).count(), 2, "{mistakes:?}");
}

#[test]
fn a_heavy_picture_is_told_where_it_is_shown_and_not_where_it_is_offered() {
    let heavy = |words: &str, settings: &str| {
        let project = with_words(words);
        project.write("content/agreements/map.gif", gif(600_000));
        project.settings(settings);
        project
            .run(&["check", "--format", "json"])
            .mistakes()
            .iter()
            .filter(|line| line.contains("image-heavy"))
            .count()
    };
    assert_eq!(heavy("![A map](map.gif)", ""), 1);
    assert_eq!(heavy("[A map](map.gif)", ""), 0);
    assert_eq!(heavy("![A map](map.gif)", "assets: {picture_kilobytes: 601}"), 0);
    assert_eq!(heavy("![A map](map.gif)", "assets: {picture_kilobytes: 0}"), 0, "no limit");
    assert_eq!(heavy("![A map](map.gif)", "policies: {image_heavy: allow}"), 0);
}
