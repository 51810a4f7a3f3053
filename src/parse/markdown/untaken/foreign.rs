//! What has a meaning in other tools: tags in brackets, macros and templates in braces, names of emoji, formulas,
//! imports.

use std::sync::LazyLock;

use regex::Regex;

use super::{Found, Signs, shown};
use crate::diagnostic::Untaken;

/// Each with the bytes that it always has. If there is a group, it is the part to report.
static FORMS: LazyLock<Vec<(&[u8], Regex)>> = LazyLock::new(|| {
    let forms: [(&[u8], &str); 20] = [
        // Forums, and content management systems.
        (b"[", r"\[/[a-z][a-z_-]{0,20}\]|\[(?:url|img|quote|size|color|email)=[^\]\n]*\]"),
        (
            b"[",
            r#"\[[a-z][a-z_-]+ [a-z_-]+=["“'][^\]\n]*\]|\[(?:gallery|embed|caption|video|audio|playlist|node:[a-z:-]+)\]"#,
        ),
        (b"@", r"@\[[a-z]+\]"),
        // Wikis.
        (
            b"{",
            r"\{(?:info|note|tip|warning|panel|code|noformat|toc|quote|color|expand|excerpt|section|column|jira|children|include|anchor)(?::[^}\n]*)?\}",
        ),
        (b"|", r"\[[^\]|\n]+\|(?:https?://|mailto:|#|\x01)[^\]\n]*\]"),
        (b".", r"(?m)^h[1-6]\. "),
        (b"=", r"(?m)^={2,6} [^\n]*\S ={2,6}$"),
        (b"'", r"'{2,3}[^\s'][^'\n]*'{2,3}"),
        // Pages with components, and lists of attributes.
        (
            b"{",
            r"\{/\*|\{(?:props|page|site|this|frontmatter)\.[a-zA-Z](?:[^}\n]*\})?|\{ [.:#][a-z][^}\n]*\}|\{(?:--|\+\+|>>|~~|==)(?:[^}\n]*\})?",
        ),
        (b" ", r#"(?m)^(?:import|export) [^\n]* from ['"‘“’”][^\n]*$|^export (?:const|default) [^\n]*$"#),
        // Names of emoji, notes and marks.
        (b":", r"(?:^|[\s(\x01])(:[a-z][a-z0-9_+-]+:)(?:$|[\s.,;)!?\x01])"),
        (b"%^+", r"%%[^%\n]+%%|\^\^[^^\n]+\^\^|(?:^|[\s(])(\+\+[^\s+][^\n]*?\+\+)"),
        // Templates.
        (b"%", r"<%[=-]? [^%\n]*%>|\[% [^%\n]*%\]"),
        (b"$", r"\$\{[a-zA-Z_][a-zA-Z0-9_.]*\}"),
        // Other files to be included, and pictures of mail programs.
        (b"{", r"\{![^}\n]*!\}"),
        (b"<@!", r"(?m)^<<< ?@?[^\n]*$|^[@!]include [^\n]*$"),
        (b"[", r"\[cid:[^\]\n]*\]"),
        // Formulas, between escaped brackets.
        (b"\x01", r"(?:^|[^\x01])(\x01\([^()\x01\n]*\x01\)|\x01\[[^\[\]\x01\n]*\x01\])"),
        // Formulas and commands of typesetting.
        (b"$", r"\$[A-Za-z\\][^$\s]*[\\_^{][^$\s]*\$"),
        (b"\\:", r"(?m)^\\[a-z]{3,}(?:\{[^}\n]*\})?$|\b(?:link|image|xref|include):[^\s\[]*\[[^\]\n]*\]"),
    ];
    let compiled = forms.into_iter().filter_map(|(signs, form)| Some((signs, Regex::new(form).ok()?)));
    compiled.collect()
});

/// What Word leaves where a field leads nowhere.
static WORD_REFERENCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let english = "Error! (?:Reference source not found|Bookmark not defined|Hyperlink reference not valid)";
    let french =
        "Erreur\\s?! (?:Source du renvoi introuvable|Signet non défini|Référence de lien hypertexte non valide)";
    Regex::new(&format!(r"(?:{english}|{french})\.?")).ok()
});

pub(super) fn look(text: &str, signs: Signs, found: &mut Found) {
    if let Some(form) = WORD_REFERENCE.as_ref().filter(|_| signs.has(b"!") && text.contains("Err")) {
        found.extend(form.find_iter(text).map(|taken| (taken.range(), Untaken::WordReference)));
    }
    // Groups are expensive to search for, and hardly any text has a form.
    for (_, form) in FORMS.iter().filter(|(needed, form)| signs.has(needed) && form.is_match(text)) {
        for taken in form.captures_iter(text) {
            let Some(part) = taken.iter().skip(1).flatten().next().or_else(|| taken.get(0)) else { continue };
            let passage = &text[part.range()];
            // A hidden character before a bracket is the sign that escapes it.
            let is_formula = ["\u{1}(", "\u{1}["].iter().any(|sign| passage.starts_with(sign));
            let words = if is_formula { passage.replace('\u{1}', "\\") } else { shown(passage) };
            found.push((part.range(), Untaken::OtherTool(words)));
        }
    }
}

/// How many forms are valid: one with an invalid pattern is left out.
#[cfg(test)]
pub(super) fn count() -> usize {
    FORMS.len()
}
